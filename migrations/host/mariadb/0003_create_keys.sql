-- Signing keys of the host and its plugins, private halves sealed; one active key per plugin and type.
create table if not exists host_key (
    key_id char(36) character set ascii collate ascii_bin not null primary key,
    kid varchar(64) not null,
    plugin varchar(100) not null,
    typ varchar(200) not null,
    public_key varchar(64) not null,
    private_sealed varchar(255) not null,
    state varchar(16) not null,
    active_for varchar(301),
    created_at bigint not null,
    retired_at bigint,
    constraint host_key_kid unique (kid),
    constraint host_key_active unique (active_for)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create table if not exists host_key_proof (
    name varchar(32) not null primary key,
    proof varchar(64) not null,
    created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
