//! The same for small moduli, with residues as doubles, whose sums of products are exact: up to some tens of coefficients.
//!
//! It stands apart because here everything stands side by side in vectors, reductions modulo `n` too.
//!
//! # Method
//! The nearest integer to `x*(1/n)` comes from an addition of `3 * 2^51`, and `x` less that many times `n` is exact, below `n` in absolute value.
//!
//! # Invariants
//! A residue is in `0..n`. A coefficient of a product and what is added to it for the powers of `x` above are fewer than `2d` products: `2d*(n-1)^2 <= 2^51`.

use crate::convolution::{Vectorise, vectorised};
use num_bigint::BigUint;

/// The highest degree.
pub(crate) const MAX_DEGREE: usize = 64;

/// Whether doubles are exact for such a modulus and degree.
pub(crate) fn admits(n: u128, degree: usize) -> bool {
    let square = (n - 1).checked_mul(n - 1);
    degree <= MAX_DEGREE && square.is_some_and(|square| square <= (1 << 51) / (2 * degree.max(1)) as u128)
}

/// `base^exponent` modulo a monic polynomial of degree 1 or more, as many coefficients as its degree; so many has the base at most.
pub(super) fn power(n: u64, base: &[u64], exponent: &BigUint, divisor: &[u64]) -> Vec<u64> {
    match divisor.len() - 1 {
        0..=8 => vectorised(Power::<8> { n, base, exponent, divisor }),
        9..=16 => vectorised(Power::<16> { n, base, exponent, divisor }),
        17..=24 => vectorised(Power::<24> { n, base, exponent, divisor }),
        25..=32 => vectorised(Power::<32> { n, base, exponent, divisor }),
        33..=48 => vectorised(Power::<48> { n, base, exponent, divisor }),
        _ => vectorised(Power::<MAX_DEGREE> { n, base, exponent, divisor }),
    }
}

/// What is asked for, at a degree of at most `D`.
struct Power<'a, const D: usize> {
    n: u64,
    base: &'a [u64],
    exponent: &'a BigUint,
    divisor: &'a [u64],
}

impl<const D: usize> Vectorise for Power<'_, D> {
    type Output = Vec<u64>;

    #[inline(always)]
    fn run(self) -> Vec<u64> {
        let degree = self.divisor.len() - 1;
        let n = self.n as f64;
        let mut classes = Classes::<D> { n, inverse: 1.0 / n, degree, table: Vec::with_capacity(degree) };
        let mut row = [0.0; D];
        for (to, &c) in row.iter_mut().zip(&self.divisor[..degree]) {
            *to = if c == 0 { 0.0 } else { (self.n - c) as f64 };
        }
        classes.table.push(row);
        while classes.table.len() + 1 < degree {
            classes.times_x(&mut row);
            classes.table.push(row);
        }
        let mut base = [0.0; D];
        base.iter_mut().zip(self.base).for_each(|(to, &c)| *to = c as f64);
        let power = classes.power(&base, self.exponent);
        power[..degree].iter().map(|&c| c as u64).collect()
    }
}

/// Residue classes modulo a monic polynomial.
struct Classes<const D: usize> {
    n: f64,
    inverse: f64,
    degree: usize,
    /// `x^d, x^(d+1), ..., x^(2d-2)`.
    table: Vec<[f64; D]>,
}

impl<const D: usize> Classes<D> {
    #[inline(always)]
    fn power(&self, base: &[f64; D], exponent: &BigUint) -> [f64; D] {
        let mut power = [0.0; D];
        power[0] = if self.n > 1.0 { 1.0 } else { 0.0 };
        let is_x =
            self.degree > 1 && base[1] == 1.0 && base.iter().enumerate().all(|(k, &c)| k == 1 || c == 0.0);
        let top = exponent.bits();
        for i in (0..top).rev() {
            if i + 1 < top {
                power = self.product(&power, &power);
            }
            if exponent.bit(i) {
                if i + 1 == top {
                    power = *base;
                } else if is_x {
                    self.times_x(&mut power);
                } else {
                    power = self.product(&power, base);
                }
            }
        }
        power
    }

    #[inline(always)]
    fn reduced(&self, x: f64) -> f64 {
        /// A double of this size has no fraction.
        const WHOLE: f64 = (3u64 << 51) as f64;
        let rest = x - ((x * self.inverse + WHOLE) - WHOLE) * self.n;
        if rest < 0.0 { rest + self.n } else { rest }
    }

    #[inline(always)]
    fn times_x(&self, a: &mut [f64; D]) {
        let top = a[self.degree - 1];
        let mut below = [0.0; D];
        below[1..].copy_from_slice(&a[..D - 1]);
        for ((to, c), t) in a.iter_mut().zip(below).zip(&self.table[0]) {
            *to = self.reduced(c + top * t);
        }
        // What moved to x^d.
        if let Some(above) = a.get_mut(self.degree) {
            *above = 0.0;
        }
    }

    #[inline(always)]
    fn product(&self, a: &[f64; D], b: &[f64; D]) -> [f64; D] {
        let d = self.degree;
        let mut sums = [[0.0; D]; 2];
        let sums = sums.as_flattened_mut();
        for (i, x) in a[..d].iter().enumerate() {
            for (sum, y) in sums[i..i + D].iter_mut().zip(b) {
                *sum += x * y;
            }
        }
        let mut low = [0.0; D];
        low[..d].copy_from_slice(&sums[..d]);
        let high = &mut sums[d..2 * d - 1];
        high.iter_mut().for_each(|c| *c = self.reduced(*c));
        for (&top, row) in high.iter().zip(&self.table) {
            for (sum, c) in low.iter_mut().zip(row) {
                *sum += top * c;
            }
        }
        low.map(|c| self.reduced(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::short_power;
    use crate::integer::WordModulus;

    /// Against the other way, at the largest residues that are admitted too.
    #[test]
    fn powers() {
        for degree in (1..=17).chain([23, 24, 25, 31, 32, 33, 47, 48, 49, 63, 64]) {
            let most = (((1u64 << 51) / (2 * degree as u64)) as f64).sqrt() as u64;
            assert!(admits(u128::from(most), degree) && !admits(u128::from(most) + 2, degree));
            for modulus in [1, 2, 3, 6, 101, 10_007, most] {
                let n = WordModulus::new(modulus).unwrap();
                for largest in [true, false] {
                    let draw = |k: u64| match largest {
                        true => modulus - 1,
                        false => n.reduce((k + 3).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
                    };
                    let mut divisor: Vec<u64> = (0..degree as u64).map(draw).collect();
                    divisor.push(n.one());
                    let ring = crate::Zmod::new(modulus);
                    let prepared = crate::ring::generic::divisor::Divisor::new(&ring, &divisor).unwrap();
                    for base in [vec![0, n.one()], (7..7 + degree as u64).map(draw).collect(), vec![draw(1)]]
                    {
                        let base = if base.len() > degree { vec![n.one()] } else { base };
                        for exponent in [0u32, 1, 2, 3, 10, 37] {
                            let mut trimmed = base.clone();
                            crate::ring::generic::trim(&ring, &mut trimmed);
                            let mut expected =
                                prepared.power_by_products(&trimmed, &exponent.into()).unwrap();
                            expected.resize(degree, 0);
                            let found = power(modulus, &base, &exponent.into(), &divisor);
                            assert_eq!(found, expected, "{modulus} {degree} {exponent}");
                            assert_eq!(short_power::power(&n, &base, &exponent.into(), &divisor), expected);
                        }
                    }
                }
            }
        }
    }
}
