-- Imports of files, each with a report row by row, so that one that was cut off can go on.
create table if not exists customer_accounts_import (
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
create index if not exists customer_accounts_import_kind
  on customer_accounts_import (kind, created_at, import_id);

create table if not exists customer_accounts_import_row (
  row_id text not null primary key,
  import_id text not null,
  line_number integer not null,
  act text not null,
  object_id text not null,
  name text not null,
  told text not null,
  done integer not null
) strict;
create index if not exists customer_accounts_import_row_import
  on customer_accounts_import_row (import_id, line_number);
