//! The figures as they are answered to software, and handed to the page.

use serde::Serialize;
use utoipa::ToSchema;

/// The days that are meant, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Periodo {
    /// The first, UTC.
    #[schema(format = Date)]
    pub(crate) da: String,
    /// The last, UTC.
    #[schema(format = Date)]
    pub(crate) a: String,
}

/// A node of the organisation tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Organizzazione {
    /// Its id.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) nome: String,
}

/// Licences in force of a product and type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Attive {
    /// The product's code.
    pub(crate) prodotto: String,
    /// The product's name.
    pub(crate) prodotto_nome: String,
    /// `permanente`, `trial` or `abbonamento`.
    pub(crate) tipo: String,
    /// How many.
    pub(crate) licenze: i64,
    /// How many of them are internal or only watch: sold to nobody.
    pub(crate) interne: i64,
}

/// Licences in force that end in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Scadenze {
    /// Its Monday.
    #[schema(format = Date)]
    pub(crate) settimana: String,
    /// How many.
    pub(crate) licenze: i64,
}

/// Devices activated on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Attivazioni {
    /// The day, UTC.
    #[schema(format = Date)]
    pub(crate) giorno: String,
    /// How many.
    pub(crate) attivazioni: i64,
}

/// How often clients were refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Rifiuti {
    /// The code they got.
    pub(crate) codice: String,
    /// How often.
    pub(crate) richieste: i64,
}

/// Trials and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Prove {
    /// How many began.
    pub(crate) iniziate: i64,
    /// How many became paid licences.
    pub(crate) convertite: i64,
    /// Converted in a hundred that began; null if none began.
    #[schema(required)]
    pub(crate) tasso: Option<i64>,
}

/// Sales and renewals of a month in one currency; internal licences are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct VenditeMese {
    /// The month, `2026-01`.
    #[schema(example = "2026-01")]
    pub(crate) mese: String,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub(crate) valuta: String,
    /// Licences sold.
    pub(crate) vendite: i64,
    /// For how much, minor units.
    pub(crate) importo_vendite: i64,
    /// Licences renewed.
    pub(crate) rinnovi: i64,
    /// For how much, minor units.
    pub(crate) importo_rinnovi: i64,
}

/// Licences in force that have a module; counted every hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ModuliInUso {
    /// The product's code.
    pub(crate) prodotto: String,
    /// The module's code.
    pub(crate) modulo: String,
    /// How many.
    pub(crate) licenze: i64,
}

/// What an agent sold, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct VenditeAgente {
    /// Id of his node.
    pub(crate) agente: String,
    /// What he is called; empty where he lies outside the caller's branch.
    pub(crate) nome: String,
    /// ISO 4217.
    pub(crate) valuta: String,
    /// Licences sold.
    pub(crate) vendite: i64,
    /// Licences renewed.
    pub(crate) rinnovi: i64,
    /// For how much in all, minor units.
    pub(crate) importo: i64,
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
pub(crate) struct Statistiche {
    /// The days that are meant.
    pub(crate) periodo: Periodo,
    /// Below which node; null for the whole branch of who asks.
    #[schema(required)]
    pub(crate) organizzazione: Option<Organizzazione>,
    /// Code of the product that is meant; null for all.
    #[schema(required)]
    pub(crate) prodotto: Option<String>,
    /// When the figures were computed, RFC 3339.
    #[schema(format = DateTime)]
    pub(crate) aggiornate: String,
    /// Licences issued in the period, internal ones left out.
    pub(crate) emesse: i64,
    /// Internal and shadow licences issued in the period.
    pub(crate) interne: i64,
    /// Licences in force now.
    pub(crate) attive: Vec<Attive>,
    /// Those that end in the next twelve weeks.
    pub(crate) scadenze: Vec<Scadenze>,
    /// Devices activated, every day of the period.
    pub(crate) attivazioni: Vec<Attivazioni>,
    /// Refusals, the most frequent first.
    pub(crate) rifiuti: Vec<Rifiuti>,
    /// Trials.
    pub(crate) prove: Prove,
    /// Sales and renewals, every month of the period.
    pub(crate) vendite: Vec<VenditeMese>,
    /// Modules of the licences in force, the most frequent first.
    pub(crate) moduli: Vec<ModuliInUso>,
    /// Agents by what they sold.
    pub(crate) agenti: Vec<VenditeAgente>,
}
