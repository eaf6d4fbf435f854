//! Feeds the vendor signed himself: kept and handed out byte for byte, instead of made ones.

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, FieldProblem, Path, Problem, SeeOther};
use serde_json::json;

use super::channels::back;
use super::page::found;
use crate::actor;
use crate::form::{Fields, Typed};
use crate::releases::changed;
use crate::releases::files::attach::forget_all;
use crate::store::feeds::{self, Feed};
use crate::store::{channels, products};

/// Longest feed, bytes.
const LONGEST: usize = 1024 * 1024;
/// What kinds there are.
pub(super) const KINDS: [&str; 2] = ["appcast", "electron"];

/// Takes a feed for a channel, in place of the one there was.
pub(super) async fn add(
    cx: Cx,
    Path(code): Path<String>,
    mut request: Request,
) -> Result<SeeOther, Problem> {
    let product = found(&cx, &code).await?;
    DefaultBodyLimit::max(LONGEST + LONGEST).apply(&mut request);
    let unreadable = |_| Problem::malformed("malformed_body").argument("told", "");
    let mut form = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let (mut channel, mut kind, mut bytes) = (String::new(), String::new(), Vec::new());
    let broken = |_| Problem::malformed("malformed_body").argument("told", "");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "canale" => channel = field.text().await.map_err(broken)?,
            "tipo" => kind = field.text().await.map_err(broken)?,
            "file" => bytes = field.bytes().await.map_err(broken)?.into(),
            _ => {}
        }
    }
    let known = channels::of_product(&cx.db(), cx.scope(), &code).await?;
    let wrong = if !known.iter().any(|known| known.channel == channel) {
        Some(("/canale", "field-channel-unknown"))
    } else if !KINDS.contains(&kind.as_str()) {
        Some(("/tipo", "field-option"))
    } else if bytes.is_empty() || bytes.len() > LONGEST {
        Some(("/file", "field-feed"))
    } else {
        None
    };
    if let Some((pointer, key)) = wrong {
        return Err(Problem::validation(vec![FieldProblem::new(pointer, key)]));
    }
    let (name, content_type) = match kind.as_str() {
        "appcast" => ("appcast.xml", "application/rss+xml"),
        _ => ("latest.yml", "application/yaml"),
    };
    let old = feeds::find(&cx.db(), &code, &channel, &kind).await?;
    let blob = cx.put_blob(name, content_type, bytes.into()).await?;
    let feed = Feed {
        channel,
        kind,
        blob_id: blob.blob_id,
        uploaded_at: cx.now(),
        uploaded_by: actor::name(&cx),
    };
    let audit = Audit::of("feed.uploaded", &code)
        .named(&code)
        .after(json!({ "channel": feed.channel, "kind": feed.kind, "sha256": blob.sha256 }));
    let batch = Batch::new().and(feeds::writing(&product.product_code, &feed)).audit(audit);
    cx.db().batch(batch).await?;
    forget_all(&cx, old.into_iter().map(|old| old.blob_id).collect()).await?;
    changed::show(&cx).await;
    Ok(back(&cx, &code, "feed-saved"))
}

/// Takes a feed away; a made one is handed out from then on.
pub(super) async fn remove(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let typed = Typed::from(fields);
    products::get(&cx.db(), cx.scope(), &code).await?.ok_or_else(Problem::not_found)?;
    let (channel, kind) = (typed.text("canale"), typed.text("tipo"));
    let old = feeds::find(&cx.db(), &code, channel, kind).await?.ok_or_else(Problem::not_found)?;
    let audit = Audit::of("feed.removed", &code)
        .named(&code)
        .before(json!({ "channel": channel, "kind": kind }));
    let batch = Batch::new().and(feeds::deletion(&code, channel, kind)).audit(audit);
    cx.db().batch(batch).await?;
    forget_all(&cx, vec![old.blob_id]).await?;
    Ok(back(&cx, &code, "feed-removed"))
}
