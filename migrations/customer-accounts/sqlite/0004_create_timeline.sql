-- What happened that concerns a customer, told by this plugin and by others, in every language.
create table if not exists customer_accounts_timeline (
  entry_id text not null primary key,
  customer_id text not null,
  organisation_id text not null,
  at integer not null,
  kind text not null,
  icon text not null,
  told text not null,
  path text not null,
  actor text not null
) strict;
create index if not exists customer_accounts_timeline_customer
  on customer_accounts_timeline (customer_id, at, entry_id);
