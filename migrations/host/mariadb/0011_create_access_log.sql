-- Who came in, who failed to, and with what: kept for a time that is set, apart from the audit log.
create table if not exists host_access (
  access_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  kind varchar(32) character set ascii collate ascii_bin not null,
  user_id varchar(36) character set ascii collate ascii_bin not null,
  name varchar(254) not null,
  name_folded varchar(254) not null,
  address varchar(64) character set ascii collate ascii_bin not null,
  browser varchar(100) not null,
  detail varchar(255) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_access_at on host_access (at, access_id);
create index if not exists host_access_organisation on host_access (organisation_id, at);
create index if not exists host_access_user on host_access (user_id, at);
