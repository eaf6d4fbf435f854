//! Every shape a file comes in.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;

/// The header and rows of a file as people write them: cells with `|` between.
fn rows(bytes: &[u8]) -> Vec<String> {
    let sheet = read(bytes, &Reading::default()).expect("readable");
    let joined = |cells: &StringRecord| cells.iter().collect::<Vec<_>>().join("|");
    let rows = sheet.rows.iter().map(|row| format!("{}:{}", row.number, joined(&row.cells)));
    std::iter::once(joined(&sheet.header)).chain(rows).collect()
}

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn what_an_export_marked_comes_back_as_it_was() {
    let file = b"a,b\n'=1+1,'-x\n'plain,''=2\n";
    assert_eq!(rows(file), ["a|b", "2:=1+1|-x", "3:'plain|''=2"]);
}

#[test]
fn separators_quotes_marks_and_blank_lines_are_understood() {
    for (text, expected) in [
        ("a,b\n1,2\n", vec!["a|b", "2:1|2"]),
        ("a;b\r\n1,5;2\r\n", vec!["a|b", "2:1,5|2"]),
        ("a\tb\n1\t2", vec!["a|b", "2:1|2"]),
        ("sep=;\na;b,c\n1;2\n", vec!["a|b,c", "3:1|2"]),
        ("\u{feff}a,b\n\n\n1,2", vec!["a|b", "4:1|2"]),
        ("a,b\n\"x, \"\"y\"\"\nz\",2\n3,4", vec!["a|b", "2:x, \"y\"\nz|2", "4:3|4"]),
        ("a,b\n1\n1,2,3\n,\n", vec!["a|b", "2:1", "3:1|2|3"]),
        ("one\nvalue, with comma\n", vec!["one", "2:value, with comma"]),
        ("a;b;c;;\n1;2;3;;\n", vec!["a|b|c", "2:1|2|3||"]),
        ("a,b\n\"never closed,2\n3,4", vec!["a|b", "2:never closed,2\n3,4"]),
        ("a,b\r1,2\r\r3,4", vec!["a|b", "2:1|2", "4:3|4"]),
        ("a,b\r\n1,\"x\r\ny\"\r\n\r\n3,4", vec!["a|b", "2:1|x\r\ny", "5:3|4"]),
        ("a,b\n=1+1,<script>\n", vec!["a|b", "2:=1+1|<script>"]),
    ] {
        assert_eq!(rows(text.as_bytes()), expected, "{text:?}");
    }
}

#[test]
fn encodings_are_told_apart_by_their_bytes() {
    let text = "città;però €\nForlì;Ænima\n";
    let expected = vec!["città|però €", "2:Forlì|Ænima"];
    let marked = format!("\u{feff}{text}");
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    for (name, bytes) in [
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8", marked.as_bytes().to_vec()),
        ("windows-1252", windows.into_owned()),
        ("utf-16le", utf_16(&marked, u16::to_le_bytes)),
        ("utf-16be", utf_16(&marked, u16::to_be_bytes)),
        ("utf-16le", utf_16(text, u16::to_le_bytes)),
        ("utf-16be", utf_16(text, u16::to_be_bytes)),
    ] {
        assert_eq!(rows(&bytes), expected, "{name}");
        let sheet = read(&bytes, &Reading::default()).expect("readable");
        assert_eq!(sheet.reading.encoding, name);
        assert_eq!(sheet.reading.separator, ";");
    }
}

#[test]
fn what_is_chosen_wins_over_what_is_guessed() {
    let reading = Reading { separator: ",".to_owned(), ..Reading::default() };
    let sheet = read(b"a;b,c;d\n1;2,3;4", &reading).expect("readable");
    assert_eq!(sheet.header, vec!["a;b", "c;d"]);
    let reading = Reading { encoding: "windows-1252".to_owned(), ..Reading::default() };
    let sheet = read("è\nx".as_bytes(), &reading).expect("readable");
    assert_eq!(sheet.header, vec!["Ã¨"]);
}

#[test]
fn what_cannot_be_read_says_why() {
    let wide = vec!["x"; 201].join(",") + "\n1\n";
    let long = "a\n".to_owned() + &"1\n".repeat(MOST_ROWS + 1);
    for (bytes, why) in [
        (b"".as_slice(), Unreadable::Empty),
        (b" \n\n", Unreadable::Empty),
        (b"a,b\n\n", Unreadable::OnlyHeader),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unreadable::OldWorkbook),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Unreadable::Unknown),
        (b"PK\x03\x04 and no more", Unreadable::Damaged),
        (wide.as_bytes(), Unreadable::TooManyColumns),
        (long.as_bytes(), Unreadable::TooManyRows),
    ] {
        assert_eq!(read(bytes, &Reading::default()).err(), Some(why));
    }
    let whole = "a\n".to_owned() + &"1\n".repeat(MOST_ROWS);
    assert_eq!(read(whole.as_bytes(), &Reading::default()).expect("whole").rows.len(), MOST_ROWS);
}

#[test]
fn bytes_at_random_never_panic() {
    let mut state = 1u64;
    for length in 0..400usize {
        let bytes: Vec<u8> = (0..length)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                state.to_le_bytes()[5]
            })
            .collect();
        let _ = read(&bytes, &Reading::default());
        let _ = read(&[b"PK\x03\x04".as_slice(), &bytes].concat(), &Reading::default());
    }
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let mut book = Workbook::new();
    let first = book.add_worksheet();
    first.write(0, 0, "Name").expect("written");
    first.write(0, 1, "VAT").expect("written");
    first.write(0, 2, "Since").expect("written");
    first.write(2, 0, "Rossi").expect("written");
    first.write(2, 1, 12_345_678_903_f64).expect("written");
    let day = ExcelDateTime::from_ymd(2026, 11, 22).expect("a day");
    let format = Format::new().set_num_format("yyyy-mm-dd");
    first.write_datetime_with_format(2, 2, &day, &format).expect("written");
    first.write(3, 1, 0.5).expect("written");
    let second = book.add_worksheet();
    second.set_name("Other").expect("a name");
    second.write(0, 0, "a").expect("written");
    second.write(1, 0, "b").expect("written");
    let bytes = book.save_to_buffer().expect("a workbook");

    assert_eq!(rows(&bytes), ["Name|VAT|Since", "3:Rossi|12345678903|2026-11-22", "4:|0.5"]);
    let other = Reading { sheet: "Other".to_owned(), ..Reading::default() };
    let sheet = read(&bytes, &other).expect("readable");
    assert_eq!((sheet.header.get(0), sheet.sheets.len()), (Some("a"), 2));
}

#[test]
fn a_cell_in_the_far_corner_is_refused_and_not_made_room_for() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "a").expect("written");
    sheet.write(1_048_575, 16_383, "z").expect("written");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert_eq!(read(&bytes, &Reading::default()).err(), Some(Unreadable::TooManyColumns));
}
