//! Somebody opens all that he can list, and looks for words of others in it.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use cockpit_tests::{Client, smtp};
use reqwest::Method;

use super::tree::{At, START, Tree};
use crate::access::routes::Route;

/// Every page, list and export that names no object, in all formats, and found by the common start
/// of the words.
pub(super) fn paths(routes: &[Route]) -> Vec<String> {
    let mut paths = Vec::new();
    for route in routes.iter().filter(|route| route.method == Method::GET) {
        let path = &route.path;
        if !route.kinds.is_empty() || route.is_open || path.starts_with("/live") {
            continue;
        }
        if path.ends_with("/export") {
            let formats = ["csv", "json", "xlsx"];
            paths.extend(formats.map(|format| format!("{path}?format={format}")));
        } else if path.starts_with("/api/") {
            paths.push(format!("{path}?limit=100"));
        } else {
            paths.extend([path.clone(), format!("{path}?q={START}&cerca={START}&limit=100")]);
        }
    }
    paths
}

/// What a path answers, as text; a spreadsheet as the text of its cells.
async fn text(client: &Client, path: &str) -> (u16, String) {
    let answer = client.request(Method::GET, path).send().await.expect("an answer");
    let status = answer.status().as_u16();
    let bytes = answer.bytes().await.expect("all of it");
    if path.ends_with("format=xlsx") && status == 200 {
        let mut book: Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a spreadsheet");
        let mut cells = Vec::new();
        for sheet in book.sheet_names() {
            let sheet = book.worksheet_range(&sheet).expect("a sheet");
            cells.extend(sheet.used_cells().filter_map(|(_, _, cell)| match cell {
                Data::String(text) => Some(text.clone()),
                _ => None,
            }));
        }
        return (status, cells.join("\n"));
    }
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads these as somebody; answers how many of the words that are his were there.
pub(super) async fn read(
    tree: &Tree,
    reader: usize,
    paths: &[String],
    leaks: &mut BTreeSet<String>,
) -> usize {
    let member = &tree.members[reader];
    let mut found = BTreeSet::new();
    for path in paths {
        let client = if path.starts_with("/api/") { &member.software } else { &member.browser };
        let (status, text) = text(client, path).await;
        if status >= 500 {
            leaks.insert(format!("{}: {path}: {status}", member.email));
        }
        for word in tree.forbidden(reader, &text) {
            leaks.insert(format!("{} reads {word} in {path}", member.email));
        }
        found.extend(tree.allowed(reader, &text));
    }
    found.len()
}

/// Somebody asks for some customer: what is his he finds, what is not he does not.
pub(super) async fn foreign_object(
    tree: &Tree,
    reader: usize,
    random: &mut fastrand::Rng,
    leaks: &mut BTreeSet<String>,
) {
    let number = random.usize(..tree.customers.len());
    let (customer, member) = (&tree.customers[number], &tree.members[reader]);
    let is_his = tree.may_see(reader, At::Customer(number));
    let (id, licence) = (&customer.id, &customer.licence);
    for path in [
        format!("/crm/customers/{id}"),
        format!("/crm/customers/{id}/timeline"),
        format!("/crm/licences/{licence}"),
        format!("/api/admin/clienti/{id}"),
        format!("/api/admin/licenze/{licence}"),
    ] {
        let client = if path.starts_with("/api/") { &member.software } else { &member.browser };
        let (status, text) = text(client, &path).await;
        let is_staff = matches!(member.at, At::Node(_));
        let expected = if !is_staff {
            403
        } else if is_his {
            200
        } else {
            404
        };
        if status != expected {
            leaks.insert(format!("{}: {path}: {status} and not {expected}", member.email));
        }
        for word in tree.forbidden(reader, &text) {
            leaks.insert(format!("{} reads {word} in {path}", member.email));
        }
    }
}

/// The number in the menu is that of those he can list.
pub(super) async fn badge(tree: &Tree, reader: usize, leaks: &mut BTreeSet<String>) {
    let member = &tree.members[reader];
    let (status, listed) = text(&member.browser, "/crm/customers/waiting/export?format=json").await;
    let rows = match (status, serde_json::from_str::<serde_json::Value>(&listed)) {
        (200, Ok(rows)) => i64::try_from(rows.as_array().map_or(0, Vec::len)).expect("few"),
        _ => 0,
    };
    let mut told = 0;
    // A count that takes too long shows none, so it is asked for again.
    for _ in 0..5 {
        let menu = member.software.get("/api/menu").await.expect(200).json();
        let sections = menu["sezioni"].as_array().cloned().unwrap_or_default();
        let mut entries = sections.iter().filter_map(|of| of["voci"].as_array()).flatten();
        let waiting = entries.find(|entry| entry["percorso"] == "/crm/customers/waiting");
        told = waiting.and_then(|entry| entry["in_attesa"].as_i64()).unwrap_or_default();
        if told == rows {
            return;
        }
    }
    leaks.insert(format!("{}: the menu tells {told}, the list {rows}", member.email));
}

/// Every mail tells its receiver only what he may know.
pub(super) fn mails(tree: &Tree, leaks: &mut BTreeSet<String>) {
    let mails = smtp::taken(&tree.mails);
    assert!(!mails.is_empty(), "no mail was written");
    for mail in mails {
        let to = smtp::header(&mail, "To").unwrap_or_default().to_lowercase();
        let text = mail.to_lowercase();
        for canary in tree.canaries.iter().filter(|canary| text.contains(&canary.word)) {
            let is_his = to.contains(&canary.word);
            let reader = tree.members.iter().position(|member| to.contains(&member.email));
            if !is_his && !reader.is_some_and(|reader| tree.may_see(reader, canary.at)) {
                leaks.insert(format!("a mail to {to} has {}", canary.word));
            }
        }
    }
}
