-- What signing in needs besides a password: links sent by mail, second factors, and the short wait between the two.
create table if not exists host_link (
  link_id text not null primary key,
  kind text not null,
  organisation_id text not null,
  user_id text,
  email text not null,
  email_folded text not null,
  name text not null,
  name_folded text not null,
  roles text not null,
  language text not null,
  invited_by text not null,
  token_hash text not null,
  open_key text,
  created_at integer not null,
  expires_at integer not null,
  used_at integer,
  withdrawn_at integer,
  constraint host_link_kind check (kind in ('invitation', 'reset'))
) strict;
create unique index if not exists host_link_token on host_link (token_hash);
create unique index if not exists host_link_open_key on host_link (open_key);
create index if not exists host_link_organisation on host_link (organisation_id, kind);
create index if not exists host_link_expires on host_link (expires_at);

create table if not exists host_totp (
  user_id text not null primary key,
  sealed text not null,
  last_step integer not null,
  created_at integer not null,
  confirmed_at integer
) strict;

create table if not exists host_recovery_code (
  user_id text not null,
  code_hash text not null,
  created_at integer not null,
  used_at integer,
  primary key (user_id, code_hash)
) strict;

create table if not exists host_challenge (
  token_hash text not null primary key,
  user_id text not null,
  tries integer not null,
  created_at integer not null,
  expires_at integer not null
) strict;
create index if not exists host_challenge_user on host_challenge (user_id);
create index if not exists host_challenge_expires on host_challenge (expires_at);
