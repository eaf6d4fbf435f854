-- Which plugins were unlocked, with what key, and which somebody switched off.
create table if not exists host_unlock (
    unlock_id varchar(64) character set ascii collate ascii_bin not null primary key,
    token text not null,
    modules text not null,
    not_before bigint not null,
    expires_at bigint not null,
    entered_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create table if not exists host_module (
    plugin_id varchar(64) character set ascii collate ascii_bin not null primary key,
    switched_on smallint not null,
    updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create table if not exists host_installation (
    slot smallint not null primary key check (slot = 1),
    installation_id char(36) character set ascii collate ascii_bin not null,
    created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
