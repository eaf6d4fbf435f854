//! `/crm/licences/new`: whom and what it is for, then its terms.

use serde_json::json;

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

#[test]
fn every_field_of_the_custom_form_reaches_the_licence() {
    on_each(|shop| {
        let nodes = shop.harness.organisations();
        let answer = shop
            .seller()
            .with_permissions(&[
                "license-generator:read",
                "license-generator:issue",
                "license-generator:policies",
            ])
            .post_form(
                "/crm/licences/new",
                &[
                    ("cliente", shop.account.account_id.as_str()),
                    ("prodotto", "STUDIO"),
                    ("tipo", "abbonamento"),
                    ("durata_giorni", "90"),
                    ("associazione", "flottante"),
                    ("posti", "5"),
                    ("rinnovo", "automatico"),
                    ("ombra", "true"),
                    ("moduli", "pdf"),
                    ("modulo_limite_pdf", "100"),
                    ("modulo_periodo_pdf", "mese"),
                    ("modulo_sforamento_pdf", "10"),
                    ("modulo_prova_pdf", "true"),
                    ("organizzazione", &nodes.reseller.id),
                    ("agente", &nodes.agent.id),
                    ("sede", "Torino"),
                    ("prezzo", "120"),
                    ("pagamento_entro", "2026-02-28"),
                ],
            );
        answer.expect(303);
        let licence = &shop.harness.rows("select * from license_generator_licence", [])[0];
        for (column, value) in [
            ("binding", json!("floating")),
            ("seats_max", json!(5)),
            ("renewal", json!("automatic")),
            ("shadow", json!(1)),
            ("seller_id", json!(nodes.reseller.id)),
            ("agent_id", json!(nodes.agent.id)),
            ("site", json!("Torino")),
            ("price", json!(12_000)),
        ] {
            assert_eq!(licence[column], value, "{column}");
        }
        let sql = "select * from license_generator_licence_module where code = 'pdf'";
        let module = &shop.harness.rows(sql, [])[0];
        assert_eq!((&module["active"], &module["trial"]), (&json!(1), &json!(1)));
        assert_eq!((&module["quantity_max"], &module["overage"]), (&json!(100), &json!(10)));
        assert_eq!(module["period"], "month");
    });
}

#[test]
fn the_summary_says_what_would_be_issued_and_writes_nothing() {
    on_each(|shop| {
        let account = shop.account.account_id.as_str();
        let form = [
            ("cliente", account),
            ("prodotto", "STUDIO"),
            ("tipo", "abbonamento"),
            ("scadenza", "2027-01-31"),
            ("dispositivi", "2"),
            ("moduli", "base"),
            ("prezzo", "99,90"),
        ];
        let preview = shop.seller().post_form("/crm/licences/preview", &form).expect(200);
        let html = preview.html();
        assert!(html.contains("Subscription: Studio"), "{html}");
        assert!(html.contains("for Bianchi &#38; Figli, until"), "{html}");
        assert!(html.contains("on 2 devices, with base"), "{html}");
        assert!(html.contains("99.90"), "{html}");
        let wrong = [&form[..3], &[("dispositivi", "x")]].concat();
        let wrong = shop.seller().post_form("/crm/licences/preview", &wrong).expect(200);
        for field in ["#f-dispositivi", "#f-scadenza"] {
            assert!(wrong.html().contains(field), "{field}: {wrong}");
        }
        // The same without a script.
        let check = [&form[..], &[("controlla", "1")]].concat();
        let page = shop.seller().post_form("/crm/licences/new", &check).expect(200);
        assert!(page.html().contains("on 2 devices, with base"), "{page}");
        assert!(page.html().contains("value=\"99,90\""), "{page}");
        assert_eq!(shop.harness.scalar("select count(*) from license_generator_licence", []), 0);
        shop.sibling().post_form("/crm/licences/preview", &form).expect(200);
        let foreign = shop.sibling().post_form("/crm/licences/preview", &form).expect(200);
        assert!(!foreign.html().contains("Bianchi"), "{foreign}");
        shop.harness.anonymous().post_form("/crm/licences/preview", &form).expect(401);
    });
}

#[test]
fn another_like_it_begins_with_the_terms_of_the_first() {
    on_each(|shop| {
        let first = shop.issue(&json!({
            "tipo": "abbonamento", "durata_giorni": 45, "dispositivi": 7, "sede": "Torino",
            "prezzo": {"importo": 5_000, "valuta": "EUR"},
        }));
        let id = text(&first, "id");
        let form = shop.seller().get(&format!("/crm/licences/new?come={id}")).expect(200);
        for value in ["value=\"45\"", "value=\"7\"", "value=\"Torino\"", "value=\"50.00\""] {
            assert!(form.html().contains(value), "{value}: {form}");
        }
        shop.sibling().get(&format!("/crm/licences/new?come={id}")).expect(404);
        let sheet = shop.seller().get(&format!("/crm/licences/{id}/sheet")).expect(200);
        assert!(sheet.html().contains(&text(&first, "chiave_licenza")), "{sheet}");
        shop.sibling().get(&format!("/crm/licences/{id}/sheet")).expect(404);
    });
}

#[test]
fn a_seller_outside_the_branch_does_not_exist() {
    on_each(|shop| {
        let nodes = shop.harness.organisations();
        for (field, pointer) in [("organizzazione", "/organizzazione"), ("agente", "/agente")] {
            let answer = shop.try_issue(&json!({ field: nodes.sibling.id })).expect(422).json();
            assert_eq!(answer["errors"][0]["pointer"], pointer);
        }
    });
}
