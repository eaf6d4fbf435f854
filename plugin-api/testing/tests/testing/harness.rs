//! What the harness gives a test: callers, clock, ids, the tree, effects.

use std::panic::{AssertUnwindSafe, catch_unwind};

use plugin_api::contracts::accounts::{self, AccountState, Find, Search};
use plugin_api::db::Statement;
use plugin_api::{Access, Cx, Fault, FaultKind, Plugin, Routes};
use plugin_testing::{Harness, START};
use serde_json::json;

use crate::tiny::{self, API, COUNT, LIST, RENAMED};

#[test]
fn a_page_answers_in_the_reader_s_language() {
    Harness::on_each(tiny::plugin, |harness| {
        let page = harness.superadmin().get(LIST).expect(200);
        assert_eq!(page.title(), "Things");
        assert!(page.html().contains("Nothing here yet"), "{page}");
        assert_eq!(harness.superadmin().language("it").get(LIST).title(), "Cose");
    });
}

#[test]
fn who_asks_decides_what_is_answered() {
    Harness::on_each(tiny::plugin, |harness| {
        let nobody = harness.anonymous().get(API).expect(401);
        assert_eq!(nobody.problem(), "unauthorized");
        assert_eq!(harness.with_permissions(&["tiny:write"]).get(API).status, 403);
        harness.with_permissions(&["tiny:read"]).get(API).expect(200);
        let refused = harness.anonymous().get(LIST).expect(401);
        assert!(refused.html().contains("sign in"), "a person gets a page: {refused}");
    });
}

#[test]
fn a_branch_sees_its_own_rows_and_no_sibling_s() {
    Harness::on_each(tiny::plugin, |harness| {
        let tree = harness.organisations();
        let rights = ["tiny:read", "tiny:write"];
        let sub_company = harness.in_branch(&tree.sub_company, &rights);
        sub_company.post_json(API, json!({ "nome": "Bolt" })).expect(201);
        for (node, seen) in
            [(&tree.vendor, 1), (&tree.reseller, 1), (&tree.agent, 0), (&tree.sibling, 0)]
        {
            let list = harness.in_branch(node, &rights).get(API).expect(200).json();
            assert_eq!(list["dati"].as_array().unwrap().len(), seen, "{}", node.name);
        }
        let made = harness.effects().organisations;
        let path = "select path, parent_id from host_organisation where organisation_id = ?";
        let rows = harness.rows(path, [made[0].organisation_id.as_str().into()]);
        let step = made[0].organisation_id.replace('-', "");
        assert_eq!(rows[0]["path"], format!("{}{step}/", tree.sub_company.path));
        assert_eq!(rows[0]["parent_id"], tree.sub_company.id.as_str());
    });
}

#[test]
fn a_node_can_only_be_made_in_one_s_own_branch() {
    Harness::on_each(tiny::plugin, |harness| {
        let tree = harness.organisations();
        let mut caller = harness.in_branch(&tree.sibling, &["tiny:write"]).caller().clone();
        caller.organisation_id.clone_from(&tree.reseller.id);
        let answer = harness.as_caller(caller).post_json(API, json!({ "nome": "x" }));
        assert_eq!(answer.status, 500, "the batch aborts: {answer}");
        assert_eq!(harness.scalar("select count(*) from tiny_thing", []), 0);
        assert!(harness.effects().audits.is_empty());
    });
}

#[test]
fn effects_count_once_they_are_committed() {
    Harness::on_each(tiny::plugin, |harness| {
        let seller = harness.superadmin();
        let refused = seller.post_json(API, json!({ "nome": "forbidden" })).expect(422);
        assert_eq!(refused.problem(), "thing_refused");
        assert!(harness.effects().audits.is_empty());
        assert_eq!(harness.scalar("select count(*) from tiny_thing", []), 0);

        seller.post_json(API, json!({ "nome": "Nut" })).expect(201);
        let effects = harness.effects();
        assert_eq!(effects.actions(), ["thing.created"]);
        assert_eq!(effects.event_names(), [RENAMED]);
        assert_eq!(effects.jobs.len(), 1);
    });
}

#[test]
fn jobs_run_when_their_time_has_come() {
    Harness::on_each(tiny::plugin, |harness| {
        harness.superadmin().post_json(API, json!({ "nome": "Nut" })).expect(201);
        assert!(harness.run_jobs().is_empty(), "not due yet");
        harness.clock().advance(60_000);
        let runs = harness.run_jobs();
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].outcome, Ok(()));
        assert_eq!(harness.scalar("select count(*) from tiny_thing where state = 'old'", []), 1);
        assert_eq!(harness.effects().progress[0].message, "ageing");
        assert!(harness.run_jobs().is_empty(), "once is enough");
    });
}

#[test]
fn events_reach_their_subscribers() {
    Harness::on_each(tiny::plugin, |harness| {
        harness.superadmin().post_json(API, json!({ "nome": "Nut" })).expect(201);
        harness.sql("update tiny_thing set name = ''", []);
        harness.deliver_events();
        assert_eq!(harness.rows("select name from tiny_thing", [])[0]["name"], "Nut");
    });
}

#[test]
fn services_are_called_by_name_or_contract() {
    Harness::on_each(tiny::plugin, |harness| {
        let admin = harness.superadmin();
        admin.post_json(API, json!({ "nome": "Nut" })).expect(201);
        assert_eq!(harness.service(&COUNT, admin.caller(), &()), Ok(1));
        let sibling = harness.in_branch(&harness.organisations().sibling, &[]);
        assert_eq!(harness.call("service:things.count.v1", sibling.caller(), ()), Ok(json!(0)));
        let unknown = harness.call("service:nothing.v1", admin.caller(), ()).unwrap_err();
        assert_eq!(unknown.kind, FaultKind::NotFound);
    });
}

#[test]
fn ids_and_time_are_the_same_in_every_run() {
    let make = || {
        let harness = Harness::sqlite(tiny::plugin());
        assert_eq!(harness.clock().now(), START);
        let answer = harness.superadmin().post_json(API, json!({ "nome": "Nut" }));
        answer.json()["id"].as_str().unwrap().to_owned()
    };
    let id = make();
    assert_eq!(id, "019bc119-0100-7000-8000-000000000001", "clock and count");
    assert_eq!(make(), id);
}

#[test]
fn rows_written_behind_are_there_once_the_request_is_answered() {
    Harness::on_each(tiny::plugin, |harness| {
        let made = harness.superadmin().post_json(API, json!({ "nome": "Nut" })).json();
        let path = format!("/api/cose/{}", made["id"].as_str().unwrap());
        assert_eq!(harness.anonymous().get(&path).expect(200).text(), "Nut");
        assert_eq!(harness.scalar("select amount from tiny_thing", []), 1);
        assert_eq!(harness.anonymous().get("/api/cose/unknown").problem(), "not_found");
    });
}

#[test]
fn requests_in_parallel_are_all_answered() {
    Harness::on_each(tiny::plugin, |harness| {
        let client = harness.superadmin();
        let answers =
            harness.parallel(20, |i| client.post_json(API, json!({ "nome": format!("n{i}") })));
        assert!(answers.iter().all(|answer| answer.status == 201));
        assert_eq!(harness.scalar("select count(*) from tiny_thing", []), 20);
        assert_eq!(harness.effects().audits.len(), 20);
    });
}

#[test]
fn a_failure_names_the_database() {
    let failed =
        catch_unwind(|| Harness::on_each(tiny::plugin, |_| panic!("no luck"))).unwrap_err();
    assert_eq!(plugin_api::abi::body::panic_text(&*failed), "on SQLite: no luck");
}

#[test]
fn a_statement_on_a_foreign_table_ends_the_test() {
    async fn peek(cx: Cx) -> Result<String, plugin_api::Problem> {
        let users = Statement::new("select count(*) from host_idempotency");
        Ok(cx.db().scalar(users).await?.to_string())
    }
    let plugin = tiny::unbuilt().routes(Routes::new().get("/crm/peek", peek, Access::Public));
    let harness = Harness::sqlite(plugin.build());
    let peeked = catch_unwind(AssertUnwindSafe(|| harness.anonymous().get("/crm/peek")));
    let panic = peeked.unwrap_err();
    let told = plugin_api::abi::body::panic_text(&*panic);
    assert!(told.contains("foreign table host_idempotency: select count(*)"), "{told}");
}

/// Asks for accounts as license-generator does.
fn asking() -> Plugin {
    tiny::unbuilt()
        .job("find", None, async |cx, id| {
            let asked = Find { account_id: id.as_str().unwrap_or_default().to_owned() };
            match cx.service(&accounts::FIND, &asked).await? {
                Some(account) if account.state == AccountState::Validated => Ok(()),
                Some(_) => Err(Fault::new(FaultKind::Refused, "not validated")),
                None => Err(Fault::new(FaultKind::NotFound, "no account")),
            }
        })
        .build()
}

#[test]
fn the_stand_in_answers_for_the_plugin_that_keeps_the_customers() {
    Harness::on_each(asking, |harness| {
        let tree = harness.organisations();
        let acme = harness.account(&tree.reseller, "Acme Srl");
        let find = |caller: &plugin_api::Caller| {
            harness.call("job:find", caller, &acme.account_id).map_err(|fault| fault.kind)
        };
        assert_eq!(find(harness.superadmin().caller()), Ok(json!(null)));
        let sibling = harness.in_branch(&tree.sibling, &[]);
        assert_eq!(find(sibling.caller()), Err(FaultKind::NotFound));
        harness.set_account_state(&acme.account_id, AccountState::Suspended);
        assert_eq!(find(harness.superadmin().caller()), Err(FaultKind::Refused));
        let view = harness.rows("select * from customer_accounts_v1", []);
        assert_eq!(view[0]["name_folded"], "acme srl");
        assert_eq!(view[0]["state"], "suspended");
        harness.service_fake(&accounts::FIND, |_| None);
        assert_eq!(find(harness.superadmin().caller()), Err(FaultKind::NotFound));
    });
}

#[test]
fn another_plugin_can_take_the_place_of_the_stand_in() {
    fn real() -> Plugin {
        Plugin::new(
            "customer-accounts",
            "1",
            &[("en", "plugin-name = x\nplugin-description = x\n")],
        )
        .service(&accounts::SEARCH, async |_, _: Search| Ok(Vec::new()))
        .build()
    }
    Harness::on_each(asking, |harness| {
        harness.second_plugin(real());
        let missing = harness.call("job:find", harness.superadmin().caller(), "x").unwrap_err();
        assert_eq!(missing.kind, FaultKind::Unavailable, "this one does not offer to find");
    });
}
