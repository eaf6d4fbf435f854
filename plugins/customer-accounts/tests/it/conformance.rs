//! What every plugin must keep to.

#[test]
fn the_plugin_keeps_to_the_rules() {
    plugin_testing::conformance(customer_accounts::plugin, env!("CARGO_MANIFEST_DIR"));
}
