//! [`Plain`]: series as sequences of elements, on the products of the ring.
//!
//! It stands apart from the trait because it is one of two forms; every ring has it, and those whose elements have one size nothing better. Memory of series
//! that are given back is used again: fresh memory of the system costs as much as a part of a transform.

use super::{
    arithmetic::{Arithmetic, Part, Pick, Rows},
    numbers::Numbers,
};
use crate::{
    Result,
    convolution::{Want, tuning},
    ring::{Prepared, Ring},
};
use std::{cell::RefCell, ops::Range};

/// Series as sequences of elements, on the products of the ring.
#[derive(Debug)]
pub(crate) struct Plain<'a, R: Ring> {
    ring: &'a R,
    base: usize,
    numbers: RefCell<Numbers<R::Element>>,
    /// Memory of series that were given back.
    pool: RefCell<Vec<Vec<R::Element>>>,
}

/// Vectors that are kept to be used again.
const POOL: usize = 4;

impl<'a, R: Ring> Plain<'a, R> {
    pub(crate) fn new(ring: &'a R) -> Self {
        Self::with_base(ring, tuning::SERIES_BASE)
    }

    /// The same for a ring that finds so many coefficients one by one.
    pub(super) fn with_base(ring: &'a R, base: usize) -> Self {
        Plain { ring, base, numbers: RefCell::new(Numbers::new()), pool: RefCell::new(Vec::new()) }
    }

    /// A vector with any elements in it.
    fn vector(&self) -> Vec<R::Element> {
        self.pool.borrow_mut().pop().unwrap_or_default()
    }

    fn padded(&self, mut f: Vec<R::Element>, n: usize) -> Vec<R::Element> {
        f.resize(n, self.ring.zero());
        f
    }
}

/// A factor of several products; prepared where the order of factors does not matter.
pub(crate) enum Multiplier<R: Ring> {
    Plain(Vec<R::Element>),
    Prepared(Prepared<R>),
}

impl<R: Ring> Multiplier<R> {
    fn coefficients(&self) -> &[R::Element] {
        match self {
            Multiplier::Plain(f) => f,
            Multiplier::Prepared(f) => f.coefficients(),
        }
    }
}

impl<R: Ring> Arithmetic for Plain<'_, R> {
    type Ring = R;
    type Series = Vec<R::Element>;
    type Factor = Multiplier<R>;

    fn ring(&self) -> &R {
        self.ring
    }

    fn base(&self) -> usize {
        self.base
    }

    fn read(&self, f: &[R::Element]) -> Result<Vec<R::Element>> {
        Ok(f.to_vec())
    }

    fn read_vec(&self, f: Vec<R::Element>) -> Result<Vec<R::Element>> {
        Ok(f)
    }

    fn write(&self, f: Vec<R::Element>) -> Vec<R::Element> {
        f
    }

    fn len(&self, f: &Vec<R::Element>) -> usize {
        f.len()
    }

    fn coefficient(&self, f: &Vec<R::Element>, k: usize) -> R::Element {
        f.get(k).cloned().unwrap_or_else(|| self.ring.zero())
    }

    fn terms(&self, f: &Vec<R::Element>) -> usize {
        f.iter().filter(|c| !self.ring.is_zero(c)).count()
    }

    fn part(&self, f: &Vec<R::Element>, range: Range<usize>) -> Result<Vec<R::Element>> {
        let end = range.end.min(f.len());
        Ok(f[range.start.min(end)..end].to_vec())
    }

    fn join(&self, low: Vec<R::Element>, at: usize, high: Vec<R::Element>) -> Result<Vec<R::Element>> {
        debug_assert!(low.len() <= at, "the parts do not overlap");
        let mut f = self.padded(low, at);
        let mut high = high;
        f.append(&mut high);
        self.recycle(high);
        Ok(f)
    }

    fn gather(&self, f: &Vec<R::Element>, n: usize, pick: impl Fn(usize) -> Pick) -> Result<Vec<R::Element>> {
        (0..n)
            .map(|k| match pick(k) {
                Pick::At(i) if i < f.len() => Ok(f[i].clone()),
                _ => Ok(self.ring.zero()),
            })
            .collect()
    }

    fn sub(&self, mut f: Vec<R::Element>, g: &Vec<R::Element>) -> Result<Vec<R::Element>> {
        let common = f.len().min(g.len());
        for (x, y) in f.iter_mut().zip(g) {
            *x = self.ring.try_sub(x, y)?;
        }
        for y in &g[common..] {
            f.push(self.ring.try_neg(y)?);
        }
        Ok(f)
    }

    fn neg(&self, mut f: Vec<R::Element>) -> Result<Vec<R::Element>> {
        for x in &mut f {
            *x = self.ring.try_neg(x)?;
        }
        Ok(f)
    }

    fn scale(&self, mut f: Vec<R::Element>, c: &R::Element) -> Result<Vec<R::Element>> {
        for x in &mut f {
            *x = self.ring.try_mul(c, x)?;
        }
        Ok(f)
    }

    fn times_numbers(&self, mut f: Vec<R::Element>, first: usize) -> Result<Vec<R::Element>> {
        let mut number = self.ring.try_from_integer(first.into())?;
        for (k, x) in f.iter_mut().enumerate() {
            if k > 0 {
                number = self.ring.try_add(&number, &self.ring.one())?;
            }
            *x = self.ring.try_mul(&number, x)?;
        }
        Ok(f)
    }

    fn over_numbers(&self, mut f: Vec<R::Element>, first: usize) -> Result<Vec<R::Element>> {
        if f.is_empty() {
            return Ok(f);
        }
        let mut numbers = self.numbers.borrow_mut();
        numbers.reserve(self.ring, first + f.len())?;
        let skipped = usize::from(first == 0).min(f.len());
        f[..skipped].fill(self.ring.zero());
        let (first, rest) = (first + skipped, &mut f[skipped..]);
        match numbers.inverses.get(first - 1..first - 1 + rest.len()) {
            Some(inverses) => {
                for (x, inverse) in rest.iter_mut().zip(inverses) {
                    *x = self.ring.try_mul(x, inverse)?;
                }
            }
            None => {
                for (k, x) in rest.iter_mut().enumerate() {
                    *x = numbers.divide(self.ring, x, first + k)?;
                }
            }
        }
        Ok(f)
    }

    fn add_part(&self, mut f: Vec<R::Element>, g: Part<'_, Vec<R::Element>>) -> Result<Vec<R::Element>> {
        let g = g.as_slice();
        let common = f.len().min(g.len());
        for (x, y) in f.iter_mut().zip(g) {
            *x = self.ring.try_add(x, y)?;
        }
        f.extend_from_slice(&g[common..]);
        Ok(f)
    }

    fn multiply(
        &self,
        f: Part<'_, Vec<R::Element>>,
        g: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        let (n, mut out) = (window.len(), self.vector());
        self.ring.convolve_into(f.as_slice(), g.as_slice(), &Want::range(window), &mut out)?;
        Ok(self.padded(out, n))
    }

    fn factor(
        &self,
        f: Vec<R::Element>,
        like: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Multiplier<R>> {
        if !self.ring.is_commutative() || f.len() <= tuning::SERIES_BASE {
            return Ok(Multiplier::Plain(f));
        }
        self.ring.prepare(f, like.as_slice(), &Want::range(window)).map(Multiplier::Prepared)
    }

    fn after(
        &self,
        f: &Multiplier<R>,
        g: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        let (n, want, mut out) = (window.len(), Want::range(window), self.vector());
        match f {
            Multiplier::Plain(f) => self.ring.convolve_into(g.as_slice(), f, &want, &mut out)?,
            Multiplier::Prepared(f) => self.ring.convolve_prepared_into(f, g.as_slice(), &want, &mut out)?,
        }
        Ok(self.padded(out, n))
    }

    fn before(
        &self,
        f: &Multiplier<R>,
        g: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        match f {
            Multiplier::Plain(f) => self.multiply(Part::whole(f), g, window),
            Multiplier::Prepared(_) => self.after(f, g, window),
        }
    }

    fn unfactor(&self, f: Multiplier<R>) -> Vec<R::Element> {
        match f {
            Multiplier::Plain(f) => f,
            Multiplier::Prepared(f) => f.into_coefficients(),
        }
    }

    fn arrange(&self, n: usize, parts: &[(&Vec<R::Element>, Rows)]) -> Result<Vec<R::Element>> {
        let mut out = vec![self.ring.zero(); n];
        for &(f, rows) in parts {
            rows.copy(f, &mut out, |x| self.ring.try_neg(x))?;
        }
        Ok(out)
    }

    fn share(&self, f: Vec<R::Element>, like: usize, window: Range<usize>) -> Result<Multiplier<R>> {
        if !self.ring.is_commutative() || self.ring.grows() || f.len() <= tuning::SERIES_BASE {
            return Ok(Multiplier::Plain(f));
        }
        let like = vec![self.ring.zero(); like];
        self.ring.prepare(f, &like, &Want::range(window)).map(Multiplier::Prepared)
    }

    fn dot(
        &self,
        pairs: &[(&Multiplier<R>, &Multiplier<R>)],
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        let (n, want) = (window.len(), Want::range(window));
        let prepared: Option<Vec<_>> = pairs
            .iter()
            .map(|pair| match pair {
                (Multiplier::Prepared(f), Multiplier::Prepared(g)) => Some((f, g)),
                _ => None,
            })
            .collect();
        let sum = match prepared {
            Some(pairs) => self.ring.convolve_prepared_sum(&pairs, &want),
            None => {
                let pairs: Vec<_> = pairs.iter().map(|(f, g)| (f.coefficients(), g.coefficients())).collect();
                match pairs[..] {
                    [(f, g)] => self.ring.convolve(f, g, &want),
                    _ => self.ring.convolve_sum(&pairs, &want),
                }
            }
        };
        Ok(self.padded(sum?, n))
    }

    fn combinations(
        &self,
        f: &Vec<R::Element>,
        rows: &[Vec<R::Element>],
        lengths: &[usize],
    ) -> Result<Vec<Vec<R::Element>>> {
        let rows: Vec<&[R::Element]> = rows.iter().map(Vec::as_slice).collect();
        f.chunks(rows.len())
            .zip(lengths)
            .map(|(part, &n)| self.ring.linear_combination(part, &rows[..part.len()], n))
            .collect()
    }

    fn coefficients_of_products(
        &self,
        f: &Vec<R::Element>,
        rows: &[Vec<R::Element>],
        first: usize,
    ) -> Result<Vec<R::Element>> {
        rows.iter().enumerate().map(|(i, row)| self.ring.coefficient_of_product(f, row, first + i)).collect()
    }

    fn reserve(&self, mut f: Vec<R::Element>, n: usize) -> Vec<R::Element> {
        f.reserve_exact(n.saturating_sub(f.len()));
        f
    }

    fn recycle(&self, f: Vec<R::Element>) {
        let mut pool = self.pool.borrow_mut();
        if pool.len() < POOL && f.capacity() > 0 {
            // The one with the most room last, where it is taken first.
            let place = pool.partition_point(|other| other.capacity() <= f.capacity());
            pool.insert(place, f);
        }
    }
}
