//! Floating seats of the running product: clients that crash, a server that is killed, two hosts.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use cockpit_tests::licences::any_customer;
use cockpit_tests::{Answer, Client, Cockpit, Database, Setup, eventually};
use plugin_api::time::parse_instant;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Seats of the licence many want.
const SEATS: usize = 20;
/// How many want them.
const CLIENTS: usize = 200;
/// How long a seat is kept without a heartbeat, milliseconds.
const LEASE: i64 = 2_000;
/// Within how many milliseconds after the last lease every seat is free.
const RECLAIMED: i64 = 5_000;

/// Everything about floating seats, on one place that is killed in between.
pub(super) async fn never_too_many(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(setup).await;
    let many = floating(&cockpit, SEATS).await;
    let few = floating(&cockpit, 3).await;
    let client = cockpit.anonymous();
    the_sample_has_both(&cockpit).await;
    for device in ["first", "second"] {
        take(&client, &few, device).await.assert(201);
    }

    let place = cockpit.kill();
    let short = format!(
        "update license_generator_licence set conditions = '{{\"lease_seconds\":{}}}' \
         where seats_max = {SEATS} and binding = 'floating'",
        LEASE / 1000
    );
    assert_eq!(place.tamper(&short).await, 1);
    let cockpit = Cockpit::demo_in(place).await;
    let client = cockpit.anonymous();
    // What was out before the power cut is out after it.
    take(&client, &few, "third").await.assert(201);
    let refused = take(&client, &few, "fourth").await.problem(409, "posti_esauriti");
    assert_eq!(refused["posti_fuori"], 3, "{refused}");
    take(&client, &few, "first").await.assert(200);

    let other = (setup.database == Database::MariaDb).then(|| OtherHost::start(&cockpit));
    let mut hosts = vec![client.clone()];
    if let Some(other) = &other {
        hosts.push(other.ready().await);
    }
    let held = crowd(&hosts, &many).await;
    assert!(held.len() > SEATS, "seats changed hands: {}", held.len());
    let most = most_at_once(&held);
    assert!(most <= SEATS, "{most} seats were out at once");

    let last = held.iter().map(|seat| seat.until).max().expect("a seat");
    let wait = u64::try_from((last - now()).max(0)).unwrap_or_default();
    tokio::time::sleep(Duration::from_millis(wait)).await;
    let (client_of_all, key_of_all) = (&client, &many);
    eventually("every seat is free again", || async move {
        let all = (0..SEATS).map(|n| (client_of_all.clone(), key_of_all.clone(), n));
        let mut asking = JoinSet::new();
        for (client, key, n) in all {
            asking.spawn(async move { take(&client, &key, &format!("late-{n}")).await.status });
        }
        asking.join_all().await.iter().all(|status| [200, 201].contains(status))
    })
    .await;
    assert!(now() <= last + RECLAIMED, "{} ms after the last lease", now() - last);
    drop(other);

    let place = cockpit.kill();
    let counted = "select seats_out from license_generator_licence where binding = 'floating' \
                   order by seats_max";
    let rows = "select count(*) from license_generator_licence l \
                join license_generator_seat s on s.licence_id = l.licence_id \
                where l.binding = 'floating' group by l.licence_id, l.seats_max order by l.seats_max";
    let (counted, rows) = (place.numbers(counted).await, place.numbers(rows).await);
    let none = |numbers: &[i64]| numbers.iter().copied().filter(|n| *n > 0).collect::<Vec<_>>();
    assert_eq!(none(&counted), rows);
    assert!(rows.iter().all(|n| *n <= i64::try_from(SEATS).expect("small")), "{rows:?}");
}

/// Two floating seats and a meter, as `demo.json` names them.
async fn the_sample_has_both(cockpit: &Cockpit) {
    let (client, told) = (cockpit.anonymous(), cockpit.told());
    for (device, status) in [("a", 201), ("b", 201), ("c", 409)] {
        take(&client, &told.floating_key, device).await.assert(status);
    }
    let body = json!({
        "chiave_licenza": told.meter.key, "modulo": told.meter.module, "quantita": 2,
    });
    let counted = client.post("/api/licenze/consumi", &body).await.expect(200).json();
    assert_eq!((&counted["usato"], &counted["residuo"]), (&json!(2), &json!(1_098)), "{counted}");
}

/// A licence of `seats` floating seats; its key.
async fn floating(cockpit: &Cockpit, seats: usize) -> String {
    let software = cockpit.software();
    let order = json!({
        "cliente": any_customer(&software).await, "prodotto": cockpit.told().product,
        "tipo": "permanente", "associazione": "flottante", "posti": seats,
    });
    let made = software.post("/api/admin/licenze", &order).await.expect(201).json();
    made["chiave_licenza"].as_str().expect("a key").to_owned()
}

async fn take(client: &Client, key: &str, device: &str) -> Answer {
    let device = json!({ "impronta": device });
    let body = json!({ "chiave_licenza": key, "dispositivo": device });
    client.post("/api/licenze/posti", &body).await
}

async fn ask(client: &Client, method: Method, seat: &str, key: &str) -> Answer {
    let request = client.request(method, &format!("/api/licenze/posti/{seat}"));
    client.send(request.json(&json!({ "chiave_licenza": key }))).await
}

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "leases end by the clock on the wall")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_millis()).expect("before the end of time")
}

/// A seat as its device knows it: between these instants it was surely its own.
struct Held {
    from: i64,
    until: i64,
}

impl Held {
    fn told(answer: &Value) -> Self {
        let until = answer["posto"]["scade"].as_str().and_then(parse_instant).expect("an instant");
        Self { from: now(), until }
    }
}

/// Clients who take a seat again and again, keep it a while, and give it back or crash.
async fn crowd(hosts: &[Client], key: &str) -> Vec<Held> {
    let started = Instant::now();
    let mut clients = JoinSet::new();
    for n in 0..CLIENTS {
        let (client, key) = (hosts[n % hosts.len()].clone(), key.to_owned());
        clients.spawn(async move {
            let mut held = Vec::new();
            let mut round = 0;
            while started.elapsed() < Duration::from_secs(8) {
                round += 1;
                let answer = take(&client, &key, &format!("device-{n}-{round}")).await;
                // A database that cannot keep up with the crowd makes the host say so.
                if answer.status == 503 {
                    answer.problem(503, "unavailable");
                    pause(300).await;
                    continue;
                }
                if answer.status != 201 {
                    answer.problem(409, "posti_esauriti");
                    pause(300).await;
                    continue;
                }
                let answer = answer.json();
                let seat = answer["posto"]["id"].as_str().expect("an id").to_owned();
                let mut one = Held::told(&answer);
                pause(600).await;
                match fastrand::u8(0..3) {
                    0 => {}
                    1 => {
                        let kept = ask(&client, Method::PUT, &seat, &key).await;
                        if kept.status == 200 {
                            one.until = Held::told(&kept.json()).until;
                        }
                    }
                    _ => {
                        one.until = one.until.min(now());
                        ask(&client, Method::DELETE, &seat, &key).await;
                    }
                }
                held.push(one);
            }
            held
        });
    }
    clients.join_all().await.into_iter().flatten().collect()
}

async fn pause(longest: u64) {
    tokio::time::sleep(Duration::from_millis(fastrand::u64(20..longest))).await;
}

/// The most seats that were held at one instant.
fn most_at_once(held: &[Held]) -> usize {
    let at = |instant: i64| {
        held.iter().filter(|seat| seat.from <= instant && instant < seat.until).count()
    };
    held.iter().map(|seat| at(seat.from)).max().unwrap_or_default()
}

/// Another process on the same database, killed when dropped.
struct OtherHost {
    child: Child,
    url: String,
}

impl OtherHost {
    fn start(cockpit: &Cockpit) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        drop(listener);
        let mut command = cockpit.place.command();
        command.arg("serve").arg("--data").arg(cockpit.place.data());
        if let Some(url) = cockpit.place.database_url() {
            command.args(["--database", url]);
        }
        let child = command
            .args(["--listen", &address])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a second host");
        Self { child, url: format!("http://{address}") }
    }

    async fn ready(&self) -> Client {
        let client = Client::anonymous(&self.url);
        let asked = &client;
        eventually("the second host answers", || async move {
            let answer = asked.try_send(asked.request(Method::GET, "/readyz")).await;
            answer.is_ok_and(|answer| answer.status == 200)
        })
        .await;
        client
    }
}

impl Drop for OtherHost {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
