//! Sums, differences and negatives: `a` is changed in place, so that a line of a million terms is read in linear time.

use super::{Algebra, Polynomial, Terms};
use crate::failure::Outcome;
use monic::Poly;
use monic::ring::Ring;
use std::collections::btree_map::Entry;

impl<R: Ring> Algebra<R> {
    /// `a + b`.
    pub fn add(&self, a: Polynomial<R>, b: Polynomial<R>) -> Outcome<Polynomial<R>> {
        self.combine(a, b, false)
    }

    /// `a - b`.
    pub fn sub(&self, a: Polynomial<R>, b: Polynomial<R>) -> Outcome<Polynomial<R>> {
        self.combine(a, b, true)
    }

    /// `-a`.
    pub fn neg(&self, a: Polynomial<R>) -> Outcome<Polynomial<R>> {
        self.map(a, |c| Ok(self.ring.try_neg(c)?))
    }

    /// Every coefficient replaced; zero has to go to zero.
    pub fn map(
        &self,
        a: Polynomial<R>,
        f: impl Fn(&R::Element) -> Outcome<R::Element>,
    ) -> Outcome<Polynomial<R>> {
        match a {
            Polynomial::Constant(c) => Ok(Polynomial::Constant(f(&c)?)),
            Polynomial::Dense(name, poly) => {
                let coefficients = poly.iter().map(f).collect::<Outcome<_>>()?;
                Ok(self.from_poly(name, Poly::from_vec(self.ring.clone(), coefficients)))
            }
            Polynomial::Sparse(mut terms) => {
                for c in terms.values_mut() {
                    *c = f(c)?;
                }
                Ok(self.from_terms(terms))
            }
        }
    }

    /// `a + b`, or `a - b` with `minus`.
    fn combine(&self, a: Polynomial<R>, b: Polynomial<R>, minus: bool) -> Outcome<Polynomial<R>> {
        let ring = &self.ring;
        let both =
            |a: &R::Element, b: &R::Element| if minus { ring.try_sub(a, b) } else { ring.try_add(a, b) };
        let alone = |b: R::Element| if minus { ring.try_neg(&b) } else { Ok(b) };
        match (a, b) {
            (Polynomial::Constant(a), Polynomial::Constant(b)) => Ok(Polynomial::Constant(both(&a, &b)?)),
            (Polynomial::Dense(x, f), Polynomial::Dense(y, g)) if x == y => {
                let mut sum = f.into_coefficients();
                let mut rest = g.into_coefficients().into_iter();
                for (a, b) in sum.iter_mut().zip(&mut rest) {
                    *a = both(a, &b)?;
                }
                for b in rest {
                    sum.push(alone(b)?);
                }
                Ok(self.from_poly(x, Poly::from_vec(ring.clone(), sum)))
            }
            (Polynomial::Dense(x, f), b) if b.len() < f.len() && self.joins(&b, &x, f.len()) => {
                let mut sum = f.into_coefficients();
                for (monomial, c) in self.to_terms(b)? {
                    let k = monomial.exponent(&x) as usize;
                    if k >= sum.len() {
                        sum.resize(k + 1, ring.zero());
                    }
                    sum[k] = both(&sum[k], &c)?;
                }
                Ok(self.from_poly(x, Poly::from_vec(ring.clone(), sum)))
            }
            (a, Polynomial::Dense(x, g)) if self.joins(&a, &x, g.len()) => {
                let (_, f) = self.to_poly(a)?;
                let sum = if minus { f.try_sub(&g)? } else { f.try_add(&g)? };
                Ok(self.from_poly(x, sum))
            }
            (a, b) => {
                let mut sum = self.to_terms(a)?;
                for (monomial, c) in self.to_terms(b)? {
                    match sum.entry(monomial) {
                        Entry::Vacant(entry) => {
                            entry.insert(alone(c)?);
                        }
                        Entry::Occupied(mut entry) => {
                            let value = both(entry.get(), &c)?;
                            if ring.is_zero(&value) {
                                entry.remove();
                            } else {
                                entry.insert(value);
                            }
                        }
                    }
                }
                self.settle(sum)
            }
        }
    }

    /// Whether `b` is in `x` alone, with a degree that a dense polynomial of that length takes in for little.
    fn joins(&self, b: &Polynomial<R>, x: &str, len: usize) -> bool {
        match self.univariate(b) {
            Some((None, _)) => true,
            Some((Some(name), degree)) => *name == *x && degree as usize <= 2 * len + 64,
            None => false,
        }
    }

    /// Terms in the form that suits them: the library's, where they are in one variable and dense enough. That is
    /// looked at only when their number is a power of two, so that it costs a constant a term.
    fn settle(&self, terms: Terms<R>) -> Outcome<Polynomial<R>> {
        let len = terms.len();
        let f = self.from_nonzero(terms);
        if len < 32 || !len.is_power_of_two() {
            return Ok(f);
        }
        self.hold_terms(len as u64)?;
        self.densify(f)
    }

    /// The same polynomial in the library's form, where it is in one variable and at least an eighth full.
    pub(super) fn densify(&self, f: Polynomial<R>) -> Outcome<Polynomial<R>> {
        match self.univariate(&f) {
            Some((Some(name), degree)) if degree as usize / 8 < f.len() => {
                Ok(Polynomial::Dense(name, self.to_poly(f)?.1))
            }
            _ => Ok(f),
        }
    }
}
