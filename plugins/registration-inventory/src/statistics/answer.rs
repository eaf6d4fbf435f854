//! The figures as they are answered to software, and handed to the page.

use serde::Serialize;
use utoipa::ToSchema;

/// A name with its id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Voce {
    /// Its id.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) nome: String,
}

/// The days that are meant, both included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PeriodoInventario {
    /// The first, UTC.
    #[schema(format = Date, example = "2026-11-01")]
    pub(crate) da: String,
    /// The last, UTC.
    #[schema(format = Date, example = "2026-11-30")]
    pub(crate) a: String,
}

/// How many installations something has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Conteggio {
    /// Id of the software or the customer, the version, the code of the product or the state; empty
    /// for not said.
    pub(crate) id: String,
    /// What it is called.
    #[schema(example = "Gestionale Pro")]
    pub(crate) nome: String,
    /// How many.
    #[schema(example = 120)]
    pub(crate) installazioni: i64,
}

/// Orders and what was sold, in one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Totale {
    /// Id of the software or the customer.
    pub(crate) id: String,
    /// What it is called.
    #[schema(example = "Gestionale Pro")]
    pub(crate) nome: String,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub(crate) valuta: String,
    /// Orders.
    #[schema(example = 16_610)]
    pub(crate) ordini: i64,
    /// Sold, minor units.
    #[schema(example = 58_640_925)]
    pub(crate) venduto: i64,
}

/// A day of the inventory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "a day of what happened, as software knows it")]
pub(crate) struct Giorno {
    /// The day, UTC.
    #[schema(format = Date, example = "2026-11-23")]
    pub(crate) giorno: String,
    /// Installations that reported.
    #[schema(example = 32)]
    pub(crate) attive: i64,
    /// Installations that were new.
    #[schema(example = 2)]
    pub(crate) nuove: i64,
    /// Reports.
    #[schema(example = 40)]
    pub(crate) registrazioni: i64,
}

/// How it stood at the end of a day, in one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Situazione {
    /// The day, UTC.
    #[schema(format = Date, example = "2026-11-23")]
    pub(crate) giorno: String,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub(crate) valuta: String,
    /// Installations.
    #[schema(example = 120)]
    pub(crate) installazioni: i64,
    /// Their orders.
    #[schema(example = 16_610)]
    pub(crate) ordini: i64,
    /// Sold, minor units.
    #[schema(example = 58_640_925)]
    pub(crate) venduto: i64,
}

/// How far a version was adopted at the end of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Adozione {
    /// The day, UTC.
    #[schema(format = Date, example = "2026-11-23")]
    pub(crate) giorno: String,
    /// The version; empty for not said.
    #[schema(example = "4.10.2")]
    pub(crate) versione: String,
    /// Installations that had it.
    #[schema(example = 90)]
    pub(crate) installazioni: i64,
    /// Per cent of the installations of the software.
    #[schema(example = 75)]
    pub(crate) quota: i64,
}

/// The figures of the inventory. Ignored installations are in none of those of the present.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct StatisticheRegistrazioni {
    /// The days that are meant.
    pub(crate) periodo: PeriodoInventario,
    /// Below which node; null for the whole branch of who asks.
    #[schema(required)]
    pub(crate) organizzazione: Option<Voce>,
    /// The software that is meant; null for all.
    #[schema(required)]
    pub(crate) software: Option<Voce>,
    /// Code of the product that is meant; null for all.
    #[schema(required)]
    pub(crate) prodotto: Option<String>,
    /// When the figures were computed, RFC 3339.
    #[schema(format = DateTime, example = "2026-11-23T08:00:00Z")]
    pub(crate) aggiornate: String,
    /// Installations now.
    #[schema(example = 120)]
    pub(crate) installazioni: i64,
    /// Those heard of in the last 30 days.
    #[schema(example = 112)]
    pub(crate) attive_30_giorni: i64,
    /// Days after which an installation counts as silent.
    #[schema(example = 30)]
    pub(crate) giorni_silenzio: i64,
    /// Those not heard of for so long.
    #[schema(example = 8)]
    pub(crate) silenti: i64,
    /// Those that were new in the last 7 days.
    #[schema(example = 3)]
    pub(crate) nuove_7_giorni: i64,
    /// Those without a customer.
    #[schema(example = 37)]
    pub(crate) senza_cliente: i64,
    /// Orders and sales, by currency.
    pub(crate) totali: Vec<Totale>,
    /// Installations by software, the most frequent first; the last line, without id, is the rest.
    pub(crate) per_software: Vec<Conteggio>,
    /// The software that `per_versione` and `adozione` are about; null if there is none.
    #[schema(required)]
    pub(crate) software_versioni: Option<Voce>,
    /// Installations by version, the newest first.
    pub(crate) per_versione: Vec<Conteggio>,
    /// Installations by customer, the most first.
    pub(crate) per_cliente: Vec<Conteggio>,
    /// Installations by product.
    pub(crate) per_prodotto: Vec<Conteggio>,
    /// Installations by state.
    pub(crate) per_stato: Vec<Conteggio>,
    /// What happened, every day of the period.
    pub(crate) andamento: Vec<Giorno>,
    /// How it stood, by currency; some days of a long period.
    pub(crate) situazione: Vec<Situazione>,
    /// How its versions were adopted; some days of a long period.
    pub(crate) adozione: Vec<Adozione>,
    /// Orders and sales by software.
    pub(crate) totali_software: Vec<Totale>,
    /// Orders and sales by customer.
    pub(crate) totali_clienti: Vec<Totale>,
    /// Silent installations by software.
    pub(crate) silenti_software: Vec<Conteggio>,
}
