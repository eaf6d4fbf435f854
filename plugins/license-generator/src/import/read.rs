//! Cells as other systems write them, as a draft of a licence.

use plugin_api::import::Row;
use plugin_api::money;
use plugin_api::table::fold;
use plugin_api::time::{end_of_day, parse_date};

use crate::domain::draft::{Draft, ModuleDraft, Price};
use crate::domain::state::StoredState;

/// Why a cell is not taken: its field, and the key of a sentence.
pub(super) type Wrong = (&'static str, &'static str);

/// The draft a row comes to; customer and agent are still to be found.
pub(super) fn draft(row: &Row) -> Result<Draft, Wrong> {
    let seats = number(row, "seats")?.filter(|seats| *seats > 0);
    let users = number(row, "users")?.filter(|users| *users > 0);
    let end = day(row, "end")?;
    let tipo = match fold(row.get("type")).as_str() {
        "" if end.is_some() => "abbonamento",
        "" | "permanente" | "permanent" | "perpetual" | "lifetime" | "node-locked" => "permanente",
        "trial" | "prova" | "demo" | "evaluation" | "valutazione" => "trial",
        "abbonamento" | "subscription" | "annuale" | "annual" | "time-limited" | "timed" => {
            "abbonamento"
        }
        _ => return Err(("type", "field-option")),
    };
    let valuta = match row.get("currency") {
        "" => "EUR".to_owned(),
        code => code.to_uppercase(),
    };
    let price = match row.get("price") {
        "" => None,
        text => Some(money::parse(text, &valuta).ok_or(("price", "field-decimal"))?),
    };
    let floating = seats.map(|_| "flottante".to_owned());
    Ok(Draft {
        prodotto: Some(row.get("product").to_owned()),
        tipo: Some(tipo.to_owned()),
        versione: given(row.get("version")),
        associazione: floating.or(Some("dispositivo".to_owned())),
        dispositivi: number(row, "devices")?.filter(|devices| *devices > 0),
        posti: seats,
        utenti: users,
        inizio: day(row, "start")?,
        scadenza: end,
        manutenzione_fino_a: day(row, "maintenance")?,
        moduli: modules(row.get("modules"))?,
        prezzo: price.map(|importo| Price { importo, valuta }),
        note: given(row.get("note")),
        ..Draft::default()
    })
}

fn given(cell: &str) -> Option<String> {
    Some(cell.to_owned()).filter(|cell| !cell.is_empty())
}

fn number(row: &Row, field: &'static str) -> Result<Option<i64>, Wrong> {
    match row.get(field) {
        "" => Ok(None),
        // Where nothing limits them, systems write so.
        cell if matches!(fold(cell).as_str(), "unlimited" | "illimitato" | "-1") => Ok(None),
        cell => cell.parse().map(Some).map_err(|_| (field, "field-range")),
    }
}

/// Codes with commas or semicolons between them, each with how much of it there is: `pdf, api:1000`.
fn modules(cell: &str) -> Result<std::collections::BTreeMap<String, ModuleDraft>, Wrong> {
    let codes = cell.split([',', ';']).map(str::trim).filter(|code| !code.is_empty());
    codes
        .map(|code| {
            let (code, most) = code.split_once(':').unwrap_or((code, ""));
            let limite = match most.trim() {
                "" => None,
                most => Some(most.parse().map_err(|_| ("modules", "field-range"))?),
            };
            let module = ModuleDraft { attivo: true, limite, ..ModuleDraft::default() };
            Ok((code.trim().to_owned(), module))
        })
        .collect()
}

/// A day or an instant as the domain reads it; none for an empty cell.
fn day(row: &Row, field: &'static str) -> Result<Option<String>, Wrong> {
    let cell = row.get(field);
    if cell.is_empty() || matches!(fold(cell).as_str(), "never" | "mai" | "null") {
        return Ok(None);
    }
    if plugin_api::time::parse_instant(cell).is_some() {
        return Ok(Some(cell.to_owned()));
    }
    let date = cell.split([' ', 'T']).next().unwrap_or_default();
    iso(date, cell.ends_with('M')).map(Some).ok_or((field, "field-date"))
}

/// `2026-12-31` of that, of `31/12/2026`, `31.12.2026`, or of the American `12/31/2026 1:00 AM`.
fn iso(date: &str, is_american: bool) -> Option<String> {
    let parts: Vec<u32> =
        date.split(['/', '.', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if *year > 31 => (year, month, day),
        [month, day, year] if is_american => (year, month, day),
        [day, month, year] => (year, month, day),
        _ => return None,
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    parse_date(&date).map(|_| date)
}

/// The present at which the dates of a row are looked at: one of its own days, so that a licence that
/// ended long ago makes sense too.
pub(super) fn present(draft: &Draft, now: i64) -> i64 {
    let ms = |text: &Option<String>| {
        let text = text.as_deref()?;
        plugin_api::time::parse_instant(text).or_else(|| parse_date(text))
    };
    let start = ms(&draft.inizio);
    let end = ms(&draft.scadenza);
    match (start, end) {
        (Some(start), _) if start < now => start,
        (_, Some(end)) if end_of_day(end) < now => end,
        _ => now,
    }
}

/// The state a cell names; what is over says its end. None for a word that is no state.
pub(super) fn state(cell: &str) -> Option<StoredState> {
    Some(match fold(cell).as_str() {
        "" | "attiva" | "active" | "attivo" | "valid" | "valida" | "activated" | "expired"
        | "scaduta" | "expiring" | "inactive" | "demo" => StoredState::Active,
        "sospesa" | "suspended" | "sospeso" | "disabled" => StoredState::Suspended,
        "revocata" | "revoked" | "banned" | "cancelled" | "canceled" | "annullata" => {
            StoredState::Revoked
        }
        "in attesa" | "in_attesa" | "in_attesa_convalida" | "pending" | "awaiting" => {
            StoredState::Awaiting
        }
        _ => return None,
    })
}

/// Whether a cell says yes; none for an empty one.
pub(super) fn yes(cell: &str) -> Option<bool> {
    match fold(cell).as_str() {
        "" => None,
        word => Some(matches!(word, "si" | "yes" | "true" | "1" | "x" | "y" | "s" | "vero")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_systems_write_them() {
        for (cell, american) in [("2026-12-31", false), ("31/12/2026", false), ("12/31/2026", true)]
        {
            assert_eq!(iso(cell, american).as_deref(), Some("2026-12-31"), "{cell}");
        }
        assert_eq!(iso("31.1.2026", false).as_deref(), Some("2026-01-31"));
        for wrong in ["2026-13-01", "31/02/2026", "soon", "1/2", ""] {
            assert_eq!(iso(wrong, false), None, "{wrong}");
        }
    }

    #[test]
    fn modules_have_codes_and_perhaps_a_number() {
        let read = modules("pdf, api:1000;x").unwrap();
        assert_eq!(read.keys().collect::<Vec<_>>(), ["api", "pdf", "x"]);
        assert_eq!(read["api"].limite, Some(1000));
        assert_eq!(modules("api:many").unwrap_err().0, "modules");
    }
}
