//! What `cockpit config` prints: the settings in force with their origin, and the reference.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::setting::Kind;
use super::{Config, Loaded};

impl Loaded {
    /// One line per setting: key, value, where it came from. Secrets are hidden.
    pub fn text(&self) -> String {
        let rows: Vec<_> =
            self.rows().map(|(key, value, origin)| (key, plain(&value), origin)).collect();
        let width = |of: fn(&(&str, String, &str)) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let (keys, values) = (width(|row| row.0.len()), width(|row| row.1.chars().count()).min(60));
        rows.iter().fold(String::new(), |mut text, (key, value, origin)| {
            let _ = writeln!(text, "{key:keys$}  {value:values$}  {origin}");
            text
        })
    }

    /// The same as JSON: per key its `value` and `origin`.
    pub fn json(&self) -> Value {
        self.rows()
            .map(|(key, value, origin)| {
                (key.to_owned(), json!({ "value": value, "origin": origin }))
            })
            .collect::<Map<_, _>>()
            .into()
    }

    fn rows(&self) -> impl Iterator<Item = (&'static str, Value, &str)> {
        let values = serde_json::to_value(&self.config).unwrap_or_default();
        Config::settings().map(move |setting| {
            let origin = self.origins.get(setting.key).map_or("", String::as_str);
            (setting.key, at(&values, setting.key), origin)
        })
    }
}

/// The settings reference as a Markdown table.
pub fn reference() -> String {
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut text = "| Setting | Environment variable | Default | What it means |\n\
                    | --- | --- | --- | --- |\n"
        .to_owned();
    for setting in Config::settings() {
        let default = match at(&defaults, setting.key) {
            Value::Null => String::new(),
            value => format!("`{value}`"),
        };
        let variable = setting.variable();
        let or_file = if setting.kind == Kind::Secret {
            format!(" or `{variable}_FILE`")
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "| `{}` | `{variable}`{or_file} | {default} | {} |",
            setting.key, setting.text
        );
    }
    text
}

/// A value on the console; nothing is a dash.
fn plain(value: &Value) -> String {
    if value.is_null() { "-".to_owned() } else { value.to_string() }
}

fn at(values: &Value, key: &str) -> Value {
    values.pointer(&format!("/{}", key.replace('.', "/"))).cloned().unwrap_or_default()
}

/// A settings file in which every setting stands with its default, commented out.
pub fn reference_file() -> String {
    let defaults = serde_json::to_value(Config::default()).unwrap_or_default();
    let mut text = "# Settings of the cockpit. Take the # off a line to change it.\n".to_owned();
    let mut section = "";
    for setting in Config::settings() {
        // `data` is where this file was found, so it cannot stand in it.
        let Some((of, name)) = setting.key.split_once('.') else { continue };
        if of != section {
            section = of;
            let _ = write!(text, "\n[{section}]\n");
        }
        let default = match at(&defaults, setting.key) {
            Value::Null => "\"\"".to_owned(),
            value => value.to_string(),
        };
        let _ = write!(text, "# {}\n#{name} = {default}\n", setting.text);
    }
    text
}
