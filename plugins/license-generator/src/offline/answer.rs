//! Answers a request of a machine without a network: once, and with the very function that gives a
//! seat to a machine that asks itself.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Actor, Cx, Fault, Idempotency, Problem, hex};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::deactivate;
use super::request::Request;
use crate::api::{Trail, key_hash};
use crate::clients::{Activated, Asked, Facts, activate};
use crate::domain::claims::{TOKEN_TYPE, claims};
use crate::domain::decision::Question;
use crate::domain::device::Activation;
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::offline::{Action, answer_text, confirmation_code};
use crate::domain::refusal::Refusal;
use crate::store::licences::Found;
use crate::store::log::{self, KeyKind};
use crate::store::offline::{self, Answer, NewRequest};
use crate::{store, story};

/// Separates sealed answers from everything else that is sealed.
const SEAL_PURPOSE: &str = "offline-answer";
/// Separates keyed hashes of confirmation codes.
const CODE_PURPOSE: &str = "offline-code";

/// What a machine gets; like everything that holds a key, not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Written {
    /// The computer key.
    pub(crate) computer_key: String,
    /// The token of the device, if its licence gives one.
    pub(crate) token: Option<String>,
}

impl Written {
    /// The text that is carried to the machine.
    pub(crate) fn text(&self) -> String {
        answer_text(&self.computer_key, self.token.as_deref())
    }
}

/// A request that was answered.
pub(crate) struct Answered {
    /// Its id.
    pub(crate) request_id: String,
    /// The seat that was taken or freed.
    pub(crate) activation_id: String,
    /// What the machine gets; nothing where it gave its seat back.
    pub(crate) written: Option<(Written, i64)>,
}

/// A request with everything that is looked up for it.
pub(super) struct Case<'a> {
    pub(super) cx: &'a Cx,
    pub(super) request: &'a Request,
    pub(super) asked: Asked,
    pub(super) trail: Trail,
    pub(super) nonce_hash: String,
    pub(super) idempotency_hash: Option<String>,
    pub(super) found: Found,
}

/// Answers `request`. A second time is a conflict, unless it comes with the Idempotency-Key of the
/// first: then the answer is the same.
pub(crate) async fn answer(
    cx: &Cx,
    request: &Request,
    idempotency: &Idempotency,
) -> Result<Answered, Problem> {
    let key = request.key()?;
    let key_hash = key_hash(cx, key).await?;
    let asked = request.asked()?;
    let trail = trail(cx, request, &asked);
    let Some(found) = asked.by_key(cx, &key_hash).await? else {
        let line = trail.entry(cx, None, Refusal::UnknownKey.code());
        cx.write_behind(line.insertion()).await?;
        return Err(Refusal::UnknownKey.into());
    };
    let nonce_hash = nonce_hash(&found.licence, request);
    let idempotency_hash = idempotency.key().map(|key| digest(&format!("{key_hash}:{key}")));
    let case = Case { cx, request, asked, trail, nonce_hash, idempotency_hash, found };
    if let Some(known) = offline::by_nonce(&cx.db(), &case.nonce_hash).await? {
        return case.again(known).await;
    }
    let done = match request.action {
        Action::Disattiva => deactivate::by_request(&case).await,
        Action::Attiva | Action::Rinnova => case.activate(key).await,
    };
    match done {
        // Two at once: the other one was faster.
        Err(problem) if problem.fault().is_some_and(|fault| fault.is_unique(offline::TABLE)) => {
            let known = offline::by_nonce(&cx.db(), &case.nonce_hash).await?;
            match known {
                Some(known) => case.again(known).await,
                None => Err(problem),
            }
        }
        done => done,
    }
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// What a request is known by when it comes again: another licence's nonce is another one.
pub(super) fn nonce_hash(licence: &Licence, request: &Request) -> String {
    digest(&format!("{}:{}", licence.licence_id, request.nonce))
}

fn trail(cx: &Cx, request: &Request, asked: &Asked) -> Trail {
    let action = match request.action {
        Action::Attiva | Action::Rinnova => log::Action::Attiva,
        Action::Disattiva => log::Action::Disattiva,
    };
    let mut trail = Trail::of(cx, action, KeyKind::Activation);
    if let Some(device) = &asked.device {
        trail = trail.device(device.fingerprint.as_str(), &device.name);
    }
    if let Some(user) = &asked.user {
        trail = trail.user(&user.name);
    }
    trail
}

impl Case<'_> {
    /// The row that remembers the request, to be written with what it does.
    pub(super) fn row(&self, request_id: &str, activation_id: Option<&str>) -> Batch {
        let licence = &self.found.licence;
        let device = self.asked.device.as_ref();
        let by = story::who(self.cx.caller());
        let row = offline::insertion(&NewRequest {
            request_id,
            licence_id: &licence.licence_id,
            organisation_id: &licence.organisation_id,
            activation_id,
            nonce_hash: &self.nonce_hash,
            action: self.request.action.as_str(),
            device_name: device.map_or("", |device| device.name.as_str()),
            platform: device.map_or("", |device| device.platform.as_str()),
            at: self.cx.now(),
            by: &by,
            idempotency_hash: self.idempotency_hash.as_deref(),
        });
        let batch = Batch::new().and(row);
        if self.cx.caller().actor == Actor::Anonymous {
            // A machine's own call leaves its line in the log of activations, like every other.
            return batch;
        }
        batch.audit(
            Audit::of("offline_request.answered", request_id)
                .named(format!("{} {}", licence.product_name, licence.key_hint))
                .in_organisation(&licence.organisation_id)
                .after(json!({
                    "licence": licence.licence_id,
                    "action": self.request.action.as_str(),
                    "device": device.map_or("", |device| device.name.as_str()),
                })),
        )
    }

    async fn activate(&self, key: ActivationKey) -> Result<Answered, Problem> {
        if self.request.action == Action::Rinnova {
            let found = self.found.clone();
            let facts = Facts::gather(self.cx, found, &self.asked, Question::Validation).await?;
            if !facts.has_seat() {
                return Err(Refusal::NotActivated.into());
            }
        }
        let request_id = self.cx.fresh_id();
        let with = self.row(&request_id, None);
        let done = activate(self.cx, key, &self.asked, &self.trail, &with).await;
        let activated = done.map_err(|problem| explained(self.cx, problem))?;
        self.write(request_id, activated).await
    }

    /// Writes the answer and keeps it. Of two that try, one does.
    async fn write(&self, request_id: String, activated: Activated) -> Result<Answered, Problem> {
        let cx = self.cx;
        let Activated { licence, activation, token } = activated;
        let activation_id = activation.activation_id.clone();
        let (written, trusted_until) = self.sign(&licence, &activation, token).await?;
        let code = confirmation_code(&written.computer_key, &activation_id);
        let code_hash = code_hash(cx, &code).await?;
        let plain = serde_json::to_vec(&written).map_err(Fault::from)?;
        let answer = Answer {
            activation_id: &activation_id,
            at: cx.now(),
            trusted_until,
            sealed: cx.seal(SEAL_PURPOSE, &plain).await?,
            code_hash: &code_hash,
        };
        let batch = Batch::new().and(offline::answering(&request_id, answer));
        match cx.db().batch(batch).await {
            Err(fault) if fault.is_mismatch(offline::ANSWER) => Err(used(cx, cx.now())),
            done => {
                done?;
                let written = Some((written, trusted_until));
                Ok(Answered { request_id, activation_id, written })
            }
        }
    }

    async fn sign(
        &self,
        licence: &Licence,
        activation: &Activation,
        token: Option<String>,
    ) -> Result<(Written, i64), Fault> {
        let mut claims = claims(licence, activation, self.cx.now());
        claims.insert("non".to_owned(), Value::from(self.request.nonce.as_str()));
        let trusted_until = claims.get("exp").and_then(Value::as_i64).unwrap_or_default();
        let computer_key = self.cx.sign(TOKEN_TYPE, claims).await?;
        Ok((Written { computer_key, token }, trusted_until.saturating_mul(1000)))
    }

    /// A request that came before.
    async fn again(&self, known: offline::Request) -> Result<Answered, Problem> {
        let is_retry =
            self.idempotency_hash.is_some() && known.idempotency_hash == self.idempotency_hash;
        let is_unanswered =
            known.trusted_until.is_none() && self.request.action != Action::Disattiva;
        if is_unanswered {
            // It took its seat, and something failed before the answer was written.
            let key = self.request.key()?;
            let done = activate(self.cx, key, &self.asked, &self.trail, &Batch::new()).await;
            let activated = done.map_err(|problem| explained(self.cx, problem))?;
            return self.write(known.request_id, activated).await;
        }
        if !is_retry {
            return Err(used(self.cx, known.created_at));
        }
        let written = written(self.cx, &known).await?;
        Ok(Answered {
            request_id: known.request_id,
            activation_id: known.activation_id.unwrap_or_default(),
            written: written.zip(known.trusted_until),
        })
    }
}

/// What was written for a request; none for a deactivation, and once it was erased.
pub(crate) async fn written(
    cx: &Cx,
    known: &store::offline::Request,
) -> Result<Option<Written>, Fault> {
    if known.answer_sealed.is_empty() {
        return Ok(None);
    }
    let plain = cx.open(SEAL_PURPOSE, &known.answer_sealed).await?;
    serde_json::from_slice(&plain).map(Some).map_err(Fault::from)
}

/// What a confirmation code is compared by, in hexadecimal.
pub(super) async fn code_hash(cx: &Cx, code: &str) -> Result<String, Fault> {
    Ok(hex(&cx.mac(CODE_PURPOSE, code.as_bytes()).await?))
}

fn used(cx: &Cx, at: i64) -> Problem {
    Problem::conflict("richiesta_gia_usata")
        .member("quando", plugin_api::time::rfc3339(at))
        .argument("at", cx.lang().instant(at))
}

/// The same problem in words for who has no network.
pub(super) fn explained(cx: &Cx, problem: Problem) -> Problem {
    if problem.codice() == Refusal::UseSeats.code() {
        return problem.detail(cx.lang().t("offline-floating"));
    }
    problem
}
