//! A service answers what its contract says.

use plugin_api::contracts::accounts::{FIND, Find};
use plugin_api::{Cx, Fault, Plugin};

async fn find(_: Cx, asked: Find) -> Result<String, Fault> {
    Ok(asked.account_id)
}

pub fn offer(plugin: Plugin) -> Plugin {
    plugin.service(&FIND, find)
}

fn main() {}
