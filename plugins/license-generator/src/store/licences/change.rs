//! What is changed about a licence after it was issued.

use plugin_api::Scope;
use plugin_api::db::Statement;

use crate::domain::choices::SuspendedFor;
use crate::domain::licence::{Licence, LicenceType};
use crate::domain::transition::Standing;

/// Label of the statement that changes where a licence stands.
pub const STATE: &str = "state";
/// Label of the statements that change a licence as somebody read it.
pub const LICENCE: &str = "licence";

/// The statement that moves a licence from one standing to another; a mismatch of [`STATE`] when
/// somebody was faster.
pub fn standing(scope: &Scope, licence_id: &str, from: Standing, to: Standing) -> Statement {
    let reason = |standing: Standing| standing.suspended_for().map(SuspendedFor::as_str);
    Statement::new(
        "update license_generator_licence set state_stored = ?, suspended_for = ?, \
         version = version + 1 where licence_id = ? and state_stored = ? \
         and coalesce(suspended_for, ?) = ? and {scope}",
    )
    .bind(to.state().as_str())
    .bind(reason(to))
    .bind(licence_id)
    .bind(from.state().as_str())
    // A suspension from before there were reasons is a person's.
    .bind(reason(from).unwrap_or_default())
    .bind(reason(from).unwrap_or_default())
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(STATE)
}

/// The statement that gives a licence, as it was read, a later end.
pub fn renewing(scope: &Scope, licence: &Licence, end: i64, now: i64) -> Statement {
    let column = match licence.r#type {
        LicenceType::Permanent => "maintenance_until",
        LicenceType::Trial | LicenceType::Subscription => "expires_at",
    };
    let sql = format!(
        "update license_generator_licence set {column} = ?, renewals = renewals + 1, \
         renewed_at = ?, version = version + 1 \
         where licence_id = ? and version = ? and {{scope}}"
    );
    as_read(Statement::new(sql).bind(end).bind(now), scope, licence)
}

/// The statement that gives a licence, as it was read, another last millisecond.
pub fn ending(scope: &Scope, licence: &Licence, end: i64) -> Statement {
    let update = Statement::new(
        "update license_generator_licence set expires_at = ?, version = version + 1 \
         where licence_id = ? and version = ? and {scope}",
    );
    as_read(update.bind(end), scope, licence)
}

/// The statement that notes when the next payment of a licence is due, and when the last was made.
pub fn owing(
    scope: &Scope,
    licence_id: &str,
    due_at: Option<i64>,
    paid_at: Option<i64>,
) -> Statement {
    Statement::new(
        "update license_generator_licence set due_at = ?, paid_at = ?, version = version + 1 \
         where licence_id = ? and {scope}",
    )
    .bind(due_at)
    .bind(paid_at)
    .bind(licence_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(LICENCE)
}

/// The statement that says who sold a licence and who gets the credit.
pub fn assigning(
    scope: &Scope,
    licence: &Licence,
    seller_id: Option<&str>,
    agent_id: Option<&str>,
) -> Statement {
    let update = Statement::new(
        "update license_generator_licence set seller_id = ?, agent_id = ?, \
         version = version + 1 where licence_id = ? and version = ? and {scope}",
    );
    as_read(update.bind(seller_id).bind(agent_id), scope, licence)
}

fn as_read(update: Statement, scope: &Scope, licence: &Licence) -> Statement {
    update
        .bind(&licence.licence_id)
        .bind(licence.version)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label(LICENCE)
}
