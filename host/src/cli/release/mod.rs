//! `cockpit release`: what build servers do with releases, over the API of a cockpit somewhere.

mod publish;
mod remote;

use clap::Subcommand;

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum Release {
    /// Send the files of a release to a cockpit and publish it
    Publish(Box<publish::Publish>),
}

impl Release {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let Self::Publish(publish) = self;
        publish.run().await
    }
}
