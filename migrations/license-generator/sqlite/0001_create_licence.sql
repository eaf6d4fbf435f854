-- Products, licences, their devices and the log of what clients asked: everything a licence needs.
create table if not exists license_generator_product (
  product_id text not null primary key,
  -- The vendor's root: products are sold by everybody and kept by one.
  organisation_id text not null default '00000000-0000-7000-8000-000000000001',
  code text not null,
  code_folded text not null,
  name text not null,
  name_folded text not null,
  description text not null,
  version_major integer not null,
  version_minor integer not null,
  state text not null,
  version integer not null,
  created_at integer not null,
  constraint license_generator_product_code unique (code_folded)
) strict;

create table if not exists license_generator_module (
  module_id text not null primary key,
  product_id text not null,
  code text not null,
  name text not null,
  base_price integer not null,
  currency text not null,
  active_default integer not null,
  position integer not null,
  constraint license_generator_module_code unique (product_id, code)
) strict;

create table if not exists license_generator_licence (
  licence_id text not null primary key,
  organisation_id text not null,
  account_id text not null,
  product_id text not null,
  type text not null,
  state_stored text not null,
  internal integer not null,
  devices_max integer not null,
  devices_used integer not null,
  users_max integer,
  starts_at integer not null,
  expires_at integer,
  maintenance_until integer,
  price integer,
  currency text not null,
  payload text not null,
  note text not null,
  key_hash text not null,
  key_sealed blob not null,
  key_hint text not null,
  offline_days integer not null,
  grace_days integer not null,
  at_expiry text not null,
  marker text,
  version integer not null,
  created_at integer not null,
  created_by text not null,
  constraint license_generator_licence_key unique (key_hash),
  constraint license_generator_licence_marker unique (marker),
  constraint license_generator_licence_seats check (devices_used between 0 and devices_max)
) strict;

create index if not exists license_generator_licence_organisation
  on license_generator_licence (organisation_id, created_at);

create index if not exists license_generator_licence_account
  on license_generator_licence (account_id);

create index if not exists license_generator_licence_created
  on license_generator_licence (created_at, licence_id);

create table if not exists license_generator_licence_module (
  licence_id text not null,
  module_id text not null,
  code text not null,
  active integer not null,
  active_until integer,
  quantity_max integer,
  primary key (licence_id, module_id)
) strict, without rowid;

create table if not exists license_generator_activation (
  activation_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  fingerprint text not null,
  fingerprint_hash text not null,
  device_name text not null,
  platform text not null,
  activated_at integer not null,
  last_seen_at integer not null,
  deactivated_at integer,
  constraint license_generator_activation_device unique (licence_id, fingerprint_hash)
) strict;

create table if not exists license_generator_activation_log (
  log_id text not null primary key,
  licence_id text,
  organisation_id text not null,
  at integer not null,
  action text not null,
  key_kind text not null,
  fingerprint text not null,
  device_name text not null,
  device_folded text not null,
  address text not null,
  outcome text not null
) strict;

create index if not exists license_generator_activation_log_licence
  on license_generator_activation_log (licence_id, at);

create index if not exists license_generator_activation_log_at
  on license_generator_activation_log (at, log_id);
