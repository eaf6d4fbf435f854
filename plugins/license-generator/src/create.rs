//! `/crm/licences/new`: first customer and product, then the terms; nothing is kept in between.

mod choose;
mod terms;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::{self, Account};
use plugin_api::{Cx, Form, Page, Problem, Query, SeeOther};

use crate::domain::choices::Origin;
use crate::domain::product::{Module, Product, ProductState};
use crate::form::Typed;
use crate::{issue, paths, store};

/// Whom and what the licence is for.
struct Chosen {
    account: Account,
    product: Product,
    modules: Vec<Module>,
}

/// The first step, or the second one when the first is answered.
pub(crate) async fn form(cx: Cx, query: Query<Vec<(String, String)>>) -> Result<Page, Problem> {
    let typed = Typed::from(query);
    if !typed.ticked("trova")
        && let Some(chosen) = chosen(&cx, &typed).await?
    {
        let typed = terms::first_values(typed, &chosen);
        return terms::page(&cx, &chosen, &typed, &[]);
    }
    choose::page(&cx, &typed).await
}

/// Issues the licence, or shows the form as it was typed with what is wrong.
pub(crate) async fn handle(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let typed = Typed::from(form);
    let Some(chosen) = chosen(&cx, &typed).await? else {
        let page = choose::page(&cx, &typed.with("continua", "1")).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let draft = match terms::draft(&cx, &typed, &chosen).await? {
        Ok(draft) => draft,
        Err(errors) => return refused(&cx, &chosen, &typed, &errors),
    };
    match issue::in_transaction(&cx, &draft, Origin::Person).await? {
        Ok(issued) => {
            let there = cx.url(&paths::of(paths::SHOW, &issued.licence_id));
            Ok(SeeOther::to(there).saying(cx.lang().t("licence-created")).into_response())
        }
        Err(rejection) => refused(&cx, &chosen, &typed, &rejection.errors),
    }
}

fn refused(
    cx: &Cx,
    chosen: &Chosen,
    typed: &Typed,
    errors: &[plugin_api::FieldProblem],
) -> Result<Response, Problem> {
    let page = terms::page(cx, chosen, typed, errors)?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Customer and product, if both were chosen and can be served.
async fn chosen(cx: &Cx, typed: &Typed) -> Result<Option<Chosen>, Problem> {
    let Some(account) = account(cx, typed).await? else { return Ok(None) };
    let Some(code) = typed.given("prodotto") else { return Ok(None) };
    let product = store::products::by_code(&cx.db(), &code).await?;
    let Some(product) = product.filter(|product| product.state == ProductState::Active) else {
        return Ok(None);
    };
    let modules = store::products::modules(&cx.db(), &product.product_id).await?;
    Ok(Some(Chosen { account, product, modules }))
}

async fn account(cx: &Cx, typed: &Typed) -> Result<Option<Account>, Problem> {
    let Some(account_id) = typed.given("cliente") else { return Ok(None) };
    Ok(cx.service(&accounts::FIND, &accounts::Find { account_id }).await?)
}
