//! A small table that was computed, not selected, as the same files that lists are exported as.

use axum::body::Body;
use axum::response::Response;
use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, RowNum, Workbook, XlsxError};
use serde_json::{Map, Value as Json, json};

use super::csv::safe;
use super::file;
use super::xlsx::{money, money_formats};
use crate::money::amount;
use crate::{Fault, FieldProblem, Problem, time};

/// One value of a [`Sheet`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Minor units of an ISO 4217 currency, which is a column of its own.
    Amount(i64, String),
    /// A day, unix milliseconds.
    Date(i64),
}

/// A computed table: what its columns are called, and its rows.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The file is called so, without its extension.
    pub name: String,
    /// Member in JSON and header of each column.
    pub columns: Vec<(&'static str, String)>,
    /// As many items a row as there are columns.
    pub rows: Vec<Vec<Item>>,
}

impl Sheet {
    /// The file of a `format`: `csv` (RFC 4180), `xlsx` (ECMA-376) or `json` (an array of objects);
    /// 400 for another one.
    pub fn file(&self, format: &str) -> Result<Response, Problem> {
        let (bytes, media) = match format {
            "csv" => (self.csv()?, "text/csv; charset=utf-8"),
            "xlsx" => (
                self.xlsx().map_err(Fault::internal)?,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            "json" => {
                (serde_json::to_vec(&self.json()).map_err(Fault::internal)?, "application/json")
            }
            _ => {
                let told = FieldProblem::new("format", "field-option");
                return Err(Problem::malformed("malformed_query").errors(vec![told]));
            }
        };
        Ok(file(&format!("{}.{format}", self.name), media, Body::from(bytes)))
    }

    fn csv(&self) -> Result<Vec<u8>, Fault> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let headers = self.columns.iter().map(|(_, header)| safe(header.clone()));
        writer.write_record(headers).map_err(Fault::internal)?;
        for row in &self.rows {
            let fields = row.iter().map(|item| match item {
                Item::Text(text) => safe(text.clone()),
                Item::Number(n) => n.to_string(),
                Item::Amount(minor, currency) => amount(*minor, currency),
                Item::Date(ms) => time::date(*ms),
            });
            writer.write_record(fields).map_err(Fault::internal)?;
        }
        writer.into_inner().map_err(Fault::internal)
    }

    fn json(&self) -> Vec<Json> {
        let value = |item: &Item| match item {
            Item::Text(text) => json!(text),
            Item::Number(n) | Item::Amount(n, _) => json!(n),
            Item::Date(ms) => json!(time::date(*ms)),
        };
        let object = |row: &Vec<Item>| {
            let members = self.columns.iter().zip(row);
            Json::Object(
                members
                    .map(|((id, _), item)| ((*id).to_owned(), value(item)))
                    .collect::<Map<_, _>>(),
            )
        };
        self.rows.iter().map(object).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "Excel knows no other numbers than doubles")]
    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let bold = Format::new().set_bold();
        let formats = money_formats();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (col, (_, header)) in (0..ColNum::MAX).zip(&self.columns) {
            sheet.write_string_with_format(0, col, header, &bold)?;
            sheet.set_column_width(col, 18)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (at, row) in (1..RowNum::MAX).zip(&self.rows) {
            for (col, item) in (0..ColNum::MAX).zip(row) {
                match item {
                    Item::Text(text) => {
                        sheet.write_string(at, col, safe(text.clone()))?;
                    }
                    Item::Number(n) => {
                        sheet.write_number(at, col, *n as f64)?;
                    }
                    Item::Amount(minor, currency) => {
                        money(sheet, (at, col), (*minor, currency), &formats)?;
                    }
                    Item::Date(ms) => {
                        let date = ExcelDateTime::from_timestamp(ms.div_euclid(1000))?;
                        sheet.write_datetime_with_format(at, col, &date, &day)?;
                    }
                }
            }
        }
        workbook.save_to_buffer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let text = |text: &str| Item::Text(text.to_owned());
        Sheet {
            name: "vendite-2026-01-15".to_owned(),
            columns: vec![("mese", "Month".to_owned()), ("n", "=n".to_owned())],
            rows: vec![
                vec![text("=1+1"), Item::Number(7)],
                vec![Item::Date(0), Item::Amount(-5, "EUR".to_owned())],
            ],
        }
    }

    #[test]
    fn a_file_has_its_header_and_no_formulas() {
        let csv = String::from_utf8(sheet().csv().expect("written")).expect("UTF-8");
        assert_eq!(csv, "Month,'=n\r\n'=1+1,7\r\n1970-01-01,-0.05\r\n");
        assert_eq!(
            Json::from(sheet().json()),
            json!([{ "mese": "=1+1", "n": 7 }, { "mese": "1970-01-01", "n": -5 }])
        );
        assert!(sheet().xlsx().expect("written").starts_with(b"PK"));
    }

    #[test]
    fn another_format_is_refused() {
        assert!(sheet().file("pdf").is_err());
        let response = sheet().file("xlsx").expect("a file");
        let told = response.headers()["content-disposition"].to_str().expect("ASCII");
        assert_eq!(told, "attachment; filename=\"vendite-2026-01-15.xlsx\"");
    }
}
