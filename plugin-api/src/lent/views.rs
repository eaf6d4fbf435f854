//! Saved views of tables: a name for a query string.

use serde::{Deserialize, Serialize};

use crate::{Cx, Fault};

/// Asks for the views of one table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ViewsOf {
    /// Path of the page the table is on, without the base path.
    pub path: String,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its id.
    pub view_id: String,
    /// What its owner calls it.
    pub name: String,
    /// Query string without `?`.
    pub query: String,
    /// Whether everybody of the organisation sees it.
    pub shared: bool,
    /// Whether the caller may delete it.
    pub own: bool,
}

impl Cx {
    /// The views the caller sees for the table at `path`; none for who is not signed in. The host
    /// answers `POST /views` (fields `path`, `name`, `query`, `shared`) and `POST /views/delete`
    /// (`view_id`, `path`).
    pub async fn saved_views(&self, path: &str) -> Result<Vec<SavedView>, Fault> {
        self.ask("views.list", &ViewsOf { path: path.to_owned() }).await
    }
}
