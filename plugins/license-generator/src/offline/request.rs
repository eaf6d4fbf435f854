//! Reads what a machine without a network asks, however it was carried here: the long text, the short
//! one that is typed, JSON, or the address of a QR code around any of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use plugin_api::{FieldProblem, Problem};
use serde::Deserialize;
use serde_json::Value;

use crate::api::bodies::DeviceBody;
use crate::api::{Program, asked};
use crate::clients::Asked;
use crate::domain::key::ActivationKey;
use crate::domain::offline::{Action, REQUEST_MARK, Short, crc32};
use crate::domain::refusal::Refusal;
use crate::store::log::KeyKind;

/// Longest request that is looked at, bytes.
pub(crate) const LONGEST: usize = 16 * 1024;
/// Characters of the checksum at the end of a long request.
const CHECK: usize = 8;

/// What a machine asks, as it writes it; like everything that holds a key, not `Debug`.
#[derive(Deserialize)]
pub(crate) struct Request {
    /// What it asks for.
    #[serde(rename = "azione")]
    pub(crate) action: Action,
    #[serde(rename = "chiave_licenza")]
    key: String,
    /// The device.
    #[serde(rename = "dispositivo")]
    pub(crate) device: DeviceBody,
    #[serde(rename = "utente")]
    user: Option<String>,
    #[serde(rename = "prodotto")]
    product: Option<String>,
    #[serde(rename = "versione")]
    version: Option<String>,
    /// What makes it this request.
    pub(crate) nonce: String,
    /// The confirmation code, where a seat is given back.
    #[serde(rename = "codice")]
    pub(crate) code: Option<String>,
}

impl Request {
    /// Reads any form of a request; 400 that says whether it is none or was mistyped, 422 with the
    /// fields that are wrong.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        let unreadable = || Problem::malformed("richiesta_non_valida");
        if text.len() > LONGEST {
            return Err(unreadable());
        }
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.starts_with('{') {
            let value: Value = serde_json::from_str(text).map_err(|_| unreadable())?;
            return match value.get("richiesta").and_then(Value::as_str) {
                // Text inside JSON, never JSON inside JSON inside JSON.
                Some(inner) if !inner.trim_start().starts_with('{') => Self::read(inner),
                _ => Self::of(value),
            };
        }
        let compact: String = text.chars().filter(|letter| !is_blank(*letter)).collect();
        if let Some(body) = after_mark(&compact) {
            return Self::long(body);
        }
        match Short::parse(&compact) {
            None => Err(unreadable()),
            Some(None) => Err(mistyped()),
            Some(Some(short)) => Ok(Self::short(short)),
        }
    }

    fn long(body: &str) -> Result<Self, Problem> {
        let (payload, rest) = body.split_once('.').ok_or_else(mistyped)?;
        let (check, rest) = rest.split_at_checked(CHECK).ok_or_else(mistyped)?;
        let is_whole = rest.is_empty() || rest.starts_with(['&', '#']);
        let right = format!("{:08X}", crc32(payload.as_bytes()));
        if !is_whole || !check.eq_ignore_ascii_case(&right) {
            return Err(mistyped());
        }
        let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('='));
        let value = bytes.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self::of(value.ok_or_else(|| Problem::malformed("richiesta_non_valida"))?)
    }

    fn short(short: Short) -> Self {
        let device = DeviceBody {
            impronta: Value::from(short.fingerprint),
            nome: None,
            piattaforma: None,
            gettone: None,
        };
        let Short { key, action, nonce, .. } = short;
        Self { action, key, device, user: None, product: None, version: None, nonce, code: None }
    }

    fn of(value: Value) -> Result<Self, Problem> {
        if value.get("v").is_some_and(|version| *version != 1) {
            return Err(Problem::malformed("richiesta_non_valida"));
        }
        let request: Self = serde_json::from_value(value).map_err(|error| {
            Problem::validation(vec![FieldProblem::new("/richiesta", error.to_string())])
        })?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if !(7..=64).contains(&request.nonce.len()) || !request.nonce.chars().all(plain) {
            return Err(Problem::validation(vec![FieldProblem::new("/nonce", "offline-nonce")]));
        }
        Ok(request)
    }

    /// The activation key, or the refusal of one that is none.
    pub(crate) fn key(&self) -> Result<ActivationKey, Problem> {
        ActivationKey::parse(&self.key).ok_or_else(|| Refusal::InvalidKey.into())
    }

    /// What the machine says of itself, or 422 with the fields that are wrong.
    pub(crate) fn asked(&self) -> Result<Asked, Problem> {
        let program = Program::read(self.product.as_ref(), self.version.as_ref())?;
        asked(KeyKind::Activation, Some(&self.device), self.user.as_ref(), program)
    }
}

fn mistyped() -> Problem {
    Problem::malformed("richiesta_errore_battitura")
}

/// Blanks and line ends a mail or a terminal put in, and characters nobody sees.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What follows the mark of a long request, wherever it stands: alone, or in an address.
fn after_mark(text: &str) -> Option<&str> {
    let at = text.to_ascii_uppercase().find(REQUEST_MARK)?;
    text.get(at + REQUEST_MARK.len()..)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &Value) -> String {
        let payload = URL_SAFE_NO_PAD.encode(value.to_string());
        format!("L1Q.{payload}.{:08x}", crc32(payload.as_bytes()))
    }

    fn sent() -> Value {
        json!({"v": 1, "azione": "attiva", "chiave_licenza": "K", "nonce": "abcdefgh12345678",
            "dispositivo": {"impronta": "pc-1", "nome": "Ufficio"}})
    }

    fn code(text: &str) -> String {
        match Request::read(text) {
            Ok(_) => String::new(),
            Err(problem) => problem.codice().to_owned(),
        }
    }

    #[test]
    fn the_same_request_is_read_however_it_was_carried() {
        let long = text(&sent());
        let lines = long.as_bytes().chunks(30).map(String::from_utf8_lossy);
        let broken = format!(" {}\r\n", lines.collect::<Vec<_>>().join("\r\n "));
        let forms = [
            long.clone(),
            broken,
            format!("https://licenze.example/crm/offline?r={long}&x=1"),
            format!("\u{feff}{}", json!({ "richiesta": long })),
            sent().to_string(),
        ];
        for form in forms {
            let read = Request::read(&form).unwrap_or_else(|_| panic!("{form}"));
            assert_eq!(read.nonce, "abcdefgh12345678");
            assert_eq!(read.device.nome.as_deref(), Some("Ufficio"));
        }
    }

    #[test]
    fn typing_errors_are_told_from_what_is_no_request() {
        let long = text(&sent());
        for at in 4..long.len() - 9 {
            let mut typed = long.clone().into_bytes();
            typed[at] = if typed[at] == b'x' { b'y' } else { b'x' };
            let typed = String::from_utf8(typed).expect("ascii");
            assert_eq!(code(&typed), "richiesta_errore_battitura", "{typed}");
        }
        assert_eq!(code(&long[..long.len() - 3]), "richiesta_errore_battitura");
        assert_eq!(code(&format!("{long}ab")), "richiesta_errore_battitura");
        for none in ["", "ciao", "{", "[1]", &"x".repeat(20_000), &text(&json!({"v": 2}))] {
            assert_eq!(code(none), "richiesta_non_valida", "{none}");
        }
    }

    #[test]
    fn fields_that_are_wrong_are_named() {
        let mut wrong = sent();
        wrong["nonce"] = json!("a b");
        assert_eq!(code(&text(&wrong)), "validation");
        wrong["nonce"] = json!(7);
        assert_eq!(code(&text(&wrong)), "validation");
        let nested = json!({ "richiesta": json!({ "richiesta": "x" }).to_string() });
        assert_eq!(code(&nested.to_string()), "validation");
    }
}
