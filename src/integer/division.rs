//! Division of large natural numbers, `a = q*b + r` with `0 <= r < b`, at the cost of a few products.
//!
//! It stands apart because num-bigint divides in quadratic time at every size. The product comes from the caller: this
//! layer knows no transform.
//!
//! # Source
//! R. Brent, P. Zimmermann, "Modern Computer Arithmetic", 2010, sections 3.4.1 (Newton's iteration for the reciprocal) and 2.4.1
//! (Barrett's division). The rounding differs and is bounded here.
//!
//! # Error of the reciprocal
//! For `2^(k-1) <= d < 2^k` write `X = 2^(2k)/d - e`. Claim: `|e| <= 2`. The base case takes the floor, `0 <= e < 1`. A step starts from
//! the top `h` bits of `d`, `h = ceil(k/2) + 4`, so `d = d_h * 2^(k-h) + t` with `0 <= t < 2^(k-h)`, and from their reciprocal `X_h`
//! with error `e_h`. Let `s = 2^(k+h) - X_h*d`, which is `-2^(2h)*t/d_h + e_h*d`, hence `|s| <= 2^(k+1) + 2*2^k = 2^(k+2)`. With
//! `x = X_h * 2^(k-h)` and `u = s / 2^(k+h)`, so that `x*d = 2^(2k)*(1 - u)`, Newton's step `x*(1 + u)` misses `2^(2k)/d` by
//! `2^(2k)/d * u^2 <= 2^(k+1) * 2^(2*(2-h)) = 2^(k+5-2h) <= 2^-3`. The code adds `floor(X_h * floor(s/2^g) / 2^(2h-g))` for `g = h - 4`:
//! cutting `s` costs at most `X_h * 2^g / 2^(2h) <= (2^(h+1) + 2) * 2^(-4-h) <= 2^-2` (as `h >= 4`), the outer floor less than 1. Together `|e| < 2`.
//!
//! # Error of a quotient
//! For `a < 2^(2k)` the digit is `q' = floor(floor(a / 2^(k-1)) * X / 2^(k+1))`. Cutting `a` costs less than `X/2^(k+1) <= 1 + 2^-k`, the error
//! of `X` at most `2^(k+1) * 2 / 2^(k+1) = 2`, the floor less than 1: `|q' - a/d| < 5`. The remainder decides, so the result is
//! exact whatever the bounds; they say only that the correction takes at most five steps.

use super::limbs::{shift_right, to_biguint};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Zero;

/// A product of natural numbers, as this layer takes it from its caller.
pub type Product = fn(&BigUint, &BigUint) -> BigUint;

/// num-bigint's own product: right at every size, not below `n^1.46` at any.
pub fn plain_product(a: &BigUint, b: &BigUint) -> BigUint {
    a * b
}

/// Divisors below so many bits are kept without a reciprocal: num-bigint's division is faster. Measured with
/// `cargo bench --bench integers -- division`.
const RECIPROCAL_BITS: u64 = 64 * 64;

/// A single division with a divisor or a quotient below so many bits is num-bigint's. Measured with the same.
const DIVISION_BITS: u64 = 64 * 200;

/// Below so many bits a reciprocal is one division of num-bigint's.
const NEWTON_BASE_BITS: u64 = 64 * 64;

/// A divisor with its reciprocal, for many divisions by it.
///
/// # Examples
/// ```
/// use monic::integer::division::{Reciprocal, plain_product};
/// use num_bigint::BigUint;
/// let seven = Reciprocal::new(BigUint::from(7u8), plain_product);
/// let (q, r) = seven.div_rem(&BigUint::from(100u8));
/// assert_eq!((q, r), (14u8.into(), 2u8.into()));
/// ```
#[derive(Clone, Debug)]
pub struct Reciprocal {
    divisor: BigUint,
    /// `divisor = factor * 2^twos`: what a quotient is multiplied by is shorter for a power of an even number.
    factor: BigUint,
    twos: u64,
    /// The number of bits of the divisor, the `k` of the module header.
    bits: u64,
    /// `2^(2k) / divisor` within 2; `None` where num-bigint's division is faster.
    inverse: Option<BigUint>,
    product: Product,
}

impl Reciprocal {
    /// Computes the reciprocal of `divisor`.
    ///
    /// # Panics
    /// When `divisor` is 0.
    ///
    /// # Complexity
    /// About two and a half products of the divisor's size.
    pub fn new(divisor: BigUint, product: Product) -> Self {
        assert!(!divisor.is_zero(), "division by zero");
        let bits = divisor.bits();
        let inverse = (bits >= RECIPROCAL_BITS).then(|| approximate_inverse(&divisor, product));
        let twos = divisor.trailing_zeros().unwrap_or(0);
        Reciprocal { factor: &divisor >> twos, twos, divisor, bits, inverse, product }
    }

    /// The divisor.
    pub fn divisor(&self) -> &BigUint {
        &self.divisor
    }

    /// `(floor(a / d), a mod d)`.
    ///
    /// # Complexity
    /// Two products of the divisor's size for each stretch of that length in the quotient.
    pub fn div_rem(&self, a: &BigUint) -> (BigUint, BigUint) {
        if a < &self.divisor {
            return (BigUint::ZERO, a.clone());
        }
        let Some(inverse) = &self.inverse else {
            return num_integer::Integer::div_rem(a, &self.divisor);
        };
        let k = self.bits;
        let blocks = (a.bits() - 1) / k; // of k bits each, below the leading one
        let limbs = a.to_u64_digits();
        // Invariant: remainder < d, so remainder * 2^k + block < 2^(2k) and the digit has at most k bits.
        let mut remainder = a >> (blocks * k);
        let mut quotient = vec![0; limbs.len() + 1];
        if remainder >= self.divisor {
            remainder -= &self.divisor; // both have k bits
            put_bits(&mut quotient, blocks * k, &BigUint::from(1u8));
        }
        for j in (0..blocks).rev() {
            let window = (remainder << k) + bit_range(&limbs, j * k, k);
            let digit;
            (digit, remainder) = self.digit(&window, inverse);
            put_bits(&mut quotient, j * k, &digit);
        }
        (to_biguint(&quotient), remainder)
    }

    /// One digit of at most `k` bits and the remainder.
    fn digit(&self, a: &BigUint, inverse: &BigUint) -> (BigUint, BigUint) {
        let k = self.bits;
        let guess: BigUint = (self.product)(&(a >> (k - 1)), inverse) >> (k + 1);
        let multiple = (self.product)(&guess, &self.factor) << self.twos;
        settle(a, &self.divisor, guess, multiple)
    }
}

/// `(floor(a / b), a mod b)` below quadratic time.
///
/// # Panics
/// When `b` is 0.
///
/// # Complexity
/// For a quotient of `q` bits and a divisor of `k`: about five products of `min(q, k)` bits and, for a long divisor, one of `q` by
/// `k`; for a long quotient two of `k` bits each `k` bits of it.
pub fn div_rem(a: &BigUint, b: &BigUint, product: Product) -> (BigUint, BigUint) {
    assert!(!b.is_zero(), "division by zero");
    if a < b {
        return (BigUint::ZERO, a.clone());
    }
    let (k, quotient_bits) = (b.bits(), a.bits() - b.bits() + 1);
    if k < DIVISION_BITS || quotient_bits < DIVISION_BITS {
        return num_integer::Integer::div_rem(a, b);
    }
    if k <= quotient_bits + 64 {
        return Reciprocal::new(b.clone(), product).div_rem(a);
    }
    // Only the top bits of a long divisor matter: with a' = floor(a/2^s), b' = floor(b/2^s) the quotient a'/b' is at most
    // (a/b)*(1 + 2/b') + .. too large, less than 2 for b' of quotient_bits + 2 bits.
    let cut = k - (quotient_bits + 2);
    let (guess, _) = Reciprocal::new(b >> cut, product).div_rem(&(a >> cut));
    let multiple = product(&guess, b);
    settle(a, b, guess, multiple)
}

/// The true quotient and remainder from a guess that is a few units off, and `multiple = guess * b`.
fn settle(a: &BigUint, b: &BigUint, mut guess: BigUint, multiple: BigUint) -> (BigUint, BigUint) {
    let mut remainder = BigInt::from(a.clone()) - BigInt::from(multiple);
    let mut steps = 0;
    while remainder.sign() == Sign::Minus {
        guess -= 1u8;
        remainder += BigInt::from(b.clone());
        steps += 1;
    }
    while remainder.magnitude() >= b {
        guess += 1u8;
        remainder -= BigInt::from(b.clone());
        steps += 1;
    }
    debug_assert!(steps <= 5, "{steps} corrections: the error bound does not hold");
    (guess, remainder.into_parts().1)
}

/// `2^(2k) / d` within 2, for `d` of `k` bits.
fn approximate_inverse(d: &BigUint, product: Product) -> BigUint {
    let k = d.bits();
    if k <= NEWTON_BASE_BITS {
        return (BigUint::from(1u8) << (2 * k)) / d;
    }
    let h = k.div_ceil(2) + 4;
    let start = approximate_inverse(&(d >> (k - h)), product);
    let s = (BigInt::from(1u8) << (k + h)) - BigInt::from(product(&start, d));
    let g = h - 4;
    // Shifts of a BigInt round towards minus infinity: the floors of the header.
    let (sign, cut) = (s >> g).into_parts();
    let correction: BigInt = BigInt::from_biguint(sign, product(&start, &cut)) >> (2 * h - g);
    let x = BigInt::from(start << (k - h)) + correction;
    x.into_parts().1
}

/// Bits `from .. from + count` as a number; what lies beyond the limbs is 0.
fn bit_range(limbs: &[u64], from: u64, count: u64) -> BigUint {
    let (first, shift, end) = ((from / 64) as usize, from % 64, (from + count).div_ceil(64) as usize);
    let mut part = limbs[first.min(limbs.len())..end.min(limbs.len())].to_vec();
    let inside = (from + count) % 64;
    if inside != 0
        && first + part.len() == end
        && let Some(top) = part.last_mut()
    {
        *top &= (1 << inside) - 1;
    }
    shift_right(&mut part, shift as u32);
    to_biguint(&part)
}

/// Writes `value` at bit `from`, where there are zeros.
fn put_bits(limbs: &mut [u64], from: u64, value: &BigUint) {
    let shift = from % 64;
    let mut above = 0;
    let mut place = limbs[(from / 64) as usize..].iter_mut();
    for (digit, limb) in value.iter_u64_digits().zip(place.by_ref()) {
        let wide = u128::from(digit) << shift;
        *limb |= wide as u64 | above;
        above = (wide >> 64) as u64;
    }
    if let Some(limb) = place.next() {
        *limb |= above;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of `bits` bits: all ones, a power of two, and pseudo-random ones from a fixed seed.
    fn samples(bits: u64) -> Vec<BigUint> {
        let one = BigUint::from(1u8);
        let mut x = BigUint::from(0x9E37_79B9_7F4A_7C15u64);
        while x.bits() < bits {
            x = &x * &x + 12345u32;
        }
        let random = &x >> (x.bits() - bits);
        vec![(&one << bits) - 1u8, &one << (bits - 1), (&one << (bits - 1)) + 1u8, random]
    }

    #[test]
    fn reciprocal_within_two() {
        for bits in [NEWTON_BASE_BITS - 1, NEWTON_BASE_BITS + 1, 9001, 20_000, 40_003] {
            for d in samples(bits) {
                let x = BigInt::from(approximate_inverse(&d, plain_product));
                let exact = BigInt::from((BigUint::from(1u8) << (2 * bits)) / &d);
                let error = exact - x;
                assert!(error >= BigInt::from(-2) && error <= BigInt::from(2), "{bits} bits: {error}");
            }
        }
    }

    #[test]
    fn agrees_with_num_bigint() {
        let sizes = [64, RECIPROCAL_BITS - 1, RECIPROCAL_BITS, RECIPROCAL_BITS + 1, 40_003];
        for a_bits in sizes {
            for b_bits in sizes.into_iter().filter(|&b| b <= a_bits) {
                for a in samples(a_bits) {
                    for b in samples(b_bits) {
                        let expected = num_integer::Integer::div_rem(&a, &b);
                        assert_eq!(div_rem(&a, &b, plain_product), expected, "{a_bits} by {b_bits}");
                        let reciprocal = Reciprocal::new(b, plain_product);
                        assert_eq!(reciprocal.div_rem(&a), expected, "{a_bits} by {b_bits}");
                    }
                }
            }
        }
        // A single division goes this way only for longer numbers.
        for (b_bits, q_bits) in [(DIVISION_BITS, DIVISION_BITS), (2 * DIVISION_BITS, DIVISION_BITS)] {
            let (b, q) = (&samples(b_bits)[3], &samples(q_bits)[0]);
            let r = b - 1u8;
            assert_eq!(div_rem(&(q * b + &r), b, plain_product), (q.clone(), r));
        }
    }

    #[test]
    fn multiples_and_their_neighbours() {
        for bits in [RECIPROCAL_BITS, 2 * RECIPROCAL_BITS + 17] {
            for d in samples(bits) {
                let reciprocal = Reciprocal::new(d.clone(), plain_product);
                for q in samples(bits - 3).into_iter().chain(samples(3 * bits + 1)) {
                    let a = &q * &d;
                    assert_eq!(reciprocal.div_rem(&a), (q.clone(), BigUint::ZERO));
                    assert_eq!(reciprocal.div_rem(&(&a + 1u8)), (q.clone(), 1u8.into()));
                    assert_eq!(reciprocal.div_rem(&(&a - 1u8)), (q - 1u8, &d - 1u8));
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "division by zero")]
    fn by_zero() {
        div_rem(&BigUint::from(1u8), &BigUint::ZERO, plain_product);
    }

    #[test]
    fn ranges_of_bits() {
        let a = samples(1000).pop().expect("there are samples");
        for (from, count) in [(0, 1), (0, 64), (3, 64), (63, 2), (64, 128), (900, 500), (1000, 7), (5000, 70)]
        {
            let expected = (&a >> from) & ((BigUint::from(1u8) << count) - 1u8);
            assert_eq!(bit_range(&a.to_u64_digits(), from, count), expected, "{count} bits from {from}");
        }
    }
}
