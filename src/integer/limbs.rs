//! Natural numbers and two's complement rows as slices of limbs: the word loops under this folder.
//!
//! They stand apart because `BigUint` offers its digits for reading only, and one allocation a
//! coefficient is what the flat layouts avoid.
//!
//! # Source
//! Division: D. Knuth, TAOCP 2, section 4.3.1, algorithm D, with quotient digits by N. Möller, T. Granlund,
//! "Improved division by invariant integers", 2011, algorithm 5 (three words by two). Exact division: T. Jebelean,
//! "An algorithm for exact division", J. Symb. Comp. 15, 1993.
//!
//! # Invariants
//! Least significant limb first, `B = 2^64`.

use num_bigint::BigUint;
use std::borrow::Cow;

/// The natural number with these limbs.
pub(crate) fn to_biguint(limbs: &[u64]) -> BigUint {
    match limbs {
        [] => BigUint::ZERO,
        [low] => BigUint::from(*low),
        [low, high] => BigUint::from(u128::from(*high) << 64 | u128::from(*low)),
        _ => BigUint::from_slice(&as_halves(limbs)),
    }
}

/// The halves of limbs, as num-bigint takes them.
#[inline]
pub(crate) fn as_halves(limbs: &[u64]) -> Cow<'_, [u32]> {
    if cfg!(target_endian = "little") {
        // In memory they are in their order already.
        Cow::Borrowed(bytemuck::cast_slice(limbs))
    } else {
        limbs.iter().flat_map(|&l| [l as u32, (l >> 32) as u32]).collect()
    }
}

/// The slice without its leading zero limbs.
#[inline]
pub(crate) fn trimmed(limbs: &[u64]) -> &[u64] {
    let len = limbs.iter().rposition(|&l| l != 0).map_or(0, |k| k + 1);
    &limbs[..len]
}

/// Whether a two's complement row is below zero.
#[inline]
pub(crate) fn is_negative(row: &[u64]) -> bool {
    row.last().is_some_and(|&top| top >> 63 == 1)
}

/// Writes a signed magnitude into a two's complement row that is wide enough.
pub(crate) fn write_row(row: &mut [u64], digits: impl Iterator<Item = u64>, negative: bool) {
    let mut filled = 0;
    for (limb, digit) in row.iter_mut().zip(digits) {
        *limb = digit;
        filled += 1;
    }
    row[filled..].fill(0);
    if negative {
        negate(row);
    }
}

/// Two's complement negation in place; the most negative row stays as it is.
#[inline]
pub(crate) fn negate(row: &mut [u64]) {
    let mut carry = true;
    for limb in row {
        let (value, overflow) = (!*limb).overflowing_add(u64::from(carry));
        *limb = value;
        carry = overflow;
    }
}

/// The number of bits of the absolute value of a two's complement row.
pub(crate) fn row_bits(row: &[u64]) -> u64 {
    let sign = ((row[row.len() - 1] as i64) >> 63) as u64;
    for (k, &limb) in row.iter().enumerate().rev() {
        let flipped = limb ^ sign;
        if flipped != 0 {
            let bits = 64 * k as u64 + u64::from(64 - flipped.leading_zeros());
            // -2^m flips to 2^m - 1, one bit short.
            let power =
                sign != 0 && flipped & flipped.wrapping_add(1) == 0 && row[..k].iter().all(|&l| l == 0);
            return bits + u64::from(power);
        }
    }
    // Zero, or -1, whose flipped row is zero.
    sign & 1
}

/// `a += b` with `a.len() >= b.len()`; returns the carry.
pub(crate) fn add_assign(a: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at_mut(b.len());
    let mut carry = with_carries(low, b, add_carry);
    for x in high {
        if !carry {
            return false;
        }
        (*x, carry) = x.overflowing_add(1);
    }
    carry
}

/// `a -= b` with `a.len() >= b.len()`; returns the borrow.
pub(crate) fn sub_assign(a: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at_mut(b.len());
    let mut borrow = with_carries(low, b, sub_borrow);
    for x in high {
        if !borrow {
            return false;
        }
        (*x, borrow) = x.overflowing_sub(1);
    }
    borrow
}

/// Limb by limb with what is carried, for slices of one length; four at a time, so that it stays a flag of the processor.
#[inline(always)]
pub(crate) fn with_carries(a: &mut [u64], b: &[u64], step: impl Fn(u64, u64, bool) -> (u64, bool)) -> bool {
    let ((fours, rest), (with, last)) = (a.as_chunks_mut::<4>(), b.as_chunks::<4>());
    let mut carry = false;
    for (four, with) in fours.iter_mut().zip(with) {
        for (x, &y) in four.iter_mut().zip(with) {
            (*x, carry) = step(*x, y, carry);
        }
    }
    for (x, &y) in rest.iter_mut().zip(last) {
        (*x, carry) = step(*x, y, carry);
    }
    carry
}

/// `x + y + carry` and the carry out.
#[inline]
pub(crate) fn add_carry(x: u64, y: u64, carry: bool) -> (u64, bool) {
    let (sum, first) = x.overflowing_add(y);
    let (sum, second) = sum.overflowing_add(u64::from(carry));
    (sum, first | second)
}

/// `x - y - borrow` and the borrow out.
#[inline]
pub(crate) fn sub_borrow(x: u64, y: u64, borrow: bool) -> (u64, bool) {
    let (difference, first) = x.overflowing_sub(y);
    let (difference, second) = difference.overflowing_sub(u64::from(borrow));
    (difference, first | second)
}

/// `a -= b * c` over `b.len() <= a.len()` limbs; returns the word that is owed by the limb above `b.len()`.
pub(crate) fn sub_mul(a: &mut [u64], b: &[u64], c: u64) -> u64 {
    let mut owed = 0u64;
    for (x, &y) in a.iter_mut().zip(b) {
        // y*c + owed <= (B-1)^2 + B-1 < B^2.
        let product = u128::from(y) * u128::from(c) + u128::from(owed);
        let (value, borrow) = x.overflowing_sub(product as u64);
        *x = value;
        owed = (product >> 64) as u64 + u64::from(borrow);
    }
    owed
}

/// `a += b * c` over `b.len() <= a.len()` limbs; returns the word that belongs to the limb above `b.len()`.
#[inline]
pub(crate) fn add_mul(a: &mut [u64], b: &[u64], c: u64) -> u64 {
    let mut carry = 0u64;
    for (x, &y) in a.iter_mut().zip(b) {
        // y*c + x + carry <= (B-1)^2 + 2*(B-1) < B^2.
        let sum = u128::from(y) * u128::from(c) + u128::from(*x) + u128::from(carry);
        *x = sum as u64;
        carry = (sum >> 64) as u64;
    }
    carry
}

/// `a = a * c + carry`; returns the word that does not fit.
pub(crate) fn mul_word(a: &mut [u64], c: u64, carry: u64) -> u64 {
    let mut carry = carry;
    for x in a {
        let product = u128::from(*x) * u128::from(c) + u128::from(carry);
        *x = product as u64;
        carry = (product >> 64) as u64;
    }
    carry
}

/// `a = a * 2^bits` for `bits < 64`; returns the bits that do not fit.
pub(crate) fn shift_left(a: &mut [u64], bits: u32) -> u64 {
    debug_assert!(bits < 64);
    let mut carry = 0;
    for x in a {
        let wide = u128::from(*x) << bits;
        *x = wide as u64 | carry;
        carry = (wide >> 64) as u64;
    }
    carry
}

/// `a = floor(a / 2^bits)` for `bits < 64`.
pub(crate) fn shift_right(a: &mut [u64], bits: u32) {
    debug_assert!(bits < 64);
    let mut above = 0u64;
    for x in a.iter_mut().rev() {
        let wide = u128::from(above) << 64 | u128::from(*x);
        above = *x;
        *x = (wide >> bits) as u64;
    }
}

/// A divisor of at least two limbs, shifted until its top bit is set, with its reciprocal.
#[derive(Clone, Debug)]
pub(crate) struct Divisor {
    /// The divisor times `2^shift`.
    limbs: Vec<u64>,
    shift: u32,
    /// `floor((B^3 - 1) / (d1*B + d0)) - B` for the two top limbs.
    reciprocal: u64,
}

/// `out = a * b`, `out.len() = a.len() + b.len()`.
pub(crate) type LimbProduct = fn(&mut [u64], &[u64], &[u64]);

impl Divisor {
    /// The divisor with these limbs, of which the last one is not 0; at least two of them.
    pub(crate) fn new(divisor: &[u64]) -> Self {
        assert!(divisor.len() >= 2 && divisor[divisor.len() - 1] != 0, "a divisor of two limbs or more");
        let shift = divisor[divisor.len() - 1].leading_zeros();
        let mut limbs = divisor.to_vec();
        let carry = shift_left(&mut limbs, shift);
        debug_assert_eq!(carry, 0);
        let top = to_biguint(&limbs[limbs.len() - 2..]);
        let quotient: BigUint = ((BigUint::from(1u8) << 192) - 1u8) / top;
        // The quotient lies in B .. 2B.
        let reciprocal = quotient.iter_u64_digits().next().unwrap_or(0);
        Divisor { limbs, shift, reciprocal }
    }

    /// The number of limbs.
    pub(crate) fn len(&self) -> usize {
        self.limbs.len()
    }

    /// Replaces `u` by `u mod d`, in its low `len()` limbs; what lies above holds zeros after it. The quotient's digits go to
    /// `quotient(k, digit)` from the most significant one down.
    ///
    /// `u` needs one limb more than the number in it: the top limb must be 0.
    pub(crate) fn reduce(&self, u: &mut [u64], mut quotient: impl FnMut(usize, u64)) {
        let len = self.limbs.len();
        if u.len() <= len {
            return;
        }
        debug_assert_eq!(u[u.len() - 1], 0, "no room for the shift");
        shift_left(u, self.shift);
        self.digits(u, 0, &mut quotient);
        shift_right(&mut u[..len], self.shift);
    }

    /// The steps of a division down to the digit at `least`, of a number that is shifted.
    fn digits(&self, u: &mut [u64], least: usize, mut quotient: impl FnMut(usize, u64)) {
        let len = self.limbs.len();
        let (d1, d0) = (self.limbs[len - 1], self.limbs[len - 2]);
        for k in (least..u.len() - len).rev() {
            // Invariant: u[k + 1 ..= k + len] < d, so the digit fits a word.
            let window = &mut u[k..=k + len];
            let digit = if (window[len], window[len - 1]) >= (d1, d0) {
                u64::MAX
            } else {
                self.digit(window[len], window[len - 1], window[len - 2])
            };
            let owed = sub_mul(&mut window[..len], &self.limbs, digit);
            let borrow;
            (window[len], borrow) = window[len].overflowing_sub(owed);
            let mut digit = digit;
            if borrow {
                // At most once for a digit from three words by two; the guess B - 1 may be one more off.
                digit -= 1;
                let mut carry = add_assign(&mut window[..len], &self.limbs);
                window[len] = window[len].wrapping_add(u64::from(carry));
                while !carry || window[len] != 0 {
                    digit -= 1;
                    carry = add_assign(&mut window[..len], &self.limbs);
                    window[len] = window[len].wrapping_add(u64::from(carry));
                }
            }
            quotient(k, digit);
        }
    }

    /// What [`reduce_by`](Self::reduce_by) needs of the divisor: the lower limbs of `floor((B^(2n) - 1) / d)` for the shifted divisor `d` of `n` limbs, above which there
    /// is 1.
    pub(crate) fn inverse(&self) -> Vec<u64> {
        let len = self.limbs.len();
        let (mut ones, mut inverse) = (vec![u64::MAX; 2 * len + 1], vec![0; len + 1]);
        ones[2 * len] = 0;
        self.digits(&mut ones, 0, |k, digit| inverse[k] = digit);
        debug_assert_eq!(inverse[len], 1);
        inverse.truncate(len);
        inverse
    }

    /// The same as [`reduce`](Self::reduce) by two products: P. Barrett, "Implementing the Rivest Shamir and Adleman public key encryption algorithm on a standard digital signal processor", CRYPTO 86. `u` has
    /// more than `2 len()` limbs, `room` at least `4 len()` of anything.
    ///
    /// With `d` shifted, `n` limbs, and `u = h B^n + l < d B^n`, the quotient is at least `h + floor(h v / B^n)`, `v` the inverse: that lies at most 4 below it, because
    /// `l < 2 d` and `(B^n + v) d >= B^(2n) - d`.
    pub(crate) fn reduce_by(&self, u: &mut [u64], inverse: &[u64], room: &mut [u64], product: LimbProduct) {
        let len = self.limbs.len();
        debug_assert_eq!(u[u.len() - 1], 0, "no room for the shift");
        shift_left(u, self.shift);
        // Mostly there is nothing so far up.
        if u[2 * len..].iter().any(|&limb| limb != 0)
            || u[len..2 * len].iter().rev().ge(self.limbs.iter().rev())
        {
            self.digits(u, len, |_, _| ());
        }
        let (quotient, multiple) = room[..4 * len].split_at_mut(2 * len);
        product(quotient, &u[len..2 * len], inverse);
        let quotient = &mut quotient[len..];
        let carry = add_assign(quotient, &u[len..2 * len]);
        debug_assert!(!carry, "below the quotient");
        product(multiple, quotient, &self.limbs);
        let rest = &mut u[..=len];
        sub_assign(rest, &multiple[..=len]);
        while rest[len] != 0 || rest[..len].iter().rev().ge(self.limbs.iter().rev()) {
            sub_assign(rest, &self.limbs);
        }
        u[len..].fill(0);
        shift_right(&mut u[..len], self.shift);
    }

    /// `floor((u2*B^2 + u1*B + u0) / (d1*B + d0))` for `(u2, u1) < (d1, d0)`.
    #[inline]
    fn digit(&self, u2: u64, u1: u64, u0: u64) -> u64 {
        let len = self.limbs.len();
        let d = u128::from(self.limbs[len - 1]) << 64 | u128::from(self.limbs[len - 2]);
        let (d1, d0) = (self.limbs[len - 1], self.limbs[len - 2]);
        let q = (u128::from(self.reciprocal) * u128::from(u2))
            .wrapping_add(u128::from(u2) << 64 | u128::from(u1));
        let (mut q1, q0) = ((q >> 64) as u64, q as u64);
        let r1 = u1.wrapping_sub(q1.wrapping_mul(d1));
        let t = u128::from(d0) * u128::from(q1);
        let mut r = (u128::from(r1) << 64 | u128::from(u0)).wrapping_sub(t).wrapping_sub(d);
        q1 = q1.wrapping_add(1);
        if (r >> 64) as u64 >= q0 {
            q1 = q1.wrapping_sub(1);
            r = r.wrapping_add(d);
        }
        if r >= d {
            q1 = q1.wrapping_add(1);
        }
        q1
    }
}

/// The inverse of an odd word modulo `B` (Newton's iteration doubles the number of right bits).
#[inline]
pub(crate) const fn inverse_mod_word(a: u64) -> u64 {
    debug_assert!(a & 1 == 1);
    // 3a xor 2 is right to 5 bits (P. Montgomery); then 10, 20, 40, 80.
    let (mut x, mut step) = (a.wrapping_mul(3) ^ 2, 0);
    while step < 4 {
        x = x.wrapping_mul(2u64.wrapping_sub(a.wrapping_mul(x)));
        step += 1;
    }
    x
}

/// Replaces the natural number `x` by `x / d` and says whether the division is exact; if not, `x` is spoilt. `d` is odd,
/// `inverse` its low limb's inverse modulo `B`, and its last limb is not 0.
pub(crate) fn div_exact_odd(x: &mut [u64], d: &[u64], inverse: u64) -> bool {
    if let [d] = d {
        // One limb: the quotient digit is (x[k] - owed) / d modulo B, and what it multiplies up is owed above.
        let mut owed = 0u64;
        for limb in x.iter_mut() {
            let (value, borrow) = limb.overflowing_sub(owed);
            let digit = value.wrapping_mul(inverse);
            *limb = digit;
            owed = ((u128::from(digit) * u128::from(*d)) >> 64) as u64 + u64::from(borrow);
        }
        return owed == 0;
    }
    let len = trimmed(x).len();
    if len < d.len() {
        return len == 0;
    }
    for k in 0..=len - d.len() {
        let digit = x[k].wrapping_mul(inverse);
        let owed = sub_mul(&mut x[k..k + d.len()], d, digit);
        let above = &mut x[k + d.len()..];
        let negative = match above {
            [] => owed != 0,
            _ => sub_assign(above, &[owed]),
        };
        if negative {
            return false;
        }
        debug_assert_eq!(x[k], 0);
        // The place is free now: the digit is kept where its limb was.
        x[k] = digit;
    }
    let top = len - d.len() + 1;
    let exact = x[top..].iter().all(|&l| l == 0);
    x[top..].fill(0);
    exact
}

/// `x` modulo `2^k`.
pub(crate) fn low_bits(x: &BigUint, k: u64) -> BigUint {
    let places = k.div_ceil(64) as usize;
    let mut limbs: Vec<u64> = x.iter_u64_digits().take(places).collect();
    if let (Some(top), 1..) = (limbs.get_mut(places.wrapping_sub(1)), k % 64) {
        *top &= (1 << (k % 64)) - 1;
    }
    to_biguint(&limbs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::bigints::from_row;
    use num_bigint::BigInt;
    use proptest::{collection::vec, prelude::*};

    /// Limbs that provoke carries and quotient digits that are guessed too large.
    fn limb() -> impl Strategy<Value = u64> {
        prop_oneof![any::<u64>(), Just(0), Just(1), Just(u64::MAX), Just(u64::MAX - 1), Just(1 << 63)]
    }

    proptest! {
        #[test]
        fn division_agrees(mut u in vec(limb(), 1..9), mut d in vec(limb(), 2..5), top in 1..=u64::MAX) {
            d.push(top);
            let (x, y) = (to_biguint(&u), to_biguint(&d));
            u.push(0);
            let len = u.len();
            let mut q = vec![0; len];
            let divisor = Divisor::new(&d);
            divisor.reduce(&mut u, |k, digit| q[k] = digit);
            prop_assert_eq!(to_biguint(&q), &x / &y);
            prop_assert_eq!(to_biguint(&u), x % y);
        }

        #[test]
        fn division_by_products_agrees(u in vec(limb(), 1..20), mut d in vec(limb(), 1..8), top in 1..=u64::MAX, small in 0u32..64) {
            d.push((top >> small).max(1));
            let divisor = Divisor::new(&d);
            let expected = to_biguint(&u) % to_biguint(&d);
            let mut row = u;
            row.resize(row.len().max(2 * d.len()) + 1, 0);
            let product = |out: &mut [u64], a: &[u64], b: &[u64]| {
                out.fill(0);
                let product = to_biguint(a) * to_biguint(b);
                out.iter_mut().zip(product.iter_u64_digits()).for_each(|(out, digit)| *out = digit);
            };
            divisor.reduce_by(&mut row, &divisor.inverse(), &mut vec![7; 4 * d.len()], product);
            prop_assert_eq!(to_biguint(&row), expected);
        }

        #[test]
        fn exact_division_agrees(q in vec(limb(), 0..6), mut d in vec(limb(), 1..4), spoil in 0u64..3) {
            d[0] |= 1;
            let last = d.len() - 1;
            d[last] |= 1 << 40;
            let (q, y) = (to_biguint(&q), to_biguint(&d));
            let product = &q * &y;
            let mut x = product.to_u64_digits();
            x.resize(x.len().max(3), 0);
            let inverse = inverse_mod_word(d[0]);
            prop_assert!(div_exact_odd(&mut x, &d, inverse));
            prop_assert_eq!(to_biguint(&x), q);
            let wrong = product + spoil;
            let mut x = wrong.to_u64_digits();
            prop_assert_eq!(div_exact_odd(&mut x, &d, inverse), (&wrong % y) == BigUint::ZERO);
        }
    }

    #[test]
    fn rows_and_their_bits() {
        for (value, bits) in [
            (BigInt::from(0), 0),
            (BigInt::from(-1), 1),
            (BigInt::from(i64::MIN), 64),
            (-(BigInt::from(1) << 64u8), 65),
            (-(BigInt::from(1) << 191u8), 192),
            ((BigInt::from(1) << 191u8) - 1, 191),
        ] {
            for width in (bits / 64 + 1) as usize..6 {
                let mut row = vec![7; width];
                write_row(&mut row, value.iter_u64_digits(), value.sign() == num_bigint::Sign::Minus);
                assert_eq!(from_row::<BigInt>(&row), value);
                assert_eq!(row_bits(&row), bits, "{value} in {width} limbs");
            }
        }
        // The most negative row is its own width's edge.
        assert_eq!(from_row::<BigInt>(&[0, 0, 1 << 63]), -(BigInt::from(1) << 191u8));
    }
}
