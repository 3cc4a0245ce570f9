//! [`Prepared`]: a sequence of coefficients that is going to be multiplied many times.
//!
//! Over the rings whose products go through exact transforms it keeps its values ([`Transformed`]), so that a product costs two
//! transforms in place of three. Everywhere else, and for partners that are longer or larger than it was prepared for, the
//! coefficients are multiplied as always: the result is that of [`Ring::convolve`] in any case.

use super::Ring;
use crate::convolution::Transformed;

/// A sequence of coefficients with what products with it have in common.
///
/// It is made by [`Ring::prepare`], or by [`Poly::prepare`](crate::Poly::prepare).
#[derive(Clone, Debug)]
pub struct Prepared<R: Ring> {
    ring: R,
    coefficients: Vec<R::Element>,
    transformed: Option<Transformed>,
}

impl<R: Ring> Prepared<R> {
    /// The coefficients alone: what a ring without transforms prepares.
    pub fn plain(ring: &R, f: Vec<R::Element>) -> Self {
        Prepared { ring: ring.clone(), coefficients: f, transformed: None }
    }

    /// The coefficients and their values.
    pub fn with_transformed(ring: &R, f: Vec<R::Element>, transformed: Transformed) -> Self {
        Prepared { transformed: Some(transformed), ..Self::plain(ring, f) }
    }

    /// The coefficients, and nothing else.
    pub fn into_coefficients(self) -> Vec<R::Element> {
        self.coefficients
    }

    /// The ring of the coefficients.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// The coefficients.
    pub fn coefficients(&self) -> &[R::Element] {
        &self.coefficients
    }

    /// The values, where there are some.
    pub fn transformed(&self) -> Option<&Transformed> {
        self.transformed.as_ref()
    }
}
