//! `/crm/customers/new`.

use crate::{AGENT, ALL, count, on_each, reseller, sibling};

const NEW: &str = "/crm/customers/new";

#[test]
fn a_customer_is_entered_with_its_own_node_and_its_audit_row() {
    on_each(|harness| {
        let fields = [
            ("kind", "customer"),
            ("name", " Rossi Meccanica S.r.l. "),
            ("vat_number", "IT 12345678903"),
            ("country", "IT"),
            ("email", "info@rossi.example"),
            ("notes", "one\r\ntwo"),
        ];
        let answer = reseller(harness).post_form(NEW, &fields).expect(303);
        assert_eq!(answer.notice(), "Rossi Meccanica S.r.l. was entered.");
        let location = answer.location();
        assert!(location.starts_with("/crm/customers/"), "{location}");
        reseller(harness).get(&location).expect(200);

        let effects = harness.effects();
        assert_eq!(effects.actions(), ["customer.created"]);
        let node = &effects.organisations[0];
        assert_eq!(node.parent_id, harness.organisations().reseller.id);
        assert_eq!(
            (node.kind.as_str(), node.name.as_str()),
            ("customer", "Rossi Meccanica S.r.l.")
        );
        let audit = &effects.audits[0];
        assert_eq!(audit.organisation_id, node.organisation_id);
        let after = audit.after.as_ref().expect("what was entered");
        assert_eq!(after["vat_number"], "12345678903");
        assert_eq!(after["notes"], "one\ntwo");
        assert_eq!(after["state"], "validated");
        assert!(after.get("phone").is_none());
    });
}

#[test]
fn a_wrong_vat_number_shows_the_form_as_typed_and_enters_nothing() {
    on_each(|harness| {
        let fields = [
            ("kind", "prospect"),
            ("name", "<script>alert(1)</script>"),
            ("vat_number", "12345678901"),
            ("country", "IT"),
        ];
        let answer = reseller(harness).language("it").post_form(NEW, &fields).expect(422);
        assert_eq!(answer.title(), "Errore: Nuovo cliente");
        let html = answer.html();
        assert!(html.contains("href=\"#f-vat-number\""), "{html}");
        assert!(html.contains("Non è una partita IVA italiana"), "{html}");
        assert!(html.contains("value=\"12345678901\""), "{html}");
        assert!(html.contains("value=\"prospect\" checked"), "{html}");
        assert!(!html.contains("<script>"), "{html}");
        assert_eq!(count(harness), 0);
        assert!(harness.effects().organisations.is_empty());
    });
}

#[test]
fn the_same_form_sent_twice_enters_one_customer() {
    on_each(|harness| {
        let client = reseller(harness);
        let form = client.get(NEW).expect(200);
        let (_, rest) = form.html().split_once("name=\"customer_id\" value=\"").expect("an id");
        let id = rest.split('"').next().expect("its end").to_owned();
        let fields =
            [("customer_id", id.as_str()), ("kind", "customer"), ("name", "A"), ("country", "IT")];
        let first = client.post_form(NEW, &fields).expect(303);
        let second = client.post_form(NEW, &fields).expect(303);
        assert_eq!(first.location(), second.location());
        assert_eq!(count(harness), 1);
        assert_eq!(harness.effects().organisations.len(), 1);

        let other =
            [("customer_id", id.as_str()), ("kind", "customer"), ("name", "B"), ("country", "IT")];
        client.post_form(NEW, &other).expect(409);
        sibling(harness).post_form(NEW, &fields).expect(409);
        assert_eq!(count(harness), 1);
    });
}

#[test]
fn who_may_not_validate_enters_customers_that_wait() {
    on_each(|harness| {
        let agent = harness.in_branch(&harness.organisations().agent, &AGENT);
        let fields = [("kind", "customer"), ("name", "A"), ("country", "IT")];
        let page = agent.get(&agent.post_form(NEW, &fields).expect(303).location()).expect(200);
        assert!(page.html().contains("Awaiting validation"));
        assert!(!page.html().contains("/state"), "{}", page.html());
        reseller(harness).get(&agent.post_form(NEW, &fields).location()).expect(200);
    });
}

#[test]
fn only_who_may_write_sees_the_form() {
    on_each(|harness| {
        harness.anonymous().get(NEW).expect(401);
        let reader = harness.in_branch(&harness.organisations().reseller, &ALL[..1]);
        reader.get(NEW).expect(403);
        reader.post_form(NEW, &[("name", "A")]).expect(403);
        assert_eq!(count(harness), 0);
    });
}

#[test]
fn a_form_without_fields_is_refused_not_an_error() {
    on_each(|harness| {
        let answer = reseller(harness).post_form(NEW, &[]).expect(422);
        for field in ["kind", "name", "country"] {
            assert!(answer.html().contains(&format!("href=\"#f-{field}\"")), "{field}");
        }
    });
}
