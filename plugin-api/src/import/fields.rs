//! The fields an import fills, and a row read into them.

use std::collections::BTreeMap;

use csv::StringRecord;

/// One field a column of a file may be mapped to.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its id, by which [`Row::get`] gives it.
    pub(super) id: &'static str,
    /// Text key of what people call it.
    pub(super) label: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) required: bool,
}

impl Field {
    /// A field; columns called like its id or its label in any language are mapped to it at once.
    pub const fn new(id: &'static str, label: &'static str) -> Self {
        Self { id, label, aliases: &[], required: false }
    }

    /// Its id.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// What else its column may be called; case, accents, spaces and points make no difference.
    #[must_use]
    pub const fn known_as(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// A file without it is not imported.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// One row of a file, by field.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Where it stands in the file.
    pub number: i64,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// Reads a record whose columns belong to the fields `mapping` names; an empty name for none.
    pub(super) fn read(number: i64, cells: &StringRecord, mapping: &[String]) -> Self {
        let cell = |(at, field): (usize, &String)| {
            (field.clone(), cells.get(at).unwrap_or_default().trim().to_owned())
        };
        let mapped = mapping.iter().enumerate().filter(|(_, field)| !field.is_empty());
        Self { number, cells: mapped.map(cell).collect() }
    }

    /// What stands in the field, without white space around it; empty when no column has it.
    pub fn get(&self, field: &str) -> &str {
        self.cells.get(field).map_or("", String::as_str)
    }

    /// Whether a column is mapped to the field: only then an empty cell says that it is empty.
    pub fn has(&self, field: &str) -> bool {
        self.cells.contains_key(field)
    }
}
