//! `multipart/form-data` (RFC 7578), which browsers make of a `FormData`.

use std::borrow::Cow;

use super::fields::{Fields, Value};
use super::names::{Group, named};
use super::{Broken, Flags};

/// Reads the parts of `text`, which begins with its boundary; files are left out.
pub(super) fn read<'a>(
    text: &'a str,
    fields: &mut Fields<'a>,
    flags: &mut Flags,
) -> Result<(), Broken> {
    let (boundary, _) = text.split_once(['\r', '\n']).ok_or(Broken)?;
    let mut has_part = false;
    for part in text.split(boundary).skip(1) {
        let part = part.trim_start_matches('\r');
        let gap = ["\r\n\r\n", "\n\n"].into_iter().find_map(|gap| part.split_once(gap));
        let Some((head, value)) = gap else { continue };
        let Some(name) = name(head) else { continue };
        has_part = true;
        let value = Value::Text(Cow::Borrowed(value.trim_end_matches(['\r', '\n'])));
        fields.put(named(Group::Top, name).field, value, flags);
    }
    if has_part { Ok(()) } else { Err(Broken) }
}

/// The name of the field whose headers are `head`; none for a file.
fn name(head: &str) -> Option<&str> {
    if head.contains("filename=") {
        return None;
    }
    let (_, after) = head.split_once("name=")?;
    match after.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => after.split([';', '\r', '\n']).next().map(str::trim),
    }
}
