//! The cards of the dashboard: a chart each, the same as a table, and as a file.

use plugin_api::money::whole;
use plugin_api::time::{DAY, parse_date};
use plugin_api::ui::chart::{Bars, Lines};
use plugin_api::ui::{self, Card, Empty, Markup};
use plugin_api::{Cx, Lang, time};

use super::answer::Statistiche;
use super::sheets::{Figure, agent, reason};
use super::span::{monday_of, month_of};
use crate::store::statistics::standing::WEEK;
use crate::{LOG, READ, paths};

/// Bars of a chart at most; the table has all.
const BARS: usize = 12;
/// Points a line of days may have before weeks are drawn, and then months.
const MOST_DAYS: usize = 62;
const MOST_WEEKS: usize = 400;

/// What the cards are drawn from.
pub(super) struct Cards<'a> {
    pub(super) cx: &'a Cx,
    pub(super) lang: &'a Lang,
    pub(super) all: &'a Statistiche,
    /// The parameters of the page, for links that keep them.
    pub(super) query: &'a str,
}

impl Cards<'_> {
    /// All of them.
    pub(super) fn all(&self) -> Markup {
        Figure::ALL
            .into_iter()
            .fold(Markup::default(), |cards, figure| cards.and(&self.card(figure)))
    }

    fn card(&self, figure: Figure) -> Card {
        let lang = self.lang;
        let sheet = figure.sheet(lang, self.all);
        let title = figure.title(lang);
        let card = Card::new(figure.wire(), &title);
        let hint = format!("figure-{}-hint", figure.wire());
        let card = if lang.has(&hint) { card.text(lang.t(&hint)) } else { card };
        if self.is_empty(figure) {
            let empty = Empty::new(lang.t("figure-empty"), lang.t("figure-empty-hint"));
            return card.body(&empty);
        }
        let path = self.cx.url(paths::DASHBOARD_EXPORT);
        let export =
            |format: &str| format!("{path}?figura={}&format={format}{}", figure.wire(), self.query);
        let drawn = ui::Figure::new(lang, title, &self.chart(figure), sheet, export);
        let tells_itself = matches!(figure, Figure::Activations | Figure::Sales);
        card.body(&if tells_itself { drawn.without_table() } else { drawn })
    }

    fn is_empty(&self, figure: Figure) -> bool {
        let all = self.all;
        match figure {
            Figure::Active => all.attive.is_empty(),
            Figure::Expiring => all.scadenze.iter().all(|week| week.licenze == 0),
            Figure::Activations => all.attivazioni.iter().all(|day| day.attivazioni == 0),
            Figure::Refusals => all.rifiuti.is_empty(),
            Figure::Trials => all.prove.iniziate == 0 && all.prove.convertite == 0,
            Figure::Sales => all.vendite.is_empty(),
            Figure::Modules => all.moduli.is_empty(),
            Figure::Agents => all.agenti.is_empty(),
        }
    }

    fn chart(&self, figure: Figure) -> Markup {
        let (lang, all) = (self.lang, self.all);
        let title = figure.title(lang);
        let bars = Bars::new(lang, format!("chart-{}", figure.wire()), &title);
        match figure {
            Figure::Active => Markup::of(&all.attive.iter().take(BARS).fold(bars, |bars, line| {
                let kind = lang.t(&format!("type-{}", line.tipo));
                let query =
                    format!("prodotto={}&tipo={}&stato=attiva,demo", line.prodotto, line.tipo);
                let label = format!("{} · {kind}", line.prodotto_nome);
                bars.bar_with_link(label, line.licenze, self.licences(&query))
            })),
            Figure::Expiring => Markup::of(&all.scadenze.iter().fold(bars, |bars, week| {
                let monday = parse_date(&week.settimana).unwrap_or_default();
                let sunday = time::date(monday + WEEK - DAY);
                // Those of this week that ended already are no more in force.
                let query = format!(
                    "scadenza.from={}&scadenza.to={sunday}&stato=attiva,demo{}",
                    week.settimana,
                    self.product()
                );
                let label = lang.with("figure-week-of", &[("day", &lang.date(monday))]);
                bars.bar_with_link(label, week.licenze, self.licences(&query))
            })),
            Figure::Activations => Markup::of(&self.activations(&title)),
            Figure::Refusals => {
                Markup::of(&all.rifiuti.iter().take(BARS).fold(bars, |bars, line| {
                    let query = format!(
                        "esito={}&quando.from={}&quando.to={}",
                        line.codice, all.periodo.da, all.periodo.a
                    );
                    let label = reason(lang, &line.codice);
                    bars.bar_with_link(label, line.richieste, self.log(&query))
                }))
            }
            Figure::Trials => {
                let query = format!(
                    "tipo=trial&creata.from={}&creata.to={}{}",
                    all.periodo.da,
                    all.periodo.a,
                    self.product()
                );
                let begun = lang.t("trials-begun");
                Markup::of(
                    &bars
                        .bar_with_link(begun, all.prove.iniziate, self.licences(&query))
                        .bar(lang.t("trials-converted"), all.prove.convertite),
                )
            }
            Figure::Sales => self.sales(),
            Figure::Modules => {
                Markup::of(&all.moduli.iter().take(BARS).fold(bars, |bars, line| {
                    bars.bar(format!("{} · {}", line.modulo, line.prodotto), line.licenze)
                }))
            }
            Figure::Agents => Markup::of(&all.agenti.iter().take(BARS).fold(bars, |bars, line| {
                // Bars compare whole units; the table has the cents.
                let label = format!("{} · {}", agent(lang, &line.nome), line.valuta);
                bars.bar(label, whole(line.importo, &line.valuta))
            })),
        }
    }

    /// Days, or weeks or months when there are many.
    fn activations(&self, title: &str) -> Lines {
        let (lang, days) = (self.lang, &self.all.attivazioni);
        let mut points: Vec<(String, i64)> = Vec::new();
        for line in days {
            let day = parse_date(&line.giorno).unwrap_or_default();
            let label = if days.len() > MOST_WEEKS {
                month_of(day)
            } else if days.len() > MOST_DAYS {
                lang.date(monday_of(day))
            } else {
                lang.date(day)
            };
            match points.last_mut().filter(|(last, _)| *last == label) {
                Some((_, n)) => *n += line.attivazioni,
                None => points.push((label, line.attivazioni)),
            }
        }
        let (labels, values): (Vec<String>, Vec<i64>) = points.into_iter().unzip();
        Lines::new(lang, "chart-attivazioni", title, lang.t("figure-period"), labels)
            .series(lang.t("sheet-attivazioni"), values)
            .description(lang.t("figure-attivazioni-text"))
    }

    /// A drawing for each currency, in whole units.
    fn sales(&self) -> Markup {
        let lang = self.lang;
        let mut currencies: Vec<&str> =
            self.all.vendite.iter().map(|line| line.valuta.as_str()).collect();
        currencies.sort_unstable();
        currencies.dedup();
        currencies.into_iter().fold(Markup::default(), |charts, currency| {
            let of: Vec<_> = self.all.vendite.iter().filter(|l| l.valuta == currency).collect();
            let title = lang.with("figure-vendite-in", &[("currency", currency)]);
            let id = format!("chart-vendite-{currency}");
            let months = of.iter().map(|line| line.mese.clone());
            let lines = Lines::new(lang, id, title, lang.t("sheet-mese"), months)
                .series(
                    lang.t("sheet-vendite"),
                    of.iter().map(|l| whole(l.importo_vendite, currency)),
                )
                .series(
                    lang.t("sheet-rinnovi"),
                    of.iter().map(|l| whole(l.importo_rinnovi, currency)),
                )
                .description(lang.t("figure-vendite-text"));
            charts.and(&lines)
        })
    }

    /// The list of licences with these filters, for who may see it; the list knows no branches.
    fn licences(&self, query: &str) -> String {
        let narrowed = self.all.organizzazione.is_some();
        if narrowed { String::new() } else { self.link(READ, paths::LICENCES, query) }
    }

    /// The log with these filters, for who may see it and as far as it can tell the same.
    fn log(&self, query: &str) -> String {
        let narrowed = self.all.organizzazione.is_some() || self.all.prodotto.is_some();
        if narrowed { String::new() } else { self.link(LOG, paths::LOG, query) }
    }

    fn link(&self, permission: &str, path: &str, query: &str) -> String {
        if self.cx.may(permission) {
            format!("{}?{query}", self.cx.url(path))
        } else {
            String::new()
        }
    }

    /// The filter of lists that says the product.
    fn product(&self) -> String {
        self.all.prodotto.as_ref().map(|code| format!("&prodotto={code}")).unwrap_or_default()
    }
}
