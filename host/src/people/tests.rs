//! Sessions and tokens as every database keeps them.

use cockpit_database::throwaway::ThrowAway;
use plugin_api::Scope;
use plugin_api::db::{Batch, Db, NewOrganisation};

use super::roles::SUPERADMIN;
use crate::store::organisations::{self, ROOT};
use crate::store::users::{Insertion, OnlyFirst};
use crate::store::{roles, sessions, tokens, users};
use crate::testing::{db, migrated};

const ADA: &str = "00000000-0000-7000-8000-00000000000a";
const BRANCH: &str = "00000000-0000-7000-8000-0000000000b0";
const HOUR: i64 = 3_600_000;

fn ada<'a>(id: &'a str, email: &'a str) -> Insertion<'a> {
    let organisation_id = ROOT;
    Insertion { user_id: id, organisation_id, email, name: "Ada", password_hash: "x", now: 1 }
}

async fn with_ada(database: &ThrowAway) -> Db {
    let (db, all) = (db(database), Scope::everything());
    let batch = Batch::new()
        .and(users::insertion(&all, &ada(ADA, "Ada@Example.org"), OnlyFirst::Yes))
        .and(roles::giving(&all, ADA, SUPERADMIN))
        .and(roles::giving(&all, ADA, "agent"));
    db.batch(batch).await.unwrap();
    db
}

async fn begin(db: &Db, hash: &str, now: i64) {
    let session = sessions::Insertion {
        session_id: hash,
        user_id: ADA,
        token_hash: hash,
        now,
        expires_at: now + 24 * HOUR,
        address: "",
        agent: "",
    };
    db.execute(sessions::insertion(&Scope::everything(), &session)).await.unwrap();
}

#[tokio::test]
async fn a_session_ends_when_idle_and_in_any_case() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        begin(&db, "hash", 0).await;
        let at = async |now| sessions::bearer(&db, &all, "hash", now, HOUR).await.unwrap();
        let bearer = at(HOUR - 1).await.expect("still in use");
        assert_eq!(roles::list(bearer.roles.as_deref()), ["agent", SUPERADMIN]);
        assert!(at(HOUR).await.is_none(), "idle");
        db.execute(sessions::seen(&all, "hash", 24 * HOUR - 1)).await.unwrap();
        assert!(at(24 * HOUR - 1).await.is_some());
        assert!(at(24 * HOUR).await.is_none(), "at its end");
        assert!(sessions::bearer(&db, &all, "other", 1, HOUR).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_barred_user_holds_no_session_and_no_token() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        begin(&db, "hash", 0).await;
        let token = tokens::Insertion {
            token_id: "t",
            user_id: ADA,
            name: "n",
            prefix: "0123abcd",
            secret_hash: "s",
            permissions: None,
            now: 0,
            expires_at: Some(9),
            branch_id: None,
        };
        db.execute(tokens::insertion(&all, &token)).await.unwrap();
        let holds =
            async |now| tokens::bearer(&db, &all, ("0123abcd", "s"), now).await.unwrap().is_some();
        assert!(holds(8).await && !holds(9).await, "it expires");
        db.execute(users::disabling(&all, ADA, Some(1), 1)).await.unwrap();
        assert!(!holds(8).await);
        assert!(sessions::bearer(&db, &all, "hash", 1, HOUR).await.unwrap().is_none());
        db.execute(users::disabling(&all, ADA, None, 1)).await.unwrap();
        assert!(holds(8).await);
        db.execute(tokens::revoking(&all, ADA, "t", 2)).await.unwrap();
        assert!(!holds(8).await);
    }
}

#[tokio::test]
async fn the_first_user_is_made_once_and_an_address_is_his_alone() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        let second = "00000000-0000-7000-8000-00000000000b";
        let again = users::insertion(&all, &ada(second, "b@example.org"), OnlyFirst::Yes);
        let fault = db.batch(Batch::new().and(again)).await.unwrap_err();
        assert!(fault.is_mismatch("user"), "{fault}");
        let taken = users::insertion(&all, &ada(second, "ADA@example.org "), OnlyFirst::No);
        let fault = db.batch(Batch::new().and(taken)).await.unwrap_err();
        assert!(fault.is_unique("email_folded"), "{fault}");
        assert!(users::by_email(&db, &all, " ada@EXAMPLE.org").await.unwrap().is_some());
        assert_eq!(users::other_superadmins(&db, &all, ADA).await.unwrap(), 0);
        assert_eq!(users::other_superadmins(&db, &all, second).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_branch_does_not_reach_beyond_itself() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        let node = NewOrganisation {
            organisation_id: BRANCH.to_owned(),
            parent_id: ROOT.to_owned(),
            kind: "reseller".to_owned(),
            name: "Nord".to_owned(),
        };
        db.execute(node.statement(&all, 1)).await.unwrap();
        let made = organisations::find(&db, &all, BRANCH).await.unwrap().unwrap();
        assert_eq!(
            made.path,
            "/00000000000070008000000000000001/000000000000700080000000000000b0/"
        );
        let branch = Scope::branch(made.path);
        assert!(users::find(&db, &branch, ADA).await.unwrap().is_none());
        assert!(organisations::find(&db, &branch, ROOT).await.unwrap().is_none());
        let change = users::password(&branch, ADA, "y", 2);
        assert!(db.batch(Batch::new().and(change)).await.unwrap_err().is_mismatch("user"));
        let choices = organisations::choices(&db, &branch, "").await.unwrap();
        assert_eq!(choices.len(), 1);
    }
}
