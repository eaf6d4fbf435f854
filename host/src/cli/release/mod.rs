//! `cockpit release`: what build servers do with releases, over the API of a cockpit somewhere, and what
//! is signed where no cockpit is.

mod keygen;
mod progress;
mod publish;
mod remote;
#[cfg(feature = "update-server")]
mod sign;

use clap::Subcommand;

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Release {
    /// Send the files of a release to a cockpit and publish it
    Publish(Box<publish::Publish>),
    /// Make a key that signs update metadata, to be kept away from the cockpit
    Keygen(keygen::Keygen),
    /// Sign update metadata that waits for a key kept away from the cockpit
    #[cfg(feature = "update-server")]
    Sign(sign::Sign),
}

impl Release {
    pub(super) async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Publish(publish) => publish.run().await,
            Self::Keygen(keygen) => keygen.run(),
            #[cfg(feature = "update-server")]
            Self::Sign(sign) => sign.run(),
        }
    }
}
