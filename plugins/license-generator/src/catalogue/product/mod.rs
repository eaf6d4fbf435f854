//! `/crm/products/new` and `/crm/products/{id}`: what a product is itself, and its first modules.

mod page;
mod read;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::Typed;
use plugin_api::{Cx, FieldProblem, Form, Page, Path, Problem, SeeOther};

use super::{Saved, save};
use crate::domain::catalogue::{Offer, checked};
use crate::paths;
use crate::store::catalogue::offers;

/// The empty form.
pub(super) async fn new(cx: Cx) -> Result<Page, Problem> {
    page::page(&cx, None, &read::first_values(None), &[])
}

/// The form with what is stored.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let known = known(&cx, &id).await?;
    page::page(&cx, Some(&known), &read::first_values(Some(&known)), &[])
}

/// Writes a new product.
pub(super) async fn create(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    write(&cx, None, &Typed::from(form)).await
}

/// Writes a changed product.
pub(super) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let known = known(&cx, &id).await?;
    write(&cx, Some(&known), &Typed::from(form)).await
}

async fn known(cx: &Cx, product_id: &str) -> Result<Offer, Problem> {
    offers::get(&cx.db(), product_id).await?.ok_or_else(Problem::not_found)
}

async fn write(cx: &Cx, known: Option<&Offer>, typed: &Typed) -> Result<Response, Problem> {
    let refused = |errors: &[FieldProblem]| {
        let page = page::page(cx, known, typed, errors)?;
        Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
    };
    let changed = [FieldProblem::new("", "product-changed")];
    if known.is_some_and(|known| typed.text("versione") != known.product.version.to_string()) {
        return refused(&changed);
    }
    let (body, mut errors) = read::body(known, typed);
    if !errors.is_empty() {
        // Everything that is wrong is told at once.
        let wrong = checked(&body, known, &mut || cx.fresh_id());
        errors.extend(read::fields(typed, wrong.err().unwrap_or_default()));
        return refused(&errors);
    }
    match save(cx, known, &body).await? {
        Saved::Written(offer) => {
            let there = cx.url(&paths::of(paths::PRODUCT, &offer.product.product_id));
            Ok(SeeOther::to(there).saying(cx.lang().t("product-saved")).into_response())
        }
        Saved::Refused(errors) => refused(&read::fields(typed, errors)),
        Saved::Stale => refused(&changed),
    }
}
