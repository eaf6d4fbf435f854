-- Floating seats that are out, whom some are kept for, who waits, how many were out at most each day,
-- and meters: how much of a module was used in each of its periods.
create table if not exists license_generator_seat (
  seat_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  fingerprint text not null,
  fingerprint_hash text not null,
  device_name text not null,
  platform text not null,
  user_name text not null,
  address text not null,
  taken_at integer not null,
  renewed_at integer not null,
  -- The last millisecond it is held without a word of its device.
  lease_until integer not null,
  borrowed integer not null,
  reservation_id text,
  -- A device never has two seats of a licence, whoever takes them at the same moment.
  constraint license_generator_seat_device unique (licence_id, fingerprint_hash),
  constraint license_generator_seat_reservation_once unique (reservation_id)
) strict;

create index if not exists license_generator_seat_lease
  on license_generator_seat (licence_id, lease_until);

create index if not exists license_generator_seat_ended
  on license_generator_seat (lease_until);

create table if not exists license_generator_seat_reservation (
  reservation_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  -- `user` or `device`.
  kind text not null,
  name text not null,
  name_folded text not null,
  created_at integer not null,
  created_by text not null,
  constraint license_generator_seat_reservation_name unique (licence_id, kind, name_folded)
) strict;

create table if not exists license_generator_seat_waiting (
  licence_id text not null,
  fingerprint_hash text not null,
  at integer not null,
  primary key (licence_id, fingerprint_hash)
) strict, without rowid;

create index if not exists license_generator_seat_waiting_at
  on license_generator_seat_waiting (at);

-- `day` is the first millisecond of a day, UTC.
create table if not exists license_generator_seat_peak (
  licence_id text not null,
  day integer not null,
  peak integer not null,
  primary key (licence_id, day)
) strict, without rowid;

create table if not exists license_generator_meter (
  licence_id text not null,
  module text not null,
  -- The first millisecond of the period; 0 when the count never begins anew.
  period_start integer not null,
  organisation_id text not null,
  used integer not null,
  updated_at integer not null,
  primary key (licence_id, module, period_start),
  constraint license_generator_meter_used check (used >= 0)
) strict, without rowid;

-- Uses with a reference, which count once, and corrections by hand.
create table if not exists license_generator_meter_entry (
  entry_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  module text not null,
  period_start integer not null,
  reference text,
  quantity integer not null,
  -- What was used once this was counted.
  used_after integer not null,
  at integer not null,
  device_name text not null,
  note text not null,
  actor text not null,
  constraint license_generator_meter_entry_once unique (licence_id, module, period_start, reference)
) strict;

create index if not exists license_generator_meter_entry_licence
  on license_generator_meter_entry (licence_id, at);
