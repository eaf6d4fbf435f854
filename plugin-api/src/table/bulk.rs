//! What may be done with several rows of a table at once.

use std::borrow::Cow;

use super::spec::TableSpec;

/// A button above the rows that were ticked. Its form posts a
/// [`Selection`](super::Selection) to `path`, where a handler first says what would happen.
#[derive(Debug, Clone)]
pub struct BulkAction {
    pub(super) key: &'static str,
    pub(super) path: Cow<'static, str>,
    pub(super) permission: &'static str,
    pub(super) danger: bool,
}

impl BulkAction {
    /// The text key of its verb, the path it posts to, and the permission without which it is not
    /// offered.
    pub fn new(
        key: &'static str,
        path: impl Into<Cow<'static, str>>,
        permission: &'static str,
    ) -> Self {
        Self { key, path: path.into(), permission, danger: false }
    }

    /// Takes something away.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }
}

impl TableSpec {
    /// One more thing to do with the rows ticked. A table with one has a box beside each row, and
    /// exports what is ticked.
    #[must_use]
    pub fn bulk(mut self, action: BulkAction) -> Self {
        self.bulk.push(action);
        self
    }
}
