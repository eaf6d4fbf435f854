-- Who comes in with tokens of an existing cockpit, and which of those tokens were used.
create table if not exists host_sso_identity (
  issuer text not null,
  subject text not null,
  user_id text not null,
  linked_at integer not null,
  primary key (issuer, subject)
) strict;
create unique index if not exists host_sso_identity_user on host_sso_identity (issuer, user_id);

create table if not exists host_sso_token (
  token_hash text not null primary key,
  expires_at integer not null
) strict;
create index if not exists host_sso_token_end on host_sso_token (expires_at);
