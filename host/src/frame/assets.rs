//! Files for browsers, at addresses that change with their content and may be kept for ever.

use std::sync::LazyLock;

use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use plugin_api::manifest::Asset;
use plugin_api::{Access, Path, Problem, Routes};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use crate::state::App;

/// The host's own files.
#[derive(RustEmbed)]
#[folder = "assets/"]
struct Own;

/// One hash over all of the host's files, so that one may refer to another by its name alone.
static OWN_HASH: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Own::iter().collect();
    names.sort();
    let files = names.iter().filter_map(|name| Some((name.as_bytes(), Own::get(name)?.data)));
    hash(files.map(|(name, data)| (name.to_owned(), data.into_owned())))
});

fn hash(files: impl Iterator<Item = (Vec<u8>, Vec<u8>)>) -> String {
    let mut hash = Sha256::new();
    for (name, data) in files {
        for part in [name, data] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    plugin_api::hex(&hash.finalize()).chars().take(16).collect()
}

/// The address of the host's file `name`.
pub fn asset_url(base_path: &str, name: &str) -> String {
    format!("{base_path}/assets/host/{}/{name}", *OWN_HASH)
}

fn plugin_hash(assets: &[Asset]) -> String {
    let files = assets.iter();
    hash(files.map(|file| (file.name.clone().into_bytes(), file.base64.clone().into_bytes())))
}

/// The route of all files.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/assets/{owner}/{hash}/{*name}", asset, Access::Public)
}

async fn asset(
    App(state): App,
    Path((owner, hash, name)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    if owner == "host" {
        let file = Own::get(&name).filter(|_| hash == *OWN_HASH).ok_or_else(Problem::not_found)?;
        return Ok(answer(content_type(&name), file.data.into_owned()));
    }
    let enabled = state.registry.enabled();
    let manifest = enabled.iter().find(|manifest| manifest.id == owner);
    let manifest = manifest.filter(|manifest| plugin_hash(&manifest.assets) == hash);
    let asset = manifest.and_then(|m| m.assets.iter().find(|asset| asset.name == name));
    let asset = asset.ok_or_else(Problem::not_found)?;
    let bytes = STANDARD.decode(&asset.base64).map_err(|_| Problem::not_found())?;
    Ok(answer(&asset.content_type, bytes))
}

fn answer(content_type: &str, bytes: Vec<u8>) -> Response {
    let content_type = HeaderValue::from_str(content_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    ([(CONTENT_TYPE, content_type), (CACHE_CONTROL, keep)], bytes).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_changes_with_the_content() {
        let file = |data: &str| [(b"a.js".to_vec(), data.as_bytes().to_vec())].into_iter();
        assert_ne!(hash(file("1")), hash(file("2")));
        assert_eq!(hash(file("1")), hash(file("1")));
        assert!(asset_url("/x", "app.css").starts_with("/x/assets/host/"));
    }
}
