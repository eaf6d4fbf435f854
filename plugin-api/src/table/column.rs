//! One column of a table: what it shows, and by what it is sorted and filtered.

use std::borrow::Cow;

use crate::Lang;
use crate::ui::Tone;

pub(super) type SqlText = Cow<'static, str>;

/// One column of a [`TableSpec`](super::TableSpec).
///
/// Its id is the parameter of its filter, its name in `sort` and `columns`, and its member in
/// exports: lower-case letters, digits and `_`. Its header is the text `column-<id>` (with `-` for
/// `_`) unless [`Column::label`] names another.
#[derive(Debug, Clone)]
pub struct Column {
    pub(super) id: &'static str,
    pub(super) label: Cow<'static, str>,
    pub(super) kind: Kind,
    pub(super) sql: SqlText,
    /// Currency of an amount, maximum of a meter.
    pub(super) second: Option<SqlText>,
    pub(super) folded: Option<SqlText>,
    pub(super) sort: Option<SqlText>,
    pub(super) is_scanned: bool,
    pub(super) filter: Option<FilterBy>,
    pub(super) link: Option<(&'static str, SqlText)>,
    pub(super) optional: bool,
    pub(super) narrowed: Vec<(&'static str, &'static str)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Mono,
    Choice(Vec<Choice>),
    Number,
    Money,
    Date,
    Instant,
    Flag,
    Meter,
}

/// One value of a [`Kind::Choice`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) key: &'static str,
    pub(super) tone: Tone,
}

/// What a filter of the column compares.
#[derive(Debug, Clone)]
pub(super) enum FilterBy {
    Contains,
    OneOf { sql: SqlText, options: Vec<FilterOption> },
    Range,
    Flag,
}

#[derive(Debug, Clone)]
pub(super) struct FilterOption {
    pub(super) value: String,
    label: OptionLabel,
}

#[derive(Debug, Clone)]
enum OptionLabel {
    Key(&'static str),
    Text(String),
}

impl FilterOption {
    pub(super) fn text(&self, lang: &Lang) -> String {
        match &self.label {
            OptionLabel::Key(key) => lang.t(key),
            OptionLabel::Text(text) => text.clone(),
        }
    }
}

impl Column {
    fn new(id: &'static str, kind: Kind, sql: impl Into<SqlText>) -> Self {
        Self {
            id,
            label: format!("column-{}", id.replace('_', "-")).into(),
            kind,
            sql: sql.into(),
            second: None,
            folded: None,
            sort: None,
            is_scanned: false,
            filter: None,
            link: None,
            optional: false,
            narrowed: Vec::new(),
        }
    }

    /// Text as people write it; give [`Column::folded`] to sort and filter it as they expect.
    pub fn text(id: &'static str, sql: impl Into<SqlText>) -> Self {
        Self::new(id, Kind::Text, sql)
    }

    /// Keys, codes and ids, in fixed-width letters.
    pub fn mono(id: &'static str, sql: impl Into<SqlText>) -> Self {
        Self::new(id, Kind::Mono, sql)
    }

    /// One of a few values, shown as a badge: value, text key and tone of each.
    pub fn choice(
        id: &'static str,
        sql: impl Into<SqlText>,
        choices: &[(&'static str, &'static str, Tone)],
    ) -> Self {
        let choice = |&(value, key, tone)| Choice { value, key, tone };
        Self::new(id, Kind::Choice(choices.iter().map(choice).collect()), sql)
    }

    /// A number.
    pub fn number(id: &'static str, sql: impl Into<SqlText>) -> Self {
        Self::new(id, Kind::Number, sql)
    }

    /// An amount: minor units, and the SQL of its ISO 4217 currency.
    pub fn money(
        id: &'static str,
        minor: impl Into<SqlText>,
        currency: impl Into<SqlText>,
    ) -> Self {
        Self { second: Some(currency.into()), ..Self::new(id, Kind::Money, minor) }
    }

    /// A day, stored as unix milliseconds.
    pub fn date(id: &'static str, sql: impl Into<SqlText>) -> Self {
        Self::new(id, Kind::Date, sql)
    }

    /// A day and time, stored as unix milliseconds.
    pub fn instant(id: &'static str, sql: impl Into<SqlText>) -> Self {
        Self::new(id, Kind::Instant, sql)
    }

    /// Yes or no, stored as 1 or 0.
    pub fn flag(id: &'static str, sql: impl Into<SqlText>) -> Self {
        Self::new(id, Kind::Flag, sql)
    }

    /// How many of a maximum are used; a maximum of NULL is no limit.
    pub fn meter(id: &'static str, used: impl Into<SqlText>, max: impl Into<SqlText>) -> Self {
        Self { second: Some(max.into()), ..Self::new(id, Kind::Meter, used) }
    }

    /// The text key of the header.
    #[must_use]
    pub fn label(mut self, key: &'static str) -> Self {
        self.label = Cow::Borrowed(key);
        self
    }

    /// May be sorted by what it shows.
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sort = Some(self.folded.clone().unwrap_or_else(|| self.sql.clone()));
        self
    }

    /// May be sorted, by another expression than the one shown.
    #[must_use]
    pub fn sorted_by(mut self, sql: impl Into<SqlText>) -> Self {
        self.sort = Some(sql.into());
        self
    }

    /// No index holds its order: `SQLite` reads the table as it lies then, instead of following some
    /// index that holds the ids, row by row from everywhere.
    #[must_use]
    pub fn scanned(mut self) -> Self {
        self.is_scanned = true;
        self
    }

    /// A column that holds [`fold`](super::fold) of the text: the table sorts by it and filters on
    /// it, so case and accents make no difference.
    #[must_use]
    pub fn folded(mut self, sql: impl Into<SqlText>) -> Self {
        let sql = sql.into();
        self.sort = Some(sql.clone());
        self.folded = Some(sql);
        self
    }

    /// May be filtered, as its kind is: a text contains (or is, behind a `=`), a choice is one of, a number, amount or
    /// date lies between (`<id>.from`, `<id>.to`, both included), a flag is.
    #[must_use]
    pub fn filterable(mut self) -> Self {
        self.filter = Some(match &self.kind {
            Kind::Text | Kind::Mono => FilterBy::Contains,
            Kind::Choice(choices) => {
                let option = |c: &Choice| FilterOption {
                    value: c.value.to_owned(),
                    label: OptionLabel::Key(c.key),
                };
                let options = choices.iter().map(option).collect();
                FilterBy::OneOf { sql: self.sql.clone(), options }
            }
            Kind::Flag => FilterBy::Flag,
            _ => FilterBy::Range,
        });
        self
    }

    /// May be filtered by options that are data: the SQL that is compared (a product's code), and
    /// value and name of each option. A value has no comma.
    #[must_use]
    pub fn filter_options(
        mut self,
        sql: impl Into<SqlText>,
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let option = |(value, text)| FilterOption { value, label: OptionLabel::Text(text) };
        let options = options.into_iter().map(option).collect();
        self.filter = Some(FilterBy::OneOf { sql: sql.into(), options });
        self
    }

    /// Conditions an index can serve that hold wherever the column has these values: a filter on
    /// values that are rare in a large table is then quick.
    #[must_use]
    pub fn narrowed(mut self, conditions: &[(&'static str, &'static str)]) -> Self {
        self.narrowed = conditions.to_vec();
        self
    }

    /// A link on each cell: the path, where `{id}` is what `sql` gives; none where that is NULL.
    #[must_use]
    pub fn linked(mut self, path: &'static str, sql: impl Into<SqlText>) -> Self {
        self.link = Some((path, sql.into()));
        self
    }

    /// Shown only when somebody chooses it.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The choice at this position.
    pub(super) fn choice_at(&self, known: Option<usize>) -> Option<&Choice> {
        let Kind::Choice(choices) = &self.kind else { return None };
        choices.get(known?)
    }

    /// Numbers stand to the right.
    pub(super) fn is_numeric(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Money | Kind::Meter)
    }
}
