-- Mails: queued in the transaction that causes them, sent by a worker with leases.
create table if not exists host_mail (
  mail_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  plugin varchar(64) character set ascii collate ascii_bin not null,
  kind varchar(64) not null,
  recipient varchar(254) not null,
  recipient_folded varchar(254) not null,
  subject varchar(1000) not null,
  subject_folded varchar(1000) not null,
  content mediumtext not null,
  secret bigint not null,
  unique_key varchar(190) character set ascii collate ascii_nopad_bin,
  state varchar(16) character set ascii collate ascii_bin not null,
  attempts bigint not null,
  next_at bigint not null,
  error varchar(1000) not null,
  created_at bigint not null,
  sent_at bigint,
  constraint host_mail_state check (state in ('waiting', 'sent', 'dead', 'withdrawn'))
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_mail_unique_key on host_mail (unique_key);
create index if not exists host_mail_due on host_mail (state, next_at);
create index if not exists host_mail_created on host_mail (created_at, mail_id);
