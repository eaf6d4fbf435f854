//! `cockpit user`: make users.

use clap::Subcommand;

use super::password::fresh_password;
use super::unlock::standard_input;
use super::{Failure, Opened, Place, say};
use crate::people::users::{self, NewUser};
use crate::people::{roles, second_factor};
use crate::store::users as store;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make a user
    Add(Add),
    /// Reset the second factor of somebody who lost the phone and the recovery codes
    ResetSecondFactor(ResetSecondFactor),
}

/// Make a user
///
/// Without --password-stdin a password is made up and printed, once.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit user add --email ann@example.com --name Ann
  cockpit user add --email bob@example.com --name Bob --role auditor --role agent
  pass show cockpit | cockpit user add --email ann@example.com --name Ann --password-stdin

Roles: superadmin, reseller, sub-company, agent, customer, auditor.")]
pub(super) struct Add {
    /// What the user signs in with
    #[arg(long)]
    email: String,
    /// What the user is called
    #[arg(long)]
    name: String,
    /// What the user may do; may be repeated
    #[arg(long = "role", value_name = "ROLE", default_value = roles::SUPERADMIN)]
    roles: Vec<String>,
    /// Organisation the user belongs to, by its id; the vendor's own if left out
    #[arg(long, value_name = "ID", default_value = "")]
    organisation: String,
    /// Read the password from standard input, its first line
    #[arg(long)]
    password_stdin: bool,
}

/// Reset the second factor of somebody who lost the phone and the recovery codes
///
/// The password alone signs in again, and the user is told by mail.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit user reset-second-factor --email ann@example.com")]
pub(super) struct ResetSecondFactor {
    /// What the user signs in with
    #[arg(long)]
    email: String,
}

impl ResetSecondFactor {
    async fn run(self, place: &Place) -> Result<(), Failure> {
        let opened = Opened::at(place, "user reset-second-factor").await?;
        let Opened { state, cx } = &opened;
        let user = store::by_email(&cx.db(), cx.scope(), &self.email).await?;
        let user = user.ok_or_else(|| Failure::refused("no user has this address"))?;
        second_factor::remove(state, cx, &user, "user.second_factor_reset").await?;
        say(format!("{} signs in with the password alone.", user.name));
        opened.close().await;
        Ok(())
    }
}

impl User {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let add = match self {
            Self::Add(add) => add,
            Self::ResetSecondFactor(reset) => return reset.run(place).await,
        };
        let given = if add.password_stdin { Some(standard_input()?) } else { None };
        let given = given.map(|text| text.lines().next().unwrap_or_default().to_owned());
        let opened = Opened::at(place, "user add").await?;
        let Opened { state, cx } = &opened;
        let new = NewUser {
            email: add.email,
            name: add.name,
            password: given.clone().unwrap_or_else(|| fresh_password(cx)),
            roles: add.roles,
            organisation_id: add.organisation,
        };
        let id = users::create(state, cx, &new).await?;
        say(format!("User {} may sign in as {}.", id, new.email));
        if given.is_none() {
            say(format!("Password: {}", new.password));
        }
        opened.close().await;
        Ok(())
    }
}
