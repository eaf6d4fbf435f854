//! `sso`: people who were signed in by an existing cockpit come in with its token.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, demand};

/// Signing in with the token of an existing cockpit; off without an issuer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sso {
    /// The `iss` of its tokens; empty switches single sign-on off.
    pub issuer: String,
    /// The `aud` its tokens name us by.
    pub audience: String,
    /// Files with its public keys: PEM, or a JWK set.
    pub keys: Vec<PathBuf>,
    /// Whether the token's header must say `typ: cockpit-sso+jwt`.
    pub require_type: bool,
    /// Whether who comes the first time is the user who has his e-mail address.
    pub link_by_email: bool,
    /// Whether who is not known yet becomes a user.
    pub create_users: bool,
    /// Whose second factor counts.
    pub second_factor: SecondFactor,
    /// Its roles and ours, `theirs=ours`.
    pub roles: Vec<String>,
    /// Its organisations and the ids of ours, `theirs=id`.
    pub organisations: Vec<String>,
}

/// Whose second factor counts for who comes in with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactor {
    /// The existing cockpit asked for one, or did not need to.
    #[default]
    Theirs,
    /// Whoever has one here is asked for it here as well.
    Ours,
}

impl Default for Sso {
    fn default() -> Self {
        Self {
            issuer: String::new(),
            audience: "cockpit".to_owned(),
            keys: Vec::new(),
            require_type: true,
            link_by_email: false,
            create_users: false,
            second_factor: SecondFactor::default(),
            roles: Vec::new(),
            organisations: Vec::new(),
        }
    }
}

impl Sso {
    /// Whether anybody can come in this way.
    pub fn is_on(&self) -> bool {
        !self.issuer.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if !self.is_on() {
            return Ok(());
        }
        demand(!self.audience.is_empty(), "sso.audience", "say what tokens call this cockpit")?;
        demand(!self.keys.is_empty(), "sso.keys", "name a file with the issuer's public keys")?;
        demand(!self.roles.is_empty(), "sso.roles", "say which roles of theirs are which of ours")?;
        for (key, pairs) in [("sso.roles", &self.roles), ("sso.organisations", &self.organisations)]
        {
            let is_pair = |text: &String| pair(text).is_some();
            demand(pairs.iter().all(is_pair), key, "hold pairs like theirs=ours")?;
        }
        Ok(())
    }
}

/// What of ours `theirs` stands for in a list of pairs; every pair counts.
pub fn mapped<'a>(pairs: &'a [String], theirs: &str) -> impl Iterator<Item = &'a str> {
    let pairs = pairs.iter().filter_map(|text| pair(text));
    pairs.filter(move |(known, _)| *known == theirs).map(|(_, ours)| ours)
}

/// Split at the last `=`: their names are theirs to choose, our ids have none in them.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (theirs, ours) = text.rsplit_once('=')?;
    let (theirs, ours) = (theirs.trim(), ours.trim());
    (!theirs.is_empty() && !ours.is_empty()).then_some((theirs, ours))
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "sso.issuer",
        Kind::Text,
        "The iss of the tokens with which an existing cockpit signs people in; empty is off.",
    ),
    Setting::new("sso.audience", Kind::Text, "The aud of those tokens: what they call us."),
    Setting::new(
        "sso.keys",
        Kind::List,
        "Files with its public keys, PEM (the kid is the file's name) or a JWK set; read at every sign-in.",
    ),
    Setting::new(
        "sso.require_type",
        Kind::Flag,
        "Whether the header must say typ: cockpit-sso+jwt; otherwise JWT or none will do.",
    ),
    Setting::new(
        "sso.link_by_email",
        Kind::Flag,
        "Whether who comes the first time is the user who has his e-mail address.",
    ),
    Setting::new(
        "sso.create_users",
        Kind::Flag,
        "Whether who comes the first time and is not known becomes a user.",
    ),
    Setting::new(
        "sso.second_factor",
        Kind::Text,
        "Whose second factor counts: theirs believes the existing cockpit, ours asks who has one here; \
         a role that demands one has it set up here in any case.",
    ),
    Setting::new(
        "sso.roles",
        Kind::List,
        "Its roles and ours, theirs=ours; roles that are not listed count for nothing.",
    ),
    Setting::new(
        "sso.organisations",
        Kind::List,
        "Its organisations and the ids of ours, theirs=id; an org that is an id of ours needs no line.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_of_theirs_may_be_several_of_ours() {
        let pairs = ["a=agent", "a = auditor", "b=x=superadmin", "=agent", "c="].map(str::to_owned);
        let of = |theirs: &str| mapped(&pairs, theirs).collect::<Vec<_>>();
        assert_eq!(of("a"), ["agent", "auditor"]);
        assert_eq!(of("b=x"), ["superadmin"]);
        assert!(of("").is_empty() && of("c").is_empty() && of("agent").is_empty());
    }

    #[test]
    fn half_a_configuration_is_refused() {
        let whole = Sso {
            issuer: "https://old.example".into(),
            keys: vec!["key.pem".into()],
            roles: vec!["a=agent".into()],
            ..Sso::default()
        };
        assert!(Sso::default().check().is_ok() && whole.check().is_ok());
        assert!(Sso { keys: Vec::new(), ..whole.clone() }.check().is_err());
        assert!(Sso { roles: vec!["agent".into()], ..whole }.check().is_err());
    }
}
