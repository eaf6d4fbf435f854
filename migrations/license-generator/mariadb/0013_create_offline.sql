-- Machines without a network: their requests, each answered once, and what they must not trust any more.
create index if not exists license_generator_licence_state
  on license_generator_licence (state_stored, licence_id);

create index if not exists license_generator_activation_deactivated
  on license_generator_activation (deactivated_at);
