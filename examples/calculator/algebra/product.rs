//! Products: by the library in one variable, by Kronecker substitution or term by term in several.
//!
//! Kronecker substitution writes the exponents of one monomial as the digits of one exponent, each digit with room
//! for the sum of two: `x^a*y^b -> t^(a*D + b)` where `D` is one more than the degree of the product in `y`.

use super::{Algebra, Monomial, Name, Polynomial, Terms};
use crate::failure::Outcome;
use monic::Poly;
use monic::ring::Ring;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Term by term below this fraction of the dense length.
const SPARSE: u64 = 8;

/// Pairs of terms up to which term by term is tried where the dense form is over the limits.
const MAX_PAIRS: u64 = 1 << 26;

/// The variables of a dense box, each with its length: exponents are below it.
pub(super) struct Frame(Vec<(Name, u64)>);

impl Frame {
    /// The box that holds every monomial whose exponents are at most those listed.
    pub fn new(degrees: impl IntoIterator<Item = (Name, u64)>) -> Self {
        Frame(degrees.into_iter().map(|(name, degree)| (name, degree.saturating_add(1))).collect())
    }

    /// How many monomials it holds.
    pub fn len(&self) -> u64 {
        self.0.iter().fold(1, |len, (_, size)| len.saturating_mul(*size))
    }

    /// The place of a monomial.
    fn index(&self, monomial: &Monomial) -> usize {
        let mut factors = monomial.factors().peekable();
        self.0.iter().fold(0, |index, (name, size)| {
            let exponent = factors.next_if(|(own, _)| own == name).map_or(0, |(_, k)| *k as usize);
            index * *size as usize + exponent
        })
    }

    /// The monomial at a place.
    fn monomial(&self, mut index: usize) -> Monomial {
        let mut factors: Vec<(Name, u32)> = Vec::with_capacity(self.0.len());
        for (name, size) in self.0.iter().rev() {
            factors.push((name.clone(), (index % *size as usize) as u32));
            index /= *size as usize;
        }
        Monomial::product(factors.into_iter().rev())
    }
}

impl<R: Ring> Algebra<R> {
    /// `a * b`.
    pub fn mul(&self, a: Polynomial<R>, b: Polynomial<R>) -> Outcome<Polynomial<R>> {
        match (a, b) {
            (Polynomial::Constant(c), f) => self.map(f, |b| Ok(self.ring.try_mul(&c, b)?)),
            (f, Polynomial::Constant(c)) => self.map(f, |a| Ok(self.ring.try_mul(a, &c)?)),
            (Polynomial::Dense(x, f), Polynomial::Dense(y, g)) if x == y => self.dense_product(x, &f, &g),
            (a, b) => self.general_product(a, b),
        }
    }

    fn dense_product(&self, x: Name, f: &Poly<R>, g: &Poly<R>) -> Outcome<Polynomial<R>> {
        self.hold((f.len() + g.len()) as u64 - 1, 0.0)?;
        // The library takes the square where both operands are one and the same.
        let product = if f == g { f.try_mul(f)? } else { f.try_mul(g)? };
        Ok(self.from_poly(x, product))
    }

    fn general_product(&self, a: Polynomial<R>, b: Polynomial<R>) -> Outcome<Polynomial<R>> {
        let pairs = a.len() as u64 * b.len() as u64;
        let frame = self.frame([(&a, 1), (&b, 1)]);
        let is_dense = pairs > 64 && frame.len() / SPARSE < pairs;
        if is_dense && (self.hold(frame.len(), 0.0).is_ok() || pairs > MAX_PAIRS) {
            self.hold(frame.len(), 0.0)?;
            let f = self.pack(a, &frame)?;
            let g = self.pack(b, &frame)?;
            return self.unpack(f.try_mul(&g)?, &frame);
        }
        let (a, b) = (self.to_terms(a)?, self.to_terms(b)?);
        let mut product = Terms::<R>::new();
        for (m, c) in &a {
            for (n, d) in &b {
                let value = self.ring.try_mul(c, d)?;
                match product.entry(m.times(n)?) {
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                    }
                    Entry::Occupied(mut entry) => {
                        let sum = self.ring.try_add(entry.get(), &value)?;
                        entry.insert(sum);
                    }
                }
            }
            self.hold_terms(product.len() as u64)?;
        }
        self.densify(self.from_terms(product))
    }

    /// The box of a product of powers.
    pub(super) fn frame<const N: usize>(&self, factors: [(&Polynomial<R>, u64); N]) -> Frame {
        let mut degrees = BTreeMap::<Name, u64>::new();
        for (f, n) in factors {
            for (name, degree) in self.degrees(f) {
                let sum = degrees.entry(name).or_default();
                *sum = sum.saturating_add(u64::from(degree).saturating_mul(n));
            }
        }
        Frame::new(degrees)
    }

    /// The degree in each variable.
    fn degrees(&self, f: &Polynomial<R>) -> BTreeMap<Name, u32> {
        match f {
            Polynomial::Constant(_) => Default::default(),
            Polynomial::Dense(name, poly) => [(name.clone(), poly.len() as u32 - 1)].into(),
            Polynomial::Sparse(terms) => {
                let mut degrees = BTreeMap::<Name, u32>::new();
                for (name, k) in terms.keys().flat_map(Monomial::factors) {
                    match degrees.get_mut(name) {
                        Some(degree) => *degree = (*degree).max(*k),
                        None => {
                            degrees.insert(name.clone(), *k);
                        }
                    }
                }
                degrees
            }
        }
    }

    /// The image of `f` in one variable.
    pub(super) fn pack(&self, f: Polynomial<R>, frame: &Frame) -> Outcome<Poly<R>> {
        let terms = self.to_terms(f)?;
        let len = terms.keys().map(|monomial| frame.index(monomial) + 1).max().unwrap_or(0);
        self.hold(len as u64, 0.0)?;
        let mut packed = vec![self.ring.zero(); len];
        for (monomial, c) in terms {
            packed[frame.index(&monomial)] = c;
        }
        Ok(Poly::from_vec(self.ring.clone(), packed))
    }

    /// The polynomial whose image is `f`.
    pub(super) fn unpack(&self, f: Poly<R>, frame: &Frame) -> Outcome<Polynomial<R>> {
        if let [(name, _)] = frame.0.as_slice() {
            return Ok(self.from_poly(name.clone(), f));
        }
        let stored = f.iter().filter(|c| !self.ring.is_zero(c)).count();
        self.hold_terms(stored as u64)?;
        let terms = f.into_coefficients().into_iter().enumerate();
        let terms =
            terms.filter(|(_, c)| !self.ring.is_zero(c)).map(|(k, c)| (frame.monomial(k), c)).collect();
        Ok(self.from_nonzero(terms))
    }
}
