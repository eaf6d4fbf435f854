//! Mails from the queue to a file or a server, on each database.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Arc, Mutex};

use cockpit_database::throwaway::ThrowAway;
use lettre::message::header::ContentTransferEncoding;
use plugin_api::db::{Mail, MailLink, Statement};
use plugin_api::{Cx, Scope};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::worker::Sender;
use super::*;
use crate::config::{MailTransport, Secret};
use crate::store::mail::MailRow;
use crate::testing;
use crate::work::Source as _;

fn mail() -> Mail {
    Mail {
        kind: "user.invited".into(),
        to: "Ann@Example.org".into(),
        to_name: "Ann Perù".into(),
        subject: "Benvenuta, così".into(),
        paragraphs: vec!["Perché <no>?".into(), "Second.".into()],
        link: Some(MailLink { label: "Enter".into(), path: "/invitation?token=abc".into() }),
        secret: true,
        ..Mail::default()
    }
}

async fn queue(cx: &Cx, mail: &Mail) -> String {
    let id = cx.fresh_id();
    cx.db().execute(statement("host", mail, &id, cx.now())).await.unwrap();
    id
}

async fn row(cx: &Cx, id: &str) -> MailRow {
    store::mail::find(&cx.db(), &Scope::everything(), id).await.unwrap().unwrap()
}

async fn count(cx: &Cx) -> i64 {
    cx.db().scalar(Statement::new("select count(*) from host_mail")).await.unwrap()
}

async fn now_due(cx: &Cx) {
    let sql = "update host_mail set next_at = 1 where state = 'waiting'";
    cx.db().execute(Statement::new(sql)).await.unwrap();
}

async fn work(sender: &Sender) -> usize {
    let claimed = sender.claim(10).await.unwrap();
    let count = claimed.len();
    for item in claimed {
        sender.run(item).await;
    }
    count
}

fn to_files() -> (TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_directory(folder.path());
    (folder, config)
}

fn to_server(port: u16) -> Config {
    let mut config = Config::default();
    config.mail.transport = MailTransport::Smtp;
    config.mail.smtp_url = Some(Secret::from(format!("smtp://127.0.0.1:{port}?tls=none")));
    config.mail.from = Some("Acme <cockpit@acme.test>".to_owned());
    config.mail.timeout_seconds = 5;
    config
}

/// A server that answers every recipient with `reply`; remembers what it was sent.
async fn server(reply: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, taken) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::default()));
    let keep = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, reply, Arc::clone(&keep)));
        }
    });
    (port, taken)
}

async fn converse(stream: TcpStream, reply: &str, keep: Arc<Mutex<Vec<String>>>) {
    let (read, mut write) = stream.into_split();
    let (mut lines, mut data) = (BufReader::new(read).lines(), None::<String>);
    write.write_all(b"220 ready\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match (&mut data, line.split([' ', ':']).next().unwrap_or_default()) {
            (Some(_), ".") => {
                keep.lock().unwrap().extend(data.take());
                "250 taken"
            }
            (Some(text), _) => {
                text.push_str(&line);
                text.push('\n');
                continue;
            }
            (None, "DATA") => {
                data = Some(String::new());
                "354 go on"
            }
            (None, "RCPT") => reply,
            (None, _) => "250 fine",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
    }
}

async fn each() -> Vec<(ThrowAway, Cx)> {
    let with_cx = |database| {
        let cx = testing::cx(&database);
        (database, cx)
    };
    testing::migrated().await.into_iter().map(with_cx).collect()
}

#[tokio::test]
async fn a_file_is_readable_whole_and_for_our_user_alone() {
    for (_database, cx) in each().await {
        let (folder, config) = to_files();
        let id = queue(&cx, &mail()).await;
        assert_eq!(work(&Sender::of(cx.clone(), config.clone())).await, 1);
        let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().collect();
        let file = files.into_iter().next().unwrap().unwrap();
        assert!(file.file_name().to_string_lossy().ends_with(&format!("Z-{id}.eml")));
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let text = std::fs::read_to_string(file.path()).unwrap();
        let link = format!("{}/invitation?token=abc", config.http.origin());
        for part in ["Perché <no>?", "Perché &#60;no&#62;?", &link, &format!("Message-ID: <{id}@")]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        let row = row(&cx, &id).await;
        assert_eq!((row.state.as_str(), row.attempts), ("sent", 1));
        assert_eq!(row.mail().unwrap(), mail(), "whoever tries things out may read it");
    }
}

#[tokio::test]
async fn a_server_takes_it_and_secrets_are_blanked() {
    for (_database, cx) in each().await {
        let (port, taken) = server("250 fine").await;
        let (secret, open) = (mail(), Mail { secret: false, ..mail() });
        let ids = [queue(&cx, &secret).await, queue(&cx, &open).await];
        assert_eq!(work(&Sender::of(cx.clone(), to_server(port))).await, 2);
        assert_eq!(taken.lock().unwrap().len(), 2);
        assert!(taken.lock().unwrap()[0].contains("From: Acme <cockpit@acme.test>"), "{taken:?}");
        let [secret, open] = [row(&cx, &ids[0]).await, row(&cx, &ids[1]).await];
        assert_eq!((secret.state.as_str(), open.state.as_str()), ("sent", "sent"));
        assert!(!secret.content.contains("token=abc") && !secret.content.contains("Second"));
        assert_eq!(secret.mail().unwrap().to, "Ann@Example.org");
        assert!(open.content.contains("token=abc"));
    }
}

#[tokio::test]
async fn a_refusal_for_now_waits_and_one_for_good_ends_it() {
    let expected = [
        ("451 later", "waiting"),
        ("550 nobody here", "dead"),
        // About our settings, not about the mail.
        ("535 wrong password", "waiting"),
    ];
    for (_database, cx) in each().await {
        for (reply, state) in expected {
            let (port, _) = server(reply).await;
            let id = queue(&cx, &mail()).await;
            let sender = Sender::of(cx.clone(), to_server(port));
            assert_eq!(work(&sender).await, 1);
            let mail = row(&cx, &id).await;
            assert_eq!(mail.state, state, "{}", mail.error);
            assert!(mail.error.contains(&reply[4..]), "{}", mail.error);
            assert!(mail.content.contains("token=abc"), "it may have to be sent again");
            assert_eq!(work(&sender).await, 0, "it has to wait");
            let drop = "update host_mail set state = 'withdrawn' where state = 'waiting'";
            cx.db().execute(Statement::new(drop)).await.unwrap();
        }
        let given_up = store::mail::given_up(&cx.db(), &Scope::everything(), 0).await.unwrap();
        assert_eq!(given_up, 1);
    }
}

#[tokio::test]
async fn without_a_server_it_is_tried_for_days_and_then_kept() {
    for (_database, cx) in each().await {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let sender = Sender::of(cx.clone(), to_server(gone));
        let id = queue(&cx, &mail()).await;
        let mut tries = 0;
        while work(&sender).await == 1 {
            tries += 1;
            now_due(&cx).await;
        }
        let dead = row(&cx, &id).await;
        assert_eq!((dead.state.as_str(), tries), ("dead", 80), "{}", dead.error);
        let far = cx.now() * 2;
        let resent = store::mail::resent(&Scope::everything(), &id, cx.now());
        assert_eq!(cx.db().execute(resent).await.unwrap(), 1);
        assert_eq!(row(&cx, &id).await.attempts, 0);
        assert_eq!(cx.db().execute(store::mail::purge(far)).await.unwrap(), 0, "it waits again");
    }
}

#[tokio::test]
async fn two_hosts_send_a_mail_once_and_a_key_is_queued_once() {
    for (_database, cx) in each().await {
        let (_folder, config) = to_files();
        let keyed = Mail { unique_key: "è".repeat(200), ..mail() };
        queue(&cx, &keyed).await;
        queue(&cx, &keyed).await;
        queue(&cx, &Mail { organisation_id: "of nobody".into(), ..mail() }).await;
        assert_eq!(count(&cx).await, 2);
        let (one, two) = (Sender::of(cx.clone(), config.clone()), Sender::of(cx.clone(), config));
        let (first, second) = tokio::join!(work(&one), work(&two));
        assert_eq!(first + second, 2);
        let far = cx.now() * 2;
        assert_eq!(cx.db().execute(store::mail::purge(far)).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn what_can_never_be_sent_is_given_up_at_once_with_its_reason() {
    let link = |path: &str| Some(MailLink { label: "Go".into(), path: path.into() });
    for (_database, cx) in each().await {
        let (_folder, config) = to_files();
        let wrong = [
            (Mail { to: "nobody".into(), ..mail() }, "address"),
            (Mail { to: "a@b.test\r\nBcc: c@d.test".into(), ..mail() }, "address"),
            (Mail { to: format!("{}@b.test", "a".repeat(400)), ..mail() }, "address"),
            (Mail { link: link("//evil.test/"), ..mail() }, "link"),
            (Mail { link: link("/a\r\nb"), ..mail() }, "link"),
            (
                Mail { subject: "s".repeat(5000), paragraphs: vec!["x".repeat(300_000)], ..mail() },
                "long",
            ),
        ];
        for (mail, word) in wrong {
            let id = queue(&cx, &mail).await;
            work(&Sender::of(cx.clone(), config.clone())).await;
            let row = row(&cx, &id).await;
            assert_eq!(row.state, "dead");
            assert!(row.error.contains(word), "{}", row.error);
        }
    }
}

#[tokio::test]
async fn files_go_with_their_mails() {
    for (_database, cx) in each().await {
        let (_folder, config) = to_files();
        let (kept, gone) = (queue(&cx, &mail()).await, queue(&cx, &mail()).await);
        work(&Sender::of(cx.clone(), config.clone())).await;
        let foreign = directory(&config).join("note.eml");
        std::fs::write(&foreign, "mine").unwrap();
        let forget = Statement::new("delete from host_mail where mail_id = ?").bind(&gone);
        cx.db().execute(forget).await.unwrap();
        assert_eq!(sweep(&config, &cx.db()).await.unwrap(), 1);
        let names = std::fs::read_dir(directory(&config)).unwrap();
        let names: Vec<_> = names.map(|file| file.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.iter().any(|name| name.to_str().unwrap().contains(&kept)), "{names:?}");
    }
}

#[test]
fn nothing_anybody_wrote_becomes_a_header() {
    let evil = "x\r\nBcc: victim@evil.test\u{0}\u{2028}\u{85}Subject: y";
    let mut config = Config::default();
    config.company.name = evil.to_owned();
    let mail = Mail { subject: evil.into(), to_name: evil.into(), ..mail() };
    for encoding in [ContentTransferEncoding::EightBit, ContentTransferEncoding::QuotedPrintable] {
        let letterhead = Letterhead::of(&config, "");
        let message = compose::message(&letterhead, &mail, "id", 0, encoding).unwrap().formatted();
        let message = String::from_utf8(message).unwrap();
        let (head, _) = message.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        let known = [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
        ];
        assert!(names.iter().all(|name| known.contains(name)), "{head}");
        assert_eq!(names.len(), known.len(), "{head}");
    }
}
