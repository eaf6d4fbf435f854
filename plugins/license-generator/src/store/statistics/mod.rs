//! Figures: counted by day from what happened, and from the licences in force.

pub mod daily;
pub mod fold;
pub mod history;
pub mod modules;
pub mod nodes;
pub mod standing;
pub mod usage;

use plugin_api::Scope;
use plugin_api::db::{Statement, Value};

/// Those below a node, itself among them.
const BELOW: &str = " in (with recursive below as \
    (select o.organisation_id from host_organisations_v1 o where o.organisation_id = ? \
    union all select o.organisation_id from host_organisations_v1 o \
    join below b on o.parent_id = b.organisation_id) select organisation_id from below)";

/// Whose figures, and of which product.
#[derive(Debug, Clone)]
pub struct Within {
    /// The caller's branch.
    pub scope: Scope,
    /// A node in it: only what lies below, itself included.
    pub node: Option<String>,
    /// Only this product.
    pub product_id: Option<String>,
}

impl Within {
    /// Everything: what a job counts.
    pub fn everything() -> Self {
        Self { scope: Scope::everything(), node: None, product_id: None }
    }

    /// `<head> and <within> <tail>`: `head` ends in a condition and takes `values`; the columns say
    /// whose a row is and of which product.
    fn select(
        &self,
        (head, values): (&str, Vec<Value>),
        (organisation, product): (&'static str, &str),
        tail: &str,
    ) -> Statement {
        let mut sql = format!("{head} and {{scope}}");
        let mut bound = values;
        if let Some(node) = &self.node {
            sql.push_str(" and ");
            sql.push_str(organisation);
            sql.push_str(BELOW);
            bound.push(node.into());
        }
        if let Some(product_id) = &self.product_id {
            sql.push_str(" and ");
            sql.push_str(product);
            sql.push_str(" = ?");
            bound.push(product_id.into());
        }
        sql.push(' ');
        sql.push_str(tail);
        Statement::new(sql).bind_all(bound).scope_of_many(&self.scope, organisation)
    }
}
