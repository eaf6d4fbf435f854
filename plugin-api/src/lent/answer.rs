//! How a host reads the payload of a call by name and answers it; plugins never need this.

use axum::body::Body;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::keys::Bytes;
use crate::Fault;

/// What a call by name comes to: a JSON payload and maybe a body.
pub type Answer = Result<(Vec<u8>, Body), Fault>;

/// Reads a payload.
pub fn read<T: DeserializeOwned>(payload: &[u8]) -> Result<T, Fault> {
    Ok(serde_json::from_slice(payload)?)
}

/// Answers a value.
pub fn answer(value: &(impl Serialize + ?Sized)) -> Answer {
    Ok((serde_json::to_vec(value)?, Body::empty()))
}

/// Answers bytes.
pub fn bytes_answer(bytes: &[u8]) -> Answer {
    answer(&Bytes { bytes: bytes.to_vec() })
}
