-- Which plugins were unlocked, with what key, and which somebody switched off.
create table if not exists host_unlock (
    unlock_id text not null primary key,
    token text not null,
    modules text not null,
    not_before integer not null,
    expires_at integer not null,
    entered_at integer not null
);
create table if not exists host_module (
    plugin_id text not null primary key,
    switched_on integer not null,
    updated_at integer not null
);
create table if not exists host_installation (
    slot integer not null primary key check (slot = 1),
    installation_id text not null,
    created_at integer not null
);
