-- Who came in, who failed to, and with what: kept for a time that is set, apart from the audit log.
create table if not exists host_access (
  access_id text not null primary key,
  organisation_id text not null,
  at integer not null,
  kind text not null,
  user_id text not null,
  name text not null,
  name_folded text not null,
  address text not null,
  browser text not null,
  detail text not null
) strict;
create index if not exists host_access_at on host_access (at, access_id);
create index if not exists host_access_organisation on host_access (organisation_id, at);
create index if not exists host_access_user on host_access (user_id, at);
