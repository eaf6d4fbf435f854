//! The figures themselves: computed once, for the page and for software alike.

use std::collections::BTreeMap;

use plugin_api::time::{self, DAY, date, rfc3339};
use plugin_api::{Cx, Fault};

use super::answer::{
    Attivazioni, Attive, ModuliInUso, Organizzazione, Periodo, Prove, Rifiuti, Scadenze,
    Statistiche, VenditeAgente, VenditeMese,
};
use super::asked::Asked;
use super::span::{days, monday_of, month_of, months};
use crate::domain::product::Product;
use crate::store;
use crate::store::statistics::history::{Count, Measure};
use crate::store::statistics::{daily, fold, history, modules, nodes, standing};

/// Weeks whose endings are told.
const WEEKS: i64 = 12;

/// Computes the figures: daily ones as far as days are folded, the open days from the rows
/// themselves, and the licences in force at present.
pub(crate) async fn compute(cx: &Cx, asked: &Asked) -> Result<Statistiche, Fault> {
    let (db, now, within) = (cx.db(), cx.now(), asked.within(cx));
    let folded = fold::mark(&db).await?.map_or(asked.from, |mark| mark.folded_until);
    let open = folded.clamp(asked.from, asked.to);
    let mut counts = daily::read(&db, &within, (asked.from, open)).await?;
    counts.extend(history::counts(&db, &within, (open, asked.to), false).await?);
    let products = store::products::all(&db).await?;
    let code = |id: &str| named(&products, id).map_or_else(String::new, |known| known.code.clone());
    let name = |id: &str| named(&products, id).map_or_else(String::new, |known| known.name.clone());

    let mut attive: BTreeMap<(String, String), Attive> = BTreeMap::new();
    for group in standing::in_force(&db, &within, now).await? {
        let tipo = group.r#type.wire().to_owned();
        let key = (name(&group.product_id), tipo.clone());
        let line = attive.entry(key).or_insert_with(|| Attive {
            prodotto: code(&group.product_id),
            prodotto_nome: name(&group.product_id),
            tipo,
            licenze: 0,
            interne: 0,
        });
        line.licenze += group.n;
        line.interne += if group.internal || group.shadow { group.n } else { 0 };
    }

    let monday = monday_of(now);
    let until = monday + WEEKS * standing::WEEK;
    let ending = standing::ending(&db, &within, now, (monday, until)).await?;
    let week = |n: i64| {
        let week = monday + n * standing::WEEK;
        let found = ending.iter().find(|ending| ending.week == week);
        Scadenze { settimana: date(week), licenze: found.map_or(0, |ending| ending.n) }
    };

    let mut moduli: Vec<ModuliInUso> = modules::read(&db, &within, now)
        .await?
        .into_iter()
        .map(|used| ModuliInUso {
            prodotto: code(&used.product_id),
            modulo: used.code,
            licenze: used.n,
        })
        .collect();
    moduli.sort_by(|a, b| b.licenze.cmp(&a.licenze).then_with(|| a.modulo.cmp(&b.modulo)));

    let mut agenti = agents(&counts);
    let ids: Vec<&str> = agenti.iter().map(|agent| agent.agente.as_str()).collect();
    let names = nodes::names(&db, cx.scope(), &ids).await?;
    for agent in &mut agenti {
        agent.nome = names.get(&agent.agente).cloned().unwrap_or_default();
    }

    let issued =
        |subject: &str| sum(&counts, |c| c.measure == Measure::Issued && c.subject == subject);
    let trials = |measure| sum(&counts, |count| count.measure == measure);
    let (da, a) = asked.dates();
    Ok(Statistiche {
        periodo: Periodo { da, a },
        organizzazione: asked.node.as_ref().map(|node| Organizzazione {
            id: node.organisation_id.clone(),
            nome: node.name.clone(),
        }),
        prodotto: asked.product.as_ref().map(|product| product.code.clone()),
        aggiornate: rfc3339(now),
        emesse: issued(""),
        interne: issued("internal"),
        attive: attive.into_values().collect(),
        scadenze: (0..WEEKS).map(week).collect(),
        attivazioni: activations(&counts, (asked.from, asked.to)),
        rifiuti: refusals(&counts),
        prove: rate(trials(Measure::Trial), trials(Measure::Converted)),
        vendite: sales(&counts, (asked.from, asked.to)),
        moduli,
        agenti,
    })
}

fn named<'a>(products: &'a [Product], id: &str) -> Option<&'a Product> {
    products.iter().find(|product| product.product_id == id)
}

fn sum(counts: &[Count], which: impl Fn(&Count) -> bool) -> i64 {
    counts.iter().filter(|count| which(count)).map(|count| count.n).sum()
}

fn rate(begun: i64, converted: i64) -> Prove {
    let tasso = (begun > 0).then(|| (converted * 100 + begun / 2) / begun);
    Prove { iniziate: begun, convertite: converted, tasso }
}

fn activations(counts: &[Count], span: (i64, i64)) -> Vec<Attivazioni> {
    let mut by_day: BTreeMap<i64, i64> = days(span).map(|day| (day, 0)).collect();
    for count in counts.iter().filter(|count| count.measure == Measure::Activation) {
        *by_day.entry(count.day).or_default() += count.n;
    }
    let line = |(day, attivazioni)| Attivazioni { giorno: time::date(day), attivazioni };
    by_day.into_iter().map(line).collect()
}

fn refusals(counts: &[Count]) -> Vec<Rifiuti> {
    let mut by_code: BTreeMap<&str, i64> = BTreeMap::new();
    for count in counts.iter().filter(|count| count.measure == Measure::Refusal) {
        *by_code.entry(&count.subject).or_default() += count.n;
    }
    let line = |(codice, richieste): (&str, i64)| Rifiuti { codice: codice.to_owned(), richieste };
    let mut lines: Vec<Rifiuti> = by_code.into_iter().map(line).collect();
    lines.sort_by_key(|line| -line.richieste);
    lines
}

fn is_money(count: &Count) -> bool {
    matches!(count.measure, Measure::Sale | Measure::Renewal)
}

/// Every month in every currency of the period, so that a month without sales is seen.
fn sales(counts: &[Count], (from, to): (i64, i64)) -> Vec<VenditeMese> {
    let currencies: std::collections::BTreeSet<&str> = counts
        .iter()
        .filter(|count| is_money(count))
        .map(|count| count.currency.as_str())
        .collect();
    let mut lines = BTreeMap::new();
    for mese in months((from, to.max(from + DAY))) {
        for valuta in &currencies {
            let line = VenditeMese {
                mese: mese.clone(),
                valuta: (*valuta).to_owned(),
                vendite: 0,
                importo_vendite: 0,
                rinnovi: 0,
                importo_rinnovi: 0,
            };
            lines.insert((mese.clone(), *valuta), line);
        }
    }
    for count in counts.iter().filter(|count| is_money(count)) {
        let Some(line) = lines.get_mut(&(month_of(count.day), count.currency.as_str())) else {
            continue;
        };
        if count.measure == Measure::Sale {
            line.vendite += count.n;
            line.importo_vendite += count.amount;
        } else {
            line.rinnovi += count.n;
            line.importo_rinnovi += count.amount;
        }
    }
    lines.into_values().collect()
}

/// Agents by what they sold, the currencies one after the other.
fn agents(counts: &[Count]) -> Vec<VenditeAgente> {
    let mut lines: BTreeMap<(&str, &str), VenditeAgente> = BTreeMap::new();
    for count in
        counts.iter().filter(|count| is_money(count)).filter(|count| !count.subject.is_empty())
    {
        let line =
            lines.entry((&count.currency, &count.subject)).or_insert_with(|| VenditeAgente {
                agente: count.subject.clone(),
                nome: String::new(),
                valuta: count.currency.clone(),
                vendite: 0,
                rinnovi: 0,
                importo: 0,
            });
        match count.measure {
            Measure::Sale => line.vendite += count.n,
            _ => line.rinnovi += count.n,
        }
        line.importo += count.amount;
    }
    let mut lines: Vec<VenditeAgente> = lines.into_values().collect();
    lines.sort_by(|a, b| a.valuta.cmp(&b.valuta).then(b.importo.cmp(&a.importo)));
    lines
}
