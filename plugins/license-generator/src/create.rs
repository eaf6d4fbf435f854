//! `/crm/licences/new`: first customer and product, then the terms, with a live summary and price;
//! nothing is kept in between.

mod choose;
pub(crate) mod like;
mod offered;
mod page;
pub(crate) mod questions;
pub(crate) mod read;
mod sections;
mod sheet;
pub(crate) mod summary;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::{self, Account};
use plugin_api::form::Typed;
use plugin_api::ui::{FormErrors, Markup};
use plugin_api::{
    Access, Cx, Fault, FieldProblem, Form, Page, Plugin, Problem, Query, Routes, SeeOther,
};

use crate::domain::choices::Origin;
use crate::domain::draft::Draft;
use crate::domain::product::{Product, ProductState};
use crate::{ISSUE, REQUEST, issue, paths, policies, quick, store};

pub(crate) use offered::Offered;
use page::Asking;
pub(crate) use sheet::actions;
use summary::Summary;

/// Adds the pages of the custom form; who may only ask others to issue fills it in as well.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let either = Access::AnyOf(vec![ISSUE.to_owned(), REQUEST.to_owned()]);
    let routes = Routes::new()
        .get(paths::NEW, form, either.clone())
        .post(paths::NEW, handle, either.clone())
        .post(paths::PREVIEW, preview, either)
        .get(paths::SHEET, sheet::handle, Access::permission(ISSUE));
    plugin.routes(routes)
}

/// Whom and what the licence is for, and what there is to choose from.
pub(crate) struct Chosen {
    account: Account,
    offered: Offered,
}

/// The first step, or the second one when the first is answered.
pub(crate) async fn form(cx: Cx, query: Query<Vec<(String, String)>>) -> Result<Page, Problem> {
    let typed = prefilled(&cx, Typed::from(query)).await?;
    if !typed.ticked("trova")
        && let Some(chosen) = chosen(&cx, &typed).await?
    {
        let typed = first_values(&cx, typed, &chosen).await?;
        let draft = read::draft(&typed, chosen.modules(), cx.now());
        let (summary, asks) = (summary(&cx, &draft).await?, typed.ticked("chiedi"));
        let asking = Asking { summary, errors: &[], asks };
        return page::page(&cx, &chosen, &typed, asking);
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
    let draft = read::draft(&typed, chosen.modules(), cx.now());
    if typed.ticked("controlla") {
        let summary = summary(&cx, &draft).await?;
        let errors = draft.err().unwrap_or_default();
        let asking = Asking { summary, errors: &errors, asks: false };
        return Ok(page::page(&cx, &chosen, &typed, asking)?.into_response());
    }
    let draft = match draft {
        Ok(draft) => draft,
        Err(errors) => return refused(&cx, &chosen, &typed, &errors).await,
    };
    match issue::in_transaction(&cx, &draft, Origin::Person).await? {
        Ok(issued) => {
            let there = cx.url(&paths::of(paths::SHOW, &issued.licence_id));
            Ok(SeeOther::to(there).saying(cx.lang().t("licence-created")).into_response())
        }
        Err(rejection) => refused(&cx, &chosen, &typed, &rejection.errors).await,
    }
}

/// `POST /crm/licences/preview`: what the form as typed would issue, as the fragment beside it.
pub(crate) async fn preview(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Page, Problem> {
    let typed = Typed::from(form);
    let product = store::products::by_code(&cx.db(), typed.text("prodotto")).await?;
    let modules = match product {
        Some(product) => store::products::modules(&cx.db(), &product.product_id).await?,
        None => Vec::new(),
    };
    let draft = read::draft(&typed, &modules, cx.now());
    Page::new(cx.lang().t("summary"), &summary(&cx, &draft).await?)
}

/// The form again with `errors`, as typed.
pub(crate) async fn refused(
    cx: &Cx,
    chosen: &Chosen,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Response, Problem> {
    let draft = read::draft(typed, chosen.modules(), cx.now());
    let summary = summary(cx, &draft).await?;
    let asks = !summary.is_fine() || typed.ticked("motivo");
    let page = page::page(cx, chosen, typed, Asking { summary, errors, asks })?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn summary(cx: &Cx, draft: &Result<Draft, Vec<FieldProblem>>) -> Result<Summary, Fault> {
    match draft {
        Ok(draft) => Summary::of(cx, draft, 1).await,
        Err(errors) => Ok(Summary::wrong(cx, errors)),
    }
}

/// What was asked for, on top of the licence (`come`) or the quick button (`modello`) it names.
async fn prefilled(cx: &Cx, typed: Typed) -> Result<Typed, Problem> {
    Ok(match named(cx, &typed).await? {
        Some(draft) => read::typed(typed.with("compilata", "1"), &draft),
        None => typed,
    })
}

/// What the licence (`come`) or the quick button (`modello`) says that was named, if one was.
pub(crate) async fn named(cx: &Cx, typed: &Typed) -> Result<Option<Draft>, Problem> {
    if let Some(id) = typed.given("come") {
        let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
        return Ok(Some(like::draft(&licence.ok_or_else(Problem::not_found)?, cx.now())));
    }
    let Some(id) = typed.given("modello") else { return Ok(None) };
    Ok(Some(quick::template(cx, &id).await?.ok_or_else(Problem::not_found)?.draft))
}

/// What the form holds before anybody typed: what the policy and the product say.
async fn first_values(cx: &Cx, typed: Typed, chosen: &Chosen) -> Result<Typed, Problem> {
    let in_force = policies::in_force(cx, Some(&chosen.product().product_id), None).await;
    let policy = in_force.map_err(|why| why.problem(cx))?.policy;
    let kind = policy.types.first().copied();
    let kind = kind.unwrap_or(crate::domain::licence::LicenceType::Permanent);
    let typed = typed
        .or("tipo", kind.wire())
        .or("associazione", policy.binding.wire())
        .or("dispositivi", &policy.devices.to_string())
        .or("valuta", "EUR");
    if typed.all("moduli").next().is_some() || typed.ticked("come") {
        return Ok(typed);
    }
    let active = chosen.modules().iter().filter(|module| module.active_default);
    Ok(active.fold(typed, |typed, module| typed.with("moduli", &module.code)))
}

/// Customer and product, if both were chosen and can be served.
pub(crate) async fn chosen(cx: &Cx, typed: &Typed) -> Result<Option<Chosen>, Problem> {
    let Some(account) = account(cx, typed).await? else { return Ok(None) };
    let Some(code) = typed.given("prodotto") else { return Ok(None) };
    let product = store::products::by_code(&cx.db(), &code).await?;
    let Some(product) = product.filter(|product| product.state == ProductState::Active) else {
        return Ok(None);
    };
    Ok(Some(Chosen { account, offered: Offered::of(cx, product).await? }))
}

/// The questions about the terms of a licence of `product`, for another form than the one that issues.
pub(crate) async fn terms_of(
    cx: &Cx,
    product: Product,
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Markup, Fault> {
    let lang = cx.lang();
    let offered = Offered::of(cx, product).await?;
    let ask = questions::Questions { lang: &lang, typed, errors };
    Ok(sections::all(&ask, &offered))
}

impl Chosen {
    fn product(&self) -> &Product {
        &self.offered.offer.product
    }

    /// The modules of the product.
    pub(crate) fn modules(&self) -> &[crate::domain::product::Module] {
        self.offered.modules()
    }
}

async fn account(cx: &Cx, typed: &Typed) -> Result<Option<Account>, Problem> {
    let Some(account_id) = typed.given("cliente") else { return Ok(None) };
    Ok(cx.service(&accounts::FIND, &accounts::Find { account_id }).await?)
}
