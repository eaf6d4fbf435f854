//! The few tables of the host that plugins touch through what they are lent.

use plugin_api::manifest::{Migration, Migrations};

const SQLITE: &str = "\
create table if not exists host_organisation (
  organisation_id text not null primary key,
  parent_id text,
  path text not null,
  kind text not null,
  name text not null,
  name_folded text not null,
  created_at bigint not null,
  changed_at bigint not null default 0
);
create unique index if not exists host_organisation_path on host_organisation (path);
create view if not exists host_organisations_v1 as
  select o.organisation_id, o.parent_id, o.kind, o.name, o.name_folded,
    p.name as parent_name, p.name_folded as parent_name_folded, p.kind as parent_kind
  from host_organisation o left join host_organisation p on p.organisation_id = o.parent_id;
create table if not exists host_idempotency (
  plugin text not null,
  caller text not null,
  idem_key text not null,
  request_hash text not null,
  status bigint,
  body text,
  created_at bigint not null,
  primary key (plugin, caller, idem_key)
);
";

const MARIADB: &str = "\
create table if not exists host_organisation (
  organisation_id char(36) character set ascii collate ascii_bin not null primary key,
  parent_id char(36) character set ascii collate ascii_bin,
  path varchar(1024) character set ascii collate ascii_bin not null,
  kind varchar(32) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  name_folded varchar(255) not null,
  created_at bigint not null,
  changed_at bigint not null default 0
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create unique index if not exists host_organisation_path on host_organisation (path);
create or replace view host_organisations_v1 as
  select o.organisation_id, o.parent_id, o.kind, o.name, o.name_folded,
    p.name as parent_name, p.name_folded as parent_name_folded, p.kind as parent_kind
  from host_organisation o left join host_organisation p on p.organisation_id = o.parent_id;
create table if not exists host_idempotency (
  plugin varchar(64) character set ascii collate ascii_bin not null,
  caller varchar(64) character set ascii collate ascii_bin not null,
  idem_key varchar(255) character set ascii collate ascii_nopad_bin not null,
  request_hash char(64) character set ascii collate ascii_bin not null,
  status bigint,
  body mediumtext,
  created_at bigint not null,
  primary key (plugin, caller, idem_key)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
";

/// The schema of the host's own tables.
pub(crate) fn host() -> Migrations {
    one("create_host", SQLITE, MARIADB)
}

/// A schema of a single migration.
pub(crate) fn one(name: &str, sqlite: &str, mariadb: &str) -> Migrations {
    let migration =
        |sql: &str| vec![Migration { number: 1, name: name.to_owned(), sql: sql.to_owned() }];
    Migrations { sqlite: migration(sqlite), mariadb: migration(mariadb) }
}
