//! What an end customer sees of himself, and who of him may sign in.

use plugin_api::contracts::people::{
    INVITE, Invited, OF_ORGANISATION, Person, PersonState, SET_BARRED,
};
use plugin_testing::{Client, Harness, Node};
use serde_json::{Value as Json, json};

use crate::{entered, id, on_each, reseller, sibling};

const PORTAL: &str = "/crm/my-account";

/// Somebody of the customer's own node.
fn himself(harness: &Harness, customer: &Json) -> Client {
    let rows = harness.rows(
        "select o.organisation_id, o.path, o.name from customer_accounts_customer c \
         join host_organisation o on o.organisation_id = c.organisation_id \
         where c.customer_id = ?",
        [id(customer).into()],
    );
    let text = |name: &str| rows[0][name].as_str().expect("a text").to_owned();
    let node = Node {
        id: text("organisation_id"),
        path: text("path"),
        kind: "customer".to_owned(),
        name: text("name"),
    };
    harness.in_branch(&node, &["customer-accounts:portal"])
}

#[test]
fn a_customer_sees_himself_and_nobody_else() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Mine");
        let other = entered(&client, "Other");
        let he = himself(harness, &customer);
        let html = he.get(PORTAL).expect(200).html().to_owned();
        assert!(html.contains("Mine") && !html.contains("Other"), "{html}");
        assert!(html.contains("No downloads yet"));
        for path in [format!("/crm/customers/{}", id(&customer)), "/crm/customers".to_owned()] {
            he.get(&path).expect(403);
        }
        he.get(&format!("/api/admin/clienti/{}", id(&other))).expect(403);
        let reseller =
            harness.in_branch(&harness.organisations().reseller, &["customer-accounts:portal"]);
        assert!(reseller.get(PORTAL).expect(200).html().contains("not an end customer"));
        for form in ["/crm/my-account/edit", "/crm/my-account/contacts/new"] {
            assert!(reseller.get(form).expect(200).html().contains("not an end customer"));
            reseller.post_form(form, &[("name", "A"), ("email", "")]).expect(404);
        }
    });
}

#[test]
fn he_changes_how_he_is_reached_and_nothing_more() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Mine");
        let he = himself(harness, &customer);
        let edit = "/crm/my-account/edit";
        assert!(he.get(edit).expect(200).html().contains("name=\"phone\""));
        he.post_form(edit, &[("email", "x"), ("phone", "")]).expect(422);
        let sent =
            [("email", "me@mine.it"), ("phone", "02 2"), ("name", "Hacked"), ("vat_number", "1")];
        he.post_form(edit, &sent).expect(303);
        let now = client.get(&format!("/api/admin/clienti/{}", id(&customer))).json();
        assert_eq!(
            (now["email"].as_str(), now["telefono"].as_str()),
            (Some("me@mine.it"), Some("02 2"))
        );
        assert_eq!(
            (now["ragione_sociale"].clone(), now["partita_iva"].clone()),
            (json!("Mine"), Json::Null)
        );
        let answer = he.post_form("/crm/my-account/contacts/new", &[("name", "Anna")]).expect(303);
        assert_eq!(answer.location(), PORTAL);
        assert!(he.get(PORTAL).expect(200).html().contains("Anna"));
        let contacts = client.get(&format!("/api/admin/clienti/{}/contatti", id(&customer))).json();
        let contact = contacts["dati"][0]["id"].as_str().expect("an id").to_owned();
        let other = himself(harness, &entered(&client, "Other"));
        other
            .post_form(&format!("/crm/my-account/contacts/{contact}"), &[("name", "X")])
            .expect(404);
        other.post_form(&format!("/crm/my-account/contacts/{contact}/delete"), &[]).expect(404);
        he.post_form(&format!("/crm/my-account/contacts/{contact}/delete"), &[]).expect(303);
        assert_eq!(
            harness.effects().actions().iter().filter(|a| **a == "customer.updated").count(),
            1
        );
    });
}

#[test]
fn users_of_the_portal_are_invited_and_barred() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Mine");
        let people = format!("/crm/customers/{}/people", id(&customer));
        assert!(!client.get(&people).expect(200).html().contains("Users of the portal"));
        harness.service_fake(&OF_ORGANISATION, |_| {
            vec![Person {
                id: "p-1".to_owned(),
                name: "Anna <b>".to_owned(),
                email: "anna@a.it".to_owned(),
                roles: vec!["customer".to_owned()],
                state: PersonState::Active,
                signed_in_at: None,
            }]
        });
        harness.service_fake(&INVITE, |asked| {
            assert_eq!((asked.role.as_str(), asked.email.as_str()), ("customer", "b@a.it"));
            Invited { invitation_id: "i".to_owned() }
        });
        harness.service_fake(&SET_BARRED, |asked| assert_eq!(asked.id, "p-1"));
        let html = client.get(&people).expect(200).html().to_owned();
        assert!(html.contains("Anna &#60;b&#62;") && html.contains("May sign in"), "{html}");
        let invite = format!("{people}/invite");
        client.post_form(&invite, &[("name", ""), ("email", "")]).expect(422);
        let answer = client.post_form(&invite, &[("name", "B"), ("email", " b@a.it ")]).expect(303);
        assert_eq!(answer.notice(), "The invitation went to b@a.it.");
        let bar = format!("{people}/bar");
        client.post_form(&bar, &[("person", "p-1"), ("barred", "true")]).expect(303);
        client.post_form(&bar, &[("person", "p-2"), ("barred", "true")]).expect(404);
        sibling(harness).post_form(&bar, &[("person", "p-1"), ("barred", "true")]).expect(404);
        sibling(harness).get(&invite).expect(404);
    });
}
