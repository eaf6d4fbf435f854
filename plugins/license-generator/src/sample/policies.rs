//! The policies of the sample.

use plugin_api::{Cx, Fault};

use super::products::FIRST;
use crate::domain::policy_draft::PolicyDraft;
use crate::policies::save::{NotSaved, save};
use crate::store;
use crate::store::policies::Stored;

/// Why the policy of subscriptions was changed.
const LATER: &str = "Tre settimane senza rete: lo chiedono i tecnici in cantiere.";

/// Enters the policies that are missing.
pub(super) async fn enter(cx: &Cx) -> Result<(), Fault> {
    for draft in drafts() {
        if store::policies::by_code(&cx.db(), &draft.codice).await?.is_some() {
            continue;
        }
        keep(cx, None, &draft).await?;
        if draft.gettone_rotante {
            // So that there are versions to compare.
            let known = store::policies::by_code(&cx.db(), &draft.codice).await?;
            let later = PolicyDraft { offline_giorni: 21, nota: LATER.to_owned(), ..draft };
            keep(cx, known.as_ref(), &later).await?;
        }
    }
    Ok(())
}

async fn keep(cx: &Cx, known: Option<&Stored>, draft: &PolicyDraft) -> Result<(), Fault> {
    save(cx, known, draft).await.map(drop).map_err(|not| match not {
        NotSaved::Failed(problem) => problem.fault().cloned().unwrap_or_else(refused),
        NotSaved::Wrong(_) | NotSaved::Stale => refused(),
    })
}

fn refused() -> Fault {
    Fault::internal("a sample policy is refused")
}

/// The usual one, a stricter one for subscriptions, and one that only watches.
fn drafts() -> [PolicyDraft; 3] {
    let named = |code: &str, name: &str| PolicyDraft {
        codice: code.to_owned(),
        nome: name.to_owned(),
        prodotto: Some(FIRST.to_owned()),
        tolleranza_giorni: 7,
        ..PolicyDraft::default()
    };
    [
        PolicyDraft {
            predefinita: true,
            manutenzione_giorni: Some(730),
            nota: "Come abbiamo sempre fatto.".to_owned(),
            ..named("STANDARD", "Standard")
        },
        PolicyDraft {
            tipi: vec!["trial".to_owned(), "abbonamento".to_owned()],
            durata_giorni: Some(365),
            durata_massima_giorni: Some(1_100),
            dispositivi_massimi: Some(50),
            offline_giorni: 14,
            gettone_rotante: true,
            trasferimenti_massimi: Some(3),
            rinnovo: "automatico".to_owned(),
            sospensione_giorni: Some(15),
            nota: "Abbonamenti: si rinnovano da soli, le copie si scoprono.".to_owned(),
            ..named("ABBONAMENTO", "Abbonamento controllato")
        },
        PolicyDraft {
            ombra: true,
            nota: "Prima si guarda che cosa verrebbe rifiutato, poi si decide.".to_owned(),
            ..named("OSSERVAZIONE", "Solo osservazione")
        },
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_policy_of_the_sample_makes_sense() {
        for draft in super::drafts() {
            assert!(draft.check().is_ok(), "{}", draft.codice);
        }
    }
}
