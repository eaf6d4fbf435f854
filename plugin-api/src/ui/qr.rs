//! A QR code as a picture that needs no style of its own.

use std::fmt::Write as _;

use askama::Template;
use askama::filters::HtmlSafe;
use qrcode::{Color, EcLevel, QrCode};

use crate::Fault;

/// How many light modules surround the code (ISO/IEC 18004 §5.3.8).
const QUIET: usize = 4;
/// Smallest width, in CSS pixels.
const NARROWEST: usize = 232;
/// Pixels of a module, so that telephones read a large code from a screen.
const MODULE: usize = 4;

/// A QR code: dark on light in both themes, because scanners expect it.
#[derive(Debug, Clone, Template)]
#[template(
    source = r##"<svg class="qr" viewBox="0 0 {{ side }} {{ side }}" width="{{ width }}" height="{{ width }}" role="img" aria-label="{{ label }}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{{ side }}v{{ side }}H0z"/><path fill="#000" d="{{ dark }}"/></svg>"##,
    ext = "html"
)]
pub struct Qr {
    side: usize,
    width: usize,
    label: String,
    dark: String,
}

impl Qr {
    /// The code that says `text`; a screen reader says `label`. A fault if no code is large enough.
    pub fn new(text: &str, label: impl Into<String>) -> Result<Self, Fault> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M);
        let code = code.map_err(Fault::internal)?;
        let width = code.width();
        let colours = code.to_colors();
        let mut dark = String::new();
        for (y, row) in colours.chunks(width.max(1)).enumerate() {
            for (x, colour) in row.iter().enumerate() {
                if *colour == Color::Dark {
                    let _ = write!(dark, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
                }
            }
        }
        let side = width + 2 * QUIET;
        Ok(Self { side, width: NARROWEST.max(MODULE * side), label: label.into(), dark })
    }
}

impl HtmlSafe for Qr {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_that_scanners_look_for_are_there() {
        let qr = Qr::new("otpauth://totp/Acme:ada", "A <code>").expect("short enough");
        assert!(qr.dark.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "{}", qr.dark);
        let corner = qr.side - QUIET - 1;
        assert!(
            qr.dark.contains(&format!("M{corner} 4h"))
                && qr.dark.contains(&format!("M4 {corner}h"))
        );
        let html = qr.to_string();
        assert!(!html.contains("style") && !html.contains("A <code>"), "{html}");
        assert!(Qr::new(&"x".repeat(5000), "").is_err());
    }
}
