-- Which customer an organisation's own system means by a reference: each reference once for it.
create table if not exists customer_accounts_external (
  owner_id text not null,
  reference text not null,
  customer_id text not null,
  created_at integer not null,
  primary key (owner_id, reference)
) strict;
create index if not exists customer_accounts_external_customer
  on customer_accounts_external (customer_id);
