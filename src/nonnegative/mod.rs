//! Accurate floating-point convolution: products of vectors of non-negative numbers, of any magnitude, whose *relative* error is
//! bounded at every coefficient.
//!
//! It stands apart from the products of floats in [`convolution`](crate::convolution), whose error is relative to the
//! norms: in the sum of a thousand dice a plain FFT has no right digit in six of seven probabilities. Numbers are `m *
//! 2^e` with a float and an exponent, so that `1e-3000` is as good as 1. A [`Nonnegative`] carries the bound of its errors, and
//! what is made of it carries the bound of the whole.
//!
//! - `convert`: floats, logarithms, exact distributions, in and out
//! - `product`: what is computed how; `plan`: what windows there are; `choice`: which comes next; `windows`: one of them; `scaled`: tilting
//!   them; `kernels`: multiplying directly
//! - `sums`: tails and distribution functions
//! - `power`: powers and products of many; `wide`, `bernoulli`, `double_double`: the short factors at their bottom
//!
//! # Method
//! Let `c = a*b`. For any slope `t`, `a[i]*2^(t*i)` times `b[j]*2^(t*j)` gives `c[k]*2^(t*k)`: where `t` is minus the slope
//! of `log2 c` near some `k`, the outputs around `k` are the largest ones of the tilted product, and a transform gets them right, because its
//! errors are relative to the norms of its operands. Only a window of the tilted factors matters there, so a transform is
//! short: for factors whose logarithms are concave (sums of dice, binomials) all windows together cost about three
//! plain transforms of the whole. (The exponential shift and the partition of operands: U. Keich, sFFT: a faster accurate
//! computation of the p-value of the entropy score, J. Comput. Biol. 12, 2005; H. Wilson and U. Keich, Accurate pairwise convolutions of
//! non-negative vectors via FFT, Comput. Statist. Data Anal. 101, 2016; here tilts and windows come from the concave
//! majorants of the logarithms, and the bound from a transform that is proved operation by operation.) Where the plan is wrong, the
//! check afterwards says so, and the outputs in question are computed again: in smaller windows, from a factor cut in
//! two where it is farthest below its majorant, or one by one, as `sum of a[i]*b[k-i]`.
//!
//! # The bound
//! `u = 2^-53`, norms are Euclidean, and `c` is the exact product of the factors as they are stored.
//!
//! 1. *Directly.* Terms are not negative, so a sum in which a term meets `r` roundings is within `(1 + u)^r`. In a window, sums
//!    of `n` terms run in blocks of about `sqrt n`: `r <= 2*sqrt(n) + 5`. One by one, eight partial sums run in blocks of
//!    about `sqrt(n/8)`: `r <= 2*sqrt(n/8) + 20`, which is `8e-14` for `10^6` terms. Tilting by a whole number of bits is
//!    exact; by a fraction of a bit it is within `(1 + u)^8` for an entry of a window and for an output.
//! 2. *By a transform* of `N = 2^(L+1)` real points of the tilted windows `x` and `y`, every output is within `B = (12*L +
//!    3)*u*||x||*||y||` of the exact one, as `convolution::float_fft` proves for its own transform. The norms are computed from the windows
//!    and rounded up. An output `z` is accepted only if `B <= 2^-42 * (z - B)`; then it is within `2^-42` of the exact one, and what the
//!    accepted outputs really had, `B/(z - B)`, is what counts. (The largest one of a bell is within
//!    `2^-45.8` for `L = 12`.) The three tilts add `24u`.
//! 3. *What is left out* of a window is bounded by the majorants: beyond the last entry that is taken, the terms of all
//!    outputs of the window fall at least as a geometric progression whose first term and ratio are read off there. For direct windows the
//!    bound has to be below `2^-57` of every output; for transforms it counts in `B`. A window is scaled so that its entries are below 2, and
//!    those whose power of two is below `2^-500` are taken as zero: they are below `2^-466`, since mantissas and one factor of a
//!    tilt are below 2 and the other factor is at most `2^31.5`. So an output of fewer than `2^32` terms lacks less than `2^-433`: less
//!    than `2^-57` of those that are accepted from a direct window, which are at least `2^-376`, and part of a constant `2^-300` in
//!    `B`, which covers results below the normal range as well.
//! 4. *Parts.* The outputs of two parts of a factor add up, each within its own bound, and the sum rounds once.
//! 5. *Together*: with relative errors `p` and `q` of the factors and `r` of the product, the result is within
//!    `(1 + p)(1 + q)(1 + r) - 1`. So errors add up over a tree of products, and in a power the error of the base counts
//!    `n` times. Therefore the short factors at the bottom are pairs of floats, within some `2^-100`, rounded once when
//!    they have some dozen coefficients.
//! 6. An output is zero exactly where the exact one is.
//!
//! # Cost
//! Of a product, in plain products of floats of the same lengths, at `10^6` on one core: binomials 2.0, sums of dice 1.6, uniform 1.5,
//! random 3.3, a Gaussian bell of thirty standard deviations each way 5; of binomials 3.3 at `10^4` and 1.9 at `10^5`. Heavy tails
//! (`1/k^2`) and two humps far apart 19 and 12 at `10^5`. Exponents without any order cost a third of a nanosecond a pair of
//! entries, as the sum one by one. What is long is held against [`limit::work`], a pair of entries or a point of a layer as one
//! operation, and reports to [`progress`](crate::progress).
//!
//! # Examples
//! ```
//! use monic::distribution::Distribution;
//! use monic::nonnegative::Nonnegative;
//! let die = Nonnegative::from_f64(&[1.0 / 6.0; 6])?;
//! let sum = die.try_pow(1000)?;
//! assert!(sum.relative_error() < 1e-12);
//! assert!((sum.log10(0) - -778.1512503836).abs() < 1e-9); // all ones
//! // Exactly, and rounded once, which for dice is as fast:
//! let exact = Nonnegative::try_from(&Distribution::die(6).times(1000))?;
//! let ratio = sum.coefficient(1000) / exact.coefficient(1000);
//! assert!(exact.coefficient(1000) < 1e-186 && (ratio - 1.0).abs() < 1e-12);
//! # Ok::<(), monic::Error>(())
//! ```

mod bernoulli;
mod choice;
mod convert;
mod double_double;
mod kernels;
mod plan;
mod power;
mod product;
mod scaled;
mod sums;
#[cfg(test)]
mod tests;
mod wide;
mod windows;

use crate::{Error, Result, limit};
use scaled::{MAX_EXPONENT, Scaled};
use std::ops::Mul;

/// A vector of non-negative numbers between `2^-(2^28)` and `2^(2^28)`, or 0, that knows how accurate it is.
///
/// Coefficients ascend, so that it is a polynomial or a generating function; there is at least one.
///
/// # Examples
/// ```
/// use monic::nonnegative::Nonnegative;
/// // A coin that almost never shows heads, thrown twice.
/// let coin = Nonnegative::from_f64(&[1.0, 1e-300])?;
/// let twice = &coin * &coin;
/// assert_eq!((twice.coefficient(0), twice.coefficient(1)), (1.0, 2e-300));
/// assert!((twice.log10(2) - -600.0).abs() < 1e-9); // too small for a float
/// assert!(twice.relative_error() < 1e-14);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Nonnegative {
    values: Scaled,
    error: f64,
}

/// The bound of a product of numbers within the relative errors `x` and `y`.
fn both(x: f64, y: f64) -> f64 {
    // A few roundings of numbers that are not negative.
    let error = (x + y + x * y) * (1.0 + 4.0 * f64::EPSILON);
    // Beyond all floats nothing is known; infinity times 0 would be no bound.
    if error.is_nan() { f64::INFINITY } else { error }
}

impl Nonnegative {
    /// The number of coefficients.
    #[allow(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Every coefficient is within this relative error of the exact one, for the inputs as they were given.
    ///
    /// 0 for what came from floats; the roundings of inputs count where there are any.
    pub fn relative_error(&self) -> f64 {
        self.error
    }

    /// The product, `c[k] = sum over i+j=k of a[i]*b[j]`.
    ///
    /// # Errors
    /// Kind overflow where a coefficient may leave the range, kind limit for a result over the [limit].
    ///
    /// # Complexity
    /// `O(n log n)` for factors whose logarithms are roughly concave, in pieces; one by one, `O(m*n)`, at worst.
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// let a = Nonnegative::from_f64(&[1.0, 2.0, 1e-200])?;
    /// let c = a.try_mul(&a)?;
    /// assert_eq!(c.to_f64()[..3], [1.0, 4.0, 4.0]);
    /// assert_eq!(c.parts(4), (1.1718289888396993, -1329)); // 1e-400
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_mul(&self, other: &Self) -> Result<Self> {
        check_len(self.len() as u64 + other.len() as u64 - 1)?;
        check_exponents(&self.values.e, &other.values.e)?;
        let (values, error) = product::product(self.values.view(), other.values.view())?;
        Ok(Nonnegative { values, error: both(both(self.error, other.error), error) })
    }
}

/// Bits of a coefficient in memory.
const BITS: u64 = 96;

fn check_len(len: u64) -> Result<()> {
    limit::check(len, BITS)?;
    if len > u64::from(u32::MAX) {
        return Err(Error::limit(format!(
            "{len} coefficients, more than the {} that plans can number",
            u32::MAX
        )));
    }
    Ok(())
}

/// Refuses a product whose coefficients may leave the range, by the exponents of its factors.
fn check_exponents(a: &[i32], b: &[i32]) -> Result<()> {
    let (Some((low_a, high_a)), Some((low_b, high_b))) = (scaled::extremes(a), scaled::extremes(b)) else {
        return Ok(());
    };
    // A sum of so many terms, each below 2^(e + 2).
    let high = high_a + high_b + 3 + a.len().min(b.len()).ilog2() as i32;
    if low_a + low_b <= -MAX_EXPONENT || high >= MAX_EXPONENT {
        return Err(Error::overflow(format!(
            "coefficients between 2^{} and 2^{high} may leave the range of 2^-{MAX_EXPONENT} to 2^{MAX_EXPONENT}",
            low_a + low_b
        )));
    }
    Ok(())
}

macro_rules! operators {
    ($($left:ty, $right:ty;)*) => { $(
        /// The product; panics where `try_mul` is an error.
        impl Mul<$right> for $left {
            type Output = Nonnegative;
            #[track_caller]
            fn mul(self, other: $right) -> Nonnegative {
                match self.try_mul(&other) {
                    Ok(product) => product,
                    Err(error) => panic!("{error}"),
                }
            }
        }
    )* };
}
operators! {
    Nonnegative, Nonnegative;
    Nonnegative, &Nonnegative;
    &Nonnegative, Nonnegative;
    &Nonnegative, &Nonnegative;
}
