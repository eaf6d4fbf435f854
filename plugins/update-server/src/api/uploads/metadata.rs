//! `Upload-Metadata`: what a file is called, which release it is for, what it runs on.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::releases::files::place::SaidPlace;

/// What is remembered of a file while it comes in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    /// Id of the release; [`BUNDLE`] for none.
    pub(super) release_id: String,
    /// What it is called.
    pub(super) name: String,
    /// What it is said to be for.
    pub(super) place: SaidPlace,
}

/// Stands in the place of a release for a bundle of another cockpit.
pub(crate) const BUNDLE: &str = "pacchetto";

impl Said {
    /// Whether it is a bundle of another cockpit.
    pub(super) fn is_bundle(&self) -> bool {
        self.release_id == BUNDLE
    }

    /// Reads pairs of a name and base64, with commas between them; none if they cannot be read or the
    /// name of the file or the release is missing.
    pub(super) fn read(header: &str) -> Option<Self> {
        let pairs = header.split(',').map(|pair| {
            let (name, text) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
            Some((name, String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()?))
        });
        let mut pairs = pairs.collect::<Option<BTreeMap<_, _>>>()?;
        let mut take = |name: &str| pairs.remove(name).filter(|text| !text.is_empty());
        Some(Self {
            release_id: take("rilascio")?,
            name: take("filename")?,
            place: SaidPlace {
                piattaforma: take("piattaforma"),
                architettura: take("architettura"),
                formato: take("formato"),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pairs_are_read() {
        let said = Said::read("filename QS5leGU=, rilascio MQ==,formato ZXhl,other").expect("said");
        assert_eq!((&*said.release_id, &*said.name), ("1", "A.exe"));
        assert_eq!(said.place.formato.as_deref(), Some("exe"));
        for wrong in ["", "filename QS5leGU=", "filename ?, rilascio MQ==", "rilascio,filename"] {
            assert_eq!(Said::read(wrong), None, "{wrong}");
        }
    }
}
