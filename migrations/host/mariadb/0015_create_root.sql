-- The root that vouches for signing keys, the master key that seals everything (itself sealed with the
-- key-encryption key, so that this one can be exchanged), and the life of each signing key.
create table if not exists host_root (
    name varchar(16) not null primary key,
    kid varchar(64) not null,
    public_key varchar(64) not null,
    -- Null while the private half is kept somewhere else.
    private_sealed text,
    created_at bigint not null,
    exported_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create table if not exists host_master (
    name varchar(16) not null primary key,
    sealed text not null,
    changed_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
alter table host_key
    add column if not exists certificate text,
    add column if not exists revoked_at bigint,
    add column if not exists revoked_for varchar(400),
    add column if not exists changed_at bigint not null default 0;
