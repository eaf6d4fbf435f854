-- What the host does by itself or keeps for plugins: jobs, events, files, saved views, idempotency.
create table if not exists host_job (
  job_id char(36) character set ascii collate ascii_bin not null primary key,
  plugin varchar(64) character set ascii collate ascii_bin not null,
  job varchar(128) not null,
  payload mediumtext not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  run_at bigint not null,
  attempts bigint not null,
  max_attempts bigint not null,
  lease_until bigint not null,
  lease_token char(36) character set ascii collate ascii_bin not null,
  progress_done bigint not null,
  progress_total bigint not null,
  progress_message text not null,
  error text not null,
  cancel_requested tinyint not null,
  created_at bigint not null,
  started_at bigint,
  finished_at bigint,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  created_by varchar(64) character set ascii collate ascii_bin not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_job_due on host_job (state, run_at);
create index if not exists host_job_finished on host_job (finished_at);

create table if not exists host_job_schedule (
  plugin varchar(64) character set ascii collate ascii_bin not null,
  job varchar(128) not null,
  cron varchar(128) not null,
  next_at bigint not null,
  primary key (plugin, job)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists host_outbox (
  event_id char(36) character set ascii collate ascii_bin not null primary key,
  name varchar(128) not null,
  source varchar(64) character set ascii collate ascii_bin not null,
  payload mediumtext not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  emitted_at bigint not null,
  delivered_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_outbox_state on host_outbox (state, emitted_at);
create index if not exists host_outbox_delivered on host_outbox (delivered_at);

create table if not exists host_outbox_delivery (
  event_id char(36) character set ascii collate ascii_bin not null,
  subscriber varchar(64) character set ascii collate ascii_bin not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  attempts bigint not null,
  next_at bigint not null,
  ended_at bigint,
  error text not null,
  primary key (event_id, subscriber)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_outbox_delivery_due on host_outbox_delivery (state, next_at);

create table if not exists host_blob (
  blob_id char(36) character set ascii collate ascii_bin not null primary key,
  plugin varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  content_type varchar(255) not null,
  size bigint not null,
  sha256 char(64) character set ascii collate ascii_bin not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  changed_at bigint not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  created_by varchar(64) character set ascii collate ascii_bin not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_blob_state on host_blob (state, changed_at);

create table if not exists host_saved_view (
  view_id char(36) character set ascii collate ascii_bin not null primary key,
  user_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  path varchar(300) character set ascii collate ascii_nopad_bin not null,
  name varchar(80) not null,
  query text not null,
  shared tinyint not null,
  created_at bigint not null,
  constraint host_saved_view_name unique (user_id, path, name)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_saved_view_shared on host_saved_view (path, organisation_id);

create table if not exists host_idempotency (
  plugin varchar(64) character set ascii collate ascii_bin not null,
  caller varchar(64) character set ascii collate ascii_bin not null,
  idem_key varchar(255) character set ascii collate ascii_nopad_bin not null,
  request_hash char(64) character set ascii collate ascii_bin not null,
  status bigint,
  body mediumtext,
  created_at bigint not null,
  primary key (plugin, caller, idem_key)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_idempotency_age on host_idempotency (created_at);
