//! Where a page of a timeline goes on, as it stands in an address: `<instant>~<id>`.

use crate::domain::is_id;
use crate::store::timeline::{Line, Place};

/// The place below which a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor(pub(crate) Place);

impl Cursor {
    /// Reads what [`write`](Self::write) wrote.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('~')?;
        is_id(id).then_some(Self((at.parse().ok()?, id.to_owned())))
    }

    /// How it stands in an address.
    pub(crate) fn write(&self) -> String {
        let Self((at, id)) = self;
        format!("{at}~{id}")
    }

    /// Cuts the line too many off `lines` and tells where to go on, when there is more than `most`.
    pub(crate) fn after(lines: &mut Vec<Line>, most: u32) -> Option<Self> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if lines.len() <= most {
            return None;
        }
        lines.truncate(most);
        lines.last().map(|line| Self((line.at, line.entry_id.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let id = "0199d7c0-0000-7000-8000-000000000001";
        let cursor = Cursor((-5, id.to_owned()));
        assert_eq!(Cursor::read(&cursor.write()), Some(cursor));
        for wrong in ["", "5", "5~", "x~0199d7c0-0000-7000-8000-000000000001", "5~' or 1"] {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }
}
