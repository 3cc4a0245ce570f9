//! Taylor shifts of integer sequences, by Horner's rule: `f[k] += a*f[k+1]`, from the top, in words, rows of limbs or rows of digits.
//!
//! It stands apart from the generic shift, which has a `BigInt` for every sum. Sequences whose rows would be far larger than what stands in them
//! are left to that.
//!
//! # Method
//! B. in J. von zur Gathen, J. Gerhard, "Fast algorithms for Taylor shifts and certain difference equations", ISSAC 1997. Coefficients are at most
//! `(1 + |a|)^(n-1)` times the largest one, in the end and on the way. As long as that is a word or a double word, sums do not leave the stack; longer ones
//! go limb by limb, or where they are many, through [`digits`].

mod digits;

use crate::{
    integer::{
        IntegerVec,
        bigints::{self, Extent, by_width},
        limbs::{add_carry, sub_borrow, with_carries},
    },
    ring::{engine, short},
};
use num_bigint::BigInt;

/// Words and double words up to this length.
const WORDS: usize = 64;

/// `f(x + a)` into `out`, whose memory is kept; false, and nothing written, where rows would be far longer than what stands in them, or `a` is no word.
pub(in crate::ring) fn horner(f: &[BigInt], a: &BigInt, out: &mut Vec<BigInt>) -> bool {
    let Ok(a) = i64::try_from(a) else { return false };
    let growth = growth(f.len(), a);
    let in_words = match f.len() {
        0..=8 => in_words::<8>(f, a, growth, out),
        9..=32 => in_words::<32>(f, a, growth, out),
        33..=WORDS => in_words::<WORDS>(f, a, growth, out),
        _ => None,
    };
    if in_words.is_some() {
        return true;
    }
    let extent = Extent::of(f.iter().map(bigints::parts));
    if !engine::fits(&extent) {
        return false;
    }
    let width = width(extent.bits, f.len(), a);
    let Ok(mut rows) = IntegerVec::try_zeros(f.len(), width) else { return false };
    bigints::write_rows(f.iter().map(bigints::parts), rows.limbs_mut(), width);
    in_rows(rows.limbs_mut(), width, a);
    rows.write_bigints(out);
    true
}

/// Bits by which coefficients grow at most.
fn growth(len: usize, a: i64) -> u64 {
    let steps = len.saturating_sub(1) as u64;
    match a.unsigned_abs() {
        0 => 0,
        1 => steps,
        // Where it does not matter, without a logarithm.
        size @ 2..=255 if steps <= 8 => steps * u64::from(1 + size.ilog2()) + 1,
        size => ((size as f64 + 1.0).log2() * steps as f64).ceil() as u64 + 1,
    }
}

/// Limbs of rows that hold `f(x + a)`, for coefficients of so many bits.
pub(in crate::ring) fn width(bits: u64, len: usize, a: i64) -> usize {
    ((bits + growth(len, a)) / 64 + 1) as usize
}

/// `f(x + a)` in rows of as many limbs as that needs.
pub(in crate::ring) fn in_rows(limbs: &mut [u64], width: usize, a: i64) {
    if a == 0 {
        return;
    }
    if digits::pays(limbs.len() / width, width, a) {
        digits::shift(limbs, width, a);
    } else {
        by_width!(width, shift(limbs, a), shift_rows(limbs, width, a));
    }
}

/// The same for at most `N` words whose sums are double words at most.
#[inline(always)]
fn in_words<const N: usize>(f: &[BigInt], a: i64, growth: u64, out: &mut Vec<BigInt>) -> Option<()> {
    let (mut words, bits) = short::read_words::<N>(f)?;
    match bits + growth {
        0..64 => {
            shift_words(&mut words, a, |x, y, a| x.wrapping_add(y.wrapping_mul(a)), |x, y| x.wrapping_add(y));
            short::integers_into(&words[..f.len()], out);
        }
        64..128 => {
            let mut words = words.map(i128::from);
            shift_words(
                &mut words,
                a,
                |x, y, a| x.wrapping_add(y.wrapping_mul(a.into())),
                |x, y| x.wrapping_add(y),
            );
            short::integers_into(&words[..f.len()], out);
        }
        _ => return None,
    }
    Some(())
}

/// Zeros at the top stay what they are: all loops have the length of the array.
#[inline(always)]
fn shift_words<T: Copy, const N: usize>(
    words: &mut [T; N],
    a: i64,
    add_multiple: impl Fn(T, T, i64) -> T,
    add: impl Fn(T, T) -> T,
) {
    for i in (0..N - 1).rev() {
        for k in i..N - 1 {
            words[k] =
                if a == 1 { add(words[k], words[k + 1]) } else { add_multiple(words[k], words[k + 1], a) };
        }
    }
}

fn shift<const W: usize>(limbs: &mut [u64], a: i64) {
    shift_rows(limbs, W, a);
}

#[inline(always)]
fn shift_rows(limbs: &mut [u64], width: usize, a: i64) {
    let last = (limbs.len() / width).saturating_sub(1);
    for i in (0..last).rev() {
        let rows = &mut limbs[i * width..];
        match a {
            1 => each(rows, width, |row, next| {
                with_carries(row, next, add_carry);
            }),
            -1 => each(rows, width, |row, next| {
                with_carries(row, next, sub_borrow);
            }),
            _ if a >= 0 => each(rows, width, |row, next| {
                let mut carry = 0;
                for (x, &y) in row.iter_mut().zip(next) {
                    let sum =
                        u128::from(y) * u128::from(a.unsigned_abs()) + u128::from(*x) + u128::from(carry);
                    *x = sum as u64;
                    carry = (sum >> 64) as u64;
                }
            }),
            _ => each(rows, width, |row, next| {
                let mut owed = 0u64;
                for (x, &y) in row.iter_mut().zip(next) {
                    let product = u128::from(y) * u128::from(a.unsigned_abs()) + u128::from(owed);
                    let (value, borrow) = x.overflowing_sub(product as u64);
                    *x = value;
                    owed = (product >> 64) as u64 + u64::from(borrow);
                }
            }),
        }
    }
}

/// Every row with the one after it, modulo the size of a row.
#[inline(always)]
fn each(rows: &mut [u64], width: usize, step: impl Fn(&mut [u64], &[u64])) {
    for k in 1..rows.len() / width {
        let (row, next) = rows[(k - 1) * width..(k + 1) * width].split_at_mut(width);
        step(row, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, generic};

    /// Every width, both signs, at the bound, in words, limbs and digits, against halves.
    #[test]
    fn agrees_with_halves() {
        let long = [1, -1, -5, 100, (1 << 17) - 1, -(1 << 17)];
        let short = [0, 1, -1, -5, i64::MAX, i64::MIN];
        for (len, shifts) in [(0, &short), (1, &short), (2, &short), (3, &short), (8, &short), (9, &short)]
            .into_iter()
            .chain([(20, &long), (33, &long), (64, &long), (65, &long)])
        {
            for &a in shifts {
                for bits in [1u32, 30, 62, 64, 95, 1000] {
                    // All of one sign, so that sums reach the bound, and signs that alternate, which do for shifts below zero.
                    for other in [1, -1] {
                        let top: BigInt = 1 - (BigInt::from(1) << bits);
                        let f: Vec<BigInt> =
                            (0..len).map(|k| if k % 2 == 1 { &top * other } else { top.clone() }).collect();
                        let expected = generic::shift::halves(&ZZ, &f, &a.into()).unwrap();
                        // Into memory of any kind.
                        let mut out: Vec<BigInt> =
                            (0..len / 2).map(|k| BigInt::from(-7) << (k * bits)).collect();
                        assert!(horner(&f, &a.into(), &mut out), "{a}, {bits}, {len}, {other}");
                        assert!(out == expected, "{a}, {bits}, {len}, {other}");
                    }
                }
            }
        }
        let mut out = Vec::new();
        assert!(!horner(&[1.into()], &(BigInt::from(1) << 64), &mut out));
        let mut sparse = vec![BigInt::from(1); 2000];
        sparse[0] <<= 100_000u32;
        assert!(!horner(&sparse, &1.into(), &mut out) && out.is_empty());
    }
}
