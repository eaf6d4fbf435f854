-- What people, tokens and jobs did, chained afterwards by whoever holds the sealer's lease.
create table if not exists host_audit (
  audit_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  actor_kind varchar(16) character set ascii collate ascii_bin not null,
  actor_id varchar(64) not null,
  actor_name varchar(255) not null,
  address varchar(64) not null,
  plugin varchar(64) not null,
  action varchar(128) not null,
  object_id varchar(191) not null,
  object_name varchar(512) not null,
  request_id varchar(64) not null,
  content longtext not null,
  salt char(32) character set ascii collate ascii_bin,
  digest char(64) character set ascii collate ascii_bin not null,
  chain_no bigint,
  chain_hash char(64) character set ascii collate ascii_bin
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_audit_chain on host_audit (chain_no);
create index if not exists host_audit_at on host_audit (at, audit_id);
create index if not exists host_audit_object on host_audit (object_id, at);
create index if not exists host_audit_organisation on host_audit (organisation_id, at);

create table if not exists host_audit_head (
  head_id bigint not null primary key,
  chain_no bigint not null,
  chain_hash char(64) character set ascii collate ascii_bin not null,
  sealed_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
insert ignore into host_audit_head (head_id, chain_no, chain_hash, sealed_at) values
  (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0);

create table if not exists host_lease (
  lease_name varchar(128) not null primary key,
  holder varchar(64) not null,
  fence bigint not null,
  expires_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
