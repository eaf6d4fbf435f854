//! The lent database: statements, rows, batches, transactions. SQL stands only in a plugin's `store`.

mod batch;
pub mod codec;
mod effect;
mod handle;
mod mail;
mod organisation;
mod rows;
mod statement;
mod value;

pub use batch::Batch;
pub use effect::{Audit, Effect, Emit, Enqueue};
pub use handle::Db;
pub use mail::{Mail, MailLink};
pub use organisation::{MoveOrganisation, NewOrganisation, RenameOrganisation};
pub use rows::{Rows, json};
pub use statement::{Dialect, Rendered, Sql, Statement};
pub use value::Value;
