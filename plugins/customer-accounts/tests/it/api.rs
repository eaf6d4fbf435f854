//! `/api/admin/clienti`: list, get, create.

use serde_json::{Value as Json, json};

use crate::{AGENT, count, entered, id, on_each, reseller, sibling};

const API: &str = "/api/admin/clienti";

#[test]
fn a_customer_is_entered_and_read_back() {
    on_each(|harness| {
        let client = reseller(harness);
        let body = json!({
            "ragione_sociale": "Rossi Meccanica S.r.l.", "partita_iva": "12345678903",
            "indirizzo": {"via": "Via Roma 1", "cap": "20121", "citta": "Milano",
                "provincia": "mi", "paese": "it"},
            "tipo": "prospect", "email": null
        });
        let answer = client.post_json(API, &body).expect(201);
        let customer = answer.json();
        assert_eq!(answer.header("etag"), Some("\"1\""));
        assert_eq!(answer.location(), format!("{API}/{}", id(&customer)));
        let expected = json!({
            "id": id(&customer), "ragione_sociale": "Rossi Meccanica S.r.l.",
            "partita_iva": "12345678903", "codice_fiscale": null, "tipo": "prospect",
            "stato": "convalidato", "email": null, "telefono": null,
            "indirizzo": {"via": "Via Roma 1", "riga_2": null, "cap": "20121",
                "citta": "Milano", "provincia": "MI", "paese": "IT"},
            "pec": null, "codice_sdi": null, "riferimento_esterno": null, "lingua": null,
            "forma_giuridica": null, "sito_web": null, "regime_fiscale": null, "valuta": null,
            "etichette": [], "assegnato_a": harness.organisations().reseller.id,
            "organizzazione": "Reseller A", "agente": null, "unita_a": null, "cancellato": null,
            "note": null, "creato": "2026-01-15T10:00:00Z", "aggiornato": "2026-01-15T10:00:00Z"
        });
        assert_eq!(customer, expected);
        let read = client.get(&answer.location()).expect(200);
        assert_eq!((read.json(), read.header("etag")), (expected, Some("\"1\"")));
    });
}

#[test]
fn what_is_wrong_is_told_with_pointers() {
    on_each(|harness| {
        let pointers = |body: Json| {
            let answer = reseller(harness).post_json(API, body).expect(422);
            assert_eq!(answer.problem(), "validation");
            let errors = answer.json()["errors"].as_array().expect("errors").clone();
            errors.iter().map(|e| e["pointer"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let wrong = json!({"partita_iva": "123", "email": "x", "indirizzo": {"cap": "1"}});
        assert_eq!(
            pointers(wrong),
            ["/ragione_sociale", "/partita_iva", "/email", "/indirizzo/cap"]
        );
        assert_eq!(pointers(json!({"ragione_sociale": "a\u{0}b"})), ["/ragione_sociale"]);
        assert_eq!(pointers(json!({"ragione_sociale": "x".repeat(201)})), ["/ragione_sociale"]);
        assert_eq!(pointers(json!({"ragione_sociale": "A", "tipo": "amico"})), ["/tipo"]);
        assert_eq!(pointers(json!({"ragione_sociale": "A", "stato": "sospeso"})), ["/stato"]);
        assert_eq!(pointers(json!({"ragione_sociale": 7})), ["/ragione_sociale"]);
        assert_eq!(pointers(json!({"ragione_sociale": "A", "sconto": 3})), ["/sconto"]);
        assert_eq!(
            pointers(json!({"ragione_sociale": "A", "indirizzo": {"stato": "IT"}})),
            ["/indirizzo/stato"]
        );
        assert_eq!(count(harness), 0);
    });
}

#[test]
fn a_body_that_is_no_json_is_malformed() {
    on_each(|harness| {
        let client = reseller(harness);
        let send = |content_type: &'static str, body: &'static str| {
            let method = axum::http::Method::POST;
            client.send(method, API, Some((content_type, body.into())))
        };
        send("application/json", "{").expect(400);
        send("application/json", "").expect(400);
        send("text/plain", "{}").expect(415);
        send("application/json", "[]").expect(422);
    });
}

#[test]
fn the_same_request_twice_enters_one_customer() {
    on_each(|harness| {
        let client = reseller(harness).header("idempotency-key", "k-1");
        let first = client.post_json(API, json!({"ragione_sociale": "A"})).expect(201);
        let second = client.post_json(API, json!({"ragione_sociale": "A"})).expect(201);
        assert_eq!(first.json(), second.json());
        assert_eq!(first.location(), second.location());
        assert_eq!(count(harness), 1);
        let other = client.post_json(API, json!({"ragione_sociale": "B"})).expect(422);
        assert_eq!(other.problem(), "idempotency_key_reused");
    });
}

#[test]
fn the_state_of_a_new_customer_is_the_validators_to_choose() {
    on_each(|harness| {
        let with = |stato: &str| json!({"ragione_sociale": "A", "stato": stato});
        let waiting = reseller(harness).post_json(API, with("in_attesa")).expect(201);
        assert_eq!(waiting.json()["stato"], "in_attesa");
        let agent = harness.in_branch(&harness.organisations().agent, &AGENT);
        agent.post_json(API, with("convalidato")).expect(403);
        assert_eq!(entered(&agent, "B")["stato"], "in_attesa");
    });
}

#[test]
fn the_list_goes_on_where_it_ended_and_knows_its_filters() {
    on_each(|harness| {
        let client = reseller(harness);
        for name in ["Delta", "alfa", "Élite", "Beta", "Gamma"] {
            entered(&client, name);
        }
        entered(&sibling(harness), "Hidden");
        let mut names = Vec::new();
        let mut address = format!("{API}?limit=2");
        loop {
            let page = client.get(&address).expect(200).json();
            let rows = page["dati"].as_array().expect("rows");
            names.extend(rows.iter().map(|c| c["ragione_sociale"].as_str().unwrap().to_owned()));
            let Some(next) = page["prossimo"].as_str() else { break };
            address = format!("{API}?limit=2&cursor={next}");
        }
        assert_eq!(names, ["alfa", "Beta", "Delta", "Élite", "Gamma"]);

        let found = |query: &str| {
            let page = client.get(&format!("{API}?{query}")).expect(200).json();
            page["dati"].as_array().expect("rows").len()
        };
        assert_eq!(found("q=ELITE"), 1);
        assert_eq!(found("stato=convalidato"), 5);
        assert_eq!(found("stato=sospeso,in_attesa"), 0);
        assert_eq!(found("tipo=cliente&q=et"), 1);
        let body = json!({"ragione_sociale": "Zeta", "partita_iva": "12345678903",
            "riferimento_esterno": "è-1"});
        client.post_json(API, body).expect(201);
        assert_eq!(found("partita_iva=12345678903"), 1);
        assert_eq!(found("partita_iva=1234567890"), 0);
        assert_eq!(found("paese=IT"), 6);
        assert_eq!(found("paese=I"), 0);
        assert_eq!(found("riferimento_esterno=%C3%A8-1"), 1);
        for wrong in ["stato=boh", "limit=0", "limit=x", "cursor=zzz", "sort=note", "foo=1"] {
            client.get(&format!("{API}?{wrong}")).expect(400);
        }
    });
}

#[test]
fn another_branch_or_an_unknown_id_is_not_found_and_nobody_is_let_in_without_permission() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "A");
        let one = format!("{API}/{}", id(&customer));
        let foreign = sibling(harness).get(&one).expect(404);
        let unknown = sibling(harness).get(&format!("{API}/nope")).expect(404);
        assert_eq!(
            (foreign.problem(), unknown.problem()),
            ("not_found".into(), "not_found".into())
        );
        harness.anonymous().get(API).expect(401);
        let none = harness.in_branch(&harness.organisations().reseller, &[]);
        none.get(API).expect(403);
        none.get(&one).expect(403);
        none.post_json(API, json!({"ragione_sociale": "B"})).expect(403);
        let reader = harness.in_branch(&harness.organisations().reseller, &AGENT[..1]);
        reader.post_json(API, json!({"ragione_sociale": "B"})).expect(403);
        reader.get(&one).expect(200);
    });
}
