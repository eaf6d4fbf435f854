//! A renewal as programs ask for it, and as they are told of it.

use plugin_api::time::{date, parse_end_of_day, rfc3339};
use plugin_api::{FieldProblem, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::draft::Price;
use crate::domain::payment::method;
use crate::domain::renewal::{Length, Start, parse_period};
use crate::renewals::{Order, Payment};
use crate::store::renewals::Renewal;

/// For how long: months, or an ISO 8601 duration of years and months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Periodo {
    /// Months.
    #[schema(example = 12)]
    Mesi(i64),
    /// `P1Y`, `P6M`.
    #[schema(example = "P1Y")]
    Durata(String),
}

impl Periodo {
    /// Months, if it makes sense.
    pub fn months(&self) -> Option<i64> {
        match self {
            Self::Mesi(months) => parse_period(&months.to_string()),
            Self::Durata(text) => parse_period(text),
        }
    }
}

/// A renewal as it is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({
    "periodo": "P1Y", "modalita": "posticipato", "pagamento_entro": "2027-01-31",
    "riferimento": "ordine-2026-0117"
}))]
pub struct RenewRequest {
    /// For how long; the months its policy says if neither this nor `fino_a` is given.
    pub periodo: Option<Periodo>,
    /// The last day it is to be in force, instead.
    #[schema(example = "2027-12-31")]
    pub fino_a: Option<String>,
    /// From when: `dopo` (its end or today, whichever is later) or `fine` (its end, also when it is
    /// past).
    #[schema(example = "dopo")]
    pub da: Option<String>,
    /// What it costs; in proportion to what it or its last renewal cost if left out.
    pub prezzo: Option<Price>,
    /// Percent taken off.
    #[schema(minimum = 0, maximum = 100)]
    pub sconto: Option<f64>,
    /// `pagamento` or `posticipato`; `pagamento` if left out.
    #[schema(example = "posticipato")]
    pub modalita: Option<String>,
    /// `bonifico`, `carta`, `contanti`, `assegno`, `addebito_diretto` or `altro`.
    pub metodo: Option<String>,
    /// The day it is due, when it is postponed; as the policy says if left out.
    pub pagamento_entro: Option<String>,
    /// Names the act: the same one of the same licence renews it once. At most 100 characters.
    #[schema(max_length = 100)]
    pub riferimento: Option<String>,
}

impl RenewRequest {
    /// The order, or every field that is wrong; `usual` are the months when none are given.
    pub(crate) fn read(&self, usual: i64) -> Result<Order, Problem> {
        let mut errors = Vec::new();
        let mut wrong = |pointer: &str, key: &str| errors.push(FieldProblem::new(pointer, key));
        let until = self.fino_a.as_deref().map(parse_end_of_day);
        let length = match (until, self.periodo.as_ref().map(Periodo::months)) {
            (Some(Some(until)), _) => Length::Until(until),
            (None, Some(Some(months))) => Length::Months(months),
            (None, None) => Length::Months(usual),
            (Some(None), _) => {
                wrong("/fino_a", "field-date");
                Length::Months(usual)
            }
            (None, Some(None)) => {
                wrong("/periodo", "problem-rinnovo-periodo");
                Length::Months(usual)
            }
        };
        let start = match self.da.as_deref() {
            None | Some("dopo") => Start::Later,
            Some("fine") => Start::End,
            Some(_) => {
                wrong("/da", "field-option");
                Start::Later
            }
        };
        let discount = self.sconto.unwrap_or_default();
        if !(0.0..=100.0).contains(&discount) {
            wrong("/sconto", "problem-rinnovo-sconto");
        }
        let due = self.pagamento_entro.as_deref().map(parse_end_of_day);
        if due == Some(None) {
            wrong("/pagamento_entro", "field-date");
        }
        let paid = method(self.metodo.as_deref().unwrap_or_default());
        if paid.is_none() {
            wrong("/metodo", "field-option");
        }
        let payment = match self.modalita.as_deref() {
            None | Some("pagamento") => Payment::Paid(paid.unwrap_or_default()),
            Some("posticipato") => Payment::Postponed(due.flatten()),
            Some(_) => {
                wrong("/modalita", "problem-modalita");
                Payment::Paid("")
            }
        };
        if self.riferimento.as_ref().is_some_and(|text| text.chars().count() > 100) {
            wrong("/riferimento", "field-too-long");
        }
        let price = self.prezzo.as_ref();
        if price.is_some_and(|price| !crate::domain::product::is_currency(&price.valuta)) {
            wrong("/prezzo/valuta", "field-currency");
        }
        if !errors.is_empty() {
            return Err(Problem::validation(errors));
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is between 0 and 10,000")]
        let discount = (discount * 100.0).round() as i64;
        Ok(Order {
            length,
            start,
            price: price.map(|price| price.importo),
            currency: price.map(|price| price.valuta.clone()),
            discount,
            payment,
            reference: self.riferimento.clone().filter(|text| !text.trim().is_empty()),
            automatic: false,
        })
    }
}

/// A renewal that was done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RenewBody {
    /// Its id.
    pub id: String,
    /// The end before, RFC 3339.
    #[schema(required)]
    pub da: Option<String>,
    /// The end after, RFC 3339.
    #[schema(required)]
    pub a: Option<String>,
    /// What it cost.
    pub importo: Price,
    /// `pagamento`, `posticipato` or `gratis`.
    #[schema(example = "posticipato")]
    pub modalita: String,
    /// The day it is due, when it is postponed.
    #[schema(required)]
    pub pagamento_entro: Option<String>,
    /// Id of its transaction in the customer's ledger; null when it costs nothing.
    #[schema(required)]
    pub transazione: Option<String>,
}

impl From<Renewal> for RenewBody {
    fn from(renewal: Renewal) -> Self {
        Self {
            id: renewal.renewal_id,
            da: renewal.old_end.map(rfc3339),
            a: renewal.new_end.map(rfc3339),
            importo: Price { importo: renewal.amount, valuta: renewal.currency },
            modalita: renewal.mode.wire().to_owned(),
            pagamento_entro: renewal.due_at.map(date),
            transazione: renewal.transaction_id,
        }
    }
}
