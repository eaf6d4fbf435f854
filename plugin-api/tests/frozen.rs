//! The text of the frozen border: a change of it is an act that somebody looks at.

use sha2::{Digest as _, Sha256};

/// SHA-256 of `src/abi/v1.rs`.
const FROZEN: &str = "38dcc76eefc54275aaf72e71edbd7461681af282aa96148698b5af7f1e1b245a";

#[test]
fn the_border_is_as_it_was() {
    let text = include_bytes!("../src/abi/v1.rs");
    assert_eq!(
        plugin_api::hex(&Sha256::digest(text)),
        FROZEN,
        "the border changed: until the first tag update the hash in the same commit; afterwards \
         write v2.rs beside it, because libraries that are out were built against this text"
    );
}
