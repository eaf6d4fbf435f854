//! The catalogue: what products offer, through pages and the API, and what issuing makes of it.

use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

/// A product with versions, modules that need and exclude, a bundle, and parameters.
fn product() -> Json {
    json!({
        "codice": "SUITE", "nome": "Suite",
        "versioni": [
            {"versione": "2.1", "rilasciata": "2026-09-01"},
            {"versione": "2.0", "moduli": ["core", "pdf"]},
            {"versione": "1.0", "stato": "ritirato"},
        ],
        "moduli": [
            {"codice": "core", "nome": "Core", "incluso": true},
            {"codice": "pdf", "nome": "Stampe", "prezzo": {"importo": 1000, "valuta": "EUR"}},
            {"codice": "firma", "nome": "Firma", "richiede": ["pdf"], "giorni_prova": 10,
             "periodo": "mese", "limite": 50, "sforamento": 20,
             "prezzo": {"importo": 500, "valuta": "EUR"}},
            {"codice": "lite", "nome": "Lite", "esclude": ["pdf"]},
        ],
        "pacchetti": [{"codice": "tutto", "nome": "Tutto", "moduli": ["pdf", "firma"], "sconto": 10}],
        "parametri": [
            {"nome": "sedi", "etichetta": "Sedi", "tipo": "intero", "minimo": "1", "predefinito": 1},
            {"nome": "server", "etichetta": "Server", "tipo": "ip"},
        ],
    })
}

fn enter(shop: &Shop<'_>, product: &Json) -> Answer {
    shop.harness.superadmin().post_json("/api/admin/prodotti", product.clone()).expect(201)
}

/// The pointers of what is wrong, each with what is said about it.
fn wrong(answer: &Answer) -> Vec<(String, String)> {
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (text(error, "pointer"), text(error, "detail"))).collect()
}

#[test]
fn the_api_reads_enters_and_changes_products() {
    on_each(|shop| {
        let admin = shop.harness.superadmin();
        let made = enter(shop, &product());
        let (id, tag) = (text(&made.json(), "id"), made.header("etag").expect("a tag").to_owned());
        assert_eq!(made.json()["versione"], "2.1");
        let read = admin.get("/api/admin/prodotti/suite").expect(200).json();
        assert_eq!(read["moduli"][2]["richiede"], json!(["pdf"]));
        assert_eq!(read["pacchetti"][0]["sconto"], 10.0);
        let list = admin.get("/api/admin/prodotti?q=sui").expect(200).json();
        assert_eq!(list["dati"][0]["codice"], "SUITE");

        let path = format!("/api/admin/prodotti/{id}");
        let change = json!({"nome": "Suite 2"});
        assert_eq!(
            admin.patch_json(&path, change.clone()).expect(428).problem(),
            "precondition_required"
        );
        let changed =
            admin.clone().header("if-match", &tag).patch_json(&path, change.clone()).expect(200);
        assert_eq!(changed.json()["nome"], "Suite 2");
        assert_eq!(changed.json()["moduli"].as_array().map(Vec::len), Some(4), "the rest stays");
        let late = admin.clone().header("if-match", &tag).patch_json(&path, change).expect(412);
        assert_eq!(late.problem(), "precondition_failed");

        let ring = json!({"moduli": [
            {"codice": "a", "nome": "A", "richiede": ["b"]},
            {"codice": "b", "nome": "B", "richiede": ["a"]},
        ], "versioni": [], "pacchetti": []});
        let refused = admin.clone().header("if-match", "*").patch_json(&path, ring).expect(422);
        assert_eq!(wrong(&refused)[0].0, "/moduli/0/richiede");
        let again = admin.post_json("/api/admin/prodotti", json!({"codice": "suite", "nome": "x"}));
        assert_eq!(wrong(&again.expect(422))[0].0, "/codice");
        shop.seller().get(&path).expect(403);
    });
}

#[test]
fn a_licence_gets_what_its_version_its_rules_and_its_bundle_say() {
    on_each(|shop| {
        enter(shop, &product());
        let order = |more: Json| {
            let mut order = json!({"prodotto": "SUITE"});
            order
                .as_object_mut()
                .expect("an object")
                .extend(more.as_object().expect("one").clone());
            shop.try_issue(&order)
        };
        assert_eq!(order(json!({"versione": "7"})).expect(422).problem(), "versione_sconosciuta");
        assert_eq!(order(json!({"versione": "1.0"})).expect(422).problem(), "versione_ritirata");
        let older = order(json!({"versione": "2.0"})).expect(201).json();
        let codes: Vec<&String> = older["moduli"].as_object().expect("modules").keys().collect();
        assert_eq!(codes, ["core", "pdf"]);
        let refused = order(json!({"versione": "2.0", "moduli": {"firma": {"attivo": true}}}));
        assert_eq!(wrong(&refused.expect(422))[0].0, "/moduli/firma");

        let lone = order(json!({"moduli": {"firma": {"attivo": true}}})).expect(422);
        let (pointer, said) = wrong(&lone).remove(0);
        assert_eq!(pointer, "/moduli/firma");
        assert!(said.contains("Firma (firma) needs Stampe (pdf)"), "{said}");
        let both = order(json!({"moduli": {"lite": {"attivo": true}, "pdf": {"attivo": true}}}));
        assert!(wrong(&both.expect(422))[0].1.contains("cannot be active together"));

        let bundle = order(json!({"pacchetto": "TUTTO", "moduli": {"firma": {"prova": true}}}));
        let bundle = bundle.expect(201).json();
        let signed = &bundle["moduli"]["firma"];
        assert_eq!((&signed["attivo"], &signed["limite"]), (&json!(true), &json!(50)));
        assert_eq!((&signed["periodo"], &signed["prova"]), (&json!("mese"), &json!(true)));
        let until = text(signed, "fino_a");
        assert!(until.starts_with("2026-01-25"), "ten days from the start: {until}");
        assert_eq!(bundle["prezzo"]["importo"], 1350, "1500 less 10 %");
        let stored = "select bundle from license_generator_licence where bundle <> ''";
        assert_eq!(shop.harness.rows(stored, [])[0]["bundle"], "tutto");
        assert_eq!(order(json!({"pacchetto": "x"})).expect(422).problem(), "pacchetto_sconosciuto");
    });
}

#[test]
fn typed_parameters_are_checked_and_reach_the_computer_key() {
    on_each(|shop| {
        enter(shop, &product());
        let order = |parameters: Json| {
            shop.try_issue(&json!({"prodotto": "SUITE", "parametri": parameters}))
        };
        let refused = order(json!({"sedi": 0, "server": "x", "ignoto": 1})).expect(422);
        let pointers: Vec<String> = wrong(&refused).into_iter().map(|(at, _)| at).collect();
        assert_eq!(pointers, ["/parametri/ignoto", "/parametri/sedi", "/parametri/server"]);
        let made = order(json!({"server": "10.0.0.7"})).expect(201).json();
        let key = text(&made, "chiave_licenza");
        let token = text(&shop.activate(&key, "pc").expect(200).json(), "chiave_computer");
        let claims = shop.harness.claims("licenza+jwt", &token).expect("a signed key");
        assert_eq!(claims["par"], json!({"sedi": 1, "server": "10.0.0.7"}));
        let plain = shop.key(&json!({}));
        let token = text(&shop.activate(&plain, "pc").expect(200).json(), "chiave_computer");
        let claims = shop.harness.claims("licenza+jwt", &token).expect("a signed key");
        assert!(!claims.contains_key("par"));
    });
}

#[test]
fn parts_are_entered_changed_pasted_and_deleted_on_their_pages() {
    on_each(|shop| {
        let admin = shop.harness.superadmin();
        let made = enter(shop, &product()).json();
        let id = text(&made, "id");
        let version = || {
            let sql = "select version from license_generator_product where code = 'SUITE'";
            shop.harness.scalar(sql, []).to_string()
        };
        let list = format!("/crm/products/{id}/modules");
        for page in [
            "",
            "/versions",
            "/modules",
            "/bundles",
            "/parameters",
            "/prices",
            "/modules/new",
            "/versions/new",
            "/bundles/new",
            "/parameters/new",
            "/modules/paste",
            "/modules/export?format=csv",
        ] {
            admin.get(&format!("/crm/products/{id}{page}")).expect(200);
        }
        let new = [("_versione", "x"), ("nome", "Rete"), ("codice", "rete")];
        let late = admin.post_form(&format!("{list}/new"), &new).expect(422);
        assert!(late.html().contains("Somebody changed this product"), "{late}");
        let now = version();
        let wrong = [
            ("_versione", &*now),
            ("nome", ""),
            ("codice", "PDF"),
            ("limite", "x"),
            ("prezzo", "1.2.3"),
        ];
        let answer = admin.post_form(&format!("{list}/new"), &wrong).expect(422);
        for field in ["f-nome", "f-codice", "f-limite", "f-prezzo"] {
            assert!(answer.html().contains(&format!("href=\"#{field}\"")), "{field}: {answer}");
        }
        let new = [
            ("_versione", &*now),
            ("nome", "Rete"),
            ("codice", "rete"),
            ("prezzo", "9,50"),
            ("richiede", "core"),
            ("richiede", "pdf"),
        ];
        admin.post_form(&format!("{list}/new"), &new).expect(303);
        let row = "select module_id, base_price, requires from license_generator_module \
                   where code = 'rete'";
        let rows = shop.harness.rows(row, []);
        assert_eq!(
            (&rows[0]["base_price"], &rows[0]["requires"]),
            (&json!(950), &json!(r#"["core","pdf"]"#))
        );

        let part = format!("/crm/catalogue/modules/{}", text(&rows[0], "module_id"));
        let page = admin.get(&part).expect(200);
        assert!(page.html().contains("value=\"9.50\""), "{page}");
        let now = version();
        let change = [("_versione", &*now), ("nome", "Reti"), ("codice", "altro")];
        admin.post_form(&part, &change).expect(303);
        let names =
            "select count(*) from license_generator_module where code = 'rete' and name = 'Reti'";
        assert_eq!(shop.harness.scalar(names, []), 1, "the code stays");
        admin.post_form(&format!("{part}/delete"), &[("_versione", &*version())]).expect(303);
        admin.get(&part).expect(404);

        // What others need, and what licences have, stays.
        let module = |code: &str| {
            let sql =
                "select module_id from license_generator_module where code = ? and product_id = ?";
            let rows = shop.harness.rows(sql, [code.into(), id.as_str().into()]);
            text(&rows[0], "module_id")
        };
        let delete = |code: &str| {
            let path = format!("/crm/catalogue/modules/{}/delete", module(code));
            admin.post_form(&path, &[("_versione", &*version())])
        };
        let needed = delete("pdf").expect(422);
        assert!(needed.html().contains("Firma: "), "{needed}");
        shop.issue(&json!({"prodotto": "SUITE"}));
        let used = delete("lite").expect(422);
        assert!(used.html().contains("there are licences that have it"), "{used}");

        let many: Vec<_> = (0..240).map(|n| format!("m{n};Modulo {n};{n},50;")).collect();
        let many = many.join("\n");
        let paste = format!("{list}/paste");
        admin.post_form(&paste, &[("righe", &*format!("{many}\nlite;Leggero;;\n"))]).expect(303);
        let count = "select count(*) from license_generator_module where code like 'm%'";
        assert_eq!(shop.harness.scalar(count, []), 240);
        let kept = "select excludes from license_generator_module where name = 'Leggero'";
        assert_eq!(shop.harness.rows(kept, [])[0]["excludes"], r#"["pdf"]"#);
        let bad = admin.post_form(&paste, &[("righe", "a b;X\nok;Y;uno")]).expect(422);
        assert!(bad.html().contains("Line 2: "), "{bad}");
        shop.issue(&json!({"prodotto": "SUITE"}));
    });
}
