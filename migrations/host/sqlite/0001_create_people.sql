-- Who may sign in, where he stands in the organisation tree, and what proves that it is him.
create table if not exists host_organisation (
  organisation_id text not null primary key,
  parent_id text,
  path text not null,
  kind text not null,
  name text not null,
  name_folded text not null,
  suspended_at bigint,
  created_at bigint not null
);
create unique index if not exists host_organisation_path on host_organisation (path);
create index if not exists host_organisation_parent on host_organisation (parent_id);
insert or ignore into host_organisation
  (organisation_id, parent_id, path, kind, name, name_folded, created_at)
  values ('00000000-0000-7000-8000-000000000001', null, '/00000000000070008000000000000001/',
    'vendor', 'Cockpit', 'cockpit', 0);

create table if not exists host_user (
  user_id text not null primary key,
  organisation_id text not null,
  email text not null,
  email_folded text not null,
  name text not null,
  name_folded text not null,
  password_hash text not null,
  language text not null default '',
  theme text not null default '',
  disabled_at bigint,
  created_at bigint not null,
  changed_at bigint not null,
  signed_in_at bigint
);
create unique index if not exists host_user_email_folded on host_user (email_folded);
create index if not exists host_user_organisation on host_user (organisation_id, name_folded);

create table if not exists host_role (
  role_id text not null primary key,
  organisation_id text not null,
  built_in bigint not null,
  position bigint not null
);
insert or ignore into host_role (role_id, organisation_id, built_in, position) values
  ('superadmin', '00000000-0000-7000-8000-000000000001', 1, 1),
  ('reseller', '00000000-0000-7000-8000-000000000001', 1, 2),
  ('sub-company', '00000000-0000-7000-8000-000000000001', 1, 3),
  ('agent', '00000000-0000-7000-8000-000000000001', 1, 4),
  ('customer', '00000000-0000-7000-8000-000000000001', 1, 5),
  ('auditor', '00000000-0000-7000-8000-000000000001', 1, 6);

create table if not exists host_user_role (
  user_id text not null,
  role_id text not null,
  organisation_id text not null,
  primary key (user_id, role_id)
);
create index if not exists host_user_role_role on host_user_role (role_id);

create table if not exists host_session (
  session_id text not null primary key,
  organisation_id text not null,
  user_id text not null,
  token_hash text not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  address text not null,
  agent text not null
);
create unique index if not exists host_session_token on host_session (token_hash);
create index if not exists host_session_user on host_session (user_id, expires_at);

create table if not exists host_api_token (
  token_id text not null primary key,
  organisation_id text not null,
  user_id text not null,
  name text not null,
  prefix text not null,
  secret_hash text not null,
  permissions text,
  created_at bigint not null,
  expires_at bigint,
  used_at bigint,
  revoked_at bigint
);
create unique index if not exists host_api_token_prefix on host_api_token (prefix);
create index if not exists host_api_token_user on host_api_token (user_id, created_at);
