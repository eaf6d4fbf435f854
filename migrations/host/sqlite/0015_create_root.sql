-- The root that vouches for signing keys, the master key that seals everything (itself sealed with the
-- key-encryption key, so that this one can be exchanged), and the life of each signing key.
create table if not exists host_root (
    name text not null primary key,
    kid text not null,
    public_key text not null,
    -- Null while the private half is kept somewhere else.
    private_sealed text,
    created_at integer not null,
    exported_at integer
);
create table if not exists host_master (
    name text not null primary key,
    sealed text not null,
    changed_at integer not null
);
alter table host_key add column certificate text;
alter table host_key add column revoked_at integer;
alter table host_key add column revoked_for text;
alter table host_key add column changed_at integer not null default 0;
