//! Ids that are computed from what they identify, so that reports of one installation meet without a
//! lookup, on any host: UUIDs of version 8 (RFC 9562 §5.8) over SHA-256.

use plugin_api::hex;
use plugin_api::table::fold;
use sha2::{Digest as _, Sha256};

use super::Report;

/// The ids of everything a report names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its software, by folded name.
    pub software_id: String,
    /// Its company: by VAT number when that is right, else by folded name; none when it names none.
    pub company_id: Option<String>,
    /// The installation: software and `id_installazione`; without one, software, VAT number and
    /// company. Two programs of one vendor may well use the same id of a computer, so the id alone
    /// would make one installation of both.
    pub installation_id: String,
    /// Who it says it is: company, VAT number and computer.
    pub face: String,
    /// Software, company and computer: what stays when it is installed again; none without a
    /// computer or a company.
    pub twin: Option<String>,
}

impl Identity {
    /// The ids of `report`.
    pub fn of(report: &Report) -> Self {
        let (name, company, host) =
            (fold(&report.name), fold(&report.company), fold(&report.host_name));
        let vat = report.vat_number.as_str();
        let software_id = uuid("software", &[&name]);
        let company_id = match (report.vat_is_valid, company.is_empty() && vat.is_empty()) {
            (_, true) => None,
            (true, _) => Some(uuid("vat", &[vat])),
            (false, _) => Some(uuid("company", &[&company, vat])),
        };
        let external = report.external_id.trim();
        let installation_id = if external.is_empty() {
            uuid("installation", &[&software_id, vat, &company])
        } else {
            uuid("external", &[&software_id, external])
        };
        let face = digest("face", &[&company, vat, &host]);
        let twin = company_id
            .as_deref()
            .filter(|_| !host.is_empty())
            .map(|company| digest("twin", &[&software_id, company, &host]));
        Self { software_id, company_id, installation_id, face, twin }
    }
}

/// A hash for lookups: 64 hexadecimal digits.
pub fn digest(kind: &str, parts: &[&str]) -> String {
    hex(&hashed(kind, parts))
}

/// An id computed from `parts`.
fn uuid(kind: &str, parts: &[&str]) -> String {
    let hash = hashed(kind, parts);
    let mut bytes = [0; 16];
    for (byte, of) in bytes.iter_mut().zip(hash) {
        *byte = of;
    }
    plugin_api::computed_id(bytes)
}

fn hashed(kind: &str, parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(kind);
    for part in parts {
        // The length keeps ("ab", "c") apart from ("a", "bc").
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        Report {
            name: "Gestionale Pro".to_owned(),
            company: "Rossi S.r.l.".to_owned(),
            vat_number: "12345678903".to_owned(),
            vat_is_valid: true,
            host_name: "PC-1".to_owned(),
            ..Report::default()
        }
    }

    #[test]
    fn writing_does_not_matter_and_what_is_said_does() {
        let loud = Report { name: "GESTIONALE  PRO".to_owned(), ..report() };
        assert_eq!(Identity::of(&loud), Identity::of(&report()));
        let other = Report { name: "Altro".to_owned(), ..report() };
        assert_ne!(Identity::of(&other).installation_id, Identity::of(&report()).installation_id);
    }

    #[test]
    fn an_id_of_its_own_outlives_a_new_name_of_the_company() {
        let with_id = Report { external_id: "abc".to_owned(), ..report() };
        let renamed = Report { company: "Bianchi".to_owned(), ..with_id.clone() };
        let (one, other) = (Identity::of(&with_id), Identity::of(&renamed));
        assert_eq!(one.installation_id, other.installation_id);
        assert_ne!(one.face, other.face);
        let elsewhere = Report { name: "Altro".to_owned(), ..with_id };
        assert_ne!(Identity::of(&elsewhere).installation_id, one.installation_id);
    }

    #[test]
    fn a_wrong_vat_number_does_not_make_companies_one() {
        let one = Report { vat_is_valid: false, vat_number: "1".to_owned(), ..report() };
        let other = Report { company: "Bianchi".to_owned(), ..one.clone() };
        assert_ne!(Identity::of(&one).company_id, Identity::of(&other).company_id);
    }
}
