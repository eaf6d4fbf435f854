//! A page is made of a template.

use plugin_api::{Page, Problem};

struct Things;

pub fn show() -> Result<Page, Problem> {
    Page::new("Things", &Things)
}

fn main() {}
