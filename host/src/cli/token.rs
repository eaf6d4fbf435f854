//! `cockpit token`: make API tokens.

use clap::Subcommand;
use plugin_api::time;

use super::{Failure, Opened, Place, say};
use crate::people::tokens::{self, NewToken};
use crate::store::users;

#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Make an API token
    Add(Add),
}

/// Make an API token
///
/// The token is printed once, alone on standard output; only its hash is kept. It never may more
/// than its owner.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit token add --user ann@example.com --name shop
  cockpit token add --user ann@example.com --name shop --permission license-generator:read --days 90
  cockpit token add --user ann@example.com --name shop --branch 0199d7c0-0000-7000-8000-000000000002
  curl -H \"Authorization: Bearer $(cockpit token add --user ann@example.com --name x)\" …")]
pub(super) struct Add {
    /// Whose token it is, by e-mail address
    #[arg(long, value_name = "EMAIL")]
    user: String,
    /// What you call it
    #[arg(long)]
    name: String,
    /// What it may do; may be repeated. Left out, whatever its owner may
    #[arg(long = "permission", value_name = "PERMISSION")]
    permissions: Vec<String>,
    /// Organisation whose branch it is confined to, by its id; left out, all its owner sees
    #[arg(long, value_name = "ID", default_value = "")]
    branch: String,
    /// How many days it lasts; left out, until it is revoked
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=36500))]
    days: Option<u32>,
}

impl Token {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let Self::Add(add) = self;
        let opened = Opened::at(place, "token add").await?;
        let Opened { state, cx } = &opened;
        let owner = users::by_email(&cx.db(), cx.scope(), &add.user).await?;
        let owner = owner.ok_or_else(|| {
            Failure::refused(format!("there is no user {}; `cockpit user add` makes one", add.user))
        })?;
        let new = NewToken {
            user_id: owner.user_id,
            name: add.name,
            permissions: Some(add.permissions).filter(|some| !some.is_empty()),
            expires_at: add.days.map(|days| cx.now() + i64::from(days) * time::DAY),
            branch_id: add.branch,
        };
        let (_, token) = tokens::create(state, cx, &new).await?;
        say(token);
        opened.close().await;
        Ok(())
    }
}
