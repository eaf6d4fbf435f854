-- Everything else a licence can say: what it is bound to, which versions it covers, what it was sold
-- under, how it is renewed. The old check goes, because a licence that only watches (`shadow`) or
-- allows overage may have more devices than it was sold with.
alter table license_generator_licence
  drop constraint if exists license_generator_licence_seats,
  -- Why it is suspended: `person`, `payment` or `account`; only the last two end by themselves.
  add column if not exists suspended_for varchar(16),
  -- `device`, `user` or `floating`.
  add column if not exists binding varchar(16) not null default 'device',
  -- Devices that may have a seat with the overage its conditions allow.
  add column if not exists devices_limit bigint not null default -1,
  -- Floating seats, those with overage, and those that are out.
  add column if not exists seats_max bigint,
  add column if not exists seats_limit bigint,
  add column if not exists seats_out bigint not null default 0,
  add column if not exists version_major bigint not null default -1,
  -- The newest minor version it covers; none: every one of `version_major`.
  add column if not exists version_minor bigint,
  add column if not exists bundle varchar(64) not null default '',
  add column if not exists list_price bigint,
  -- Hundredths of a percent.
  add column if not exists discount bigint not null default 0,
  add column if not exists due_at bigint,
  add column if not exists paid_at bigint,
  -- Who sold it and who gets the credit: nodes of the organisation tree.
  add column if not exists seller_id char(36) character set ascii collate ascii_bin,
  add column if not exists agent_id char(36) character set ascii collate ascii_bin,
  add column if not exists site varchar(200) not null default '',
  add column if not exists parameters mediumtext not null default '{}',
  add column if not exists policy_id char(36) character set ascii collate ascii_bin,
  add column if not exists policy_version bigint,
  add column if not exists conditions text not null default '{}',
  add column if not exists shadow tinyint not null default 0,
  -- `manual` or `automatic`.
  add column if not exists renewal varchar(16) not null default 'manual',
  add column if not exists renewal_months bigint not null default 12,
  add column if not exists renewals bigint not null default 0,
  add column if not exists renewed_at bigint,
  -- When a trial became a paid licence, keeping its key.
  add column if not exists converted_at bigint,
  add column if not exists origin varchar(16) not null default 'person',
  add column if not exists bulk_id char(36) character set ascii collate ascii_bin;

update license_generator_licence l
  join license_generator_product p on p.product_id = l.product_id
  set l.version_major = p.version_major, l.devices_limit = l.devices_max, l.list_price = l.price
  where l.version_major = -1;

alter table license_generator_licence
  drop constraint if exists license_generator_licence_taken;

alter table license_generator_licence
  add constraint license_generator_licence_taken check (devices_used >= 0 and seats_out >= 0);

create index if not exists license_generator_licence_product
  on license_generator_licence (product_id, created_at);

create index if not exists license_generator_licence_expires
  on license_generator_licence (expires_at);

create index if not exists license_generator_licence_due
  on license_generator_licence (due_at);

create index if not exists license_generator_licence_bulk
  on license_generator_licence (bulk_id);

-- A module may be on trial, and may be counted: how often its count begins anew, and by how many
-- percent it may go over.
alter table license_generator_licence_module
  add column if not exists trial tinyint not null default 0,
  add column if not exists period varchar(16),
  add column if not exists overage bigint not null default 0;
