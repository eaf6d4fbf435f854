//! Excel (ECMA-376): typed cells, a frozen header, a filter on every column. Texts that a spreadsheet
//! would take for formulas are marked as in CSV, for whoever saves the sheet as one.

use axum::body::Body;
use axum::response::Response;
use futures_util::StreamExt as _;
use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, RowNum, Workbook, Worksheet, XlsxError};

use super::csv::{safe, second_header};
use super::{Export, file};
use crate::money::minor_digits;
use crate::table::cell::Cell;
use crate::{Cx, Fault, Problem};

/// The file is built in memory, and Excel itself ends at 1,048,576.
const MOST_ROWS: usize = 100_000;

const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn workbook(cx: &Cx, export: &Export) -> Result<Response, Problem> {
    let statement =
        export.spec.everything(&export.asked, cx.scope(), cx.now(), Some(MOST_ROWS + 1));
    let mut chunks = cx.db().stream(statement);
    let mut sheet = Sheet::new(export).map_err(Fault::internal)?;
    while let Some(rows) = chunks.next().await {
        for row in rows?.iter() {
            if sheet.next > MOST_ROWS {
                let lang = cx.lang();
                let most = lang.number(i64::try_from(MOST_ROWS).unwrap_or(i64::MAX));
                let sentence = lang.with("table-export-too-long", &[("n", &most)]);
                return Err(Problem::unprocessable("too_many_rows").detail(sentence));
            }
            sheet.row(export, row).map_err(Fault::internal)?;
        }
    }
    let bytes = sheet.finish().map_err(Fault::internal)?;
    Ok(file(&format!("{}.xlsx", export.name), MEDIA, Body::from(bytes)))
}

struct Sheet {
    rows: Worksheet,
    /// The row written next; the header is row 0.
    next: usize,
    width: ColNum,
    date: Format,
    instant: Format,
    /// By the digits of the currency's minor unit.
    amounts: [Format; 4],
}

impl Sheet {
    fn new(export: &Export) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        let bold = Format::new().set_bold();
        let mut width: ColNum = 0;
        for column in export.columns() {
            let header = export.header(column);
            let second = second_header(export, &column.kind, &header);
            for text in [Some(header), second].into_iter().flatten() {
                sheet.write_string_with_format(0, width, text, &bold)?;
                sheet.set_column_width(width, 18)?;
                width += 1;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        let number = |format: &str| Format::new().set_num_format(format);
        Ok(Self {
            rows: sheet,
            next: 1,
            width,
            date: number("yyyy-mm-dd"),
            instant: number("yyyy-mm-dd hh:mm:ss"),
            amounts: money_formats(),
        })
    }

    fn row(&mut self, export: &Export, row: &[crate::db::Value]) -> Result<(), XlsxError> {
        let at = RowNum::try_from(self.next).unwrap_or(RowNum::MAX);
        let mut col: ColNum = 0;
        for (column, linked) in export.cells(row) {
            self.cell(at, col, linked.cell, |value, known| export.choice(column, value, known))?;
            col += if column.second.is_some() { 2 } else { 1 };
        }
        self.next += 1;
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "Excel knows no other numbers than doubles")]
    fn cell(
        &mut self,
        row: RowNum,
        col: ColNum,
        cell: Cell,
        choice: impl Fn(&str, Option<usize>) -> String,
    ) -> Result<(), XlsxError> {
        let sheet = &mut self.rows;
        match cell {
            Cell::Nothing => {}
            Cell::Text(text) | Cell::Mono(text) => {
                sheet.write_string(row, col, shortened(safe(text)))?;
            }
            Cell::Choice(value, known) => {
                sheet.write_string(row, col, shortened(safe(choice(&value, known))))?;
            }
            Cell::Number(n) => {
                sheet.write_number(row, col, n as f64)?;
            }
            Cell::Real(n) => {
                sheet.write_number(row, col, n)?;
            }
            Cell::Money(minor, currency) => {
                money(sheet, (row, col), (minor, &currency), &self.amounts)?;
                sheet.write_string(row, col + 1, safe(currency))?;
            }
            Cell::Date(ms) => day(sheet, row, col, ms, &self.date)?,
            Cell::Instant(ms) => day(sheet, row, col, ms, &self.instant)?,
            Cell::Flag(yes) => {
                sheet.write_boolean(row, col, yes)?;
            }
            Cell::Meter(used, max) => {
                sheet.write_number(row, col, used as f64)?;
                if let Some(max) = max {
                    sheet.write_number(row, col + 1, max as f64)?;
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        if let Some(last) = self.width.checked_sub(1) {
            let rows = RowNum::try_from(self.next - 1).unwrap_or(RowNum::MAX);
            self.rows.autofilter(0, 0, rows, last)?;
        }
        let mut workbook = Workbook::new();
        workbook.push_worksheet(self.rows);
        workbook.save_to_buffer()
    }
}

/// How amounts are shown, by the digits of their currency's minor unit.
pub(super) fn money_formats() -> [Format; 4] {
    ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000"].map(|as_| Format::new().set_num_format(as_))
}

/// Writes an amount of minor units in units of its currency.
#[expect(clippy::cast_precision_loss, reason = "Excel knows no other numbers than doubles")]
pub(super) fn money(
    sheet: &mut Worksheet,
    (row, col): (RowNum, ColNum),
    (minor, currency): (i64, &str),
    formats: &[Format; 4],
) -> Result<(), XlsxError> {
    let digits = minor_digits(currency);
    let units = minor as f64 / 10f64.powi(i32::from(digits));
    match formats.get(usize::from(digits)) {
        Some(format) => sheet.write_number_with_format(row, col, units, format)?,
        None => sheet.write_number(row, col, units)?,
    };
    Ok(())
}

/// Excel knows no date before 1900 nor after 9999; those stay empty.
fn day(
    sheet: &mut Worksheet,
    row: RowNum,
    col: ColNum,
    ms: i64,
    format: &Format,
) -> Result<(), XlsxError> {
    let at = ms.checked_div_euclid(1000).and_then(|s| ExcelDateTime::from_timestamp(s).ok());
    if let Some(at) = at {
        sheet.write_datetime_with_format(row, col, &at, format)?;
    }
    Ok(())
}

/// A cell of Excel holds 32,767 characters.
fn shortened(text: String) -> String {
    if text.len() <= 32_767 { text } else { text.chars().take(32_000).collect() }
}
