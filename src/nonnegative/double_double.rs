//! Pairs of floats, `high + low` with `|low| <= ulp(high)/2`: about 106 bits.
//!
//! They stand apart because only what is rounded very often is worth them: the tables of powers of two, and the short factors
//! at the bottom of powers and long products, whose errors count as often as they are repeated. (T. J. Dekker, A
//! floating-point technique for extending the available precision, 1971; bounds by M. Joldes, J.-M. Muller and V. Popescu, Tight
//! and rigorous error bounds for basic building blocks of double-word arithmetic, ACM TOMS 44, 2017.)

/// A number `high + low`.
#[derive(Clone, Copy, Debug)]
pub(super) struct DoubleDouble(f64, f64);

/// ln 2, its leading 53 bits and the next.
const LN_2: DoubleDouble = DoubleDouble(std::f64::consts::LN_2, 2.319_046_813_846_299_6e-17);

/// 1/ln 2, its leading 53 bits and the next.
pub(super) const LOG2_E: DoubleDouble = DoubleDouble(std::f64::consts::LOG2_E, 2.035_527_374_093_103_3e-17);

impl From<f64> for DoubleDouble {
    fn from(x: f64) -> Self {
        DoubleDouble(x, 0.0)
    }
}

impl DoubleDouble {
    /// `a + b` for `|a| >= |b|` or `a = 0`, exactly.
    #[inline(always)]
    pub(super) fn fast_sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        DoubleDouble(sum, b - (sum - a))
    }

    /// `a - b` exactly.
    #[inline(always)]
    pub(super) fn difference(a: f64, b: f64) -> Self {
        let high = a - b;
        let back = high - a;
        DoubleDouble(high, (a - (high - back)) - (b + back))
    }

    /// `a * b` exactly, where nothing underflows.
    #[inline(always)]
    pub(super) fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        DoubleDouble(high, a.mul_add(b, -high))
    }

    /// `high + low`, whose parts are such a pair already.
    #[inline(always)]
    pub(super) fn raw(high: f64, low: f64) -> Self {
        DoubleDouble(high, low)
    }

    #[inline(always)]
    pub(super) fn high(self) -> f64 {
        self.0
    }

    #[inline(always)]
    pub(super) fn low(self) -> f64 {
        self.1
    }

    /// The product, within `6*u^2` (DWTimesDW2 there: one fused operation for both cross products).
    #[inline(always)]
    pub(super) fn times(self, other: Self) -> Self {
        let p = Self::product(self.0, other.0);
        let cross = self.0.mul_add(other.1, self.1 * other.0);
        Self::fast_sum(p.0, p.1 + cross)
    }

    /// The sum of two numbers that are not negative, within `3*u^2` (theorem 3.1 there).
    #[inline(always)]
    pub(super) fn plus(self, other: Self) -> Self {
        let high = self.0 + other.0;
        let back = high - self.0;
        let low = (self.0 - (high - back)) + (other.0 - back);
        Self::fast_sum(high, low + (self.1 + other.1))
    }

    /// `self * 2^e`, exactly where nothing underflows.
    #[inline(always)]
    pub(super) fn scaled(self, power: f64) -> Self {
        DoubleDouble(self.0 * power, self.1 * power)
    }

    /// `1/n` for an integer from 1 on, within `u^2`: what a rounded quotient lacks is the quotient of a float.
    fn inverse(n: i32) -> Self {
        let n = f64::from(n);
        let high = n.recip();
        DoubleDouble(high, (-n).mul_add(high, 1.0) / n)
    }

    /// `2^(1/2^bits)` for `bits >= 10`, within `2^-100`: twelve terms of the series, the rest is below `2^-140`.
    pub(super) fn exp2_small(bits: i32) -> Self {
        let x = LN_2.scaled(2f64.powi(-bits));
        let mut sum = DoubleDouble(1.0, 0.0);
        for n in (1..=12).rev() {
            sum = DoubleDouble(1.0, 0.0).plus(sum.times(x).times(Self::inverse(n)));
        }
        sum
    }
}
