//! The product of two polynomials with big integer coefficients, checked in two ways and timed.
//!
//! Coefficients are `num_bigint::BigInt`. The vectors go into the polynomials as they are, the product comes from whatever
//! algorithm the plan picks, and its coefficients come out as a vector again.
//!
//! Run with `cargo run --release --example big_integer_product -- [length] [bits]`.

use monic::convolution::Algorithm;
use monic::{Integers, Poly, ZZ};
use num_bigint::{BigInt, BigUint, Sign};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let length = arguments.next().map_or(Ok(1000), |text| text.parse())?;
    let bits = arguments.next().map_or(Ok(1000), |text| text.parse())?;

    let mut words = Words(1);
    let f = ZZ.poly((0..length).map(|_| words.integer(bits)).collect::<Vec<_>>());
    let g = ZZ.poly((0..length).map(|_| words.integer(bits)).collect::<Vec<_>>());
    println!("two polynomials of {length} coefficients of up to {bits} bits");

    let product = timed("f * g", || Ok(&f * &g))?;
    println!("  {} coefficients of up to {} bits", product.len(), product.height_bits());

    // A value of the product is the product of the values. At 2^k, one so large that no carry is lost, this
    // checks every coefficient.
    let point = BigInt::from(1) << (product.height_bits() + 2);
    let near = BigInt::from(-3);
    for x in [&near, &point] {
        assert!(product.eval(x) == f.eval(x) * g.eval(x));
    }

    // The same by another algorithm, forced. An algorithm that does not apply is an error, not a wrong answer.
    let by_karatsuba = timed("by Karatsuba", || f.mul_by(&g, Algorithm::Karatsuba))?;
    assert!(by_karatsuba == product);
    let by_ntt = timed("by NTT", || f.mul_by(&g, Algorithm::Ntt))?;
    assert!(by_ntt == product);

    // Parts of a product cost less than the whole.
    let low = timed("lower half", || f.try_mul_low(&g, length))?;
    assert!(low == product.truncate(length));

    // Out again, without copying digits.
    let coefficients: Vec<BigInt> = product.into_coefficients();
    assert_eq!(coefficients[0], f.coefficient(0) * g.coefficient(0));
    Ok(())
}

fn timed(name: &str, run: impl FnOnce() -> monic::Result<Poly<Integers>>) -> monic::Result<Poly<Integers>> {
    let start = Instant::now();
    let result = run()?;
    println!("  {name:<14} {:>9.3} ms", start.elapsed().as_secs_f64() * 1e3);
    Ok(result)
}

/// Words from a fixed seed (the generator of splitmix64), so that every run multiplies the same polynomials.
struct Words(u64);

impl Words {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// An integer of up to `bits` bits, of either sign.
    fn integer(&mut self, bits: u64) -> BigInt {
        let digits = (0..bits.div_ceil(32)).map(|_| self.word() as u32).collect();
        let magnitude = BigUint::new(digits) >> (bits.div_ceil(32) * 32 - bits);
        BigInt::from_biguint(if self.word() & 1 == 0 { Sign::Plus } else { Sign::Minus }, magnitude)
    }
}
