//! The images of `0, 1, 2, ...`, their factorials `k!` and the inverses `1/k!` of these.
//!
//! They stand apart because shifts of polynomials, of sampling points and changes of basis all begin with them.

use super::points::inverses;
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
/// Kind undefined where one of the numbers is no unit, with the factor that it shares with a modulus; kind unsupported where the ring knows no
/// inverse; kind overflow in partial rings.
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
    let mut values = Vec::with_capacity(n);
    let mut last = ring.one();
    for (k, number) in numbers.iter().enumerate() {
        if k > 0 {
            last = ring.try_mul(&last, number)?;
        }
        values.push(last.clone());
    }
    let mut inverse = match ring.try_inverse(&last) {
        Ok(inverse) => inverse,
        // The first number that has none says why.
        Err(error) => {
            let of_numbers = inverses(ring, numbers.get(1..).unwrap_or_default());
            return Err(of_numbers.err().unwrap_or(error));
        }
    };
    let mut inverses = Vec::with_capacity(n);
    for number in numbers.iter().rev() {
        inverses.push(inverse.clone());
        inverse = ring.try_mul(&inverse, number)?;
    }
    inverses.reverse();
    Ok(Factorials { values, inverses })
}
