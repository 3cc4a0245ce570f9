//! [`WordModulus`]: `a + b`, `a * b`, `a^e`, `1/a` modulo `n`, for every `1 <= n <= 2^64`.
//!
//! It stands apart because residues of one word are the currency of half the crate, and a hardware division
//! an operation (25 to 40 cycles) would dominate everything that uses them. The modulus is stored shifted
//! left until its top bit is set, `d = n * 2^s`, with the reciprocal `v = floor((2^128 - 1) / d) - 2^64`; two
//! words `u < d * 2^64` are then divided by `d` with two multiplications.
//!
//! # Source
//! N. Möller, T. Granlund, "Improved division by invariant integers", IEEE Transactions on Computers 60(2),
//! 2011, algorithm 4. Write `B = 2^64`, `u = u1*B + u0`, `(q1 - 1, q0) = (v + B)*u1 + u0` as two words, and
//! `v + B = (B^2 - k)/d` with `1 <= k <= d`. The candidate remainder is then
//! `r~ = u - q1*d = k*u1/B + u0*(1 - d/B) + q0*d/B - d`, and with `u1 < d`, `u0 < B`
//!
//! - `r~ < (1 - d/B)*(B - d) + (d/B)*q0 <= max(B - d, q0)`, a weighted mean;
//! - `r~ >= -(B - q0)*d/B`, so `r~ >= -d` and `r~ > q0 - B`.
//!
//! The code has `r = r~ mod B`. If `r~ < 0` then `r = r~ + B > q0`, and adding `d` modulo `B` gives `r~ + d` in
//! `0..d`. If `r~ >= 0` and `r > q0` all the same, then `r < B - d <= d`: `d` is added without wrapping and taken
//! away again by the last step. Otherwise `r < B <= 2d` and the last step alone is enough. The caller's part is
//! `u1 < d`:
//!
//! - product: `(a * 2^s) * b < d * 2^64` for `a < n` and any word `b`;
//! - one more limb below a remainder `r < n`: `r * 2^s + (limb >> (64 - s)) <= (n - 1) * 2^s + 2^s - 1 < d`.
//!
//! Multiplication by a fixed operand follows V. Shoup (NTL; analysed in D. Harvey, "Faster arithmetic for
//! number-theoretic transforms", J. Symb. Comp. 60, 2014, section 2).
//!
//! # Invariants
//! A residue is a `u64` in `0..n`, operands included (debug assertions check it). The ring with one element,
//! `n = 1`, is a modulus like any other, and so is `n = 2^64`, whose residues are all words.

use super::limbs;
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint, Sign};
use std::{fmt, hint::select_unpredictable};

/// Arithmetic modulo a fixed `n` with `1 <= n <= 2^64`, without divisions.
///
/// # Examples
/// ```
/// use monic::integer::WordModulus;
/// let m = WordModulus::new(10)?;
/// assert_eq!(m.mul(7, 8), 6);
/// assert_eq!(m.reduce_i64(-1), 9);
/// assert_eq!(m.inverse(3)?, 7);
/// assert_eq!(m.inverse(4).unwrap_err().factor(), Some(&2.into()));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WordModulus {
    /// The modulus, 0 for 2^64.
    n: u64,
    /// `n << shift`, top bit set (0 for 2^64).
    d: u64,
    /// `floor((2^128 - 1) / d) - 2^64`.
    reciprocal: u64,
    shift: u32,
}

/// A residue prepared for many multiplications: see [`WordModulus::prepare`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PreparedResidue {
    value: u64,
    /// `floor(value * 2^64 / n)`.
    quotient: u64,
}

impl PreparedResidue {
    /// The residue itself.
    pub fn value(&self) -> u64 {
        self.value
    }
}

impl WordModulus {
    /// The modulus `n`.
    ///
    /// # Errors
    /// Kind undefined for `n = 0`. (2^64 is [`wrapping`](Self::wrapping).)
    pub fn new(n: u64) -> Result<Self> {
        if n == 0 {
            return Err(Error::undefined("a modulus is at least 1"));
        }
        let shift = n.leading_zeros();
        let d = n << shift;
        // floor((2^128 - 1) / d) lies in 2^64 .. 2^65; its low word is what is kept.
        let reciprocal = (u128::MAX / u128::from(d)) as u64;
        Ok(WordModulus { n, d, reciprocal, shift })
    }

    /// The modulus 2^64: arithmetic that wraps around.
    pub fn wrapping() -> Self {
        WordModulus { n: 0, d: 0, reciprocal: 0, shift: 0 }
    }

    /// The modulus `n`, 2^64 included.
    ///
    /// # Errors
    /// Kind undefined for `n = 0`, kind unsupported above 2^64.
    pub fn from_u128(n: u128) -> Result<Self> {
        match u64::try_from(n) {
            Ok(n) => Self::new(n),
            Err(_) if n == 1 << 64 => Ok(Self::wrapping()),
            Err(_) => Err(Error::unsupported(format!("the modulus {n} is over 2^64"))),
        }
    }

    /// The modulus, up to 2^64.
    pub fn modulus(&self) -> u128 {
        if self.n == 0 { 1 << 64 } else { u128::from(self.n) }
    }

    /// Whether the modulus is 2^64.
    pub fn is_wrapping(&self) -> bool {
        self.n == 0
    }

    /// The residue 1, which is 0 modulo 1.
    pub fn one(&self) -> u64 {
        u64::from(self.n != 1)
    }

    /// `x mod n`.
    #[inline]
    pub fn reduce(&self, x: u64) -> u64 {
        if x < self.n || self.n == 0 {
            return x;
        }
        self.push_limb(0, x)
    }

    /// `(high * 2^128 + low) mod n` for `high < n`, without a branch that depends on the value.
    #[inline]
    pub(crate) fn reduce_wide(&self, high: u64, low: u128) -> u64 {
        if self.n == 0 {
            return low as u64;
        }
        let (middle, low) = ((low >> 64) as u64, low as u64);
        // The remainder in between stays shifted. `high * 2^s + (middle >> (64 - s)) < n * 2^s = d`.
        let r = self.remainder(self.shifted(high, middle), middle << self.shift);
        self.remainder(r | self.shifted(0, low), low << self.shift) >> self.shift
    }

    /// The upper word of two that are shifted left as far as the modulus is.
    #[inline]
    fn shifted(&self, high: u64, low: u64) -> u64 {
        // In two steps, because a shift may be by 64.
        high << self.shift | low >> 1 >> (63 - self.shift)
    }

    /// `x mod n`.
    #[inline]
    pub fn reduce_u128(&self, x: u128) -> u64 {
        if self.n == 0 {
            return x as u64;
        }
        let high = self.reduce((x >> 64) as u64);
        self.push_limb(high, x as u64)
    }

    /// `x mod n` for `x` below `n * 2^64`; modulo 2^64, any.
    #[inline]
    pub(crate) fn reduce_below(&self, x: u128) -> u64 {
        if self.n == 0 { x as u64 } else { self.push_limb((x >> 64) as u64, x as u64) }
    }

    /// `x mod n` for `x` below `2n * 2^64`, without a branch that depends on the value; modulo 2^64, any.
    #[inline]
    pub(crate) fn reduce_below_twice(&self, x: u128) -> u64 {
        if self.n == 0 {
            return x as u64;
        }
        // Below n what is taken away wraps around to more.
        let high = (x >> 64) as u64;
        self.push_limb(high.min(high.wrapping_sub(self.n)), x as u64)
    }

    /// `x mod n`, at least 0 for negative `x` too.
    #[inline]
    pub fn reduce_i64(&self, x: i64) -> u64 {
        let magnitude = self.reduce(x.unsigned_abs());
        if x < 0 { self.neg(magnitude) } else { magnitude }
    }

    /// `x mod n`, at least 0 for negative `x` too.
    #[inline]
    pub fn reduce_i128(&self, x: i128) -> u64 {
        let magnitude = self.reduce_u128(x.unsigned_abs());
        if x < 0 { self.neg(magnitude) } else { magnitude }
    }

    /// The residue of the natural number with these limbs, least significant first.
    pub fn reduce_limbs(&self, limbs: &[u64]) -> u64 {
        if self.n == 0 {
            return limbs.first().copied().unwrap_or(0);
        }
        limbs.iter().rev().fold(0, |r, &limb| self.push_limb(r, limb))
    }

    /// The residue of a row of an [`IntegerVec`](super::IntegerVec): two's complement, least significant limb first.
    pub fn reduce_row(&self, row: &[u64]) -> u64 {
        if self.n == 0 {
            return row.first().copied().unwrap_or(0);
        }
        match row.split_last() {
            None => 0,
            Some((&top, low)) => {
                low.iter().rev().fold(self.reduce_i64(top as i64), |r, &limb| self.push_limb(r, limb))
            }
        }
    }

    /// `x mod n`.
    pub fn reduce_biguint(&self, x: &BigUint) -> u64 {
        if self.n == 0 {
            return x.iter_u64_digits().next().unwrap_or(0);
        }
        x.iter_u64_digits().rev().fold(0, |r, limb| self.push_limb(r, limb))
    }

    /// `x mod n`, at least 0 for negative `x` too.
    pub fn reduce_bigint(&self, x: &BigInt) -> u64 {
        let magnitude = self.reduce_biguint(x.magnitude());
        if x.sign() == Sign::Minus { self.neg(magnitude) } else { magnitude }
    }

    /// The integer closest to zero in the class of `a`: in `-n/2 < r <= n/2`.
    pub fn centred(&self, a: u64) -> i128 {
        self.check(a);
        let (a, n) = (i128::from(a), self.modulus() as i128);
        if 2 * a > n { a - n } else { a }
    }

    /// `a + b`.
    #[inline]
    pub fn add(&self, a: u64, b: u64) -> u64 {
        self.check(a);
        self.check(b);
        let (sum, carry) = a.overflowing_add(b);
        // For 2^64 the subtraction takes 0 away.
        if carry || sum >= self.n { sum.wrapping_sub(self.n) } else { sum }
    }

    /// `a - b`.
    #[inline]
    pub fn sub(&self, a: u64, b: u64) -> u64 {
        self.check(a);
        self.check(b);
        let (difference, borrow) = a.overflowing_sub(b);
        if borrow { difference.wrapping_add(self.n) } else { difference }
    }

    /// `-a`.
    #[inline]
    pub fn neg(&self, a: u64) -> u64 {
        self.check(a);
        if a == 0 { 0 } else { self.n.wrapping_sub(a) }
    }

    /// `a * b`.
    #[inline]
    pub fn mul(&self, a: u64, b: u64) -> u64 {
        self.check(a);
        self.check(b);
        if self.n == 0 {
            return a.wrapping_mul(b);
        }
        let u = u128::from(a << self.shift) * u128::from(b);
        self.remainder((u >> 64) as u64, u as u64) >> self.shift
    }

    /// `a * b + c`, one reduction.
    #[inline]
    pub fn mul_add(&self, a: u64, b: u64, c: u64) -> u64 {
        self.check(a);
        self.check(b);
        self.check(c);
        if self.n == 0 {
            return a.wrapping_mul(b).wrapping_add(c);
        }
        // a*b + c <= (n-1)^2 + n-1 = n*(n-1), so its high word is below d after the shift as well.
        let u = (u128::from(a) * u128::from(b) + u128::from(c)) << self.shift;
        self.remainder((u >> 64) as u64, u as u64) >> self.shift
    }

    /// `a^exponent`; `0^0 = 1`.
    pub fn pow(&self, a: u64, exponent: u64) -> u64 {
        self.check(a);
        let mut result = self.one();
        for k in (0..u64::BITS - exponent.leading_zeros()).rev() {
            result = self.mul(result, result);
            if exponent >> k & 1 == 1 {
                result = self.mul(result, a);
            }
        }
        result
    }

    /// `a^exponent` for an exponent of any size; `0^0 = 1`.
    pub fn pow_big(&self, a: u64, exponent: &BigUint) -> u64 {
        self.check(a);
        let mut result = self.one();
        for k in (0..exponent.bits()).rev() {
            result = self.mul(result, result);
            if exponent.bit(k) {
                result = self.mul(result, a);
            }
        }
        result
    }

    /// The inverse of `a`.
    ///
    /// # Errors
    /// Kind undefined when `gcd(a, n) > 1`; the error carries that gcd as its factor.
    pub fn inverse(&self, a: u64) -> Result<u64> {
        self.check(a);
        if self.n == 0 {
            return inverse_mod_word(a);
        }
        // Extended Euclid. The cofactors alternate in sign and stay at most n in size; `negative` is the
        // sign of `s0`.
        let (mut r0, mut r1) = (self.n, a);
        let (mut s0, mut s1) = (0u64, 1u64);
        let mut negative = true;
        while r1 != 0 {
            // The division has the remainder too, and sooner than a product would.
            let q = r0 / r1;
            (r0, r1) = (r1, r0 % r1);
            // The last cofactor is n / gcd, so q * s1 + s0 <= n never overflows.
            (s0, s1) = (s1, s0 + q * s1);
            negative = !negative;
        }
        if r0 != 1 {
            return Err(Error::not_invertible(&a, BigInt::from(r0)));
        }
        let s0 = self.reduce(s0);
        Ok(if negative { self.neg(s0) } else { s0 })
    }

    /// Prepares `a` for many products `a * x`, which then cost two multiplications and one comparison.
    pub fn prepare(&self, a: u64) -> PreparedResidue {
        self.check(a);
        let quotient = if self.n == 0 { a } else { self.quotient_remainder(a << self.shift, 0).0 };
        PreparedResidue { value: a, quotient }
    }

    /// `a * x mod n` for a prepared `a` and any word `x`, reduced or not.
    #[inline]
    pub fn mul_prepared(&self, a: PreparedResidue, x: u64) -> u64 {
        if self.n == 0 {
            return a.value.wrapping_mul(x);
        }
        // a*x/n - quotient*x/2^64 lies in [0, x/2^64), so q is the true quotient or one less, and
        // a*x - q*n lies in 0..2n: up to 65 bits, hence the wide difference.
        let q = ((u128::from(a.quotient) * u128::from(x)) >> 64) as u64;
        if self.shift > 0 {
            // 2n is one word; a difference below zero wraps around to the larger one.
            let r = a.value.wrapping_mul(x).wrapping_sub(q.wrapping_mul(self.n));
            return r.min(r.wrapping_sub(self.n));
        }
        let r = u128::from(a.value) * u128::from(x) - u128::from(q) * u128::from(self.n);
        let n = u128::from(self.n);
        (if r >= n { r - n } else { r }) as u64
    }

    /// Whether the modulus is a prime.
    pub fn is_prime(&self) -> bool {
        const SMALL: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
        let n = self.n;
        if n < 2 {
            return false; // 1, and 2^64
        }
        for p in SMALL {
            if n.is_multiple_of(p) {
                return n == p;
            }
        }
        if n < 37 * 37 {
            return true;
        }
        // Miller-Rabin. The first composite that passes for all twelve bases is 318665857834031151167461
        // > 2^78 (J. Sorenson, J. Webster, "Strong pseudoprimes to twelve prime bases", Math. Comp. 86, 2017).
        let twos = (n - 1).trailing_zeros();
        let odd = (n - 1) >> twos;
        SMALL.iter().all(|&base| {
            let mut x = self.pow(base, odd);
            if x == 1 || x == n - 1 {
                return true;
            }
            (1..twos).any(|_| {
                x = self.mul(x, x);
                x == n - 1
            })
        })
    }

    /// `(r * 2^64 + limb) mod n` for `r < n`. Not for 2^64.
    #[inline]
    fn push_limb(&self, r: u64, limb: u64) -> u64 {
        self.remainder(self.shifted(r, limb), limb << self.shift) >> self.shift
    }

    /// `(u1 * 2^64 + u0) mod d` for `u1 < d` (the module header has the source and the ranges).
    #[inline]
    fn remainder(&self, u1: u64, u0: u64) -> u64 {
        self.quotient_remainder(u1, u0).1
    }

    /// `(u1 * 2^64 + u0) / d` and what remains, for `u1 < d`.
    #[inline]
    fn quotient_remainder(&self, u1: u64, u0: u64) -> (u64, u64) {
        debug_assert!(u1 < self.d, "the high word {u1} is not below the divisor {}", self.d);
        let q = (u128::from(self.reciprocal) * u128::from(u1))
            .wrapping_add(u128::from(u1) << 64 | u128::from(u0));
        let (mut q1, q0) = (((q >> 64) as u64).wrapping_add(1), q as u64);
        let mut r = u0.wrapping_sub(q1.wrapping_mul(self.d));
        // As likely as not: a branch would be missed.
        let over = r > q0;
        q1 = q1.wrapping_sub(u64::from(over));
        r = select_unpredictable(over, r.wrapping_add(self.d), r);
        if r >= self.d {
            q1 = q1.wrapping_add(1);
            r -= self.d;
        }
        (q1, r)
    }

    #[inline]
    fn check(&self, a: u64) {
        debug_assert!(a < self.n || self.n == 0, "{a} is not reduced modulo {}", self.n);
    }
}

/// Division of long natural numbers by one word, with the quotient.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordDivisor(WordModulus);

impl WordDivisor {
    /// The divisor `d`, which is not 0.
    pub(crate) fn new(d: u64) -> Self {
        WordDivisor(WordModulus::new(d).expect("a divisor is at least 1"))
    }

    /// Replaces `x` by `floor(x / d)` and returns `x mod d`.
    pub(crate) fn div_rem_assign(&self, x: &mut [u64]) -> u64 {
        let m = &self.0;
        // The remainder is kept shifted, as the reciprocal wants it.
        let mut r = 0;
        for limb in x.iter_mut().rev() {
            let u1 = r | (u128::from(*limb) << m.shift >> 64) as u64;
            (*limb, r) = m.quotient_remainder(u1, *limb << m.shift);
        }
        r >> m.shift
    }

    /// The same for four numbers, limb by limb beside each other: divisions that do not wait for each other.
    pub(crate) fn div_rem_each(&self, x: &mut [[u64; 4]]) -> [u64; 4] {
        let m = &self.0;
        let mut r = [0; 4];
        for limbs in x.iter_mut().rev() {
            for (limb, r) in limbs.iter_mut().zip(&mut r) {
                let u1 = *r | (u128::from(*limb) << m.shift >> 64) as u64;
                (*limb, *r) = m.quotient_remainder(u1, *limb << m.shift);
            }
        }
        r.map(|r| r >> m.shift)
    }
}

/// The inverse modulo 2^64.
fn inverse_mod_word(a: u64) -> Result<u64> {
    if a & 1 == 0 {
        let factor = if a == 0 { BigInt::from(1) << 64 } else { BigInt::from(a & a.wrapping_neg()) };
        return Err(Error::not_invertible(&a, factor));
    }
    Ok(limbs::inverse_mod_word(a))
}

impl fmt::Debug for WordModulus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WordModulus({})", self.modulus())
    }
}

impl fmt::Display for WordModulus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.modulus(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_integer::Integer;
    use proptest::prelude::*;

    const MODULI: [u128; 15] = [
        1,
        2,
        3,
        6,
        7,
        1 << 32,
        998_244_353,
        (1 << 61) - 1,
        1 << 63,
        (1 << 63) - 1,
        (1 << 63) + 1,
        (1 << 64) - 59,
        (1 << 64) - 1,
        1 << 64,
        0xAAAA_AAAA_AAAA_AAAA,
    ];

    fn modulus(n: u128) -> WordModulus {
        WordModulus::from_u128(n).expect("every listed modulus is in range")
    }

    #[test]
    fn bounds_of_the_modulus() {
        assert_eq!(WordModulus::new(0).unwrap_err().kind(), crate::ErrorKind::Undefined);
        assert_eq!(WordModulus::from_u128((1 << 64) + 1).unwrap_err().kind(), crate::ErrorKind::Unsupported);
        for n in MODULI {
            assert_eq!(modulus(n).modulus(), n);
        }
        assert_eq!(format!("{:?}", WordModulus::wrapping()), "WordModulus(18446744073709551616)");
    }

    /// Every operation on the residues where carries and corrections happen, against 128-bit arithmetic.
    #[test]
    fn edges_against_u128() {
        for n in MODULI {
            let m = modulus(n);
            let edges: Vec<u64> = [0, 1, 2, n / 2, n / 2 + 1, n.wrapping_sub(2), n - 1]
                .iter()
                .map(|&a| (a % n) as u64)
                .collect();
            for &a in &edges {
                for &b in &edges {
                    let (x, y) = (u128::from(a), u128::from(b));
                    assert_eq!(u128::from(m.add(a, b)), (x + y) % n);
                    assert_eq!(u128::from(m.sub(a, b)), (x + n - y) % n);
                    assert_eq!(u128::from(m.mul(a, b)), x * y % n);
                    assert_eq!(u128::from(m.mul_add(a, b, a)), (x * y % n + x) % n);
                    assert_eq!(u128::from(m.mul_prepared(m.prepare(a), b)), x * y % n);
                    assert_eq!(
                        u128::from(m.mul_prepared(m.prepare(a), u64::MAX)),
                        x * u128::from(u64::MAX) % n
                    );
                }
                assert_eq!(u128::from(m.neg(a)), (n - u128::from(a)) % n);
                let centred = m.centred(a);
                assert!(2 * centred.abs() <= n as i128 && m.reduce_i128(centred) == a);
            }
            for x in [0, 1, u128::MAX, u128::MAX - 1, 1 << 127, 1 << 64, (1 << 64) - 1, n, n * (n - 1) / 2] {
                assert_eq!(u128::from(m.reduce_u128(x)), x % n, "{x} mod {n}");
            }
            let bound = if n < 1 << 63 { ((2 * n) << 64) - 1 } else { u128::MAX };
            for x in [0, 1, n - 1, n << 64, (n << 64).wrapping_sub(1), bound, bound - 1, bound - (1 << 64)] {
                assert_eq!(u128::from(m.reduce_below_twice(x)), x % n, "{x} mod {n}");
            }
            for x in [i128::MIN, i128::MIN + 1, -1, i128::MAX] {
                let expected = BigInt::from(x).mod_floor(&BigInt::from(n));
                assert_eq!(BigInt::from(m.reduce_i128(x)), expected);
                assert_eq!(BigInt::from(m.reduce_bigint(&BigInt::from(x))), expected);
                assert_eq!(BigInt::from(m.reduce_row(&[x as u64, (x >> 64) as u64])), expected);
            }
            for x in [i64::MIN, -1, 0, i64::MAX] {
                assert_eq!(i128::from(m.reduce_i64(x)), i128::from(x).mod_floor(&(n as i128)));
            }
        }
    }

    #[test]
    fn powers() {
        for n in MODULI {
            let m = modulus(n);
            assert_eq!(u128::from(m.pow(0, 0)), 1 % n);
            assert_eq!(m.pow(m.reduce(3), u64::MAX), m.pow_big(m.reduce(3), &BigUint::from(u64::MAX)));
            let expected = BigUint::from(5u8).modpow(&BigUint::from(1234u32), &BigUint::from(n));
            assert_eq!(BigUint::from(m.pow(m.reduce(5), 1234)), expected);
        }
    }

    #[test]
    fn inverses_and_factors() {
        for n in MODULI {
            let m = modulus(n);
            for a in [0u64, 1, 2, 3, 4, 6, 9, 998_244_352, u64::MAX, u64::MAX - 1] {
                let a = m.reduce(a);
                let gcd = u128::from(a).gcd(&n);
                match m.inverse(a) {
                    Ok(b) => assert_eq!((gcd, m.mul(a, b)), (1, m.one())),
                    Err(e) => {
                        assert!(gcd > 1);
                        assert_eq!(e.factor(), Some(&BigInt::from(gcd)));
                    }
                }
            }
        }
    }

    #[test]
    fn primes() {
        let sieve: Vec<u64> = (2..2000u64).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
        let found: Vec<u64> =
            (1..2000).filter(|&n| WordModulus::new(n).is_ok_and(|m| m.is_prime())).collect();
        assert_eq!(sieve, found);
        for p in [998_244_353, (1 << 61) - 1, u64::MAX - 58, 4_294_967_291, 18_446_744_069_414_584_321] {
            assert!(WordModulus::new(p).is_ok_and(|m| m.is_prime()), "{p}");
        }
        // Strong pseudoprimes to the first 3, 9 and 11 prime bases; Carmichael numbers; squares of primes.
        for c in [
            25_326_001,
            3_825_123_056_546_413_051,
            u64::MAX,
            561,
            1_373_653,
            4_294_967_291 * 4_294_967_291,
            1 << 63,
        ] {
            assert!(WordModulus::new(c).is_ok_and(|m| !m.is_prime()), "{c}");
        }
        assert!(!WordModulus::wrapping().is_prime());
    }

    proptest! {
        #[test]
        fn random_moduli(n in 1..=u64::MAX, a: u64, b: u64, wide: u128) {
            let m = WordModulus::new(n).expect("n is not 0");
            let wide_n = u128::from(n);
            prop_assert_eq!(u128::from(m.reduce_u128(wide)), wide % wide_n);
            let below = (((wide >> 64) % (2 * wide_n)) << 64) | (wide & u128::from(u64::MAX));
            prop_assert_eq!(u128::from(m.reduce_below_twice(below)), below % wide_n);
            let (a, b) = (m.reduce(a), m.reduce(b));
            prop_assert_eq!(u128::from(m.mul(a, b)), u128::from(a) * u128::from(b) % wide_n);
            if let Ok(inverse) = m.inverse(a) {
                prop_assert_eq!(m.mul(a, inverse), m.one());
            }
        }

        #[test]
        fn long_operands(n in 1..=u64::MAX, words in proptest::collection::vec(any::<u64>(), 0..6)) {
            let m = WordModulus::new(n).expect("n is not 0");
            let value = words.iter().rev().fold(BigUint::ZERO, |x, &l| (x << 64) + l);
            prop_assert_eq!(BigUint::from(m.reduce_limbs(&words)), &value % n);
            prop_assert_eq!(m.reduce_biguint(&value), m.reduce_limbs(&words));
            let mut quotient = words.clone();
            prop_assert_eq!(BigUint::from(WordDivisor::new(n).div_rem_assign(&mut quotient)), &value % n);
            prop_assert_eq!(limbs::to_biguint(&quotient), &value / n);
            let mut row = words.clone();
            row.push(u64::MAX); // value - 2^(64 * len)
            let negative = BigInt::from(value) - (BigInt::from(1) << (64 * words.len()));
            prop_assert_eq!(m.reduce_row(&row), m.reduce_bigint(&negative));
        }
    }
}
