//! The cards of the page: a chart each, the same as a table, and as a file.

use plugin_api::money::whole;
use plugin_api::time::parse_date;
use plugin_api::ui::chart::{Bars, Lines};
use plugin_api::ui::{self, Card, Empty, Markup};
use plugin_api::{Cx, Lang};

use super::answer::{Conteggio, StatisticheRegistrazioni};
use super::sheets::Figure;
use crate::{READ, paths};

/// Bars of a chart at most; the table has all.
const BARS: usize = 12;
/// Points a line of days may have before they are put together.
const MOST_POINTS: usize = 62;

/// What the cards are drawn from.
pub(super) struct Cards<'a> {
    pub(super) cx: &'a Cx,
    pub(super) lang: &'a Lang,
    pub(super) all: &'a StatisticheRegistrazioni,
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

    fn title(&self, figure: Figure) -> String {
        let title = self.lang.t(&figure.key());
        match (&self.all.software_versioni, figure) {
            (Some(shown), Figure::Versions | Figure::Adoption) => {
                format!("{title}: {}", shown.nome)
            }
            _ => title,
        }
    }

    fn card(&self, figure: Figure) -> Card {
        let lang = self.lang;
        let sheet = figure.sheet(lang, self.all);
        let title = self.title(figure);
        let card = Card::new(figure.wire(), &title);
        let hint = format!("{}-hint", figure.key());
        let card = if lang.has(&hint) { card.text(lang.t(&hint)) } else { card };
        let nothing_happened =
            figure == Figure::Days && self.all.andamento.iter().all(|line| line.registrazioni == 0);
        if sheet.rows.is_empty() || nothing_happened {
            let empty =
                Empty::new(lang.t("inventory-figure-empty"), lang.t("inventory-figure-empty-hint"));
            return card.body(&empty);
        }
        let path = self.cx.url(super::EXPORT);
        let export =
            |format: &str| format!("{path}?figura={}&format={format}{}", figure.wire(), self.query);
        let chart = self.chart(figure, &title);
        let drawn = ui::Figure::new(lang, title, &chart, sheet, export);
        let tells_itself = matches!(figure, Figure::Days | Figure::Standing | Figure::Adoption);
        card.body(&if tells_itself { drawn.without_table() } else { drawn })
    }

    fn chart(&self, figure: Figure, title: &str) -> Markup {
        let lang = self.lang;
        let bars = Bars::new(lang, format!("chart-{}", figure.wire()), title);
        if let Some(lines) = figure.counts(self.all) {
            return Markup::of(&lines.iter().take(BARS).fold(bars, |bars, line| {
                let (label, href) = (figure.name(lang, line), self.link(figure, line));
                bars.bar_with_link(label, line.installazioni, href)
            }));
        }
        if let Some(lines) = figure.totals(self.all) {
            return Markup::of(&lines.iter().take(BARS).fold(bars, |bars, line| {
                // Bars compare whole units; the table has the cents.
                bars.bar(
                    format!("{} · {}", line.nome, line.valuta),
                    whole(line.venduto, &line.valuta),
                )
            }));
        }
        match figure {
            Figure::Adoption => Markup::of(&self.adoption(title)),
            Figure::Standing => self.standing(),
            _ => Markup::of(&self.days(title)),
        }
    }

    /// Where a bar leads: the software, the customer, or the list with this state.
    fn link(&self, figure: Figure, line: &Conteggio) -> String {
        let narrowed = self.all.organizzazione.is_some();
        if line.id.is_empty() || !self.cx.may(READ) {
            return String::new();
        }
        match figure {
            Figure::Software => self.cx.url(&paths::of(paths::SOFTWARE_NAME, &line.id)),
            Figure::Customers => self.cx.url(&paths::of(paths::CUSTOMER, &line.id)),
            Figure::States if !narrowed && self.all.software.is_none() => {
                format!("{}?stato={}", self.cx.url(paths::INSTALLATIONS), line.id)
            }
            _ => String::new(),
        }
    }

    /// Days, or weeks when there are many: at most so many were active, so many new in all.
    fn days(&self, title: &str) -> Lines {
        let (lang, all) = (self.lang, &self.all.andamento);
        let together = all.len() / MOST_POINTS + 1;
        let points = || all.chunks(together);
        let labels = points().map(|days| self.day(days.first().map_or("", |day| &day.giorno)));
        let most = |days: &[super::answer::Giorno]| days.iter().map(|day| day.attive).max();
        Lines::new(lang, "chart-andamento", title, lang.t("inventory-sheet-giorno"), labels)
            .series(
                lang.t("inventory-sheet-attive"),
                points().map(|days| most(days).unwrap_or_default()),
            )
            .series(
                lang.t("inventory-sheet-nuove"),
                points().map(|days| days.iter().map(|day| day.nuove).sum::<i64>()),
            )
            .description(lang.t("inventory-andamento-text"))
    }

    fn day(&self, date: &str) -> String {
        self.lang.date(parse_date(date).unwrap_or_default())
    }

    /// Installations and their orders, and what was sold in each currency in whole units.
    fn standing(&self) -> Markup {
        let (lang, all) = (self.lang, &self.all.situazione);
        let days = dates(all.iter().map(|line| line.giorno.as_str()));
        let labels: Vec<String> = days.iter().map(|day| self.day(day)).collect();
        let period = lang.t("inventory-sheet-giorno");
        let sum = |day: &str, of: &dyn Fn(&super::answer::Situazione) -> i64| -> i64 {
            all.iter().filter(|line| line.giorno == day).map(of).sum()
        };
        let installations = lang.t("inventory-sheet-installazioni");
        let chart = Lines::new(lang, "chart-situazione", &installations, &period, labels.clone())
            .series(&installations, days.iter().map(|day| sum(day, &|line| line.installazioni)))
            .description(lang.t("inventory-situazione-text"));
        let mut currencies: Vec<&str> = all.iter().map(|line| line.valuta.as_str()).collect();
        currencies.sort_unstable();
        currencies.dedup();
        let of_money = currencies.into_iter().filter(|currency| {
            all.iter().any(|line| line.valuta == *currency && line.venduto != 0)
        });
        of_money.fold(Markup::of(&chart), |charts, currency| {
            let title = lang.with("inventory-sold-in", &[("currency", currency)]);
            let id = format!("chart-venduto-{currency}");
            let sold = |line: &super::answer::Situazione| {
                if line.valuta == currency { whole(line.venduto, currency) } else { 0 }
            };
            let lines = Lines::new(lang, id, &title, &period, labels.clone())
                .series(&title, days.iter().map(|day| sum(day, &sold)))
                .description(lang.t("inventory-sold-text"));
            charts.and(&lines)
        })
    }

    /// The share of each of the newest versions, in per cent.
    fn adoption(&self, title: &str) -> Lines {
        let (lang, all) = (self.lang, &self.all.adozione);
        let days = dates(all.iter().map(|line| line.giorno.as_str()));
        let labels = days.iter().map(|day| self.day(day));
        let lines =
            Lines::new(lang, "chart-adozione", title, lang.t("inventory-sheet-giorno"), labels)
                .description(lang.t("inventory-adozione-text"));
        let versions: Vec<&str> =
            all.iter().take(super::adoption::NEWEST).map(|line| line.versione.as_str()).collect();
        let first = days.first().copied().unwrap_or_default();
        let told = all.iter().filter(|line| line.giorno == first).count();
        versions.into_iter().take(told).fold(lines, |lines, version| {
            let name = if version.is_empty() {
                lang.t("inventory-no-version")
            } else {
                format!("{version} (%)")
            };
            let shares = all.iter().filter(|line| line.versione == version).map(|line| line.quota);
            lines.series(name, shares)
        })
    }
}

fn dates<'a>(dates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut dates: Vec<&str> = dates.collect();
    dates.dedup();
    dates
}
