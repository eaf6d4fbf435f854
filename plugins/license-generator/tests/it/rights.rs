//! Rules on who may issue what and how many, on every path.

use plugin_api::Caller;
use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{RESELLER, Shop, on_each, text};

/// A rule with `more` fields than its name.
fn rule(shop: &Shop<'_>, more: &[(&str, &str)]) {
    let form = [&[("nome", "Prudenza"), ("attiva", "true")], more].concat();
    let answer = shop.harness.superadmin().post_form("/crm/issuing-rights/new", &form).expect(303);
    assert_eq!(answer.location(), "/crm/issuing-rights");
}

/// Somebody of the first reseller who has these roles.
fn with_roles(shop: &Shop<'_>, roles: &[&str]) -> Client {
    let caller = shop.seller().caller().clone();
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    shop.harness.as_caller(Caller { roles, ..caller })
}

fn issued(shop: &Shop<'_>) -> i64 {
    shop.harness.scalar("select count(*) from license_generator_licence", [])
}

#[test]
fn without_a_rule_everything_may_be_issued() {
    on_each(|shop| {
        shop.issue(&json!({"dispositivi": 5000, "interna": true}));
    });
}

#[test]
fn each_limit_is_told_by_the_name_of_its_rule() {
    on_each(|shop| {
        rule(
            shop,
            &[
                ("tipi", "trial"),
                ("posti_massimi", "2"),
                ("giorni_massimi", "30"),
                ("senza_interne", "true"),
                ("prodotti", "STUDIO"),
            ],
        );
        let refused = |more: Json| -> String {
            let answer = shop.try_issue(&more).expect(403);
            assert_eq!(answer.problem(), "oltre_i_diritti");
            let problem = answer.json();
            assert!(text(&problem, "detail").contains("Prudenza"), "{problem}");
            text(&problem["errors"][0], "pointer")
        };
        assert_eq!(refused(json!({})), "/tipo");
        let trial = |more: Json| {
            let mut order = json!({"tipo": "trial", "dispositivi": 2, "durata_giorni": 30});
            order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            order
        };
        assert_eq!(refused(trial(json!({"dispositivi": 3}))), "/dispositivi");
        assert_eq!(refused(trial(json!({"durata_giorni": 31}))), "/scadenza");
        assert_eq!(refused(trial(json!({"interna": true}))), "/interna");
        assert_eq!(issued(shop), 0);
        shop.issue(&trial(json!({})));
        // Superadmins are never limited.
        let admin = shop.harness.superadmin();
        admin.post_json("/api/admin/licenze", shop.order(&json!({}))).expect(201);
    });
}

#[test]
fn a_rule_binds_its_role_and_its_branch() {
    on_each(|shop| {
        let nodes = shop.harness.organisations();
        rule(shop, &[("ruolo", "agent"), ("tipi", "trial"), ("ramo", &nodes.reseller.id)]);
        let issue = |client: &Client| {
            client.post_json("/api/admin/licenze", shop.order(&json!({}))).status.as_u16()
        };
        assert_eq!(issue(&with_roles(shop, &["reseller"])), 201);
        assert_eq!(issue(&with_roles(shop, &["agent"])), 403);
        // Below that branch it binds as well, beside it it does not.
        let caller = |node| {
            let caller = shop.harness.in_branch(node, &RESELLER).caller().clone();
            shop.harness.as_caller(Caller { roles: vec!["agent".to_owned()], ..caller })
        };
        let account = shop.harness.account(&nodes.sibling, "Verdi");
        let order = shop.order(&json!({"cliente": account.account_id}));
        caller(&nodes.sibling).post_json("/api/admin/licenze", order).expect(201);
        let account = shop.harness.account(&nodes.agent, "Neri");
        let order = shop.order(&json!({"cliente": account.account_id}));
        caller(&nodes.agent).post_json("/api/admin/licenze", order).expect(403);
    });
}

#[test]
fn the_forms_are_bound_like_the_api() {
    on_each(|shop| {
        rule(shop, &[("tipi", "permanente"), ("posti_massimi", "2")]);
        let form = [
            ("cliente", shop.account.account_id.as_str()),
            ("prodotto", "STUDIO"),
            ("tipo", "permanente"),
            ("dispositivi", "3"),
        ];
        let answer = shop.seller().post_form("/crm/licences/new", &form).expect(422);
        assert!(answer.html().contains("at most 2 devices"), "{answer}");
        let quick = [("cliente", shop.account.account_id.as_str()), ("prodotto", "STUDIO")];
        let answer = shop.seller().post_form("/crm/licences/quick", &quick).expect(422);
        assert!(answer.html().contains("does not let you issue this type"), "{answer}");
        assert_eq!(issued(shop), 0);
    });
}

#[test]
fn a_change_is_no_way_around_a_rule() {
    on_each(|shop| {
        let big = shop.issue(&json!({"dispositivi": 9}));
        rule(shop, &[("posti_massimi", "5"), ("giorni_massimi", "30"), ("tipi", "trial")]);
        let trial = shop.issue(&json!({"tipo": "trial", "dispositivi": 2, "durata_giorni": 20}));
        let change = |client: Client, licence: &Json, patch: Json| {
            let path = format!("/api/admin/licenze/{}", text(licence, "id"));
            client.header("if-match", "*").patch_json(&path, patch)
        };
        for patch in
            [json!({"dispositivi": 6}), json!({"durata_giorni": 31}), json!({"tipo": "permanente"})]
        {
            let refused = change(shop.seller(), &trial, patch).expect(403);
            assert_eq!(refused.problem(), "oltre_i_diritti");
        }
        change(shop.seller(), &trial, json!({"dispositivi": 5})).expect(200);
        let path = format!("/api/admin/licenze/{}/converti", text(&trial, "id"));
        let paid = json!({"tipo": "permanente"});
        assert_eq!(shop.seller().post_json(&path, paid).expect(403).problem(), "oltre_i_diritti");
        // Nor is the new end many licences get at once.
        let select = [("selected", trial["id"].as_str().unwrap())];
        let run = shop.seller().post_form("/crm/licences/bulk/act/end", &select).expect(303);
        let start = format!("{}/start", run.location());
        shop.seller().post_form(&start, &[("scadenza", "2099-12-31")]).expect(303);
        let path = format!("/api/admin/licenze/{}", text(&trial, "id"));
        let now = shop.seller().get(&path).expect(200).json();
        assert_eq!(now["scadenza"], trial["scadenza"]);
        // What nobody touches was allowed once, and less is always allowed.
        change(shop.seller(), &big, json!({"note": "x"})).expect(200);
        change(shop.seller(), &big, json!({"dispositivi": 8})).expect(200);
        // Nor are devices trusted for ever, or a licence made to refuse nothing.
        for patch in [json!({"offline_giorni": 36_500}), json!({"ombra": true})] {
            change(shop.seller(), &big, patch.clone()).expect(422);
            change(shop.harness.superadmin(), &big, patch).expect(200);
        }
        shop.try_issue(&json!({"tipo": "trial", "durata_giorni": 9, "ombra": true})).expect(422);
    });
}

#[test]
fn a_quota_is_never_exceeded_and_begins_anew() {
    on_each(|shop| {
        rule(shop, &[("persona_giorno", "5"), ("organizzazione_mese", "7")]);
        let order = shop.order(&json!({}));
        let seller = shop.seller();
        let answers = shop
            .harness
            .parallel(20, |_| seller.post_json("/api/admin/licenze", &order).status.as_u16());
        let made = answers.iter().filter(|status| **status == 201).count();
        assert_eq!((made, issued(shop)), (5, 5), "{answers:?}");
        assert!(answers.iter().all(|status| [201, 403].contains(status)), "{answers:?}");
        // What makes no sense counts nothing.
        shop.harness.clock().advance_days(1);
        shop.try_issue(&json!({"tipo": "boh"})).expect(422);
        shop.try_issue(&json!({})).expect(201);
        shop.try_issue(&json!({})).expect(201);
        let answer = shop.try_issue(&json!({})).expect(403).json();
        assert!(text(&answer, "detail").contains("organisation issue at most 7"), "{answer}");
        // A refusal by one quota takes nothing from the others.
        let counted = shop.harness.scalar(
            "select issued from license_generator_quota \
             where period like 'd%' and subject like 'user:%'",
            [],
        );
        assert_eq!(counted, 2, "only this day is kept, and what was refused does not count");
        shop.harness.clock().advance_days(31);
        shop.try_issue(&json!({})).expect(201);
    });
}

#[test]
fn a_rule_is_changed_and_deleted_only_as_it_was_seen() {
    on_each(|shop| {
        rule(shop, &[("tipi", "trial")]);
        let admin = shop.harness.superadmin();
        let list = admin.get("/crm/issuing-rights").expect(200);
        assert!(list.html().contains("Prudenza"), "{list}");
        let rows = shop.harness.rows("select right_id from license_generator_right", []);
        let path = format!("/crm/issuing-rights/{}", text(&rows[0], "right_id"));
        let page = admin.get(&path).expect(200);
        assert!(page.html().contains("value=\"trial\" checked"), "{page}");
        let change = |version: &str| {
            let form = [("nome", "Altra"), ("versione", version), ("giorni_massimi", "x")];
            admin.post_form(&path, &form)
        };
        let wrong = change("1").expect(422);
        assert!(wrong.html().contains("f-giorni-massimi"), "{wrong}");
        let change =
            |version: &str| admin.post_form(&path, &[("nome", "Altra"), ("versione", version)]);
        change("1").expect(303);
        assert!(change("1").expect(422).html().contains("in the meantime"));
        // Switched off, it binds nobody.
        shop.issue(&json!({}));
        let delete = format!("{path}/delete");
        admin.post_form(&delete, &[("versione", "1")]).expect(409);
        admin.post_form(&delete, &[("versione", "2")]).expect(303);
        admin.get(&path).expect(404);
        shop.seller().get("/crm/issuing-rights").expect(403);
        let effects = shop.harness.effects();
        let actions = effects.actions();
        for action in ["right.created", "right.updated", "right.deleted"] {
            assert!(actions.contains(&action), "{action}");
        }
    });
}
