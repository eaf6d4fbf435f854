//! How far a policy lets a licence go.

use plugin_api::FieldProblem;
use plugin_api::time::DAY;

use super::{Draft, Terms};
use crate::domain::choices::Binding;
use crate::domain::policy::Policy;

/// The fields of `draft` by which `terms`, read from it, go beyond the limits of `policy`.
pub(super) fn exceeded(draft: &Draft, terms: &Terms, policy: &Policy) -> Vec<FieldProblem> {
    let mut exceeded = Vec::new();
    let mut add = |pointer: &str, key: &str| exceeded.push(FieldProblem::new(pointer, key));
    if !policy.types.is_empty() && !policy.types.contains(&terms.r#type) {
        add("/tipo", "field-policy-type");
    }
    let (pointer, sold) = match terms.binding {
        Binding::Device => ("/dispositivi", Some(terms.devices_max)),
        Binding::User => ("/utenti", terms.users_max),
        Binding::Floating => ("/posti", terms.seats_max),
    };
    if policy.devices_most.zip(sold).is_some_and(|(most, sold)| sold > most) {
        add(pointer, "field-policy-most");
    }
    // A last day counts to its end, whenever the first one began.
    let longest = policy.longest_days.map(|days| days.saturating_add(1).saturating_mul(DAY));
    let lasts = terms.expires_at.map(|end| end.saturating_sub(terms.starts_at));
    if longest.zip(lasts).is_some_and(|(longest, lasts)| lasts > longest) {
        let by_days = draft.durata_giorni.is_some();
        add(if by_days { "/durata_giorni" } else { "/scadenza" }, "field-policy-longest");
    }
    if !policy.postponed && terms.due_at.is_some() {
        add("/pagamento_entro", "field-policy-postponed");
    }
    // Such a licence refuses nothing: no other limit would count.
    if terms.shadow && !policy.shadow {
        add("/ombra", "field-policy-shadow");
    }
    exceeded
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::licence::LicenceType;
    use crate::domain::policy::InForce;

    const NOW: i64 = 1_795_352_700_000;

    fn strict() -> InForce {
        let policy = Policy {
            types: vec![LicenceType::Subscription],
            devices_most: Some(5),
            longest_days: Some(365),
            postponed: false,
            ..Policy::default()
        };
        InForce { policy, ..InForce::default() }
    }

    fn draft(more: &serde_json::Value) -> Draft {
        let mut body = json!({"cliente": "C", "prodotto": "P", "tipo": "abbonamento"});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        serde_json::from_value(body).unwrap()
    }

    fn wrong(more: &serde_json::Value) -> Vec<String> {
        let rejected = draft(more).check(NOW, &strict()).unwrap_err();
        rejected.errors.into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn each_limit_is_told_at_its_field() {
        let within = json!({"durata_giorni": 365, "dispositivi": 5});
        assert!(draft(&within).check(NOW, &strict()).is_ok());
        assert_eq!(wrong(&json!({"durata_giorni": 367})), ["/durata_giorni"]);
        assert_eq!(wrong(&json!({"scadenza": "2028-11-30"})), ["/scadenza"]);
        assert_eq!(wrong(&json!({"tipo": "trial"})), ["/tipo"]);
        assert_eq!(wrong(&json!({"durata_giorni": 9, "dispositivi": 6})), ["/dispositivi"]);
        let seats = json!({"durata_giorni": 9, "associazione": "flottante", "posti": 6});
        assert_eq!(wrong(&seats), ["/posti"]);
        let later = json!({"durata_giorni": 9, "pagamento_entro": "2027-01-31"});
        assert_eq!(wrong(&later), ["/pagamento_entro"]);
        assert_eq!(wrong(&json!({"durata_giorni": 9, "ombra": true})), ["/ombra"]);
    }

    #[test]
    fn who_may_go_beyond_is_only_told() {
        let in_force = InForce { may_exceed: true, ..strict() };
        let terms = draft(&json!({"tipo": "permanente", "dispositivi": 9})).check(NOW, &in_force);
        let beyond = terms.unwrap().beyond;
        let beyond: Vec<_> = beyond.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(beyond, ["/tipo", "/dispositivi"]);
    }
}
