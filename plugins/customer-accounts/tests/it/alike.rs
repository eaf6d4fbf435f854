//! Who somebody may be, for plugins that know only a VAT number or a name.

use customer_accounts::{READ, WRITE};
use plugin_api::contracts::accounts::{ALIKE, Alike, Likely};
use serde_json::json;

use crate::{on_each, reseller};

#[test]
fn who_somebody_may_be_is_told_with_the_reason() {
    on_each(|harness| {
        let client = harness.with_permissions(&[READ, WRITE]);
        for (name, vat) in [
            ("Rossi Impianti S.r.l.", "12345678903"),
            ("Rossi Edilizia", ""),
            ("Verdi & Figli snc", ""),
        ] {
            let body = json!({ "ragione_sociale": name, "partita_iva": vat });
            client.post_json("/api/admin/clienti", body).expect(201);
        }
        let asked = |vat: &str, name: &str| {
            let asked = Alike { vat_number: vat.to_owned(), name: name.to_owned(), limit: 10 };
            let found = harness.service(&ALIKE, client.caller(), &asked).expect("an answer");
            found.into_iter().map(|one| (one.account.name, one.reason)).collect::<Vec<_>>()
        };
        let rossi = || "Rossi Impianti S.r.l.".to_owned();
        assert_eq!(asked("IT12345678903", "Altro"), [(rossi(), Likely::SameVatNumber)]);
        assert_eq!(
            asked("", "ROSSI IMPIANTI SRL"),
            [(rossi(), Likely::SameName), ("Rossi Edilizia".to_owned(), Likely::SimilarName)]
        );
        assert_eq!(asked("", "Verdi e Figli").len(), 1);
        assert!(asked("", "").is_empty() && asked("", "Neri").is_empty());
        let wanted = Alike { name: "Rossi Impianti".to_owned(), limit: 10, ..Alike::default() };
        let found =
            harness.service(&ALIKE, reseller(harness).caller(), &wanted).expect("an answer");
        assert!(found.is_empty(), "a reseller sees only his own");
    });
}
