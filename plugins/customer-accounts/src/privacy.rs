//! What the law asks for: everything kept of a customer as a file, and its erasure.

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::inventory;
use plugin_api::contracts::licences::{self, OF_ACCOUNT};
use plugin_api::contracts::people::{DATA, ERASE, OfOrganisation};
use plugin_api::cx::Tx;
use plugin_api::db::{Audit, Batch};
use plugin_api::time::rfc3339;
use plugin_api::ui::{Action, Card, Confirm, Markup};
use plugin_api::{Cx, FaultKind, Form, Json, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::asked::if_there;
use crate::domain::Customer;
use crate::found::{found, open};
use crate::merge::told_of_people;
use crate::{DISCLOSE, import, paths, store};

/// The card that offers both to who may.
pub(crate) fn card(cx: &Cx, customer: &Customer) -> Markup {
    let (may_disclose, may_erase) = (cx.may(DISCLOSE), cx.may(crate::ERASE));
    let may_erase = may_erase && customer.is_open();
    if !may_disclose && !may_erase {
        return Markup::default();
    }
    let lang = cx.lang();
    let id = &customer.customer_id;
    let mut card = Card::new("privacy", lang.t("privacy")).text(lang.t("privacy-hint"));
    if may_disclose {
        card = card
            .body(&Action::download(lang.t("privacy-export"), cx.url(&paths::personal_data(id))));
    }
    if may_erase {
        let erase = Confirm::new(
            &lang,
            "erase",
            lang.t("privacy-erase"),
            cx.url(&paths::erase(id)),
            lang.with("privacy-erase-consequence", &[("name", customer.name())]),
        );
        card = card.body(&erase.word(customer.name()));
    }
    Markup::of(&card)
}

/// `GET …/personal-data`: everything kept of the customer and of those merged into it.
pub(crate) async fn export(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let customer = found(&cx, &id).await?;
    let mut merged = Vec::new();
    for other in store::merged(&cx.db(), cx.scope(), &id).await? {
        merged.push(data(&cx, &other).await?);
    }
    let mut all = data(&cx, &customer).await?;
    all["merged"] = merged.into();
    let disclosed = Audit::of("customer.disclosed", &id)
        .named(customer.name())
        .in_organisation(&customer.organisation_id);
    cx.db().batch(Batch::new().audit(disclosed)).await?;
    let mut response = Json(all).into_response();
    let name = format!("attachment; filename=\"customer-{id}.json\"");
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

async fn data(cx: &Cx, customer: &Customer) -> Result<Value, Problem> {
    let node = OfOrganisation { organisation_id: customer.organisation_id.clone() };
    let people = if_there(cx.service(&DATA, &node).await)?;
    let asked = licences::OfAccount { account_id: customer.customer_id.clone() };
    let licences = if_there(cx.service(&OF_ACCOUNT, &asked).await)?;
    let devices = if_there(cx.service(&licences::DATA, &asked).await)?;
    let asked = inventory::OfAccount { account_id: customer.customer_id.clone() };
    let installations = if_there(cx.service(&inventory::DATA, &asked).await)?;
    let mut all = store::kept(&cx.db(), cx.scope(), &customer.customer_id).await?;
    let fields = customer.details.master.fields().into_iter();
    let master: Value = fields.map(|(field, text)| (field.to_owned(), json!(text))).collect();
    all.insert("id".to_owned(), json!(customer.customer_id));
    all.insert("master_data".to_owned(), master);
    all.insert("entered_at".to_owned(), json!(rfc3339(customer.created_at)));
    all.insert("changed_at".to_owned(), json!(rfc3339(customer.updated_at)));
    all.insert("exported_at".to_owned(), json!(rfc3339(cx.now())));
    all.insert("people".to_owned(), json!(people));
    all.insert("licences".to_owned(), json!(licences));
    all.insert("devices".to_owned(), json!(devices));
    all.insert("installations".to_owned(), json!(installations));
    let imports = import::spec().kept_of(cx, &customer.customer_id).await?;
    all.insert("imports".to_owned(), json!(imports));
    Ok(Value::Object(all))
}

/// The name, typed once more.
#[derive(Debug, Deserialize)]
pub(crate) struct EraseForm {
    #[serde(default)]
    confirm: String,
}

/// `POST …/erase`: blanks what is personal of the customer and of those merged into it. Of one that
/// was merged the survivor is erased.
pub(crate) async fn erase(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<EraseForm>,
) -> Result<SeeOther, Problem> {
    let customer = open(&cx, &id).await?;
    if !store::names(&customer, &form.confirm) {
        return Err(Problem::unprocessable("erase_not_confirmed"));
    }
    let name = cx.lang().t("erased-name");
    let files = cx.transaction(|tx| {
        let (customer, name) = (customer.clone(), name.clone());
        async move {
            let mut all = store::merged(&tx.db(), tx.scope(), &customer.customer_id).await?;
            all.retain(|merged| merged.erased_at.is_none());
            all.push(customer);
            let mut files = Vec::new();
            for customer in &all {
                files.extend(erase_one(&tx, customer, &name).await?);
            }
            Ok(files)
        }
    });
    for file in files.await? {
        match cx.delete_blob(&file).await {
            Err(fault) if fault.kind != FaultKind::NotFound => return Err(fault.into()),
            _ => {}
        }
    }
    let notice = cx.lang().t("privacy-erased");
    Ok(SeeOther::to(cx.url(&paths::customer(&id))).saying(notice))
}

/// Erases one record; answers the files that are to be deleted once that is written.
async fn erase_one(tx: &Tx, customer: &Customer, name: &str) -> Result<Vec<String>, Problem> {
    let node = OfOrganisation { organisation_id: customer.organisation_id.clone() };
    let account = licences::OfAccount { account_id: customer.customer_id.clone() };
    // First the others, so that what the host blanks does not include the erasure itself.
    if_there(tx.service(&ERASE, &node).await).map_err(told_of_people)?;
    if_there(tx.service(&licences::ERASE, &account).await)?;
    let account = inventory::OfAccount { account_id: customer.customer_id.clone() };
    if_there(tx.service(&inventory::ERASE, &account).await)?;
    let import = import::spec();
    let files = import.forget_object(tx, &customer.customer_id, customer.name()).await?;
    match tx.db().batch(store::erasure(tx, customer, name)).await {
        Err(fault) if fault.is_mismatch("customer") => Err(Problem::conflict("customer_changed")),
        written => Ok(written.map(|_| files)?),
    }
}
