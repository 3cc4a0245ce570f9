//! Products and quotients of large integers: `a * b`, `a^2`, `a = q*b + r`.
//!
//! It stands apart because a large integer is a polynomial in a power of two: cut into chunks of `c` bits it goes through the
//! engine's transforms, and what comes back is carried once. num-bigint stops at Toom-3 and divides in quadratic
//! time. This is the product that the whole crate multiplies large integers with; it calls nothing but the
//! transforms of the engine, never Kronecker substitution, which calls it.
//!
//! # The ladder
//! [`schoolbook`] for a few limbs, then digits of 52 bits, in registers and then with Karatsuba, where a vector unit multiplies them
//! ([`Kernel::integer_product`](super::ntt::Kernel::integer_product)), [`karatsuba`] over limbs elsewhere, then [`transforms`]. [`mul_limbs`] is the step that chooses;
//! everything else wraps it.

#[cfg(target_arch = "x86_64")]
mod adx;
mod exact;
mod karatsuba;
mod schoolbook;
#[cfg(target_arch = "x86_64")]
mod squares;
mod transforms;

use super::{ntt, scratch, tuning};
use crate::{
    Error, Result,
    integer::{
        ask_for, bigints, division, from_limbs,
        limbs::{add_assign, trimmed},
    },
    limit,
};
#[cfg(target_arch = "x86_64")]
pub(super) use adx::Adx;
pub(crate) use exact::ExactDivisor;
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Zero;
pub(super) use schoolbook::add_product;

/// The product of two integers of any size.
///
/// Passing the same integer twice (the same reference) computes a square.
///
/// # Panics
/// When the product is over the [limit](crate::limit); [`try_integer_product`] returns an error instead.
///
/// # Complexity
/// `O(n log n log log n)` bit operations for balanced operands of `n` bits, by transforms; quadratic for a few limbs.
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
    or_panic(check(a, b));
    product_of(a, b)
}

/// The product of two integers of any size.
///
/// # Errors
/// Kind limit when it is over the [limit](crate::limit), or where memory is refused.
pub fn try_integer_product(a: &BigInt, b: &BigInt) -> Result<BigInt> {
    check(a, b)?;
    Ok(product_of(a, b))
}

/// The product of two integers of any size, in the memory that `out` has.
///
/// # Panics
/// When the product is over the [limit](crate::limit); [`try_integer_product_into`] returns an error instead.
///
/// # Complexity
/// That of [`integer_product`].
///
/// # Examples
/// ```
/// use monic::integer_product_into;
/// use num_bigint::BigInt;
/// let (mut factorial, mut next) = (BigInt::from(1), BigInt::ZERO);
/// for n in 2..=30 {
///     integer_product_into(&factorial, &n.into(), &mut next);
///     std::mem::swap(&mut factorial, &mut next);
/// }
/// assert_eq!(factorial.to_string(), "265252859812191058636308480000000");
/// ```
#[track_caller]
pub fn integer_product_into(a: &BigInt, b: &BigInt, out: &mut BigInt) {
    or_panic(try_integer_product_into(a, b, out));
}

/// The product of two integers of any size, in the memory that `out` has.
///
/// # Errors
/// Kind limit when it is over the [limit](crate::limit), or where memory is refused; `out` is as it was then.
pub fn try_integer_product_into(a: &BigInt, b: &BigInt, out: &mut BigInt) -> Result<()> {
    check(a, b)?;
    let sign = sign_of(a, b);
    with_product(a.magnitude(), b.magnitude(), |limbs| bigints::assign_magnitude(out, sign, limbs));
    Ok(())
}

/// Refuses a product over the limit, or one that there is no memory for.
#[inline]
fn check(a: &BigInt, b: &BigInt) -> Result<()> {
    /// Limbs of a product that memory is not asked for.
    const SHORT: u64 = 1 << 18;
    let most = (limbs(a.magnitude()) + limbs(b.magnitude())) as u64;
    if most <= SHORT.min(limit::result_bits() / 64) { Ok(()) } else { check_long(a, b, most) }
}

/// The same for what is long or over the limit, of which `most` is a bound: bits are counted only where limbs do not say it.
#[cold]
fn check_long(a: &BigInt, b: &BigInt, most: u64) -> Result<()> {
    if most > limit::result_bits() / 64 {
        limit::check(1, a.bits().saturating_add(b.bits()))?;
    }
    // Operands and result as slices, and the result.
    ask_for(3 * most as usize)
}

/// The product, under the limit.
#[inline]
fn product_of(a: &BigInt, b: &BigInt) -> BigInt {
    let (sign, mut out) = (sign_of(a, b), BigInt::ZERO);
    with_product(a.magnitude(), b.magnitude(), |limbs| bigints::assign_magnitude(&mut out, sign, limbs));
    out
}

/// The sign of a product that is not 0.
fn sign_of(a: &BigInt, b: &BigInt) -> Sign {
    if a.sign() == b.sign() { Sign::Plus } else { Sign::Minus }
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
/// handed. It never fails: where the buffers of a fast algorithm would be over the [limit](crate::limit), products of halves take its place,
/// as often as needed.
///
/// # Examples
/// ```
/// use monic::{integer::BigModulus, natural_product};
/// let n = BigModulus::with_product(1000u32.into(), natural_product)?;
/// assert_eq!(n.mul(&37u8.into(), &28u8.into()), 36u8.into());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn natural_product(a: &BigUint, b: &BigUint) -> BigUint {
    with_product(a, b, from_limbs)
}

/// The product of two natural numbers in limbs of 64 bits, least significant first, into `out`: that of [`integer_product`] for who keeps numbers in slices of words.
///
/// The same slice twice is a square. Leading zeros may stand in both. It never fails, as [`natural_product`].
///
/// # Panics
/// When `out` has not as many limbs as both factors together.
///
/// # Complexity
/// That of [`integer_product`]. Up to eight limbs nothing is allocated, beyond that what a thread keeps is used again.
///
/// # Examples
/// ```
/// use monic::integer_product_limbs;
/// let mut product = [0; 3];
/// integer_product_limbs(&[u64::MAX, 1], &[3], &mut product);
/// assert_eq!(product, [u64::MAX - 2, 5, 0]);
/// ```
#[track_caller]
pub fn integer_product_limbs(a: &[u64], b: &[u64], out: &mut [u64]) {
    assert_eq!(out.len(), a.len() + b.len(), "a product has the limbs of both factors");
    let (x, y) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if let (&[x, x_high], &[y, y_high]) = (x, y) {
        let mut place = [0; 4];
        row_by_row(&mut place, &[x, x_high], &[y, y_high]);
        return out.copy_from_slice(&place);
    }
    #[cfg(target_arch = "x86_64")]
    if matches!(x.len(), 3..=8)
        && 2 * y.len() >= x.len()
        && let Some(lane) = Adx::detect()
    {
        return in_line(lane, x, y, out);
    }
    mul_limbs(out, a, b);
}

/// The product of three to eight limbs and not far fewer, in the place of a straight line, which takes all pairs.
#[cfg(target_arch = "x86_64")]
#[inline]
fn in_line(lane: Adx, x: &[u64], y: &[u64], out: &mut [u64]) {
    let copy = |place: &mut [u64], from: &[u64]| {
        place.iter_mut().enumerate().for_each(|(i, limb)| *limb = from.get(i).copied().unwrap_or(0));
    };
    if x.len() <= 4 {
        let mut place = [0; 16];
        copy(&mut place[..4], x);
        copy(&mut place[4..8], y);
        lane.four(&mut place);
        return out.copy_from_slice(&place[8..8 + out.len()]);
    }
    let mut place = [0; 32];
    copy(&mut place[..8], x);
    copy(&mut place[8..16], y);
    if x.len() <= 6 {
        lane.six(&mut place);
    } else {
        lane.eight(&mut place);
    }
    out.copy_from_slice(&place[16..16 + out.len()]);
}

/// What a function makes of the limbs of a product, the last of them not 0.
#[inline]
fn with_product<T>(a: &BigUint, b: &BigUint, make: impl FnOnce(&[u64]) -> T) -> T {
    let (m, n) = (limbs(a), limbs(b));
    let (least, most) = (m.min(n), m.max(n));
    if most <= 2 {
        return make(trimmed(&few(a, b, row_by_row::<2, 4>)));
    }
    #[cfg(target_arch = "x86_64")]
    // A straight line takes all pairs, of limbs that are not there too.
    if (most <= 4 || most <= 8 && 2 * least >= most)
        && let Some(lane) = Adx::detect()
    {
        return if most <= 4 { with_four(lane, a, b, make) } else { with_eight(lane, a, b, make) };
    }
    with_long_product(a, b, make)
}

/// The same up to four limbs. Functions of their own save no registers for each other, and what calls `make` once has it inlined: an integer that is
/// returned on the stack waits there to be moved.
#[cfg(target_arch = "x86_64")]
#[inline(never)]
fn with_four<T>(lane: Adx, a: &BigUint, b: &BigUint, make: impl FnOnce(&[u64]) -> T) -> T {
    let mut place = [0; 16];
    let (low, above) = place.split_at_mut(4);
    for (number, place) in [(a, low), (b, &mut above[..4])] {
        let mut digits = number.iter_u64_digits();
        place.iter_mut().for_each(|limb| *limb = digits.next().unwrap_or(0));
    }
    lane.four(&mut place);
    make(trimmed(&place[8..]))
}

/// The same for five to eight limbs.
#[cfg(target_arch = "x86_64")]
#[inline(never)]
fn with_eight<T>(lane: Adx, a: &BigUint, b: &BigUint, make: impl FnOnce(&[u64]) -> T) -> T {
    let mut place = [0; 32];
    let most = read(&mut place[..8], a).max(read(&mut place[8..16], b));
    if most <= 6 {
        lane.six(&mut place);
    } else {
        lane.eight(&mut place);
    }
    make(trimmed(&place[16..]))
}

/// The same where no straight line is there.
#[inline(never)]
fn with_long_product<T>(a: &BigUint, b: &BigUint, make: impl FnOnce(&[u64]) -> T) -> T {
    let (m, n) = (limbs(a), limbs(b));
    match m.max(n) {
        0..=4 => make(trimmed(&few(a, b, row_by_row::<4, 8>))),
        5..=8 => product_in::<8, 16, _>(a, b, make),
        9..=12 => product_in::<12, 24, _>(a, b, make),
        13..=16 => product_in::<16, 32, _>(a, b, make),
        17..=SHORT => product_in::<SHORT, { 2 * SHORT }, _>(a, b, make),
        _ if m.min(n) == 0 => make(&[]),
        _ => match scratch::take(2 * (m + n)) {
            Ok(mut buffer) => {
                let (x, rest) = buffer.split_at_mut(m);
                let (y, out) = rest.split_at_mut(n);
                read(x, a);
                if std::ptr::eq(a, b) {
                    mul_limbs(out, x, x);
                } else {
                    read(y, b);
                    mul_limbs(out, x, y);
                }
                make(trimmed(out))
            }
            Err(_) => make(&(a * b).to_u64_digits()),
        },
    }
}

/// Limbs of operands that stay on the stack.
const SHORT: usize = 32;

/// How many limbs a number has.
#[inline(always)]
fn limbs(x: &BigUint) -> usize {
    x.iter_u64_digits().len()
}

/// The product of numbers of at most `N` limbs, zeros beyond it, `M = 2 N`.
#[inline(always)]
fn few<const N: usize, const M: usize>(
    a: &BigUint,
    b: &BigUint,
    product: impl FnOnce(&mut [u64; M], &[u64; N], &[u64; N]),
) -> [u64; M] {
    let (mut x, mut y, mut out) = ([0; N], [0; N], [0; M]);
    read(&mut x, a);
    read(&mut y, b);
    product(&mut out, &x, &y);
    out
}

/// `out = x * y`, where `out` is zero.
#[inline(always)]
fn row_by_row<const N: usize, const M: usize>(out: &mut [u64; M], x: &[u64; N], y: &[u64; N]) {
    for (j, &y) in y.iter().enumerate() {
        let mut carry = 0;
        for (i, &x) in x.iter().enumerate() {
            let t = u128::from(x) * u128::from(y) + u128::from(out[i + j]) + u128::from(carry);
            out[i + j] = t as u64;
            carry = (t >> 64) as u64;
        }
        out[j + N] = carry;
    }
}

/// The product of numbers of at most `N` limbs.
#[inline(always)]
fn product_in<const N: usize, const M: usize, T>(
    a: &BigUint,
    b: &BigUint,
    make: impl FnOnce(&[u64]) -> T,
) -> T {
    let (mut x, mut y, mut out) = ([0; N], [0; N], [0; M]);
    let (m, n) = (read(&mut x, a), read(&mut y, b));
    // A square is one slice twice.
    let (x, out) = (&x[..m], &mut out[..m + n]);
    let y = if std::ptr::eq(a, b) { x } else { &y[..n] };
    if m.min(n) == 0 {
        return make(&[]);
    }
    let (x, y) = if m >= n { (x, y) } else { (y, x) };
    mul_trimmed(out, x, y);
    make(trimmed(out))
}

/// The limbs of a number; returns how many there are.
#[inline(always)]
fn read(out: &mut [u64], x: &BigUint) -> usize {
    let digits = x.iter_u64_digits();
    let len = digits.len();
    out.iter_mut().zip(digits).for_each(|(out, x)| *out = x);
    len
}

/// `out = a * b` for natural numbers, `out.len() = a.len() + b.len()`; the same slice twice is a square.
pub(crate) fn mul_limbs(out: &mut [u64], a: &[u64], b: &[u64]) {
    assert_eq!(out.len(), a.len() + b.len(), "a product has the limbs of both factors");
    let (x, y) = (trimmed(a), trimmed(b));
    let (x, y) = if x.len() >= y.len() { (x, y) } else { (y, x) };
    let (out, above) = out.split_at_mut(x.len() + y.len());
    above.fill(0);
    if y.is_empty() {
        return out.fill(0);
    }
    mul_trimmed(out, x, y);
}

/// The same for factors whose last limbs are not 0, `y` not longer than `x` and not empty.
#[inline]
fn mul_trimmed(out: &mut [u64], x: &[u64], y: &[u64]) {
    if y.len() < tuning::INTEGER_COLUMNS_LIMBS {
        return schoolbook::product(out, x, y);
    }
    // A wrong setting is reported by the products of polynomials.
    let backend = ntt::backend().unwrap_or(ntt::Backend::Portable);
    let least = match backend {
        ntt::Backend::Portable => tuning::INTEGER_PRODUCT_LIMBS,
        ntt::Backend::Avx2 | ntt::Backend::Avx512 => tuning::INTEGER_PRODUCT_LIMBS_DOUBLES,
        ntt::Backend::Ifma => tuning::INTEGER_PRODUCT_LIMBS_IFMA,
    };
    let fast = |out: &mut [u64], x: &[u64], y: &[u64]| {
        x.len().min(y.len()) >= least && transforms::product(out, x, y).is_ok()
    };
    if fast(out, x, y) || backend.kernel().integer_product(out, x, y) {
        return;
    }
    if y.len() < karatsuba::least(x, y) {
        schoolbook::product(out, x, y);
    } else {
        match scratch::take(karatsuba::scratch_len(y.len())) {
            Ok(mut scratch) => karatsuba::product(out, x, y, &mut scratch, &fast),
            Err(_) => in_parts(out, x, y),
        }
    }
}

/// The same where memory is refused: parts of half the length of the shorter factor, each by each, or still shorter ones. Halves take a quarter of the
/// memory and twice the time of the whole.
fn in_parts(out: &mut [u64], x: &[u64], y: &[u64]) {
    let mut part = y.len();
    let mut product = loop {
        part = part.div_ceil(2);
        match scratch::take(2 * part) {
            Ok(product) => break product,
            // So little is not refused.
            Err(_) if part < tuning::INTEGER_KARATSUBA_LIMBS => return schoolbook::product(out, x, y),
            Err(_) => {}
        }
    };
    out.fill(0);
    for (i, x) in x.chunks(part).enumerate() {
        for (j, y) in y.chunks(part).enumerate() {
            let product = &mut product[..x.len() + y.len()];
            mul_limbs(product, x, y);
            let carry = add_assign(&mut out[(i + j) * part..], product);
            debug_assert!(!carry, "part of a product");
        }
    }
}

#[cfg(test)]
mod tests;
