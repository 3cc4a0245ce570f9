//! `b^e` modulo a polynomial of a few coefficients over Z/n: what takes roots apart, and tells degrees apart, when little is left.
//!
//! It stands apart from products and divisions because those take longer to begin than a product of five coefficients takes: here nothing is allocated on the way.
//!
//! # Method
//! By squaring. With `x^d, ..., x^(2d-2)` modulo the polynomial in a table, a reduction is a linear combination of its rows, and a coefficient is
//! reduced modulo `n` twice: once where it is a factor of a row, once at the end.

use crate::integer::WordModulus;
use num_bigint::BigUint;

/// The highest degree.
pub(crate) const MAX_DEGREE: usize = 16;

/// Residue classes modulo a monic polynomial.
struct Classes<'a> {
    n: &'a WordModulus,
    degree: usize,
    /// `x^d, x^(d+1), ..., x^(2d-2)`.
    table: Vec<[u64; MAX_DEGREE]>,
}

/// A sum of products in two words, and what is carried out of them.
#[derive(Clone, Copy, Default)]
struct Sum {
    low: u128,
    high: u64,
}

impl Sum {
    /// `WIDE` where two words do not hold all products.
    #[inline(always)]
    fn add<const WIDE: bool>(&mut self, a: u64, b: u64) {
        let product = u128::from(a) * u128::from(b);
        if WIDE {
            let (low, carry) = self.low.overflowing_add(product);
            self.low = low;
            self.high += u64::from(carry);
        } else {
            self.low = self.low.wrapping_add(product);
        }
    }

    #[inline(always)]
    fn reduced<const WIDE: bool>(self, n: &WordModulus) -> u64 {
        if WIDE { n.reduce_wide(self.high, self.low) } else { n.reduce_u128(self.low) }
    }
}

/// `base^exponent` modulo a monic polynomial of degree 1 to [`MAX_DEGREE`], as many coefficients as its degree; so many has the base at most.
pub(crate) fn power(n: &WordModulus, base: &[u64], exponent: &BigUint, divisor: &[u64]) -> Vec<u64> {
    let degree = divisor.len() - 1;
    debug_assert!(base.len() <= degree && degree <= MAX_DEGREE && divisor[degree] == n.one());
    let mut row = [0; MAX_DEGREE];
    for (to, &c) in row.iter_mut().zip(&divisor[..degree]) {
        *to = n.neg(c);
    }
    let mut classes = Classes { n, degree, table: vec![row] };
    while classes.table.len() + 1 < degree {
        let mut next = classes.table[classes.table.len() - 1];
        classes.times_x(&mut next);
        classes.table.push(next);
    }
    let mut b = [0; MAX_DEGREE];
    b[..base.len()].copy_from_slice(base);
    // So many products have two words room for.
    let wide = 2 * n.modulus().leading_zeros() < 128 + 6;
    if wide { classes.power::<true>(&b, exponent) } else { classes.power::<false>(&b, exponent) }
}

impl Classes<'_> {
    fn power<const WIDE: bool>(&self, base: &[u64; MAX_DEGREE], exponent: &BigUint) -> Vec<u64> {
        let mut power = [0; MAX_DEGREE];
        power[0] = self.n.one();
        let is_x = self.degree > 1 && base[1] == 1 && base.iter().enumerate().all(|(k, &c)| k == 1 || c == 0);
        let top = exponent.bits();
        for i in (0..top).rev() {
            if i + 1 < top {
                power = self.square::<WIDE>(&power);
            }
            if exponent.bit(i) {
                if i + 1 == top {
                    power = *base;
                } else if is_x {
                    self.times_x(&mut power);
                } else {
                    power = self.product::<WIDE>(&power, base);
                }
            }
        }
        power[..self.degree].to_vec()
    }

    fn times_x(&self, a: &mut [u64; MAX_DEGREE]) {
        let top = a[self.degree - 1];
        a.copy_within(0..self.degree - 1, 1);
        a[0] = 0;
        for (c, &t) in a.iter_mut().zip(&self.table[0][..self.degree]) {
            *c = self.n.mul_add(top, t, *c);
        }
    }

    fn square<const WIDE: bool>(&self, a: &[u64; MAX_DEGREE]) -> [u64; MAX_DEGREE] {
        let d = self.degree;
        let mut twice = [0; MAX_DEGREE];
        for (to, &c) in twice.iter_mut().zip(&a[..d]) {
            *to = self.n.add(c, c);
        }
        let mut sums = [Sum::default(); 2 * MAX_DEGREE];
        for i in 0..d {
            sums[2 * i].add::<WIDE>(a[i], a[i]);
            for j in i + 1..d {
                sums[i + j].add::<WIDE>(twice[i], a[j]);
            }
        }
        self.reduced::<WIDE>(sums)
    }

    fn product<const WIDE: bool>(&self, a: &[u64; MAX_DEGREE], b: &[u64; MAX_DEGREE]) -> [u64; MAX_DEGREE] {
        let d = self.degree;
        let mut sums = [Sum::default(); 2 * MAX_DEGREE];
        for (i, &x) in a[..d].iter().enumerate() {
            for (sum, &y) in sums[i..].iter_mut().zip(&b[..d]) {
                sum.add::<WIDE>(x, y);
            }
        }
        self.reduced::<WIDE>(sums)
    }

    #[inline(always)]
    fn reduced<const WIDE: bool>(&self, mut sums: [Sum; 2 * MAX_DEGREE]) -> [u64; MAX_DEGREE] {
        let d = self.degree;
        for (i, row) in self.table[..d - 1].iter().enumerate() {
            let top = sums[d + i].reduced::<WIDE>(self.n);
            for (sum, &c) in sums[..d].iter_mut().zip(row) {
                sum.add::<WIDE>(top, c);
            }
        }
        let mut result = [0; MAX_DEGREE];
        for (to, sum) in result.iter_mut().zip(&sums[..d]) {
            *to = sum.reduced::<WIDE>(self.n);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Poly, Zmod};

    /// Against products and divisions, at the largest residues too.
    #[test]
    fn powers() {
        for modulus in [
            2u128,
            3,
            6,
            101,
            998_244_353,
            (1 << 32) - 5,
            (1 << 61) - 1,
            (1 << 62) + 135,
            (1 << 64) - 59,
            1 << 64,
        ] {
            let n = WordModulus::from_u128(modulus).unwrap();
            let ring = if modulus == 1 << 64 { Zmod::wrapping() } else { Zmod::new(modulus as u64) };
            for degree in 1..=MAX_DEGREE {
                for largest in [true, false] {
                    let draw = |k: u64| {
                        if largest {
                            (modulus - 1) as u64
                        } else {
                            n.reduce((k + 3).wrapping_mul(0x9E37_79B9_7F4A_7C15))
                        }
                    };
                    let mut divisor: Vec<u64> = (0..degree as u64).map(draw).collect();
                    divisor.push(n.one());
                    for base in
                        [vec![0, n.one()], (7..7 + degree as u64).map(draw).collect(), vec![draw(1)], vec![]]
                    {
                        let base = if base.len() > degree { vec![n.one()] } else { base };
                        for exponent in [0u32, 1, 2, 3, 10, 37] {
                            let h = Poly::from_vec(ring, divisor.clone());
                            let mut expected = Poly::from_vec(ring, vec![n.one()]);
                            for _ in 0..exponent {
                                expected =
                                    (expected * Poly::from_vec(ring, base.clone())).try_rem(&h).unwrap();
                            }
                            let mut expected = expected.try_rem(&h).unwrap().into_coefficients();
                            expected.resize(degree, 0);
                            assert_eq!(
                                power(&n, &base, &exponent.into(), &divisor),
                                expected,
                                "{modulus} {degree} {exponent}"
                            );
                        }
                    }
                }
            }
        }
    }
}
