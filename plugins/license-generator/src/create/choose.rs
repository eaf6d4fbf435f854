//! The first step of a new licence: whose it is, and for which product.

use askama::Template;
use plugin_api::form::Typed;
use plugin_api::table::fold;
use plugin_api::ui::{Action, ErrorSummary, Field, FormErrors, Head, Steps};
use plugin_api::{Cx, Lang, Page, Problem};

use super::account;
use crate::list::{account_field, name_field, product_field, search};
use crate::{paths, store};

#[derive(Template)]
#[template(path = "license-generator/choose.html")]
struct ChoosePage {
    lang: Lang,
    head: Head,
    steps: Steps,
    errors: ErrorSummary,
    action: String,
    /// What the form begins with, besides.
    hidden: Vec<(&'static str, String)>,
    name: Field,
    account: Field,
    product: Field,
    cancel: Action,
}

/// The page: customers that match the name typed, and the products there are.
pub(super) async fn page(cx: &Cx, typed: &Typed) -> Result<Page, Problem> {
    let lang = cx.lang();
    let searched = typed.text("cerca");
    let mut accounts = search(cx, searched).await?;
    let mut errors = FormErrors::new();
    if accounts.is_empty() && !searched.is_empty() {
        errors.add("cerca", lang.t("field-cerca-none"));
    }
    let mut selected = account(cx, typed).await?;
    if let Some(selected) = &selected {
        accounts.retain(|account| account.account_id != selected.account_id);
        accounts.insert(0, selected.clone());
    } else if let [only] = accounts.as_slice()
        && fold(&only.name).contains(&fold(searched))
        && !searched.is_empty()
    {
        selected = Some(only.clone());
    }
    if typed.ticked("continua") && selected.is_none() && errors.is_empty() {
        errors.add("cliente", lang.t("problem-cliente-richiesto"));
    }
    let products = store::products::all(&cx.db()).await?;
    if typed.ticked("continua") && typed.text("prodotto").is_empty() {
        errors.add("prodotto", lang.t("field-required"));
    }
    let chosen_id = selected.map(|account| account.account_id).unwrap_or_default();
    let page = ChoosePage {
        head: Head::new(lang.t("licence-new"))
            .back(lang.t("licences"), cx.url(paths::LICENCES))
            .lead(lang.t("required-hint")),
        steps: super::sections::steps(&lang, 0),
        errors: errors.summary(&lang),
        action: cx.url(paths::NEW),
        hidden: ["come", "modello", "chiedi"]
            .into_iter()
            .filter_map(|name| Some((name, typed.given(name)?)))
            .collect(),
        name: name_field(&lang).value(searched).errors(&errors),
        account: account_field(&lang, &accounts)
            .value(chosen_id)
            .hint(lang.t("label-cliente-hint"))
            .errors(&errors),
        product: product_field(&lang, &products)
            .value(typed.text("prodotto"))
            .errors(&errors)
            .required(),
        cancel: Action::link(lang.t("cancel"), cx.url(paths::LICENCES)),
        lang: lang.clone(),
    };
    Page::new(lang.t("licence-new"), &page)
}
