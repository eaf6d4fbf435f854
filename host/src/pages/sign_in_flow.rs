//! Invitations, second factors and forgotten passwords as a browser meets them.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use http::header::AUTHORIZATION;
use plugin_api::db::{Mail, Statement};
use serde::Deserialize;

use super::flow::{Browser, set_up, started};
use crate::people::totp;
use crate::state::State;
use crate::store::organisations::ROOT;

const PASSWORD: &str = "correct-horse-battery";

/// The newest mail of a kind, waited for: some are written after the answer.
async fn mail(state: &Arc<State>, kind: &str) -> Option<Mail> {
    #[derive(Deserialize)]
    struct Row {
        content: String,
    }
    for _ in 0..100 {
        let sql = "select content from host_mail where kind = ? order by mail_id desc limit 1";
        let found = state.system("test").db().first::<Row>(Statement::new(sql).bind(kind)).await;
        if let Some(row) = found.expect("a table") {
            return Some(serde_json::from_str(&row.content).expect("a mail"));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    None
}

/// The token in the link of the newest mail of a kind.
async fn token(state: &Arc<State>, kind: &str) -> String {
    let link = mail(state, kind).await.expect("a mail").link.expect("a link");
    link.path.split_once("?token=").expect("a token").1.to_owned()
}

async fn execute(state: &Arc<State>, sql: &str) {
    state.system("test").db().execute(Statement::new(sql.to_owned())).await.expect("executed");
}

async fn invited(state: &Arc<State>, ada: &mut Browser, role: &str) -> String {
    let form =
        format!("name=Bob&email=bob@example.org&organisation_id={ROOT}&roles={role}&language=it");
    let answer = ada.post("/system/users/invite", &form).await;
    assert_eq!(answer.location, "/system/users/invitations", "{}", answer.text);
    token(state, "user.invited").await
}

/// Where the first row of a list leads.
fn first_row(list: &str) -> String {
    let row = list.split("<th scope=\"row\"><a href=\"").nth(1).expect("a row");
    row.split('"').next().unwrap_or_default().to_owned()
}

fn chosen(token: &str) -> String {
    format!("token={token}&name=Bob+B&password={PASSWORD}-2&again={PASSWORD}-2")
}

/// Sets up an app and answers its secret and the recovery codes.
async fn enrol(state: &Arc<State>, browser: &mut Browser) -> (String, Vec<String>) {
    let begun = browser.post("/profile/second-factor/begin", "").await;
    assert_eq!(begun.location, "/profile/second-factor", "{}", begun.text);
    let page = browser.get("/profile/second-factor").await.text;
    assert!(page.contains("<svg class=\"qr\"") && page.contains("otpauth://totp/"), "{page}");
    let is_secret =
        |text: &&str| text.len() == 32 && text.chars().all(|c| c.is_ascii_alphanumeric());
    let secret = page.split(['<', '>']).find(is_secret).expect("a secret").to_owned();
    let wrong = browser.post("/profile/second-factor/confirm", "code=000000").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("code={}", totp::shown(&secret, state.now()));
    let page = browser.post("/profile/second-factor/confirm", &form).await.text;
    let codes = page.split("data-copy=\"").nth(1).and_then(|rest| rest.split('"').next());
    let codes: Vec<String> = codes.expect("codes").lines().map(str::to_owned).collect();
    assert_eq!(codes.len(), 10, "{page}");
    (secret, codes)
}

#[tokio::test]
async fn an_invitation_is_accepted_once() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let first = invited(&state, &mut ada, "reseller").await;
    let list = ada.get("/system/users/invitations").await.text;
    let page = first_row(&list);
    assert!(ada.get(&page).await.text.contains("bob@example.org"));
    let twice = format!("name=B&email=BOB@example.org&organisation_id={ROOT}&roles=agent");
    let twice = ada.post("/system/users/invite", &twice).await;
    assert!(twice.text.contains("This address has been invited already."), "{}", twice.text);
    assert_eq!(ada.post(&format!("{page}/resend"), "").await.location, page);
    let newer = token(&state, "user.invited").await;

    let mut bob = Browser::of(&router);
    let old = bob.get(&format!("/invitation?token={first}")).await;
    assert_eq!(old.status, StatusCode::NOT_FOUND, "the newer link took its place");
    assert!(old.text.contains("a newer one took its place"), "{}", old.text);
    assert!(bob.get(&format!("/invitation?token={newer}")).await.text.contains("bob@example.org"));
    let own = chosen(&newer).replace(PASSWORD, "bob-example-org");
    let own = bob.post("/invitation", &own).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text.contains("says little more than your name"), "{}", own.text);
    let accepted = bob.post("/invitation", &chosen(&newer)).await;
    assert_eq!((accepted.location.as_str(), accepted.status), ("/", StatusCode::SEE_OTHER));
    assert!(bob.get("/profile").await.text.contains("Bob B"), "signed in");
    let again = Browser::of(&router).post("/invitation", &chosen(&newer)).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert_eq!(ada.get(&page).await.status, StatusCode::NOT_FOUND, "no longer open");
    let taken = format!("name=B&email=bob@example.org&organisation_id={ROOT}&roles=agent");
    let taken = ada.post("/system/users/invite", &taken).await;
    assert!(taken.text.contains("Another user has this address already."));
    let grab = format!("name=E&email=eve@example.org&organisation_id={ROOT}&roles=superadmin");
    let grab = bob.post("/system/users/invite", &grab).await;
    assert_eq!(grab.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody grants what he lacks");
}

#[tokio::test]
async fn an_invitation_ends_when_it_expires_or_is_withdrawn() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let invitation = invited(&state, &mut ada, "agent").await;
    let address = format!("/invitation?token={invitation}");
    execute(&state, "update host_link set expires_at = 5").await;
    assert!(Browser::of(&router).get(&address).await.text.contains("This link has expired."));
    let late = Browser::of(&router).post("/invitation", &chosen(&invitation)).await;
    assert_eq!(late.status, StatusCode::GONE);
    let list = ada.get("/system/users/invitations?state=expired").await.text;
    let withdraw = format!("{}/withdraw", first_row(&list));
    assert_eq!(ada.post(&withdraw, "").await.location, "/system/users/invitations");
    assert!(Browser::of(&router).get(&address).await.text.contains("was withdrawn"));
    assert_eq!(ada.post(&withdraw, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_second_factor_is_asked_for_and_every_code_works_once() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let (secret, codes) = enrol(&state, &mut ada).await;
    assert!(mail(&state, "user.second_factor_enabled").await.is_some());
    let right = format!("email=ada@example.org&password={PASSWORD}&next=/profile");
    let mut browser = Browser::of(&router);
    assert_eq!(browser.get("/login/code").await.location, "/login", "the password comes first");
    let asked = browser.post("/login", &right).await;
    assert_eq!(asked.location, "/login/code?next=%2Fprofile");
    assert_eq!(browser.session(), "", "no session before the code");
    assert_eq!(browser.get("/profile").await.status, StatusCode::SEE_OTHER);
    // The code that confirmed the app is used up; the next one is good a little early.
    let code = totp::shown(&secret, state.now() + 30_000);
    let form = format!("code={code}&next=/profile");
    assert_eq!(browser.post("/login/code", &form).await.location, "/profile");
    assert!(browser.get("/profile").await.text.contains("On since"));
    let mut thief = Browser::of(&router);
    thief.post("/login", &right).await;
    let replayed = thief.post("/login/code", &form).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(replayed.text.contains("each code works once"), "{}", replayed.text);
    let recovery = format!("code={}", codes[0].to_lowercase().replace('-', "+"));
    let recovered = thief.post("/login/code", &recovery).await;
    assert_eq!(recovered.location, "/", "{}", recovered.text);
    assert!(thief.get("/").await.text.contains("9 recovery codes are left."));
    let mut again = Browser::of(&router);
    again.post("/login", &right).await;
    let twice = again.post("/login/code", &recovery).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..4 {
        again.post("/login/code", "code=000000").await;
    }
    let over = again.post("/login/code", &format!("code={}", codes[1])).await;
    assert_eq!(over.location, "/login", "five tries, even when the sixth is right");

    let off = browser.post("/profile/second-factor/off", "current=wrong").await;
    assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY);
    let off = browser.post("/profile/second-factor/off", &format!("current={PASSWORD}")).await;
    assert_eq!(off.location, "/profile");
    assert!(mail(&state, "user.second_factor_disabled").await.is_some());
    assert_eq!(Browser::of(&router).post("/login", &right).await.location, "/profile");
}

#[tokio::test]
async fn who_must_have_a_second_factor_does_nothing_else_before() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let link = invited(&state, &mut ada, "reseller").await;
    let mut bob = Browser::of(&router);
    bob.post("/invitation", &chosen(&link)).await;
    let form = "token_name=ci&days=30&reach=all";
    let page = bob.post("/profile/tokens", form).await.text;
    let token = page.split(['<', '>']).find(|text| text.starts_with("cpk_") && text.len() > 50);
    let mut software = Browser::of(&router);
    software.headers.push((AUTHORIZATION.as_str(), format!("Bearer {}", token.expect("shown"))));
    assert_eq!(software.get("/system/users").await.status, StatusCode::OK);

    execute(&state, "update host_role set totp_required = 1 where role_id = 'reseller'").await;
    for path in ["/", "/profile", "/system/users"] {
        assert_eq!(bob.get(path).await.location, "/profile/second-factor", "{path}");
    }
    assert_eq!(bob.post("/profile/tokens", form).await.status, StatusCode::FORBIDDEN);
    let refused = software.get("/api/menu").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("totp_required"), "{}", refused.text);
    assert!(bob.get("/profile/second-factor").await.text.contains("Il ruolo richiede"));
    enrol(&state, &mut bob).await;
    assert_eq!(bob.get("/system/users").await.status, StatusCode::OK);
    assert_eq!(software.get("/system/users").await.status, StatusCode::OK);
    let off = format!("current={PASSWORD}-2");
    let off = bob.post("/profile/second-factor/off", &off).await;
    assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY, "the role demands it");

    let list = ada.get("/system/users?q=bob").await.text;
    let bobs = first_row(&list);
    assert_eq!(ada.post(&format!("{bobs}/second-factor"), "").await.location, bobs);
    assert_eq!(bob.get("/").await.location, "/profile/second-factor", "and again from the start");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once_and_nothing_tells_who_is_known() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let mut browser = Browser::of(&router);
    let known = browser.post("/forgot", "email=ADA@example.org").await;
    let unknown = browser.post("/forgot", "email=nobody@example.org").await;
    assert_eq!(known.status, unknown.status);
    let told = |text: &str| text.replace("ADA@", "").replace("nobody@", "");
    assert_eq!(told(&known.text), told(&unknown.text));
    let link = token(&state, "user.password_reset_requested").await;
    let sent = mail(&state, "user.password_reset_requested").await.expect("a mail");
    assert_eq!((sent.to.as_str(), sent.secret), ("ada@example.org", true));
    assert!(browser.get(&format!("/reset?token={link}")).await.text.contains("ada@example.org"));
    let form = |password: &str| format!("token={link}&password={password}&again={password}");
    let weak = browser.post("/reset", &form("password1234")).await;
    assert!(weak.text.contains("Too many others use this password"), "{}", weak.text);
    let done = browser.post("/reset", &form("another-horse-battery")).await;
    assert_eq!(done.location, "/login", "{}", done.text);
    assert_eq!(ada.get("/profile").await.status, StatusCode::SEE_OTHER, "every session ended");
    assert!(mail(&state, "user.password_changed").await.is_some());
    let again = browser.post("/reset", &form("third-horse-battery")).await;
    assert_eq!(again.status, StatusCode::GONE);
    let old = format!("email=ada@example.org&password={PASSWORD}");
    assert_eq!(browser.post("/login", &old).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = "email=ada@example.org&password=another-horse-battery";
    assert_eq!(browser.post("/login", new).await.location, "/");
    assert_eq!(browser.get("/reset?token=x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn another_browser_is_signed_out_from_the_profile() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let mut phone = Browser::of(&router);
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    phone.headers.push(("user-agent", agent.to_owned()));
    let right = format!("email=ada@example.org&password={PASSWORD}");
    phone.post("/login", &right).await;
    let page = ada.get("/profile").await.text;
    assert!(page.contains("Firefox, Linux") && page.contains("this one"), "{page}");
    let end = page.split("/profile/sessions/").filter_map(|rest| rest.split('"').next());
    let end = end.map(str::to_owned).find(|rest| rest.len() == 40).expect("one other session");
    let ended = ada.post(&format!("/profile/sessions/{end}"), "").await;
    assert_eq!(ended.location, "/profile");
    assert_eq!(phone.get("/profile").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.get("/profile").await.status, StatusCode::OK);
    let gone = ada.post(&format!("/profile/sessions/{end}"), "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn guessing_on_the_own_account_waits_and_says_how_long() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let form = format!("current=guess&password={PASSWORD}-2&again={PASSWORD}-2");
    for _ in 0..10 {
        let answer = ada.post("/profile/password", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    ada.post("/profile/second-factor/begin", "").await;
    for _ in 0..10 {
        let answer = ada.post("/profile/second-factor/confirm", "code=000000").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    for (path, form) in
        [("/profile/password", form.as_str()), ("/profile/second-factor/confirm", "code=000000")]
    {
        let answer = ada.post(path, form).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        let seconds: u32 = answer.retry_after.parse().expect("seconds");
        assert!((1..=61).contains(&seconds), "{path}: {seconds}");
    }
}

#[tokio::test]
async fn who_is_refused_reads_it_in_his_language() {
    let (_folder, state, router) = started().await;
    set_up(&state, &mut Browser::of(&router)).await;
    let mut software = Browser::of(&router);
    software.headers.push((AUTHORIZATION.as_str(), "Bearer cpk_wrong".to_owned()));
    software.headers.push(("accept-language", "it".to_owned()));
    let refused = software.get("/api/menu").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.text.contains("Accedi") || refused.text.contains("acced"), "{}", refused.text);
}

#[tokio::test]
async fn the_words_of_a_secret_mail_are_for_who_may_do_everything() {
    let (_folder, state, router) = started().await;
    let mut ada = Browser::of(&router);
    set_up(&state, &mut ada).await;
    let token = invited(&state, &mut ada, "superadmin").await;
    let page = first_row(&ada.get("/system/mail").await.text);
    assert!(ada.get(&page).await.text.contains(&token));
    let form = "token_name=ci&days=30&reach=some&permissions=host:mail";
    let made = ada.post("/profile/tokens", form).await.text;
    let own = made.split(['<', '>']).find(|text| text.starts_with("cpk_") && text.len() > 50);
    let mut reader = Browser::of(&router);
    reader.headers.push((AUTHORIZATION.as_str(), format!("Bearer {}", own.expect("shown once"))));
    let seen = reader.get(&page).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(!seen.text.contains(&token), "it would make him a superadmin");
}
