//! The fictitious programs, and the companies that nobody knows yet.

/// A program that reports itself.
pub(super) struct Program {
    /// What it calls itself.
    pub(super) name: &'static str,
    /// Its versions, the oldest first; each comes out [`APART`] days after the one before.
    pub(super) versions: [&'static str; 4],
    /// The name of the product that somebody said it is; empty for nobody did.
    pub(super) product: &'static str,
}

/// Days between versions.
pub(super) const APART: i64 = 24;
/// Days after which the last one has a new version.
const SLOWEST: i64 = 30;

/// All of them.
pub(super) const PROGRAMS: [Program; 6] = [
    Program {
        name: "Studio Pro Desktop",
        versions: ["4.8.2", "4.9", "4.10", "5.0"],
        product: "Studio Pro",
    },
    Program {
        name: "Cassa Facile",
        versions: ["1.2", "1.3", "2.0-rc1", "2.0"],
        product: "Cassa Facile",
    },
    Program {
        name: "Magazzino 2000",
        versions: ["9.1", "9.2", "9.3", "9.4"],
        product: "Magazzino Plus",
    },
    Program { name: "PreventivoRapido", versions: ["3.0", "3.1", "3.2", "4.0"], product: "" },
    Program {
        name: "Agenda Medica",
        versions: ["2024.1", "2025.1", "2026.1", "2026.2"],
        product: "",
    },
    Program { name: "fattura-veloce", versions: ["v0.9", "v1.0", "v1.1", "v1.2"], product: "" },
];

/// Companies that are no customers.
pub(super) const COMPANIES: [&str; 10] = [
    "Officine Brambilla S.n.c.",
    "Panificio Aurora",
    "Studio Dentistico Serra",
    "Autotrasporti Vento S.r.l.",
    "Libreria Il Faro",
    "Ferramenta Donati & C.",
    "Agriturismo La Quercia",
    "Edil Moderna S.p.A.",
    "Ottica Lumière",
    "Cooperativa Sole Nuovo",
];

/// The version that installation `n` has on a day: some take the new one at once, some late.
pub(super) fn version(program: &Program, n: i64, day: i64) -> &'static str {
    let released = [0, 1, 2, 3].into_iter().zip(program.versions).rev();
    let mut taken =
        released.filter(|(at, _)| *at == 0 || at * APART - 10 + (n * 7) % SLOWEST <= day);
    taken.next().map_or("", |(_, version)| version)
}

/// An Italian VAT number: ten digits and their check digit.
pub(super) fn vat_number(n: i64) -> String {
    let digits = format!("{:010}", 123_456_789 + n * 7_919);
    let sum: u32 = (0..)
        .zip(digits.bytes())
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
