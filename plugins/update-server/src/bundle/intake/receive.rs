//! A bundle is sent: kept, opened, and shown to whoever decides about it.

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::lent::BlobInfo;
use plugin_api::table::TableQuery;
use plugin_api::time::parse_instant;
use plugin_api::ui::FormErrors;
use plugin_api::{Cx, Problem, SeeOther};
use serde_json::json;

use super::{list, open};
use crate::releases::files::attach::forget_all;
use crate::releases::files::{keep, own_name, told};
use crate::store::bundles::{self, Bundle};
use crate::{actor, paths};

/// Longest name that is kept, characters.
const LONGEST: usize = 200;

/// Takes the file of the form, or shows the page with what is wrong.
pub(in crate::bundle) async fn handle(cx: Cx, request: Request) -> Result<Response, Problem> {
    match sent(&cx, request).await {
        Ok(id) => {
            let there = cx.url(&paths::of(paths::BUNDLE, &id));
            Ok(SeeOther::to(there).into_response())
        }
        Err(problem) if problem.status().is_client_error() => {
            let mut errors = FormErrors::new();
            errors.add("file", problem.sentence(&cx.lang()));
            let page = list::render(&cx, &TableQuery::default(), &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(problem) => Err(problem),
    }
}

async fn sent(cx: &Cx, mut request: Request) -> Result<String, Problem> {
    // The host's own limit stands before this one.
    DefaultBodyLimit::disable().apply(&mut request);
    let unreadable = |_| Problem::malformed("malformed_body").argument("told", "");
    let mut form = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    while let Some(mut field) = form.next_field().await.map_err(|error| told(error.status()))? {
        let name = own_name(field.file_name().unwrap_or_default());
        if field.name() == Some("file") && !name.is_empty() {
            let blob = keep(cx, &mut field, &name).await?;
            return received(cx, &blob, &name).await;
        }
    }
    Err(Problem::unprocessable("file_assente"))
}

/// Notes a bundle that was kept; answers its id. What is none is forgotten again.
pub(crate) async fn received(cx: &Cx, blob: &BlobInfo, name: &str) -> Result<String, Problem> {
    let noted = noted(cx, blob, name).await;
    if noted.is_err() {
        forget_all(cx, vec![blob.blob_id.clone()]).await?;
    }
    noted
}

async fn noted(cx: &Cx, blob: &BlobInfo, name: &str) -> Result<String, Problem> {
    let opened = open::open(cx, &blob.blob_id, blob.size).await?;
    let manifest = &opened.manifest;
    let instant = |text: &str| parse_instant(text).unwrap_or_default();
    let bundle = Bundle {
        bundle_id: cx.fresh_id(),
        blob_id: blob.blob_id.clone(),
        file_name: name.chars().take(LONGEST).collect(),
        size: i64::try_from(blob.size).unwrap_or(i64::MAX),
        product_code: manifest.prodotto.chars().take(64).collect(),
        signer: opened.signed.key.clone(),
        fingerprint: opened.signed.fingerprint.clone(),
        made_at: instant(&manifest.creato_il),
        expires_at: instant(&manifest.valido_fino_a),
        state: "waiting".to_owned(),
        told: Vec::new(),
        job_id: None,
        created_at: cx.now(),
        created_by: actor::name(cx),
        taken_at: None,
        row_version: 1,
    };
    let versions: Vec<&str> = manifest.rilasci.iter().map(|one| one.versione.as_str()).collect();
    let audit = Audit::of("update_bundle.received", &bundle.bundle_id)
        .named(&bundle.file_name)
        .after(json!({
            "product": bundle.product_code, "versions": versions,
            "signer": bundle.fingerprint, "sha256": blob.sha256,
        }));
    cx.db().batch(Batch::new().and(bundles::insertion(&bundle)).audit(audit)).await?;
    Ok(bundle.bundle_id)
}
