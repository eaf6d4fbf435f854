-- Licences brought along from another system: what was imported, and the old keys still answered to.
create table if not exists license_generator_import (
  import_id text not null primary key,
  kind text not null,
  organisation_id text not null,
  state text not null,
  file_name text not null,
  blob_id text not null,
  reading text not null,
  mapping text not null,
  job_id text not null,
  caller text not null,
  rows_total integer not null,
  created_at integer not null,
  updated_at integer not null,
  created_by text not null
) strict;
create index if not exists license_generator_import_kind
  on license_generator_import (kind, created_at, import_id);

create table if not exists license_generator_import_row (
  row_id text not null primary key,
  import_id text not null,
  line_number integer not null,
  act text not null,
  object_id text not null,
  name text not null,
  told text not null,
  done integer not null
) strict;
create index if not exists license_generator_import_row_import
  on license_generator_import_row (import_id, line_number);

create table if not exists license_generator_imported (
  -- Whose system calls the licence so.
  owner_id text not null,
  -- Keyed hash of the external id, or of the key where there is none.
  identity_hash text not null,
  licence_id text not null,
  -- Keyed hash of what the row said: the same again changes nothing.
  content_hash text not null,
  imported_at integer not null,
  primary key (owner_id, identity_hash)
) strict;

create table if not exists license_generator_legacy_key (
  legacy_id text not null primary key,
  licence_id text not null,
  key_hash text not null,
  key_sealed blob not null,
  hint text not null,
  imported_at integer not null,
  imported_by text not null,
  -- When a device first showed it, and which one.
  exchanged_at integer,
  device_hash text,
  revoked_at integer,
  constraint license_generator_legacy_key_hash unique (key_hash)
) strict;
create index if not exists license_generator_legacy_key_licence
  on license_generator_legacy_key (licence_id);
