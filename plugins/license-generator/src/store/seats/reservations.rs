//! Seats kept for people or devices.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::{SEAT, SEATS};
use crate::domain::device::Device;
use crate::domain::licence::Licence;

/// For whom a seat is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody, on any device.
    User,
    /// A device, known by its name or fingerprint.
    Device,
}

impl Kind {
    /// As the database and the form call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Device => "device",
        }
    }
}

/// A seat kept for somebody.
#[derive(Debug, Clone, Deserialize)]
pub struct Reservation {
    /// Its id.
    pub reservation_id: String,
    /// For whom.
    pub kind: Kind,
    /// What he or it is called.
    pub name: String,
    /// The same, folded.
    pub name_folded: String,
    /// When it was made, unix milliseconds.
    pub created_at: i64,
    /// Who made it.
    pub created_by: String,
    /// The seat that is out on it.
    pub seat_id: Option<String>,
}

impl Reservation {
    /// Whether it is for this device or who works on it.
    pub fn is_for(&self, device: &Device, user_name: &str) -> bool {
        match self.kind {
            Kind::User => !user_name.is_empty() && fold(user_name) == self.name_folded,
            Kind::Device => [device.name.as_str(), device.fingerprint.as_str()]
                .iter()
                .any(|name| fold(name) == self.name_folded),
        }
    }
}

/// The reservations of a licence, by name.
pub async fn of_licence(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    now: i64,
) -> Result<Vec<Reservation>, Fault> {
    db.all(
        Statement::new(
            "select r.reservation_id, r.kind, r.name, r.name_folded, r.created_at, r.created_by, \
             s.seat_id from license_generator_seat_reservation r \
             left join license_generator_seat s on s.reservation_id = r.reservation_id \
             and s.lease_until >= ? where r.licence_id = ? and {scope} \
             order by r.name_folded, r.reservation_id",
        )
        .bind(now)
        .bind(licence_id)
        .scope(scope, "r.organisation_id"),
    )
    .await
}

/// The batch that keeps a seat for somebody, if the licence has more than are kept already; a
/// mismatch of [`SEATS`] says that it has not.
pub fn insertion(scope: &Scope, licence: &Licence, reservation: &Reservation) -> Batch {
    // Writes the licence, as everything does that decides about its seats.
    let licence_row = Statement::new(
        "update license_generator_licence set seats_out = seats_out where licence_id = ? \
         and coalesce(seats_limit, 0) > (select count(*) from license_generator_seat_reservation r \
         where r.licence_id = ?) and {scope}",
    )
    .bind(&licence.licence_id)
    .bind(&licence.licence_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(SEATS);
    let row = Statement::new(
        "insert into license_generator_seat_reservation (reservation_id, licence_id, \
         organisation_id, kind, name, name_folded, created_at, created_by) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&reservation.reservation_id)
    .bind(&licence.licence_id)
    .bind(&licence.organisation_id)
    .bind(reservation.kind.as_str())
    .bind(&reservation.name)
    .bind(&reservation.name_folded)
    .bind(reservation.created_at)
    .bind(&reservation.created_by);
    Batch::new().and(licence_row).and(row)
}

/// The batch that keeps it no longer; who has the seat goes on with it.
pub fn removal(scope: &Scope, licence_id: &str, reservation_id: &str) -> Batch {
    let seat = Statement::new(
        "update license_generator_seat set reservation_id = null \
         where licence_id = ? and reservation_id = ? and {scope}",
    )
    .bind(licence_id)
    .bind(reservation_id)
    .scope(scope, "organisation_id");
    let row = Statement::new(
        "delete from license_generator_seat_reservation \
         where licence_id = ? and reservation_id = ? and {scope}",
    )
    .bind(licence_id)
    .bind(reservation_id)
    .scope(scope, "organisation_id");
    Batch::new().and(seat).and(row.expect_rows(1).label(SEAT))
}
