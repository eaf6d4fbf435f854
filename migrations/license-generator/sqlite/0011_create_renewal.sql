-- What was to be paid for a licence, and what it got for it: its sale, renewals and changes, each
-- with its transaction of the ledger; and the renewals that did not succeed by themselves.
create table if not exists license_generator_renewal (
  renewal_id text not null primary key,
  licence_id text not null,
  organisation_id text not null,
  account_id text not null,
  -- `sale`, `renewal`, `change` or `conversion`.
  kind text not null,
  -- `paid`, `postponed` or `free`.
  mode text not null,
  -- 1 when the licence did it by itself.
  automatic integer not null,
  -- The last millisecond before and after; of the maintenance for a permanent licence.
  old_end integer,
  new_end integer,
  amount integer not null,
  currency text not null,
  -- Hundredths of a percent.
  discount integer not null,
  due_at integer,
  paid_at integer,
  cancelled_at integer,
  transaction_id text,
  -- Names the act, so that a repetition does nothing.
  reference text,
  at integer not null,
  by_name text not null,
  constraint license_generator_renewal_reference unique (licence_id, reference)
) strict;

create index if not exists license_generator_renewal_licence
  on license_generator_renewal (licence_id, at);

create index if not exists license_generator_renewal_transaction
  on license_generator_renewal (transaction_id);

create index if not exists license_generator_renewal_at
  on license_generator_renewal (at, kind);

create index if not exists license_generator_renewal_due
  on license_generator_renewal (due_at);

-- One row for each licence that could not renew itself: it is tried again a few times, and then
-- waits for somebody.
create table if not exists license_generator_renewal_failure (
  licence_id text not null primary key,
  organisation_id text not null,
  -- The end it was to be renewed at.
  ends_at integer not null,
  attempts integer not null,
  -- The code of what went wrong.
  reason text not null,
  failed_at integer not null,
  -- Not tried before; none when given up.
  next_at integer
) strict;

create index if not exists license_generator_renewal_failure_organisation
  on license_generator_renewal_failure (organisation_id);
