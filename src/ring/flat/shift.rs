//! Taylor shifts of integer sequences in rows of limbs, by Horner's rule: `f[k] += a*f[k+1]`, from the top.
//!
//! It stands apart from the generic shift, which has a `BigInt` for every sum. Sequences whose rows would be far larger than what stands in them
//! are left to that.
//!
//! # Method
//! B. in J. von zur Gathen, J. Gerhard, "Fast algorithms for Taylor shifts and certain difference equations", ISSAC 1997. Coefficients are at most
//! `2*(1 + |a|)^(n-1)` times the largest one, in the end and on the way.

use crate::{
    integer::{
        IntegerVec,
        bigints::{self, Extent, by_width},
        limbs::{add_carry, sub_borrow},
    },
    ring::engine,
};
use num_bigint::BigInt;

/// `f(x + a)`; `None` where rows would be far longer than what stands in them, or `a` is no word.
pub(in crate::ring) fn horner(f: &[BigInt], a: &BigInt) -> Option<Vec<BigInt>> {
    let a = i64::try_from(a).ok()?;
    let extent = Extent::of(f.iter().map(bigints::parts));
    let growth = (a.unsigned_abs() as f64 + 1.0).log2() * f.len().saturating_sub(1) as f64;
    // A factor of two, and rounding.
    let bits = extent.bits + growth.ceil() as u64 + 2;
    let width = (bits / 64 + 1) as usize;
    if !engine::fits(&extent) {
        return None;
    }
    let mut rows = IntegerVec::try_zeros(f.len(), width).ok()?;
    bigints::write_rows(f.iter().map(bigints::parts), rows.limbs_mut(), width);
    by_width!(width, shift(rows.limbs_mut(), a), shift_rows(rows.limbs_mut(), width, a));
    Some(rows.to_bigints())
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
                let mut carry = false;
                for (x, &y) in row.iter_mut().zip(next) {
                    (*x, carry) = add_carry(*x, y, carry);
                }
            }),
            -1 => each(rows, width, |row, next| {
                let mut borrow = false;
                for (x, &y) in row.iter_mut().zip(next) {
                    (*x, borrow) = sub_borrow(*x, y, borrow);
                }
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

    /// Every width, both signs, at the bound, against halves.
    #[test]
    fn agrees_with_halves() {
        for a in [0, 1, -1, 2, -5, i64::MAX, i64::MIN] {
            for bits in [1u32, 30, 63, 64, 200] {
                for len in [0usize, 1, 2, 3, 7, 20] {
                    for sign in [1, -1] {
                        let top: BigInt = (BigInt::from(1) << bits) - 1;
                        let f: Vec<BigInt> =
                            (0..len).map(|k| &top * if k % 3 == 2 { sign } else { 1 }).collect();
                        match horner(&f, &a.into()) {
                            Some(shifted) => {
                                let expected = generic::shift::halves(&ZZ, &f, &a.into()).unwrap();
                                assert_eq!(shifted, expected, "{a}, {bits}, {len}");
                            }
                            None => panic!("{a}, {bits}, {len}"),
                        }
                    }
                }
            }
        }
        assert_eq!(horner(&[1.into()], &(BigInt::from(1) << 64)), None);
        let mut sparse = vec![BigInt::from(1); 2000];
        sparse[0] <<= 100_000u32;
        assert_eq!(horner(&sparse, &1.into()), None);
    }
}
