//! Components every page is built from: each one is a type that a template prints unescaped,
//! because every text inside it is escaped already.
//!
//! Texts are handed in translated; a component that has words of its own takes a [`crate::Lang`].

mod action;
mod badge;
mod card;
pub mod chart;
mod confirm;
mod copy;
mod dashboard;
mod errors;
mod facts;
mod field;
mod figure;
mod form_page;
mod gallery;
mod head;
mod icon;
mod markup;
mod measure;
mod navigation;
mod notice;
mod problem;
mod qr;
mod timeline;

pub use action::Action;
pub use badge::{Badge, Tone};
pub use card::Card;
pub use confirm::Confirm;
pub use copy::CopyText;
pub use dashboard::{Dashboard, Tile};
pub use errors::{ErrorSummary, FormErrors, field_id};
pub use facts::Facts;
pub use field::Field;
pub use figure::Figure;
pub use form_page::FormPage;
pub use gallery::gallery;
pub use head::Head;
pub use icon::{ICONS, Icon};
pub use markup::Markup;
pub use measure::{Meter, Progress};
pub use navigation::{Pager, Steps, Tabs};
pub use notice::{Empty, Notice};
pub use problem::{ErrorPage, problem};
pub use qr::Qr;
pub use timeline::{Event, Timeline};

#[cfg(test)]
mod tests;
