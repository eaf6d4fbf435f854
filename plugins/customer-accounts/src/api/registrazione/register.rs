//! `POST /api/clienti/registrazione`: somebody registers.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::response::{IntoResponse, Response};
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Fault, FieldProblem, Idempotency, Json, Problem, Tx, hex};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StatoRegistrazione, hash};
use crate::api::dati::{DatiIndirizzo, pointer};
use crate::domain::{Draft, Master, Refusal};
use crate::registration::{CODE_PURPOSE, REGISTER, Register, origin, spend};
use crate::rules::LONGEST_CODE;

/// What who registers tells of himself.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "ragione_sociale": "Rossi Meccanica S.r.l.", "partita_iva": "12345678903",
    "email": "acquisti@rossi.example", "telefono": "+39 02 1234567",
    "indirizzo": {"via": "Via Roma 1", "cap": "20121", "citta": "Milano", "provincia": "MI",
        "paese": "IT"},
    "codice_rivenditore": "NORD-1", "prodotto": "STUDIO-PRO", "lingua": "it"
}))]
pub(super) struct Registrazione {
    /// Company name, or the name of a person. At most 200 characters.
    ragione_sociale: String,
    /// VAT number; its check digit is verified when `paese` is `IT`.
    partita_iva: Option<String>,
    /// Tax code; its check letter is verified when `paese` is `IT`.
    codice_fiscale: Option<String>,
    /// Where he reads mails.
    email: String,
    /// Telephone.
    telefono: Option<String>,
    /// Address.
    #[serde(default)]
    indirizzo: DatiIndirizzo,
    /// The code his reseller gave him. One that nobody has is no mistake: the vendor receives.
    codice_rivenditore: Option<String>,
    /// Code of the product he wants.
    prodotto: Option<String>,
    /// Notes. At most 4,000 characters.
    note: Option<String>,
    /// Language of mails: `en` or `it`.
    lingua: Option<String>,
}

/// A registration that was taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Registrato {
    /// Its id, which becomes that of the customer.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000001")]
    id: String,
    /// Always `in_attesa`.
    stato: StatoRegistrazione,
    /// What to ask with: told only here, kept only as a hash.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015")]
    codice_consultazione: String,
}

/// Register
///
/// Needs no credential. With an `Idempotency-Key`, the same request sent again within 24 hours
/// registers nobody twice and gets the first answer.
#[utoipa::path(
    post,
    path = "/api/clienti/registrazione",
    tag = "registrazione",
    params(Idempotency),
    request_body = Registrazione,
    responses(
        (status = 201, description = "Taken: it waits to be validated", body = Registrato,
            headers(("Location" = String, description = "Where to ask"))),
        (status = 409, description = "`idempotency_in_flight`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`, `idempotency_key_reused`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`: too many registrations from this \
            address in this hour",
            body = ProblemBody, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds"))),
    )
)]
pub(super) async fn register(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<Registrazione>,
) -> Result<Response, Problem> {
    let asked = checked(body.clone())?;
    // Nobody is known here, so a key belongs to where it came from: its answer is a secret.
    let request = (origin(&cx), &body);
    let (status, kept) = cx
        .once(&idempotency, &request, |tx| {
            let asked = asked.clone();
            async move { Ok((StatusCode::CREATED, taken(&tx, asked).await?)) }
        })
        .await?;
    let code = cx.open(CODE_PURPOSE, &kept.code_sealed).await?;
    let location = format!("/api/clienti/registrazione/{}", kept.id);
    let registered = Registrato {
        id: kept.id,
        stato: StatoRegistrazione::InAttesa,
        codice_consultazione: String::from_utf8(code).map_err(Fault::internal)?,
    };
    let headers = [(LOCATION, location), (CACHE_CONTROL, "no-store".to_owned())];
    Ok((status, headers, Json(registered)).into_response())
}

/// An answer as it is kept for a repetition: the code in it cannot be read from the database.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: String,
    code_sealed: Vec<u8>,
}

async fn taken(tx: &Tx, asked: Register) -> Result<Kept, Problem> {
    spend(tx).await?;
    let code = hex(&tx.random::<16>());
    let code_hash = hash(tx, &code).await?;
    let code_sealed = tx.seal(CODE_PURPOSE, code.as_bytes()).await?;
    let registered = tx.service_unscoped(&REGISTER, &Register { code_hash, ..asked }).await?;
    Ok(Kept { id: registered.customer_id, code_sealed })
}

fn checked(body: Registrazione) -> Result<Register, Problem> {
    let text = |text: Option<String>| text.unwrap_or_default().trim().to_owned();
    let DatiIndirizzo { via, cap, citta, provincia, paese, .. } = body.indirizzo;
    let draft = Draft::default();
    let draft = Draft {
        master: Master {
            name: body.ragione_sociale,
            vat_number: text(body.partita_iva),
            tax_code: text(body.codice_fiscale),
            email: body.email,
            phone: text(body.telefono),
            address: text(via),
            postal_code: text(cap),
            city: text(citta),
            province: text(provincia),
            country: paese.unwrap_or_else(|| draft.master.country.clone()),
            language: text(body.lingua),
            notes: text(body.note),
            ..draft.master
        },
        ..draft
    };
    let mut wrong: Vec<FieldProblem> = draft
        .clone()
        .check()
        .err()
        .unwrap_or_default()
        .iter()
        .map(|Refusal { field, key }| FieldProblem::new(pointer(field), *key))
        .collect();
    if draft.master.email.trim().is_empty() {
        wrong.push(FieldProblem::new("/email", "field-required"));
    }
    let (reseller_code, product) = (text(body.codice_rivenditore), text(body.prodotto));
    for (at, code) in [("/codice_rivenditore", &reseller_code), ("/prodotto", &product)] {
        if code.chars().count() > LONGEST_CODE {
            wrong.push(FieldProblem::new(at, "field-too-long"));
        } else if code.chars().any(char::is_control) {
            wrong.push(FieldProblem::new(at, "field-control"));
        }
    }
    if !wrong.is_empty() {
        return Err(Problem::validation(wrong));
    }
    Ok(Register { draft, reseller_code, product, code_hash: String::new() })
}
