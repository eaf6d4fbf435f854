//! What the host lends, as one object-safe trait: the seam both linkings and the tests share.

use std::pin::Pin;

use axum::body::Body;
use futures_util::Stream;

use crate::db::{Dialect, Effect, Rendered, Rows};
use crate::fault::Fault;

/// An answer of the host, to be awaited on any executor.
pub type HostFuture<T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send>>;

/// Rows in chunks, as fast as they are taken.
pub type RowStream = Pin<Box<dyn Stream<Item = Result<Rows, Fault>> + Send>>;

/// A transaction held by the host; 0 names none.
pub type TxId = u64;

/// Everything that touches the world, on behalf of one request, job or service call.
///
/// Compiled in, the host implements it directly; in a loaded library an adapter carries every call
/// over the border; the test harness has its own. Plugin authors meet it only through
/// [`Cx`](crate::Cx).
pub trait Host: Send + Sync + 'static {
    /// Which database the statements go to.
    fn dialect(&self) -> Dialect;

    /// Unix milliseconds, UTC.
    fn now(&self) -> i64;

    /// Fills `out` with bytes nobody can predict (the test harness counts instead).
    fn random(&self, out: &mut [u8]);

    /// Runs a `select`.
    fn query(&self, tx: TxId, statement: Rendered) -> HostFuture<Rows>;

    /// Runs a statement that writes; answers how many rows it changed.
    fn execute(&self, tx: TxId, statement: Rendered) -> HostFuture<u64>;

    /// Runs statements and effects, all or nothing; answers the changed rows of each statement.
    fn batch(
        &self,
        tx: TxId,
        statements: Vec<Rendered>,
        effects: Vec<Effect>,
    ) -> HostFuture<Vec<u64>>;

    /// Opens a transaction; it is rolled back after 5 s.
    fn begin(&self) -> HostFuture<TxId>;

    /// Commits it.
    fn commit(&self, tx: TxId) -> HostFuture<()>;

    /// Gives it up.
    fn rollback(&self, tx: TxId);

    /// Runs a `select` whose rows come in chunks.
    fn stream(&self, statement: Rendered) -> RowStream;

    /// Everything else that is lent, by name: see [`lent`](crate::lent).
    fn call(
        &self,
        tx: TxId,
        name: &str,
        payload: Vec<u8>,
        body: Body,
    ) -> HostFuture<(Vec<u8>, Body)>;
}
