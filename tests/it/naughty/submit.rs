//! Words written into the fields of one form, again and again, until all went through.

use std::collections::BTreeSet;

use cockpit_tests::{Answer, Client};
use reqwest::Method;

use super::form::{self, Form};
use super::world::World;

/// How often a form that was refused is corrected and sent again.
const CORRECTIONS: usize = 6;
/// One submission in so many writes also into what one can only choose.
const WILD: usize = 12;

/// A form, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The path of its page; empty when no page shows it now.
    pub(super) page: String,
    /// What takes it, for messages.
    pub(super) place: String,
    pub(super) form: Form,
}

impl Found {
    /// The same about a customer of its own, where it ends one.
    pub(super) fn of_its_own(mut self, world: &World) -> Self {
        self.page = world.of_its_own(&self.place, &self.page);
        self.form.action = world.of_its_own(&self.place, &self.form.action);
        self
    }
}

/// How often a form was sent, and taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    pub(super) place: String,
    pub(super) times: usize,
    pub(super) taken: usize,
    /// Where the server led those whose form it took.
    pub(super) led_to: BTreeSet<String>,
    /// What the last refusal said.
    pub(super) refusal: String,
}

/// Which words a submission carries: all of them go through some field before one is repeated,
/// and then through another field.
pub(super) struct Round<'a> {
    words: &'a [String],
    from: usize,
}

impl<'a> Round<'a> {
    pub(super) fn new(words: &'a [String], number: usize, texts: usize) -> Self {
        let from = number * texts.max(1);
        Self { words, from: from + from / words.len() }
    }

    pub(super) fn word(&self, field: usize) -> &'a str {
        &self.words[(self.from + field) % self.words.len()]
    }
}

/// How many submissions with so many texts let all words through, within limits.
pub(super) fn times(words: usize, texts: usize, limits: (usize, usize)) -> usize {
    words.div_ceil(texts.max(1)).clamp(limits.0, limits.1)
}

/// Sends a form so often that all words go through it, within the limits, with the words from
/// `begin` on.
pub(super) async fn all(
    world: &World,
    found: &Found,
    words: &[String],
    limits: (usize, usize),
    begin: usize,
) -> Sent {
    let client = world.browser_for(&found.form.action);
    let texts = found.form.texts().len();
    let mut sent = Sent { place: found.place.clone(), ..Sent::default() };
    let is_get = found.form.method != "post";
    let limits = if is_get { (1, limits.1) } else { limits };
    for number in 0..times(words.len(), texts, limits) {
        let round = Round::new(words, begin + number, texts);
        sent.times += 1;
        if is_get {
            asked(world, client, found, &round).await;
            continue;
        }
        let answer = once(world, client, found, &round, number % WILD == WILD - 1).await;
        match answer.status {
            429 => break,
            200..400 => {
                sent.taken += 1;
                let location = answer.header("location");
                if location.starts_with('/') && sent.led_to.insert(location.to_owned()) {
                    is_there(world, client, found, location, &round).await;
                }
            }
            status => {
                let wrong: BTreeSet<String> =
                    form::forms(&answer.body).iter().flat_map(Form::invalid).collect();
                sent.refusal = format!("{status} {wrong:?} {}", answer.told());
            }
        }
    }
    sent
}

/// A form that asks only.
async fn asked(world: &World, client: &Client, found: &Found, round: &Round<'_>) {
    let fields = found.form.filled(|n| round.word(n), &BTreeSet::new(), "", None);
    let action = if found.form.action.is_empty() { &found.page } else { &found.form.action };
    let path = action.split('?').next().unwrap_or_default();
    let request = client.request(Method::GET, path).query(&fields);
    world.findings.ask(&found.place, request, &values(&fields)).await;
}

/// Sends the form as it stands on its page now; what is refused is corrected as the answer says.
async fn once(
    world: &World,
    client: &Client,
    found: &Found,
    round: &Round<'_>,
    is_wild: bool,
) -> Answer {
    let serial = world.serial();
    let chosen = is_wild.then(|| round.word(found.form.texts().len()));
    let mut refused = BTreeSet::new();
    for attempt in 0.. {
        // Again each time: others change the same thing meanwhile.
        let form = fresh(world, client, found).await.unwrap_or_else(|| found.form.clone());
        let chosen = chosen.filter(|_| attempt == 0);
        let fields = form.filled(|n| round.word(n), &refused, &serial, chosen);
        let request = client.request(Method::POST, &form.action).form(&fields);
        let answer = world.findings.ask(&found.place, request, &values(&fields)).await;
        let before = refused.len();
        refused.extend(form::forms(&answer.body).iter().flat_map(Form::invalid));
        if refused.len() == before {
            // Something that may stay empty is wrong beside something else.
            refused.extend(form.optional());
        }
        // Somebody else was faster.
        let is_outdated = answer.status == 422 && answer.body.contains("in the meantime");
        let has_learnt = refused.len() > before || chosen.is_some() || is_outdated;
        if answer.status < 400 || attempt == CORRECTIONS || !has_learnt {
            return answer;
        }
    }
    unreachable!("the loop ends by itself")
}

/// The form as its page shows it now, if it is on one.
async fn fresh(world: &World, client: &Client, found: &Found) -> Option<Form> {
    if found.page.is_empty() {
        return None;
    }
    let page = client.request(Method::GET, &found.page);
    let page = world.findings.ask(&found.place, page, &[] as &[&str]).await;
    let is_it =
        |form: &Form| form.action == found.form.action && form.texts() == found.form.texts();
    form::forms(&page.body).into_iter().find(is_it)
}

/// What was taken is there to be seen.
async fn is_there(
    world: &World,
    client: &Client,
    found: &Found,
    location: &str,
    round: &Round<'_>,
) {
    let texts: Vec<&str> = (0..found.form.texts().len()).map(|n| round.word(n)).collect();
    let place = format!("{} leads to its page, which", found.place);
    let answer = world.findings.ask(&place, client.request(Method::GET, location), &texts).await;
    if answer.status != 200 {
        world.findings.note(&place, &format!("answers {}", answer.status), location);
    }
}

fn values(fields: &[(String, String)]) -> Vec<&str> {
    fields.iter().map(|(_, value)| value.as_str()).collect()
}

#[test]
fn every_word_goes_through_before_one_is_repeated() {
    let words: Vec<String> = (0..7).map(|n| n.to_string()).collect();
    let seen: BTreeSet<&str> = (0..times(7, 3, (0, 99)))
        .flat_map(|number| (0..3).map(move |field| (number, field)))
        .map(|(number, field)| Round::new(&words, number, 3).word(field))
        .collect();
    assert_eq!(seen.len(), 7);
    assert_eq!((times(7, 3, (5, 9)), times(99, 3, (5, 9))), (5, 9));
    let first: BTreeSet<&str> = (0..70).map(|n| Round::new(&words, n, 7).word(0)).collect();
    assert_eq!(first.len(), 7, "in time every word through every field");
}
