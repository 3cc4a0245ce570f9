//! In and out: floats, logarithms, exact distributions; with the error of each step.
//!
//! It stands apart because rounding happens here only for what cannot be exact: an exponential, a quotient.

use super::double_double::{DoubleDouble, LOG2_E};
use super::scaled::{MAX_EXPONENT, Scaled, UNIT, ZERO, fraction_power, normal, power_of_two};
use super::{Nonnegative, check_len};
use crate::distribution::{Distribution, scaled_floats};
use crate::{Error, Result};

impl Nonnegative {
    /// From floats, exactly; subnormal ones too.
    ///
    /// # Errors
    /// Kind undefined for a negative or non-finite number, with its index, and for none at all.
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// assert_eq!(Nonnegative::from_f64(&[0.5, 0.0, 5e-324])?.relative_error(), 0.0);
    /// let error = Nonnegative::from_f64(&[0.5, -0.25]).unwrap_err();
    /// assert_eq!(error.message(), "coefficient 1 is -0.25, not a number from 0 on");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_f64(values: &[f64]) -> Result<Self> {
        some(values.len())?;
        let mut scaled = Scaled::zeros(values.len());
        for (k, &x) in values.iter().enumerate() {
            if x.is_nan() || x < 0.0 || x == f64::INFINITY {
                return Err(Error::undefined(format!("coefficient {k} is {x}, not a number from 0 on")));
            }
            scaled.set(k, split(x));
        }
        Ok(Nonnegative { values: scaled, error: 0.0 })
    }

    /// From natural logarithms; minus infinity is the logarithm of 0.
    ///
    /// # Units
    /// A logarithm counts as rounded to the nearest float: its relative error `u = 2^-53` is one of `|log|*u` in the number. The
    /// exponential adds `7u`.
    ///
    /// # Errors
    /// Kind undefined for NaN, plus infinity, and no logarithm at all; kind overflow beyond `2^28 * ln 2` in size.
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// let tail = Nonnegative::from_logs(&[-10_000.0, -12_000.0])?;
    /// assert!((tail.log10(1) + 12_000.0 * std::f64::consts::LOG10_E).abs() < 1e-8);
    /// assert!(tail.relative_error() < 2e-12);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_logs(logs: &[f64]) -> Result<Self> {
        some(logs.len())?;
        let (mut scaled, mut largest) = (Scaled::zeros(logs.len()), 0.0f64);
        for (k, &log) in logs.iter().enumerate() {
            if log == f64::NEG_INFINITY {
                continue;
            }
            if log.is_nan() || log == f64::INFINITY {
                return Err(Error::undefined(format!("the logarithm of coefficient {k} is {log}")));
            }
            if log.abs() >= f64::from(MAX_EXPONENT) * std::f64::consts::LN_2 {
                return Err(Error::overflow(format!(
                    "coefficient {k}, exp({log}), leaves the range of 2^-{MAX_EXPONENT} to 2^{MAX_EXPONENT}"
                )));
            }
            largest = largest.max(log.abs());
            scaled.set(k, exponential(log));
        }
        Ok(Nonnegative { values: scaled, error: largest * UNIT * 1.001 + 7.0 * UNIT })
    }

    /// The coefficient as a float.
    ///
    /// Within [`relative_error`](Self::relative_error) from `2^-1022` on. Below that, where floats are subnormal, it is
    /// rounded to a multiple of `2^-1074` besides, which may be 0; above all floats it is infinity.
    /// [`parts`](Self::parts) and [`log10`](Self::log10) have no such limits.
    ///
    /// # Panics
    /// When there is no such coefficient.
    #[track_caller]
    pub fn coefficient(&self, k: usize) -> f64 {
        rounded(self.values.m[k], self.values.e[k])
    }

    /// All coefficients as floats; as [`coefficient`](Self::coefficient).
    pub fn to_f64(&self) -> Vec<f64> {
        self.values.m.iter().zip(&self.values.e).map(|(&m, &e)| rounded(m, e)).collect()
    }

    /// The coefficient as `(m, e)` with `1 <= m < 2`: it is `m * 2^e`; `(0, 0)` for zero.
    ///
    /// # Panics
    /// When there is no such coefficient.
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// assert_eq!(Nonnegative::from_f64(&[10.0])?.parts(0), (1.25, 3));
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn parts(&self, k: usize) -> (f64, i64) {
        match self.values.m[k] {
            0.0 => (0.0, 0),
            m => (m, self.values.e[k].into()),
        }
    }

    /// The natural logarithms, to about the precision of a float; minus infinity for zeros.
    pub fn to_logs(&self) -> Vec<f64> {
        (0..self.len()).map(|k| self.log(k, std::f64::consts::LN_2, f64::ln)).collect()
    }

    /// The decimal logarithm of a coefficient, to about the precision of a float; minus infinity for zero.
    ///
    /// # Panics
    /// When there is no such coefficient.
    #[track_caller]
    pub fn log10(&self, k: usize) -> f64 {
        self.log(k, std::f64::consts::LOG10_2, f64::log10)
    }

    fn log(&self, k: usize, unit: f64, log: impl Fn(f64) -> f64) -> f64 {
        match (self.values.m[k], self.values.e[k]) {
            (0.0, _) => f64::NEG_INFINITY,
            // Close to 1 the two parts would cancel.
            (m, -1) => log(m / 2.0),
            (m, e) => log(m) + f64::from(e) * unit,
        }
    }
}

fn some(len: usize) -> Result<()> {
    if len == 0 {
        return Err(Error::undefined("no coefficients"));
    }
    check_len(len as u64)
}

/// The exponent of probability `k`, where it is in the range.
pub(super) fn exponent(k: usize, e: i64) -> Result<i32> {
    if e <= -i64::from(MAX_EXPONENT) {
        return Err(Error::overflow(format!(
            "probability {k}, about 2^{e}, leaves the range from 2^-{MAX_EXPONENT} on"
        )));
    }
    Ok(e as i32)
}

/// `x = m * 2^e` for a finite number from 0 on.
pub(super) fn split(x: f64) -> (f64, i32) {
    if x < f64::MIN_POSITIVE && x > 0.0 {
        let (m, e) = normal(x * power_of_two(60));
        return (m, e - 60);
    }
    normal(x)
}

/// `m * 2^e`, rounded once.
fn rounded(m: f64, e: i32) -> f64 {
    match e {
        ZERO => 0.0,
        1024.. => f64::INFINITY,
        -1022..=1023 => m * power_of_two(e.into()),
        // The first product is exact, the second one rounds.
        -1100..-1022 => m * power_of_two(-600) * power_of_two(i64::from(e) + 600),
        _ => 0.0,
    }
}

/// `exp(x)` within `7u`, for `|x| < 2^28 * ln 2`.
fn exponential(x: f64) -> (f64, i32) {
    // x / ln 2 = n + f, with f rounded once and `x * 2^-105` off otherwise.
    let product = DoubleDouble::product(x, LOG2_E.high());
    let n = product.high().round();
    let f = (product.high() - n) + (product.low() + x * LOG2_E.low());
    // 2^f from the tables, to the nearest multiple of 2^-20, and three terms for the rest; the next one is below 2^-90.
    let steps = (f * f64::from(1u32 << 20)).round();
    let rest = (f - steps / f64::from(1u32 << 20)) * std::f64::consts::LN_2;
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest / 6.0));
    let steps = steps as i64;
    let (m, e) = normal(fraction_power(steps & 0xf_ffff) * series);
    (m, e + n as i32 + (steps >> 20) as i32)
}

/// The probabilities of an exact distribution, each rounded once: coefficient `k` is that of the outcome `min + step*k`.
///
/// An error of kind overflow where one leaves the range.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// use monic::nonnegative::Nonnegative;
/// let sum = Nonnegative::try_from(&Distribution::die(6).times(2))?;
/// assert_eq!((sum.len(), sum.coefficient(5)), (11, 1.0 / 6.0));
/// # Ok::<(), monic::Error>(())
/// ```
impl TryFrom<&Distribution> for Nonnegative {
    type Error = Error;

    fn try_from(distribution: &Distribution) -> Result<Self> {
        let probabilities = scaled_floats(distribution);
        check_len(probabilities.len() as u64)?;
        let mut values = Scaled::zeros(probabilities.len());
        for (k, probability) in probabilities.enumerate() {
            if let Some((m, e)) = probability {
                values.set(k, (m, exponent(k, e)?));
            }
        }
        Ok(Nonnegative { values, error: UNIT })
    }
}
