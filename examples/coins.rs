//! In how many ways can an amount be paid with given coins? A purse is a multiset of coins, with the amount as its size.
//!
//! One coin of value `c` is `x^c`; any number of them is a sequence, `1 + x^c + x^(2c) + ...`; and one of each is the product, which multiplies every choice with every other,
//! so that the coefficient of `x^n` counts the ways to pay `n`.
//!
//! `cargo run --release --example coins`

use monic::generating::Ogf;
use monic::{Result, ZZ};
use num_bigint::BigInt;

/// One coin of each value.
fn coins(values: &[usize], order: usize) -> Ogf {
    Ogf::new((0..order).map(|amount| values.iter().filter(|&&c| c == amount).count()), order)
}

fn main() -> Result<()> {
    let cents = [1, 5, 10, 25, 50];
    let change = coins(&cents, 1001).multiset()?;
    println!("small change: {}", change.truncate(31)?);
    println!("a dollar in cents, nickels, dimes, quarters and halves: {} ways", change.count(100));
    assert_eq!(change.count(100), 292.into()); // G. Pólya, American Mathematical Monthly 63 (1956)
    println!("ten dollars: {} ways", change.count(1000));
    assert_eq!(change.count(1000), 801_451.into());

    // The same count one coin at a time, without polynomials.
    let mut table = vec![0u64; 1001];
    table[0] = 1;
    for c in cents {
        for amount in c..=1000 {
            table[amount] += table[amount - c];
        }
    }
    assert!(table.iter().map(|&n| BigInt::from(n)).eq(change.counts()));

    // A product of geometric series is a rational function, so its coefficients have a recurrence, however large the amount.
    let factors = cents.map(|c| ZZ.poly([1]) - ZZ.x().pow(c as u64));
    assert_eq!(Ogf::rational(&ZZ.poly([1]), &ZZ.product(factors), 1001)?, change);
    let recurrence = change.recurrence()?.expect("1001 counts determine one of order 91");
    let million = recurrence.term(100_000_000)?;
    println!("a million dollars: {million} ways, by a recurrence of order {}", recurrence.order());
    assert_eq!(million, by_residues(&cents, 100_000_000));

    let pence = coins(&[1, 2, 5, 10, 20, 50, 100, 200], 201);
    println!("two pounds in all coins: {} ways", pence.multiset()?.count(200));
    assert_eq!(pence.multiset()?.count(200), 73682.into());
    println!("in exactly ten coins: {} ways", pence.multiset_of(10..=10)?.count(200));
    println!("in different coins: {} ways", pence.powerset()?.count(188));
    assert_eq!(pence.powerset()?.count(188), 1.into()); // one of each but 200

    // A purse with ten of each.
    let ten = |c| coins(&[c], 101).sequence_of(..=10);
    let purse =
        cents.into_iter().try_fold(Ogf::one(101), |purse, c| Ok::<_, monic::Error>(purse * ten(c)?))?;
    println!("a dollar from ten of each coin: {} ways", purse.count(100));
    assert_eq!(purse.count(100), by_hand(&cents, 100).into());
    Ok(())
}

/// Ways to pay with at most ten of each, by trying every number of every coin.
fn by_hand(values: &[usize], amount: usize) -> u64 {
    match values {
        [] => u64::from(amount == 0),
        [c, rest @ ..] => (0..=10).filter_map(|n| Some(by_hand(rest, amount.checked_sub(n * c)?))).sum(),
    }
}

/// Ways to pay a multiple of 50, the largest coin, which the others divide: as a function of the number of halves a polynomial of degree 4, through its values.
fn by_residues(values: &[usize], amount: usize) -> BigInt {
    let mut table = vec![0u64; 201];
    table[0] = 1;
    for &c in values {
        for n in c..=200 {
            table[n] += table[n - c];
        }
    }
    // Newton's forward differences at 0, 50, 100, 150, 200.
    let mut differences: Vec<BigInt> = table.iter().step_by(50).map(|&n| n.into()).collect();
    let halves = BigInt::from(amount / 50);
    let (mut sum, mut binomial) = (BigInt::ZERO, BigInt::from(1));
    for k in 0..5 {
        sum += &differences[0] * &binomial;
        differences = differences.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
        binomial = binomial * (&halves - k) / (k + 1);
    }
    sum
}
