//! Each figure as a table: below its chart, and as a file.

use plugin_api::Lang;
use plugin_api::table::{Item, Sheet};

use super::answer::{Conteggio, StatisticheRegistrazioni, Totale};

/// One figure of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Days,
    Standing,
    Adoption,
    Software,
    Versions,
    Customers,
    Products,
    States,
    OfSoftware,
    OfCustomers,
    Silent,
}

impl Figure {
    pub(super) const ALL: [Self; 11] = [
        Self::Days,
        Self::Standing,
        Self::Software,
        Self::Versions,
        Self::Adoption,
        Self::Customers,
        Self::Products,
        Self::States,
        Self::OfSoftware,
        Self::OfCustomers,
        Self::Silent,
    ];

    /// Its member of the answer of `/api/statistiche/registrazioni`.
    pub(super) fn wire(self) -> &'static str {
        match self {
            Self::Days => "andamento",
            Self::Standing => "situazione",
            Self::Adoption => "adozione",
            Self::Software => "per_software",
            Self::Versions => "per_versione",
            Self::Customers => "per_cliente",
            Self::Products => "per_prodotto",
            Self::States => "per_stato",
            Self::OfSoftware => "totali_software",
            Self::OfCustomers => "totali_clienti",
            Self::Silent => "silenti_software",
        }
    }

    /// What its words and its place on the page are called by.
    pub(super) fn key(self) -> String {
        format!("inventory-{}", self.wire().replace('_', "-"))
    }

    pub(super) fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.wire() == name)
    }

    /// The lines of a figure that counts installations by something.
    pub(super) fn counts(self, all: &StatisticheRegistrazioni) -> Option<&[Conteggio]> {
        match self {
            Self::Software => Some(&all.per_software),
            Self::Versions => Some(&all.per_versione),
            Self::Customers => Some(&all.per_cliente),
            Self::Products => Some(&all.per_prodotto),
            Self::States => Some(&all.per_stato),
            Self::Silent => Some(&all.silenti_software),
            _ => None,
        }
    }

    /// The lines of a figure that adds up what was sold.
    pub(super) fn totals(self, all: &StatisticheRegistrazioni) -> Option<&[Totale]> {
        match self {
            Self::OfSoftware => Some(&all.totali_software),
            Self::OfCustomers => Some(&all.totali_clienti),
            _ => None,
        }
    }

    /// What a line of it is called.
    pub(super) fn name(self, lang: &Lang, line: &Conteggio) -> String {
        match self {
            Self::States => {
                let known = crate::labels::STATES.iter().find(|(wire, ..)| *wire == line.id);
                known.map_or_else(|| line.id.clone(), |(_, key, _)| lang.t(key))
            }
            Self::Versions if line.id.is_empty() => lang.t("inventory-no-version"),
            Self::Products if line.id.is_empty() => lang.t("inventory-no-product"),
            Self::Software | Self::Silent if line.id.is_empty() => lang.t("inventory-rest"),
            _ => line.nome.clone(),
        }
    }

    /// The figure as a table, in the reader's language.
    pub(super) fn sheet(self, lang: &Lang, all: &StatisticheRegistrazioni) -> Sheet {
        let (columns, rows) = self.columns(lang, all);
        let header =
            |id: &&'static str| (*id, lang.t(&format!("inventory-sheet-{}", id.replace('_', "-"))));
        let name = format!("{}-{}-{}", self.wire(), all.periodo.da, all.periodo.a);
        Sheet { name, columns: columns.iter().map(header).collect(), rows }
    }

    fn columns(
        self,
        lang: &Lang,
        all: &StatisticheRegistrazioni,
    ) -> (&'static [&'static str], Vec<Vec<Item>>) {
        let text = |text: &str| Item::Text(text.to_owned());
        let n = Item::Number;
        if let Some(lines) = self.counts(all) {
            let row =
                |line: &Conteggio| vec![Item::Text(self.name(lang, line)), n(line.installazioni)];
            return (&["nome", "installazioni"], each(lines, row));
        }
        if let Some(lines) = self.totals(all) {
            let row = |line: &Totale| {
                let sold = Item::Amount(line.venduto, line.valuta.clone());
                vec![text(&line.nome), text(&line.valuta), n(line.ordini), sold]
            };
            return (&["nome", "valuta", "ordini", "venduto"], each(lines, row));
        }
        match self {
            Self::Adoption => (
                &["giorno", "versione", "installazioni", "quota"],
                each(&all.adozione, |line| {
                    let version = text(&line.versione);
                    vec![text(&line.giorno), version, n(line.installazioni), n(line.quota)]
                }),
            ),
            Self::Standing => (
                &["giorno", "valuta", "installazioni", "ordini", "venduto"],
                each(&all.situazione, |line| {
                    vec![
                        text(&line.giorno),
                        text(&line.valuta),
                        n(line.installazioni),
                        n(line.ordini),
                        Item::Amount(line.venduto, line.valuta.clone()),
                    ]
                }),
            ),
            _ => (
                &["giorno", "attive", "nuove", "registrazioni"],
                each(&all.andamento, |line| {
                    vec![text(&line.giorno), n(line.attive), n(line.nuove), n(line.registrazioni)]
                }),
            ),
        }
    }
}

fn each<T>(lines: &[T], row: impl Fn(&T) -> Vec<Item>) -> Vec<Vec<Item>> {
    lines.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use super::*;

    #[test]
    fn every_column_and_title_has_its_words() {
        let nothing = StatisticheRegistrazioni::default();
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for figure in Figure::ALL {
                assert!(!lang.t(&figure.key()).contains('⟦'), "{figure:?}");
                for (id, header) in figure.sheet(&lang, &nothing).columns {
                    assert!(!header.contains('⟦'), "{id}");
                }
                assert_eq!(Figure::from_wire(figure.wire()), Some(figure));
            }
        }
    }
}
