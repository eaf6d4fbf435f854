-- What an administrator set instead of a default; a setting without a row has its default.
create table if not exists host_setting (
  owner text not null,
  setting_key text not null,
  value text not null,
  updated_at integer not null,
  updated_by text not null,
  primary key (owner, setting_key)
) strict;
