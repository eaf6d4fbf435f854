//! `cockpit plugin`: which plugins there are, and signatures of their libraries.

use std::fs;
use std::path::{Path, PathBuf};

use abi_stable::library::{LibHeader, lib_header_from_path};
use clap::Subcommand;
use plugin_api::abi::v1;
use plugin_api::manifest::Manifest;
use plugin_api::time;

use super::{Failure, Opened, Place, say};
use crate::lend::now;
use crate::plugins::{ModuleRow, Origin, Status};
use crate::vendor::signature::{self, ENDING, SignedLibrary, this_target};
use crate::vendor::{VendorKeys, pair};

#[derive(Debug, Subcommand)]
pub(super) enum Plugin {
    /// List the plugins, where they stand and why
    #[command(after_help = "Example:\n  cockpit plugin list")]
    List,
    /// Sign a plugin library that you built on this machine
    Sign(Sign),
    /// Check the signature of a plugin library
    Verify(Verify),
}

/// Sign a plugin library that you built on this machine
///
/// Opens the library to ask for its id and version: sign only what you trust. Writes the signature
/// beside it, with .jws added to its name; both go into the plugins directory.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  cockpit plugin sign --key plugin.key target/release/liblicense_generator_library.so")]
pub(super) struct Sign {
    /// The private key that `cockpit vendor new-key --purpose plugin` made
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The library
    #[arg(value_name = "LIB")]
    library: PathBuf,
}

/// Check the signature of a plugin library
///
/// With the keys this installation trusts; the library is not opened.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  cockpit plugin verify cockpit-data/plugins/liblicense_generator_library.so")]
pub(super) struct Verify {
    /// The library
    #[arg(value_name = "LIB")]
    library: PathBuf,
}

impl Plugin {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        match self {
            Self::List => list(place).await,
            Self::Sign(sign) => sign.run(),
            Self::Verify(verify) => verify.run(place),
        }
    }
}

async fn list(place: &Place) -> Result<(), Failure> {
    let opened = Opened::at(place, "plugin list").await?;
    let Opened { state, cx } = &opened;
    say(format!("Installation: {}", state.installation_id));
    let rows = state.registry.list(state.now());
    if rows.is_empty() {
        say("No plugin is compiled in, and none lies in the plugins directory.");
    }
    for row in rows {
        say(line(&row, &cx.lang()));
    }
    opened.close().await;
    Ok(())
}

fn line(row: &ModuleRow, lang: &plugin_api::Lang) -> String {
    let status = match &row.status {
        Status::Locked => "locked".to_owned(),
        Status::Disabled => "switched off".to_owned(),
        Status::Enabled if row.in_grace => "enabled, but its unlock has ended".to_owned(),
        Status::Enabled => "enabled".to_owned(),
        Status::Failed(reason) => {
            format!("failed: {}", reason.sentence(lang).trim_end_matches('.'))
        }
    };
    let origin = match &row.origin {
        Origin::CompiledIn => "compiled in".to_owned(),
        Origin::Library(path) => path.display().to_string(),
    };
    let until = row.unlocked_until.map(|at| format!(", unlocked until {}", time::date(at)));
    let version = &row.manifest.version;
    format!("{} {version}  {status}{}  ({origin})", row.id, until.unwrap_or_default())
}

impl Sign {
    fn run(self) -> Result<(), Failure> {
        let key = pair::read(&self.key)?;
        let bytes = read(&self.library)?;
        let told = describe(&self.library)?;
        let signed = SignedLibrary {
            id: told.id,
            version: told.version,
            abi: signature::this_abi().to_owned(),
            sha256: signature::digest(&bytes),
            target: this_target(),
            signed: now(),
        };
        let path = beside(&self.library);
        fs::write(&path, signature::sign(&key, &signed) + "\n").map_err(|error| {
            Failure::refused(format!("{} cannot be written: {error}", path.display()))
        })?;
        say(format!("Signed {} {} in {}", signed.id, signed.version, path.display()));
        Ok(())
    }
}

impl Verify {
    fn run(self, place: &Place) -> Result<(), Failure> {
        let config = place.load(Vec::new())?.config;
        let keys = VendorKeys::load(&config)?;
        let bytes = read(&self.library)?;
        let path = beside(&self.library);
        let jws = fs::read_to_string(&path).map_err(|error| {
            Failure::refused(format!("there is no signature {}: {error}", path.display()))
        })?;
        let signed = signature::verify(&bytes, &jws, &keys)
            .and_then(|signed| signature::suits_this_host(&signed).map(|()| signed))
            .map_err(Failure::refused)?;
        say(format!(
            "{} {}, for {}, signed {}: genuine.",
            signed.id,
            signed.version,
            signed.target,
            time::date(signed.signed)
        ));
        Ok(())
    }
}

/// What the library says of itself; it is opened for that.
fn describe(library: &Path) -> Result<Manifest, Failure> {
    let no_plugin = |error: &dyn std::fmt::Display| {
        Failure::refused(format!("{} is no plugin of this cockpit: {error}", library.display()))
    };
    // A bare name would be searched for in the system's folders.
    let path = library.canonicalize().map_err(|error| no_plugin(&error))?;
    let root = lib_header_from_path(&path)
        .and_then(LibHeader::init_root_module::<v1::PluginModRef>)
        .map_err(|error| no_plugin(&error))?;
    serde_json::from_slice(&root.describe()()).map_err(|error| no_plugin(&error))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| {
        Failure::refused(format!("the library {} cannot be read: {error}", path.display()))
    })
}

fn beside(library: &Path) -> PathBuf {
    let mut name = library.as_os_str().to_owned();
    name.push(ENDING);
    PathBuf::from(name)
}
