//! What taking reports in remembers from one to the next, in this process.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plugin_api::db::Dialect;
use plugin_api::{Cx, Fault};

use super::budgets::Budgets;
use super::group::Group;
use super::incoming::{Incoming, Outcome};
use super::limits::Limits;
use super::queue::Waiting;
use crate::store::receive::{self as rows, Rule};

/// Groups on `MariaDB`, where a commit waits for the disk alone; `SQLite` has one writer.
const GROUPS: usize = 4;
/// Milliseconds that settings are remembered.
const SETTINGS_FOR: i64 = 5_000;
/// Milliseconds that version rules are remembered.
const RULES_FOR: i64 = 10_000;
/// Milliseconds between two messages to pages that listen.
const TELLING: i64 = 1_000;

/// The memory of the plugin.
#[derive(Debug)]
pub(crate) struct Intake {
    groups: Vec<Arc<Group<Incoming, Outcome>>>,
    limits: Kept<Arc<Limits>>,
    rules: Kept<Vec<Rule>>,
    told_at: AtomicI64,
    /// Software and companies that are entered.
    pub(crate) names: Names,
    /// What addresses have sent within the hour.
    pub(crate) budgets: Budgets,
    /// Who waits.
    pub(crate) waiting: Waiting,
}

impl Intake {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            groups: (0..GROUPS).map(|_| Group::new()).collect(),
            limits: Kept::default(),
            rules: Kept::default(),
            told_at: AtomicI64::new(0),
            names: Names::default(),
            budgets: Budgets::default(),
            waiting: Waiting::default(),
        }
    }

    /// Which group writes an installation: two flushes never touch the same one.
    pub(crate) fn place_of(&self, dialect: Dialect, item: &Incoming) -> usize {
        let groups = if dialect == Dialect::Sqlite { 1 } else { self.groups.len().max(1) };
        // Ids are hashes, so their letters are spread evenly.
        item.identity.installation_id.bytes().map(usize::from).sum::<usize>() % groups
    }

    /// The group with this place.
    pub(crate) fn group(&self, place: usize) -> Option<&Arc<Group<Incoming, Outcome>>> {
        self.groups.get(place)
    }

    /// Since when the first report waits that waits longest, unix milliseconds.
    pub(crate) fn waiting_since(&self) -> Option<i64> {
        self.groups.iter().filter_map(|group| group.waiting_since()).min()
    }

    /// The settings, at most 5 s old.
    pub(crate) async fn limits(&self, cx: &Cx) -> Result<Arc<Limits>, Fault> {
        if let Some(limits) = self.limits.get(cx.now(), SETTINGS_FOR) {
            return Ok(limits);
        }
        let limits = Arc::new(Limits::read(cx).await?);
        self.limits.keep(cx.now(), Arc::clone(&limits));
        Ok(limits)
    }

    /// The version rules, at most 10 s old.
    pub(crate) async fn rules(&self, cx: &Cx) -> Result<Vec<Rule>, Fault> {
        if let Some(rules) = self.rules.get(cx.now(), RULES_FOR) {
            return Ok(rules);
        }
        let rules = rows::rules(&cx.db()).await?;
        self.rules.keep(cx.now(), rules.clone());
        Ok(rules)
    }

    /// Whether it is time to tell pages that listen.
    pub(crate) fn may_tell(&self, now: i64) -> bool {
        let told_at = self.told_at.load(Ordering::Relaxed);
        let is_due = now - told_at >= TELLING || now < told_at;
        is_due
            && self
                .told_at
                .compare_exchange(told_at, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}

/// Something read a short while ago.
#[derive(Debug)]
struct Kept<T>(Mutex<Option<(i64, T)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Kept<T> {
    fn get(&self, now: i64, for_ms: i64) -> Option<T> {
        let kept = lock(&self.0);
        kept.as_ref().filter(|(at, _)| (0..for_ms).contains(&(now - at))).map(|(_, of)| of.clone())
    }

    fn keep(&self, now: i64, value: T) {
        *lock(&self.0) = Some((now, value));
    }
}

/// The lock, also after a panic: what is inside is whole after every line.
pub(super) fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ids that were entered by this process, so that they need not be written with every report.
/// Forgotten every minute, since somebody may have deleted them.
#[derive(Debug, Default)]
pub(crate) struct Names(Mutex<(i64, HashSet<String>)>);

impl Names {
    const FOR: i64 = 60_000;
    const MOST: usize = 100_000;

    /// Whether `id` is entered.
    pub(crate) fn knows(&self, id: &str, now: i64) -> bool {
        let known = lock(&self.0);
        (0..Self::FOR).contains(&(now - known.0)) && known.1.contains(id)
    }

    /// `ids` are entered.
    pub(crate) fn remember(&self, ids: Vec<String>, now: i64) {
        if ids.is_empty() {
            return;
        }
        let mut known = lock(&self.0);
        let is_over = !(0..Self::FOR).contains(&(now - known.0));
        if is_over || known.1.len() + ids.len() > Self::MOST {
            *known = (now, HashSet::new());
        }
        known.1.extend(ids);
    }
}
