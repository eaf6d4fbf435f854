//! Links, second factors and challenges as every database keeps them.

use cockpit_database::throwaway::ThrowAway;
use plugin_api::Scope;
use plugin_api::db::{Batch, Db};

use crate::store::links::{self, Insertion, Kind};
use crate::store::organisations::ROOT;
use crate::store::users::{self, OnlyFirst};
use crate::store::{challenges, totp};
use crate::testing::{db, migrated};

const ADA: &str = "00000000-0000-7000-8000-00000000000a";
const LINK: &str = "00000000-0000-7000-8000-0000000000c1";
const OTHER: &str = "00000000-0000-7000-8000-0000000000c2";

async fn with_ada(database: &ThrowAway) -> Db {
    let db = db(database);
    let ada = users::Insertion {
        user_id: ADA,
        organisation_id: ROOT,
        email: "ada@example.org",
        name: "Ada",
        password_hash: "x",
        now: 1,
    };
    db.execute(users::insertion(&Scope::everything(), &ada, OnlyFirst::Yes)).await.unwrap();
    db
}

fn link<'a>(link_id: &'a str, kind: Kind, token_hash: &'a str, now: i64) -> Insertion<'a> {
    Insertion {
        link_id,
        kind,
        organisation_id: ROOT,
        user_id: (kind == Kind::Reset).then_some(ADA),
        email: "bob@example.org",
        name: "Bob",
        roles: &[],
        language: "it",
        invited_by: "Ada",
        token_hash,
        now,
        expires_at: now + 100,
    }
}

async fn keep(db: &Db, link: &Insertion<'_>) -> Result<(), plugin_api::Fault> {
    let all = Scope::everything();
    let batch = Batch::new().and(links::clearing(link)).and(links::insertion(&all, link));
    db.batch(batch).await.map(drop)
}

#[tokio::test]
async fn a_code_works_once_and_an_older_one_never_again() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        db.execute(totp::insertion(&all, ADA, "sealed", 1)).await.unwrap();
        let used = async |step| db.execute(totp::using_step(&all, ADA, step)).await.unwrap();
        assert_eq!(used(5).await, 0, "not confirmed yet");
        db.batch(Batch::new().and(totp::confirming(&all, ADA, 5, 2))).await.unwrap();
        let again = db.batch(Batch::new().and(totp::confirming(&all, ADA, 6, 2))).await;
        assert!(again.unwrap_err().is_mismatch("totp"), "confirmed once");
        assert_eq!((used(5).await, used(6).await, used(6).await, used(5).await), (0, 1, 0, 0));
        let taken = db.execute(totp::insertion(&all, ADA, "other", 3)).await.unwrap_err();
        assert_eq!(taken.kind, plugin_api::FaultKind::Unique, "a confirmed app stays");
        db.execute(totp::abandoning(&all, ADA)).await.unwrap();
        assert!(totp::find(&db, &all, ADA).await.unwrap().is_some());
        let stranger = Scope::branch("/elsewhere/");
        db.execute(totp::removing(&stranger, ADA)).await.unwrap();
        assert!(totp::find(&db, &all, ADA).await.unwrap().is_some(), "out of his reach");
        assert!(totp::find(&db, &stranger, ADA).await.unwrap().is_none());
        db.execute(totp::removing(&all, ADA)).await.unwrap();
        assert_eq!(used(9).await, 0);
    }
}

#[tokio::test]
async fn a_recovery_code_works_once() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        for code in ["a", "b"] {
            db.execute(totp::adding_code(&all, ADA, code, 1)).await.unwrap();
        }
        let used = async |code| db.execute(totp::using_code(&all, ADA, code, 2)).await.unwrap();
        assert_eq!((used("a").await, used("a").await, used("c").await), (1, 0, 0));
        assert_eq!(totp::codes_left(&db, &all, ADA).await.unwrap(), 1);
        db.execute(totp::removing_codes(&all, ADA)).await.unwrap();
        assert_eq!((used("b").await, totp::codes_left(&db, &all, ADA).await.unwrap()), (0, 0));
    }
}

#[tokio::test]
async fn a_challenge_has_so_many_tries_and_so_much_time() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        db.execute(challenges::insertion(&all, ADA, "hash", 0, 100)).await.unwrap();
        let user = async |now| challenges::user(&db, "hash", now).await.unwrap();
        assert_eq!(user(99).await.as_deref(), Some(ADA));
        assert_eq!(user(100).await, None, "too late");
        let tried = async |now| db.execute(challenges::trying("hash", 2, now)).await.unwrap();
        assert_eq!(
            (tried(100).await, tried(1).await, tried(2).await, tried(3).await),
            (0, 1, 1, 0)
        );
        db.execute(challenges::insertion(&all, ADA, "other", 0, 100)).await.unwrap();
        db.execute(challenges::forgetting(99)).await.unwrap();
        assert!(user(1).await.is_some());
        db.execute(challenges::ending(&all, ADA)).await.unwrap();
        assert_eq!(user(1).await, None);
    }
}

#[tokio::test]
async fn a_link_is_used_once_and_in_time() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        keep(&db, &link(LINK, Kind::Reset, "hash", 0)).await.unwrap();
        let used = async |hash, now| {
            let batch = Batch::new().and(links::using(&all, hash, now));
            db.batch(batch).await.map_err(|fault| fault.is_mismatch("link"))
        };
        assert_eq!(used("hash", 100).await, Err(true), "expired");
        assert!(used("hash", 99).await.is_ok());
        assert_eq!(used("hash", 99).await, Err(true), "used before");
        let kept = async |kind| links::by_token(&db, &all, kind, "hash").await.unwrap();
        assert_eq!(kept(Kind::Reset).await.unwrap().used_at, Some(99));
        assert!(kept(Kind::Invitation).await.is_none(), "a link is for one thing");
        keep(&db, &link(OTHER, Kind::Reset, "newer", 200)).await.unwrap();
        let third = "00000000-0000-7000-8000-0000000000c3";
        keep(&db, &link(third, Kind::Reset, "newest", 201)).await.unwrap();
        assert_eq!(used("newer", 202).await, Err(true), "a newer one took its place");
        assert!(used("newest", 202).await.is_ok());
        db.execute(links::forgetting(101)).await.unwrap();
        assert!(kept(Kind::Reset).await.is_none());
    }
}

#[tokio::test]
async fn an_address_is_invited_once_at_a_time() {
    for database in migrated().await {
        let (db, all) = (with_ada(&database).await, Scope::everything());
        keep(&db, &link(LINK, Kind::Invitation, "hash", 0)).await.unwrap();
        let again = link(OTHER, Kind::Invitation, "other", 50);
        let again = Insertion { email: "BOB@example.org", ..again };
        assert!(keep(&db, &again).await.unwrap_err().is_unique("open_key"));
        let renewed = links::renewing(&all, LINK, "renewed", 300);
        db.batch(Batch::new().and(renewed)).await.unwrap();
        assert!(links::by_token(&db, &all, Kind::Invitation, "hash").await.unwrap().is_none());
        assert_eq!(links::of_organisation(&db, &all, ROOT).await.unwrap().len(), 1);
        let stranger = Scope::branch("/elsewhere/");
        assert!(links::invitation(&db, &stranger, LINK).await.unwrap().is_none());
        let withdrawn = Batch::new().and(links::withdrawing(&stranger, LINK, 60));
        assert!(db.batch(withdrawn).await.unwrap_err().is_mismatch("link"));
        db.batch(Batch::new().and(links::withdrawing(&all, LINK, 60))).await.unwrap();
        let gone = Batch::new().and(links::using(&all, "renewed", 70));
        assert!(db.batch(gone).await.unwrap_err().is_mismatch("link"), "withdrawn");
        assert!(links::invitation(&db, &all, LINK).await.unwrap().is_none());
        keep(&db, &again).await.unwrap();
        let third = "00000000-0000-7000-8000-0000000000c3";
        keep(&db, &link(third, Kind::Invitation, "third", 150)).await.unwrap();
        assert_eq!(links::of_organisation(&db, &all, ROOT).await.unwrap().len(), 1, "expired");
    }
}
