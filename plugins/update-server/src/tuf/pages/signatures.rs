//! Takes signatures made elsewhere: as files, or pasted.

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::response::{IntoResponse, Response};
use plugin_api::ui::FormErrors;
use plugin_api::{Cx, Path, Problem, SeeOther};

use super::show::render;
use crate::paths;
use crate::products::page::found;
use crate::tuf::offline::{upload_all, waiting};

/// Longest form, bytes: a document names every file of a channel.
const LONGEST: usize = 32 * 1024 * 1024;

/// Takes them, or shows the page again with the reason.
pub(super) async fn handle(
    cx: Cx,
    Path(code): Path<String>,
    mut request: Request,
) -> Result<Response, Problem> {
    let code = found(&cx, &code).await?.product_code;
    DefaultBodyLimit::max(LONGEST).apply(&mut request);
    let unreadable = |_| Problem::malformed("malformed_body").argument("told", "");
    let mut form = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let broken = |_| Problem::malformed("malformed_body").argument("told", "");
    let (mut files, mut typed) = (Vec::new(), String::new());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "firme" => files.push(field.bytes().await.map_err(broken)?.to_vec()),
            "testo" => field.text().await.map_err(broken)?.trim().clone_into(&mut typed),
            _ => {}
        }
    }
    // A browser sends an empty file where none was chosen.
    files.retain(|bytes| !bytes.is_empty());
    let blamed = if files.is_empty() { "testo" } else { "firme" };
    if !typed.is_empty() {
        files.push(typed.clone().into_bytes());
    }
    match upload_all(&cx, &code, &files).await {
        Ok(()) => {
            let still = waiting(&cx, &code).await?.len();
            let lang = cx.lang();
            let notice = match still {
                0 => lang.t("update-signatures-complete"),
                _ => lang.t("update-signatures-taken"),
            };
            let there = cx.url(&paths::of(paths::PRODUCT_KEYS, &code));
            Ok(SeeOther::to(there).saying(notice).into_response())
        }
        Err(problem) if problem.fault().is_none() && problem.codice().starts_with("tuf_") => {
            let errors = FormErrors::from_iter([(blamed, problem.sentence(&cx.lang()))]);
            let page = render(&cx, &code, &errors, &typed).await?;
            Ok(page.status(problem.status()).into_response())
        }
        Err(problem) => Err(problem),
    }
}
