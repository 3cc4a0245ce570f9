//! A tour of power series: what counts partitions, binary trees, set partitions, zigzags and labelled trees, and the billionth billionth Fibonacci number.
//!
//! `1/(1 - f)` counts sequences of things that `f` counts, `exp f` counts sets of them, `f(g)` things made of other things, and the reversion things that are made of
//! themselves (P. Flajolet, R. Sedgewick, "Analytic Combinatorics", 2009). Every number is held against what is known.
//!
//! `cargo run --release --example power_series`

use monic::sequences::{Recurrence, bell_numbers, euler_numbers, partitions};
use monic::{QQ, Rationals, Series, ZZ, Zmod};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed};

/// The coefficient of `x^k/k!`: how many there are with `k` labels.
fn labelled(f: &Series<Rationals>) -> Vec<BigInt> {
    let mut factorial = BigInt::one();
    (0..f.precision())
        .map(|k| {
            factorial *= k.max(1);
            let count = f.coefficient(k).expect("it is known") * &factorial;
            assert!(count.is_integer(), "a number of things is an integer");
            count.to_integer()
        })
        .collect()
}

fn line(name: &str, numbers: &[BigInt]) {
    let text: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    println!("{name}: {}", text.join(" "));
}

fn main() -> monic::Result<()> {
    let n = 12;
    let x = Series::x(QQ, n);

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

    // Sets of sets that are not empty: exp(exp(x) - 1) (A000110).
    let bell = labelled(&x.exp()?.compose(&(x.exp()? - 1))?);
    line("Bell", &bell);
    assert_eq!(bell, bell_numbers(n)?);

    // Up and down by turns: tan x + sec x (D. André 1879; A000111). Every second one is an Euler number but for its sign.
    let (sine, cosine) = x.sin_cos()?;
    let zigzag = labelled(&(sine + 1).quo(&cosine)?);
    line("zigzags", &zigzag);
    for (k, number) in euler_numbers(n)?.iter().enumerate().filter(|(k, _)| k % 2 == 0) {
        assert_eq!(zigzag[k], number.abs());
    }

    // Rooted trees with labels: a root and a set of trees, t = x*exp(t), so t is the reverse of x*exp(-x); there are k^(k-1) (A. Cayley 1889; A000169).
    let trees = labelled(&(&x * (-&x).exp()?).reversion()?);
    line("rooted trees", &trees[1..]);
    for (k, count) in trees.iter().enumerate().skip(1) {
        assert_eq!(*count, BigInt::from(k).pow(k as u32 - 1));
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
