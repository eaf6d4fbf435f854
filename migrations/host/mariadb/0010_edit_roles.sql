-- Roles of one's own, what differs from the defaults of the built-in ones, and tokens of one branch.
alter table host_role add column if not exists name varchar(100) not null default '';
alter table host_role add column if not exists name_folded varchar(100) not null default '';
alter table host_role add column if not exists description varchar(500) not null default '';
alter table host_role add column if not exists totp_required bigint not null default 0;

create table if not exists host_role_permission (
  role_id varchar(64) character set ascii collate ascii_bin not null,
  permission varchar(190) character set ascii collate ascii_bin not null,
  granted bigint not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  primary key (role_id, permission),
  constraint host_role_permission_granted check (granted in (0, 1))
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists host_role_revision (
  slot bigint not null primary key check (slot = 1),
  revision bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
insert ignore into host_role_revision (slot, revision) values (1, 0);

alter table host_api_token add column if not exists branch_id char(36) character set ascii collate ascii_bin;
alter table host_api_token add column if not exists used_address varchar(64) not null default '';
