//! The SQL of imports, on whichever plugin's tables.

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::mapping::Mapping;
use super::outcome::{Act, Outcome};
use super::sheet::Reading;
use super::spec::Tables;
use crate::db::{Audit, Db, Statement, json};
use crate::{Fault, Scope};

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Uploaded; its columns are to be mapped.
    Mapping,
    /// Its rows are being checked.
    Checking,
    /// Its rows were checked; somebody is to say yes.
    Checked,
    /// Its rows are being written.
    Importing,
    /// Stopped while its rows were being written; it can go on.
    Stopped,
    /// Finished.
    Done,
}

impl State {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Mapping => "mapping",
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Importing => "importing",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }
}

/// An import as it is kept.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Import {
    #[serde(rename = "import_id")]
    pub(super) id: String,
    pub(super) organisation_id: String,
    pub(super) state: State,
    pub(super) file_name: String,
    pub(super) blob_id: String,
    #[serde(with = "json")]
    pub(super) reading: Reading,
    #[serde(with = "json")]
    pub(super) mapping: Mapping,
    pub(super) job_id: String,
    pub(super) caller: String,
    pub(super) rows_total: i64,
}

/// An import that was just uploaded.
#[derive(Debug)]
pub(super) struct New<'a> {
    pub(super) import_id: &'a str,
    pub(super) kind: &'a str,
    pub(super) organisation_id: &'a str,
    pub(super) file_name: &'a str,
    pub(super) blob_id: &'a str,
    pub(super) reading: &'a Reading,
    pub(super) rows_total: i64,
    pub(super) created_at: i64,
    pub(super) created_by: &'a str,
}

const COLUMNS: &str = "import_id, organisation_id, state, file_name, blob_id, reading, mapping, \
    job_id, caller, rows_total";

fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The import of this kind and id, when it lies in the branch.
pub(super) async fn find(
    db: &Db,
    scope: &Scope,
    tables: Tables,
    (kind, id): (&str, &str),
) -> Result<Option<Import>, Fault> {
    let select = format!(
        "select {COLUMNS} from {} where import_id = ? and kind = ? and {{scope}}",
        tables.import
    );
    db.first(Statement::new(select).bind(id).bind(kind).scope(scope, "organisation_id")).await
}

/// An import that goes, with its file.
#[derive(Debug, Deserialize)]
pub(super) struct Going {
    pub(super) import_id: String,
    pub(super) blob_id: String,
    organisation_id: String,
    file_name: String,
}

impl Going {
    /// The audit row of its end.
    pub(super) fn audit(&self, action: &str) -> Audit {
        Audit::of(action, &self.import_id)
            .named(&self.file_name)
            .in_organisation(&self.organisation_id)
    }
}

const GOING: &str = "select import_id, blob_id, organisation_id, file_name";

/// Imports of this kind that nobody touched since `before`, at most 20.
///
/// Unscoped: what is too old goes, whosever it is.
pub(super) async fn expired(
    db: &Db,
    tables: Tables,
    (kind, before): (&str, i64),
) -> Result<Vec<Going>, Fault> {
    let select = format!(
        "{GOING} from {} where kind = ? and updated_at < ? order by import_id limit 20",
        tables.import
    );
    db.all(Statement::new(select).bind(kind).bind(before)).await
}

/// Imports of the branch that wait for somebody, with a row about the object or of that name.
pub(super) async fn waiting_with(
    db: &Db,
    scope: &Scope,
    tables: Tables,
    (kind, object_id, name): (&str, &str, &str),
) -> Result<Vec<Going>, Fault> {
    let select = format!(
        "{GOING} from {} where kind = ? and state in ('mapping', 'checked', 'stopped') \
         and import_id in (select r.import_id from {} r where r.object_id = ? or r.name = ?) \
         and {{scope}}",
        tables.import, tables.row
    );
    let select = Statement::new(select).bind(kind).bind(object_id).bind(cut(name, 200));
    db.all(select.scope(scope, "organisation_id")).await
}

/// Blanks what rows say of the object, wherever it was imported, and of that name in the branch.
pub(super) fn blank(scope: &Scope, tables: Tables, (object_id, name): (&str, &str)) -> Statement {
    Statement::new(format!(
        "update {} set name = '', told = '' where object_id = ? or (name = ? and import_id in \
         (select import_id from {} where {{scope}}))",
        tables.row, tables.import
    ))
    .bind(object_id)
    .bind(cut(name, 200))
    .scope(scope, "organisation_id")
}

/// The rows of reports about an object.
pub(super) async fn rows_about(
    db: &Db,
    scope: &Scope,
    tables: Tables,
    (kind, object_id): (&str, &str),
) -> Result<Vec<Map<String, Json>>, Fault> {
    let select = format!(
        "select i.file_name, i.created_at, r.line_number, r.name, r.told from {} \
         where i.kind = ? and r.object_id = ? and {{scope}} order by i.created_at, r.line_number",
        tables.rows
    );
    let select = Statement::new(select).bind(kind).bind(object_id);
    db.all(select.scope(scope, "i.organisation_id")).await
}

/// A new import, to be mapped. The columns of the file come in the order of the mapping.
pub(super) fn insert(tables: Tables, new: &New<'_>) -> Statement {
    Statement::new(format!(
        "insert into {} (import_id, kind, organisation_id, state, file_name, blob_id, reading, \
         mapping, job_id, caller, rows_total, created_at, updated_at, created_by) \
         values (?, ?, ?, 'mapping', ?, ?, ?, '[]', '', '', ?, ?, ?, ?)",
        tables.import
    ))
    .bind(new.import_id)
    .bind(new.kind)
    .bind(new.organisation_id)
    .bind(new.file_name)
    .bind(new.blob_id)
    .bind(text(new.reading))
    .bind(new.rows_total)
    .bind(new.created_at)
    .bind(new.created_at)
    .bind(new.created_by)
}

/// Another way to read the file, while its columns are mapped.
pub(super) fn read_as(scope: &Scope, tables: Tables, import: &Import, now: i64) -> Statement {
    Statement::new(format!(
        "update {} set reading = ?, mapping = '[]', rows_total = ?, updated_at = ? \
         where import_id = ? and state = 'mapping' and {{scope}}",
        tables.import
    ))
    .bind(text(&import.reading))
    .bind(import.rows_total)
    .bind(now)
    .bind(&import.id)
    .scope(scope, "organisation_id")
    .label("import")
    .expect_rows(1)
}

/// From the state `import` has to the next, with what goes with it: mapping, job and who acts.
/// Aborts as a mismatch of `import` when it stands elsewhere meanwhile.
pub(super) fn step(
    scope: &Scope,
    tables: Tables,
    import: &Import,
    (to, now): (State, i64),
) -> Statement {
    Statement::new(format!(
        "update {} set state = ?, mapping = ?, job_id = ?, caller = ?, updated_at = ? \
         where import_id = ? and state = ? and {{scope}}",
        tables.import
    ))
    .bind(to.text())
    .bind(text(&import.mapping))
    .bind(&import.job_id)
    .bind(&import.caller)
    .bind(now)
    .bind(&import.id)
    .bind(import.state.text())
    .scope(scope, "organisation_id")
    .label("import")
    .expect_rows(1)
}

/// Forgets the import and its rows.
///
/// Unscoped: the import was found in the caller's branch.
pub(super) fn forget(tables: Tables, import_id: &str) -> [Statement; 2] {
    [tables.row, tables.import].map(|table| {
        Statement::new(format!("delete from {table} where import_id = ?")).bind(import_id)
    })
}

/// Forgets the rows of the import.
pub(super) fn forget_rows(tables: Tables, import_id: &str) -> Statement {
    let [rows, _] = forget(tables, import_id);
    rows
}

/// A row of the report.
pub(super) fn row(
    tables: Tables,
    import_id: &str,
    number: i64,
    (outcome, told): (&Outcome, &str),
) -> Statement {
    Statement::new(format!(
        "insert into {} (row_id, import_id, line_number, act, object_id, name, told, done) \
         values (?, ?, ?, ?, ?, ?, ?, 0)",
        tables.row
    ))
    .bind(format!("{import_id}-{number}"))
    .bind(import_id)
    .bind(number)
    .bind(outcome.act.text())
    .bind(&outcome.object_id)
    .bind(cut(&outcome.name, 200))
    .bind(cut(told, 2000))
}

/// The row is decided: written, or refused after all. Changes one row unless it was done before.
pub(super) fn decided(
    tables: Tables,
    import_id: &str,
    number: i64,
    (outcome, told): (&Outcome, &str),
) -> Statement {
    Statement::new(format!(
        "update {} set act = ?, object_id = ?, name = ?, told = ?, done = ? \
         where row_id = ? and done = 0",
        tables.row
    ))
    .bind(outcome.act.text())
    .bind(&outcome.object_id)
    .bind(cut(&outcome.name, 200))
    .bind(cut(told, 2000))
    .bind(outcome.act != Act::Refused)
    .bind(format!("{import_id}-{number}"))
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The numbers of the next rows to be written, at most `limit`.
///
/// Unscoped: for the job, which has the import already.
pub(super) async fn pending(
    db: &Db,
    tables: Tables,
    (import_id, limit): (&str, u32),
) -> Result<Vec<i64>, Fault> {
    #[derive(Deserialize)]
    struct Pending {
        line_number: i64,
    }
    let select = format!(
        "select line_number from {} where import_id = ? and done = 0 \
         and act in ('create', 'update') order by line_number limit ?",
        tables.row
    );
    let rows: Vec<Pending> = db.all(Statement::new(select).bind(import_id).bind(limit)).await?;
    Ok(rows.into_iter().map(|row| row.line_number).collect())
}

/// How many rows there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) create: i64,
    pub(super) update: i64,
    pub(super) unchanged: i64,
    pub(super) refused: i64,
    /// Written already.
    pub(super) done: i64,
}

impl Counts {
    /// Rows that are, or were, to be written.
    pub(super) fn to_write(self) -> i64 {
        self.create + self.update
    }
}

/// How many rows of the import there are of each kind.
///
/// Unscoped: the import was found in the caller's branch.
pub(super) async fn counts(db: &Db, tables: Tables, import_id: &str) -> Result<Counts, Fault> {
    #[derive(Deserialize)]
    struct Counted {
        act: Act,
        rows_found: i64,
        rows_done: i64,
    }
    let select = format!(
        "select act, count(*) as rows_found, cast(sum(done) as signed) as rows_done \
         from {} where import_id = ? group by act",
        tables.row
    );
    let sqlite = select.replace("cast(sum(done) as signed)", "sum(done)");
    let select = Statement::new(crate::db::Sql::per(sqlite, select)).bind(import_id);
    let mut counts = Counts::default();
    for Counted { act, rows_found, rows_done } in db.all::<Counted>(select).await? {
        let place = match act {
            Act::Create => &mut counts.create,
            Act::Update => &mut counts.update,
            Act::Unchanged => &mut counts.unchanged,
            Act::Refused => &mut counts.refused,
        };
        *place = rows_found;
        if act.writes() {
            counts.done += rows_done;
        }
    }
    Ok(counts)
}
