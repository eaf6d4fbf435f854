//! `conformance` accepts what is right and finds each kind of fault of a built plugin.

use std::panic::catch_unwind;

use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use plugin_api::contracts::Contract;
use plugin_api::db::Statement;
use plugin_api::{Access, Cx, Fault, Page, Plugin, Problem, Routes, routes};

use crate::folder::{assert_faults, crate_dir};
use crate::tiny::{self, MARIADB, SQLITE, migration};

/// A plugin, and parts of every fault it has.
type Faulty = (fn() -> Plugin, &'static [&'static str]);

fn page(path: &'static str, html: &'static str) -> Plugin {
    let show = async move || Page::html("Title", html);
    tiny::unbuilt().routes(Routes::new().get(path, show, Access::permission("tiny:read"))).build()
}

fn migrated(sqlite: &str, mariadb: &str) -> Plugin {
    tiny::unbuilt().migrations(migration(1, "create_thing", sqlite, mariadb)).build()
}

#[test]
fn a_plugin_with_nothing_wrong_passes() {
    let folder = crate_dir();
    plugin_testing::conformance(tiny::plugin, folder.path().to_str().unwrap());
}

#[test]
fn conformance_panics_with_every_fault() {
    let folder = crate_dir();
    let failed = catch_unwind(|| {
        let plugin = || tiny::unbuilt().menu("things", "/crm/nowhere", "box", "fly", "f").build();
        plugin_testing::conformance(plugin, folder.path().to_str().unwrap());
    });
    let panic = failed.unwrap_err();
    let told = plugin_api::abi::body::panic_text(&*panic);
    assert!(told.starts_with("2 faults:\n- "), "{told}");
}

#[test]
fn names_that_break_the_rules_are_found() {
    let told: [Faulty; 8] = [
        (
            || tiny::unbuilt().permission("Read It", &[]).build(),
            &["is not tiny:<verb>", "permission tiny:Read It: no text"],
        ),
        (
            || tiny::unbuilt().permission("read", &[]).build(),
            &["the permission \"tiny:read\" stands twice"],
        ),
        (
            || tiny::unbuilt().menu("things", "/crm/nowhere", "box", "fly", "t").build(),
            &[
                "/crm/nowhere leads to no GET route",
                "the menu entry /crm/nowhere needs the permission \"tiny:fly\"",
                "key of the menu \"t\" stands twice",
            ],
        ),
        (
            || tiny::unbuilt().setting("No Kebab", 1).build(),
            &["setting \"No Kebab\" is not kebab", "setting No Kebab: no text"],
        ),
        (
            || tiny::unbuilt().service(&Contract::new("count"), async |_, ()| Ok(())).build(),
            &["\"count\" does not end with .v<N>"],
        ),
        (
            || tiny::unbuilt().job("odd", Some("@daily"), async |_, _| Ok(())).build(),
            &["job odd does not have five fields"],
        ),
        (|| tiny::unbuilt().asset("a/b.js", "js", b"").build(), &["is in a folder", "type \"js\""]),
        (|| tiny::unbuilt().topic("things", "hear").build(), &["the topic tiny.things needs"]),
    ];
    let folder = crate_dir();
    for (plugin, told) in told {
        assert_faults(plugin, folder.path(), told);
    }
}

#[test]
fn routes_out_of_place_are_found() {
    let stray = || {
        let routes =
            Routes::new().get("/elsewhere", async || Page::html("T", ""), Access::SignedIn);
        tiny::unbuilt().routes(routes).build()
    };
    let folder = crate_dir();
    let nowhere = "GET /elsewhere is under none of /crm/, /api/, /u/{…}/";
    assert_faults(stray, folder.path(), &[nowhere]);
    let session = || {
        let routes = Routes::new().get("/u/{token}/x", async || "", Access::SignedIn);
        tiny::unbuilt().routes(routes).build()
    };
    assert_faults(
        session,
        folder.path(),
        &["GET /u/{token}/x is under /u/ and asks for a session"],
    );
    let unknown = || {
        let fly = Access::permission("tiny:fly");
        tiny::unbuilt().routes(Routes::new().post("/crm/fly", async || "", fly)).build()
    };
    assert_faults(unknown, folder.path(), &["POST /crm/fly needs the permission \"tiny:fly\""]);
}

#[test]
fn an_operation_that_says_too_little_is_found() {
    #[utoipa::path(get, path = "/api/mute", responses((status = 200)))]
    async fn mute() -> &'static str {
        ""
    }
    let undocumented = || {
        let signed_in = Access::SignedIn;
        tiny::unbuilt().routes(Routes::new().get("/api/hidden", async || "", signed_in)).build()
    };
    let silent =
        || tiny::unbuilt().routes(Routes::new().api(routes!(mute), &Access::SignedIn)).build();
    let folder = crate_dir();
    assert_faults(undocumented, folder.path(), &["GET /api/hidden is not described"]);
    assert_faults(silent, folder.path(), &["GET /api/mute has no summary"]);
}

#[test]
fn pages_that_break_the_content_security_policy_are_found() {
    let told: [Faulty; 5] = [
        (|| page("/crm/a", "<p style='color:red'>x</p>"), &["style=\"color:red\" on <p>"]),
        (
            || page("/crm/a", "<b id=a OnClick=x()></b><i id='a'>"),
            &["onclick=", "\"a\" stands twice"],
        ),
        (
            || page("/crm/a", "<script src=/x.js></script>"),
            &["a script in the page", "src=\"/x.js\""],
        ),
        (|| page("/crm/a", "<a href=\"/crm/things\">"), &["forgets the base path"]),
        (|| page("/crm/a", "⟦gone⟧"), &["there is no text \"gone\""]),
    ];
    let folder = crate_dir();
    for (plugin, told) in told {
        assert_faults(plugin, folder.path(), told);
    }
}

#[test]
fn pages_that_do_not_render_are_found() {
    fn routed(routes: Routes) -> Plugin {
        tiny::unbuilt().routes(routes).build()
    }
    let told: [Faulty; 5] = [
        (
            || routed(Routes::new().get("/crm/a", async || Page::html("", "x"), Access::SignedIn)),
            &["the page has no title"],
        ),
        (
            || routed(Routes::new().get("/crm/a", async || Redirect::to("/"), Access::SignedIn)),
            &["): 303 See Other"],
        ),
        (
            || {
                let fails = async || -> Result<Page, Problem> { Err(Fault::internal("x").into()) };
                routed(Routes::new().get("/crm/a", fails, Access::SignedIn))
            },
            &["GET /crm/a"],
        ),
        (
            || {
                let panics = async || -> StatusCode { panic!("no luck") };
                routed(Routes::new().get("/crm/a", panics, Access::SignedIn))
            },
            &["panic: no luck"],
        ),
        (
            || {
                let peeks = async |cx: Cx| -> Result<Page, Problem> {
                    cx.db().rows(Statement::new("select 1 from host_user")).await?;
                    Ok(Page::html("Title", ""))
                };
                routed(Routes::new().get("/crm/a", peeks, Access::SignedIn))
            },
            &["foreign table host_user"],
        ),
    ];
    let folder = crate_dir();
    for (plugin, told) in told {
        assert_faults(plugin, folder.path(), told);
    }
}

#[test]
fn a_handler_that_answers_bad_input_with_its_own_failure_is_found() {
    let fragile = || {
        let fails = async |body: String| match body.as_str() {
            "{" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            _ => StatusCode::BAD_REQUEST.into_response(),
        };
        tiny::unbuilt().routes(Routes::new().post("/crm/a", fails, Access::SignedIn)).build()
    };
    assert_faults(
        fragile,
        crate_dir().path(),
        &["POST /crm/a: Some((\"application/json\", \"{\"))"],
    );
}

#[test]
fn a_job_that_fails_at_its_hour_is_found() {
    let failing = || {
        let fails = async |_: Cx, _| Err(Fault::internal("always"));
        tiny::unbuilt().job("sweep", Some("* * * * *"), fails).build()
    };
    assert_faults(failing, crate_dir().path(), &["job:sweep, run by its cron expression, fails"]);
}

#[test]
fn a_service_that_panics_is_found() {
    let panics = || {
        let contract: Contract<serde_json::Value, ()> = Contract::new("things.panic.v1");
        tiny::unbuilt().service(&contract, async |_, _| panic!("no luck")).build()
    };
    assert_faults(panics, crate_dir().path(), &["service:things.panic.v1: panic: no luck"]);
}

#[test]
fn migrations_that_break_the_rules_are_found() {
    const FOREIGN: &str = "create table if not exists other_thing (id text primary key);\n";
    const FOREIGN_MARIADB: &str = "create table if not exists other_thing \
        (id char(36) primary key) engine=InnoDB collate=utf8mb4_nopad_bin;\n";
    let told: [Faulty; 5] = [
        (
            || migrated(&(SQLITE.to_owned() + FOREIGN), &(MARIADB.to_owned() + FOREIGN_MARIADB)),
            &["\"other_thing\" does not begin with \"tiny_\""],
        ),
        (
            || {
                let again = "create index tiny_name on tiny_thing (name);\n";
                migrated(&(SQLITE.to_owned() + again), &(MARIADB.to_owned() + again))
            },
            &["they cannot be run twice"],
        ),
        (
            || {
                let peek = "insert into tiny_thing select * from host_user where 1 = 0;\n";
                migrated(&(SQLITE.to_owned() + peek), &(MARIADB.to_owned() + peek))
            },
            &["touches the foreign table \"host_user\"", "building it on each database: panic"],
        ),
        (
            || migrated(SQLITE, &MARIADB.replace("engine=InnoDB", "")),
            &["mariadb/0001_create_thing.sql: not engine=InnoDB"],
        ),
        (
            || {
                let mut migrations = migration(1, "create_thing", SQLITE, MARIADB);
                migrations.mariadb[0].name = "make_thing".to_owned();
                tiny::unbuilt().migrations(migrations).build()
            },
            &["do not have the same ones", "mariadb/0001_create_thing.sql is not listed"],
        ),
    ];
    let folder = crate_dir();
    for (plugin, told) in told {
        assert_faults(plugin, folder.path(), told);
    }
}
