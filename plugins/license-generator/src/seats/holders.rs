//! The tables of who holds seats and for whom some are kept.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::{Badge, Confirm, Empty, Tone};
use plugin_api::{Cx, Lang};

use crate::domain::seat::Seat;
use crate::paths;
use crate::store::seats::{Kind, Reservation};

/// Seats that are out, each with a way to free it for who may.
#[derive(Debug, Template)]
#[template(path = "license-generator/seats.html")]
pub(super) struct Holders {
    lang: Lang,
    rows: Vec<(Seat, Option<Confirm>)>,
    empty: Empty,
}

impl Holders {
    pub(super) fn new(cx: &Cx, licence_id: &str, seats: Vec<Seat>, may_change: bool) -> Self {
        let lang = cx.lang();
        let path = cx.url(&paths::of(paths::SEAT_FREE, licence_id));
        let row = |(place, seat): (usize, Seat)| {
            let consequence = lang.with("seat-free-hint", &[("device", seat.title())]);
            let free = may_change.then(|| {
                let label = lang.t("seat-free");
                Confirm::new(&lang, format!("free-{place}"), label, &path, consequence)
                    .hidden("posto", &seat.seat_id)
            });
            (seat, free)
        };
        Self {
            rows: seats.into_iter().enumerate().map(row).collect(),
            empty: Empty::new(lang.t("seats-empty"), lang.t("seats-empty-hint")),
            lang,
        }
    }

    fn instant(&self, ms: i64) -> String {
        self.lang.instant(ms)
    }

    fn kind(&self, seat: &Seat) -> Badge {
        if seat.borrowed {
            Badge::new(Tone::Info, self.lang.t("seat-borrowed"))
        } else {
            Badge::new(Tone::Ok, self.lang.t("seat-taken"))
        }
    }
}

impl HtmlSafe for Holders {}

/// Seats kept for people and devices.
#[derive(Debug, Template)]
#[template(path = "license-generator/seat-reservations.html")]
pub(super) struct Reservations {
    lang: Lang,
    rows: Vec<(Reservation, Option<Confirm>)>,
}

impl Reservations {
    pub(super) fn new(
        cx: &Cx,
        licence_id: &str,
        reservations: Vec<Reservation>,
        may_change: bool,
    ) -> Self {
        let lang = cx.lang();
        let path = cx.url(&paths::of(paths::SEAT_UNRESERVE, licence_id));
        let row = |(place, reservation): (usize, Reservation)| {
            let consequence = lang.with("seat-unreserve-hint", &[("name", &reservation.name)]);
            let undo = may_change.then(|| {
                let label = lang.t("seat-unreserve");
                Confirm::new(&lang, format!("unreserve-{place}"), label, &path, consequence)
                    .hidden("riserva", &reservation.reservation_id)
            });
            (reservation, undo)
        };
        let rows = reservations.into_iter().enumerate().map(row).collect();
        Self { lang, rows }
    }

    fn instant(&self, ms: i64) -> String {
        self.lang.instant(ms)
    }

    fn kind(&self, reservation: &Reservation) -> String {
        self.lang.t(match reservation.kind {
            Kind::User => "seat-for-user",
            Kind::Device => "seat-for-device",
        })
    }

    fn state(&self, reservation: &Reservation) -> Badge {
        if reservation.seat_id.is_some() {
            Badge::new(Tone::Ok, self.lang.t("seat-taken"))
        } else {
            Badge::new(Tone::Neutral, self.lang.t("seat-waiting"))
        }
    }
}

impl HtmlSafe for Reservations {}
