-- Products, licences, their devices and the log of what clients asked: everything a licence needs.
create table if not exists license_generator_product (
  product_id char(36) character set ascii collate ascii_bin not null primary key,
  -- The vendor's root: products are sold by everybody and kept by one.
  organisation_id char(36) character set ascii collate ascii_bin not null
    default '00000000-0000-7000-8000-000000000001',
  code varchar(64) not null,
  code_folded varchar(64) not null,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  description text not null,
  version_major bigint not null,
  version_minor bigint not null,
  state varchar(16) not null,
  version bigint not null,
  created_at bigint not null,
  constraint license_generator_product_code unique (code_folded)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_module (
  module_id char(36) character set ascii collate ascii_bin not null primary key,
  product_id char(36) character set ascii collate ascii_bin not null,
  code varchar(64) not null,
  name varchar(200) not null,
  base_price bigint not null,
  currency varchar(3) not null,
  active_default tinyint not null,
  position bigint not null,
  constraint license_generator_module_code unique (product_id, code)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_licence (
  licence_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  account_id char(36) character set ascii collate ascii_bin not null,
  product_id char(36) character set ascii collate ascii_bin not null,
  type varchar(16) not null,
  state_stored varchar(16) not null,
  internal tinyint not null,
  devices_max bigint not null,
  devices_used bigint not null,
  users_max bigint,
  starts_at bigint not null,
  expires_at bigint,
  maintenance_until bigint,
  price bigint,
  currency varchar(3) not null,
  payload mediumtext not null,
  note text not null,
  key_hash char(64) character set ascii collate ascii_bin not null,
  key_sealed varbinary(255) not null,
  key_hint varchar(8) not null,
  offline_days bigint not null,
  grace_days bigint not null,
  at_expiry varchar(16) not null,
  marker varchar(64),
  version bigint not null,
  created_at bigint not null,
  created_by varchar(200) not null,
  constraint license_generator_licence_key unique (key_hash),
  constraint license_generator_licence_marker unique (marker),
  constraint license_generator_licence_seats check (devices_used between 0 and devices_max)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_licence_organisation
  on license_generator_licence (organisation_id, created_at);

create index if not exists license_generator_licence_account
  on license_generator_licence (account_id);

create index if not exists license_generator_licence_created
  on license_generator_licence (created_at, licence_id);

create table if not exists license_generator_licence_module (
  licence_id char(36) character set ascii collate ascii_bin not null,
  module_id char(36) character set ascii collate ascii_bin not null,
  code varchar(64) not null,
  active tinyint not null,
  active_until bigint,
  quantity_max bigint,
  primary key (licence_id, module_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_activation (
  activation_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  fingerprint text not null,
  fingerprint_hash char(64) character set ascii collate ascii_bin not null,
  device_name varchar(200) not null,
  platform varchar(100) not null,
  activated_at bigint not null,
  last_seen_at bigint not null,
  deactivated_at bigint,
  constraint license_generator_activation_device unique (licence_id, fingerprint_hash)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_activation_log (
  log_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  action varchar(16) not null,
  key_kind varchar(16) not null,
  fingerprint text not null,
  device_name varchar(200) not null,
  device_folded varchar(400) not null,
  address varchar(64) not null,
  outcome varchar(32) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_activation_log_licence
  on license_generator_activation_log (licence_id, at);

create index if not exists license_generator_activation_log_at
  on license_generator_activation_log (at, log_id);
