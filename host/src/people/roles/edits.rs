//! What differs from the defaults of roles, kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use plugin_api::Fault;
use plugin_api::db::Db;
use plugin_api::manifest::Permission;

use crate::store::role_permissions as store;

/// The differences as last read. They are read anew when their revision, which every request reads
/// along with who is asking, is another.
#[derive(Debug, Default)]
pub struct Edits(RwLock<Arc<Edited>>);

/// What differs, as of one revision.
#[derive(Debug)]
pub(super) struct Edited {
    revision: i64,
    /// Whether a role has a permission, by both.
    granted: HashMap<String, HashMap<String, bool>>,
}

impl Default for Edited {
    /// Not read yet: older than any revision.
    fn default() -> Self {
        Self { revision: -1, granted: HashMap::new() }
    }
}

impl Edited {
    /// Whether `role` has `permission`: what an editor said, else the default.
    pub(super) fn grants(&self, role: &str, permission: &Permission) -> bool {
        let said = self.granted.get(role).and_then(|edits| edits.get(&permission.id));
        said.copied().unwrap_or_else(|| is_default(role, permission))
    }

    /// Whether anything of `role` differs from its default.
    pub(super) fn touches(&self, role: &str) -> bool {
        self.granted.get(role).is_some_and(|edits| !edits.is_empty())
    }
}

/// Whether `role` has `permission` unless somebody edited it.
pub(super) fn is_default(role: &str, permission: &Permission) -> bool {
    permission.roles.iter().any(|known| known == role)
}

impl Edits {
    /// The differences as last read.
    pub(super) fn get(&self) -> Arc<Edited> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the differences unless those of `revision` are known.
    pub(crate) async fn keep_up(&self, db: &Db, revision: i64) -> Result<(), Fault> {
        if self.get().revision == revision { Ok(()) } else { self.read(db).await }
    }

    /// Reads the differences.
    pub(crate) async fn read(&self, db: &Db) -> Result<(), Fault> {
        let mut edited = Edited::default();
        for row in store::all(db).await? {
            edited.revision = row.revision;
            if let (Some(role), Some(permission), Some(granted)) =
                (row.role_id, row.permission, row.granted)
            {
                edited.granted.entry(role).or_default().insert(permission, granted);
            }
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Whoever read earlier may come later.
        if edited.revision >= known.revision {
            *known = Arc::new(edited);
        }
        Ok(())
    }
}
