-- Every installation that reported itself: raw reports, what they come to, and what people decided.
-- Software by the names it reports itself with, and what somebody said it is.
create table if not exists registration_inventory_software (
  -- Computed from the folded name, so that it needs no lookup.
  software_id text not null primary key,
  name text not null,
  name_folded text not null,
  -- The product it is, by its code; null while nobody said.
  product_code text,
  decided_at integer,
  decided_by text not null default '',
  note text not null default '',
  first_seen_at integer not null
) strict;

create index if not exists registration_inventory_software_name
  on registration_inventory_software (name_folded);

-- From which version on, and up to which, software of one name is another product.
create table if not exists registration_inventory_version_rule (
  rule_id text not null primary key,
  software_id text not null,
  -- Both included; empty for open. The `_order` columns compare as versions do.
  from_version text not null,
  from_order text not null,
  to_version text not null,
  to_order text not null,
  product_code text not null,
  created_at integer not null
) strict;

create index if not exists registration_inventory_version_rule_software
  on registration_inventory_version_rule (software_id);

-- Companies as installations name them, and the customer somebody said they are.
create table if not exists registration_inventory_company (
  -- Computed from the VAT number when its check digit is right, else from the folded name.
  company_id text not null primary key,
  name text not null,
  name_folded text not null,
  vat_number text not null,
  vat_is_valid integer not null,
  account_id text,
  decided_at integer,
  decided_by text not null default '',
  first_seen_at integer not null,
  -- When customers were last looked for that it may be; null for not yet.
  suggested_at integer
) strict;

create index if not exists registration_inventory_company_name
  on registration_inventory_company (name_folded);

create index if not exists registration_inventory_company_vat_number
  on registration_inventory_company (vat_number);

create index if not exists registration_inventory_company_account
  on registration_inventory_company (account_id);

create index if not exists registration_inventory_company_suggested
  on registration_inventory_company (suggested_at);

-- Customers that a company may be, the likeliest first.
create table if not exists registration_inventory_suggestion (
  company_id text not null,
  account_id text not null,
  -- `decision`, `same_vat_number`, `same_name`, `similar_name`.
  reason text not null,
  -- 0 to 100.
  score integer not null,
  primary key (company_id, account_id)
) strict;

-- One row per installation: what it last said of itself, and what somebody decided about it.
create table if not exists registration_inventory_installation (
  -- Computed from what identifies it, so that reports of one installation meet without a lookup.
  installation_id text not null primary key,
  -- The vendor until it is assigned, then the customer's own node.
  organisation_id text not null,
  software_id text not null,
  company_id text,
  -- `id_installazione`; empty when it has none.
  external_id text not null,
  version text not null,
  version_order text not null,
  -- Latest totals; `sold` in minor units of `currency`.
  orders integer,
  sold integer,
  currency text not null default '',
  host_name text not null default '',
  system text not null default '',
  address text not null default '',
  -- `pending`, `assigned`, `statistics`, `ignored`.
  state text not null,
  account_id text,
  -- The product, by its code, where a rule of its version or somebody says other than its software.
  product_code text,
  licence_id text,
  -- Its next report is told that a licence is there.
  licence_offered integer not null default 0,
  -- Hash of who it says it is (company, VAT number, computer): two of one installation are clones.
  face text not null,
  clone_suspected_at integer,
  -- Installations of one software, company and computer are the same, installed again.
  twin text,
  flags text not null default '',
  first_seen_at integer not null,
  last_seen_at integer not null,
  previous_seen_at integer not null,
  last_report_id text not null,
  reports integer not null
) strict;

-- Holds all that it takes to count those that are silent.
create index if not exists registration_inventory_installation_last_seen
  on registration_inventory_installation
  (last_seen_at, installation_id, software_id, state, organisation_id);

create index if not exists registration_inventory_installation_first_seen
  on registration_inventory_installation (first_seen_at, installation_id);

-- Holds what it takes to count those of a branch that wait for a decision.
create index if not exists registration_inventory_installation_organisation
  on registration_inventory_installation (organisation_id, state, installation_id);

create index if not exists registration_inventory_installation_software
  on registration_inventory_installation (software_id, installation_id);

create index if not exists registration_inventory_installation_company
  on registration_inventory_installation (company_id, installation_id);

create index if not exists registration_inventory_installation_account
  on registration_inventory_installation (account_id, installation_id);

create index if not exists registration_inventory_installation_state
  on registration_inventory_installation (state, last_seen_at, installation_id);

create index if not exists registration_inventory_installation_twin
  on registration_inventory_installation (twin);

create index if not exists registration_inventory_installation_clone
  on registration_inventory_installation (clone_suspected_at);

-- Computers and ids of all of them, to be searched without the rows.
create index if not exists registration_inventory_installation_computer
  on registration_inventory_installation (host_name, external_id, installation_id);

create index if not exists registration_inventory_installation_licence
  on registration_inventory_installation (licence_id);

-- Every report as it came.
create table if not exists registration_inventory_report (
  report_id text not null primary key,
  -- Null while it is in quarantine.
  installation_id text,
  software_id text not null,
  received_at integer not null,
  address text not null,
  name text not null,
  version text not null,
  company text not null,
  vat_number text not null,
  orders integer,
  sold integer,
  currency text not null,
  -- What could not be read or looks odd, separated by spaces.
  flags text not null,
  content_type text not null,
  payload text not null,
  -- Hash of its Idempotency-Key, for a day, and of its body.
  request_key text,
  request_hash text,
  -- Whether the installation was new with it.
  was_new integer not null
) strict;

create index if not exists registration_inventory_report_installation
  on registration_inventory_report (installation_id, report_id);

create index if not exists registration_inventory_report_received
  on registration_inventory_report (received_at, report_id);

-- Only those that have one: most have none.
create unique index if not exists registration_inventory_report_request
  on registration_inventory_report (request_key) where request_key is not null;

-- Reports above a quota: kept, and counted only when somebody releases them.
create table if not exists registration_inventory_quarantine (
  report_id text not null primary key,
  received_at integer not null,
  software_id text not null,
  name text not null,
  name_folded text not null,
  address text not null,
  -- The quota it was above.
  reason text not null
) strict;

create index if not exists registration_inventory_quarantine_software
  on registration_inventory_quarantine (software_id, report_id);

-- What an installation said of itself on each day that something changed.
create table if not exists registration_inventory_day (
  installation_id text not null,
  -- Days since 1970-01-01, UTC.
  day integer not null,
  version text not null,
  version_order text not null,
  orders integer,
  sold integer,
  currency text not null,
  first_at integer not null,
  last_at integer not null,
  primary key (installation_id, day, version)
) strict, without rowid;

-- Who an installation said it is, when it was more than one.
create table if not exists registration_inventory_face (
  installation_id text not null,
  face text not null,
  company text not null,
  vat_number text not null,
  host_name text not null,
  address text not null,
  first_at integer not null,
  last_at integer not null,
  primary key (installation_id, face)
) strict, without rowid;

-- How many installations there are, kept up with every change; statistics add them up. A shard is
-- written by one writer at a time, so that popular software does not make writers wait.
create table if not exists registration_inventory_tally (
  organisation_id text not null,
  software_id text not null,
  version text not null,
  state text not null,
  currency text not null,
  shard integer not null,
  installations integer not null,
  orders integer not null,
  sold integer not null,
  primary key (organisation_id, software_id, version, state, currency, shard)
) strict, without rowid;

-- What happened on a day: how many installations reported, were new, how many reports came.
create table if not exists registration_inventory_activity (
  day integer not null,
  organisation_id text not null,
  software_id text not null,
  version text not null,
  shard integer not null,
  active integer not null,
  created integer not null,
  reports integer not null,
  primary key (day, organisation_id, software_id, version, shard)
) strict, without rowid;

-- The tally as it stood at the end of a day; the present day's is written anew each hour.
create table if not exists registration_inventory_figure (
  day integer not null,
  organisation_id text not null,
  software_id text not null,
  version text not null,
  currency text not null,
  installations integer not null,
  orders integer not null,
  sold integer not null,
  primary key (day, organisation_id, software_id, version, currency)
) strict, without rowid;

-- What somebody decided, so that it can be undone and suggest the next.
create table if not exists registration_inventory_decision (
  decision_id text not null primary key,
  organisation_id text not null,
  at integer not null,
  actor text not null,
  -- `assign`, `state`, `product`, `company`, `licence`, `regularise`.
  kind text not null,
  -- What was decided, for people: JSON of its parts.
  summary text not null,
  installations integer not null,
  undone_at integer,
  undone_by text not null default ''
) strict;

create index if not exists registration_inventory_decision_at
  on registration_inventory_decision (at, decision_id);

-- The installations of a decision, as they were before and as it left them.
create table if not exists registration_inventory_decided (
  decision_id text not null,
  installation_id text not null,
  before_state text not null,
  after_state text not null,
  primary key (decision_id, installation_id)
) strict, without rowid;

create index if not exists registration_inventory_decided_installation
  on registration_inventory_decided (installation_id, decision_id);

create table if not exists registration_inventory_note (
  note_id text not null primary key,
  installation_id text not null,
  at integer not null,
  actor text not null,
  text text not null
) strict;

create index if not exists registration_inventory_note_installation
  on registration_inventory_note (installation_id, note_id);

-- Licences for many installations at once: what was ordered, and how far it is.
create table if not exists registration_inventory_run (
  run_id text not null primary key,
  organisation_id text not null,
  created_at integer not null,
  created_by text not null,
  -- `preview`, `running`, `done`, `stopped`.
  state text not null,
  -- The terms of the licences, and who is told: JSON.
  terms text not null,
  total integer not null,
  done integer not null default 0,
  failed integer not null default 0,
  ended_at integer,
  -- The job that works on it, and on whose rights.
  job_id text not null default '',
  caller text not null
) strict;

-- The licences of a run, one per customer and product, and the installations they are for.
create table if not exists registration_inventory_run_item (
  run_id text not null,
  installation_id text not null,
  account_id text not null,
  product_code text not null,
  licence_id text,
  -- Why there is none: `not_assigned`, `no_product`, `has_licence`, `changed`, `refused`; what was
  -- said then.
  problem text not null default '',
  detail text not null,
  done_at integer,
  primary key (run_id, installation_id)
) strict, without rowid;

create index if not exists registration_inventory_run_item_order
  on registration_inventory_run_item (run_id, account_id, product_code, installation_id);
