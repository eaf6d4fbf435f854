//! What every plugin keeps to.

#[test]
fn it_keeps_to_what_every_plugin_keeps_to() {
    plugin_testing::conformance(update_server::plugin, env!("CARGO_MANIFEST_DIR"));
}
