-- Which customer an organisation's own system means by a reference: each reference once for it.
create table if not exists customer_accounts_external (
  owner_id char(36) character set ascii collate ascii_bin not null,
  reference varchar(120) not null,
  customer_id char(36) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  primary key (owner_id, reference)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_external_customer
  on customer_accounts_external (customer_id);
