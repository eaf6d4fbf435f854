-- Who comes in with tokens of an existing cockpit, and which of those tokens were used.
create table if not exists host_sso_identity (
  issuer varchar(255) not null,
  subject varchar(255) not null,
  user_id char(36) character set ascii collate ascii_bin not null,
  linked_at bigint not null,
  primary key (issuer, subject)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_sso_identity_user on host_sso_identity (issuer, user_id);

create table if not exists host_sso_token (
  token_hash char(64) character set ascii collate ascii_bin not null primary key,
  expires_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_sso_token_end on host_sso_token (expires_at);
