//! Finds mistakes in the description of a table, for the tests of whoever wrote it.

use super::asked::{Asked, ON_PAGE, RESERVED};
use super::column::{Column, FilterBy, Kind};
use super::query::TableQuery;
use super::spec::TableSpec;
use crate::Lang;

impl TableSpec {
    /// What is wrong with this description, one sentence each; a test asserts that there is nothing.
    pub fn mistakes(&self, lang: &Lang) -> Vec<String> {
        let mut mistakes = Vec::new();
        self.check_texts(lang, &mut mistakes);
        self.check_sql(&mut mistakes);
        for (at, column) in self.columns.iter().enumerate() {
            let id = column.id;
            let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            if id.is_empty() || !id.bytes().all(is_name) || RESERVED.contains(&id) {
                mistakes.push(format!("no column may be called {id:?}"));
            }
            if self.position(id) != Some(at) {
                mistakes.push(format!("two columns are called {id}"));
            }
            if let Some(FilterBy::OneOf { options, .. }) = &column.filter
                && options
                    .iter()
                    .any(|option| option.value.contains(',') || option.value.is_empty())
            {
                mistakes.push(format!("an option of {id} is empty or has a comma"));
            }
            if column.link.as_ref().is_some_and(|(path, _)| !path.contains("{id}")) {
                mistakes.push(format!("the link of {id} says no {{id}}"));
            }
        }
        if self.row_link.is_some_and(|path| !path.contains("{id}")) {
            mistakes.push("the link of a row says no {id}".to_owned());
        }
        if let (Some(id), _) = self.default_sort
            && self.sort().0.is_none()
        {
            mistakes.push(format!("the table is sorted by {id}, which is not sortable"));
        }
        for (key, query) in &self.presets {
            for mistake in Asked::read(self, &TableQuery::parse(query), ON_PAGE).1 {
                mistakes
                    .push(format!("the view {key} says {}, which cannot be read", mistake.pointer));
            }
        }
        mistakes
    }

    fn check_texts(&self, lang: &Lang, mistakes: &mut Vec<String>) {
        let choices = |column: &Column| match &column.kind {
            Kind::Choice(choices) => choices.iter().map(|choice| choice.key).collect(),
            _ => Vec::new(),
        };
        let (title, sentence) = self.empty;
        let keys = [self.title, title, sentence]
            .into_iter()
            .chain(self.columns.iter().map(|column| column.label.as_ref()))
            .chain(self.columns.iter().flat_map(choices))
            .chain(self.presets.iter().map(|(key, _)| *key))
            .chain(self.primary.iter().map(|primary| primary.key))
            .chain(self.bulk.iter().map(|action| action.key));
        for key in keys.filter(|key| !key.is_empty() && !lang.has(key)) {
            mistakes.push(format!("there is no text {key}"));
        }
    }

    fn check_sql(&self, mistakes: &mut Vec<String>) {
        let source = [self.source.from, self.source.id, self.source.scope];
        let columns = self.columns.iter().flat_map(|column| {
            let filtered = match &column.filter {
                Some(FilterBy::OneOf { sql, .. }) => Some(sql.as_ref()),
                _ => None,
            };
            column
                .expressions()
                .chain(column.sort.as_deref())
                .chain(column.folded.as_deref())
                .chain(filtered)
        });
        for sql in source.into_iter().chain(self.search.iter().copied()).chain(columns) {
            if sql.trim().is_empty() || sql.contains('?') || sql.contains("{scope}") {
                mistakes.push(format!("this SQL is empty or says ? or {{scope}}: {sql}"));
            }
        }
        for (sql, values) in &self.conditions {
            if sql.matches('?').count() != values.len() || sql.contains("{scope}") {
                mistakes.push(format!("this condition does not bind its values: {sql}"));
            }
        }
    }
}
