//! Exact quotients: by constants, by polynomials of the library, and by leading terms in several variables.

use super::{Algebra, Polynomial, Terms};
use crate::failure::{Failure, Outcome};
use monic::ring::Ring;
use std::collections::btree_map::Entry;

/// Long division by the library is taken for sparse polynomials too, up to so many steps: the quotient may be dense.
const DENSE_WORK: u64 = 1 << 24;

impl<R: Ring> Algebra<R> {
    /// The `q` with `q*b == a`.
    ///
    /// # Errors
    /// Where `b` is zero or there is no such `q`.
    pub fn exact_quo(&self, a: Polynomial<R>, b: Polynomial<R>) -> Outcome<Polynomial<R>> {
        if self.is_zero(&b) {
            return Err(Failure::of("division by zero"));
        }
        if let Polynomial::Constant(b) = &b {
            // One inversion for all coefficients, where that rounds nothing.
            if self.ring.is_exact()
                && a.len() > 1
                && let Ok(inverse) = self.ring.try_inverse(b)
            {
                return self.map(a, |c| Ok(self.ring.try_mul(c, &inverse)?));
            }
            return self.map(a, |c| Ok(self.ring.try_exact_quo(c, b)?));
        }
        if self.is_zero(&a) {
            return Ok(a);
        }
        if let (Some((Some(x), m)), Some((Some(y), n))) = (self.univariate(&a), self.univariate(&b))
            && x == y
            && m >= n
        {
            let work = u64::from(m - n + 1) * u64::from(n + 1);
            // Fewer than one in eight coefficients up to the degree are stored.
            let is_sparse = a.len() < m as usize / 8;
            if !is_sparse || work < DENSE_WORK {
                let quotient = self.to_poly(a)?.1.try_exact_quo(&self.to_poly(b)?.1)?;
                return Ok(self.from_poly(x, quotient));
            }
        }
        self.quotient_by_leading_terms(a, b)
    }

    /// Long division in the lexicographic order: every leading term has to divide.
    fn quotient_by_leading_terms(&self, a: Polynomial<R>, b: Polynomial<R>) -> Outcome<Polynomial<R>> {
        let ring = &self.ring;
        let not_exact = || Failure::of("the polynomials do not divide exactly");
        let mut rest = self.to_terms(a)?;
        let divisor = self.to_terms(b)?;
        let Some((leading, divided_by)) = divisor.last_key_value() else {
            return Err(Failure::of("division by zero"));
        };
        let mut quotient = Terms::<R>::new();
        while let Some((top, c)) = rest.last_key_value() {
            let monomial = top.over(leading).ok_or_else(not_exact)?;
            let c = ring.try_exact_quo(c, divided_by)?;
            for (m, d) in &divisor {
                let value = ring.try_neg(&ring.try_mul(&c, d)?)?;
                match rest.entry(m.times(&monomial)?) {
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                    }
                    Entry::Occupied(mut entry) => {
                        let sum = ring.try_add(entry.get(), &value)?;
                        // The leading terms cancel, up to rounding over floats.
                        if ring.is_zero(&sum) || entry.key() == &monomial.times(leading)? {
                            entry.remove();
                        } else {
                            entry.insert(sum);
                        }
                    }
                }
            }
            quotient.insert(monomial, c);
            self.hold_terms((quotient.len() + rest.len()) as u64)?;
        }
        Ok(self.from_terms(quotient))
    }
}
