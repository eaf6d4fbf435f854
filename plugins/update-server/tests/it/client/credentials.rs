//! Who shows what gets what: in the address, in a header, in the query.

use plugin_api::contracts::licences::NotEntitled;
use plugin_testing::Client;

use super::{DAY, KEY, on_each};

const FILE: &str = "files/1.1.0/Acme-1.1.0-setup.exe";

#[test]
fn an_address_leads_to_what_its_licence_includes_and_never_to_a_dead_end() {
    on_each(|customer| {
        let address = customer.address();
        let second = customer.two_releases();
        assert_eq!(customer.newest(&address), "1.1.0");
        assert_eq!(
            customer.get(&format!("{address}/{FILE}")).expect(200).bytes.as_ref(),
            b"program"
        );
        customer.get(&format!("{address}/metadata/1.root.json")).expect(200);
        let target = format!("{address}/targets/stable/1.1.0/Acme-1.1.0-setup.exe");
        customer.get(&target).expect(200);

        // Its maintenance ended between the two: the newest inside its window stays.
        customer.includes(|licence| licence.until = second - DAY);
        assert_eq!(customer.newest(&address), "1.0.0");
        let refused = customer.get(&format!("{address}/{FILE}")).expect(403);
        assert_eq!(refused.problem(), "fuori_dalla_manutenzione");
        customer.get(&target).expect(404);
        customer.get(&format!("{address}/files/1.0.0/Acme-1.0.0-setup.exe")).expect(200);

        // Nor does it get a version it does not cover.
        customer.includes(|licence| {
            (licence.until, licence.newest) = (i64::MAX, Some((1, Some(0))));
        });
        assert_eq!(customer.newest(&address), "1.0.0");
        let refused = customer.get(&format!("{address}/{FILE}")).expect(403);
        assert_eq!(refused.problem(), "versione_non_inclusa");
        assert_eq!(customer.get(&target).expect(403).problem(), "versione_non_inclusa");
    });
}

#[test]
fn what_was_decided_about_a_licence_or_a_product_closes_its_address() {
    on_each(|customer| {
        let address = customer.address();
        customer.two_releases();
        let asked = ["electron/stable/latest.yml", "metadata/1.root.json", FILE];
        for (reason, code) in [
            (NotEntitled::Revoked, "licenza_revocata"),
            (NotEntitled::Suspended, "licenza_sospesa"),
            (NotEntitled::Awaiting, "licenza_in_attesa"),
            (NotEntitled::Unknown, "licenza_sconosciuta"),
        ] {
            customer.refused(reason);
            for path in asked {
                let answer = customer.get(&format!("{address}/{path}")).expect(403);
                assert_eq!(answer.problem(), code);
            }
        }
        customer.access("public");
        assert_eq!(customer.newest(&address), "1.1.0", "anybody may have it");
        customer.access("closed");
        let answer = customer.get(&format!("{address}/{FILE}")).expect(403);
        assert_eq!(answer.problem(), "prodotto_chiuso");
        let nowhere = format!("/u/{}/electron/stable/latest.yml", "0a".repeat(20));
        assert_eq!(customer.get(&nowhere).expect(404).problem(), "indirizzo_sconosciuto");
        customer.get("/u/~NOPE/electron/stable/latest.yml").expect(404);
        customer.get("/u/~STUDIO/electron/stable/latest.yml").expect(404);
    });
}

#[test]
fn programs_that_can_show_something_need_no_address_of_their_own() {
    on_each(|customer| {
        customer.two_releases();
        let address = customer.address();
        let secret = address.trim_start_matches("/u/").to_owned();
        let feed = "/u/~STUDIO/electron/stable/latest.yml";
        let missing = customer.get(feed).expect(401);
        assert_eq!(missing.problem(), "credenziale_mancante");
        assert_eq!(missing.header("www-authenticate"), Some("Bearer"));

        let with = |name: &str, value: &str| customer.program().header(name, value);
        let bearer = |value: &str| with("authorization", &format!("Bearer {value}"));
        let ways: [(Client, String); 5] = [
            (bearer(&secret), feed.to_owned()),
            (bearer(KEY), feed.to_owned()),
            (with("x-licence-key", KEY), feed.to_owned()),
            (customer.program(), format!("{feed}?key={KEY}")),
            (customer.program(), format!("{feed}?noCache=1&key={secret}")),
        ];
        for (client, path) in ways {
            let answer = client.get(&path).expect(200);
            assert!(answer.text().contains("1.1.0"), "{path}");
        }
        // The query is not sent again with an absolute address: that of the licence does without.
        let answer = customer.get(&format!("{feed}?key={secret}")).expect(200);
        assert!(answer.text().contains(&format!("{address}/files/1.1.0/")), "{answer}");
        for wrong in ["nonsense", "7D91A-F8FC9-16609-0A1B2-C3D4F", &"0b".repeat(20)] {
            let answer = bearer(wrong).get(feed).expect(401);
            assert_eq!(answer.problem(), "credenziale_sconosciuta");
        }
        customer.includes(|licence| licence.product_code = "OTHER".to_owned());
        assert_eq!(bearer(KEY).get(feed).expect(403).problem(), "prodotto_errato");
        customer.access("public");
        bearer(KEY).get(feed).expect(200);
        bearer("nonsense").get(feed).expect(200);
        customer.get(feed).expect(200);
    });
}

#[test]
fn who_guesses_is_sent_away() {
    on_each(|customer| {
        let address = customer.address();
        customer.two_releases();
        let path = |n: usize| format!("/u/{n:040x}/electron/stable/latest.yml");
        for n in 0..300 {
            customer.get(&path(n)).expect(404);
        }
        let answer = customer.get(&path(301)).expect(429);
        assert!(answer.header("retry-after").is_some());
        customer.get(&format!("{address}/electron/stable/latest.yml")).expect(429);
        customer.vendor.harness.clock().advance(3_600_000);
        customer.get(&format!("{address}/electron/stable/latest.yml")).expect(200);
    });
}
