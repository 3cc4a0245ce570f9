//! Partitions of an integer from Euler's product: `sum of p(n) x^n = product over k >= 1 of 1/(1 - x^k)`.
//!
//! The factor of `k` is `1 + x^k + x^(2k) + ...`: how often `k` is used. Below `x^len` only `k < len` matter, and every
//! product is cut there (`mul_low`). Neighbours are multiplied first, so that the large products are few.
//!
//! `cargo run --example partitions`

use monic::{Integers, Poly, ZZ};
use num_bigint::BigInt;

/// The product of polynomials below `x^len`, pairs first.
fn product(mut factors: Vec<Poly<Integers>>, len: usize) -> Poly<Integers> {
    while factors.len() > 1 {
        factors = factors
            .chunks(2)
            .map(|pair| match pair {
                [f, g] => f.mul_low(g, len),
                rest => rest[0].clone(),
            })
            .collect();
    }
    factors.pop().unwrap_or_else(|| ZZ.poly([1]))
}

/// `1 + x^k + x^(2k) + ...` below `x^len`.
fn any_number_of(k: usize, len: usize) -> Poly<Integers> {
    Poly::from_fn(ZZ, len, |n| BigInt::from(u8::from(n % k == 0)))
}

fn main() {
    let len = 151;
    let partitions = product((1..len).map(|k| any_number_of(k, len)).collect(), len);
    println!("{} + ...", partitions.truncate(11));
    for n in [5, 10, 100, 150] {
        println!("p({n}) = {}", partitions.coefficient(n));
    }
    // 5 = 4+1 = 3+2 = 3+1+1 = 2+2+1 = 2+1+1+1 = 1+1+1+1+1
    assert_eq!(partitions.coefficient(5), 7.into());
    assert_eq!(partitions.coefficient(100), 190_569_292.into()); // P. A. MacMahon, by hand, 1918
    assert_eq!(partitions.coefficient(150), 40_853_235_313i64.into()); // PARI/GP: numbpart(150)

    // Euler's pentagonal number theorem: the reciprocal has the coefficients 0, 1 and -1 only.
    let reciprocal = product((1..len).map(|k| ZZ.poly([1]) - Poly::monomial(ZZ, 1.into(), k)).collect(), len);
    println!("its reciprocal: {} + ...", reciprocal.truncate(27));
    assert_eq!(reciprocal.mul_low(&partitions, len), ZZ.poly([1]));
    let mut pentagonal = vec![0; len];
    for k in -50i64..50 {
        let n = (k * (3 * k - 1) / 2) as usize;
        if n < len {
            pentagonal[n] = if k % 2 == 0 { 1 } else { -1 };
        }
    }
    assert_eq!(reciprocal, ZZ.poly(pentagonal));

    // As many partitions into distinct parts, (1 + x)(1 + x^2)(1 + x^3)..., as into odd parts (Euler, 1748).
    let distinct = product((1..len).map(|k| ZZ.poly([1]) + Poly::monomial(ZZ, 1.into(), k)).collect(), len);
    let odd = product((1..len).step_by(2).map(|k| any_number_of(k, len)).collect(), len);
    assert_eq!(distinct, odd);
    println!("into distinct parts, or into odd ones: {} of 100", distinct.coefficient(100));
    assert_eq!(distinct.coefficient(100), 444_793.into());
}
