//! Hands out a bundle. Nothing of it is kept: it is put together while it is sent.

use axum::http::{HeaderMap, Method};
use axum::response::Response;
use plugin_api::contracts::licences::{OFFLINE, OfflineOf};
use plugin_api::db::{Audit, Batch};
use plugin_api::lent::Sending;
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Fault, Problem, hex};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::manifest::{FORM, KEYS, MANIFEST, SIGNATURE, TOKEN_TYPE};
use super::pack::{self, Document};
use super::{DAYS, choice};
use crate::client::{Entitled, files};
use crate::domain::release::Release;
use crate::domain::tuf::name::target;
use crate::tuf::carried::{Carried, carried};

/// Longest time its metadata holds, days: no longer than that of the roles that may be offline.
const MOST: i64 = 365;

/// The bundle with releases of these versions, for whom it is; with the newest if none is said.
pub(crate) async fn send(
    cx: &Cx,
    entitled: &Entitled,
    versions: &[String],
    asked: (&Method, &HeaderMap),
) -> Result<Response, Problem> {
    let releases = choice::chosen(cx, entitled, versions).await?;
    if entitled.entitlement.is_some() {
        for file in releases.iter().flat_map(|release| &release.artifacts) {
            files::count(cx, entitled, file, asked).await?;
        }
    }
    let days: i64 = cx.setting(DAYS).await?;
    let signed = choice::signed(cx, entitled).await?;
    let carried = carried(cx, &signed, days.clamp(1, MOST)).await?;
    if !releases.iter().all(|release| names(&carried, release)) {
        // Published or taken back at this moment.
        return Err(Problem::conflict("rilascio_cambiato"));
    }
    let licence = entitled.entitlement.as_ref().map(|licence| licence.licence_id.as_str());
    let asked = OfflineOf { licence_id: licence.map(str::to_owned) };
    let offline = cx.service(&OFFLINE, &asked).await?;
    let (product, now) = (entitled.product.product_code.as_str(), cx.now());
    let documents = pack::documents(&carried, &offline, licence)?;
    let manifest =
        pack::manifest((product, licence), &releases, &documents, (now, carried.expires_at));
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(Fault::from)?;
    let first = first(cx, product, manifest).await?;
    let parts = pack::parts(&first, &documents, &releases, now);
    let versions: Vec<String> =
        releases.iter().map(|release| release.version.to_string()).collect();
    let audit = Audit::of("update_bundle.made", product)
        .named(product)
        .in_organisation(entitled.organisation_id())
        .after(json!({ "versions": versions, "licence": licence }));
    cx.db().batch(Batch::new().audit(audit)).await?;
    let date = rfc3339(now);
    let date = date.get(..10).unwrap_or_default();
    let name = format!("{product}-{date}.cockpit-bundle.tar");
    let sending = Sending {
        name: Some(&name),
        content_type: Some("application/x-tar"),
        ..Sending::default()
    };
    Ok(cx.send_parts(&parts, &sending)?)
}

fn names(carried: &Carried, release: &Release) -> bool {
    let version = release.version.to_string();
    release.channels.iter().all(|channel| {
        release.artifacts.iter().all(|file| {
            let found = carried.targets.get(&target(channel, &version, &file.file_name));
            found == Some(&file.sha256)
        })
    })
}

/// The manifest with what shows whose it is, in the order they are read.
async fn first(cx: &Cx, product: &str, manifest: Vec<u8>) -> Result<[Document; 3], Problem> {
    let claims: Map<String, Json> = [
        ("sub", Json::from(product)),
        ("formato", FORM.into()),
        ("sha256", hex(&Sha256::digest(&manifest)).into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect();
    let token = cx.sign(TOKEN_TYPE, claims).await?;
    let keys = serde_json::to_vec_pretty(&cx.public_keys().await?).map_err(Fault::from)?;
    let document = |path: &str, bytes| Document { path: path.to_owned(), bytes };
    Ok([
        document(SIGNATURE, token.into_bytes()),
        document(KEYS, keys),
        document(MANIFEST, manifest),
    ])
}
