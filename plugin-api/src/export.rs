//! One source, two linkings: the macros a plugin ends with.

use crate::Plugin;

/// A plugin that was compiled into the host; found through `inventory`, which promises no order.
#[derive(Debug)]
pub struct CompiledIn {
    /// Builds it.
    pub plugin: fn() -> Plugin,
}

inventory::collect!(CompiledIn);

/// The plugins compiled into this program, sorted by id.
pub fn compiled_in() -> Vec<Plugin> {
    let mut plugins: Vec<Plugin> =
        inventory::iter::<CompiledIn>.into_iter().map(|found| (found.plugin)()).collect();
    plugins.sort_by(|a, b| a.manifest().id.cmp(&b.manifest().id));
    plugins
}

/// Makes `fn plugin() -> Plugin` of this crate known to a host it is compiled into. The plugin's
/// `library/` crate exports the same function with
/// [`export_library!`](crate::export_library).
#[macro_export]
macro_rules! export_plugin {
    ($plugin:path) => {
        $crate::inventory::submit! { $crate::export::CompiledIn { plugin: $plugin } }
    };
}

/// Exports a plugin as the root module of a loadable library; the whole of a `library/` crate.
#[macro_export]
macro_rules! export_library {
    ($plugin:path) => {
        extern "C" fn describe() -> ::abi_stable::std_types::RVec<u8> {
            $crate::abi::guest::describe($plugin)
        }

        extern "C" fn start(
            host: $crate::abi::v1::HostBox,
            log_level: u8,
        ) -> ::abi_stable::std_types::RResult<
            $crate::abi::v1::PluginBox,
            $crate::abi::v1::FaultBytes,
        > {
            $crate::abi::guest::start($plugin, host, log_level)
        }

        #[::abi_stable::export_root_module]
        fn root_module() -> $crate::abi::v1::PluginModRef {
            $crate::abi::guest::root_module(describe, start)
        }
    };
}
