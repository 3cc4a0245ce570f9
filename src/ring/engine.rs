//! What the exact rings share between `BigInt` coefficients and the flat engine: in, multiply, out.
//!
//! It stands apart because Z, Q, Z[i], Q(i), the checked integers and Z/n for big `n` all take this way.
//!
//! # Method
//! A sequence becomes one limb matrix as wide as its largest coefficient. Where that would be many times larger
//! than the coefficients themselves (`x^1000000 + 2^1000000`), each operand is cut into classes of coefficients of like
//! size, and every pair of classes is multiplied on its own, either flat or, where few coefficients are left, pair
//! by pair.
//!
//! # Invariants
//! Sizes are checked against [`limit`] before anything of that size is made.

use crate::convolution::{self, Want};
use crate::integer::{IntegerVec, division};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The product of two integer sequences.
pub(super) fn bigints(a: &[BigInt], b: &[BigInt], want: &Want) -> Result<Vec<BigInt>> {
    let first = IntegerVec::try_from_bigints(a)?;
    if std::ptr::eq(a, b) {
        return Ok(convolution::integers(first.as_slice(), first.as_slice(), want)?.to_bigints());
    }
    let second = IntegerVec::try_from_bigints(b)?;
    Ok(convolution::integers(first.as_slice(), second.as_slice(), want)?.to_bigints())
}

/// The product of two sequences of natural numbers, flat.
pub(super) fn biguints(a: &[BigUint], b: &[BigUint], want: &Want) -> Result<IntegerVec> {
    let first = IntegerVec::try_from_biguints(a)?;
    if std::ptr::eq(a, b) {
        return convolution::integers(first.as_slice(), first.as_slice(), want);
    }
    let second = IntegerVec::try_from_biguints(b)?;
    convolution::integers(first.as_slice(), second.as_slice(), want)
}

/// Refuses the power of a sequence when its coefficients together would be over the limit; `log2_norm` is
/// that of [`norm`](super::norm).
pub(super) fn check_power(len: usize, log2_norm: f64, n: u64, want: &Want) -> Result<()> {
    let full = super::generic::power_len(len, n)?;
    // A conversion out of range is the largest value, which is over every limit. A coefficient takes a word at least.
    let bits = (log2_norm * n as f64).ceil() as u64;
    limit::check(want.window(full, 1).len() as u64, bits.max(64))
}

/// Refuses a value of a polynomial of `len` coefficients at a point when it would be over the limit.
pub(super) fn check_value(coefficient_bits: u64, len: usize, point_bits: u64) -> Result<()> {
    match point_bits.checked_mul(len as u64).and_then(|bits| bits.checked_add(coefficient_bits)) {
        Some(bits) => limit::check(1, bits),
        None => Err(Error::limit(format!("a value of {point_bits}*{len} bits is over the limit"))),
    }
}

/// `a^n`.
pub(super) fn integer_power(a: &BigInt, n: u64) -> Result<BigInt> {
    if a.is_one() {
        return Ok(BigInt::one());
    }
    check_value(0, usize::try_from(n).unwrap_or(usize::MAX), a.bits())?;
    let mut power = BigInt::one();
    for i in (0..u64::BITS - n.leading_zeros()).rev() {
        power = &power * &power;
        if n >> i & 1 == 1 {
            power = &power * a;
        }
    }
    Ok(power)
}

/// The least common multiple of all denominators; `count` numerators will be written over it.
pub(super) fn common_denominator<'a>(
    values: impl IntoIterator<Item = &'a BigRational>,
    count: usize,
) -> Result<BigInt> {
    let mut lcm = BigInt::one();
    for value in values {
        if !value.denom().is_one() && !(&lcm % value.denom()).is_zero() {
            lcm = lcm.lcm(value.denom());
            limit::check(count as u64, lcm.bits())?;
        }
    }
    Ok(lcm)
}

/// `numerator / denominator` in lowest terms, for a positive denominator.
pub(super) fn fraction(numerator: BigInt, denominator: &BigInt) -> BigRational {
    if denominator.is_one() {
        return BigRational::from_integer(numerator);
    }
    let gcd = denominator.gcd(&(&numerator % denominator));
    if gcd.is_one() {
        BigRational::new_raw(numerator, denominator.clone())
    } else {
        BigRational::new_raw(numerator / &gcd, denominator / &gcd)
    }
}

/// The product of two natural numbers.
pub(super) fn product(a: &BigUint, b: &BigUint) -> BigUint {
    a * b
}

/// The product of two integers.
pub(super) fn signed_product(a: &BigInt, b: &BigInt) -> BigInt {
    a * b
}

/// Quotient and remainder, truncated towards zero; `b` is not zero.
pub(super) fn div_rem(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    if b.bits() < SLOW_DIVISION_BITS || a.bits() < b.bits() + SLOW_DIVISION_BITS {
        return a.div_rem(b);
    }
    let (quo, rem) = division::div_rem(a.magnitude(), b.magnitude(), product);
    let negative = if a.sign() == b.sign() { Sign::Plus } else { Sign::Minus };
    (BigInt::from_biguint(negative, quo), BigInt::from_biguint(a.sign(), rem))
}

/// From here on num-bigint's quadratic division is left.
const SLOW_DIVISION_BITS: u64 = 1 << 14;

/// Values of up to so many bits are computed by Horner's rule, whose products are all of a large and a small number;
/// beyond that by halves.
pub(super) const HORNER_BITS: u64 = 1 << 13;

/// The value at an integer by halves: `f(x) = f0(x) + x^h f1(x)`, `h` a power of two times the length of a leaf.
pub(super) fn evaluate_by_halves(f: &[BigInt], x: &BigInt) -> BigInt {
    evaluate_homogeneous(f, x, &BigInt::one())
}

/// `sum f[k] p^k q^(d-k)` with `d = f.len() - 1`, by halves on a tree whose powers of `p` and `q` are shared by level.
pub(super) fn evaluate_homogeneous(f: &[BigInt], p: &BigInt, q: &BigInt) -> BigInt {
    // Level by level: neighbours (low, high) of length h each become low*q^len(high) + high*p^h. Only the last
    // may be shorter, so its length is carried along.
    let mut values = f.to_vec();
    let (mut h, mut last) = (1usize, 1usize);
    let (mut p_power, mut q_power) = (p.clone(), q.clone());
    while values.len() > 1 {
        let mut tail = None;
        let odd = values.len() % 2 == 1;
        let pairs = values.len() / 2;
        let mut next = Vec::with_capacity(pairs + usize::from(odd));
        for (k, pair) in values.chunks_exact(2).enumerate() {
            let short = !odd && k + 1 == pairs && last < h;
            let scale = if short { &*tail.insert(num_traits::pow(q.clone(), last)) } else { &q_power };
            let low = if scale.is_one() { pair[0].clone() } else { signed_product(&pair[0], scale) };
            next.push(low + signed_product(&pair[1], &p_power));
        }
        if odd {
            next.push(values[values.len() - 1].clone());
        } else {
            last += h;
        }
        values = next;
        h *= 2;
        if values.len() > 1 {
            p_power = signed_product(&p_power, &p_power);
            if !q_power.is_one() {
                q_power = signed_product(&q_power, &q_power);
            }
        }
    }
    values.pop().unwrap_or(BigInt::ZERO)
}
