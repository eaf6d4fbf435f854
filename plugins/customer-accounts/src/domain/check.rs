//! Reading master data as typed: put into one form, then checked field by field.

use plugin_api::contracts::accounts::AccountKind;
use plugin_api::fiscal::{
    has_form_of, is_italian_tax_code, is_italian_vat_number, tidied_vat_number,
};
use plugin_api::table::fold;

use super::{Details, Draft, Master, is_country};

/// Why a field is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Name of the field: its column.
    pub field: &'static str,
    /// Key of the text that says what to do.
    pub key: &'static str,
}

/// The most characters a field may have; the columns are as wide.
pub fn limit(field: &str) -> usize {
    match field {
        "name" | "address" | "address_line_2" => 200,
        "email" | "pec" | "website" => 254,
        "phone" | "vat_number" | "tax_code" => 32,
        "postal_code" => 16,
        "city" | "external_reference" | "role" => 120,
        "province" | "legal_form" => 64,
        "country" | "language" => 2,
        "sdi_code" => 7,
        "currency" => 3,
        "fiscal_regime" => 4,
        "tags" => 500,
        _ => 4_000,
    }
}

impl Draft {
    /// The checked master data, or everything that is wrong with it, in the order of the form.
    pub fn check(self) -> Result<Details, Vec<Refusal>> {
        let master = tidied(self.master);
        let mut refusals = Vec::new();
        let kind = match self.kind.as_str() {
            "prospect" => AccountKind::Prospect,
            "customer" => AccountKind::Customer,
            _ => {
                refusals.push(Refusal { field: "kind", key: "field-option" });
                AccountKind::Customer
            }
        };
        for (field, text) in master.fields() {
            if let Some(key) = refused(field, text, &master.country) {
                refusals.push(Refusal { field, key });
            }
        }
        if refusals.is_empty() { Ok(Details { kind, master }) } else { Err(refusals) }
    }
}

fn tidied(master: Master) -> Master {
    let trimmed = |text: String| text.trim().to_owned();
    let code = |text: String| {
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect::<String>()
    };
    let country = code(master.country);
    let italian = country == "IT";
    // Other countries write theirs in forms of their own.
    let fiscal = |text: String| if italian { code(text) } else { trimmed(text) };
    let vat_number = tidied_vat_number(&country, &master.vat_number);
    let province = trimmed(master.province);
    Master {
        name: trimmed(master.name),
        legal_form: trimmed(master.legal_form),
        vat_number,
        tax_code: fiscal(master.tax_code),
        email: trimmed(master.email),
        phone: trimmed(master.phone),
        website: website(&trimmed(master.website)),
        address: trimmed(master.address),
        address_line_2: trimmed(master.address_line_2),
        postal_code: trimmed(master.postal_code),
        city: trimmed(master.city),
        province: if italian { province.to_uppercase() } else { province },
        country,
        pec: trimmed(master.pec),
        sdi_code: code(master.sdi_code),
        fiscal_regime: code(master.fiscal_regime),
        currency: code(master.currency),
        tags: tags(&master.tags),
        external_reference: trimmed(master.external_reference),
        language: trimmed(master.language).to_lowercase(),
        // Browsers send the lines of a text area with CRLF.
        notes: trimmed(master.notes).replace("\r\n", "\n"),
    }
}

/// The tags one by one, none twice however it is written.
fn tags(typed: &str) -> String {
    let mut known: Vec<String> = Vec::new();
    let mut tags: Vec<&str> = Vec::new();
    for tag in typed.split([',', ';', '\n']).map(str::trim).filter(|tag| !tag.is_empty()) {
        let folded = fold(tag);
        if !known.contains(&folded) {
            known.push(folded);
            tags.push(tag);
        }
    }
    tags.join(", ")
}

/// An address without its scheme is one of the web.
fn website(typed: &str) -> String {
    if typed.is_empty() || typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    }
}

/// Why a text that was [tidied](tidied) does not fit its field; the names of fields are those of the
/// columns, of contacts and sites too.
pub(super) fn refused(field: &str, text: &str, country: &str) -> Option<&'static str> {
    if text.is_empty() {
        return matches!(field, "name" | "country" | "body").then_some("field-required");
    }
    if text
        .chars()
        .any(|c| is_unfit(c) && !(matches!(field, "notes" | "body") && matches!(c, '\n' | '\t')))
    {
        return Some("field-control");
    }
    if text.chars().count() > limit(field) {
        return Some("field-too-long");
    }
    let italian = country == "IT";
    let (fits, key) = match field {
        "vat_number" if italian => (is_italian_vat_number(text), "field-vat-number"),
        "vat_number" => (has_form_of(country, text), "field-vat-number-eu"),
        "tax_code" => (!italian || is_italian_tax_code(text), "field-tax-code"),
        "email" | "pec" => (is_address(text), "field-email"),
        "phone" => (is_phone(text), "field-phone"),
        "postal_code" => (!italian || is_cap(text), "field-postal-code"),
        "province" => (!italian || is_letters(text, 2), "field-province"),
        "country" => (is_country(text), "field-country"),
        "sdi_code" => (is_sdi_code(text), "field-sdi-code"),
        "fiscal_regime" => (!italian || is_fiscal_regime(text), "field-fiscal-regime"),
        "currency" => (is_letters(text, 3), "field-currency"),
        "website" => (is_website(text), "field-website"),
        "tags" => (text.split(", ").all(|tag| tag.chars().count() <= 40), "field-tags"),
        "language" => (plugin_api::lang::LANGUAGES.contains(&text), "field-option"),
        _ => (true, ""),
    };
    (!fits).then_some(key)
}

/// Control characters, and those that turn the direction of a text: they make names look like
/// others.
fn is_unfit(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether mail can be sent to it, as far as its form tells (RFC 5321 lengths).
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && local.len() <= 64
        && !text.contains(|c: char| c.is_whitespace() || "<>()[]\",;:\\".contains(c))
        && !local.contains('@')
        && domain.split('.').count() >= 2
        && domain.split('.').all(|part| !part.is_empty() && !part.starts_with('-'))
}

fn is_phone(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c))
}

fn is_cap(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_letters(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Seven characters for companies, six for public bodies.
fn is_sdi_code(text: &str) -> bool {
    matches!(text.len(), 6 | 7) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `RegimeFiscale` of `FatturaPA` 1.9: RF03 is no longer given out.
fn is_fiscal_regime(text: &str) -> bool {
    let number = text.strip_prefix("RF").filter(|digits| digits.len() == 2);
    number.and_then(|digits| digits.parse::<u8>().ok()).is_some_and(|n| matches!(n, 1 | 2 | 4..=20))
}

/// Only `http` and `https`: it becomes a link.
fn is_website(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    host.contains('.')
        && !host.starts_with('.')
        && !text.contains(|c: char| c.is_whitespace() || "<>\"'`\\".contains(c))
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
