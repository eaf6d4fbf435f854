//! A price list is entered, changed, given to organisations, or deleted.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::Audit;
use plugin_api::form::Typed;
use plugin_api::time::{date, parse_date, parse_end_of_day};
use plugin_api::ui::{Action, Card, Confirm, Field, FormErrors, FormPage, Head, Markup};
use plugin_api::{Cx, FieldProblem, Form, Page, Path, Problem, SeeOther};
use serde_json::{Value, json};

use super::found;
use crate::catalogue::tabs;
use crate::domain::product::{LONGEST_NAME, is_currency};
use crate::form::form_errors;
use crate::paths;
use crate::store::catalogue::price_lists::{self, LABEL, PriceList};
use crate::store::nodes;

/// The fields of a form.
type Fields = Form<Vec<(String, String)>>;

/// The empty form.
pub(super) async fn new(cx: Cx) -> Result<Page, Problem> {
    page(&cx, None, &Typed::default().with("valuta", "EUR"), &[]).await
}

/// Writes a new list.
pub(super) async fn create(cx: Cx, fields: Fields) -> Result<Response, Problem> {
    write(&cx, None, &Typed::from(fields)).await
}

/// The form of a list.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let list = found(&cx, &id).await?;
    let day = |ms: Option<i64>| ms.map(date).unwrap_or_default();
    let typed = Typed::default()
        .with("nome", &list.name)
        .with("valuta", &list.currency)
        .with("dal", day(list.valid_from))
        .with("al", day(list.valid_until))
        .with("versione", list.version.to_string());
    let given = price_lists::given_to(&cx.db(), &id).await?;
    let typed = given.into_iter().fold(typed, |typed, node| typed.with("organizzazioni", node));
    page(&cx, Some(&list), &typed, &[]).await
}

/// Writes a changed list.
pub(super) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let list = found(&cx, &id).await?;
    write(&cx, Some(&list), &Typed::from(fields)).await
}

/// Deletes a list.
pub(super) async fn delete(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let list = found(&cx, &id).await?;
    if Typed::from(fields).text("versione") != list.version.to_string() {
        return Err(Problem::conflict("price_list_changed"));
    }
    let given = price_lists::given_to(&cx.db(), &id).await?;
    let audit = Audit::of("price_list.deleted", &id).named(&list.name).before(told(&list, &given));
    match cx.db().batch(price_lists::removal(&list).audit(audit)).await {
        Err(fault) if fault.is_mismatch(LABEL) => {
            return Err(Problem::conflict("price_list_changed"));
        }
        done => drop(done?),
    }
    let notice = cx.lang().with("price-list-deleted", &[("name", &list.name)]);
    Ok(SeeOther::to(cx.url(paths::PRICE_LISTS)).saying(notice))
}

fn told(list: &PriceList, nodes: &[String]) -> Value {
    json!({ "list": list, "organisations": nodes })
}

async fn write(cx: &Cx, known: Option<&PriceList>, typed: &Typed) -> Result<Response, Problem> {
    let (list, errors) = read(cx, known, typed);
    let nodes = chosen(cx, typed).await?;
    let errors = match (&nodes, errors) {
        (None, mut errors) => {
            errors.push(FieldProblem::new("/organizzazioni", "field-option"));
            errors
        }
        (_, errors) => errors,
    };
    if !errors.is_empty() {
        return refused(cx, known, typed, &errors).await;
    }
    let nodes = nodes.unwrap_or_default();
    let audit = |action| Audit::of(action, &list.price_list_id).named(&list.name);
    let after = told(&list, &nodes);
    let batch = match known {
        None => price_lists::insertion(&list, &nodes, cx.now())
            .audit(audit("price_list.created").after(after)),
        Some(known) => {
            let given = price_lists::given_to(&cx.db(), &known.price_list_id).await?;
            price_lists::update(&list, &nodes)
                .audit(audit("price_list.updated").before(told(known, &given)).after(after))
        }
    };
    let wrong = match cx.db().batch(batch).await {
        Ok(_) => {
            let path = if known.is_none() { paths::LIST_PRICES } else { paths::PRICE_LIST };
            let there = cx.url(&paths::of(path, &list.price_list_id));
            let notice = cx.lang().t("price-list-saved");
            return Ok(SeeOther::to(there).saying(notice).into_response());
        }
        Err(fault) if fault.is_mismatch(LABEL) => FieldProblem::new("", "price-list-changed"),
        Err(fault) if fault.is_unique("license_generator_price_list") => {
            FieldProblem::new("/nome", "field-taken")
        }
        Err(fault) => return Err(fault.into()),
    };
    refused(cx, known, typed, &[wrong]).await
}

async fn refused(
    cx: &Cx,
    known: Option<&PriceList>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Response, Problem> {
    let page = page(cx, known, typed, errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn read(cx: &Cx, known: Option<&PriceList>, typed: &Typed) -> (PriceList, Vec<FieldProblem>) {
    let mut errors = Vec::new();
    let mut wrong = |name: &str, key: &str| {
        errors.push(FieldProblem::new(format!("/{name}"), key));
    };
    match typed.text("nome").chars().count() {
        0 => wrong("nome", "field-required"),
        length if length > LONGEST_NAME => wrong("nome", "field-too-long"),
        _ => {}
    }
    let currency = typed.text("valuta").to_ascii_uppercase();
    if !is_currency(&currency) {
        wrong("valuta", "field-currency");
    }
    let mut day = |name: &str, read: fn(&str) -> Option<i64>| {
        let text = typed.given(name)?;
        let day = read(&text);
        if day.is_none() {
            wrong(name, "field-date");
        }
        day
    };
    let (valid_from, valid_until) = (day("dal", parse_date), day("al", parse_end_of_day));
    if valid_from.zip(valid_until).is_some_and(|(from, until)| until < from) {
        wrong("al", "field-range");
    }
    let list = PriceList {
        price_list_id: known.map_or_else(|| cx.fresh_id(), |known| known.price_list_id.clone()),
        name: typed.text("nome").to_owned(),
        currency,
        valid_from,
        valid_until,
        version: typed.text("versione").parse().unwrap_or_default(),
    };
    (list, errors)
}

/// The nodes that were ticked; none if one of them is not there.
async fn chosen(cx: &Cx, typed: &Typed) -> Result<Option<Vec<String>>, Problem> {
    let mut chosen: Vec<String> = typed.all("organizzazioni").map(str::to_owned).collect();
    chosen.sort();
    chosen.dedup();
    for node in &chosen {
        if nodes::find(&cx.db(), cx.scope(), node).await?.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(chosen))
}

async fn page(
    cx: &Cx,
    known: Option<&PriceList>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let title = known.map_or_else(|| lang.t("price-list-new"), |known| known.name.clone());
    let head = Head::new(&title)
        .back(lang.t("price-lists"), cx.url(paths::PRICE_LISTS))
        .lead(lang.t("required-hint"));
    let (head, before, action) = match known {
        None => (head, Markup::default(), cx.url(paths::PRICE_LIST_NEW)),
        Some(list) => {
            let id = &list.price_list_id;
            let path = paths::of(paths::PRICE_LIST, id);
            let remove = cx.url(&paths::of(paths::PRICE_LIST_DELETE, id));
            let told = lang.with("price-list-delete-hint", &[("name", &title)]);
            let delete = Confirm::new(&lang, "delete", lang.t("delete"), remove, told)
                .hidden("versione", list.version.to_string());
            (head.action(&delete), Markup::of(&tabs::price_list(cx, id, &path)), cx.url(&path))
        }
    };
    let nodes = nodes::all(&cx.db(), cx.scope()).await?;
    let page = FormPage {
        head,
        before,
        errors: errors.summary(&lang),
        action,
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards: cards(cx, typed, &errors, &nodes),
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(paths::PRICE_LISTS)),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

fn cards(cx: &Cx, typed: &Typed, errors: &FormErrors, nodes: &[nodes::Node]) -> Markup {
    let lang = cx.lang();
    let of = |field: Field, name: &str| field.value(typed.text(name)).errors(errors);
    let data = Card::new("data", lang.t("tab-data"))
        .body(
            &of(Field::text("nome", lang.t("label-name")).maxlength(LONGEST_NAME), "nome")
                .required(),
        )
        .body(
            &of(Field::text("valuta", lang.t("label-valuta")).maxlength(3).mono(), "valuta")
                .required(),
        )
        .body(&of(Field::date("dal", lang.t("price-list-dal")), "dal"))
        .body(&of(Field::date("al", lang.t("price-list-al")), "al"));
    let field = Field::checkboxes("organizzazioni", lang.t("price-list-nodes"))
        .hint(lang.t("price-list-nodes-hint"))
        .values(typed.all("organizzazioni"))
        .errors(errors);
    let field =
        nodes.iter().fold(field, |field, node| field.option(&node.organisation_id, &node.name));
    Markup::of(&data).and(&Card::new("nodes", lang.t("price-list-nodes")).body(&field))
}
