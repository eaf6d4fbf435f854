//! What happened in a span of days, counted from the rows themselves.
//!
//! Unscoped: the scope is part of what each function is asked within.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

use super::Within;

/// What is counted by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A device was activated.
    Activation,
    /// A client was refused; the subject is the code.
    Refusal,
    /// A licence was issued; the subject is `internal` for one that is never sold.
    Issued,
    /// A trial began.
    Trial,
    /// A trial became a paid licence.
    Converted,
    /// A licence was sold; the subject is the agent.
    Sale,
    /// A licence was renewed; the subject is the agent.
    Renewal,
}

impl Measure {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Refusal => "refusal",
            Self::Issued => "issued",
            Self::Trial => "trial",
            Self::Converted => "converted",
            Self::Sale => "sale",
            Self::Renewal => "renewal",
        }
    }
}

/// How often something happened on a day, and for how much money.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Count {
    /// First millisecond of the day, UTC.
    pub day: i64,
    /// Whose it is; empty where it does not matter.
    pub organisation_id: String,
    /// What.
    pub measure: Measure,
    /// Of which product; empty where a key named no licence.
    pub product_id: String,
    /// Which kind of it.
    pub subject: String,
    /// ISO 4217; empty for what is no money.
    pub currency: String,
    /// How often.
    pub n: i64,
    /// Minor units.
    pub amount: i64,
}

/// One way to count: where rows come from, when they happened, and what they are.
struct Source {
    from: &'static str,
    at: &'static str,
    organisation: &'static str,
    product: &'static str,
    measure: &'static str,
    subject: &'static str,
    currency: &'static str,
    amount: &'static str,
    only: &'static str,
}

const LICENCE: Source = Source {
    from: "license_generator_licence l",
    at: "l.created_at",
    organisation: "l.organisation_id",
    product: "l.product_id",
    measure: "'issued'",
    subject: "case when l.internal = 1 or l.shadow = 1 then 'internal' else '' end",
    currency: "''",
    amount: "0",
    only: "1 = 1",
};

/// Internal and shadow licences are sold to nobody.
const SALE: Source = Source {
    measure: "'sale'",
    subject: "coalesce(l.agent_id, '')",
    currency: "l.currency",
    amount: "l.price",
    only: "l.internal = 0 and l.shadow = 0 and l.price > 0 and l.type <> 'trial' \
        and coalesce(l.converted_at, 0) = 0",
    ..LICENCE
};

const SOURCES: [Source; 6] = [
    LICENCE,
    Source {
        measure: "'trial'",
        subject: "''",
        // One that was converted began as a trial, too.
        only: "l.internal = 0 and l.shadow = 0 \
            and (l.type = 'trial' or l.converted_at is not null)",
        ..LICENCE
    },
    Source {
        at: "l.converted_at",
        measure: "'converted'",
        subject: "''",
        only: "l.internal = 0 and l.shadow = 0",
        ..LICENCE
    },
    SALE,
    // What was paid later: a trial that was converted, an upgrade, a renewal.
    Source {
        from: "license_generator_renewal r \
            join license_generator_licence l on l.licence_id = r.licence_id",
        at: "r.at",
        organisation: "r.organisation_id",
        measure: "case when r.kind = 'renewal' then 'renewal' else 'sale' end",
        currency: "r.currency",
        amount: "r.amount",
        only: "l.internal = 0 and l.shadow = 0 and r.amount > 0 and r.cancelled_at is null \
            and r.kind in ('renewal', 'change', 'conversion')",
        ..SALE
    },
    Source {
        from: "license_generator_activation_log a \
            left join license_generator_licence l on l.licence_id = a.licence_id",
        at: "a.at",
        organisation: "a.organisation_id",
        product: "coalesce(l.product_id, '')",
        measure: "case when a.outcome = 'attivata' then 'activation' else 'refusal' end",
        subject: "case when a.outcome = 'attivata' then '' else a.outcome end",
        only: "a.outcome not in ('valida', 'disattivata')",
        ..LICENCE
    },
];

/// Everything that happened from `from` to before `to`, by day; by organisation if `apart`.
pub async fn counts(
    db: &Db,
    within: &Within,
    (from, to): (i64, i64),
    apart: bool,
) -> Result<Vec<Count>, Fault> {
    let mut all = Vec::new();
    for source in &SOURCES {
        let Source { at, measure, product, subject, currency, amount, only, .. } = source;
        let organisation = if apart { source.organisation } else { "''" };
        let head = format!(
            "select day, organisation_id, measure, product_id, subject, currency, \
             count(*) as n, cast(sum(amount) as signed) as amount from ( \
             select {at} - {at} % 86400000 as day, {organisation} as organisation_id, \
             {measure} as measure, {product} as product_id, {subject} as subject, \
             {currency} as currency, {amount} as amount \
             from {} where {at} >= ? and {at} < ? and {only}",
            source.from
        );
        let tail = ") counted group by day, organisation_id, measure, product_id, subject, \
                    currency";
        let values = vec![from.into(), to.into()];
        let statement = within.select((&head, values), (source.organisation, product), tail);
        all.extend(db.all::<Count>(statement).await?);
    }
    Ok(all)
}

/// The first instant anything happened at; none if nothing did.
///
/// Unscoped: days are folded for everybody.
pub async fn first(db: &Db) -> Result<Option<i64>, Fault> {
    #[derive(Deserialize)]
    struct First {
        at: Option<i64>,
    }
    let mut first = None;
    for sql in [
        "select min(created_at) as at from license_generator_licence",
        "select min(at) as at from license_generator_activation_log",
    ] {
        let found: Option<First> = db.first(Statement::new(sql)).await?;
        first = [first, found.and_then(|found| found.at)].into_iter().flatten().min();
    }
    Ok(first)
}

/// Days before `until` on which more or fewer licences were issued than the daily figures say:
/// some were imported with the dates they had elsewhere, or taken back. The earliest `most`.
///
/// Unscoped: days are folded for everybody.
pub async fn changed(db: &Db, until: i64, most: u32) -> Result<Vec<i64>, Fault> {
    #[derive(Deserialize)]
    struct Day {
        day: i64,
    }
    let sql = "select day from ( \
          select created_at - created_at % 86400000 as day, 1 as n \
            from license_generator_licence where created_at < ? \
          union all select day, -n as n from license_generator_daily \
            where measure = 'issued' and day < ?) both_sides \
        group by day having sum(n) <> 0 order by day limit ?";
    let statement = Statement::new(sql).bind(until).bind(until).bind(most);
    Ok(db.all::<Day>(statement).await?.into_iter().map(|day| day.day).collect())
}
