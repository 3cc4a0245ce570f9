//! Sums of `x^shift * sum of c x^e M(x)^m` over terms `(m, e, c)`, by Horner's rule in a short `M`.
//!
//! It stands apart because it is where pools spend their time, and has three carriers: words (`u64`, `u128`) where every
//! number of ways fits one; rows of limbs, which neither allocate nor carry from coefficient to coefficient; and the
//! engine's products, by halves, where the powers are long.
//!
//! A product by an `M` of equal weights without gaps, which a fair die has, is a sum over a sliding window: two additions
//! a coefficient, however many faces.
//!
//! # Invariants
//! All numbers are counts out of a whole below `2^bits`, and so are all that occur here: no row overflows.

use super::super::composition;
use super::count::Count;
use crate::Result;
use crate::integer::IntegerVec;
use crate::poly::Poly;
use crate::ring::ZZ;
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive};

/// `c x^exponent M^power`.
pub(super) struct Term<N> {
    pub(super) power: usize,
    pub(super) exponent: usize,
    pub(super) coefficient: N,
}

/// `M = sum of w x^(f - origin)` over faces `f > origin`, ascending.
pub(super) struct Factor<'a, N> {
    pub(super) faces: &'a [(usize, N)],
    pub(super) origin: usize,
}

impl<N> Factor<'_, N> {
    fn degree(&self) -> usize {
        self.faces.last().map_or(0, |(face, _)| face - self.origin)
    }

    /// The exponents of `M`, where all its coefficients are 1 and none is missing between them.
    fn window(&self, is_one: impl Fn(&N) -> bool) -> Option<(usize, usize)> {
        let first = self.faces.first()?.0 - self.origin;
        let len = self.faces.len();
        (self.degree() - first + 1 == len && self.faces.iter().all(|(_, w)| is_one(w)))
            .then_some((first, len))
    }
}

/// What terms are added to.
pub(super) trait Sum<N> {
    /// Adds the terms, whose powers descend.
    fn add(&mut self, shift: usize, terms: &[Term<N>], factor: Factor<'_, N>) -> Result<()>;
    /// All coefficients.
    fn finish(self) -> Vec<BigInt>;
}

/// A coefficient a word.
pub(super) struct Words<N> {
    out: Vec<N>,
    value: Vec<N>,
    next: Vec<N>,
}

impl<N: Count> Words<N> {
    pub(super) fn new(len: usize) -> Self {
        Words { out: vec![N::small(0); len], value: Vec::with_capacity(len), next: Vec::with_capacity(len) }
    }
}

impl<N: Count + Copy + PartialEq> Sum<N> for Words<N> {
    fn add(&mut self, shift: usize, terms: &[Term<N>], factor: Factor<'_, N>) -> Result<()> {
        let Some(first) = terms.first() else { return Ok(()) };
        let factor = if first.power == 0 { Factor { faces: &[], ..factor } } else { factor };
        let window = factor.window(|w| *w == N::small(1));
        let mut power = first.power;
        self.value.clear();
        for term in terms {
            for _ in term.power..power {
                self.multiply(&factor, window);
            }
            power = term.power;
            if self.value.len() <= term.exponent {
                self.value.resize(term.exponent + 1, N::small(0));
            }
            self.value[term.exponent] = self.value[term.exponent].plus(&term.coefficient);
        }
        for _ in 0..power {
            self.multiply(&factor, window);
        }
        for (out, value) in self.out[shift..].iter_mut().zip(&self.value) {
            *out = out.plus(value);
        }
        Ok(())
    }

    fn finish(self) -> Vec<BigInt> {
        self.out.into_iter().map(Count::into_bigint).collect()
    }
}

impl<N: Count + Copy> Words<N> {
    fn multiply(&mut self, factor: &Factor<'_, N>, window: Option<(usize, usize)>) {
        let value = &self.value;
        self.next.clear();
        if let Some((first, len)) = window {
            self.next.resize(first, N::small(0));
            let mut sum = N::small(0);
            for (k, entering) in value.iter().enumerate() {
                sum = sum.plus(entering);
                if k >= len {
                    sum = sum.minus(&value[k - len]);
                }
                self.next.push(sum);
            }
            for k in value.len()..value.len() + len - 1 {
                if k >= len {
                    sum = sum.minus(&value[k - len]);
                }
                self.next.push(sum);
            }
        } else {
            self.next.resize(value.len() + factor.degree(), N::small(0));
            for (face, weight) in factor.faces {
                for (out, value) in self.next[face - factor.origin..].iter_mut().zip(value) {
                    *out = out.plus(&value.times(weight));
                }
            }
        }
        std::mem::swap(&mut self.value, &mut self.next);
    }
}

/// A coefficient a row of limbs, wide enough for a sign that is never there.
pub(super) struct Rows {
    width: usize,
    out: Vec<u64>,
    value: Vec<u64>,
    next: Vec<u64>,
}

impl Rows {
    pub(super) fn new(len: usize, bits: u64) -> Self {
        let width = (bits / 64 + 1) as usize;
        Rows { width, out: vec![0; len * width], value: Vec::new(), next: Vec::new() }
    }
}

impl Sum<BigInt> for Rows {
    fn add(&mut self, shift: usize, terms: &[Term<BigInt>], factor: Factor<'_, BigInt>) -> Result<()> {
        let Some(first) = terms.first() else { return Ok(()) };
        let factor = if first.power == 0 { Factor { faces: &[], ..factor } } else { factor };
        let window = factor.window(BigInt::is_one);
        let weights: Vec<_> = factor
            .faces
            .iter()
            .map(|(face, weight)| {
                (face - factor.origin, weight.to_u64().expect("rows are for small weights"))
            })
            .collect();
        let mut power = first.power;
        self.value.clear();
        for term in terms {
            for _ in term.power..power {
                self.multiply(&weights, window);
            }
            power = term.power;
            let row = term.exponent * self.width;
            if self.value.len() <= row {
                self.value.resize(row + self.width, 0);
            }
            let row = &mut self.value[row..row + self.width];
            let mut carry = false;
            for (limb, digit) in
                row.iter_mut().zip(term.coefficient.iter_u64_digits().chain(std::iter::repeat(0)))
            {
                (*limb, carry) = limb.carrying_add(digit, carry);
            }
        }
        for _ in 0..power {
            self.multiply(&weights, window);
        }
        // No row carries into the next, so that all of them are one long integer.
        add(&mut self.out[shift * self.width..], &self.value);
        Ok(())
    }

    fn finish(self) -> Vec<BigInt> {
        IntegerVec::from_limbs(self.out, self.width).to_bigints()
    }
}

impl Rows {
    fn multiply(&mut self, weights: &[(usize, u64)], window: Option<(usize, usize)>) {
        let width = self.width;
        let (value, next) = (&self.value, &mut self.next);
        next.clear();
        if let Some((first, len)) = window {
            let rows = value.len() / width;
            next.resize((first + rows + len - 1) * width, 0);
            // Each row is the one before, with one value more and one less.
            for k in 0..rows + len - 1 {
                let (before, row) = next.split_at_mut((first + k) * width);
                let row = &mut row[..width];
                if k > 0 {
                    row.copy_from_slice(&before[before.len() - width..]);
                }
                if k < rows {
                    add(row, &value[k * width..][..width]);
                }
                if k >= len {
                    subtract(row, &value[(k - len) * width..][..width]);
                }
            }
        } else {
            let degree = weights.last().map_or(0, |(exponent, _)| *exponent);
            next.resize(value.len() + degree * width, 0);
            for &(exponent, weight) in weights {
                let mut carry = 0;
                for (out, limb) in next[exponent * width..].iter_mut().zip(value) {
                    (*out, carry) = limb.carrying_mul_add(weight, *out, carry);
                }
            }
        }
        std::mem::swap(&mut self.value, &mut self.next);
    }
}

fn add(out: &mut [u64], limbs: &[u64]) {
    let mut carry = false;
    for (out, &limb) in out.iter_mut().zip(limbs) {
        (*out, carry) = out.carrying_add(limb, carry);
    }
}

fn subtract(out: &mut [u64], limbs: &[u64]) {
    let mut borrow = false;
    for (out, &limb) in out.iter_mut().zip(limbs) {
        (*out, borrow) = out.borrowing_sub(limb, borrow);
    }
}

/// The engine's integers.
pub(super) struct Products {
    out: Vec<BigInt>,
}

impl Products {
    pub(super) fn new(len: usize) -> Self {
        Products { out: vec![BigInt::ZERO; len] }
    }
}

impl Sum<BigInt> for Products {
    fn add(&mut self, shift: usize, terms: &[Term<BigInt>], factor: Factor<'_, BigInt>) -> Result<()> {
        let Some(first) = terms.first() else { return Ok(()) };
        let factor = if first.power == 0 { Factor { faces: &[], ..factor } } else { factor };
        let mut coefficients = vec![Vec::new(); first.power + 1];
        for term in terms {
            let list: &mut Vec<BigInt> = &mut coefficients[term.power];
            if list.len() <= term.exponent {
                list.resize(term.exponent + 1, BigInt::ZERO);
            }
            list[term.exponent] += &term.coefficient;
        }
        let coefficients = coefficients.into_iter().map(|list| Poly::from_vec(ZZ, list)).collect();
        let mut weights = vec![BigInt::ZERO; factor.degree() + 1];
        for (face, weight) in factor.faces {
            weights[face - factor.origin].clone_from(weight);
        }
        let value = composition::by_halves(coefficients, &Poly::from_vec(ZZ, weights), &BigInt::one(), 0)?;
        for (out, value) in self.out[shift..].iter_mut().zip(&value) {
            *out += value;
        }
        Ok(())
    }

    fn finish(self) -> Vec<BigInt> {
        self.out
    }
}
