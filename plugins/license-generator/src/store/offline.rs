//! Requests of machines without a network: each is answered once, and remembered with its answer.

use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Name of the table, which the fault of a request that comes again mentions.
pub const TABLE: &str = "license_generator_offline_request";
/// Label of the statement that keeps an answer: a mismatch says that another one did.
pub const ANSWER: &str = "answer";
/// What the list of requests is read from.
pub const FROM: &str = "license_generator_offline_request r \
    join license_generator_licence l on l.licence_id = r.licence_id \
    join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id \
    left join license_generator_activation a on a.activation_id = r.activation_id";

const COLUMNS: &str = "request_id, licence_id, organisation_id, activation_id, action, device_name, \
    platform, created_at, created_by, idempotency_hash, trusted_until, answer_sealed, code_hash, \
    freed_at";

/// A request to be remembered.
#[derive(Debug, Clone, Copy)]
pub struct NewRequest<'a> {
    /// Its id.
    pub request_id: &'a str,
    /// Of which licence.
    pub licence_id: &'a str,
    /// Whose licence that is.
    pub organisation_id: &'a str,
    /// The seat it frees; none if it asks for one.
    pub activation_id: Option<&'a str>,
    /// Of the licence and the machine's nonce, in hexadecimal.
    pub nonce_hash: &'a str,
    /// What it asks for.
    pub action: &'a str,
    /// What the device is called.
    pub device_name: &'a str,
    /// Its operating system.
    pub platform: &'a str,
    /// Now, unix milliseconds.
    pub at: i64,
    /// Who brought it; empty for nobody known.
    pub by: &'a str,
    /// Of its Idempotency-Key, if it had one.
    pub idempotency_hash: Option<&'a str>,
}

/// A request that was remembered. Instants are unix milliseconds.
#[derive(Debug, Clone, Deserialize)]
pub struct Request {
    /// Its id.
    pub request_id: String,
    /// Of which licence.
    pub licence_id: String,
    /// Whose licence that is.
    pub organisation_id: String,
    /// The seat that was taken or freed.
    pub activation_id: Option<String>,
    /// What it asked for.
    pub action: String,
    /// What the device is called.
    pub device_name: String,
    /// Its operating system.
    pub platform: String,
    /// When it was answered.
    pub created_at: i64,
    /// Who brought it.
    pub created_by: String,
    /// Of its Idempotency-Key.
    pub idempotency_hash: Option<String>,
    /// Until when the machine trusts the answer; none while it is being written.
    pub trusted_until: Option<i64>,
    /// The answer, sealed; empty for a deactivation, and once it was erased.
    #[serde(deserialize_with = "super::licences::bytes")]
    pub answer_sealed: Vec<u8>,
    /// Keyed hash of its confirmation code.
    pub code_hash: Option<String>,
    /// When the seat was freed by that code.
    pub freed_at: Option<i64>,
}

/// The statement that remembers a request. One with the same nonce is a `Unique` fault that mentions
/// [`TABLE`].
///
/// Unscoped: the activation key in the request named the licence.
pub fn insertion(new: &NewRequest<'_>) -> Statement {
    Statement::new(
        "insert into license_generator_offline_request (request_id, licence_id, organisation_id, \
         activation_id, nonce_hash, action, device_name, device_folded, platform, created_at, \
         created_by, idempotency_hash, answer_sealed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.request_id)
    .bind(new.licence_id)
    .bind(new.organisation_id)
    .bind(new.activation_id)
    .bind(new.nonce_hash)
    .bind(new.action)
    .bind(new.device_name)
    .bind(fold(new.device_name))
    .bind(new.platform)
    .bind(new.at)
    .bind(new.by)
    .bind(new.idempotency_hash)
    .bind(Vec::new())
}

/// What a machine is answered with.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    /// The seat it has.
    pub activation_id: &'a str,
    /// Now, unix milliseconds: never before the seat was taken.
    pub at: i64,
    /// Until when it trusts the answer, unix milliseconds.
    pub trusted_until: i64,
    /// The answer, sealed.
    pub sealed: Vec<u8>,
    /// Keyed hash of the code it shows once it gave up the key.
    pub code_hash: &'a str,
}

/// The statement that keeps the answer of a request, once.
///
/// Unscoped: the activation key in the request named the licence.
pub fn answering(request_id: &str, answer: Answer<'_>) -> Statement {
    Statement::new(
        "update license_generator_offline_request set activation_id = ?, trusted_until = ?, \
         answer_sealed = ?, code_hash = ?, created_at = ? \
         where request_id = ? and trusted_until is null",
    )
    .bind(answer.activation_id)
    .bind(answer.trusted_until)
    .bind(answer.sealed)
    .bind(answer.code_hash)
    .bind(answer.at)
    .bind(request_id)
    .expect_rows(1)
    .label(ANSWER)
}

/// The request with this nonce.
///
/// Unscoped: who asks has the request itself, with the activation key in it.
pub async fn by_nonce(db: &Db, nonce_hash: &str) -> Result<Option<Request>, Fault> {
    let sql =
        format!("select {COLUMNS} from license_generator_offline_request where nonce_hash = ?");
    db.first(Statement::new(sql).bind(nonce_hash)).await
}

/// A request by id.
pub async fn get(db: &Db, scope: &Scope, request_id: &str) -> Result<Option<Request>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_offline_request \
         where request_id = ? and {{scope}}"
    );
    db.first(Statement::new(sql).bind(request_id).scope(scope, "organisation_id")).await
}

/// The last answer a seat was given: the one whose key the machine holds.
///
/// Unscoped: asked by who may see the seat, or has the activation key.
pub async fn last_answer(db: &Db, activation_id: &str) -> Result<Option<Request>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_offline_request where activation_id = ? \
         and code_hash is not null order by created_at desc, request_id desc limit 1"
    );
    db.first(Statement::new(sql).bind(activation_id)).await
}

/// The statement that notes that a seat was freed by its code.
///
/// Unscoped: stands in the batch that frees the seat, which is scoped.
pub fn freed(request_id: &str, now: i64) -> Statement {
    Statement::new("update license_generator_offline_request set freed_at = ? where request_id = ?")
        .bind(now)
        .bind(request_id)
}
