//! Releases and files that the tests of this plugin begin with.

use super::platform::{Architecture, Format, Platform};
use super::release::{Artifact, Details, Release, State};

/// A file of this name, of the format its name tells.
pub(crate) fn artifact(name: &str, platform: Platform, architecture: Architecture) -> Artifact {
    Artifact {
        artifact_id: name.to_owned(),
        release_id: String::new(),
        product_code: "STUDIO".to_owned(),
        platform,
        architecture,
        format: Format::of_file(name),
        file_name: name.to_owned(),
        blob_id: format!("blob of {name}"),
        size: 1_500,
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(),
        sha512: "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
            .to_owned(),
        sha1: "a9993e364706816aba3e25717850c26c9cd0d89d".to_owned(),
        blake2b: String::new(),
        minisign: String::new(),
        ed_signature: String::new(),
        blockmap_id: None,
        details: Details::default(),
        created_at: 0,
    }
}

/// A published release in the channel `stable`, with a file for Windows.
pub(crate) fn release(version: &str) -> Release {
    Release {
        release_id: version.to_owned(),
        version: version.parse().expect(version),
        state: State::Published,
        is_step: false,
        is_critical: false,
        minimum_system: [].into(),
        modules: [].into(),
        published_at: 0,
        channels: ["stable".to_owned()].into(),
        notes: [].into(),
        artifacts: vec![artifact("app.exe", Platform::Windows, Architecture::X86_64)],
    }
}
