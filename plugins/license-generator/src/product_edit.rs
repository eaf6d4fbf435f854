//! `/crm/products/new` and `/crm/products/{id}`: a product with its modules, new or changed.

mod page;
mod read;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::Audit;
use plugin_api::{Cx, Form, Page, Path, Problem, SeeOther};
use serde_json::{Value, json};

use crate::domain::product::{Module, Product};
use crate::form::Typed;
use crate::{paths, store};

/// A product as it is stored.
struct Known {
    product: Product,
    modules: Vec<Module>,
}

/// The empty form.
pub(crate) async fn new(cx: Cx) -> Result<Page, Problem> {
    page::page(&cx, None, &read::first_values(None), &[])
}

/// The form with what is stored.
pub(crate) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let known = known(&cx, &id).await?;
    page::page(&cx, Some(&known), &read::first_values(Some(&known)), &[])
}

/// Writes a new product.
pub(crate) async fn create(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    save(&cx, None, &Typed::from(form)).await
}

/// Writes a changed product.
pub(crate) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let known = known(&cx, &id).await?;
    save(&cx, Some(&known), &Typed::from(form)).await
}

async fn known(cx: &Cx, product_id: &str) -> Result<Known, Problem> {
    let db = cx.db();
    let product = store::products::get(&db, product_id).await?.ok_or_else(Problem::not_found)?;
    let modules = store::products::modules(&db, product_id).await?;
    Ok(Known { product, modules })
}

async fn save(cx: &Cx, known: Option<&Known>, typed: &Typed) -> Result<Response, Problem> {
    let refused = |pointer: &str, key: &str| {
        let errors = [plugin_api::FieldProblem::new(pointer, key)];
        let page = page::page(cx, known, typed, &errors)?;
        Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
    };
    let (product, modules) = match read::product(cx, known, typed) {
        Ok(read) => read,
        Err(errors) => {
            let page = page::page(cx, known, typed, &errors)?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let audit = Audit::of(
        if known.is_some() { "product.updated" } else { "product.created" },
        &product.product_id,
    )
    .named(&product.name)
    .after(told(&product, &modules));
    let (batch, audit) = match known {
        None => (store::products::insertion(&product, &modules, cx.now()), audit),
        Some(known) => (
            store::products::update(&product, &modules, &known.modules),
            audit.before(told(&known.product, &known.modules)),
        ),
    };
    match cx.db().batch(batch.audit(audit)).await {
        Ok(_) => {}
        Err(fault) if fault.is_mismatch("product") => return refused("", "product-changed"),
        Err(fault) if fault.is_unique("license_generator_product") => {
            return refused("/codice", "field-taken");
        }
        Err(fault) => return Err(fault.into()),
    }
    let notice = cx.lang().t("product-saved");
    Ok(SeeOther::to(cx.url(paths::PRODUCTS)).saying(notice).into_response())
}

fn told(product: &Product, modules: &[Module]) -> Value {
    json!({ "product": product, "modules": modules })
}
