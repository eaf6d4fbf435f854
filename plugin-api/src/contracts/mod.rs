//! Contracts between plugins: versioned names with the types that go in and come out.

pub mod accounts;
pub mod inventory;
pub mod keys;
pub mod ledger;
pub mod licences;
pub mod people;
pub mod timeline;
pub mod updates;

use std::marker::PhantomData;

/// A service by name, asked with `Q`, answered with `A`.
#[derive(Debug)]
pub struct Contract<Q, A> {
    /// Versioned name, `<area>.<verb>.v<N>`.
    pub name: &'static str,
    types: PhantomData<fn(Q) -> A>,
}

impl<Q, A> Contract<Q, A> {
    /// The contract called `name`.
    pub const fn new(name: &'static str) -> Self {
        Self { name, types: PhantomData }
    }
}
