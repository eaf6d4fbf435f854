-- What the host does by itself or keeps for plugins: jobs, events, files, saved views, idempotency.
create table if not exists host_job (
  job_id text not null primary key,
  plugin text not null,
  job text not null,
  payload text not null,
  state text not null,
  run_at integer not null,
  attempts integer not null,
  max_attempts integer not null,
  lease_until integer not null,
  lease_token text not null,
  progress_done integer not null,
  progress_total integer not null,
  progress_message text not null,
  error text not null,
  cancel_requested integer not null,
  created_at integer not null,
  started_at integer,
  finished_at integer,
  organisation_id text not null,
  created_by text not null
) strict;
create index if not exists host_job_due on host_job (state, run_at);
create index if not exists host_job_finished on host_job (finished_at);

create table if not exists host_job_schedule (
  plugin text not null,
  job text not null,
  cron text not null,
  next_at integer not null,
  primary key (plugin, job)
) strict;

create table if not exists host_outbox (
  event_id text not null primary key,
  name text not null,
  source text not null,
  payload text not null,
  state text not null,
  emitted_at integer not null,
  delivered_at integer
) strict;
create index if not exists host_outbox_state on host_outbox (state, emitted_at);
create index if not exists host_outbox_delivered on host_outbox (delivered_at);

create table if not exists host_outbox_delivery (
  event_id text not null,
  subscriber text not null,
  state text not null,
  attempts integer not null,
  next_at integer not null,
  ended_at integer,
  error text not null,
  primary key (event_id, subscriber)
) strict;
create index if not exists host_outbox_delivery_due on host_outbox_delivery (state, next_at);

create table if not exists host_blob (
  blob_id text not null primary key,
  plugin text not null,
  name text not null,
  content_type text not null,
  size integer not null,
  sha256 text not null,
  state text not null,
  changed_at integer not null,
  organisation_id text not null,
  created_by text not null
) strict;
create index if not exists host_blob_state on host_blob (state, changed_at);

create table if not exists host_saved_view (
  view_id text not null primary key,
  user_id text not null,
  organisation_id text not null,
  path text not null,
  name text not null,
  query text not null,
  shared integer not null,
  created_at integer not null,
  constraint host_saved_view_name unique (user_id, path, name)
) strict;
create index if not exists host_saved_view_shared on host_saved_view (path, organisation_id);

create table if not exists host_idempotency (
  plugin text not null,
  caller text not null,
  idem_key text not null,
  request_hash text not null,
  status integer,
  body text,
  created_at integer not null,
  primary key (plugin, caller, idem_key)
) strict;
create index if not exists host_idempotency_age on host_idempotency (created_at);
