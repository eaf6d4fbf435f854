-- Searches of the audit log find names however they are written; what is folded is no part of the chain.
alter table host_audit add column actor_folded text not null default '';
alter table host_audit add column object_folded text not null default '';
update host_audit set actor_folded = lower(actor_name), object_folded = lower(object_name);
