//! What a draft has to be, field by field.

use plugin_api::time::{DAY, parse_end_of_day, parse_instant};
use serde_json::json;

use super::*;
use crate::domain::licence::AtExpiry;

const NOW: i64 = 1_795_352_700_000;

fn check(draft: &Draft) -> Result<Terms, Rejection> {
    draft.check(NOW, &crate::domain::policy::InForce::default())
}

fn draft(more: Value) -> Draft {
    let mut body = json!({"cliente": "C", "prodotto": "P", "tipo": "permanente"});
    let (Value::Object(body_members), Value::Object(more)) = (&mut body, more) else {
        panic!("objects")
    };
    body_members.extend(more);
    serde_json::from_value(body).unwrap()
}

fn wrong(more: Value) -> Vec<String> {
    let rejection = check(&draft(more)).unwrap_err();
    rejection.errors.into_iter().map(|error| error.pointer).collect()
}

#[test]
fn without_a_customer_it_is_refused_by_its_own_code() {
    for cliente in [json!(null), json!(""), json!("  ")] {
        let rejection = check(&draft(json!({"cliente": cliente}))).unwrap_err();
        assert_eq!(rejection.code, "cliente_richiesto");
        assert_eq!(rejection.errors[0].pointer, "/cliente");
    }
}

#[test]
fn each_type_has_the_end_it_needs() {
    let end = |more| check(&draft(more)).unwrap().expires_at;
    assert_eq!(end(json!({})), None);
    assert_eq!(end(json!({"tipo": "trial"})), Some(NOW + 30 * DAY));
    assert_eq!(end(json!({"tipo": "trial", "durata_giorni": 7})), Some(NOW + 7 * DAY));
    let subscription = json!({"tipo": "abbonamento", "scadenza": "2027-12-31"});
    assert_eq!(end(subscription), parse_end_of_day("2027-12-31"));
    let instant = json!({"tipo": "abbonamento", "scadenza": "2027-12-31T10:00:00+01:00"});
    assert_eq!(end(instant), parse_instant("2027-12-31T09:00:00Z"));
    assert_eq!(wrong(json!({"tipo": "abbonamento"})), ["/scadenza"]);
    assert_eq!(wrong(json!({"scadenza": "2027-12-31"})), ["/scadenza"]);
    assert_eq!(wrong(json!({"durata_giorni": 3})), ["/scadenza"]);
    assert_eq!(wrong(json!({"tipo": "trial", "scadenza": "2020-01-01"})), ["/scadenza"]);
    assert_eq!(wrong(json!({"tipo": "abbonamento", "scadenza": "31/12/2027"})), ["/scadenza"]);
    let twice = json!({"tipo": "trial", "scadenza": "2027-12-31", "durata_giorni": 1});
    assert_eq!(wrong(twice), ["/durata_giorni"]);
}

#[test]
fn every_field_is_checked_and_named() {
    assert_eq!(wrong(json!({"prodotto": " "})), ["/prodotto"]);
    assert_eq!(wrong(json!({"tipo": "boh"})), ["/tipo"]);
    for devices in [0, -1, MOST_SEATS + 1] {
        assert_eq!(wrong(json!({"dispositivi": devices})), ["/dispositivi"]);
    }
    assert_eq!(wrong(json!({"utenti": 0})), ["/utenti"]);
    assert_eq!(wrong(json!({"payload": [1]})), ["/payload"]);
    let large = json!({"payload": {"a": "x".repeat(LARGEST_PAYLOAD)}});
    assert_eq!(wrong(large), ["/payload"]);
    assert_eq!(
        wrong(json!({"prezzo": {"importo": -1, "valuta": "eur"}})),
        ["/prezzo/importo", "/prezzo/valuta"]
    );
    assert_eq!(wrong(json!({"note": "x".repeat(4001)})), ["/note"]);
    assert_eq!(wrong(json!({"alla_scadenza": "esplodi"})), ["/alla_scadenza"]);
    let modules = json!({"moduli": {"a/b": {"attivo": true, "fino_a": "domani"}}});
    assert_eq!(wrong(modules), ["/moduli/a~1b/fino_a"]);
}

#[test]
fn what_is_left_out_has_its_default() {
    let terms = check(&draft(json!({}))).unwrap();
    assert_eq!((terms.devices_max, terms.users_max), (1, None));
    assert_eq!((terms.payload.as_str(), terms.currency.as_str()), ("{}", "EUR"));
    assert_eq!((terms.offline_days, terms.grace_days), (30, 7));
    assert_eq!(terms.at_expiry, AtExpiry::Block);
}
