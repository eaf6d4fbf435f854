//! The small choices a licence is made of, each with its name in the database and on the wire.

use serde::{Deserialize, Serialize};

/// An enum whose members have one name in the database (serde's) and one on the wire.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$meta:meta])* $member:ident $stored:literal $wire:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$meta])* #[serde(rename = $stored)] $member),+
        }

        impl $name {
            /// Every choice.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// As the database holds it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$member => $stored),+ }
            }

            /// Its name on the wire.
            pub fn wire(self) -> &'static str {
                match self { $(Self::$member => $wire),+ }
            }

            /// The choice of this name on the wire.
            pub fn from_wire(name: &str) -> Option<Self> {
                match name { $($wire => Some(Self::$member),)+ _ => None }
            }
        }
    };
}

choice! {
    /// What a licence is bound to.
    #[derive(Default)]
    Binding {
        /// Each device has a seat of its own until it gives it back.
        #[default]
        Device "device" "dispositivo",
        /// Each named person has a seat, on any device.
        User "user" "utente",
        /// Seats are taken while the program runs, and given back.
        Floating "floating" "flottante",
    }
}

choice! {
    /// How a licence is renewed.
    #[derive(Default)]
    Renewal {
        /// Somebody does it.
        #[default]
        Manual "manual" "manuale",
        /// It renews itself at its end.
        Automatic "automatic" "automatico",
    }
}

choice! {
    /// How often a meter begins anew.
    Period {
        /// Never: what is used up is used up.
        Never "never" "mai",
        /// Each day, at midnight UTC.
        Day "day" "giorno",
        /// Each month, on its first day, UTC.
        Month "month" "mese",
        /// Each year, on its first day, UTC.
        Year "year" "anno",
    }
}

choice! {
    /// Why a licence is suspended.
    SuspendedFor {
        /// Somebody decided it; only somebody ends it.
        Person "person" "persona",
        /// A payment is overdue; ends when it is paid.
        Payment "payment" "pagamento",
        /// Its customer is suspended; ends with that.
        Account "account" "cliente",
    }
}

choice! {
    /// How a licence came into being.
    #[derive(Default)]
    Origin {
        /// Somebody filled in the form.
        #[default]
        Person "person" "modulo",
        /// A quick button.
        Quick "quick" "rapida",
        /// One of many at once.
        Bulk "bulk" "massiva",
        /// A program of the administration.
        Api "api" "api",
        /// An import.
        Import "import" "importata",
        /// Somebody asked for it, somebody else approved.
        Request "request" "richiesta",
        /// An old key was exchanged for it.
        Legacy "legacy" "sostituita",
    }
}

choice! {
    /// Where a request to issue a licence stands.
    #[derive(Default)]
    RequestState {
        /// Nobody has decided yet.
        #[default]
        Waiting "waiting" "in_attesa",
        /// The licence was issued.
        Approved "approved" "approvata",
        /// It was not.
        Refused "refused" "rifiutata",
        /// Whoever asked took it back.
        Withdrawn "withdrawn" "annullata",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_and_the_database_reads_what_it_holds() {
        for choice in Origin::ALL {
            assert_eq!(Origin::from_wire(choice.wire()), Some(*choice));
            let stored = serde_json::to_value(choice).unwrap();
            assert_eq!(stored, choice.as_str());
        }
        assert_eq!(Binding::default(), Binding::Device);
        assert_eq!(Period::from_wire("secolo"), None);
    }
}
