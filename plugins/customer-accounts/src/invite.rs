//! `/crm/customers/{id}/people/invite`: let somebody of a customer into the portal.

use axum::response::{IntoResponse, Response};
use plugin_api::contracts::people::{INVITE, Invite};
use plugin_api::ui::{Card, Field, FormErrors, Markup, Notice, Tone};
use plugin_api::{Cx, FaultKind, Form, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use crate::domain::Customer;
use crate::found::open;
use crate::paths;
use crate::sheet::Sheet;

/// The role of who is invited.
const ROLE: &str = "customer";

/// The form as sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct InviteForm {
    name: String,
    email: String,
    language: String,
}

/// The empty form.
pub(crate) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let customer = open(&cx, &id).await?;
    let language = customer.details.master.language.clone();
    let typed = InviteForm { language, ..InviteForm::default() };
    sheet(&cx, &customer, &typed, &FormErrors::new(), "").render()
}

/// Sends the invitation, or shows the form again with what is wrong.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<InviteForm>,
) -> Result<Response, Problem> {
    let customer = open(&cx, &id).await?;
    let lang = cx.lang();
    let mut errors = FormErrors::new();
    for (field, text) in [("name", &form.name), ("email", &form.email)] {
        if text.trim().is_empty() {
            errors.add(field, lang.t("field-required"));
        }
    }
    if !errors.is_empty() {
        return refused(&cx, &customer, &form, &errors, "");
    }
    let asked = Invite {
        organisation_id: customer.organisation_id.clone(),
        email: form.email.trim().to_owned(),
        name: form.name.trim().to_owned(),
        role: ROLE.to_owned(),
        language: form.language.clone(),
    };
    match cx.service(&INVITE, &asked).await {
        Ok(_) => {
            let notice = lang.with("person-invited", &[("email", asked.email.as_str())]);
            Ok(SeeOther::to(cx.url(&paths::people(&id))).saying(notice).into_response())
        }
        Err(fault) if fault.kind == FaultKind::Refused => {
            // The host's sentence, and which member of the request it is about.
            let field = fault.subject.trim_start_matches('/');
            if ["name", "email", "language"].contains(&field) {
                errors.add(field, fault.message);
                refused(&cx, &customer, &form, &errors, "")
            } else {
                refused(&cx, &customer, &form, &errors, &fault.message)
            }
        }
        Err(fault) => Err(fault.into()),
    }
}

fn refused(
    cx: &Cx,
    customer: &Customer,
    typed: &InviteForm,
    errors: &FormErrors,
    told: &str,
) -> Result<Response, Problem> {
    let page = sheet(cx, customer, typed, errors, told).render()?;
    Ok(page.status(axum::http::StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn sheet(
    cx: &Cx,
    customer: &Customer,
    typed: &InviteForm,
    errors: &FormErrors,
    told: &str,
) -> Sheet {
    let lang = cx.lang();
    let language = plugin_api::lang::LANGUAGES.into_iter().fold(
        Field::select("language", lang.t("customer-language"))
            .option("", lang.t("language-unknown")),
        |field, code| field.option(code, lang.t(&format!("language-{code}"))),
    );
    let card = Card::new("invite", lang.t("person-invite"))
        .text(lang.t("person-invite-consequence"))
        .body(
            &Field::text("name", lang.t("person-name"))
                .value(&typed.name)
                .errors(errors)
                .required(),
        )
        .body(
            &Field::email("email", lang.t("customer-email"))
                .value(&typed.email)
                .errors(errors)
                .autocomplete("off")
                .required(),
        )
        .body(&language.value(&typed.language).errors(errors));
    let id = &customer.customer_id;
    let title = lang.with("person-invite-title", &[("name", customer.name())]);
    let back = (customer.name().to_owned(), cx.url(&paths::people(id)));
    let sheet = Sheet::new(&lang, title, cx.url(&paths::invite(id)), back).cards(Markup::of(&card));
    if told.is_empty() { sheet } else { sheet.before(Markup::of(&Notice::new(Tone::Bad, told))) }
}
