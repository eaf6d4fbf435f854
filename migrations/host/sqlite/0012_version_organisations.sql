-- Changes of the tree name the version they were made from; who is barred by a suspended node is found by an index.
alter table host_organisation add column version bigint not null default 1;
alter table host_organisation add column changed_at bigint not null default 0;
update host_organisation set changed_at = created_at where changed_at = 0;
create index if not exists host_organisation_suspended on host_organisation (suspended_at, path);
