//! Why a device is let in or refused: the very rules of the calls, asked without writing anything.

use plugin_api::time::rfc3339;
use plugin_api::{Cx, Fault, Lang, Problem};
use serde_json::{Value as Json, json};

use super::facts::{Asked, Facts};
use crate::domain::decision::{Case, Check, Question, Step};
use crate::domain::licence::Licence;
use crate::domain::verdict::Verdict;
use crate::seats::{By, seated};
use crate::store;
use crate::store::licences::Found;

/// What would happen to a request, and rule by rule why.
#[derive(Debug)]
pub(crate) struct Trace {
    /// What would be decided.
    pub(crate) verdict: Verdict,
    /// What each rule says.
    pub(crate) steps: Vec<Told>,
}

/// What one rule says.
#[derive(Debug)]
pub(crate) struct Told {
    /// The rule.
    pub(crate) step: Step,
    /// How it turned out.
    pub(crate) check: Check,
    /// What it looked at, by name.
    pub(crate) facts: Vec<(&'static str, Json)>,
}

impl Told {
    /// How it turned out, in words.
    pub(crate) fn sentence(&self, lang: &Lang) -> String {
        match self.check {
            Check::NotAsked => lang.t("step-not-asked"),
            Check::Passed => lang.t("step-passed"),
            Check::Refused(refusal) => Problem::from(refusal).sentence(lang),
        }
    }
}

/// What would happen to a device now: first when it is validated, then when it is activated.
pub(crate) async fn explain(
    cx: &Cx,
    licence: &Licence,
    asked: &Asked,
) -> Result<[(Question, Trace); 2], Fault> {
    let validation = trace(cx, licence, asked, Question::Validation).await?;
    let activation = trace(cx, licence, asked, Question::Activation).await?;
    Ok([(Question::Validation, validation), (Question::Activation, activation)])
}

async fn trace(
    cx: &Cx,
    licence: &Licence,
    asked: &Asked,
    question: Question,
) -> Result<Trace, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let hash = asked.seat_hash(licence);
    let activation = match &hash {
        Some(hash) => store::activations::of_device(&db, scope, &licence.licence_id, hash).await?,
        None => None,
    };
    let found = Found { licence: licence.clone(), activation };
    let found = seated(cx, found, By::Device(hash.as_deref().unwrap_or_default())).await?;
    let mut facts = Facts::gather(cx, found, asked, question).await?;
    facts.believe_token();
    let case = facts.case(asked, question, cx.now());
    let told = |step: Step| Told { step, check: step.check(&case), facts: looked_at(step, &case) };
    Ok(Trace {
        verdict: Verdict::of(licence, case.refusal()),
        steps: Step::ALL.into_iter().map(told).collect(),
    })
}

/// What a rule looks at, with names as in the answers of the API.
fn looked_at(step: Step, case: &Case<'_>) -> Vec<(&'static str, Json)> {
    let licence = case.licence;
    let people = case.people;
    match step {
        Step::Product => vec![
            ("prodotto", json!(licence.product_code)),
            ("prodotto_chiesto", json!(case.program.product())),
        ],
        Step::Version => {
            let minor = licence.version_minor.map_or_else(|| "*".to_owned(), |n| n.to_string());
            vec![
                ("versione", json!(format!("{}.{minor}", licence.version_major))),
                ("versione_chiesta", json!(case.program.version())),
            ]
        }
        Step::State => vec![
            ("stato", json!(licence.state(case.now).wire())),
            ("inizio", json!(rfc3339(licence.starts_at))),
            ("scadenza", json!(licence.expires_at.map(rfc3339))),
        ],
        Step::Binding => vec![("associazione", json!(licence.binding.wire()))],
        Step::Person => {
            let asking = people.and_then(|people| people.asking.as_ref());
            vec![("utente", json!(asking.map(|user| &user.name)))]
        }
        Step::Seat | Step::Token => {
            let seat = case.seat;
            vec![
                ("dispositivo", json!(seat.map(crate::domain::device::Activation::title))),
                ("attivata", json!(seat.map(|seat| rfc3339(seat.activated_at)))),
                ("disattivata", json!(seat.and_then(|seat| seat.deactivated_at).map(rfc3339))),
            ]
        }
        Step::People => vec![
            ("utenti_attivi", json!(people.map(|people| people.active))),
            ("utenti_massimi", json!(licence.users_limit())),
        ],
        Step::Transfers => vec![
            ("trasferimenti", json!(case.transfers.map(|transfers| transfers.counted))),
            ("trasferimenti_massimi", json!(licence.conditions.transfers_max)),
            ("giorni", json!(licence.conditions.transfer_days)),
        ],
        Step::Devices => vec![
            ("dispositivi_usati", json!(licence.devices_used)),
            ("dispositivi_massimi", json!(licence.devices_max)),
            ("dispositivi_limite", json!(licence.devices_limit)),
        ],
    }
}
