//! What may be booked.

use super::*;

fn draft() -> Draft {
    Draft {
        kind: "postponed".to_owned(),
        amount: "1234,50".to_owned(),
        currency: "eur".to_owned(),
        date: "2026-01-15".to_owned(),
        due: "2026-02-15".to_owned(),
        ..Draft::default()
    }
}

fn refused(draft: &Draft) -> Vec<(&'static str, &'static str)> {
    let refusals = draft.check().expect_err("refused");
    refusals.into_iter().map(|refusal| (refusal.field, refusal.key)).collect()
}

#[test]
fn a_postponed_entry_is_read() {
    let checked = draft().check().expect("it makes sense");
    assert_eq!((checked.amount, checked.currency.as_str()), (123_450, "EUR"));
    assert_eq!(checked.due_at, parse_date("2026-02-15"));
}

#[test]
fn only_a_postponed_entry_is_due_and_never_before_it_happened() {
    let without = Draft { due: String::new(), ..draft() };
    assert_eq!(refused(&without), [("due", "field-required")]);
    let before = Draft { due: "2026-01-14".to_owned(), ..draft() };
    assert_eq!(refused(&before), [("due", "field-due-before")]);
    let paid = Draft { kind: "renewal".to_owned(), ..draft() };
    assert_eq!(refused(&paid), [("due", "field-due-without")]);
    assert!(Draft { due: String::new(), ..paid }.check().is_ok());
}

#[test]
fn amounts_are_read_in_both_notations_and_nothing_is_guessed() {
    for (amount, currency, minor) in [("12,5", "eur", 1_250), ("1500", "jpy", 1_500)] {
        let (amount, currency) = (amount.to_owned(), currency.to_owned());
        let checked = Draft { amount, currency, ..draft() }.check().expect("it makes sense");
        assert_eq!(checked.amount, minor);
    }
    for text in ["", "-1", "1.234", "1e3"] {
        let draft = Draft { amount: text.to_owned(), ..draft() };
        assert_eq!(refused(&draft), [("amount", "field-amount")], "{text}");
    }
    for text in ["0", "99999999999999"] {
        let draft = Draft { amount: text.to_owned(), ..draft() };
        assert_eq!(refused(&draft), [("amount", "field-range")]);
    }
}

#[test]
fn everything_wrong_is_told_at_once() {
    let fields: Vec<_> = refused(&Draft::default()).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["kind", "amount", "currency", "date"]);
    let odd = Draft { method: "barter".to_owned(), currency: "EURO".to_owned(), ..draft() };
    assert_eq!(refused(&odd), [("currency", "field-currency"), ("method", "field-option")]);
}
