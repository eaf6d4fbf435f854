-- Customers become complete: more master data, tags, contacts, sites, dated notes, the history of
-- states, and what becomes of a record that is merged into another or erased.
alter table customer_accounts_customer add column address_line_2 text not null default '';
alter table customer_accounts_customer add column legal_form text not null default '';
alter table customer_accounts_customer add column website text not null default '';
alter table customer_accounts_customer add column currency text not null default '';
alter table customer_accounts_customer add column fiscal_regime text not null default '';
alter table customer_accounts_customer add column tags text not null default '';
alter table customer_accounts_customer add column tags_folded text not null default '';
alter table customer_accounts_customer add column merged_into text not null default '';
alter table customer_accounts_customer add column erased_at integer;

create table if not exists customer_accounts_contact (
  contact_id text not null primary key,
  customer_id text not null,
  organisation_id text not null,
  name text not null,
  role text not null,
  email text not null,
  phone text not null,
  notes text not null,
  is_primary integer not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create index if not exists customer_accounts_contact_customer
  on customer_accounts_contact (customer_id, contact_id);

create table if not exists customer_accounts_site (
  site_id text not null primary key,
  customer_id text not null,
  organisation_id text not null,
  name text not null,
  address text not null,
  address_line_2 text not null,
  postal_code text not null,
  city text not null,
  province text not null,
  country text not null,
  phone text not null,
  is_primary integer not null,
  is_legal integer not null,
  is_shipping integer not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create index if not exists customer_accounts_site_customer
  on customer_accounts_site (customer_id, site_id);

create table if not exists customer_accounts_note (
  note_id text not null primary key,
  customer_id text not null,
  organisation_id text not null,
  body text not null,
  author_id text not null,
  author text not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create index if not exists customer_accounts_note_customer
  on customer_accounts_note (customer_id, note_id);

create table if not exists customer_accounts_state (
  state_id text not null primary key,
  customer_id text not null,
  organisation_id text not null,
  at integer not null,
  act text not null,
  state text not null,
  reason text not null,
  actor_id text not null,
  actor text not null
) strict;
create index if not exists customer_accounts_state_customer
  on customer_accounts_state (customer_id, state_id);

-- Those entered before have a history that begins with how they stand.
insert into customer_accounts_state
  (state_id, customer_id, organisation_id, at, act, state, reason, actor_id, actor)
  select customer_id, customer_id, organisation_id, created_at, 'entered', state, '', created_by, ''
  from customer_accounts_customer c
  where not exists (select 1 from customer_accounts_state s where s.state_id = c.customer_id);
