//! The first run: who holds the one-time token makes the first superadmin, once.

use cockpit_tests::{Cockpit, Place, Setup, html};

const FIELDS: [(&str, &str); 5] = [
    ("company", "Casa del Software S.r.l."),
    ("name", "Ann"),
    ("email", "ann@vendor.example"),
    ("password", "a long enough password"),
    ("again", "a long enough password"),
];

#[tokio::test]
async fn the_first_user_is_made_once_by_who_holds_the_token() {
    let cockpit = Cockpit::serve(Place::new(Setup::PLAIN).await).await;
    let told = cockpit.stdout();
    let link = told.split_whitespace().find(|word| word.contains("/setup?token="));
    let link = link.unwrap_or_else(|| panic!("no link was printed: {told}"));
    assert!(!cockpit.log().contains("token="), "the token stands in the log");

    let browser = cockpit.browser();
    let sent = browser.get("/").await.expect(303);
    let sent = browser.get(sent.header("location")).await.expect(303);
    assert_eq!(sent.header("location"), "/setup");
    let form = browser.get("/setup").await.expect(200).form_with("token");
    for token in ["", "wrong", &"A".repeat(43)] {
        let mut fields = FIELDS.to_vec();
        fields.push(("token", token));
        let refused = browser.fill(&form, &fields).await.expect(422);
        assert!(html::text(&refused.body).contains("set-up token"), "{}", refused.told());
    }
    let form =
        browser.get(link.trim_start_matches(&cockpit.url)).await.expect(200).form_with("token");
    for (name, wrong) in [
        ("password", "short"),
        ("again", "another password"),
        ("email", "no address"),
        ("name", ""),
    ] {
        let fields: Vec<_> =
            FIELDS.iter().map(|(n, v)| (*n, if *n == name { wrong } else { *v })).collect();
        browser.fill(&form, &fields).await.assert(422);
    }
    browser.fill(&form, &FIELDS).await.assert(303);
    browser.get("/system/modules").await.assert(200);

    // Once: the same token makes no second one.
    let late = cockpit.browser();
    let again = late
        .fill(&form, &[FIELDS[0], FIELDS[1], ("email", "eve@evil.example"), FIELDS[3], FIELDS[4]]);
    let again = again.await;
    assert!(again.status == 422 || again.status == 409 || again.status == 303, "{again:?}");
    late.sign_in("eve@evil.example", "a long enough password").await.assert(422);
    let gone = late.get("/setup").await.expect(303);
    assert_eq!(gone.header("location"), "/login");
    cockpit.signed_in("ann@vendor.example", "a long enough password").await;
    assert!(!cockpit.place.data().join("setup-token").exists(), "its file is gone");
}
