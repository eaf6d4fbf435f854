//! Version 1 of the border. Frozen at the first tag: a later need goes into the data, or into `v2`.
#![expect(
    unsafe_code,
    non_local_definitions,
    clippy::used_underscore_binding,
    clippy::expl_impl_clone_on_copy,
    reason = "code that abi_stable's macros write"
)]

use abi_stable::library::RootModule;
use abi_stable::sabi_types::VersionStrings;
use abi_stable::std_types::{RBox, RResult, RSliceMut, RStr, RVec};
use abi_stable::{StableAbi, sabi_trait};
use async_ffi::FfiFuture;

/// JSON of a [`Fault`](crate::Fault).
pub type FaultBytes = RVec<u8>;

/// An answer in bytes.
pub type Answer = FfiFuture<RResult<RVec<u8>, FaultBytes>>;

/// A head with a body: a request, a response, a call.
#[repr(C)]
#[derive(StableAbi)]
pub struct Message {
    /// See [`head`](crate::abi::head); JSON for calls.
    pub head: RVec<u8>,
    /// What follows.
    pub body: Body,
}

/// The body of a message.
#[repr(u8)]
#[derive(StableAbi)]
pub enum Body {
    /// All of it, maybe nothing.
    Bytes(RVec<u8>),
    /// It comes in pieces.
    Chunks(ChunksBox),
}

/// An owned stream of bytes.
pub type ChunksBox = Chunks_TO<'static, RBox<()>>;

/// A stream of bytes; also of packed rows.
#[sabi_trait]
pub trait Chunks: Send + Sync {
    /// The next piece; an empty one is the end.
    #[sabi(last_prefix_field)]
    fn next(&self) -> Answer;
}

/// An owned plugin instance.
pub type PluginBox = Plugin_TO<'static, RBox<()>>;

/// What a library offers.
#[sabi_trait]
pub trait Plugin: Send + Sync {
    /// Answers an HTTP request made in the context `ctx`.
    fn handle(&self, ctx: u64, request: Message) -> FfiFuture<Message>;

    /// Answers a job, event or service.
    #[sabi(last_prefix_field)]
    fn call(&self, ctx: u64, name: RStr<'_>, payload: RVec<u8>) -> Answer;
}

/// The owned host as a library sees it.
pub type HostBox = Host_TO<'static, RBox<()>>;

/// What the host lends. `ctx` names the request, job or service call on whose behalf it acts; `tx`
/// a transaction, 0 for none; statements and rows are packed as [`codec`](crate::db::codec) says.
#[sabi_trait]
pub trait Host: Send + Sync {
    /// 0 for `SQLite`, 1 for `MariaDB`.
    fn dialect(&self) -> u8;

    /// Unix milliseconds.
    fn now(&self) -> i64;

    /// Fills the slice with unpredictable bytes.
    fn random(&self, out: RSliceMut<'_, u8>);

    /// A statement; answers rows.
    fn db_query(&self, ctx: u64, tx: u64, statement: RVec<u8>) -> Answer;

    /// A statement; answers the number of changed rows, little-endian.
    fn db_execute(&self, ctx: u64, tx: u64, statement: RVec<u8>) -> Answer;

    /// A count of statements, the statements, then the effects as JSON; answers one number each.
    fn db_batch(&self, ctx: u64, tx: u64, batch: RVec<u8>) -> Answer;

    /// Answers the number of a new transaction, little-endian.
    fn db_begin(&self, ctx: u64) -> Answer;

    /// Answers nothing.
    fn db_commit(&self, ctx: u64, tx: u64) -> Answer;

    /// Gives a transaction up.
    fn db_rollback(&self, ctx: u64, tx: u64);

    /// A statement; rows come in chunks.
    fn db_stream(&self, ctx: u64, statement: RVec<u8>) -> ChunksBox;

    /// Everything else, by name.
    fn call(
        &self,
        ctx: u64,
        tx: u64,
        name: RStr<'_>,
        message: Message,
    ) -> FfiFuture<RResult<Message, FaultBytes>>;

    /// One event for the log: JSON of a [`LogRecord`](crate::lent::LogRecord).
    #[sabi(last_prefix_field)]
    fn log(&self, record: RVec<u8>);
}

/// The root module of a library.
#[repr(C)]
#[derive(StableAbi)]
#[sabi(kind(Prefix(prefix_ref = PluginModRef)))]
#[sabi(missing_field(panic))]
pub struct PluginMod {
    /// JSON of a [`Manifest`](crate::manifest::Manifest).
    pub describe: extern "C" fn() -> RVec<u8>,
    /// Makes the instance; the filter is the most verbose level wanted, 1 error to 5 trace.
    #[sabi(last_prefix_field)]
    pub start: extern "C" fn(host: HostBox, log_level: u8) -> RResult<PluginBox, FaultBytes>,
}

impl RootModule for PluginModRef {
    abi_stable::declare_root_module_statics! { PluginModRef }
    const BASE_NAME: &'static str = "cockpit_plugin";
    const NAME: &'static str = "cockpit_plugin";
    const VERSION_STRINGS: VersionStrings = VersionStrings::new("1.0.0");
}
