//! What somebody asked others to issue.

use plugin_api::db::{Db, Statement, json};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use crate::domain::choices::RequestState;
use crate::domain::draft::Draft;

/// The label of a decision: a mismatch means that somebody else decided.
pub const LABEL: &str = "request";

/// A licence somebody asked others to issue. Instants are unix milliseconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Its id.
    pub request_id: String,
    /// The node of who asked.
    pub organisation_id: String,
    /// Who asked.
    pub user_id: String,
    /// What he is called.
    pub asked_by: String,
    /// Where he is told what came of it; empty if not known.
    #[serde(skip_serializing)]
    pub email: String,
    /// His language.
    pub language: String,
    /// The customer.
    pub account_id: String,
    /// What the customer is called; none if it is gone.
    #[serde(skip_serializing)]
    pub customer: Option<String>,
    /// Code of the product.
    pub product_code: String,
    /// The licence.
    #[serde(with = "json")]
    pub draft: Draft,
    /// Why he needs it.
    pub reason: String,
    /// Why he could not issue it himself, in his language.
    pub obstacle: String,
    /// Where it stands.
    pub state: RequestState,
    /// Who decided; may be empty.
    pub decided_by: String,
    /// When.
    pub decided_at: Option<i64>,
    /// What he answered.
    pub answer: String,
    /// What was issued.
    pub licence_id: Option<String>,
    /// When it was asked for.
    pub created_at: i64,
}

/// Where lists of requests read from.
pub const FROM: &str = "license_generator_request r \
    left join customer_accounts_v1 c on c.account_id = r.account_id \
    left join host_organisations_v1 o on o.organisation_id = r.organisation_id";

/// The columns of a [`Request`].
pub const COLUMNS: &str = "r.request_id, r.organisation_id, r.user_id, r.asked_by, r.email, \
    r.language, r.account_id, c.name as customer, r.product_code, r.draft, r.reason, r.obstacle, \
    r.state, r.decided_by, r.decided_at, r.answer, r.licence_id, r.created_at";

/// A request of the branch.
pub async fn find(db: &Db, scope: &Scope, request_id: &str) -> Result<Option<Request>, Fault> {
    let sql = format!("select {COLUMNS} from {FROM} where r.request_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(request_id).scope(scope, "r.organisation_id")).await
}

/// How many wait for a decision in the branch.
pub async fn waiting(db: &Db, scope: &Scope) -> Result<i64, Fault> {
    let sql = "select count(*) from license_generator_request r \
        where r.state = 'waiting' and {scope}";
    db.scalar(Statement::new(sql).scope(scope, "r.organisation_id")).await
}

/// Adds a request.
///
/// Unscoped: it is made in the caller's own node.
pub fn insertion(request: &Request) -> Result<Statement, Fault> {
    let statement = Statement::new(
        "insert into license_generator_request (request_id, organisation_id, user_id, asked_by, \
         asked_by_folded, email, language, account_id, product_code, draft, reason, obstacle, \
         state, decided_by, answer, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?)",
    );
    Ok(statement
        .bind(&request.request_id)
        .bind(&request.organisation_id)
        .bind(&request.user_id)
        .bind(&request.asked_by)
        .bind(fold(&request.asked_by))
        .bind(&request.email)
        .bind(&request.language)
        .bind(&request.account_id)
        .bind(&request.product_code)
        .bind(serde_json::to_string(&request.draft)?)
        .bind(&request.reason)
        .bind(&request.obstacle)
        .bind(request.state.as_str())
        .bind(request.created_at))
}

/// Writes what was decided about a request that waits.
pub fn decision(scope: &Scope, decided: &Request) -> Statement {
    Statement::new(
        "update license_generator_request set state = ?, decided_by = ?, decided_at = ?, \
         answer = ?, licence_id = ? where request_id = ? and state = 'waiting' and {scope}",
    )
    .bind(decided.state.as_str())
    .bind(&decided.decided_by)
    .bind(decided.decided_at)
    .bind(&decided.answer)
    .bind(decided.licence_id.clone())
    .bind(&decided.request_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(LABEL)
}
