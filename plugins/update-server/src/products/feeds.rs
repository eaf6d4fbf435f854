//! Feeds the vendor signed himself: checked when they come, kept and handed out byte for byte, instead
//! of made ones.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use plugin_api::db::{Audit, Batch};
use plugin_api::form::{Fields, Typed};
use plugin_api::{Cx, FieldProblem, Path, Problem, SeeOther};
use serde_json::json;

use super::channels::back;
use super::page::found;
use crate::domain::checks::finding::Finding;
use crate::domain::checks::release::Out;
use crate::domain::checks::{appcast, electron};
use crate::domain::release::{Catalogue, State};
use crate::releases::changed;
use crate::releases::checks::{Told, as_checked};
use crate::releases::files::attach::forget_all;
use crate::store::channels;
use crate::store::feeds::{self, Feed};
use crate::store::products::Product;
use crate::{actor, catalogue};

/// Longest feed, bytes.
pub(crate) const LONGEST: usize = 1024 * 1024;
/// What kinds there are.
pub(crate) const KINDS: [&str; 2] = ["appcast", "electron"];

/// Takes a feed for a channel from the form of the page.
pub(super) async fn add(
    cx: Cx,
    Path(code): Path<String>,
    mut request: Request,
) -> Result<SeeOther, Problem> {
    let product = found(&cx, &code).await?;
    DefaultBodyLimit::max(LONGEST + LONGEST).apply(&mut request);
    let unreadable = |_| Problem::malformed("malformed_body").argument("told", "");
    let mut form = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let (mut channel, mut kind, mut bytes) = (String::new(), String::new(), Bytes::new());
    let broken = |_| Problem::malformed("malformed_body").argument("told", "");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "canale" => channel = field.text().await.map_err(broken)?,
            "tipo" => kind = field.text().await.map_err(broken)?,
            "file" => bytes = field.bytes().await.map_err(broken)?,
            _ => {}
        }
    }
    take(&cx, &product, (&channel, &kind), bytes).await?;
    Ok(back(&cx, &code, "feed-saved"))
}

/// Keeps a feed of a channel, in place of the one there was, if it is signed by the product's key and
/// offers nothing but what is out.
pub(crate) async fn take(
    cx: &Cx,
    product: &Product,
    (channel, kind): (&str, &str),
    bytes: Bytes,
) -> Result<(), Problem> {
    let code = product.product_code.as_str();
    let known = channels::of_product(&cx.db(), cx.scope(), code).await?;
    let wrong = if !known.iter().any(|known| known.channel == channel) {
        Some(("/canale", "field-channel-unknown"))
    } else if !KINDS.contains(&kind) {
        Some(("/tipo", "field-option"))
    } else if bytes.is_empty() || bytes.len() > LONGEST {
        Some(("/file", "field-feed"))
    } else {
        None
    };
    if let Some((pointer, key)) = wrong {
        return Err(Problem::validation(vec![FieldProblem::new(pointer, key)]));
    }
    let (name, content_type) = match kind {
        "appcast" => ("appcast.xml", "application/rss+xml"),
        _ => ("latest.yml", "application/yaml"),
    };
    let all = catalogue::current(cx, code).await?.unwrap_or_default();
    let versions = checked(cx, product, (&all, channel, kind), (name, &bytes))?;
    let old = feeds::find(&cx.db(), code, channel, kind).await?;
    let blob = cx.put_blob(name, content_type, bytes.into()).await?;
    let feed = Feed {
        channel: channel.to_owned(),
        kind: kind.to_owned(),
        blob_id: blob.blob_id,
        versions: versions.join(" "),
        uploaded_at: cx.now(),
        uploaded_by: actor::name(cx),
    };
    let told = json!({
        "channel": channel, "kind": kind, "sha256": blob.sha256, "versions": versions,
    });
    let audit = Audit::of("feed.uploaded", code).named(code).after(told);
    let written = cx.db().batch(Batch::new().and(feeds::writing(code, &feed)).audit(audit)).await;
    if let Err(fault) = written {
        forget_all(cx, vec![feed.blob_id]).await?;
        return Err(fault.into());
    }
    forget_all(cx, old.into_iter().map(|old| old.blob_id).collect()).await?;
    changed::show(cx).await;
    Ok(())
}

/// The versions a feed offers, or why it is not handed out.
fn checked(
    cx: &Cx,
    product: &Product,
    (all, channel, kind): (&Catalogue, &str, &str),
    (name, bytes): (&str, &[u8]),
) -> Result<Vec<String>, Problem> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| Problem::unprocessable("testo_illeggibile"))?;
    // Clients find the files of the one beside the feed, in its channel; the other says where.
    let is_appcast = kind == "appcast";
    let out: Vec<Out> = all
        .releases
        .iter()
        .filter(|release| release.state == State::Published)
        .filter(|release| is_appcast || release.channels.contains(channel))
        .map(|release| Out {
            version: release.version.to_string(),
            artifacts: release.artifacts.iter().map(as_checked).collect(),
        })
        .collect();
    let (findings, versions) = if is_appcast {
        let (items, versions) = appcast::check_all(name, text, &out);
        let mut findings = appcast::check_signature(name, bytes, &product.sparkle_key);
        findings.extend(items);
        (findings, versions)
    } else {
        electron::check_out(name, text, &out)
    };
    if findings.is_empty() {
        return Ok(versions);
    }
    Err(refused(cx, &findings))
}

/// A feed goes out to everybody as it is, so nobody is asked whether a warning matters.
fn refused(cx: &Cx, findings: &[Finding]) -> Problem {
    let lang = cx.lang();
    let told: Vec<Told> = findings.iter().map(|finding| Told::of(finding, &lang)).collect();
    let text: Vec<&str> = told.iter().map(|told| told.testo.as_str()).collect();
    Problem::unprocessable("elenco_non_conforme")
        .argument("told", text.join(" "))
        .member("avvisi", serde_json::to_value(&told).unwrap_or_default())
}

/// Takes a feed away; a made one is handed out from then on.
pub(super) async fn remove(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let typed = Typed::from(fields);
    found(&cx, &code).await?;
    forget(&cx, &code, (typed.text("canale"), typed.text("tipo"))).await?;
    Ok(back(&cx, &code, "feed-removed"))
}

/// Takes the feed of a channel away, whose product was found.
pub(crate) async fn forget(
    cx: &Cx,
    code: &str,
    (channel, kind): (&str, &str),
) -> Result<(), Problem> {
    let old = feeds::find(&cx.db(), code, channel, kind).await?.ok_or_else(Problem::not_found)?;
    let audit = Audit::of("feed.removed", code)
        .named(code)
        .before(json!({ "channel": channel, "kind": kind }));
    let batch = Batch::new().and(feeds::deletion(code, channel, kind)).audit(audit);
    cx.db().batch(batch).await?;
    forget_all(cx, vec![old.blob_id]).await?;
    changed::show(cx).await;
    Ok(())
}
