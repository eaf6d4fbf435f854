-- Contents of files, each kept once however many files have it; files that come in parts.
create table if not exists host_content (
  content_id char(36) character set ascii collate ascii_bin not null primary key,
  -- Null for what nobody may take any more.
  sha256 char(64) character set ascii collate ascii_bin,
  size bigint not null,
  uses bigint not null,
  place varchar(16) character set ascii collate ascii_bin not null,
  changed_at bigint not null,
  constraint host_content_sha256 unique (sha256)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_content_uses on host_content (uses, changed_at);
create index if not exists host_content_place on host_content (place, changed_at);

alter table host_blob add column if not exists content_id char(36) character set ascii collate ascii_bin not null default '';
-- What was kept so far lies where its file says.
insert ignore into host_content (content_id, sha256, size, uses, place, changed_at)
select b.blob_id, f.sha256, b.size, 1, 'disk', b.changed_at from host_blob b
left join (select sha256, min(blob_id) as blob_id from host_blob where state = 'stored' group by sha256) f
on f.blob_id = b.blob_id where b.state = 'stored' and b.content_id = '';
update host_blob set content_id = blob_id where content_id = '';

create table if not exists host_upload (
  upload_id char(36) character set ascii collate ascii_bin not null primary key,
  plugin varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null,
  content_type varchar(255) not null,
  length bigint not null,
  received bigint not null,
  -- SHA-256 so far, so that nothing is read again.
  hashed varchar(255) character set ascii collate ascii_bin not null,
  note text not null,
  changed_at bigint not null,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  created_by varchar(64) character set ascii collate ascii_bin not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create index if not exists host_upload_changed on host_upload (changed_at);
