-- Customers and prospects: master data and state; each has its own node of the organisation tree.
create table if not exists customer_accounts_customer (
  customer_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  kind varchar(16) character set ascii collate ascii_bin not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  vat_number varchar(32) not null,
  tax_code varchar(32) not null,
  email varchar(254) not null,
  phone varchar(32) not null,
  address varchar(200) not null,
  postal_code varchar(16) not null,
  city varchar(120) not null,
  city_folded varchar(240) not null,
  search_folded text not null,
  province varchar(64) not null,
  country varchar(2) not null,
  pec varchar(254) not null,
  sdi_code varchar(7) not null,
  external_reference varchar(120) not null,
  language varchar(2) not null,
  notes text not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  created_by varchar(64) not null,
  constraint customer_accounts_customer_kind check (kind in ('customer', 'prospect')),
  constraint customer_accounts_customer_state
    check (state in ('validated', 'awaiting', 'suspended'))
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists customer_accounts_customer_organisation
  on customer_accounts_customer (organisation_id);
create index if not exists customer_accounts_customer_name
  on customer_accounts_customer (name_folded, customer_id);
create index if not exists customer_accounts_customer_created
  on customer_accounts_customer (created_at, customer_id);
create index if not exists customer_accounts_customer_vat_number
  on customer_accounts_customer (vat_number);
create index if not exists customer_accounts_customer_external_reference
  on customer_accounts_customer (external_reference);

-- What other plugins may read: its columns only ever grow.
create sql security invoker view if not exists customer_accounts_v1 as
  select customer_id as account_id, name, name_folded, state, organisation_id
  from customer_accounts_customer;
