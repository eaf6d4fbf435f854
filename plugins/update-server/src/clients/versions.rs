//! Who runs which version of a product: from what installations ask, and from what they report.

use std::collections::BTreeMap;

use plugin_api::contracts::inventory::{Running, RunsVersion, VERSIONS, Versions};
use plugin_api::{Cx, Fault, FaultKind};

use super::asked::Asked;
use crate::domain::version::Version;
use crate::store::clients::{Runs, by_version};
use crate::store::products;

/// Versions that are shown, of all products together.
const LINES: i64 = 2_000;

/// How many installations run a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The version; empty for those that do not say.
    pub(super) version: String,
    /// How many asked for updates, and how they stand.
    pub(super) checks: Option<Runs>,
    /// How many reported themselves: the version as they say it, how many, and the page of those.
    pub(super) reports: Vec<RunsVersion>,
}

impl Line {
    /// How many asked.
    pub(super) fn asked(&self) -> i64 {
        self.checks.as_ref().map_or(0, |runs| runs.installations)
    }

    /// How many reported themselves.
    pub(super) fn reported(&self) -> i64 {
        self.reports.iter().map(|line| line.installations).sum()
    }
}

/// Everything that is known of versions.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// By product, newest versions first.
    pub(super) products: BTreeMap<String, Vec<Line>>,
    /// Whether anybody takes reports, and they can be told apart as it is asked.
    pub(super) has_reports: bool,
    /// Whether only a part of the reports was counted.
    pub(super) is_cut: bool,
}

/// What is known of the installations of the caller's branch.
pub(super) async fn known(cx: &Cx, asked: &Asked) -> Result<Known, Fault> {
    let checks = by_version(&cx.db(), cx.scope(), &asked.counted, LINES).await?;
    let reports = if asked.is_narrowed() { None } else { reports(cx, asked).await? };
    let (has_reports, is_cut) = (reports.is_some(), reports.as_ref().is_some_and(|r| r.is_cut));
    let mut told = reports.unwrap_or_default().versions;
    // Others may keep products nobody has updates of.
    let mut is_ours = BTreeMap::new();
    for line in &told {
        if !is_ours.contains_key(&line.product_code) {
            let found = products::known(&cx.db(), &line.product_code).await?;
            is_ours.insert(line.product_code.clone(), found.is_some());
        }
    }
    let wanted = &asked.counted.product;
    told.retain(|line| {
        is_ours.get(&line.product_code) == Some(&true)
            && (wanted.is_empty() || *wanted == line.product_code)
    });
    Ok(Known { products: together(checks, told), has_reports, is_cut })
}

/// What installations reported; none where nobody takes reports.
async fn reports(cx: &Cx, asked: &Asked) -> Result<Option<Running>, Fault> {
    match cx.service(&VERSIONS, &Versions { since: asked.counted.since }).await {
        Ok(running) => Ok(Some(running)),
        Err(fault) if fault.kind == FaultKind::Unavailable => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Both as lines: `v2.4` and `2.4.0` are one version.
fn together(checks: Vec<Runs>, reports: Vec<RunsVersion>) -> BTreeMap<String, Vec<Line>> {
    let mut found: BTreeMap<String, BTreeMap<(String, String), Line>> = BTreeMap::new();
    let mut line = |product: &str, said: &str, edit: &mut dyn FnMut(&mut Line)| {
        let version = Version::claimed(said);
        let order = version.as_ref().map(Version::order).unwrap_or_default();
        let name = version.map_or_else(|| said.to_owned(), |version| version.to_string());
        let lines = found.entry(product.to_owned()).or_default();
        let line = lines.entry((order, name.clone()));
        edit(line.or_insert_with(|| Line { version: name, ..Line::default() }));
    };
    for runs in checks {
        let (product, version) = (runs.product_code.clone(), runs.version.clone());
        line(&product, &version, &mut |line| line.checks = Some(runs.clone()));
    }
    for told in reports {
        line(&told.product_code, &told.version, &mut |line| line.reports.push(told.clone()));
    }
    let newest_first = |lines: BTreeMap<_, Line>| lines.into_values().rev().collect();
    found.into_iter().map(|(product, lines)| (product, newest_first(lines))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_meet_in_one_line_newest_first() {
        let runs = |version: &str, installations| Runs {
            product_code: "A".to_owned(),
            version: version.to_owned(),
            installations,
            withdrawn: 0,
            outdated: 0,
            behind: 0,
        };
        let told = |version: &str, installations| RunsVersion {
            product_code: "A".to_owned(),
            version: version.to_owned(),
            installations,
            path: String::new(),
        };
        let reports = vec![told("v2.4", 3), told("2.4.0", 1), told("Sommer", 2), told("2.10", 7)];
        let lines = together(vec![runs("2.4.0", 5), runs("", 1), runs("2.4.1", 2)], reports);
        let lines: Vec<_> = lines["A"]
            .iter()
            .map(|line| (line.version.as_str(), line.asked(), line.reported()))
            .collect();
        let expected =
            [("2.10.0", 0, 7), ("2.4.1", 2, 0), ("2.4.0", 5, 4), ("Sommer", 0, 2), ("", 1, 0)];
        assert_eq!(lines, expected);
    }
}
