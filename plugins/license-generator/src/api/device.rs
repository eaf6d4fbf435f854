//! Reads what a client says of its device and program.

use plugin_api::{FieldProblem, Problem};

use super::bodies::DeviceBody;
use crate::domain::device::{Device, Fingerprint};
use crate::domain::licence::Licence;
use crate::domain::product::major;
use crate::domain::refusal::Refusal;

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
        match fingerprint {
            Some(fingerprint) if errors.is_empty() => Ok(Device { fingerprint, name, platform }),
            _ => Err(Problem::validation(errors)),
        }
    }
}

/// The program that asks, if it says so.
#[derive(Debug, Default)]
pub(super) struct Program {
    product: Option<String>,
    major: Option<i64>,
}

impl Program {
    /// Reads the code of a product and a version; 422 for a version that has no number.
    pub(super) fn read(
        product: Option<&String>,
        version: Option<&String>,
    ) -> Result<Self, Problem> {
        let major = match version {
            None => None,
            Some(version) => Some(major(version).ok_or_else(|| {
                Problem::validation(vec![FieldProblem::new("/versione", "field-version")])
            })?),
        };
        Ok(Self { product: product.map(|code| code.trim().to_owned()), major })
    }

    /// Why `licence` does not cover this program, if so.
    pub(super) fn refusal(&self, licence: &Licence) -> Option<Refusal> {
        let other = |code: &String| !code.eq_ignore_ascii_case(&licence.product_code);
        if self.product.as_ref().is_some_and(other) {
            return Some(Refusal::WrongProduct);
        }
        let newer = self.major.is_some_and(|major| major > licence.version_major);
        newer.then_some(Refusal::VersionNotIncluded)
    }
}
