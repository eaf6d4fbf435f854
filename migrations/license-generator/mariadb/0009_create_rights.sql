-- Who may issue what and how many, what somebody asked others to issue, and the quick buttons.
create table if not exists license_generator_right (
  right_id char(36) character set ascii collate ascii_bin not null primary key,
  -- The vendor's root: rules are made by one and bind everybody.
  organisation_id char(36) character set ascii collate ascii_bin not null
    default '00000000-0000-7000-8000-000000000001',
  name varchar(200) not null,
  name_folded varchar(400) not null,
  -- The role it binds; empty for every role.
  role varchar(64) not null,
  -- The node whose branch it binds; everybody if null.
  branch_id char(36) character set ascii collate ascii_bin,
  limits mediumtext not null,
  enabled bigint not null,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- One row counts what one person or organisation issued in one day or month under one rule.
create table if not exists license_generator_quota (
  right_id char(36) character set ascii collate ascii_bin not null,
  subject varchar(80) character set ascii collate ascii_bin not null,
  period varchar(16) character set ascii collate ascii_bin not null,
  issued bigint not null,
  primary key (right_id, subject, period)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create table if not exists license_generator_request (
  request_id char(36) character set ascii collate ascii_bin not null primary key,
  -- The node of who asks: whoever decides has it in his branch.
  organisation_id char(36) character set ascii collate ascii_bin not null,
  user_id varchar(64) character set ascii collate ascii_bin not null,
  asked_by varchar(200) not null,
  asked_by_folded varchar(400) not null,
  email varchar(320) not null,
  language varchar(16) character set ascii collate ascii_bin not null,
  account_id char(36) character set ascii collate ascii_bin not null,
  product_code varchar(64) not null,
  draft mediumtext not null,
  reason mediumtext not null,
  -- Why it could not be issued at once.
  obstacle mediumtext not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  decided_by varchar(200) not null,
  decided_at bigint,
  answer mediumtext not null,
  licence_id char(36) character set ascii collate ascii_bin,
  created_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists license_generator_request_state
  on license_generator_request (state, created_at);
create index if not exists license_generator_request_user
  on license_generator_request (user_id, created_at);
create index if not exists license_generator_request_organisation
  on license_generator_request (organisation_id, created_at);

create table if not exists license_generator_quick (
  quick_id char(36) character set ascii collate ascii_bin not null primary key,
  position bigint not null,
  name_en varchar(200) not null,
  name_it varchar(200) not null,
  icon varchar(64) not null,
  kind varchar(16) character set ascii collate ascii_bin not null,
  draft mediumtext not null,
  permission varchar(64) not null,
  enabled bigint not null,
  version bigint not null,
  updated_at bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
insert ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a001', 1, 'Quick test key', 'Chiave di prova rapida', 'key', 'issue', '{"tipo":"trial","interna":true,"dispositivi":1,"durata_giorni":30}', 'issue', 1, 1, 0);
insert ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a002', 2, 'Demo for a prospect', 'Demo per un potenziale cliente', 'star', 'issue', '{"tipo":"trial","dispositivi":3,"durata_giorni":14}', 'issue', 1, 1, 0);
insert ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a003', 3, 'Internal licence', 'Licenza interna', 'building', 'issue', '{"tipo":"permanente","interna":true,"dispositivi":1}', 'issue', 1, 1, 0);
insert ignore into license_generator_quick values
  ('00000000-0000-7000-8000-00000000a004', 4, 'Renewal of …', 'Rinnovo di …', 'refresh', 'renew', '{}', 'renew', 1, 1, 0);
