//! What an installation said of itself over time: its days, and its faces.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

use super::{about, inserted};

/// What an installation said of itself on a day.
#[derive(Debug, Clone)]
pub(crate) struct DayRow {
    pub(crate) installation_id: String,
    /// Days since 1970-01-01, UTC.
    pub(crate) day: i64,
    pub(crate) version: String,
    pub(crate) version_order: String,
    pub(crate) orders: Option<i64>,
    /// Minor units of `currency`.
    pub(crate) sold: Option<i64>,
    pub(crate) currency: String,
    /// Unix milliseconds.
    pub(crate) at: i64,
}

/// Notes the days.
pub(crate) fn days(rows: impl IntoIterator<Item = DayRow>) -> Vec<Statement> {
    let rows = rows.into_iter().map(|day| {
        vec![
            day.installation_id.into(),
            day.day.into(),
            day.version.into(),
            day.version_order.into(),
            day.orders.into(),
            day.sold.into(),
            day.currency.into(),
            day.at.into(),
            day.at.into(),
        ]
    });
    inserted(
        "registration_inventory_day",
        "installation_id, day, version, version_order, orders, sold, currency, first_at, last_at",
        (
            "on conflict (installation_id, day, version) do update set orders = excluded.orders, \
             sold = excluded.sold, currency = excluded.currency, last_at = excluded.last_at",
            "on duplicate key update orders = values(orders), sold = values(sold), \
             currency = values(currency), last_at = values(last_at)",
        ),
        rows.collect(),
    )
}

/// Who an installation said it is.
#[derive(Debug, Clone)]
pub(crate) struct FaceRow {
    pub(crate) installation_id: String,
    pub(crate) face: String,
    pub(crate) company: String,
    pub(crate) vat_number: String,
    pub(crate) host_name: String,
    pub(crate) address: String,
    /// Unix milliseconds.
    pub(crate) first_at: i64,
    /// Unix milliseconds.
    pub(crate) last_at: i64,
}

/// Notes the faces.
pub(crate) fn faces(rows: impl IntoIterator<Item = FaceRow>) -> Vec<Statement> {
    let rows = rows.into_iter().map(|face| {
        vec![
            face.installation_id.into(),
            face.face.into(),
            face.company.into(),
            face.vat_number.into(),
            face.host_name.into(),
            face.address.into(),
            face.first_at.into(),
            face.last_at.into(),
        ]
    });
    inserted(
        "registration_inventory_face",
        "installation_id, face, company, vat_number, host_name, address, first_at, last_at",
        (
            "on conflict (installation_id, face) do update set address = excluded.address, \
             last_at = excluded.last_at",
            "on duplicate key update address = values(address), last_at = values(last_at)",
        ),
        rows.collect(),
    )
}

#[derive(Deserialize)]
struct Known {
    installation_id: String,
    face: String,
}

/// The faces that these installations showed before, by installation and face.
///
/// Unscoped: whoever reports has no branch, and is told nothing of it.
pub(crate) async fn faces_of(db: &Db, ids: &[&str]) -> Result<Vec<(String, String)>, Fault> {
    let select = "select installation_id, face from registration_inventory_face \
                  where installation_id in ({ids})";
    let mut all = Vec::new();
    for statement in about(select, ids.iter().copied()) {
        let known: Vec<Known> = db.all(statement).await?;
        all.extend(known.into_iter().map(|known| (known.installation_id, known.face)));
    }
    Ok(all)
}
