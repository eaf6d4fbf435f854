//! `/crm/licences/dashboard`: the figures of a branch, for people.

use axum::http::StatusCode;
use plugin_api::time::{self, DAY};
use plugin_api::ui::{Dashboard, Field, FormErrors, Head, Markup, Notice, Tabs, Tile, Tone};
use plugin_api::{Cx, Lang, Page, Problem, Query};

use super::answer::Statistiche;
use super::asked::{Asked, Parameters};
use super::cards::Cards;
use super::figures::compute;
use super::span::day_of;
use crate::store::statistics::nodes;
use crate::{READ, paths, quick, store};

/// Periods that are offered, in days up to today, and their names.
const PERIODS: [(i64, &str); 3] = [(30, "period-30"), (90, "period-90"), (365, "period-365")];

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
    let page = Dashboard {
        head: head(&cx, &lang).await?,
        tabs: periods(&cx, &lang, &parameters),
        action: cx.url(paths::DASHBOARD),
        fields: fields(&cx, &lang, (&parameters, asked.as_ref()), &errors).await?,
        notice,
        tiles: figures.as_ref().map(|all| tiles(&cx, &lang, all)).unwrap_or_default(),
        cards,
        title: lang.t("statistics"),
        lang: lang.clone(),
    };
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Ok(Page::new(lang.t("statistics"), &page)?.status(status))
}

async fn head(cx: &Cx, lang: &Lang) -> Result<Head, Problem> {
    let head = Head::new(lang.t("statistics")).lead(lang.t("statistics-lead"));
    let buttons = quick::buttons(cx).await?;
    Ok(buttons.iter().fold(head, Head::action))
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
        ("prodotto", parameters.prodotto.clone()),
    ];
    // Nothing else can stand in a day, an id or a code.
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let kept = pairs.iter().filter(|(_, value)| !value.is_empty() && plain(value));
    kept.fold(String::new(), |query, (name, value)| query + "&" + name + "=" + value)
}

fn periods(cx: &Cx, lang: &Lang, parameters: &Parameters) -> Tabs {
    let path = cx.url(paths::DASHBOARD);
    let today = day_of(cx.now());
    let href = |days: i64| {
        let da = time::date(today - (days - 1) * DAY);
        let query = query_of(parameters, &da, &time::date(today));
        format!("{path}?{}", query.trim_start_matches('&'))
    };
    let is_default = parameters.da.is_empty() && parameters.a.is_empty();
    let current = if is_default {
        href(super::asked::DAYS)
    } else {
        format!("{path}?{}", query_of(parameters, "", "").trim_start_matches('&'))
    };
    let tabs = Tabs::new(lang.t("period"), current);
    PERIODS.into_iter().fold(tabs, |tabs, (days, key)| tabs.tab(lang.t(key), href(days)))
}

async fn fields(
    cx: &Cx,
    lang: &Lang,
    (parameters, asked): (&Parameters, Option<&Asked>),
    errors: &FormErrors,
) -> Result<Markup, Problem> {
    let days = asked.map(Asked::dates);
    let (da, a) = days.unwrap_or_else(|| (parameters.da.clone(), parameters.a.clone()));
    let offered = nodes::offered(&cx.db(), cx.scope()).await?;
    let products = store::products::all(&cx.db()).await?;
    let branch = Field::select("organizzazione", lang.t("statistics-branch"))
        .option("", lang.t("statistics-branch-all"));
    let mut branch =
        offered.iter().fold(branch, |field, node| field.option(&node.organisation_id, &node.name));
    let chosen = asked.and_then(|asked| asked.node.as_ref());
    if let Some(node) = chosen.filter(|node| !offered.contains(node)) {
        branch = branch.option(&node.organisation_id, &node.name);
    }
    let product =
        Field::select("prodotto", lang.t("label-prodotto")).option("", lang.t("all-products"));
    let product =
        products.iter().fold(product, |field, known| field.option(&known.code, &known.name));
    Ok(Markup::of(&Field::date("da", lang.t("statistics-from")).value(da).errors(errors))
        .and(&Field::date("a", lang.t("statistics-to")).value(a).errors(errors))
        .and(&branch.value(&parameters.organizzazione))
        .and(&product.value(&parameters.prodotto).errors(errors)))
}

fn tiles(cx: &Cx, lang: &Lang, all: &Statistiche) -> Vec<Tile> {
    let tile = |key: &str, n: i64, href: &str| Tile {
        label: lang.t(key),
        value: lang.number(n),
        href: href.to_owned(),
    };
    let active: i64 = all.attive.iter().map(|line| line.licenze).sum();
    let narrowed = all.organizzazione.is_some() || all.prodotto.is_some() || !cx.may(READ);
    let list = format!("{}?stato=attiva,demo", cx.url(paths::LICENCES));
    vec![
        tile("tile-active", active, if narrowed { "#attive" } else { &list }),
        tile("tile-expiring", all.scadenze.iter().map(|week| week.licenze).sum(), "#scadenze"),
        tile(
            "tile-activations",
            all.attivazioni.iter().map(|day| day.attivazioni).sum(),
            "#attivazioni",
        ),
        tile("tile-refusals", all.rifiuti.iter().map(|line| line.richieste).sum(), "#rifiuti"),
        Tile {
            label: lang.t("tile-conversion"),
            value: all.prove.tasso.map_or_else(|| "–".to_owned(), |rate| format!("{rate} %")),
            href: "#prove".to_owned(),
        },
    ]
}
