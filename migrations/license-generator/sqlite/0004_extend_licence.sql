-- Everything else a licence can say: what it is bound to, which versions it covers, what it was sold
-- under, how it is renewed. The table is written anew, because a licence that only watches (`shadow`)
-- or allows overage may have more devices than it was sold with, which the old check forbade.
create table if not exists license_generator_licence_next (
  licence_id text not null primary key,
  organisation_id text not null,
  account_id text not null,
  product_id text not null,
  type text not null,
  state_stored text not null,
  -- Why it is suspended: `person`, `payment` or `account`; only the last two end by themselves.
  suspended_for text,
  internal integer not null,
  -- `device`, `user` or `floating`.
  binding text not null default 'device',
  devices_max integer not null,
  -- Devices that may have a seat with the overage its conditions allow.
  devices_limit integer not null,
  devices_used integer not null,
  users_max integer,
  -- Floating seats, those with overage, and those that are out.
  seats_max integer,
  seats_limit integer,
  seats_out integer not null default 0,
  version_major integer not null,
  -- The newest minor version it covers; none: every one of `version_major`.
  version_minor integer,
  bundle text not null default '',
  starts_at integer not null,
  expires_at integer,
  maintenance_until integer,
  list_price integer,
  -- Hundredths of a percent.
  discount integer not null default 0,
  price integer,
  currency text not null,
  due_at integer,
  paid_at integer,
  -- Who sold it and who gets the credit: nodes of the organisation tree.
  seller_id text,
  agent_id text,
  site text not null default '',
  parameters text not null default '{}',
  payload text not null,
  note text not null,
  key_hash text not null,
  key_sealed blob not null,
  key_hint text not null,
  offline_days integer not null,
  grace_days integer not null,
  at_expiry text not null,
  policy_id text,
  policy_version integer,
  conditions text not null default '{}',
  shadow integer not null default 0,
  -- `manual` or `automatic`.
  renewal text not null default 'manual',
  renewal_months integer not null default 12,
  renewals integer not null default 0,
  renewed_at integer,
  -- When a trial became a paid licence, keeping its key.
  converted_at integer,
  origin text not null default 'person',
  bulk_id text,
  marker text,
  version integer not null,
  created_at integer not null,
  created_by text not null,
  constraint license_generator_licence_key unique (key_hash),
  constraint license_generator_licence_marker unique (marker),
  constraint license_generator_licence_seats check (devices_used >= 0 and seats_out >= 0)
) strict;

insert into license_generator_licence_next (licence_id, organisation_id, account_id, product_id,
  type, state_stored, internal, devices_max, devices_limit, devices_used, users_max, version_major,
  starts_at, expires_at, maintenance_until, list_price, price, currency, payload, note, key_hash,
  key_sealed, key_hint, offline_days, grace_days, at_expiry, marker, version, created_at, created_by)
select l.licence_id, l.organisation_id, l.account_id, l.product_id, l.type, l.state_stored,
  l.internal, l.devices_max, l.devices_max, l.devices_used, l.users_max, p.version_major,
  l.starts_at, l.expires_at, l.maintenance_until, l.price, l.price, l.currency, l.payload, l.note,
  l.key_hash, l.key_sealed, l.key_hint, l.offline_days, l.grace_days, l.at_expiry, l.marker,
  l.version, l.created_at, l.created_by
from license_generator_licence l
join license_generator_product p on p.product_id = l.product_id;

drop table license_generator_licence;

alter table license_generator_licence_next rename to license_generator_licence;

create index if not exists license_generator_licence_organisation
  on license_generator_licence (organisation_id, created_at);

create index if not exists license_generator_licence_account
  on license_generator_licence (account_id);

create index if not exists license_generator_licence_created
  on license_generator_licence (created_at, licence_id);

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
alter table license_generator_licence_module add column trial integer not null default 0;
alter table license_generator_licence_module add column period text;
alter table license_generator_licence_module add column overage integer not null default 0;
