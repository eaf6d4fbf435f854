//! Reading against everything that software is known, or feared, to send: the rows of
//! `tests/it/shapes/shapes.json`, which go through the endpoint as well.

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Unreadable, read};

/// A row of the table.
#[derive(Deserialize)]
struct Shape {
    what: String,
    body: Option<String>,
    hex: Option<String>,
    r#type: Option<String>,
    query: Option<String>,
    status: u16,
    #[serde(rename = "is", default)]
    wanted: serde_json::Map<String, Json>,
}

impl Shape {
    fn bytes(&self) -> Vec<u8> {
        let Some(hex) = &self.hex else { return self.body.clone().unwrap_or_default().into() };
        let pairs = (0..hex.len()).step_by(2).map(|at| &hex[at..at + 2]);
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    }
}

#[test]
fn every_shape_is_read_as_its_row_says() {
    let shapes: Vec<Shape> =
        serde_json::from_str(include_str!("../../../tests/it/shapes/shapes.json")).unwrap();
    assert!(shapes.len() >= 100);
    let mut wrong = Vec::new();
    for shape in &shapes {
        let read = read(&shape.bytes(), shape.r#type.as_deref(), shape.query.as_deref());
        let status = match &read {
            Ok(_) => 201,
            Err(Unreadable::Malformed) => 400,
            Err(Unreadable::Nameless) => 422,
        };
        let mut wanted = json!(super::Report { currency: "EUR".to_owned(), ..Default::default() });
        for (field, value) in &shape.wanted {
            wanted[field] = value.clone();
        }
        let read = read.map(|read| json!(read.report));
        if status != shape.status || read.as_ref().is_ok_and(|report| *report != wanted) {
            wrong.push(format!(
                "{}: {status} {read:?}\n  wanted {} {wanted}",
                shape.what, shape.status
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_payload_is_what_came() {
    for body in ["{\"nome_software\" : \"è\", \"x\":1.0 }", "nome=a%20b&x=1"] {
        assert_eq!(read(body.as_bytes(), None, None).unwrap().payload, body);
    }
    assert_eq!(read(b"", None, Some("nome=a")).unwrap().payload, "nome=a");
    assert_eq!(read(b"nome=Citt\xe0", None, None).unwrap().payload, "nome=Città");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&body, None, None);
    }

    #[test]
    fn no_text_makes_it_panic(body in "[{\\[][{}\\[\\]\"':,\\\\u0-9a-eàè€😀 .=\\-]{0,80}") {
        let _ = read(body.as_bytes(), Some("application/json; charset=x"), Some(&body));
    }

    #[test]
    fn a_report_cut_anywhere_is_read_or_refused(end in 0_usize..160) {
        let whole = "{\"nome_software\":\"App è\",\"cliente\":{\"ragione_sociale\":\"R\\u00e8\"},\
            \"totale_venduto\":\"1.234,56\",\"x\":[1,{\"y\":\"\\n\"}]}";
        let _ = read(whole.as_bytes().get(..end).unwrap_or(whole.as_bytes()), None, None);
    }

    #[test]
    fn names_come_back_as_they_were(name in "[a-zàè😀]{1,40}( [a-z\"\\\\/]{1,20})?") {
        let body = json!({ "nome_software": name, "id": "1" }).to_string();
        prop_assert_eq!(read(body.as_bytes(), None, None).unwrap().report.name, name);
    }
}
