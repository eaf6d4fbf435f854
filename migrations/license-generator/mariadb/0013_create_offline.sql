-- Machines without a network: their requests, each answered once, and what they must not trust any more.
create index if not exists license_generator_licence_state
  on license_generator_licence (state_stored, licence_id);

create index if not exists license_generator_activation_deactivated
  on license_generator_activation (deactivated_at);

create table if not exists license_generator_offline_request (
  request_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  -- The seat that was taken or freed, once that is known.
  activation_id char(36) character set ascii collate ascii_bin,
  -- Of the licence and what the machine made up: a request is answered once.
  nonce_hash char(64) character set ascii collate ascii_bin not null,
  -- `attiva`, `rinnova` or `disattiva`.
  action varchar(16) not null,
  device_name varchar(200) not null,
  device_folded varchar(400) not null,
  platform varchar(200) not null,
  created_at bigint not null,
  created_by varchar(200) not null,
  -- Of the Idempotency-Key it came with: the same again gets the same answer.
  idempotency_hash char(64) character set ascii collate ascii_bin,
  -- Until when the machine trusts the answer; none while it is being written.
  trusted_until bigint,
  -- The answer, sealed; empty for a deactivation, and once it was erased.
  answer_sealed mediumblob not null,
  -- Keyed hash of the code the machine shows once it gave up its key.
  code_hash char(64) character set ascii collate ascii_bin,
  freed_at bigint,
  constraint license_generator_offline_request_nonce unique (nonce_hash)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_offline_request_activation
  on license_generator_offline_request (activation_id, created_at);

create index if not exists license_generator_offline_request_licence
  on license_generator_offline_request (licence_id, created_at);
