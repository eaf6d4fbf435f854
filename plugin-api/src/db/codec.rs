//! Values, rows and statements as one buffer each, so that they cross the border in one piece.
//!
//! Little-endian; a length or count is a `u32`; a value is a tag byte (0 null, 1 integer, 2 real,
//! 3 text, 4 blob) and its bytes. Both sides are built from this file, and the border's version
//! covers it.

use std::sync::Arc;

use super::{Rendered, Rows, Value};
use crate::Fault;

/// Appends to a buffer.
#[derive(Debug, Default)]
pub struct Packer(Vec<u8>);

impl Packer {
    /// An empty buffer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a count.
    pub fn count(&mut self, n: usize) {
        self.0.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    }

    /// Appends an integer.
    pub fn int(&mut self, n: u64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    /// Appends bytes with their length.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Appends a value.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.push(0),
            Value::Int(n) => {
                self.0.push(1);
                self.0.extend_from_slice(&n.to_le_bytes());
            }
            Value::Real(n) => {
                self.0.push(2);
                self.0.extend_from_slice(&n.to_le_bytes());
            }
            Value::Text(text) => {
                self.0.push(3);
                self.bytes(text.as_bytes());
            }
            Value::Blob(bytes) => {
                self.0.push(4);
                self.bytes(bytes);
            }
        }
    }

    /// Appends a statement.
    pub fn statement(&mut self, statement: &Rendered) {
        self.bytes(statement.sql.as_bytes());
        self.bytes(statement.label.as_bytes());
        self.int(statement.expect_rows.map_or(u64::MAX, |n| n.min(u64::MAX - 1)));
        self.count(statement.params.len());
        statement.params.iter().for_each(|value| self.value(value));
    }

    /// Appends rows.
    pub fn rows(&mut self, rows: &Rows) {
        self.count(rows.columns.len());
        rows.columns.iter().for_each(|name| self.bytes(name.as_bytes()));
        self.count(rows.cells.len());
        rows.cells.iter().for_each(|value| self.value(value));
    }

    /// The buffer.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads what a [`Packer`] wrote.
#[derive(Debug)]
pub struct Unpacker<'a>(&'a [u8]);

impl<'a> Unpacker<'a> {
    /// Reads from `buffer`.
    pub fn new(buffer: &'a [u8]) -> Self {
        Self(buffer)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (head, tail) = self.0.split_first_chunk::<N>().ok_or_else(truncated)?;
        self.0 = tail;
        Ok(*head)
    }

    /// The next count.
    pub fn count(&mut self) -> Result<usize, Fault> {
        Ok(u32::from_le_bytes(self.array()?) as usize)
    }

    /// The next integer.
    pub fn int(&mut self) -> Result<u64, Fault> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// The next bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], Fault> {
        let length = self.count()?;
        let (head, tail) = self.0.split_at_checked(length).ok_or_else(truncated)?;
        self.0 = tail;
        Ok(head)
    }

    /// The next text.
    pub fn text(&mut self) -> Result<&'a str, Fault> {
        std::str::from_utf8(self.bytes()?).map_err(Fault::invalid)
    }

    /// The next value.
    pub fn value(&mut self) -> Result<Value, Fault> {
        Ok(match self.array::<1>()? {
            [0] => Value::Null,
            [1] => Value::Int(i64::from_le_bytes(self.array()?)),
            [2] => Value::Real(f64::from_le_bytes(self.array()?)),
            [3] => Value::Text(self.text()?.to_owned()),
            [4] => Value::Blob(self.bytes()?.to_owned()),
            [tag] => return Err(Fault::invalid(format!("no value has the tag {tag}"))),
        })
    }

    fn values(&mut self) -> Result<Vec<Value>, Fault> {
        let count = self.count()?;
        let mut values = Vec::with_capacity(count.min(self.0.len()));
        for _ in 0..count {
            values.push(self.value()?);
        }
        Ok(values)
    }

    /// The next statement.
    pub fn statement(&mut self) -> Result<Rendered, Fault> {
        Ok(Rendered {
            sql: self.text()?.to_owned(),
            label: self.text()?.to_owned(),
            expect_rows: Some(self.int()?).filter(|n| *n != u64::MAX),
            params: self.values()?,
        })
    }

    /// The next rows.
    pub fn rows(&mut self) -> Result<Rows, Fault> {
        let columns: Result<Vec<String>, Fault> =
            (0..self.count()?).map(|_| self.text().map(str::to_owned)).collect();
        Ok(Rows { columns: Arc::from(columns?), cells: self.values()? })
    }
}

fn truncated() -> Fault {
    Fault::invalid("the buffer ends too early")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let statement = Rendered {
            sql: "select ?".into(),
            params: vec![
                Value::Null,
                Value::Int(-7),
                Value::Real(0.5),
                "è".into(),
                vec![0u8, 1].into(),
            ],
            label: "one".into(),
            expect_rows: Some(0),
        };
        let rows = Rows { columns: ["a".to_owned()].into(), cells: vec![Value::Int(1)] };
        let mut packer = Packer::new();
        packer.statement(&statement);
        packer.rows(&rows);
        let buffer = packer.finish();
        let mut unpacker = Unpacker::new(&buffer);
        assert_eq!(unpacker.statement().expect("a statement"), statement);
        assert_eq!(unpacker.rows().expect("rows"), rows);
    }

    #[test]
    fn a_truncated_buffer_is_a_fault_at_every_length() {
        let mut packer = Packer::new();
        packer.rows(&Rows { columns: ["a".to_owned()].into(), cells: vec!["text".into()] });
        let buffer = packer.finish();
        for end in 0..buffer.len() {
            assert!(Unpacker::new(&buffer[..end]).rows().is_err(), "{end}");
        }
    }
}
