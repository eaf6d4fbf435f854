//! The catalogue's rules, against what they mean.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::draft::Price;
use crate::domain::product::tests::module;
use crate::domain::product::{Module, Product, ProductState};

fn offer(modules: Vec<Module>) -> Offer {
    Offer { modules, ..Offer::of(Product { currency: "EUR".into(), ..Product::default() }) }
}

/// A module with these needs and exclusions.
fn bound(code: &str, requires: &[&str], excludes: &[&str]) -> Module {
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    Module { requires: owned(requires), excludes: owned(excludes), ..module(code) }
}

#[test]
fn what_is_missing_and_what_is_excluded_is_named() {
    let modules = [bound("a", &["b"], &[]), bound("b", &[], &["c"]), module("c")];
    let of = |active: &[&str]| clashes(&modules, &active.iter().copied().collect());
    assert_eq!(of(&["a"]), [Clash::Missing { module: "a".into(), other: "b".into() }]);
    assert_eq!(of(&["b", "c"]), [Clash::Excluded { module: "b".into(), other: "c".into() }]);
    assert_eq!(of(&["a", "b"]), []);
    assert_eq!(of(&["c"]), []);
}

#[test]
fn a_ring_is_found_wherever_it_is() {
    let ring =
        [module("z"), bound("a", &["b"], &[]), bound("b", &["c"], &[]), bound("c", &["b"], &[])];
    assert_eq!(cycle(&ring), Some(vec!["b", "c"]));
    assert_eq!(cycle(&[bound("a", &["b"], &[]), module("b")]), None);
}

proptest! {
    /// Modules 0…9 with edges anywhere: a ring is found exactly if taking away, again and again, what
    /// needs nothing leaves something; and a set without clashes keeps every edge.
    #[test]
    fn rings_and_clashes_are_what_they_say(
        needs in proptest::collection::vec((0..10_usize, 0..10_usize), 0..20),
        excludes in proptest::collection::vec((0..10_usize, 0..10_usize), 0..10),
        active in proptest::collection::btree_set(0..10_usize, 0..10),
    ) {
        let name = |n: usize| format!("m{n}");
        let mut modules: Vec<Module> = (0..10).map(|n| module(&name(n))).collect();
        for (from, to) in &needs { modules[*from].requires.push(name(*to)); }
        for (from, to) in &excludes { modules[*from].excludes.push(name(*to)); }

        let mut left: BTreeSet<usize> = (0..10).collect();
        loop {
            let free: Vec<usize> = left
                .iter()
                .copied()
                .filter(|n| !needs.iter().any(|(from, to)| from == n && left.contains(to)))
                .collect();
            if free.is_empty() { break; }
            for n in free { left.remove(&n); }
        }
        let ring = cycle(&modules);
        prop_assert_eq!(ring.is_some(), !left.is_empty());
        if let Some(ring) = ring {
            for (at, code) in ring.iter().enumerate() {
                let next = ring[(at + 1) % ring.len()];
                let module = modules.iter().find(|module| module.code == *code).unwrap();
                prop_assert!(module.requires.iter().any(|one| one == next));
            }
        }

        let names: Vec<String> = active.iter().map(|n| name(*n)).collect();
        let set: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let is_sound = needs.iter().all(|(a, b)| !active.contains(a) || active.contains(b))
            && excludes.iter().all(|(a, b)| !active.contains(a) || !active.contains(b));
        prop_assert_eq!(clashes(&modules, &set).is_empty(), is_sound);
    }
}

fn parameter(kind: ParameterKind) -> Parameter {
    Parameter {
        parameter_id: "P".into(),
        name: "p".into(),
        label: "P".into(),
        kind,
        required: false,
        default_value: None,
        least: String::new(),
        most: String::new(),
        choices: vec!["a".into(), "b".into()],
    }
}

#[test]
fn values_are_read_by_their_kind_from_json_and_from_forms() {
    let read = |kind, value| parameter(kind).read(&value);
    assert_eq!(read(ParameterKind::Integer, json!("12")), Ok(json!(12)));
    assert_eq!(read(ParameterKind::Integer, json!(1.5)), Err("field-number"));
    assert_eq!(read(ParameterKind::Decimal, json!("1,5")), Ok(json!(1.5)));
    assert_eq!(read(ParameterKind::Decimal, json!("NaN")), Err("field-decimal"));
    assert_eq!(read(ParameterKind::Boolean, json!("true")), Ok(json!(true)));
    assert_eq!(read(ParameterKind::Date, json!("2026-02-30")), Err("field-date"));
    assert_eq!(read(ParameterKind::Choice, json!("c")), Err("field-option"));
    assert_eq!(read(ParameterKind::Ip, json!("::1")), Ok(json!("::1")));
    assert_eq!(read(ParameterKind::Ip, json!("1.2.3")), Err("field-ip"));
    assert_eq!(read(ParameterKind::List, json!("a; b\n")), Ok(json!(["a", "b"])));
    assert_eq!(read(ParameterKind::List, json!(["x"])), Err("field-option"));
    assert_eq!(read(ParameterKind::Text, json!(1)), Err("field-parameter-text"));
}

#[test]
fn bounds_defaults_and_what_is_required_count() {
    let number = Parameter {
        least: "2".into(),
        most: "9".into(),
        required: true,
        default_value: Some(json!(3)),
        ..parameter(ParameterKind::Integer)
    };
    let of = |given: serde_json::Value| {
        let serde_json::Value::Object(given) = given else { unreachable!() };
        values(std::slice::from_ref(&number), &given).map_err(|errors| {
            errors.into_iter().map(|one| (one.pointer, one.detail)).collect::<Vec<_>>()
        })
    };
    assert_eq!(of(json!({})).unwrap()["p"], 3);
    assert_eq!(of(json!({"p": ""})).unwrap()["p"], 3);
    assert_eq!(of(json!({"p": 10})), Err(vec![("/parametri/p".into(), "field-range".into())]));
    let unknown = of(json!({"x/y": 1})).unwrap_err();
    assert_eq!(unknown, [("/parametri/x~1y".to_owned(), "field-parameter".to_owned())]);
    let missing = Parameter { default_value: None, ..number.clone() };
    let errors = values(&[missing], &serde_json::Map::new()).unwrap_err();
    assert_eq!(errors[0].detail, "field-required");
}

#[test]
fn a_price_is_the_lists_where_it_says_one_and_the_catalogues_elsewhere() {
    let priced_at = |code: &str, price: i64| Module { base_price: price, ..module(code) };
    let mut sold = offer(vec![priced_at("a", 100), priced_at("b", 50), priced_at("c", 7)]);
    sold.product.base_price = 1000;
    let all: Vec<&Module> = sold.modules.iter().collect();
    let total = |offer: &Offer, list: Option<&ListPrices>, bundle: Option<&Bundle>, seats| {
        let active: Vec<&Module> = all.clone();
        priced(offer, list, bundle, &active, seats).map(|priced| (priced.total, priced.currency))
    };
    assert_eq!(total(&sold, None, None, 3), Ok((Some(1157), "EUR".into())));
    let each =
        Offer { product: Product { per_seat: true, ..sold.product.clone() }, ..sold.clone() };
    assert_eq!(total(&each, None, None, 3), Ok((Some(3471), "EUR".into())));
    let bundle = Bundle {
        bundle_id: "B".into(),
        code: "ab".into(),
        name: "AB".into(),
        state: ProductState::Active,
        modules: vec!["a".into(), "b".into()],
        price: None,
        currency: "EUR".into(),
        discount: 1000,
    };
    assert_eq!(total(&sold, None, Some(&bundle), 1), Ok((Some(1000 + 135 + 7), "EUR".into())));
    let own = Bundle { price: Some(99), ..bundle.clone() };
    assert_eq!(total(&sold, None, Some(&own), 1), Ok((Some(1000 + 99 + 7), "EUR".into())));
    let prices = |pairs: &[(Item, i64)]| pairs.iter().cloned().collect::<BTreeMap<_, _>>();
    let module = |code: &str| Item::Module(code.to_owned());
    let list = ListPrices {
        name: "L".into(),
        currency: "EUR".into(),
        prices: prices(&[(Item::Base, 0), (module("a"), 1)]),
    };
    assert_eq!(total(&sold, Some(&list), None, 1), Ok((Some(1 + 50 + 7), "EUR".into())));
    let francs = ListPrices { currency: "CHF".into(), ..list.clone() };
    let missing = total(&sold, Some(&francs), None, 1).unwrap_err();
    assert_eq!((missing.name.as_str(), missing.currency.as_str()), ("B", "CHF"));
    let complete = ListPrices {
        prices: prices(&[(Item::Base, 9), (module("a"), 1), (module("b"), 1), (module("c"), 1)]),
        ..francs
    };
    assert_eq!(total(&sold, Some(&complete), None, 1), Ok((Some(12), "CHF".into())));
    let free = priced(&offer(vec![]), None, None, &[], 1).unwrap();
    assert_eq!(free.total, None, "nothing has a price");
    assert_eq!(after_discount(1005, 1250), 879);
}

/// The body of a product with three modules, of which the third needs the second.
fn body() -> ProductBody {
    let module = |code: &str| CatalogueModule {
        codice: code.into(),
        nome: code.to_uppercase(),
        prezzo: Some(Price { importo: 100, valuta: "EUR".into() }),
        ..CatalogueModule::default()
    };
    ProductBody {
        codice: Some("X".into()),
        nome: Some("X".into()),
        moduli: Some(vec![
            module("a"),
            module("b"),
            CatalogueModule { richiede: vec!["b".into()], ..module("c") },
        ]),
        versioni: Some(vec![
            CatalogueVersion { versione: "2.1".into(), ..CatalogueVersion::default() },
            CatalogueVersion {
                versione: "10.0".into(),
                moduli: Some(vec!["a".into()]),
                ..CatalogueVersion::default()
            },
        ]),
        ..ProductBody::default()
    }
}

/// Where `change` makes the body of a product wrong.
fn wrong(before: Option<&Offer>, change: impl FnOnce(&mut ProductBody)) -> Vec<String> {
    let mut body = body();
    change(&mut body);
    let mut n = 0;
    let mut fresh = || {
        n += 1;
        format!("id-{n}")
    };
    let errors = checked(&body, before, &mut fresh).err().unwrap_or_default();
    errors.into_iter().map(|error| format!("{} {}", error.pointer, error.detail)).collect()
}

#[test]
fn a_product_is_checked_with_all_its_parts() {
    let offer = checked(&body(), None, &mut || "id".to_owned()).unwrap();
    assert_eq!((offer.product.version_major, offer.product.version_minor), (10, 0));
    assert_eq!(offer.versions[0].number(), "10.0");
    let again = checked(&ProductBody::from(&offer), Some(&offer), &mut || "new".to_owned());
    assert_eq!(again.unwrap(), offer, "what is told is what is understood");

    let modules = |body: &mut ProductBody| body.moduli.take().unwrap();
    assert_eq!(wrong(None, |_| ()), Vec::<String>::new());
    let ring = wrong(None, |body| {
        let mut all = modules(body);
        all[1].richiede = vec!["c".into()];
        body.moduli = Some(all);
    });
    assert_eq!(ring, ["/moduli/1/richiede field-module-ring"]);
    let included = wrong(None, |body| {
        let mut all = modules(body);
        all[2].incluso = true;
        body.moduli = Some(all);
    });
    assert_eq!(included, ["/moduli/2/incluso field-module-included"]);
    let removed = wrong(Some(&offer), |body| {
        let mut all = modules(body);
        all.remove(1);
        *body = ProductBody { moduli: Some(all), ..ProductBody::default() };
    });
    assert_eq!(removed, ["/moduli/1/richiede field-module"], "c still needs b");
    let twice = wrong(None, |body| {
        let mut all = modules(body);
        all[1].codice = "A".into();
        body.moduli = Some(all);
    });
    assert_eq!(twice[0], "/moduli/1/codice field-taken");
    let renamed = wrong(Some(&offer), |body| body.codice = Some("Y".into()));
    assert_eq!(renamed, ["/codice field-code-fixed"]);
    let bundle = |codes: &[&str]| CatalogueBundle {
        codice: "p".into(),
        nome: "P".into(),
        moduli: codes.iter().map(|code| (*code).to_owned()).collect(),
        ..CatalogueBundle::default()
    };
    let lame = wrong(None, |body| body.pacchetti = Some(vec![bundle(&["c"])]));
    assert_eq!(lame, ["/pacchetti/0/moduli field-bundle-clash"]);
    assert_eq!(wrong(None, |body| body.pacchetti = Some(vec![bundle(&["b", "c"])])), [""; 0]);
    let choice = CatalogueParameter {
        nome: "p".into(),
        etichetta: "P".into(),
        tipo: "scelta".into(),
        predefinito: Some(json!("x")),
        minimo: Some("1".into()),
        ..CatalogueParameter::default()
    };
    let errors = wrong(None, |body| body.parametri = Some(vec![choice]));
    assert_eq!(errors.len(), 3, "{errors:?}");
}

#[test]
fn a_licence_for_a_major_version_has_what_its_newest_minor_one_has() {
    let version = |major, minor, codes: Option<&[&str]>| Version {
        version_id: format!("{major}.{minor}"),
        major,
        minor,
        released_at: None,
        note: String::new(),
        state: ProductState::Active,
        modules: codes.map(|codes| codes.iter().map(|code| (*code).to_owned()).collect()),
    };
    let mut offer = offer(vec![]);
    offer.product.version_major = 3;
    offer.versions = vec![version(3, 1, None), version(3, 0, Some(&[])), version(2, 9, None)];
    let found = |asked| offer.version(asked).map(Version::number);
    assert_eq!(found(Some((3, None))).as_deref(), Some("3.1"));
    assert_eq!(found(Some((3, Some(0)))).as_deref(), Some("3.0"));
    assert_eq!(found(None).as_deref(), Some("3.1"));
    assert_eq!(found(Some((2, Some(8)))), None);
    assert!(!offer.versions[1].includes("a") && offer.versions[0].includes("a"));
}
