//! From the token to the session, on every database.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use cockpit_database::throwaway::ThrowAway;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use plugin_api::Scope;
use plugin_api::db::{Batch, NewOrganisation, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::{claims, ed_key, header, jwks, rules, signed};
use crate::config::sso::SecondFactor;
use crate::config::{Config, Sso};
use crate::state::State;
use crate::store::organisations::ROOT;
use crate::store::users::{self, Insertion, OnlyFirst, UserRow};

const NORTH: &str = "00000000-0000-7000-8000-0000000000b0";
const ADA: &str = "00000000-0000-7000-8000-00000000000a";

struct Site {
    _folder: TempDir,
    _database: ThrowAway,
    state: Arc<State>,
    router: Router,
}

impl Site {
    /// One on each database, with a superadmin Ada and a reseller `north`.
    async fn each(change: fn(&mut Sso)) -> Vec<Self> {
        let mut each = Vec::new();
        for database in ThrowAway::each().await.expect("databases") {
            let folder = tempfile::tempdir().expect("a folder");
            let mut config = Config::in_directory(folder.path());
            config.database.url = database.settings().url.clone().map(Into::into);
            config.sso = rules(vec![jwks(folder.path())]);
            let pairs = [format!("head-office={ROOT}"), format!("north={NORTH}")];
            config.sso.organisations = pairs.into();
            change(&mut config.sso);
            let state = State::start(config).await.expect("a cockpit");
            let router = crate::http::router(Arc::clone(&state));
            let site = Self { _folder: folder, _database: database, state, router };
            site.populate().await;
            each.push(site);
        }
        each
    }

    async fn populate(&self) {
        let (cx, all) = (self.state.system("test"), Scope::everything());
        let north = NewOrganisation {
            organisation_id: NORTH.to_owned(),
            parent_id: ROOT.to_owned(),
            kind: "reseller".to_owned(),
            name: "North".to_owned(),
        };
        let ada = Insertion {
            user_id: ADA,
            organisation_id: ROOT,
            email: "ada@existing.example",
            name: "Ada",
            password_hash: "x",
            now: cx.now(),
        };
        let batch = Batch::new()
            .and(north.statement(&all, cx.now()))
            .and(users::insertion(&all, &ada, OnlyFirst::No))
            .and(crate::store::roles::giving(&all, ADA, "superadmin"));
        cx.db().batch(batch).await.expect("written");
    }

    fn token(&self, change: &Value) -> String {
        let mut claims = claims(self.state.now() / 1000);
        claims["jti"] = crate::lend::fresh_id().into();
        let members = claims.as_object_mut().expect("an object");
        members.extend(change.as_object().cloned().unwrap_or_default());
        signed(&header("one"), &claims, &ed_key(1))
    }

    async fn get(&self, path: &str, cookie: &str) -> Response<Body> {
        let request = Request::get(path).header(ACCEPT, "text/html").header(COOKIE, cookie);
        let request = request.body(Body::empty()).expect("a request");
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    async fn come(&self, change: Value) -> Result<UserRow, String> {
        let answer = self.get(&format!("/sso?token={}", self.token(&change)), "").await;
        if answer.status() != StatusCode::SEE_OTHER {
            assert!(!answer.headers().contains_key(SET_COOKIE), "nobody came in");
            return Err(text(answer).await);
        }
        let profile = self.get("/profile", &cookie(&answer)).await;
        assert_eq!(profile.status(), StatusCode::OK, "a session like any other");
        let page = text(profile).await.to_lowercase();
        let db = self.state.system("test").db();
        let everybody = ["carla@existing.example", "ada@existing.example", "new@existing.example"];
        for email in everybody {
            if page.contains(email) {
                let user = users::by_email(&db, &Scope::everything(), email).await.expect("read");
                return Ok(user.expect("there"));
            }
        }
        panic!("nobody known is on the page: {page}");
    }
}

async fn text(answer: Response<Body>) -> String {
    let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn cookie(answer: &Response<Body>) -> String {
    let set = answer.headers()[SET_COOKIE].to_str().expect("text");
    assert!(set.contains("HttpOnly; ") || set.contains("; HttpOnly"), "{set}");
    set.split(';').next().unwrap_or_default().to_owned()
}

#[track_caller]
fn refused(outcome: Result<UserRow, String>, sentence: &str) {
    let page = outcome.err().expect("refused");
    assert!(page.contains(sentence), "{page}");
}

#[tokio::test]
async fn somebody_new_becomes_a_user_and_each_token_says_who_he_is_now() {
    for site in Site::each(|sso| sso.create_users = true).await {
        let carla = site.come(json!({})).await.expect("in");
        assert_eq!((carla.roles(), carla.name.as_str()), (vec!["superadmin".to_owned()], "Carla"));
        let moved = json!({
            "org": "north", "roles": ["boss", "seller"], "name": "Carla N", "email": "new@existing.example",
        });
        let moved = site.come(moved).await.expect("in");
        assert_eq!(moved.user_id, carla.user_id, "known by her subject");
        assert_eq!(moved.roles(), ["agent", "reseller"]);
        assert_eq!((moved.organisation_id.as_str(), moved.name.as_str()), (NORTH, "Carla N"));
        let by_id =
            site.come(json!({ "org": NORTH, "roles": ["chief", "boss"] })).await.expect("in");
        assert_eq!(by_id.roles(), ["reseller"], "who may do everything is the vendor's");
        refused(site.come(json!({ "roles": ["unheard-of", "odd"] })).await, "no role");
        refused(site.come(json!({ "org": "south" })).await, "organisation is not known");
        let taken = json!({ "sub": "2", "email": "ADA@existing.example" });
        refused(site.come(taken).await, "belongs to another account");
    }
}

#[tokio::test]
async fn a_token_works_once_even_when_it_comes_twice_at_once() {
    for site in Site::each(|sso| sso.create_users = true).await {
        let path = format!("/sso?token={}", site.token(&json!({})));
        let (first, second) = tokio::join!(site.get(&path, ""), site.get(&path, ""));
        let mut statuses = [first.status(), second.status()];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::FORBIDDEN]);
        let again = text(site.get(&path, "").await).await;
        assert!(again.contains("works only once"), "{again}");
    }
}

#[tokio::test]
async fn nobody_is_made_or_linked_unless_the_settings_say_so() {
    let ada = || json!({ "sub": "1", "email": "Ada@existing.example", "name": "Ada" });
    for site in Site::each(|_| {}).await {
        refused(site.come(json!({})).await, "no account");
        refused(site.come(ada()).await, "no account");
    }
    for site in Site::each(|sso| sso.link_by_email = true).await {
        refused(site.come(json!({})).await, "no account");
        let first = site.come(ada()).await.expect("in");
        assert_eq!(first.user_id, ADA);
        let another = json!({ "sub": "2", "email": "ada@existing.example" });
        refused(site.come(another).await, "belongs to another account");
        let mut demoted = ada();
        demoted["roles"] = json!(["seller"]);
        let kept = site.come(demoted).await.expect("in");
        assert_eq!(kept.roles(), ["superadmin"], "the last one stays");
    }
}

#[tokio::test]
async fn who_is_barred_or_suspended_stays_outside() {
    for site in Site::each(|sso| sso.create_users = true).await {
        let (cx, all) = (site.state.system("test"), Scope::everything());
        let carla = site.come(json!({ "org": "north", "roles": ["boss"] })).await.expect("in");
        let bar = users::disabling(&all, &carla.user_id, Some(cx.now()), cx.now());
        cx.db().execute(bar).await.expect("barred");
        refused(site.come(json!({ "org": "north", "roles": ["boss"] })).await, "may not sign in");
        let suspend = crate::store::organisations::standing(&all, NORTH, Some(cx.now()));
        cx.db().execute(suspend).await.expect("suspended");
        let somebody =
            json!({ "sub": "9", "org": "north", "roles": ["boss"], "email": "n@e.example" });
        refused(site.come(somebody).await, "may not sign in");
    }
}

#[tokio::test]
async fn he_goes_on_to_a_page_of_ours_and_nowhere_else() {
    let [site, ..] = &Site::each(|sso| sso.create_users = true).await[..] else { panic!("none") };
    for (next, expected) in [
        ("%2Fcrm%2Fcustomers%3Fq%3Da", "/crm/customers?q=a"),
        ("%2F%2Fevil.example", "/"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("%2Fprofile&frame=none", "/frameless/profile"),
        ("%2Fframeless%2Fprofile&frame=none", "/frameless/profile"),
        ("", "/"),
    ] {
        let answer =
            site.get(&format!("/sso?token={}&next={next}", site.token(&json!({}))), "").await;
        assert_eq!(answer.headers()[LOCATION], expected);
    }
}

#[tokio::test]
async fn a_form_of_another_site_may_bring_it_and_a_bad_one_is_no_fault_of_ours() {
    let [site, ..] = &Site::each(|sso| sso.create_users = true).await[..] else { panic!("none") };
    let post = async |body: String| {
        let request = Request::post("/sso")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ORIGIN, "https://existing.example")
            .header("sec-fetch-site", "cross-site");
        let request = request.body(Body::from(body)).expect("a request");
        site.router.clone().oneshot(request).await.expect("an answer").status()
    };
    assert_eq!(post(format!("token={}", site.token(&json!({})))).await, StatusCode::SEE_OTHER);
    for broken in ["", "token=", "token=a.b.c", "x=1", "%ff=%ff"] {
        assert_eq!(post(broken.to_owned()).await, StatusCode::BAD_REQUEST, "{broken}");
    }
}

#[tokio::test]
async fn without_an_issuer_there_is_no_such_page() {
    let off = |sso: &mut Sso| *sso = Sso::default();
    let [site, ..] = &Site::each(off).await[..] else { panic!("none") };
    assert_eq!(site.get("/sso?token=x", "").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn his_second_factor_is_asked_for_where_the_settings_want_ours() {
    for ours in [true, false] {
        let change: fn(&mut Sso) = if ours {
            |sso| (sso.second_factor, sso.link_by_email) = (SecondFactor::Ours, true)
        } else {
            |sso| sso.link_by_email = true
        };
        for site in Site::each(change).await {
            let (cx, all) = (site.state.system("test"), Scope::everything());
            let batch = Batch::new()
                .and(crate::store::totp::insertion(&all, ADA, "sealed", 1))
                .and(crate::store::totp::confirming(&all, ADA, 1, 1));
            cx.db().batch(batch).await.expect("written");
            let token = site.token(&json!({ "email": "ada@existing.example" }));
            let answer = site.get(&format!("/sso?token={token}&next=%2Fprofile"), "").await;
            let there = if ours { "/login/code?next=%2Fprofile" } else { "/profile" };
            assert_eq!(answer.headers()[LOCATION], there);
            let profile = site.get("/profile", &cookie(&answer)).await.status();
            let seen = if ours { StatusCode::SEE_OTHER } else { StatusCode::OK };
            assert_eq!(profile, seen, "the password of theirs alone is not enough");
        }
    }
}

#[tokio::test]
async fn his_sessions_follow_him_to_another_organisation() {
    for site in Site::each(|sso| sso.create_users = true).await {
        let north = json!({ "org": "north", "roles": ["seller"] });
        site.come(north.clone()).await.expect("in");
        let carla = site.come(json!({ "org": ROOT, "roles": ["seller"] })).await.expect("in");
        assert_eq!(carla.organisation_id, ROOT);
        let left = "select count(*) from host_session where user_id = ? and organisation_id <> ?";
        let left = Statement::new(left).bind(&carla.user_id).bind(ROOT);
        assert_eq!(site.state.system("test").db().scalar(left).await.expect("sessions"), 0);
    }
}
