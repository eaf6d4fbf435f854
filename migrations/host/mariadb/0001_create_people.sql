-- Who may sign in, where he stands in the organisation tree, and what proves that it is him.
create table if not exists host_organisation (
  organisation_id char(36) character set ascii collate ascii_bin not null primary key,
  parent_id char(36) character set ascii collate ascii_bin,
  path varchar(1024) character set ascii collate ascii_bin not null,
  kind varchar(32) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  name_folded varchar(255) not null,
  suspended_at bigint,
  created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_organisation_path on host_organisation (path);
create index if not exists host_organisation_parent on host_organisation (parent_id);
insert ignore into host_organisation
  (organisation_id, parent_id, path, kind, name, name_folded, created_at)
  values ('00000000-0000-7000-8000-000000000001', null, '/00000000000070008000000000000001/',
    'vendor', 'Cockpit', 'cockpit', 0);

create table if not exists host_user (
  user_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  email varchar(254) not null,
  email_folded varchar(254) not null,
  name varchar(255) not null,
  name_folded varchar(255) not null,
  password_hash varchar(255) character set ascii collate ascii_bin not null,
  language varchar(8) character set ascii collate ascii_bin not null default '',
  theme varchar(8) character set ascii collate ascii_bin not null default '',
  disabled_at bigint,
  created_at bigint not null,
  changed_at bigint not null,
  signed_in_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_user_email_folded on host_user (email_folded);
create index if not exists host_user_organisation on host_user (organisation_id, name_folded);

create table if not exists host_role (
  role_id varchar(64) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  built_in bigint not null,
  position bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
insert ignore into host_role (role_id, organisation_id, built_in, position) values
  ('superadmin', '00000000-0000-7000-8000-000000000001', 1, 1),
  ('reseller', '00000000-0000-7000-8000-000000000001', 1, 2),
  ('sub-company', '00000000-0000-7000-8000-000000000001', 1, 3),
  ('agent', '00000000-0000-7000-8000-000000000001', 1, 4),
  ('customer', '00000000-0000-7000-8000-000000000001', 1, 5),
  ('auditor', '00000000-0000-7000-8000-000000000001', 1, 6);

create table if not exists host_user_role (
  user_id char(36) character set ascii collate ascii_bin not null,
  role_id varchar(64) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  primary key (user_id, role_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_user_role_role on host_user_role (role_id);

create table if not exists host_session (
  session_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  user_id char(36) character set ascii collate ascii_bin not null,
  token_hash char(64) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  address varchar(64) not null,
  agent varchar(255) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_session_token on host_session (token_hash);
create index if not exists host_session_user on host_session (user_id, expires_at);

create table if not exists host_api_token (
  token_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  user_id char(36) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  prefix char(8) character set ascii collate ascii_bin not null,
  secret_hash char(64) character set ascii collate ascii_bin not null,
  permissions mediumtext,
  created_at bigint not null,
  expires_at bigint,
  used_at bigint,
  revoked_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_api_token_prefix on host_api_token (prefix);
create index if not exists host_api_token_user on host_api_token (user_id, created_at);
