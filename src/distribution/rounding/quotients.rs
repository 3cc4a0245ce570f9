//! Leading words of fractions, `w/D = (m + e) * 2^k` with `m` of 125 to 128 bits and a bounded `e >= 0`, for many `w` over one `D`.
//!
//! It stands apart because floats, decimals and logarithms of a distribution all begin with it. One long division gives the
//! reciprocal of `D`; each quotient is then one product of two words by two, however long the fraction is.
//!
//! # Invariants
//! A [`Leading`] number is in `mantissa <= x * 2^-exponent < mantissa + slack`, or equal to the mantissa where the slack is 0; mantissas are at
//! least `2^124`.

use num_bigint::BigUint;
use num_traits::Zero;

/// A positive number by its leading 128 bits, rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Leading {
    pub(in super::super) mantissa: u128,
    pub(in super::super) exponent: i64,
    /// What may be missing is less than this many units of the mantissa.
    pub(super) slack: u128,
}

impl Leading {
    /// A natural number that is not zero.
    pub(super) fn of(n: &BigUint) -> Self {
        let bits = n.bits();
        let mut limbs = n.iter_u64_digits();
        let [top, middle, low] = [(); 3].map(|()| limbs.next_back().unwrap_or(0));
        let zeros = top.leading_zeros();
        let below = if zeros > 0 { low >> (64 - zeros) } else { 0 };
        let mantissa = (u128::from(top) << 64 | u128::from(middle)) << zeros | u128::from(below);
        Leading { mantissa, exponent: bits as i64 - 128, slack: u128::from(bits > 128) }
    }

    /// `whole + fraction/2^128`, and up to less than `missing/2^128` more, for a number that is not zero.
    pub(super) fn of_fixed(whole: u128, fraction: u128, missing: u128) -> Self {
        if whole == 0 {
            return Leading { mantissa: fraction, exponent: -128, slack: missing }.normalized();
        }
        // Below 2^127, so that something of the fraction comes in.
        let zeros = whole.leading_zeros();
        Leading {
            mantissa: whole << zeros | fraction >> (128 - zeros),
            exponent: -i64::from(zeros),
            slack: (missing >> (128 - zeros)) + 2,
        }
    }

    /// The same number with a mantissa of 128 bits.
    pub(super) fn normalized(&self) -> Self {
        let zeros = self.mantissa.leading_zeros();
        Leading {
            mantissa: self.mantissa << zeros,
            exponent: self.exponent - i64::from(zeros),
            slack: self.slack << zeros,
        }
    }

    /// The inverse of a natural number that is not zero.
    pub(super) fn of_inverse(n: &BigUint) -> Self {
        let bits = n.bits();
        let quotient = (BigUint::from(1u32) << (bits + 127)) / n;
        // A power of two has the inverse 2^128, one too many.
        let mantissa = u128::try_from(quotient).unwrap_or(u128::MAX);
        Leading { mantissa, exponent: -(bits as i64) - 127, slack: 2 }
    }

    /// The product: with `x < m + s` and `y < n + t` it is below `mn + sn + tm + st`, and rounding down takes less than 1.
    pub(super) fn times(&self, other: &Self) -> Self {
        let high = product_high(self.mantissa, other.mantissa);
        let zeros = high.leading_zeros();
        Leading {
            mantissa: high << zeros,
            exponent: self.exponent + other.exponent + 128 - i64::from(zeros),
            slack: (self.slack + other.slack + 2) << zeros,
        }
    }

    /// The inverse, between `1/(m + s)` and `1/m`.
    pub(super) fn inverse(&self) -> Self {
        let one = BigUint::from(1u32) << 255u32;
        let least = &one / (BigUint::from(self.mantissa) + self.slack);
        // A power of two has the inverse 2^128, one too many.
        let mantissa = u128::try_from(&least).unwrap_or(u128::MAX);
        let width = one / self.mantissa - mantissa;
        let slack = u128::try_from(width).expect("an error below the number") + 1;
        Leading { mantissa, exponent: -255 - self.exponent, slack }
    }

    /// The integer part, and the nearest integer, where that is certain and the number is no integer; below `2^120`.
    pub(super) fn nearest(&self) -> Option<(u128, u128)> {
        let places = u32::try_from(-self.exponent).ok().filter(|&places| (8..128).contains(&places))?;
        let (floor, rest) = (self.mantissa >> places, self.mantissa & ((1 << places) - 1));
        let half = 1u128 << (places - 1);
        if rest == 0 || rest + self.slack > 2 * half {
            return None;
        }
        if rest + self.slack <= half {
            Some((floor, floor))
        } else if rest > half {
            Some((floor, floor + 1))
        } else {
            None
        }
    }

    /// The integer part of `2^bits` times the number, where that is certain; below `2^120`.
    #[cfg(feature = "rand")]
    pub(in super::super) fn floor(&self, bits: i64) -> Option<u128> {
        let places = -(self.exponent + bits);
        if places > 129 {
            return Some(0);
        }
        let places = u32::try_from(places).ok().filter(|&places| (8..128).contains(&places))?;
        let (floor, rest) = (self.mantissa >> places, self.mantissa & ((1 << places) - 1));
        (rest + self.slack <= 1 << places).then_some(floor)
    }

    /// The nearest number of 53 bits, ties to even, where that is certain: `(m, e)` for `m * 2^e`.
    fn to_53_bits(&self) -> Option<(u64, i64)> {
        let places = 75 - self.mantissa.leading_zeros();
        let (floor, rest) = (self.mantissa >> places, self.mantissa & ((1 << places) - 1));
        let half = 1u128 << (places - 1);
        let up = rest > half;
        // A rest of no more than half may be one of more, and the largest one the next number.
        let certain = if up { rest + self.slack <= 2 * half + half } else { rest + self.slack <= half };
        certain.then_some((floor as u64 + u64::from(up), self.exponent + i64::from(places)))
    }

    /// The nearest float, or its neighbour where that is not certain.
    pub(super) fn near_f64(&self) -> f64 {
        let middle = Leading { mantissa: self.mantissa | 1, slack: 0, ..*self };
        middle.to_f64().expect("nothing is missing")
    }

    /// The nearest float, ties to even, where that is certain.
    pub(super) fn to_f64(&self) -> Option<f64> {
        let bits = 128 - i64::from(self.mantissa.leading_zeros());
        if self.exponent + bits > 1024 {
            return Some(f64::INFINITY);
        }
        let unit = (self.exponent + bits - 53).max(-1074);
        let places = unit - self.exponent;
        if places > 129 {
            return Some(0.0); // below a quarter of the smallest float
        }
        // At 128 and 129 places the mantissa is all behind the point.
        let (floor, rest) = if places < 128 {
            (self.mantissa >> places, self.mantissa & ((1 << places) - 1))
        } else {
            (0, self.mantissa)
        };
        let up = match places {
            129 => {
                // Half a unit is 2^128.
                self.mantissa.checked_add(self.slack)?;
                false
            }
            _ => {
                let half = 1u128 << (places - 1);
                if rest > half {
                    true
                } else if rest.checked_add(self.slack)? <= half {
                    false
                } else {
                    return None;
                }
            }
        };
        let mantissa = (floor + u128::from(up)) as f64;
        let scale = if unit >= -1022 { ((unit + 1023) as u64) << 52 } else { 1 << (unit + 1074) };
        Some(mantissa * f64::from_bits(scale))
    }
}

/// The upper 128 bits of a product.
pub(super) fn product_high(x: u128, y: u128) -> u128 {
    let halves = |x: u128| (x >> 64, x & u128::from(u64::MAX));
    let ((a, b), (c, d)) = (halves(x), halves(y));
    let (high, low) = halves(a * d + ((b * d) >> 64));
    a * c + high + ((b * c + low) >> 64)
}

/// Quotients by one denominator.
#[derive(Clone, Debug)]
pub(in super::super) struct Quotients {
    denominator: BigUint,
    inverse: Leading,
}

impl Quotients {
    /// By a denominator that is not zero.
    pub(in super::super) fn new(denominator: BigUint) -> Self {
        let inverse = Leading::of_inverse(&denominator);
        Quotients { denominator, inverse }
    }

    pub(in super::super) fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// Leading words of `n` over the denominator, for `n > 0`.
    pub(in super::super) fn of(&self, n: &BigUint) -> Leading {
        Leading::of(n).times(&self.inverse)
    }

    /// `n` over the denominator as the nearest `m * 2^e` with a float `1 <= m < 2`, ties to even; for `n > 0`.
    pub(super) fn to_scaled(&self, n: &BigUint) -> (f64, i64) {
        let nearest = self.of(n).to_53_bits();
        let (mantissa, exponent) = nearest.unwrap_or_else(|| super::nearest(n, &self.denominator, i64::MIN));
        // 2^52 to 2^53; the upper end is 1 * 2^53.
        let m = mantissa as f64 / (1u64 << 52) as f64;
        if m < 2.0 { (m, exponent + 52) } else { (1.0, exponent + 53) }
    }

    /// `n` over the denominator as the nearest float, ties to even.
    pub(in super::super) fn to_f64(&self, n: &BigUint) -> f64 {
        if n.is_zero() {
            return 0.0;
        }
        self.of(n).to_f64().unwrap_or_else(|| super::nearest_f64(n, &self.denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn natural(limbs: &[u64]) -> BigUint {
        limbs.iter().rev().fold(BigUint::ZERO, |n, &limb| (n << 64u32) + limb)
    }

    /// `mantissa * 2^exponent <= n/d < (mantissa + slack) * 2^exponent`.
    fn holds(leading: &Leading, n: &BigUint, d: &BigUint) -> bool {
        let scaled = |m: u128| {
            let m = BigUint::from(m) * d;
            if leading.exponent >= 0 { m << leading.exponent as u64 } else { m }
        };
        let n = if leading.exponent < 0 { n << leading.exponent.unsigned_abs() } else { n.clone() };
        scaled(leading.mantissa) <= n && n < scaled(leading.mantissa) + scaled(leading.slack.max(1))
    }

    proptest! {
        #[test]
        fn leading_words_hold_the_number(n in prop::collection::vec(any::<u64>(), 1..6), d in prop::collection::vec(any::<u64>(), 1..6)) {
            let (n, d) = (natural(&n) + 1u32, natural(&d) + 1u32);
            let one = BigUint::from(1u32);
            prop_assert!(holds(&Leading::of(&n), &n, &one));
            prop_assert!(holds(&Leading::of_inverse(&d), &one, &d));
            let quotient = Quotients::new(d.clone()).of(&n);
            prop_assert!(holds(&quotient, &n, &d));
            prop_assert!(quotient.mantissa >> 124 > 0);
            prop_assert!(holds(&quotient.inverse(), &d, &n));
            let (square, cube) = (quotient.times(&quotient), quotient.times(&quotient).times(&quotient));
            prop_assert!(holds(&square, &(&n * &n), &(&d * &d)));
            prop_assert!(holds(&cube, &(&n * &n * &n), &(&d * &d * &d)));
            prop_assert!(holds(&cube.inverse(), &(&d * &d * &d), &(&n * &n * &n)));
            let quotients = Quotients::new(d.clone());
            prop_assert_eq!(quotients.to_f64(&n), super::super::nearest_f64(&n, &d));
            // Far from the ends of the range of floats these are floats.
            let (m, e) = quotients.to_scaled(&n);
            prop_assert!((1.0..2.0).contains(&m));
            prop_assert_eq!(m * 2f64.powi(e as i32), quotients.to_f64(&n));
        }

        #[test]
        fn upper_halves(x in any::<u128>(), y in any::<u128>()) {
            let high: BigUint = (BigUint::from(x) * y) >> 128u32;
            prop_assert_eq!(BigUint::from(product_high(x, y)), high);
        }
    }

    /// Powers of two and their neighbours, ties and the ends of the range of floats.
    #[test]
    fn where_words_do_not_decide() {
        let one = BigUint::from(1u32);
        for k in [
            0u32, 1, 52, 53, 54, 63, 64, 127, 128, 129, 1000, 1021, 1022, 1023, 1024, 1025, 1073, 1074, 1075,
            1076, 1077, 1078, 1200,
        ] {
            let power = &one << k;
            for n in
                [1u64, 2, 3, (1 << 53) - 1, 1 << 53, (1 << 53) + 1, (1 << 54) - 1, (1 << 54) + 2, u64::MAX]
            {
                let n = BigUint::from(n);
                for (n, d) in [
                    (&n << k, one.clone()),
                    (n.clone(), power.clone()),
                    (n.clone(), &power + 1u32),
                    ((&n << 200u32) + 1u32, &power << 200u32),
                    ((&n << 200u32) - 1u32, &power << 200u32),
                ] {
                    assert_eq!(
                        Quotients::new(d.clone()).to_f64(&n),
                        super::super::nearest_f64(&n, &d),
                        "{n}/{d}"
                    );
                }
            }
        }
        assert_eq!(Quotients::new(one).to_f64(&BigUint::ZERO), 0.0);
    }
}
