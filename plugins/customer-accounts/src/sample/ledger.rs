//! Work and licences that were invoiced to customers of the sample: paid, settled late, overdue.

use plugin_api::contracts::ledger::TransactionKind;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};

use crate::domain::Customer;
use crate::transactions::{Booking, Checked, enter as book, settle};

/// What was invoiced; days count back from the first start of the demo.
#[derive(Clone, Copy)]
struct Line {
    /// The place of the customer in the sample.
    customer: usize,
    kind: TransactionKind,
    /// Minor units of the euro.
    amount: i64,
    happened: i64,
    /// How many days ago it was due; negative when it is due in the future.
    due: Option<i64>,
    settled: Option<i64>,
    method: &'static str,
    notes: &'static str,
}

const fn paid(customer: usize, amount: i64, happened: i64, notes: &'static str) -> Line {
    let kind = TransactionKind::Activation;
    let method = "bank_transfer";
    Line { customer, kind, amount, happened, due: None, settled: None, method, notes }
}

const fn later(customer: usize, amount: i64, happened: i64, due: i64) -> Line {
    let kind = TransactionKind::Postponed;
    let (due, notes) = (Some(due), "");
    Line { customer, kind, amount, happened, due, settled: None, method: "", notes }
}

const fn settled(line: Line, settled: i64, method: &'static str) -> Line {
    Line { settled: Some(settled), method, ..line }
}

/// One overdue entry at least in each column of the ageing, and some that were settled.
const LINES: [Line; 16] = [
    paid(0, 36_000, 530, "Avviamento e importazione degli archivi."),
    paid(2, 18_000, 371, "Formazione di mezza giornata."),
    paid(7, 96_000, 312, "Installazione in quattro sedi."),
    paid(11, 24_000, 260, ""),
    paid(26, 42_000, 204, "Onboarding, two days."),
    paid(14, 28_000, 214, "Installazione e prima formazione."),
    settled(later(14, 15_500, 96, 66), 61, "bank_transfer"),
    settled(later(1, 61_000, 380, 350), 344, "bank_transfer"),
    settled(later(5, 27_500, 300, 270), 251, "direct_debit"),
    settled(later(8, 12_900, 150, 120), 121, "card"),
    later(2, 19_000, 20, -10),
    later(11, 48_000, 55, 12),
    later(3, 33_500, 80, 44),
    later(5, 54_000, 140, 71),
    later(14, 22_000, 200, 163),
    later(7, 88_000, 12, -48),
];

/// Books them.
pub(super) async fn enter(cx: &Cx, customers: &[Customer]) -> Result<(), Fault> {
    let midnight = cx.now() - cx.now().rem_euclid(DAY);
    let ago = |days: i64| midnight - days * DAY;
    for line in LINES {
        let Some(customer) = customers.get(line.customer) else { continue };
        let checked = Checked {
            kind: line.kind,
            amount: line.amount,
            currency: "EUR".to_owned(),
            happened_at: ago(line.happened),
            due_at: line.due.map(ago),
            method: if line.settled.is_some() { "" } else { line.method }.to_owned(),
            notes: line.notes.to_owned(),
            licence_id: String::new(),
        };
        let booking =
            Booking { id: cx.fresh_id(), checked, licence_name: String::new(), reference: None };
        let entry = book(cx, customer, booking).await?;
        if let Some(days) = line.settled {
            settle(cx, &entry, ago(days), line.method).await.map_err(Fault::internal)?;
        }
    }
    Ok(())
}
