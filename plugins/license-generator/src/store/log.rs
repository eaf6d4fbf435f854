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
}

impl Action {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attiva => "attiva",
            Self::Valida => "valida",
            Self::Disattiva => "disattiva",
        }
    }

    /// The outcome when nothing was refused.
    pub fn success(self) -> &'static str {
        match self {
            Self::Attiva => "attivata",
            Self::Valida => "valida",
            Self::Disattiva => "disattivata",
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
}

impl KeyKind {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Computer => "computer",
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
}

impl Entry<'_> {
    /// The statement that writes it, for a batch or to be written behind.
    pub fn insertion(&self) -> Statement {
        Statement::new(
            "insert into license_generator_activation_log \
             (log_id, licence_id, organisation_id, at, action, key_kind, fingerprint, \
             device_name, device_folded, address, outcome) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
             as device, address, outcome \
             from license_generator_activation_log \
             where licence_id = ? and {scope} order by at desc, log_id desc limit ?",
        )
        .bind(licence_id)
        .bind(limit)
        .scope(scope, "organisation_id"),
    )
    .await
}
