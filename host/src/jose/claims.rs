//! Claims read with their types; each is required.

use serde_json::Value;

use super::Claims;

/// A claim that is missing or of another type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the claim {0:?} is missing or of the wrong type")]
pub struct ClaimError(pub &'static str);

/// The text of the claim `name`; never empty.
pub fn text(claims: &Claims, name: &'static str) -> Result<String, ClaimError> {
    match claims.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
        _ => Err(ClaimError(name)),
    }
}

/// The instant of the claim `name`: whole seconds in the token, unix milliseconds here.
pub fn instant(claims: &Claims, name: &'static str) -> Result<i64, ClaimError> {
    claims
        .get(name)
        .and_then(Value::as_i64)
        .filter(|seconds| *seconds >= 0)
        .and_then(|seconds| seconds.checked_mul(1000))
        .ok_or(ClaimError(name))
}

/// The whole number of the claim `name`.
pub fn number(claims: &Claims, name: &'static str) -> Result<u64, ClaimError> {
    claims.get(name).and_then(Value::as_u64).ok_or(ClaimError(name))
}

/// The list of texts of the claim `name`; it may be empty.
pub fn texts(claims: &Claims, name: &'static str) -> Result<Vec<String>, ClaimError> {
    let Some(Value::Array(values)) = claims.get(name) else { return Err(ClaimError(name)) };
    values
        .iter()
        .map(|value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
        .collect::<Option<_>>()
        .ok_or(ClaimError(name))
}
