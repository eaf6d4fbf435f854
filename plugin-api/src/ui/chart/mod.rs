//! Charts drawn on the server as accessible SVG, without scripts or inline styles.

mod bars;
mod lines;

pub use bars::Bars;
pub use lines::Lines;
