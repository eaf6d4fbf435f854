-- Licences brought along from another system: what was imported, and the old keys still answered to.
create table if not exists license_generator_import (
  import_id char(36) character set ascii collate ascii_bin not null primary key,
  kind varchar(32) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  file_name varchar(255) not null,
  blob_id char(36) character set ascii collate ascii_bin not null,
  reading text not null,
  mapping text not null,
  job_id varchar(36) character set ascii collate ascii_bin not null,
  caller text not null,
  rows_total bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  created_by varchar(200) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists license_generator_import_kind
  on license_generator_import (kind, created_at, import_id);

create table if not exists license_generator_import_row (
  row_id varchar(64) character set ascii collate ascii_bin not null primary key,
  import_id char(36) character set ascii collate ascii_bin not null,
  line_number bigint not null,
  act varchar(16) character set ascii collate ascii_bin not null,
  object_id varchar(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  told text not null,
  done bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists license_generator_import_row_import
  on license_generator_import_row (import_id, line_number);

create table if not exists license_generator_imported (
  -- Whose system calls the licence so.
  owner_id varchar(36) character set ascii collate ascii_bin not null,
  -- Keyed hash of the external id, or of the key where there is none.
  identity_hash char(64) character set ascii collate ascii_bin not null,
  licence_id char(36) character set ascii collate ascii_bin not null,
  -- Keyed hash of what the row said: the same again changes nothing.
  content_hash char(64) character set ascii collate ascii_bin not null,
  imported_at bigint not null,
  primary key (owner_id, identity_hash)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_legacy_key (
  legacy_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  key_hash char(64) character set ascii collate ascii_bin not null,
  key_sealed blob not null,
  hint varchar(40) not null,
  imported_at bigint not null,
  imported_by varchar(200) not null,
  -- When a device first showed it, and which one.
  exchanged_at bigint,
  device_hash char(64) character set ascii collate ascii_bin,
  revoked_at bigint,
  constraint license_generator_legacy_key_hash unique (key_hash)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists license_generator_legacy_key_licence
  on license_generator_legacy_key (licence_id);
