//! What one flush of reports makes of installations, decided without a database.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use plugin_api::time::DAY;

use super::incoming::Incoming;
use crate::domain::identity::Identity;
use crate::domain::{Report, State, version};
use crate::store::receive::{Activity, Change, DayRow, FaceRow, Row, Rule};

/// The vendor's node of the organisation tree, whose everything is until it is assigned; the same in
/// every cockpit.
pub(crate) const VENDOR: &str = "00000000-0000-7000-8000-000000000001";

/// Installations as they were read, and what reports do to them.
#[derive(Debug, Default)]
pub(crate) struct Fold {
    known: HashMap<String, Row>,
    faces_before: HashSet<(String, String)>,
    rules: Vec<Rule>,
    /// New ones, by id: rows are always locked in the same order.
    pub(crate) new: BTreeMap<String, Row>,
    /// Known ones; `reports` is how many came.
    pub(crate) changed: BTreeMap<String, Row>,
    /// Those whose place in the tally changes.
    pub(crate) counted: BTreeSet<String>,
    /// Days to note.
    pub(crate) days: BTreeMap<(String, i64, String), DayRow>,
    /// Faces to note.
    pub(crate) faces: BTreeMap<(String, String), FaceRow>,
    /// Active, created and reports.
    pub(crate) activity: BTreeMap<Activity, [i64; 3]>,
    /// Known ones that are another product with their new version.
    pub(crate) products: BTreeMap<String, Option<String>>,
}

impl Fold {
    /// Begins with what is known of the installations.
    pub(crate) fn new(known: Vec<Row>, rules: Vec<Rule>) -> Self {
        let known = known.into_iter().map(|row| (row.installation_id.clone(), row)).collect();
        Self { known, rules, ..Self::default() }
    }

    /// The installation as it stands now.
    pub(crate) fn row(&self, installation_id: &str) -> Option<&Row> {
        let written = self.changed.get(installation_id).or_else(|| self.new.get(installation_id));
        written.or_else(|| self.known.get(installation_id))
    }

    /// What is to be written of a known one.
    pub(crate) fn change(&self, row: &Row) -> Change {
        let before = self.known.get(&row.installation_id);
        Change {
            is_named: before.is_none_or(|before| !before.is_named_like(row)),
            is_counted: self.counted.contains(&row.installation_id),
        }
    }

    /// The installations that show another face with `items` than before: those whose faces the
    /// fold has to know.
    pub(crate) fn faces_wanted<'a>(
        &self,
        items: impl Iterator<Item = &'a Incoming>,
    ) -> BTreeSet<&'a str> {
        items
            .filter(|item| {
                let row = self.known.get(&item.identity.installation_id);
                row.is_some_and(|row| merged(item, Some(row)).1.face != row.face)
            })
            .map(|item| item.identity.installation_id.as_str())
            .collect()
    }

    /// Whether `item` enters something that no report named before: an installation, another face
    /// of one, a second version on one day. Their rows are what a flood would fill tables with.
    pub(crate) fn is_novel(&self, item: &Incoming) -> bool {
        let id = &item.identity.installation_id;
        let Some(row) = self.row(id) else { return true };
        let (report, identity) = merged(item, Some(row));
        let is_unseen =
            identity.face != row.face && !self.faces_before.contains(&(id.clone(), identity.face));
        let is_same_day = row.last_seen_at.div_euclid(DAY) == item.received_at.div_euclid(DAY);
        let is_other = !report.version.is_empty() && report.version != row.version;
        is_unseen || (is_same_day && is_other)
    }

    /// The faces that were shown before.
    pub(crate) fn with_faces(&mut self, faces: Vec<(String, String)>) {
        self.faces_before = faces.into_iter().collect();
    }

    /// Takes one report in; answers whether its installation is new with it.
    pub(crate) fn take(&mut self, item: &Incoming) -> bool {
        let id = &item.identity.installation_id;
        let before = self.row(id).cloned();
        let (report, identity) = merged(item, before.as_ref());
        let day = item.received_at.div_euclid(DAY);
        let (row, is_new) = match &before {
            Some(row) if item.received_at < row.last_seen_at => (late(item, row), false),
            Some(row) => (self.next(item, row, &report, &identity), false),
            None => (self.first(item, &report, &identity), true),
        };
        let came = if self.new.contains_key(id) || self.changed.contains_key(id) {
            before.as_ref().map_or(0, |row| row.reports)
        } else {
            0
        };
        let row = Row { reports: came + 1, ..row };
        let is_active =
            before.as_ref().is_none_or(|before| before.last_seen_at.div_euclid(DAY) < day);
        let of = Activity {
            day,
            organisation_id: row.organisation_id.clone(),
            software_id: row.software_id.clone(),
            version: row.version.clone(),
        };
        let [active, created, reports] = self.activity.entry(of).or_default();
        *active += i64::from(is_active);
        *created += i64::from(is_new);
        *reports += 1;
        let is_other = before.as_ref().is_none_or(|before| {
            (&before.version, before.orders, before.sold, &before.currency)
                != (&row.version, row.orders, row.sold, &row.currency)
        });
        if is_other {
            self.counted.insert(id.clone());
        }
        if is_other || is_active {
            let at = (id.clone(), day, row.version.clone());
            self.days.insert(at, day_of(&row, day, item.received_at));
        }
        let is_entered = is_new || self.new.contains_key(id);
        let rows = if is_entered { &mut self.new } else { &mut self.changed };
        rows.insert(id.clone(), row);
        is_new
    }

    fn first(&self, item: &Incoming, report: &Report, identity: &Identity) -> Row {
        let version_order = version::order(&report.version);
        Row {
            installation_id: identity.installation_id.clone(),
            organisation_id: VENDOR.to_owned(),
            software_id: identity.software_id.clone(),
            external_id: report.external_id.clone(),
            state: State::Pending.as_str().to_owned(),
            product_code: self.ruled(&identity.software_id, &version_order).map(str::to_owned),
            first_seen_at: item.received_at,
            previous_seen_at: item.received_at,
            ..said(item, report, identity, Row::default())
        }
    }

    fn next(&mut self, item: &Incoming, row: &Row, report: &Report, identity: &Identity) -> Row {
        let mut next = said(item, report, identity, row.clone());
        next.previous_seen_at = row.last_seen_at;
        if next.face != row.face {
            let id = &row.installation_id;
            let is_back = !self.faces_before.insert((id.clone(), next.face.clone()));
            self.faces_before.insert((id.clone(), row.face.clone()));
            if is_back {
                next.clone_suspected_at = row.clone_suspected_at.or(Some(item.received_at));
            }
            let (seen, now) = (row.last_seen_at, item.received_at);
            for (of, first_at, last_at) in [(row, row.first_seen_at, seen), (&next, now, now)] {
                self.faces.insert((id.clone(), of.face.clone()), face_of(of, first_at, last_at));
            }
        }
        if next.version_order != row.version_order {
            let was = self.ruled(&row.software_id, &row.version_order);
            let is = self.ruled(&row.software_id, &next.version_order);
            // What somebody said stays; what a rule said goes with its version.
            if was != is && (row.product_code.is_none() || row.product_code.as_deref() == was) {
                next.product_code = is.map(str::to_owned);
                self.products.insert(row.installation_id.clone(), next.product_code.clone());
            }
        }
        next
    }

    fn ruled(&self, software_id: &str, order: &str) -> Option<&str> {
        let rule = self.rules.iter().find(|rule| {
            rule.software_id == software_id
                && (rule.from_order.is_empty() || rule.from_order.as_str() <= order)
                && (rule.to_order.is_empty() || order <= rule.to_order.as_str())
        })?;
        Some(&rule.product_code)
    }
}

/// A report of the past, as one from quarantine: it counts, and says nothing new.
fn late(item: &Incoming, row: &Row) -> Row {
    Row { first_seen_at: row.first_seen_at.min(item.received_at), ..row.clone() }
}

/// The report with what it leaves out filled in from what is known, and who it says it is then.
fn merged(item: &Incoming, known: Option<&Row>) -> (Report, Identity) {
    let mut report = item.report.clone();
    let Some(row) = known else { return (report, item.identity.clone()) };
    let names_company = !report.company.is_empty() || !report.vat_number.is_empty();
    if names_company && !report.host_name.is_empty() {
        return (report, item.identity.clone());
    }
    if !names_company {
        report.company.clone_from(&row.company);
        report.vat_number.clone_from(&row.vat_number);
        report.vat_is_valid = row.vat_is_valid;
    }
    if report.host_name.is_empty() {
        report.host_name.clone_from(&row.host_name);
    }
    let identity = Identity::of(&report);
    (report, identity)
}

/// `row` with what the report says; what it does not say stays.
fn said(item: &Incoming, report: &Report, identity: &Identity, row: Row) -> Row {
    let or = |said: &str, known: String| if said.is_empty() { known } else { said.to_owned() };
    let version = or(&report.version, row.version);
    let says_sold = report.sold.is_some();
    Row {
        company_id: identity.company_id.clone().or(row.company_id),
        company: or(&report.company, row.company),
        vat_number: or(&report.vat_number, row.vat_number),
        vat_is_valid: report.vat_is_valid,
        version_order: version::order(&version),
        version,
        orders: report.orders.or(row.orders),
        sold: report.sold.or(row.sold),
        currency: if says_sold { report.currency.clone() } else { row.currency },
        host_name: or(&report.host_name, row.host_name),
        system: or(&report.system, row.system),
        address: or(&item.address, row.address),
        face: identity.face.clone(),
        twin: identity.twin.clone().or(row.twin),
        flags: item.flags(),
        last_seen_at: item.received_at,
        last_report_id: item.report_id.clone(),
        ..row
    }
}

fn day_of(row: &Row, day: i64, at: i64) -> DayRow {
    DayRow {
        installation_id: row.installation_id.clone(),
        day,
        version: row.version.clone(),
        version_order: row.version_order.clone(),
        orders: row.orders,
        sold: row.sold,
        currency: row.currency.clone(),
        at,
    }
}

fn face_of(row: &Row, first_at: i64, last_at: i64) -> FaceRow {
    FaceRow {
        installation_id: row.installation_id.clone(),
        face: row.face.clone(),
        company: row.company.clone(),
        vat_number: row.vat_number.clone(),
        host_name: row.host_name.clone(),
        address: row.address.clone(),
        first_at,
        last_at,
    }
}
