//! Where programs of customers ask.

use plugin_api::{Access, Routes, routes};

use super::{esito, feeds, files, tuf, verifica};

/// All of them. What stands behind `/u/`, a header or the query is their credential.
pub(super) fn routes() -> Routes {
    let by = Access::Credential;
    let below = Routes::new()
        .get("/u/{token}/metadata/{file}", tuf::metadata, by.clone())
        .get("/u/{token}/targets/{*path}", tuf::targets, by.clone())
        .get(
            "/u/{token}/tauri/{channel}/{target}/{arch}/{current_version}",
            feeds::tauri,
            by.clone(),
        )
        .get("/u/{token}/tauri/{channel}/latest.json", feeds::tauri_static, by.clone())
        .get("/u/{token}/electron/{channel}/{file}", feeds::electron, by.clone())
        .get("/u/{token}/sparkle/{channel}/appcast.xml", feeds::sparkle, by.clone())
        .get("/u/{token}/squirrel/{channel}/{file}", feeds::squirrel, by.clone())
        .get("/u/{token}/squirrel-mac/{channel}", feeds::squirrel_mac, by.clone())
        .get("/u/{token}/velopack/{channel}/{file}", feeds::velopack, by.clone())
        .get("/u/{token}/files/{version}/{file}", files::handle, by.clone());
    let own = Routes::new()
        .api(routes!(verifica::handle), &by)
        .api(routes!(esito::handle), &by)
        .cross_origin(&["GET", "POST"], &["authorization", "content-type", "x-licence-key"]);
    below.merge(own)
}
