//! Views: the states of the repository that different clients see at the same time.
//!
//! All files with a version are shared; a client sees the view its timestamp names. Views stand in one
//! order, by the end of what they contain and then by the rollouts that reached them, and versions rise
//! along it. A client only ever moves up (a rollout reaches it, a window is extended, a release comes),
//! so that no version it sees goes back.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Catalogue, NO_END};

/// What those see who may see the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// Releases published later are not in it, unix milliseconds; [`NO_END`] for no end.
    pub until: i64,
    /// The rollouts that reached them, as bits.
    pub rollouts: i64,
    /// Version of its timestamp.
    pub timestamp: i64,
    /// Version of its snapshot.
    pub snapshot: i64,
    /// Version of every other role.
    pub roles: BTreeMap<String, i64>,
}

/// The end and the rollouts of every view there must be, in order.
pub fn all(catalogue: &Catalogue, untils: &BTreeSet<i64>) -> Vec<(i64, i64)> {
    let mut untils: BTreeSet<i64> = untils.iter().map(|at| catalogue.canonical(*at)).collect();
    untils.insert(NO_END);
    let of = |until: i64| {
        let within = catalogue.rollouts_within(until, None);
        (0..=within).filter(move |mask| mask & !within == 0).map(move |mask| (until, mask))
    };
    untils.into_iter().flat_map(of).collect()
}

/// The view for somebody whose releases end at `until` (canonical) and whom the rollouts of `mask`
/// reached: exactly that one, or else the largest it contains.
pub fn find(views: &[View], until: i64, mask: i64) -> Option<&View> {
    let inside = views.iter().filter(|v| v.until <= until && v.rollouts & !mask == 0);
    inside.max_by_key(|view| (view.until, view.rollouts))
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::{Release, Rollout};
    use super::*;

    fn catalogue() -> Catalogue {
        let release = |id: &str, published_at| Release {
            release_id: id.to_owned(),
            version: id.to_owned(),
            published_at,
            channels: vec!["stable".to_owned()],
            ..Release::default()
        };
        let rollout = |release_id: &str| Rollout {
            rollout_id: release_id.to_owned(),
            channel: "stable".to_owned(),
            release_id: release_id.to_owned(),
        };
        Catalogue {
            channels: vec!["stable".to_owned()],
            releases: vec![release("1", 10), release("2", 20), release("3", 30)],
            rollouts: vec![rollout("2"), rollout("3")],
        }
    }

    #[test]
    fn ends_between_two_releases_are_one_view() {
        let catalogue = catalogue();
        assert_eq!(
            [5, 10, 19, 20, 30, 31].map(|at| catalogue.canonical(at)),
            [0, 10, 10, 20, NO_END, NO_END]
        );
        assert_eq!(catalogue.previous(), 20);
        assert_eq!(Catalogue::default().canonical(7), NO_END);
    }

    #[test]
    fn views_stand_in_one_order_and_count_only_their_own_rollouts() {
        let views = all(&catalogue(), &BTreeSet::from([15, 17, 25]));
        assert_eq!(
            views,
            [(10, 0), (20, 0), (20, 1), (NO_END, 0), (NO_END, 1), (NO_END, 2), (NO_END, 3),]
        );
        let views: Vec<View> = views
            .into_iter()
            .map(|(until, rollouts)| View { until, rollouts, ..View::default() })
            .collect();
        let found = |until, mask| find(&views, until, mask).map(|view| (view.until, view.rollouts));
        assert_eq!(found(20, 3), Some((20, 1)));
        assert_eq!(found(NO_END, 2), Some((NO_END, 2)));
        assert_eq!(found(19, 0), Some((10, 0)));
        assert_eq!(found(9, 0), None);
    }

    #[test]
    fn whom_a_rollout_has_not_reached_sees_the_release_before() {
        let catalogue = catalogue();
        let names = |mask| -> usize { catalogue.targets("stable", NO_END, mask).targets.len() };
        assert_eq!(names(0), 0, "releases without files have no targets");
        assert_eq!(catalogue.rollouts_within(NO_END, Some("beta")), 0);
        assert_eq!(catalogue.last_of("stable", 29), 20);
    }
}
