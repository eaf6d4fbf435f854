//! What every plugin keeps to.

use plugin_api::contracts::licences::{ENTITLEMENT, FIND, NotEntitled, OF_ACCOUNT};
use plugin_testing::{Harness, conformance_where};

#[test]
fn it_keeps_to_what_every_plugin_keeps_to() {
    conformance_where(update_server::plugin, env!("CARGO_MANIFEST_DIR"), without_licences);
}

/// It asks for what licences include on nearly every path: here there are none.
fn without_licences(harness: &Harness) {
    harness.service_fake(&ENTITLEMENT, |_| Err(NotEntitled::Unknown));
    harness.service_fake(&FIND, |_| Vec::new());
    harness.service_fake(&OF_ACCOUNT, |_| Vec::new());
}
