//! Sequences of numbers and of polynomials that are known by name, and linear recurrences.
//!
//! They stand apart because each is one object with a formula, while everything below them is an operation. Numbers are integers and
//! fractions; polynomials are mapped into the ring that is asked for.
//!
//! - [`Recurrence`]: the shortest one of given terms, terms however far away; [`fibonacci`]
//! - polynomials: [`cyclotomic`], [`chebyshev_t`] and [`chebyshev_u`], [`legendre`], [`hermite`], [`laguerre`], [`gegenbauer`], [`jacobi`],
//!   [`bernoulli_polynomial`], [`euler_polynomial`], [`swinnerton_dyer`]
//! - numbers: [`bernoulli_number`], [`euler_number`], [`bell_number`], [`stirling_first`], [`stirling_second`], [`partition_number`], alone
//!   or all at once
//! - [`power_sums`], [`from_power_sums`]: Newton's identities both ways
//! - `images`, `integers`: what they share

mod bell;
mod bernoulli;
mod images;
mod integers;
mod partitions;
mod polynomials;
mod power_sums;
mod recurrence;
mod stirling;

pub(crate) use integers::factorial;

pub use bell::{bell_number, bell_numbers};
pub use bernoulli::{bernoulli_number, bernoulli_numbers, euler_number, euler_numbers};
pub use partitions::{partition_number, partitions};
pub use polynomials::{
    bernoulli_polynomial, chebyshev_t, chebyshev_u, cyclotomic, euler_polynomial, gegenbauer, hermite,
    jacobi, laguerre, legendre, swinnerton_dyer,
};
pub use power_sums::{from_power_sums, power_sums};
pub use recurrence::{Recurrence, fibonacci};
pub use stirling::{stirling_first, stirling_second};
