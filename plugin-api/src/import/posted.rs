//! A form with a file in it, and the file as rows, for pages that take one without being an import.

use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use http::StatusCode;

use super::sheet::{self, LARGEST, Reading, Unreadable};

/// Longest text of a field besides the file, bytes.
const LONGEST: usize = 16 * 1024 * 1024;

/// A form (`multipart/form-data`) with a field `file`; like everything that was uploaded, not
/// `Debug`.
#[derive(Default)]
pub struct Posted {
    /// The other fields, in their order.
    pub fields: Vec<(String, String)>,
    /// What its owner calls the file: without folders, and short.
    pub name: String,
    /// The file; empty when none was chosen.
    pub bytes: Vec<u8>,
}

/// A file as a header and rows of texts, whatever it was written with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// What the columns are called.
    pub header: Vec<String>,
    /// The rows that are not empty, each with the line it begins on.
    pub rows: Vec<(i64, Vec<String>)>,
}

impl Posted {
    /// Reads the form; otherwise the key of a text that says what is wrong.
    pub async fn read(mut request: Request) -> Result<Self, &'static str> {
        // The host's own limit stands before this one.
        DefaultBodyLimit::max(LARGEST + LONGEST).apply(&mut request);
        let mut form =
            Multipart::from_request(request, &()).await.map_err(|_| "import-unreadable-form")?;
        let mut posted = Self::default();
        while let Some(part) = form.next_field().await.map_err(|error| told(error.status()))? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                posted.name = part.file_name().map(own_name).unwrap_or_default();
                posted.bytes = part.bytes().await.map_err(|error| told(error.status()))?.into();
            } else {
                let text = part.text().await.map_err(|error| told(error.status()))?;
                posted.fields.push((name, text));
            }
        }
        Ok(posted)
    }
}

impl Rows {
    /// Reads a text with separators or a workbook of at most 100,000 rows below its header;
    /// otherwise the key of a text that says what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let sheet = sheet::read(bytes, &Reading::default()).map_err(Unreadable::key)?;
        let cells = |record: &csv::StringRecord| {
            record.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
        };
        let rows = sheet.rows.iter().map(|record| (record.number, cells(&record.cells)));
        Ok(Self { header: cells(&sheet.header), rows: rows.collect() })
    }
}

fn told(status: StatusCode) -> &'static str {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return "import-unreadable-too-large";
    }
    "import-unreadable-form"
}

fn own_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}
