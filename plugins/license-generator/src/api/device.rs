//! Reads what a client says of its device, its user and its program.

use plugin_api::{FieldProblem, Problem};

use super::bodies::DeviceBody;
use crate::clients::Asked;
use crate::domain::device::{Device, Fingerprint};
use crate::domain::token::LONGEST_TOKEN;
use crate::domain::user::UserName;
use crate::store::log::KeyKind;

pub(crate) use crate::domain::program::Program;

const LONGEST_NAME: usize = 200;
const LONGEST_PLATFORM: usize = 100;

impl DeviceBody {
    /// The device, or 422 with the fields that are wrong.
    pub(super) fn read(&self) -> Result<Device, Problem> {
        let mut errors = Vec::new();
        let fingerprint = Fingerprint::read(&self.impronta);
        if fingerprint.is_none() {
            errors.push(FieldProblem::new("/dispositivo/impronta", "field-fingerprint"));
        }
        let mut short = |value: &Option<String>, longest: usize, pointer: &str| {
            let value = value.as_deref().unwrap_or_default().trim();
            if value.chars().count() > longest {
                errors.push(FieldProblem::new(pointer, "field-too-long"));
            }
            value.to_owned()
        };
        let name = short(&self.nome, LONGEST_NAME, "/dispositivo/nome");
        let platform = short(&self.piattaforma, LONGEST_PLATFORM, "/dispositivo/piattaforma");
        short(&self.gettone, LONGEST_TOKEN, "/dispositivo/gettone");
        match fingerprint {
            Some(fingerprint) if errors.is_empty() => Ok(Device { fingerprint, name, platform }),
            _ => Err(Problem::validation(errors)),
        }
    }
}

impl Program {
    /// Reads the code of a product and a version; 422 for a version that has no number.
    pub(crate) fn read(
        product: Option<&String>,
        version: Option<&String>,
    ) -> Result<Self, Problem> {
        Self::parse(product.map(String::as_str), version.map(String::as_str)).ok_or_else(|| {
            Problem::validation(vec![FieldProblem::new("/versione", "field-version")])
        })
    }
}

/// Reads the name of a person; 422 for one that is too long.
pub(crate) fn user(name: Option<&String>) -> Result<Option<UserName>, Problem> {
    let given = name.map(|name| name.trim()).filter(|name| !name.is_empty());
    given
        .map(|name| {
            UserName::parse(name).ok_or_else(|| {
                Problem::validation(vec![FieldProblem::new("/utente", "field-too-long")])
            })
        })
        .transpose()
}

/// Reads everything a client says of itself.
pub(crate) fn asked(
    key_kind: KeyKind,
    device: Option<&DeviceBody>,
    name: Option<&String>,
    program: Program,
) -> Result<Asked, Problem> {
    let token = device.and_then(|device| device.gettone.as_deref()).map(str::trim);
    Ok(Asked {
        key_kind,
        token: token.filter(|token| !token.is_empty()).map(str::to_owned),
        device: device.map(DeviceBody::read).transpose()?,
        user: user(name)?,
        program,
    })
}
