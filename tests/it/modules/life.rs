//! The life of plugins: absent, locked, at work, switched off, on again, and failed alone.

use cockpit_tests::licences::{activate, validate};
use cockpit_tests::{Answer, Client, Cockpit, Database, Linking, Place, Setup, libraries};
use serde_json::json;

use super::page::{PATH, enter, has_crm, served, switch, told};

#[tokio::test]
async fn a_program_without_plugins_serves_and_shows_no_crm() {
    let bare = Setup::of(Database::Sqlite, Linking::Loaded);
    let place = Place::new(bare).await;
    place.cockpit(&["init"]).success();
    let (cockpit, browser) = served(place).await;
    assert!(!has_crm(&browser).await);
    assert!(!browser.get("/").await.expect(200).body.contains("CRM"));
    let page = browser.get(PATH).await.expect(200);
    assert!(!page.body.contains("module-customer-accounts"), "{}", page.body);
    browser.get("/crm/customers").await.assert(404);
    activate(&cockpit.anonymous(), "x", "y").await.problem(404, "not_found");
    report(&cockpit).await.problem(404, "not_found");
    let document = cockpit.anonymous().get("/api/openapi.json").await.expect(200).json();
    let paths = document["paths"].as_object().expect("paths");
    let of_plugins = ["licenze", "clienti", "installazioni", "registrazion"];
    let is_of_plugin = |path: &String| of_plugins.iter().any(|name| path.contains(name));
    assert!(!paths.keys().any(is_of_plugin), "{:?}", paths.keys());
}

#[tokio::test]
async fn a_plugin_whose_requirement_is_missing_fails_alone_with_one_sentence() {
    let place = Place::new(Setup::of(Database::Sqlite, Linking::Loaded)).await;
    place.cockpit(&["init"]).success();
    libraries::install(&place, "license-generator");
    let key = place.unlock_key(&place.installation(), &["customer-accounts", "license-generator"]);
    let refusal = place.cockpit(&["unlock", &key]).refusal();
    assert!(refusal.contains("customer-accounts"), "{refusal}");
    let (cockpit, browser) = served(place).await;
    let said = told(&browser, "license-generator").await;
    assert!(said.contains("Failed"), "{said}");
    let sentence = said.split(". ").find(|one| one.contains("customer-accounts"));
    let sentence = sentence.unwrap_or_else(|| panic!("what is missing is not named: {said}"));
    assert!(!sentence.contains("module-failed"), "{sentence}");
    assert!(!has_crm(&browser).await);
    browser.get("/crm/licences").await.assert(404);
    activate(&cockpit.anonymous(), "x", "y").await.problem(404, "not_found");
    browser.get("/system/users").await.assert(200);
    cockpit.anonymous().get("/readyz").await.assert(200);
}

#[tokio::test]
async fn switching_off_takes_menu_and_routes_away_and_on_again_brings_all_back() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = cockpit.superadmin().await;
    let client = cockpit.anonymous();
    let key = cockpit.told().activation_key.clone();
    activate(&client, &key, "stays").await.assert(200);
    assert!(is_open(&cockpit, &browser, "licences").await);

    switch(&browser, "license-generator", false).await;
    assert!(!is_open(&cockpit, &browser, "licences").await);
    assert!(is_open(&cockpit, &browser, "customers").await, "the other plugin goes on");
    assert!(is_open(&cockpit, &browser, "installations").await, "it can do without licences");
    assert!(!is_open(&cockpit, &browser, "releases").await, "it cannot do without licences");
    assert!(!licences_are_offered(&browser).await);
    activate(&client, &key, "stays").await.problem(404, "not_found");
    cockpit.software().get("/api/admin/licenze").await.problem(404, "not_found");
    let jwks = client.get("/.well-known/jwks.json").await.expect(200).json();
    assert_ne!(jwks["keys"].as_array().map(Vec::len), Some(0), "keys that are out stay verifiable");

    switch(&browser, "license-generator", true).await;
    assert!(is_open(&cockpit, &browser, "licences").await);
    assert!(licences_are_offered(&browser).await);
    let verdict = validate(&client, &key, "stays").await.expect(200).json();
    assert_eq!(verdict["valida"], true, "the seat is still there: {verdict}");

    // Who is required takes the other one along, and brings it back.
    report(&cockpit).await.assert(201);
    switch(&browser, "customer-accounts", false).await;
    for page in PAGES {
        assert!(!is_open(&cockpit, &browser, page).await, "{page}");
    }
    report(&cockpit).await.problem(404, "not_found");
    for others in ["license-generator", "registration-inventory"] {
        let said = told(&browser, others).await;
        assert!(said.contains("customer-accounts"), "{said}");
    }
    switch(&browser, "customer-accounts", true).await;
    for page in PAGES {
        assert!(is_open(&cockpit, &browser, page).await, "{page}");
    }
    report(&cockpit).await.assert(200);

    // What was switched off stays off after a restart.
    switch(&browser, "license-generator", false).await;
    let again = Cockpit::serve(cockpit.stop().await).await;
    activate(&again.anonymous(), &key, "stays").await.problem(404, "not_found");
}

/// A page of each plugin.
const PAGES: [&str; 4] = ["customers", "installations", "licences", "releases"];

/// A program says that it is there; always the same one.
async fn report(cockpit: &Cockpit) -> Answer {
    let report = json!({ "nome_software": "Stays", "id_installazione": "1" });
    cockpit.anonymous().post("/api/registrazione-software", &report).await
}

/// Whether many installations at once can get licences.
async fn licences_are_offered(browser: &Client) -> bool {
    let list = browser.get("/crm/installations").await.expect(200);
    list.body.contains("/crm/installations/regularise")
}

/// Whether a page of the CRM is in the menu and answers; both or neither.
async fn is_open(cockpit: &Cockpit, browser: &Client, page: &str) -> bool {
    let path = format!("/crm/{page}");
    let in_menu = super::page::links(browser).await.contains(&path);
    let status = browser.get(&path).await.status;
    assert_eq!(in_menu, status == 200, "{path}: in the menu {in_menu}, answers {status}");
    assert!(in_menu || status == 404, "{path}: {status}");
    let document = cockpit.anonymous().get("/api/openapi.json").await.expect(200).json();
    let api = match page {
        "licences" => "/api/admin/licenze",
        "installations" => "/api/admin/installazioni",
        "releases" => "/api/admin/rilasci",
        _ => "/api/admin/clienti",
    };
    assert_eq!(document["paths"].get(api).is_some(), in_menu, "{api} in the documentation");
    in_menu
}

#[tokio::test]
async fn a_locked_plugin_has_no_routes_until_its_key_is_entered_on_the_command_line() {
    let place = Place::new(Setup::PLAIN).await;
    place.cockpit(&["init"]).success();
    let installation = place.installation();
    let (cockpit, browser) = served(place).await;
    assert!(!has_crm(&browser).await);
    let said = told(&browser, "customer-accounts").await;
    assert!(said.contains("Locked"), "{said}");
    browser.get("/crm/customers").await.assert(404);
    let place = cockpit.stop().await;
    let key = place.unlock_key(&installation, &["customer-accounts"]);
    let told = place.cockpit(&["unlock", &key]).success();
    assert!(told.contains("customer-accounts"), "{told}");
    let listed = place.cockpit(&["plugin", "list"]).success();
    assert!(listed.contains("customer-accounts") && listed.contains("enabled"), "{listed}");
    let cockpit = Cockpit::serve(place).await;
    let browser = cockpit.signed_in("ann@vendor.example", "correct horse battery staple").await;
    assert!(has_crm(&browser).await);
    enter(&browser, &key).await.assert(303);
}
