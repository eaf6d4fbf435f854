//! The devices of a licence, as its page shows them to us and to the customer.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::{Badge, Confirm, Empty, Tone};
use plugin_api::{Cx, Lang};

use crate::domain::device::Activation;

/// The devices that have or had a seat.
#[derive(Debug, Template)]
#[template(path = "license-generator/devices.html")]
pub(crate) struct Devices {
    lang: Lang,
    rows: Vec<Device>,
    empty: Empty,
}

#[derive(Debug)]
struct Device {
    seat: Activation,
    free: Option<Confirm>,
}

impl Devices {
    /// The devices, each with a way to free it by a form sent to `free`, for who may.
    pub(crate) fn new(cx: &Cx, seats: &[Activation], free: Option<&str>) -> Self {
        let lang = cx.lang();
        let row = |(place, seat): (usize, &Activation)| {
            let free = free.filter(|_| seat.is_active()).map(|path| {
                let consequence = lang.with("device-free-hint", &[("device", seat.title())]);
                Confirm::new(
                    &lang,
                    format!("free-{place}"),
                    lang.t("device-free"),
                    cx.url(path),
                    consequence,
                )
                .hidden("attivazione", &seat.activation_id)
            });
            Device { seat: seat.clone(), free }
        };
        Self {
            rows: seats.iter().enumerate().map(row).collect(),
            empty: Empty::new(lang.t("devices-empty"), lang.t("devices-empty-hint")),
            lang,
        }
    }

    fn instant(&self, ms: i64) -> String {
        self.lang.instant(ms)
    }

    fn state(&self, seat: &Activation) -> Badge {
        if seat.is_active() {
            Badge::new(Tone::Ok, self.lang.t("device-active"))
        } else {
            Badge::new(Tone::Neutral, self.lang.t("device-freed"))
        }
    }
}

impl HtmlSafe for Devices {}
