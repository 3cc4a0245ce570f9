//! Decimals of many fractions, `p/q` to `n` significant digits, from leading words where they decide.
//!
//! It stands apart from a single [`decimal`](super::decimal) because a table has thousands of fractions over one denominator: the leading words of
//! the denominator's reciprocal and of a power of ten serve all of them, and leave an error so small that the digits are almost always
//! certain. Where they are not (a tie, an exact decimal, or next to one), the exact division decides.

use super::quotients::{Leading, Quotients};
use super::{layout, log10, rounds_up, scaled};
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{One, Zero};

/// Most digits that leading words can decide: as an integer they have under 100 of the 125 bits that are known.
const FEW_DIGITS: usize = 30;

/// Writes many fractions with as many digits each; neighbours share their power of ten, and fractions over one
/// denominator its reciprocal.
#[derive(Clone, Debug)]
pub struct Decimals {
    digits: usize,
    low: BigUint,
    high: BigUint,
    /// The last power of ten that was asked for, of positive exponent.
    power: (u32, BigUint),
    /// The last denominator, and its leading words.
    quotients: Option<Quotients>,
    /// Leading words of `10^(2^i)`.
    tens: Vec<Leading>,
    /// The last power of ten, of any exponent, and its leading words.
    leading: Option<(i64, Leading)>,
}

impl Decimals {
    /// Decimals of `digits` significant digits.
    ///
    /// # Panics
    /// When `digits` is 0.
    #[track_caller]
    pub fn new(digits: usize) -> Self {
        assert!(digits > 0, "0 significant digits");
        let low = BigUint::from(10u32).pow(digits as u32 - 1);
        Decimals {
            digits,
            high: &low * 10u32,
            low,
            power: (0, BigUint::one()),
            quotients: None,
            tens: vec![Leading::of(&BigUint::from(10u32))],
            leading: None,
        }
    }

    /// `numerator/denominator`, correctly rounded, as [`decimal`](super::decimal) writes it.
    ///
    /// # Panics
    /// When the denominator is zero.
    ///
    /// # Complexity
    /// For up to 30 digits a few operations on words, where the denominator is that of the last call; a division of numbers as long
    /// as the fraction in the few cases that those do not decide.
    pub fn write(&mut self, numerator: &BigUint, denominator: &BigUint) -> String {
        assert!(!denominator.is_zero(), "{numerator}/0");
        if numerator.is_zero() {
            return "0".into();
        }
        if self.digits <= FEW_DIGITS
            && let Some(text) = self.by_leading_words(numerator, denominator)
        {
            return text;
        }
        self.by_division(numerator, denominator)
    }

    /// The text, from the remainder of a division.
    fn by_division(&mut self, numerator: &BigUint, denominator: &BigUint) -> String {
        let mut exponent = log10(numerator, denominator).floor() as i64;
        loop {
            let shift = self.digits as i64 - 1 - exponent;
            let (a, b) = scaled(numerator, denominator, shift, |k| self.power_of_ten(k));
            let (quotient, remainder) = a.div_rem(&b);
            if quotient < self.low {
                exponent -= 1;
            } else if quotient >= self.high {
                exponent += 1;
            } else {
                let up = rounds_up(&quotient, &remainder, &b);
                let rounded = if up { quotient + 1u32 } else { quotient };
                return layout(rounded, exponent, self.digits, remainder.is_zero());
            }
        }
    }

    /// The text, where the leading words of numerator and denominator decide it.
    fn by_leading_words(&mut self, numerator: &BigUint, denominator: &BigUint) -> Option<String> {
        let mut exponent = log10(numerator, denominator).floor() as i64;
        if self.quotients.as_ref().is_none_or(|q| q.denominator() != denominator) {
            self.quotients = Some(Quotients::new(denominator.clone()));
        }
        let value = self.quotients.as_ref().expect("set above").of(numerator);
        loop {
            let ten = self.leading_power_of_ten(self.digits as i64 - 1 - exponent);
            let (digits, rounded) = value.times(&ten).nearest()?;
            if BigUint::from(digits) < self.low {
                exponent -= 1;
            } else if BigUint::from(digits) >= self.high {
                exponent += 1;
            } else {
                return Some(layout(rounded.into(), exponent, self.digits, false));
            }
        }
    }

    /// Leading words of `10^k`, from repeated squares.
    fn leading_power_of_ten(&mut self, k: i64) -> Leading {
        if let Some((last, leading)) = self.leading
            && last == k
        {
            return leading;
        }
        let mut power = Leading::of(&BigUint::one());
        for i in 0..(u64::BITS - k.unsigned_abs().leading_zeros()) as usize {
            if i == self.tens.len() {
                self.tens.push(self.tens[i - 1].times(&self.tens[i - 1]));
            }
            if k.unsigned_abs() >> i & 1 == 1 {
                power = power.times(&self.tens[i]);
            }
        }
        let leading = if k < 0 { power.inverse() } else { power };
        self.leading = Some((k, leading));
        leading
    }

    fn power_of_ten(&mut self, k: u32) -> BigUint {
        if k != self.power.0 {
            let (last, value) = &self.power;
            let next = if k > *last {
                value * BigUint::from(10u32).pow(k - last)
            } else {
                BigUint::from(10u32).pow(k)
            };
            self.power = (k, next);
        }
        self.power.1.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The decimal by division alone.
    fn divided(numerator: &BigUint, denominator: &BigUint, digits: usize) -> String {
        Decimals::new(digits).by_division(numerator, denominator)
    }

    proptest! {
        #[test]
        fn leading_words_agree_with_division(
            p in prop::collection::vec(any::<u32>(), 1..20),
            q in prop::collection::vec(any::<u32>(), 1..20),
            shift in 0u32..3000,
            digits in 1usize..34,
        ) {
            let (p, q) = (BigUint::new(p) + 1u32, BigUint::new(q) + 1u32);
            let mut decimals = Decimals::new(digits);
            for (p, q) in [(&p << shift, q.clone()), (p.clone(), &q << shift), (&p * &q, q.clone()), (p.clone(), &p * &q)] {
                prop_assert_eq!(decimals.write(&p, &q), divided(&p, &q, digits));
            }
        }
    }

    /// Ties, exact decimals, and their neighbours a far digit away.
    #[test]
    fn where_words_do_not_decide() {
        let far = BigUint::from(10u32).pow(300);
        for digits in [1, 2, 5, 6, 17, 30, 31] {
            let mut decimals = Decimals::new(digits);
            for n in [
                1u64,
                2,
                5,
                25,
                15,
                95,
                995,
                9995,
                99995,
                999995,
                9999995,
                125,
                1250000005,
                12500000005,
                u64::MAX,
            ] {
                for k in [0u32, 1, 5, 20, 100] {
                    let ten = BigUint::from(10u32).pow(k);
                    let n = BigUint::from(n);
                    for (p, q) in [
                        (n.clone(), ten.clone()),
                        (&n * &ten, BigUint::one()),
                        (&n * &far + 1u32, &ten * &far),
                        (&n * &far - 1u32, &ten * &far),
                    ] {
                        assert_eq!(decimals.write(&p, &q), divided(&p, &q, digits), "{p}/{q} to {digits}");
                    }
                }
            }
        }
    }
}
