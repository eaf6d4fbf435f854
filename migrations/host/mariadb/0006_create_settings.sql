-- What an administrator set instead of a default; a setting without a row has its default.
create table if not exists host_setting (
  owner varchar(64) character set ascii collate ascii_bin not null,
  setting_key varchar(128) character set ascii collate ascii_bin not null,
  value mediumtext not null,
  updated_at bigint not null,
  updated_by varchar(64) character set ascii collate ascii_bin not null,
  primary key (owner, setting_key)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
