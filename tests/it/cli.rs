//! The command line, as an administrator uses it.

use cockpit_tests::place::run;
use cockpit_tests::{Cockpit, Database, Place, Setup, eventually};

/// The commands that `cockpit <path> --help` lists, with themselves.
fn commands(place: &Place, path: &[String], all: &mut Vec<Vec<String>>) {
    let help = run(place.command().args(path).arg("--help")).success();
    let listed = help.split("Commands:").nth(1).and_then(|rest| rest.split("\n\n").next());
    for line in listed.unwrap_or_default().lines() {
        let name = line.split_whitespace().next().unwrap_or_default();
        // Continued sentences are indented deeper than names.
        if line.starts_with("  ") && !line.starts_with("   ") && !["", "help"].contains(&name) {
            let mut below = path.to_vec();
            below.push(name.to_owned());
            commands(place, &below, all);
        }
    }
    all.push(path.to_vec());
}

#[tokio::test]
async fn the_help_of_every_command_teaches_by_example_and_names_the_data_directory() {
    let place = Place::new(Setup::PLAIN).await;
    let mut all = Vec::new();
    commands(&place, &[], &mut all);
    assert!(all.len() >= 16, "{all:?}");
    for path in all {
        let help = run(place.command().args(&path).arg("--help")).success();
        assert!(help.contains("--data <DIR>"), "{path:?}: {help}");
        let is_group = help.contains("Commands:") && !path.is_empty();
        let has_example = help.contains("Example") && help.contains("  cockpit");
        assert!(is_group || has_example, "{path:?} has no example: {help}");
    }
}

#[tokio::test]
async fn the_settings_in_force_are_told_with_their_origin_and_without_secrets() {
    let place = Place::new(Setup::PLAIN)
        .await
        .with("COCKPIT_HTTP__BODY_LIMIT_BYTES", "2048")
        .with("COCKPIT_SECRETS__KEK", "bm90IGEgc2VjcmV0IGFueWJvZHkgc2hvdWxkIHNlZSE=")
        .with("COCKPIT_DATABASE__URL", "mysql://ann:hidden-word@127.0.0.1:1/x");
    place.cockpit(&["config"]).success();
    std::fs::create_dir_all(place.data()).expect("a folder");
    let file = place.data().join("cockpit.toml");
    std::fs::write(&file, "[session]\nidle_hours = 3\n").expect("a file");
    for arguments in [&["config"][..], &["config", "--json"]] {
        let told = place.cockpit(arguments).success();
        for (needle, why) in [
            ("2048", "a value of the environment"),
            ("COCKPIT_HTTP__BODY_LIMIT_BYTES", "its origin"),
            ("cockpit.toml", "the file a value came from"),
            ("default", "the origin of all others"),
            ("--data", "the flag a value came from"),
        ] {
            assert!(told.contains(needle), "{why} is missing: {told}");
        }
        for secret in ["hidden-word", "bm90IGEgc2VjcmV0"] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}

#[tokio::test]
async fn settings_that_cannot_be_used_end_with_78_and_a_sentence_that_names_them() {
    for (name, value, named) in [
        ("COCKPIT_HTTP__LISTEN", "nowhere", "http.listen"),
        ("COCKPIT_HTTP__NO_SUCH_THING", "1", "COCKPIT_HTTP__NO_SUCH_THING"),
        ("COCKPIT_DATABASE__URL", "postgres://x", "database.url"),
        ("COCKPIT_SESSION__IDLE_HOURS", "many", "session.idle_hours"),
    ] {
        let outcome = Place::new(Setup::PLAIN).await.with(name, value).cockpit(&["serve"]);
        assert_eq!(outcome.code, Some(78), "{name}={value}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(named), "{name}={value}: {}", outcome.stderr);
    }
    let place = Place::new(Setup::PLAIN).await;
    let outcome = place.cockpit(&["user", "add", "--email", "a@b.example", "--name", "A"]);
    assert_eq!(outcome.code, Some(78), "a directory that is not there: {}", outcome.stderr);
    assert_eq!(place.cockpit(&["no-such-command"]).code, Some(2));
}

/// Id and key of each licence of a list; where one stands is a matter of time.
async fn keys(cockpit: &Cockpit, path: &str) -> Vec<String> {
    let list = cockpit.software().get(path).await.expect(200).json();
    let all = list["dati"].as_array().expect("a list").iter();
    all.map(|one| format!("{} {}", one["id"], one["chiave_inizio"])).collect()
}

async fn a_demo_started_again_keeps_what_is_there(database: Database) {
    if !database.is_available() {
        return;
    }
    let first = Cockpit::demo(Setup::on(database)).await;
    let told = first.told().clone();
    let path = "/api/admin/licenze?limit=100";
    let licences = keys(&first, path).await;
    assert!(licences.len() > 20, "{licences:?}");
    let place = first.stop().await;
    let again = Cockpit::demo_in(place).await;
    let now = again.told();
    assert_eq!((&now.token, &now.superadmin), (&told.token, &told.superadmin));
    assert_eq!((&now.activation_key, &now.expired_key), (&told.activation_key, &told.expired_key));
    assert_eq!(keys(&again, path).await, licences);
}

#[tokio::test]
async fn a_demo_started_again_keeps_what_is_there_on_sqlite() {
    a_demo_started_again_keeps_what_is_there(Database::Sqlite).await;
}

#[tokio::test]
async fn a_demo_started_again_keeps_what_is_there_on_mariadb() {
    a_demo_started_again_keeps_what_is_there(Database::MariaDb).await;
}

async fn an_altered_audit_log_is_found_out(database: Database) {
    if !database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(Setup::on(database)).await;
    let browser = cockpit.superadmin().await;
    eventually("the sealer has linked every row", || async {
        let page = browser.get("/system/audit").await.expect(200);
        page.body.contains("Sealed up to row") && !page.body.contains("Not sealed yet")
    })
    .await;
    let place = cockpit.stop().await;
    let told = place.cockpit(&["audit", "verify"]).success();
    assert!(told.contains("intact"), "{told}");
    let sealed = "select chain_no from host_audit where chain_no is not null order by chain_no";
    let numbers = place.numbers(sealed).await;
    assert!(numbers.len() > 5, "too few rows are sealed: {told}");
    let victim = numbers[numbers.len() / 2];
    let changed = format!("update host_audit set actor_name = 'Nobody' where chain_no = {victim}");
    assert_eq!(place.tamper(&changed).await, 1);
    let outcome = place.cockpit(&["audit", "verify"]);
    assert_eq!(outcome.code, Some(1), "{}{}", outcome.stdout, outcome.stderr);
    let told = outcome.refusal();
    assert!(told.contains(&victim.to_string()), "row {victim} is not named: {told}");
}

#[tokio::test]
async fn an_altered_audit_log_is_found_out_on_sqlite() {
    an_altered_audit_log_is_found_out(Database::Sqlite).await;
}

#[tokio::test]
async fn an_altered_audit_log_is_found_out_on_mariadb() {
    an_altered_audit_log_is_found_out(Database::MariaDb).await;
}

#[tokio::test]
async fn a_directory_in_use_is_told_and_the_server_goes_on() {
    let mut cockpit = Cockpit::demo(Setup::PLAIN).await;
    let outcome = cockpit.place.cockpit(&["plugin", "list"]);
    assert_eq!(outcome.code, Some(75), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("another process"), "{}", outcome.stderr);
    assert!(cockpit.is_running());
    cockpit.software().get("/api/admin/clienti").await.expect(200).json();
}
