//! What people should know about the metadata of a product before clients refuse it.

use plugin_api::{Cx, Lang, Problem};
use serde::Serialize;

use super::state::State;
use crate::domain::tuf::lifetime;
use crate::domain::tuf::role::Role;
use crate::store::tuf::needs;

/// What is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// It has ended: clients refuse it.
    Ended,
    /// It should have been signed anew by now: the job does not run.
    Late,
    /// It ends soon, and its keys are elsewhere.
    Ends,
    /// Something waits for signatures.
    Waits,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What is the matter.
    pub matter: Matter,
    /// With which role; with which roles, if they wait.
    pub role: String,
    /// When it ends, or since when it waits, unix milliseconds.
    pub at: i64,
}

impl Warning {
    /// The sentence people read.
    pub fn sentence(&self, lang: &Lang) -> String {
        let date = &lang.instant(self.at);
        let key = match self.matter {
            Matter::Ended => "tuf-warning-ended",
            Matter::Late => "tuf-warning-late",
            Matter::Ends => "tuf-warning-ends",
            Matter::Waits => "tuf-warning-waits",
        };
        lang.with(key, &[("role", &self.role), ("date", date)])
    }
}

/// The warnings about a product, the worst first; none before its first publication.
pub async fn of_product(cx: &Cx, product: &str) -> Result<Vec<Warning>, Problem> {
    Ok(about(&State::load(cx, product).await?, cx.now()))
}

/// The warnings about every product of the caller's branch, by product. Only those are read whose rows
/// hint at one.
pub async fn of_all(cx: &Cx) -> Result<Vec<(String, Warning)>, Problem> {
    let mut all = Vec::new();
    for product in needs::products(&cx.db(), cx.scope(), cx.now()).await? {
        let warnings = of_product(cx, &product).await?;
        all.extend(warnings.into_iter().map(|warning| (product.clone(), warning)));
    }
    Ok(all)
}

pub(super) fn about(state: &State, now: i64) -> Vec<Warning> {
    let Some((_, root)) = &state.root else { return Vec::new() };
    let first_end = |(role, documents): (&String, &Vec<crate::domain::tuf::series::Kept>)| {
        Some((role.clone(), documents.iter().map(|document| document.expires_at).min()?))
    };
    let ends = state.in_use.documents.iter().filter_map(first_end);
    let ends = ends.chain([(Role::Root.name().to_owned(), state.root_end)]);
    let mut warnings: Vec<Warning> = ends
        .filter_map(|(role, at)| {
            let signing = Role::signing(&role);
            let left = at - now;
            let matter = match root.is_online(signing, &state.keyring) {
                _ if left <= 0 => Some(Matter::Ended),
                true if left < lifetime::renewal(signing) / 2 => Some(Matter::Late),
                false if left < lifetime::renewal(signing) => Some(Matter::Ends),
                _ => None,
            };
            matter.map(|matter| Warning { matter, role, at })
        })
        .collect();
    warnings.extend(waits(state));
    warnings.sort_by(|a, b| (a.matter, a.at, &a.role).cmp(&(b.matter, b.at, &b.role)));
    warnings
}

/// One warning for all that waits.
fn waits(state: &State) -> Option<Warning> {
    let at = state.waiting.iter().map(|one| one.created_at).min()?;
    let mut roles: Vec<&str> = state.waiting.iter().map(|one| one.document.role.as_str()).collect();
    roles.dedup();
    Some(Warning { matter: Matter::Waits, role: roles.join(", "), at })
}
