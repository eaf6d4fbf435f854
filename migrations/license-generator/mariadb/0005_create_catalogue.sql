-- The catalogue: products have a price, versions, bundles and typed parameters, modules say what they
-- need and what they exclude; price lists and the discounts of roles say what a licence may cost.
alter table license_generator_product
  add column if not exists base_price bigint not null default 0,
  add column if not exists currency varchar(3) not null default 'EUR',
  -- Whether prices are for each device, person or floating seat.
  add column if not exists per_seat tinyint not null default 0;

alter table license_generator_module
  add column if not exists description text not null default '',
  add column if not exists state varchar(16) not null default 'active',
  -- Codes of modules of the same product, JSON.
  add column if not exists requires mediumtext not null default '[]',
  add column if not exists excludes mediumtext not null default '[]',
  -- What a licence gets unless it says otherwise; no period: its use is not counted.
  add column if not exists period varchar(16),
  add column if not exists quantity_max bigint,
  add column if not exists overage bigint not null default 0,
  add column if not exists trial_days bigint;

create table if not exists license_generator_product_version (
  version_id char(36) character set ascii collate ascii_bin not null primary key,
  product_id char(36) character set ascii collate ascii_bin not null,
  major bigint not null,
  minor bigint not null,
  released_at bigint,
  note text not null,
  state varchar(16) not null,
  -- Codes of the modules it includes, JSON; none: all.
  modules mediumtext,
  position bigint not null default 0,
  constraint license_generator_product_version_number unique (product_id, major, minor)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_bundle (
  bundle_id char(36) character set ascii collate ascii_bin not null primary key,
  product_id char(36) character set ascii collate ascii_bin not null,
  code varchar(64) not null,
  name varchar(200) not null,
  state varchar(16) not null,
  modules mediumtext not null,
  -- None: the sum of its modules.
  price bigint,
  currency varchar(3) not null,
  -- Hundredths of a percent taken off the sum.
  discount bigint not null,
  position bigint not null,
  constraint license_generator_bundle_code unique (product_id, code)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_parameter (
  parameter_id char(36) character set ascii collate ascii_bin not null primary key,
  product_id char(36) character set ascii collate ascii_bin not null,
  name varchar(64) not null,
  label varchar(200) not null,
  kind varchar(16) not null,
  required tinyint not null,
  -- JSON; none if it has no default.
  default_value mediumtext,
  -- The smallest and largest value, as it is written.
  least varchar(64) not null,
  most varchar(64) not null,
  choices mediumtext not null,
  position bigint not null,
  constraint license_generator_parameter_name unique (product_id, name)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_price_list (
  price_list_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null
    default '00000000-0000-7000-8000-000000000001',
  name varchar(200) not null,
  name_folded varchar(400) not null,
  currency varchar(3) not null,
  valid_from bigint,
  valid_until bigint,
  version bigint not null,
  created_at bigint not null,
  constraint license_generator_price_list_name unique (name_folded)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_list_price (
  price_list_id char(36) character set ascii collate ascii_bin not null,
  product_id char(36) character set ascii collate ascii_bin not null,
  -- `base`, `module` or `bundle`, and the code of the last two.
  kind varchar(16) not null,
  code varchar(64) not null,
  price bigint not null,
  primary key (price_list_id, product_id, kind, code)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_price_list_use (
  organisation_id char(36) character set ascii collate ascii_bin not null,
  price_list_id char(36) character set ascii collate ascii_bin not null,
  primary key (organisation_id, price_list_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_price_list_use_list
  on license_generator_price_list_use (price_list_id);

-- How far a role may go: what it may take off, in hundredths of a percent, and whether it may say a
-- price of its own. The setting `max-discount` counts for the others.
create table if not exists license_generator_role_limit (
  role_id varchar(64) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null
    default '00000000-0000-7000-8000-000000000001',
  discount_max bigint not null,
  may_override tinyint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- What nobody has may be deleted.
create index if not exists license_generator_licence_module_module
  on license_generator_licence_module (module_id);
