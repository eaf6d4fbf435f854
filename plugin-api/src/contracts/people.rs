//! What plugins may ask the host about people, as the same caller.
//!
//! Published view, for lists that show, search and sort by organisation:
//! `host_organisations_v1(organisation_id, parent_id, kind, name, name_folded, parent_name,
//! parent_name_folded, parent_kind)`.

use serde::{Deserialize, Serialize};

use super::Contract;

/// Asks for the people of one node of the organisation tree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OfOrganisation {
    /// The node, in the caller's branch.
    pub organisation_id: String,
}

/// Somebody who may sign in, or was invited to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// His id; that of the invitation when he has not accepted it.
    pub id: String,
    /// His name.
    pub name: String,
    /// His e-mail address.
    pub email: String,
    /// His roles.
    pub roles: Vec<String>,
    /// Where he stands.
    pub state: PersonState,
    /// When he last signed in, unix milliseconds.
    pub signed_in_at: Option<i64>,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// May sign in.
    Active,
    /// May not.
    Barred,
    /// Was invited and has not accepted yet.
    Invited,
}

/// Invites somebody by mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invite {
    /// The node he will belong to, in the caller's branch.
    pub organisation_id: String,
    /// Where the mail goes, and what he signs in with.
    pub email: String,
    /// His name.
    pub name: String,
    /// The role he gets, which the caller may grant.
    pub role: String,
    /// `en`, `it`, or empty for the caller's.
    pub language: String,
}

/// An invitation that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Its id.
    pub invitation_id: String,
}

/// Bars somebody, lets him in again, or withdraws an invitation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetBarred {
    /// The id of a [`Person`] in the caller's branch.
    pub id: String,
    /// Whether he may not sign in from now on.
    pub barred: bool,
}

/// The people of one node, by name.
pub const OF_ORGANISATION: Contract<OfOrganisation, Vec<Person>> =
    Contract::new("people.of_organisation.v1");

/// Invites somebody. `Refused` when the address is taken, the caller may not grant the role or a
/// field makes no sense: the message is a sentence in the caller's language, the subject the JSON
/// pointer of the field of [`Invite`] (`/email`, `/role` …), or empty.
pub const INVITE: Contract<Invite, Invited> = Contract::new("people.invite.v1");

/// Bars or lets in somebody; `NotFound` outside the caller's branch.
pub const SET_BARRED: Contract<SetBarred, ()> = Contract::new("people.set_barred.v1");

/// Everything the host keeps of one node and its people, for an access request (GDPR art. 15):
/// users without secrets, sign-ins, mails, audit entries.
pub const DATA: Contract<OfOrganisation, serde_json::Value> = Contract::new("people.data.v1");

/// Erases it (GDPR art. 17): users, invitations and mails of the node go, access log rows lose
/// address and name, and the content of the node's audit rows is blanked, which the chain allows.
pub const ERASE: Contract<OfOrganisation, ()> = Contract::new("people.erase.v1");

/// Moves the people of one node to another; both lie in the caller's branch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Move {
    /// The node they leave.
    pub from: String,
    /// The node they belong to from then on.
    pub into: String,
}

/// Moves people, with their sessions, tokens and open invitations; on the caller's transaction when
/// it is on one. `NotFound` outside the caller's branch, `Refused` when one of them may do more than
/// the caller.
pub const MOVE: Contract<Move, ()> = Contract::new("people.move.v1");
