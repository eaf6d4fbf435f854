//! `SQLite` and `MariaDB` behind one façade: group commit, transactions, streams, migrations.
//!
//! Every future returned here may be polled by any executor: `SQLite` works on threads of its own,
//! and what `MariaDB` needs of tokio is entered at each poll.

mod database;
mod error;
mod mariadb;
mod migrate;
mod settings;
mod sqlite;
mod statement;
mod streams;
pub mod throwaway;
mod transaction;
mod transactions;

pub use database::{Database, RowStream};
pub use settings::Settings;
pub use transaction::{TRANSACTION_LIMIT, Transaction};
pub use transactions::Transactions;
