//! What the fictitious installations report, day by day.

use plugin_api::contracts::accounts::Account;
use plugin_api::{Cx, Fault};
use serde_json::{Value as Json, json};

use super::programs::{COMPANIES, PROGRAMS, Program, vat_number, version};
use crate::domain::reading;
use crate::receive::Incoming;

/// The first installation.
pub(super) const FIRST: i64 = 0;
/// Installations, one in three of a customer.
pub(super) const INSTALLATIONS: i64 = 120;
/// The one that two computers use.
const CLONE: i64 = 12;
/// The one that is the first, installed again.
const TWIN: i64 = 114;
/// The day from which on some are silent.
const SILENT: i64 = 48;
/// The last reports are above a quota.
const QUARANTINED: i64 = 4;
/// The quota they are above.
const QUOTA: &str = "reports";
const HOUR: i64 = 3_600_000;

/// A customer that installations name.
pub(super) struct Customer {
    /// As it is entered.
    pub(super) account: Account,
    /// Its VAT number.
    pub(super) vat_number: String,
}

/// Whose installation `n` is said to be: of a customer, or of a company that nobody knows.
pub(super) fn account(n: i64, accounts: &[Customer]) -> Option<&Account> {
    customer(n, accounts).map(|customer| &customer.account)
}

fn customer(n: i64, accounts: &[Customer]) -> Option<&Customer> {
    if n % 3 != 0 {
        return None;
    }
    accounts.iter().cycle().nth(usize::try_from(n / 3).ok()?)
}

fn program(n: i64) -> Option<&'static Program> {
    PROGRAMS.iter().cycle().nth(usize::try_from(n).ok()?)
}

fn payload(n: i64, day: i64, accounts: &[Customer]) -> Option<Json> {
    let program = program(n)?;
    let of = if n == TWIN { FIRST } else { n };
    let (company, right) = if let Some(customer) = customer(of, accounts) {
        (customer.account.name.clone(), customer.vat_number.clone())
    } else {
        let place = of % i64::try_from(COMPANIES.len()).ok()?;
        ((*COMPANIES.get(usize::try_from(place).ok()?)?).to_owned(), vat_number(place))
    };
    // A wrong check digit, as people mistype it.
    let vat = if n % 17 == 5 { right.replacen('1', "7", 1) } else { right };
    let computer =
        if n == CLONE && day % 2 == 1 { "SERVER-COPIA".to_owned() } else { format!("PC-{of:03}") };
    let orders = 12 + n % 9 + (day - first_day(n)) * (1 + n % 5);
    let cents = orders * (3_150 + 75 * (n % 11));
    let sold = format!("{},{:02}", cents / 100, cents % 100);
    let mut payload = json!({
        "nome_software": program.name,
        "versione": version(program, n, day),
        "cliente": { "ragione_sociale": company, "partita_iva": vat },
        "totale_ordini": orders,
        "totale_venduto": sold,
        "valuta": if n % 20 == 13 { "USD" } else { "EUR" },
        "computer": computer,
        "sistema_operativo": if n % 4 == 0 { "Windows 10" } else { "Windows 11" },
    });
    // A few have no id, and are told apart by software and company.
    if n % 10 != 7 || n > 30 {
        payload["id_installazione"] = Json::from(format!("demo-{n:03}"));
    }
    Some(payload)
}

fn first_day(n: i64) -> i64 {
    n * 2 / 3
}

fn reports_on(n: i64, day: i64) -> bool {
    let is_due = day == first_day(n) || (day + n) % 5 == 0 || (n == CLONE && day % 5 < 3);
    let is_silent = n % 9 == 4 && first_day(n) <= SILENT && day > SILENT;
    day >= first_day(n) && is_due && !is_silent
}

fn incoming(cx: &Cx, payload: &Json, at: i64) -> Result<Incoming, Fault> {
    let body = serde_json::to_string_pretty(payload)?;
    let read = reading::read(body.as_bytes(), Some("application/json"), None);
    let read = read.map_err(|_| Fault::internal("a report of the sample cannot be read"))?;
    let mut incoming = Incoming::new(cx, read.report, read.payload, "application/json");
    incoming.received_at = at;
    Ok(incoming)
}

/// The id of an installation.
pub(super) fn installation_id(cx: &Cx, n: i64, accounts: &[Customer]) -> Result<String, Fault> {
    let payload = payload(n, first_day(n), accounts);
    let payload = payload.ok_or_else(|| Fault::internal("no such installation in the sample"))?;
    Ok(incoming(cx, &payload, 0)?.identity.installation_id)
}

/// The reports of a day that begins at `midnight`, unix milliseconds; those of today come before now.
pub(super) fn of_day(
    cx: &Cx,
    accounts: &[Customer],
    day: i64,
    midnight: i64,
) -> Result<Vec<Incoming>, Fault> {
    let mut items = Vec::new();
    for n in (0..INSTALLATIONS).filter(|n| reports_on(*n, day)) {
        let Some(payload) = payload(n, day, accounts) else { continue };
        let at = (midnight + 7 * HOUR + n * 300_000).min(cx.now() - (INSTALLATIONS - n) * 1_000);
        let mut item = incoming(cx, &payload, at)?;
        item.address = format!("198.51.100.{}", n + 1);
        items.push(item);
    }
    if day == super::DAYS {
        for n in 0..QUARANTINED {
            let name = format!("Sconosciuto {}", n + 1);
            let at = cx.now() - (QUARANTINED - n) * 60_000;
            let mut item = incoming(cx, &json!({ "nome_software": name, "versione": "0.1" }), at)?;
            item.address = String::from("203.0.113.66");
            item.quarantine = Some(QUOTA);
            items.push(item);
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_installation_reports_and_versions_come_one_after_the_other() {
        for n in 0..INSTALLATIONS {
            assert!((0..=super::super::DAYS).any(|day| reports_on(n, day)), "{n}");
        }
        let program = program(0).expect("a program");
        let first = (0..90).map(|day| version(program, 1, day));
        let mut seen: Vec<&str> = first.collect();
        seen.dedup();
        assert_eq!(seen, program.versions);
    }
}
