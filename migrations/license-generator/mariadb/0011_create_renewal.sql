-- What was to be paid for a licence, and what it got for it: its sale, renewals and changes, each
-- with its transaction of the ledger; and the renewals that did not succeed by themselves.
create table if not exists license_generator_renewal (
  renewal_id char(36) character set ascii collate ascii_bin not null primary key,
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  account_id char(36) character set ascii collate ascii_bin not null,
  -- `sale`, `renewal`, `change` or `conversion`.
  kind varchar(16) character set ascii collate ascii_bin not null,
  -- `paid`, `postponed` or `free`.
  mode varchar(16) character set ascii collate ascii_bin not null,
  -- 1 when the licence did it by itself.
  automatic tinyint not null,
  -- The last millisecond before and after; of the maintenance for a permanent licence.
  old_end bigint,
  new_end bigint,
  amount bigint not null,
  currency char(3) character set ascii collate ascii_bin not null,
  -- Hundredths of a percent.
  discount bigint not null,
  due_at bigint,
  paid_at bigint,
  cancelled_at bigint,
  transaction_id char(36) character set ascii collate ascii_bin,
  -- Names the act, so that a repetition does nothing.
  reference varchar(120),
  at bigint not null,
  by_name varchar(200) not null,
  constraint license_generator_renewal_reference unique (licence_id, reference)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

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
  licence_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  -- The end it was to be renewed at.
  ends_at bigint not null,
  attempts bigint not null,
  -- The code of what went wrong.
  reason varchar(64) character set ascii collate ascii_bin not null,
  failed_at bigint not null,
  -- Not tried before; none when given up.
  next_at bigint
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists license_generator_renewal_failure_organisation
  on license_generator_renewal_failure (organisation_id);
