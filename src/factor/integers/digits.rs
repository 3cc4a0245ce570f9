//! Hensel lifting digit by digit, in words: for polynomials that are not long, and moduli of some words.
//!
//! It stands apart from steps that double the exponent ([`lift`](super::lift)) because no number is put together on the way, and no cofactor lifted.
//!
//! # Method
//! Numbers are written in base `q`, a power of the prime and below [`BASE_BITS`]. Where the digits of `g` and `h` below `k` are known, `f = g*h` modulo `q^k`, digit `k` of
//! `f - g*h` is `e`, and `s*g + t*h = 1` modulo `q`, the next digits are `t*e mod g` and `s*e mod h`, modulo `q` (H. Zassenhaus 1969). Products of digits are
//! added where they belong once both are known, so that all of them together are one product of `g` and `h` by schoolbook (J. Berthomieu, J. van der Hoeven,
//! G. Lecerf, "Relaxed algorithms for p-adic numbers", J. Théor. Nombres Bordeaux 23, 2011).
//!
//! # Invariants
//! A sum of `n*k` products of digits is below `2^123`, and what is carried far smaller: `n*k` is at most [`MOST_PRODUCTS`].

use crate::Result;
use crate::integer::{WordModulus, word::WordDivisor};
use crate::ring::{
    Zmod,
    generic::{divisor::Divisor, trim},
};
use num_bigint::BigUint;

/// Bits of a digit.
pub(super) const BASE_BITS: f64 = 54.0;

/// The degree times the number of digits. What doubles the exponent is not faster below it: with 2^13, 2^15 and 2^16 the polynomials of degree 792 and 924 among those that
/// `peers z-factor --polynomials DIR` takes needed 298 and 663, 271 and 553, 280 and 567 ms, without digits 341 and 700.
pub(super) const MOST_PRODUCTS: usize = 1 << 15;

/// The coefficients of a polynomial digit by digit; the first digits have the leading coefficient 1, the others do not.
pub(super) type Planes = Vec<Vec<u64>>;

/// The base.
pub(super) struct Base {
    ring: Zmod,
    /// `1/q` modulo `2^128`.
    inverse: u128,
}

impl Base {
    /// The base `q`, a power of an odd prime.
    pub(super) fn new(q: u64) -> Result<Self> {
        let half = u128::from(WordModulus::wrapping().inverse(q)?);
        let inverse = half.wrapping_mul(2u128.wrapping_sub(half.wrapping_mul(q.into())));
        Ok(Base { ring: Zmod::try_new(q)?, inverse })
    }

    fn exact_quo(&self, x: i128) -> i128 {
        (x as u128).wrapping_mul(self.inverse) as i128
    }

    /// The first digits of a monic polynomial.
    pub(super) fn planes(&self, f: &[BigUint], count: usize) -> Planes {
        let n = f.len() - 1;
        let mut planes = vec![vec![0; n]; count];
        let divisor = WordDivisor::new(self.ring.modulus() as u64);
        for (i, c) in f[..n].iter().enumerate() {
            let mut limbs = c.to_u64_digits();
            for plane in &mut planes {
                plane[i] = divisor.div_rem_assign(&mut limbs);
                if limbs.last() == Some(&0) {
                    limbs.pop();
                }
            }
        }
        planes[0].push(1);
        planes
    }

    /// The polynomial with these digits.
    pub(super) fn naturals(&self, planes: &Planes) -> Vec<BigUint> {
        let q = self.ring.modulus() as u64;
        let number = |i: usize| {
            let digits = planes.iter().rev().map(|plane| plane.get(i).copied().unwrap_or(0));
            digits.fold(BigUint::ZERO, |number, digit| number * q + digit)
        };
        (0..planes[0].len()).map(number).collect()
    }
}

/// Two factors, and what is needed for more of their digits.
pub(super) struct Digits {
    pub(super) g: Planes,
    pub(super) h: Planes,
    over_g: Divisor<Zmod>,
    over_h: Divisor<Zmod>,
    s: Vec<u64>,
    t: Vec<u64>,
    /// What the known digits of `g*h - f` add up to, divided by the first power of `q` that is not known.
    carry: Vec<i128>,
}

impl Digits {
    /// From the factors of `f` and their cofactors modulo `q`.
    pub(super) fn new(base: &Base, f: &[u64], [g, h]: [Vec<u64>; 2], [s, t]: [Vec<u64>; 2]) -> Result<Self> {
        let mut carry = vec![0; f.len()];
        add_product(&mut carry, &g, &h);
        carry.iter_mut().zip(f).for_each(|(c, &f)| *c = base.exact_quo(*c - i128::from(f)));
        let (over_g, over_h) = (Divisor::new(&base.ring, &g)?, Divisor::new(&base.ring, &h)?);
        Ok(Digits { g: vec![g], h: vec![h], over_g, over_h, s, t, carry })
    }

    /// As many digits as there are of `f`.
    pub(super) fn lift(&mut self, base: &Base, f: &Planes) -> Result<()> {
        let modulus = base.ring.word_modulus();
        for k in self.g.len()..f.len() {
            for i in 1..k {
                add_product(&mut self.carry, &self.g[i], &self.h[k - i]);
            }
            let known = self.carry.iter_mut().zip(&f[k]);
            let mut error: Vec<u64> = known
                .map(|(c, &f)| {
                    *c -= i128::from(f);
                    modulus.neg(modulus.reduce_i128(*c))
                })
                .collect();
            trim(&base.ring, &mut error);
            let next = |over: &Divisor<Zmod>, cofactor: &[u64]| {
                let mut digit = over.mul(cofactor, &error)?;
                digit.resize(over.degree(), 0);
                Ok::<_, crate::Error>(digit)
            };
            let (g, h) = (next(&self.over_g, &self.t)?, next(&self.over_h, &self.s)?);
            add_product(&mut self.carry, &self.g[0], &h);
            add_product(&mut self.carry, &self.h[0], &g);
            self.carry.iter_mut().for_each(|c| *c = base.exact_quo(*c));
            self.g.push(g);
            self.h.push(h);
        }
        Ok(())
    }
}

/// `sum += a*b`.
fn add_product(sum: &mut [i128], a: &[u64], b: &[u64]) {
    for (c, sum) in sum.iter_mut().enumerate().take(a.len() + b.len() - 1) {
        let (low, high) = ((c + 1).saturating_sub(b.len()), c.min(a.len() - 1));
        let pairs = a[low..=high].iter().zip(b[c - high..=c - low].iter().rev());
        *sum += pairs.map(|(&a, &b)| u128::from(a) * u128::from(b)).sum::<u128>() as i128;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::One;

    /// `x^n - 1` and `x^n - 2`, whose digits are the largest ones.
    #[test]
    fn largest_digits() {
        let q = 3u64.pow((BASE_BITS / 3f64.log2()) as u32);
        let base = Base::new(q).unwrap();
        let modulus = base.ring.word_modulus();
        for (n, count) in [(1, 700), (3, 40), (64, 5)] {
            let whole = BigUint::from(q).pow(count as u32);
            let minus = |c: u64| &whole - c;
            let binomial = |c: BigUint| [vec![c], vec![BigUint::ZERO; n - 1], vec![BigUint::one()]].concat();
            let (g, h) = (binomial(minus(1)), binomial(minus(2)));
            // (x^n - 1)*(x^n - 2) = x^(2n) - 3*x^n + 2, and (x^n - 1) - (x^n - 2) = 1.
            let mut f = vec![BigUint::ZERO; 2 * n + 1];
            (f[0], f[n], f[2 * n]) = (2u8.into(), minus(3), BigUint::one());
            let f = base.planes(&f, count);
            let first = |f: &[BigUint]| f.iter().map(|c| modulus.reduce_biguint(c)).collect::<Vec<_>>();
            let mut digits =
                Digits::new(&base, &f[0], [first(&g), first(&h)], [vec![1], vec![q - 1]]).unwrap();
            for known in [2, count] {
                digits.lift(&base, &f[..known].to_vec()).unwrap();
            }
            assert_eq!([base.naturals(&digits.g), base.naturals(&digits.h)], [g, h]);
        }
    }

    #[test]
    fn digits_and_numbers() {
        let base = Base::new(1_000_003).unwrap();
        let f: Vec<BigUint> = [BigUint::from(7u8).pow(40), BigUint::ZERO, 5u8.into(), BigUint::one()].into();
        let planes = base.planes(&f, 8);
        assert!(planes.iter().flatten().all(|&digit| digit < 1_000_003));
        assert_eq!(base.naturals(&planes), f);
    }
}
