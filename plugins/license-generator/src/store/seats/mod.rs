//! Floating seats: who holds one, who takes one, who gives one back, and those whose lease ended.
//!
//! `seats_out` of a licence is the number of its rows here, ended leases included, and both change in
//! one batch that writes the licence first: no batch can take a seat that another one took, on
//! whichever host. A seat whose lease ended is free for the next one, whose batch removes it.

mod held;
mod peaks;
mod reservations;
mod sweep;
mod take;
mod waiting;

use plugin_api::Fault;

pub use held::{Out, Pool, by_id, of_device, of_licence, out, pool};
pub use peaks::{Peak, note_all, peaks};
pub use reservations::{Kind, Reservation, insertion, of_licence as reservations, removal};
pub use sweep::{ended, forget_waiting, mismatched, recount, sweep};
pub use take::{Taking, give_back, keep, take};
pub use waiting::{others_waiting, wait};

/// Label of the statement that takes or frees seats of a licence.
pub const SEATS: &str = "seats";
/// Label of the statement that writes the row of a seat.
pub const SEAT: &str = "seat-row";

/// The columns of a [`crate::domain::seat::Seat`].
const COLUMNS: &str = "s.seat_id, s.fingerprint, s.device_name, s.platform, s.user_name, \
    s.taken_at, s.renewed_at, s.lease_until, s.borrowed, s.reservation_id";

/// Whether the batch met another one that changed the seats of the same licence: read again.
pub fn is_contested(fault: &Fault) -> bool {
    fault.is_mismatch(SEATS) || fault.is_mismatch(SEAT) || fault.is_unique("license_generator_seat")
}
