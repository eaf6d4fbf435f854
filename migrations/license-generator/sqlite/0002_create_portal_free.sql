-- How often customers freed devices themselves: policy limits it.
create table if not exists license_generator_portal_free (
  free_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  at integer not null
) strict;
create index if not exists license_generator_portal_free_licence
  on license_generator_portal_free (licence_id, at);
