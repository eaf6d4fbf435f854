-- Customers become complete: more master data, tags, contacts, sites, dated notes, the history of
-- states, and what becomes of a record that is merged into another or erased.
alter table customer_accounts_customer
  add column if not exists address_line_2 varchar(200) not null default '';
alter table customer_accounts_customer
  add column if not exists legal_form varchar(64) not null default '';
alter table customer_accounts_customer
  add column if not exists website varchar(254) not null default '';
alter table customer_accounts_customer
  add column if not exists currency varchar(3) not null default '';
alter table customer_accounts_customer
  add column if not exists fiscal_regime varchar(4) not null default '';
alter table customer_accounts_customer
  add column if not exists tags varchar(500) not null default '';
alter table customer_accounts_customer
  add column if not exists tags_folded varchar(1000) not null default '';
alter table customer_accounts_customer add column if not exists
  merged_into varchar(36) character set ascii collate ascii_bin not null default '';
alter table customer_accounts_customer
  add column if not exists erased_at bigint null;

create table if not exists customer_accounts_contact (
  contact_id char(36) character set ascii collate ascii_bin not null primary key,
  customer_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  role varchar(120) not null,
  email varchar(254) not null,
  phone varchar(32) not null,
  notes text not null,
  is_primary bigint not null,
  created_at bigint not null,
  updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_contact_customer
  on customer_accounts_contact (customer_id, contact_id);

create table if not exists customer_accounts_site (
  site_id char(36) character set ascii collate ascii_bin not null primary key,
  customer_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  address varchar(200) not null,
  address_line_2 varchar(200) not null,
  postal_code varchar(16) not null,
  city varchar(120) not null,
  province varchar(64) not null,
  country varchar(2) not null,
  phone varchar(32) not null,
  is_primary bigint not null,
  is_legal bigint not null,
  is_shipping bigint not null,
  created_at bigint not null,
  updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_site_customer
  on customer_accounts_site (customer_id, site_id);

create table if not exists customer_accounts_note (
  note_id char(36) character set ascii collate ascii_bin not null primary key,
  customer_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  body text not null,
  author_id varchar(64) not null,
  author varchar(200) not null,
  created_at bigint not null,
  updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_note_customer
  on customer_accounts_note (customer_id, note_id);

create table if not exists customer_accounts_state (
  state_id char(36) character set ascii collate ascii_bin not null primary key,
  customer_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  act varchar(16) character set ascii collate ascii_bin not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  reason text not null,
  actor_id varchar(64) not null,
  actor varchar(200) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_state_customer
  on customer_accounts_state (customer_id, state_id);

-- Those entered before have a history that begins with how they stand.
insert into customer_accounts_state
  (state_id, customer_id, organisation_id, at, act, state, reason, actor_id, actor)
  select customer_id, customer_id, organisation_id, created_at, 'entered', state, '', created_by, ''
  from customer_accounts_customer c
  where not exists (select 1 from customer_accounts_state s where s.state_id = c.customer_id);
