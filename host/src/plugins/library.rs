//! Loads a library: signature first, then a sealed copy in memory, then its layout, then its words.
//!
//! Constructors of an ELF file run at `dlopen`, before any layout check could refuse it, so nothing
//! is opened that was not verified; and what is opened is the very bytes that were.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use abi_stable::library::{LibraryError, lib_header_from_path};
use plugin_api::Fault;
use plugin_api::abi::body::fault_from;
use plugin_api::abi::v1;
use plugin_api::db::Dialect;
use plugin_api::manifest::Manifest;
use rustix::fs::{MemfdFlags, SealFlags};

use super::border::Bordered;
use super::module::{Linked, Module, Origin, Reason, SignatureState};
use crate::vendor::{VendorKeys, signature};

/// Loads the library at `path`; whatever is wrong with it becomes the reason of a failed module.
pub(crate) fn load(path: &Path, keys: &VendorKeys, dialect: Dialect, log_level: u8) -> Module {
    let origin = Origin::Library(path.to_owned());
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let id = name.trim_start_matches("lib").trim_end_matches("_library").replace('_', "-");
    let refused = |signature, reason| Module::failed(&id, origin.clone(), signature, reason);
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let reason = Reason::new("module-failed-unreadable", error);
            return refused(SignatureState::Refused, reason);
        }
    };
    let Ok(jws) = std::fs::read_to_string(signature_path(path)) else {
        return refused(SignatureState::Refused, Reason::new("module-failed-unsigned", &name));
    };
    let signed = match signature::verify(&bytes, jws.trim(), keys) {
        Ok(signed) => signed,
        Err(refusal) => {
            tracing::warn!(library = %path.display(), error = %refusal, "A library was refused.");
            let reason = Reason::new(refusal.key(), refusal);
            return refused(SignatureState::Refused, reason);
        }
    };
    if let Err(refusal) = signature::suits_this_host(&signed) {
        return refused(SignatureState::Valid, Reason::new(refusal.key(), refusal));
    }
    let opened = check(&bytes).and_then(|()| open(&bytes, &name, dialect, log_level));
    match opened {
        Ok((manifest, _)) if manifest.id != signed.id || manifest.version != signed.version => {
            let told = format!("{} {}", manifest.id, manifest.version);
            refused(SignatureState::Refused, Reason::new("module-failed-identity", told))
        }
        Ok((manifest, linked)) => Module::new(manifest, origin, SignatureState::Valid, linked),
        Err(reason) => Module::failed(&signed.id, origin, SignatureState::Valid, reason),
    }
}

/// Where the signature of a library is: beside it, `<file>.jws`.
pub(crate) fn signature_path(library: &Path) -> PathBuf {
    let mut path = library.as_os_str().to_owned();
    path.push(".jws");
    PathBuf::from(path)
}

/// Two copies of `SQLite` in one process lose commits, so none may come with a plugin.
fn check(bytes: &[u8]) -> Result<(), Reason> {
    const MAGIC: &[u8] = b"SQLite format 3";
    if bytes.windows(MAGIC.len()).any(|window| window == MAGIC) {
        return Err(Reason::new("module-failed-sqlite", "SQLite"));
    }
    Ok(())
}

fn open(
    bytes: &[u8],
    name: &str,
    dialect: Dialect,
    log_level: u8,
) -> Result<(Manifest, Linked), Reason> {
    let path =
        sealed(bytes, name).map_err(|error| Reason::new("module-failed-unreadable", error))?;
    let root = root_module(&path).map_err(|error| {
        tracing::warn!(library = name, %error, "A library has another layout.");
        Reason::new("module-failed-abi", name)
    })?;
    let manifest: Manifest = serde_json::from_slice(&root.describe()())
        .map_err(|error| Reason::new("module-failed-manifest", error))?;
    let start = root.start();
    let bordered = Bordered::new(
        |host| start(host, log_level).into_result().map_err(|fault| fault_from(&fault)),
        dialect,
    )
    .map_err(|fault| Reason::new("module-failed-start", fault.message))?;
    Ok((manifest, Linked::Border(bordered)))
}

/// Opens a library and checks its layout. Not `load_from_file`: that caches per type, and the second
/// plugin would become the first.
fn root_module(path: &Path) -> Result<v1::PluginModRef, LibraryError> {
    lib_header_from_path(path)?.init_root_module()
}

/// What the library at `path` says of itself: for who signs a library of his own, before there is a
/// signature to check. Its constructors run.
pub fn describe(path: &Path) -> Result<Manifest, Fault> {
    let path = path.canonicalize().map_err(Fault::invalid)?;
    let root = root_module(&path).map_err(|error| {
        tracing::debug!(%error, "The layout differs.");
        Fault::invalid("this is no plugin library of this version of the plugin interface")
    })?;
    Ok(serde_json::from_slice(&root.describe()())?)
}

/// A copy nobody can change any more, as a path `dlopen` takes. The descriptor is never closed:
/// glibc knows libraries by name, and a reused number would give the old library.
fn sealed(bytes: &[u8], name: &str) -> std::io::Result<PathBuf> {
    use std::os::fd::{AsRawFd as _, IntoRawFd as _};
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let memory = rustix::fs::memfd_create(name, flags | MemfdFlags::EXEC)
        // Kernels before 6.3 do not know MFD_EXEC.
        .or_else(|_| rustix::fs::memfd_create(name, flags))?;
    let mut file = std::fs::File::from(memory);
    file.write_all(bytes)?;
    let seals = SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
    rustix::fs::fcntl_add_seals(&file, seals)?;
    let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    let _kept_open = file.into_raw_fd();
    Ok(path)
}
