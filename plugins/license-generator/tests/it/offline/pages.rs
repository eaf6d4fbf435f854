//! The pages where people bring a request and take the answer away.

use plugin_testing::{Answer, Client};
use serde_json::json;

use super::{bring, request};
use crate::portal::customer;
use crate::{on_each, text};

/// Sends the first form, with a file or a text.
fn upload(client: &Client, name: &str, content: &str) -> Answer {
    let file = if name == "file" { "; filename=\"richiesta.txt\"" } else { "" };
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n--x--\r\n"
    );
    let body = Some(("multipart/form-data; boundary=x", body.into()));
    client.send(axum::http::Method::POST, "/crm/offline", body)
}

#[test]
fn a_file_is_brought_looked_at_and_answered() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        let seller = shop.seller();
        seller.get("/crm/offline").expect(200);
        for name in ["file", "richiesta"] {
            let page = upload(&seller, name, &sent).expect(200);
            for told in ["PC pc-1", "Bianchi", "Activate this device", &sent] {
                assert!(page.html().contains(told), "{told}: {page}");
            }
        }
        let scanned = seller.get(&format!("/crm/offline?r={sent}")).expect(200);
        assert!(scanned.html().contains("Activate this device"), "{scanned}");
        assert_eq!(shop.seats(), (0, 0), "looking takes nothing");

        let done = seller.post_form("/crm/offline/answer", &[("richiesta", &sent)]).expect(303);
        assert_eq!(shop.seats(), (1, 1));
        assert!(shop.harness.effects().actions().contains(&"offline_request.answered"));
        let there = done.location();
        let page = seller.get(&there).expect(200);
        assert!(
            page.html().contains("<svg class=\"qr\"") && page.html().contains("L1R."),
            "{page}"
        );
        let file = seller.get(&format!("{there}/file")).expect(200);
        assert!(
            file.header("content-disposition").is_some_and(|name| name.contains(".lic")),
            "{file}"
        );
        let answer = file.text().trim().to_owned();
        let token = answer.strip_prefix("L1R.").expect("an answer");
        let claims = shop.harness.claims("licenza+jwt", token).expect("signed by us");
        assert_eq!(claims["non"], "nonce-0001");

        let again = seller.post_form("/crm/offline/answer", &[("richiesta", &sent)]).expect(409);
        assert!(again.html().contains("See the answer"), "{again}");
        let list = seller.get("/crm/offline/requests").expect(200);
        assert!(list.html().contains("PC pc-1"), "{list}");
        let csv = seller.get("/crm/offline/requests/export?format=csv").expect(200);
        assert!(csv.text().contains("PC pc-1"), "{csv}");
    });
}

#[test]
fn what_is_wrong_is_said_on_the_page() {
    on_each(|shop| {
        let key = shop.key(&json!({"dispositivi": 1}));
        let seller = shop.seller();
        let page = upload(&seller, "richiesta", "ciao").expect(422);
        assert!(page.html().contains("not a request of a program"), "{page}");
        assert!(page.html().contains("ciao"), "what was typed is shown again");
        shop.activate(&key, "pc-0").expect(200);
        let full = upload(&seller, "richiesta", &request(&key, "pc-1", "nonce-0001", &json!({})));
        let full = full.expect(200);
        assert!(full.html().contains("are in use"), "{full}");
        assert!(!full.html().contains("Activate this device"), "{full}");
    });
}

#[test]
fn foreign_licences_are_like_none() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        let sibling = shop.sibling();
        let page = upload(&sibling, "file", &sent).expect(422);
        assert!(page.html().contains("Nobody has this key"), "{page}");
        sibling.post_form("/crm/offline/answer", &[("richiesta", &sent)]).expect(422);
        assert_eq!(shop.seats(), (0, 0));
        bring(shop, &sent).expect(200);
        let rows =
            shop.harness.rows("select request_id from license_generator_offline_request", []);
        let path = format!("/crm/offline/requests/{}", text(&rows[0], "request_id"));
        sibling.get(&path).expect(404);
        sibling.get(&format!("{path}/file")).expect(404);
        let list = sibling.get("/crm/offline/requests").expect(200);
        assert!(!list.html().contains("PC pc-1"), "{list}");
    });
}

#[test]
fn a_customer_brings_requests_for_his_own_licences() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let other = shop.harness.account(&shop.harness.organisations().reseller, "Altri S.r.l.");
        let foreign = shop.key(&json!({ "cliente": other.account_id }));
        let client = customer(shop, &shop.account);
        let sent = request(&foreign, "pc-1", "nonce-0001", &json!({}));
        client.post_form("/crm/offline/answer", &[("richiesta", &sent)]).expect(422);
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        let done = client.post_form("/crm/offline/answer", &[("richiesta", &sent)]).expect(303);
        client.get(&done.location()).expect(200);
        let list = client.get("/crm/offline/requests").expect(200);
        assert!(list.html().contains("PC pc-1"), "{list}");
        shop.harness.with_permissions(&["license-generator:log"]).get("/crm/offline").expect(403);
        let page = client.get("/crm/my-licences").expect(200);
        assert!(page.html().contains("Studio"), "{page}");
    });
}
