-- The ledger: what customers pay for and owe; entries are corrected by further entries only.
create table if not exists customer_accounts_transaction (
  transaction_id char(36) character set ascii collate ascii_bin not null primary key,
  customer_id char(36) character set ascii collate ascii_bin not null,
  booked_for char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  kind varchar(16) character set ascii collate ascii_bin not null,
  amount bigint not null,
  currency char(3) character set ascii collate ascii_bin not null,
  happened_at bigint not null,
  due_at bigint,
  settled_at bigint,
  settled_method varchar(16) character set ascii collate ascii_bin not null,
  method varchar(16) character set ascii collate ascii_bin not null,
  notes text not null,
  licence_id varchar(36) character set ascii collate ascii_bin not null,
  licence_name varchar(200) not null,
  reference varchar(120),
  reverses char(36) character set ascii collate ascii_bin,
  reversed_by char(36) character set ascii collate ascii_bin,
  search_folded text not null,
  created_at bigint not null,
  created_by varchar(64) not null,
  constraint customer_accounts_transaction_kind
    check (kind in ('activation', 'renewal', 'postponed')),
  constraint customer_accounts_transaction_due
    check ((kind = 'postponed') = (due_at is not null))
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
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
