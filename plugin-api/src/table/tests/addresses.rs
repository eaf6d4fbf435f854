//! What the address may say, and what the table writes into one.

use super::*;
use crate::table::TableQuery;
use crate::table::asked::{Asked, ON_PAGE};

fn read(query: &str) -> (Asked, Vec<String>) {
    let (asked, mistakes) = Asked::read(&spec(), &TableQuery::parse(query), ON_PAGE);
    (asked, mistakes.into_iter().map(|m| format!("{} {}", m.pointer, m.detail)).collect())
}

#[test]
fn an_address_is_written_as_it_was_read() {
    for query in [
        "",
        "q=a%26b%20%22c%22",
        "codice=x%3Dy&stato=attiva,scaduta&interna=false",
        "scadenza.from=2026-01-31&scadenza.to=2026-02-28&importo.to=-12.50",
        "sort=-nome&columns=stato,codice&limit=50",
    ] {
        let (asked, mistakes) = read(query);
        assert_eq!(mistakes, Vec::<String>::new());
        assert_eq!(asked.query(&spec()), query);
    }
}

#[test]
fn defaults_and_empty_fields_are_not_written() {
    let (asked, mistakes) =
        read("q=&sort=-scadenza&limit=25&stato=&columns=codice,nome,stato,scadenza,importo,posti");
    assert_eq!((asked.query(&spec()).as_str(), mistakes), ("", Vec::new()));
}

#[test]
fn values_may_be_repeated_or_listed() {
    let (asked, _) = read("stato=attiva&stato=scaduta,attiva&columns=nome&columns=codice");
    assert_eq!(asked.query(&spec()), "stato=attiva,scaduta&columns=nome,codice");
}

#[test]
fn a_mistake_names_its_parameter_and_does_nothing() {
    for (query, told) in [
        ("colore=rosso", "colore table-no-such-parameter"),
        ("nome.from=1", "nome.from table-no-such-parameter"),
        ("scadenza=2026-01-01", "scadenza table-no-such-parameter"),
        ("posti.from=1", "posti.from table-no-such-parameter"),
        ("scadenza.from=2026-02-30", "scadenza.from field-date"),
        ("importo.to=1.234", "importo.to field-amount"),
        ("stato=attiva,rotta", "stato field-option"),
        ("stato=,", "stato field-option"),
        ("interna=1", "interna field-option"),
        ("sort=codice", "sort table-no-such-column"),
        ("sort=t.name;drop", "sort table-no-such-column"),
        ("columns=nome,password", "columns table-no-such-column"),
        ("limit=0", "limit field-range"),
        ("limit=101", "limit field-range"),
        ("limit=ten", "limit field-number"),
        ("cursor=nonsense", "cursor problem-malformed-cursor"),
    ] {
        let (asked, mistakes) = read(query);
        assert_eq!(mistakes, [told], "{query}");
        assert!(!asked.is_filtered() && asked.cursor.is_none(), "{query}");
    }
}

#[test]
fn software_is_told_its_mistakes_and_a_page_ignores_them() {
    let host = host([]);
    let cx = cx(&host);
    let refused = |query: &str| {
        let query = TableQuery::parse(query);
        now(spec().api_list::<serde_json::Value>(&cx, &query, "t.code as codice")).unwrap_err()
    };
    let problem = refused("limit=0&stato=rotta");
    assert_eq!((problem.status().as_u16(), problem.codice()), (400, "malformed_query"));
    let body = serde_json::to_value(problem.body(&cx.lang(), "")).unwrap();
    assert_eq!(body["errors"][1]["pointer"], "stato");
    assert_eq!(body["errors"][1]["detail"], cx.lang().t("field-option"));
    assert_eq!(refused("cursor=AAAA").codice(), "malformed_cursor");
    assert!(host.asked.lock().unwrap().is_empty(), "nothing was fetched");
    now(spec().load(&cx, &TableQuery::parse("limit=0&cursor=AAAA"))).unwrap();
}

#[test]
fn sorting_turns_round_and_keeps_the_filters() {
    let spec = spec();
    let (asked, _) = read("stato=attiva&sort=nome");
    assert_eq!(asked.sorted(1).query(&spec), "stato=attiva&sort=-nome");
    assert_eq!(asked.sorted(1).sorted(1).query(&spec), "stato=attiva&sort=nome");
    assert_eq!(asked.sorted(3).query(&spec), "stato=attiva&sort=scadenza");
}

#[test]
fn the_handler_may_have_parameters_of_its_own() {
    let mut query = TableQuery::parse("espandi=si&q=a");
    assert_eq!(query.take("espandi").as_deref(), Some("si"));
    assert_eq!((query.get("espandi"), query.get("q")), (None, Some("a")));
    assert_eq!(query.with("q", "b").get("q"), Some("b"));
}

#[test]
fn the_list_says_where_to_go_on() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Thing {
        codice: String,
    }
    let columns = ["sort_key", "row_id", "codice"].map(str::to_owned);
    let cells = ["id1", "id2"].iter().flat_map(|id| [Value::Int(7), (*id).into(), "K".into()]);
    let host = host([Rows { columns: columns.into(), cells: cells.collect() }]);
    let query = TableQuery::parse("limit=1&q=k");
    let list = now(spec().api_list::<Thing>(&cx(&host), &query, "t.code as codice")).unwrap();
    assert_eq!(list.dati, [Thing { codice: "K".into() }]);
    let next = list.map(|thing| thing.codice).prossimo.unwrap();
    now(spec().api_list::<Thing>(&cx(&host), &query.with("cursor", next), "t.code as codice"))
        .unwrap();
    let asked = host.asked.lock().unwrap();
    assert!(asked[0].sql.contains(", t.code as codice from") && asked[0].sql.ends_with("limit 2"));
    assert!(asked[1].params.ends_with(&[7i64.into(), 7i64.into(), "id1".into()]));
}

#[test]
fn the_common_parameters_are_documented() {
    use utoipa::IntoParams as _;
    let parameters = TableQuery::into_params(|| None);
    let json = serde_json::to_value(parameters).unwrap();
    let names: Vec<_> = json.as_array().unwrap().iter().map(|p| p["name"].clone()).collect();
    assert_eq!(names, ["limit", "cursor", "q", "sort"]);
    assert_eq!((&json[0]["in"], &json[0]["required"]), (&"query".into(), &false.into()));
}

#[test]
fn a_description_is_checked() {
    assert_eq!(spec().mistakes(&lang()), Vec::<String>::new());
    let source = Source { from: "thing t", id: "t.id", scope: "" };
    let mistakes = TableSpec::new("/x", "no-such-title", source)
        .column(Column::text("q", "t.a"))
        .column(Column::text("Nome", "?").label("all").linked("/x", "t.b"))
        .column(Column::text("Nome", "t.a").label("all"))
        .default_sort("Nome", Order::Ascending)
        .only("a = ?", [])
        .preset("all", "zzz=1")
        .mistakes(&lang());
    for told in [
        "there is no text no-such-title",
        "there is no text column-q",
        "this SQL is empty or says ? or {scope}: ",
        "this SQL is empty or says ? or {scope}: ?",
        "this condition does not bind its values: a = ?",
        "no column may be called \"q\"",
        "no column may be called \"Nome\"",
        "two columns are called Nome",
        "the link of Nome says no {id}",
        "the table is sorted by Nome, which is not sortable",
        "the view all says zzz, which cannot be read",
    ] {
        assert!(mistakes.iter().any(|mistake| mistake == told), "{told}: {mistakes:#?}");
    }
}
