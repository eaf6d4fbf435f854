//! The job of an import: checks every row, or writes those that were found good.

mod apply;
mod check;

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use super::sheet::{self, Sheet};
use super::spec::ImportSpec;
use super::store::{self, Import, State};
use crate::db::{Audit, Batch, Enqueue};
use crate::{Cx, Fault, Lang, Scope};

/// What the job works on.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    import_id: String,
}

/// Queues the job of an import under the id the import knows.
pub(super) fn queued(spec: &ImportSpec, import: &Import) -> Enqueue {
    Enqueue {
        job: spec.job(),
        payload: serde_json::json!({ "import_id": import.id }),
        run_at: 0,
        job_id: import.job_id.clone(),
    }
}

/// Does what the import waits for; nothing when it waits for nothing.
pub(super) async fn run(
    spec: &ImportSpec,
    cx: &Cx,
    payload: serde_json::Value,
) -> Result<(), Fault> {
    let Payload { import_id } = serde_json::from_value(payload)?;
    let everything = Scope::everything();
    let found = store::find(&cx.db(), &everything, spec.tables, (spec.id, &import_id)).await?;
    // A job that was replaced by another has nothing to do any more.
    let Some(import) = found.filter(|import| import.job_id == cx.caller().job_id) else {
        return Ok(());
    };
    let work = Work { spec, cx: cx.acting_for(&import.caller), import };
    match work.import.state {
        State::Checking => check::run(&work).await,
        State::Importing => apply::run(&work).await,
        State::Mapping | State::Checked | State::Stopped | State::Done => Ok(()),
    }
}

/// The file of an import as it is to be read.
pub(super) async fn sheet_of(cx: &Cx, import: &Import) -> Result<Sheet, Fault> {
    let (_, body) = cx.blob(&import.blob_id).await?;
    let bytes = axum::body::to_bytes(body, sheet::LARGEST).await.map_err(Fault::internal)?;
    sheet::read(&bytes, &import.reading)
        .map_err(|why| Fault::invalid(format!("the file cannot be read any more: {}", why.key())))
}

/// One run of the job.
struct Work<'a> {
    spec: &'a ImportSpec,
    /// As who started it.
    cx: Cx,
    import: Import,
}

impl Work<'_> {
    /// Leaves the state the job was started in.
    fn step(&self, to: State) -> Batch {
        let (scope, now) = (Scope::everything(), self.cx.now());
        Batch::new().and(store::step(&scope, self.spec.tables, &self.import, (to, now)))
    }

    /// Tells how far it is; answers whether to stop.
    async fn progress(&self, done: usize, total: usize) -> Result<bool, Fault> {
        let (done, total) = (done as u64, total as u64);
        let lang = self.cx.lang();
        let number = |n: u64| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
        let (n, of) = (number(done), number(total));
        let message = lang.with("import-progress", &[("n", &n), ("total", &of)]);
        self.cx.progress(done, total, &message).await
    }

    fn audit(&self, action: &str) -> Audit {
        audit(action, &self.import)
    }

    /// What is wrong with a row in words, each sentence with its column.
    fn told(&self, outcome: &Outcome) -> String {
        told(self.spec, &self.cx.lang(), outcome)
    }
}

/// The audit row of an act on an import.
pub(super) fn audit(action: &str, import: &Import) -> Audit {
    Audit::of(action, &import.id).named(&import.file_name).in_organisation(&import.organisation_id)
}

fn told(spec: &ImportSpec, lang: &Lang, outcome: &Outcome) -> String {
    let sentence = |(field, sentence): &(String, String)| match spec.label(field) {
        Some(label) => format!("{}: {sentence}", lang.t(label)),
        None => sentence.clone(),
    };
    outcome.problems.iter().map(sentence).collect::<Vec<_>>().join(" ")
}
