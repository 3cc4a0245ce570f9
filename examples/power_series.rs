//! A tour of power series: square roots and reversions that count binary trees, sines and cosines that count zigzags, and the billionth billionth
//! Fibonacci number. Every number is held against what is known.
//!
//! What counts what, in the words of combinatorics, is in the example `combinatorics`.
//!
//! `cargo run --release --example power_series`

use monic::generating::Egf;
use monic::sequences::{Recurrence, euler_numbers, partitions};
use monic::{QQ, Series, ZZ, Zmod};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;

fn line(name: &str, numbers: &[BigInt]) {
    let text: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    println!("{name}: {}", text.join(" "));
}

fn main() -> monic::Result<()> {
    let n = 12;

    // Partitions: the inverse of Euler's product, which has few terms (A000041).
    let count = partitions(&ZZ, 1001)?;
    line("partitions", &count[..n]);
    println!("of 1000: {}", count[1000]);
    assert_eq!(count[1000].to_string(), "24061467864032622473692149727991"); // S. Ramanujan, G. Hardy, 1918

    // Binary trees are a root and two of them, c = 1 + x*c^2: a square root (A000108).
    let catalan = (1 - 4 * &Series::x(ZZ, n + 1)).sqrt()?;
    let catalan = (1 - &catalan).quo(&(2 * &Series::x(ZZ, n + 1)))?;
    line("Catalan", catalan.coefficients());
    // The same as the reversion of x - x^2.
    let reverse = Series::new(ZZ, [0, 1, -1], n + 1).reversion()?;
    assert_eq!(reverse.coefficients()[1..], *catalan.coefficients());

    // Up and down by turns: tan x + sec x (D. André 1879; A000111). Every second one is an Euler number but for its sign.
    let (sine, cosine) = Series::x(QQ, n).sin_cos()?;
    let zigzag = Egf::from_series((sine + 1).quo(&cosine)?).counts()?; // the coefficients of x^k/k!
    line("zigzags", &zigzag);
    for (k, number) in euler_numbers(n)?.iter().enumerate().filter(|(k, _)| k % 2 == 0) {
        assert_eq!(zigzag[k], number.abs());
    }

    // Any power: 1/sqrt(1 - 4x) has the central binomial coefficients (A000984).
    let central = (1 - 4 * &Series::x(ZZ, n)).power(&BigRational::new((-1).into(), 2.into()))?;
    line("central binomials", central.coefficients());
    assert_eq!(central.coefficient(11), Some(705_432.into()));

    // A recurrence is found from its terms, and its 10^18-th term in 60 steps.
    let field = Zmod::prime(998_244_353)?;
    let fibonacci = Recurrence::shortest(field, [0u64, 1, 1, 2, 3, 5, 8, 13])?;
    assert_eq!(fibonacci.coefficients(), [1, 1]);
    let far = fibonacci.term(1_000_000_000_000_000_000)?;
    println!("F(10^18) modulo 998244353: {far}");
    assert_eq!(far, 23_849_548); // PARI/GP: (Mod([1,1;1,0],998244353)^(10^18))[1,2]
    // The Fibonacci numbers are periodic modulo p; p = 3 modulo 5, so a period is 2*(p + 1).
    assert_eq!(far, fibonacci.term(1_000_000_000_000_000_000 % (2 * 998_244_354))?);
    Ok(())
}
