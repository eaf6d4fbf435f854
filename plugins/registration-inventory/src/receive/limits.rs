//! The quotas as an administrator set them.

use std::net::IpAddr;

use plugin_api::{Cx, Fault, Plugin};

const REPORTS: &str = "reports-per-hour";
const NEW: &str = "new-installations-per-hour";
const EXEMPT: &str = "quota-exempt";

/// Quotas, and who has none.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Reports of one software from one address within an hour.
    pub(crate) reports: i64,
    /// New installations from one address within an hour.
    pub(crate) new_installations: i64,
    exempt: Vec<Network>,
}

/// Adds the settings.
pub(crate) fn settings(plugin: Plugin) -> Plugin {
    plugin
        .setting(REPORTS, 3_600)
        .setting(NEW, 1_000)
        // Behind a proxy nobody told the cockpit of, every report comes from here.
        .setting(EXEMPT, "127.0.0.0/8, ::1")
}

impl Limits {
    /// As they are set now.
    pub(crate) async fn read(cx: &Cx) -> Result<Self, Fault> {
        let exempt: String = cx.setting(EXEMPT).await?;
        Ok(Self {
            reports: cx.setting(REPORTS).await?,
            new_installations: cx.setting(NEW).await?,
            exempt: exempt.split([',', ' ', ';', '\n']).filter_map(Network::read).collect(),
        })
    }

    /// Whether quotas do not count for `address`, as for one that is not known.
    pub(crate) fn exempts(&self, address: Option<IpAddr>) -> bool {
        address.is_none_or(|address| self.exempt.iter().any(|network| network.holds(address)))
    }
}

/// An address, or a network as `10.0.0.0/8` (RFC 4632 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    length: u32,
}

impl Network {
    /// None for what is no network: a typing error exempts nobody.
    fn read(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/').unwrap_or((text, ""));
        let address: IpAddr = address.trim().parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let length = if length.is_empty() { most } else { length.trim().parse().ok()? };
        (length <= most).then_some(Self { address, length })
    }

    fn holds(self, address: IpAddr) -> bool {
        let bits = |address: IpAddr| match address {
            IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
            IpAddr::V6(address) => address.to_bits(),
        };
        let address = address.to_canonical();
        let differ = bits(address) ^ bits(self.address);
        address.is_ipv4() == self.address.is_ipv4()
            && differ.checked_shr(128 - self.length).unwrap_or_default() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        for (network, address, expected) in [
            ("127.0.0.0/8", "127.9.9.9", true),
            ("127.0.0.0/8", "::ffff:127.0.0.1", true),
            ("127.0.0.0/8", "128.0.0.1", false),
            ("::1", "::1", true),
            ("::1", "::2", false),
            ("0.0.0.0/0", "203.0.113.1", true),
            ("0.0.0.0/0", "::1", false),
            ("2001:db8::/32", "2001:db8:1::9", true),
        ] {
            let held = Network::read(network).expect("a network");
            assert_eq!(held.holds(address.parse().expect("an address")), expected, "{network}");
        }
        for nothing in ["", "x", "10.0.0.0/33", "10.0.0.0/x"] {
            assert_eq!(Network::read(nothing), None);
        }
    }
}
