//! What each client is told to ask, below the address of a licence or product.

use plugin_api::ui::{CopyText, Facts};
use plugin_api::{Cx, Lang};

/// Clients with the text key of their name and where they ask; `{channel}` stands for the channel.
const CLIENTS: [(&str, &str); 6] = [
    ("client-tuf", "/metadata/"),
    (
        "client-tauri",
        "/tauri/{channel}/{{target}}/{{arch}}/{{current_version}}?bundle_type={{bundle_type}}",
    ),
    ("client-electron", "/electron/{channel}"),
    ("client-sparkle", "/sparkle/{channel}/appcast.xml"),
    ("client-squirrel", "/squirrel/{channel}"),
    ("client-velopack", "/velopack/{channel}"),
];

/// The address with this secret, or of `~<product code>`.
pub(crate) fn address(cx: &Cx, segment: &str) -> String {
    cx.absolute_url(&format!("/u/{segment}"))
}

/// What each client asks below `address` for a channel.
pub(crate) fn facts(lang: &Lang, address: &str, channel: &str) -> Facts {
    CLIENTS.iter().fold(Facts::new(), |facts, (key, path)| {
        let name = lang.t(key);
        let asked = format!("{address}{}", path.replace("{channel}", channel));
        let copy = CopyText::new(asked, lang.with("copy-address-of", &[("client", &name)]));
        facts.with(name, &copy)
    })
}

#[cfg(test)]
mod tests {
    use super::CLIENTS;

    #[test]
    fn only_the_channel_is_filled_in() {
        let tauri = CLIENTS[1].1.replace("{channel}", "beta");
        let expected =
            "/tauri/beta/{{target}}/{{arch}}/{{current_version}}?bundle_type={{bundle_type}}";
        assert_eq!(tauri, expected);
    }
}
