//! What the links of the pages lead to: every page and operation there is, asked by who may not.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use cockpit_tests::{Answer, Client, Cockpit, Setup, html};
use reqwest::Method;
use serde_json::json;

/// Pages that anybody may see.
const PUBLIC: [&str; 4] = ["/login", "/setup", "/api/docs", "/api/docs/"];
/// Pages, forms and operations of whoever is signed in, whatever he may.
const SIGNED_IN: [&str; 9] = [
    "/",
    "/profile",
    "/profile/",
    "/search",
    "/preferences",
    "/logout",
    "/api/menu",
    "/api/admin/token",
    "/api/admin/token/",
];

/// Pages that an end customer has as well, for what is his own.
const CUSTOMERS: [&str; 2] = ["/crm/offline", "/crm/offline/"];

/// Everything a superadmin is led to: pages by link, forms by their action.
#[derive(Default)]
struct Map {
    pages: BTreeSet<String>,
    forms: BTreeSet<String>,
}

/// A path with its ids left out, so that one customer stands for all.
fn shape(path: &str) -> String {
    cockpit_tests::normal::text(path.split('?').next().unwrap_or_default())
}

/// Follows every link of this site, one of each shape.
async fn explored(browser: &Client) -> Map {
    let mut map = Map::default();
    let mut seen = BTreeSet::from(["/".to_owned()]);
    let mut waiting = VecDeque::from(["/".to_owned()]);
    while let Some(path) = waiting.pop_front() {
        let answer = browser.get(&path).await;
        assert!(answer.status < 400, "{path} is linked, but answers {}", answer.status);
        map.pages.insert(path.clone());
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        for form in html::forms(&answer.body) {
            // A form whose buttons say where they lead has no address of its own.
            if form.method == "post" && form.action.starts_with('/') {
                map.forms.insert(form.action);
            }
        }
        for link in html::links(&answer.body) {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let is_page = link.starts_with('/') && !link.starts_with("/assets/");
            if is_page && seen.insert(shape(&link)) {
                waiting.push_back(link);
            }
        }
    }
    map
}

/// Whether the path is in the list; an entry that ends with a slash stands for all below it.
fn is_one_of(path: &str, list: &[&str]) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let covers = |known: &str| known.len() > 1 && known.ends_with('/') && path.starts_with(known);
    list.iter().any(|known| *known == path || covers(known))
}

/// The operations of the document, with ids that name nothing.
async fn operations(client: &Client) -> BTreeMap<(Method, String), bool> {
    let document = client.get("/api/openapi.json").await.expect(200).json();
    let mut found = BTreeMap::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else { continue };
            let secured = operation["security"].as_array().is_some_and(|all| !all.is_empty());
            let path = path.replace("{id}", "00000000-0000-7000-8000-00000000ffff");
            found.insert((method, path), secured);
        }
    }
    found
}

#[tokio::test]
async fn nobody_gets_in_where_he_may_not() {
    let place = cockpit_tests::Place::prepared(Setup::PLAIN).await;
    place.cockpit(&["init"]).success();
    let cockpit = Cockpit::demo_in(place).await;
    let superadmin = cockpit.superadmin().await;
    let map = explored(&superadmin).await;
    for path in ["/crm/customers", "/crm/licences", "/crm/products", "/crm/activations"] {
        assert!(map.pages.contains(path), "{path} is not linked: {:?}", map.pages);
    }
    assert!(map.pages.len() > 15 && map.forms.len() > 8, "{:?} {:?}", map.pages, map.forms);

    let place = cockpit.stop().await;
    place.add_user("eve@vendor.example", "a long enough password", &["customer"]);
    let cockpit = Cockpit::demo_in(place).await;
    let nobody = cockpit.browser();
    let powerless = cockpit.signed_in("eve@vendor.example", "a long enough password").await;

    for path in &map.pages {
        if is_one_of(path, &PUBLIC) {
            nobody.get(path).await;
            continue;
        }
        let answer = nobody.get(path).await;
        let is_api = path.starts_with("/api/");
        let public =
            is_api && !operations(&nobody).await.contains_key(&(Method::GET, path.clone()));
        let to_login = answer.status == 303 && answer.header("location").starts_with("/login");
        assert!(public || to_login || answer.status == 401, "nobody: {path}: {}", answer.status);
        let answer = powerless.get(path).await;
        if is_one_of(path, &SIGNED_IN) {
            assert!(answer.status < 400, "signed in: {path}: {}", answer.status);
        } else if !public {
            let refused = answer.status == 403 || answer.status == 404;
            let own = is_one_of(path, &CUSTOMERS) && answer.status == 200;
            assert!(refused || own, "without permission: {path}: {}", answer.status);
            assert!(!answer.body.contains("Rossi"), "{path} tells something");
        }
    }
    for path in map.forms.iter().filter(|path| !is_one_of(path, &PUBLIC)) {
        let answer = nobody.submit(path, &[("on", "false")]).await;
        if !is_one_of(path, &SIGNED_IN) {
            assert_eq!(answer.status, 401, "nobody: POST {path}: {}", answer.told());
            let answer = powerless.submit(path, &[("on", "false")]).await;
            let refused = answer.status == 403 || answer.status == 404;
            let own = is_one_of(path, &CUSTOMERS) && (400..500).contains(&answer.status);
            assert!(refused || own, "without permission: POST {path}: {}", answer.status);
        }
    }
    api_refuses(&cockpit, &powerless).await;
    let menu = html::links(&powerless.get("/").await.expect(200).body);
    let leads = |link: &&String| {
        let is_own = link.starts_with("/crm/my-") || is_one_of(link, &CUSTOMERS);
        !is_own && (link.starts_with("/crm/") || link.starts_with("/system/"))
    };
    assert_eq!(menu.iter().find(leads), None, "a menu of what he may not");
}

async fn api_refuses(cockpit: &Cockpit, powerless: &Client) {
    let nobody = cockpit.anonymous();
    let all = operations(&nobody).await;
    assert!(all.len() >= 10, "{all:?}");
    for ((method, path), secured) in all {
        if !secured {
            continue;
        }
        let ask = async |client: &Client| {
            let request = client.request(method.clone(), &path).json(&json!({}));
            client.send(request.header("if-match", "\"1\"")).await
        };
        let unauthorized = |answer: Answer| match method {
            // It has no body.
            Method::HEAD => answer.assert(401),
            _ => drop(answer.problem(401, "unauthorized")),
        };
        unauthorized(ask(&nobody).await);
        assert_eq!(ask(&nobody).await.header("www-authenticate"), "Bearer", "{path}");
        let answer = ask(powerless).await;
        let refused = answer.status == 403 || answer.status == 404;
        assert!(refused || is_one_of(&path, &SIGNED_IN), "{method} {path}: {answer:?}");
        for token in ["", "x", "cpk_00000000_", &format!("cpk_00000000_{}", "A".repeat(43))] {
            let forged = Client::with_token(&cockpit.url, token);
            unauthorized(ask(&forged).await);
        }
    }
}

#[tokio::test]
async fn a_token_may_no_more_than_it_was_given() {
    let place = Cockpit::demo(Setup::PLAIN).await.stop().await;
    let add = |more: &[&str]| {
        let arguments = ["token", "add", "--user", "ada@demo.example", "--name", "narrow"];
        place.cockpit(&[&arguments[..], more].concat()).success().trim().to_owned()
    };
    let reader = add(&["--permission", "customer-accounts:read"]);
    let cockpit = Cockpit::demo_in(place).await;
    let reader = Client::with_token(&cockpit.url, &reader);
    reader.get("/api/admin/clienti").await.assert(200);
    reader.get("/api/admin/licenze").await.problem(403, "forbidden");
    let body = json!({ "ragione_sociale": "Nuova S.r.l." });
    reader.post("/api/admin/clienti", &body).await.problem(403, "forbidden");
    let page = reader.get("/system/modules").await;
    assert_eq!(page.status, 403, "{}", page.told());
}
