//! Kronecker substitution: `f(x) g(x)` from `f(2^s) g(2^s)`, and the same in chunks for the transforms.
//!
//! Apart from the others because it looks at coefficients as strings of bits. Two forms:
//!
//! - [`packed_into`]: all coefficients of an operand in one large integer, slots of `s` bits, a negative
//!   coefficient borrowing from its neighbour (the integer is `f(2^s)` whatever the signs). `s` holds a
//!   coefficient of the product with its sign, so the slots of the product are read back from the bottom, each
//!   as the signed remainder closest to zero.
//! - [`chunked_into`]: every coefficient cut into `q` chunks of `c` bits, `a_i = sum a_(i,t) 2^(ct)`: a polynomial of two
//!   variables, laid out with stride `qa + qb - 1` as one, multiplied by transforms over few primes and summed back
//!   at `2^c`. The cost is linear in the bits of a coefficient, where remaindering is quadratic.
//!
//! # Source
//! L. Kronecker (1882); for signs and slots D. Harvey, "Faster polynomial multiplication via multipoint
//! Kronecker substitution", J. Symb. Comp. 44 (2009), section 2.

use super::{
    integer_product::mul_limbs,
    limbs::{self, Magnitudes},
    ntt::{self, chunks::Chunks},
    plan::{self, Ntt, Shape},
    scratch::{self, Scratch},
};
use crate::{
    Result,
    integer::{
        IntegerSlice,
        limbs::{negate, trimmed},
    },
    limit,
};

/// Rows of the window, `width` limbs each, through one large integer an operand.
pub(super) fn packed_into(
    slot: u64,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    shape: &Shape,
    out: &mut [u64],
    width: usize,
) -> Result<()> {
    limit::check(a.len() as u64 + b.len() as u64, 2 * slot)?;
    let (x, x_negative) = pack(a, slot)?;
    if shape.square {
        let mut square = scratch::take(2 * x.len())?;
        mul_limbs(&mut square, &x, &x);
        drop(x);
        unpack(&square, false, slot, shape, out, width);
        return Ok(());
    }
    let (y, y_negative) = pack(b, slot)?;
    let mut product = scratch::take(x.len() + y.len())?;
    mul_limbs(&mut product, &x, &y);
    drop((x, y));
    unpack(&product, x_negative != y_negative, slot, shape, out, width);
    Ok(())
}

/// The magnitude of `sum a_i 2^(slot*i)`, and whether it is negative.
fn pack(a: IntegerSlice<'_>, slot: u64) -> Result<(Scratch, bool)> {
    let total = (a.len() as u64 * slot).div_ceil(64) as usize + a.width() + 1;
    let mut packed = scratch::take(total)?;
    packed.fill(0);
    let place = |k: usize| ((k as u64 * slot / 64) as usize, k as u64 * slot % 64);
    let mut negative = false;
    if a.has_negative() {
        // Negative coefficients are packed apart and taken away at once.
        let mut minus = scratch::take(total)?;
        minus.fill(0);
        let magnitudes = Magnitudes::new(a)?;
        for k in 0..a.len() {
            let target = if magnitudes.is_negative(k) { &mut minus } else { &mut packed };
            let (limb, shift) = place(k);
            or_shifted(&mut target[limb..], magnitudes.magnitude(k), shift);
        }
        limbs::sub_row(&mut packed, &minus);
        negative = packed[total - 1] >> 63 == 1;
        if negative {
            negate(&mut packed);
        }
    } else {
        for (k, row) in a.rows().enumerate() {
            let (limb, shift) = place(k);
            or_shifted(&mut packed[limb..], trimmed(row), shift);
        }
    }
    let len = trimmed(&packed).len();
    Ok((packed.cut(0..len), negative))
}

/// `bits` bits of a natural number from a position on, into `out`, whose further bits are zero.
fn extract(number: &[u64], bit: u64, bits: u64, out: &mut [u64]) {
    let (first, shift) = ((bit / 64) as usize, bit % 64);
    let limb = |k: usize| number.get(k).copied().unwrap_or(0);
    let count = bits.div_ceil(64) as usize;
    for (t, out) in out.iter_mut().enumerate() {
        if t >= count {
            *out = 0;
            continue;
        }
        let low = limb(first + t) >> shift;
        let high = if shift == 0 { 0 } else { limb(first + t + 1) << (64 - shift) };
        *out = low | high;
    }
    if !bits.is_multiple_of(64) {
        out[count - 1] &= u64::MAX >> (64 - bits % 64);
    }
}

/// The slots of a signed product: each the remainder closest to zero, what it borrowed given back to the next.
fn unpack(product: &[u64], negative: bool, slot: u64, shape: &Shape, out: &mut [u64], width: usize) {
    let count = slot.div_ceil(64) as usize;
    // One limb more shows a carry out of the slot.
    let mut row = scratch::list(count.max(width) + 1);
    let mut borrow = false;
    for k in 0..shape.window.end {
        extract(product, k as u64 * slot, slot, &mut row);
        if borrow {
            limbs::add_limb(&mut row, 1);
        }
        // After the addition the slot may be exactly 2^slot: then the row is zero and the next one takes it.
        let (top, bit) = ((slot / 64) as usize, slot % 64);
        let overflow = row[top] >> bit & 1 == 1;
        let sign = slot - 1;
        borrow = overflow || row[(sign / 64) as usize] >> (sign % 64) & 1 == 1;
        if overflow {
            row.fill(0);
        } else if borrow {
            // Negative: all bits above the slot are set.
            if bit != 0 {
                row[top] |= u64::MAX << bit;
            }
            row[count..].fill(u64::MAX);
        }
        if k >= shape.window.start {
            let at = (k - shape.window.start) * width;
            let target = &mut out[at..at + width];
            target.copy_from_slice(&row[..width]);
            if negative {
                negate(target);
            }
        }
    }
}

/// Rows of the window, `width` limbs each, with every coefficient cut into chunks.
pub(super) fn chunked_into(
    plan: &Ntt,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    shape: &Shape,
    out: &mut [u64],
    width: usize,
) -> Result<()> {
    let bits = (a.bits(), if shape.square { a.bits() } else { b.bits() });
    let (flat, counts) = plan::flat(bits, shape, true, plan.chunk);
    let stride = (counts.0 + counts.1 - 1) as usize;
    let chunks = |rows, count| Chunks { rows, bits: plan.chunk, count: count as usize, stride, signed: true };
    ntt::product::chunks_into(plan, chunks(a, counts.0), chunks(b, counts.1), &flat, out, width)
}

/// `target |= value << shift`, cut at the end of the target.
fn or_shifted(target: &mut [u64], value: &[u64], shift: u64) {
    let mut carry = 0;
    let mut limbs = value.iter();
    for target in target {
        let Some(&limb) = limbs.next() else {
            *target |= carry;
            return;
        };
        *target |= limb << shift | carry;
        carry = if shift == 0 { 0 } else { limb >> (64 - shift) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::IntegerVec;
    use num_bigint::BigInt;

    #[test]
    fn slots_hold_values_of_both_signs_at_their_bound() {
        for slot in [2u64, 7, 63, 64, 65, 127, 128, 129, 200] {
            let most: BigInt = (BigInt::from(1) << (slot - 1)) - 1;
            let least: BigInt = -&most;
            let values =
                [&most, &least, &least, &BigInt::ZERO, &most, &BigInt::from(-1), &BigInt::ZERO, &least]
                    .map(Clone::clone);
            for values in [values.to_vec(), values.iter().map(|v| -v).collect()] {
                let rows = IntegerVec::from_bigints(&values);
                let (packed, negative) = pack(rows.as_slice(), slot).expect("small");
                let n = values.len();
                let shape = Shape { a: n, b: 1, window: 0..n, square: false };
                let mut out = IntegerVec::zeros(n, slot.div_ceil(64) as usize);
                let width = out.width();
                unpack(&packed, negative, slot, &shape, out.limbs_mut(), width);
                assert_eq!(out.to_bigints(), values, "slot {slot}");
            }
        }
    }
}
