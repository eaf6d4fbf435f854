//! `/crm/licences/new`: whom and what it is for, then its terms.

use crate::{on_each, text};

#[test]
fn the_form_asks_whom_and_what_first() {
    on_each(|shop| {
        let seller = shop.seller();
        let first = seller.get("/crm/licences/new").expect(200);
        assert!(first.html().contains("Bianchi &#38; Figli"), "{first}");
        let none = seller.get("/crm/licences/new?cerca=zzz&trova=1").expect(200);
        assert!(none.html().contains("No customer is called like that"), "{none}");
        let empty = seller.get("/crm/licences/new?continua=1&prodotto=STUDIO").expect(200);
        assert!(empty.html().contains("A licence needs a customer"), "{empty}");
        let query = format!("cliente={}&prodotto=STUDIO&continua=1", shop.account.account_id);
        let second = seller.get(&format!("/crm/licences/new?{query}")).expect(200);
        let html = second.html();
        assert!(
            html.contains("name=\"moduli\" type=\"checkbox\" value=\"base\" checked"),
            "{html}"
        );
        assert!(html.contains("value=\"pdf\">"), "{html}");
    });
}

#[test]
fn a_form_well_filled_in_issues_a_licence() {
    on_each(|shop| {
        let answer = shop.seller().post_form(
            "/crm/licences/new",
            &[
                ("cliente", &shop.account.account_id),
                ("prodotto", "STUDIO"),
                ("tipo", "abbonamento"),
                ("scadenza", "2027-01-31"),
                ("dispositivi", "2"),
                ("interna", "true"),
                ("moduli", "base"),
                ("moduli", "pdf"),
                ("prezzo", "99,90"),
                ("valuta", "eur"),
                ("payload", "{\"a\": 1}"),
                ("alla_scadenza", "avvisa"),
            ],
        );
        let location = answer.expect(303).location();
        let page = shop.seller().get(&location).expect(200);
        assert!(page.html().contains("data-copy="), "the key can be copied: {page}");
        let id = location.rsplit('/').next().expect("an id");
        let licence = shop.seller().get(&format!("/api/admin/licenze/{id}")).expect(200).json();
        assert_eq!(licence["moduli"]["pdf"]["attivo"], true);
        assert_eq!(licence["prezzo"]["importo"], 9990);
        assert_eq!(licence["alla_scadenza"], "avvisa");
        assert!(page.html().contains(&text(&licence, "chiave_licenza")));
    });
}

#[test]
fn a_refused_form_comes_back_as_typed_with_every_reason() {
    on_each(|shop| {
        let hostile = "<script>alert(1)</script>";
        let answer = shop.seller().post_form(
            "/crm/licences/new",
            &[
                ("cliente", &shop.account.account_id),
                ("prodotto", "STUDIO"),
                ("tipo", "abbonamento"),
                ("dispositivi", "tanti"),
                ("payload", "{no"),
                ("note", hostile),
            ],
        );
        let answer = answer.expect(422);
        let html = answer.html();
        assert!(html.contains("value=\"tanti\""), "{html}");
        assert!(html.contains("{no"), "{html}");
        for field in ["f-dispositivi", "f-payload", "f-scadenza"] {
            assert!(html.contains(&format!("href=\"#{field}\"")), "{field}: {html}");
        }
        assert!(!html.contains(hostile) && html.contains("&#60;script&#62;"), "{html}");
        assert!(answer.title().starts_with("Error: "));
        assert_eq!(shop.harness.scalar("select count(*) from license_generator_licence", []), 0);
    });
}

#[test]
fn without_a_customer_the_form_asks_for_one() {
    on_each(|shop| {
        let form = [("prodotto", "STUDIO"), ("tipo", "permanente")];
        let answer = shop.seller().post_form("/crm/licences/new", &form).expect(422);
        assert!(answer.html().contains("A licence needs a customer"), "{answer}");
    });
}
