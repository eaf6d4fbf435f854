//! What products offer, what price lists say, and how far roles may go. All of it is the vendor's and
//! the same for every branch.

pub mod limits;
pub mod offers;
pub mod price_lists;
mod writing;

pub use writing::writing;
