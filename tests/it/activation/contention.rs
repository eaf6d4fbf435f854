//! Many devices at once: never a seat too many, never one too few.

use cockpit_tests::licences::{activate, any_customer, issue};
use cockpit_tests::{Answer, Client, Cockpit};
use tokio::task::JoinSet;

const AT_ONCE: usize = 50;

/// Fifty devices ask for three seats.
pub(super) async fn fifty_at_once_take_three_seats(cockpit: &Cockpit) {
    let software = cockpit.software();
    let customer = any_customer(&software).await;
    let licence = issue(&software, &customer, &cockpit.told().product, 3).await;
    let answers = all(&cockpit.anonymous(), &licence.key, |n| format!("device-{n}")).await;

    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(taken, 3, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    for refused in answers.iter().filter(|answer| answer.status != 200) {
        refused.problem(409, "limite_dispositivi");
    }
    let path = format!("/api/admin/licenze/{}", licence.id);
    let licence = software.get(&path).await.expect(200).json();
    assert_eq!(licence["dispositivi_usati"], 3, "{licence}");
    assert_eq!(licence["attivazioni"].as_array().map(Vec::len), Some(3), "{licence}");
}

/// One device asks fifty times at once.
pub(super) async fn one_device_fifty_times_takes_one_seat(cockpit: &Cockpit) {
    let software = cockpit.software();
    let customer = any_customer(&software).await;
    let licence = issue(&software, &customer, &cockpit.told().product, 3).await;
    let answers = all(&cockpit.anonymous(), &licence.key, |_| "the same".to_owned()).await;
    let seats: std::collections::BTreeSet<String> = answers
        .into_iter()
        .map(|answer| answer.expect(200).json()["attivazione"]["id"].to_string())
        .collect();
    assert_eq!(seats.len(), 1, "{seats:?}");
    let path = format!("/api/admin/licenze/{}", licence.id);
    assert_eq!(software.get(&path).await.expect(200).json()["dispositivi_usati"], 1);
}

async fn all(client: &Client, key: &str, name: impl Fn(usize) -> String) -> Vec<Answer> {
    let mut asking = JoinSet::new();
    for n in 0..AT_ONCE {
        let (client, key, name) = (client.clone(), key.to_owned(), name(n));
        asking.spawn(async move { activate(&client, &key, &name).await });
    }
    asking.join_all().await
}
