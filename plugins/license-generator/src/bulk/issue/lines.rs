//! Reads a list somebody pasted or uploaded: devices, or customers.

use std::collections::{BTreeMap, BTreeSet};

use plugin_api::contracts::accounts::AccountState;
use plugin_api::import::{Posted, Rows};
use plugin_api::table::fold;
use plugin_api::{Cx, Fault};

use crate::domain::bulk::{Checked, Line, Source};
use crate::store;

/// Names looked up in one statement.
const TOGETHER: usize = 400;

/// What a column of the list is, and how it may be called.
const NAME: &[&str] = &["nome", "name", "dispositivo", "device", "cliente", "customer", "computer"];
const KEY: &[&str] =
    &["impronta", "fingerprint", "computerid", "computer id", "machine", "id", "hardware id"];
const SERIAL: &[&str] =
    &["seriale", "numero seriale", "serial", "serial number", "numero di serie"];

/// The lines of a form: those of its file, or those that were pasted. Otherwise the key of a text
/// that says why they cannot be read.
pub(super) async fn read(
    cx: &Cx,
    source: Source,
    posted: &Posted,
    pasted: &str,
) -> Result<Result<Checked, &'static str>, Fault> {
    if source == Source::Count {
        return Ok(Ok(Checked::default()));
    }
    let rows = if posted.bytes.is_empty() { from_text(pasted) } else { from_file(&posted.bytes) };
    let given = match rows {
        Ok(rows) => rows,
        Err(key) => return Ok(Err(key)),
    };
    match source {
        Source::Customers => Ok(Ok(customers(cx, given).await?)),
        _ => Ok(Ok(Checked::devices(given))),
    }
}

/// The lines of a file; its first row says what the columns are.
fn from_file(bytes: &[u8]) -> Result<Vec<(i64, Line)>, &'static str> {
    let Rows { header, rows } = Rows::read(bytes)?;
    let header: Vec<String> = header.iter().map(|name| fold(name)).collect();
    let column = |known: &[&str]| header.iter().position(|name| known.contains(&name.as_str()));
    let (name, key, serial) = (column(NAME), column(KEY), column(SERIAL));
    if name.is_none() && key.is_none() {
        return Err("bulk-list-no-columns");
    }
    let line = |(number, cells): (i64, Vec<String>)| {
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
        (number, Line { name: cell(name), key: cell(key), serial: cell(serial) })
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Lines that were pasted: `name; fingerprint; serial number`, or a single text.
fn from_text(text: &str) -> Result<Vec<(i64, Line)>, &'static str> {
    let lines: Vec<_> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| (i64::try_from(n + 1).unwrap_or(i64::MAX), pasted(line)))
        .collect();
    if lines.is_empty() { Err("bulk-list-empty") } else { Ok(lines) }
}

fn pasted(line: &str) -> Line {
    let line = line.trim();
    let separator = if line.contains('\t') { '\t' } else { ';' };
    // The components of a fingerprint may hold any separator.
    let mut cells = if line.starts_with('{') {
        vec![line.to_owned()]
    } else {
        line.splitn(3, separator).map(|cell| cell.trim().to_owned()).collect()
    }
    .into_iter();
    match (cells.next(), cells.next(), cells.next()) {
        (Some(key), None, _) => Line { key, ..Line::default() },
        (name, key, serial) => Line {
            name: name.unwrap_or_default(),
            key: key.unwrap_or_default(),
            serial: serial.unwrap_or_default(),
        },
    }
}

/// The customers that were named by id or by their whole name; each once.
pub(crate) async fn customers(cx: &Cx, given: Vec<(i64, Line)>) -> Result<Checked, Fault> {
    let wanted =
        |line: &Line| if line.key.is_empty() { line.name.clone() } else { line.key.clone() };
    let mut known: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    let mut suspended = BTreeSet::new();
    let names: BTreeSet<String> = given
        .iter()
        .flat_map(|(_, line)| [fold(&wanted(line)), wanted(line)])
        .filter(|name| !name.is_empty())
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    for names in names.chunks(TOGETHER) {
        for found in store::bulk::customers(&cx.db(), cx.scope(), names).await? {
            if found.state == AccountState::Suspended {
                suspended.insert(found.account_id.clone());
            }
            let line =
                Line { name: found.name, key: found.account_id.clone(), serial: String::new() };
            for name in [found.account_id, found.name_folded] {
                let lines = known.entry(name).or_default();
                if !lines.contains(&line) {
                    lines.push(line.clone());
                }
            }
        }
    }
    let (mut seen, mut checked) = (BTreeSet::new(), Checked::default());
    for (number, line) in given {
        let name = wanted(&line);
        let found = known.get(&name).or_else(|| known.get(&fold(&name)));
        let outcome = match found.map(Vec::as_slice) {
            None | Some([]) => Err("bulk-line-no-customer"),
            Some([one]) if suspended.contains(&one.key) => Err("bulk-line-suspended"),
            Some([one]) if !seen.insert(one.key.clone()) => Err("bulk-line-twice"),
            Some([one]) => Ok(one.clone()),
            Some(_) => Err("bulk-line-many-customers"),
        };
        match outcome {
            Ok(line) => checked.lines.push(line),
            Err(key) => checked.wrong.push((number, key)),
        }
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_line_is_a_name_a_fingerprint_and_a_serial_number() {
        let line = |text: &str| {
            let Line { name, key, serial } = pasted(text);
            [name, key, serial]
        };
        assert_eq!(line("PC 1; pc-1 ;S/N 7"), ["PC 1", "pc-1", "S/N 7"]);
        assert_eq!(line("PC 1\tpc;1"), ["PC 1", "pc;1", ""]);
        assert_eq!(line(" pc-1 "), ["", "pc-1", ""]);
        let parts = r#"{"componenti": {"a": ";"}}"#;
        assert_eq!(line(parts), ["", parts, ""]);
    }

    #[test]
    fn the_columns_of_a_file_are_known_by_name() {
        let file = "Seriale;Impronta;Nome\nS1;pc-1;Uno\n;pc-2;Due\n";
        let lines = from_file(file.as_bytes()).unwrap();
        assert_eq!(
            lines[0].1,
            Line { name: "Uno".into(), key: "pc-1".into(), serial: "S1".into() }
        );
        assert_eq!(lines[1].0, 3);
        assert_eq!(from_file(b"a;b\n1;2\n"), Err("bulk-list-no-columns"));
        assert!(from_text(" \n ").is_err());
    }
}
