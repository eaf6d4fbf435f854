//! Roles as people edit them, on every database.

use plugin_api::Permissions;
use serde_json::Value as Json;

use crate::people::roles;
use crate::store::organisations::ROOT;
use crate::testing::{Cockpit, Reply, cockpits};

async fn post(cockpit: &Cockpit, token: &str, path: &str, form: &str) -> Reply {
    cockpit.call(token, "POST", path, Json::from(form)).await
}

async fn get(cockpit: &Cockpit, token: &str, path: &str) -> Reply {
    cockpit.call(token, "GET", path, Json::Null).await
}

/// The form of a role that may do what `role` may, and `more`.
fn ticked(cockpit: &Cockpit, role: &str, more: &[&str]) -> String {
    let permissions = roles::permissions(&cockpit.state, &[role.to_owned()]);
    let Permissions::Some(ids) = permissions else { panic!("a superadmin") };
    let ids = ids.iter().map(String::as_str).chain(more.iter().copied());
    ids.map(|id| format!("permissions={id}")).collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn an_edit_counts_from_the_next_request_and_can_be_taken_back() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let (_, ann) = cockpit.user(ROOT, "agent", "ann@example.org").await;
        get(&cockpit, &ann, "/system/audit").await.expect(403);
        let form = ticked(&cockpit, "agent", &["host:audit"]);
        post(&cockpit, &ada, "/system/roles/agent", &form).await.expect(303);
        get(&cockpit, &ann, "/system/audit").await.expect(200);
        let list = get(&cockpit, &ada, "/system/roles").await.expect(200);
        assert!(list.text.contains("changed"), "{}", list.text);
        // Another host changed it: the number that is read with who is asking tells.
        let db = cockpit.state.system("test").db();
        let scope = plugin_api::Scope::everything();
        let other = plugin_api::db::Batch::new()
            .and(crate::store::role_permissions::clearing(&scope, "agent"))
            .and(crate::store::role_permissions::edited());
        db.batch(other).await.expect("written");
        get(&cockpit, &ann, "/system/audit").await.expect(403);
        post(&cockpit, &ada, "/system/roles/agent", &form).await.expect(303);
        get(&cockpit, &ann, "/system/audit").await.expect(200);
        post(&cockpit, &ada, "/system/roles/agent/reset", "").await.expect(303);
        get(&cockpit, &ann, "/system/audit").await.expect(403);
        let superadmin = "/system/roles/superadmin";
        post(&cockpit, &ada, superadmin, "totp_required=false").await.expect(303);
        get(&cockpit, &ada, "/system/modules").await.expect(200);
        get(&cockpit, &ada, "/system/roles/nothing").await.expect(404);
        get(&cockpit, &ann, "/system/roles").await.expect(403);
    }
}

#[tokio::test]
async fn nobody_grants_what_he_lacks_and_a_role_stays_in_its_branch() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let branch = cockpit.node(&nord, "sub_company", "Filiale").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let (_, rita) = cockpit.user(&nord, "reseller", "rita@example.org").await;
        let (_, saul) = cockpit.user(&sud, "reseller", "saul@example.org").await;
        let form = ticked(&cockpit, "reseller", &["host:roles"]);
        post(&cockpit, &ada, "/system/roles/reseller", &form).await.expect(303);

        let lacking = "name=Lager&permissions=host:users&permissions=host:settings";
        let made = post(&cockpit, &rita, "/system/roles/new", lacking).await.expect(303);
        let role = made.header("location").to_owned();
        let id = role.rsplit('/').next().unwrap_or_default().to_owned();
        let granted = roles::permissions(&cockpit.state, std::slice::from_ref(&id));
        assert!(granted.contain("host:users") && !granted.contain("host:settings"));
        let page = get(&cockpit, &rita, &role).await.expect(200);
        assert!(!page.text.contains("host:settings"), "what he lacks he does not see");
        get(&cockpit, &saul, &role).await.expect(404);
        post(&cockpit, &saul, &role, "name=Mine").await.expect(404);
        post(&cockpit, &saul, &format!("{role}/delete"), "").await.expect(404);
        // The built-in ones are the vendor's.
        post(&cockpit, &rita, "/system/roles/agent", &form).await.expect(403);
        post(&cockpit, &rita, "/system/roles/agent/reset", "").await.expect(403);

        let user = |node: &str, email: &str| {
            format!(
                "name=Bo&email={email}&password=correct-horse-battery&roles={id}\
                 &organisation_id={node}"
            )
        };
        let there = user(&branch, "bo@example.org");
        post(&cockpit, &rita, "/system/users/new", &there).await.expect(303);
        let elsewhere = user(&sud, "no@example.org");
        post(&cockpit, &ada, "/system/users/new", &elsewhere).await.expect(422);
        let kept = post(&cockpit, &rita, &format!("{role}/delete"), "").await.expect(422);
        assert!(kept.text.contains("Somebody has this role"), "{}", kept.text);
        assert!(kept.text.contains("Bo"), "and who");

        let wider = "name=Lager&permissions=host:users&permissions=host:roles";
        let (_, lea) = cockpit.user(&nord, &id, "lea@example.org").await;
        get(&cockpit, &lea, "/system/users").await.expect(200);
        post(&cockpit, &rita, &role, wider).await.expect(303);
        let (kim_id, kim) = cockpit.user(&nord, &id, "kim@example.org").await;
        let narrower = "name=Lager&permissions=host:roles";
        post(&cockpit, &rita, &role, narrower).await.expect(303);
        get(&cockpit, &kim, "/system/users").await.expect(403);
        // Who has the role lacks the other permission, so the box means nothing.
        post(&cockpit, &kim, &role, wider).await.expect(303);
        get(&cockpit, &kim, "/system/users").await.expect(403);
        // Through another role he has it, but not to widen his own with.
        let second = "name=Zweite&permissions=host:users";
        let second = post(&cockpit, &rita, "/system/roles/new", second).await.expect(303);
        let second = second.header("location").rsplit('/').next().unwrap_or_default().to_owned();
        let (db, scope) = (cockpit.state.system("test").db(), plugin_api::Scope::everything());
        db.execute(crate::store::roles::giving(&scope, &kim_id, &second)).await.expect("given");
        get(&cockpit, &kim, "/system/users").await.expect(200);
        let refused = post(&cockpit, &kim, &role, wider).await.expect(422);
        assert!(refused.text.contains("somebody else has to widen it"), "{}", refused.text);
    }
}

#[tokio::test]
async fn what_is_typed_is_checked_and_shown_again() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        for name in ["", "%20", &"x".repeat(101)] {
            let form = format!("name={name}&description=Kept&permissions=host:audit");
            let page = post(&cockpit, &ada, "/system/roles/new", &form).await.expect(422);
            assert!(page.text.contains("Kept"), "{}", page.text);
        }
        let copy = get(&cockpit, &ada, "/system/roles/new?copy=auditor").await.expect(200);
        assert!(copy.text.contains("Auditor (copy)"), "{}", copy.text);
        get(&cockpit, &ada, "/system/roles/new?copy=x").await.expect(404);
        let naughty = "name=%3Cscript%3E&description=%27%3B--&totp_required=true";
        let made = post(&cockpit, &ada, "/system/roles/new", naughty).await.expect(303);
        let page = get(&cockpit, &ada, made.header("location")).await.expect(200);
        assert!(page.text.contains("&#60;script&#62;") && !page.text.contains("<script>"));
        let users = get(&cockpit, &ada, "/system/users?roles=super").await.expect(200);
        assert!(users.text.contains("ada@example.org"), "{}", users.text);
        let deleted = format!("{}/delete", made.header("location"));
        post(&cockpit, &ada, &deleted, "").await.expect(303);
        get(&cockpit, &ada, made.header("location")).await.expect(404);
        get(&cockpit, &ada, "/system/roles/export?format=csv").await.expect(200);
        get(&cockpit, &ada, "/system/users/export?format=json").await.expect(200);
    }
}

#[tokio::test]
async fn a_role_counts_only_in_the_branch_of_who_made_it() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let branch = cockpit.node(&nord, "sub_company", "Filiale").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let (_, rita) = cockpit.user(&nord, "reseller", "rita@example.org").await;
        let form = ticked(&cockpit, "reseller", &["host:roles"]);
        post(&cockpit, &ada, "/system/roles/reseller", &form).await.expect(303);
        let made = "name=Lager&permissions=host:users";
        let made = post(&cockpit, &rita, "/system/roles/new", made).await.expect(303);
        let role = made.header("location").to_owned();
        let id = role.rsplit('/').next().unwrap_or_default().to_owned();
        let (bo_id, bo) = cockpit.user(&branch, &id, "bo@example.org").await;
        get(&cockpit, &bo, "/system/users").await.expect(200);

        let moved = cockpit.of(ROOT).await;
        let batch = plugin_api::db::Batch::new().move_organisation(&branch, &sud);
        moved.db().batch(batch).await.expect("moved");
        get(&cockpit, &bo, "/system/users").await.expect(403);
        // Nor does it demand anything of him, whatever becomes of it.
        let strict = "name=Lager&permissions=host:users&totp_required=true";
        post(&cockpit, &rita, &role, strict).await.expect(303);
        let refused = get(&cockpit, &bo, "/api/admin/agent").await.expect(403);
        assert_eq!(refused.codice(), "forbidden");
        let page = get(&cockpit, &ada, &format!("/system/users/{bo_id}")).await.expect(200);
        assert!(!page.text.contains("checked"), "{}", page.text);
        let page = get(&cockpit, &ada, &role).await.expect(200);
        assert!(page.text.contains("Nobody in your branch has it"), "{}", page.text);
        let list = get(&cockpit, &ada, "/system/users?roles=lager").await.expect(200);
        assert!(!list.text.contains("bo@example.org"), "{}", list.text);

        let back = plugin_api::db::Batch::new().move_organisation(&branch, &nord);
        moved.db().batch(back).await.expect("moved back");
        let again = get(&cockpit, &bo, "/api/admin/agent").await.expect(403);
        assert_eq!(again.codice(), "totp_required", "it counts again");
        let away = plugin_api::db::Batch::new().move_organisation(&branch, &sud);
        moved.db().batch(away).await.expect("moved");
        post(&cockpit, &rita, &format!("{role}/delete"), "").await.expect(303);
    }
}

#[tokio::test]
async fn a_role_somebody_is_invited_with_stays() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let made = post(&cockpit, &ada, "/system/roles/new", "name=Lager").await.expect(303);
        let role = made.header("location").to_owned();
        let id = role.rsplit('/').next().unwrap_or_default().to_owned();
        let invited = format!("name=Zoe&email=zoe@example.org&organisation_id={ROOT}&roles={id}");
        post(&cockpit, &ada, "/system/users/invite", &invited).await.expect(303);
        let kept = post(&cockpit, &ada, &format!("{role}/delete"), "").await.expect(422);
        assert!(kept.text.contains("is invited with it") && kept.text.contains("Zoe"));
        let list = kept.text.split("/system/users/invitations/").nth(1).expect("a link");
        let link = list.split('"').next().unwrap_or_default();
        let withdraw = format!("/system/users/invitations/{link}/withdraw");
        post(&cockpit, &ada, &withdraw, "").await.expect(303);
        post(&cockpit, &ada, &format!("{role}/delete"), "").await.expect(303);
    }
}
