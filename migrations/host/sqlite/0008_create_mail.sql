-- Mails: queued in the transaction that causes them, sent by a worker with leases.
create table if not exists host_mail (
  mail_id text not null primary key,
  organisation_id text not null,
  plugin text not null,
  kind text not null,
  recipient text not null,
  recipient_folded text not null,
  subject text not null,
  subject_folded text not null,
  content text not null,
  secret integer not null,
  unique_key text,
  state text not null,
  attempts integer not null,
  next_at integer not null,
  error text not null,
  created_at integer not null,
  sent_at integer,
  constraint host_mail_state check (state in ('waiting', 'sent', 'dead', 'withdrawn'))
) strict;
create unique index if not exists host_mail_unique_key on host_mail (unique_key);
create index if not exists host_mail_due on host_mail (state, next_at);
create index if not exists host_mail_created on host_mail (created_at, mail_id);
