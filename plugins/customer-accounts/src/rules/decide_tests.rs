//! The order of rules, codes, and whose rules are asked.

use super::*;

fn map(rules: Vec<Rule>) -> Map {
    let place = |id: &str, parent: Option<&str>| Place {
        organisation_id: id.to_owned(),
        parent_id: parent.map(str::to_owned),
        name: id.to_owned(),
    };
    Map {
        places: vec![
            place("vendor", None),
            place("north", Some("vendor")),
            place("agent", Some("north")),
            place("south", Some("vendor")),
        ],
        rules,
        codes: vec![
            ("sud".to_owned(), "south".to_owned()),
            ("nord".to_owned(), "north".to_owned()),
        ],
    }
}

fn rule(owner: &str, provinces: &str, receiver: &str) -> Rule {
    Rule {
        rule_id: format!("{owner} {provinces}"),
        organisation_id: owner.to_owned(),
        provinces: provinces.to_owned(),
        receiver_id: receiver.to_owned(),
        enabled: 1,
        ..Rule::default()
    }
}

fn receiver(map: &Map, code: &str, province: &str) -> String {
    let known = Known { code: code.to_owned(), province: province.to_owned(), ..Known::default() };
    map.decide("vendor", &known).organisation_id
}

#[test]
fn without_a_rule_the_vendor_receives() {
    assert_eq!(receiver(&map(Vec::new()), "", "MI"), "vendor");
    assert_eq!(receiver(&map(Vec::new()), "nobody's", "MI"), "vendor");
}

#[test]
fn the_first_rule_that_matches_wins_and_one_switched_off_is_not_asked() {
    let rules = vec![rule("vendor", "MI", "north"), rule("vendor", "", "south")];
    assert_eq!(receiver(&map(rules.clone()), "", "MI"), "north");
    assert_eq!(receiver(&map(rules.clone()), "", "RM"), "south");
    let off = Rule { enabled: 0, ..rules[0].clone() };
    assert_eq!(receiver(&map(vec![off, rules[1].clone()]), "", "MI"), "south");
}

#[test]
fn a_code_beats_rules_that_do_not_name_it() {
    let general = rule("vendor", "", "north");
    assert_eq!(receiver(&map(vec![general.clone()]), "SUD", "MI"), "south");
    let named = Rule { reseller_code: "sud".to_owned(), ..general };
    assert_eq!(receiver(&map(vec![named]), "Sud", "MI"), "north");
}

#[test]
fn who_received_sorts_it_further_within_his_branch() {
    let rules = vec![rule("north", "MI", "agent"), rule("north", "", "south")];
    assert_eq!(receiver(&map(rules.clone()), "nord", "MI"), "agent");
    // South lies outside north's branch: such a rule is not asked.
    assert_eq!(receiver(&map(rules), "nord", "RM"), "north");
}

#[test]
fn a_rule_may_keep_what_a_later_one_would_hand_on() {
    let rules = vec![rule("vendor", "MI", "vendor"), rule("vendor", "", "south")];
    assert_eq!(receiver(&map(rules), "", "MI"), "vendor");
}
