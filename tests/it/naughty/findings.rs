//! What is wrong with the answers so far, each kind of mistake once.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use cockpit_tests::{Answer, naughty};
use reqwest::RequestBuilder;

/// What is wrong, by where it happened and what it was; with an example.
#[derive(Debug, Default)]
pub(crate) struct Findings(Mutex<BTreeMap<String, String>>);

impl Findings {
    fn found(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().expect("nobody panicked")
    }

    /// Notes a mistake.
    pub(super) fn note(&self, place: &str, what: &str, example: &str) {
        let example = example.chars().take(300).collect();
        self.found().entry(format!("{place}: {what}")).or_insert(example);
    }

    /// Fails with everything that was found, if anything was.
    #[track_caller]
    pub(crate) fn none(&self) {
        let found = self.found();
        let told: Vec<String> = found.iter().map(|(what, how)| format!("{what}: {how}")).collect();
        assert!(told.is_empty(), "{} findings:\n{}", told.len(), told.join("\n"));
    }

    /// Sends a request with these words and looks at what every answer must be: no fault of the
    /// server, in UTF-8, and the words as text.
    pub(super) async fn ask<S: AsRef<str>>(
        &self,
        place: &str,
        request: RequestBuilder,
        words: &[S],
    ) -> Answer {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let asked = format!("{words:?}");
        let response = request.send().await.unwrap_or_else(|error| panic!("{place}: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.unwrap_or_else(|error| panic!("{place}: {error:?}"));
        if status >= 500 {
            self.note(place, &format!("answers {status}"), &asked);
        }
        let body = String::from_utf8(body.to_vec()).unwrap_or_else(|error| {
            self.note(place, "is no UTF-8", &asked);
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        let answer = Answer { asked: place.to_owned(), status, headers, body };
        if answer.header("content-type").starts_with("text/html") {
            self.shows_as_text(place, &answer.body, &words);
        }
        answer
    }

    /// None of the words is markup of the page.
    pub(super) fn shows_as_text(&self, place: &str, page: &str, words: &[&str]) {
        for word in words.iter().filter(|word| naughty::is_markup(word)) {
            if page.contains(word.trim()) {
                self.note(place, "does not escape", word);
            }
        }
    }
}
