//! `cockpit init`: make a data directory.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::open::{Opened, make_directory};
use super::{Failure, Place, say};
use crate::config::{Config, reference_file};
use crate::vendor::{VendorKeys, pair};

pub(super) async fn run(place: &Place) -> Result<(), Failure> {
    let config = place.load(Vec::new())?.config;
    make_directory(&config.data)?;
    let mut made = Vec::new();
    if !VendorKeys::load(&config)?.is_compiled_in() {
        made.extend(pair::create_missing(&config)?);
    }
    let file = config.file("cockpit.toml");
    if !file.exists() {
        write(&file)?;
        made.push(file);
    }
    let opened = Opened::at(place, "init").await?;
    say(told(&config, &made, &opened.state.installation_id));
    opened.close().await;
    Ok(())
}

fn write(file: &Path) -> Result<(), Failure> {
    fs::write(file, reference_file())
        .map_err(|error| Failure::refused(format!("{} cannot be written: {error}", file.display())))
}

fn told(config: &Config, made: &[std::path::PathBuf], installation_id: &str) -> String {
    let data = config.data.display();
    let mut text =
        format!("The data directory {data} is ready.\nInstallation: {installation_id}\n");
    for path in made {
        let _ = writeln!(text, "Made {}", path.display());
    }
    let _ = write!(
        text,
        "\nNext:\n  cockpit --data {data}                serve it, and make the first user\n  \
         cockpit --data {data} unlock KEY     unlock the plugins"
    );
    text
}
