//! The statements a table sends, the addresses it prints and the files it writes, over a host that
//! answers whatever it is told.

mod addresses;
mod exports;
mod pages;
mod selection;
mod statements;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use futures_util::FutureExt as _;

use super::{Column, Order, Source, TableSpec};
use crate::cx::About;
use crate::db::{Dialect, Effect, Rendered, Rows, Value};
use crate::host::{Host, HostFuture, RowStream, TxId};
use crate::lent::SavedView;
use crate::ui::Tone;
use crate::{Actor, Caller, Catalogue, Cx, Fault, Lang, Permissions, Scope};

/// 22 November 2026, 13:05:00 UTC.
const NOW: i64 = 1_795_352_700_000;

fn spec() -> TableSpec {
    let source = Source { from: "thing t", id: "t.thing_id", scope: "t.organisation_id" };
    TableSpec::new("/crm/things", "table-views", source)
        .column(Column::mono("codice", "t.code").label("details").filterable())
        .column(
            Column::text("nome", "t.name")
                .label("history")
                .folded("t.name_folded")
                .filterable()
                .linked("/crm/makers/{id}", "t.maker_id"),
        )
        .column(
            Column::choice(
                "stato",
                "case when t.ends_at < {now} then 'scaduta' else t.state end",
                &[("attiva", "enable", Tone::Ok), ("scaduta", "disable", Tone::Bad)],
            )
            .label("actions")
            .filterable(),
        )
        .column(Column::date("scadenza", "t.ends_at").label("never").sortable().filterable())
        .column(Column::money("importo", "t.minor", "t.currency").label("send").filterable())
        .column(Column::meter("posti", "t.used", "t.seats").label("show").sortable())
        .column(Column::flag("interna", "t.internal").label("any").filterable().optional())
        .search(&["t.name_folded", "t.code"])
        .row_link("/crm/things/{id}")
        .default_sort("scadenza", Order::Descending)
        .preset("all", "stato=attiva")
        .primary("add", "/crm/things/new", "things:create")
}

/// A host that answers prepared rows and remembers what was asked.
#[derive(Debug, Default)]
struct Prepared {
    answers: Mutex<VecDeque<Rows>>,
    views: Vec<SavedView>,
    asked: Mutex<Vec<Rendered>>,
}

impl Prepared {
    fn next(&self, statement: Rendered) -> Rows {
        self.asked.lock().unwrap().push(statement);
        self.answers.lock().unwrap().pop_front().unwrap_or_default()
    }
}

impl Host for Prepared {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
    fn now(&self) -> i64 {
        NOW
    }
    fn random(&self, _out: &mut [u8]) {}
    fn query(&self, _tx: TxId, statement: Rendered) -> HostFuture<Rows> {
        let rows = self.next(statement);
        Box::pin(async move { Ok(rows) })
    }
    fn execute(&self, _tx: TxId, _statement: Rendered) -> HostFuture<u64> {
        Box::pin(async { Ok(0) })
    }
    fn batch(&self, _: TxId, _: Vec<Rendered>, _: Vec<Effect>) -> HostFuture<Vec<u64>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    fn begin(&self) -> HostFuture<TxId> {
        Box::pin(async { Ok(1) })
    }
    fn commit(&self, _tx: TxId) -> HostFuture<()> {
        Box::pin(async { Ok(()) })
    }
    fn rollback(&self, _tx: TxId) {}
    fn stream(&self, statement: Rendered) -> RowStream {
        let rows = self.next(statement);
        // One chunk per row: the seams between chunks are where a writer goes wrong.
        let chunks: Vec<_> = rows
            .iter()
            .map(|row| Ok(Rows { columns: Arc::clone(&rows.columns), cells: row.to_vec() }))
            .collect();
        Box::pin(futures_util::stream::iter(chunks))
    }
    fn call(&self, _: TxId, name: &str, _: Vec<u8>, _: Body) -> HostFuture<(Vec<u8>, Body)> {
        assert_eq!(name, "views.list");
        let views = serde_json::to_vec(&self.views).map_err(Fault::from);
        Box::pin(async { Ok((views?, Body::empty())) })
    }
}

fn host(answers: impl IntoIterator<Item = Rows>) -> Arc<Prepared> {
    let answers = Mutex::new(answers.into_iter().collect());
    Arc::new(Prepared { answers, ..Prepared::default() })
}

fn cx(host: &Arc<Prepared>) -> Cx {
    let caller = Caller {
        actor: Actor::User { id: "u".into(), name: "Ada".into() },
        permissions: Permissions::Everything,
        scope: Scope::branch("/r/"),
        base_path: "/base".into(),
        ..Caller::default()
    };
    let about = About::new("things", Catalogue::new(&[]));
    Cx::new(Arc::clone(host) as Arc<dyn Host>, Arc::new(caller), Arc::new(about), 0)
}

fn lang() -> Lang {
    Catalogue::new(&[]).lang("en")
}

/// Rows of the columns that are shown by themselves: `(id, name, ends_at)` and the rest alike.
fn rows(things: &[(&str, &str, Option<i64>)]) -> Rows {
    let columns = ["sort_key", "row_id"].map(str::to_owned).into_iter();
    let columns = columns.chain((0..9).map(|n| format!("cell_{n}"))).collect();
    let cells = things.iter().flat_map(|(id, name, ends_at)| {
        let ends: Value = (*ends_at).into();
        let maker = Value::from("m/1");
        [
            ends.clone(),
            (*id).into(),
            "K-1".into(),
            (*name).into(),
            maker,
            "attiva".into(),
            ends,
            (-1250i64).into(),
            "EUR".into(),
            2i64.into(),
            Value::Null,
        ]
    });
    Rows { columns, cells: cells.collect() }
}

/// The value of a future that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("nothing here waits")
}
