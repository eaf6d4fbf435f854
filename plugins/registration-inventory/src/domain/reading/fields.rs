//! The values of one body, and the report they make.

use std::borrow::Cow;

use plugin_api::fiscal::{is_italian_vat_number, vat_country};
use plugin_api::money::minor_digits;

use super::names::Field;
use super::number::{self, NoNumber, Number};
use super::text::tidied;
use super::{Flag, Flags};
use crate::domain::Report;

/// A value as it stands in a body.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    /// The digits of a number as a programming language writes it.
    Number(&'a str),
    Bool,
    /// An object or a list where a plain value belongs.
    Nested,
}

/// What was found for each [`Field`], with how surely it is that.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>([Option<(Value<'a>, u8)>; 10]);

impl<'a> Fields<'a> {
    /// Takes `value` for what its key stands for. A surer name wins over another, the later value
    /// over the earlier one, and nothing wins over something.
    pub(super) fn put(&mut self, of: Option<(Field, u8)>, value: Value<'a>, flags: &mut Flags) {
        let Some((field, rank)) = of else { return };
        match &value {
            Value::Text(text) if text.trim().is_empty() => return,
            Value::Bool | Value::Nested => return flags.set(Flag::TipoInatteso),
            Value::Text(_) | Value::Number(_) => {}
        }
        let Some(slot) = self.0.get_mut(field as usize) else { return };
        match slot {
            Some((_, before)) if *before < rank => return,
            Some((_, before)) if *before == rank => flags.set(Flag::CampoRipetuto),
            _ => {}
        }
        *slot = Some((value, rank));
    }

    /// Takes from `other` what is not there.
    pub(super) fn fill_in(&mut self, other: Self) {
        for (slot, value) in self.0.iter_mut().zip(other.0) {
            *slot = slot.take().or(value);
        }
    }

    /// The report, if it names its software; `is_broken` when its body broke off.
    pub(super) fn into_report(mut self, mut flags: Flags, is_broken: bool) -> Option<Report> {
        let flagged = &mut flags;
        let name = self.text(Field::Name, 200, flagged);
        if name.is_empty() {
            return None;
        }
        if is_broken {
            flagged.set(Flag::CorpoIncompleto);
        }
        let (vat_number, vat_is_valid) = self.vat_number(flagged);
        let orders = self.number(Field::Orders, flagged);
        let sold = self.number(Field::Sold, flagged);
        let currency = self.currency(sold.and_then(|sold| sold.currency), flagged);
        let currency: String = currency.map(char::from).iter().collect();
        let mut report = Report {
            name,
            version: self.text(Field::Version, 64, flagged),
            company: self.text(Field::Company, 200, flagged),
            vat_number,
            vat_is_valid,
            orders: orders.and_then(|orders| in_units(orders, 0, flagged)),
            sold: sold.and_then(|sold| in_units(sold, minor_digits(&currency), flagged)),
            currency,
            external_id: self.text(Field::ExternalId, 200, flagged),
            host_name: self.text(Field::Host, 200, flagged),
            system: self.text(Field::System, 200, flagged),
            flags: Vec::new(),
        };
        if orders.is_some_and(|orders| !orders.is_whole()) {
            flagged.set(Flag::NumeroArrotondato);
        }
        if report.company.is_empty() && report.vat_number.is_empty() {
            flagged.set(Flag::SenzaCliente);
            if report.external_id.is_empty() {
                flagged.set(Flag::SenzaIdentita);
            }
        }
        flags.0.sort_unstable();
        report.flags = flags.0;
        Some(report)
    }

    fn take(&mut self, field: Field) -> Option<Value<'a>> {
        self.0.get_mut(field as usize).and_then(Option::take).map(|(value, _)| value)
    }

    fn text(&mut self, field: Field, limit: usize, flags: &mut Flags) -> String {
        match self.take(field) {
            Some(Value::Text(text)) => tidied(&text, limit, flags),
            Some(Value::Number(digits)) => tidied(digits, limit, flags),
            Some(Value::Bool | Value::Nested) | None => String::new(),
        }
    }

    /// The VAT number as it is kept, and whether it is right.
    fn vat_number(&mut self, flags: &mut Flags) -> (String, bool) {
        let plain = match self.take(Field::Vat) {
            Some(Value::Text(text)) => alphanumerics(&text),
            // A number has lost the zeros that it began with.
            Some(Value::Number(digits)) => format!("{:0>11}", alphanumerics(digits)),
            Some(Value::Bool | Value::Nested) | None => String::new(),
        };
        let label = ["PARTITAIVA", "PIVA"].into_iter().find_map(|label| plain.strip_prefix(label));
        let bare = label.unwrap_or(&plain);
        let is_digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        let bare = bare.strip_prefix("IT").filter(is_digits).unwrap_or(bare);
        let plain = tidied(bare, 32, flags);
        let is_valid = is_italian_vat_number(&plain) || vat_country(&plain).is_some();
        if !is_valid && !plain.is_empty() {
            flags.set(Flag::PartitaIvaErrata);
        }
        (plain, is_valid)
    }

    fn number(&mut self, field: Field, flags: &mut Flags) -> Option<Number> {
        let read = match self.take(field)? {
            Value::Text(text) => number::written(&text),
            Value::Number(digits) => number::literal(digits),
            Value::Bool | Value::Nested => return None,
        };
        let number = read.map_err(|why| flags.set(flag(why))).ok()?;
        if number.is_ambiguous {
            flags.set(Flag::NumeroAmbiguo);
        }
        if number.is_negative() {
            flags.set(Flag::TotaleNegativo);
        }
        Some(number)
    }

    fn currency(&mut self, beside: Option<[u8; 3]>, flags: &mut Flags) -> [u8; 3] {
        let euro = *b"EUR";
        match self.take(Field::Currency) {
            Some(Value::Text(text)) => number::currency(&text).unwrap_or_else(|| {
                flags.set(Flag::ValutaSconosciuta);
                beside.unwrap_or(euro)
            }),
            Some(_) => {
                flags.set(Flag::ValutaSconosciuta);
                beside.unwrap_or(euro)
            }
            None => beside.unwrap_or(euro),
        }
    }
}

fn alphanumerics(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn in_units(number: Number, digits: u8, flags: &mut Flags) -> Option<i64> {
    number.in_units(digits).map_err(|why| flags.set(flag(why))).ok()
}

fn flag(why: NoNumber) -> Flag {
    match why {
        NoNumber::Unreadable => Flag::NumeroNonLetto,
        NoNumber::TooLarge => Flag::NumeroTroppoGrande,
    }
}
