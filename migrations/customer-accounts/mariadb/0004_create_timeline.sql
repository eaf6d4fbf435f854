-- What happened that concerns a customer, told by this plugin and by others, in every language.
create table if not exists customer_accounts_timeline (
  entry_id char(36) character set ascii collate ascii_bin not null primary key,
  customer_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  kind varchar(64) not null,
  icon varchar(32) character set ascii collate ascii_bin not null,
  told text not null,
  path varchar(255) not null,
  actor varchar(200) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists customer_accounts_timeline_customer
  on customer_accounts_timeline (customer_id, at, entry_id);
