//! Which plugins the entered licence keys open, and until when.

use std::collections::BTreeMap;

/// How long a plugin goes on after its unlock has ended, with a banner.
pub(crate) const GRACE_MS: i64 = 7 * 24 * 3600 * 1000;

/// The ends of the unlocks, by plugin; `*` opens every plugin.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unlocks(BTreeMap<String, Span>);

#[derive(Debug, Clone, Copy)]
struct Span {
    from: i64,
    until: i64,
}

impl Unlocks {
    /// Adds a key: of several that name a plugin the longest counts.
    pub(crate) fn add(&mut self, modules: &[String], from: i64, until: i64) {
        for id in modules {
            let span = self.0.entry(id.clone()).or_insert(Span { from, until });
            span.from = span.from.min(from);
            span.until = span.until.max(until);
        }
    }

    fn span(&self, id: &str) -> Option<Span> {
        [id, "*"].iter().filter_map(|name| self.0.get(*name)).copied().max_by_key(|s| s.until)
    }

    /// Whether the plugin may work at `now`, grace included.
    pub(crate) fn open(&self, id: &str, now: i64) -> bool {
        let span = self.span(id);
        span.is_some_and(|span| span.from <= now && now < span.until.saturating_add(GRACE_MS))
    }

    /// When the unlock of a plugin ends, unix milliseconds.
    pub(crate) fn until(&self, id: &str) -> Option<i64> {
        self.span(id).map(|span| span.until)
    }

    #[cfg(test)]
    pub(crate) fn for_tests(ids: &[&str], until: i64) -> Self {
        let mut unlocks = Self::default();
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        unlocks.add(&ids, 0, until);
        unlocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plugin_closes_when_the_grace_period_is_over() {
        let unlocks = Unlocks::for_tests(&["a"], 1000);
        assert!(unlocks.open("a", 999));
        assert!(unlocks.open("a", 1000 + GRACE_MS - 1));
        assert!(!unlocks.open("a", 1000 + GRACE_MS));
        assert!(!unlocks.open("b", 1));
    }

    #[test]
    fn a_star_opens_every_plugin() {
        assert!(Unlocks::for_tests(&["*"], 1000).open("anything", 1));
    }
}
