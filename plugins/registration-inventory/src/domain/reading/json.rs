//! JSON (RFC 8259) as programs write it that put it together by hand.
//!
//! A parser of its own because those that are strict refuse whole bodies for what is beside the
//! point: single quotes, lone surrogates, a backslash of a path, the decimal comma of the user's
//! Windows, an end that was cut off. It hands each value on as it meets it and builds no tree; a
//! number stays the digits it is.

use std::borrow::Cow;

use super::fields::{Fields, Value};
use super::names::{Group, Named, named};
use super::{Broken, Flag, Flags};

/// How deep groups may lie within groups; deeper ones are passed over.
const DEEPEST: u8 = 8;

/// Reads an object, or the first one of a list.
pub(super) fn read<'a>(
    text: &'a str,
    fields: &mut Fields<'a>,
    flags: &mut Flags,
) -> Result<(), Broken> {
    let mut parser = Parser { rest: text, fields, flags };
    let top = Named { field: None, group: Some(Group::Top) };
    parser.value(top, 0, Flag::ElementiIgnorati)?;
    if !parser.rest.trim_start().is_empty() {
        parser.flags.set(Flag::CorpoImpreciso);
    }
    Ok(())
}

/// The text that `text`, a JSON string, holds.
pub(super) fn text(text: &str, flags: &mut Flags) -> Option<String> {
    let mut fields = Fields::default();
    let mut parser = Parser { rest: text, fields: &mut fields, flags };
    let held = parser.quoted('"').ok()?;
    held.trim_start().starts_with(['{', '[']).then(|| held.into_owned())
}

struct Parser<'a, 'f> {
    rest: &'a str,
    fields: &'f mut Fields<'a>,
    flags: &'f mut Flags,
}

impl<'a> Parser<'a, '_> {
    /// Reads a value for what `named` says it is; `several` is the flag of a list of more than one.
    fn value(&mut self, named: Named, depth: u8, several: Flag) -> Result<(), Broken> {
        let value = match self.peek().ok_or(Broken)? {
            '{' if depth < DEEPEST
                && let Some(group) = named.group =>
            {
                return self.object(group, depth + 1);
            }
            '[' if depth < DEEPEST => return self.list(named, depth + 1, several),
            '{' | '[' => {
                self.skip()?;
                Value::Nested
            }
            quote @ ('"' | '\'') => Value::Text(self.string(quote)?),
            _ => match self.word()? {
                "null" | "undefined" | "None" | "NULL" | "nil" | "NaN" => return Ok(()),
                "true" | "false" | "True" | "False" => Value::Bool,
                word if word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
                    if word.contains(',') {
                        self.flags.set(Flag::CorpoImpreciso);
                    }
                    Value::Number(word)
                }
                word => {
                    self.flags.set(Flag::CorpoImpreciso);
                    Value::Text(Cow::Borrowed(word))
                }
            },
        };
        self.fields.put(named.field, value, self.flags);
        Ok(())
    }

    fn object(&mut self, group: Group, depth: u8) -> Result<(), Broken> {
        self.step();
        loop {
            let key = match self.peek().ok_or(Broken)? {
                '}' => {
                    self.step();
                    return Ok(());
                }
                ',' => {
                    self.flags.set(Flag::CorpoImpreciso);
                    self.step();
                    continue;
                }
                quote @ ('"' | '\'') => self.string(quote)?,
                _ => {
                    self.flags.set(Flag::CorpoImpreciso);
                    Cow::Borrowed(self.word()?)
                }
            };
            match self.peek() {
                Some(':') => self.step(),
                Some('=') => {
                    self.flags.set(Flag::CorpoImpreciso);
                    self.step();
                }
                _ => return Err(Broken),
            }
            self.value(named(group, &key), depth, Flag::TipoInatteso)?;
            match self.peek().ok_or(Broken)? {
                ',' => {
                    self.step();
                    if self.peek() == Some('}') {
                        self.flags.set(Flag::CorpoImpreciso);
                    }
                }
                '}' => {}
                // A comma was forgotten.
                '"' => self.flags.set(Flag::CorpoImpreciso),
                _ => return Err(Broken),
            }
        }
    }

    /// Reads the first value of a list and passes over the others.
    fn list(&mut self, named: Named, depth: u8, several: Flag) -> Result<(), Broken> {
        self.step();
        let mut is_first = true;
        loop {
            match self.peek().ok_or(Broken)? {
                ']' => {
                    self.step();
                    return Ok(());
                }
                ',' => self.step(),
                _ if is_first => {
                    self.value(named, depth, several)?;
                    is_first = false;
                }
                _ => {
                    if named.field.is_some() || named.group.is_some() {
                        self.flags.set(several);
                    }
                    self.skip()?;
                }
            }
        }
    }

    /// Passes over one value, however deep.
    fn skip(&mut self) -> Result<(), Broken> {
        let mut depth = 0_usize;
        loop {
            match self.peek().ok_or(Broken)? {
                '{' | '[' => {
                    depth += 1;
                    self.step();
                }
                '}' | ']' => {
                    depth = depth.checked_sub(1).ok_or(Broken)?;
                    self.step();
                }
                ',' | ':' | '=' => self.step(),
                quote @ ('"' | '\'') => {
                    self.string(quote)?;
                }
                _ => {
                    self.word()?;
                }
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn string(&mut self, quote: char) -> Result<Cow<'a, str>, Broken> {
        if quote == '\'' {
            self.flags.set(Flag::CorpoImpreciso);
        }
        self.quoted(quote)
    }

    /// The text between two quotes.
    fn quoted(&mut self, quote: char) -> Result<Cow<'a, str>, Broken> {
        self.step();
        let mut made = String::new();
        loop {
            let at = self.rest.find([quote, '\\']).ok_or(Broken)?;
            let (plain, rest) = self.rest.split_at_checked(at).ok_or(Broken)?;
            self.rest = rest;
            let is_end = rest.starts_with(quote);
            self.step();
            if is_end && made.is_empty() {
                return Ok(Cow::Borrowed(plain));
            }
            made.push_str(plain);
            if is_end {
                return Ok(Cow::Owned(made));
            }
            let escaped = self.rest.chars().next().ok_or(Broken)?;
            self.rest = self.rest.strip_prefix(escaped).ok_or(Broken)?;
            self.unescape(escaped, &mut made);
        }
    }

    fn unescape(&mut self, escaped: char, made: &mut String) {
        made.push(match escaped {
            '"' | '\\' | '/' | '\'' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match self.unit() {
                Some(unit) => self.character(unit),
                None => return self.keep_backslash(escaped, made),
            },
            _ => return self.keep_backslash(escaped, made),
        });
    }

    /// A backslash that escapes nothing is one of a path.
    fn keep_backslash(&mut self, after: char, made: &mut String) {
        self.flags.set(Flag::CorpoImpreciso);
        made.push('\\');
        made.push(after);
    }

    /// The character that begins with the UTF-16 `unit`.
    fn character(&mut self, unit: u32) -> char {
        let after = self.rest;
        if (0xd800..0xdc00).contains(&unit)
            && let Some(rest) = after.strip_prefix("\\u")
        {
            self.rest = rest;
            if let Some(low) = self.unit().filter(|low| (0xdc00..0xe000).contains(low)) {
                let whole = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return char::from_u32(whole).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
            self.rest = after;
        }
        char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let unit = is_hex.then(|| u32::from_str_radix(digits, 16).ok()).flatten()?;
        self.rest = rest;
        Some(unit)
    }

    /// What is not quoted, up to the next sign; a comma between digits is a decimal one.
    fn word(&mut self) -> Result<&'a str, Broken> {
        let mut before = ' ';
        let ends = |(at, c): (usize, char)| {
            let is_decimal = c == ',' && before.is_ascii_digit() && {
                let after = self.rest.get(at + 1..).unwrap_or_default();
                after.starts_with(|next: char| next.is_ascii_digit())
            };
            before = c;
            let is_sign = matches!(c, ',' | ':' | '=' | '{' | '}' | '[' | ']' | '"' | '\'');
            ((is_sign || c.is_whitespace()) && !is_decimal).then_some(at)
        };
        let end = self.rest.char_indices().find_map(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).ok_or(Broken)?;
        if word.is_empty() {
            return Err(Broken);
        }
        self.rest = rest;
        Ok(word)
    }

    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    /// Passes over a character of one byte.
    fn step(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }
}
