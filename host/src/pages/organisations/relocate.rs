//! `/system/organisations/{id}/move`: a node is put below another one, with what moves along.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::ui::{Card, Empty, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Form as Sent, Page, Path, Problem, Routes, SeeOther};

use super::address;
use super::show::seen;
use crate::pages::form::Hidden;
use crate::pages::{Fields, Form, form_errors, may};
use crate::people::organisations::{self, Change};
use crate::store::organisations::{Organisation, counts};

const MOVE: &str = "/system/organisations/{organisation_id}/move";

pub(super) fn routes() -> Routes {
    Routes::new().get(MOVE, show, may("organisations")).post(MOVE, relocate, may("organisations"))
}

async fn show(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let node = organisations::find(&cx, &id).await?;
    page(&cx, &node, "", &FormErrors::new()).await
}

async fn relocate(
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let node = seen(&cx, &id, &form).await?;
    let parent = form.get("parent");
    let change = Change { parent_id: Some(parent.to_owned()), ..Change::default() };
    match organisations::change(&cx, &node, &change).await {
        Ok(()) => {
            let said = lang.with("organisation-moved", &[("name", &node.name)]);
            Ok(SeeOther::to(address(&cx, &id, "")).saying(said).into_response())
        }
        Err(refusal) => {
            let errors = form_errors(refusal.into(), &lang)?;
            let node = organisations::find(&cx, &id).await?;
            let page = page(&cx, &node, parent, &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn page(
    cx: &Cx,
    node: &Organisation,
    chosen: &str,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let (lang, id) = (cx.lang(), node.organisation_id.as_str());
    let title = lang.with("organisation-move-title", &[("name", &node.name)]);
    let head = Head::new(&title).back(&node.name, address(cx, id, ""));
    let along = counts(&cx.db(), cx.scope(), node).await?;
    let along = [
        lang.n("organisation-count", along.organisations),
        lang.n("organisation-people", along.people),
        lang.n("organisation-customers", along.customers),
    ];
    let [organisations, people, customers] = along.each_ref().map(String::as_str);
    let arguments =
        [("organisations", organisations), ("people", people), ("customers", customers)];
    let preview = Notice::new(Tone::Info, lang.with("organisation-move-along", &arguments));
    let places = self::organisations::places_for(cx, node).await?;
    let card = Card::new("move", lang.t("organisation-move"));
    let card = if places.is_empty() {
        card.body(&Empty::new(
            lang.t("organisation-no-place"),
            lang.t("organisation-no-place-hint"),
        ))
    } else {
        let mut field = Field::select("parent", lang.t("organisation-new-above"))
            .hint(lang.t("organisation-above-hint"))
            .value(chosen)
            .option("", "—");
        for place in places {
            field = field.option(place.organisation_id, place.way);
        }
        let form = Form::new(address(cx, id, "/move"), lang.t("organisation-move-now"))
            .field(&Hidden::new("version", &node.version.to_string()))
            .field(&preview)
            .field(&field.errors(errors).required());
        card.body(&form)
    };
    let html = Markup::of(&head).and(&errors.summary(&lang)).and(&card);
    Ok(Page::html(title, html))
}
