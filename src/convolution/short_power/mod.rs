//! `b^e` modulo a polynomial of a few coefficients over Z/n: what takes roots apart, and tells degrees apart, when little is left.
//!
//! It stands apart from products and divisions because those take longer to begin than a product of five coefficients takes: here nothing is allocated on the way.
//!
//! # Method
//! By squaring. With `x^d, ..., x^(2d-2)` modulo the polynomial in a table, a reduction is a linear combination of its rows, and a coefficient is
//! reduced modulo `n` twice: once where it is a factor of a row, once at the end.

mod doubles;

use crate::integer::WordModulus;
use num_bigint::BigUint;

pub(crate) use doubles::admits;

/// The highest degree, but for those that doubles [admit](admits).
pub(crate) const MAX_DEGREE: usize = 16;

/// Residue classes modulo a monic polynomial.
struct Classes<'a> {
    n: &'a WordModulus,
    degree: usize,
    /// `x^d, x^(d+1), ..., x^(2d-2)`.
    table: Vec<[u64; MAX_DEGREE]>,
}

/// A sum of products.
trait Sum: Copy + Default {
    fn add(&mut self, a: u64, b: u64);
    fn reduced(self, n: &WordModulus) -> u64;
}

/// Where one word holds all of them.
impl Sum for u64 {
    #[inline(always)]
    fn add(&mut self, a: u64, b: u64) {
        *self = self.wrapping_add(a.wrapping_mul(b));
    }
    #[inline(always)]
    fn reduced(self, n: &WordModulus) -> u64 {
        n.reduce(self)
    }
}

/// Where two do.
impl Sum for u128 {
    #[inline(always)]
    fn add(&mut self, a: u64, b: u64) {
        *self = self.wrapping_add(u128::from(a) * u128::from(b));
    }
    #[inline(always)]
    fn reduced(self, n: &WordModulus) -> u64 {
        n.reduce_u128(self)
    }
}

/// Two words, and what is carried out of them.
#[derive(Clone, Copy, Default)]
struct Wide {
    low: u128,
    high: u64,
}

impl Sum for Wide {
    #[inline(always)]
    fn add(&mut self, a: u64, b: u64) {
        let (low, carry) = self.low.overflowing_add(u128::from(a) * u128::from(b));
        self.low = low;
        self.high += u64::from(carry);
    }
    #[inline(always)]
    fn reduced(self, n: &WordModulus) -> u64 {
        n.reduce_wide(self.high, self.low)
    }
}

/// `base^exponent` modulo a monic polynomial of degree 1 to [`MAX_DEGREE`], or one that doubles [admit](admits), as many coefficients as its degree; so many
/// has the base at most.
pub(crate) fn power(n: &WordModulus, base: &[u64], exponent: &BigUint, divisor: &[u64]) -> Vec<u64> {
    let degree = divisor.len() - 1;
    if admits(n.modulus(), degree) {
        // No more than a word.
        return doubles::power(n.modulus() as u64, base, exponent, divisor);
    }
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
    // A coefficient of a product and what is added to it for the powers of x above: fewer than twice the degree.
    let most = (n.modulus() - 1)
        .checked_mul(n.modulus() - 1)
        .and_then(|square| square.checked_mul(2 * degree as u128));
    match most {
        Some(sum) if sum >> 64 == 0 => classes.power::<u64>(&b, exponent),
        Some(_) => classes.power::<u128>(&b, exponent),
        None => classes.power::<Wide>(&b, exponent),
    }
}

impl Classes<'_> {
    fn power<S: Sum>(&self, base: &[u64; MAX_DEGREE], exponent: &BigUint) -> Vec<u64> {
        let mut power = [0; MAX_DEGREE];
        power[0] = self.n.one();
        let is_x = self.degree > 1 && base[1] == 1 && base.iter().enumerate().all(|(k, &c)| k == 1 || c == 0);
        let top = exponent.bits();
        for i in (0..top).rev() {
            if i + 1 < top {
                power = self.square::<S>(&power);
            }
            if exponent.bit(i) {
                if i + 1 == top {
                    power = *base;
                } else if is_x {
                    self.times_x(&mut power);
                } else {
                    power = self.product::<S>(&power, base);
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

    fn square<S: Sum>(&self, a: &[u64; MAX_DEGREE]) -> [u64; MAX_DEGREE] {
        let d = self.degree;
        let mut twice = [0; MAX_DEGREE];
        for (to, &c) in twice.iter_mut().zip(&a[..d]) {
            *to = self.n.add(c, c);
        }
        let mut sums = [S::default(); 2 * MAX_DEGREE];
        for i in 0..d {
            sums[2 * i].add(a[i], a[i]);
            for j in i + 1..d {
                sums[i + j].add(twice[i], a[j]);
            }
        }
        self.reduced::<S>(sums)
    }

    fn product<S: Sum>(&self, a: &[u64; MAX_DEGREE], b: &[u64; MAX_DEGREE]) -> [u64; MAX_DEGREE] {
        let d = self.degree;
        let mut sums = [S::default(); 2 * MAX_DEGREE];
        for (i, &x) in a[..d].iter().enumerate() {
            for (sum, &y) in sums[i..].iter_mut().zip(&b[..d]) {
                sum.add(x, y);
            }
        }
        self.reduced::<S>(sums)
    }

    #[inline(always)]
    fn reduced<S: Sum>(&self, mut sums: [S; 2 * MAX_DEGREE]) -> [u64; MAX_DEGREE] {
        let d = self.degree;
        for (i, row) in self.table[..d - 1].iter().enumerate() {
            let top = sums[d + i].reduced(self.n);
            for (sum, &c) in sums[..d].iter_mut().zip(row) {
                sum.add(top, c);
            }
        }
        let mut result = [0; MAX_DEGREE];
        for (to, sum) in result.iter_mut().zip(&sums[..d]) {
            *to = sum.reduced(self.n);
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
