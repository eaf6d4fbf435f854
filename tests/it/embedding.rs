//! Joining an existing cockpit: mounted in it or beside it, with its login, menu and frame.

use cockpit_tests::{Client, Cockpit, Existing, Setup, html};

/// A page of ours with a table, a form and links.
const LIST: &str = "/crm/customers";

/// The data directory of a demo, whose plugins are unlocked.
async fn demo() -> cockpit_tests::Place {
    Cockpit::demo(Setup::PLAIN).await.stop().await
}

/// The link of the existing cockpit's menu that leads to the page of ours at `path`.
fn entry(page: &str, path: &str) -> Option<String> {
    let ending = path.replace('/', "%2F");
    html::links(page).into_iter().find(|link| link.starts_with("/page") && link.ends_with(&ending))
}

/// Through the existing cockpit's login and menu to a page of ours in its frame, and on from there.
async fn joined(existing: &Existing, base_path: &str) {
    let browser = existing.signed_in("Carla").await;
    let home = browser.get("/").await.expect(200);
    let list = entry(&home.body, LIST).unwrap_or_else(|| panic!("no entry: {}", home.body));
    assert!(entry(&home.body, "/system/settings").is_some(), "{}", home.body);
    let page = existing.framed(&browser, &browser.get(&list).await.expect(200)).await.expect(200);
    assert!(!page.body.contains("id=\"nav\"") && !page.body.contains("class=\"top\""), "no frame");
    assert!(page.body.contains("app.css"), "but our styles: {}", page.body);
    let policy = page.header("content-security-policy");
    assert!(policy.ends_with(&format!("frame-ancestors {}", existing.url)), "{policy}");
    assert_eq!(page.header("x-frame-options"), "", "it knows no list of origins");
    let frameless = format!("{base_path}/frameless/");
    let forms = html::forms(&page.body).into_iter().map(|form| form.action);
    let ours: Vec<String> = html::links(&page.body).into_iter().chain(forms).collect();
    let ours: Vec<&String> = ours.iter().filter(|link| link.starts_with('/')).collect();
    assert!(!ours.is_empty());
    assert!(ours.iter().all(|link| link.starts_with(&frameless)), "they stay: {ours:?}");

    let seller = existing.signed_in("Sandro").await;
    let home = seller.get("/").await.expect(200);
    assert!(entry(&home.body, "/system/settings").is_none(), "a seller sees less: {}", home.body);
}

#[tokio::test]
async fn mounted_in_an_existing_cockpit_it_is_a_part_of_it() {
    let existing = Existing::mounting(demo().await).await;
    joined(&existing, "/crm-base").await;
    let nobody = Client::browser(&existing.url);
    for (path, status) in [
        ("/api/openapi.json", 200),
        ("/.well-known/jwks.json", 200),
        ("/crm-base/healthz", 200),
        ("/crm-base/api/openapi.json", 200),
        ("/healthz", 404),
        ("/crm/customers", 404),
    ] {
        assert_eq!(nobody.get(path).await.status, status, "{path}");
    }
    let login = nobody.get("/crm-base/crm/customers?frame=none").await.expect(303);
    assert!(login.header("location").starts_with("/crm-base/frameless/login?next="));
    let page = nobody.get("/crm-base").await.expect(303);
    assert!(page.header("location").starts_with("/crm-base/login"), "{page:?}");
    assert!(existing.stopped().await.success(), "it ends when it is told to");
}

#[tokio::test]
async fn beside_an_existing_cockpit_it_shows_in_its_frame() {
    let existing = Existing::beside(demo().await).await;
    joined(&existing, "").await;
}

#[tokio::test]
async fn the_menu_tells_software_and_people_what_they_may_see() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    cockpit.anonymous().get("/api/menu").await.problem(401, "unauthorized");
    let paths = |menu: &serde_json::Value| -> Vec<String> {
        let sections = menu["sezioni"].as_array().cloned().unwrap_or_default();
        let entries = sections.iter().filter_map(|section| section["voci"].as_array().cloned());
        let paths = entries.flatten().map(|entry| entry["percorso"].as_str().map(str::to_owned));
        paths.map(|path| path.expect("a path")).collect()
    };
    let of_token = cockpit.software().get("/api/menu").await.expect(200).json();
    assert!(paths(&of_token).contains(&LIST.to_owned()), "{of_token}");
    let person = cockpit.superadmin().await;
    let menu = person.get("/api/menu").await.expect(200).json();
    let links = html::links(&person.get("/").await.expect(200).body);
    for path in paths(&menu) {
        assert!(links.contains(&path), "the same as in the frame: {path}");
    }
    let plain = person.get(LIST).await.expect(200);
    assert_eq!(plain.header("x-frame-options"), "DENY");
    assert!(plain.header("content-security-policy").ends_with("frame-ancestors 'none'"));
    let frameless = person.get(&format!("{LIST}?frame=none&q=x")).await.expect(200);
    assert!(!frameless.body.contains("id=\"nav\""));
}
