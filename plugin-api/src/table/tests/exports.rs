//! The files.

use axum::response::Response;
use http_body_util::BodyExt as _;

use super::*;
use crate::table::TableQuery;
use crate::table::export::safe;

fn export(host: &Arc<Prepared>, query: &str) -> Response {
    now(spec().export(&cx(host), &TableQuery::parse(query))).unwrap()
}

fn body(response: Response) -> Vec<u8> {
    now(response.into_body().collect()).unwrap().to_bytes().to_vec()
}

fn text(response: Response) -> String {
    String::from_utf8(body(response)).unwrap()
}

fn two() -> Arc<Prepared> {
    host([rows(&[("1", "=HYPERLINK(\"x\")", Some(NOW)), ("2", "Rossi, \"B\"", None)])])
}

#[test]
fn csv_is_whole_safe_and_typed() {
    let response = export(&two(), "");
    let headers = response.headers().clone();
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(headers["content-disposition"], "attachment; filename=\"things-2026-11-22.csv\"");
    assert_eq!(
        text(response),
        "Details,History,Actions,Never,Send,Send: currency,Show,Show: maximum\r\n\
         K-1,\"'=HYPERLINK(\"\"x\"\")\",Switch on,2026-11-22,-12.50,EUR,2,\r\n\
         K-1,\"Rossi, \"\"B\"\"\",Switch on,,-12.50,EUR,2,\r\n"
    );
}

#[test]
fn an_export_has_all_rows_that_match_and_the_columns_chosen() {
    let host = host([]);
    let csv = text(export(&host, "format=csv&columns=stato,codice&q=x&limit=10&cursor=zzz"));
    assert_eq!(csv, "Actions,Details\r\n");
    let asked = host.asked.lock().unwrap();
    assert!(asked[0].sql.contains("like ?") && !asked[0].sql.contains("limit"), "{}", asked[0].sql);
}

#[test]
fn formulas_are_defused_and_nothing_else() {
    for text in ["=1", "+1", "-1", "@x", "\tx", "\rx", "\0x"] {
        assert_eq!(safe(text.to_owned()), format!("'{text}"));
    }
    for text in ["", "1", "a=b", " =1", "'=1"] {
        assert_eq!(safe(text.to_owned()), text);
    }
}

#[test]
fn json_is_one_array_across_chunks() {
    let response = export(&two(), "format=json");
    assert_eq!(response.headers()["content-type"], "application/json");
    let json: serde_json::Value = serde_json::from_slice(&body(response)).unwrap();
    assert_eq!(
        json[0],
        serde_json::json!({
            "codice": "K-1", "nome": "=HYPERLINK(\"x\")", "stato": "attiva",
            "scadenza": "2026-11-22", "importo": { "importo": -1250, "valuta": "EUR" },
            "posti": { "usati": 2, "massimi": null },
        })
    );
    assert_eq!(json[1]["scadenza"], serde_json::Value::Null);
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_eq!(text(export(&host([]), "format=json")), "[\n]\n");
}

#[test]
fn a_workbook_is_a_zip_with_the_right_name() {
    let response = export(&two(), "format=xlsx");
    let name = response.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.ends_with("things-2026-11-22.xlsx\""), "{name}");
    assert!(body(response).starts_with(b"PK\x03\x04"));
    body(export(&host([]), "format=xlsx"));
}

#[test]
fn another_format_is_refused() {
    let refused = now(spec().export(&cx(&host([])), &TableQuery::parse("format=pdf"))).unwrap_err();
    assert_eq!(refused.status().as_u16(), 400);
}
