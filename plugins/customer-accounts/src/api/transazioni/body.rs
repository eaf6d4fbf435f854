//! An entry of the ledger as JSON, as it is sent and answered.

use plugin_api::contracts::ledger::TransactionKind;
use plugin_api::money;
use plugin_api::time::{date, rfc3339};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::transactions::{Draft, Transaction, kind_text};

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TipoTransazione {
    /// A licence was sold.
    Attivazione,
    /// A licence was renewed.
    Rinnovo,
    /// To be paid later.
    Posticipata,
}

impl From<TransactionKind> for TipoTransazione {
    fn from(kind: TransactionKind) -> Self {
        match kind {
            TransactionKind::Activation => Self::Attivazione,
            TransactionKind::Renewal => Self::Rinnovo,
            TransactionKind::Postponed => Self::Posticipata,
        }
    }
}

impl From<TipoTransazione> for TransactionKind {
    fn from(tipo: TipoTransazione) -> Self {
        match tipo {
            TipoTransazione::Attivazione => Self::Activation,
            TipoTransazione::Rinnovo => Self::Renewal,
            TipoTransazione::Posticipata => Self::Postponed,
        }
    }
}

/// How money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Metodo {
    /// Bank transfer.
    Bonifico,
    /// Card.
    Carta,
    /// Cash.
    Contanti,
    /// Cheque.
    Assegno,
    /// SEPA direct debit or similar.
    AddebitoDiretto,
    /// Something else.
    Altro,
}

impl Metodo {
    const ALL: [(Self, &str); 6] = [
        (Self::Bonifico, "bank_transfer"),
        (Self::Carta, "card"),
        (Self::Contanti, "cash"),
        (Self::Assegno, "cheque"),
        (Self::AddebitoDiretto, "direct_debit"),
        (Self::Altro, "other"),
    ];

    /// How it stands in the database.
    pub(super) fn text(self) -> &'static str {
        Self::ALL.into_iter().find(|(metodo, _)| *metodo == self).map_or("", |(_, text)| text)
    }

    fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == text).map(|(metodo, _)| metodo)
    }
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Importo {
    /// Minor units of the currency (ISO 4217): cents of EUR, whole JPY.
    #[schema(example = 12_000)]
    pub importo: i64,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub valuta: String,
}

/// The licence an entry is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct LicenzaTransazione {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub nome: String,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0199d7c0-0000-7000-8000-0000000000a1",
    "cliente": "0199d7c0-0000-7000-8000-000000000001",
    "tipo": "posticipata", "importo": {"importo": 12_000, "valuta": "EUR"},
    "data": "2026-11-22", "scadenza": "2026-12-31", "saldata": null, "aperta": true,
    "metodo": "bonifico", "metodo_saldo": null, "note": "Rinnovo annuale",
    "licenza": {"id": "0199d7c0-0000-7000-8000-0000000000b1", "nome": "Studio Pro …C3D4E"},
    "riferimento": "ordine-2026-0117", "storna": null, "stornata_da": null,
    "creata": "2026-11-22T10:00:00Z"
}))]
pub(super) struct Transazione {
    /// Its id.
    pub id: String,
    /// Id of the customer.
    pub cliente: String,
    /// What it is for.
    pub tipo: TipoTransazione,
    /// How much; negative when it corrects another one.
    pub importo: Importo,
    /// The day it happened.
    #[schema(format = Date)]
    pub data: String,
    /// The day it is due; a postponed one has it.
    #[schema(format = Date, required)]
    pub scadenza: Option<String>,
    /// The day a postponed one was paid.
    #[schema(format = Date, required)]
    pub saldata: Option<String>,
    /// Whether it is still to be paid.
    pub aperta: bool,
    /// How it was paid or is to be paid.
    #[schema(required)]
    pub metodo: Option<Metodo>,
    /// How a postponed one was paid in the end.
    #[schema(required)]
    pub metodo_saldo: Option<Metodo>,
    /// Notes.
    #[schema(required)]
    pub note: Option<String>,
    /// The licence it is for.
    #[schema(required)]
    pub licenza: Option<LicenzaTransazione>,
    /// What names the act it stands for.
    #[schema(required)]
    pub riferimento: Option<String>,
    /// The entry this one corrects.
    #[schema(required)]
    pub storna: Option<String>,
    /// The entry that corrects this one.
    #[schema(required)]
    pub stornata_da: Option<String>,
    /// When it was booked, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub creata: String,
}

impl From<&Transaction> for Transazione {
    fn from(entry: &Transaction) -> Self {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        Self {
            id: entry.transaction_id.clone(),
            cliente: entry.customer_id.clone(),
            tipo: entry.kind.into(),
            importo: Importo { importo: entry.amount, valuta: entry.currency.clone() },
            data: date(entry.happened_at),
            scadenza: entry.due_at.map(date),
            saldata: entry.settled_at.map(date),
            aperta: entry.is_open(),
            metodo: Metodo::of(&entry.method),
            metodo_saldo: Metodo::of(&entry.settled_method),
            note: some(&entry.notes),
            licenza: some(&entry.licence_id)
                .map(|id| LicenzaTransazione { id, nome: entry.licence_name.clone() }),
            riferimento: entry.reference.clone(),
            storna: entry.reverses.clone(),
            stornata_da: entry.reversed_by.clone(),
            creata: rfc3339(entry.created_at),
        }
    }
}

/// What is booked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cliente": "0199d7c0-0000-7000-8000-000000000001", "tipo": "posticipata",
    "importo": {"importo": 12_000, "valuta": "EUR"}, "data": "2026-11-22",
    "scadenza": "2026-12-31", "metodo": "bonifico", "riferimento": "ordine-2026-0117"
}))]
pub(super) struct NuovaTransazione {
    /// Id of the customer.
    pub cliente: String,
    /// What it is for.
    pub tipo: TipoTransazione,
    /// How much; more than 0.
    pub importo: Importo,
    /// The day it happened; today when missing.
    #[schema(format = Date)]
    pub data: Option<String>,
    /// The day it is due: required for `posticipata`, not allowed otherwise.
    #[schema(format = Date)]
    pub scadenza: Option<String>,
    /// How it was paid or is to be paid.
    pub metodo: Option<Metodo>,
    /// Notes. At most 4,000 characters.
    pub note: Option<String>,
    /// Id of the licence it is for, one of this customer.
    pub licenza: Option<String>,
    /// Names the act it stands for: the same one of the same customer is booked once. At most 120
    /// characters.
    pub riferimento: Option<String>,
}

impl NuovaTransazione {
    /// The entry as a form would send it.
    pub(super) fn draft(&self, now: i64) -> Draft {
        let Importo { importo, valuta } = &self.importo;
        // A sign or an overflow makes no amount, which the check of the draft tells.
        let amount = money::amount(*importo, &valuta.trim().to_uppercase());
        Draft {
            kind: kind_text(self.tipo.into()).to_owned(),
            amount,
            currency: valuta.clone(),
            date: self.data.clone().unwrap_or_else(|| date(now)),
            due: self.scadenza.clone().unwrap_or_default(),
            method: self.metodo.map_or("", Metodo::text).to_owned(),
            notes: self.note.clone().unwrap_or_default(),
            licence: self.licenza.clone().unwrap_or_default(),
        }
    }
}

/// When and how a postponed entry was paid.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"data": "2026-12-30", "metodo": "bonifico"}))]
pub(super) struct Saldo {
    /// The day it was paid; today when missing.
    #[schema(format = Date)]
    pub data: Option<String>,
    /// How it was paid.
    pub metodo: Option<Metodo>,
}
