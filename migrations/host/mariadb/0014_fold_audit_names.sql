-- Searches of the audit log find names however they are written; what is folded is no part of the chain.
alter table host_audit add column if not exists actor_folded varchar(512) not null default '';
alter table host_audit add column if not exists object_folded varchar(1024) not null default '';
update host_audit set actor_folded = lower(actor_name), object_folded = lower(object_name);
