//! A library with a root module of our name and another layout, as a later version might have.
#![expect(clippy::expl_impl_clone_on_copy, reason = "code that abi_stable's macros write")]

use abi_stable::StableAbi;
use abi_stable::library::RootModule;
use abi_stable::prefix_type::PrefixTypeTrait as _;
use abi_stable::sabi_types::VersionStrings;
use abi_stable::std_types::RString;

/// The root module of a library of another kind.
#[repr(C)]
#[derive(StableAbi)]
#[sabi(kind(Prefix(prefix_ref = PluginModRef)))]
#[sabi(missing_field(panic))]
pub struct PluginMod {
    /// Answers something else than ours.
    #[sabi(last_prefix_field)]
    pub describe: extern "C" fn(u64) -> RString,
}

impl RootModule for PluginModRef {
    abi_stable::declare_root_module_statics! { PluginModRef }
    const BASE_NAME: &'static str = "cockpit_plugin";
    const NAME: &'static str = "cockpit_plugin";
    const VERSION_STRINGS: VersionStrings = VersionStrings::new("1.0.0");
}

extern "C" fn describe(number: u64) -> RString {
    RString::from(number.to_string())
}

/// What the loader asks for.
#[abi_stable::export_root_module]
fn root_module() -> PluginModRef {
    PluginMod { describe }.leak_into_prefix()
}
