//! Probabilities as floats and as logarithms: `P(X = k)` correctly rounded, `ln P(X = k)` and `log10 P(X = k)` at any magnitude, and
//! what sums of them make, the entropy.
//!
//! It stands apart because all of it begins with leading words of the fractions: a float of 53 bits is decided by 126 of them, and
//! a logarithm, `ln(f * 2^k) = ln f + k ln 2`, keeps its relative accuracy where the float itself is zero.
//!
//! # Accuracy
//! Logarithms are within two units in the last place: close to 1 they are taken from `1 - p`, which is exact before it is rounded;
//! `k ln 2` is a product whose rounding error is added.

use super::super::Distribution;
use super::quotients::Quotients;
use num_bigint::BigInt;
use num_traits::Zero;
use std::f64::consts::{LN_2, LOG2_E, LOG10_2, LOG10_E};

/// The probabilities on the lattice of outcomes, each as the nearest `m * 2^e` with a float `1 <= m < 2`, ties to even; none for zero.
pub(crate) fn scaled_floats(
    distribution: &Distribution,
) -> impl ExactSizeIterator<Item = Option<(f64, i64)>> {
    let quotients = distribution.quotients();
    distribution
        .weights
        .iter()
        .map(move |weight| (!weight.is_zero()).then(|| quotients.to_scaled(weight.magnitude())))
}

/// A base of logarithms.
struct Base {
    log: fn(f64) -> f64,
    /// The logarithm of 2, as the nearest double and what that lacks.
    two: (f64, f64),
    /// The logarithm of `e`.
    e: f64,
}

const NATURAL: Base = Base { log: f64::ln, two: (LN_2, 2.3190468138462996e-17), e: 1.0 };
const DECIMAL: Base = Base { log: f64::log10, two: (LOG10_2, -2.8037281277851704e-18), e: LOG10_E };
const BINARY: Base = Base { log: f64::log2, two: (1.0, 0.0), e: LOG2_E };

impl Distribution {
    /// P(X = outcome) as the nearest float, ties to even; 0 for what is impossible or below half of the smallest float.
    ///
    /// For many outcomes [`floats`](Self::floats) is faster.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).times(2).to_f64(3), 1.0 / 18.0);
    /// ```
    pub fn to_f64(&self, outcome: i64) -> f64 {
        self.quotients().to_f64(self.weight(outcome).magnitude())
    }

    /// The outcomes that are possible, ascending, each with its probability as the nearest float, ties to even.
    ///
    /// # Complexity
    /// One division by the denominator, then a few operations on words an outcome.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let dice = Distribution::die(6).times(1000);
    /// let most = dice.floats().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    /// assert_eq!(most, (3500, 0.007385804208880716));
    /// ```
    pub fn floats(&self) -> impl Iterator<Item = (i64, f64)> {
        let quotients = self.quotients();
        self.outcomes().map(move |(outcome, weight)| (outcome, quotients.to_f64(weight.magnitude())))
    }

    /// The natural logarithm of P(X = outcome); minus infinity for what is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let sixes = Distribution::die(6).times(1000);
    /// assert_eq!(sixes.ln(6000), -1000.0 * 6f64.ln());
    /// ```
    pub fn ln(&self, outcome: i64) -> f64 {
        let logarithms = Logarithms::new(self);
        logarithms.of(&self.weight(outcome), &NATURAL)
    }

    /// The decimal logarithm of P(X = outcome); minus infinity for what is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let sixes = Distribution::die(6).times(1000);
    /// assert_eq!(sixes.to_f64(6000), 0.0);
    /// assert_eq!(sixes.log10(6000), -778.1512503836436);
    /// ```
    pub fn log10(&self, outcome: i64) -> f64 {
        let logarithms = Logarithms::new(self);
        logarithms.of(&self.weight(outcome), &DECIMAL)
    }

    /// The entropy in nats, `-sum of p ln p`: how much an outcome tells, in units of `e`-fold choices.
    ///
    /// The relative error is below 2^-49 times a few, as all terms are positive; terms that no float can hold do not
    /// count.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert!((Distribution::die(6).entropy() - 6f64.ln()).abs() < 1e-15);
    /// assert_eq!(Distribution::constant(3).entropy(), 0.0);
    /// ```
    pub fn entropy(&self) -> f64 {
        self.entropy_by(&NATURAL)
    }

    /// The entropy in bits, `-sum of p log2 p`.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(8).entropy_bits(), 3.0);
    /// ```
    pub fn entropy_bits(&self) -> f64 {
        self.entropy_by(&BINARY)
    }

    fn entropy_by(&self, base: &Base) -> f64 {
        let logarithms = Logarithms::new(self);
        let terms: Vec<f64> = self
            .outcomes()
            .map(|(_, weight)| {
                let p = logarithms.quotients.to_f64(weight.magnitude());
                if p == 0.0 { 0.0 } else { -p * logarithms.of(weight, base) }
            })
            .collect();
        // By halves, so that errors grow with the logarithm of the number of terms only.
        sum_by_halves(&terms)
    }

    /// Leading words of fractions over the denominator.
    pub(in super::super) fn quotients(&self) -> Quotients {
        Quotients::new(self.denominator.magnitude().clone())
    }
}

/// Logarithms of fractions over the denominator of a distribution.
struct Logarithms<'a> {
    denominator: &'a BigInt,
    quotients: Quotients,
}

impl<'a> Logarithms<'a> {
    fn new(distribution: &'a Distribution) -> Self {
        Logarithms { denominator: &distribution.denominator, quotients: distribution.quotients() }
    }

    /// The logarithm of `weight` over the denominator.
    fn of(&self, weight: &BigInt, base: &Base) -> f64 {
        if weight.is_zero() {
            return f64::NEG_INFINITY;
        }
        if weight * 2 > *self.denominator {
            let other = self.quotients.to_f64((self.denominator - weight).magnitude());
            return (-other).ln_1p() * base.e;
        }
        let leading = self.quotients.of(weight.magnitude());
        let bits = 128 - i64::from(leading.mantissa.leading_zeros());
        // In 1/2..=1, so that both terms are negative or zero.
        let fraction = leading.mantissa as f64 * 2f64.powi(-(bits as i32));
        let exponent = (leading.exponent + bits) as f64;
        let (two, rest) = base.two;
        let product = exponent * two;
        let error = exponent.mul_add(two, -product);
        product + ((base.log)(fraction) + error + exponent * rest)
    }
}

fn sum_by_halves(terms: &[f64]) -> f64 {
    if terms.len() <= 16 {
        return terms.iter().sum();
    }
    let (low, high) = terms.split_at(terms.len() / 2);
    sum_by_halves(low) + sum_by_halves(high)
}

#[cfg(test)]
mod tests {
    use super::super::to_f64;
    use super::*;
    use num_rational::BigRational;

    #[test]
    fn floats_are_the_nearest() {
        let dice = Distribution::die(6).times(1000);
        let floats: Vec<_> = dice.floats().collect();
        assert_eq!(floats.len(), 5001);
        for &(outcome, float) in floats.iter().step_by(37) {
            let exact = BigRational::new_raw(dice.weight(outcome), dice.denominator().clone());
            assert_eq!(float, to_f64(&exact), "{outcome}");
            assert_eq!(float, dice.to_f64(outcome));
        }
        assert_eq!(dice.to_f64(999), 0.0);
    }

    /// Against logarithms of `1/6^n` and `1 - 2^-n`, whose digits are known from series.
    #[test]
    fn logarithms_at_any_magnitude() {
        let near = |found: f64, expected: f64| {
            assert!((found - expected).abs() <= 2.0 * f64::EPSILON * expected.abs(), "{found} {expected}");
        };
        for n in [1u64, 2, 10, 100, 1000, 5000] {
            let sixes = Distribution::die(6).times(n);
            near(sixes.ln(sixes.max()), -(n as f64) * 6f64.ln());
            near(sixes.log10(sixes.max()), -(n as f64) * 6f64.log10());
        }
        for n in [2u32, 10, 60, 500, 1000] {
            let rare = Distribution::from_weights([(0, (BigInt::from(1) << n) - 1), (1, 1.into())]).unwrap();
            let p = 2f64.powi(-(n as i32));
            near(rare.ln(0), if n < 30 { (-p).ln_1p() } else { -p });
            near(rare.ln(1), -f64::from(n) * LN_2);
            near(rare.log10(1), -f64::from(n) * LOG10_2);
            near(rare.entropy(), p * f64::from(n) * LN_2 - (1.0 - p) * (-p).ln_1p());
        }
        assert_eq!(Distribution::die(6).ln(7), f64::NEG_INFINITY);
        assert_eq!(Distribution::constant(1).log10(1), 0.0);
        // A probability just below one half, and one half itself.
        let half = Distribution::from_weights([(0, BigInt::from(1) << 70), (1, (BigInt::from(1) << 70) - 1)])
            .unwrap();
        near(half.ln(1), -LN_2);
        near(Distribution::die(2).ln(1), -LN_2);
    }

    #[test]
    fn entropy_of_what_is_known() {
        assert_eq!(Distribution::uniform(1..=1 << 12).entropy_bits(), 12.0);
        let geometric = Distribution::geometric(&BigRational::new(1.into(), 2.into()), 200).unwrap();
        // The whole of it has entropy 2; what is cut off no float can see.
        assert!((geometric.conditional().unwrap().entropy_bits() - 2.0).abs() < 1e-15);
        // Terms of 1e-778 among them: that of a Gaussian, to the order of 1/n.
        let dice = Distribution::die(6).times(1000);
        let gaussian = 0.5 * (2.0 * std::f64::consts::PI * std::f64::consts::E * 1000.0 * 35.0 / 12.0).ln();
        assert!((dice.entropy() - gaussian).abs() < 1e-4);
    }
}
