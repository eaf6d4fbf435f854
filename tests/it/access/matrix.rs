//! Every route of the running product, asked by every role for objects of every branch.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use cockpit_tests::branches::Person;
use cockpit_tests::objects::{Kind, Objects};
use cockpit_tests::{Answer, Cockpit, Setup, normal};

use super::kinds;
use super::relations::{self, NAMES, Relations, WITHIN};
use super::routes::{Route, id_of, routes};
use super::snapshot::{self, Line};

/// What was noted: of which route, for which role, for which relation, and the status.
#[derive(Default)]
struct Noted {
    statuses: Vec<(String, &'static str, &'static str, u16)>,
    violations: Vec<String>,
}

/// An answer without what tells which id was asked for, and when.
fn compared(answer: &Answer, ids: &[&str]) -> String {
    let mut told = answer.clone();
    told.headers.remove("set-cookie");
    for id in ids {
        told.body = told.body.replace(id, "<asked>");
    }
    normal::answer(&told)
}

/// Nobody in particular gets in where it is open, and nowhere else.
async fn nobody(cockpit: &Cockpit, routes: &[Route], objects: &Objects) -> Noted {
    let mut noted = Noted::default();
    let person = Person::nobody(&cockpit.url);
    for route in routes {
        let ids = route.ids(objects).unwrap_or_else(|| route.missing());
        let answer = route.asked(&person, &ids).await;
        let is_sent_away = answer.status == 401
            || answer.status == 303 && answer.header("location").starts_with("/login");
        if answer.status >= 500 || !route.is_open && !is_sent_away {
            noted.violations.push(format!("nobody: {}: {}", route.name(), answer.told()));
        }
        noted.statuses.push((route.name(), "nobody", "", answer.status));
    }
    noted
}

/// Objects of others answer as if they were not there.
async fn foreign(relations: &Relations, routes: &[Route]) -> Noted {
    let mut noted = Noted::default();
    let own = relations.objects[0].as_ref().expect("his own");
    for route in routes.iter().filter(|route| route.names_objects()) {
        let missing = route.missing();
        let unknown = compared(&route.asked(&relations.person, &missing).await, &missing);
        for (of, relation) in relations.objects.iter().zip(NAMES).skip(WITHIN) {
            let Some(ids) = of.as_ref().and_then(|of| route.ids(of)) else { continue };
            let answer = route.asked(&relations.person, &ids).await;
            noted.statuses.push((route.name(), relations.role, relation, answer.status));
            let is_shared =
                relation == "parent" && route.kinds.iter().all(|k| kinds::is_shared_below(*k));
            let may_answer = is_shared && (route.is_reading() || answer.status == 403);
            if !may_answer {
                noted.alike(route, relations.role, relation, &unknown, &answer, &ids);
            }
            // His own customer, but a part of somebody else's.
            if let ([first, ..], [_, rest @ ..]) = (route.kinds.as_slice(), ids.as_slice())
                && let (Some(first), false) = (id_of(*first, own), rest.is_empty())
            {
                let crossed: Vec<&str> = [first].into_iter().chain(rest.iter().copied()).collect();
                let none: Vec<&str> =
                    [first].into_iter().chain(missing.iter().skip(1).copied()).collect();
                let unknown = compared(&route.asked(&relations.person, &none).await, &none);
                let answer = route.asked(&relations.person, &crossed).await;
                noted.alike(route, relations.role, "crossed", &unknown, &answer, &crossed);
            }
        }
    }
    noted
}

impl Noted {
    /// Does something for all of them at once, and notes what came of it.
    async fn gather<F>(&mut self, of: &[Relations], each: impl Fn(Relations) -> F)
    where
        F: Future<Output = Self> + Send + 'static,
    {
        let mut tasks = tokio::task::JoinSet::new();
        for one in of {
            tasks.spawn(each(one.clone()));
        }
        for found in tasks.join_all().await {
            self.statuses.extend(found.statuses);
            self.violations.extend(found.violations);
        }
    }

    /// The statuses, those of a role in the order of the relations.
    fn in_order(&self) -> Vec<(String, &'static str, &'static str, u16)> {
        let mut statuses = self.statuses.clone();
        statuses.sort_by_key(|(_, role, relation, _)| {
            (*role, NAMES.iter().position(|name| name == relation))
        });
        statuses
    }

    fn alike(
        &mut self,
        route: &Route,
        role: &str,
        relation: &str,
        unknown: &str,
        answer: &Answer,
        ids: &[&str],
    ) {
        let told = compared(answer, ids);
        // The portal says to who has no account that he has none, whatever he asks for there.
        let says_so = route.path.starts_with("/crm/my-") && route.is_reading();
        let is_refused = (400..500).contains(&answer.status) || says_so;
        if !is_refused || told != *unknown {
            let name = route.name();
            let text = |of: &str| of.chars().take(1500).collect::<String>();
            let (told, unknown) = differing(&told, unknown);
            self.violations.push(format!(
                "{role}: {name} of a {relation}: {}\n  and of nobody: {}",
                text(&told),
                text(&unknown)
            ));
        }
    }
}

/// The lines of both that differ.
fn differing(one: &str, other: &str) -> (String, String) {
    let only = |of: &str, from: &str| {
        let lines = of.lines().filter(|line| !from.lines().any(|known| known == *line));
        lines.collect::<Vec<_>>().join("\n")
    };
    let status = |of: &str| of.lines().next().unwrap_or_default().to_owned();
    (
        format!("{} {}", status(one), only(one, other)),
        format!("{} {}", status(other), only(other, one)),
    )
}

/// What his own answers, and what those below: first what only reads, last what uses up.
async fn within(mut relations: Relations, routes: &[Route]) -> Noted {
    let mut noted = Noted::default();
    for route in routes {
        for (n, relation) in NAMES.iter().enumerate().take(WITHIN) {
            let named = route.names_objects();
            let Some(of) = relations.objects[n].as_ref().filter(|_| named || n == 0) else {
                continue;
            };
            let Some(ids) = route.ids(of) else { continue };
            let answer = route.asked(&relations.person, &ids).await;
            let relation = if named { relation } else { "" };
            noted.statuses.push((route.name(), relations.role, relation, answer.status));
            if answer.status >= 500 || answer.status == 429 {
                let told = answer.told();
                noted.violations.push(format!("{}: {}: {told}", relations.role, route.name()));
            }
            if route.is_reading() {
                continue;
            }
            if route.uses_up()
                && answer.status < 400
                && let (Some(kind), Some(of)) = (route.kinds.last(), &mut relations.objects[n])
            {
                of.use_up(*kind);
            }
            if !relations.person.is_signed_in().await {
                relations.person.sign_in_again().await;
            }
        }
    }
    noted
}

/// What the superadmin sees of the objects that must not change.
async fn pages(admin: &Person, routes: &[Route], all: &[Relations]) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    // Whatever notice is left over is shown once.
    admin.browser.get("/").await.assert(200);
    // These go on by themselves: jobs and imports run, rows of the log are sealed.
    let goes_on =
        |kind: &Kind| matches!(kind, Kind::Job | Kind::Import | Kind::LicenceImport | Kind::Audit);
    let shown = |route: &&Route| {
        route.is_reading()
            && route.path.ends_with('}')
            && route.names_objects()
            && !route.path.starts_with("/crm/my-")
            && !route.kinds.iter().any(goes_on)
    };
    for relations in all {
        for of in relations.objects.iter().skip(WITHIN).flatten() {
            for route in routes.iter().filter(shown) {
                let Some(ids) = route.ids(of) else { continue };
                let path = kinds::filled(&route.path, ids.iter().copied());
                if let Entry::Vacant(place) = seen.entry(path) {
                    place.insert(normal::answer(&route.asked(admin, &ids).await));
                }
            }
        }
    }
    seen
}

#[tokio::test]
async fn every_route_answers_each_role_as_reviewed() {
    let place = Cockpit::demo(Setup::PLAIN).await.stop().await;
    let routes = Arc::new(routes(&place));
    let cockpit = Arc::new(Cockpit::demo_in(place).await);
    let started = std::time::Instant::now();
    let lap = |what: &str| eprintln!("{what}: {:.1} s", started.elapsed().as_secs_f32());
    let all = relations::all(&cockpit).await;
    lap("objects of every branch");
    let admin = all.iter().find(|one| one.role == "superadmin").expect("he is one").clone();
    let of_admin = admin.objects[0].clone().expect("his own");
    let before = pages(&admin.person, &routes, &all).await;
    lap("pages before");
    let mut noted = nobody(&cockpit, &routes, &of_admin).await;
    noted
        .gather(&all, |one| {
            let routes = Arc::clone(&routes);
            async move { foreign(&one, &routes).await }
        })
        .await;
    lap("objects of others");
    for (path, told) in pages(&admin.person, &routes, &all).await {
        let was = before.get(&path).map_or("", String::as_str);
        if was != told {
            let (was, is) = differing(was, &told);
            noted.violations.push(format!("{path} was changed from {was}\n  to {is}"));
        }
    }
    lap("pages after");
    let (admin, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.role == "superadmin");
    for these in [rest, admin] {
        let routes = &routes;
        noted
            .gather(&these, |one| {
                let routes = Arc::clone(routes);
                async move { within(one, &routes).await }
            })
            .await;
    }
    lap("objects of one's own branch");
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for route in routes.iter() {
        lines.entry(route.name()).or_default();
    }
    for (route, role, relation, status) in noted.in_order() {
        lines.entry(route).or_default().note(role, relation, status);
    }
    let violations = &noted.violations;
    assert!(violations.is_empty(), "{} wrong:\n{}", violations.len(), violations.join("\n"));
    snapshot::compare(&lines);
}
