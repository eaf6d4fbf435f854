-- Signing keys of the host and its plugins, private halves sealed; one active key per plugin and type.
create table if not exists host_key (
    key_id text not null primary key,
    kid text not null,
    plugin text not null,
    typ text not null,
    public_key text not null,
    private_sealed text not null,
    state text not null,
    active_for text,
    created_at integer not null,
    retired_at integer,
    constraint host_key_kid unique (kid),
    constraint host_key_active unique (active_for)
);
create table if not exists host_key_proof (
    name text not null primary key,
    proof text not null,
    created_at integer not null
);
