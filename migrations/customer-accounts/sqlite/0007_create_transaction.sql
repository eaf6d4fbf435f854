-- The ledger: what customers pay for and owe; entries are corrected by further entries only.
create table if not exists customer_accounts_transaction (
  transaction_id text not null primary key,
  customer_id text not null,
  booked_for text not null,
  organisation_id text not null,
  kind text not null,
  amount integer not null,
  currency text not null,
  happened_at integer not null,
  due_at integer,
  settled_at integer,
  settled_method text not null,
  method text not null,
  notes text not null,
  licence_id text not null,
  licence_name text not null,
  reference text,
  reverses text,
  reversed_by text,
  search_folded text not null,
  created_at integer not null,
  created_by text not null,
  constraint customer_accounts_transaction_kind
    check (kind in ('activation', 'renewal', 'postponed')),
  constraint customer_accounts_transaction_due
    check ((kind = 'postponed') = (due_at is not null))
) strict;
create unique index if not exists customer_accounts_transaction_reference
  on customer_accounts_transaction (booked_for, reference);
create unique index if not exists customer_accounts_transaction_reverses
  on customer_accounts_transaction (reverses);
create index if not exists customer_accounts_transaction_customer
  on customer_accounts_transaction (customer_id);
create index if not exists customer_accounts_transaction_happened
  on customer_accounts_transaction (happened_at, transaction_id);
create index if not exists customer_accounts_transaction_organisation
  on customer_accounts_transaction (organisation_id);
create index if not exists customer_accounts_transaction_open
  on customer_accounts_transaction (kind, settled_at, due_at);
