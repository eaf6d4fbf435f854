//! What the check of master data accepts, changes and refuses.

use super::*;

fn draft(change: impl FnOnce(&mut Master)) -> Draft {
    let mut draft = Draft::default();
    draft.master.name = "Rossi Meccanica S.r.l.".to_owned();
    change(&mut draft.master);
    draft
}

fn refused(change: impl FnOnce(&mut Master)) -> Vec<(&'static str, &'static str)> {
    let refusals = draft(change).check().expect_err("refused");
    refusals.into_iter().map(|refusal| (refusal.field, refusal.key)).collect()
}

#[test]
fn a_name_and_a_country_are_enough() {
    let details = draft(|_| ()).check().expect("accepted");
    assert_eq!(details.kind, AccountKind::Customer);
    assert_eq!(details.master.country, "IT");
}

#[test]
fn what_is_typed_without_care_is_put_in_form() {
    let details = draft(|master| {
        master.name = "  Rossi \n".to_owned();
        master.vat_number = " it 123.456.789-03".to_owned();
        master.tax_code = "rss mra 85t10 a562s".to_owned();
        master.province = "mi".to_owned();
        master.country = "it".to_owned();
        master.notes = "one\r\ntwo\n".to_owned();
    })
    .check()
    .expect("accepted");
    assert_eq!(details.master.name, "Rossi");
    assert_eq!(details.master.vat_number, "12345678903");
    assert_eq!(details.master.tax_code, "RSSMRA85T10A562S");
    assert_eq!(details.master.province, "MI");
    assert_eq!(details.master.notes, "one\ntwo");
    assert_eq!(Draft::from(details.clone()).check(), Ok(details));
}

#[test]
fn an_italian_vat_number_needs_its_check_digit_and_a_foreign_one_its_form() {
    let wrong = |master: &mut Master| master.vat_number = "12345678901".to_owned();
    assert_eq!(refused(wrong), [("vat_number", "field-vat-number")]);
    let german = draft(|master| {
        master.country = "DE".to_owned();
        master.vat_number = " DE 123 456 789".to_owned();
        master.postal_code = "D-10115".to_owned();
    });
    assert_eq!(german.check().expect("accepted").master.vat_number, "123456789");
}

#[test]
fn everything_wrong_is_told_at_once() {
    let refusals = refused(|master| {
        master.name = "   ".to_owned();
        master.email = "nobody".to_owned();
        master.phone = "call me".to_owned();
        master.postal_code = "123".to_owned();
        master.country = "IT".to_owned();
        master.sdi_code = "12".to_owned();
        master.language = "xx".to_owned();
    });
    let fields: Vec<&str> = refusals.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["name", "email", "phone", "postal_code", "sdi_code", "language"]);
}

#[test]
fn a_kind_that_does_not_exist_is_refused() {
    let draft = Draft { kind: "friend".to_owned(), ..draft(|_| ()) };
    assert_eq!(draft.check().expect_err("refused")[0].field, "kind");
}

#[test]
fn lengths_count_characters() {
    assert!(draft(|master| master.name = "è".repeat(200)).check().is_ok());
    assert_eq!(refused(|m| m.name = "è".repeat(201)), [("name", "field-too-long")]);
}

#[test]
fn control_characters_are_refused_but_notes_have_lines() {
    for bad in ["a\u{0}b", "a\nb", "a\u{1b}[31mb", "a\u{202e}b"] {
        assert_eq!(refused(|m| m.name = bad.to_owned()), [("name", "field-control")], "{bad:?}");
    }
    assert!(draft(|master| master.notes = "one\n\ttwo".to_owned()).check().is_ok());
    assert_eq!(refused(|m| m.notes = "a\u{0}".to_owned()), [("notes", "field-control")]);
}

#[test]
fn addresses_have_a_name_and_a_domain() {
    for good in ["a@b.it", "nome.cognome+x@mail.example.org", "ütf@exämple.org"] {
        assert!(is_address(good), "{good}");
    }
    for bad in ["@b.it", "a@b", "a@b..it", "a b@c.it", "a@b@c.it", "a@.it", "<a@b.it>", "a@-b.it"] {
        assert!(!is_address(bad), "{bad}");
    }
}
