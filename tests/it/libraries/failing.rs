//! A plugin that panics and hangs: only the request that met it fails, until it is taken out.

use std::time::{Duration, Instant};

use cockpit_tests::{Client, Cockpit, Database, Linking, Place, Setup, eventually, libraries};
use reqwest::Method;

use crate::modules::page;

const ID: &str = "panics";

/// A served place with the failing plugin and a good one at work; a deadline of two seconds.
async fn served() -> (Cockpit, Client) {
    let place = Place::new(Setup::of(Database::Sqlite, Linking::Loaded)).await;
    place.cockpit(&["init"]).success();
    let key = place.unlock_key(&place.installation(), &["*"]);
    libraries::install(&place, ID);
    libraries::install(&place, "customer-accounts");
    place.cockpit(&["unlock", &key]).success();
    page::served(place.with("COCKPIT_HTTP__REQUEST_DEADLINE_SECONDS", "2")).await
}

async fn others_go_on(cockpit: &mut Cockpit, browser: &Client) {
    assert!(cockpit.is_running(), "{}", cockpit.log());
    browser.get("/crm/customers").await.assert(200);
    browser.get("/system/users").await.assert(200);
    cockpit.anonymous().get("/readyz").await.assert(200);
}

#[tokio::test]
async fn a_panic_fails_its_request_alone_and_the_fifth_takes_the_plugin_out() {
    let (mut cockpit, browser) = served().await;
    let client = cockpit.anonymous();
    let works = async || client.get("/api/panics/works").await;
    assert_eq!(works().await.expect(200).body, "works");
    for n in 1..=4 {
        let method = if n % 2 == 0 { Method::GET } else { Method::POST };
        let answer = client.send(client.request(method, "/api/panics/handler")).await;
        let problem = answer.problem(500, "internal");
        assert!(!problem.to_string().contains("a panic in a handler"), "{problem}");
        works().await.assert(200);
        others_go_on(&mut cockpit, &browser).await;
    }
    let log = cockpit.log();
    assert!(log.contains("a panic in a handler"), "the log tells the cause: {log}");

    client.get("/api/panics/handler").await.problem(500, "internal");
    works().await.problem(404, "not_found");
    let told = page::told(&browser, ID).await;
    assert!(told.contains("Failed") && told.contains("five times"), "{told}");
    others_go_on(&mut cockpit, &browser).await;

    // Somebody who mended the cause tries again.
    page::switch(&browser, ID, true).await;
    works().await.assert(200);
    let told = page::told(&browser, ID).await;
    assert!(told.contains("At work"), "{told}");
}

#[tokio::test]
async fn a_panic_in_a_stream_or_a_destructor_and_a_hang_leave_the_host_up() {
    let (mut cockpit, browser) = served().await;
    let client = cockpit.anonymous();

    let broken = client.try_send(client.request(Method::GET, "/api/panics/stream")).await;
    assert!(broken.is_err(), "an answer cut short must not look whole: {broken:?}");
    others_go_on(&mut cockpit, &browser).await;

    let started = Instant::now();
    let answer = client.get("/api/panics/hang").await;
    assert!(answer.status == 503 || answer.status == 504, "{answer:?}");
    assert!(answer.header("content-type").starts_with("application/problem+json"), "{answer:?}");
    assert!(started.elapsed() >= Duration::from_secs(2), "{:?}", started.elapsed());
    others_go_on(&mut cockpit, &browser).await;

    // Given up at the deadline, and dropped there.
    let answer = client.get("/api/panics/drop").await;
    assert!(answer.status >= 500, "{answer:?}");
    others_go_on(&mut cockpit, &browser).await;

    // Given up because the client went away.
    let request = client.request(Method::GET, "/api/panics/drop");
    let impatient = client.try_send(request.timeout(Duration::from_millis(200))).await;
    assert!(impatient.is_err_and(|error| error.is_timeout()));
    others_go_on(&mut cockpit, &browser).await;
    client.get("/api/panics/works").await.assert(200);
}

#[tokio::test]
async fn a_request_that_runs_may_end_when_the_server_is_asked_to_stop() {
    let (mut cockpit, _browser) = served().await;
    let client = cockpit.anonymous();
    for method in [Method::GET, Method::POST] {
        let request = client.request(method, "/api/panics/slow?ms=20");
        assert_eq!(client.send(request).await.expect(200).body, "late");
    }
    let slow = client.request(Method::GET, "/api/panics/slow?ms=1500");
    let answer = {
        let client = client.clone();
        tokio::spawn(async move { client.send(slow).await })
    };
    eventually("the request runs", || async {
        client.get("/api/panics/running").await.expect(200).body == "1"
    })
    .await;
    cockpit.ask_to_stop();
    assert_eq!(answer.await.expect("an answer").expect(200).body, "late");
    assert!(cockpit.ended().await.success(), "{}", cockpit.log());
}
