//! In how many ways can an amount be paid with given coins? A coefficient of a product of polynomials.
//!
//! Coins of value `c`, any number of them, are the series `1 + x^c + x^(2c) + ...`: one term for each number of
//! coins, with the amount as exponent. The product over all coins multiplies every choice with every other, so the
//! coefficient of `x^n` counts the ways to pay `n`. Amounts above the one that is asked for play no part: every product
//! is cut there (`mul_low`).
//!
//! `cargo run --example coins`

use monic::{Integers, Poly, ZZ};
use num_bigint::BigInt;

/// `1 + x^c + x^(2c) + ...`, at most `most` coins, below `x^len`.
fn coins(c: usize, most: usize, len: usize) -> Poly<Integers> {
    Poly::from_fn(ZZ, len.min(c.saturating_mul(most).saturating_add(1)), |amount| {
        BigInt::from(u8::from(amount % c == 0))
    })
}

/// The ways to pay each amount up to `amount`, any number of coins each.
fn ways(values: &[usize], amount: usize) -> Poly<Integers> {
    let len = amount + 1;
    values.iter().fold(ZZ.poly([1]), |ways, &c| ways.mul_low(&coins(c, usize::MAX, len), len))
}

fn main() {
    let cents = [1, 5, 10, 25, 50];
    let change = ways(&cents, 100);
    println!("small change: {}", change.truncate(31));
    println!("a dollar in cents, nickels, dimes, quarters and halves: {} ways", change.coefficient(100));
    assert_eq!(change.coefficient(100), 292.into()); // G. Pólya, American Mathematical Monthly 63 (1956)

    // The same count one coin at a time, without polynomials.
    let mut table = vec![0u64; 101];
    table[0] = 1;
    for c in cents {
        for amount in c..=100 {
            table[amount] += table[amount - c];
        }
    }
    assert!(table.iter().map(|&n| BigInt::from(n)).eq((0..=100).map(|n| change.coefficient(n))));

    let pence = ways(&[1, 2, 5, 10, 20, 50, 100, 200], 200);
    println!("two pounds in all coins: {} ways", pence.coefficient(200));
    assert_eq!(pence.coefficient(200), 73682.into());

    // A purse with ten of each: polynomials in place of series.
    let purse = cents.iter().fold(ZZ.poly([1]), |ways, &c| ways.mul_low(&coins(c, 10, 101), 101));
    println!("a dollar from ten of each coin: {} ways", purse.coefficient(100));
    assert_eq!(purse.coefficient(100), by_hand(&cents, 100).into());

    let ten = ways(&cents, 1000);
    println!("ten dollars: {} ways", ten.coefficient(1000));
    assert_eq!(ten.coefficient(1000), 801_451.into());
}

/// Ways to pay with at most ten of each, by trying every number of every coin.
fn by_hand(values: &[usize], amount: usize) -> u64 {
    match values {
        [] => u64::from(amount == 0),
        [c, rest @ ..] => (0..=10).filter_map(|n| Some(by_hand(rest, amount.checked_sub(n * c)?))).sum(),
    }
}
