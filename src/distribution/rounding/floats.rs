//! Probabilities as floats and as logarithms: `P(X = k)`, `ln P(X = k)`, `log10 P(X = k)` and `log2 P(X = k)`, each the nearest float, and what
//! sums of them make, the entropy.
//!
//! It stands apart because all of it begins with leading words of the fractions: a float of 53 bits is decided by 125 of them; how
//! logarithms are, says [`logarithms`](super::logarithms).

use super::super::Distribution;
use super::logarithms::{Base, Logarithms};
use super::quotients::Quotients;
use num_bigint::BigUint;
use num_traits::Zero;

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

    /// The natural logarithm of P(X = outcome) as the nearest float; minus infinity for what is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let sixes = Distribution::die(6).times(1000);
    /// assert_eq!(sixes.ln(6000), -1000.0 * 6f64.ln());
    /// ```
    pub fn ln(&self, outcome: i64) -> f64 {
        Logarithms::new(&self.quotients(), Base::Natural).of(self.weight(outcome).magnitude())
    }

    /// The decimal logarithm of P(X = outcome) as the nearest float; minus infinity for what is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let sixes = Distribution::die(6).times(1000);
    /// assert_eq!(sixes.to_f64(6000), 0.0);
    /// assert_eq!(sixes.log10(6000), -778.1512503836436);
    /// ```
    pub fn log10(&self, outcome: i64) -> f64 {
        Logarithms::new(&self.quotients(), Base::Decimal).of(self.weight(outcome).magnitude())
    }

    /// The binary logarithm of P(X = outcome) as the nearest float; minus infinity for what is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(8).times(1000).log2(8000), -3000.0);
    /// ```
    pub fn log2(&self, outcome: i64) -> f64 {
        Logarithms::new(&self.quotients(), Base::Binary).of(self.weight(outcome).magnitude())
    }

    /// The entropy in nats, `-sum of p ln p`: how much an outcome tells, in units of `e`-fold choices.
    ///
    /// Each term is the nearest float, one of two where it is half way, and all are positive: the relative error is below 2^-47 for up to 2^24 outcomes
    /// whose terms are normal numbers; a term below 2^-1022 may be off by 2^-1075.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert!((Distribution::die(6).entropy() - 6f64.ln()).abs() < 1e-15);
    /// assert_eq!(Distribution::constant(3).entropy(), 0.0);
    /// ```
    pub fn entropy(&self) -> f64 {
        self.entropy_by(Base::Natural)
    }

    /// The entropy in bits, `-sum of p log2 p`.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(8).entropy_bits(), 3.0);
    /// ```
    pub fn entropy_bits(&self) -> f64 {
        self.entropy_by(Base::Binary)
    }

    fn entropy_by(&self, base: Base) -> f64 {
        let quotients = self.quotients();
        let logarithms = Logarithms::new(&quotients, base);
        let term = |weight: &BigUint| {
            // Before anything is rounded, since the probability may be subnormal. In the middle of two floats either will do.
            let Some(logarithm) = logarithms.leading(weight) else { return 0.0 };
            quotients.of(weight).times(&logarithm).near_f64()
        };
        let terms: Vec<f64> = self.outcomes().map(|(_, weight)| term(weight.magnitude())).collect();
        // By halves, so that errors grow with the logarithm of the number of terms only.
        sum_by_halves(&terms)
    }

    /// Leading words of fractions over the denominator.
    pub(in super::super) fn quotients(&self) -> Quotients {
        Quotients::new(self.denominator.magnitude().clone())
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
    use num_bigint::BigInt;
    use num_rational::BigRational;
    use std::f64::consts::LN_2;

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

    #[test]
    fn logarithms_of_probabilities() {
        for n in [1u64, 2, 10, 100, 1000, 5000] {
            let coins = Distribution::die(2).times(n);
            assert_eq!((coins.log2(coins.max()), coins.log2(coins.min())), (-(n as f64), -(n as f64)));
        }
        for n in [2u32, 10, 60, 500, 1000] {
            let all = BigInt::from(10).pow(n);
            let rare = Distribution::from_weights([(0, &all - 1), (1, 1.into())]).unwrap();
            assert_eq!(rare.log10(1), -f64::from(n));
            if n > 20 {
                assert_eq!(rare.ln(0), -rare.to_f64(1));
            }
        }
        // ln 0.99 and log10 0.99, to 30 digits.
        let sure = Distribution::from_weights([(0, 99), (1, 1)]).unwrap();
        assert_eq!(sure.ln(0), -"0.0100503358535014411835488575585".parse::<f64>().unwrap());
        assert_eq!(sure.log10(0), -"0.00436480540245008465974422224674".parse::<f64>().unwrap());
        assert_eq!(Distribution::die(6).ln(7), f64::NEG_INFINITY);
        assert_eq!(Distribution::constant(1).log10(1).to_bits(), 0);
        assert_eq!(Distribution::die(2).ln(1), -LN_2);
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
    /// One outcome of probability `e = 2^-n`, so that the entropy is `e (1 + n ln 2)` but for `e^2`, down to where it is subnormal.
    #[test]
    fn entropy_of_what_is_hardly_random() {
        for n in [60i32, 500, 1022, 1060, 1070, 1080, 1090] {
            let rare = Distribution::from_weights([(0, (BigInt::from(1) << n) - 1), (1, 1.into())]).unwrap();
            // In units of 2^-1074, where a float of a term cannot be nearer than half of one.
            let units = 1074 - n;
            let scale = |x: f64| if units >= 0 { x * 2f64.powi(units) } else { x / 2f64.powi(-units) };
            let expected = scale(1.0 + f64::from(n) * LN_2);
            let found = rare.entropy() / f64::from_bits(1);
            if n < 1000 {
                assert!((found / expected - 1.0).abs() < 1e-15, "{n}");
            } else {
                assert!((found - expected).abs() <= 1.0 + expected * 1e-15, "{n}: {found} {expected}");
            }
        }
    }
}
