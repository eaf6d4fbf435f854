//! `ETag` and `If-Match` of customers, as everywhere in the API.

pub(super) use plugin_api::etag::{IfMatch, etag, failed};
