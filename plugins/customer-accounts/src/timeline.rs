//! The timeline of a customer: fed by what plugins tell, shown newest first.

mod cursor;
mod feed;
mod page;

pub(crate) use cursor::Cursor;
pub(crate) use feed::hear;
pub(crate) use page::handle;
