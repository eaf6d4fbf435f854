//! `/crm/licences/usage`: what customers were issued against what they use of it.

use std::sync::LazyLock;

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use plugin_api::table::{Column, Item, Order, Sheet, Source, TableQuery, TableSpec};
use plugin_api::ui::{Action, Head};
use plugin_api::{Cx, Lang, Page, Path, Problem, Query};
use serde::Deserialize;

use crate::paths;
use crate::store::statistics::usage::{Line, Meter, customer, lines, meters};

/// Of the licences of a customer that are not revoked.
const OF: &str = "from license_generator_licence l where l.account_id = c.account_id \
    and l.state_stored <> 'revoked')";

/// The highest number of seats that were out on one day of the last year, by licence.
const PEAK: &str = "(select cast(coalesce(sum((select max(k.peak) \
      from license_generator_seat_peak k where k.licence_id = l.licence_id \
      and k.day >= {now} - 31536000000)), 0) as signed) \
    from license_generator_licence l where l.account_id = c.account_id \
    and l.seats_max is not null and l.state_stored <> 'revoked')";

/// The present period of each meter.
const METERS: &str = "from license_generator_licence l \
    join license_generator_meter t on t.licence_id = l.licence_id \
    left join license_generator_licence_module m \
      on m.licence_id = t.licence_id and m.code = t.module \
    where l.account_id = c.account_id and l.state_stored <> 'revoked' \
    and t.period_start = (select max(s.period_start) from license_generator_meter s \
      where s.licence_id = t.licence_id and s.module = t.module))";

/// What software gets of each customer, by the names of [`Row`](crate::api::statistiche::usage).
pub(crate) fn row() -> &'static str {
    static ROW: LazyLock<String> = LazyLock::new(|| {
        format!(
            "c.account_id as id, c.name as nome, (select count(*) {OF} as licenze, \
         {} as dispositivi_usati, {} as dispositivi, {PEAK} as posti_picco, {} as posti, \
         {} as consumi, {} as consumi_limite",
            sum("l.devices_used", OF),
            sum("l.devices_max", OF),
            sum("l.seats_max", OF),
            sum("t.used", METERS),
            sum("m.quantity_max", METERS),
        )
    });
    ROW.as_str()
}

fn sum(column: &str, from: &str) -> String {
    format!("(select cast(coalesce(sum({column}), 0) as signed) {from}")
}

/// The customers that have licences.
pub(crate) fn of_accounts() -> TableSpec {
    let source =
        Source { from: "customer_accounts_v1 c", id: "c.account_id", scope: "c.organisation_id" };
    TableSpec::new(paths::USAGE, "usage", source)
        .only(
            "exists (select 1 from license_generator_licence l where l.account_id = c.account_id)",
            [],
        )
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::USAGE_OF, "c.account_id"),
        )
        .column(Column::number("licenze", format!("(select count(*) {OF}")).label("usage-licences"))
        .column(
            Column::meter("dispositivi", sum("l.devices_used", OF), sum("l.devices_max", OF))
                .label("usage-devices"),
        )
        .column(Column::meter("posti", PEAK, sum("l.seats_max", OF)).label("usage-seats"))
        .column(
            Column::meter("consumi", sum("t.used", METERS), sum("m.quantity_max", METERS))
                .label("usage-meters"),
        )
        .search(&["c.name_folded"])
        .below("statistics", paths::DASHBOARD)
        .default_sort("cliente", Order::Ascending)
        .empty("usage-empty", "usage-empty-hint")
}

/// The list.
pub(super) async fn list(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = of_accounts();
    let table = spec.load(&cx, &query).await?;
    let head = spec.head(&cx).lead(cx.lang().t("usage-lead"));
    let html = plugin_api::ui::Markup::of(&head).and(&table);
    Ok(Page::html(cx.lang().t("usage"), html))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    of_accounts().export(&cx, &query).await
}

/// How one customer's report is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    format: String,
}

#[derive(Template)]
#[template(path = "license-generator/usage.html")]
struct UsagePage {
    lang: Lang,
    head: Head,
    rows: Vec<Told>,
}

/// A licence in words.
struct Told {
    href: String,
    key: String,
    product: String,
    kind: String,
    expires: String,
    devices: String,
    seats: String,
    meters: Vec<String>,
}

/// One customer: a page to print, or a file.
pub(super) async fn show(
    cx: Cx,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let (db, scope, lang) = (cx.db(), cx.scope(), cx.lang());
    let name = customer(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let lines = lines(&db, scope, &id, cx.now()).await?;
    let meters = meters(&db, scope, &id).await?;
    if !wanted.format.is_empty() {
        return sheet(&lang, &lines, &meters, cx.now()).file(&wanted.format);
    }
    let title = lang.with("usage-of", &[("name", &name)]);
    let path = cx.url(&paths::of(paths::USAGE_OF, &id));
    let head = Head::new(&title)
        .back(lang.t("usage"), cx.url(paths::USAGE))
        .lead(lang.with("usage-as-of", &[("at", &lang.instant(cx.now()))]));
    let head = ["csv", "xlsx", "json"].into_iter().fold(head, |head, format| {
        let label = lang.t(&format!("table-export-{format}"));
        head.action(&Action::download(label, format!("{path}?format={format}")).quiet())
    });
    let rows = lines.iter().map(|line| told(&cx, &lang, line, &meters)).collect();
    Ok(Page::new(&title, &UsagePage { lang: lang.clone(), head, rows })?.into_response())
}

fn of_many(lang: &Lang, used: i64, max: Option<i64>) -> String {
    let used = lang.number(used);
    max.map_or_else(|| used.clone(), |max| format!("{used} / {}", lang.number(max)))
}

fn told(cx: &Cx, lang: &Lang, line: &Line, meters: &[Meter]) -> Told {
    let counted = meters.iter().filter(|meter| meter.licence_id == line.licence_id);
    Told {
        href: cx.url(&paths::of(paths::SHOW, &line.licence_id)),
        key: line.key_hint.clone(),
        product: line.product.clone(),
        kind: crate::labels::licence_type(lang, line.r#type),
        expires: line.expires_at.map(|at| lang.date(at)).unwrap_or_default(),
        devices: of_many(lang, line.devices_used, Some(line.devices_max)),
        seats: line.seats_peak.map(|n| of_many(lang, n, line.seats_max)).unwrap_or_default(),
        meters: counted
            .map(|meter| format!("{}: {}", meter.module, of_many(lang, meter.used, meter.max)))
            .collect(),
    }
}

/// One row a licence; its meters in words, because each product has others.
fn sheet(lang: &Lang, lines: &[Line], meters: &[Meter], now: i64) -> Sheet {
    let headers = [
        ("chiave", "column-chiave"),
        ("prodotto", "column-prodotto"),
        ("tipo", "column-tipo"),
        ("scadenza", "column-scadenza"),
        ("dispositivi_usati", "usage-devices-used"),
        ("dispositivi", "usage-devices-issued"),
        ("posti_picco", "usage-seats-peak"),
        ("posti", "usage-seats-issued"),
        ("consumi", "usage-meters"),
    ];
    let text = |text: &str| Item::Text(text.to_owned());
    let number = |n: Option<i64>| n.map_or_else(|| text(""), Item::Number);
    let row = |line: &Line| {
        let counted = meters.iter().filter(|meter| meter.licence_id == line.licence_id);
        let counted: Vec<String> = counted
            .map(|m| {
                format!(
                    "{} {}/{}",
                    m.module,
                    m.used,
                    m.max.map_or_else(String::new, |n| n.to_string())
                )
            })
            .collect();
        vec![
            text(&line.key_hint),
            text(&line.product),
            text(line.r#type.wire()),
            line.expires_at.map_or_else(|| text(""), Item::Date),
            Item::Number(line.devices_used),
            Item::Number(line.devices_max),
            number(line.seats_peak),
            number(line.seats_max),
            Item::Text(counted.join("; ")),
        ]
    };
    Sheet {
        name: format!("utilizzo-{}", plugin_api::time::date(now)),
        columns: headers.into_iter().map(|(id, key)| (id, lang.t(key))).collect(),
        rows: lines.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::of_accounts().mistakes(&lang), Vec::<String>::new());
        }
    }
}
