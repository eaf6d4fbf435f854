//! JSON (RFC 8259): an array of objects, an answer that holds one, or one object a line.

use std::collections::HashMap;

use csv::StringRecord;
use serde_json::{Map, Value};

use super::{MOST_COLUMNS, MOST_ROWS, Record, Unreadable};

/// The objects of a text as records, the names of their members first; none if it is no JSON but
/// may be a text with separators that only begins like it.
pub(super) fn read(text: &str) -> Option<Result<Vec<Record>, Unreadable>> {
    let text = text.trim_start();
    let rest = text.strip_prefix('[').map(str::trim_start);
    // A column may be called `[Name]`; nothing but JSON begins with a brace.
    let certain = text.starts_with('{') || rest.is_some_and(|rest| rest.starts_with('{'));
    if !certain && rest.is_none() {
        return None;
    }
    match objects(text) {
        Some(objects) => Some(records(&objects)),
        None if certain => Some(Err(Unreadable::DamagedJson)),
        None => None,
    }
}

/// Each object with its place: that in its array, or the line it stands on.
fn objects(text: &str) -> Option<Vec<(i64, Map<String, Value>)>> {
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) => numbered(items),
        Ok(Value::Object(members)) => enclosed(members),
        Ok(_) => None,
        Err(_) => lines(text),
    }
}

fn numbered(items: Vec<Value>) -> Option<Vec<(i64, Map<String, Value>)>> {
    let object = |(number, item)| match item {
        Value::Object(members) => Some((number, members)),
        _ => None,
    };
    (1..).zip(items).map(object).collect()
}

/// The array of objects an answer of an API holds (`{"data": […]}`), or the object itself.
fn enclosed(mut members: Map<String, Value>) -> Option<Vec<(i64, Map<String, Value>)>> {
    let is_list = |value: &Value| {
        let items = value.as_array().filter(|items| !items.is_empty());
        items.is_some_and(|items| items.iter().all(Value::is_object))
    };
    let mut lists = members.iter().filter(|(_, value)| is_list(value));
    let scalars = members.values().any(|value| !value.is_array() && !value.is_object());
    let name = lists.next().map(|(name, _)| name.clone());
    match (name, lists.next()) {
        (Some(name), None) if !scalars || name == "data" || name == "dati" => {
            match members.remove(&name) {
                Some(Value::Array(items)) => numbered(items),
                _ => None,
            }
        }
        _ => Some(vec![(1, members)]),
    }
}

/// One object a line.
fn lines(text: &str) -> Option<Vec<(i64, Map<String, Value>)>> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| Some((number, serde_json::from_str(line).ok()?))).collect()
}

fn records(objects: &[(i64, Map<String, Value>)]) -> Result<Vec<Record>, Unreadable> {
    if objects.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    let mut header = Header::default();
    let mut rows = Vec::with_capacity(objects.len());
    for (number, members) in objects {
        let mut cells = Vec::new();
        flatten("", members, &mut |name, text| {
            let at = header.place(name)?;
            cells.resize(cells.len().max(at + 1), String::new());
            if let Some(cell) = cells.get_mut(at) {
                *cell = text;
            }
            Ok(())
        })?;
        rows.push(Record { number: *number, cells: StringRecord::from(cells) });
    }
    if header.names.is_empty() {
        return Err(Unreadable::Empty);
    }
    let header = Record { number: 0, cells: StringRecord::from(header.names) };
    Ok(std::iter::once(header).chain(rows).collect())
}

/// The columns, in the order in which they are met.
#[derive(Default)]
struct Header {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Header {
    fn place(&mut self, name: String) -> Result<usize, Unreadable> {
        if let Some(at) = self.places.get(&name) {
            return Ok(*at);
        }
        let at = self.names.len();
        if at >= MOST_COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
        self.names.push(name.clone());
        self.places.insert(name, at);
        Ok(at)
    }
}

/// Gives each member as a cell; what lies in an object has the names on the way before its own.
fn flatten(
    above: &str,
    members: &Map<String, Value>,
    cell: &mut dyn FnMut(String, String) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    for (name, value) in members {
        let name = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        match value {
            Value::Object(members) => flatten(&name, members, cell)?,
            value => cell(name, text(value))?,
        }
    }
    Ok(())
}

/// A value as somebody would have typed it; those of a list with semicolons between.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(";"),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, Unreadable, read};

    fn rows(text: &str) -> Result<Vec<String>, Unreadable> {
        let sheet = read(text.as_bytes(), &Reading::default())?;
        let joined = |cells: &csv::StringRecord| cells.iter().collect::<Vec<_>>().join("|");
        let rows = sheet.rows.iter().map(|row| format!("{}:{}", row.number, joined(&row.cells)));
        Ok(std::iter::once(joined(&sheet.header)).chain(rows).collect())
    }

    #[test]
    fn objects_are_rows_and_nested_members_columns() {
        let nested = r#"[{"a":1,"b":{"c":true,"d":{"e":"x"}}},{"b":{"c":null},"f":["p","q"]},{}]"#;
        let answer = r#"{"data":[{"id":"x","attributes":{"key":"k"}}],"meta":{"n":1}}"#;
        for (text, expected) in [
            (nested, vec!["a|b.c|b.d.e|f", "1:1|true|x", "2:|||p;q"]),
            ("{\"a\":1}\n\n{\"a\":\"è\",\"b\":2.5}\n", vec!["a|b", "1:1", "3:è|2.5"]),
            (answer, vec!["attributes.key|id", "1:k|x"]),
            (r#"{"a":"only one","tags":["x"]}"#, vec!["a|tags", "1:only one|x"]),
            ("[Name],[VAT]\nx,1\n", vec!["[Name]|[VAT]", "2:x|1"]),
        ] {
            assert_eq!(rows(text).expect("readable"), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_table_says_so() {
        assert_eq!(rows("[{\"a\":1},"), Err(Unreadable::DamagedJson));
        assert_eq!(rows("{\"a\":1}{"), Err(Unreadable::DamagedJson));
        assert_eq!(rows("[{\"a\":1}, 2]"), Err(Unreadable::DamagedJson));
        assert_eq!(rows("[{}]"), Err(Unreadable::Empty));
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
        assert_eq!(rows(&deep), Err(Unreadable::DamagedJson));
        let wide: Vec<String> = (0..201).map(|n| format!("\"c{n}\":1")).collect();
        assert_eq!(rows(&format!("[{{{}}}]", wide.join(","))), Err(Unreadable::TooManyColumns));
    }
}
