//! `GET /api/aggiornamenti/verifica`: our own question, with an answer that is signed over the asker's
//! nonce, so that nobody on the way can hold an old one against him.

use plugin_api::time::rfc3339;
use plugin_api::{FieldProblem, Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::site::Site;
use crate::domain::platform::{Architecture, Format, Platform};
use crate::domain::select::{Asked, Choice, Offer};
use crate::domain::version::Version;

/// Header `typ` of signed answers.
pub const TOKEN_TYPE: &str = "aggiornamento+jwt";
/// How long a signed answer counts, milliseconds: long enough for any network, short for a replay.
const TRUSTED: i64 = 5 * 60 * 1000;
/// Characters of a nonce and of an installation's name at most.
const LONGEST: usize = 200;

/// What is asked. Whatever is left out does not narrow the choice.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Question {
    /// Code of the product.
    #[param(example = "STUDIO-PRO")]
    pub prodotto: String,
    /// The channel; `stable` if left out.
    #[param(example = "stable")]
    pub canale: String,
    /// What is running.
    #[param(example = "1.4.2")]
    pub versione: String,
    /// `windows`, `macos` or `linux`.
    #[param(example = "windows")]
    pub piattaforma: String,
    /// `x86_64`, `aarch64`, `i686`, `armv7` or `riscv64`.
    #[param(example = "x86_64")]
    pub architettura: String,
    /// The format to update with: `msi`, `dmg`, `deb` …
    #[param(example = "msi")]
    pub formato: String,
    /// The version of the system.
    #[param(example = "10.0.19045")]
    pub sistema: String,
    /// What tells this installation from others; always the same.
    #[param(example = "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    pub installazione: String,
    /// Any text never used before; with one, the answer is signed.
    #[param(example = "c29tZXRoaW5nIG5ldw")]
    pub nonce: String,
}

impl Question {
    /// What is asked, or what cannot be read of it.
    pub fn asked(&self) -> Result<Asked, Problem> {
        let mut wrong = Vec::new();
        let platform = read(&self.piattaforma, Platform::of, "piattaforma", &mut wrong);
        let architecture = read(&self.architettura, Architecture::of, "architettura", &mut wrong);
        let format = read(&self.formato, Format::of, "formato", &mut wrong);
        for (name, text) in [("nonce", &self.nonce), ("installazione", &self.installazione)] {
            if text.chars().count() > LONGEST {
                wrong.push(FieldProblem::new(format!("/{name}"), "field-too-long"));
            }
        }
        if !wrong.is_empty() {
            return Err(Problem::validation(wrong));
        }
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(Asked {
            channel: given(&self.canale).unwrap_or_else(|| "stable".to_owned()),
            platform,
            architecture,
            formats: format.into_iter().collect(),
            minisigned: false,
            system: given(&self.sistema),
            // What runs may have any version: one that cannot be read is one nobody knows.
            version: Version::claimed(&self.versione),
            installation: given(&self.installazione),
        })
    }
}

fn read<T>(
    text: &str,
    of: impl Fn(&str) -> Option<T>,
    name: &str,
    wrong: &mut Vec<FieldProblem>,
) -> Option<T> {
    if text.is_empty() {
        return None;
    }
    let value = of(text);
    if value.is_none() {
        wrong.push(FieldProblem::new(format!("/{name}"), "field-option"));
    }
    value
}

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is up to date.
    Aggiornato,
    /// There is something newer.
    Disponibile,
    /// What is running was taken back; an older version takes its place.
    Ritorno,
    /// There is nothing for it at all.
    Nessuno,
}

/// The signatures of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Signatures {
    /// Text of the minisign signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    minisign: Option<String>,
    /// Base64 of the Ed25519 signature over the file, as Sparkle has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    ed25519: Option<String>,
}

/// What to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Download {
    /// Where it is; the same credential opens it.
    #[schema(example = "https://updates.example/u/…/files/1.5.0/Studio-1.5.0.msi")]
    url: String,
    /// What it is called.
    #[schema(example = "Studio-1.5.0.msi")]
    file: String,
    /// Bytes.
    #[schema(example = 48_230_400)]
    dimensione: i64,
    /// Hex.
    #[schema(example = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    sha256: String,
    /// The signatures of its maker.
    firma: Signatures,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answer {
    /// What comes of it.
    esito: Outcome,
    /// The product.
    prodotto: String,
    /// The channel.
    canale: String,
    /// The newest version there is for the asker now; what to install unless `esito` is `aggiornato`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "1.5.0")]
    versione: Option<String>,
    /// When it was published, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-22T10:00:00Z")]
    pubblicato_il: Option<String>,
    /// What to download; left out when there is nothing to do.
    #[serde(flatten)]
    file: Option<Download>,
    /// What is new, in Markdown, in the language of the asker if there is a text in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Whether it should be installed without asking.
    obbligatorio: bool,
    /// Whether it comes before any later one: ask again once it is installed.
    passo: bool,
    /// The nonce of the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
    /// The same answer as a compact JWS of the type `aggiornamento+jwt`, to be verified with
    /// `/.well-known/jwks.json`: `aud` is the product, `nonce` the one of the question, and it counts
    /// for five minutes. Only if there was a nonce.
    #[serde(skip_serializing_if = "Option::is_none")]
    jws: Option<String>,
}

impl Answer {
    /// The answer with itself, signed.
    #[must_use]
    pub fn signed(self, jws: String) -> Self {
        Self { jws: Some(jws), ..self }
    }

    /// What is to be signed; None without a nonce. The host adds `iss` and `iat`.
    pub fn claims(&self, now: i64) -> Option<Map<String, Value>> {
        self.nonce.as_ref()?;
        let Ok(Value::Object(mut claims)) = serde_json::to_value(self) else { return None };
        claims.insert("aud".to_owned(), self.prodotto.as_str().into());
        claims.insert("exp".to_owned(), (now.saturating_add(TRUSTED) / 1000).into());
        Some(claims)
    }
}

/// The answer, not signed yet.
pub fn render(
    choice: &Choice<'_>,
    question: &Question,
    asked: &Asked,
    site: &Site,
    languages: &[String],
) -> Answer {
    let newest = choice.offer().map(|offer| offer.release);
    let change = choice.change().map(|offer| offer.release);
    Answer {
        esito: match choice {
            Choice::Nothing => Outcome::Nessuno,
            Choice::Current(_) => Outcome::Aggiornato,
            Choice::Update { .. } => Outcome::Disponibile,
            Choice::Rollback(_) => Outcome::Ritorno,
        },
        prodotto: question.prodotto.clone(),
        canale: asked.channel.clone(),
        versione: newest.map(|release| release.version.to_string()),
        pubblicato_il: newest.map(|release| rfc3339(release.published_at)),
        file: choice.change().and_then(|offer| file(offer, site)),
        note: change.and_then(|release| release.note(languages)).map(str::to_owned),
        obbligatorio: choice.is_rollback() || change.is_some_and(|release| release.is_critical),
        passo: matches!(choice, Choice::Update { is_step: true, .. }),
        nonce: Some(question.nonce.clone()).filter(|nonce| !nonce.is_empty()),
        jws: None,
    }
}

fn file(offer: &Offer<'_>, site: &Site) -> Option<Download> {
    let artifact = offer.artifact()?;
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Some(Download {
        url: site.file(offer.release, artifact),
        file: artifact.file_name.clone(),
        dimensione: artifact.size,
        sha256: artifact.sha256.clone(),
        firma: Signatures {
            minisign: given(&artifact.minisign),
            ed25519: given(&artifact.ed_signature),
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::release::{Catalogue, State};
    use crate::domain::select::{Window, select};
    use crate::protocols::fixture::{NOW, catalogue, site};

    fn question(versione: &str) -> Question {
        Question {
            prodotto: "ACME".to_owned(),
            versione: versione.to_owned(),
            piattaforma: "macos".to_owned(),
            formato: "zip".to_owned(),
            nonce: "n-1".to_owned(),
            ..Question::default()
        }
    }

    fn answered(catalogue: &Catalogue, question: &Question) -> Answer {
        let asked = question.asked().expect("readable");
        let choice = select(catalogue, &asked, &Window::OPEN, NOW);
        render(&choice, question, &asked, &site(), &["it".to_owned()])
    }

    #[test]
    fn the_answer_says_what_to_do_and_where_it_is() {
        let answer = serde_json::to_value(answered(&catalogue(), &question("1.0"))).expect("JSON");
        assert_eq!(
            answer,
            json!({
                "esito": "disponibile", "prodotto": "ACME", "canale": "stable",
                "versione": "1.2.0", "pubblicato_il": "2026-11-22T10:00:00Z",
                "url": "https://h.example/u/T/files/1.2.0/Acme-1.2.0-mac.zip",
                "file": "Acme-1.2.0-mac.zip", "dimensione": 1500,
                "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "firma": {"ed25519": "c2lnbmF0dXJl"},
                "note": "Più *veloce*", "obbligatorio": false, "passo": false, "nonce": "n-1"
            })
        );
    }

    #[test]
    fn every_outcome_has_its_word() {
        let mut all = catalogue();
        let said = |all: &Catalogue, version: &str| answered(all, &question(version)).esito;
        assert_eq!(said(&all, "1.2.0"), Outcome::Aggiornato);
        assert_eq!(said(&all, "not known"), Outcome::Disponibile);
        assert_eq!(said(&Catalogue::default(), "1.2.0"), Outcome::Nessuno);
        all.releases[0].state = State::Yanked;
        assert_eq!(said(&all, "1.2.0"), Outcome::Ritorno);
        let back = answered(&all, &question("1.2.0"));
        assert!(back.obbligatorio && !back.passo);
        assert_eq!(back.versione.as_deref(), Some("1.1.0"));
        all.releases[1].is_step = true;
        assert!(answered(&all, &question("1.0.0")).passo);
    }

    #[test]
    fn what_is_signed_is_the_answer_with_the_nonce_for_a_short_while() {
        let answer = answered(&catalogue(), &question("1.0.0"));
        let claims = answer.claims(NOW).expect("a nonce");
        assert_eq!(claims["nonce"], "n-1");
        assert_eq!(claims["aud"], "ACME");
        assert_eq!(claims["exp"], NOW / 1000 + 300);
        assert_eq!(claims["sha256"], answer.file.as_ref().expect("a file").sha256.as_str());
        let no_nonce = Question { nonce: String::new(), ..question("1.0.0") };
        assert_eq!(answered(&catalogue(), &no_nonce).claims(NOW), None);
        let signed = serde_json::to_value(answer.signed("a.b.c".to_owned())).expect("JSON");
        assert_eq!(signed["jws"], "a.b.c");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let wrong = Question {
            piattaforma: "amiga".to_owned(),
            nonce: "x".repeat(201),
            ..question("1.0.0")
        };
        let problem = wrong.asked().expect_err("two faults");
        assert_eq!(problem.status(), 422);
    }
}
