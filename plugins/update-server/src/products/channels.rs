//! The channels of a product: named freely, described, taken away while nothing was ever in them.

use plugin_api::db::{Audit, Batch};
use plugin_api::form::{Fields, Typed};
use plugin_api::{Cx, FieldProblem, Path, Problem, SeeOther};
use serde_json::json;

use super::page::found;
use crate::paths;
use crate::releases::changed;
use crate::store::channels::{self, Channel, LABEL};

/// Channels of a product at most.
const MOST: usize = 50;
/// Longest description, characters.
const LONGEST: usize = 200;
/// Names of the roles of signed metadata, which delegate to a role for each channel (TUF 1.0, 2.1).
const ROLES: [&str; 5] = ["root", "targets", "snapshot", "timestamp", "mirrors"];

/// Whether a channel may be called so: in addresses, in files, as a role of signed metadata.
pub(crate) fn is_name(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_plain = name.bytes().all(|byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-')
    });
    starts && is_plain && name.len() <= 32 && !ROLES.contains(&name)
}

/// Adds a channel, or describes one anew.
pub(super) async fn add(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let typed = Typed::from(fields);
    write(&cx, &code, typed.text("canale"), typed.text("descrizione")).await?;
    Ok(back(&cx, &code, "channel-saved"))
}

/// Writes a channel of a product.
pub(crate) async fn write(
    cx: &Cx,
    code: &str,
    name: &str,
    description: &str,
) -> Result<(), Problem> {
    let product = found(cx, code).await?;
    let there = channels::of_product(&cx.db(), cx.scope(), code).await?;
    let known = there.iter().find(|channel| channel.channel == name);
    let wrong = if !is_name(name) {
        Some(("/canale", "field-channel"))
    } else if description.chars().count() > LONGEST {
        Some(("/descrizione", "field-too-long"))
    } else if known.is_none() && there.len() >= MOST {
        Some(("/canale", "field-channels-most"))
    } else {
        None
    };
    if let Some((pointer, key)) = wrong {
        return Err(Problem::validation(vec![FieldProblem::new(pointer, key)]));
    }
    let last = there.iter().map(|channel| channel.position).max().unwrap_or_default();
    let channel = Channel {
        channel: name.to_owned(),
        description: description.to_owned(),
        position: known.map_or(last.saturating_add(1), |known| known.position),
    };
    let is_new = known.is_none();
    let audit = Audit::of("channel.saved", code).named(code).after(&channel);
    cx.transaction(|tx| {
        let (channel, audit, product) = (channel.clone(), audit.clone(), product.clone());
        async move {
            let statement = channels::writing(&product.product_code, &channel, tx.now());
            tx.db().batch(Batch::new().and(statement).audit(audit)).await?;
            if is_new { changed::changed(&tx, &product.product_code).await } else { Ok(()) }
        }
    })
    .await
}

/// Takes a channel away.
pub(super) async fn remove(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let typed = Typed::from(fields);
    let (product, name) = (found(&cx, &code).await?, typed.text("canale"));
    let audit = Audit::of("channel.removed", &code).named(&code).before(json!({ "channel": name }));
    cx.transaction(|tx| {
        let (audit, code) = (audit.clone(), product.product_code.clone());
        async move {
            let batch = Batch::new().and(channels::deletion(&code, name)).audit(audit);
            match tx.db().batch(batch).await {
                Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("canale_in_uso")),
                done => {
                    done?;
                    changed::changed(&tx, &code).await
                }
            }
        }
    })
    .await?;
    Ok(back(&cx, &code, "channel-removed"))
}

/// The page of the product, which says what was done.
pub(super) fn back(cx: &Cx, code: &str, key: &str) -> SeeOther {
    SeeOther::to(cx.url(&paths::of(paths::PRODUCT, code))).saying(cx.lang().t(key))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_channel_is_called_what_fits_everywhere() {
        assert!(["stable", "beta", "2026.1", "win-x64", "a_b", "9"].into_iter().all(is_name));
        let long = "x".repeat(33);
        let wrong = ["", "Beta", ".beta", "-x", "a/b", "a b", "root", "targets", "più", &long];
        assert!(!wrong.into_iter().any(is_name));
    }
}
