//! What each kind of client asks for, and the bytes it understands.
//!
//! A renderer is told what was chosen and writes it down; none of them chooses.

pub mod electron;
#[cfg(test)]
mod fixture;
pub mod languages;
pub mod nupkg;
pub mod site;
pub mod sparkle;
pub mod squirrel_mac;
pub mod squirrel_windows;
pub mod tauri;
pub mod tauri_static;
pub mod velopack;
pub mod verifica;
