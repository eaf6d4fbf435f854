//! Recovery codes: for who lost the app that shows the codes of his second factor.

use plugin_api::db::Batch;
use plugin_api::{Cx, hex};

use crate::state::State;
use crate::store::totp as store;

/// How many codes somebody gets.
const CODES: usize = 10;
/// How many characters a code has: 50 random bits, and ten tries at most before a wait.
const LENGTH: usize = 10;
/// Crockford's base32: without the letters that are read as digits.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// New codes for the user `id` in place of the old ones; `batch` keeps their hashes.
pub(super) fn renew(state: &State, cx: &Cx, id: &str, batch: Batch) -> (Batch, Vec<String>) {
    let codes: Vec<String> = std::iter::repeat_with(|| fresh(cx)).take(CODES).collect();
    let mut batch = batch.and(store::removing_codes(cx.scope(), id));
    for code in &codes {
        let hash = hash(state, id, code);
        batch = batch.and(store::adding_code(cx.scope(), id, &hash, cx.now()));
    }
    (batch, codes)
}

/// What is kept of a code, however it was typed. Keyed, because 50 bits alone could be tried out by
/// whoever steals the database.
pub(super) fn hash(state: &State, id: &str, typed: &str) -> String {
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    hex(&state.keys.mac("host", "recovery-code", format!("{id}\0{plain}").as_bytes()))
}

/// A code as it is shown: two groups of five.
fn fresh(cx: &Cx) -> String {
    let random = cx.random::<LENGTH>();
    let letter = |byte: &u8| {
        let letter = LETTERS.get(usize::from(byte & 31)).copied().unwrap_or_default();
        char::from(letter)
    };
    let mut code: String = random.iter().map(letter).collect();
    code.insert(LENGTH / 2, '-');
    code
}
