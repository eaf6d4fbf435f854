-- Floating seats that are out, whom some are kept for, who waits, how many were out at most each day,
-- and meters: how much of a module was used in each of its periods.
create table if not exists license_generator_seat (
  seat_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  fingerprint text not null,
  fingerprint_hash char(64) character set ascii collate ascii_bin not null,
  device_name varchar(200) not null,
  platform varchar(100) not null,
  user_name varchar(200) not null,
  address varchar(64) not null,
  taken_at bigint not null,
  renewed_at bigint not null,
  -- The last millisecond it is held without a word of its device.
  lease_until bigint not null,
  borrowed tinyint not null,
  reservation_id char(36) character set ascii collate ascii_bin,
  -- A device never has two seats of a licence, whoever takes them at the same moment.
  constraint license_generator_seat_device unique (licence_id, fingerprint_hash),
  constraint license_generator_seat_reservation_once unique (reservation_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_seat_lease
  on license_generator_seat (licence_id, lease_until);

create index if not exists license_generator_seat_ended
  on license_generator_seat (lease_until);

create table if not exists license_generator_seat_reservation (
  reservation_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  -- `user` or `device`.
  kind varchar(16) not null,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  created_at bigint not null,
  created_by varchar(200) not null,
  constraint license_generator_seat_reservation_name unique (licence_id, kind, name_folded)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_seat_waiting (
  licence_id char(36) character set ascii collate ascii_bin not null,
  fingerprint_hash char(64) character set ascii collate ascii_bin not null,
  at bigint not null,
  primary key (licence_id, fingerprint_hash)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_seat_waiting_at
  on license_generator_seat_waiting (at);

-- `day` is the first millisecond of a day, UTC.
create table if not exists license_generator_seat_peak (
  licence_id char(36) character set ascii collate ascii_bin not null,
  day bigint not null,
  peak bigint not null,
  primary key (licence_id, day)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_meter (
  licence_id char(36) character set ascii collate ascii_bin not null,
  module varchar(64) not null,
  -- The first millisecond of the period; 0 when the count never begins anew.
  period_start bigint not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  used bigint not null,
  updated_at bigint not null,
  primary key (licence_id, module, period_start),
  constraint license_generator_meter_used check (used >= 0)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- Uses with a reference, which count once, and corrections by hand.
create table if not exists license_generator_meter_entry (
  entry_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  module varchar(64) not null,
  period_start bigint not null,
  reference varchar(200),
  quantity bigint not null,
  -- What was used once this was counted.
  used_after bigint not null,
  at bigint not null,
  device_name varchar(200) not null,
  note varchar(400) not null,
  actor varchar(200) not null,
  constraint license_generator_meter_entry_once unique (licence_id, module, period_start, reference)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_meter_entry_licence
  on license_generator_meter_entry (licence_id, at);
