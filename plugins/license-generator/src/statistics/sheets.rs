//! Each figure as a table: below its chart, and as a file.

use plugin_api::Lang;
use plugin_api::table::{Item, Sheet};

use super::answer::Statistiche;
use crate::labels;

/// One figure of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Active,
    Expiring,
    Activations,
    Refusals,
    Trials,
    Sales,
    Modules,
    Agents,
}

impl Figure {
    pub(super) const ALL: [Self; 8] = [
        Self::Active,
        Self::Expiring,
        Self::Activations,
        Self::Refusals,
        Self::Trials,
        Self::Sales,
        Self::Modules,
        Self::Agents,
    ];

    /// Its member of the answer of `/api/statistiche`.
    pub(super) fn wire(self) -> &'static str {
        match self {
            Self::Active => "attive",
            Self::Expiring => "scadenze",
            Self::Activations => "attivazioni",
            Self::Refusals => "rifiuti",
            Self::Trials => "prove",
            Self::Sales => "vendite",
            Self::Modules => "moduli",
            Self::Agents => "agenti",
        }
    }

    pub(super) fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.wire() == name)
    }

    pub(super) fn title(self, lang: &Lang) -> String {
        lang.t(&format!("figure-{}", self.wire()))
    }

    /// The figure as a table, in the reader's language.
    pub(super) fn sheet(self, lang: &Lang, all: &Statistiche) -> Sheet {
        let text = |text: &str| Item::Text(text.to_owned());
        let n = Item::Number;
        let (columns, rows): (&[&'static str], Vec<Vec<Item>>) = match self {
            Self::Active => (
                &["prodotto", "tipo", "licenze", "interne"],
                each(&all.attive, |line| {
                    let kind = lang.t(&format!("type-{}", line.tipo));
                    vec![
                        text(&line.prodotto_nome),
                        Item::Text(kind),
                        n(line.licenze),
                        n(line.interne),
                    ]
                }),
            ),
            Self::Expiring => (
                &["settimana", "licenze"],
                each(&all.scadenze, |line| vec![text(&line.settimana), n(line.licenze)]),
            ),
            Self::Activations => (
                &["giorno", "attivazioni"],
                each(&all.attivazioni, |line| vec![text(&line.giorno), n(line.attivazioni)]),
            ),
            Self::Refusals => (
                &["motivo", "richieste"],
                each(&all.rifiuti, |line| {
                    vec![Item::Text(reason(lang, &line.codice)), n(line.richieste)]
                }),
            ),
            Self::Trials => {
                let prove = all.prove;
                let rate = prove.tasso.map_or_else(|| text(""), n);
                (
                    &["iniziate", "convertite", "tasso"],
                    vec![vec![n(prove.iniziate), n(prove.convertite), rate]],
                )
            }
            Self::Sales => (
                &["mese", "valuta", "vendite", "importo_vendite", "rinnovi", "importo_rinnovi"],
                each(&all.vendite, |line| {
                    vec![
                        text(&line.mese),
                        text(&line.valuta),
                        n(line.vendite),
                        Item::Amount(line.importo_vendite, line.valuta.clone()),
                        n(line.rinnovi),
                        Item::Amount(line.importo_rinnovi, line.valuta.clone()),
                    ]
                }),
            ),
            Self::Modules => (
                &["prodotto", "modulo", "licenze"],
                each(&all.moduli, |line| {
                    vec![text(&line.prodotto), text(&line.modulo), n(line.licenze)]
                }),
            ),
            Self::Agents => (
                &["agente", "valuta", "vendite", "rinnovi", "importo"],
                each(&all.agenti, |line| {
                    vec![
                        Item::Text(agent(lang, &line.nome)),
                        text(&line.valuta),
                        n(line.vendite),
                        n(line.rinnovi),
                        Item::Amount(line.importo, line.valuta.clone()),
                    ]
                }),
            ),
        };
        let header = |id: &&'static str| (*id, lang.t(&format!("sheet-{}", id.replace('_', "-"))));
        let name = format!("{}-{}-{}", self.wire(), all.periodo.da, all.periodo.a);
        Sheet { name, columns: columns.iter().map(header).collect(), rows }
    }
}

fn each<T>(lines: &[T], row: impl Fn(&T) -> Vec<Item>) -> Vec<Vec<Item>> {
    lines.iter().map(row).collect()
}

/// What a refusal is called; its code where it has no name yet.
pub(super) fn reason(lang: &Lang, code: &str) -> String {
    let known = labels::OUTCOMES.iter().find(|(known, ..)| *known == code);
    known.map_or_else(|| code.to_owned(), |(_, key, _)| lang.t(key))
}

/// What an agent is called; that he is somebody else's where he lies outside the branch.
pub(super) fn agent(lang: &Lang, name: &str) -> String {
    if name.is_empty() { lang.t("agent-elsewhere") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use super::super::answer::{Periodo, Prove};
    use super::*;

    #[test]
    fn every_column_and_title_has_its_words() {
        let nothing = Statistiche {
            periodo: Periodo { da: "2026-01-01".into(), a: "2026-01-02".into() },
            organizzazione: None,
            prodotto: None,
            aggiornate: String::new(),
            emesse: 0,
            interne: 0,
            attive: Vec::new(),
            scadenze: Vec::new(),
            attivazioni: Vec::new(),
            rifiuti: Vec::new(),
            prove: Prove { iniziate: 0, convertite: 0, tasso: None },
            vendite: Vec::new(),
            moduli: Vec::new(),
            agenti: Vec::new(),
        };
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for figure in Figure::ALL {
                let sheet = figure.sheet(&lang, &nothing);
                assert!(!figure.title(&lang).contains('⟦'), "{figure:?}");
                for (id, header) in sheet.columns {
                    assert!(!header.contains('⟦'), "{id}");
                }
                assert_eq!(Figure::from_wire(figure.wire()), Some(figure));
            }
        }
    }
}
