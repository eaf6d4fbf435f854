-- What signing in needs besides a password: links sent by mail, second factors, and the short wait between the two.
create table if not exists host_link (
  link_id char(36) character set ascii collate ascii_bin not null primary key,
  kind varchar(16) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  user_id char(36) character set ascii collate ascii_bin,
  email varchar(254) not null,
  email_folded varchar(254) not null,
  name varchar(255) not null,
  name_folded varchar(255) not null,
  roles text not null,
  language varchar(8) character set ascii collate ascii_bin not null,
  invited_by varchar(255) not null,
  token_hash char(64) character set ascii collate ascii_bin not null,
  open_key varchar(300),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  withdrawn_at bigint,
  constraint host_link_kind check (kind in ('invitation', 'reset'))
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_link_token on host_link (token_hash);
create unique index if not exists host_link_open_key on host_link (open_key);
create index if not exists host_link_organisation on host_link (organisation_id, kind);
create index if not exists host_link_expires on host_link (expires_at);

create table if not exists host_totp (
  user_id char(36) character set ascii collate ascii_bin not null primary key,
  sealed text character set ascii collate ascii_bin not null,
  last_step bigint not null,
  created_at bigint not null,
  confirmed_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists host_recovery_code (
  user_id char(36) character set ascii collate ascii_bin not null,
  code_hash char(64) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  used_at bigint,
  primary key (user_id, code_hash)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists host_challenge (
  token_hash char(64) character set ascii collate ascii_bin not null primary key,
  user_id char(36) character set ascii collate ascii_bin not null,
  tries bigint not null,
  created_at bigint not null,
  expires_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_challenge_user on host_challenge (user_id);
create index if not exists host_challenge_expires on host_challenge (expires_at);
