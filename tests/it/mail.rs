//! Mails reach a real mail server at least once, and nothing anybody wrote becomes a header.

use cockpit_tests::smtp::{self, MailServer};
use cockpit_tests::{Client, Cockpit, Database, Place, Setup, eventually};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery";

/// A place with a superadmin that sends through `server`.
async fn place(database: Database, server: &MailServer) -> Place {
    let place = Place::new(Setup::on(database))
        .await
        .with("COCKPIT_MAIL__TRANSPORT", "smtp")
        .with("COCKPIT_MAIL__SMTP_URL", &server.url())
        .with("COCKPIT_MAIL__FROM", "Acme <cockpit@acme.test>")
        .with("COCKPIT_MAIL__TIMEOUT_SECONDS", "5");
    place.add_user("root@acme.test", PASSWORD, &["superadmin"]);
    place
}

/// Queues a mail as the host would; no server may run meanwhile.
async fn queue(place: &Place, number: u32, mail: &Value) {
    // In hex, because the words must not be read as SQL or its placeholders.
    let hex = |text: &str| format!("cast(x'{}' as char)", plugin_api::hex(text.as_bytes()));
    let text = |name: &str| hex(mail[name].as_str().unwrap_or_default());
    let (to, subject, content) = (text("to"), text("subject"), hex(&mail.to_string()));
    let changed = place
        .tamper(&format!(
            "insert into host_mail (mail_id, organisation_id, plugin, kind, recipient, \
             recipient_folded, subject, subject_folded, content, secret, state, attempts, next_at, \
             error, created_at) values ('00000000-0000-7000-8000-{number:012}', \
             '00000000-0000-7000-8000-000000000001', 'host', 'test.queued', {to}, {to}, {subject}, \
             {subject}, {content}, {}, 'waiting', 0, 1, '', 1700000000000)",
            i32::from(mail["secret"] == true)
        ))
        .await;
    assert_eq!(changed, 1);
}

fn mail(to: &str, subject: &str) -> Value {
    json!({ "kind": "test.queued", "to": to, "subject": subject, "paragraphs": ["Ciao, così."] })
}

async fn superadmin(cockpit: &Cockpit) -> Client {
    cockpit.signed_in("root@acme.test", PASSWORD).await
}

/// The path of the page of a mail that [`queue`] made.
fn page(number: u32) -> String {
    format!("/system/mail/00000000-0000-7000-8000-{number:012}")
}

async fn says(browser: &Client, number: u32, words: &str) {
    eventually(words, || async {
        let answer = browser.get(&page(number)).await.expect(200);
        answer.body.contains(words)
    })
    .await;
}

async fn mails_are_taken_retried_or_given_up(database: Database) {
    let folder = tempfile::tempdir().expect("a folder");
    let server = MailServer::start(&folder.path().join("mails"), 0, 0);
    let place = place(database, &server).await;
    let evil = "Hello\r\nBcc: victim@evil.test\r\n\r\n<script>";
    let mut taken = mail("ann@acme.test", evil);
    taken["to_name"] = json!("Ann\r\nX-Evil: 1");
    taken["secret"] = json!(true);
    taken["link"] = json!({ "label": "Enter", "path": "/invitation?token=abc" });
    queue(&place, 1, &taken).await;
    queue(&place, 2, &mail("later@acme.test", "Later")).await;
    queue(&place, 3, &mail("nobody@acme.test", "Never")).await;
    queue(&place, 4, &mail("a@b.test\r\nRCPT TO:<victim@evil.test>", "Smuggled")).await;

    let cockpit = Cockpit::serve(place).await;
    let browser = superadmin(&cockpit).await;
    says(&browser, 1, ">Sent<").await;
    eventually("the one refused twice arrives", || async { server.taken().len() == 2 }).await;
    let mails = server.taken();
    let first = mails.iter().find(|mail| mail.contains("X-Envelope: ann@acme.test\r\n"));
    let first = first.unwrap_or_else(|| panic!("{mails:?}"));
    let head = first.split("\r\n\r\n").next().unwrap_or_default();
    for name in ["Bcc:", "X-Evil:", "RCPT"] {
        assert!(!head.lines().any(|line| line.starts_with(name)), "{head}");
    }
    assert_eq!(smtp::header(first, "From").as_deref(), Some("Acme <cockpit@acme.test>"));
    let id = "<00000000-0000-7000-8000-000000000001@acme.test>";
    assert_eq!(smtp::header(first, "Message-ID").as_deref(), Some(id));
    assert!(first.contains("multipart/alternative") && first.contains("text/html"), "{first}");
    assert!(first.replace("=\r\n", "").contains("/invitation?token=3Dabc"), "{first}");
    assert!(!first[head.len()..].contains("<script>"), "{first}");

    for (number, reason) in [(3, "nobody of this name"), (4, "address")] {
        says(&browser, number, "Given up").await;
        says(&browser, number, reason).await;
    }
    let secret = browser.get(&page(1)).await.expect(200).body;
    assert!(!secret.contains("token=abc"), "{secret}");
    assert!(browser.get("/").await.body.contains("could not be delivered"));
    let list = browser.get("/system/mail?state=dead").await.expect(200).body;
    assert!(list.contains("Never") && !list.contains("Later"), "{list}");

    let form = browser.get(&page(3)).await.form_to(&format!("{}/resend", page(3)));
    browser.fill(&form, &[]).await.assert(303);
    says(&browser, 3, "nobody of this name").await;
    let page_of_sent = browser.get(&page(2)).await.expect(200).body;
    assert!(!page_of_sent.contains("/resend") && !page_of_sent.contains("/withdraw"));
    let gone = browser.submit(&format!("{}/withdraw", page(2)), &[]).await;
    gone.assert(409);

    let place = cockpit.stop().await;
    let kept = "select count(*) from host_mail where content like '%token=abc%'";
    assert_eq!(place.numbers(kept).await, [0], "a secret was kept");
}

#[tokio::test]
async fn mails_are_taken_retried_or_given_up_on_sqlite() {
    mails_are_taken_retried_or_given_up(Database::Sqlite).await;
}

#[tokio::test]
async fn mails_are_taken_retried_or_given_up_on_mariadb() {
    if Database::MariaDb.is_available() {
        mails_are_taken_retried_or_given_up(Database::MariaDb).await;
    }
}

/// Both arrived, and a receiver can tell that they are one.
fn are_one(mails: &[String]) {
    let ids: Vec<_> = mails.iter().map(|mail| smtp::header(mail, "Message-ID")).collect();
    assert!(ids.len() >= 2 && ids[0].is_some(), "{mails:?}");
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[tokio::test]
async fn a_mail_server_that_dies_without_an_answer_gets_the_mail_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mails = folder.path().join("mails");
    let server = MailServer::start(&mails, 0, 60);
    let place = place(Database::Sqlite, &server).await;
    queue(&place, 1, &mail("ann@acme.test", "Twice")).await;
    let cockpit = Cockpit::serve(place).await;
    eventually("it has the mail", || async { server.taken().len() == 1 }).await;
    let port = server.port;
    server.kill();
    cockpit.anonymous().get("/readyz").await.assert(200);
    let again = MailServer::start(&mails, port, 0);
    eventually("it gets it again", || async { again.taken().len() == 2 }).await;
    are_one(&again.taken());
    says(&superadmin(&cockpit).await, 1, ">Sent<").await;
}

#[tokio::test]
async fn a_cockpit_killed_while_it_sends_sends_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mails = folder.path().join("mails");
    let server = MailServer::start(&mails, 0, 60);
    let place = place(Database::Sqlite, &server).await;
    queue(&place, 1, &mail("ann@acme.test", "Twice")).await;
    let cockpit = Cockpit::serve(place).await;
    eventually("it has the mail", || async { server.taken().len() == 1 }).await;
    let place = cockpit.kill();
    let port = server.port;
    server.kill();
    let again = MailServer::start(&mails, port, 0);
    let cockpit = Cockpit::serve(place).await;
    eventually("it gets it again", || async { again.taken().len() == 2 }).await;
    are_one(&again.taken());
    says(&superadmin(&cockpit).await, 1, ">Sent<").await;
}

#[tokio::test]
async fn settings_can_be_tried_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = MailServer::start(&folder.path().join("mails"), 0, 0);
    let place = place(Database::Sqlite, &server).await;
    let told = place.cockpit(&["mail", "test", "ann@acme.test"]).success();
    assert!(told.contains("took it"), "{told}");
    assert_eq!(server.taken().len(), 1);
    let told = place.cockpit(&["mail", "test", "nobody@acme.test"]).refusal();
    assert!(told.contains("nobody of this name"), "{told}");
    let told = place.cockpit(&["mail", "test", "no address"]).refusal();
    assert!(told.contains("address"), "{told}");
}

#[tokio::test]
async fn without_a_mail_server_mails_are_files() {
    let place = Place::new(Setup::PLAIN).await;
    place.add_user("root@acme.test", PASSWORD, &["superadmin"]);
    queue(&place, 1, &mail("ann@acme.test", "In a file")).await;
    let folder = place.data().join("mail");
    let cockpit = Cockpit::serve(place).await;
    eventually("it is written", || async { smtp::taken(&folder).len() == 1 }).await;
    let written = smtp::taken(&folder).remove(0);
    assert!(written.contains("Ciao, così."), "{written}");
    let list = superadmin(&cockpit).await.get("/system/mail").await.expect(200).body;
    assert!(list.contains("In a file") && list.contains("not sent"), "{list}");
}
