-- What tells devices and people apart beyond an exact fingerprint: components, rolling tokens, named
-- users, transfers; and what of it looks suspicious.
alter table license_generator_activation add column user_id text;

-- As the person is called; the seat of a licence bound to people belongs to one.
alter table license_generator_activation add column user_name text not null default '';

-- What a licence that only watches (`shadow`) would have refused; empty for nothing.
alter table license_generator_activation_log add column would_refuse text not null default '';

alter table license_generator_activation_log add column user_name text not null default '';

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
  licence_id text not null,
  name text not null,
  hash text not null,
  activation_id text not null,
  primary key (licence_id, hash, activation_id)
) strict, without rowid;

create index if not exists license_generator_component_activation
  on license_generator_component (activation_id);

-- The token a device shows at its next validation, hashed, and the one before it, whose answer may
-- have got lost.
create table if not exists license_generator_token (
  activation_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  current_hash text not null,
  previous_hash text not null,
  rolled_at integer not null,
  address text not null,
  -- When somebody showed an older one, from where, and as which device.
  suspected_at integer,
  suspect_address text not null default '',
  suspect_name text not null default '',
  sightings integer not null default 0
) strict;

create index if not exists license_generator_token_licence
  on license_generator_token (licence_id);

create index if not exists license_generator_token_suspected
  on license_generator_token (suspected_at);

-- The people of licences bound to people: `active` ones hold a seat, `removed` ones gave it back,
-- `barred` ones may not have one.
create table if not exists license_generator_named_user (
  user_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  name text not null,
  name_folded text not null,
  state text not null,
  -- Whether an administrator named him before he came.
  reserved integer not null,
  created_at integer not null,
  constraint license_generator_named_user_name unique (licence_id, name_folded)
) strict;

-- A device that took the place of one that was given back. Forgiven ones do not count any more.
create table if not exists license_generator_transfer (
  transfer_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  at integer not null,
  activation_id text not null,
  forgiven_at integer
) strict;

create index if not exists license_generator_transfer_licence
  on license_generator_transfer (licence_id, at);

create index if not exists license_generator_transfer_at
  on license_generator_transfer (at);

-- What looks suspicious about the use of a licence in the last month, one row per reason.
create table if not exists license_generator_suspicion (
  suspicion_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  reason text not null,
  count integer not null,
  first_at integer not null,
  last_at integer not null,
  -- Somebody looked at it: it comes back only when something new happens.
  dismissed_at integer,
  dismissed_by text not null default '',
  constraint license_generator_suspicion_reason unique (licence_id, reason)
) strict;

create index if not exists license_generator_suspicion_last
  on license_generator_suspicion (last_at, suspicion_id);
