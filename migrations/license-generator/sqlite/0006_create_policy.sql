-- Policies: what a vendor settles for the licences of a product, with every version there was, and the
-- runs that applied one to licences that exist.
create table if not exists license_generator_policy (
  policy_id text not null primary key,
  -- The vendor's root: policies hold for everybody and are kept by one.
  organisation_id text not null default '00000000-0000-7000-8000-000000000001',
  code text not null,
  code_folded text not null,
  name text not null,
  name_folded text not null,
  -- The product whose licences it is for; none for every product.
  product_id text,
  -- The product whose licences get it unless told otherwise, or `all`; none for no default.
  default_of text,
  -- Its current version, the newest of license_generator_policy_version.
  version integer not null,
  created_at integer not null,
  updated_at integer not null,
  constraint license_generator_policy_code unique (code_folded),
  constraint license_generator_policy_default unique (default_of)
) strict;

create table if not exists license_generator_policy_version (
  version_id text not null primary key,
  policy_id text not null,
  version integer not null,
  name text not null,
  -- The values, JSON.
  document text not null,
  note text not null,
  created_at integer not null,
  created_by text not null,
  constraint license_generator_policy_version_number unique (policy_id, version)
) strict;

create table if not exists license_generator_policy_run (
  run_id text not null primary key,
  policy_id text not null,
  version integer not null,
  job_id text not null,
  -- `running`, `stopped` or `done`.
  state text not null,
  licences_total integer not null,
  licences_done integer not null default 0,
  licences_changed integer not null default 0,
  created_at integer not null,
  created_by text not null,
  constraint license_generator_policy_run_version unique (policy_id, version)
) strict;

-- The licences of a policy, found in batches.
create index if not exists license_generator_licence_policy
  on license_generator_licence (policy_id, licence_id);
