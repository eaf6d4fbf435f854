//! What a bundle says of itself: `manifest.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::release::Details;

/// The form bundles have.
pub const FORM: i64 = 1;
/// Header `typ` of what signs a manifest.
pub const TOKEN_TYPE: &str = "pacchetto-aggiornamenti+jwt";
/// The signature: a compact JWS of [`TOKEN_TYPE`] with the claims `sub` (the product), `formato` and
/// `sha256` (of `manifest.json`). It is the first file.
pub const SIGNATURE: &str = "manifest.jws";
/// The keys of whoever signed it, as a JWK set with their certificates.
pub const KEYS: &str = "keys.json";
/// The manifest.
pub const MANIFEST: &str = "manifest.json";
/// Fresh computer keys of the licence's devices.
pub const LICENCE: &str = "licence.json";
/// The signed list of revocations.
pub const REVOCATIONS: &str = "revocations.jws";

/// What is in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORM`].
    pub formato: i64,
    /// Code of the product.
    pub prodotto: String,
    /// When it was made, RFC 3339.
    pub creato_il: String,
    /// When the first of its metadata ends, RFC 3339: TUF clients refuse it from then on.
    pub valido_fino_a: String,
    /// Id of the licence it was made for.
    #[serde(default)]
    pub licenza: Option<String>,
    /// Its releases, newest version first.
    pub rilasci: Vec<BundledRelease>,
    /// Every other file that comes after this one.
    pub allegati: Vec<Attached>,
}

/// A release in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledRelease {
    /// Semantic version.
    pub versione: String,
    /// The channels it is in.
    pub canali: Vec<String>,
    /// What is new, Markdown by language.
    #[serde(default)]
    pub note: BTreeMap<String, String>,
    /// Whether older installations take it before any later one.
    #[serde(default)]
    pub tappa: bool,
    /// Whether clients should take it at once.
    #[serde(default)]
    pub critico: bool,
    /// The oldest system it runs on, by platform.
    #[serde(default)]
    pub sistema_minimo: BTreeMap<String, String>,
    /// Codes of modules, one of which a licence must have.
    #[serde(default)]
    pub moduli: Vec<String>,
    /// When it was published, RFC 3339.
    pub pubblicato_il: String,
    /// Its files.
    pub file: Vec<BundledFile>,
}

/// A file of a release in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledFile {
    /// What it is called.
    pub nome: String,
    /// What it runs on.
    pub piattaforma: String,
    /// What it runs on.
    pub architettura: String,
    /// How it is packed.
    pub formato: String,
    /// Bytes.
    pub dimensione: u64,
    /// Hex.
    pub sha256: String,
    /// Where it is in the bundle.
    pub percorso: String,
    /// Text of its minisign signature file.
    #[serde(default)]
    pub minisign: String,
    /// Base64 of an Ed25519 signature, as Sparkle wants it.
    #[serde(default)]
    pub firma_sparkle: String,
    /// What single protocols want besides.
    #[serde(default)]
    pub dettagli: Details,
}

/// Another file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Where it is in the bundle.
    pub percorso: String,
    /// Bytes.
    pub dimensione: u64,
    /// Hex.
    pub sha256: String,
}
