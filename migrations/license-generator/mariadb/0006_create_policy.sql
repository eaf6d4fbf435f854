-- Policies: what a vendor settles for the licences of a product, with every version there was, and the
-- runs that applied one to licences that exist.
create table if not exists license_generator_policy (
  policy_id char(36) character set ascii collate ascii_bin not null primary key,
  -- The vendor's root: policies hold for everybody and are kept by one.
  organisation_id char(36) character set ascii collate ascii_bin not null
    default '00000000-0000-7000-8000-000000000001',
  code varchar(64) not null,
  code_folded varchar(64) not null,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  -- The product whose licences it is for; none for every product.
  product_id char(36) character set ascii collate ascii_bin,
  -- The product whose licences get it unless told otherwise, or `all`; none for no default.
  default_of char(36) character set ascii collate ascii_bin,
  -- Its current version, the newest of license_generator_policy_version.
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint license_generator_policy_code unique (code_folded),
  constraint license_generator_policy_default unique (default_of)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_policy_version (
  version_id char(36) character set ascii collate ascii_bin not null primary key,
  policy_id char(36) character set ascii collate ascii_bin not null,
  version bigint not null,
  name varchar(200) not null,
  -- The values, JSON.
  document text not null,
  note text not null,
  created_at bigint not null,
  created_by varchar(200) not null,
  constraint license_generator_policy_version_number unique (policy_id, version)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_policy_run (
  run_id char(36) character set ascii collate ascii_bin not null primary key,
  policy_id char(36) character set ascii collate ascii_bin not null,
  version bigint not null,
  job_id char(36) character set ascii collate ascii_bin not null,
  -- `running`, `stopped` or `done`.
  state varchar(16) not null,
  licences_total bigint not null,
  licences_done bigint not null default 0,
  licences_changed bigint not null default 0,
  created_at bigint not null,
  created_by varchar(200) not null,
  constraint license_generator_policy_run_version unique (policy_id, version)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- The licences of a policy, found in batches.
create index if not exists license_generator_licence_policy
  on license_generator_licence (policy_id, licence_id);
