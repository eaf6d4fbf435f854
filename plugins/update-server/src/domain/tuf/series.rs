//! Which version each document of a role gets, so that no client ever sees one go back.

/// A document of a role that a view uses now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Its version.
    pub version: i64,
    /// As of [`Draft::content`](super::document::Draft::content).
    pub content: String,
    /// Bytes.
    pub length: i64,
    /// Hex, of the whole file.
    pub sha256: String,
    /// When it ends, unix milliseconds.
    pub expires_at: i64,
}

/// Which of the documents in use (rising by version) may stand for the first of the wanted contents
/// (in the order of the views): none of them may end before `not_before`.
///
/// Whoever has seen a document that is kept stays there or moves up; whoever has seen one that is not
/// kept must find a higher version everywhere. So those that are kept are the last of the old ones and
/// the first of the new ones, and all others are new.
pub fn kept<'a>(in_use: &'a [Kept], wanted: &[&str], not_before: i64) -> &'a [Kept] {
    let fits = |from: &usize| {
        let rest = in_use.get(*from..).unwrap_or_default();
        rest.len() <= wanted.len()
            && rest
                .iter()
                .zip(wanted)
                .all(|(old, new)| old.content == **new && old.expires_at >= not_before)
    };
    let from = (0..in_use.len()).find(fits).unwrap_or(in_use.len());
    in_use.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(in_use: &[(i64, &str)], wanted: &[&str]) -> Vec<i64> {
        let in_use: Vec<Kept> = in_use
            .iter()
            .map(|(version, content)| Kept {
                version: *version,
                content: (*content).to_owned(),
                expires_at: 10,
                ..Kept::default()
            })
            .collect();
        kept(&in_use, wanted, 5).iter().map(|kept| kept.version).collect()
    }

    #[test]
    fn what_is_kept_lies_below_everything_new_and_above_everything_gone() {
        // A release comes, at once or to some first: what was there stays.
        assert_eq!(versions(&[(1, "a"), (2, "ab")], &["a", "ab", "abc"]), [1, 2]);
        // A rollout is done: nobody sees the state without it any more.
        assert_eq!(versions(&[(2, "ab"), (3, "abc")], &["abc"]), [3]);
        // It is stopped: those who had it must see something newer than what they saw.
        assert_eq!(versions(&[(2, "ab"), (3, "abc")], &["ab"]), Vec::<i64>::new());
        // A release is taken back out of the middle.
        assert_eq!(versions(&[(1, "a"), (2, "ab"), (3, "abc")], &["a", "ac"]), Vec::<i64>::new());
        // A view of earlier releases is wanted.
        assert_eq!(versions(&[(3, "abc")], &["a", "abc"]), Vec::<i64>::new());
        assert_eq!(versions(&[], &["a"]), Vec::<i64>::new());
    }

    #[test]
    fn what_ends_soon_is_signed_anew() {
        let old = Kept { version: 1, content: "a".to_owned(), expires_at: 4, ..Kept::default() };
        assert!(kept(&[old], &["a"], 5).is_empty());
    }
}
