//! Dyadic numbers `m * 2^e`: the ends of isolating intervals, the centres and radii of balls.
//!
//! They stand apart from fractions because nothing is ever reduced by a gcd: sums and products shift and multiply mantissas, and a number
//! is cut to a precision by dropping bits.
//!
//! # Invariants
//! The mantissa is odd, or the number is `0 * 2^0`: equal numbers have equal fields.

use crate::integer_product;
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::{
    cmp::Ordering,
    fmt,
    ops::{Add, Mul, Neg, Sub},
};

/// The number `mantissa * 2^exponent`.
///
/// # Examples
/// ```
/// use monic::roots::Dyadic;
/// let x = Dyadic::new(12, -3); // 12/8
/// assert_eq!((x.mantissa(), x.exponent()), (&3.into(), -1));
/// assert_eq!(&x * &x + Dyadic::from(1), Dyadic::new(13, -2));
/// assert_eq!(x.to_string(), "3/2");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dyadic {
    mantissa: BigInt,
    exponent: i64,
}

impl Dyadic {
    /// `mantissa * 2^exponent`.
    pub fn new(mantissa: impl Into<BigInt>, exponent: i64) -> Self {
        let mantissa = mantissa.into();
        match mantissa.trailing_zeros() {
            None => Dyadic { mantissa, exponent: 0 },
            Some(0) => Dyadic { mantissa, exponent },
            Some(zeros) => Dyadic { mantissa: mantissa >> zeros, exponent: exponent + zeros as i64 },
        }
    }

    /// `2^exponent`.
    pub fn power_of_two(exponent: i64) -> Self {
        Dyadic { mantissa: BigInt::one(), exponent }
    }

    /// 0.
    pub fn zero() -> Self {
        Dyadic { mantissa: BigInt::ZERO, exponent: 0 }
    }

    /// The value of a finite float; `None` of infinities and NaN.
    ///
    /// # Examples
    /// ```
    /// use monic::roots::Dyadic;
    /// assert_eq!(Dyadic::from_f64(0.375), Some(Dyadic::new(3, -3)));
    /// assert_eq!(Dyadic::from_f64(f64::NAN), None);
    /// ```
    pub fn from_f64(x: f64) -> Option<Self> {
        if !x.is_finite() {
            return None;
        }
        let bits = x.to_bits();
        let (raw, fraction) = ((bits >> 52) & 0x7FF, bits & ((1 << 52) - 1));
        let (mantissa, exponent) =
            if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw as i64 - 1075) };
        let mantissa = BigInt::from(mantissa);
        Some(Self::new(if x < 0.0 { -mantissa } else { mantissa }, exponent))
    }

    /// The odd factor, or 0.
    pub fn mantissa(&self) -> &BigInt {
        &self.mantissa
    }

    /// The exponent of two.
    pub fn exponent(&self) -> i64 {
        self.exponent
    }

    /// Whether this is 0.
    pub fn is_zero(&self) -> bool {
        self.mantissa.is_zero()
    }

    /// Below 0, 0, or above.
    pub fn sign(&self) -> Sign {
        self.mantissa.sign()
    }

    /// The absolute value.
    pub fn abs(&self) -> Self {
        Dyadic { mantissa: self.mantissa.abs(), exponent: self.exponent }
    }

    /// The number times `2^k`.
    pub fn scaled(&self, k: i64) -> Self {
        if self.is_zero() {
            return Self::zero();
        }
        Dyadic { mantissa: self.mantissa.clone(), exponent: self.exponent + k }
    }

    /// The smallest `k` with `|x| < 2^k`; `None` for 0.
    ///
    /// # Examples
    /// ```
    /// use monic::roots::Dyadic;
    /// assert_eq!(Dyadic::from(4).magnitude(), Some(3));
    /// ```
    pub fn magnitude(&self) -> Option<i64> {
        (!self.is_zero()).then(|| self.exponent + self.mantissa.bits() as i64)
    }

    /// The floor of the number divided by `2^exponent`.
    pub(super) fn floor_units(&self, exponent: i64) -> BigInt {
        let shift = self.exponent - exponent;
        // The shift to the right of a BigInt rounds down.
        if shift >= 0 { &self.mantissa << shift as u64 } else { &self.mantissa >> shift.unsigned_abs() }
    }

    /// The largest multiple of `2^exponent` that is not above.
    ///
    /// # Examples
    /// ```
    /// use monic::roots::Dyadic;
    /// assert_eq!(Dyadic::new(-7, -1).floor_to(0), Dyadic::from(-4));
    /// assert_eq!(Dyadic::new(-7, -1).ceil_to(0), Dyadic::from(-3));
    /// ```
    pub fn floor_to(&self, exponent: i64) -> Self {
        if self.exponent >= exponent { self.clone() } else { Self::new(self.floor_units(exponent), exponent) }
    }

    /// The smallest multiple of `2^exponent` that is not below.
    pub fn ceil_to(&self, exponent: i64) -> Self {
        -&(-self).floor_to(exponent)
    }

    /// The number cut to a mantissa of `bits` bits, downwards, and whether that changed it.
    pub fn floor_bits(&self, bits: u64) -> (Self, bool) {
        let excess = self.mantissa.bits().saturating_sub(bits);
        if excess == 0 {
            return (self.clone(), false);
        }
        (self.floor_to(self.exponent + excess as i64), true)
    }

    /// The smallest number with a mantissa of `bits` bits that is not below.
    pub fn ceil_bits(&self, bits: u64) -> Self {
        -&(-self).floor_bits(bits).0
    }

    /// The fraction.
    ///
    /// # Examples
    /// ```
    /// use monic::roots::Dyadic;
    /// assert_eq!(Dyadic::new(-5, -2).to_rational(), num_rational::BigRational::new((-5).into(), 4.into()));
    /// ```
    pub fn to_rational(&self) -> BigRational {
        if self.exponent >= 0 {
            BigRational::from_integer(&self.mantissa << self.exponent as u64)
        } else {
            // Odd over a power of two: in lowest terms.
            BigRational::new_raw(self.mantissa.clone(), BigInt::one() << self.exponent.unsigned_abs())
        }
    }

    /// The nearest float, ties to even; infinite beyond the range.
    pub fn to_f64(&self) -> f64 {
        let excess = self.mantissa.bits().saturating_sub(64);
        // The leading 64 bits, with a mark for what is cut, round as the whole does.
        let mut leading = (self.mantissa.magnitude() >> excess).to_u64().unwrap_or(u64::MAX);
        if excess > 0 && self.mantissa.trailing_zeros().is_some_and(|zeros| zeros < excess) {
            leading |= 1;
        }
        let value = scale_rounded(leading, self.exponent.saturating_add(excess as i64));
        if self.mantissa.is_negative() { -value } else { value }
    }

    /// `log2 |x|`; minus infinity for 0.
    pub(super) fn log2(&self) -> f64 {
        let Some(k) = self.magnitude() else { return f64::NEG_INFINITY };
        self.scaled(-k).to_f64().abs().log2() + k as f64
    }

    /// `(self + other) / 2`.
    pub fn midpoint(&self, other: &Self) -> Self {
        (self + other).scaled(-1)
    }
}

/// `m * 2^e`, rounded once.
fn scale_rounded(m: u64, e: i64) -> f64 {
    if m == 0 {
        return 0.0;
    }
    let top = e.saturating_add(64 - i64::from(m.leading_zeros()));
    if top > 1024 {
        return f64::INFINITY;
    }
    if top < -1080 {
        return 0.0;
    }
    // As many bits as the result holds, rounded to even on the integer.
    let keep = if top > -1021 { 53 } else { 53 - (-1021 - top) };
    let drop = 64 - i64::from(m.leading_zeros()) - keep;
    let (m, e) = if drop > 0 {
        let wide = u128::from(m);
        let (quotient, rest, half) = (wide >> drop, wide & ((1 << drop) - 1), 1u128 << (drop - 1));
        let up = rest > half || (rest == half && quotient & 1 == 1);
        ((quotient + u128::from(up)) as u64, e + drop)
    } else {
        (m, e)
    };
    // Exact: in two factors, since one may be out of range.
    let half = e / 2;
    m as f64 * 2f64.powi(half as i32) * 2f64.powi((e - half) as i32)
}

impl From<i64> for Dyadic {
    fn from(n: i64) -> Self {
        Self::new(n, 0)
    }
}

impl From<BigInt> for Dyadic {
    fn from(n: BigInt) -> Self {
        Self::new(n, 0)
    }
}

impl PartialOrd for Dyadic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Dyadic {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = self.sign().cmp(&other.sign());
        if sign != Ordering::Equal || self.is_zero() {
            return sign;
        }
        let by_size = self.magnitude().cmp(&other.magnitude());
        if by_size != Ordering::Equal {
            return if self.mantissa.is_negative() { by_size.reverse() } else { by_size };
        }
        let least = self.exponent.min(other.exponent);
        self.floor_units(least).cmp(&other.floor_units(least))
    }
}

impl Add for &Dyadic {
    type Output = Dyadic;
    fn add(self, other: &Dyadic) -> Dyadic {
        if self.is_zero() {
            return other.clone();
        }
        if other.is_zero() {
            return self.clone();
        }
        let least = self.exponent.min(other.exponent);
        Dyadic::new(self.floor_units(least) + other.floor_units(least), least)
    }
}

impl Sub for &Dyadic {
    type Output = Dyadic;
    fn sub(self, other: &Dyadic) -> Dyadic {
        self + &-other
    }
}

impl Mul for &Dyadic {
    type Output = Dyadic;
    fn mul(self, other: &Dyadic) -> Dyadic {
        if self.is_zero() || other.is_zero() {
            return Dyadic::zero();
        }
        // Odd times odd.
        let mantissa = integer_product(&self.mantissa, &other.mantissa);
        Dyadic { mantissa, exponent: self.exponent + other.exponent }
    }
}

impl Neg for &Dyadic {
    type Output = Dyadic;
    fn neg(self) -> Dyadic {
        Dyadic { mantissa: -&self.mantissa, exponent: self.exponent }
    }
}

macro_rules! by_value {
    ($($trait:ident $method:ident),*) => {$(
        impl $trait for Dyadic {
            type Output = Dyadic;
            fn $method(self, other: Dyadic) -> Dyadic {
                (&self).$method(&other)
            }
        }
    )*};
}
by_value!(Add add, Sub sub, Mul mul);

/// As a fraction: `-5/4`.
impl fmt::Display for Dyadic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_rational(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_that_of_fractions() {
        let numbers: Vec<Dyadic> =
            [(0, 5), (1, 0), (-3, -2), (7, 3), (12, -4), (-1, 70), (5, -70), ((1 << 40) + 1, -20)]
                .map(|(m, e): (i64, i64)| Dyadic::new(m, e))
                .into();
        for a in &numbers {
            for b in &numbers {
                let (x, y) = (a.to_rational(), b.to_rational());
                assert_eq!((a + b).to_rational(), &x + &y);
                assert_eq!((a - b).to_rational(), &x - &y);
                assert_eq!((a * b).to_rational(), &x * &y);
                assert_eq!(a.cmp(b), x.cmp(&y));
                assert_eq!((a == b), (x == y));
            }
            for e in [-80, -3, 0, 2, 90] {
                let unit = Dyadic::power_of_two(e);
                let (low, high) = (a.floor_to(e), a.ceil_to(e));
                assert!(low <= *a && *a < &low + &unit && high >= *a && &high - &unit < *a);
            }
            let (cut, _) = a.floor_bits(2);
            assert!(cut <= *a && cut.mantissa().bits() <= 2 && a.ceil_bits(2) >= *a);
        }
    }

    #[test]
    fn floats() {
        for x in [0.0, 1.0, -0.1, 1e300, -5e-324, 2.5e-310, f64::MAX, f64::MIN_POSITIVE] {
            assert_eq!(Dyadic::from_f64(x).unwrap().to_f64(), x);
        }
        assert_eq!(Dyadic::from_f64(f64::INFINITY), None);
        // 2^53 + 1 and a bit: up; a tie: to even.
        assert_eq!(Dyadic::from((1i64 << 53) + 1).to_f64(), 9_007_199_254_740_992.0);
        let above = Dyadic::new((BigInt::from((1i64 << 53) + 1) << 100) + 1, -100);
        assert_eq!(above.to_f64(), 9_007_199_254_740_994.0);
        assert_eq!(Dyadic::power_of_two(1024).to_f64(), f64::INFINITY);
        assert_eq!((-&Dyadic::power_of_two(-1075)).to_f64(), 0.0);
        assert_eq!(Dyadic::new(3, -1076).to_f64(), 5e-324);
        assert_eq!(Dyadic::new(3, -1075).to_f64(), 1e-323);
    }
}
