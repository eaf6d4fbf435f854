//! `/crm/licences/{id}/meters`: how much of each counted module was used, period by period.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::response::Response;
use plugin_api::table::TableQuery;
use plugin_api::time::date;
use plugin_api::ui::{Card, ErrorSummary, Field, FormErrors, Head, Markup, chart};
use plugin_api::{Cx, Page, Path, Problem};

use super::card::{counted, period_name, reading};
use super::correct::CorrectForm;
use super::entries;
use crate::domain::choices::Period;
use crate::domain::licence::Licence;
use crate::store::meters::Used;
use crate::{ISSUE, paths, store};

/// Periods of a chart.
const PERIODS: usize = 24;

/// The form that corrects a meter.
#[derive(Debug, Template)]
#[template(path = "license-generator/meter-correct.html")]
struct Correct {
    action: String,
    summary: ErrorSummary,
    module: Field,
    quantity: Field,
    note: Field,
    label: String,
}

impl HtmlSafe for Correct {}

/// The page.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let licence = metered(&cx, &id).await?;
    page(&cx, &licence, &query, None).await
}

/// The uses and corrections as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    metered(&cx, &id).await?;
    entries::spec(&id).export(&cx, &query).await
}

/// The licence, if it is in the caller's branch and some of its modules are counted.
pub(super) async fn metered(cx: &Cx, licence_id: &str) -> Result<Licence, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), licence_id).await?;
    let metered = licence.filter(|licence| !counted(licence).is_empty());
    metered.ok_or_else(Problem::not_found)
}

/// The page, with the form as it was typed and what is wrong with it.
pub(super) async fn page(
    cx: &Cx,
    licence: &Licence,
    query: &TableQuery,
    typed: Option<(&CorrectForm, &FormErrors)>,
) -> Result<Page, Problem> {
    let (lang, id) = (cx.lang(), &licence.licence_id);
    let history = store::meters::history(&cx.db(), cx.scope(), id).await?;
    let title = lang.t("meters-title");
    let head = Head::new(&title)
        .back(
            format!("{} · {}", licence.product_name, licence.key_hint),
            cx.url(&paths::of(paths::SHOW, id)),
        )
        .lead(licence.customer_name());
    let mut html = Markup::of(&head);
    for (place, (module, period)) in counted(licence).into_iter().enumerate() {
        let bars = bars(cx, place, &module.code, period, &history);
        let shown = reading(cx, licence, module, period).await?;
        let card = Card::new(format!("meter-{place}"), &module.code).body(&shown).body(&bars);
        html = html.and(&card);
    }
    if cx.may(ISSUE) {
        let card = Card::new("correct", lang.t("card-meter-correct"))
            .text(lang.t("meter-correct-about"))
            .body(&form(cx, licence, typed));
        html = html.and(&card);
    }
    let table = entries::spec(id).load(cx, query).await?;
    let noted = Card::new("entries", lang.t("meter-entries")).body(&table);
    Ok(Page::html(title, html.and(&noted)))
}

/// The newest periods of a module, the newest first.
fn bars(cx: &Cx, place: usize, module: &str, period: Period, history: &[Used]) -> chart::Bars {
    let lang = cx.lang();
    let title = lang.with("meter-history", &[("module", module)]);
    let of_module = history.iter().filter(|used| used.module == module).take(PERIODS);
    of_module.fold(chart::Bars::new(&lang, format!("bars-{place}"), title), |bars, used| {
        let day = date(used.period_start);
        let label = match period {
            Period::Never => period_name(&lang, period),
            Period::Day => day,
            Period::Month => day.get(..7).unwrap_or_default().to_owned(),
            Period::Year => day.get(..4).unwrap_or_default().to_owned(),
        };
        bars.bar(label, used.used)
    })
}

fn form(cx: &Cx, licence: &Licence, typed: Option<(&CorrectForm, &FormErrors)>) -> Correct {
    let lang = cx.lang();
    let none = FormErrors::new();
    let errors = typed.map_or(&none, |(_, errors)| errors);
    let (module, quantity, note) = typed.map_or(("", "", ""), |(form, _)| {
        (form.modulo.as_str(), form.quantita.as_str(), form.nota.as_str())
    });
    let modules = counted(licence)
        .into_iter()
        .fold(Field::select("modulo", lang.t("label-module")), |field, (module, _)| {
            field.option(&module.code, &module.code)
        });
    Correct {
        action: cx.url(&paths::of(paths::METER_CORRECT, &licence.licence_id)),
        summary: errors.summary(&lang),
        module: modules.value(module).errors(errors),
        quantity: Field::text("quantita", lang.t("label-quantity"))
            .hint(lang.t("meter-quantity-hint"))
            .value(quantity)
            .inputmode("numeric")
            .required()
            .errors(errors),
        note: Field::text("nota", lang.t("label-why"))
            .value(note)
            .maxlength(400)
            .required()
            .errors(errors),
        label: lang.t("meter-correct"),
    }
}
