//! Every mail that was written: to one person, with our headers and no other.

use std::collections::BTreeSet;
use std::path::PathBuf;

use cockpit_tests::eventually;
use mail_parser::{Address, MessageParser};

use super::world::World;

/// The headers we write.
const HEADERS: [&str; 9] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
];

/// Looks at every mail once none is on its way any more; answers how many there were.
pub(super) async fn all(world: &World) -> usize {
    let folder = world.cockpit.place.data().join("mail");
    let waiting = || async {
        let page = world.admin.browser.get("/system/mail?state=waiting").await.expect(200);
        page.body.contains("class=\"empty\"")
    };
    eventually("no mail waits", waiting).await;
    let entries = std::fs::read_dir(&folder).expect("the folder of mails");
    let files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    for file in &files {
        let mail = std::fs::read(file).expect("a mail");
        for complaint in complaints(&mail) {
            let text = String::from_utf8_lossy(&mail);
            world.findings.note("a mail", &complaint, text.lines().next().unwrap_or_default());
        }
    }
    files.len()
}

fn complaints(mail: &[u8]) -> Vec<String> {
    let Some(message) = MessageParser::default().parse(mail) else {
        return vec!["cannot be read".to_owned()];
    };
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    for header in message.headers() {
        let name = header.name().to_lowercase();
        if !HEADERS.contains(&name.as_str()) {
            found.push(format!("has the header {name}"));
        }
        if !names.insert(name.clone()) {
            found.push(format!("has {name} twice"));
        }
    }
    let receivers: Vec<String> = match message.to() {
        Some(Address::List(all)) => {
            all.iter().map(|one| one.address().unwrap_or_default().to_owned()).collect()
        }
        _ => Vec::new(),
    };
    let [receiver] = receivers.as_slice() else {
        found.push(format!("goes to {receivers:?}"));
        return found;
    };
    if receiver.contains("victim") || !receiver.ends_with(".example") {
        found.push(format!("goes to {receiver}"));
    }
    found
}

#[test]
fn a_mail_with_a_header_too_many_is_found() {
    let ours = "From: a@b.example\r\nTo: \"x, y\" <c@d.example>\r\nSubject: s\r\n\r\nBcc: no\r\n";
    assert_eq!(complaints(ours.as_bytes()), [] as [&str; 0]);
    let theirs = ours.replace("Subject: s", "Subject: s\r\nBcc: victim@evil.example");
    assert_eq!(complaints(theirs.as_bytes()), ["has the header bcc"]);
    let two = ours.replace("<c@d.example>", "<c@d.example>, <e@f.example>");
    assert_eq!(complaints(two.as_bytes()).len(), 1);
}
