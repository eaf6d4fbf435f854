//! What a node is, and what it may stand below.

use crate::store::organisations::Organisation;

/// What a node that is no customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The root.
    Vendor,
    /// Sells to customers of its own.
    Reseller,
    /// A company that belongs to the one above it.
    SubCompany,
    /// Looks after customers; only they stand below it.
    Agent,
}

impl Kind {
    /// Every kind that is made by people, as forms offer them.
    pub const MADE: [Self; 3] = [Self::Reseller, Self::SubCompany, Self::Agent];

    /// The kind as the database and forms write it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Reseller => "reseller",
            Self::SubCompany => "sub_company",
            Self::Agent => "agent",
        }
    }

    /// The kind that is written so; none for customers and for what is unknown.
    pub fn read(text: &str) -> Option<Self> {
        [Self::Vendor].into_iter().chain(Self::MADE).find(|kind| kind.text() == text)
    }

    /// The kind of a node; none for a customer.
    pub fn of(node: &Organisation) -> Option<Self> {
        Self::read(&node.kind)
    }

    /// Whether a node of this kind may stand directly below one of `above`.
    pub fn may_stand_below(self, above: Self) -> bool {
        match (self, above) {
            (Self::Vendor, _) | (_, Self::Agent) => false,
            (_, Self::Vendor | Self::Reseller) => true,
            (kind, Self::SubCompany) => kind != Self::Reseller,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_an_agent_stands_nothing_and_the_vendor_stands_below_nothing() {
        for kind in Kind::MADE {
            assert_eq!(Kind::read(kind.text()), Some(kind));
            assert!(kind.may_stand_below(Kind::Vendor) && kind.may_stand_below(Kind::Reseller));
            assert!(!kind.may_stand_below(Kind::Agent) && !Kind::Vendor.may_stand_below(kind));
        }
        assert!(Kind::SubCompany.may_stand_below(Kind::SubCompany));
        assert!(!Kind::Reseller.may_stand_below(Kind::SubCompany));
        assert_eq!(Kind::read("customer"), None);
    }
}
