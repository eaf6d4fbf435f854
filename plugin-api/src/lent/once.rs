//! `Idempotency-Key`: the same request twice writes once and is answered alike.

use axum::extract::FromRequestParts;
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::{IntoParams, PartialSchema as _};

use crate::cx::Tx;
use crate::{Cx, Fault, Problem};

/// The header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07), if it was sent.
#[derive(Debug, Clone, Default)]
pub struct Idempotency(Option<String>);

impl Idempotency {
    /// Another key (ASCII, at most 255 characters) made of this one, for callers nobody knows: two
    /// that happen to choose the same key do not meet if what their credential names goes in.
    #[must_use]
    pub fn map(self, make: impl FnOnce(String) -> String) -> Self {
        Self(self.0.map(make))
    }

    /// The key, if one was sent, for who keeps his answers himself.
    pub fn key(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl IntoParams for Idempotency {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("The same key within 24 hours does it once and is answered alike."))
            .schema(Some(String::schema()));
        vec![parameter.build()]
    }
}

impl<S: Sync> FromRequestParts<S> for Idempotency {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(header) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        let key = header.to_str().unwrap_or_default().trim_matches('"');
        if key.is_empty() || key.len() > 255 {
            return Err(Problem::malformed("idempotency_key"));
        }
        Ok(Self(Some(key.to_owned())))
    }
}

/// Claims a key, or asks what it was answered with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OnceRequest {
    /// The key.
    pub key: String,
    /// The request in a canonical form; the host keeps only its hash.
    pub request: String,
    /// The answer to keep; `None` when claiming.
    pub answer: Option<StoredAnswer>,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// HTTP status.
    pub status: u16,
    /// JSON body as text.
    pub body: String,
}

/// What the host says of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnceState {
    /// Never seen; claimed by this transaction.
    Fresh,
    /// Answered before, same request.
    Answered(StoredAnswer),
    /// Used for another request.
    Different,
    /// Being answered right now.
    InFlight,
}

impl Cx {
    /// Runs `work` in a transaction, once per `Idempotency-Key` and caller: a repetition within 24 h
    /// gets the first answer, the same key for another `request` is 422, one in flight 409.
    pub async fn once<A, R, W, F>(
        &self,
        idempotency: &Idempotency,
        request: &R,
        mut work: W,
    ) -> Result<(StatusCode, A), Problem>
    where
        A: Serialize + DeserializeOwned,
        R: Serialize + ?Sized,
        W: FnMut(Tx) -> F,
        F: Future<Output = Result<(StatusCode, A), Problem>>,
    {
        let Some(key) = &idempotency.0 else { return self.transaction(work).await };
        let request = serde_json::to_string(request).map_err(Fault::from)?;
        self.transaction(|tx| {
            let mut asked =
                OnceRequest { key: key.clone(), request: request.clone(), answer: None };
            let outcome = work(tx.clone());
            async move {
                match tx.ask("once", &asked).await? {
                    OnceState::Answered(answer) => {
                        let body = serde_json::from_str(&answer.body).map_err(Fault::from)?;
                        return Ok((StatusCode::from_u16(answer.status).unwrap_or_default(), body));
                    }
                    OnceState::Different => {
                        return Err(Problem::unprocessable("idempotency_key_reused"));
                    }
                    OnceState::InFlight => return Err(Problem::conflict("idempotency_in_flight")),
                    OnceState::Fresh => {}
                }
                let (status, answer) = outcome.await?;
                let body = serde_json::to_string(&answer).map_err(Fault::from)?;
                asked.answer = Some(StoredAnswer { status: status.as_u16(), body });
                tx.ask::<OnceState>("once", &asked).await?;
                Ok((status, answer))
            }
        })
        .await
    }
}
