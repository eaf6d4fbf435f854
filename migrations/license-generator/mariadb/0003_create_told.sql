-- Up to when the timelines of customers know of activated devices.
create table if not exists license_generator_told (
  name varchar(32) character set ascii collate ascii_bin not null primary key,
  told_until bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists license_generator_activation_activated
  on license_generator_activation (activated_at);
