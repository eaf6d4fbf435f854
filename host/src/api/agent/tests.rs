//! The API of the tree as software meets it.

use serde_json::{Value as Json, json};

use crate::store::organisations::ROOT;
use crate::testing::{Cockpit, cockpits};

const AGENTS: &str = "/api/admin/agent";

fn at(id: &str) -> String {
    format!("{AGENTS}/{id}")
}

async fn names(cockpit: &Cockpit, token: &str, query: &str) -> Vec<String> {
    let path = format!("{AGENTS}?sort=nome&{query}");
    let reply = cockpit.call(token, "GET", &path, Json::Null).await.expect(200);
    let rows = reply.json["dati"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| row["nome"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_node_is_made_read_changed_and_deleted() {
    for cockpit in cockpits().await {
        let (_, token) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let body = json!({ "nome": "Filiale", "tipo": "sotto_azienda", "sopra": nord });
        let made = cockpit.call(&token, "POST", AGENTS, body).await.expect(201);
        let id = made.json["id"].as_str().expect("an id").to_owned();
        assert_eq!(made.header("location"), at(&id));
        assert_eq!(made.header("etag"), "\"1\"");
        let read = cockpit.call(&token, "GET", &at(&id), Json::Null).await.expect(200);
        assert_eq!(read.json, made.json);
        assert_eq!(read.json["stato"], "attiva");
        assert_eq!(read.json["sopra"], json!(nord));
        let change = json!({ "nome": "Sede", "sopra": ROOT, "sospesa": true });
        let missing = cockpit.call(&token, "PATCH", &at(&id), change.clone()).await;
        assert_eq!(missing.expect(428).codice(), "precondition_required");
        let changed =
            cockpit.call_if(&token, "PATCH", &at(&id), change.clone(), Some("\"1\"")).await;
        let changed = changed.expect(200);
        assert_eq!(changed.header("etag"), "\"2\"");
        assert_eq!(changed.json["nome"], "Sede");
        assert_eq!(changed.json["sopra"], json!(ROOT));
        assert_eq!(
            (&changed.json["stato"], &changed.json["sospesa"]),
            (&json!("sospesa"), &json!(true))
        );
        let late = cockpit.call_if(&token, "PATCH", &at(&id), change, Some("\"1\"")).await;
        assert_eq!(late.expect(412).codice(), "precondition_failed");
        let root = cockpit.call(&token, "DELETE", &at(ROOT), Json::Null).await.expect(409);
        assert_eq!(root.codice(), "organisation_root");
        cockpit.call(&token, "DELETE", &at(&id), Json::Null).await.expect(204);
        cockpit.call(&token, "GET", &at(&id), Json::Null).await.expect(404);
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_told_by_field() {
    for cockpit in cockpits().await {
        let (_, token) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let agent = cockpit.node(ROOT, "agent", "Agente").await;
        let wrong = [
            (json!({ "nome": " ", "tipo": "agente" }), "/nome"),
            (json!({ "nome": "x".repeat(256), "tipo": "agente" }), "/nome"),
            (json!({ "nome": "a\nb", "tipo": "agente" }), "/nome"),
            (json!({ "nome": "A", "tipo": "fornitore" }), "/tipo"),
            (json!({ "nome": "A", "tipo": "agente", "sopra": agent }), "/sopra"),
            (json!({ "nome": "A", "tipo": "agente", "sopra": "nowhere" }), "/sopra"),
        ];
        for (body, pointer) in wrong {
            let reply = cockpit.call(&token, "POST", AGENTS, body).await.expect(422);
            assert_eq!(reply.json["errors"][0]["pointer"], pointer, "{}", reply.text);
        }
        for body in [json!({ "nome": "A", "tipo": "altro" }), json!({ "tipo": "agente" })] {
            let status = cockpit.call(&token, "POST", AGENTS, body).await.status;
            assert!(status.is_client_error(), "{status}");
        }
        cockpit.call(&token, "GET", &format!("{AGENTS}?tipo=altro"), Json::Null).await.expect(400);
    }
}

#[tokio::test]
async fn the_list_is_filtered_and_ends_at_the_branch() {
    for cockpit in cockpits().await {
        let (_, root) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sub = cockpit.node(&nord, "sub_company", "Filiale").await;
        cockpit.node(&sub, "agent", "Agente").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let (_, nords) = cockpit.user(&nord, "reseller", "nord@example.org").await;
        assert_eq!(names(&cockpit, &root, "tipo=rivenditore").await, ["Nord", "Sud"]);
        assert_eq!(names(&cockpit, &root, &format!("sopra={nord}")).await, ["Filiale"]);
        assert_eq!(names(&cockpit, &nords, "").await, ["Agente", "Filiale", "Nord"]);
        assert_eq!(names(&cockpit, &nords, "q=fili").await, ["Agente", "Filiale"]);
        let body = json!({ "sospesa": true });
        let path = at(&sub);
        cockpit.call_if(&nords, "PATCH", &path, body.clone(), Some("*")).await.expect(200);
        assert_eq!(names(&cockpit, &nords, "stato=sospesa").await, ["Agente", "Filiale"]);
        let counted = cockpit.call(&nords, "GET", &at(&nord), Json::Null).await.expect(200);
        let counts = json!({ "utenti": 1, "organizzazioni": 2, "clienti": 0 });
        assert_eq!(counted.json["conteggi"], counts);
        for id in [sud.as_str(), "00000000-0000-7000-8000-0000000000ff"] {
            let reply = cockpit.call(&nords, "GET", &at(id), Json::Null).await.expect(404);
            assert_eq!(reply.codice(), "not_found");
            cockpit.call_if(&nords, "PATCH", &at(id), body.clone(), Some("*")).await.expect(404);
            cockpit.call(&nords, "DELETE", &at(id), Json::Null).await.expect(404);
        }
        let own = cockpit.call_if(&nords, "PATCH", &at(&nord), body, Some("*")).await.expect(409);
        assert_eq!(own.codice(), "organisation_own");
    }
}

#[tokio::test]
async fn the_users_of_a_node_are_invited_barred_and_get_roles() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sub = cockpit.node(&nord, "sub_company", "Filiale").await;
        let (_, token) = cockpit.user(&nord, "reseller", "nord@example.org").await;
        let (bob, _) = cockpit.user(&sub, "agent", "bob@example.org").await;
        let users = format!("{}/utenti", at(&sub));
        let body = json!({ "nome": "Eva", "email": "eva@example.org", "ruoli": ["agent"] });
        let made = cockpit.call(&token, "POST", &users, body.clone()).await.expect(201);
        assert_eq!(made.json["stato"], "invitato");
        let taken = json!({ "nome": "Bob", "email": "BOB@example.org", "ruoli": ["agent"] });
        let reply = cockpit.call(&token, "POST", &users, taken).await.expect(422);
        assert_eq!(reply.json["errors"][0]["pointer"], "/email");
        let more = json!({ "nome": "M", "email": "m@example.org", "ruoli": ["superadmin"] });
        let reply = cockpit.call(&token, "POST", &users, more).await.expect(422);
        assert_eq!(reply.json["errors"][0]["pointer"], "/ruoli");
        let list = cockpit.call(&token, "GET", &users, Json::Null).await.expect(200);
        assert_eq!(list.json["dati"].as_array().map(Vec::len), Some(2));
        let path = format!("{users}/{bob}");
        let body = json!({ "ruoli": ["sub-company"], "disattivato": true });
        let changed = cockpit.call(&token, "PATCH", &path, body.clone()).await.expect(200);
        assert_eq!(changed.json["ruoli"], json!(["sub-company"]));
        assert_eq!(changed.json["stato"], "disattivato");
        let elsewhere = format!("{}/utenti/{bob}", at(&nord));
        cockpit.call(&token, "PATCH", &elsewhere, body).await.expect(404);
        let foreign = cockpit.node(ROOT, "reseller", "Sud").await;
        let path = format!("{}/utenti", at(&foreign));
        cockpit.call(&token, "GET", &path, Json::Null).await.expect(404);
    }
}

#[tokio::test]
async fn who_may_not_is_refused() {
    for cockpit in cockpits().await {
        let (_, token) = cockpit.user(ROOT, "agent", "agent@example.org").await;
        cockpit.call(&token, "GET", AGENTS, Json::Null).await.expect(403);
        cockpit.call("cpk_wrong", "GET", AGENTS, Json::Null).await.expect(401);
    }
}
