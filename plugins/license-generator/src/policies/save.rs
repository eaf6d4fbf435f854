//! Keeps a policy: a new version of it, and the run that applies it if that was asked.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FieldProblem, Problem, Scope};
use serde_json::{Value, json};

use super::{apply, read};
use crate::domain::policy_draft::PolicyDraft;
use crate::store::policies::{self as store, Stored, Version};
use crate::{store as stores, story};

/// A policy that was kept.
#[derive(Debug)]
pub(crate) struct Saved {
    /// Its id.
    pub(crate) policy_id: String,
    /// The run that applies it.
    pub(crate) run_id: Option<String>,
}

/// Why it was not.
#[derive(Debug)]
pub(crate) enum NotSaved {
    /// These fields are wrong.
    Wrong(Vec<FieldProblem>),
    /// Somebody changed it meanwhile.
    Stale,
    /// Something failed.
    Failed(Problem),
}

impl<E: Into<Problem>> From<E> for NotSaved {
    fn from(failed: E) -> Self {
        Self::Failed(failed.into())
    }
}

/// The policy that `draft` asks for, in the version it would get. A policy that is known keeps its
/// code and product: licences name them.
pub(crate) async fn wanted(
    cx: &Cx,
    known: Option<&Stored>,
    draft: &PolicyDraft,
) -> Result<Stored, NotSaved> {
    let mut draft = draft.clone();
    if let Some(known) = known {
        draft.codice.clone_from(&known.code);
    }
    let checked = draft.check();
    let product = match (known, draft.prodotto.as_deref().map(str::trim)) {
        (None, Some(code)) if !code.is_empty() => {
            let product = stores::products::by_code(&cx.db(), code).await?;
            let Some(product) = product else {
                let mut errors = checked.err().unwrap_or_default();
                errors.push(FieldProblem::new("/prodotto", "field-option"));
                return Err(NotSaved::Wrong(errors));
            };
            Some(product)
        }
        _ => None,
    };
    let document = checked.map_err(NotSaved::Wrong)?;
    let mut stored = known.cloned().unwrap_or_else(|| Stored {
        policy_id: cx.fresh_id(),
        code: draft.codice.clone(),
        name: String::new(),
        product_id: product.as_ref().map(|product| product.product_id.clone()),
        product_code: product.as_ref().map(|product| product.code.clone()),
        product_name: product.map(|product| product.name),
        default_of: None,
        version: 0,
        updated_at: cx.now(),
        document: document.clone(),
    });
    draft.nome.trim().clone_into(&mut stored.name);
    stored.default_of = draft.predefinita.then(|| stored.default_key().to_owned());
    stored.document = document;
    stored.version += 1;
    Ok(stored)
}

/// Keeps what `draft` asks for. The same as it is makes no version.
pub(crate) async fn save(
    cx: &Cx,
    known: Option<&Stored>,
    draft: &PolicyDraft,
) -> Result<Saved, NotSaved> {
    // Policies are the vendor's: who looks at a branch sees none, and makes none.
    if *cx.scope() != Scope::everything() {
        return Err(Problem::forbidden().into());
    }
    let mut policy = wanted(cx, known, draft).await?;
    let changes = known.is_none_or(|known| {
        (&known.name, &known.default_of, &known.document)
            != (&policy.name, &policy.default_of, &policy.document)
    });
    let mut batch = if changes {
        let version = version(cx, &policy, draft);
        let batch = match known {
            None => store::insertion(&policy, &version),
            Some(_) => store::update(cx.scope(), &policy, &version),
        };
        batch.audit(audit(known, &policy, draft))
    } else {
        policy.version -= 1;
        Batch::new()
    };
    let mut run_id = None;
    if draft.applica {
        let (run, with_run) = apply::starting(cx, &policy, batch).await?;
        run_id = Some(run);
        batch = with_run;
    } else if !changes {
        return Ok(Saved { policy_id: policy.policy_id, run_id });
    }
    match cx.db().batch(batch).await {
        Ok(_) => Ok(Saved { policy_id: policy.policy_id, run_id }),
        Err(fault) => Err(not_saved(fault, known.is_some())),
    }
}

fn not_saved(fault: Fault, is_known: bool) -> NotSaved {
    if fault.is_mismatch("policy") || (is_known && fault.is_unique("license_generator_policy")) {
        return NotSaved::Stale;
    }
    // Somebody else made another policy the default in the same moment.
    if fault.is_unique("default") {
        return NotSaved::Stale;
    }
    if fault.is_unique("license_generator_policy") {
        return NotSaved::Wrong(vec![FieldProblem::new("/codice", "field-taken")]);
    }
    NotSaved::Failed(fault.into())
}

fn version(cx: &Cx, policy: &Stored, draft: &PolicyDraft) -> Version {
    Version {
        version_id: cx.fresh_id(),
        policy_id: policy.policy_id.clone(),
        version: policy.version,
        name: policy.name.clone(),
        document: policy.document.clone(),
        note: draft.nota.trim().to_owned(),
        created_at: cx.now(),
        created_by: story::who(cx.caller()),
    }
}

fn audit(known: Option<&Stored>, policy: &Stored, draft: &PolicyDraft) -> Audit {
    let action = if known.is_some() { "policy.updated" } else { "policy.created" };
    let audit = Audit::of(action, &policy.policy_id).named(&policy.name).after(json!({
        "policy": told(policy),
        "note": draft.nota.trim(),
        "applied": draft.applica,
    }));
    match known {
        Some(known) => audit.before(json!({ "policy": told(known) })),
        None => audit,
    }
}

fn told(policy: &Stored) -> Value {
    let mut told = serde_json::to_value(read::stored(policy)).unwrap_or_default();
    told["version"] = policy.version.into();
    told
}
