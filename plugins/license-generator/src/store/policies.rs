//! Policies and their versions.

pub mod runs;
pub mod standing;

use plugin_api::db::{Batch, Db, Statement, json};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::policy::Policy;

/// What `default_of` says of a policy that holds for every product without a default of its own.
pub const ALL: &str = "all";

/// A policy in its current version.
#[derive(Debug, Clone, Deserialize)]
pub struct Stored {
    /// Its id.
    pub policy_id: String,
    /// What programs name it by.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The product it is for; none for every product.
    pub product_id: Option<String>,
    /// That product's code.
    pub product_code: Option<String>,
    /// That product's name.
    pub product_name: Option<String>,
    /// The product whose licences get it unless told otherwise, or [`ALL`].
    pub default_of: Option<String>,
    /// Its current version.
    pub version: i64,
    /// When that was made, unix milliseconds.
    pub updated_at: i64,
    /// Its values.
    #[serde(with = "json")]
    pub document: Policy,
}

impl Stored {
    /// What `default_of` says if it is a default.
    pub fn default_key(&self) -> &str {
        self.product_id.as_deref().unwrap_or(ALL)
    }
}

/// One version of a policy.
#[derive(Debug, Clone, Deserialize)]
pub struct Version {
    /// Its id.
    pub version_id: String,
    /// The policy.
    pub policy_id: String,
    /// Its number, from 1.
    pub version: i64,
    /// What the policy was called.
    pub name: String,
    /// Its values.
    #[serde(with = "json")]
    pub document: Policy,
    /// Why it was made; may be empty.
    pub note: String,
    /// When, unix milliseconds.
    pub created_at: i64,
    /// Who made it.
    pub created_by: String,
}

const SELECT: &str = "select p.policy_id, p.code, p.name, p.product_id, \
    r.code as product_code, r.name as product_name, p.default_of, p.version, p.updated_at, \
    v.document \
    from license_generator_policy p \
    join license_generator_policy_version v \
    on v.policy_id = p.policy_id and v.version = p.version \
    left join license_generator_product r on r.product_id = p.product_id";

const VERSION: &str = "select v.version_id, v.policy_id, v.version, v.name, v.document, v.note, \
    v.created_at, v.created_by from license_generator_policy_version v \
    join license_generator_policy p on p.policy_id = v.policy_id";

/// A policy by id.
pub async fn get(db: &Db, scope: &Scope, policy_id: &str) -> Result<Option<Stored>, Fault> {
    let sql = format!("{SELECT} where p.policy_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(policy_id).scope(scope, "p.organisation_id")).await
}

/// A policy by its code, whatever its case.
///
/// Unscoped: who issues licences issues them under the vendor's policies.
pub async fn by_code(db: &Db, code: &str) -> Result<Option<Stored>, Fault> {
    let sql = format!("{SELECT} where p.code_folded = ?");
    db.first(Statement::new(sql).bind(code.to_ascii_lowercase())).await
}

/// The policy a product's licences get unless told otherwise: its own default, else that of every
/// product.
///
/// Unscoped: who issues licences issues them under the vendor's policies.
pub async fn default_of(db: &Db, product_id: &str) -> Result<Option<Stored>, Fault> {
    let sql = format!(
        "{SELECT} where p.default_of in (?, '{ALL}') \
         order by case when p.default_of = '{ALL}' then 1 else 0 end limit 1"
    );
    db.first(Statement::new(sql).bind(product_id)).await
}

/// The policies licences of a product may be issued under, by name.
///
/// Unscoped: who issues licences issues them under the vendor's policies.
pub async fn offered(db: &Db, product_id: &str) -> Result<Vec<Stored>, Fault> {
    let sql = format!(
        "{SELECT} where p.product_id is null or p.product_id = ? order by p.name_folded, p.policy_id"
    );
    db.all(Statement::new(sql).bind(product_id)).await
}

/// Every version of a policy, newest first.
pub async fn versions(db: &Db, scope: &Scope, policy_id: &str) -> Result<Vec<Version>, Fault> {
    let sql = format!("{VERSION} where v.policy_id = ? and {{scope}} order by v.version desc");
    db.all(Statement::new(sql).bind(policy_id).scope(scope, "p.organisation_id")).await
}

/// One version of a policy by its own id.
pub async fn version(db: &Db, scope: &Scope, version_id: &str) -> Result<Option<Version>, Fault> {
    let sql = format!("{VERSION} where v.version_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(version_id).scope(scope, "p.organisation_id")).await
}

/// The batch that writes a new policy with its first version. A code that is taken is a `Unique`
/// fault of `license_generator_policy`.
///
/// Unscoped: only the vendor's own people come here.
pub fn insertion(policy: &Stored, version: &Version) -> Batch {
    let row = Statement::new(
        "insert into license_generator_policy (policy_id, code, code_folded, name, name_folded, \
         product_id, default_of, version, created_at, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
    )
    .bind(&policy.policy_id)
    .bind(&policy.code)
    .bind(policy.code.to_ascii_lowercase())
    .bind(&policy.name)
    .bind(fold(&policy.name))
    .bind(policy.product_id.as_deref())
    .bind(policy.default_of.as_deref())
    .bind(version.created_at)
    .bind(version.created_at);
    replacing_default(policy).and(row).and(version_row(version))
}

/// The batch that writes `policy` as it is now, made from `version.version - 1`: a mismatch of
/// `policy` says that somebody changed it meanwhile.
pub fn update(scope: &Scope, policy: &Stored, version: &Version) -> Batch {
    let row = Statement::new(
        "update license_generator_policy set name = ?, name_folded = ?, default_of = ?, \
         version = ?, updated_at = ? where policy_id = ? and version = ? and {scope}",
    )
    .bind(&policy.name)
    .bind(fold(&policy.name))
    .bind(policy.default_of.as_deref())
    .bind(version.version)
    .bind(version.created_at)
    .bind(&policy.policy_id)
    .bind(version.version - 1)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("policy");
    replacing_default(policy).and(row).and(version_row(version))
}

/// There is one default: the one there was gives way.
fn replacing_default(policy: &Stored) -> Batch {
    let Some(default_of) = &policy.default_of else { return Batch::new() };
    let row = Statement::new(
        "update license_generator_policy set default_of = null \
         where default_of = ? and policy_id <> ?",
    );
    Batch::new().and(row.bind(default_of).bind(&policy.policy_id))
}

fn version_row(version: &Version) -> Statement {
    Statement::new(
        "insert into license_generator_policy_version (version_id, policy_id, version, name, \
         document, note, created_at, created_by) values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&version.version_id)
    .bind(&version.policy_id)
    .bind(version.version)
    .bind(&version.name)
    .bind(serde_json::to_string(&version.document).unwrap_or_default())
    .bind(&version.note)
    .bind(version.created_at)
    .bind(&version.created_by)
}
