-- What people, tokens and jobs did, chained afterwards by whoever holds the sealer's lease.
create table if not exists host_audit (
  audit_id text not null primary key,
  organisation_id text not null,
  at bigint not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  address text not null,
  plugin text not null,
  action text not null,
  object_id text not null,
  object_name text not null,
  request_id text not null,
  content text not null,
  salt text,
  digest text not null,
  chain_no bigint,
  chain_hash text
);
create unique index if not exists host_audit_chain on host_audit (chain_no);
create index if not exists host_audit_at on host_audit (at, audit_id);
create index if not exists host_audit_object on host_audit (object_id, at);
create index if not exists host_audit_organisation on host_audit (organisation_id, at);

create table if not exists host_audit_head (
  head_id bigint not null primary key,
  chain_no bigint not null,
  chain_hash text not null,
  sealed_at bigint not null
);
insert or ignore into host_audit_head (head_id, chain_no, chain_hash, sealed_at) values
  (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0);

create table if not exists host_lease (
  lease_name text not null primary key,
  holder text not null,
  fence bigint not null,
  expires_at bigint not null
);
