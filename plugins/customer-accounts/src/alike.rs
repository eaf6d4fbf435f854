//! Which accounts somebody may be, of whom a VAT number or a name is known, for other plugins.

use plugin_api::contracts::accounts::{Alike, Likely, Likeness};
use plugin_api::{Cx, Fault};

use crate::domain::alike::{likeness, number, words};
use crate::store::alike::{self as store, Candidate};

/// Candidates looked at.
const LOOKED_AT: usize = 50;
/// Words by which candidates are looked up.
const WORDS: usize = 3;
/// Likeness of names below which they are not.
const LEAST: u32 = 50;

/// The accounts of the caller's branch, the likeliest first.
pub(crate) async fn alike(cx: Cx, asked: Alike) -> Result<Vec<Likeness>, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let (vat, name) = (number(&asked.vat_number), words(&asked.name));
    let mut candidates: Vec<Candidate> = Vec::new();
    if !vat.is_empty() {
        candidates = store::of_vat_number(&db, scope, &vat).await?;
    }
    for word in name.iter().filter(|word| word.chars().count() > 1).take(WORDS) {
        let left = LOOKED_AT.saturating_sub(candidates.len());
        if left == 0 {
            break;
        }
        let more = store::beginning_with(&db, scope, word, left).await?;
        candidates.extend(more);
    }
    let mut found: Vec<Likeness> =
        candidates.into_iter().filter_map(|one| judged(one, &vat, &name)).collect();
    found.sort_by(|one, other| {
        let place = |like: &Likeness| (std::cmp::Reverse(like.score), like.account.name.clone());
        place(one).cmp(&place(other)).then(one.account.account_id.cmp(&other.account.account_id))
    });
    found.dedup_by(|one, other| one.account.account_id == other.account.account_id);
    found.truncate(usize::try_from(asked.limit.clamp(1, 50)).unwrap_or(50));
    Ok(found)
}

/// Why a candidate may be who is meant; none when it is not.
fn judged(candidate: Candidate, vat: &str, name: &[String]) -> Option<Likeness> {
    let like = likeness(name, &words(&candidate.account.name));
    let (reason, score) = if !vat.is_empty() && number(&candidate.vat_number) == vat {
        (Likely::SameVatNumber, 100)
    } else if like == 100 {
        (Likely::SameName, 90)
    } else if like >= LEAST {
        (Likely::SimilarName, like * 8 / 10)
    } else {
        return None;
    };
    let Candidate { account, vat_number } = candidate;
    Some(Likeness { account, vat_number, reason, score })
}
