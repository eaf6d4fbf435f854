-- Who registered by himself and whom he was handed to: registrations, codes of organisations, rules.
create table if not exists customer_accounts_registration (
  customer_id text not null primary key,
  organisation_id text not null,
  code_hash text not null,
  reseller_code text not null,
  reseller_code_known integer not null,
  product text not null,
  product_folded text not null,
  reason text not null,
  rule_id text not null,
  rule_name text not null,
  registered_at integer not null
) strict;
create index if not exists customer_accounts_registration_organisation
  on customer_accounts_registration (organisation_id);

create table if not exists customer_accounts_registration_budget (
  address_hash text not null,
  hour integer not null,
  used integer not null,
  primary key (address_hash, hour)
) strict;
create index if not exists customer_accounts_registration_budget_hour
  on customer_accounts_registration_budget (hour);

create table if not exists customer_accounts_code (
  code_folded text not null primary key,
  code text not null,
  organisation_id text not null,
  created_at integer not null
) strict;
create index if not exists customer_accounts_code_organisation
  on customer_accounts_code (organisation_id);

create table if not exists customer_accounts_rule (
  rule_id text not null primary key,
  organisation_id text not null,
  position integer not null,
  name text not null,
  reseller_code text not null,
  provinces text not null,
  country text not null,
  products text not null,
  receiver_id text not null,
  enabled integer not null,
  version integer not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create index if not exists customer_accounts_rule_order
  on customer_accounts_rule (organisation_id, position, rule_id);
