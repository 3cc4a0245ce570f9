//! All numbers from the last one down: from `i^-s` to `i^-(s-2)` is a product with the word `i^2`, from `F(n)` to `F(n-2)` one with `pi^2`.
//!
//! It stands apart from one number alone because nothing is powered: a number costs two products of its length and one pass of words over the terms of the
//! Dirichlet series, most of which are short.
//!
//! # Exactness
//! Term `i` is an integer of units `2^-W`, cut downwards, so it is never too large, and never off by more than its whole. Let `W(n) = T*s(n)` be the
//! bits that the sum takes, with `T` the largest quotient so far, from small `n` on. A unit that is lost at `n` has become
//! `i^(n-m) * 2^-W(n)` at `m`, which is at most `2^-W(m)` for `i <= 2^T(m)`, and the terms beyond add up to about as little. So at `m` the sum is off by a unit
//! for each term and each time that limbs were left out, for which `W` has its own guard. `F` loses less than two units of its last limb a
//! step, and has at least a bit less to be right in each: half a limb of guard holds all steps.

use super::{FIRST, Kind, alone::prefactor, pi::pi};
use crate::{
    Result,
    convolution::integer_product::mul_limbs,
    integer::{from_limbs, limbs, word::WordDivisor},
    natural_product,
    ring::{Ring, ZZ},
    try_integer_div_rem,
};
use num_bigint::{BigInt, BigUint};
use num_traits::One;

/// `|B(k)|` or `|E(k)|` times their denominators, for even `k` from `FIRST` on and below `n`, ascending.
///
/// # Errors
/// None so far; the sizes have been checked.
pub(super) fn magnitudes<'a>(
    kind: Kind,
    n: u64,
    denominator: impl Fn(u64) -> &'a BigUint,
) -> Result<Vec<BigUint>> {
    if n <= FIRST {
        return Ok(Vec::new());
    }
    let last = (n - 1) & !1;
    let sizes = Sizes::new(kind, last, &denominator);
    let mut terms = Terms::new(kind, last, &sizes);
    let mut factor = Factor::new(kind, last, &sizes);
    let mut numbers = Vec::new();
    for k in (FIRST..=last).rev().step_by(2) {
        if k < last {
            terms.step(&sizes, k);
            factor.step(&sizes, k);
        }
        let sum = terms.sum(kind);
        let mut value = factor.times_one_and(&sum, terms.bits, kind);
        if kind == Kind::Bernoulli {
            over_one_minus(&mut value, k);
        }
        numbers.push(rounded(&value, factor.behind, denominator(k)));
    }
    numbers.reverse();
    Ok(numbers)
}

/// The bits that are needed, for `FIRST, FIRST + 2, ...`.
struct Sizes {
    /// Of the number with its denominator and a guard.
    number: Vec<f64>,
    /// Behind the point, of the sum.
    sum: Vec<u64>,
}

impl Sizes {
    fn new<'a>(kind: Kind, last: u64, denominator: impl Fn(u64) -> &'a BigUint) -> Self {
        let (mut number, mut sum) = (Vec::new(), Vec::new());
        // Units for every term and every limb that is left out.
        let units = (last as f64 / 16.0 + 64.0) * (kind.log2(last) / 64.0 + 32.0);
        let (mut most, mut quotient) = (0f64, 0f64);
        for k in (FIRST..=last).step_by(2) {
            most = most.max(kind.bits(k, denominator(k)));
            let s = kind.exponent(k) as f64;
            quotient = quotient.max((most + units.log2().ceil() + 2.0) / s);
            number.push(most);
            sum.push((quotient * s).ceil() as u64);
        }
        Sizes { number, sum }
    }

    fn at(k: u64) -> usize {
        ((k - FIRST) / 2) as usize
    }

    /// Limbs of `F` with its guard.
    fn limbs(&self, k: u64) -> usize {
        ((self.number[Self::at(k)] + 96.0) / 64.0).ceil() as usize
    }
}

/// The terms `i^-s` for odd `i` from 3 on.
struct Terms {
    /// `i` and its term, without leading zeros.
    terms: Vec<(u64, Vec<u64>)>,
    /// The units are `2^-bits`.
    bits: u64,
    sum: Vec<u64>,
}

impl Terms {
    fn new(kind: Kind, last: u64, sizes: &Sizes) -> Self {
        let s = kind.exponent(last);
        let bits = sizes.sum[Sizes::at(last)].next_multiple_of(64);
        let mut terms: Vec<(u64, Vec<u64>)> = Vec::new();
        // The smallest odd factor of each number up to there, or 0.
        let most = 2f64.powf(bits as f64 / s as f64) as u64 + 1;
        let mut factor = vec![0u64; most as usize + 1];
        for i in (3..=most).step_by(2) {
            let term = if factor[i as usize] == 0 {
                (i * i..=most).step_by(2 * i as usize).for_each(|k| {
                    if factor[k as usize] == 0 {
                        factor[k as usize] = i;
                    }
                });
                quotient(bits, &ZZ.pow(&i.into(), s))
            } else {
                let p = factor[i as usize];
                let of = |i: u64| from_limbs(&terms[(i as usize - 3) / 2].1);
                natural_product(&of(p), &of(i / p)) >> bits
            };
            terms.push((i, term.iter_u64_digits().collect()));
        }
        terms.retain(|(_, term)| !term.is_empty());
        Terms { terms, bits, sum: Vec::new() }
    }

    /// To the next number below, with as many bits as it takes.
    fn step(&mut self, sizes: &Sizes, k: u64) {
        let drop = (self.bits - sizes.sum[Sizes::at(k)]) / 64;
        self.bits -= 64 * drop;
        for (i, term) in &mut self.terms {
            term.reserve(1);
            let carry = limbs::mul_word(term, *i * *i, 0);
            if carry > 0 {
                term.push(carry);
            }
            if drop > 0 {
                term.drain(..term.len().min(drop as usize));
            }
        }
        if drop > 0 {
            self.terms.retain(|(_, term)| !term.is_empty());
        }
    }

    /// The sum, up to its sign that of `i = 3`.
    fn sum(&mut self, kind: Kind) -> Vec<u64> {
        let mut sum = std::mem::take(&mut self.sum);
        sum.clear();
        if let Some((_, first)) = self.terms.first() {
            sum.extend_from_slice(first);
            sum.push(0);
            for (i, term) in &self.terms[1..] {
                if kind.is_negative(*i) == kind.is_negative(3) {
                    limbs::add_assign(&mut sum, term);
                } else {
                    limbs::sub_assign(&mut sum, term);
                }
            }
        }
        sum
    }
}

/// `floor(2^bits/d)`.
fn quotient(bits: u64, d: &BigInt) -> BigUint {
    match try_integer_div_rem(&(BigInt::one() << bits), d) {
        Ok((quotient, _)) => quotient.into_parts().1,
        Err(_) => unreachable!("a divisor that is not zero"),
    }
}

/// `F` in fixed point.
struct Factor {
    limbs: Vec<u64>,
    /// Bits behind the point.
    behind: u64,
    /// `pi^2` times a power of four, and bits behind its point.
    square: (Vec<u64>, u64),
    product: Vec<u64>,
}

impl Factor {
    fn new(kind: Kind, last: u64, sizes: &Sizes) -> Self {
        let count = sizes.limbs(last);
        let bits = 64 * count as u64;
        let value = prefactor(kind, last, bits);
        // As many bits in all as the limbs hold.
        let before = value.integer_bits();
        let behind = bits - before;
        let limbs = value.fixed(behind);
        let pi = pi(bits + 32);
        let square = pi.square(bits + 32);
        // (2*pi)^2 or (pi/2)^2.
        let twos = if kind == Kind::Bernoulli { 2 } else { -2 };
        let square_behind = bits + 16;
        let digits = square.shifted(twos).fixed(square_behind);
        Factor { limbs, behind, square: (digits, square_behind), product: Vec::new() }
    }

    /// From `F(k+2)` to `F(k)`.
    fn step(&mut self, sizes: &Sizes, k: u64) {
        let count = sizes.limbs(k);
        let (square, behind) = &self.square;
        let unused = square.len().saturating_sub(count + 1);
        let square = &square[unused..];
        self.product.clear();
        self.product.resize(self.limbs.len() + square.len(), 0);
        mul_limbs(&mut self.product, &self.limbs, square);
        let mut len = limbs::trimmed(&self.product).len();
        WordDivisor::new((k + 1) * (k + 2)).div_rem_assign(&mut self.product[..len]);
        len = limbs::trimmed(&self.product[..len]).len();
        let drop = len.saturating_sub(count);
        self.behind = self.behind + behind - 64 * (unused + drop) as u64;
        self.limbs.clear();
        self.limbs.extend_from_slice(&self.product[drop..len]);
    }

    /// `F*(1 + x)` or `F*(1 - x)` for an `x` in units of `2^-bits`.
    fn times_one_and(&mut self, x: &[u64], bits: u64, kind: Kind) -> Vec<u64> {
        let x = limbs::trimmed(x);
        let mut value = self.limbs.clone();
        value.push(0);
        // x is below 2^(64*len - bits): so many limbs of F change less than a unit.
        let unused = ((bits / 64) as usize).saturating_sub(x.len() + 1).min(self.limbs.len());
        let high = &self.limbs[unused..];
        if x.is_empty() || high.is_empty() {
            return value;
        }
        self.product.clear();
        self.product.resize(high.len() + x.len(), 0);
        mul_limbs(&mut self.product, high, x);
        let skip = (bits / 64) as usize - unused;
        let change = limbs::trimmed(self.product.get(skip..).unwrap_or_default());
        if kind.is_negative(3) {
            limbs::sub_assign(&mut value, change);
        } else {
            limbs::add_assign(&mut value, change);
        }
        value
    }
}

/// `value / (1 - 2^-k)`, as the product of `1 + 2^-k, 1 + 2^-2k, 1 + 2^-4k, ...`.
fn over_one_minus(value: &mut [u64], k: u64) {
    let mut shift = k;
    while shift < 64 * value.len() as u64 {
        let (skip, bits) = ((shift / 64) as usize, (shift % 64) as u32);
        let mut carry = false;
        for i in 0..value.len() {
            let low = value.get(i + skip).copied().unwrap_or(0);
            let high = value.get(i + skip + 1).copied().unwrap_or(0);
            let part = if bits == 0 { low } else { low >> bits | high << (64 - bits) };
            (value[i], carry) = limbs::add_carry(value[i], part, carry);
        }
        shift *= 2;
    }
}

/// The integer next to a fixed-point number times its denominator.
fn rounded(value: &[u64], behind: u64, denominator: &BigUint) -> BigUint {
    let value = limbs::trimmed(value);
    let factor: Vec<u64> = denominator.iter_u64_digits().collect();
    let mut product = vec![0; value.len() + factor.len()];
    mul_limbs(&mut product, value, &factor);
    // Half a unit, and what is before the point.
    let (at, bit) = (((behind - 1) / 64) as usize, (behind - 1) % 64);
    let mut high = product[at..].to_vec();
    high.push(0);
    limbs::add_assign(&mut high, &[1 << bit]);
    debug_assert!(
        {
            // The bits behind the point, of which the first one was a half.
            let top = if bit >= 8 { high[0] >> (bit - 8) & 0x1FF } else { 0x100 };
            (0xF8..=0x108).contains(&top)
        },
        "a number next to an integer"
    );
    let skip = (behind / 64) as usize - at;
    let mut high = high.split_off(skip);
    limbs::shift_right(&mut high, (behind % 64) as u32);
    from_limbs(limbs::trimmed(&high))
}
