//! What an end customer sees and does, and what follows from what happens to him.

use plugin_api::contracts::accounts::{Account, AccountState, Merged};
use plugin_api::contracts::licences::{self, OfAccount};
use plugin_testing::Client;
use serde_json::json;

use crate::{Shop, on_each, text};

/// Somebody of the customer himself.
pub(crate) fn customer(shop: &Shop<'_>, account: &Account) -> Client {
    let node = shop.harness.rows(
        "select path from host_organisation where organisation_id = ?",
        [account.organisation_id.as_str().into()],
    );
    let node = plugin_testing::Node {
        id: account.organisation_id.clone(),
        path: text(&node[0], "path"),
        kind: "customer".to_owned(),
        name: account.name.clone(),
    };
    shop.harness.in_branch(&node, &["license-generator:portal"])
}

#[test]
fn a_customer_sees_his_own_licences_and_no_others() {
    on_each(|shop| {
        let own = shop.issue(&json!({}));
        let internal = shop.issue(&json!({ "interna": true }));
        let other = shop.harness.account(&shop.harness.organisations().reseller, "Altri S.r.l.");
        let foreign = shop.issue(&json!({ "cliente": other.account_id }));
        let client = customer(shop, &shop.account);
        let page = client.get("/crm/my-licences").expect(200);
        assert!(page.html().contains(&text(&own, "id")), "{page}");
        for hidden in [&internal, &foreign] {
            assert!(!page.html().contains(&text(hidden, "id")), "{page}");
            client.get(&format!("/crm/my-licences/{}", text(hidden, "id"))).expect(404);
        }
        let page = client.get(&format!("/crm/my-licences/{}", text(&own, "id"))).expect(200);
        assert!(page.html().contains(&text(&own, "chiave_licenza")), "{page}");
        client.get("/crm/licences").expect(403);
    });
}

#[test]
fn he_frees_as_many_devices_as_policy_allows() {
    on_each(|shop| {
        shop.harness.set_setting("portal-free-devices", json!(2));
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        let client = customer(shop, &shop.account);
        let path = format!("/crm/my-licences/{}/free", text(&licence, "id"));
        let seat = |n: usize| {
            let seat = shop.activate(&key, &format!("pc-{n}")).expect(200).json();
            text(&seat["attivazione"], "id")
        };
        let seats = [seat(1), seat(2), seat(3)];
        let free = |seat: &str| client.post_form(&path, &[("attivazione", seat)]);
        assert_eq!(free(&seats[0]).expect(303).notice(), "The device was freed.");
        let foreign = "00000000-0000-7000-8000-00000000ffff";
        assert_eq!(free(foreign).expect(303).notice(), "This device was free already.");
        free(&seats[1]).expect(303);
        free(&seats[2]).expect(409);
        assert_eq!(shop.seats(), (1, 1));
        shop.harness.clock().advance_days(31);
        free(&seats[2]).expect(303);
        assert_eq!(shop.seats(), (0, 0));
    });
}

#[test]
fn a_price_is_booked_once_with_the_licence() {
    on_each(|shop| {
        let price = json!({ "importo": 12_000, "valuta": "EUR" });
        shop.issue(&json!({ "prezzo": price }));
        shop.issue(&json!({ "prezzo": price, "pagamento_entro": "2026-03-31" }));
        shop.issue(&json!({ "prezzo": price, "interna": true }));
        shop.try_issue(&json!({ "pagamento_entro": "2026-03-31" })).expect(422);
        let audits = shop.harness.effects().audits;
        let booked: Vec<_> =
            audits.iter().filter(|audit| audit.action == "transaction.booked").collect();
        let kinds: Vec<_> = booked.iter().filter_map(|a| a.after.as_ref()?.get("kind")).collect();
        assert_eq!(kinds, ["activation", "postponed"]);
    });
}

#[test]
fn licences_follow_their_customer() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let id = text(&licence, "id");
        let wait = "update license_generator_licence set state_stored = 'awaiting' \
                    where licence_id = ?";
        shop.harness.sql(wait, [id.as_str().into()]);
        let caller = shop.harness.job_caller("event");
        let told = |name: &str, payload: serde_json::Value| {
            let event = json!({ "event_id": "e", "name": name, "source": "customer-accounts",
                "at": 0, "payload": payload });
            shop.harness.call(&format!("event:{name}"), &caller, event).expect("taken");
        };
        let account = Account { state: AccountState::Validated, ..shop.account.clone() };
        told("accounts.state_changed.v1", json!(account));
        let asked = OfAccount { account_id: account.account_id.clone() };
        let seller = shop.seller();
        let states = |client: &Client, asked: &OfAccount| -> Vec<String> {
            let told = shop.harness.service(&licences::OF_ACCOUNT, client.caller(), asked);
            told.expect("told").into_iter().map(|licence| licence.stato).collect()
        };
        assert_eq!(states(&seller, &asked), ["attiva"]);
        assert!(states(&shop.sibling(), &asked).is_empty());

        let into = shop.harness.account(&shop.harness.organisations().sibling, "Unita S.p.A.");
        let merged = Merged { from: account, into: into.clone() };
        told("accounts.merged.v1", json!(merged));
        told("accounts.merged.v1", json!(merged));
        assert!(states(&seller, &asked).is_empty());
        assert_eq!(states(&shop.sibling(), &OfAccount { account_id: into.account_id }), ["attiva"]);
        let audits = shop.harness.effects().audits;
        let handed = audits.iter().filter(|audit| audit.action == "licence.handed_over");
        assert_eq!(handed.count(), 1);
    });
}

#[test]
fn the_portal_is_for_ones_own_licences_not_for_the_branch_below() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let node = &shop.harness.organisations().reseller;
        let seller = shop.harness.in_branch(node, &["license-generator:portal"]);
        let path = format!("/crm/my-licences/{}", text(&licence, "id"));
        seller.get(&path).expect(404);
        seller.post_form(&format!("{path}/free"), &[("attivazione", "x")]).expect(404);
        for page in ["/crm/my-licences", "/crm/my-licences/export?format=csv"] {
            assert!(!seller.get(page).expect(200).text().contains("Test"), "{page}");
        }
        let of = OfAccount { account_id: shop.account.account_id.clone() };
        let told = shop.harness.service(&licences::OF_ACCOUNT, seller.caller(), &of);
        assert_eq!(told.expect("told")[0].path, "", "no way to a page he may not open");
    });
}

#[test]
fn what_is_personal_of_devices_is_handed_out_and_erased_and_the_seat_stays() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "canary-pc").expect(200);
        let of = OfAccount { account_id: shop.account.account_id.clone() };
        let root = shop.harness.superadmin();
        let data = || {
            let told = shop.harness.service(&licences::DATA, root.caller(), &of);
            told.expect("data").to_string()
        };
        assert!(data().contains("canary-pc"), "{}", data());
        let foreign = shop.sibling();
        let told = shop.harness.service(&licences::DATA, foreign.caller(), &of).expect("data");
        assert!(!told.to_string().contains("canary-pc"), "{told}");
        shop.harness.service(&licences::ERASE, foreign.caller(), &of).expect("nothing of his");
        assert!(data().contains("canary-pc"));
        shop.harness.service(&licences::ERASE, root.caller(), &of).expect("erased");
        assert!(!data().contains("canary"), "{}", data());
        assert_eq!(shop.seats(), (1, 1));
        shop.activate(&key, "canary-pc").expect(200);
        assert_eq!(shop.seats(), (1, 1), "the device is known by its hash");
    });
}
