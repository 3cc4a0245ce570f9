//! Kronecker substitution on top of a product of large integers, what a user of num-bigint or malachite would write:
//! `f(2^s) * g(2^s)` with `s` bits a coefficient of the product, its sign included.
//!
//! Operands and results are `BigInt`s for both libraries, the time of packing and unpacking included.

use super::Series;
use crate::{
    flint::{IntegerPoly, same},
    inputs::Operand,
    timing::{Contestant, Role},
};
use num_bigint::{BigInt, BigUint, Sign};

/// The product of two natural numbers in limbs, the lowest first.
type Product = fn(Vec<u64>, Vec<u64>) -> Vec<u64>;

pub fn contestants<'a>(
    series: &Series,
    pairs: &'a [[Operand; 2]],
    second: usize,
    expected: &IntegerPoly,
) -> Vec<Contestant<'a>> {
    let all: [(&'static str, Product); _] = [
        ("num-bigint", |a, b| limbs(&(natural(&a) * natural(&b)))),
        #[cfg(feature = "malachite")]
        ("malachite", |a, b| {
            use malachite_nz::natural::Natural;
            (Natural::from_owned_limbs_asc(a) * Natural::from_owned_limbs_asc(b)).into_limbs_asc()
        }),
    ];
    let wanted = all.into_iter().filter(|(name, _)| series.wants(name));
    wanted
        .map(|(name, product)| {
            let run = move |k: usize| {
                let [f, g] = [0, second].map(|i: usize| pairs[k][i].poly.coefficients());
                multiply(f, g, product)
            };
            assert!(same(expected, &run(0)), "{name} differs from FLINT");
            Contestant::new(name, Role::Rust, pairs.len(), run)
        })
        .collect()
}

fn multiply(f: &[BigInt], g: &[BigInt], product: Product) -> Vec<BigInt> {
    let bits = |f: &[BigInt]| f.iter().map(BigInt::bits).max().unwrap_or(0);
    let terms = u64::from(f.len().min(g.len()).ilog2()) + 1;
    let slot = (bits(f) + bits(g) + terms + 1) as usize;
    let [(a, minus_a), (b, minus_b)] = [f, g].map(|f| pack(f, slot));
    unpack(&product(a, b), minus_a != minus_b, slot, f.len() + g.len() - 1)
}

/// The absolute value of `f(2^slot)` in limbs, and whether that is negative.
fn pack(f: &[BigInt], slot: usize) -> (Vec<u64>, bool) {
    let mut parts = [vec![0u64; f.len() * slot / 64 + 2], Vec::new()];
    for (k, coefficient) in f.iter().enumerate() {
        let negative = coefficient.sign() == Sign::Minus;
        if negative && parts[1].is_empty() {
            parts[1] = vec![0; parts[0].len()];
        }
        let part = &mut parts[usize::from(negative)];
        for (j, digit) in coefficient.iter_u64_digits().enumerate() {
            let (word, shift) = ((k * slot) / 64 + j, k * slot % 64);
            part[word] |= digit << shift;
            if shift > 0 && digit >> (64 - shift) != 0 {
                part[word + 1] |= digit >> (64 - shift);
            }
        }
    }
    let [positive, negative] = parts;
    if negative.is_empty() {
        return (positive, false);
    }
    let (positive, negative) = (natural(&positive), natural(&negative));
    if positive >= negative {
        (limbs(&(positive - negative)), false)
    } else {
        (limbs(&(negative - positive)), true)
    }
}

/// The signed coefficients of which `value` is the polynomial's absolute value at `2^slot`.
fn unpack(value: &[u64], negate: bool, slot: usize, len: usize) -> Vec<BigInt> {
    let width = slot.div_ceil(64);
    let word = |i: usize| value.get(i).copied().unwrap_or(0);
    let mut row = vec![0u64; width];
    let mut carry = false;
    (0..len)
        .map(|k| {
            let (start, shift) = (k * slot / 64, k * slot % 64);
            for (i, limb) in row.iter_mut().enumerate() {
                *limb = word(start + i) >> shift;
                if shift > 0 {
                    *limb |= word(start + i + 1) << (64 - shift);
                }
            }
            let top = slot - 64 * (width - 1);
            row[width - 1] &= u64::MAX >> (64 - top);
            for limb in &mut row {
                (*limb, carry) = limb.overflowing_add(u64::from(carry));
            }
            // A coefficient below zero has borrowed from the next.
            let minus = carry || row[width - 1] >> (top - 1) != 0;
            if minus {
                let mut borrow = true;
                for limb in &mut row {
                    (*limb, borrow) = (!*limb).overflowing_add(u64::from(borrow));
                }
                row[width - 1] &= u64::MAX >> (64 - top);
            }
            carry = minus;
            BigInt::from_biguint(if minus != negate { Sign::Minus } else { Sign::Plus }, natural(&row))
        })
        .collect()
}

fn natural(limbs: &[u64]) -> BigUint {
    match limbs {
        [one] => BigUint::from(*one),
        [low, high] => BigUint::from(u128::from(*high) << 64 | u128::from(*low)),
        _ => BigUint::new(limbs.iter().flat_map(|&limb| [limb as u32, (limb >> 32) as u32]).collect()),
    }
}

fn limbs(n: &BigUint) -> Vec<u64> {
    n.to_u64_digits()
}
