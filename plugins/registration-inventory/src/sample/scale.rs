//! Any number of further reports for `cockpit demo --scale`, twenty of each installation: to see and
//! to measure how the inventory does with a long history.

use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};

use super::DAYS;
use super::programs::{PROGRAMS, version};
use crate::domain::Report;
use crate::receive::Incoming;
use crate::statistics::again;
use crate::store::figures::keep;
use crate::store::scale::entered;

/// Reports of one installation.
const EACH: i64 = 20;
/// Reports handed over at once.
const TOGETHER: i64 = 800;
/// Installations of one company.
const OF_COMPANY: i64 = 5;

/// Enters what is missing of `wanted` reports, the oldest first: rows that come in the order of
/// their indexes are written many times faster.
pub(super) async fn enter(cx: &Cx, wanted: i64) -> Result<(), Fault> {
    let installations = (wanted / EACH).max(1);
    let mut next = entered(&cx.db()).await?;
    if next >= wanted {
        return Ok(());
    }
    let begun = cx.now() - DAYS * DAY;
    let at = |r: i64| begun + (r * (DAYS * DAY / 1_000) / wanted.max(1)) * 1_000;
    // No more than a day's, so that each day has its figures.
    let together = TOGETHER.min((wanted / DAYS).max(1));
    while next < wanted {
        let end = wanted.min(next + together);
        let items = (next..end).map(|r| report(cx, r % installations, at(r), begun));
        super::write(cx, items.collect()).await?;
        let days = (at(next).div_euclid(DAY), at(end).div_euclid(DAY));
        if days.0 != days.1 {
            cx.db().batch(keep::of_day(Batch::new(), days.0)).await?;
        }
        next = end;
    }
    again(cx).await?;
    cx.db().batch(keep::of_day(Batch::new(), cx.now().div_euclid(DAY))).await.map(drop)
}

fn report(cx: &Cx, n: i64, at: i64, begun: i64) -> Incoming {
    let day = (at - begun) / DAY;
    let place = usize::try_from(n).unwrap_or_default();
    let program = PROGRAMS.iter().cycle().nth(place % PROGRAMS.len());
    let orders = 10 + n % 50 + day;
    let company = n / OF_COMPANY;
    let report = Report {
        name: program.map_or("", |program| program.name).to_owned(),
        version: program.map_or("", |program| version(program, n, day)).to_owned(),
        company: format!("Ditta {company:06}"),
        orders: Some(orders),
        sold: Some(orders * 3_900),
        currency: "EUR".to_owned(),
        external_id: format!("scale-{n:07}"),
        host_name: format!("PC-{n:07}"),
        system: "Windows 11".to_owned(),
        ..Report::default()
    };
    let payload = format!(
        "{{\"nome_software\":\"{}\",\"versione\":\"{}\",\"ragione_sociale\":\"{}\",\
         \"totale_ordini\":{orders},\"id_installazione\":\"{}\"}}",
        report.name, report.version, report.company, report.external_id
    );
    let mut item = Incoming::new(cx, report, payload, "application/json");
    item.received_at = at;
    item.address = format!("192.0.2.{}", n % 250);
    item
}
