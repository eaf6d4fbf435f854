//! The page as HTML.

use super::*;
use crate::table::TableQuery;

fn page(host: &Arc<Prepared>, query: &str) -> String {
    now(spec().load(&cx(host), &TableQuery::parse(query))).unwrap().to_string()
}

#[test]
fn a_row_has_its_link_and_its_cells() {
    let html = page(&host([rows(&[("i/1", "Rossi & <b>", Some(NOW))])]), "");
    for piece in [
        "<th scope=\"row\"><a href=\"/base/crm/things/i%2F1\"><span class=\"mono\">K-1</span></a></th>",
        "<td><a href=\"/base/crm/makers/m%2F1\">Rossi &#38; &#60;b&#62;</a></td>",
        "<span class=\"badge ok\">Switch on</span>",
        "<time datetime=\"2026-11-22\">22 Nov 2026</time>",
        "<td class=\"num\">-12.50 EUR</td>",
        "<td class=\"num\"><span class=\"measure\">2</span></td>",
        "<p role=\"status\">1 row</p>",
    ] {
        assert!(html.contains(piece), "{piece}\n{html}");
    }
    assert!(!html.contains("<b>") && !html.contains("⟦"), "{html}");
    for forbidden in [" style=", " onclick=", "<script"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn the_order_is_announced_and_may_be_turned() {
    let html = page(&host([rows(&[("i", "n", None)])]), "stato=attiva");
    assert!(
        html.contains(
            "<th scope=\"col\" aria-sort=\"descending\"><a \
             href=\"/base/crm/things?stato=attiva&#38;sort=scadenza\" data-partial=\"results\">"
        ),
        "{html}"
    );
    assert!(html.contains("href=\"/base/crm/things?stato=attiva&#38;sort=nome\""), "{html}");
    assert!(html.contains("<th scope=\"col\">Details</th>"), "a code cannot be sorted: {html}");
}

#[test]
fn every_text_of_the_reader_is_escaped() {
    let hostile = "%22%3E%3Cscript%3E";
    let query = format!("q={hostile}&nome={hostile}&codice={hostile}&zzz={hostile}");
    let views = vec![SavedView {
        view_id: "v".into(),
        name: "\"><script>".into(),
        query: query.clone(),
        shared: false,
        own: true,
    }];
    let host = Arc::new(Prepared { views, ..Prepared::default() });
    let html = page(&host, &query);
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("&#34;&#62;&#60;script&#62;"), "{html}");
}

#[test]
fn filters_in_force_may_be_taken_away_one_by_one() {
    let html = page(
        &host([rows(&[("i", "n", None)])]),
        "stato=attiva,scaduta&scadenza.from=2026-01-01&limit=50",
    );
    for piece in [
        "href=\"/base/crm/things?scadenza.from=2026-01-01&#38;limit=50\">Actions: Switch on, Switch off",
        "href=\"/base/crm/things?stato=attiva,scaduta&#38;limit=50\">Never: from 1 Jan 2026",
        "<input type=\"hidden\" form=\"table-filters\" name=\"limit\" value=\"50\">",
        "value=\"scaduta\" checked",
        "name=\"scadenza.from\" type=\"date\" value=\"2026-01-01\"",
        "<a class=\"btn ghost\" href=\"/base/crm/things\">",
        "name=\"query\" value=\"stato=attiva,scaduta&#38;scadenza.from=2026-01-01&#38;limit=50\"",
        "href=\"/base/crm/things/export?format=xlsx&#38;stato=attiva,scaduta&#38;scadenza.from=2026-01-01&#38;limit=50\" download",
    ] {
        assert!(html.contains(piece), "{piece}\n{html}");
    }
}

#[test]
fn there_are_pages_before_and_after() {
    let three = [("a", "n", Some(3)), ("b", "n", Some(2)), ("c", "n", None)];
    let links = |html: &str| {
        let cursor = |rel: &str| {
            let link = html.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?;
            Some(link.split('"').next()?.split_once("cursor=")?.1.to_owned())
        };
        (cursor("prev"), cursor("next"))
    };
    let count = |n: i64| Rows { columns: ["n".to_owned()].into(), cells: vec![n.into()] };
    let first = page(&host([rows(&three), count(3)]), "limit=2");
    assert!(first.contains("3 rows"));
    let (None, Some(next)) = links(&first) else { panic!("{first}") };
    // Those without a sort value are read by themselves.
    let last_host = host([rows(&[]), rows(&three[2..]), count(3)]);
    let last = page(&last_host, &format!("limit=2&cursor={next}"));
    let (Some(previous), None) = links(&last) else { panic!("{last}") };
    assert!(last_host.asked.lock().unwrap()[0].params.ends_with(&[2i64.into(), "b".into()]));
    // Nothing before: the page is made anew from the first row, so that it is a full one.
    let back = host([rows(&[]), rows(&three[..1]), rows(&three), count(3)]);
    let html = page(&back, &format!("limit=2&cursor={previous}"));
    assert_eq!(back.asked.lock().unwrap().len(), 4);
    assert!(matches!(links(&html), (None, Some(_))), "{html}");
}

#[test]
fn rows_read_backwards_stand_in_their_order() {
    let spec = spec();
    let mut asked = crate::table::asked::Asked::leniently(&spec, &TableQuery::parse("limit=2"));
    asked.cursor = spec.cursor(&asked, &[Value::Null, "z".into()], true);
    let read = rows(&[("c", "n", None), ("b", "n", None), ("a", "n", None)]);
    let fetched = crate::table::load::Fetched::of(&asked, &read);
    let ids: Vec<_> = fetched.rows.iter().map(|row| row[1].clone()).collect();
    assert_eq!(ids, [Value::from("b"), "c".into()]);
    assert!(fetched.has_previous && fetched.has_next);
}

#[test]
fn many_rows_are_not_counted_to_the_end() {
    let things: Vec<_> = (0..26).map(|_| ("a", "n", Some(3))).collect();
    let count = Rows { columns: ["n".to_owned()].into(), cells: vec![1_001i64.into()] };
    let html = page(&host([rows(&things), count]), "");
    assert!(html.contains("More than 1,000 rows"), "{html}");
}

#[test]
fn nothing_yet_differs_from_nothing_found() {
    let nothing_yet = page(&host([]), "");
    assert!(nothing_yet.contains("Nothing here yet."), "{nothing_yet}");
    assert!(nothing_yet.contains("href=\"/base/crm/things/new\""), "the way to the first row");
    assert!(!nothing_yet.contains("<form"), "nothing to filter");
    let nothing_found = page(&host([]), "q=x");
    assert!(nothing_found.contains("Nothing matches these filters."), "{nothing_found}");
    assert!(nothing_found.contains("Clear the filters") && nothing_found.contains("<form"));
}

#[test]
fn saved_views_are_tabs_and_ones_own_can_be_deleted() {
    let view = |name: &str, query: &str, own: bool| SavedView {
        view_id: name.into(),
        name: name.into(),
        query: query.into(),
        shared: !own,
        own,
    };
    let views =
        vec![view("Mine", "nome=a&stato=scaduta&junk=1", true), view("Theirs", "q=z", false)];
    let host = Arc::new(Prepared { views, ..Prepared::default() });
    let mine = page(&host, "stato=scaduta&nome=a");
    assert!(
        mine.contains(
            "href=\"/base/crm/things?nome=a&#38;stato=scaduta\" aria-current=\"page\">Mine"
        ),
        "{mine}"
    );
    assert!(mine.contains("action=\"/base/views/delete\""), "{mine}");
    assert!(mine.contains("name=\"view_id\" value=\"Mine\""), "{mine}");
    assert!(!mine.contains("action=\"/base/views\""), "it is saved already");
    assert!(!page(&host, "q=z").contains("/views/delete"), "not one's own");
    assert!(page(&host, "q=y").contains("action=\"/base/views\""));
    assert!(!page(&host, "").contains("action=\"/base/views\""), "nothing to save");
}

#[test]
fn ids_are_unique_and_labels_find_their_controls() {
    let html = page(&host([rows(&[("i", "n", None)])]), "q=x&scadenza.to=2026-01-01");
    let attribute = |name: &str| -> Vec<&str> {
        let needle = format!(" {name}=\"");
        html.split(needle.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    };
    let all = attribute("id");
    let ids: std::collections::BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "{all:?}");
    for target in attribute("for").iter().chain(&attribute("form")) {
        assert!(ids.contains(target), "{target} in {ids:?}");
    }
}

#[test]
fn the_first_row_is_offered_only_to_who_may_make_it() {
    let host = host([]);
    let mut caller = cx(&host).caller().clone();
    caller.permissions = Permissions::default();
    let about = About::new("things", Catalogue::new(&[]));
    let cx = Cx::new(host, Arc::new(caller), Arc::new(about), 0);
    let html = now(spec().load(&cx, &TableQuery::default())).unwrap().to_string();
    assert!(!html.contains("/crm/things/new"), "{html}");
    assert!(!spec().head(&cx).to_string().contains("/crm/things/new"));
}
