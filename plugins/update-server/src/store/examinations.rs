//! What came of reading whole files: signatures over every byte, viruses.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;

/// What came of one question about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examination {
    /// The file.
    pub artifact_id: String,
    /// The question: see [`Trial::subject`](crate::domain::checks::examination::Trial::subject) and
    /// [`VIRUSES`].
    pub subject: String,
    /// The answer.
    pub outcome: Outcome,
    /// What the scanner said.
    pub told: String,
    /// When, unix milliseconds.
    pub examined_at: i64,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// None yet: a job that will give all of the file's is under way.
    Waiting,
    /// The signature is one of the file.
    Holds,
    /// It is not.
    Wrong,
    /// The scanner found nothing.
    Clean,
    /// It found something.
    Infected,
    /// It did not say.
    Failed,
}

/// The subject that says that a job is under way.
pub const JOB: &str = "job";
/// The subject of viruses.
pub const VIRUSES: &str = "viruses";

impl Outcome {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Holds => "holds",
            Self::Wrong => "wrong",
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::Failed => "failed",
        }
    }
}

/// Everything known of the files of a release.
pub async fn of_release(db: &Db, scope: &Scope, id: &str) -> Result<Vec<Examination>, Fault> {
    let statement = Statement::new(
        "select e.artifact_id, e.subject, e.outcome, e.told, e.examined_at \
         from update_server_artifact a join update_server_examination e \
         on e.artifact_id = a.artifact_id where a.release_id = ? and {scope} \
         order by e.artifact_id, e.subject",
    );
    db.all(statement.bind(id).scope(scope, OF_VENDOR)).await
}

/// Keeps an answer in place of the one there was. Unscoped: its file was read in scope, or by the job.
pub fn writing(examination: &Examination) -> Statement {
    let insert = "insert into update_server_examination \
        (artifact_id, subject, outcome, told, examined_at) values (?, ?, ?, ?, ?)";
    Statement::new(Sql::per(
        format!(
            "{insert} on conflict (artifact_id, subject) do update set outcome = excluded.outcome, \
             told = excluded.told, examined_at = excluded.examined_at"
        ),
        format!(
            "{insert} on duplicate key update outcome = values(outcome), told = values(told), \
             examined_at = values(examined_at)"
        ),
    ))
    .bind(&examination.artifact_id)
    .bind(&examination.subject)
    .bind(examination.outcome.code())
    .bind(&examination.told)
    .bind(examination.examined_at)
}

/// Forgets an answer, so that the question is asked again. Unscoped: see [`writing`].
pub fn deletion(artifact_id: &str, subject: &str) -> Statement {
    Statement::new("delete from update_server_examination where artifact_id = ? and subject = ?")
        .bind(artifact_id)
        .bind(subject)
}

/// Forgets everything about a file. Unscoped: its release was read in scope.
pub fn forgetting(artifact_id: &str) -> Statement {
    Statement::new("delete from update_server_examination where artifact_id = ?").bind(artifact_id)
}
