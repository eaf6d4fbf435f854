//! What statistics read: the tally as it stands, figures of days, activity; never all installations.
//!
//! Unscoped: the scope is part of what each function is asked within.

pub mod keep;
pub mod nodes;
pub mod standing;
pub mod time;
pub mod versions;

use plugin_api::Scope;
use plugin_api::db::{Statement, Value};

/// Those below a node, itself among them.
const BELOW: &str = " in (with recursive below as \
    (select o.organisation_id from host_organisations_v1 o where o.organisation_id = ? \
    union all select o.organisation_id from host_organisations_v1 o \
    join below b on o.parent_id = b.organisation_id) select organisation_id from below)";

/// Software that is meant, all its versions or some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The software.
    pub software_id: String,
    /// Its versions; none for all.
    pub versions: Option<Vec<String>>,
}

/// Whose figures, and of which software.
#[derive(Debug, Clone)]
pub struct Within {
    /// The caller's branch.
    pub scope: Scope,
    /// A node in it: only what lies below, itself included.
    pub node: Option<String>,
    /// Only this software; none for all. Nothing is meant by an empty list.
    pub software: Option<Vec<Meant>>,
}

impl Within {
    /// The same, of one software.
    #[must_use]
    pub fn of_software(&self, software_id: &str) -> Self {
        let meant = Meant { software_id: software_id.to_owned(), versions: None };
        let known = self.software.iter().flatten().find(|known| known.software_id == software_id);
        Self { software: Some(vec![known.cloned().unwrap_or(meant)]), ..self.clone() }
    }

    /// `<head> and <within> <tail>`: `head` ends in a condition and takes `values`, `tail` takes
    /// `more`; `alias` has the columns `organisation_id`, `software_id` and `version`.
    fn select(
        &self,
        (head, values): (&str, Vec<Value>),
        alias: &str,
        (tail, more): (&str, Vec<Value>),
    ) -> Statement {
        let mut sql = format!("{head} and {{scope}}");
        let mut bound = values;
        if let Some(node) = &self.node {
            sql = format!("{sql} and {alias}.organisation_id{BELOW}");
            bound.push(node.into());
        }
        if let Some(software) = &self.software {
            let mut either = vec!["1 = 0".to_owned()];
            for meant in software {
                let mut condition = format!("{alias}.software_id = ?");
                bound.push(meant.software_id.as_str().into());
                if let Some(versions) = &meant.versions {
                    let places = vec!["?"; versions.len().max(1)].join(", ");
                    condition = format!("{condition} and {alias}.version in ({places})");
                    bound.extend(versions.iter().map(|version| version.as_str().into()));
                    if versions.is_empty() {
                        bound.push("".into());
                    }
                }
                either.push(condition);
            }
            sql = format!("{sql} and ({})", either.join(" or "));
        }
        sql.push(' ');
        sql.push_str(tail);
        bound.extend(more);
        Statement::new(sql)
            .bind_all(bound)
            .scope_of_many(&self.scope, format!("{alias}.organisation_id"))
    }
}
