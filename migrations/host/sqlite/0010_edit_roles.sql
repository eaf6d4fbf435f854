-- Roles of one's own, what differs from the defaults of the built-in ones, and tokens of one branch.
alter table host_role add column name text not null default '';
alter table host_role add column name_folded text not null default '';
alter table host_role add column description text not null default '';
alter table host_role add column totp_required bigint not null default 0;

create table if not exists host_role_permission (
  role_id text not null,
  permission text not null,
  granted integer not null,
  organisation_id text not null,
  primary key (role_id, permission),
  constraint host_role_permission_granted check (granted in (0, 1))
) strict;

create table if not exists host_role_revision (
  slot integer not null primary key check (slot = 1),
  revision integer not null
) strict;
insert or ignore into host_role_revision (slot, revision) values (1, 0);

alter table host_api_token add column branch_id text;
alter table host_api_token add column used_address text not null default '';
