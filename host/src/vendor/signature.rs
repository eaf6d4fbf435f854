//! Signatures of plugin libraries: a token beside the file, checked before the file is opened.

use abi_stable::library::RootModule as _;
use ed25519_dalek::SigningKey;
use plugin_api::abi::v1;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{Purpose, VendorKeys};
use crate::jose::claims::{ClaimError, instant, text};
use crate::jose::{self, Claims, JwsError, thumbprint};

/// Header `typ` of signatures of libraries.
pub const TYP: &str = "cockpit-plugin+jwt";

/// What is added to the name of a library to get that of its signature.
pub const ENDING: &str = ".jws";

/// What a signature says of its library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLibrary {
    /// Id of the plugin.
    pub id: String,
    /// Version of the plugin.
    pub version: String,
    /// Version of the border it was built for.
    pub abi: String,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// The platform it was built for, as `rustc` names it.
    pub target: String,
    /// When it was signed, unix milliseconds.
    pub signed: i64,
}

/// Why a library is not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureRefusal {
    /// There is nothing in the signature file, or not a token.
    #[error("The file beside the library is not a signature.")]
    NotASignature,
    /// It does not say that it is signed with Ed25519.
    #[error("The signature is not made in the way signatures of plugins are.")]
    Algorithm,
    /// It is a token for another purpose.
    #[error("The file beside the library is a token of the type {0:?}, not a signature.")]
    WrongType(String),
    /// Nobody who is trusted made it.
    #[error("The library was signed by nobody who is trusted here.")]
    Untrusted,
    /// The signature was altered.
    #[error("The signature of the library was altered.")]
    Altered,
    /// It is genuine, but not complete.
    #[error("The signature of the library is not complete: {0} is missing or unreadable.")]
    Incomplete(&'static str),
    /// The library is not the one that was signed.
    #[error("The library was altered after it had been signed.")]
    OtherLibrary,
    /// It was built for another version of the border; the library's and this host's.
    #[error("The library was built for version {0} of the plugin interface; this is {1}.")]
    OtherAbi(String, &'static str),
    /// It was built for another platform; the library's and this host's.
    #[error("The library was built for {0}; this is {1}.")]
    OtherTarget(String, String),
}

impl SignatureRefusal {
    /// The key of its text in the host's locales.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotASignature => "module-failed-signature-not-a-signature",
            Self::Algorithm => "module-failed-signature-algorithm",
            Self::WrongType(_) => "module-failed-signature-type",
            Self::Untrusted => "module-failed-signature-untrusted",
            Self::Altered => "module-failed-signature-altered",
            Self::Incomplete(_) => "module-failed-signature-incomplete",
            Self::OtherLibrary => "module-failed-signature-other-library",
            Self::OtherAbi(..) => "module-failed-signature-other-abi",
            Self::OtherTarget(..) => "module-failed-signature-other-target",
        }
    }
}

impl From<JwsError> for SignatureRefusal {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::Long | JwsError::Malformed | JwsError::Header(_) => Self::NotASignature,
            JwsError::Algorithm => Self::Algorithm,
            JwsError::Type(typ) => Self::WrongType(typ),
            JwsError::Key => Self::Untrusted,
            JwsError::Signature => Self::Altered,
        }
    }
}

impl From<ClaimError> for SignatureRefusal {
    fn from(ClaimError(name): ClaimError) -> Self {
        Self::Incomplete(name)
    }
}

/// What `jws` says of the library with these bytes, if it was signed by somebody who is trusted and
/// is still the same. Whether it suits this host is for the loader to judge.
pub fn verify(
    library_bytes: &[u8],
    jws: &str,
    keys: &VendorKeys,
) -> Result<SignedLibrary, SignatureRefusal> {
    let claims = jose::verify(jws.trim(), TYP, |kid| keys.find(Purpose::Plugin, kid))?;
    let signed = SignedLibrary {
        id: text(&claims, "id")?,
        version: text(&claims, "version")?,
        abi: text(&claims, "abi")?,
        sha256: text(&claims, "sha256")?,
        target: text(&claims, "target")?,
        signed: instant(&claims, "iat")?,
    };
    if bool::from(signed.sha256.as_bytes().ct_eq(digest(library_bytes).as_bytes())) {
        Ok(signed)
    } else {
        Err(SignatureRefusal::OtherLibrary)
    }
}

/// Whether a library that says so can work in this host: built for the same platform and for the
/// version of the border this host opens.
pub fn suits_this_host(signed: &SignedLibrary) -> Result<(), SignatureRefusal> {
    if signed.abi != this_abi() {
        return Err(SignatureRefusal::OtherAbi(signed.abi.clone(), this_abi()));
    }
    if signed.target != this_target() {
        return Err(SignatureRefusal::OtherTarget(signed.target.clone(), this_target()));
    }
    Ok(())
}

/// The version of the border this host opens.
pub fn this_abi() -> &'static str {
    v1::PluginModRef::VERSION_STRINGS.version.as_str()
}

/// The platform this host was built for, as `rustc` names it.
pub fn this_target() -> String {
    use std::env::consts::{ARCH, OS};
    let rest = match OS {
        "macos" => "apple-darwin".to_owned(),
        os if cfg!(target_env = "musl") => format!("unknown-{os}-musl"),
        os if cfg!(target_env = "gnu") => format!("unknown-{os}-gnu"),
        os => format!("unknown-{os}"),
    };
    format!("{ARCH}-{rest}")
}

/// Makes the signature of a library; whole seconds are kept of `signed`.
pub fn sign(private: &SigningKey, library: &SignedLibrary) -> String {
    let claims = json!({
        "id": library.id,
        "version": library.version,
        "abi": library.abi,
        "sha256": library.sha256,
        "target": library.target,
        "iat": library.signed / 1000,
    });
    let claims: Claims = claims.as_object().cloned().unwrap_or_default();
    jose::sign(private, TYP, &thumbprint(&private.verifying_key()), &claims)
}

/// SHA-256 in lower-case hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    plugin_api::hex(&Sha256::digest(bytes))
}
