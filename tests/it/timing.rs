//! Answers tell nothing by the time they take: the same request for what is there and for what is
//! not, sent by turns, compared by their medians and by a Mann–Whitney test.

use std::time::Instant;

use cockpit_tests::{Answer, Client, Cockpit, Place, Setup};
use reqwest::{Method, RequestBuilder};

/// How far the medians may lie apart, as a part of the smaller one. The first samples warm up.
const APART: f64 = 0.10;
/// From here on a difference is no accident, in standard deviations.
const NO_ACCIDENT: f64 = 5.0;
const WARM_UP: usize = 10;

/// How long both took, in milliseconds, by turns.
#[derive(Default)]
struct Samples([Vec<f64>; 2]);

impl Samples {
    /// Times `count` requests of each of the two, in changing order.
    async fn taken(count: usize, mut send: impl AsyncFnMut(usize, usize) -> Answer) -> Self {
        let mut samples = Self::default();
        let mut seen = [None, None];
        for n in 0..count + WARM_UP {
            for turn in 0..2 {
                let which = (n + turn) % 2;
                let started = Instant::now();
                let answer = send(which, n).await;
                let took = started.elapsed().as_secs_f64() * 1000.0;
                if n >= WARM_UP {
                    samples.0[which].push(took);
                }
                seen[which] = Some(answer.status);
            }
            assert_eq!(seen[0], seen[1], "both answer alike");
        }
        samples
    }

    /// Prints the figures and fails if the two can be told apart.
    fn are_alike(&self, what: &str) {
        let [there, not] = self.0.each_ref().map(|all| median(all));
        let (apart, z) = ((there - not).abs() / there.min(not), z(&self.0[0], &self.0[1]));
        eprintln!(
            "{what}: {} each, medians {there:.3} ms and {not:.3} ms, {:.1} % apart, z = {z:.2}",
            self.0[0].len(),
            apart * 100.0
        );
        assert!(apart < APART || z.abs() < NO_ACCIDENT, "{what} can be told apart by time");
    }
}

fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// How many standard deviations the rank sum of `a` lies from what chance would make it (Mann and
/// Whitney 1947, normal approximation; times are never quite the same, so ties do not count).
fn z(a: &[f64], b: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = a.iter().map(|time| (*time, true)).collect();
    all.extend(b.iter().map(|time| (*time, false)));
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let ranks = (1_u32..).map(f64::from);
    let rank_sum: f64 = ranks.zip(&all).filter(|(_, (_, of_a))| *of_a).map(|(rank, _)| rank).sum();
    let size = |of: &[f64]| f64::from(u32::try_from(of.len()).expect("few"));
    let (of_a, of_b) = (size(a), size(b));
    let above_least = rank_sum - of_a * (of_a + 1.0) / 2.0;
    let by_chance = of_a * of_b / 2.0;
    (above_least - by_chance) / (by_chance * (of_a + of_b + 1.0) / 6.0).sqrt()
}

/// A demo that believes what a proxy says of the client, so that every request can come from a
/// network of its own and no throttle stands in the way.
async fn behind_a_proxy() -> Cockpit {
    let place = Place::new(Setup::PLAIN).await;
    Cockpit::demo_in(place.with("COCKPIT_HTTP__TRUSTED_PROXIES", "127.0.0.1")).await
}

/// The request as if from the `n`th network.
fn from(request: RequestBuilder, which: usize, n: usize) -> RequestBuilder {
    request.header("x-forwarded-for", format!("10.{which}.{}.{}", n / 250, n % 250 + 1))
}

/// Addresses that are known, and as many of the same length that are not.
fn addresses(cockpit: &Cockpit) -> [Vec<String>; 2] {
    let told = cockpit.told();
    let roles = [&told.roles.reseller, &told.roles.sub_company, &told.roles.agent, &told.sibling];
    let known: Vec<String> = roles.into_iter().map(|member| member.email.clone()).collect();
    let unknown = known.iter().map(|email| format!("x{}", &email[1..])).collect();
    [known, unknown]
}

#[tokio::test]
async fn a_wrong_password_takes_as_long_for_who_is_unknown() {
    let cockpit = behind_a_proxy().await;
    let (addresses, browser) = (addresses(&cockpit), cockpit.browser());
    let samples = Samples::taken(150, async |which, n| {
        let email = addresses[which][n % addresses[which].len()].as_str();
        let fields = [("email", email), ("password", "a guess that is wrong")];
        let request = browser.request(Method::POST, "/login").form(&fields);
        browser.send(from(request, which, n)).await.expect(422)
    })
    .await;
    samples.are_alike("sign-in of who is known and of who is not");
}

#[tokio::test]
async fn asking_for_a_new_password_takes_as_long_for_who_is_unknown() {
    let cockpit = behind_a_proxy().await;
    let (addresses, browser) = (addresses(&cockpit), cockpit.browser());
    let samples = Samples::taken(150, async |which, n| {
        let email = addresses[which][n % addresses[which].len()].as_str();
        let request = browser.request(Method::POST, "/forgot").form(&[("email", email)]);
        browser.send(from(request, which, n)).await
    })
    .await;
    samples.are_alike("a forgotten password of who is known and of who is not");
}

#[tokio::test]
async fn a_wrong_secret_takes_as_long_as_an_unknown_token() {
    let cockpit = behind_a_proxy().await;
    let token = cockpit.told().token.clone();
    let (start, secret) = token.split_at(token.len() - 43);
    let wrong: String = secret.chars().rev().collect();
    let unknown =
        format!("cpk_{}_", start[4..].trim_end_matches('_').chars().rev().collect::<String>());
    let clients = [start, unknown.as_str()]
        .map(|start| Client::with_token(&cockpit.url, &format!("{start}{wrong}")));
    let samples = Samples::taken(1000, async |which, n| {
        let request = clients[which].request(Method::GET, "/api/menu");
        clients[which].send(from(request, which, n)).await.expect(401)
    })
    .await;
    samples.are_alike("a token with a wrong secret and one that is unknown");
}

#[tokio::test]
async fn an_id_of_others_takes_as_long_as_none() {
    let cockpit = behind_a_proxy().await;
    let told = cockpit.told();
    let theirs = Client::with_token(&cockpit.url, &told.roles.reseller.token);
    let list = theirs.get("/api/admin/clienti?limit=1").await.expect(200).json();
    let foreign = list["dati"][0]["id"].as_str().expect("a customer").to_owned();
    // As long, and of the same characters.
    let (start, end) = foreign.split_at(24);
    let missing = format!("{start}{}", end.chars().rev().collect::<String>());
    let ids = [foreign, missing];
    let software = Client::with_token(&cockpit.url, &told.sibling.token);
    let browser = cockpit.signed_in(&told.sibling.email, &told.sibling.password).await;
    for (what, client, path) in [
        ("over the API", &software, "/api/admin/clienti/"),
        ("on a page", &browser, "/crm/customers/"),
    ] {
        let paths = ids.each_ref().map(|id| format!("{path}{id}"));
        let samples =
            Samples::taken(1000, async |which, _| client.get(&paths[which]).await.expect(404))
                .await;
        samples.are_alike(&format!("a customer of others and none, {what}"));
    }
}

#[test]
fn the_test_tells_what_differs_from_what_does_not() {
    let a: Vec<f64> = (0..200).map(f64::from).collect();
    let shifted: Vec<f64> = a.iter().map(|x| x + 60.0).collect();
    let mixed: Vec<f64> = a.iter().map(|x| x + 0.5).collect();
    assert!(z(&a, &shifted) < -NO_ACCIDENT && z(&shifted, &a) > NO_ACCIDENT);
    assert!(z(&a, &mixed).abs() < 1.0);
    assert!((median(&a) - 100.0).abs() < f64::EPSILON);
}
