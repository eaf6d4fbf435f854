//! `cockpit routes`: every route of this installation, libraries included, and who may call it.

use serde_json::json;

use super::{Failure, Opened, Place, say};

/// Print every route of this installation and who may call it
///
/// Unlike `cockpit reference`, which describes the program, this is what the installation answers
/// now: plugins that are locked or off are not among them, plugins loaded from libraries are.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit routes                 a line each: owner, method, path, who may call it
  cockpit routes --json          the same for a program")]
pub(super) struct Routes {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Routes {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let opened = Opened::at(place, "routes").await?;
        let registry = &opened.state.registry;
        let manifests = std::iter::once(registry.host_manifest()).chain(registry.enabled());
        let mut lines = Vec::new();
        for manifest in manifests {
            for route in &manifest.routes {
                lines.push(if self.json {
                    json!({ "owner": manifest.id, "method": route.method, "path": route.path,
                        "access": route.access })
                    .to_string()
                } else {
                    format!("{} {} {} ({})", manifest.id, route.method, route.path, route.access)
                });
            }
        }
        opened.close().await;
        say(if self.json { format!("[{}]", lines.join(",\n")) } else { lines.join("\n") });
        Ok(())
    }
}
