//! Generating functions of combinatorial structures: how many there are of each size, `sum of a(n)*x^n` ([`Ogf`]) or, with labels, `sum of a(n)*x^n/n!` ([`Egf`]).
//!
//! They stand apart from power series because what they do is said in the words of what is counted: a pair is a product, a choice is a sum, a sequence of `A`
//! is `1/(1 - A)`, a set of labelled `A` is `exp A`, a tree is a solution of `T = x*phi(T)`. Everything is a few operations of [`Series`], hence quasi-linear in the order unless
//! it says otherwise; bringing counts over factorials to lowest terms takes a gcd each.
//!
//! - [`Ogf`], [`Egf`]: the two types, their coefficients, the way from one to the other
//! - `shared`: what both have, sum and product, sequence, composition, pointing, equations
//! - `unlabelled`, `labelled`: sets, multisets and cycles
//! - `outer`: the power series that a number of components stands for
//! - `newton`: equations `T = H(T)`
//!
//! # Source
//! P. Flajolet, R. Sedgewick, "Analytic Combinatorics", 2009, part A, from where the names are, too.
//!
//! # Invariants
//! An `Ogf` has integers, an `Egf` rationals `a(n)/n!`; what is known of them is the order of the series, and no result claims more.

mod egf;
mod labelled;
mod newton;
mod ogf;
mod outer;
mod shared;
#[cfg(test)]
mod tests;
mod unlabelled;

pub use egf::Egf;
pub use ogf::Ogf;

use crate::ring::{Ring, Style};
use crate::{Error, Result, Series, limit};
use num_bigint::BigInt;
use std::fmt;

/// What is made of components, to the order that is known: refused where even the places for the coefficients are over the limit, and where there are
/// components of size 0, because then there are infinitely many structures of one size.
fn made_of<R: Ring>(
    what: &str,
    components: &Series<R>,
    order: usize,
    make: impl FnOnce() -> Result<Series<R>>,
) -> Result<Series<R>> {
    checked(order)?;
    match components.coefficient(0) {
        _ if order == 0 => Ok(Series::from_vec(components.ring().clone(), Vec::new(), 0)),
        Some(count) if !components.ring().is_zero(&count) => {
            let count = Element(components.ring(), &count);
            Err(Error::undefined(format!("{what} of components of size 0, of which there are {count}")))
        }
        _ => make()?.truncate(order),
    }
}

/// Refuses an order of which not even the places for the coefficients are within the limit.
fn checked(order: usize) -> Result<()> {
    limit::check(order as u64, 8 * size_of::<BigInt>() as u64)
}

/// An element as text.
struct Element<'a, R: Ring>(&'a R, &'a R::Element);

impl<R: Ring> fmt::Display for Element<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_element(self.1, Style::Plain, f)
    }
}
