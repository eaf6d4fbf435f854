-- Imports of files, each with a report row by row, so that one that was cut off can go on.
create table if not exists customer_accounts_import (
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
create index if not exists customer_accounts_import_kind
  on customer_accounts_import (kind, created_at, import_id);

create table if not exists customer_accounts_import_row (
  row_id varchar(64) character set ascii collate ascii_bin not null primary key,
  import_id char(36) character set ascii collate ascii_bin not null,
  line_number bigint not null,
  act varchar(16) character set ascii collate ascii_bin not null,
  object_id varchar(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  told text not null,
  done bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_import_row_import
  on customer_accounts_import_row (import_id, line_number);
