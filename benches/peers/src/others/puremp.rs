//! puremp: `Poly<Int>`.

use super::Series;
use crate::{
    flint::{IntegerPoly, same},
    inputs::Operand,
    timing::{Contestant, Role},
};
use num_bigint::{BigInt, BigUint, Sign};
use puremp::{Int, Poly};

const NAME: &str = "puremp";

pub fn contestant<'a>(
    series: &Series,
    pairs: &[[Operand; 2]],
    second: usize,
    expected: &IntegerPoly,
) -> Option<Contestant<'a>> {
    if !series.wants(NAME) {
        return None;
    }
    let operands: Vec<[Poly<Int>; 2]> =
        pairs.iter().map(|pair| pair.each_ref().map(|f| convert(f.poly.coefficients()))).collect();
    let run = move |k: usize| operands[k][0].mul(&operands[k][second]);
    assert!(same(expected, &back(&run(0))), "{NAME} differs from FLINT");
    Some(Contestant::new(NAME, Role::Rust, pairs.len(), run))
}

fn convert(f: &[BigInt]) -> Poly<Int> {
    let coefficient = |c: &BigInt| {
        let sign = if c.sign() == Sign::Minus { puremp::Sign::Negative } else { puremp::Sign::Positive };
        let digits: Vec<u64> = c.iter_u64_digits().collect();
        if digits.is_empty() { Int::from_u64(0) } else { Int::from_limbs(sign, &digits) }
    };
    Poly::new(f.iter().map(coefficient).collect())
}

fn back(f: &Poly<Int>) -> Vec<BigInt> {
    let coefficient = |c: &Int| {
        let sign = if c.sign() == puremp::Sign::Negative { Sign::Minus } else { Sign::Plus };
        BigInt::from_biguint(sign, BigUint::from_bytes_le(&c.magnitude().to_bytes_le()))
    };
    f.coeffs().iter().map(coefficient).collect()
}
