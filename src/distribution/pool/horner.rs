//! Sums of `x^shift * sum of c x^e M(x)^m` over terms `(m, e, c)`, by Horner's rule in a short `M`.
//!
//! It stands apart because it is where pools spend their time, and has three carriers: words (`u64`, `u128`) where every
//! number of ways fits one; planes of digits, for longer numbers and weights that fit a digit; and the
//! engine's products, by halves, where the powers are long.
//!
//! A product by an `M` of equal weights without gaps, which a fair die has, is a sum over a sliding window: two additions
//! a coefficient, however many faces.
//!
//! # Invariants
//! All numbers are counts out of a whole below `2^bits`, and so are all that occur here: nothing overflows.

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

/// Digits of 32 bits, all lowest ones of the coefficients side by side, then all next ones: whatever is done to a coefficient is
/// done to its neighbours too, and to no digit of another place, so that the loops run over vectors. Carries are taken once a product.
pub(super) struct Planes {
    digits: usize,
    /// How many coefficients a plane has room for.
    stride: usize,
    out: Vec<u64>,
    value: Vec<u32>,
    /// The coefficients in use, and the planes, above which all digits are zero.
    len: usize,
    planes: usize,
    /// One plane on its way; what is over 32 bits goes to the next.
    carries: Vec<u64>,
}

impl Planes {
    /// The sum of the weights of a die must be below `MAX_WEIGHT`, so that a digit of a product fits.
    pub(super) const MAX_WEIGHT: u64 = u32::MAX as u64;

    pub(super) fn new(len: usize, bits: u64) -> Self {
        let digits = 2 * (bits / 64 + 1) as usize;
        let (out, value) = (vec![0; digits * len], vec![0; digits * len]);
        Planes { digits, stride: len, out, value, len: 0, planes: 0, carries: Vec::with_capacity(len) }
    }
}

impl Sum<BigInt> for Planes {
    fn add(&mut self, shift: usize, terms: &[Term<BigInt>], factor: Factor<'_, BigInt>) -> Result<()> {
        let Some(first) = terms.first() else { return Ok(()) };
        let factor = if first.power == 0 { Factor { faces: &[], ..factor } } else { factor };
        let window = factor.window(BigInt::is_one);
        let weights: Vec<_> = factor
            .faces
            .iter()
            .map(|(face, weight)| {
                (face - factor.origin, weight.to_u32().expect("planes are for small weights"))
            })
            .collect();
        let mut power = first.power;
        (self.len, self.planes) = (0, 0);
        for term in terms {
            for _ in term.power..power {
                self.multiply(&weights, window);
            }
            power = term.power;
            self.add_coefficient(term.exponent, &term.coefficient);
        }
        for _ in 0..power {
            self.multiply(&weights, window);
        }
        for plane in 0..self.planes {
            let value = &self.value[plane * self.stride..][..self.len];
            for (out, &digit) in self.out[plane * self.stride + shift..].iter_mut().zip(value) {
                *out += u64::from(digit);
            }
        }
        Ok(())
    }

    fn finish(self) -> Vec<BigInt> {
        let width = self.digits / 2;
        let mut rows = vec![0; self.stride * width];
        for (k, row) in rows.chunks_exact_mut(width).enumerate() {
            let mut carry = 0;
            for (place, limb) in row.iter_mut().enumerate() {
                let [low, high] = [0, 1].map(|half| {
                    let sum = self.out[(2 * place + half) * self.stride + k] + carry;
                    carry = sum >> 32;
                    sum & u64::from(u32::MAX)
                });
                *limb = low | high << 32;
            }
        }
        IntegerVec::from_limbs(rows, width).to_bigints()
    }
}

impl Planes {
    fn add_coefficient(&mut self, exponent: usize, coefficient: &BigInt) {
        if self.len <= exponent {
            for plane in 0..self.planes {
                self.value[plane * self.stride..][self.len..=exponent].fill(0);
            }
            self.len = exponent + 1;
        }
        let mut digits = coefficient.iter_u32_digits();
        let mut carry = 0;
        for plane in 0.. {
            let digit = digits.next();
            if digit.is_none() && carry == 0 {
                break;
            }
            self.reach(plane);
            let place = &mut self.value[plane * self.stride + exponent];
            carry += u64::from(*place) + u64::from(digit.unwrap_or(0));
            *place = carry as u32;
            carry >>= 32;
        }
    }

    /// Makes sure that a plane is in use.
    fn reach(&mut self, plane: usize) {
        if plane == self.planes {
            self.value[plane * self.stride..][..self.len].fill(0);
            self.planes += 1;
        }
    }

    fn multiply(&mut self, weights: &[(usize, u32)], window: Option<(usize, usize)>) {
        let len = self.len;
        self.len += weights.last().map_or(0, |(exponent, _)| *exponent);
        self.carries.clear();
        self.carries.resize(self.len, 0);
        for plane in 0..self.digits {
            if plane == self.planes {
                if self.carries.iter().all(|&carry| carry == 0) {
                    break;
                }
                self.planes += 1;
                self.value[plane * self.stride..][..len].fill(0);
            }
            let value = &mut self.value[plane * self.stride..][..self.len];
            if let Some((first, window)) = window {
                let mut sum = 0;
                let carries = &mut self.carries[first..];
                for k in 0..len + window - 1 {
                    if k < len {
                        sum += u64::from(value[k]);
                    }
                    if k >= window {
                        sum -= u64::from(value[k - window]);
                    }
                    carries[k] += sum;
                }
            } else {
                for &(exponent, weight) in weights {
                    for (sum, &digit) in self.carries[exponent..].iter_mut().zip(&value[..len]) {
                        *sum += u64::from(weight) * u64::from(digit);
                    }
                }
            }
            for (digit, carry) in value.iter_mut().zip(&mut self.carries) {
                *digit = *carry as u32;
                *carry >>= 32;
            }
        }
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
