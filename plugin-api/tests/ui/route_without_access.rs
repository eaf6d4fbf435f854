//! A route has no way in without its access.

use plugin_api::{Page, Routes};

async fn show() -> Page {
    Page::html("Things", "")
}

fn main() {
    let _ = Routes::new().get("/things", show);
}
