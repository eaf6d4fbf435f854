//! Documents that wait for signatures, to be carried to where the keys are.

use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use plugin_api::{Cx, Fault, Path, Problem};

use crate::products::page::found;
use crate::tuf::offline;

/// Ends the name of the bytes that are to be signed of a document.
pub(super) const CANONICAL: &str = ".canonical";
/// All documents in one file, which can be signed and sent back as it is.
pub(super) const ALL: &str = "documents.json";

/// Sends one: `<version>.<role>.json`, `<version>.<role>.canonical`, or all of them.
pub(super) async fn handle(
    cx: Cx,
    Path((code, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let code = found(&cx, &code).await?.product_code;
    if file == ALL {
        let all = offline::documents(&cx, &code).await?;
        let all: Vec<Vec<u8>> = all.into_values().collect();
        return answer(&format!("{code}.{ALL}"), [b"[", &*all.join(&b","[..]), b"]"].concat());
    }
    let (version, rest) = file.split_once('.').ok_or_else(Problem::not_found)?;
    let version: i64 = version.parse().map_err(|_| Problem::not_found())?;
    let bytes = if let Some(role) = rest.strip_suffix(CANONICAL) {
        offline::to_sign(&cx, &code, role, version).await?
    } else {
        let role = rest.strip_suffix(".json").ok_or_else(Problem::not_found)?;
        offline::document(&cx, &code, role, version).await?
    };
    answer(&file, bytes)
}

fn answer(name: &str, bytes: Vec<u8>) -> Result<Response, Problem> {
    let is_raw = name.ends_with(CANONICAL);
    let kind = if is_raw { "application/octet-stream" } else { "application/json" };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"{name}\"");
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(Fault::internal)?);
    Ok((headers, bytes).into_response())
}
