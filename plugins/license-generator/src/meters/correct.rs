//! `POST /crm/licences/{id}/meters/correct`: somebody corrects what was counted in this period.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::Audit;
use plugin_api::table::TableQuery;
use plugin_api::ui::FormErrors;
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use super::card::counted;
use super::page::{metered, page};
use crate::domain::meter::Window;
use crate::store::meters::{Entry, METER, Meter};
use crate::{paths, store, story};

/// Most that is corrected at once, either way.
const MOST: i64 = 1_000_000_000;
/// Longest reason, in characters.
const LONGEST_NOTE: usize = 400;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CorrectForm {
    /// Code of the module.
    pub(super) modulo: String,
    /// How much more was used; less with a minus.
    pub(super) quantita: String,
    /// Why.
    pub(super) nota: String,
}

/// Corrects the meter; the form again with what is wrong. People may go over what was sold.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<CorrectForm>,
) -> Result<Response, Problem> {
    let licence = metered(&cx, &id).await?;
    let lang = cx.lang();
    let mut errors = FormErrors::new();
    let counted = counted(&licence);
    let module = counted.into_iter().find(|(module, _)| module.code == form.modulo);
    if module.is_none() {
        errors.add("modulo", lang.t("field-option"));
    }
    let quantity = form.quantita.trim().replace('−', "-").parse::<i64>().ok();
    let quantity = quantity.filter(|n| *n != 0 && n.unsigned_abs() <= MOST.unsigned_abs());
    if quantity.is_none() {
        errors.add("quantita", lang.t("field-correction"));
    }
    let note = form.nota.trim();
    if note.is_empty() {
        errors.add("nota", lang.t("field-required"));
    } else if note.chars().count() > LONGEST_NOTE {
        errors.add("nota", lang.t("field-too-long"));
    }
    if let (true, Some((module, period)), Some(quantity)) = (errors.is_empty(), module, quantity) {
        let period_start = Window::at(cx.now(), period).starts_at;
        let meter = Meter { licence: &licence, module: &module.code, period_start };
        let actor = story::who(cx.caller());
        let entry = Entry {
            entry_id: cx.fresh_id(),
            reference: None,
            device_name: "",
            note,
            actor: &actor,
        };
        let audit = Audit::of("meter.corrected", &id)
            .named(format!("{} {}", licence.product_name, licence.key_hint))
            .in_organisation(&licence.organisation_id)
            .after(json!({ "module": module.code, "quantity": quantity, "note": note }));
        let batch = store::meters::counting(meter, quantity, None, cx.now(), Some(&entry));
        match cx.db().batch(batch.audit(audit)).await {
            Ok(_) => {
                let there = cx.url(&paths::of(paths::METERS, &id));
                return Ok(SeeOther::to(there).saying(lang.t("meter-corrected")).into_response());
            }
            Err(fault) if fault.is_mismatch(METER) => {
                errors.add("quantita", lang.t("field-correction-below"));
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    let page = page(&cx, &licence, &TableQuery::default(), Some((&form, &errors))).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
