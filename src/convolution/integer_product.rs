//! Products and quotients of large integers: `a * b`, `a^2`, `a = q*b + r`.
//!
//! It stands apart because a large integer is a polynomial in a power of two: cut into chunks of `c` bits it goes through the
//! engine's transforms, and what comes back is carried once. num-bigint stops at Toom-3 and divides in quadratic
//! time. This is the product that the whole crate multiplies large integers with; it calls nothing but the
//! transforms of the engine, never Kronecker substitution, which calls it.
//!
//! # Method
//! Chunks are natural numbers below `2^c`, so with `n` chunks in the shorter operand a coefficient of the product is below
//! `2^(2c) * n`. [`tuning::INTEGER_PRODUCT_BITS`] fixes the bits of a coefficient, and `c` is what they leave. An operand much longer than the other is
//! cut into blocks by the engine, which transforms the shorter one once.
//!
//! # What it does not do
//! Small operands: below the thresholds num-bigint's own product is faster and is what runs.

use super::{Algorithm, Want, integers, ntt, plan::ceil_log2, tuning};
use crate::{
    Error, ErrorKind, Result,
    integer::{IntegerVec, division, from_limbs},
    limit,
};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Zero;

/// The product of two integers of any size.
///
/// Passing the same integer twice (the same reference) computes a square.
///
/// # Panics
/// When the product is over the [limit](crate::limit); [`try_integer_product`] returns an error instead.
///
/// # Complexity
/// `O(n log n log log n)` bit operations for balanced operands of `n` bits, by transforms; num-bigint's product where it is faster.
///
/// # Examples
/// ```
/// use monic::integer_product;
/// use num_bigint::BigInt;
/// let x: BigInt = (BigInt::from(1) << 100_000) - 1;
/// let square: BigInt = (BigInt::from(1) << 200_000) - (BigInt::from(1) << 100_001) + 1;
/// assert_eq!(integer_product(&x, &x), square);
/// ```
#[track_caller]
pub fn integer_product(a: &BigInt, b: &BigInt) -> BigInt {
    or_panic(try_integer_product(a, b))
}

/// The product of two integers of any size.
///
/// # Errors
/// Kind limit when it is over the [limit](crate::limit).
pub fn try_integer_product(a: &BigInt, b: &BigInt) -> Result<BigInt> {
    limit::check(1, a.bits().saturating_add(b.bits()))?;
    let sign = if a.sign() == b.sign() { Sign::Plus } else { Sign::Minus };
    Ok(BigInt::from_biguint(sign, natural_product(a.magnitude(), b.magnitude())))
}

/// The square of an integer of any size.
///
/// # Panics
/// When it is over the [limit](crate::limit).
#[track_caller]
pub fn integer_square(a: &BigInt) -> BigInt {
    integer_product(a, a)
}

/// The quotient, rounded towards zero, and the remainder, with the sign of `a`: `a = q*b + r`, `|r| < |b|`.
///
/// # Panics
/// When `b` is 0; [`try_integer_div_rem`] returns an error instead.
///
/// # Complexity
/// A few products of the size of the operands.
///
/// # Examples
/// ```
/// use monic::integer_div_rem;
/// use num_bigint::BigInt;
/// let (q, r) = integer_div_rem(&BigInt::from(-7), &BigInt::from(2));
/// assert_eq!((q, r), ((-3).into(), (-1).into()));
/// ```
#[track_caller]
pub fn integer_div_rem(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    or_panic(try_integer_div_rem(a, b))
}

/// The quotient, rounded towards zero, and the remainder, with the sign of `a`.
///
/// # Errors
/// Kind undefined when `b` is 0.
pub fn try_integer_div_rem(a: &BigInt, b: &BigInt) -> Result<(BigInt, BigInt)> {
    if b.is_zero() {
        return Err(Error::undefined("division by zero"));
    }
    let (q, r) = division::div_rem(a.magnitude(), b.magnitude(), natural_product);
    let sign = if a.sign() == b.sign() { Sign::Plus } else { Sign::Minus };
    Ok((BigInt::from_biguint(sign, q), BigInt::from_biguint(a.sign(), r)))
}

#[track_caller]
fn or_panic<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// The product of two natural numbers: the [`Product`](division::Product) that radix conversion, division and moduli are
/// handed. It never fails: where the buffers of the transforms would be over the [limit](crate::limit), num-bigint's product, which
/// needs little memory, takes their place.
///
/// # Examples
/// ```
/// use monic::{integer::BigModulus, natural_product};
/// let n = BigModulus::with_product(1000u32.into(), natural_product)?;
/// assert_eq!(n.mul(&37u8.into(), &28u8.into()), 36u8.into());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn natural_product(a: &BigUint, b: &BigUint) -> BigUint {
    let square = std::ptr::eq(a, b);
    let shorter = a.bits().min(b.bits());
    let least = if square { tuning::INTEGER_SQUARE_LIMBS } else { tuning::INTEGER_PRODUCT_LIMBS };
    if shorter < 64 * least as u64 {
        return a * b;
    }
    let x = a.to_u64_digits();
    let result = if square { by_transforms(&x, None) } else { by_transforms(&x, Some(&b.to_u64_digits())) };
    match result {
        Ok(limbs) => from_limbs(&limbs),
        Err(error) => {
            debug_assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
            a * b
        }
    }
}

/// The limbs of `a * b`, or of `a * a`, by the engine's transforms at any size; both operands end in a limb that is
/// not 0.
///
/// # Errors
/// Kind limit, for buffers over the limit or where memory is refused.
fn by_transforms(a: &[u64], b: Option<&[u64]>) -> Result<Vec<u64>> {
    let other = b.unwrap_or(a);
    let bits = |x: &[u64]| x.last().map_or(0, |top| 64 * x.len() as u64 - u64::from(top.leading_zeros()));
    let (long, short) = (bits(a).max(bits(other)), bits(a).min(bits(other)));
    if short == 0 {
        return Ok(Vec::new());
    }
    let chunk = chunk_bits(long, short);
    let want = Want::full().by(Algorithm::Ntt);
    let x = cut(a, bits(a), chunk)?;
    let product = match b {
        None => integers(x.as_slice(), x.as_slice(), &want)?,
        Some(b) => integers(x.as_slice(), cut(b, bits(b), chunk)?.as_slice(), &want)?,
    };
    Ok(carry(&product, chunk, (long + short).div_ceil(64) as usize))
}

/// Bits of a chunk: what the bits of a coefficient leave, more for operands that would be too long for a transform.
fn chunk_bits(long: u64, short: u64) -> u64 {
    let mut bits = tuning::INTEGER_PRODUCT_BITS;
    loop {
        // The number of terms depends on the chunk; a smaller chunk has more of them.
        let mut chunk = (bits - ceil_log2(short)) / 2;
        while 2 * (chunk + 1) + ceil_log2(short.div_ceil(chunk + 1)) <= bits {
            chunk += 1;
        }
        if long.div_ceil(chunk) + short.div_ceil(chunk) <= ntt::MAX_LENGTH as u64 {
            return chunk;
        }
        bits *= 2;
    }
}

/// Chunks of `chunk` bits, least significant first, as rows with a sign bit.
fn cut(limbs: &[u64], bits: u64, chunk: u64) -> Result<IntegerVec> {
    let (count, width) = (bits.div_ceil(chunk) as usize, (chunk / 64 + 1) as usize);
    let mut rows = IntegerVec::try_zeros(count, width)?;
    let limb = |k: usize| limbs.get(k).copied().unwrap_or(0);
    let mask = (1u64 << (chunk % 64)) - 1; // of the top limb; 0 when only the sign bit is there
    for (k, row) in rows.limbs_mut().chunks_exact_mut(width).enumerate() {
        let at = k as u64 * chunk;
        let (first, shift) = ((at / 64) as usize, at % 64);
        for (t, out) in row.iter_mut().enumerate() {
            let wide = u128::from(limb(first + t + 1)) << 64 | u128::from(limb(first + t));
            *out = (wide >> shift) as u64;
        }
        row[width - 1] &= mask;
    }
    Ok(rows)
}

/// `sum row[k] * 2^(chunk * k)` for rows of natural numbers, `len` limbs: one pass with a running sum.
fn carry(rows: &IntegerVec, chunk: u64, len: usize) -> Vec<u64> {
    match rows.width() {
        1 => carry_rows::<2>(rows, chunk, len),
        2 => carry_rows::<3>(rows, chunk, len),
        3 => carry_rows::<4>(rows, chunk, len),
        _ => carry_wide(rows, chunk, len),
    }
}

/// The same with a running sum of `N` limbs, one more than a row has: `sum < 2^(64 * width) + sum / 2^chunk` stays below
/// twice the largest row.
fn carry_rows<const N: usize>(rows: &IntegerVec, chunk: u64, len: usize) -> Vec<u64> {
    let mut out = Output::new(len);
    let mut sum = [0u64; N];
    for row in rows.limbs().chunks_exact(N - 1) {
        add(&mut sum, row);
        out.push(&sum, chunk);
        shift_down(&mut sum, chunk);
    }
    out.finish(&sum)
}

fn carry_wide(rows: &IntegerVec, chunk: u64, len: usize) -> Vec<u64> {
    let mut out = Output::new(len);
    let mut sum = vec![0u64; rows.width() + 1];
    for row in rows.rows() {
        add(&mut sum, row);
        out.push(&sum, chunk);
        shift_down(&mut sum, chunk);
    }
    out.finish(&sum)
}

/// `sum += row`, one limb shorter.
#[inline(always)]
fn add(sum: &mut [u64], row: &[u64]) {
    let mut carry = 0u128;
    for (sum, &limb) in sum.iter_mut().zip(row.iter().chain(&[0])) {
        carry += u128::from(*sum) + u128::from(limb);
        *sum = carry as u64;
        carry >>= 64;
    }
}

/// `sum >>= bits`.
#[inline(always)]
fn shift_down(sum: &mut [u64], bits: u64) {
    let (words, shift) = ((bits / 64) as usize, bits % 64);
    for k in 0..sum.len() {
        let low = sum.get(k + words).copied().unwrap_or(0);
        let high = sum.get(k + words + 1).copied().unwrap_or(0);
        sum[k] = ((u128::from(high) << 64 | u128::from(low)) >> shift) as u64;
    }
}

/// Bits, appended from the least significant one up.
struct Output {
    limbs: Vec<u64>,
    /// The limbs wanted; what is appended beyond them is 0.
    len: usize,
    /// Bits that do not fill a limb yet.
    held: u64,
    count: u64,
}

impl Output {
    fn new(len: usize) -> Self {
        Output { limbs: Vec::with_capacity(len), len, held: 0, count: 0 }
    }

    /// Appends the low `bits` bits of `value`.
    #[inline(always)]
    fn push(&mut self, value: &[u64], bits: u64) {
        let mut left = bits;
        for &limb in value {
            let take = left.min(64);
            let wide = u128::from(self.held) | (u128::from(limb) & ((1 << take) - 1)) << self.count;
            self.count += take;
            if self.count >= 64 {
                self.limbs.push(wide as u64);
                self.held = (wide >> 64) as u64;
                self.count -= 64;
            } else {
                self.held = wide as u64;
            }
            left -= take;
            if left == 0 {
                return;
            }
        }
    }

    fn finish(mut self, rest: &[u64]) -> Vec<u64> {
        self.push(rest, 64 * rest.len() as u64);
        self.limbs.push(self.held);
        debug_assert!(
            self.limbs.iter().skip(self.len).all(|&l| l == 0),
            "the product is longer than its factors"
        );
        self.limbs.truncate(self.len);
        self.limbs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A number of exactly `bits` bits from a fixed seed, or all ones.
    fn number(bits: u64, seed: u64) -> BigUint {
        let one = BigUint::from(1u8);
        if seed == 0 {
            return (one << bits) - 1u8;
        }
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let limbs: Vec<u64> = (0..bits.div_ceil(64))
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                state ^ state >> 29
            })
            .collect();
        let x: BigUint = from_limbs(&limbs) | (&one << (64 * limbs.len() as u64 - 1));
        let spare = x.bits() - bits;
        x >> spare
    }

    fn transformed(a: &BigUint, b: &BigUint) -> BigUint {
        from_limbs(&by_transforms(&a.to_u64_digits(), Some(&b.to_u64_digits())).expect("small"))
    }

    #[test]
    fn transforms_agree_with_num_bigint_in_every_shape() {
        let chunk = chunk_bits(5000, 5000);
        for a_bits in [1, 2, 63, 64, 65, chunk - 1, chunk, chunk + 1, 2 * chunk, 5000, 20_011] {
            for b_bits in [1, 64, chunk, 2 * chunk + 1, 5000, 9999] {
                for seed in 0..2 {
                    let (a, b) = (number(a_bits, seed), number(b_bits, 2 * seed));
                    assert_eq!(transformed(&a, &b), &a * &b, "{a_bits} by {b_bits} bits");
                }
            }
            let a = number(a_bits, 0);
            let square = by_transforms(&a.to_u64_digits(), None).expect("small");
            assert_eq!(from_limbs(&square), &a * &a, "{a_bits} bits squared");
        }
    }

    #[test]
    fn either_side_of_the_threshold() {
        for limbs in [tuning::INTEGER_SQUARE_LIMBS, tuning::INTEGER_PRODUCT_LIMBS] {
            for bits in [64 * limbs as u64 - 1, 64 * limbs as u64] {
                let (a, b) = (number(bits, 0), number(bits + 700, 3));
                assert_eq!(natural_product(&a, &b), &a * &b);
                assert_eq!(natural_product(&a, &a), &a * &a);
            }
        }
    }

    #[test]
    fn zero_and_signs() {
        let big = BigInt::from(number(200_000, 5));
        let zero = BigInt::ZERO;
        assert_eq!(integer_product(&big, &zero), zero);
        assert_eq!(integer_product(&-&big, &big), -integer_square(&big));
        assert_eq!(integer_product(&-&big, &-&big), integer_square(&big));
        assert!(by_transforms(&[], Some(&[1])).expect("small").is_empty());
        assert_eq!(try_integer_div_rem(&big, &zero).unwrap_err().kind(), ErrorKind::Undefined);
        for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (0, 3), (6, -3)] {
            let (q, r) = integer_div_rem(&BigInt::from(a), &BigInt::from(b));
            assert_eq!((q, r), ((a / b).into(), (a % b).into()));
        }
    }

    #[test]
    fn division_of_long_numbers() {
        let (b, q) = (BigInt::from(number(70_000, 7)), BigInt::from(number(90_000, 8)));
        let r: BigInt = &b - 1;
        let a = &q * &b + &r;
        assert_eq!(integer_div_rem(&a, &b), (q.clone(), r.clone()));
        assert_eq!(integer_div_rem(&-&a, &b), (-q, -r));
    }

    #[test]
    fn chunks_leave_room_for_the_sum() {
        for bits in [1, 64, 1000, 1 << 20, 1 << 30, 1 << 36] {
            let chunk = chunk_bits(bits, bits);
            assert!(bits.div_ceil(chunk) * 2 <= ntt::MAX_LENGTH as u64);
            assert!(ntt::primes_for(2 * chunk + ceil_log2(bits.div_ceil(chunk))) <= tuning::NTT_MAX_PRIMES);
        }
    }

    proptest! {
        #[test]
        fn random_limbs(a in proptest::collection::vec(any::<u64>(), 1..40), b in proptest::collection::vec(any::<u64>(), 1..40)) {
            let (a, b) = (from_limbs(&a), from_limbs(&b));
            prop_assert_eq!(transformed(&a, &b), a * b);
        }
    }
}
