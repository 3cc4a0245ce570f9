//! How coefficient sequences multiply: `c[k] = sum over i+j=k of a[i]*b[j]`.
//!
//! This layer knows no ring and no polynomial: it takes slices of words, limb matrices, residues and
//! floats. [`plan`](plan::plan) decides, one file an algorithm does the work.

pub(crate) mod arrays;
pub(crate) mod bits;
pub(crate) mod coefficient;
mod crt;
mod decimal;
mod delayed;
pub(crate) mod direct;
pub(crate) mod euclid;
pub mod float_fft;
mod fours;
mod gaussian;
pub(crate) mod horner;
pub(crate) mod integer_product;
mod integers;
mod karatsuba;
mod kronecker;
mod limbs;
pub mod multidimensional;
pub(crate) mod ntt;
pub mod plan;
mod power;
#[cfg(target_arch = "x86_64")]
mod processor;
pub(crate) mod progressions;
mod rationals;
mod residues;
pub(crate) mod resultants;
mod schoolbook;
pub(crate) mod scratch;
mod short;
pub(crate) mod short_power;
mod threads;
mod transformed;
pub mod tuning;
pub(crate) mod vandermonde;
pub(crate) mod window;
mod words;

pub use decimal::{DecimalWriter, format_integer, format_integer_radix, parse_integer, parse_integer_radix};
pub use float_fft::{
    complexes, complexes_into, complexes32, complexes32_into, floats, floats_into, floats32, floats32_into,
};
pub(crate) use float_fft::{complexes_assign, complexes32_assign, floats_assign, floats32_assign};
pub(crate) use gaussian::gaussian_rows;

use crate::Result;
pub use integer_product::{
    integer_div_rem, integer_product, integer_product_into, integer_product_limbs, integer_square,
    natural_product, try_integer_div_rem, try_integer_product, try_integer_product_into,
};
use integers::Task;
pub(crate) use integers::integer_facts;
pub(crate) use integers::{Rows, integers_rows};
pub use integers::{integers, integers_into};
pub(crate) use limbs::sign_extend;
pub use multidimensional::{Array, Border, Mode};
pub(crate) use ntt::images;
pub use ntt::{Backend, backend, with_backend};
#[doc(hidden)]
pub use ntt::{Conversions, Transforms};
use plan::{Facts, Plan, Shape};
pub(crate) use power::bigints_power;
pub use power::{integers_mod_power, integers_power, integers_power_into, words_mod_power};
pub use rationals::{RationalVec, rationals, rationals_into};
pub use residues::{integers_mod, integers_mod_into, words_mod, words_mod_into};
pub(crate) use short::{Vectorise, series as short_series, vectorised};
use std::ops::Range;
pub(crate) use transformed::matrix_shape;
pub use transformed::{
    Frame, Operand, Transformed, integers_dot, words_mod_cyclic, words_mod_dot, words_mod_matrix,
};

/// The families of convolution algorithms, to force one or to ask which one ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// Every product of a pair, quadratic.
    Schoolbook,
    /// Three half-size products instead of four.
    Karatsuba,
    /// Packing the coefficients into one large integer.
    Kronecker,
    /// A transform in floating point.
    Fft,
    /// Exact number-theoretic transforms, with Chinese remaindering where one prime is too small.
    Ntt,
}

/// What is wanted of a product: which coefficients, and by which algorithm.
///
/// # Examples
/// ```
/// use monic::convolution::{Algorithm, Want};
/// let want = Want::low(10).by(Algorithm::Ntt);
/// assert_eq!(want.window(5, 5), 0..9); // clipped to the full length
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Want {
    window: Option<Range<usize>>,
    algorithm: Option<Algorithm>,
}

impl Want {
    /// The whole product, by whatever algorithm is best.
    #[inline]
    pub fn full() -> Self {
        Self::default()
    }

    /// Coefficients `0..n`.
    #[inline]
    pub fn low(n: usize) -> Self {
        Self::range(0..n)
    }

    /// Coefficients `range` of the full product.
    #[inline]
    pub fn range(range: Range<usize>) -> Self {
        Want { window: Some(range), algorithm: None }
    }

    /// The same part of the product, by this algorithm or not at all.
    pub fn by(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// The algorithm that is forced.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm
    }

    /// Whether this algorithm is free to be taken.
    #[inline]
    pub(crate) fn may_be(&self, algorithm: Algorithm) -> bool {
        self.algorithm.is_none_or(|forced| forced == algorithm)
    }

    /// The wanted coefficients of a product of lengths `m` and `n`, clipped to those there are.
    #[inline]
    pub fn window(&self, m: usize, n: usize) -> Range<usize> {
        let full = if m == 0 || n == 0 { 0 } else { m.saturating_add(n - 1) };
        match &self.window {
            None => 0..full,
            Some(range) => {
                let end = range.end.min(full);
                range.start.min(end)..end
            }
        }
    }
}

/// The plan that is forced, or the best one.
fn choose(facts: &Facts, shape: &Shape, want: &Want) -> Result<Plan> {
    // A wrong setting is reported by every product, not only by those that come to need a transform.
    backend()?;
    match want.algorithm() {
        None => Ok(plan::plan(facts, shape)),
        Some(algorithm) => plan::plan_by(facts, shape, algorithm),
    }
}

/// `1.5 * 2^52`: what is added to it, below `2^51` in size, is rounded to an integer, which stands in the low bits.
pub(crate) const ROUND: f64 = 6_755_399_441_055_744.0;

/// Whether two slices are one and the same.
fn same<T>(a: &[T], b: &[T]) -> bool {
    std::ptr::eq(a, b)
}

#[cfg(test)]
mod tests;
