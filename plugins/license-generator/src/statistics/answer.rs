//! The figures as they are answered to software, and handed to the page.

use serde::Serialize;
use utoipa::ToSchema;

/// The days that are meant, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Periodo {
    /// The first, UTC.
    #[schema(format = Date)]
    pub da: String,
    /// The last, UTC.
    #[schema(format = Date)]
    pub a: String,
}

/// A node of the organisation tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Organizzazione {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub nome: String,
}

/// Licences in force of a product and type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attive {
    /// The product's code.
    pub prodotto: String,
    /// The product's name.
    pub prodotto_nome: String,
    /// `permanente`, `trial` or `abbonamento`.
    pub tipo: String,
    /// How many.
    pub licenze: i64,
    /// How many of them are internal or only watch: sold to nobody.
    pub interne: i64,
}

/// Licences in force that end in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Scadenze {
    /// Its Monday.
    #[schema(format = Date)]
    pub settimana: String,
    /// How many.
    pub licenze: i64,
}

/// Devices activated on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attivazioni {
    /// The day, UTC.
    #[schema(format = Date)]
    pub giorno: String,
    /// How many.
    pub attivazioni: i64,
}

/// How often clients were refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rifiuti {
    /// The code they got.
    pub codice: String,
    /// How often.
    pub richieste: i64,
}

/// Trials and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Prove {
    /// How many began.
    pub iniziate: i64,
    /// How many became paid licences.
    pub convertite: i64,
    /// Converted in a hundred that began; null if none began.
    #[schema(required)]
    pub tasso: Option<i64>,
}

/// Sales and renewals of a month in one currency; internal licences are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Vendite {
    /// The month, `2026-01`.
    #[schema(example = "2026-01")]
    pub mese: String,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub valuta: String,
    /// Licences sold.
    pub vendite: i64,
    /// For how much, minor units.
    pub importo_vendite: i64,
    /// Licences renewed.
    pub rinnovi: i64,
    /// For how much, minor units.
    pub importo_rinnovi: i64,
}

/// Licences in force that have a module; counted every hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ModuliInUso {
    /// The product's code.
    pub prodotto: String,
    /// The module's code.
    pub modulo: String,
    /// How many.
    pub licenze: i64,
}

/// What an agent sold, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Agente {
    /// Id of his node.
    pub agente: String,
    /// What he is called; empty where he lies outside the caller's branch.
    pub nome: String,
    /// ISO 4217.
    pub valuta: String,
    /// Licences sold.
    pub vendite: i64,
    /// Licences renewed.
    pub rinnovi: i64,
    /// For how much in all, minor units.
    pub importo: i64,
}

/// The figures of a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "periodo": { "da": "2026-10-24", "a": "2026-11-22" },
    "organizzazione": null, "prodotto": null, "aggiornate": "2026-11-22T10:00:00Z",
    "emesse": 14, "interne": 1,
    "attive": [{ "prodotto": "STUDIO-PRO", "prodotto_nome": "Studio Pro",
        "tipo": "abbonamento", "licenze": 128, "interne": 2 }],
    "scadenze": [{ "settimana": "2026-11-16", "licenze": 7 }],
    "attivazioni": [{ "giorno": "2026-11-21", "attivazioni": 12 }],
    "rifiuti": [{ "codice": "licenza_scaduta", "richieste": 9 }],
    "prove": { "iniziate": 20, "convertite": 5, "tasso": 25 },
    "vendite": [{ "mese": "2026-11", "valuta": "EUR", "vendite": 9, "importo_vendite": 612_000,
        "rinnovi": 4, "importo_rinnovi": 196_000 }],
    "moduli": [{ "prodotto": "STUDIO-PRO", "modulo": "base", "licenze": 131 }],
    "agenti": [{ "agente": "0199d7c0-0000-7000-8000-000000000001", "nome": "Agenzia Rossi",
        "valuta": "EUR", "vendite": 6, "rinnovi": 2, "importo": 410_000 }]
}))]
pub struct Statistiche {
    /// The days that are meant.
    pub periodo: Periodo,
    /// Below which node; null for the whole branch of who asks.
    #[schema(required)]
    pub organizzazione: Option<Organizzazione>,
    /// Code of the product that is meant; null for all.
    #[schema(required)]
    pub prodotto: Option<String>,
    /// When the figures were computed, RFC 3339.
    #[schema(format = DateTime)]
    pub aggiornate: String,
    /// Licences issued in the period, internal ones left out.
    pub emesse: i64,
    /// Internal and shadow licences issued in the period.
    pub interne: i64,
    /// Licences in force now.
    pub attive: Vec<Attive>,
    /// Those that end in the next twelve weeks.
    pub scadenze: Vec<Scadenze>,
    /// Devices activated, every day of the period.
    pub attivazioni: Vec<Attivazioni>,
    /// Refusals, the most frequent first.
    pub rifiuti: Vec<Rifiuti>,
    /// Trials.
    pub prove: Prove,
    /// Sales and renewals, every month of the period.
    pub vendite: Vec<Vendite>,
    /// Modules of the licences in force, the most frequent first.
    pub moduli: Vec<ModuliInUso>,
    /// Agents by what they sold.
    pub agenti: Vec<Agente>,
}
