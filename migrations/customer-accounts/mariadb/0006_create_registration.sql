-- Who registered by himself and whom he was handed to: registrations, codes of organisations, rules.
create table if not exists customer_accounts_registration (
  customer_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  code_hash char(64) character set ascii collate ascii_bin not null,
  reseller_code varchar(64) not null,
  reseller_code_known tinyint not null,
  product varchar(64) not null,
  product_folded varchar(128) not null,
  reason varchar(16) character set ascii collate ascii_bin not null,
  rule_id varchar(36) character set ascii collate ascii_bin not null,
  rule_name varchar(120) not null,
  registered_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_registration_organisation
  on customer_accounts_registration (organisation_id);

create table if not exists customer_accounts_registration_budget (
  address_hash char(64) character set ascii collate ascii_bin not null,
  hour bigint not null,
  used bigint not null,
  primary key (address_hash, hour)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_registration_budget_hour
  on customer_accounts_registration_budget (hour);

create table if not exists customer_accounts_code (
  code_folded varchar(128) not null primary key,
  code varchar(64) not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_code_organisation
  on customer_accounts_code (organisation_id);

create table if not exists customer_accounts_rule (
  rule_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  position bigint not null,
  name varchar(120) not null,
  reseller_code varchar(64) not null,
  provinces text not null,
  country varchar(2) not null,
  products text not null,
  receiver_id char(36) character set ascii collate ascii_bin not null,
  enabled tinyint not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_rule_order
  on customer_accounts_rule (organisation_id, position, rule_id);
