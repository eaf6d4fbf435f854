//! A renewal as somebody asks for it, and what it would do.

use plugin_api::contracts::ledger::TransactionKind;
use plugin_api::time::{DAY, end_of_day};
use plugin_api::{Cx, Fault};

use crate::catalogue::limits;
use crate::domain::catalogue::after_discount;
use crate::domain::draft::Rejection;
use crate::domain::licence::{Licence, LicenceType};
use crate::domain::payment::Mode;
use crate::domain::renewal::{Length, MOST_MONTHS, Start};
use crate::issue::NotIssued;
use crate::{policies, store};

/// The most a renewal may cost, minor units: far beyond any price.
const MOST_MINOR: i64 = 1_000_000_000_000;
/// A hundred percent, in hundredths of one.
const WHOLE: i64 = 10_000;

/// A renewal as somebody asks for it.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// For how long.
    pub(crate) length: Length,
    /// From when.
    pub(crate) start: Start,
    /// What it costs, minor units, instead of what it would cost.
    pub(crate) price: Option<i64>,
    /// ISO 4217; the licence's own currency if not said.
    pub(crate) currency: Option<String>,
    /// What is taken off, hundredths of a percent.
    pub(crate) discount: i64,
    /// How it is paid.
    pub(crate) payment: Payment,
    /// Names the act, so that a repetition does nothing.
    pub(crate) reference: Option<String>,
    /// Whether the licence renews itself.
    pub(crate) automatic: bool,
}

/// How a renewal is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Payment {
    /// At once, in one of the ledger's ways; empty when not known.
    Paid(&'static str),
    /// By this last millisecond; as the policy says if not said.
    Postponed(Option<i64>),
}

impl Order {
    /// A renewal by so many months that is paid now, at its usual price.
    pub(crate) fn months(months: i64) -> Self {
        Self {
            length: Length::Months(months),
            start: Start::default(),
            price: None,
            currency: None,
            discount: 0,
            payment: Payment::Paid(""),
            reference: None,
            automatic: false,
        }
    }
}

/// What a renewal would do; nothing is written. Instants are unix milliseconds, amounts minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The end it has.
    pub(crate) old_end: i64,
    /// The end it gets.
    pub(crate) new_end: i64,
    /// Whether these are the ends of its maintenance.
    pub(crate) maintenance: bool,
    /// What it costs before the discount.
    pub(crate) full: i64,
    /// What it costs.
    pub(crate) amount: i64,
    /// ISO 4217.
    pub(crate) currency: String,
    /// When that is due, if it is postponed.
    pub(crate) due_at: Option<i64>,
    /// How it is paid.
    pub(crate) mode: Mode,
}

impl Plan {
    /// How the ledger calls it.
    pub(crate) fn transaction_kind(&self) -> TransactionKind {
        match self.due_at {
            Some(_) => TransactionKind::Postponed,
            None => TransactionKind::Renewal,
        }
    }
}

/// Works out what a renewal would do, or why it cannot be.
pub(crate) async fn plan(cx: &Cx, licence: &Licence, order: &Order) -> Result<Plan, NotIssued> {
    let now = cx.now();
    if let Length::Months(months) = order.length
        && !(1..=MOST_MONTHS).contains(&months)
    {
        return Err(Rejection::coded("rinnovo_periodo", "/periodo").into());
    }
    let (old_end, new_end) = licence
        .renewed(now, order.length, order.start)
        .map_err(|why| Rejection::coded(why.code(), "/periodo"))?;
    let usual = usual_price(cx, licence, order.length, (old_end.max(now), new_end)).await?;
    let full = order.price.unwrap_or(usual);
    if !(0..=MOST_MINOR).contains(&full) {
        return Err(Rejection::coded("rinnovo_importo", "/prezzo/importo").into());
    }
    if !(0..=WHOLE).contains(&order.discount) {
        return Err(Rejection::coded("rinnovo_sconto", "/sconto").into());
    }
    // Prices go as far as when a licence is issued: a renewal is no way around it.
    let limits = limits(cx).await?;
    limits.check_discount(cx, order.discount)?;
    let currency = order.currency.clone().unwrap_or_else(|| licence.currency.clone());
    if let Some(said) = order.price {
        limits.check_price(said, Some(usual).filter(|_| currency == licence.currency))?;
    }
    let amount = after_discount(full, order.discount);
    // What is for ourselves is not sold.
    let amount = if licence.internal { 0 } else { amount };
    let (due_at, mode) = match &order.payment {
        _ if amount == 0 => (None, Mode::Free),
        Payment::Paid(_) => (None, Mode::Paid),
        Payment::Postponed(due_at) => (Some(due(cx, licence, *due_at).await?), Mode::Postponed),
    };
    let maintenance = licence.r#type == LicenceType::Permanent;
    Ok(Plan { old_end, new_end, maintenance, full, amount, currency, due_at, mode })
}

/// What it costs unless somebody says otherwise: in proportion to what the last renewal cost, or to
/// the price of the licence; nothing for maintenance nobody ever paid for.
async fn usual_price(
    cx: &Cx,
    licence: &Licence,
    length: Length,
    (from, to): (i64, i64),
) -> Result<i64, Fault> {
    let full = match licence.r#type {
        LicenceType::Permanent => {
            let last =
                store::renewals::last_paid(&cx.db(), cx.scope(), &licence.licence_id).await?;
            last.map_or(0, |last| last.amount)
        }
        LicenceType::Trial | LicenceType::Subscription => licence.price.unwrap_or(0),
    };
    Ok(licence.pro_rata(full, length, from, to))
}

/// When a postponed payment is due.
pub(crate) async fn due(cx: &Cx, licence: &Licence, asked: Option<i64>) -> Result<i64, NotIssued> {
    let policy = policies::in_force(cx, Some(&licence.product_id), None).await?.policy;
    if !policy.postponed {
        return Err(Rejection::coded("posticipo_non_previsto", "/modalita").into());
    }
    let usual = || end_of_day(cx.now()).saturating_add(policy.postponed_days * DAY);
    let due = asked.unwrap_or_else(usual);
    if due < cx.now() {
        return Err(Rejection::coded("posticipo_passato", "/pagamento_entro").into());
    }
    Ok(due)
}
