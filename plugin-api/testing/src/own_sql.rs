//! SQL of the test itself: what it prepares, and what it looks up afterwards.

use plugin_api::db::{Rendered, Statement, Value};
use serde_json::{Value as Json, json};

use crate::{Harness, block_on};

impl Harness {
    /// Runs SQL of the test itself, on any table.
    pub fn sql<const N: usize>(&self, sql: &str, values: [Value; N]) {
        self.write(&self.rendered(sql, values));
    }

    /// The rows of a `select` of the test itself, each an object by column name.
    pub fn rows<const N: usize>(&self, sql: &str, values: [Value; N]) -> Vec<Json> {
        let rows = block_on(self.world.transactions.query(0, self.rendered(sql, values)));
        let rows = rows.unwrap_or_else(|fault| panic!("{fault}: {sql}"));
        let object = |cells: &[Value]| {
            let members = rows.columns.iter().cloned().zip(cells.iter().map(cell));
            Json::Object(members.collect())
        };
        rows.iter().map(object).collect()
    }

    /// The first cell of a `select` of the test itself: a `count(*)`.
    pub fn scalar<const N: usize>(&self, sql: &str, values: [Value; N]) -> i64 {
        let rows = block_on(self.world.transactions.query(0, self.rendered(sql, values)));
        rows.unwrap_or_else(|fault| panic!("{fault}: {sql}")).scalar()
    }

    fn rendered<const N: usize>(&self, sql: &str, values: [Value; N]) -> Rendered {
        Statement::new(sql.to_owned()).bind_all(values).render(self.dialect())
    }

    /// Runs a statement that must succeed.
    pub(crate) fn write(&self, statement: &Rendered) {
        let written = block_on(self.world.transactions.execute(0, statement.clone()));
        written.unwrap_or_else(|fault| panic!("{fault}: {}", statement.sql));
    }
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(n) => json!(n),
        Value::Real(n) => json!(n),
        Value::Text(text) => json!(text),
        Value::Blob(bytes) => json!(bytes),
    }
}
