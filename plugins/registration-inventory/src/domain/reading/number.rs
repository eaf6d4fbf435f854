//! Numbers as people and programs of Italy and elsewhere write them: `1.234,56`, `1,234.56`, `€ 5`.

/// A number that was read: `mantissa` / 10^`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    mantissa: i128,
    scale: i32,
    /// Whether its one sign may part thousands as well as decimals; thousands were taken.
    pub is_ambiguous: bool,
    /// The currency written beside it, ISO 4217.
    pub currency: Option<[u8; 3]>,
}

/// Why a text is no total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// It is none.
    Unreadable,
    /// It is beyond [`MOST`].
    TooLarge,
}

/// The largest total that is believed, in orders or minor units: a hundred billion euros. The sums
/// of hundreds of thousands of them still fit into 64 bits, so that nobody's invention breaks them.
pub const MOST: i64 = 10_000_000_000_000;

/// Stands for a space or an apostrophe between digits.
const GAP: char = '\'';

/// Digits of a mantissa; more are beyond [`MOST`] or beneath notice.
const LONGEST: usize = 36;

/// Reads a number of a programming language, as JSON has them: the point parts decimals.
pub fn literal(text: &str) -> Result<Number, NoNumber> {
    if text.contains(',') {
        // Programs that write numbers in the notation of their user write no thousands.
        return number(text, Notation { decimal: Some(b','), group: None });
    }
    number(text, Notation { decimal: Some(b'.'), group: None })
}

/// Reads a number as people write it.
pub fn written(text: &str) -> Result<Number, NoNumber> {
    let (core, is_negative, currency) = undressed(text)?;
    let core = core.as_str();
    let (notation, is_ambiguous) = notation(core);
    let read = number(core, notation)?;
    let mantissa = if is_negative { -read.mantissa } else { read.mantissa };
    Ok(Number { mantissa, is_ambiguous, currency, ..read })
}

impl Number {
    /// In units of 10^-`digits`, rounded half away from zero.
    pub fn in_units(self, digits: u8) -> Result<i64, NoNumber> {
        let shift = i32::from(digits).saturating_sub(self.scale);
        let units = match u32::try_from(shift) {
            Ok(up) => 10_i128.checked_pow(up).and_then(|by| self.mantissa.checked_mul(by)),
            Err(_) => Some(10_i128.checked_pow(shift.unsigned_abs()).map_or(0, |by| {
                let half = by / 2 * self.mantissa.signum();
                (self.mantissa + half) / by
            })),
        };
        // Zero stays zero however far its point is moved.
        let units = if self.mantissa == 0 { Some(0) } else { units };
        units
            .and_then(|units| i64::try_from(units).ok())
            .filter(|units| (-MOST..=MOST).contains(units))
            .ok_or(NoNumber::TooLarge)
    }

    /// Whether it is a whole number.
    pub fn is_whole(self) -> bool {
        match u32::try_from(self.scale) {
            Ok(scale) => {
                10_i128.checked_pow(scale).map_or(self.mantissa == 0, |by| self.mantissa % by == 0)
            }
            Err(_) => true,
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }
}

/// What parts decimals and what parts thousands.
#[derive(Debug, Clone, Copy)]
struct Notation {
    decimal: Option<u8>,
    group: Option<u8>,
}

/// `text` without its currency, spaces and sign; whether it is negative.
fn undressed(text: &str) -> Result<(String, bool, Option<[u8; 3]>), NoNumber> {
    let mut core = String::with_capacity(text.len());
    let mut word = String::new();
    let (mut is_negative, mut is_closed, mut has_gap) = (false, false, false);
    let mut symbol = None;
    for c in text.chars() {
        let c = if matches!(c, '\u{2212}' | '\u{2013}') { '-' } else { c };
        match c {
            '0'..='9' | '.' | ',' if is_closed => return Err(NoNumber::Unreadable),
            '0'..='9' => {
                if has_gap && ends_with_digit(&core) {
                    core.push(GAP);
                }
                has_gap = false;
                core.push(c);
            }
            '.' | ',' => core.push(c),
            '-' | '+' if core.ends_with('e') => core.push(c),
            // `1.234,--` and `5.-` say that there are no cents.
            '-' if core.ends_with([',', '.']) => {
                core.pop();
                is_closed = true;
            }
            '-' if is_closed && !is_negative => {}
            '-' if !is_negative => (is_negative, is_closed) = (true, !core.is_empty()),
            '(' if core.is_empty() => is_negative = true,
            ')' => is_closed = true,
            '+' if core.is_empty() => {}
            'e' | 'E' if ends_with_digit(&core) && exponent_follows(text, &core) => core.push('e'),
            '€' | '$' | '£' | '¥' => symbol = symbol_of(c),
            _ if c.is_alphabetic() && word.len() < 16 => word.extend(c.to_lowercase()),
            '\'' | '\u{2019}' | '`' => has_gap = true,
            _ if c.is_whitespace() => has_gap = true,
            _ => return Err(NoNumber::Unreadable),
        }
        if core.len() > 4 * LONGEST {
            return Err(NoNumber::TooLarge);
        }
    }
    let currency = match word.as_str() {
        "" => symbol,
        _ => Some(currency(&word).ok_or(NoNumber::Unreadable)?),
    };
    Ok((core, is_negative, currency))
}

fn ends_with_digit(core: &str) -> bool {
    core.bytes().next_back().is_some_and(|byte| byte.is_ascii_digit())
}

/// Whether the `e` of `text` is an exponent's, as in `1e5`, and not that of `5 euro`.
fn exponent_follows(text: &str, core: &str) -> bool {
    !core.contains('e')
        && text.split(['e', 'E']).nth(1).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+')
        })
}

/// The currency of a sign.
fn symbol_of(sign: char) -> Option<[u8; 3]> {
    Some(*match sign {
        '€' => b"EUR",
        '$' => b"USD",
        '£' => b"GBP",
        '¥' => b"JPY",
        _ => return None,
    })
}

/// The currency that `text` names: its ISO 4217 code in any case, its sign, its Italian or English
/// name.
pub fn currency(text: &str) -> Option<[u8; 3]> {
    let text = text.trim();
    let mut characters = text.chars();
    if let (Some(one), None) = (characters.next(), characters.next()) {
        return symbol_of(one);
    }
    let code = <[u8; 3]>::try_from(text.as_bytes()).ok();
    if let Some(code) = code.filter(|code| code.iter().all(u8::is_ascii_alphabetic)) {
        return Some(code.map(|byte| byte.to_ascii_uppercase()));
    }
    Some(*match text.to_lowercase().as_str() {
        "euro" | "euros" => b"EUR",
        "dollar" | "dollars" | "dollaro" | "dollari" => b"USD",
        "sterlina" | "sterline" | "pound" | "pounds" => b"GBP",
        "franco" | "franchi" => b"CHF",
        _ => return None,
    })
}

/// What the signs of `core` part, and whether that may be meant otherwise.
fn notation(core: &str) -> (Notation, bool) {
    let body = core.split('e').next().unwrap_or_default();
    let (points, commas) = (body.matches('.').count(), body.matches(',').count());
    if body.contains(GAP) {
        let decimal = if points > 0 { b'.' } else { b',' };
        return (Notation { decimal: Some(decimal), group: Some(b'\'') }, false);
    }
    let (decimal, group) = match (points, commas) {
        (0, 0) => (None, None),
        (0, 1) | (1, 0) => {
            let sign = if points == 1 { b'.' } else { b',' };
            let (before, after) = body.split_once(char::from(sign)).unwrap_or_default();
            let is_ambiguous = after.len() == 3
                && (1..=3).contains(&before.len())
                && !before.starts_with('0')
                && body.len() == core.len();
            if is_ambiguous {
                return (Notation { decimal: None, group: Some(sign) }, true);
            }
            (Some(sign), None)
        }
        (_, 0) => (None, Some(b'.')),
        (0, _) => (None, Some(b',')),
        _ if body.rfind('.') > body.rfind(',') => (Some(b'.'), Some(b',')),
        _ => (Some(b','), Some(b'.')),
    };
    (Notation { decimal, group }, false)
}

/// The number of `core`: a sign, digits with what parts them, an exponent.
fn number(core: &str, notation: Notation) -> Result<Number, NoNumber> {
    let (body, exponent) = match core.split_once(['e', 'E']) {
        Some((body, exponent)) => (body, exponent.parse::<i32>().map_err(|_| NoNumber::TooLarge)?),
        None => (core, 0),
    };
    let is_negative = body.starts_with('-');
    let (mut mantissa, mut digits, mut scale) = (0_i128, 0_usize, 0_i32);
    let (mut has_digit, mut in_fraction) = (false, false);
    // Digits since the last sign that parts thousands.
    let mut group = None;
    for byte in body.trim_start_matches(['-', '+']).bytes() {
        match byte {
            b'0'..=b'9' => {
                has_digit = true;
                if digits >= LONGEST {
                    // Further decimals cannot matter; further digits make it too large.
                    if in_fraction {
                        continue;
                    }
                    return Err(NoNumber::TooLarge);
                }
                digits += usize::from(digits > 0 || byte != b'0');
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                scale += i32::from(in_fraction);
                group = group.map(|digits: u8| digits.saturating_add(1));
            }
            _ if Some(byte) == notation.decimal && !in_fraction => {
                whole_group(group)?;
                (in_fraction, group) = (true, None);
            }
            _ if Some(byte) == notation.group && !in_fraction && has_digit => {
                whole_group(group)?;
                group = Some(0);
            }
            _ => return Err(NoNumber::Unreadable),
        }
    }
    whole_group(group)?;
    if !has_digit {
        return Err(NoNumber::Unreadable);
    }
    // Decimals of a mantissa of 36 digits cannot be told from none beyond this exponent.
    let scale = scale.checked_sub(exponent).ok_or(NoNumber::TooLarge)?;
    let mantissa = if is_negative { -mantissa } else { mantissa };
    Ok(Number { mantissa, scale, is_ambiguous: false, currency: None })
}

/// Thousands come in threes.
fn whole_group(digits: Option<u8>) -> Result<(), NoNumber> {
    if digits.is_none_or(|digits| digits == 3) { Ok(()) } else { Err(NoNumber::Unreadable) }
}

#[cfg(test)]
mod tests;
