//! Answers other plugins who receives what is known of somebody.

use plugin_api::contracts::accounts::{Receive, Receiver};
use plugin_api::{Cx, Fault};

use super::decide::Map;
use super::rule::Known;

/// Who receives, as the rules stand now; from the vendor down, whoever asks.
pub(crate) async fn receiver(cx: Cx, asked: Receive) -> Result<Receiver, Fault> {
    let map = Map::load(&cx).await?;
    let Receive { province, country, product, code } = asked;
    let decision = map.decide(map.root(), &Known { code, province, country, product });
    let rule = decision.rule().map(|rule| rule.name.clone()).unwrap_or_default();
    Ok(Receiver { organisation_id: decision.organisation_id, rule })
}
