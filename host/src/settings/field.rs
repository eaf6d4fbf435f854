//! A setting as a field of a form: which one follows from the JSON type of its default.

use plugin_api::Lang;
use plugin_api::manifest::Setting;
use plugin_api::ui::{Field, FormErrors};
use serde_json::Value as Json;

/// A field for `setting`, filled in as `typed`.
pub(super) fn field(
    lang: &Lang,
    name: &str,
    setting: &Setting,
    typed: &str,
    errors: &FormErrors,
) -> Field {
    let label = lang.pick(&setting.label);
    let told = lang.with("settings-default", &[("value", &in_words(lang, &setting.default))]);
    let field = match &setting.default {
        Json::Bool(_) => Field::checkbox(name, label).checked(typed == "true"),
        Json::Number(number) if !number.is_f64() => {
            Field::number(name, label).value(typed).required()
        }
        Json::Number(_) => Field::text(name, label).inputmode("decimal").value(typed).required(),
        Json::String(text) if !text.contains('\n') && text.len() <= 120 => {
            Field::text(name, label).value(typed)
        }
        Json::String(_) => Field::textarea(name, label).value(typed),
        Json::Array(_) | Json::Object(_) | Json::Null => {
            Field::textarea(name, label).mono().value(typed)
        }
    };
    let told = match &setting.default {
        default if is_list(default) => format!("{} {told}", lang.t("settings-one-per-line")),
        Json::Array(_) | Json::Object(_) | Json::Null => {
            format!("{} {told}", lang.t("settings-json"))
        }
        _ => told,
    };
    field.hint(told).errors(errors)
}

/// A value as the field shows it.
pub(super) fn shown(default: &Json, value: &Json) -> String {
    match value {
        Json::String(text) if default.is_string() => text.clone(),
        Json::Array(items) if is_list(default) => {
            items.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("\n")
        }
        Json::Bool(_) | Json::Number(_) => value.to_string(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

/// Reads what was typed as a value of the type of `default`; otherwise the key of the sentence that
/// says what to write.
pub(super) fn parse(default: &Json, typed: &str) -> Result<Json, &'static str> {
    let typed = typed.trim();
    match default {
        Json::Bool(_) => Ok(Json::Bool(typed == "true")),
        Json::Number(number) if number.is_f64() => {
            let number: f64 =
                typed.replace(',', ".").parse().map_err(|_| "field-number-decimal")?;
            serde_json::Number::from_f64(number).map(Json::Number).ok_or("field-number-decimal")
        }
        Json::Number(_) => typed.parse::<i64>().map(Json::from).map_err(|_| "field-number"),
        Json::String(_) => Ok(Json::from(typed.replace("\r\n", "\n"))),
        _ if is_list(default) => {
            let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
            Ok(lines.map(Json::from).collect())
        }
        _ => {
            let value: Json = serde_json::from_str(typed).map_err(|_| "field-json")?;
            if super::fits(default, &value) { Ok(value) } else { Err("field-json") }
        }
    }
}

/// Whether it is a list of texts, which people write line by line.
fn is_list(default: &Json) -> bool {
    default.as_array().is_some_and(|items| items.iter().all(Json::is_string))
}

fn in_words(lang: &Lang, default: &Json) -> String {
    match default {
        Json::Bool(on) => lang.t(if *on { "yes" } else { "no" }),
        Json::Null => lang.t("none"),
        Json::String(text) if text.is_empty() => lang.t("none"),
        Json::Array(items) if items.is_empty() => lang.t("none"),
        Json::Array(_) if is_list(default) => shown(default, default).replace('\n', ", "),
        other => shown(other, other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_shown_is_read_back_as_the_same_value() {
        for (default, value) in [
            (json!(true), json!(false)),
            (json!(30), json!(-7)),
            (json!(0.5), json!(1.25)),
            (json!(""), json!("Grüße")),
            (json!([]), json!(["a", "b c"])),
            (json!({}), json!({ "a": [1, null] })),
            (json!([1]), json!([2, 3])),
            (json!(null), json!([null])),
        ] {
            assert_eq!(parse(&default, &shown(&default, &value)), Ok(value), "{default}");
        }
    }

    #[test]
    fn what_is_of_another_type_is_refused_with_a_hint() {
        assert_eq!(parse(&json!(30), "many"), Err("field-number"));
        assert_eq!(parse(&json!(30), "1.5"), Err("field-number"));
        assert_eq!(parse(&json!(0.5), "NaN"), Err("field-number-decimal"));
        assert_eq!(parse(&json!({}), "[]"), Err("field-json"));
        assert_eq!(parse(&json!({}), "{"), Err("field-json"));
        assert_eq!(parse(&json!(0.5), "1,5"), Ok(json!(1.5)));
    }
}
