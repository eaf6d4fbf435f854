-- Releases and their files, who may have them, their rollout, and the signed metadata about them.
-- What the update server knows of a product of the licence catalogue.
create table if not exists update_server_product (
  product_code varchar(64) not null,
  -- `public`: anybody; `licensed`: who has a licence; `closed`: nobody.
  access varchar(64) not null,
  -- Public keys of the vendor that files must be signed with; empty for none.
  minisign_key varchar(1000) not null default '',
  sparkle_key varchar(1000) not null default '',
  -- Mixed into the place of an installation in rollouts, so that each product has its own order.
  seed char(64) character set ascii collate ascii_bin not null,
  -- A rollout stops by itself when more than this share of at least `stop_minimum` updates fails.
  stop_percent bigint not null default 5,
  stop_minimum bigint not null default 20,
  -- Raised by each change of the signed metadata: two at once cannot both win.
  metadata_version bigint not null default 0,
  version bigint not null default 1,
  created_at bigint not null,
  primary key (product_code)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- A stream of releases: `stable`, `beta`, or whatever the vendor calls it.
create table if not exists update_server_channel (
  product_code varchar(64) not null,
  channel varchar(64) not null,
  description varchar(1000) not null default '',
  position bigint not null default 0,
  created_at bigint not null,
  primary key (product_code, channel)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- A version of a product. Its files cannot change once it is published.
create table if not exists update_server_release (
  release_id char(36) character set ascii collate ascii_bin not null,
  product_code varchar(64) not null,
  version varchar(64) not null,
  -- Compares as versions do (Semantic Versioning 2.0.0, 11).
  version_order varchar(200) not null,
  -- `draft`, `published`, `yanked`.
  state varchar(64) not null,
  -- Older installations take it before any later one.
  is_step tinyint not null default 0,
  is_critical tinyint not null default 0,
  -- By platform, JSON: `{"macos": "13.0"}`.
  minimum_system varchar(1000) not null default '',
  -- Codes of modules, separated by spaces, one of which a licence must have; empty for any.
  modules varchar(1000) not null default '',
  published_at bigint,
  yanked_at bigint,
  yank_reason varchar(1000) not null default '',
  created_at bigint not null,
  created_by varchar(200) not null default '',
  row_version bigint not null default 1,
  primary key (release_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create unique index if not exists update_server_release_version
  on update_server_release (product_code, version);

create index if not exists update_server_release_order
  on update_server_release (product_code, version_order, release_id);

create index if not exists update_server_release_published
  on update_server_release (product_code, published_at, release_id);

create index if not exists update_server_release_counted
  on update_server_release (product_code, state, row_version);

-- What is new, per language, in Markdown.
create table if not exists update_server_release_note (
  release_id char(36) character set ascii collate ascii_bin not null,
  language varchar(64) not null,
  text longtext not null,
  primary key (release_id, language)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- A release in a channel; promoting it adds another.
create table if not exists update_server_placement (
  product_code varchar(64) not null,
  channel varchar(64) not null,
  release_id char(36) character set ascii collate ascii_bin not null,
  placed_at bigint not null,
  placed_by varchar(200) not null default '',
  primary key (product_code, channel, release_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_placement_release
  on update_server_placement (release_id);

-- A file of a release, for one platform, architecture and format.
create table if not exists update_server_artifact (
  artifact_id char(36) character set ascii collate ascii_bin not null,
  release_id char(36) character set ascii collate ascii_bin not null,
  product_code varchar(64) not null,
  -- `windows`, `macos`, `linux`, `any`.
  platform varchar(64) not null,
  -- `x86_64`, `aarch64`, `i686`, `armv7`, `riscv64`, `any`.
  architecture varchar(64) not null,
  -- `exe`, `msi`, `nsis`, `app`, `dmg`, `zip`, `appimage`, `deb`, `rpm`, `nupkg`, `nupkg-delta` … `file`.
  format varchar(64) not null,
  file_name varchar(200) not null,
  blob_id char(36) character set ascii collate ascii_bin not null,
  size bigint not null,
  sha256 char(64) character set ascii collate ascii_bin not null,
  -- Base64 of the 64 bytes, as electron-updater wants it.
  sha512 varchar(1000) not null,
  -- Hex, for Squirrel and Velopack.
  sha1 varchar(64) not null,
  -- Base64 of the 64 bytes: what prehashed minisign signatures sign.
  blake2b varchar(1000) not null,
  -- Text of the signature file; empty for none.
  minisign longtext not null,
  -- Base64, over the file, as Sparkle wants it; empty for none.
  ed_signature varchar(1000) not null default '',
  -- The blob of its block map.
  blockmap_id char(36) character set ascii collate ascii_bin,
  -- What single protocols want besides, JSON.
  details varchar(1000) not null default '{}',
  created_at bigint not null,
  primary key (artifact_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create unique index if not exists update_server_artifact_file
  on update_server_artifact (release_id, file_name);

create index if not exists update_server_artifact_blob
  on update_server_artifact (blob_id);

-- A feed the vendor signed himself; it is handed out byte for byte.
create table if not exists update_server_feed (
  product_code varchar(64) not null,
  channel varchar(64) not null,
  -- `appcast`, `electron`.
  kind varchar(64) not null,
  blob_id char(36) character set ascii collate ascii_bin not null,
  -- Those it offers, separated by spaces: when one is no longer out, it is not handed out.
  versions longtext not null,
  uploaded_at bigint not null,
  uploaded_by varchar(200) not null default '',
  primary key (product_code, channel, kind)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- What came of reading a whole file: whether a signature over it holds, whether it has viruses.
create table if not exists update_server_examination (
  artifact_id char(36) character set ascii collate ascii_bin not null,
  -- SHA-256 of the scheme, the key and the signature; of the scheme alone for viruses.
  subject char(64) character set ascii collate ascii_bin not null,
  -- `holds`, `wrong`; `clean`, `infected`, `failed`.
  outcome varchar(64) not null,
  -- What the scanner said.
  told varchar(1000) not null default '',
  examined_at bigint not null,
  primary key (artifact_id, subject)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- How a release reaches the installations of a channel.
create table if not exists update_server_rollout (
  rollout_id char(36) character set ascii collate ascii_bin not null,
  product_code varchar(64) not null,
  channel varchar(64) not null,
  release_id char(36) character set ascii collate ascii_bin not null,
  -- `running`, `paused`, `stopped`, `done`.
  state varchar(64) not null,
  -- JSON `[{"at": ms, "percent": 0..100}]`, ascending.
  schedule varchar(1000) not null,
  -- While paused or stopped: how many percent have it.
  frozen_percent bigint,
  -- Why it stopped.
  reason varchar(1000) not null default '',
  succeeded bigint not null default 0,
  failed bigint not null default 0,
  started_at bigint not null,
  started_by varchar(200) not null default '',
  ended_at bigint,
  row_version bigint not null default 1,
  primary key (rollout_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_rollout_release
  on update_server_rollout (release_id);

create index if not exists update_server_rollout_active
  on update_server_rollout (product_code, channel, state);

create index if not exists update_server_rollout_counted
  on update_server_rollout (product_code, row_version);

-- Lets the programs of one licence find updates. Its secret is in the address they ask.
create table if not exists update_server_token (
  token_id char(36) character set ascii collate ascii_bin not null,
  -- Keyed hash of the secret.
  token_mac char(64) character set ascii collate ascii_bin not null,
  -- The secret itself, sealed, to be shown again.
  token_sealed varchar(1000) not null,
  product_code varchar(64) not null,
  licence_id char(36) character set ascii collate ascii_bin not null,
  -- The customer's own node.
  organisation_id char(36) character set ascii collate ascii_bin not null,
  account_id char(36) character set ascii collate ascii_bin not null,
  note varchar(1000) not null default '',
  created_at bigint not null,
  created_by varchar(200) not null default '',
  revoked_at bigint,
  revoked_by varchar(200) not null default '',
  last_used_at bigint,
  primary key (token_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create unique index if not exists update_server_token_mac
  on update_server_token (token_mac);

create index if not exists update_server_token_licence
  on update_server_token (licence_id);

create index if not exists update_server_token_organisation
  on update_server_token (organisation_id, token_id);

-- An installation that asked for updates.
create table if not exists update_server_client (
  product_code varchar(64) not null,
  -- Keyed hash of what it calls itself by, or of its licence and device.
  client char(64) character set ascii collate ascii_bin not null,
  licence_id char(36) character set ascii collate ascii_bin,
  -- The customer's own node; the vendor's without a licence.
  organisation_id char(36) character set ascii collate ascii_bin not null,
  channel varchar(64) not null,
  platform varchar(64) not null default '',
  architecture varchar(64) not null default '',
  protocol varchar(64) not null,
  -- What it runs; empty when its protocol does not say.
  version varchar(64) not null default '',
  version_order varchar(200) not null default '',
  -- What it was last told to take.
  offered varchar(64) not null default '',
  first_seen_at bigint not null,
  last_seen_at bigint not null,
  primary key (product_code, client)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_client_version
  on update_server_client (product_code, version_order);

create index if not exists update_server_client_seen
  on update_server_client (last_seen_at);

create index if not exists update_server_client_organisation
  on update_server_client (organisation_id, last_seen_at);

-- What installations said of an update they tried.
create table if not exists update_server_outcome (
  outcome_id char(36) character set ascii collate ascii_bin not null,
  product_code varchar(64) not null,
  release_id char(36) character set ascii collate ascii_bin not null,
  client char(64) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  at bigint not null,
  from_version varchar(64) not null default '',
  succeeded tinyint not null,
  error varchar(1000) not null default '',
  primary key (outcome_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_outcome_release
  on update_server_outcome (release_id, at);

create unique index if not exists update_server_outcome_client
  on update_server_outcome (release_id, client);

create index if not exists update_server_outcome_said
  on update_server_outcome (client, at);

create index if not exists update_server_outcome_organisation
  on update_server_outcome (organisation_id, at);

-- Downloads per day, file and licence.
create table if not exists update_server_download (
  -- Days since 1970-01-01, UTC.
  day bigint not null,
  artifact_id char(36) character set ascii collate ascii_bin not null,
  -- All zeros without one.
  licence_id char(36) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  downloads bigint not null,
  bytes bigint not null,
  primary key (day, artifact_id, licence_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_download_licence
  on update_server_download (licence_id, day);

create index if not exists update_server_download_organisation
  on update_server_download (organisation_id, day);

-- A key that signs metadata (TUF 1.0, 4.2). Without a secret it is kept elsewhere.
create table if not exists update_server_key (
  product_code varchar(64) not null,
  -- SHA-256 of its canonical JSON.
  key_id char(64) character set ascii collate ascii_bin not null,
  -- `root`, `targets`, `snapshot`, `timestamp`.
  role varchar(64) not null,
  -- Hex of the 32 bytes.
  public_key char(64) character set ascii collate ascii_bin not null,
  secret_sealed varchar(1000) not null default '',
  -- `active`, `pending` until its root is signed, `retired`.
  state varchar(64) not null,
  created_at bigint not null,
  retired_at bigint,
  primary key (product_code, key_id, role)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- Signed metadata (TUF 1.0), byte for byte. Rows are never changed.
create table if not exists update_server_metadata (
  product_code varchar(64) not null,
  -- `root`, `targets`, `snapshot`, `timestamp`, or a delegated role.
  role varchar(64) not null,
  version bigint not null,
  document longblob not null,
  -- Bytes.
  length bigint not null,
  sha256 char(64) character set ascii collate ascii_bin not null,
  -- Of what it says and who must sign it, without version and end: the same one need not be signed anew.
  content char(64) character set ascii collate ascii_bin not null,
  expires_at bigint not null,
  created_at bigint not null,
  primary key (product_code, role, version)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_metadata_expires
  on update_server_metadata (expires_at);

-- What metadata those see who may see the same: up to when releases count, and which rollouts reach them.
create table if not exists update_server_view (
  product_code varchar(64) not null,
  -- Releases published later are not in it; the largest number for no end.
  until bigint not null,
  -- One bit for each rollout of `rollout_ids` that has reached them.
  rollouts bigint not null,
  -- JSON list.
  rollout_ids varchar(1000) not null,
  timestamp_version bigint not null,
  snapshot_version bigint not null,
  -- JSON: the version of each other role.
  roles longtext not null,
  primary key (product_code, until, rollouts)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

-- Metadata that waits for a signature made elsewhere.
create table if not exists update_server_unsigned (
  product_code varchar(64) not null,
  role varchar(64) not null,
  version bigint not null,
  -- What is to be signed.
  document longblob not null,
  -- As in `update_server_metadata`.
  content char(64) character set ascii collate ascii_bin not null,
  -- JSON, those that are there.
  signatures longtext not null,
  -- What is published once all of a change are signed.
  change_id char(36) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  primary key (product_code, role, version)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_unsigned_change
  on update_server_unsigned (change_id);

-- A bundle of another cockpit that was sent here.
create table if not exists update_server_bundle (
  bundle_id char(36) character set ascii collate ascii_bin not null,
  blob_id char(36) character set ascii collate ascii_bin not null,
  file_name varchar(200) not null,
  -- Bytes.
  size bigint not null,
  product_code varchar(64) not null,
  -- Public key that signed it, base64url of the 32 bytes.
  signer varchar(1000) not null,
  -- Thumbprint of that key (RFC 7638), as people compare it.
  fingerprint varchar(64) not null,
  made_at bigint not null,
  -- When its metadata ends.
  expires_at bigint not null,
  -- `waiting` for somebody to take it in, `running`, `done`, `failed`.
  state varchar(64) not null,
  -- JSON: what became of each release.
  told longtext not null,
  job_id char(36) character set ascii collate ascii_bin,
  created_at bigint not null,
  created_by varchar(200) not null default '',
  taken_at bigint,
  row_version bigint not null default 1,
  primary key (bundle_id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;

create index if not exists update_server_bundle_created
  on update_server_bundle (created_at, bundle_id);
