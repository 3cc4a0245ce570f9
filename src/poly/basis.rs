//! Coefficients in other bases than the powers of `x`: Newton's, falling factorials, Bernstein's, Chebyshev's; both ways.
//!
//! They are vectors of as many coefficients as the polynomial has, ascending; the methods are those of
//! [`generic::basis`](crate::ring::generic::basis). What this adds is the check of sizes.

use super::{Poly, check_size};
use crate::{
    Result,
    ring::{
        Ring,
        generic::{
            basis::{bernstein, chebyshev, newton},
            factorials,
        },
    },
};

impl<R: Ring> Poly<R> {
    /// The `c` with `self = c_0 + c_1*(x - x_0) + c_2*(x - x_0)*(x - x_1) + ...` for the given nodes `x_0, x_1, ...`:
    /// the basis of Newton.
    ///
    /// # Errors
    /// Kind unsupported for fewer nodes than the degree, and over a ring that does not commute; kind limit; kind
    /// overflow in a partial ring.
    ///
    /// # Complexity
    /// `O(M(n) log n)`, over any ring and for any nodes.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let nodes = [1, 2].map(Into::into);
    /// let c = ZZ.poly([0, 0, 1]).try_to_newton(&nodes)?; // 1 + 3*(x - 1) + (x - 1)*(x - 2)
    /// assert_eq!(c, [1, 3, 1].map(Into::into));
    /// assert_eq!(Poly::try_from_newton(&ZZ, &c, &nodes)?, ZZ.poly([0, 0, 1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_to_newton(&self, nodes: &[R::Element]) -> Result<Vec<R::Element>> {
        check_growth(&self.ring, &self.coefficients, nodes)?;
        newton::from_powers(&self.ring, &self.coefficients, nodes)
    }

    /// The polynomial with these coefficients in the basis of Newton, [`try_to_newton`](Self::try_to_newton).
    ///
    /// # Errors
    /// Kind unsupported for fewer nodes than one less than there are coefficients, and over a ring that does not
    /// commute; kind limit; kind overflow in a partial ring.
    pub fn try_from_newton(ring: &R, coefficients: &[R::Element], nodes: &[R::Element]) -> Result<Self> {
        check_growth(ring, coefficients, nodes)?;
        Ok(Poly::from_vec(ring.clone(), newton::to_powers(ring, coefficients, nodes)?))
    }

    /// The `c` with `self = c_0 + c_1*x + c_2*x*(x - 1) + c_3*x*(x - 1)*(x - 2) + ...`: the basis of falling factorials.
    ///
    /// # Errors
    /// Kind unsupported over a ring that does not commute; kind limit; kind overflow in a partial ring.
    ///
    /// # Complexity
    /// `O(M(n) log n)`, over any ring.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let c = ZZ.x().pow(4).try_to_falling_factorials()?;
    /// assert_eq!(c, [0, 1, 7, 6, 1].map(Into::into)); // Stirling numbers of the second kind
    /// assert_eq!(Poly::try_from_falling_factorials(&ZZ, &c)?, ZZ.x().pow(4));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_to_falling_factorials(&self) -> Result<Vec<R::Element>> {
        self.try_to_newton(&factorials::numbers(&self.ring, self.len())?)
    }

    /// The polynomial with these coefficients in the basis of falling factorials,
    /// [`try_to_falling_factorials`](Self::try_to_falling_factorials).
    ///
    /// # Errors
    /// Kind unsupported over a ring that does not commute; kind limit; kind overflow in a partial ring.
    pub fn try_from_falling_factorials(ring: &R, coefficients: &[R::Element]) -> Result<Self> {
        Self::try_from_newton(ring, coefficients, &factorials::numbers(ring, coefficients.len())?)
    }

    /// The `n + 1` coefficients `b` with `self = sum of b_k * binomial(n, k) * x^k * (1 - x)^(n-k)`: the basis of
    /// Bernstein of degree `n`.
    ///
    /// # Errors
    /// Kind undefined for a degree over `n`, and where a `binomial(n, k)` is no unit, with the factor it shares with
    /// a modulus; kind not exact where a coefficient is outside of the ring; kind limit; kind overflow in a partial
    /// ring.
    ///
    /// # Complexity
    /// That of a [Taylor shift](Poly::taylor_shift) of degree `n`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, QQ};
    /// let b = QQ.poly([0, 1]).try_to_bernstein(2)?; // x = (x*(1 - x)*2)/2 + x^2
    /// assert_eq!(QQ.poly(b.clone()).to_string(), "x^2 + 1/2*x");
    /// assert_eq!(Poly::try_from_bernstein(&QQ, &b)?, QQ.x());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_to_bernstein(&self, n: usize) -> Result<Vec<R::Element>> {
        let bits = self.ring.log2_norm(&self.coefficients).max(0.0) + growth(&self.ring, n);
        check_size(&self.ring, (n as u64).saturating_add(1), bits.ceil() as u64)?;
        bernstein::from_powers(&self.ring, &self.coefficients, n)
    }

    /// The polynomial with these coefficients in the basis of Bernstein of a degree one less than their number,
    /// [`try_to_bernstein`](Self::try_to_bernstein).
    ///
    /// # Errors
    /// Kind limit; kind overflow in a partial ring.
    pub fn try_from_bernstein(ring: &R, coefficients: &[R::Element]) -> Result<Self> {
        let n = coefficients.len();
        let bits = ring.log2_norm(coefficients).max(0.0) + 2.0 * growth(ring, n);
        check_size(ring, n as u64, bits.ceil() as u64)?;
        Ok(Poly::from_vec(ring.clone(), bernstein::to_powers(ring, coefficients)?))
    }

    /// The `c` with `self = sum of c_k * T_k`, the Chebyshev polynomials of the first kind, `T_k(cos t) = cos(k*t)`.
    ///
    /// # Errors
    /// Kind undefined where 2 is no unit of a ring of residues, from degree 2 on; kind not exact where a coefficient
    /// is outside of the ring; kind limit; kind overflow in a partial ring.
    ///
    /// # Complexity
    /// `O(M(n) log n)`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let f = ZZ.poly([-1, 3, 2]); // 2*x^2 - 1 + 3*x
    /// assert_eq!(f.try_to_chebyshev()?, [0, 3, 1].map(Into::into));
    /// assert_eq!(Poly::try_from_chebyshev(&ZZ, &[0, 3, 1].map(Into::into))?, f);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_to_chebyshev(&self) -> Result<Vec<R::Element>> {
        let bits = self.ring.log2_norm(&self.coefficients).max(0.0) + 2.0 * growth(&self.ring, self.len());
        check_size(&self.ring, self.len() as u64, bits.ceil() as u64)?;
        chebyshev::from_powers(&self.ring, &self.coefficients)
    }

    /// The polynomial with these coefficients in the basis of Chebyshev polynomials,
    /// [`try_to_chebyshev`](Self::try_to_chebyshev).
    ///
    /// # Errors
    /// Kind limit; kind overflow in a partial ring.
    ///
    /// # Complexity
    /// `O(M(n) log n)`, over any ring.
    pub fn try_from_chebyshev(ring: &R, coefficients: &[R::Element]) -> Result<Self> {
        let n = coefficients.len();
        // |T_k| in the 1-norm is below (1 + sqrt(2))^k.
        let bits = ring.log2_norm(coefficients).max(0.0) + 1.3 * growth(ring, n);
        check_size(ring, n as u64, bits.ceil() as u64)?;
        Ok(Poly::from_vec(ring.clone(), chebyshev::to_powers(ring, coefficients)?))
    }
}

/// A bit a degree, where elements grow.
fn growth<R: Ring>(ring: &R, n: usize) -> f64 {
    if ring.grows() { n as f64 } else { 0.0 }
}

/// Refuses coefficients that may grow over the limit between powers and the basis of Newton: by `1 + |x_i|` a node.
fn check_growth<R: Ring>(ring: &R, f: &[R::Element], nodes: &[R::Element]) -> Result<()> {
    let needed = &nodes[..nodes.len().min(f.len().saturating_sub(1))];
    let norm = |x: &R::Element| ring.log2_norm(&[x.clone(), ring.one()]).max(0.0);
    let bits = ring.log2_norm(f).max(0.0) + needed.iter().map(norm).sum::<f64>();
    check_size(ring, f.len() as u64, bits.ceil() as u64)
}
