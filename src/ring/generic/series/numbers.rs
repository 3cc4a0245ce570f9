//! Quotients by the images of `1, 2, 3, ...`, which integrals take, and what is said where one of them is no unit.
//!
//! They stand apart because residues have a table of inverses, and elements that grow are divided one by one.

use crate::{Error, Result, ring::Ring};

/// Why the coefficient of `x^k` of a result is not defined: it would have to be divided by `k`.
#[cold]
pub(crate) fn no_quotient<R: Ring>(ring: &R, k: usize, why: &Error) -> Error {
    no_quotient_by(ring, k, k, why)
}

/// The same of a coefficient that would have to be divided by another number.
#[cold]
pub(super) fn no_quotient_by<R: Ring>(ring: &R, k: usize, number: usize, why: &Error) -> Error {
    let message = format!(
        "the coefficient of x^{k} would have to be divided by {number}, which is not possible in {ring:?}"
    );
    Error::new(why.kind(), message).with_factor_of(why)
}

/// Quotients by the images of `1, 2, 3, ...`.
#[derive(Clone, Debug)]
pub(crate) struct Numbers<E> {
    /// `1/k` from 1 on, where elements have one size.
    pub(super) inverses: Vec<E>,
}

impl<E> Numbers<E> {
    pub(crate) fn new() -> Self {
        Numbers { inverses: Vec::new() }
    }

    /// Those below `n`.
    ///
    /// # Errors
    /// That of [`no_quotient`] for the first that is no unit.
    pub(crate) fn below<R: Ring<Element = E>>(ring: &R, n: usize) -> Result<Self>
    where
        E: Clone,
    {
        let mut numbers = Self::new();
        numbers.reserve(ring, n)?;
        Ok(numbers)
    }

    /// Makes ready for quotients by numbers below `n`.
    ///
    /// # Errors
    /// That of [`no_quotient`] for the first that is no unit.
    pub(super) fn reserve<R: Ring<Element = E>>(&mut self, ring: &R, n: usize) -> Result<()>
    where
        E: Clone,
    {
        let known = self.inverses.len();
        if ring.grows() || !ring.is_exact() || n <= known + 1 {
            return Ok(());
        }
        ring.extend_inverses(&mut self.inverses, n).map_err(|error| {
            let unit =
                |k: &usize| ring.try_from_integer((*k).into()).and_then(|k| ring.try_inverse(&k)).is_ok();
            no_quotient(ring, (known + 1..n).find(|k| !unit(k)).unwrap_or(known + 1), &error)
        })
    }

    /// `c/k`, for `k > 0` below what was [reserved](Self::reserve).
    ///
    /// # Errors
    /// That of [`no_quotient`].
    pub(crate) fn divide<R: Ring<Element = E>>(&self, ring: &R, c: &E, k: usize) -> Result<E> {
        match self.inverses.get(k - 1) {
            Some(inverse) => ring.try_mul(c, inverse),
            None => {
                let number = ring.try_from_integer(k.into())?;
                ring.try_exact_quo(c, &number).map_err(|error| no_quotient(ring, k, &error))
            }
        }
    }
}
