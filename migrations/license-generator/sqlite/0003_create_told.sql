-- Up to when the timelines of customers know of activated devices.
create table if not exists license_generator_told (
  name text not null primary key,
  told_until integer not null
) strict;
create index if not exists license_generator_activation_activated
  on license_generator_activation (activated_at);
