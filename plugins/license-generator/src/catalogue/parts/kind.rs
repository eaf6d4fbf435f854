//! The kinds of parts, and what is asked of each.

use plugin_api::table::TableSpec;
use serde_json::Value;

use super::question::{Control, Question};
use super::tables;
use crate::domain::catalogue::{Offer, ProductBody};
use crate::domain::product::{LONGEST_CODE, LONGEST_NAME};
use crate::paths;

const STATES: &[(&str, &str)] = &[("attivo", "product-active"), ("ritirato", "product-retired")];

const PERIODS: &[(&str, &str)] = &[
    ("", "meter-none"),
    ("mai", "meter-mai"),
    ("giorno", "meter-giorno"),
    ("mese", "meter-mese"),
    ("anno", "meter-anno"),
];

const KINDS: &[(&str, &str)] = &[
    ("testo", "parameter-testo"),
    ("intero", "parameter-intero"),
    ("decimale", "parameter-decimale"),
    ("booleano", "parameter-booleano"),
    ("data", "parameter-data"),
    ("scelta", "parameter-scelta"),
    ("ip", "parameter-ip"),
    ("elenco", "parameter-elenco"),
];

const LONGEST_TEXT: usize = 2000;

/// A kind of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalogue) enum Kind {
    /// Versions.
    Version,
    /// Modules.
    Module,
    /// Bundles.
    Bundle,
    /// Typed parameters.
    Parameter,
}

impl Kind {
    /// In the order of the tabs.
    pub(in crate::catalogue) const ALL: [Self; 4] =
        [Self::Version, Self::Module, Self::Bundle, Self::Parameter];

    /// What the keys of its texts begin with.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Module => "module",
            Self::Bundle => "bundle",
            Self::Parameter => "parameter",
        }
    }

    /// The text key of many of them.
    pub(in crate::catalogue) fn plural(self) -> &'static str {
        match self {
            Self::Version => "versions",
            Self::Module => "modules",
            Self::Bundle => "bundles",
            Self::Parameter => "parameters",
        }
    }

    /// The member of a product's body that lists them.
    pub(super) fn member(self) -> &'static str {
        match self {
            Self::Version => "versioni",
            Self::Module => "moduli",
            Self::Bundle => "pacchetti",
            Self::Parameter => "parametri",
        }
    }

    /// The member of its body it is known by.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Version => "versione",
            Self::Module | Self::Bundle => "codice",
            Self::Parameter => "nome",
        }
    }

    /// The member of its body people know it by.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Version => "versione",
            Self::Module | Self::Bundle => "nome",
            Self::Parameter => "etichetta",
        }
    }

    /// Where those of a product are listed.
    pub(in crate::catalogue) fn list_path(self) -> String {
        format!("{}/{}", paths::PRODUCT, self.plural())
    }

    /// Where one of them is changed.
    pub(super) fn part_path(self) -> String {
        format!("/crm/catalogue/{}/{{id}}", self.plural())
    }

    /// Its table and the column of its id.
    pub(super) fn table(self) -> (&'static str, &'static str) {
        match self {
            Self::Version => ("license_generator_product_version", "version_id"),
            Self::Module => ("license_generator_module", "module_id"),
            Self::Bundle => ("license_generator_bundle", "bundle_id"),
            Self::Parameter => ("license_generator_parameter", "parameter_id"),
        }
    }

    /// The ids of those of a product, in its order.
    pub(super) fn ids(self, offer: &Offer) -> Vec<&str> {
        match self {
            Self::Version => offer.versions.iter().map(|one| one.version_id.as_str()).collect(),
            Self::Module => offer.modules.iter().map(|one| one.module_id.as_str()).collect(),
            Self::Bundle => offer.bundles.iter().map(|one| one.bundle_id.as_str()).collect(),
            Self::Parameter => {
                offer.parameters.iter().map(|one| one.parameter_id.as_str()).collect()
            }
        }
    }

    /// Those of a body as JSON.
    pub(super) fn parts(self, body: &ProductBody) -> Vec<Value> {
        let parts = match self {
            Self::Version => serde_json::to_value(&body.versioni),
            Self::Module => serde_json::to_value(&body.moduli),
            Self::Bundle => serde_json::to_value(&body.pacchetti),
            Self::Parameter => serde_json::to_value(&body.parametri),
        };
        match parts {
            Ok(Value::Array(parts)) => parts,
            _ => Vec::new(),
        }
    }

    /// Those of a product as a table.
    pub(super) fn spec(self, product_id: &str) -> TableSpec {
        let path = paths::of(&self.list_path(), product_id);
        let new = format!("{path}/new");
        let table = match self {
            Self::Version => tables::versions(path, product_id),
            Self::Module => tables::modules(path, product_id),
            Self::Bundle => tables::bundles(path, product_id),
            Self::Parameter => tables::parameters(path, product_id),
        };
        match self {
            Self::Version => table.primary("version-new", new, crate::PRODUCTS),
            Self::Module => table.primary("module-new", new, crate::PRODUCTS),
            Self::Bundle => table.primary("bundle-new", new, crate::PRODUCTS),
            Self::Parameter => table.primary("parameter-new", new, crate::PRODUCTS),
        }
    }

    /// What is asked.
    pub(super) fn questions(self) -> Vec<Question> {
        let state = Question::new("stato", Control::Choice(STATES));
        match self {
            Self::Version => vec![
                Question::new("versione", Control::Mono(20)).required(),
                Question::new("rilasciata", Control::Day),
                state,
                Question::new("nota", Control::Lines(LONGEST_TEXT)),
                Question::new("moduli", Control::CodesOrAll).hinted(),
            ],
            Self::Module => vec![
                Question::new("nome", Control::Text(LONGEST_NAME)).required(),
                Question::new("codice", Control::Mono(LONGEST_CODE)).required().hinted(),
                Question::new("descrizione", Control::Lines(LONGEST_TEXT)),
                Question::new("prezzo", Control::Money),
                Question::new("incluso", Control::Tick),
                state,
                Question::new("richiede", Control::Codes).hinted(),
                Question::new("esclude", Control::Codes).hinted(),
                Question::new("periodo", Control::Choice(PERIODS)).hinted(),
                Question::new("limite", Control::Number),
                Question::new("sforamento", Control::Number),
                Question::new("giorni_prova", Control::Number).hinted(),
            ],
            Self::Bundle => vec![
                Question::new("nome", Control::Text(LONGEST_NAME)).required(),
                Question::new("codice", Control::Mono(LONGEST_CODE)).required().hinted(),
                state,
                Question::new("moduli", Control::Codes).required(),
                Question::new("prezzo", Control::OwnMoney).hinted(),
                Question::new("sconto", Control::Percent).hinted(),
            ],
            Self::Parameter => vec![
                Question::new("etichetta", Control::Text(LONGEST_NAME)).required(),
                Question::new("nome", Control::Mono(LONGEST_CODE)).required().hinted(),
                Question::new("tipo", Control::Choice(KINDS)).required(),
                Question::new("obbligatorio", Control::Tick),
                Question::new("predefinito", Control::Any).hinted(),
                Question::new("minimo", Control::Text(64)).hinted(),
                Question::new("massimo", Control::Text(64)),
                Question::new("scelte", Control::Items).hinted(),
            ],
        }
    }
}
