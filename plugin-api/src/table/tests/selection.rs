//! Rows that are ticked: the boxes, the bar, what its form says, and the statements it becomes.

use super::*;
use crate::Problem;
use crate::table::{BulkAction, Selection, TableQuery};

fn tickable() -> TableSpec {
    spec()
        .bulk(BulkAction::new("enable", "/crm/things/enable", "things:enable"))
        .bulk(BulkAction::new("disable", "/crm/things/disable", "things:disable").danger())
}

fn page(host: &Arc<Prepared>, query: &str) -> String {
    let cx = cx(host);
    now(tickable().load(&cx, &TableQuery::parse(query))).unwrap().to_string()
}

fn read(form: &[(&str, &str)]) -> Result<Selection, Problem> {
    let pairs: Vec<_> =
        form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Selection::read(&pairs)
}

#[test]
fn every_row_has_a_box_and_the_bar_its_actions() {
    let html = page(&host([rows(&[("i1", "One", None), ("i2", "Two", None)])]), "nome=o");
    assert!(html.contains("name=\"selected\" value=\"i1\" aria-label=\"Select K-1\""), "{html}");
    assert!(
        html.contains("<button class=\"btn\" formaction=\"/base/crm/things/enable\""),
        "{html}"
    );
    assert!(
        html.contains("class=\"btn danger\" formaction=\"/base/crm/things/disable\""),
        "{html}"
    );
    assert!(html.contains("name=\"matching\" value=\"nome=o\""), "{html}");
    assert!(html.contains("formmethod=\"get\" formaction=\"/base/crm/things/export\""), "{html}");
    assert!(!html.contains("name=\"all\""), "there are no others");
    assert_eq!(html.matches("<th scope=\"col\" class=\"sel\">").count(), 1);
}

#[test]
fn all_that_match_are_offered_when_they_are_more() {
    let things: Vec<_> = (0..26).map(|_| ("a", "n", Some(3))).collect();
    let count = Rows { columns: ["n".to_owned()].into(), cells: vec![812i64.into()] };
    let html = page(&host([rows(&things), count]), "");
    assert!(html.contains("value=\"true\">All 812 that match"), "{html}");
}

#[test]
fn an_action_is_offered_to_who_may_and_a_table_without_any_has_no_boxes() {
    let one = host([rows(&[("i1", "One", None)])]);
    let mut caller = cx(&one).caller().clone();
    caller.permissions = Permissions::default();
    let about = About::new("things", Catalogue::new(&[]));
    let cx = Cx::new(one, Arc::new(caller), Arc::new(about), 0);
    let html = now(tickable().load(&cx, &TableQuery::default())).unwrap().to_string();
    assert!(html.contains("name=\"selected\"") && !html.contains("/crm/things/enable"), "{html}");
    let plain = host([rows(&[("i1", "One", None)])]);
    let html = now(spec().load(&super::cx(&plain), &TableQuery::default())).unwrap().to_string();
    assert!(!html.contains("class=\"sel\""), "{html}");
}

#[test]
fn ids_go_through_the_scope_and_never_into_the_text() {
    let host = host([]);
    let selection = read(&[("selected", "a"), ("selected", "b' or 1=1"), ("matching", "nome=x")]);
    let selection = selection.unwrap();
    now(selection.ids(&cx(&host), &tickable(), Some("a"), 20)).unwrap();
    let asked = host.asked.lock().unwrap();
    assert!(asked[0].sql.contains("t.thing_id in (?, ?)"), "{}", asked[0].sql);
    assert!(asked[0].sql.contains("organisation_id"), "{}", asked[0].sql);
    assert!(asked[0].sql.contains("t.thing_id > ?"), "{}", asked[0].sql);
    assert!(asked[0].sql.ends_with(" order by row_id limit 20"), "{}", asked[0].sql);
    assert!(!asked[0].sql.contains("1=1") && !asked[0].sql.contains("like"), "{}", asked[0].sql);
}

#[test]
fn all_means_what_matches_whatever_is_ticked() {
    let host = host([]);
    let selection = read(&[("selected", "a"), ("all", "true"), ("matching", "nome=x&sort=nome")]);
    now(selection.unwrap().count(&cx(&host), &tickable())).unwrap();
    let asked = host.asked.lock().unwrap();
    assert!(
        !asked[0].sql.contains("thing_id in (") && asked[0].sql.contains("like ?"),
        "{}",
        asked[0].sql
    );
}

#[test]
fn an_export_of_ticked_rows_has_only_those() {
    let host = host([rows(&[("i1", "One", None)])]);
    let query = TableQuery::parse("matching=nome%3Dx&selected=i1&format=json");
    let response = now(tickable().export(&cx(&host), &query)).unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    let asked = host.asked.lock().unwrap();
    assert!(asked[0].sql.contains("t.thing_id in (?)"), "{}", asked[0].sql);
}

#[test]
fn nothing_is_nothing_and_too_many_are_refused() {
    assert!(read(&[("matching", "nome=x")]).unwrap().is_empty());
    let many: Vec<_> = (0..1_001).map(|_| ("selected", "a")).collect();
    assert!(read(&many).unwrap_err().status().is_client_error());
    let none = Selection::of([]);
    let host = host([]);
    now(none.ids(&cx(&host), &tickable(), None, 5)).unwrap();
    assert!(host.asked.lock().unwrap()[0].sql.contains("in (null)"), "no row, not every row");
}
