//! The log of what clients asked: activations, validations, deactivations and their outcome.

use plugin_api::Fault;
use plugin_api::Scope;
use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use serde::{Deserialize, Serialize};

/// What a client asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A seat for a device.
    Attiva,
    /// Whether its key is good.
    Valida,
    /// To give a seat back.
    Disattiva,
    /// A floating seat.
    Posto,
    /// To keep a floating seat.
    PostoRinnova,
    /// To give a floating seat back.
    PostoRendi,
    /// To count the use of a module.
    Consumo,
}

impl Action {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attiva => "attiva",
            Self::Valida => "valida",
            Self::Disattiva => "disattiva",
            Self::Posto => "posto",
            Self::PostoRinnova => "posto_rinnova",
            Self::PostoRendi => "posto_rendi",
            Self::Consumo => "consumo",
        }
    }

    /// The outcome when nothing was refused.
    pub fn success(self) -> &'static str {
        match self {
            Self::Attiva => "attivata",
            Self::Valida => "valida",
            Self::Disattiva => "disattivata",
            Self::Posto => "posto_preso",
            Self::PostoRinnova => "posto_rinnovato",
            Self::PostoRendi => "posto_reso",
            Self::Consumo => "consumato",
        }
    }
}

/// Which key the client showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// An activation key.
    Activation,
    /// A computer key.
    Computer,
    /// A key of the system used before.
    Legacy,
}

impl KeyKind {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Computer => "computer",
            Self::Legacy => "legacy",
        }
    }
}

/// A line of the log to be written.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its id.
    pub log_id: String,
    /// The licence, if the key named one.
    pub licence_id: Option<&'a str>,
    /// Whose licence it is; empty if the key named none, so that only the root sees the line.
    pub organisation_id: &'a str,
    /// When, unix milliseconds.
    pub at: i64,
    /// What was asked.
    pub action: Action,
    /// With which key.
    pub key_kind: KeyKind,
    /// The device's fingerprint.
    pub fingerprint: &'a str,
    /// The device's name.
    pub device_name: &'a str,
    /// Where the request came from.
    pub address: &'a str,
    /// The code of the answer.
    pub outcome: &'a str,
    /// The code of what a licence that only watches would have refused; empty for nothing.
    pub would_refuse: &'a str,
    /// The person, if the licence is bound to people.
    pub user_name: &'a str,
}

impl Entry<'_> {
    /// The statement that writes it, for a batch or to be written behind.
    pub fn insertion(&self) -> Statement {
        Statement::new(
            "insert into license_generator_activation_log \
             (log_id, licence_id, organisation_id, at, action, key_kind, fingerprint, \
             device_name, device_folded, address, outcome, would_refuse, user_name) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&self.log_id)
        .bind(self.licence_id)
        .bind(self.organisation_id)
        .bind(self.at)
        .bind(self.action.as_str())
        .bind(self.key_kind.as_str())
        .bind(self.fingerprint)
        .bind(self.device_name)
        .bind(fold(self.device_name))
        .bind(self.address)
        .bind(self.outcome)
        .bind(self.would_refuse)
        .bind(self.user_name)
        .label("log")
    }
}

/// A line of the log.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// When, unix milliseconds.
    pub at: i64,
    /// What was asked.
    pub action: Action,
    /// The device's name, or its fingerprint if it has none.
    pub device: String,
    /// Where the request came from.
    pub address: String,
    /// The code of the answer.
    pub outcome: String,
    /// The code of what a licence that only watches would have refused; empty for nothing.
    pub would_refuse: String,
}

/// The newest lines about a licence.
pub async fn recent(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    limit: u32,
) -> Result<Vec<Line>, Fault> {
    db.all(
        Statement::new(
            "select at, action, case when device_name = '' then fingerprint else device_name end \
             as device, address, outcome, would_refuse \
             from license_generator_activation_log \
             where licence_id = ? and {scope} order by at desc, log_id desc limit ?",
        )
        .bind(licence_id)
        .bind(limit)
        .scope(scope, "organisation_id"),
    )
    .await
}

/// How many lines one statement deletes.
const AT_ONCE: u32 = 5_000;

/// Deletes validations from before an instant, the oldest first; answers whether there may be more.
///
/// Unscoped: the log is kept equally long for everybody.
pub async fn forget_validations(db: &Db, before: i64) -> Result<bool, Fault> {
    let deletion = Statement::new(
        "delete from license_generator_activation_log where log_id in (select log_id from \
         (select log_id from license_generator_activation_log where action = 'valida' and at < ? \
         order by at limit ?) old)",
    );
    let deleted = db.execute(deletion.bind(before).bind(AT_ONCE)).await?;
    Ok(deleted >= u64::from(AT_ONCE))
}
