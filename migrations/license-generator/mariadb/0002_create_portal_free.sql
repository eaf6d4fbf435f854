-- How often customers freed devices themselves: policy limits it.
create table if not exists license_generator_portal_free (
  free_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists license_generator_portal_free_licence
  on license_generator_portal_free (licence_id, at);
