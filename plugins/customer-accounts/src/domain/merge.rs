//! Two records made one: which value of each field survives.

use std::collections::BTreeMap;

use plugin_api::contracts::accounts::AccountKind;
use serde_json::{Map, Value as Json};

use super::check::Refusal;
use super::{Details, Draft, Master, kind_text};

/// The choice that takes the value of the record that goes.
pub const THEIRS: &str = "from";

/// Whether people must choose between the two values of a field.
pub fn is_disputed(field: &str, ours: &str, theirs: &str) -> bool {
    !matches!(field, "tags" | "notes") && !ours.is_empty() && !theirs.is_empty() && ours != theirs
}

/// The master data of the survivor: what only one knows is kept, tags and notes of both; where both
/// know something else, what was chosen, ours when nothing was.
pub fn united(
    ours: &Details,
    theirs: &Details,
    chosen: &BTreeMap<String, String>,
) -> Result<Details, Vec<Refusal>> {
    let kind = if theirs.kind == AccountKind::Customer { theirs.kind } else { ours.kind };
    let pairs = ours.master.fields().into_iter().zip(theirs.master.fields());
    let members: Map<String, Json> = pairs
        .map(|((field, ours), (_, theirs))| {
            let value = match field {
                "tags" => format!("{ours}, {theirs}"),
                "notes" if !ours.is_empty() && !theirs.is_empty() && ours != theirs => {
                    format!("{ours}\n\n{theirs}")
                }
                _ if ours.is_empty() => theirs.to_owned(),
                _ if !theirs.is_empty() && chosen.get(field).is_some_and(|it| it == THEIRS) => {
                    theirs.to_owned()
                }
                _ => ours.to_owned(),
            };
            (field.to_owned(), value.into())
        })
        .collect();
    let master: Master = serde_json::from_value(members.into()).unwrap_or_default();
    Draft { kind: kind_text(kind).to_owned(), master }.check()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(kind: &str, change: impl FnOnce(&mut Master)) -> Details {
        let mut draft = Draft { kind: kind.to_owned(), ..Draft::default() };
        draft.master.name = "A".to_owned();
        change(&mut draft.master);
        draft.check().expect("valid")
    }

    #[test]
    fn what_one_knows_is_kept_and_the_rest_is_chosen() {
        let ours = details("prospect", |m| {
            m.email = "a@a.it".to_owned();
            m.tags = "vip".to_owned();
            m.notes = "one".to_owned();
        });
        let theirs = details("customer", |m| {
            m.name = "B".to_owned();
            m.email = "b@b.it".to_owned();
            m.phone = "02 1".to_owned();
            m.tags = "VIP, nord".to_owned();
            m.notes = "two".to_owned();
        });
        let chosen = BTreeMap::from([("email".to_owned(), THEIRS.to_owned())]);
        let united = united(&ours, &theirs, &chosen).expect("valid");
        assert_eq!(united.kind, AccountKind::Customer);
        assert_eq!(united.master.name, "A");
        assert_eq!(united.master.email, "b@b.it");
        assert_eq!(united.master.phone, "02 1");
        assert_eq!(united.master.tags, "vip, nord");
        assert_eq!(united.master.notes, "one\n\ntwo");
        assert!(is_disputed("name", "A", "B") && !is_disputed("phone", "", "02 1"));
    }
}
