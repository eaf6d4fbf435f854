//! SQL is bound as a statement; a text, which may have been put together, is none.

use plugin_api::{Cx, Fault};

pub async fn forget(cx: &Cx, id: &str) -> Result<u64, Fault> {
    cx.db().execute(format!("delete from thing where thing_id = '{id}'")).await
}

fn main() {}
