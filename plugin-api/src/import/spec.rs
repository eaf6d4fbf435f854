//! The description of an import: its fields, its two functions, and where it lives.

use std::pin::Pin;
use std::sync::Arc;

use super::fields::{Field, Row};
use super::outcome::Outcome;
use crate::cx::Tx;
use crate::{Cx, Problem};

type Deciding = Pin<Box<dyn Future<Output = Result<Outcome, Problem>> + Send>>;
type Check = Arc<dyn Fn(Cx, Row) -> Deciding + Send + Sync>;
type Apply = Arc<dyn Fn(Tx, Row) -> Deciding + Send + Sync>;

/// Where an import lives and who may use it.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Path of its first page.
    pub path: &'static str,
    /// Path of the page of one import: that path and `/{id}`.
    pub one: &'static str,
    /// The page above: text key and path.
    pub above: (&'static str, &'static str),
    /// The page of what a row made, a path where `{id}` is its id.
    pub object: &'static str,
    /// Who may import.
    pub permission: &'static str,
}

/// The names of its tables, from [`import_tables!`](crate::import_tables).
#[derive(Debug, Clone, Copy)]
pub struct Tables {
    /// Imports.
    pub import: &'static str,
    /// Their rows.
    pub row: &'static str,
    /// Imports as `i`, for lists.
    pub imports: &'static str,
    /// Rows as `r`, each with its import as `i`, for lists.
    pub rows: &'static str,
}

/// The tables of imports of the plugin whose tables begin with the prefix.
#[macro_export]
macro_rules! import_tables {
    ($prefix:literal) => {
        $crate::import::Tables {
            import: concat!($prefix, "_import"),
            row: concat!($prefix, "_import_row"),
            imports: concat!($prefix, "_import i"),
            rows: concat!(
                $prefix,
                "_import_row r join ",
                $prefix,
                "_import i on i.import_id = r.import_id"
            ),
        }
    };
}

/// An import.
#[derive(Clone)]
pub struct ImportSpec {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) place: Place,
    pub(super) tables: Tables,
    pub(super) fields: Vec<Field>,
    check: Check,
    apply: Apply,
}

impl std::fmt::Debug for ImportSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportSpec").field("id", &self.id).finish_non_exhaustive()
    }
}

impl ImportSpec {
    /// An import with its id (kebab-case, unique in the plugin) and the text key of its title.
    /// Until it knows what to do with [rows](Self::rows) it refuses them all.
    pub fn new(id: &'static str, title: &'static str, place: Place, tables: Tables) -> Self {
        let refused = || -> Deciding { Box::pin(async { Ok(Outcome::refused("", "")) }) };
        Self {
            id,
            title,
            place,
            tables,
            fields: Vec::new(),
            check: Arc::new(move |_, _| refused()),
            apply: Arc::new(move |_, _| refused()),
        }
    }

    /// One more field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// What would become of a row, and what makes it so: `apply` writes on the transaction it is
    /// given, or answers a refusal having written nothing. A row whose object changed since it was
    /// checked is decided anew, so `apply` decides for itself.
    #[must_use]
    pub fn rows<C, D, A, E>(mut self, check: C, apply: A) -> Self
    where
        C: Fn(Cx, Row) -> D + Send + Sync + 'static,
        D: Future<Output = Result<Outcome, Problem>> + Send + 'static,
        A: Fn(Tx, Row) -> E + Send + Sync + 'static,
        E: Future<Output = Result<Outcome, Problem>> + Send + 'static,
    {
        self.check = Arc::new(move |cx, row| Box::pin(check(cx, row)));
        self.apply = Arc::new(move |tx, row| Box::pin(apply(tx, row)));
        self
    }

    pub(super) async fn check(&self, cx: &Cx, row: Row) -> Result<Outcome, Problem> {
        (self.check)(cx.clone(), row).await
    }

    pub(super) async fn apply(&self, tx: Tx, row: Row) -> Result<Outcome, Problem> {
        (self.apply)(tx, row).await
    }

    /// The name of its job.
    pub(super) fn job(&self) -> String {
        format!("import-{}", self.id)
    }

    /// The path of the import `id`, and of what lies below it.
    pub(super) fn path(&self, id: &str, last: &str) -> String {
        format!("{}/{id}{last}", self.place.path)
    }

    pub(super) fn label(&self, id: &str) -> Option<&'static str> {
        self.fields.iter().find(|field| field.id == id).map(|field| field.label)
    }
}
