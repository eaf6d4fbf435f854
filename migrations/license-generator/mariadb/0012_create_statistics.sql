-- Figures by day, so that a dashboard costs the same however long the history is; and indexes for what
-- it asks of the licences in force.
create table if not exists license_generator_daily (
  -- First millisecond of the day, UTC.
  day bigint not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  -- `activation`, `refusal`, `issued`, `trial`, `converted`, `sale` or `renewal`.
  measure varchar(16) character set ascii collate ascii_bin not null,
  -- Empty where a key named no licence.
  product_id char(36) character set ascii collate ascii_bin not null,
  -- The code of a refusal, the agent of a sale, `internal` for what is never sold; else empty.
  subject varchar(64) not null,
  currency varchar(3) character set ascii collate ascii_bin not null,
  n bigint not null,
  amount bigint not null,
  primary key (day, measure, organisation_id, product_id, subject, currency)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists license_generator_daily_organisation
  on license_generator_daily (organisation_id, day);

-- How many licences in force have a module, as counted at `counted_at` of the mark.
create table if not exists license_generator_module_use (
  organisation_id char(36) character set ascii collate ascii_bin not null,
  product_id char(36) character set ascii collate ascii_bin not null,
  code varchar(64) not null,
  n bigint not null,
  primary key (organisation_id, product_id, code)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- One row: days before `folded_until` are in the daily figures.
create table if not exists license_generator_folded (
  name varchar(32) character set ascii collate ascii_bin not null primary key,
  folded_until bigint not null,
  counted_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_licence_converted
  on license_generator_licence (converted_at);
create index if not exists license_generator_licence_standing
  on license_generator_licence
  (state_stored, expires_at, product_id, type, internal, shadow, starts_at, organisation_id);
create index if not exists license_generator_licence_by_expiry
  on license_generator_licence (expires_at, licence_id);
create index if not exists license_generator_licence_by_key
  on license_generator_licence (key_hint, licence_id);
