//! The pages as a browser meets them, from the first run on.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::config::Config;
use crate::people::setup;
use crate::state::State;

/// A browser with its own cookies.
pub(super) struct Browser {
    router: Router,
    pub(super) cookies: Vec<(String, String)>,
    pub(super) headers: Vec<(&'static str, String)>,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) location: String,
    pub(super) retry_after: String,
    pub(super) text: String,
}

impl Browser {
    pub(super) fn of(router: &Router) -> Self {
        Self { router: router.clone(), cookies: Vec::new(), headers: Vec::new() }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(super) async fn post(&mut self, path: &str, form: &str) -> Answer {
        let form_type = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(CONTENT_TYPE, form_type);
        self.send(request, Body::from(form.to_owned())).await
    }

    async fn send(&mut self, mut request: http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header(ACCEPT, "text/html").header(COOKIE, cookies.join("; "));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().expect("text").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let header = |name| response.headers().get(name).map(|at| at.to_str().expect("text"));
        let [location, retry_after] =
            [LOCATION, RETRY_AFTER].map(|name| header(name).unwrap_or_default().to_owned());
        let status = response.status();
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        let text = String::from_utf8_lossy(&body).into_owned();
        assert!(!text.contains('⟦'), "a text is missing: {text}");
        Answer { status, location, retry_after, text }
    }

    pub(super) fn session(&self) -> &str {
        let found = self.cookies.iter().find(|(name, _)| name == "cockpit");
        found.map_or("", |(_, value)| value)
    }
}

pub(super) async fn started() -> (TempDir, Arc<State>, Router) {
    let folder = tempfile::tempdir().expect("a folder");
    let state = State::start(Config::in_directory(folder.path())).await.expect("a cockpit");
    let router = crate::http::router(Arc::clone(&state));
    (folder, state, router)
}

const ROOT: &str = crate::store::organisations::ROOT;

pub(super) async fn set_up(state: &Arc<State>, browser: &mut Browser) {
    let token = setup::token(state).await.expect("written").expect("the first run");
    let form = format!(
        "token={token}&company=Acme&name=Ada&email=ada@example.org\
         &password=correct-horse-battery&again=correct-horse-battery"
    );
    let answer = browser.post("/setup", &form).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/"));
}

#[tokio::test]
async fn the_first_run_needs_the_token_and_happens_once() {
    let (folder, state, router) = started().await;
    let mut browser = Browser::of(&router);
    assert_eq!(browser.get("/").await.location, "/login?next=%2F");
    assert_eq!(browser.get("/login").await.location, "/setup");
    let token = setup::token(&state).await.expect("written").expect("the first run");
    let file = folder.path().join("setup-token");
    assert_eq!(std::fs::read_to_string(&file).expect("a file").trim(), token);
    let wrong = "token=x&company=A&name=A&email=a@b&password=correct-horse-battery\
                 &again=correct-horse-battery";
    let answer = browser.post("/setup", wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("This is not the set-up token"), "{}", answer.text);
    set_up(&state, &mut browser).await;
    assert!(browser.get("/").await.text.contains("Signed in as Ada."));
    assert!(!file.exists(), "the token is worth nothing any more");
    assert_eq!(Browser::of(&router).get("/setup").await.location, "/login");
    assert_eq!(Browser::of(&router).post("/setup", wrong).await.location, "/login");
}

#[tokio::test]
async fn signing_in_gives_a_new_session_and_leads_only_to_this_site() {
    let (_folder, state, router) = started().await;
    let mut browser = Browser::of(&router);
    set_up(&state, &mut browser).await;
    let first = browser.session().to_owned();
    let right = "email=ADA@example.org&password=correct-horse-battery";
    let answer = browser.post("/login", &format!("{right}&next=//evil.example")).await;
    assert_eq!(answer.location, "/");
    assert_ne!(browser.session(), first);
    let mut old = Browser::of(&router);
    old.cookies.push(("cockpit".to_owned(), first));
    assert_eq!(old.get("/profile").await.location, "/login?next=%2Fprofile", "the old one ended");
    let answer = browser.post("/login", &format!("{right}&next=/profile%3Fx=1")).await;
    assert_eq!(answer.location, "/profile?x=1");
    browser.post("/logout", "").await;
    assert_eq!(browser.get("/profile").await.status, StatusCode::SEE_OTHER);
    let mut guesser = Browser::of(&router);
    guesser.headers.push(("accept-language", "it".to_owned()));
    for _ in 0..10 {
        let answer = guesser.post("/login", "email=ada@example.org&password=guess").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text.contains("Indirizzo e-mail o password non corretti"));
    }
    let answer = guesser.post("/login", right).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn roles_and_tokens_reach_as_far_as_they_say() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let user = |email: &str, roles: &str| {
        format!("name=Bob&email={email}&password=long-enough-123&organisation_id={ROOT}&{roles}")
    };
    let made = ada.post("/system/users/new", &user("bob@example.org", "roles=reseller")).await;
    assert!(made.location.starts_with("/system/users/"), "{}", made.text);
    let again = ada.post("/system/users/new", &user("BOB@example.org", "roles=agent")).await;
    assert!(again.text.contains("Another user has this address already."), "{}", again.text);
    let mut bob = Browser::of(&router);
    bob.post("/login", "email=bob@example.org&password=long-enough-123").await;
    assert_eq!(bob.get("/system/users").await.status, StatusCode::OK);
    assert_eq!(bob.get("/system/modules").await.status, StatusCode::FORBIDDEN);
    let grab = bob.post("/system/users/new", &user("eve@example.org", "roles=superadmin")).await;
    assert!(grab.text.contains("You cannot give a role that may do more than you."));
    let exported = ada.get("/system/users/export?format=json&columns=email").await.text;
    assert!(exported.contains("bob@example.org") && !exported.contains("eve@example.org"));

    let form = "token_name=ci&days=30&reach=some&permissions=host:audit";
    let page = ada.post("/profile/tokens", form).await.text;
    let token = page.split(['<', '>']).find(|text| text.starts_with("cpk_"));
    let token = token.filter(|token| token.len() > 50).expect("shown once").to_owned();
    assert!(!ada.get("/profile").await.text.contains(&token), "and never again");
    let mut software = Browser::of(&router);
    software.headers.push((AUTHORIZATION.as_str(), format!("Bearer {token}")));
    assert_eq!(software.get("/system/audit").await.status, StatusCode::OK);
    assert_eq!(software.get("/system/users").await.status, StatusCode::FORBIDDEN);
    let more = software.post("/profile/tokens", form).await;
    assert_eq!(more.status, StatusCode::FORBIDDEN, "a token makes no token");
    let mut wrong = Browser::of(&router);
    wrong.headers.push((AUTHORIZATION.as_str(), format!("Bearer {token}x")));
    let refused = wrong.post("/profile/tokens", form).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_last_superadmin_stays_and_a_barred_user_is_out_at_once() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let form = format!(
        "name=Bob&email=bob@example.org&password=long-enough-123&organisation_id={ROOT}\
         &roles=superadmin"
    );
    let bobs = ada.post("/system/users/new", &form).await.location;
    let mut bob = Browser::of(&router);
    bob.post("/login", "email=bob@example.org&password=long-enough-123").await;
    let oneself = bob.post(&format!("{bobs}/disable"), "").await;
    assert!(oneself.text.contains("You cannot bar yourself."), "{}", oneself.text);
    assert_eq!(ada.post(&format!("{bobs}/disable"), "").await.location, bobs);
    assert_eq!(bob.get("/profile").await.status, StatusCode::SEE_OTHER, "out at once");
    let list = ada.get("/system/users?q=ada").await.text;
    let adas = list.split("<th scope=\"row\"><a href=\"").nth(1).expect("a row");
    let adas = adas.split('"').next().unwrap_or_default();
    let demoted = format!("name=Ada&email=ada@example.org&organisation_id={ROOT}&roles=agent");
    let answer = ada.post(adas, &demoted).await;
    assert!(answer.text.contains("This is the last superadmin"), "{}", answer.text);
}
