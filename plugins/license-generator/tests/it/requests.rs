//! Licences somebody asks others to issue.

use plugin_testing::{Client, Harness};
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

const REQUESTER: [&str; 2] = ["license-generator:read", "license-generator:request"];
const APPROVER: [&str; 4] = [
    "license-generator:read",
    "license-generator:issue",
    "license-generator:request",
    "license-generator:approve",
];

/// An agent below the first reseller, with a customer of his own; he may only ask.
fn agent(shop: &Shop<'_>) -> (Client, String) {
    let node = &shop.harness.organisations().agent;
    let account = shop.harness.account(node, "Officine Neri");
    let client = shop.harness.in_branch(node, &REQUESTER);
    let mut caller = client.caller().clone();
    caller.actor = plugin_api::Actor::User { id: "agent-1".to_owned(), name: "Gino".to_owned() };
    (shop.harness.as_caller(caller), account.account_id)
}

fn approver(harness: &Harness) -> Client {
    harness.in_branch(&harness.organisations().reseller, &APPROVER)
}

fn ask(shop: &Shop<'_>, client: &Client, account_id: &str) -> Json {
    let body = json!({
        "licenza": shop.order(&json!({"cliente": account_id, "dispositivi": 4})),
        "motivo": "Tre sedi",
    });
    client.post_json("/api/admin/richieste", body).expect(201).json()
}

fn licences(shop: &Shop<'_>) -> i64 {
    shop.harness.scalar("select count(*) from license_generator_licence", [])
}

#[test]
fn what_is_approved_is_issued_once_on_the_rights_of_who_approves() {
    on_each(|shop| {
        let (agent, account) = agent(shop);
        agent.post_json("/api/admin/licenze", shop.order(&json!({"cliente": account}))).expect(403);
        let request = ask(shop, &agent, &account);
        assert_eq!(
            (&request["stato"], &request["richiedente"]),
            (&json!("in_attesa"), &json!("Gino"))
        );
        assert!(text(&request, "ostacolo").contains("not issue them"), "{request}");
        assert_eq!(licences(shop), 0);
        let path = format!("/api/admin/richieste/{}", text(&request, "id"));
        let approve = format!("{path}/approva");
        agent.post_json(&approve, json!({})).expect(403);
        let approver = approver(shop.harness);
        let answers = shop.harness.parallel(5, |_| {
            approver.post_json(&approve, json!({"motivo": "Va bene"})).status.as_u16()
        });
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|status| [200, 409].contains(status)), "{answers:?}");
        assert_eq!(licences(shop), 1);
        let read = agent.get(&path).expect(200).json();
        assert_eq!((&read["stato"], &read["risposta"]), (&json!("approvata"), &json!("Va bene")));
        let id = text(&read, "licenza_id");
        let licence = approver.get(&format!("/api/admin/licenze/{id}")).expect(200).json();
        assert_eq!(licence["dispositivi"], 4);
        let origin = shop.harness.rows("select origin from license_generator_licence", []);
        assert_eq!(origin[0]["origin"], "request");
    });
}

#[test]
fn who_may_not_see_a_request_is_told_it_does_not_exist() {
    on_each(|shop| {
        let (agent, account) = agent(shop);
        let request = ask(shop, &agent, &account);
        let path = format!("/api/admin/richieste/{}", text(&request, "id"));
        let sibling = shop.harness.in_branch(&shop.harness.organisations().sibling, &APPROVER);
        sibling.get(&path).expect(404);
        sibling.post_json(&format!("{path}/approva"), json!({})).expect(404);
        // A colleague who may only ask sees his own.
        let colleague = shop.harness.in_branch(&shop.harness.organisations().agent, &REQUESTER);
        colleague.get(&path).expect(404);
        colleague.post_json(&format!("{path}/annulla"), json!({})).expect(404);
        let own = |client: &Client| client.get("/api/admin/richieste").expect(200).json();
        assert_eq!(own(&colleague)["dati"].as_array().unwrap().len(), 0);
        assert_eq!(own(&agent)["dati"].as_array().unwrap().len(), 1);
        assert_eq!(own(&approver(shop.harness))["dati"].as_array().unwrap().len(), 1);
        assert_eq!(own(&sibling)["dati"].as_array().unwrap().len(), 0);
    });
}

#[test]
fn a_refusal_says_why_and_a_withdrawal_ends_it() {
    on_each(|shop| {
        let (agent, account) = agent(shop);
        let approver = approver(shop.harness);
        let path = |request: &Json, act: &str| {
            format!("/api/admin/richieste/{}/{act}", text(request, "id"))
        };
        let request = ask(shop, &agent, &account);
        let refuse = path(&request, "rifiuta");
        let silent = approver.post_json(&refuse, json!({})).expect(422).json();
        assert_eq!(silent["errors"][0]["pointer"], "/motivo");
        let refused = approver.post_json(&refuse, json!({"motivo": "Bastano due"})).expect(200);
        assert_eq!(refused.json()["stato"], "rifiutata");
        approver.post_json(&path(&request, "approva"), json!({})).expect(409);
        agent.post_json(&path(&request, "annulla"), json!({})).expect(409);
        let other = ask(shop, &agent, &account);
        let withdrawn = agent.post_json(&path(&other, "annulla"), json!({})).expect(200).json();
        assert_eq!(withdrawn["stato"], "annullata");
        assert_eq!(
            approver.post_json(&path(&other, "approva"), json!({})).problem(),
            "richiesta_decisa"
        );
        assert_eq!(licences(shop), 0);
        let effects = shop.harness.effects();
        let actions = effects.actions();
        for action in ["request.sent", "request.refused", "request.withdrawn"] {
            assert!(actions.contains(&action), "{action}");
        }
    });
}

#[test]
fn what_makes_no_sense_is_not_asked_for() {
    on_each(|shop| {
        let (agent, account) = agent(shop);
        let ask = |licence: Json, reason: &str| {
            let body = json!({"licenza": licence, "motivo": reason});
            let answer = agent.post_json("/api/admin/richieste", body).expect(422).json();
            answer["errors"][0]["pointer"].clone()
        };
        let order = shop.order(&json!({"cliente": account}));
        assert_eq!(ask(order.clone(), "  "), "/motivo");
        assert_eq!(ask(order, &"x".repeat(2001)), "/motivo");
        assert_eq!(ask(json!({"cliente": account, "tipo": "boh"}), "x"), "/licenza/prodotto");
        // A customer of somebody else's does not exist.
        assert_eq!(ask(shop.order(&json!({})), "x"), "/licenza/cliente");
    });
}

#[test]
fn the_pages_lead_from_the_form_to_the_licence() {
    on_each(|shop| {
        let (agent, account) = agent(shop);
        let query = format!("cliente={account}&prodotto=STUDIO&continua=1");
        let form = agent.get(&format!("/crm/licences/new?{query}")).expect(200);
        assert!(form.html().contains("formaction=\"/crm/licence-requests/send\""), "{form}");
        assert!(!form.html().contains(">Create licence<"), "{form}");
        let fields = |reason: &'static str| {
            [
                ("cliente", account.clone()),
                ("prodotto", "STUDIO".to_owned()),
                ("tipo", "permanente".to_owned()),
                ("motivo", reason.to_owned()),
            ]
        };
        let send = |reason: &'static str| {
            let fields = fields(reason);
            let fields: Vec<_> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
            agent.post_form("/crm/licence-requests/send", &fields)
        };
        let silent = send("").expect(422);
        assert!(silent.html().contains("Say why it is needed"), "{silent}");
        let there = send("Tre sedi").expect(303).location();
        // He sees it among his own, and may not approve it.
        assert!(agent.get("/crm/my-requests").expect(200).html().contains("Officine Neri"));
        let page = agent.get(&there).expect(200);
        assert!(page.html().contains("/withdraw") && !page.html().contains("/approve"), "{page}");
        agent.get("/crm/licence-requests").expect(403);
        let approver = approver(shop.harness);
        let badge =
            shop.harness.call("badge:/crm/licence-requests", approver.caller(), json!(null));
        assert_eq!(badge.unwrap(), json!(1));
        let list = approver.get("/crm/licence-requests?stato=in_attesa").expect(200);
        assert!(list.html().contains("Gino"), "{list}");
        let page = approver.get(&there).expect(200);
        assert!(page.html().contains("Studio"), "{page}");
        assert!(page.html().contains("without an end"), "the summary is there: {page}");
        let refused = approver.post_form(&format!("{there}/refuse"), &[("motivo", "")]);
        assert!(refused.expect(422).html().contains("Say why not"));
        approver.post_form(&format!("{there}/approve"), &[]).expect(303);
        let page = approver.get(&there).expect(200);
        assert!(page.html().contains("Open the licence"), "{page}");
        assert_eq!(licences(shop), 1);
    });
}

#[test]
fn an_approver_beyond_his_own_rights_issues_nothing() {
    on_each(|shop| {
        let (agent, account) = agent(shop);
        let request = ask(shop, &agent, &account);
        let rule = [("nome", "Prudenza"), ("attiva", "true"), ("posti_massimi", "3")];
        shop.harness.superadmin().post_form("/crm/issuing-rights/new", &rule).expect(303);
        let path = format!("/api/admin/richieste/{}", text(&request, "id"));
        let approver = approver(shop.harness);
        let answer = approver.post_json(&format!("{path}/approva"), json!({})).expect(403);
        assert_eq!(answer.problem(), "oltre_i_diritti");
        assert_eq!(approver.get(&path).json()["stato"], "in_attesa");
        let admin = shop.harness.superadmin();
        admin.post_json(&format!("{path}/approva"), json!({})).expect(200);
    });
}

#[test]
fn who_asked_is_told_by_mail_in_his_language() {
    use plugin_api::contracts::people::{OF_ORGANISATION, Person, PersonState};
    on_each(|shop| {
        shop.harness.service_fake(&OF_ORGANISATION, |_| {
            vec![Person {
                id: "agent-1".to_owned(),
                name: "Gino".to_owned(),
                email: "gino@example.com".to_owned(),
                roles: vec!["agent".to_owned()],
                state: PersonState::Active,
                signed_in_at: None,
            }]
        });
        let (agent, account) = agent(shop);
        let request = ask(shop, &agent.language("it"), &account);
        let path = format!("/api/admin/richieste/{}/approva", text(&request, "id"));
        approver(shop.harness).post_json(&path, json!({"motivo": "Ecco"})).expect(200);
        let effects = shop.harness.effects();
        let mails = &effects.mails;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, "gino@example.com");
        assert!(mails[0].subject.starts_with("Richiesta approvata"), "{}", mails[0].subject);
        assert_eq!(mails[0].paragraphs[1], "Ecco");
    });
}
