//! What modules need and what they exclude.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::product::Module;

/// Two modules that do not go together the way they were asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// `module` needs `other`, which is not active.
    Missing {
        /// Code of the module that is active.
        module: String,
        /// Code of the one that is not.
        other: String,
    },
    /// `module` excludes `other`, and both are active.
    Excluded {
        /// Code of the module that excludes.
        module: String,
        /// Code of the module it excludes.
        other: String,
    },
}

impl Clash {
    /// The code of the module that is wrong.
    pub fn module(&self) -> &str {
        match self {
            Self::Missing { module, .. } | Self::Excluded { module, .. } => module,
        }
    }
}

/// What is wrong with having exactly the modules of the codes `active`.
pub fn clashes(modules: &[Module], active: &BTreeSet<&str>) -> Vec<Clash> {
    let mut found = Vec::new();
    for module in modules.iter().filter(|module| active.contains(module.code.as_str())) {
        let own = || module.code.clone();
        for other in module.requires.iter().filter(|other| !active.contains(other.as_str())) {
            found.push(Clash::Missing { module: own(), other: other.clone() });
        }
        for other in module.excludes.iter().filter(|other| active.contains(other.as_str())) {
            found.push(Clash::Excluded { module: own(), other: other.clone() });
        }
    }
    found
}

/// The codes of modules that need one another in a ring, in their order; none if there is no ring.
pub fn cycle(modules: &[Module]) -> Option<Vec<&str>> {
    let needs: BTreeMap<&str, &[String]> =
        modules.iter().map(|module| (module.code.as_str(), module.requires.as_slice())).collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for module in modules {
        // The way from the first module to the one looked at, with what is still to be looked at.
        let mut way: Vec<(&str, std::slice::Iter<'_, String>)> = Vec::new();
        let mut next = Some(module.code.as_str());
        loop {
            if let Some(code) = next.take()
                && !done.contains(code)
            {
                if let Some(from) = way.iter().position(|(known, _)| *known == code) {
                    return Some(way.iter().skip(from).map(|(known, _)| *known).collect());
                }
                way.push((code, needs.get(code).copied().unwrap_or_default().iter()));
            }
            let Some((code, left)) = way.last_mut() else { break };
            next = left.next().map(String::as_str);
            if next.is_none() {
                done.insert(*code);
                way.pop();
            }
        }
    }
    None
}
