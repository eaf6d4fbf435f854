//! What the timelines of customers are told.

use plugin_api::contracts::timeline::{Entry, HAPPENED};
use serde_json::json;

use crate::{Shop, on_each};

fn lines(shop: &Shop<'_>) -> Vec<String> {
    let events = shop.harness.effects().events;
    let told = events.into_iter().filter(|event| event.name == HAPPENED);
    let entries = told.map(|event| serde_json::from_value::<Entry>(event.payload).expect("a line"));
    entries.map(|mut entry| entry.text.remove("en").expect("English")).collect()
}

#[test]
fn activations_are_told_once_and_by_licence() {
    on_each(|shop| {
        let tell = || {
            shop.harness.clock().advance(60_000);
            let caller = shop.harness.job_caller("tell-activations");
            shop.harness.call("job:tell-activations", &caller, json!(null)).expect("told");
        };
        tell();
        let first = shop.key(&json!({}));
        let second = shop.key(&json!({}));
        shop.activate(&first, "a").expect(200);
        shop.activate(&second, "b").expect(200);
        shop.activate(&second, "c").expect(200);
        let issued = lines(shop).len();
        tell();
        tell();
        let mut told = lines(shop).split_off(issued);
        told.sort();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("2 devices were activated"), "{told:?}");
        assert!(told[1].starts_with("The device PC a was activated"), "{told:?}");
    });
}
