//! Nobody reads what another branch wrote.
