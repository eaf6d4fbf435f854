-- Machines without a network: their requests, each answered once, and what they must not trust any more.
create index if not exists license_generator_licence_state
  on license_generator_licence (state_stored, licence_id);

create index if not exists license_generator_activation_deactivated
  on license_generator_activation (deactivated_at);

create table if not exists license_generator_offline_request (
  request_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  -- The seat that was taken or freed, once that is known.
  activation_id text,
  -- Of the licence and what the machine made up: a request is answered once.
  nonce_hash text not null,
  -- `attiva`, `rinnova` or `disattiva`.
  action text not null,
  device_name text not null,
  device_folded text not null,
  platform text not null,
  created_at integer not null,
  created_by text not null,
  -- Of the Idempotency-Key it came with: the same again gets the same answer.
  idempotency_hash text,
  -- Until when the machine trusts the answer; none while it is being written.
  trusted_until integer,
  -- The answer, sealed; empty for a deactivation, and once it was erased.
  answer_sealed blob not null,
  -- Keyed hash of the code the machine shows once it gave up its key.
  code_hash text,
  freed_at integer,
  constraint license_generator_offline_request_nonce unique (nonce_hash)
) strict;

create index if not exists license_generator_offline_request_activation
  on license_generator_offline_request (activation_id, created_at);

create index if not exists license_generator_offline_request_licence
  on license_generator_offline_request (licence_id, created_at);
