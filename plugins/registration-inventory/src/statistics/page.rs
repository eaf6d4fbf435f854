//! `/crm/inventory-statistics`: the figures of a branch, for people.

use axum::http::StatusCode;
use plugin_api::time::{self, DAY};
use plugin_api::ui::{Dashboard, Field, FormErrors, Head, Markup, Notice, Tabs, Tile, Tone};
use plugin_api::{Cx, Lang, Page, Problem, Query};

use super::answer::StatisticheRegistrazioni;
use super::asked::{Asked, DAYS, Parameters};
use super::cards::Cards;
use super::figures::compute;
use crate::store::figures::nodes;
use crate::{READ, paths};

/// Periods that are offered, in days up to today, and their names.
const PERIODS: [(i64, &str); 3] =
    [(30, "inventory-period-30"), (90, "inventory-period-90"), (365, "inventory-period-365")];

/// The page.
pub(super) async fn handle(cx: Cx, Query(parameters): Query<Parameters>) -> Result<Page, Problem> {
    let lang = cx.lang();
    let (asked, refused) = match Asked::read(&cx, &parameters).await {
        Ok(asked) => (Some(asked), None),
        Err(problem) if problem.status() == StatusCode::BAD_REQUEST => (None, Some(problem)),
        Err(problem) => return Err(problem),
    };
    let figures = match &asked {
        Some(asked) => Some(compute(&cx, asked).await?),
        None => None,
    };
    let query = query_of(&parameters, "", "");
    let cards = figures.as_ref().map_or_else(Markup::default, |all| {
        Cards { cx: &cx, lang: &lang, all, query: &query }.all()
    });
    let errors = refused.as_ref().map(|problem| errors(&lang, problem)).unwrap_or_default();
    let notice = if refused.is_some() {
        Markup::of(&Notice::new(Tone::Bad, lang.t("problem-malformed-query")))
    } else {
        Markup::default()
    };
    let title = lang.t("inventory-statistics");
    let page = Dashboard {
        head: Head::new(&title).lead(lang.t("inventory-statistics-lead")),
        tabs: periods(&cx, &lang, &parameters),
        action: cx.url(paths::STATISTICS),
        fields: fields(&cx, &lang, (&parameters, asked.as_ref(), figures.as_ref()), &errors)
            .await?,
        notice,
        tiles: figures.as_ref().map(|all| tiles(&cx, &lang, all)).unwrap_or_default(),
        cards,
        title: title.clone(),
        lang: lang.clone(),
    };
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Ok(Page::new(title, &page)?.status(status))
}

fn errors(lang: &Lang, problem: &Problem) -> FormErrors {
    let told = problem.body(lang, "").errors.into_iter();
    told.map(|error| (error.pointer, error.detail)).collect()
}

/// The parameters with other days, as they follow others in an address.
fn query_of(parameters: &Parameters, da: &str, a: &str) -> String {
    let or =
        |text: &str, kept: &str| if text.is_empty() { kept.to_owned() } else { text.to_owned() };
    let pairs = [
        ("da", or(da, &parameters.da)),
        ("a", or(a, &parameters.a)),
        ("organizzazione", parameters.organizzazione.clone()),
        ("software", parameters.software.clone()),
        ("prodotto", parameters.prodotto.clone()),
        ("silenti", parameters.silenti.clone()),
    ];
    // Nothing else can stand in a day, an id or a code.
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let kept = pairs.iter().filter(|(_, value)| !value.is_empty() && plain(value));
    kept.fold(String::new(), |query, (name, value)| query + "&" + name + "=" + value)
}

fn periods(cx: &Cx, lang: &Lang, parameters: &Parameters) -> Tabs {
    let path = cx.url(paths::STATISTICS);
    let today = cx.now().div_euclid(DAY);
    let href = |days: i64| {
        let da = time::date((today - (days - 1)) * DAY);
        let query = query_of(parameters, &da, &time::date(today * DAY));
        format!("{path}?{}", query.trim_start_matches('&'))
    };
    let is_default = parameters.da.is_empty() && parameters.a.is_empty();
    let current = if is_default {
        href(DAYS)
    } else {
        format!("{path}?{}", query_of(parameters, "", "").trim_start_matches('&'))
    };
    let tabs = Tabs::new(lang.t("inventory-period"), current);
    PERIODS.into_iter().fold(tabs, |tabs, (days, key)| tabs.tab(lang.t(key), href(days)))
}

async fn fields(
    cx: &Cx,
    lang: &Lang,
    (parameters, asked, all): (&Parameters, Option<&Asked>, Option<&StatisticheRegistrazioni>),
    errors: &FormErrors,
) -> Result<Markup, Problem> {
    let days = asked.map(Asked::dates);
    let (da, a) = days.unwrap_or_else(|| (parameters.da.clone(), parameters.a.clone()));
    let offered = nodes::offered(&cx.db(), cx.scope()).await?;
    let branch = Field::select("organizzazione", lang.t("inventory-branch"))
        .option("", lang.t("inventory-branch-all"));
    let mut branch =
        offered.iter().fold(branch, |field, node| field.option(&node.organisation_id, &node.name));
    let chosen = asked.and_then(|asked| asked.node.as_ref());
    if let Some(node) = chosen.filter(|node| !offered.contains(node)) {
        branch = branch.option(&node.organisation_id, &node.name);
    }
    let known = nodes::most(&cx.db(), cx.scope()).await?;
    let software = Field::select("software", lang.t("inventory-software"))
        .option("", lang.t("inventory-software-all"));
    let mut software =
        known.iter().fold(software, |field, known| field.option(&known.software_id, &known.name));
    let chosen = asked.and_then(|asked| asked.software.as_ref());
    if let Some(chosen) = chosen.filter(|chosen| !known.contains(chosen)) {
        software = software.option(&chosen.software_id, &chosen.name);
    }
    let silent = all.map(|all| all.giorni_silenzio.to_string());
    let silent = silent.unwrap_or_else(|| parameters.silenti.clone());
    Ok(Markup::of(&Field::date("da", lang.t("inventory-from")).value(da).errors(errors))
        .and(&Field::date("a", lang.t("inventory-to")).value(a).errors(errors))
        .and(&branch.value(&parameters.organizzazione))
        .and(&software.value(&parameters.software))
        .and(&Field::text("prodotto", lang.t("inventory-product")).value(&parameters.prodotto))
        .and(
            &Field::number("silenti", lang.t("inventory-silent-after"))
                .value(silent)
                .errors(errors),
        ))
}

fn tiles(cx: &Cx, lang: &Lang, all: &StatisticheRegistrazioni) -> Vec<Tile> {
    let narrowed = all.organizzazione.is_some()
        || all.prodotto.is_some()
        || all.software.is_some()
        || !cx.may(READ);
    let list = |query: &str, below: &str| {
        if narrowed {
            below.to_owned()
        } else {
            format!("{}?{query}", cx.url(paths::INSTALLATIONS))
        }
    };
    let tile = |label: String, value: String, href: String| Tile { label, value, href };
    let n = |key: &str, n: i64, href: String| tile(lang.t(key), lang.number(n), href);
    let before = time::date(cx.now() - all.giorni_silenzio * DAY - DAY);
    let silent = lang.with("inventory-tile-silent", &[("days", &all.giorni_silenzio.to_string())]);
    let orders = all.totali.iter().map(|line| line.ordini).sum();
    let counted = "stato=non_ancora_assegnato,assegnata,solo_statistica";
    let open = "stato=non_ancora_assegnato,solo_statistica";
    let mut tiles = vec![
        n("inventory-tile-all", all.installazioni, list(counted, "#per_software")),
        n("inventory-tile-active", all.attive_30_giorni, "#andamento".to_owned()),
        tile(
            silent,
            lang.number(all.silenti),
            list(&format!("{counted}&ultima_segnalazione.to={before}"), "#silenti_software"),
        ),
        n("inventory-tile-new", all.nuove_7_giorni, "#andamento".to_owned()),
        n("inventory-tile-open", all.senza_cliente, list(open, "#per_stato")),
        n("inventory-tile-orders", orders, "#totali_software".to_owned()),
    ];
    tiles.extend(all.totali.iter().filter(|line| line.venduto != 0).map(|line| {
        let label = lang.with("inventory-sold-in", &[("currency", &line.valuta)]);
        tile(label, lang.money(line.venduto, &line.valuta), "#totali_software".to_owned())
    }));
    tiles
}
