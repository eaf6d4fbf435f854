//! "Issue another like this": a draft that would issue the same licence again, beginning today.

use plugin_api::time::{DAY, date};

use crate::domain::choices::Binding;
use crate::domain::draft::{Draft, ModuleDraft, Price};
use crate::domain::licence::{Licence, ModuleGrant};
use crate::domain::right::days_between;

/// The draft; durations begin at `now`, what was paid or used up is not taken over.
pub(crate) fn draft(licence: &Licence, now: i64) -> Draft {
    let minor = licence.version_minor.map_or_else(String::new, |minor| format!(".{minor}"));
    let long = |until: i64| days_between(licence.starts_at, until).max(1);
    let day = |until: i64| date(now.saturating_add(long(until).saturating_mul(DAY)));
    let price =
        licence.price.filter(|_| licence.price != licence.list_price && !is_discounted(licence));
    let module = |grant: &ModuleGrant| {
        let draft = ModuleDraft {
            attivo: grant.active,
            fino_a: grant.until.map(day),
            limite: grant.max,
            prova: grant.trial,
            periodo: grant.period.map(|period| period.wire().to_owned()),
            sforamento: Some(grant.overage).filter(|percent| *percent > 0),
        };
        (grant.code.clone(), draft)
    };
    Draft {
        cliente: Some(licence.account_id.clone()),
        prodotto: Some(licence.product_code.clone()),
        tipo: Some(licence.r#type.wire().to_owned()),
        versione: Some(format!("{}{minor}", licence.version_major)),
        pacchetto: Some(licence.bundle.clone()).filter(|code| !code.is_empty()),
        interna: licence.internal,
        associazione: Some(licence.binding.wire().to_owned()),
        dispositivi: Some(licence.devices_max),
        posti: licence.seats_max.filter(|_| licence.binding == Binding::Floating),
        utenti: licence.users_max,
        durata_giorni: licence.expires_at.map(long),
        manutenzione_fino_a: licence.maintenance_until.map(day),
        moduli: licence.modules.iter().map(module).collect(),
        prezzo: price.map(|importo| Price { importo, valuta: licence.currency.clone() }),
        sconto: is_discounted(licence).then(|| hundredths(licence.discount)),
        organizzazione: licence.seller_id.clone(),
        agente: licence.agent_id.clone(),
        sede: Some(licence.site.clone()).filter(|site| !site.is_empty()),
        parametri: licence.parameters.clone().into_iter().collect(),
        payload: Some(&licence.payload)
            .filter(|payload| !payload.is_empty())
            .map(|payload| payload.clone().into()),
        note: Some(licence.note.clone()).filter(|note| !note.is_empty()),
        alla_scadenza: Some(licence.at_expiry.wire().to_owned()),
        ombra: licence.shadow.then_some(true),
        rinnovo: Some(licence.renewal.wire().to_owned()),
        ..Draft::default()
    }
}

fn is_discounted(licence: &Licence) -> bool {
    licence.discount > 0 && licence.list_price.is_some()
}

fn hundredths(discount: i64) -> f64 {
    f64::from(i32::try_from(discount).unwrap_or_default()) / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::licence::tests::licence;

    #[test]
    fn it_lasts_as_long_again_and_begins_today() {
        let now = 1_795_352_700_000;
        let first =
            Licence { starts_at: now - 100 * DAY, expires_at: Some(now - 70 * DAY), ..licence() };
        let again = draft(&first, now);
        assert_eq!(again.durata_giorni, Some(30));
        assert_eq!((again.inizio, again.scadenza, again.pagamento_entro), (None, None, None));
        assert_eq!(again.prodotto.as_deref(), Some(first.product_code.as_str()));
    }
}
