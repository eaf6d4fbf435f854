-- Releases and their files, who may have them, their rollout, and the signed metadata about them.
-- What the update server knows of a product of the licence catalogue.
create table if not exists update_server_product (
  product_code text not null,
  -- `public`: anybody; `licensed`: who has a licence; `closed`: nobody.
  access text not null,
  -- Public keys of the vendor that files must be signed with; empty for none.
  minisign_key text not null default '',
  sparkle_key text not null default '',
  -- Mixed into the place of an installation in rollouts, so that each product has its own order.
  seed text not null,
  -- A rollout stops by itself when more than this share of at least `stop_minimum` updates fails.
  stop_percent integer not null default 5,
  stop_minimum integer not null default 20,
  -- Raised by each change of the signed metadata: two at once cannot both win.
  metadata_version integer not null default 0,
  version integer not null default 1,
  created_at integer not null,
  primary key (product_code)
) strict;

-- A stream of releases: `stable`, `beta`, or whatever the vendor calls it.
create table if not exists update_server_channel (
  product_code text not null,
  channel text not null,
  description text not null default '',
  position integer not null default 0,
  created_at integer not null,
  primary key (product_code, channel)
) strict;

-- A version of a product. Its files cannot change once it is published.
create table if not exists update_server_release (
  release_id text not null,
  product_code text not null,
  version text not null,
  -- Compares as versions do (Semantic Versioning 2.0.0, 11).
  version_order text not null,
  -- `draft`, `published`, `yanked`.
  state text not null,
  -- Older installations take it before any later one.
  is_step integer not null default 0,
  is_critical integer not null default 0,
  -- By platform, JSON: `{"macos": "13.0"}`.
  minimum_system text not null default '',
  -- Codes of modules, separated by spaces, one of which a licence must have; empty for any.
  modules text not null default '',
  published_at integer,
  yanked_at integer,
  yank_reason text not null default '',
  created_at integer not null,
  created_by text not null default '',
  row_version integer not null default 1,
  primary key (release_id)
) strict;

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
  release_id text not null,
  language text not null,
  text text not null,
  primary key (release_id, language)
) strict;

-- A release in a channel; promoting it adds another.
create table if not exists update_server_placement (
  product_code text not null,
  channel text not null,
  release_id text not null,
  placed_at integer not null,
  placed_by text not null default '',
  primary key (product_code, channel, release_id)
) strict;

create index if not exists update_server_placement_release
  on update_server_placement (release_id);

-- A file of a release, for one platform, architecture and format.
create table if not exists update_server_artifact (
  artifact_id text not null,
  release_id text not null,
  product_code text not null,
  -- `windows`, `macos`, `linux`, `any`.
  platform text not null,
  -- `x86_64`, `aarch64`, `i686`, `armv7`, `riscv64`, `any`.
  architecture text not null,
  -- `exe`, `msi`, `nsis`, `app`, `dmg`, `zip`, `appimage`, `deb`, `rpm`, `nupkg`, `nupkg-delta` … `file`.
  format text not null,
  file_name text not null,
  blob_id text not null,
  size integer not null,
  sha256 text not null,
  -- Base64 of the 64 bytes, as electron-updater wants it.
  sha512 text not null,
  -- Hex, for Squirrel and Velopack.
  sha1 text not null,
  -- Base64 of the 64 bytes: what prehashed minisign signatures sign.
  blake2b text not null,
  -- Text of the signature file; empty for none.
  minisign text not null,
  -- Base64, over the file, as Sparkle wants it; empty for none.
  ed_signature text not null default '',
  -- The blob of its block map.
  blockmap_id text,
  -- What single protocols want besides, JSON.
  details text not null default '{}',
  created_at integer not null,
  primary key (artifact_id)
) strict;

create unique index if not exists update_server_artifact_file
  on update_server_artifact (release_id, file_name);

create index if not exists update_server_artifact_blob
  on update_server_artifact (blob_id);

-- A feed the vendor signed himself; it is handed out byte for byte.
create table if not exists update_server_feed (
  product_code text not null,
  channel text not null,
  -- `appcast`, `electron`.
  kind text not null,
  blob_id text not null,
  -- Those it offers, separated by spaces: when one is no longer out, it is not handed out.
  versions text not null,
  uploaded_at integer not null,
  uploaded_by text not null default '',
  primary key (product_code, channel, kind)
) strict;

-- What came of reading a whole file: whether a signature over it holds, whether it has viruses.
create table if not exists update_server_examination (
  artifact_id text not null,
  -- SHA-256 of the scheme, the key and the signature; of the scheme alone for viruses.
  subject text not null,
  -- `holds`, `wrong`; `clean`, `infected`, `failed`.
  outcome text not null,
  -- What the scanner said.
  told text not null default '',
  examined_at integer not null,
  primary key (artifact_id, subject)
) strict;

-- How a release reaches the installations of a channel.
create table if not exists update_server_rollout (
  rollout_id text not null,
  product_code text not null,
  channel text not null,
  release_id text not null,
  -- `running`, `paused`, `stopped`, `done`.
  state text not null,
  -- JSON `[{"at": ms, "percent": 0..100}]`, ascending.
  schedule text not null,
  -- While paused or stopped: how many percent have it.
  frozen_percent integer,
  -- Why it stopped.
  reason text not null default '',
  succeeded integer not null default 0,
  failed integer not null default 0,
  started_at integer not null,
  started_by text not null default '',
  ended_at integer,
  row_version integer not null default 1,
  primary key (rollout_id)
) strict;

create index if not exists update_server_rollout_release
  on update_server_rollout (release_id);

create index if not exists update_server_rollout_active
  on update_server_rollout (product_code, channel, state);

create index if not exists update_server_rollout_counted
  on update_server_rollout (product_code, row_version);

-- Lets the programs of one licence find updates. Its secret is in the address they ask.
create table if not exists update_server_token (
  token_id text not null,
  -- Keyed hash of the secret.
  token_mac text not null,
  -- The secret itself, sealed, to be shown again.
  token_sealed text not null,
  product_code text not null,
  licence_id text not null,
  -- The customer's own node.
  organisation_id text not null,
  account_id text not null,
  note text not null default '',
  created_at integer not null,
  created_by text not null default '',
  revoked_at integer,
  revoked_by text not null default '',
  last_used_at integer,
  primary key (token_id)
) strict;

create unique index if not exists update_server_token_mac
  on update_server_token (token_mac);

create index if not exists update_server_token_licence
  on update_server_token (licence_id);

create index if not exists update_server_token_organisation
  on update_server_token (organisation_id, token_id);

-- An installation that asked for updates.
create table if not exists update_server_client (
  product_code text not null,
  -- Keyed hash of what it calls itself by, or of its licence and device.
  client text not null,
  licence_id text,
  -- The customer's own node; the vendor's without a licence.
  organisation_id text not null,
  channel text not null,
  platform text not null default '',
  architecture text not null default '',
  protocol text not null,
  -- What it runs; empty when its protocol does not say.
  version text not null default '',
  version_order text not null default '',
  -- What it was last told to take.
  offered text not null default '',
  first_seen_at integer not null,
  last_seen_at integer not null,
  primary key (product_code, client)
) strict;

create index if not exists update_server_client_version
  on update_server_client (product_code, version_order);

create index if not exists update_server_client_seen
  on update_server_client (last_seen_at);

create index if not exists update_server_client_organisation
  on update_server_client (organisation_id, last_seen_at);

-- What installations said of an update they tried.
create table if not exists update_server_outcome (
  outcome_id text not null,
  product_code text not null,
  release_id text not null,
  client text not null,
  organisation_id text not null,
  at integer not null,
  from_version text not null default '',
  succeeded integer not null,
  error text not null default '',
  primary key (outcome_id)
) strict;

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
  day integer not null,
  artifact_id text not null,
  -- All zeros without one.
  licence_id text not null,
  organisation_id text not null,
  downloads integer not null,
  bytes integer not null,
  primary key (day, artifact_id, licence_id)
) strict;

create index if not exists update_server_download_licence
  on update_server_download (licence_id, day);

create index if not exists update_server_download_organisation
  on update_server_download (organisation_id, day);

-- A key that signs metadata (TUF 1.0, 4.2). Without a secret it is kept elsewhere.
create table if not exists update_server_key (
  product_code text not null,
  -- SHA-256 of its canonical JSON.
  key_id text not null,
  -- `root`, `targets`, `snapshot`, `timestamp`.
  role text not null,
  -- Hex of the 32 bytes.
  public_key text not null,
  secret_sealed text not null default '',
  -- `active`, `pending` until its root is signed, `retired`.
  state text not null,
  created_at integer not null,
  retired_at integer,
  primary key (product_code, key_id, role)
) strict;

-- Signed metadata (TUF 1.0), byte for byte. Rows are never changed.
create table if not exists update_server_metadata (
  product_code text not null,
  -- `root`, `targets`, `snapshot`, `timestamp`, or a delegated role.
  role text not null,
  version integer not null,
  document blob not null,
  -- Bytes.
  length integer not null,
  sha256 text not null,
  -- Of what it says and who must sign it, without version and end: the same one need not be signed anew.
  content text not null,
  expires_at integer not null,
  created_at integer not null,
  primary key (product_code, role, version)
) strict;

create index if not exists update_server_metadata_expires
  on update_server_metadata (expires_at);

-- What metadata those see who may see the same: up to when releases count, and which rollouts reach them.
create table if not exists update_server_view (
  product_code text not null,
  -- Releases published later are not in it; the largest number for no end.
  until integer not null,
  -- One bit for each rollout of `rollout_ids` that has reached them.
  rollouts integer not null,
  -- JSON list.
  rollout_ids text not null,
  timestamp_version integer not null,
  snapshot_version integer not null,
  -- JSON: the version of each other role.
  roles text not null,
  primary key (product_code, until, rollouts)
) strict;

-- Metadata that waits for a signature made elsewhere.
create table if not exists update_server_unsigned (
  product_code text not null,
  role text not null,
  version integer not null,
  -- What is to be signed.
  document blob not null,
  -- As in `update_server_metadata`.
  content text not null,
  -- JSON, those that are there.
  signatures text not null,
  -- What is published once all of a change are signed.
  change_id text not null,
  created_at integer not null,
  primary key (product_code, role, version)
) strict;

create index if not exists update_server_unsigned_change
  on update_server_unsigned (change_id);

-- A bundle of another cockpit that was sent here.
create table if not exists update_server_bundle (
  bundle_id text not null,
  blob_id text not null,
  file_name text not null,
  -- Bytes.
  size integer not null,
  product_code text not null,
  -- Public key that signed it, base64url of the 32 bytes.
  signer text not null,
  -- Thumbprint of that key (RFC 7638), as people compare it.
  fingerprint text not null,
  made_at integer not null,
  -- When its metadata ends.
  expires_at integer not null,
  -- `waiting` for somebody to take it in, `running`, `done`, `failed`.
  state text not null,
  -- JSON: what became of each release.
  told text not null,
  job_id text,
  created_at integer not null,
  created_by text not null default '',
  taken_at integer,
  row_version integer not null default 1,
  primary key (bundle_id)
) strict;

create index if not exists update_server_bundle_created
  on update_server_bundle (created_at, bundle_id);
