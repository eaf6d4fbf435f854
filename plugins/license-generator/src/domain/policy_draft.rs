//! A policy as somebody types or sends it, and what it has to be to be kept.

use plugin_api::FieldProblem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::choices::{Binding, Renewal};
use super::licence::{AtExpiry, LicenceType};
use super::policy::{Conditions, Policy};
use super::policy_questions::{Kind, questions};
use super::product::{LONGEST_NAME, is_code};

/// Longest note about a version, characters.
pub const LONGEST_NOTE: usize = 500;

/// A policy as somebody types or sends it. In a change, members that are missing stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own, as it is sent")]
pub struct PolicyDraft {
    /// What programs name it by; cannot be changed.
    #[schema(example = "STANDARD", max_length = 64)]
    pub codice: String,
    /// What people call it.
    #[schema(example = "Standard", max_length = 200)]
    pub nome: String,
    /// Code of the product it is for; every product if left out. Cannot be changed.
    #[schema(example = "STUDIO-PRO")]
    pub prodotto: Option<String>,
    /// Whether licences get it that name no other.
    pub predefinita: bool,
    /// The types that may be issued; all if empty.
    #[schema(example = json!(["trial", "abbonamento"]))]
    pub tipi: Vec<String>,
    /// What licences are bound to: `dispositivo`, `utente` or `flottante`.
    #[schema(example = "dispositivo")]
    pub associazione: String,
    /// Days of a trial.
    #[schema(minimum = 1, maximum = 36_500)]
    pub prova_giorni: i64,
    /// Days of a subscription without an end of its own.
    #[schema(minimum = 1, maximum = 36_500)]
    pub durata_giorni: Option<i64>,
    /// Most days a licence may last.
    #[schema(minimum = 1, maximum = 36_500)]
    pub durata_massima_giorni: Option<i64>,
    /// Days of maintenance of a permanent licence.
    #[schema(minimum = 1, maximum = 36_500)]
    pub manutenzione_giorni: Option<i64>,
    /// Devices, people or floating seats unless told otherwise.
    #[schema(minimum = 1, maximum = 100_000)]
    pub dispositivi: i64,
    /// Most of them.
    #[schema(minimum = 1, maximum = 100_000)]
    pub dispositivi_massimi: Option<i64>,
    /// By how many percent devices or floating seats may go over what was sold.
    #[schema(minimum = 0, maximum = 1000)]
    pub sforamento_percento: i64,
    /// Days the product goes on after its end.
    #[schema(minimum = 0, maximum = 3650)]
    pub tolleranza_giorni: i64,
    /// Days a computer key is trusted without asking again.
    #[schema(minimum = 1, maximum = 3650)]
    pub offline_giorni: i64,
    /// What the product does after its end: `blocca`, `sola_lettura` or `avvisa`.
    #[schema(example = "blocca")]
    pub alla_scadenza: String,
    /// How many components of a fingerprint must be the same; all if left out.
    #[schema(minimum = 1, maximum = 32)]
    pub componenti_uguali: Option<i64>,
    /// Whether a token that changes at each validation tells clones apart.
    pub gettone_rotante: bool,
    /// How often devices may be exchanged within `trasferimenti_giorni`.
    #[schema(minimum = 0, maximum = 100_000)]
    pub trasferimenti_massimi: Option<i64>,
    /// The window of that limit, days.
    #[schema(minimum = 1, maximum = 3650)]
    pub trasferimenti_giorni: i64,
    /// Seconds a floating seat is kept without a heartbeat.
    #[schema(minimum = 10, maximum = 86_400)]
    pub posto_secondi: i64,
    /// Days a floating seat may be borrowed; 0 for not at all.
    #[schema(minimum = 0, maximum = 3650)]
    pub prestito_giorni: i64,
    /// How it is renewed: `manuale` or `automatico`.
    #[schema(example = "manuale")]
    pub rinnovo: String,
    /// Months of a renewal.
    #[schema(minimum = 1, maximum = 120)]
    pub rinnovo_mesi: i64,
    /// Whether it may be paid later.
    pub posticipato: bool,
    /// Days within which that is due.
    #[schema(minimum = 1, maximum = 3650)]
    pub posticipo_giorni: i64,
    /// Days after which an overdue payment suspends the licence; never if left out.
    #[schema(minimum = 0, maximum = 3650)]
    pub sospensione_giorni: Option<i64>,
    /// Whether licences refuse nothing and only report what they would have refused.
    pub ombra: bool,
    /// Why it is as it is; kept with the version.
    #[schema(max_length = 500)]
    pub nota: String,
    /// Whether licences that exist get the change too; otherwise only new ones do.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub applica: bool,
}

impl Default for PolicyDraft {
    fn default() -> Self {
        Self::from(&Policy::default())
    }
}

impl From<&Policy> for PolicyDraft {
    fn from(policy: &Policy) -> Self {
        let conditions = &policy.conditions;
        Self {
            codice: String::new(),
            nome: String::new(),
            prodotto: None,
            predefinita: false,
            tipi: policy.types.iter().map(|kind| kind.wire().to_owned()).collect(),
            associazione: policy.binding.wire().to_owned(),
            prova_giorni: policy.trial_days,
            durata_giorni: policy.duration_days,
            durata_massima_giorni: policy.longest_days,
            manutenzione_giorni: policy.maintenance_days,
            dispositivi: policy.devices,
            dispositivi_massimi: policy.devices_most,
            sforamento_percento: conditions.overage_percent,
            tolleranza_giorni: policy.grace_days,
            offline_giorni: policy.offline_days,
            alla_scadenza: policy.at_expiry.wire().to_owned(),
            componenti_uguali: conditions.match_components,
            gettone_rotante: conditions.rolling_token,
            trasferimenti_massimi: conditions.transfers_max,
            trasferimenti_giorni: conditions.transfer_days,
            posto_secondi: conditions.lease_seconds,
            prestito_giorni: conditions.borrow_days,
            rinnovo: policy.renewal.wire().to_owned(),
            rinnovo_mesi: policy.renewal_months,
            posticipato: policy.postponed,
            posticipo_giorni: policy.postponed_days,
            sospensione_giorni: conditions.suspend_after_days,
            ombra: policy.shadow,
            nota: String::new(),
            applica: false,
        }
    }
}

impl PolicyDraft {
    /// The values, or everything that is wrong with them and with code, name and note.
    pub fn check(&self) -> Result<Policy, Vec<FieldProblem>> {
        let mut errors = self.wrong();
        let mut wrong = |pointer: &str| errors.push(FieldProblem::new(pointer, "field-option"));
        let types = self.tipi.iter().map(|name| LicenceType::from_wire(name));
        let types: Option<Vec<LicenceType>> = types.collect();
        if types.is_none() {
            wrong("/tipi");
        }
        let binding = Binding::from_wire(&self.associazione);
        if binding.is_none() {
            wrong("/associazione");
        }
        let at_expiry = AtExpiry::from_wire(&self.alla_scadenza);
        if at_expiry.is_none() {
            wrong("/alla_scadenza");
        }
        let renewal = Renewal::from_wire(&self.rinnovo);
        if renewal.is_none() {
            wrong("/rinnovo");
        }
        match (types, binding, at_expiry, renewal) {
            (Some(types), Some(binding), Some(at_expiry), Some(renewal)) if errors.is_empty() => {
                Ok(Policy {
                    types,
                    binding,
                    at_expiry,
                    renewal,
                    trial_days: self.prova_giorni,
                    duration_days: self.durata_giorni,
                    longest_days: self.durata_massima_giorni,
                    maintenance_days: self.manutenzione_giorni,
                    devices: self.dispositivi,
                    devices_most: self.dispositivi_massimi,
                    grace_days: self.tolleranza_giorni,
                    offline_days: self.offline_giorni,
                    renewal_months: self.rinnovo_mesi,
                    postponed: self.posticipato,
                    postponed_days: self.posticipo_giorni,
                    shadow: self.ombra,
                    conditions: self.conditions(),
                })
            }
            _ => Err(errors),
        }
    }

    fn conditions(&self) -> Conditions {
        Conditions {
            match_components: self.componenti_uguali,
            rolling_token: self.gettone_rotante,
            transfers_max: self.trasferimenti_massimi,
            transfer_days: self.trasferimenti_giorni,
            lease_seconds: self.posto_secondi,
            borrow_days: self.prestito_giorni,
            overage_percent: self.sforamento_percento,
            suspend_after_days: self.sospensione_giorni,
        }
    }

    /// The value of a question by its name.
    pub fn value(&self, name: &str) -> Value {
        let all = serde_json::to_value(self).unwrap_or_default();
        all.get(name).cloned().unwrap_or_default()
    }

    /// Texts that are missing or too long, numbers out of their range, limits below the usual value.
    fn wrong(&self) -> Vec<FieldProblem> {
        let mut errors = Vec::new();
        let mut add = |name: &str, key: &str| {
            errors.push(FieldProblem::new(format!("/{name}"), key));
        };
        if !is_code(&self.codice) {
            add("codice", "field-code");
        }
        if self.nome.trim().is_empty() {
            add("nome", "field-required");
        }
        if self.nome.chars().count() > LONGEST_NAME {
            add("nome", "field-too-long");
        }
        if self.nota.chars().count() > LONGEST_NOTE {
            add("nota", "field-too-long");
        }
        let values = serde_json::to_value(self).unwrap_or_default();
        for question in questions() {
            let (Kind::Number(from, to) | Kind::Limit(from, to)) = question.kind else { continue };
            let number = values.get(question.name).and_then(Value::as_i64);
            if number.is_some_and(|number| !(from..=to).contains(&number)) {
                add(question.name, "field-range");
            }
        }
        if self.dispositivi_massimi.is_some_and(|most| most < self.dispositivi) {
            add("dispositivi_massimi", "field-policy-below");
        }
        let longest = self.durata_massima_giorni.unwrap_or(i64::MAX);
        if self.durata_giorni.is_some_and(|days| days > longest) || self.prova_giorni > longest {
            add("durata_massima_giorni", "field-policy-below");
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named() -> PolicyDraft {
        PolicyDraft { codice: "A".into(), nome: "A".into(), ..PolicyDraft::default() }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let policy = Policy {
            types: vec![LicenceType::Trial],
            binding: Binding::Floating,
            longest_days: Some(400),
            shadow: true,
            conditions: Conditions { transfers_max: Some(2), ..Conditions::default() },
            ..Policy::default()
        };
        let draft = PolicyDraft { codice: "A".into(), nome: "A".into(), ..(&policy).into() };
        assert_eq!(draft.check(), Ok(policy));
    }

    #[test]
    fn every_question_is_a_member() {
        let all = serde_json::to_value(named()).unwrap();
        for question in questions() {
            assert!(all.get(question.name).is_some(), "{}", question.name);
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let draft = PolicyDraft {
            nome: " ".into(),
            tipi: vec!["eterna".into()],
            rinnovo: "mai".into(),
            offline_giorni: 0,
            dispositivi: 5,
            dispositivi_massimi: Some(3),
            durata_massima_giorni: Some(7),
            ..PolicyDraft::default()
        };
        let errors = draft.check().unwrap_err();
        let mut wrong: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
        wrong.sort_unstable();
        let expected = [
            "/codice",
            "/dispositivi_massimi",
            "/durata_massima_giorni",
            "/nome",
            "/offline_giorni",
            "/rinnovo",
            "/tipi",
        ];
        assert_eq!(wrong, expected);
    }
}
