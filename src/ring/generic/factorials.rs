//! The images of `0, 1, 2, ...`, their factorials `k!` and the inverses `1/k!` of these.
//!
//! They stand apart because shifts of polynomials, of sampling points and changes of basis all begin with them.

use super::chains::{inverses, products};
use crate::{Result, ring::Ring};

/// The images of `0..n`.
///
/// # Errors
/// Kind overflow in partial rings.
pub fn numbers<R: Ring>(ring: &R, n: usize) -> Result<Vec<R::Element>> {
    let mut numbers = Vec::with_capacity(n);
    let mut next = ring.zero();
    for k in 0..n {
        if k > 0 {
            next = ring.try_add(&next, &ring.one())?;
        }
        numbers.push(next.clone());
    }
    Ok(numbers)
}

/// Factorials and their inverses.
#[derive(Clone, Debug)]
pub struct Factorials<R: Ring> {
    /// `k!`
    pub values: Vec<R::Element>,
    /// `1/k!`
    pub inverses: Vec<R::Element>,
}

/// Those of `0..n`.
///
/// # Errors
/// Kind undefined where one of the numbers is no unit, with the factor that it shares with a modulus; kind
/// unsupported where the ring knows no inverse; kind overflow in partial rings.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::factorials};
/// let of = factorials::factorials(&Zmod::new(7), 4)?;
/// assert_eq!((of.values, of.inverses), (vec![1, 1, 2, 6], vec![1, 1, 4, 6]));
/// assert_eq!(factorials::factorials(&Zmod::new(9), 4).unwrap_err().factor(), Some(&3.into()));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn factorials<R: Ring>(ring: &R, n: usize) -> Result<Factorials<R>> {
    let numbers = numbers(ring, n)?;
    let mut factors = numbers.clone();
    if let Some(first) = factors.first_mut() {
        *first = ring.one();
    }
    let values = products(ring, factors)?;
    let mut inverses = match values.last().map(|last| ring.try_inverse(last)) {
        None => Vec::new(),
        Some(Ok(inverse)) => {
            let mut factors = vec![inverse];
            factors.extend(numbers[1..].iter().rev().cloned());
            products(ring, factors)?
        }
        // The first number that has none says why.
        Some(Err(error)) => return Err(inverses(ring, &numbers[1..]).err().unwrap_or(error)),
    };
    inverses.reverse();
    Ok(Factorials { values, inverses })
}
