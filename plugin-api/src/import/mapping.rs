//! Which column of a file belongs to which field.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::fields::Field;
use crate::Cx;
use crate::table::fold;

/// For each column of the file the id of its field, empty for none.
pub(super) type Mapping = Vec<String>;

/// The name of a column with everything left out that people write differently.
fn bare(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The mapping that the names of the columns suggest; a field is given to the first that fits.
pub(super) fn guess(cx: &Cx, fields: &[Field], header: &StringRecord) -> Mapping {
    let mut known = BTreeMap::new();
    for field in fields {
        let labels = cx.in_languages(|lang| lang.t(field.label)).into_values();
        let names = labels.chain([field.id.to_owned()]);
        for name in names.chain(field.aliases.iter().map(|alias| (*alias).to_owned())) {
            known.entry(bare(&name)).or_insert(field.id);
        }
    }
    let mut free: Vec<&str> = fields.iter().map(|field| field.id).collect();
    let mut field_of = |name: &str| {
        let id = known.get(&bare(name)).filter(|id| free.contains(id))?;
        free.retain(|left| left != id);
        Some((*id).to_owned())
    };
    header.iter().map(|name| field_of(name).unwrap_or_default()).collect()
}

/// What is wrong with a mapping.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A field that must be there has no column.
    Missing(&'static str),
    /// The column at this position has a field that an earlier one has already.
    Twice(usize),
}

/// The mapping with nothing in it that is not a field, and what is wrong with it.
pub(super) fn checked(fields: &[Field], mapping: Mapping) -> (Mapping, Vec<Mistake>) {
    let known = |id: &String| fields.iter().any(|field| field.id == id);
    let mapping: Mapping =
        mapping.into_iter().map(|id| if known(&id) { id } else { String::new() }).collect();
    let twice = mapping
        .iter()
        .enumerate()
        .filter(|(at, id)| !id.is_empty() && mapping.iter().take(*at).any(|before| before == *id));
    let mut mistakes: Vec<Mistake> = twice.map(|(at, _)| Mistake::Twice(at)).collect();
    let missing = fields.iter().filter(|field| field.required);
    let missing = missing.filter(|field| !mapping.iter().any(|id| id == field.id));
    mistakes.extend(missing.map(|field| Mistake::Missing(field.label)));
    (mapping, mistakes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [Field; 2] =
        [Field::new("name", "yes").required(), Field::new("colour", "no").known_as(&["tinta"])];

    #[test]
    fn names_are_compared_without_what_people_write_differently() {
        assert_eq!(bare(" Partita I.V.A. "), "partitaiva");
        assert_eq!(bare("Città"), "citta");
    }

    #[test]
    fn a_mapping_needs_its_required_fields_and_each_once() {
        let checked =
            |ids: &[&str]| checked(&FIELDS, ids.iter().map(|id| (*id).to_owned()).collect());
        assert_eq!(checked(&["name", ""]).1, []);
        assert_eq!(checked(&["colour", "x"]).1, [Mistake::Missing("yes")]);
        assert_eq!(checked(&["name", "name"]).1, [Mistake::Twice(1)]);
        assert_eq!(checked(&["name", "x"]).0, ["name", ""]);
    }
}
