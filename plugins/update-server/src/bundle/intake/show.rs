//! `/crm/update-bundles/{id}`: whose a bundle is, what is in it, what became of it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::{Audit, Batch, Enqueue};
use plugin_api::form::{Fields, Typed};
use plugin_api::lent::JobState;
use plugin_api::ui::{Action, Card, Facts, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem, SeeOther};
use serde_json::json;

use super::list::STATES;
use super::{open, release, run};
use crate::bundle::TRUSTED;
use crate::form::SmallForm;
use crate::labels::{badge, bytes};
use crate::store::bundles::{self, Bundle, LABEL};
use crate::{KEYS, PUBLISH, paths};

async fn found(cx: &Cx, id: &str) -> Result<Bundle, Problem> {
    bundles::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// The page.
pub(in crate::bundle) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    render(&cx, &found(&cx, &id).await?, &FormErrors::new()).await
}

/// Has the bundle taken in; whoever may exchange keys may trust the one that signed it.
pub(in crate::bundle) async fn take(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let bundle = found(&cx, &id).await?;
    let typed = Typed::from(fields);
    if !may_begin(&cx, &bundle).await? {
        return Err(Problem::conflict("pacchetto_in_corso"));
    }
    let size = u64::try_from(bundle.size).unwrap_or_default();
    let opened = open::open(&cx, &bundle.blob_id, size).await?;
    let trusted: String = cx.setting(TRUSTED).await?;
    if !opened.signed.is_trusted(&trusted) {
        if !typed.ticked("fiducia") || !cx.may(KEYS) {
            let mut errors = FormErrors::new();
            errors.add("fiducia", cx.lang().t("bundle-not-trusted"));
            let page = render(&cx, &bundle, &errors).await?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
        let trusted = format!("{trusted} {}", opened.signed.key);
        cx.set_setting(TRUSTED, trusted.trim()).await?;
    }
    let job_id = cx.fresh_id();
    let audit = Audit::of("update_bundle.taken_in", &bundle.bundle_id)
        .named(&bundle.file_name)
        .after(json!({ "product": bundle.product_code, "signer": bundle.fingerprint }));
    let job = Enqueue {
        job: run::NAME.to_owned(),
        payload: json!({ "bundle_id": bundle.bundle_id }),
        run_at: 0,
        job_id: job_id.clone(),
    };
    let batch = Batch::new().and(bundles::running(&bundle, &job_id)).audit(audit).enqueue(job);
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch(LABEL) => {
            return Err(Problem::conflict("pacchetto_in_corso"));
        }
        done => done?,
    };
    let there = cx.url(&paths::of(paths::BUNDLE, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t("bundle-begun")).into_response())
}

/// Whether nobody takes it in already, and there is something to take in.
async fn may_begin(cx: &Cx, bundle: &Bundle) -> Result<bool, Problem> {
    Ok(match (bundle.state.as_str(), &bundle.job_id) {
        ("waiting" | "failed", _) => true,
        ("running", Some(job)) => {
            let job = cx.job_status(job).await?;
            !job.is_some_and(|job| matches!(job.state, JobState::Queued | JobState::Running))
        }
        _ => false,
    })
}

async fn render(cx: &Cx, bundle: &Bundle, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let head = Head::new(&bundle.file_name)
        .back(lang.t("update-bundles"), cx.url(paths::BUNDLES))
        .badge(badge(&lang, STATES, &bundle.state));
    let facts = Facts::new()
        .mono(lang.t("release-product"), &bundle.product_code)
        .text(lang.t("bundle-made"), lang.instant(bundle.made_at))
        .text(lang.t("bundle-ends"), lang.instant(bundle.expires_at))
        .text(lang.t("bundle-size"), bytes(&lang, bundle.size))
        .mono(lang.t("bundle-signer"), &bundle.fingerprint);
    let mut page = Markup::of(&head)
        .and(&errors.summary(&lang))
        .and(&Card::new("bundle", lang.t("bundle")).body(&facts));
    if !bundle.told.is_empty() {
        page = page.and(&told(&lang, bundle));
    }
    if bundle.state == "running" {
        page = page.and(&Notice::new(Tone::Info, lang.t("bundle-running")));
    }
    if may_begin(cx, bundle).await? && cx.may(PUBLISH) {
        page = page.and(&ask(cx, bundle, errors).await?);
    }
    Ok(Page::html(&bundle.file_name, page))
}

/// What became of each release.
fn told(lang: &Lang, bundle: &Bundle) -> Card {
    let card = Card::new("told", lang.t("bundle-told"));
    bundle.told.iter().fold(card, |card, one| {
        let key = format!("bundle-told-{}", one.esito.replace('_', "-"));
        let said = if lang.has(&key) { lang.t(&key) } else { one.esito.clone() };
        let tone = if release::is_settled(one) { Tone::Ok } else { Tone::Bad };
        let said = format!("{said} {}", one.dettaglio);
        card.body(&Notice::new(tone, said.trim()).title(&one.versione))
    })
}

/// What is in it, and the button that takes it in.
async fn ask(cx: &Cx, bundle: &Bundle, errors: &FormErrors) -> Result<Card, Problem> {
    let lang = cx.lang();
    let size = u64::try_from(bundle.size).unwrap_or_default();
    let opened = open::open(cx, &bundle.blob_id, size).await?;
    let trusted: String = cx.setting(TRUSTED).await?;
    let releases = opened.manifest.rilasci.iter().fold(Facts::new(), |facts, release| {
        let files: Vec<&str> = release.file.iter().map(|file| file.nome.as_str()).collect();
        let said = format!("{} · {}", release.canali.join(", "), files.join(", "));
        facts.text(&release.versione, said)
    });
    let mut card = Card::new("take", lang.t("bundle-take-in")).body(&releases);
    let mut fields = Vec::new();
    if !opened.signed.is_trusted(&trusted) {
        let told = lang.with("bundle-trust-told", &[("key", &bundle.fingerprint)]);
        card = card.body(&Notice::new(Tone::Warn, told));
        if cx.may(KEYS) {
            fields.push(Field::checkbox("fiducia", lang.t("bundle-trust")).errors(errors));
        }
    }
    Ok(card.body(&SmallForm {
        action: cx.url(&paths::of(paths::BUNDLE, &bundle.bundle_id)),
        has_file: false,
        fields,
        button: Action::submit(lang.t("bundle-take-in")).primary(),
    }))
}
