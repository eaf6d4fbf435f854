//! Deletes a part, after asking; one that licences have can only be retired.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::Typed;
use plugin_api::ui::{Action, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Page, Path, Problem, SeeOther};

use super::form::{Fields, fields};
use super::{Home, Kind};
use crate::catalogue::{Saved, save};
use crate::paths;

/// Deletes it, or says why it stays.
pub(super) async fn handle(
    cx: Cx,
    kind: Kind,
    Path(id): Path<String>,
    typed: Fields,
) -> Result<Response, Problem> {
    let (home, at) = Home::of_part(&cx, kind, &id).await?;
    let lang = cx.lang();
    if !home.is_current(Typed::from(typed).text("_versione")) {
        return Err(Problem::conflict("product_changed"));
    }
    let mut parts = home.parts.clone();
    parts.remove(at);
    match save(&cx, Some(&home.offer), &home.body(&parts)?).await? {
        Saved::Written(_) => {
            let told = lang.t("product-saved");
            Ok(SeeOther::to(cx.url(&home.list())).saying(told).into_response())
        }
        Saved::Stale => Err(Problem::conflict("product_changed")),
        Saved::Refused(errors) => {
            let part = cx.url(&paths::of(&kind.part_path(), &id));
            let title = lang.t("part-stays");
            let head = Head::new(&title)
                .back(lang.t(kind.plural()), cx.url(&home.list()))
                .action(&Action::link(lang.t("back"), part));
            let said = fields(&lang, &home, (&parts, None), &errors).summary(&lang);
            let html = Markup::of(&head).and(&Notice::new(Tone::Bad, title.clone())).and(&said);
            Ok(Page::html(title, html).status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}
