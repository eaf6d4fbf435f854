-- Customers and prospects: master data and state; each has its own node of the organisation tree.
create table if not exists customer_accounts_customer (
  customer_id text not null primary key,
  organisation_id text not null,
  kind text not null,
  state text not null,
  name text not null,
  name_folded text not null,
  vat_number text not null,
  tax_code text not null,
  email text not null,
  phone text not null,
  address text not null,
  postal_code text not null,
  city text not null,
  city_folded text not null,
  search_folded text not null,
  province text not null,
  country text not null,
  pec text not null,
  sdi_code text not null,
  external_reference text not null,
  language text not null,
  notes text not null,
  version integer not null,
  created_at integer not null,
  updated_at integer not null,
  created_by text not null,
  constraint customer_accounts_customer_kind check (kind in ('customer', 'prospect')),
  constraint customer_accounts_customer_state
    check (state in ('validated', 'awaiting', 'suspended'))
) strict;
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
create view if not exists customer_accounts_v1 as
  select customer_id as account_id, name, name_folded, state, organisation_id
  from customer_accounts_customer;
