//! A renewal as it was typed into a form.

use plugin_api::FieldProblem;
use plugin_api::form::Typed;
use plugin_api::money;
use plugin_api::time::parse_end_of_day;

use super::order::{Order, Payment};
use crate::domain::payment::method;
use crate::domain::renewal::{Length, Start};

/// What a field of a payment is called when it is paid later.
pub(super) const LATER: &str = "posticipato";

/// Reads the form, its price in `currency`; what cannot be read is named by its field.
pub(super) fn order(typed: &Typed, currency: &str) -> Result<Order, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let months = typed.number("mesi", &mut errors);
    let until = day(typed, "fino_a", &mut errors);
    let length = match (months, until) {
        (_, Some(until)) => Length::Until(until),
        (Some(months), None) => Length::Months(months),
        (None, None) => {
            if errors.is_empty() {
                errors.push(FieldProblem::new("/mesi", "field-required"));
            }
            Length::Months(1)
        }
    };
    let order = Order {
        length,
        start: if typed.text("da") == "fine" { Start::End } else { Start::Later },
        price: amount(typed, "prezzo", currency, &mut errors),
        discount: percent(typed, "sconto", &mut errors),
        payment: payment(typed, &mut errors),
        reference: typed.given("riferimento"),
        ..Order::months(1)
    };
    if errors.is_empty() { Ok(order) } else { Err(errors) }
}

/// How it is paid.
fn payment(typed: &Typed, errors: &mut Vec<FieldProblem>) -> Payment {
    let due = day(typed, "pagamento_entro", errors);
    if typed.text("modalita") == LATER {
        return Payment::Postponed(due);
    }
    let paid = method(typed.text("metodo"));
    if paid.is_none() {
        errors.push(FieldProblem::new("/metodo", "field-option"));
    }
    Payment::Paid(paid.unwrap_or_default())
}

/// An amount of `currency`, if one was typed.
pub(crate) fn amount(
    typed: &Typed,
    name: &str,
    currency: &str,
    errors: &mut Vec<FieldProblem>,
) -> Option<i64> {
    let text = typed.given(name)?;
    let amount = money::parse(&text, currency);
    if amount.is_none() {
        errors.push(FieldProblem::new(format!("/{name}"), "field-amount"));
    }
    amount
}

/// A percentage as hundredths of a percent; a comma is a point.
fn percent(typed: &Typed, name: &str, errors: &mut Vec<FieldProblem>) -> i64 {
    let Some(text) = typed.given(name) else { return 0 };
    let hundredths =
        money::parse_decimal(&text, 2).filter(|hundredths| (0..=10_000).contains(hundredths));
    if hundredths.is_none() {
        errors.push(FieldProblem::new(format!("/{name}"), "renew-field-percent"));
    }
    hundredths.unwrap_or_default()
}

fn day(typed: &Typed, name: &str, errors: &mut Vec<FieldProblem>) -> Option<i64> {
    let text = typed.given(name)?;
    let day = parse_end_of_day(&text);
    if day.is_none() {
        errors.push(FieldProblem::new(format!("/{name}"), "field-date"));
    }
    day
}
