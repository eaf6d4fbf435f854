-- Bulk runs: many licences issued, or changed, as one act that can be followed, stopped and undone.
create table if not exists license_generator_bulk (
  bulk_id text not null primary key,
  -- Whose run it is: the organisation of who prepared it.
  organisation_id text not null,
  -- `issue`, or what is done with each licence: `suspend`, `resume`, `revoke`, `end`, `assign`.
  kind text not null,
  -- `prepared`, `running`, `stopped`, `done`, `undoing` or `undone`.
  state text not null,
  title text not null,
  title_folded text not null,
  -- What is to be done, JSON.
  work text not null,
  total integer not null,
  -- Licences or lines done, those left out included.
  done integer not null,
  skipped integer not null,
  -- How many of those done are booked.
  booked integer not null,
  -- Minor units: of one licence, if all cost the same.
  price integer,
  currency text not null,
  -- Who prepared it, JSON: its job acts as he would.
  caller text not null,
  job_id text not null,
  created_at integer not null,
  created_by text not null,
  finished_at integer
) strict;

create index if not exists license_generator_bulk_created
  on license_generator_bulk (created_at, bulk_id);

-- The lines of a run that was given a list: JSON arrays of 250 at most, so that a job reads a few.
create table if not exists license_generator_bulk_list (
  bulk_id text not null,
  block integer not null,
  entries text not null,
  primary key (bulk_id, block)
) strict, without rowid;

-- What became of each licence of a run that changes licences.
create table if not exists license_generator_bulk_item (
  bulk_id text not null,
  licence_id text not null,
  -- `done` or `skipped`.
  outcome text not null,
  -- The key of the text that says why it was skipped.
  reason text not null,
  at integer not null,
  primary key (bulk_id, licence_id)
) strict, without rowid;
