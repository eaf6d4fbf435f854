//! Releasing and deleting what is held: one, those ticked, or all of one software or address.

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::{Audit, Batch, Enqueue};
use plugin_api::table::Selection;
use plugin_api::ui::{Action, Card, Head, Markup};
use plugin_api::{Cx, Fault, Form, Page, Path, Problem, SeeOther};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::list;
use crate::domain::reading;
use crate::paths;
use crate::receive::{self, Incoming};
use crate::store::quarantine::{self as store, Held};
use crate::store::receive::RELEASED;

/// The name of the job.
pub(super) const NAME: &str = "empty-quarantine";
/// Reports at once; more are left to a job.
const AT_ONCE: i64 = 200;

#[derive(Serialize, Deserialize)]
struct Payload {
    caller: String,
    release: bool,
    selection: Selection,
}

/// Asks how many are meant, then does it.
pub(super) async fn handle(
    cx: Cx,
    Path(name): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let release = match name.as_str() {
        "release" => true,
        "delete" => false,
        _ => return Err(Problem::not_found()),
    };
    let selection = Selection::read(&sent)?;
    let (lang, spec) = (cx.lang(), list::spec());
    let count = selection.count(&cx, &spec).await?;
    let back = selection.back(&cx, &spec);
    if selection.is_empty() || count == 0 {
        return Ok(SeeOther::to(back).saying(lang.t("quarantine-nothing")).into_response());
    }
    if !sent.iter().any(|(name, value)| name == "step" && value == "do") {
        return Ok(asked(&cx, &name, &sent, (count, &back)).into_response());
    }
    if count > AT_ONCE {
        let payload = Payload { caller: cx.kept_caller(), release, selection };
        let job = Enqueue {
            job: NAME.to_owned(),
            payload: serde_json::to_value(&payload).map_err(Fault::from)?,
            run_at: 0,
            job_id: String::new(),
        };
        cx.db().batch(Batch::new().enqueue(job)).await?;
        let said = lang.t("quarantine-later");
        return Ok(SeeOther::to(cx.url(paths::QUARANTINE)).saying(said).into_response());
    }
    let done = each(&cx, release, &selection).await?;
    let key = if release { "quarantine-released" } else { "quarantine-deleted" };
    let there = SeeOther::to(cx.url(paths::QUARANTINE));
    Ok(there.saying(lang.n(key, done)).into_response())
}

/// The question, with how many they are.
fn asked(cx: &Cx, name: &str, sent: &[(String, String)], (count, back): (i64, &str)) -> Page {
    let lang = cx.lang();
    let title = lang.t(&format!("quarantine-{name}"));
    let head =
        Head::new(&title).back(lang.t("quarantine"), back).lead(lang.n("quarantine-count", count));
    let kept = sent.iter().filter(|(name, _)| ["selected", "all", "matching"].contains(&&**name));
    let post = Action::post(&title, cx.url(&paths::of(super::ACT, name))).with("step", "do");
    let post = kept.fold(post, |post, (name, value)| post.with(name, value));
    let post = if name == "delete" { post.danger() } else { post.primary() };
    let cancel = Action::link(lang.t("cancel"), back).quiet();
    let told = lang.t(&format!("quarantine-{name}-told"));
    let card = Card::new("ask", &title).text(told).body(&post).body(&cancel);
    Page::html(title, Markup::of(&head).and(&card))
}

/// The job.
pub(super) async fn job(cx: Cx, payload: Json) -> Result<(), Fault> {
    let Payload { caller, release, selection } = serde_json::from_value(payload)?;
    each(&cx.acting_for(&caller), release, &selection).await.map(drop)
}

/// Does it with each; answers with how many.
async fn each(cx: &Cx, release: bool, selection: &Selection) -> Result<i64, Fault> {
    let (spec, mut after, mut done) = (list::spec(), None::<String>, 0);
    let size = usize::try_from(AT_ONCE).unwrap_or_default();
    loop {
        let ids = selection.ids(cx, &spec, after.as_deref(), size).await?;
        let Some(last) = ids.last() else { return Ok(done) };
        after = Some(last.clone());
        let held = store::held(&cx.db(), cx.scope(), &ids).await?;
        done += if release { released(cx, &held).await? } else { deleted(cx, &ids).await? };
    }
}

/// Counts each as if it came when it came. One that still cannot be read stays.
async fn released(cx: &Cx, held: &[Held]) -> Result<i64, Fault> {
    let items: Vec<Incoming> = held.iter().filter_map(|one| incoming(cx, one)).collect();
    let (mut done, mut failed) = (0, None);
    for answer in receive::fold_in(cx, items).await {
        match answer {
            Ok(_) => done += 1,
            // Somebody deleted it meanwhile.
            Err(fault) if fault.is_mismatch(RELEASED) => {}
            Err(fault) => failed = Some(fault),
        }
    }
    if done > 0 {
        let first = held.first().map(|one| one.report_id.as_str()).unwrap_or_default();
        let audit = Audit::of("quarantine.released", first).after(json!({ "reports": done }));
        cx.db().batch(Batch::new().audit(audit)).await?;
    }
    failed.map_or(Ok(done), Err)
}

fn incoming(cx: &Cx, held: &Held) -> Option<Incoming> {
    // The payload is text by now: what it was encoded in no longer matters.
    let content_type = match held.content_type.split_once(';') {
        Some((kind, _)) if !kind.starts_with("multipart/") => kind,
        _ => held.content_type.as_str(),
    };
    let content_type = Some(content_type).filter(|kind| !kind.is_empty());
    let read = reading::read(held.payload.as_bytes(), content_type, None).ok()?;
    let item = Incoming::new(cx, read.report, held.payload.clone(), &held.content_type);
    Some(item.released(&held.report_id, held.received_at, &held.address))
}

async fn deleted(cx: &Cx, ids: &[String]) -> Result<i64, Fault> {
    let first = ids.first().map(String::as_str).unwrap_or_default();
    let audit = Audit::of("quarantine.deleted", first).after(json!({ "reports": ids.len() }));
    let batch = store::deleted(ids).into_iter().fold(Batch::new(), Batch::and).audit(audit);
    let changed = cx.db().batch(batch).await?;
    Ok(changed.get(1).copied().and_then(|n| i64::try_from(n).ok()).unwrap_or_default())
}
