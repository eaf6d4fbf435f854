//! Sessions: begun by a password, carried by a cookie, ended by signing out.

use cockpit_tests::{Answer, Client, Cockpit, Place, Setup};
use reqwest::header::SET_COOKIE;

const EMAIL: &str = "ann@vendor.example";
const PASSWORD: &str = "a long enough password";

pub(super) async fn served(place: Place) -> Cockpit {
    place.add_user(EMAIL, PASSWORD, &["superadmin"]);
    Cockpit::serve(place).await
}

/// The line that sets the session's cookie.
fn cookie(answer: &Answer) -> String {
    let lines = answer.headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut ours = lines.filter(|line| line.contains("cockpit=")).map(str::to_owned);
    ours.next().unwrap_or_else(|| panic!("no session: {:?}", answer.headers))
}

async fn asks_for_the_login(client: &Client, path: &str) {
    let answer = client.get(path).await.expect(303);
    assert!(answer.header("location").starts_with("/login?next="), "{answer:?}");
}

#[tokio::test]
async fn a_session_begins_with_the_password_and_ends_with_signing_out() {
    let cockpit = served(Place::new(Setup::PLAIN).await).await;
    let browser = cockpit.browser();
    asks_for_the_login(&browser, "/system/users").await;
    for (email, password) in
        [(EMAIL, "wrong"), (EMAIL, ""), ("nobody@vendor.example", PASSWORD), ("", ""), ("'--", "'")]
    {
        let refused = browser.sign_in(email, password).await;
        assert_eq!(refused.status, 422, "{email:?}: {}", refused.told());
        assert!(refused.body.contains("not right"), "{}", refused.told());
        assert!(!refused.headers.contains_key(SET_COOKIE), "{:?}", refused.headers);
        assert!(!refused.body.contains("wrong\""), "the password is not sent back");
    }
    asks_for_the_login(&browser, "/").await;

    let begun = browser.sign_in(&EMAIL.to_uppercase(), PASSWORD).await.expect(303);
    assert_eq!(begun.header("location"), "/");
    let first = cookie(&begun);
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(first.contains(part), "{part}: {first}");
    }
    let token = first.split(';').next().unwrap_or_default();
    assert!(token.len() > 40, "an id nobody guesses: {token}");
    assert!(!first.contains("Domain"), "{first}");
    browser.get("/system/users").await.assert(200);

    // Signing in again makes another session, and the first one ends with it or by itself.
    let second = cookie(&sign_in_again(&browser).await);
    assert_ne!(second.split(';').next(), first.split(';').next(), "a new session id at login");

    let page = browser.get("/").await.expect(200);
    browser.fill(&page.form_to("/logout"), &[]).await.assert(303);
    asks_for_the_login(&browser, "/system/users").await;
    let replayed = cockpit.browser();
    let request = replayed.request(reqwest::Method::GET, "/system/users");
    let answer =
        replayed.send(request.header("cookie", second.split(';').next().unwrap_or(""))).await;
    assert_eq!(answer.status, 303, "the session has ended on the server, too");
    let log = cockpit.log();
    assert!(!log.contains(PASSWORD), "a password stands in the log");
}

/// Posts the login form with a session already there.
async fn sign_in_again(browser: &Client) -> Answer {
    browser.submit("/login", &[("email", EMAIL), ("password", PASSWORD)]).await.expect(303)
}

#[tokio::test]
async fn a_chosen_session_id_is_not_taken_over() {
    let cockpit = served(Place::new(Setup::PLAIN).await).await;
    let browser = cockpit.browser();
    let chosen = format!("cockpit={}", "A".repeat(43));
    let form = [("email", EMAIL), ("password", PASSWORD)];
    let request = browser.request(reqwest::Method::POST, "/login").form(&form);
    let begun = browser.send(request.header("cookie", &chosen)).await.expect(303);
    assert!(!cookie(&begun).contains(&chosen), "{begun:?}");
    let fixed = cockpit.browser();
    let request = fixed.request(reqwest::Method::GET, "/system/users").header("cookie", chosen);
    fixed.send(request).await.assert(303);
}

#[tokio::test]
async fn behind_https_the_cookie_is_bound_to_the_host_and_secure() {
    let place = Place::new(Setup::PLAIN).await;
    let place = place.with("COCKPIT_HTTP__PUBLIC_URL", "https://cockpit.example.com");
    let cockpit = served(place).await;
    let browser = cockpit.browser();
    let begun = browser.sign_in(EMAIL, PASSWORD).await.expect(303);
    let cookie = cookie(&begun);
    assert!(cookie.starts_with("__Host-cockpit="), "{cookie}");
    assert!(cookie.contains("; Secure"), "{cookie}");
    assert!(begun.header("strict-transport-security").contains("max-age="), "{begun:?}");
}

#[tokio::test]
async fn the_way_back_after_signing_in_stays_on_this_site() {
    let cockpit = served(Place::new(Setup::PLAIN).await).await;
    let browser = cockpit.browser();
    let asked = browser.get("/system/users?q=a%26b").await.expect(303);
    let page = browser.get(asked.header("location")).await.expect(200);
    let form = page.form_with("password");
    let back = browser.fill(&form, &[("email", EMAIL), ("password", PASSWORD)]).await.expect(303);
    assert_eq!(back.header("location"), "/system/users?q=a%26b");
    for evil in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/a\r\nset-cookie: x=1",
    ] {
        let form = [("email", EMAIL), ("password", PASSWORD), ("next", evil)];
        let back = cockpit.browser().submit("/login", &form).await.expect(303);
        assert_eq!(back.header("location"), "/", "{evil:?}");
    }
}
