//! `/crm/licences/{id}/seats`: who holds the floating seats of a licence, for whom some are kept, and
//! how many were out at most each day.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::time::{DAY, date};
use plugin_api::ui::{
    Card, ErrorSummary, Facts, Field, FormErrors, Head, Markup, Meter, Notice, Tone, chart,
};
use plugin_api::{Cx, Page, Path, Problem};

use super::holders::{Holders, Reservations};
use super::reserve::ReserveForm;
use crate::domain::choices::Binding;
use crate::domain::licence::Licence;
use crate::store::seats::{Kind, Peak};
use crate::{ISSUE, paths, store};

/// Days of the chart.
const DAYS: i64 = 30;

/// The form that keeps a seat for somebody.
#[derive(Debug, Template)]
#[template(path = "license-generator/seat-reserve.html")]
struct Reserve {
    action: String,
    summary: ErrorSummary,
    kind: Field,
    name: Field,
    label: String,
}

impl HtmlSafe for Reserve {}

/// The page.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let licence = floating(&cx, &id).await?;
    page(&cx, &licence, None).await
}

/// The licence, if it is in the caller's branch and has floating seats.
pub(super) async fn floating(cx: &Cx, licence_id: &str) -> Result<Licence, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), licence_id).await?;
    let floating = licence.filter(|licence| licence.binding == Binding::Floating);
    floating.ok_or_else(Problem::not_found)
}

/// The page, with the form as it was typed and what is wrong with it.
pub(super) async fn page(
    cx: &Cx,
    licence: &Licence,
    typed: Option<(&ReserveForm, &FormErrors)>,
) -> Result<Page, Problem> {
    let (db, scope, lang, now) = (cx.db(), cx.scope(), cx.lang(), cx.now());
    let id = &licence.licence_id;
    let may_change = cx.may(ISSUE);
    let seats = store::seats::of_licence(&db, scope, id, now).await?;
    let kept = store::seats::reservations(&db, scope, id, now).await?;
    let since = now.div_euclid(DAY) * DAY - (DAYS - 1) * DAY;
    let peaks = store::seats::peaks(&db, scope, id, since).await?;
    let title = lang.t("seats-title");
    let head = Head::new(&title)
        .back(
            format!("{} · {}", licence.product_name, licence.key_hint),
            cx.url(&paths::of(paths::SHOW, id)),
        )
        .lead(licence.customer_name());
    let mut html = Markup::of(&head);
    if i64::try_from(kept.len()).unwrap_or(i64::MAX) > licence.seats_limit.unwrap_or_default() {
        html = html.and(&Notice::new(Tone::Warn, lang.t("seats-too-many-reserved")));
    }
    let out = i64::try_from(seats.len()).unwrap_or(i64::MAX);
    let facts = Facts::new()
        .with(lang.t("label-seats-out"), &Meter::new(out, licence.seats_max))
        .text(lang.t("label-seats-reserved"), lang.number(i64::try_from(kept.len()).unwrap_or(0)))
        .text(lang.t("label-lease"), lang.n("seconds", licence.conditions.lease_seconds))
        .text(
            lang.t("label-borrow"),
            match licence.conditions.borrow_days {
                0 => lang.t("borrow-never"),
                days => lang.n("days", days),
            },
        );
    let mut reserved = Markup::of(&Reservations::new(cx, id, kept, may_change));
    if may_change {
        reserved = reserved.and(&form(cx, id, typed));
    }
    let html = html
        .and(&Card::new("pool", lang.t("card-floating-seats")).body(&facts))
        .and(
            &Card::new("holders", lang.t("card-seat-holders"))
                .body(&Holders::new(cx, id, seats, may_change)),
        )
        .and(
            &Card::new("reserved", lang.t("card-seat-reservations"))
                .text(lang.t("seat-reservations-about"))
                .body(&reserved),
        )
        .and(&Card::new("peaks", lang.t("card-seat-peaks")).body(&chart_of(cx, since, &peaks)));
    Ok(Page::html(title, html))
}

fn form(cx: &Cx, licence_id: &str, typed: Option<(&ReserveForm, &FormErrors)>) -> Reserve {
    let lang = cx.lang();
    let none = FormErrors::new();
    let errors = typed.map_or(&none, |(_, errors)| errors);
    let chosen = typed.map_or(Kind::User, |(form, _)| form.tipo);
    let written = typed.map_or("", |(form, _)| form.nome.as_str());
    Reserve {
        action: cx.url(&paths::of(paths::SEAT_RESERVE, licence_id)),
        summary: errors.summary(&lang),
        kind: Field::select("tipo", lang.t("label-seat-kind"))
            .option("user", lang.t("seat-for-user"))
            .option("device", lang.t("seat-for-device"))
            .value(chosen.as_str()),
        name: Field::text("nome", lang.t("label-seat-for"))
            .hint(lang.t("seat-for-hint"))
            .value(written)
            .maxlength(200)
            .required()
            .errors(errors),
        label: lang.t("seat-reserve"),
    }
}

/// The most seats out, for each day since `since`; days nobody took one count as none.
fn chart_of(cx: &Cx, since: i64, peaks: &[Peak]) -> chart::Lines {
    let lang = cx.lang();
    let days: Vec<i64> = (0..DAYS).map(|day| since + day * DAY).collect();
    let labels = days.iter().map(|day| date(*day).get(5..).unwrap_or_default().to_owned());
    let values = days
        .iter()
        .map(|day| peaks.iter().find(|peak| peak.day == *day).map_or(0, |peak| peak.peak))
        .collect::<Vec<i64>>();
    chart::Lines::new(&lang, "peaks-chart", lang.t("card-seat-peaks"), lang.t("day"), labels)
        .description(lang.t("seat-peaks-about"))
        .series(lang.t("label-seats-out"), values)
}
