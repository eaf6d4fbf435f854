-- Where a line of a timeline leads is shown only to who may go there.
alter table customer_accounts_timeline add column if not exists permission varchar(128) character set ascii collate ascii_bin not null default '';
