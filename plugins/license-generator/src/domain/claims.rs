//! What a computer key says: the claims of a `licenza+jwt` token.

use std::collections::BTreeMap;

use plugin_api::time::{DAY, rfc3339};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::choices::Binding;
use super::device::{Activation, Fingerprint};
use super::licence::{Licence, ModuleGrant};

/// Header `typ` of computer keys.
pub const TOKEN_TYPE: &str = "licenza+jwt";

/// A module as clients see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ModuleBody {
    /// Whether it may be used.
    pub attivo: bool,
    /// The instant it ends, RFC 3339, if before the licence does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fino_a: Option<String>,
    /// How much of it may be used, if limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limite: Option<i64>,
    /// Whether it is only being tried; left out if not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub prova: bool,
    /// How often its count begins anew: `mai`, `giorno`, `mese` or `anno`; left out if it is not
    /// counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub periodo: Option<String>,
}

impl ModuleBody {
    /// The module as it stands at `now`: its last millisecond belongs to it.
    pub fn at(now: i64, module: &ModuleGrant) -> Self {
        Self {
            attivo: module.active && module.until.is_none_or(|last| now <= last),
            fino_a: module.until.map(rfc3339),
            limite: module.max,
            prova: module.trial,
            periodo: module.period.map(|period| period.wire().to_owned()),
        }
    }
}

/// The modules of a licence by code, as they stand at `now`.
pub fn modules(licence: &Licence, now: i64) -> BTreeMap<String, ModuleBody> {
    let body = |module: &ModuleGrant| (module.code.clone(), ModuleBody::at(now, module));
    licence.modules.iter().map(body).collect()
}

/// The claims of the computer key of a device at `now`; the host adds `iss` and `iat`.
///
/// `exp` says how long the key may be trusted without asking again, never beyond the licence.
pub fn claims(licence: &Licence, activation: &Activation, now: i64) -> Map<String, Value> {
    let trusted_until = now.saturating_add(licence.offline_days.saturating_mul(DAY));
    let trusted_until = licence.expires_at.map_or(trusted_until, |end| end.min(trusted_until));
    let claims = json!({
        "sub": licence.licence_id,
        "aud": licence.product_code,
        "jti": activation.activation_id,
        "nbf": licence.starts_at.div_euclid(1000),
        "exp": trusted_until.div_euclid(1000),
        "lic": {
            "tipo": licence.r#type.wire(),
            "stato": licence.state(now).wire(),
            "scadenza": licence.expires_at.map(rfc3339),
            "manutenzione_fino_a": licence.maintenance_until.map(rfc3339),
            "interna": licence.internal,
            "cliente": licence.customer_name(),
        },
        "mod": modules(licence, now),
        "pol": {
            "tolleranza_giorni": licence.grace_days,
            "alla_scadenza": licence.at_expiry.wire(),
        },
        "ext": licence.payload,
    });
    let Value::Object(mut members) = claims else { return Map::new() };
    let (name, holder) = holder(licence, activation);
    members.insert(name.to_owned(), holder);
    if !licence.parameters.is_empty() {
        members.insert("par".to_owned(), Value::Object(licence.parameters.clone()));
    }
    members
}

/// Whom the key is for: the device, or the person if the licence is bound to people.
fn holder(licence: &Licence, activation: &Activation) -> (&'static str, Value) {
    if licence.binding == Binding::User {
        return ("ute", Value::from(activation.user_name.as_str()));
    }
    let fingerprint = Fingerprint::stored(activation.fingerprint.clone()).as_sent();
    ("dev", json!({ "impronta": fingerprint, "nome": activation.device_name }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licence(expires_at: Option<i64>) -> Licence {
        Licence { expires_at, ..crate::domain::licence::tests::licence() }
    }

    fn activation() -> Activation {
        Activation {
            activation_id: "A".into(),
            fingerprint: "pc-1".into(),
            device_name: "PC".into(),
            platform: String::new(),
            activated_at: 0,
            last_seen_at: 0,
            deactivated_at: None,
            user_id: None,
            user_name: String::new(),
        }
    }

    #[test]
    fn a_key_is_trusted_for_its_offline_days_and_never_beyond_the_licence() {
        let now = 1_000_000;
        let claims_of = |end| claims(&licence(end), &activation(), now);
        assert_eq!(claims_of(None)["exp"], (now + 30 * DAY) / 1000);
        assert_eq!(claims_of(Some(now + DAY + 999))["exp"], (now + DAY) / 1000);
        assert_eq!(claims_of(None)["nbf"], 1);
    }

    #[test]
    fn a_key_bound_to_a_person_names_the_person_and_no_device() {
        let licence = Licence { binding: Binding::User, ..licence(None) };
        let activation = Activation { user_name: "Anna".into(), ..activation() };
        let claims = claims(&licence, &activation, 2_000);
        assert_eq!(claims["ute"], "Anna");
        assert!(!claims.contains_key("dev"));
    }

    #[test]
    fn a_module_whose_time_is_over_is_off() {
        let mut licence = licence(None);
        licence.modules[0].until = Some(5_000);
        assert!(modules(&licence, 5_000)["pdf"].attivo);
        assert!(!modules(&licence, 5_001)["pdf"].attivo);
    }

    #[test]
    fn it_carries_licence_device_modules_policy_and_payload() {
        let claims = Value::Object(claims(&licence(None), &activation(), 2_000));
        assert_eq!(claims["sub"], "L");
        assert_eq!(claims["aud"], "STUDIO");
        assert_eq!(claims["jti"], "A");
        assert_eq!(
            claims["lic"],
            json!({"tipo": "permanente", "stato": "attiva", "scadenza": null,
                "manutenzione_fino_a": null, "interna": false, "cliente": "Bianchi & Figli"})
        );
        assert_eq!(claims["dev"], json!({"impronta": "pc-1", "nome": "PC"}));
        assert_eq!(claims["mod"], json!({"pdf": {"attivo": true, "limite": 5}}));
        assert_eq!(claims["pol"], json!({"tolleranza_giorni": 7, "alla_scadenza": "blocca"}));
        assert_eq!(claims["ext"], json!({"a": [1]}));
        assert!(claims.get("par").is_none(), "no parameters, no claim");
        let parameters = Map::from_iter([("sedi".to_owned(), json!(2))]);
        let told = Licence { parameters, ..licence(None) };
        assert_eq!(super::claims(&told, &activation(), 2_000)["par"], json!({"sedi": 2}));
    }
}
