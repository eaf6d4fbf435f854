//! Rows as they come back, and how serde reads structs from them.

use std::sync::Arc;

use serde::de::{self, DeserializeOwned, IntoDeserializer, MapAccess, Visitor};

use super::Value;
use crate::Fault;

/// The answer of a query: column names once, then the cells row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// Column names, in order.
    pub columns: Arc<[String]>,
    /// `columns.len()` cells per row.
    pub cells: Vec<Value>,
}

impl Rows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        if self.columns.is_empty() { 0 } else { self.cells.len() / self.columns.len() }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows as slices of cells.
    pub fn iter(&self) -> impl Iterator<Item = &[Value]> {
        self.cells.chunks_exact(self.columns.len().max(1))
    }

    /// Reads every row into a `T`, by column name.
    pub fn into_all<T: DeserializeOwned>(self) -> Result<Vec<T>, Fault> {
        let width = self.columns.len().max(1);
        let mut all = Vec::with_capacity(self.len());
        let mut cells = self.cells.into_iter();
        loop {
            let row: Vec<Value> = cells.by_ref().take(width).collect();
            if row.len() < width {
                return Ok(all);
            }
            let row = Row { columns: &self.columns, cells: row.into_iter(), at: 0, held: None };
            all.push(T::deserialize(de::value::MapAccessDeserializer::new(row))?);
        }
    }

    /// Reads the first row, if there is one.
    pub fn into_first<T: DeserializeOwned>(mut self) -> Result<Option<T>, Fault> {
        self.cells.truncate(self.columns.len());
        Ok(self.into_all()?.pop())
    }

    /// The first cell of the first row as an integer; 0 when there is none (`count(*)`, sums).
    pub fn scalar(&self) -> i64 {
        match self.cells.first() {
            Some(Value::Int(n)) => *n,
            #[expect(clippy::cast_possible_truncation, reason = "sums of integers only")]
            Some(Value::Real(n)) => *n as i64,
            _ => 0,
        }
    }
}

struct Row<'a> {
    columns: &'a [String],
    cells: std::vec::IntoIter<Value>,
    at: usize,
    held: Option<Value>,
}

impl<'de> MapAccess<'de> for Row<'_> {
    type Error = Fault;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some(name) = self.columns.get(self.at) else { return Ok(None) };
        self.at += 1;
        self.held = self.cells.next();
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let column = self.columns.get(self.at.wrapping_sub(1)).map_or("", String::as_str);
        seed.deserialize(Cell(self.held.take().unwrap_or_default()))
            .map_err(|fault| fault.about(column))
    }
}

struct Cell(Value);

impl<'de> de::Deserializer<'de> for Cell {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Int(n) => visitor.visit_i64(n),
            Value::Real(n) => visitor.visit_f64(n),
            Value::Text(text) => visitor.visit_string(text),
            Value::Blob(bytes) => visitor.visit_byte_buf(bytes),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            value => visitor.visit_some(Cell(value)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Int(n) => visitor.visit_bool(n != 0),
            _ => Err(Fault::invalid("a boolean is stored as 0 or 1")),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            #[expect(clippy::cast_precision_loss, reason = "the caller asked for a float")]
            Value::Int(n) => visitor.visit_f64(n as f64),
            value => Cell(value).deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Text(text) => {
                let text: de::value::StringDeserializer<Fault> = text.into_deserializer();
                text.deserialize_enum(name, variants, visitor)
            }
            _ => Err(Fault::invalid("an enum is stored as text")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl de::Error for Fault {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::invalid(message)
    }
}

/// `#[serde(with = "plugin_api::db::json")]`: a column that holds JSON as text.
pub mod json {
    use serde::de::{DeserializeOwned, Error};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Reads the text of the column as JSON.
    pub fn deserialize<'de, D: Deserializer<'de>, T: DeserializeOwned>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }

    /// Writes the value as JSON text.
    pub fn serialize<S: Serializer, T: Serialize>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        use serde::ser::Error;
        serializer.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Demo,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Thing {
        name: String,
        seats: i64,
        internal: bool,
        ends_at: Option<i64>,
        kind: Kind,
        #[serde(with = "json")]
        tags: Vec<String>,
    }

    #[test]
    fn a_row_is_read_into_a_struct_by_column_name() {
        let rows = Rows {
            columns: ["name", "seats", "internal", "ends_at", "kind", "tags"]
                .map(str::to_owned)
                .into(),
            cells: vec![
                "Acme".into(),
                3i64.into(),
                true.into(),
                Value::Null,
                "demo".into(),
                r#"["a"]"#.into(),
            ],
        };
        assert_eq!(rows.len(), 1);
        let thing: Thing = rows.into_first().expect("readable").expect("one row");
        assert_eq!(
            thing,
            Thing {
                name: "Acme".into(),
                seats: 3,
                internal: true,
                ends_at: None,
                kind: Kind::Demo,
                tags: vec!["a".into()],
            }
        );
    }

    #[derive(Debug, Deserialize)]
    struct Seats {
        #[expect(dead_code, reason = "never read")]
        seats: i64,
    }

    #[test]
    fn a_fault_names_the_column_that_cannot_be_read() {
        let rows = Rows { columns: ["seats"].map(str::to_owned).into(), cells: vec!["x".into()] };
        let fault = rows.into_first::<Seats>().expect_err("text is no number");
        assert_eq!(fault.subject, "seats");
    }
}
