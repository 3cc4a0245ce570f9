//! Fractions over one denominator in lowest terms, `w/D` for many `w`, by the exponents of the primes of `D`.
//!
//! It stands apart because denominators of dice are powers of small numbers: what a numerator has in common with one is found by
//! divisions by those primes, where a gcd of two numbers as long as that would be most of the time of a table.

use crate::ring::numbers::fraction;
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

/// Fractions over one denominator in lowest terms, without a gcd each where that denominator has only small
/// prime factors, as denominators of dice have.
#[derive(Clone, Debug)]
pub(crate) struct Reducer<'a> {
    denominator: &'a BigInt,
    /// The primes of the denominator with their exponents, in groups with a product of a word; none when a larger factor is left
    /// over. One division by that product tells which of a group a numerator has.
    groups: Option<Vec<Group>>,
}

#[derive(Clone, Debug)]
struct Group {
    product: u64,
    primes: Vec<(u32, u64)>,
}

/// Denominators are searched for primes below this; dice with more faces take the general gcd.
const PRIME_BOUND: u32 = 1024;

impl<'a> Reducer<'a> {
    pub(crate) fn new(denominator: &'a BigInt) -> Self {
        let mut rest = denominator.magnitude().clone();
        let mut groups = Vec::<Group>::new();
        for p in (2..PRIME_BOUND).filter(|&p| (2..).take_while(|d| d * d <= p).all(|d| p % d != 0)) {
            let exponent = valuation(&rest, p, u64::MAX);
            if exponent > 0 {
                rest /= power(p, exponent);
                let longer = groups.last().and_then(|group| group.product.checked_mul(p.into()));
                match (longer, groups.last_mut()) {
                    (Some(product), Some(group)) => {
                        group.product = product;
                        group.primes.push((p, exponent));
                    }
                    _ => groups.push(Group { product: p.into(), primes: vec![(p, exponent)] }),
                }
            }
            if rest.is_one() {
                break;
            }
        }
        Reducer { denominator, groups: rest.is_one().then_some(groups) }
    }

    /// `weight` over the denominator.
    pub(crate) fn fraction(&self, weight: &BigInt) -> BigRational {
        if weight.is_zero() {
            return BigRational::zero();
        }
        let Some(groups) = &self.groups else {
            return fraction(weight.clone(), self.denominator);
        };
        let mut common = BigUint::one();
        for Group { product, primes } in groups {
            let rest = (weight.magnitude() % product).to_u64().expect("below a word");
            for &(p, exponent) in primes.iter().filter(|(p, _)| rest.is_multiple_of(u64::from(*p))) {
                common *= power(p, valuation(weight.magnitude(), p, exponent));
            }
        }
        if common.is_one() {
            return BigRational::new_raw(weight.clone(), self.denominator.clone());
        }
        let common = BigInt::from(common);
        BigRational::new_raw(weight / &common, self.denominator / &common)
    }
}

fn power(p: u32, exponent: u64) -> BigUint {
    BigUint::from(p).pow(u32::try_from(exponent).expect("the number whose factor it is fits memory"))
}

/// The exponent of the prime `p` in `n > 0`, at most `cap`.
fn valuation(n: &BigUint, p: u32, cap: u64) -> u64 {
    if p == 2 {
        return n.trailing_zeros().unwrap_or(0).min(cap);
    }
    if cap == 0 {
        return 0;
    }
    // By the largest power that is a word, whose remainder mostly has the answer.
    let mut word = u64::from(p);
    while let Some(next) = word.checked_mul(p.into()) {
        word = next;
    }
    let mut rest = (n % word).to_u64().expect("below a word");
    if rest > 0 {
        let mut exponent = 0;
        while rest.is_multiple_of(p.into()) {
            rest /= u64::from(p);
            exponent += 1;
        }
        return exponent.min(cap);
    }
    let mut rest = n / p;
    let mut exponent = 1;
    // Repeated squares of p keep the number of divisions logarithmic.
    let mut squares = vec![BigUint::from(p)];
    loop {
        let last = &squares[squares.len() - 1];
        let (quotient, remainder) = rest.div_rem(last);
        if !remainder.is_zero() {
            break;
        }
        rest = quotient;
        exponent += 1 << (squares.len() - 1);
        let next = last * last;
        squares.push(next);
    }
    for (k, square) in squares.iter().enumerate().rev() {
        let (quotient, remainder) = rest.div_rem(square);
        if remainder.is_zero() {
            rest = quotient;
            exponent += 1 << k;
        }
    }
    exponent.min(cap)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Denominators with primes of several groups, a large one, and none.
    #[test]
    fn fractions_are_in_lowest_terms() {
        let product = |factors: &[(u32, u32)]| -> BigInt {
            factors.iter().map(|&(p, n)| BigInt::from(p).pow(n)).product()
        };
        let all = [
            (2, 7),
            (3, 5),
            (5, 1),
            (7, 3),
            (11, 2),
            (13, 1),
            (101, 2),
            (509, 1),
            (997, 1),
            (1009, 2),
            (1021, 3),
        ];
        let denominators = [
            product(&all),
            product(&[(6, 40)]),
            product(&[(2, 200)]),
            product(&[(1031, 2), (2, 3)]),
            1.into(),
        ];
        for denominator in denominators {
            let reducer = Reducer::new(&denominator);
            for (k, &(p, _)) in all.iter().enumerate() {
                for n in [0u32, 1, 2, 9] {
                    let weight: BigInt =
                        product(&[(p, n), (all[k / 2].0, 2), (17, 1)]) * if k % 3 == 0 { -1 } else { 1 };
                    let expected = BigRational::new(weight.clone(), denominator.clone());
                    assert_eq!(reducer.fraction(&weight), expected, "{weight}/{denominator}");
                }
            }
            assert_eq!(reducer.fraction(&BigInt::ZERO), BigRational::zero());
            assert_eq!(reducer.fraction(&denominator), BigRational::one());
        }
    }
}
