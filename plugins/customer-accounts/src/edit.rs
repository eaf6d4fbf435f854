//! `/crm/customers/{id}/edit`: change the master data of a customer.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::ui::{Facts, Markup, Notice, Tone};
use plugin_api::{Cx, Form, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use crate::domain::{Customer, Details, Draft, Refusal};
use crate::form::{FormPage, Purpose};
use crate::found::open;
use crate::labels::{kind, label, shown};
use crate::store::Change;
use crate::{paths, store};

/// The form as sent.
#[derive(Debug, Deserialize)]
pub(crate) struct EditForm {
    /// The version the form was filled from.
    #[serde(default)]
    version: String,
    #[serde(flatten)]
    draft: Draft,
}

/// The form with what is known.
pub(crate) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let customer = open(&cx, &id).await?;
    page(&cx, &customer, &customer.details.clone().into(), &[]).render()
}

/// Saves it, or shows the form again with what is wrong or what somebody else changed meanwhile.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<EditForm>,
) -> Result<Response, Problem> {
    let before = open(&cx, &id).await?;
    let EditForm { version, draft } = form;
    let details = match draft.clone().check() {
        Ok(details) => details,
        Err(refusals) => {
            // The version stays the one the form was filled from: what others changed meanwhile
            // is still told.
            let seen = Customer { version: version.parse().unwrap_or_default(), ..before };
            let page = page(&cx, &seen, &draft, &refusals).render()?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    if version != before.version.to_string() {
        return conflict(&cx, &before, details);
    }
    if details != before.details {
        let after = Customer { details, updated_at: cx.now(), ..before.clone() };
        if store::replace(&cx, cx.scope(), &before, &after, "").await? == Change::Stale {
            return conflict(&cx, &open(&cx, &id).await?, after.details);
        }
    }
    let notice = cx.lang().t("customer-saved");
    Ok(SeeOther::to(cx.url(&paths::customer(&id))).saying(notice).into_response())
}

fn page(cx: &Cx, customer: &Customer, draft: &Draft, refusals: &[Refusal]) -> FormPage {
    let lang = cx.lang();
    let id = &customer.customer_id;
    let purpose = Purpose {
        title: lang.with("customer-edit", &[("name", customer.name())]),
        action: cx.url(&paths::edit(id)),
        back: (customer.name().to_owned(), cx.url(&paths::customer(id))),
        hidden: ("version", customer.version.to_string()),
    };
    FormPage::new(&lang, purpose, draft, refusals)
}

/// The form as typed, with what was saved meanwhile; sending it again overwrites that knowingly.
fn conflict(cx: &Cx, saved: &Customer, typed: Details) -> Result<Response, Problem> {
    let lang = cx.lang();
    let mut differing = Facts::new();
    let mut any = saved.details.kind != typed.kind;
    if any {
        differing = differing.text(label(&lang, "kind"), kind(&lang, saved.details.kind));
    }
    for (now, mine) in saved.details.master.fields().into_iter().zip(typed.master.fields()) {
        if now != mine {
            any = true;
            differing = differing.text(label(&lang, now.0), shown(&lang, now.0, now.1));
        }
    }
    let mut notice =
        Notice::new(Tone::Warn, lang.t("customer-changed-meanwhile")).title(lang.t("status-412"));
    if any {
        notice = notice.with(&differing);
    }
    let page = page(cx, saved, &typed.into(), &[]).warning(Markup::of(&notice)).render()?;
    Ok(page.status(StatusCode::CONFLICT).into_response())
}
