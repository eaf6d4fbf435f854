//! What a file is for: platform, architecture, format, each said or guessed.

use plugin_api::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::guess::guess;
use crate::domain::platform::{Architecture, Format, Platform};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// What it runs on.
    pub(crate) platform: Platform,
    /// What it runs on.
    pub(crate) architecture: Architecture,
    /// How it is packed.
    pub(crate) format: Format,
}

/// What a file is said to be for; what is left out is guessed from its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct SaidPlace {
    /// `windows`, `macos`, `linux` or `any`.
    #[param(example = "windows")]
    pub piattaforma: Option<String>,
    /// `x86_64`, `aarch64`, `i686`, `armv7`, `riscv64` or `any`.
    #[param(example = "x86_64")]
    pub architettura: Option<String>,
    /// `exe`, `msi`, `nsis`, `app`, `dmg`, `pkg`, `zip`, `tar.gz`, `appimage`, `deb`, `rpm`,
    /// `pacman`, `nupkg`, `nupkg-delta`, `delta` or `file`.
    #[param(example = "nsis")]
    pub formato: Option<String>,
}

impl SaidPlace {
    /// What a file of this name is for.
    pub(crate) fn of(&self, name: &str) -> Result<Place, Problem> {
        let guessed = guess(name);
        Ok(Place {
            platform: read(self.piattaforma.as_deref(), Platform::of, guessed.platform)?,
            architecture: read(
                self.architettura.as_deref(),
                Architecture::of,
                guessed.architecture,
            )?,
            format: read(self.formato.as_deref(), Format::of, guessed.format)?,
        })
    }
}

fn read<T>(said: Option<&str>, of: impl Fn(&str) -> Option<T>, guessed: T) -> Result<T, Problem> {
    match said.map(str::trim).filter(|said| !said.is_empty()) {
        None => Ok(guessed),
        Some(said) => of(said)
            .ok_or_else(|| Problem::unprocessable("posto_sconosciuto").argument("said", said)),
    }
}
