-- Who may issue what and how many, what somebody asked others to issue, and the quick buttons.
create table if not exists license_generator_right (
  right_id text not null primary key,
  -- The vendor's root: rules are made by one and bind everybody.
  organisation_id text not null default '00000000-0000-7000-8000-000000000001',
  name text not null,
  name_folded text not null,
  -- The role it binds; empty for every role.
  role text not null,
  -- The node whose branch it binds; everybody if null.
  branch_id text,
  limits text not null,
  enabled integer not null,
  version integer not null,
  created_at integer not null,
  updated_at integer not null
) strict;

-- One row counts what one person or organisation issued in one day or month under one rule.
create table if not exists license_generator_quota (
  right_id text not null,
  subject text not null,
  period text not null,
  issued integer not null,
  primary key (right_id, subject, period)
) strict;

create table if not exists license_generator_request (
  request_id text not null primary key,
  -- The node of who asks: whoever decides has it in his branch.
  organisation_id text not null,
  user_id text not null,
  asked_by text not null,
  asked_by_folded text not null,
  email text not null,
  language text not null,
  account_id text not null,
  product_code text not null,
  draft text not null,
  reason text not null,
  -- Why it could not be issued at once.
  obstacle text not null,
  state text not null,
  decided_by text not null,
  decided_at integer,
  answer text not null,
  licence_id text,
  created_at integer not null
) strict;
create index if not exists license_generator_request_state
  on license_generator_request (state, created_at);
create index if not exists license_generator_request_user
  on license_generator_request (user_id, created_at);
create index if not exists license_generator_request_organisation
  on license_generator_request (organisation_id, created_at);

create table if not exists license_generator_quick (
  quick_id text not null primary key,
  position integer not null,
  name_en text not null,
  name_it text not null,
  icon text not null,
  kind text not null,
  draft text not null,
  permission text not null,
  enabled integer not null,
  version integer not null,
  updated_at integer not null
) strict;
insert or ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a001', 1, 'Quick test key', 'Chiave di prova rapida', 'key', 'issue', '{"tipo":"trial","interna":true,"dispositivi":1,"durata_giorni":30}', 'issue', 1, 1, 0);
insert or ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a002', 2, 'Demo for a prospect', 'Demo per un potenziale cliente', 'star', 'issue', '{"tipo":"trial","dispositivi":3,"durata_giorni":14}', 'issue', 1, 1, 0);
insert or ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a003', 3, 'Internal licence', 'Licenza interna', 'building', 'issue', '{"tipo":"permanente","interna":true,"dispositivi":1}', 'issue', 1, 1, 0);
insert or ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a004', 4, 'Renewal of …', 'Rinnovo di …', 'refresh', 'renew', '{}', 'renew', 1, 1, 0);
