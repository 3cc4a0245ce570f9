//! Decomposition `f = g(h)` into polynomials of smaller degree, one step or all.
//!
//! One step is the ring's hook, `decompose`, for every degree that `h` may have; all steps take the right part of
//! smallest degree, which then is no composition itself, and go on with the left one.

use super::{Poly, settle};
use crate::{Error, Result, ring::Ring};

impl<R: Ring> Poly<R> {
    /// `(g, h)` with `self = g(h)` and `h` of degree `s`; `None` where there is no such decomposition.
    ///
    /// It is unique but for `h := u*h + v`; this one has the constant coefficient 0 in `h`, which is monic over
    /// fields, primitive with a positive leading coefficient over Z.
    ///
    /// # Errors
    /// Kind unsupported in the wild case, where the characteristic divides the degree of `g`, and over rings that are
    /// not exact or do not commute; kind undefined unless `s` is positive and divides the degree of this polynomial,
    /// and where the leading coefficient or the degree of `g` is no unit, with the factor it shares with a modulus.
    ///
    /// # Complexity
    /// `O(M(n) log n)`.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let f = ZZ.parse("x^4 + 2*x^3 + 5*x^2 + 4*x + 7")?;
    /// let (g, h) = f.try_decompose_at(2)?.expect("a composition");
    /// assert_eq!((g.to_string(), h.to_string()), ("x^2 + 4*x + 7".into(), "x^2 + x".into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_decompose_at(&self, s: usize) -> Result<Option<(Self, Self)>> {
        match self.degree() {
            Some(n) if n > 0 && s > 0 && n.is_multiple_of(s) => {
                let pieces = self.ring.decompose(&self.coefficients, s)?;
                Ok(pieces.map(|(g, h)| (self.sibling(g), self.sibling(h))))
            }
            _ => Err(Error::undefined(format!(
                "the degree of the right part is a divisor of that of the composition, not {s}"
            ))),
        }
    }

    /// All steps of the decomposition: `[f_1, f_2, ..., f_k]` with `self = f_1(f_2(...f_k(x)...))`, none of them a
    /// composition of polynomials of smaller degree.
    ///
    /// # Panics
    /// As the errors of [`try_decompose`](Self::try_decompose).
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let f = ZZ.parse("(x^6 - 2*x^3)^2 + 3")?;
    /// let parts: Vec<_> = f.decompose().iter().map(|part| part.to_string()).collect();
    /// assert_eq!(parts, ["x^2 + 3", "x^2 - 2*x", "x^3"]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn decompose(&self) -> Vec<Self> {
        settle(self.try_decompose())
    }

    /// All steps of the decomposition; the polynomial itself where there is none.
    ///
    /// # Errors
    /// Kind unsupported where a wild case, in which the characteristic divides the degree of a left part, comes up on
    /// the way: then there may be decompositions that are not found. Those of
    /// [`try_decompose_at`](Self::try_decompose_at).
    pub fn try_decompose(&self) -> Result<Vec<Self>> {
        let mut parts = Vec::new();
        let mut rest = self.clone();
        'parts: loop {
            let n = rest.degree().unwrap_or(0);
            for s in (2..=n / 2).filter(|s| n.is_multiple_of(*s)) {
                if let Some((g, h)) = rest.try_decompose_at(s)? {
                    parts.push(h);
                    rest = g;
                    continue 'parts;
                }
            }
            parts.push(rest);
            parts.reverse();
            return Ok(parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Poly;
    use crate::ring::{QQ, Ring, ZZ, Zmod};

    fn composed<R: Ring>(parts: &[Poly<R>]) -> Poly<R> {
        let (last, outer) = parts.split_last().expect("a part");
        outer.iter().rev().fold(last.clone(), |f, g| g.compose(&f))
    }

    #[test]
    fn all_steps() {
        let f = [ZZ.poly([1, 2, 3]), ZZ.poly([0, 5, 0, 2]), ZZ.poly([0, -1, 2])];
        let parts = composed(&f).decompose();
        assert_eq!(parts.iter().map(|p| p.degree().unwrap()).collect::<Vec<_>>(), [2, 3, 2]);
        assert_eq!(composed(&parts), composed(&f));
        assert_eq!(parts[2], f[2]);
        let f: Vec<_> = f.iter().map(|p| p.to_ring(&QQ) / 7).collect();
        let parts = composed(&f).decompose();
        assert_eq!((parts.len(), parts[2].is_monic(), composed(&parts)), (3, true, composed(&f)));
        for trivial in [ZZ.poly([0]), ZZ.poly([7]), ZZ.poly([3, -4]), ZZ.poly([1, 0, 0, 0, 0, 5])] {
            assert_eq!(trivial.decompose(), [trivial]);
        }
        // Powers of x, and those with a content and a sign.
        let f = ZZ.parse("-6*x^12").unwrap();
        let parts = f.decompose();
        assert_eq!((parts.len(), composed(&parts)), (3, f));
        let field = Zmod::prime(5).unwrap();
        assert!(field.x().pow(10).try_decompose().is_err(), "the left part may have degree 5");
        assert!(ZZ.x().pow(6).try_decompose_at(4).is_err() && ZZ.poly([3]).try_decompose_at(1).is_err());
    }
}
