-- Every installation that reported itself: raw reports, what they come to, and what people decided.
-- Software by the names it reports itself with, and what somebody said it is.
create table if not exists registration_inventory_software (
  -- Computed from the folded name, so that it needs no lookup.
  software_id char(36) character set ascii collate ascii_bin not null primary key,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  -- The product it is, by its code; null while nobody said.
  product_code varchar(64),
  decided_at bigint,
  decided_by varchar(200) not null default '',
  note varchar(1000) not null default '',
  first_seen_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_software_name
  on registration_inventory_software (name_folded);

-- From which version on, and up to which, software of one name is another product.
create table if not exists registration_inventory_version_rule (
  rule_id char(36) character set ascii collate ascii_bin not null primary key,
  software_id char(36) character set ascii collate ascii_bin not null,
  -- Both included; empty for open. The `_order` columns compare as versions do.
  from_version varchar(64) not null,
  from_order varchar(200) not null,
  to_version varchar(64) not null,
  to_order varchar(200) not null,
  product_code varchar(64) not null,
  created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_version_rule_software
  on registration_inventory_version_rule (software_id);

-- Companies as installations name them, and the customer somebody said they are.
create table if not exists registration_inventory_company (
  -- Computed from the VAT number when its check digit is right, else from the folded name.
  company_id char(36) character set ascii collate ascii_bin not null primary key,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  vat_number varchar(32) not null,
  vat_is_valid tinyint not null,
  account_id char(36) character set ascii collate ascii_bin,
  decided_at bigint,
  decided_by varchar(200) not null default '',
  first_seen_at bigint not null,
  -- When customers were last looked for that it may be; null for not yet.
  suggested_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

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
  company_id char(36) character set ascii collate ascii_bin not null,
  account_id char(36) character set ascii collate ascii_bin not null,
  -- `decision`, `same_vat_number`, `same_name`, `similar_name`.
  reason varchar(32) not null,
  -- 0 to 100.
  score bigint not null,
  primary key (company_id, account_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- One row per installation: what it last said of itself, and what somebody decided about it.
create table if not exists registration_inventory_installation (
  -- Computed from what identifies it, so that reports of one installation meet without a lookup.
  installation_id char(36) character set ascii collate ascii_bin not null primary key,
  -- The vendor until it is assigned, then the customer's own node.
  organisation_id char(36) character set ascii collate ascii_bin not null,
  software_id char(36) character set ascii collate ascii_bin not null,
  company_id char(36) character set ascii collate ascii_bin,
  -- `id_installazione`; empty when it has none.
  external_id varchar(200) not null,
  version varchar(64) not null,
  version_order varchar(200) not null,
  -- Latest totals; `sold` in minor units of `currency`.
  orders bigint,
  sold bigint,
  currency char(3) character set ascii collate ascii_bin not null default '',
  host_name varchar(200) not null default '',
  system varchar(200) not null default '',
  address varchar(64) not null default '',
  -- `pending`, `assigned`, `statistics`, `ignored`.
  state varchar(16) not null,
  account_id char(36) character set ascii collate ascii_bin,
  -- The product, by its code, where a rule of its version or somebody says other than its software.
  product_code varchar(64),
  licence_id char(36) character set ascii collate ascii_bin,
  -- Its next report is told that a licence is there.
  licence_offered tinyint not null default 0,
  -- Hash of who it says it is (company, VAT number, computer): two of one installation are clones.
  face char(64) character set ascii collate ascii_bin not null,
  clone_suspected_at bigint,
  -- Installations of one software, company and computer are the same, installed again.
  twin char(64) character set ascii collate ascii_bin,
  flags varchar(400) not null default '',
  first_seen_at bigint not null,
  last_seen_at bigint not null,
  previous_seen_at bigint not null,
  last_report_id char(36) character set ascii collate ascii_bin not null,
  reports bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

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
  report_id char(36) character set ascii collate ascii_bin not null primary key,
  -- Null while it is in quarantine.
  installation_id char(36) character set ascii collate ascii_bin,
  software_id char(36) character set ascii collate ascii_bin not null,
  received_at bigint not null,
  address varchar(64) not null,
  name varchar(200) not null,
  version varchar(64) not null,
  company varchar(200) not null,
  vat_number varchar(32) not null,
  orders bigint,
  sold bigint,
  currency char(3) character set ascii collate ascii_bin not null,
  -- What could not be read or looks odd, separated by spaces.
  flags varchar(400) not null,
  content_type varchar(100) not null,
  payload longtext not null,
  -- Hash of its Idempotency-Key, for a day, and of its body.
  request_key char(64) character set ascii collate ascii_bin,
  request_hash char(64) character set ascii collate ascii_bin,
  -- Whether the installation was new with it.
  was_new tinyint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_report_installation
  on registration_inventory_report (installation_id, report_id);

create index if not exists registration_inventory_report_received
  on registration_inventory_report (received_at, report_id);

create unique index if not exists registration_inventory_report_request
  on registration_inventory_report (request_key);

-- Reports above a quota: kept, and counted only when somebody releases them.
create table if not exists registration_inventory_quarantine (
  report_id char(36) character set ascii collate ascii_bin not null primary key,
  received_at bigint not null,
  software_id char(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  name_folded varchar(400) not null,
  address varchar(64) not null,
  -- The quota it was above.
  reason varchar(32) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_quarantine_software
  on registration_inventory_quarantine (software_id, report_id);

-- What an installation said of itself on each day that something changed.
create table if not exists registration_inventory_day (
  installation_id char(36) character set ascii collate ascii_bin not null,
  -- Days since 1970-01-01, UTC.
  day bigint not null,
  version varchar(64) not null,
  version_order varchar(200) not null,
  orders bigint,
  sold bigint,
  currency char(3) character set ascii collate ascii_bin not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (installation_id, day, version)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- Who an installation said it is, when it was more than one.
create table if not exists registration_inventory_face (
  installation_id char(36) character set ascii collate ascii_bin not null,
  face char(64) character set ascii collate ascii_bin not null,
  company varchar(200) not null,
  vat_number varchar(32) not null,
  host_name varchar(200) not null,
  address varchar(64) not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (installation_id, face)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- How many installations there are, kept up with every change; statistics add them up. A shard is
-- written by one writer at a time, so that popular software does not make writers wait.
create table if not exists registration_inventory_tally (
  organisation_id char(36) character set ascii collate ascii_bin not null,
  software_id char(36) character set ascii collate ascii_bin not null,
  version varchar(64) not null,
  state varchar(16) not null,
  currency char(3) character set ascii collate ascii_bin not null,
  shard bigint not null,
  installations bigint not null,
  orders bigint not null,
  sold bigint not null,
  primary key (organisation_id, software_id, version, state, currency, shard)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- What happened on a day: how many installations reported, were new, how many reports came.
create table if not exists registration_inventory_activity (
  day bigint not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  software_id char(36) character set ascii collate ascii_bin not null,
  version varchar(64) not null,
  shard bigint not null,
  active bigint not null,
  created bigint not null,
  reports bigint not null,
  primary key (day, organisation_id, software_id, version, shard)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- The tally as it stood at the end of a day; the present day's is written anew each hour.
create table if not exists registration_inventory_figure (
  day bigint not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  software_id char(36) character set ascii collate ascii_bin not null,
  version varchar(64) not null,
  currency char(3) character set ascii collate ascii_bin not null,
  installations bigint not null,
  orders bigint not null,
  sold bigint not null,
  primary key (day, organisation_id, software_id, version, currency)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- What somebody decided, so that it can be undone and suggest the next.
create table if not exists registration_inventory_decision (
  decision_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  actor varchar(200) not null,
  -- `assign`, `state`, `product`, `company`, `licence`, `regularise`.
  kind varchar(16) not null,
  -- What was decided, for people: JSON of its parts.
  summary longtext not null,
  installations bigint not null,
  undone_at bigint,
  undone_by varchar(200) not null default ''
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_decision_at
  on registration_inventory_decision (at, decision_id);

-- The installations of a decision, as they were before and as it left them.
create table if not exists registration_inventory_decided (
  decision_id char(36) character set ascii collate ascii_bin not null,
  installation_id char(36) character set ascii collate ascii_bin not null,
  before_state longtext not null,
  after_state longtext not null,
  primary key (decision_id, installation_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_decided_installation
  on registration_inventory_decided (installation_id, decision_id);

create table if not exists registration_inventory_note (
  note_id char(36) character set ascii collate ascii_bin not null primary key,
  installation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  actor varchar(200) not null,
  text varchar(4000) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_note_installation
  on registration_inventory_note (installation_id, note_id);

-- Licences for many installations at once: what was ordered, and how far it is.
create table if not exists registration_inventory_run (
  run_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  created_by varchar(200) not null,
  -- `preview`, `running`, `done`, `stopped`.
  state varchar(16) not null,
  -- The terms of the licences, and who is told: JSON.
  terms longtext not null,
  total bigint not null,
  done bigint not null default 0,
  failed bigint not null default 0,
  ended_at bigint,
  -- The job that works on it, and on whose rights.
  job_id char(36) character set ascii collate ascii_bin not null default '',
  caller longtext not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- The licences of a run, one per customer and product, and the installations they are for.
create table if not exists registration_inventory_run_item (
  run_id char(36) character set ascii collate ascii_bin not null,
  installation_id char(36) character set ascii collate ascii_bin not null,
  account_id char(36) character set ascii collate ascii_bin not null,
  product_code varchar(64) not null,
  licence_id char(36) character set ascii collate ascii_bin,
  -- Why there is none: `not_assigned`, `no_product`, `has_licence`, `changed`, `refused`; what was
  -- said then.
  problem varchar(32) not null default '',
  detail longtext not null,
  done_at bigint,
  primary key (run_id, installation_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists registration_inventory_run_item_order
  on registration_inventory_run_item (run_id, account_id, product_code, installation_id);
