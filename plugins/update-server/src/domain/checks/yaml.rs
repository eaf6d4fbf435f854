//! The part of YAML that electron-builder writes: maps, lists and texts.
//!
//! Anchors, aliases, tags, merged and repeated keys, tabs and a second document are refused, and so is
//! depth: none of them stands in a feed, and each is a way to mean two things to two readers.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser};

/// Levels of nesting that a feed needs, and some more.
const DEEPEST: usize = 8;
/// Bytes of the longest feed; release notes are the bulk of one.
const LONGEST: usize = 1024 * 1024;

/// A value; every scalar is its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Yaml {
    Text(String),
    List(Vec<Yaml>),
    Map(BTreeMap<String, Yaml>),
}

type Read<T> = Result<T, String>;
type Events<'a> = Parser<'a, saphyr_parser::StrInput<'a>>;

impl Yaml {
    /// Reads the only document of a text; says what is in the way.
    pub(super) fn read(text: &str) -> Read<Self> {
        if text.len() > LONGEST {
            return Err("more than 1 MiB".to_owned());
        }
        if text.lines().any(|line| line.starts_with('\t') && !line.trim().is_empty()) {
            return Err("a tab as indentation".to_owned());
        }
        let mut events = Parser::new_from_str(text);
        for expected in ["a stream", "a document"] {
            match next(&mut events)? {
                Event::StreamStart | Event::DocumentStart(_) => {}
                _ => return Err(format!("no {expected}")),
            }
        }
        let first = next(&mut events)?;
        let value = value(&mut events, first, 0)?;
        match (next(&mut events)?, next(&mut events)?) {
            (Event::DocumentEnd, Event::StreamEnd) => Ok(value),
            _ => Err("more than one document".to_owned()),
        }
    }

    /// The value of a key; none in anything but a map.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn next<'a>(events: &mut Events<'a>) -> Read<Event<'a>> {
    match events.next_event() {
        Some(Ok((event, _))) => Ok(event),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("it ends too early".to_owned()),
    }
}

fn value<'a>(events: &mut Events<'a>, first: Event<'a>, depth: usize) -> Read<Yaml> {
    if depth > DEEPEST {
        return Err("nested too deeply".to_owned());
    }
    match first {
        Event::Scalar(text, _, 0, None) => Ok(Yaml::Text(text.into_owned())),
        Event::SequenceStart(0, None) => {
            let mut list = Vec::new();
            loop {
                match next(events)? {
                    Event::SequenceEnd => return Ok(Yaml::List(list)),
                    first => list.push(value(events, first, depth + 1)?),
                }
            }
        }
        Event::MappingStart(0, None) => {
            let mut map = BTreeMap::new();
            loop {
                let key = match next(events)? {
                    Event::MappingEnd => return Ok(Yaml::Map(map)),
                    Event::Scalar(key, _, 0, None) if key != "<<" => key.into_owned(),
                    _ => return Err("a key that is no text".to_owned()),
                };
                let first = next(events)?;
                let value = value(events, first, depth + 1)?;
                if map.insert(key.clone(), value).is_some() {
                    return Err(format!("“{key}” twice"));
                }
            }
        }
        _ => Err("anchors, aliases and tags are not taken".to_owned()),
    }
}
