//! The ledger of customers: what they paid and owe, booked by people, by software and by other
//! plugins; entries are settled and corrected, never changed or deleted.

mod ageing;
mod book;
mod create;
mod entry;
mod labels;
mod list;
mod of_customer;
mod portal;
mod settle;
mod show;

use plugin_api::{Access, Routes, table};

pub use book::book;
pub(crate) use book::{Booking, enter, licence_named, told_of};
pub use entry::{Checked, Draft, METHODS, Transaction, is_currency, is_method, kind_text};
pub(crate) use list::spec;
pub(crate) use portal::portal_card;
pub(crate) use settle::{Done, settle, settle_asked};

use crate::{PORTAL, paths};

/// Who may see the ledger.
pub const READ: &str = "customer-accounts:transactions";
/// Who may book, settle and correct.
pub const BOOK: &str = "customer-accounts:book";
/// The pages.
pub(crate) fn routes() -> Routes {
    let (read, book) = (Access::permission(READ), Access::permission(BOOK));
    let portal = Access::permission(PORTAL);
    table::routes(ageing::spec, &read)
        .get(paths::LEDGER, list::handle, read.clone())
        .get(paths::LEDGER_EXPORT, list::export, read.clone())
        .get(paths::TRANSACTIONS, of_customer::handle, read.clone())
        .get(paths::TRANSACTIONS_EXPORT, of_customer::export, read.clone())
        .get(paths::TRANSACTION_NEW, create::form, book.clone())
        .post(paths::TRANSACTION_NEW, create::handle, book.clone())
        .get(paths::TRANSACTION, show::handle, read)
        .post(paths::SETTLE, settle::handle, book.clone())
        .post(paths::REOPEN, settle::reopen, book.clone())
        .post(paths::REVERSE, settle::reverse, book)
        .get(paths::MY_TRANSACTIONS, portal::handle, portal.clone())
        .get(paths::MY_TRANSACTIONS_EXPORT, portal::export, portal)
}
