-- Where a line of a timeline leads is shown only to who may go there.
alter table customer_accounts_timeline add column permission text not null default '';
