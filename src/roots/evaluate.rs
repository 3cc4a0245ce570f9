//! Values of integer polynomials at dyadic points, to a precision, with a bound of the error; signs at dyadic and rational points.
//!
//! # Method
//! Horner's rule in fixed point: with `|x| <= 2^k` the coefficients are `c[j]*2^(k*j)` and the point is `x/2^k`, so that no step multiplies the
//! error. A sign that is not certain is computed again with twice the precision, in the end exactly.

use super::Dyadic;
use crate::integer_product;
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// An approximate value: `(mantissa +- error) * 2^exponent`.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) mantissa: BigInt,
    pub(super) error: BigInt,
    pub(super) exponent: i64,
}

impl Value {
    /// The sign, where it is certain.
    pub(super) fn sign(&self) -> Option<Sign> {
        if self.mantissa.abs() > self.error || self.error.is_zero() {
            Some(self.mantissa.sign())
        } else {
            None
        }
    }
}

/// `c * 2^shift`, rounded down.
fn shifted(c: &BigInt, shift: i64) -> BigInt {
    if shift >= 0 { c << shift as u64 } else { c >> shift.unsigned_abs() }
}

/// The largest `log2(|c[j]|*2^(k*j))`, rounded up.
pub(super) fn magnitude(f: &[BigInt], k: i64) -> i64 {
    let terms = f.iter().enumerate().filter(|(_, c)| !c.is_zero());
    terms.map(|(j, c)| c.bits() as i64 + k * j as i64).max().unwrap_or(0)
}

/// The value at `x`, with an error of about `2^-precision` times the largest term.
pub(super) fn value(f: &[BigInt], x: &Dyadic, precision: u64) -> Value {
    let k = x.magnitude().unwrap_or(0);
    let unit = magnitude(f, k) - precision as i64;
    // The point as a fraction of 2^k with so many bits more than the values that what is cut adds less than a unit in all.
    let spare = 2 * i64::from(usize::BITS - f.len().leading_zeros()) + 2;
    let bits = (k - x.exponent()).min(precision as i64 + spare);
    let point = x.floor_units(k - bits);
    let mut sum = BigInt::ZERO;
    for (j, c) in f.iter().enumerate().rev() {
        if !sum.is_zero() {
            sum = integer_product(&sum, &point) >> bits.unsigned_abs();
        }
        if !c.is_zero() {
            sum += shifted(c, k * j as i64 - unit);
        }
    }
    // A unit for every coefficient and for every product, and those of the point.
    Value { mantissa: sum, error: BigInt::from(2 * f.len() + 1), exponent: unit }
}

/// The value at a fraction times a power of its denominator, which is positive.
fn homogeneous(f: &[BigInt], p: &BigInt, q: &BigInt) -> BigInt {
    let mut scale = BigInt::one();
    let mut sum = BigInt::ZERO;
    for c in f.iter().rev() {
        sum = integer_product(&sum, p) + integer_product(c, &scale);
        scale = integer_product(&scale, q);
    }
    sum
}

/// The precision from which on there is nothing to be cut.
fn exact_precision(f: &[BigInt], x: &Dyadic) -> u64 {
    let bits = f.iter().map(BigInt::bits).max().unwrap_or(0);
    bits.saturating_add((f.len() as u64).saturating_mul(x.mantissa().bits() + x.exponent().unsigned_abs()))
}

/// The sign of the value at `x`.
pub(super) fn sign(f: &[BigInt], x: &Dyadic) -> Sign {
    if x.is_zero() {
        return f.first().map_or(Sign::NoSign, BigInt::sign);
    }
    let most = exact_precision(f, x);
    let mut precision = 64;
    while precision < most {
        if let Some(sign) = value(f, x, precision).sign() {
            return sign;
        }
        precision *= 2;
    }
    sign_at_rational(f, &x.to_rational())
}

/// The sign of the value at a fraction, exactly.
pub(super) fn sign_at_rational(f: &[BigInt], x: &BigRational) -> Sign {
    homogeneous(f, x.numer(), x.denom()).sign()
}

/// The value at `x`, which is not zero, to a relative error below `2^-bits`; `precision` is where to begin, and where it ended.
pub(super) fn relative(f: &[BigInt], x: &Dyadic, bits: u64, precision: &mut u64) -> Dyadic {
    loop {
        let v = value(f, x, *precision);
        if v.mantissa.bits() > bits + v.error.bits() {
            return Dyadic::new(v.mantissa, v.exponent);
        }
        let most = exact_precision(f, x);
        if *precision > most {
            // No cut was made.
            let exact = x.to_rational();
            let value = homogeneous(f, exact.numer(), exact.denom());
            let degree = f.len() as i64 - 1;
            return Dyadic::new(value, degree * x.exponent().min(0));
        }
        let missing = (bits + v.error.bits()).saturating_sub(v.mantissa.bits());
        *precision += if v.sign().is_some() { missing + 8 } else { (*precision).max(missing) };
    }
}

/// The sign of the values on `low <= x <= high`, where it is the same on all of them and the interval is small enough to see that.
pub(super) fn sign_on(f: &[BigInt], low: &Dyadic, high: &Dyadic, precision: u64) -> Option<Sign> {
    let middle = low.midpoint(high);
    let v = value(f, &middle, precision);
    let k = low.magnitude().max(high.magnitude()).unwrap_or(0);
    // |f(x) - f(m)| <= |x - m| * sum of j*|c[j]|*2^(k*(j - 1)).
    let n = f.len() as u64;
    let radius = (high - low).scaled(-1).magnitude().unwrap_or(i64::MIN / 4);
    let change =
        Dyadic::new(BigInt::from(n) * BigInt::from(n), magnitude(f.get(1..).unwrap_or_default(), k) + radius);
    let error = &Dyadic::new(v.error.clone(), v.exponent) + &change;
    (Dyadic::new(v.mantissa.abs(), v.exponent) > error).then(|| v.mantissa.sign())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{QQ, ZZ};

    #[test]
    fn values_are_within_their_errors() {
        let polynomials = ["x^9 - 3*x^2 + 1", "2^100*x^5 - 7", "x", "5", "(x - 1)^12", "x^3 - 2^70"];
        let points: [(i64, i64); 7] =
            [(0, 0), (1, 0), (-3, -1), (12345, -40), (-7, 30), (3, -2), ((1 << 50) + 1, -50)];
        for text in polynomials {
            let f = ZZ.parse(text).unwrap().into_coefficients();
            let exact = QQ.parse(text).unwrap();
            for (m, e) in points {
                let x = Dyadic::new(m, e);
                let truth = exact.eval(x.to_rational());
                assert_eq!(sign(&f, &x), truth.numer().sign(), "{text} at {x}");
                assert_eq!(sign_at_rational(&f, &x.to_rational()), truth.numer().sign());
                for precision in [5, 64, 300] {
                    let v = value(&f, &x, precision);
                    let scale = Dyadic::power_of_two(v.exponent).to_rational();
                    let error = (BigRational::from(v.mantissa) * &scale - &truth).abs();
                    assert!(error <= BigRational::from(v.error) * scale, "{text} at {x}");
                }
                if !truth.is_zero() {
                    let close = relative(&f, &x, 40, &mut 8).to_rational();
                    assert!(((close - &truth) / &truth).abs() < Dyadic::power_of_two(-39).to_rational());
                    let high = &x + &Dyadic::power_of_two(-900);
                    assert_eq!(sign_on(&f, &x, &high, 2000), Some(truth.numer().sign()), "{text} at {x}");
                }
                assert_eq!(sign_on(&f, &x, &Dyadic::from(1 << 40), 100).filter(|_| text.len() > 1), None);
            }
        }
    }
}
