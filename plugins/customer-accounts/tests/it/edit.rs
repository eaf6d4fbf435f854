//! `/crm/customers/{id}/edit`.

use crate::{entered, id, on_each, reseller, sibling};

const SECOND: [(&str, &str); 4] =
    [("version", "1"), ("kind", "customer"), ("country", "IT"), ("name", "Second")];

#[test]
fn a_change_is_saved_with_what_was_and_what_is() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "First");
        harness.clock().advance_days(1);
        let edit = format!("/crm/customers/{}/edit", id(&customer));
        assert!(client.get(&edit).expect(200).html().contains("value=\"First\""));
        let answer = client.post_form(&edit, &SECOND).expect(303);
        assert_eq!(answer.location(), format!("/crm/customers/{}", id(&customer)));

        let effects = harness.effects();
        let audit = &effects.audits[1];
        assert_eq!(audit.action, "customer.updated");
        assert_eq!(audit.before, Some(serde_json::json!({ "name": "First" })));
        assert_eq!(audit.after, Some(serde_json::json!({ "name": "Second" })));
        let api = client.get(&format!("/api/admin/clienti/{}", id(&customer))).expect(200);
        assert_eq!(api.header("etag"), Some("\"2\""));
        assert_eq!(api.json()["aggiornato"], "2026-01-16T10:00:00Z");
        assert_eq!(api.json()["creato"], "2026-01-15T10:00:00Z");
    });
}

#[test]
fn saving_without_a_change_writes_nothing() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Second");
        client.post_form(&format!("/crm/customers/{}/edit", id(&customer)), &SECOND).expect(303);
        assert_eq!(harness.effects().actions(), ["customer.created"]);
    });
}

#[test]
fn what_somebody_else_saved_meanwhile_is_shown_and_overwritten_only_knowingly() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "First");
        let edit = format!("/crm/customers/{}/edit", id(&customer));
        client.post_form(&edit, &SECOND).expect(303);

        let mine =
            [("version", "1"), ("kind", "customer"), ("country", "IT"), ("name", "Mine & co")];
        let conflict = client.post_form(&edit, &mine).expect(409);
        let html = conflict.html();
        assert!(html.contains("value=\"Mine &#38; co\""), "{html}");
        assert!(html.contains("<dd>Second</dd>"), "{html}");
        assert!(html.contains("name=\"version\" value=\"2\""), "{html}");

        let knowingly =
            [("version", "2"), ("kind", "customer"), ("country", "IT"), ("name", "Mine & co")];
        client.post_form(&edit, &knowingly).expect(303);
        assert_eq!(client.get(&edit).expect(200).title(), "Edit Mine & co");
    });
}

#[test]
fn a_refused_change_keeps_the_version_it_was_made_from() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "First");
        let edit = format!("/crm/customers/{}/edit", id(&customer));
        client.post_form(&edit, &SECOND).expect(303);
        let wrong = [("version", "1"), ("kind", "customer"), ("country", "IT"), ("name", "")];
        let html = client.post_form(&edit, &wrong).expect(422).html().to_owned();
        assert!(html.contains("name=\"version\" value=\"1\""), "{html}");
        for version in ["", "x", "-1", "99999999999999999999"] {
            let odd =
                [("version", version), ("kind", "customer"), ("country", "IT"), ("name", "X")];
            client.post_form(&edit, &odd).expect(409);
        }
    });
}

#[test]
fn another_branch_finds_nothing_to_edit() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "First");
        let edit = format!("/crm/customers/{}/edit", id(&customer));
        sibling(harness).get(&edit).expect(404);
        sibling(harness).post_form(&edit, &SECOND).expect(404);
        assert_eq!(harness.effects().actions(), ["customer.created"]);
    });
}
