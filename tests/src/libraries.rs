//! Libraries of plugins: put beside a server, signed as a vendor does.

use std::path::{Path, PathBuf};

use crate::environment;
use crate::place::{Place, copy};

/// The ids of the plugins that are ours.
pub const OURS: [&str; 4] =
    ["customer-accounts", "license-generator", "registration-inventory", "update-server"];

/// Where the library of the plugin `id` lies in `place`.
pub fn path(place: &Place, id: &str) -> PathBuf {
    place.data().join("plugins").join(environment::library_name(id))
}

/// Where its signature lies.
pub fn signature(place: &Place, id: &str) -> PathBuf {
    let mut path = path(place, id).into_os_string();
    path.push(".jws");
    PathBuf::from(path)
}

/// Copies the library of the plugin `id` into `place`, unsigned.
pub fn add(place: &Place, id: &str) -> PathBuf {
    let to = path(place, id);
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("the folder of plugins");
    copy(&environment::library(id), &to);
    to
}

/// Signs a library with a private key file of the vendor.
pub fn sign(place: &Place, library: &Path, key: &Path) {
    let arguments = ["plugin".as_ref(), "sign".as_ref(), "--key".as_ref(), key.as_os_str()];
    let arguments: Vec<&std::ffi::OsStr> =
        arguments.into_iter().chain([library.as_os_str()]).collect();
    place.cockpit(&arguments).success();
}

/// The private key that signs libraries in `place`.
pub fn plugin_key(place: &Place) -> PathBuf {
    place.data().join("vendor/plugin.key")
}

/// The private key that signs unlock keys in `place`.
pub fn unlock_key(place: &Place) -> PathBuf {
    place.data().join("vendor/unlock.key")
}

/// Adds the library of the plugin `id` to `place`, signed as it should be.
pub fn install(place: &Place, id: &str) {
    let library = add(place, id);
    sign(place, &library, &plugin_key(place));
}
