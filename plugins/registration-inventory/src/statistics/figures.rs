//! The figures themselves: computed once, for the page and for software alike.

use std::collections::BTreeMap;

use plugin_api::time::{DAY, date, rfc3339};
use plugin_api::{Cx, Fault};

use super::answer::{
    Conteggio, Giorno, PeriodoInventario, Situazione, StatisticheRegistrazioni, Totale, Voce,
};
use super::asked::Asked;
use super::{adoption, meant};
use crate::domain::{State, version};
use crate::store::figures::standing::{self, Group, OfCustomer, Silent};
use crate::store::figures::time::{self, Active, By};
use crate::store::figures::{Within, nodes};

/// Software told by name; the others are the rest.
const TOLD: usize = 10;
/// Lines of customers at most.
const CUSTOMERS: u32 = 50;
/// Versions told at most.
const VERSIONS: usize = 100;
/// Points of a drawing of how it stood.
const POINTS: i64 = 31;
/// Days after which an installation is not active any more.
const ACTIVE: i64 = 30;
/// Days an installation is new for.
const NEW: i64 = 7;

/// Computes the figures from the tally, the activity of days and how it stood at their end.
pub(crate) async fn compute(cx: &Cx, asked: &Asked) -> Result<StatisticheRegistrazioni, Fault> {
    let (db, now) = (cx.db(), cx.now());
    let today = now.div_euclid(DAY);
    let mut within = Within {
        scope: cx.scope().clone(),
        node: asked.node.as_ref().map(|node| node.organisation_id.clone()),
        software: None,
    };
    if let Some(software) = &asked.software {
        within = within.of_software(&software.software_id);
    }
    let rules = nodes::rules(&db).await?;
    let mut groups = standing::groups(&db, &within).await?;
    for group in &mut groups {
        group.product_code = meant::product(&rules, group);
    }
    if !asked.product.is_empty() {
        within.software = Some(meant::of_product(&rules, &groups, &asked.product));
        groups.retain(|group| group.product_code.as_deref() == Some(&asked.product));
    }
    let silent = standing::silent(&db, &within, now - asked.silent_days * DAY).await?;
    let inactive = if asked.silent_days == ACTIVE {
        silent.clone()
    } else {
        standing::silent(&db, &within, now - ACTIVE * DAY).await?
    };
    let customers = standing::of_customers(&db, &within, CUSTOMERS).await?;
    let first = asked.first.min(today - (NEW - 1));
    let activity = time::activity(&db, &within, (first, asked.last.max(today))).await?;
    let points = points((asked.first, asked.last.min(today)));
    let stood = time::stood(&db, &within, &points, By::Currency).await?;
    let shown = shown(asked, &groups);
    let adozione = match &shown {
        Some(shown) => {
            let within = within.of_software(&shown.id);
            adoption::of(&time::stood(&db, &within, &points, By::Version).await?)
        }
        None => Vec::new(),
    };
    let total = groups.iter().map(|group| group.installations).sum();
    let (da, a) = asked.dates();
    Ok(StatisticheRegistrazioni {
        periodo: PeriodoInventario { da, a },
        organizzazione: asked
            .node
            .as_ref()
            .map(|node| Voce { id: node.organisation_id.clone(), nome: node.name.clone() }),
        software: asked
            .software
            .as_ref()
            .map(|known| Voce { id: known.software_id.clone(), nome: known.name.clone() }),
        prodotto: (!asked.product.is_empty()).then(|| asked.product.clone()),
        aggiornate: rfc3339(now),
        installazioni: total,
        attive_30_giorni: total - count(&inactive),
        giorni_silenzio: asked.silent_days,
        silenti: count(&silent),
        nuove_7_giorni: activity
            .iter()
            .filter(|line| line.day > today - NEW)
            .map(|line| line.created)
            .sum(),
        senza_cliente: sum(&groups, |group| group.state != State::Assigned.as_str()),
        totali: totals(&groups, |_| (String::new(), String::new())),
        per_software: rest(counts(&groups, |g| (g.software_id.clone(), g.software.clone()))),
        per_versione: versions(shown.as_ref(), &groups),
        software_versioni: shown,
        per_cliente: of_customers(&customers),
        per_prodotto: counts(&groups, |group| {
            let code = group.product_code.clone().unwrap_or_default();
            (code.clone(), code)
        }),
        per_stato: counts(&groups, |group| {
            let wire = State::stored(&group.state).wire().to_owned();
            (wire.clone(), wire)
        }),
        andamento: days(&activity, (asked.first, asked.last)),
        situazione: stood
            .into_iter()
            .map(|line| Situazione {
                giorno: date(line.day * DAY),
                valuta: line.part,
                installazioni: line.installations,
                ordini: line.orders,
                venduto: line.sold,
            })
            .collect(),
        adozione,
        totali_software: totals(&groups, |g| (g.software_id.clone(), g.software.clone())),
        totali_clienti: customers.into_iter().map(total_of).filter(says_something).collect(),
        silenti_software: named(&silent, &groups),
    })
}

fn count(silent: &[Silent]) -> i64 {
    silent.iter().map(|line| line.installations).sum()
}

fn sum(groups: &[Group], which: impl Fn(&Group) -> bool) -> i64 {
    groups.iter().filter(|group| which(group)).map(|group| group.installations).sum()
}

/// The days that are drawn: all of a short period, evenly spaced ones of a long one, its last always.
fn points((first, last): (i64, i64)) -> Vec<i64> {
    let step = usize::try_from((last - first) / POINTS + 1).unwrap_or(1);
    let mut days: Vec<i64> = (first..=last).rev().step_by(step).collect();
    days.reverse();
    days
}

/// The software whose versions are told: what was asked for, else what most installations are of.
fn shown(asked: &Asked, groups: &[Group]) -> Option<Voce> {
    if let Some(known) = &asked.software {
        return Some(Voce { id: known.software_id.clone(), nome: known.name.clone() });
    }
    let most = counts(groups, |g| (g.software_id.clone(), g.software.clone()));
    most.into_iter().next().map(|line| Voce { id: line.id, nome: line.nome })
}

/// Installations by something, the most frequent first.
fn counts(groups: &[Group], by: impl Fn(&Group) -> (String, String)) -> Vec<Conteggio> {
    let mut lines: BTreeMap<(String, String), i64> = BTreeMap::new();
    for group in groups {
        *lines.entry(by(group)).or_default() += group.installations;
    }
    let line = |((id, nome), installazioni): ((String, String), i64)| Conteggio {
        id,
        nome,
        installazioni,
    };
    let mut lines: Vec<Conteggio> = lines.into_iter().map(line).collect();
    lines.sort_by(|a, b| b.installazioni.cmp(&a.installazioni).then_with(|| a.id.cmp(&b.id)));
    lines
}

/// The first lines, and the others as one without a name.
fn rest(mut lines: Vec<Conteggio>) -> Vec<Conteggio> {
    let others = lines.split_off(TOLD.min(lines.len()));
    if !others.is_empty() {
        let installazioni = others.iter().map(|line| line.installazioni).sum();
        lines.push(Conteggio { installazioni, ..Conteggio::default() });
    }
    lines
}

fn versions(shown: Option<&Voce>, groups: &[Group]) -> Vec<Conteggio> {
    let Some(shown) = shown else { return Vec::new() };
    let of: Vec<Group> =
        groups.iter().filter(|group| group.software_id == shown.id).cloned().collect();
    let mut lines = counts(&of, |group| (group.version.clone(), group.version.clone()));
    lines.truncate(VERSIONS);
    lines.sort_by_key(|line| std::cmp::Reverse(version::order(&line.id)));
    lines
}

fn of_customers(customers: &[OfCustomer]) -> Vec<Conteggio> {
    let mut lines: Vec<Conteggio> = Vec::new();
    for line in customers {
        match lines.iter_mut().find(|known| known.id == line.account_id) {
            Some(known) => known.installazioni += line.installations,
            None => lines.push(Conteggio {
                id: line.account_id.clone(),
                nome: line.name.clone(),
                installazioni: line.installations,
            }),
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.installazioni));
    lines
}

fn total_of(line: OfCustomer) -> Totale {
    Totale {
        id: line.account_id,
        nome: line.name,
        valuta: line.currency,
        ordini: line.orders,
        venduto: line.sold,
    }
}

fn says_something(line: &Totale) -> bool {
    line.ordini != 0 || line.venduto != 0
}

/// Orders and sales by something and currency; what says nothing is left out.
fn totals(groups: &[Group], by: impl Fn(&Group) -> (String, String)) -> Vec<Totale> {
    let mut lines: BTreeMap<((String, String), String), (i64, i64)> = BTreeMap::new();
    for group in groups {
        let line = lines.entry((by(group), group.currency.clone())).or_default();
        line.0 += group.orders;
        line.1 += group.sold;
    }
    let mut lines: Vec<Totale> = lines
        .into_iter()
        .map(|(((id, nome), valuta), (ordini, venduto))| Totale {
            id,
            nome,
            valuta,
            ordini,
            venduto,
        })
        .filter(says_something)
        .collect();
    lines.sort_by(|a, b| a.valuta.cmp(&b.valuta).then(b.venduto.cmp(&a.venduto)));
    lines
}

/// Every day of the period, also those on which nothing happened.
fn days(activity: &[Active], (first, last): (i64, i64)) -> Vec<Giorno> {
    let known: BTreeMap<i64, &Active> = activity.iter().map(|line| (line.day, line)).collect();
    let line = |day: i64| {
        let giorno = date(day * DAY);
        known.get(&day).map_or_else(
            || Giorno { giorno: giorno.clone(), ..Giorno::default() },
            |line| Giorno {
                giorno: giorno.clone(),
                attive: line.active,
                nuove: line.created,
                registrazioni: line.reports,
            },
        )
    };
    (first..=last).map(line).collect()
}

fn named(silent: &[Silent], groups: &[Group]) -> Vec<Conteggio> {
    let names: BTreeMap<&str, &str> =
        groups.iter().map(|group| (group.software_id.as_str(), group.software.as_str())).collect();
    let line = |line: &Silent| Conteggio {
        id: line.software_id.clone(),
        nome: names.get(line.software_id.as_str()).copied().unwrap_or_default().to_owned(),
        installazioni: line.installations,
    };
    rest(silent.iter().map(line).collect())
}
