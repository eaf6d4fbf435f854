//! A licence as the draft that describes it exactly as it is.

use plugin_api::time::{date, rfc3339};

use crate::create::like;
use crate::domain::draft::{Draft, Price};
use crate::domain::licence::Licence;

/// The draft; what was paid is no part of it, and its price is its own, whatever the list says.
pub(crate) fn draft(licence: &Licence) -> Draft {
    let mut draft = like::draft(licence, licence.starts_at);
    for grant in &licence.modules {
        if let Some(module) = draft.moduli.get_mut(&grant.code) {
            module.fino_a = grant.until.map(exact);
        }
    }
    Draft {
        inizio: Some(exact(licence.starts_at)),
        scadenza: licence.expires_at.map(exact),
        durata_giorni: None,
        manutenzione_fino_a: licence.maintenance_until.map(exact),
        prezzo: licence.price.map(|importo| Price { importo, valuta: licence.currency.clone() }),
        sconto: None,
        ombra: Some(licence.shadow),
        pagamento_entro: None,
        ..draft
    }
}

/// The same with days for instants, as a form shows them.
pub(crate) fn by_days(licence: &Licence) -> Draft {
    let mut draft = draft(licence);
    for grant in &licence.modules {
        if let Some(module) = draft.moduli.get_mut(&grant.code) {
            module.fino_a = grant.until.map(date);
        }
    }
    Draft {
        inizio: Some(date(licence.starts_at)),
        scadenza: licence.expires_at.map(date),
        manutenzione_fino_a: licence.maintenance_until.map(date),
        ..draft
    }
}

/// An instant to the millisecond: the last one of a day stays the last one.
fn exact(ms: i64) -> String {
    let second = rfc3339(ms);
    format!("{}.{:03}Z", second.trim_end_matches('Z'), ms.rem_euclid(1_000))
}

#[cfg(test)]
mod tests {
    use plugin_api::time::parse_instant;

    use super::*;
    use crate::domain::licence::LicenceType;
    use crate::domain::licence::tests::licence;
    use crate::domain::policy::InForce;

    #[test]
    fn it_says_what_the_licence_is_to_the_millisecond() {
        for ms in [0, 1, 999, 1_000, 1_798_761_599_999, 1_798_761_600_500] {
            assert_eq!(parse_instant(&exact(ms)), Some(ms), "{}", exact(ms));
        }
        let known = Licence {
            r#type: LicenceType::Subscription,
            expires_at: Some(1_798_761_599_999),
            price: Some(500),
            users_max: Some(4),
            ..licence()
        };
        let terms = draft(&known).check(1_600, &InForce::default()).expect("it makes sense");
        assert_eq!((terms.starts_at, terms.expires_at), (1_500, known.expires_at));
        assert_eq!((terms.price, terms.users_max), (Some(500), Some(4)));
        assert_eq!(terms.devices_max, known.devices_max);
        assert_eq!(terms.version, Some((3, None)));
        assert_eq!(terms.modules.len(), 1);
    }
}
