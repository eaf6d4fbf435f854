-- Figures by day, so that a dashboard costs the same however long the history is; and indexes for what
-- it asks of the licences in force, and for the orders people give their list.
create table if not exists license_generator_daily (
  -- First millisecond of the day, UTC.
  day integer not null,
  organisation_id text not null,
  -- `activation`, `refusal`, `issued`, `trial`, `converted`, `sale` or `renewal`.
  measure text not null,
  -- Empty where a key named no licence.
  product_id text not null,
  -- The code of a refusal, the agent of a sale, `internal` for what is never sold; else empty.
  subject text not null,
  currency text not null,
  n integer not null,
  amount integer not null,
  primary key (day, measure, organisation_id, product_id, subject, currency)
) strict, without rowid;
create index if not exists license_generator_daily_organisation
  on license_generator_daily (organisation_id, day);

-- How many licences in force have a module, as counted at `counted_at` of the mark.
create table if not exists license_generator_module_use (
  organisation_id text not null,
  product_id text not null,
  code text not null,
  n integer not null,
  primary key (organisation_id, product_id, code)
) strict, without rowid;

-- One row: days before `folded_until` are in the daily figures.
create table if not exists license_generator_folded (
  name text not null primary key,
  folded_until integer not null,
  counted_at integer not null
) strict;

create index if not exists license_generator_licence_converted
  on license_generator_licence (converted_at);
create index if not exists license_generator_licence_standing
  on license_generator_licence
  (state_stored, expires_at, product_id, type, internal, shadow, starts_at, organisation_id);
create index if not exists license_generator_licence_by_expiry
  on license_generator_licence (expires_at, licence_id);
create index if not exists license_generator_licence_by_key
  on license_generator_licence (key_hint, licence_id);
