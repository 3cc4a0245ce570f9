//! Sums of `x^shift * sum of c x^e M(x)^m` over terms `(m, e, c)`, by Horner's rule in a short `M`.
//!
//! It stands apart because it is where pools spend their time, and has three carriers: words (`u64`, `u128`) where every
//! number of ways fits one; planes of digits, for longer numbers and weights that fit a digit; and the
//! engine's products, by halves, where the powers are long.
//!
//! A product by an `M` of equal weights without gaps, which a fair die has and one that is rolled again has but for some faces, is a
//! sum over a sliding window: two additions a coefficient, however many faces. The weight goes into the terms,
//! `c (w W)^m = (c w^m) W^m`.
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

impl<N: Count> Factor<'_, N> {
    fn degree(&self) -> usize {
        self.faces.last().map_or(0, |(face, _)| face - self.origin)
    }

    /// The first exponent and the number of exponents of `M`, where all its coefficients are equal and none is missing between them; then the
    /// terms become those of the `M` whose coefficients are 1.
    fn window(&self, terms: &mut [Term<N>]) -> Option<(usize, usize)> {
        let (first, weight) = self.faces.first()?;
        let (first, len) = (first - self.origin, self.faces.len());
        if self.degree() - first + 1 != len || self.faces.iter().any(|(_, w)| w != weight) {
            return None;
        }
        if *weight != N::small(1) {
            let (mut power, mut factor) = (0, N::small(1));
            for term in terms.iter_mut().rev() {
                for _ in power..term.power {
                    factor = factor.times(weight);
                }
                power = term.power;
                term.coefficient = term.coefficient.times(&factor);
            }
        }
        Some((first, len))
    }
}

/// What terms are added to.
pub(super) trait Sum<N: Count> {
    /// Adds the terms, whose powers descend. They are changed on the way.
    fn add(&mut self, shift: usize, terms: &mut [Term<N>], factor: Factor<'_, N>) -> Result<()> {
        let Some(first) = terms.first() else { return Ok(()) };
        let factor = if first.power == 0 { Factor { faces: &[], ..factor } } else { factor };
        let window = factor.window(terms);
        self.add_sum(shift, terms, &factor, window)
    }

    /// The same for terms of which there are some, and an `M` that has coefficients 1 where it is a window.
    fn add_sum(
        &mut self,
        shift: usize,
        terms: &[Term<N>],
        factor: &Factor<'_, N>,
        window: Option<(usize, usize)>,
    ) -> Result<()>;

    /// All coefficients.
    fn finish(self) -> Vec<BigInt>;
}

/// Horner's rule: what is done to a value, from the highest power down.
fn horner<N, V>(
    value: &mut V,
    terms: &[Term<N>],
    multiply: impl Fn(&mut V),
    mut add: impl FnMut(&mut V, &Term<N>),
) {
    let mut power = terms.first().map_or(0, |term| term.power);
    for term in terms {
        (term.power..power).for_each(|_| multiply(value));
        power = term.power;
        add(value, term);
    }
    (0..power).for_each(|_| multiply(value));
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

impl<N: Count + Copy> Sum<N> for Words<N> {
    fn add_sum(
        &mut self,
        shift: usize,
        terms: &[Term<N>],
        factor: &Factor<'_, N>,
        window: Option<(usize, usize)>,
    ) -> Result<()> {
        self.value.clear();
        horner(
            self,
            terms,
            |words| words.multiply(factor, window),
            |words, term| {
                if words.value.len() <= term.exponent {
                    words.value.resize(term.exponent + 1, N::small(0));
                }
                words.value[term.exponent] = words.value[term.exponent].plus(&term.coefficient);
            },
        );
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
    /// For `len` numbers of `bits` bits. The sum of the weights of a die must be below `2^32`, so that a digit of a product fits.
    pub(super) fn new(len: usize, bits: u64) -> Self {
        let digits = 2 * (bits / 64 + 1) as usize;
        let (out, value) = (vec![0; digits * len], vec![0; digits * len]);
        Planes { digits, stride: len, out, value, len: 0, planes: 0, carries: Vec::with_capacity(len) }
    }
}

impl Sum<BigInt> for Planes {
    fn add_sum(
        &mut self,
        shift: usize,
        terms: &[Term<BigInt>],
        factor: &Factor<'_, BigInt>,
        window: Option<(usize, usize)>,
    ) -> Result<()> {
        let digit = |weight: &BigInt| weight.to_u32().expect("planes are for small weights");
        let weights: Vec<_> =
            factor.faces.iter().map(|(face, weight)| (face - factor.origin, digit(weight))).collect();
        (self.len, self.planes) = (0, 0);
        horner(
            self,
            terms,
            |planes| planes.multiply(&weights, window),
            |planes, term| planes.add_coefficient(term.exponent, &term.coefficient),
        );
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
    fn add_sum(
        &mut self,
        shift: usize,
        terms: &[Term<BigInt>],
        factor: &Factor<'_, BigInt>,
        window: Option<(usize, usize)>,
    ) -> Result<()> {
        let mut coefficients = vec![Vec::new(); terms[0].power + 1];
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
            weights[face - factor.origin] = if window.is_some() { BigInt::one() } else { weight.clone() };
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
