//! What is sent to the database: text of the spec, values of the reader.

use super::*;
use crate::db::Statement;
use crate::table::TableQuery;
use crate::table::asked::Asked;
use crate::table::sql::Way;
use crate::table::{Lookup, TableSpec};

fn rendered(statement: Statement) -> (String, Vec<Value>) {
    let rendered = statement.render(Dialect::Sqlite);
    assert_eq!(rendered.sql.matches('?').count(), rendered.params.len(), "{}", rendered.sql);
    (rendered.sql, rendered.params)
}

fn selected(spec: &TableSpec, asked: &Asked, scope: &Scope) -> (String, Vec<Value>) {
    let list = spec.cell_list(asked);
    rendered(spec.selected(&list, asked, scope, NOW, Some(asked.limit + 1)))
}

fn page(query: &str) -> (String, Vec<Value>) {
    let spec = spec();
    let asked = Asked::leniently(&spec, &TableQuery::parse(query));
    selected(&spec, &asked, &Scope::everything())
}

/// The part between `where` and `order by`, and its values.
fn condition(query: &str) -> (String, Vec<Value>) {
    let (sql, values) = page(&format!("columns=nome&{query}"));
    let after = sql.split_once("where 1 = 1").unwrap().1;
    (after.split_once(" order by").unwrap().0.to_owned(), values)
}

fn cursor(query: &str, row: &[Value; 2], backward: bool) -> String {
    let spec = spec();
    let asked = Asked::leniently(&spec, &TableQuery::parse(query));
    spec.cursor(&asked, row, backward).unwrap().encode()
}

#[test]
fn a_page_selects_what_is_shown_and_one_row_more() {
    let (sql, values) = page("columns=nome,stato&limit=10");
    assert_eq!(
        sql,
        "select t.ends_at as sort_key, t.thing_id as row_id, t.name as cell_0, \
         t.maker_id as cell_1, case when t.ends_at < ? then 'scaduta' else t.state end as cell_2 \
         from thing t where 1 = 1 order by sort_key desc, row_id desc limit 11"
    );
    assert_eq!(values, [Value::Int(NOW)]);
}

#[test]
fn an_order_that_no_index_holds_takes_none() {
    let rows = Column::number("righe", "t.rows").label("any").sortable().scanned();
    let spec = spec().column(rows);
    let asked = Asked::leniently(&spec, &TableQuery::parse("sort=-righe&columns=nome"));
    let (sql, _) = selected(&spec, &asked, &Scope::everything());
    assert!(sql.ends_with("order by sort_key desc, t.thing_id || '' desc limit 26"), "{sql}");
}

#[test]
fn every_filter_is_bound() {
    let (sql, values) = condition(
        "q=A%C3%A0%20x_&codice=K%25&stato=attiva,scaduta&scadenza.to=2026-01-01\
         &importo.from=-1&importo.to=2,5&interna=true",
    );
    let like = |column: &str| format!("lower({column}) like ? escape '!'");
    let bound = format!(
        "case when t.currency in ('{}') then ? when t.currency in ('{}') then ? else ? end",
        crate::money::WHOLE.join("', '"),
        crate::money::THOUSANDTHS.join("', '")
    );
    let word = format!("({} or {})", like("t.name_folded"), like("t.code"));
    assert_eq!(
        sql,
        format!(
            " and {word} and {word} and ({}) and (case when t.ends_at < ? then 'scaduta' else \
             t.state end in (?, ?)) and (t.ends_at <= ?) and (t.minor >= {bound} and t.minor <= \
             {bound}) and (coalesce(t.internal, 0) = ?)",
            like("t.code")
        )
    );
    let text = |text: &str| Value::from(text);
    let expected = vec![
        text("%aa%"),
        text("%aa%"),
        text("%x!_%"),
        text("%x!_%"),
        text("%k!%%"),
        NOW.into(),
        text("attiva"),
        text("scaduta"),
        1_767_311_999_999i64.into(),
        (-1i64).into(),
        (-1000i64).into(),
        (-100i64).into(),
        2i64.into(),
        2500i64.into(),
        250i64.into(),
        true.into(),
    ];
    assert_eq!(values, expected);
}

#[test]
fn a_text_beyond_ascii_is_bound_as_an_expression() {
    let (sql, values) = condition("q=%E6%9D%B1");
    assert!(sql.contains("like cast(? as char) escape"), "{sql}");
    assert_eq!(values, [Value::from("%東%"), "%東%".into()]);
}

#[test]
fn a_search_has_eight_words_at_most() {
    let (_, values) = condition("q=a+b+c+d+e+f+g+h+i+j");
    assert_eq!(values.len(), 16);
}

#[test]
fn the_scope_is_bound_in_its_place() {
    let spec = spec().only("t.kind = ? and t.made_at < {now}", ["x".into()]);
    let asked = Asked::leniently(&spec, &TableQuery::parse("stato=attiva&columns=stato"));
    let (sql, values) = selected(&spec, &asked, &Scope::branch("/r/"));
    assert!(sql.contains("where t.organisation_id in (select organisation_id"), "{sql}");
    assert!(sql.contains("and (t.kind = ? and t.made_at < ?)"), "{sql}");
    let expected: Vec<Value> = vec![
        NOW.into(),
        "/r/".into(),
        "/r0".into(),
        "x".into(),
        NOW.into(),
        NOW.into(),
        "attiva".into(),
    ];
    assert_eq!(values, expected);
}

#[test]
fn nobody_sees_anything_without_a_scope() {
    let spec = spec();
    let asked = Asked::leniently(&spec, &TableQuery::default());
    let (sql, _) = rendered(spec.counted(&asked, &Scope::nothing(), NOW, Some(5)));
    assert_eq!(
        sql,
        "select count(*) from (select 1 as found from thing t where 1 = 0 limit 5) counted"
    );
    let (sql, _) = rendered(spec.everything(&asked, &Scope::nothing(), NOW, None));
    assert!(sql.ends_with("where 1 = 0 order by sort_key desc, row_id desc"), "{sql}");
}

#[test]
fn the_next_page_begins_after_the_last_row() {
    let spec = spec();
    let after = |sort: &str, value: Value, backward: bool| -> Vec<(String, Vec<Value>)> {
        let cursor = cursor(sort, &[value, "id9".into()], backward);
        let query = TableQuery::parse(&format!("columns=nome&{sort}&cursor={cursor}"));
        let asked = Asked::leniently(&spec, &query);
        let part = |part| {
            let way = Way { few: false, part };
            let scope = Scope::everything();
            let (sql, values) = rendered(spec.selected_by("", &asked, &scope, NOW, Some(26), way));
            let after = sql.split_once("where 1 = 1").unwrap().1;
            (after.split_once(" order by").unwrap().0.to_owned(), values)
        };
        (0..spec.parts(&asked)).map(part).collect()
    };
    let texts = |parts: Vec<(String, Vec<Value>)>| -> Vec<String> {
        parts.into_iter().map(|(sql, _)| sql).collect()
    };
    let parts = after("sort=scadenza", 5i64.into(), false);
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].0, " and t.ends_at >= ? and (t.ends_at > ? or t.thing_id > ?)");
    assert_eq!(parts[0].1, [Value::Int(5), Value::Int(5), "id9".into()]);
    let nulls = [" and t.ends_at is null and t.thing_id > ?", " and t.ends_at is not null"];
    assert_eq!(texts(after("sort=scadenza", Value::Null, false)), nulls);
    let values =
        [" and t.ends_at <= ? and (t.ends_at < ? or t.thing_id < ?)", " and t.ends_at is null"];
    assert_eq!(texts(after("", 5i64.into(), false)), values);
    assert_eq!(texts(after("", Value::Null, false)), [" and t.ends_at is null and t.thing_id < ?"]);
    assert_eq!(texts(after("", Value::Null, true)), nulls);
}

#[test]
fn few_rows_are_found_by_their_indexes() {
    let mut spec = spec().lookups(&[
        Lookup::Through("t.maker_id", "select maker_id from maker where", "name_folded"),
        Lookup::Begins("t.code"),
    ]);
    let at = spec.position("stato").unwrap();
    spec.columns[at].narrowed = vec![("scaduta", "t.ends_at < {now}")];
    let asked = Asked::leniently(&spec, &TableQuery::parse("q=ab&stato=scaduta&columns=nome"));
    assert!(spec.is_narrowed(&asked));
    let way = Way { few: true, part: 0 };
    let (sql, values) =
        rendered(spec.selected_by("", &asked, &Scope::everything(), NOW, None, way));
    let inner = "from thing t where t.thing_id in (select t.thing_id from thing t where 1 = 1 and \
        (t.maker_id in (select maker_id from maker where lower(name_folded) like ? escape '!') or \
        (t.code >= ? and t.code < ?)) and (case when t.ends_at < ? then 'scaduta' else t.state \
        end in (?)) and ((t.ends_at < ?)))";
    assert!(sql.contains(inner), "{sql}");
    assert_eq!(values.len(), 6);
    let asked = Asked::leniently(&spec, &TableQuery::parse("stato=scaduta,attiva"));
    assert!(!spec.is_narrowed(&asked), "one of the values has no condition");
}

#[test]
fn the_previous_page_is_read_backwards() {
    let cursor = cursor("", &[5i64.into(), "id9".into()], true);
    let (sql, _) = page(&format!("cursor={cursor}"));
    assert!(sql.ends_with("order by sort_key, row_id limit 26"), "{sql}");
}

#[test]
fn a_table_sorted_by_id_needs_no_sort_value() {
    let spec = TableSpec { default_sort: (None, Order::Ascending), ..spec() };
    let mut asked = Asked::leniently(&spec, &TableQuery::parse("columns=codice"));
    asked.cursor = spec.cursor(&asked, &[Value::Null, "id9".into()], false);
    let (sql, values) = selected(&spec, &asked, &Scope::everything());
    assert_eq!(
        sql,
        "select null as sort_key, t.thing_id as row_id, t.code as cell_0 from thing t \
         where 1 = 1 and t.thing_id > ? order by row_id limit 26"
    );
    assert_eq!(values, [Value::from("id9")]);
}

#[test]
fn a_cursor_of_another_order_is_not_followed() {
    let other = cursor("sort=nome", &["x".into(), "id9".into()], false);
    let (sql, _) = condition(&format!("sort=scadenza&cursor={other}"));
    assert_eq!(sql, "");
}
