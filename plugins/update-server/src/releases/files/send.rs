//! Files sent with the form of the page, one after the other, none of them held in memory.

use std::future::poll_fn;

use axum::body::{Body, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_channel::mpsc;
use futures_util::future::join;
use plugin_api::lent::BlobInfo;
use plugin_api::table::TableQuery;
use plugin_api::ui::FormErrors;
use plugin_api::{Cx, Path, Problem, SeeOther};

use super::attach::{acceptable, attach, forget_all, is_beside};
use super::list;
use super::place::SaidPlace;
use crate::paths;
use crate::releases::save;
use crate::store::releases::Release;

/// Pieces of a file that are under way at a time.
const UNDER_WAY: usize = 4;
/// Longest text of a field besides the files, bytes.
const LONGEST: usize = 1000;

/// Takes the files of the form, or shows the page with what is wrong.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let draft = save::found(&cx, &id).await?;
    let release = draft.release;
    let lang = cx.lang();
    match taken(&cx, &release, request).await {
        Ok(files) => {
            let there = cx.url(&paths::of(paths::RELEASE_FILES, &id));
            Ok(SeeOther::to(there).saying(lang.n("files-taken", files)).into_response())
        }
        Err(problem) if problem.status().is_client_error() => {
            let mut errors = FormErrors::new();
            errors.add("file", problem.sentence(&lang));
            let page = list::render(&cx, &release, &TableQuery::default(), &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// Takes every file; what says something about another comes after all that are not. Answers how many
/// there were.
async fn taken(cx: &Cx, release: &Release, mut request: Request) -> Result<i64, Problem> {
    // The host's own limit stands before this one.
    DefaultBodyLimit::disable().apply(&mut request);
    let unreadable = |_| Problem::malformed("malformed_body").argument("told", "");
    let mut form = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let mut said = SaidPlace::default();
    let (mut kept, mut after) = (Vec::new(), Vec::new());
    while let Some(mut field) = form.next_field().await.map_err(|error| told(error.status()))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let name = own_name(field.file_name().unwrap_or_default());
            if name.is_empty() {
                continue;
            }
            acceptable(release, &name)?;
            let blob = keep(cx, &mut field, &name).await?;
            if is_beside(&name) { &mut after } else { &mut kept }.push((name, blob));
        } else {
            let text = field.text().await.map_err(|error| told(error.status()))?;
            let text = Some(text).filter(|text| !text.is_empty() && text.len() <= LONGEST);
            match name.as_str() {
                "piattaforma" => said.piattaforma = text,
                "architettura" => said.architettura = text,
                "formato" => said.formato = text,
                _ => {}
            }
        }
    }
    kept.append(&mut after);
    if kept.is_empty() {
        return Err(Problem::unprocessable("file_assente"));
    }
    let files = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    let mut kept = kept.into_iter();
    while let Some((name, blob)) = kept.next() {
        if let Err(problem) = attach(cx, release, &blob, &name, &said).await {
            forget_all(cx, kept.map(|(_, blob)| blob.blob_id).collect()).await?;
            return Err(problem);
        }
    }
    Ok(files)
}

/// Hands the pieces of a field to the host as they come in.
pub(crate) async fn keep(cx: &Cx, field: &mut Field<'_>, name: &str) -> Result<BlobInfo, Problem> {
    let (mut sender, receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(UNDER_WAY);
    let send = async move {
        loop {
            let piece = match field.chunk().await {
                Ok(None) => return None,
                Ok(Some(piece)) => Ok(piece),
                Err(error) => Err(told(error.status())),
            };
            let failed = piece.as_ref().err().cloned();
            let sent = piece.map_err(|_| std::io::Error::other("the form broke off"));
            // Who takes the pieces may have given up; his answer says why.
            if poll_fn(|context| sender.poll_ready(context)).await.is_err()
                || sender.start_send(sent).is_err()
                || failed.is_some()
            {
                return failed;
            }
        }
    };
    let keep = cx.put_blob(name, "application/octet-stream", Body::from_stream(receiver));
    let (failed, kept) = join(send, keep).await;
    failed.map_or_else(|| kept.map_err(Problem::from), Err)
}

/// What a form that broke off or is too long is refused with.
pub(crate) fn told(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(status, "too_large");
    }
    Problem::malformed("malformed_body").argument("told", "")
}

/// The name without folders.
pub(crate) fn own_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}
