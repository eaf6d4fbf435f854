//! `POST /crm/licences/quick`: a 30-day trial for one device, for the customer just named.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::Account;
use plugin_api::table::fold;
use plugin_api::ui::{Action, Card, FormErrors, Head, Markup};
use plugin_api::{Cx, Form, Problem, SeeOther};

use crate::domain::choices::Origin;
use crate::domain::draft::{Draft, Rejection};
use crate::domain::licence::LicenceType;
use crate::form::{FormPage, Typed, form_errors};
use crate::list::{account_field, name_field, product_field, search};
use crate::{issue, paths, store};

/// Makes the key, or asks which customer is meant.
pub(crate) async fn handle(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let typed = Typed::from(form);
    let lang = cx.lang();
    let accounts = search(&cx, typed.text("cerca")).await?;
    let draft = Draft {
        cliente: typed.given("cliente").or_else(|| the_one(&accounts, typed.text("cerca"))),
        prodotto: typed.given("prodotto"),
        tipo: Some(LicenceType::Trial.wire().to_owned()),
        ..Draft::default()
    };
    match issue::in_transaction(&cx, &draft, Origin::Quick).await? {
        Ok(issued) => {
            let there = cx.url(&paths::of(paths::SHOW, &issued.licence_id));
            Ok(SeeOther::to(there).saying(lang.t("licence-created")).into_response())
        }
        Err(rejection) => ask_again(&cx, &typed, &accounts, &rejection).await,
    }
}

/// The account that was meant by a name: the only one found, or the only one called exactly so.
fn the_one(accounts: &[Account], name: &str) -> Option<String> {
    let name = fold(name);
    let mut found: Vec<&Account> = accounts.iter().collect();
    if name.is_empty() {
        return None;
    }
    if found.len() > 1 {
        found.retain(|account| fold(&account.name) == name);
    }
    match found.as_slice() {
        [account] => Some(account.account_id.clone()),
        _ => None,
    }
}

async fn ask_again(
    cx: &Cx,
    typed: &Typed,
    accounts: &[Account],
    rejection: &Rejection,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let products = store::products::all(&cx.db()).await?;
    let mut errors = form_errors(&lang, &rejection.errors);
    let searched = typed.text("cerca");
    if rejection.code == "cliente_richiesto" && !searched.is_empty() {
        let key = if accounts.is_empty() { "field-cerca-none" } else { "field-cerca-many" };
        let field = if accounts.is_empty() { "cerca" } else { "cliente" };
        errors = FormErrors::from_iter([(field, lang.t(key))]);
    }
    let title = lang.t("quick-key");
    let fields =
        Markup::of(&account_field(&lang, accounts).value(typed.text("cliente")).errors(&errors))
            .and(&name_field(&lang).value(searched).errors(&errors))
            .and(&product_field(&lang, &products).value(typed.text("prodotto")).errors(&errors));
    let back = cx.url(paths::LICENCES);
    let page = FormPage {
        head: Head::new(&title).back(lang.t("licences"), &back).lead(lang.t("quick-key-hint")),
        before: Markup::default(),
        errors: errors.summary(&lang),
        action: cx.url(paths::QUICK),
        hidden: Vec::new(),
        cards: Markup::of(&Card::new("quick", lang.t("quick-key-which")).body(&fields)),
        buttons: [Action::submit(&title), Action::link(lang.t("cancel"), back)],
        title,
    };
    Ok(page.render(&lang)?.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
