//! Quick buttons: licences that are issued again and again, described once.

use std::collections::BTreeMap;

use plugin_api::Lang;
use plugin_api::db::json;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::draft::Draft;

/// The quick button that makes a test key; the one a form without a choice means.
pub const TEST_KEY: &str = "00000000-0000-7000-8000-00000000a001";

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Issues a licence.
    #[default]
    Issue,
    /// Asks which licence is renewed, and leads there.
    Renew,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Issue, Self::Renew];

    /// As the database and forms have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Renew => "renew",
        }
    }
}

/// A quick button.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Template {
    /// Its id.
    pub quick_id: String,
    /// Its place among the others.
    pub position: i64,
    /// What it is called in English.
    pub name_en: String,
    /// What it is called in Italian.
    pub name_it: String,
    /// The icon it shows.
    pub icon: String,
    /// What it does.
    pub kind: Kind,
    /// What the licence is, unless told otherwise.
    #[serde(with = "json")]
    pub draft: Draft,
    /// The verb of the permission of those who see it.
    pub permission: String,
    /// Whether it is shown.
    #[serde(deserialize_with = "bit")]
    pub enabled: bool,
    /// Counts its changes.
    pub version: i64,
}

fn bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(deserializer)? != 0)
}

impl Template {
    /// What a reader calls it.
    pub fn name(&self, lang: &Lang) -> String {
        let names = [("en", &self.name_en), ("it", &self.name_it)];
        let names = names.map(|(code, name)| (code.to_owned(), name.clone()));
        lang.pick(&BTreeMap::from(names)).to_owned()
    }

    /// The permission of those who see it.
    pub fn permission(&self) -> String {
        format!("{}:{}", crate::ID, self.permission)
    }

    /// Its draft without what it does not say.
    pub fn said(&self) -> Value {
        said(&self.draft)
    }
}

/// A draft without what it does not say.
pub fn said(draft: &Draft) -> Value {
    let Ok(Value::Object(mut members)) = serde_json::to_value(draft) else { return json!({}) };
    members.retain(|_, value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Object(members) => !members.is_empty(),
        _ => true,
    });
    Value::Object(members)
}

/// The buttons a new cockpit has, the same as its migration writes.
pub fn defaults() -> Vec<Template> {
    let template = |n: i64, (name_en, name_it), icon: &str, kind: Kind, draft: Value| Template {
        quick_id: format!("00000000-0000-7000-8000-00000000a00{n}"),
        position: n,
        name_en,
        name_it,
        icon: icon.to_owned(),
        kind,
        draft: serde_json::from_value(draft).unwrap_or_default(),
        permission: kind.as_str().to_owned(),
        enabled: true,
        version: 1,
    };
    let named = |en: &str, it: &str| (en.to_owned(), it.to_owned());
    vec![
        template(
            1,
            named("Quick test key", "Chiave di prova rapida"),
            "key",
            Kind::Issue,
            json!({"tipo": "trial", "interna": true, "dispositivi": 1, "durata_giorni": 30}),
        ),
        template(
            2,
            named("Demo for a prospect", "Demo per un potenziale cliente"),
            "star",
            Kind::Issue,
            json!({"tipo": "trial", "dispositivi": 3, "durata_giorni": 14}),
        ),
        template(
            3,
            named("Internal licence", "Licenza interna"),
            "building",
            Kind::Issue,
            json!({"tipo": "permanente", "interna": true, "dispositivi": 1}),
        ),
        template(4, named("Renewal of …", "Rinnovo di …"), "refresh", Kind::Renew, json!({})),
    ]
}
