//! Integers at the bound of their basis come back, whole and modulo words and large moduli, with every back end.

use super::*;
use crate::convolution::ntt::tests::kernels;
use crate::integer::{BigModulus, IntegerVec, WordModulus};
use num_bigint::BigInt;
use num_integer::Integer;

/// So many primes of both families.
fn of_both(n: usize) -> [(Family, usize); 2] {
    [(Family::Common, n), (Family::Long, n)]
}

/// Zero, the bounds of both signs, and values of all sizes between; groups of eight, and less than one.
fn values(basis: &Basis) -> Vec<BigInt> {
    let n = basis.primes.len();
    let bound = BigInt::from((basis.product.clone() - 1u8) / 4u32);
    let mut values =
        vec![BigInt::ZERO, 1.into(), (-1).into(), bound.clone(), -&bound, &bound / 3, -&bound / 7];
    values.push(-(BigInt::from(1) << (bound.bits() - 1)));
    values.extend((0..11).map(|k| (&bound >> (7 * k * n)) * (1 - 2 * (k as i32 % 2))));
    values.extend((0..9).map(|k| if k % 2 == 0 { &bound - k } else { -&bound + k }));
    values
}

fn residues(basis: &Basis, values: &[BigInt]) -> Vec<Vec<u64>> {
    let residue = |p: &Prime, k: usize| {
        // Words below 2p come out of a transform.
        p.modulus().reduce_bigint(&values[k]) + if k % 3 == 1 { p.p() } else { 0 }
    };
    basis.primes.iter().map(|p| (0..values.len()).map(|k| residue(p, k)).collect()).collect()
}

#[test]
fn integers_at_the_bound_come_back() {
    for (family, n) in (1..=18).chain([31, 48, 64]).flat_map(of_both) {
        let basis = Basis::of(family, n);
        let values = values(basis);
        let residues = residues(basis, &values);
        let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
        let crt = basis.crt(|_| 1);
        let exact = n * 49 / 64 + 1;
        for (name, kernel) in kernels() {
            for width in [exact, exact + 1, exact + 5] {
                let mut out = IntegerVec::zeros(values.len(), width);
                out.limbs_mut().fill(7);
                kernel.rows(&crt, &views, 0, width, out.limbs_mut());
                assert_eq!(out.to_bigints(), values, "{n} primes, {name}, {width} limbs");
                let mut part = vec![9; 9 * width];
                kernel.rows(&crt, &views, 5, width, &mut part);
                assert_eq!(part, out.limbs()[5 * width..14 * width], "{n} primes, {name}, {width} limbs");
            }
            // Narrow rows have the low limbs.
            let mut out = vec![0; values.len()];
            kernel.rows(&crt, &views, 0, 1, &mut out);
            let expected: Vec<u64> =
                values.iter().map(|v| WordModulus::wrapping().reduce_bigint(v)).collect();
            assert_eq!(out, expected, "{n} primes, {name}");
        }
    }
}

#[test]
fn results_modulo_a_word() {
    for (family, n) in (1..=9).chain([17, 48]).flat_map(of_both) {
        let basis = Basis::of(family, n);
        let values = values(basis);
        let residues = residues(basis, &values);
        let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
        let crt = basis.crt(|_| 1);
        for modulus in [
            1,
            2,
            10,
            1 << 32,
            (1 << 51) - 1,
            1 << 51,
            (1 << 51) + 1,
            (1 << 52) + 1,
            (1 << 61) - 1,
            1 << 62,
            (1 << 63) + 1,
            (1 << 64) - 59,
            (1 << 64) - 1,
            1 << 64,
        ] {
            let word = WordModulus::from_u128(modulus).expect("in range");
            let modular = Modular::of(basis, Modulus::Word(word));
            let expected: Vec<u64> = values.iter().map(|v| word.reduce_bigint(v)).collect();
            for (name, kernel) in kernels() {
                let mut out = vec![3; values.len()];
                kernel.modular(&crt, &modular, &views, 0, &mut out);
                assert_eq!(out, expected, "{n} primes, modulo {modulus}, {name}");
                kernel.modular(&crt, &modular, &views, 3, &mut out[3..8]);
                assert_eq!(out, expected, "{n} primes, modulo {modulus}, {name}");
            }
        }
    }
}

#[test]
fn results_modulo_a_large_modulus() {
    for (family, n) in [1, 2, 5, 9, 16, 43].into_iter().flat_map(of_both) {
        let basis = Basis::of(family, n);
        let values = values(basis);
        let residues = residues(basis, &values);
        let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
        let crt = basis.crt(|_| 1);
        let power = |bits: u32| BigUint::from(1u8) << bits;
        for modulus in [
            power(0),
            power(40) + 7u8,
            power(64),
            power(64) - 1u8,
            power(103) - 1u8,
            power(103),
            power(104) - 1u8,
            power(127) - 1u8,
            power(200) + 235u8,
            power(1000) - 1245u32,
        ] {
            let big = BigModulus::new(modulus.clone()).expect("above 0");
            let modular = Modular::of(basis, Modulus::Big(big));
            let signed = BigInt::from(modulus);
            let expected: Vec<BigInt> = values.iter().map(|v| v.mod_floor(&signed)).collect();
            for (name, kernel) in kernels() {
                let mut out = IntegerVec::zeros(values.len(), modular.width());
                out.limbs_mut().fill(5);
                kernel.modular(&crt, &modular, &views, 0, out.limbs_mut());
                assert_eq!(out.to_bigints(), expected, "{n} primes, modulo {signed}, {name}");
            }
        }
    }
}
