-- Bulk runs: many licences issued, or changed, as one act that can be followed, stopped and undone.
create table if not exists license_generator_bulk (
  bulk_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  kind varchar(20) character set ascii collate ascii_bin not null,
  state varchar(20) character set ascii collate ascii_bin not null,
  title varchar(200) not null,
  title_folded varchar(400) not null,
  work mediumtext not null,
  total bigint not null,
  done bigint not null,
  skipped bigint not null,
  booked bigint not null,
  price bigint,
  currency varchar(3) character set ascii collate ascii_bin not null,
  caller mediumtext not null,
  job_id char(36) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  created_by varchar(200) not null,
  finished_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_bulk_created
  on license_generator_bulk (created_at, bulk_id);

create table if not exists license_generator_bulk_list (
  bulk_id char(36) character set ascii collate ascii_bin not null,
  block bigint not null,
  entries mediumtext not null,
  primary key (bulk_id, block)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_bulk_item (
  bulk_id char(36) character set ascii collate ascii_bin not null,
  licence_id char(36) character set ascii collate ascii_bin not null,
  outcome varchar(20) character set ascii collate ascii_bin not null,
  reason varchar(80) character set ascii collate ascii_bin not null,
  at bigint not null,
  primary key (bulk_id, licence_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
