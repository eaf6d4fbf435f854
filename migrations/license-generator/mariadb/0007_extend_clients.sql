-- What tells devices and people apart beyond an exact fingerprint: components, rolling tokens, named
-- users, transfers; and what of it looks suspicious.
alter table license_generator_activation add column if not exists user_id char(36) character set ascii collate ascii_bin;

-- As the person is called; the seat of a licence bound to people belongs to one.
alter table license_generator_activation add column if not exists user_name varchar(200) not null default '';

-- What a licence that only watches (`shadow`) would have refused; empty for nothing.
alter table license_generator_activation_log add column if not exists would_refuse varchar(32) not null default '';

alter table license_generator_activation_log add column if not exists user_name varchar(200) not null default '';

-- Validations that are too old are found by it, and the activations of the last month.
create index if not exists license_generator_activation_log_action
  on license_generator_activation_log (action, at);

-- Refusals of the last month.
create index if not exists license_generator_activation_log_outcome
  on license_generator_activation_log (outcome, at);

-- The same device with licences of several customers.
create index if not exists license_generator_activation_fingerprint
  on license_generator_activation (fingerprint_hash);

create index if not exists license_generator_activation_user
  on license_generator_activation (user_id);

-- The components of each device: the hash is of name and value together.
create table if not exists license_generator_component (
  licence_id char(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  hash char(64) character set ascii collate ascii_bin not null,
  activation_id char(36) character set ascii collate ascii_bin not null,
  primary key (licence_id, hash, activation_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_component_activation
  on license_generator_component (activation_id);

-- The token a device shows at its next validation, hashed, and the one before it, whose answer may
-- have got lost.
create table if not exists license_generator_token (
  activation_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  current_hash char(64) character set ascii collate ascii_bin not null,
  previous_hash char(64) character set ascii collate ascii_bin not null,
  rolled_at bigint not null,
  address varchar(64) not null,
  -- When somebody showed an older one, from where, and as which device.
  suspected_at bigint,
  suspect_address varchar(64) not null default '',
  suspect_name varchar(200) not null default '',
  sightings bigint not null default 0
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_token_licence
  on license_generator_token (licence_id);

create index if not exists license_generator_token_suspected
  on license_generator_token (suspected_at);

-- The people of licences bound to people: `active` ones hold a seat, `removed` ones gave it back,
-- `barred` ones may not have one.
create table if not exists license_generator_named_user (
  user_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  state varchar(16) not null,
  -- Whether an administrator named him before he came.
  reserved tinyint not null,
  created_at bigint not null,
  constraint license_generator_named_user_name unique (licence_id, name_folded)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- A device that took the place of one that was given back. Forgiven ones do not count any more.
create table if not exists license_generator_transfer (
  transfer_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  activation_id char(36) character set ascii collate ascii_bin not null,
  forgiven_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_transfer_licence
  on license_generator_transfer (licence_id, at);

create index if not exists license_generator_transfer_at
  on license_generator_transfer (at);

-- What looks suspicious about the use of a licence in the last month, one row per reason.
create table if not exists license_generator_suspicion (
  suspicion_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  reason varchar(16) not null,
  count bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  -- Somebody looked at it: it comes back only when something new happens.
  dismissed_at bigint,
  dismissed_by varchar(200) not null default '',
  constraint license_generator_suspicion_reason unique (licence_id, reason)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_suspicion_last
  on license_generator_suspicion (last_at, suspicion_id);
