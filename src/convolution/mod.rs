//! How coefficient sequences multiply: `c[k] = sum over i+j=k of a[i]*b[j]`.
//!
//! This layer knows no ring and no polynomial: it takes slices of words, limb matrices, residues and
//! floats. [`plan`](plan::plan) decides, one file an algorithm does the work.

use std::ops::Range;

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
    pub fn full() -> Self {
        Self::default()
    }

    /// Coefficients `0..n`.
    pub fn low(n: usize) -> Self {
        Self::range(0..n)
    }

    /// Coefficients `range` of the full product.
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

    /// The wanted coefficients of a product of lengths `m` and `n`, clipped to those there are.
    pub fn window(&self, m: usize, n: usize) -> Range<usize> {
        let full = if m == 0 || n == 0 { 0 } else { m + n - 1 };
        match &self.window {
            None => 0..full,
            Some(range) => {
                let end = range.end.min(full);
                range.start.min(end)..end
            }
        }
    }
}
