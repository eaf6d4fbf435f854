-- The catalogue: products have a price, versions, bundles and typed parameters, modules say what they
-- need and what they exclude; price lists and the discounts of roles say what a licence may cost.
alter table license_generator_product add column base_price integer not null default 0;
alter table license_generator_product add column currency text not null default 'EUR';
-- Whether prices are for each device, person or floating seat.
alter table license_generator_product add column per_seat integer not null default 0;

alter table license_generator_module add column description text not null default '';
alter table license_generator_module add column state text not null default 'active';
-- Codes of modules of the same product, JSON.
alter table license_generator_module add column requires text not null default '[]';
alter table license_generator_module add column excludes text not null default '[]';
-- What a licence gets unless it says otherwise; no period: its use is not counted.
alter table license_generator_module add column period text;
alter table license_generator_module add column quantity_max integer;
alter table license_generator_module add column overage integer not null default 0;
alter table license_generator_module add column trial_days integer;

create table if not exists license_generator_product_version (
  version_id text not null primary key,
  product_id text not null,
  major integer not null,
  minor integer not null,
  released_at integer,
  note text not null,
  state text not null,
  -- Codes of the modules it includes, JSON; none: all.
  modules text,
  position integer not null default 0,
  constraint license_generator_product_version_number unique (product_id, major, minor)
) strict;

create table if not exists license_generator_bundle (
  bundle_id text not null primary key,
  product_id text not null,
  code text not null,
  name text not null,
  state text not null,
  modules text not null,
  -- None: the sum of its modules.
  price integer,
  currency text not null,
  -- Hundredths of a percent taken off the sum.
  discount integer not null,
  position integer not null,
  constraint license_generator_bundle_code unique (product_id, code)
) strict;

create table if not exists license_generator_parameter (
  parameter_id text not null primary key,
  product_id text not null,
  name text not null,
  label text not null,
  kind text not null,
  required integer not null,
  -- JSON; none if it has no default.
  default_value text,
  -- The smallest and largest value, as it is written.
  least text not null,
  most text not null,
  choices text not null,
  position integer not null,
  constraint license_generator_parameter_name unique (product_id, name)
) strict;

create table if not exists license_generator_price_list (
  price_list_id text not null primary key,
  organisation_id text not null default '00000000-0000-7000-8000-000000000001',
  name text not null,
  name_folded text not null,
  currency text not null,
  valid_from integer,
  valid_until integer,
  version integer not null,
  created_at integer not null,
  constraint license_generator_price_list_name unique (name_folded)
) strict;

create table if not exists license_generator_list_price (
  price_list_id text not null,
  product_id text not null,
  -- `base`, `module` or `bundle`, and the code of the last two.
  kind text not null,
  code text not null,
  price integer not null,
  primary key (price_list_id, product_id, kind, code)
) strict, without rowid;

create table if not exists license_generator_price_list_use (
  organisation_id text not null,
  price_list_id text not null,
  primary key (organisation_id, price_list_id)
) strict, without rowid;

create index if not exists license_generator_price_list_use_list
  on license_generator_price_list_use (price_list_id);

-- How far a role may go: what it may take off, in hundredths of a percent, and whether it may say a
-- price of its own. The setting `max-discount` counts for the others.
create table if not exists license_generator_role_limit (
  role_id text not null primary key,
  organisation_id text not null default '00000000-0000-7000-8000-000000000001',
  discount_max integer not null,
  may_override integer not null
) strict;

-- What nobody has may be deleted.
create index if not exists license_generator_licence_module_module
  on license_generator_licence_module (module_id);
