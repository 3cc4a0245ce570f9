//! Complex roots: in double precision over R and C with a radius for each, certified and to any precision over Z and Q.
//!
//! - `float`: Aberth's iteration in double precision, radii after the fact
//! - `certified`: disjoint discs with one root each, by balls; refinement
//! - `clusters`: points of roots that are very close together, started anew
//! - `values`: of polynomials at complex points, in fixed point
//!
//! # Order
//! Real roots ascending, then the others by their real parts, then by their imaginary parts: of a conjugate pair the one below the axis first. Over C, where
//! nothing says which roots are real, all by their parts.

mod certified;
mod clusters;
mod float;
mod values;

use super::{
    ball::ComplexBall,
    dyadic::Dyadic,
    find,
    real::{every_number, power_of_ten, rounded_decimal},
};
use crate::ring::ZZ;
use crate::{Complexes, Error, Integers, Poly, Rationals, Reals, Result, progress};
use float::{Polynomial, Wide};
use num_complex::Complex;
use std::{cmp::Ordering, sync::Arc};
use values::Values;

/// A complex root in double precision: there is a root within `radius` of `value`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatRoot {
    /// The approximate root.
    pub value: Complex<f64>,
    /// The radius of a disc about it that has a root of the polynomial as it is given. A disc that meets no other has exactly one.
    pub radius: f64,
}

/// A complex root of a polynomial over Z or Q, in a disc with no other.
///
/// # Examples
/// ```
/// use monic::ZZ;
/// let roots = ZZ.parse("x^3 - 2")?.complex_roots(100);
/// assert_eq!(roots.len(), 3);
/// assert!(roots[0].is_real());
/// assert_eq!(roots[0].to_decimal(20), ("1.25992104989487316477".into(), "0.00000000000000000000".into()));
/// assert_eq!(roots[2].to_decimal(20).1, "1.09112363597172140356");
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ComplexRoot {
    polynomial: Arc<Poly<Integers>>,
    disc: ComplexBall,
    multiplicity: usize,
}

impl ComplexRoot {
    /// A disc that has the root. Conjugate roots have discs that are mirror images, and a real root has a real centre.
    pub fn disc(&self) -> &ComplexBall {
        &self.disc
    }

    /// How often it is a root.
    pub fn multiplicity(&self) -> usize {
        self.multiplicity
    }

    /// Whether the root is real.
    pub fn is_real(&self) -> bool {
        self.disc.im().is_zero()
    }

    /// Makes the radius at most `2^-bits` times the absolute value.
    pub fn refine(&mut self, bits: u64) {
        crate::poly::settle(progress::unwatched(|| self.try_refine(bits)));
    }

    /// Makes the radius at most `2^-bits` times the absolute value.
    ///
    /// # Errors
    /// Kind interrupted, when an [observer](progress::watch) stops the work; what was reached by then is kept.
    pub fn try_refine(&mut self, bits: u64) -> Result<()> {
        let f = Values::new(self.polynomial.coefficients().to_vec());
        certified::refine(&f, &mut self.disc, bits)
    }

    /// The nearest numbers in double precision to real and imaginary part; a part that is below `2^-80` of the absolute value is 0. Parts
    /// beyond the range of floats are infinite, or 0.
    pub fn to_complex(&self) -> Complex<f64> {
        let mut root = self.clone();
        root.refine(200);
        let least = root.disc.abs_upper().scaled(-80);
        let part = |x: &Dyadic| if x.abs() < least { 0.0 } else { x.to_f64() };
        Complex::new(part(root.disc.re()), part(root.disc.im()))
    }

    /// Real and imaginary part with `digits` decimals. The last one is rounded to the nearest, or, within `10^-20` of its unit of a tie, up or down.
    ///
    /// # Panics
    /// When ten to the number of digits is over the [limit](crate::limit).
    #[track_caller]
    pub fn to_decimal(&self, digits: u32) -> (String, String) {
        crate::poly::settle(progress::unwatched(|| self.try_to_decimal(digits)))
    }

    /// Real and imaginary part with `digits` decimals.
    ///
    /// # Errors
    /// Kind limit when ten to the number of digits is over the [limit](crate::limit); kind interrupted, when an [observer](progress::watch) stops
    /// the work.
    pub fn try_to_decimal(&self, digits: u32) -> Result<(String, String)> {
        let scale = power_of_ten(digits)?;
        let mut root = self.clone();
        let size = root.disc.abs_upper().magnitude().unwrap_or(0).max(0).unsigned_abs();
        root.try_refine(u64::from(digits) * 3322 / 1000 + size + 72)?;
        let text = |x: &Dyadic| rounded_decimal(&x.to_rational(), &scale, digits);
        Ok((text(root.disc.re()), text(root.disc.im())))
    }
}

/// Each distinct complex root once, with radii of at most `2^-bits` times the absolute values.
fn certified_roots(f: &Poly<Integers>, bits: u64) -> Result<Vec<ComplexRoot>> {
    let Some(zeros) = f.valuation() else { return Err(every_number()) };
    let mut roots = Vec::new();
    let zero = |_| ComplexRoot {
        polynomial: Arc::new(Poly::x(ZZ)),
        disc: ComplexBall::from((0, 0)),
        multiplicity: zeros,
    };
    roots.extend((zeros > 0).then_some(()).map(zero));
    for (g, multiplicity) in f.quo_x_pow(zeros).try_squarefree()?.into_factors() {
        let values = Values::new(g.coefficients().to_vec());
        let polynomial = Arc::new(g);
        for mut disc in certified::discs(&values)? {
            certified::refine(&values, &mut disc, bits)?;
            let root = ComplexRoot { polynomial: Arc::clone(&polynomial), disc, multiplicity };
            if !root.is_real() {
                roots.push(ComplexRoot { disc: root.disc.conj(), ..root.clone() });
            }
            roots.push(root);
        }
    }
    crate::sorting::by(&mut roots, |a, b| {
        let parts = a.disc.re().cmp(b.disc.re()).then_with(|| a.disc.im().cmp(b.disc.im()));
        b.is_real().cmp(&a.is_real()).then(parts)
    });
    let overlap = |a: &ComplexRoot, b: &ComplexRoot| {
        !a.is_real() && b.disc.re() - a.disc.re() <= a.disc.radius() + b.disc.radius()
    };
    for run in roots.chunk_by_mut(overlap) {
        crate::sorting::by(run, |a, b| a.disc.im().cmp(b.disc.im()));
    }
    Ok(roots)
}

macro_rules! certified {
    ($ring:ty, $integral:expr) => {
        impl Poly<$ring> {
            /// Each distinct complex root once, in a disc with a radius of at most `2^-bits` times its absolute value: real ones ascending, then the
            /// others by their real parts; those whose real parts may be equal, as far as the discs tell, by their imaginary parts.
            ///
            /// # Panics
            /// When the polynomial is zero.
            ///
            /// # Examples
            /// ```
            /// use monic::ZZ;
            /// let roots = ZZ.parse("(x^2 + 1)^2*(x - 3)")?.complex_roots(60);
            /// let values: Vec<String> = roots.iter().map(|r| format!("{}^{}", r.to_complex(), r.multiplicity())).collect();
            /// assert_eq!(values, ["3+0i^1", "0-1i^2", "0+1i^2"]);
            /// # Ok::<(), monic::Error>(())
            /// ```
            #[track_caller]
            pub fn complex_roots(&self, bits: u64) -> Vec<ComplexRoot> {
                crate::poly::settle(self.try_complex_roots(bits))
            }

            /// Each distinct complex root once, in a disc with a radius of at most `2^-bits` times its absolute value.
            ///
            /// # Errors
            /// Kind undefined for the zero polynomial; kind interrupted, when an [observer](crate::progress::watch) stops the work.
            pub fn try_complex_roots(&self, bits: u64) -> Result<Vec<ComplexRoot>> {
                certified_roots(&$integral(self), bits)
            }
        }
    };
}
certified!(Integers, |f: &Poly<Integers>| f.clone());
certified!(Rationals, find::numerators);

/// All roots of a polynomial with floating-point coefficients, as many as its degree.
fn float_roots(coefficients: &[Complex<f64>]) -> Result<Vec<FloatRoot>> {
    if let Some(bad) = coefficients.iter().find(|c| !(c.re.is_finite() && c.im.is_finite())) {
        return Err(Error::undefined(format!("a coefficient is {bad}: a polynomial like that has no roots")));
    }
    let Some(zeros) = coefficients.iter().position(|c| *c != Complex::default()) else {
        return Err(every_number());
    };
    let mut roots = vec![FloatRoot { value: Complex::default(), radius: 0.0 }; zeros];
    let wide: Vec<Wide> = coefficients[zeros..].iter().map(|&c| Wide::new(c, 0)).collect();
    if wide.len() > 1 {
        let found = Polynomial::new(&wide).roots();
        roots.extend(found.iter().map(|a| FloatRoot {
            value: Wide { mantissa: a.centre, exponent: a.exponent }.value(),
            radius: Wide { mantissa: a.radius.into(), exponent: a.exponent }.value().re,
        }));
    }
    Ok(roots)
}

/// Whether the discs meet.
fn meet(a: &FloatRoot, b: &FloatRoot, distance: f64) -> bool {
    // The distance is rounded.
    let together = a.radius + b.radius;
    (distance * (1.0 - 1e-15)).partial_cmp(&together) != Some(Ordering::Greater)
}

/// Of a polynomial with real coefficients: a disc that meets its mirror image and no other has a real root; one that meets no other at all
/// has the conjugate in its image, which stands for whatever was found there.
fn symmetric(roots: &mut [FloatRoot]) {
    for i in 0..roots.len() {
        let root = roots[i];
        let image = FloatRoot { value: root.value.conj(), ..root };
        let alone = |disc: &FloatRoot, but: usize| {
            roots
                .iter()
                .enumerate()
                .all(|(j, other)| j == i || j == but || !meet(disc, other, (disc.value - other.value).norm()))
        };
        if !alone(&root, i) {
            continue;
        }
        if root.value.im.abs() <= root.radius {
            if alone(&image, i) {
                roots[i].value.im = 0.0;
            }
            continue;
        }
        let partner = (0..roots.len()).filter(|&j| j != i).min_by(|&j, &l| {
            let distance = |j: usize| (roots[j].value - image.value).norm();
            distance(j).total_cmp(&distance(l))
        });
        if let Some(j) = partner.filter(|&j| root.value.im > 0.0 && alone(&image, j)) {
            roots[j] = image;
        }
    }
}

/// By real parts, and by imaginary parts where real parts may be equal; real roots in front where `real_first`.
fn in_order(mut roots: Vec<FloatRoot>, real_first: bool) -> Vec<FloatRoot> {
    let first = |a: &FloatRoot| real_first && a.value.im == 0.0;
    crate::sorting::by(&mut roots, |a, b| {
        let parts = a.value.re.total_cmp(&b.value.re).then(a.value.im.total_cmp(&b.value.im));
        first(b).cmp(&first(a)).then(parts)
    });
    let overlap = |a: &FloatRoot, b: &FloatRoot| !first(a) && b.value.re - a.value.re <= a.radius + b.radius;
    for run in roots.chunk_by_mut(overlap) {
        crate::sorting::by(run, |a, b| a.value.im.total_cmp(&b.value.im));
    }
    roots
}

impl Poly<Reals> {
    /// All complex roots in double precision, as many as the degree, each with the radius of a disc that has a root: real ones ascending, then the others by
    /// their real parts. Conjugate roots are conjugate, and real ones real, wherever the discs show that they are.
    ///
    /// # Errors
    /// Kind undefined for the zero polynomial, and where a coefficient is no finite number.
    ///
    /// # Examples
    /// ```
    /// use monic::RR;
    /// let roots = RR.poly([-1.0, 0.0, 0.0, 1.0]).try_complex_roots()?;
    /// assert!((roots[0].value.re - 1.0).abs() <= roots[0].radius && roots[0].radius < 1e-14);
    /// assert_eq!(roots[1].value, roots[2].value.conj());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_complex_roots(&self) -> Result<Vec<FloatRoot>> {
        let coefficients: Vec<_> = self.iter().map(|&c| Complex::from(c)).collect();
        let mut roots = float_roots(&coefficients)?;
        symmetric(&mut roots);
        Ok(in_order(roots, true))
    }
}

impl Poly<Complexes> {
    /// All complex roots in double precision, as many as the degree, each with the radius of a disc that has a root, by their real parts;
    /// those whose real parts may be equal, as far as the discs tell, by their imaginary parts.
    ///
    /// # Errors
    /// Kind undefined for the zero polynomial, and where a coefficient is no finite number.
    ///
    /// # Examples
    /// ```
    /// use monic::CC;
    /// let roots = CC.parse("x^2 - 2*i")?.try_complex_roots()?;
    /// assert!((roots[1].value - num_complex::Complex::new(1.0, 1.0)).norm() <= roots[1].radius);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_complex_roots(&self) -> Result<Vec<FloatRoot>> {
        Ok(in_order(float_roots(self.coefficients())?, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CC, QQ, RR};

    /// The disc of every root has the true one, and the true ones are all there.
    fn check(roots: &[FloatRoot], truth: &[(f64, f64)], radius: f64) {
        assert_eq!(roots.len(), truth.len());
        for (re, im) in truth {
            let z = Complex::new(*re, *im);
            assert!(
                roots.iter().any(|r| (r.value - z).norm() <= r.radius && r.radius <= radius),
                "{z}: {roots:?}"
            );
        }
    }

    #[test]
    fn floats() {
        let roots = |c: &[f64]| RR.poly(c.iter().copied()).try_complex_roots().unwrap();
        assert!(roots(&[5.0]).is_empty());
        assert_eq!(roots(&[0.0, 0.0, 3.0]), [FloatRoot { value: Complex::default(), radius: 0.0 }; 2]);
        check(&roots(&[-6.0, 11.0, -6.0, 1.0]), &[(1.0, 0.0), (2.0, 0.0), (3.0, 0.0)], 1e-12);
        check(&roots(&[1.0, 0.0, 1.0]), &[(0.0, 1.0), (0.0, -1.0)], 1e-14);
        // A triple root is known to the cube root of the rounding.
        check(&roots(&[-1.0, 3.0, -3.0, 1.0]), &[(1.0, 0.0); 3], 1e-3);
        check(&roots(&[1e300, -1e300, 1e-8]), &[(1.0, 0.0), (1e308, 0.0)], 1e300);
        assert!(RR.poly([f64::NAN, 1.0]).try_complex_roots().is_err());
        assert!(RR.poly([0.0]).try_complex_roots().is_err());
        // Real ones are real, pairs are pairs.
        let found = roots(&[1.0, -3.0, 0.0, 0.0, 2.0, 1.0]);
        let real = found.iter().filter(|r| r.value.im == 0.0).count();
        assert_eq!(real, 3);
        assert_eq!(found[3].value, found[4].value.conj());
        let unity: Vec<(f64, f64)> = (0..50)
            .map(|k| (k as f64 * std::f64::consts::TAU / 50.0).sin_cos())
            .map(|(s, c)| (c, s))
            .collect();
        let mut f = vec![0.0; 51];
        (f[0], f[50]) = (-1.0, 1.0);
        check(&roots(&f), &unity, 1e-11);
        let f = CC.parse("(x - i)*(x - 1 - i)*(x + 3)").unwrap();
        check(&f.try_complex_roots().unwrap(), &[(0.0, 1.0), (1.0, 1.0), (-3.0, 0.0)], 1e-12);
        // Over C real roots are no others.
        let f = CC.parse("(x + 1 - i)*(x - 1)").unwrap().try_complex_roots().unwrap();
        assert!(f[0].value.re < -0.9 && f[1].value.re > 0.9);
        let f = CC.parse("x*(x + i)*(x + 2)*(x - i)").unwrap().try_complex_roots().unwrap();
        let rounded: Vec<_> = f.iter().map(|r| (r.value.re.round(), r.value.im.round())).collect();
        assert_eq!(rounded, [(-2.0, 0.0), (0.0, -1.0), (0.0, 0.0), (0.0, 1.0)]);
    }

    #[test]
    fn refinement_is_stopped() {
        let root = ZZ.parse("x^3 - x + 1").unwrap().complex_roots(10).remove(1);
        let stop = |p: progress::Progress| match p.stage {
            "refining a root" => std::ops::ControlFlow::Break(()),
            _ => std::ops::ControlFlow::Continue(()),
        };
        let (text, error, roots) = progress::watch(stop, || {
            (root.to_decimal(50), root.try_to_decimal(50), ZZ.poly([1, -1, 0, 1]).try_complex_roots(500))
        });
        assert_eq!(text, root.try_to_decimal(50).unwrap());
        assert_eq!(error.unwrap_err().kind(), crate::ErrorKind::Interrupted);
        assert_eq!(roots.unwrap_err().kind(), crate::ErrorKind::Interrupted);
    }

    #[test]
    fn certified() {
        let f = QQ.parse("x^2*(x - 1/2)^3*(x^2 + x + 1)").unwrap();
        let roots = f.complex_roots(300);
        let text: Vec<String> =
            roots.iter().map(|r| format!("{:?}^{}", r.to_decimal(3), r.multiplicity())).collect();
        assert_eq!(
            text,
            [
                "(\"0.000\", \"0.000\")^2",
                "(\"0.500\", \"0.000\")^3",
                "(\"-0.500\", \"-0.866\")^1",
                "(\"-0.500\", \"0.866\")^1"
            ]
        );
        assert!(QQ.poly([0]).try_complex_roots(10).is_err());
        // Wilkinson's, where double precision sees nothing.
        let f = Poly::from_roots(ZZ, 1..=40);
        let found = f.complex_roots(60);
        assert!(found.iter().all(ComplexRoot::is_real));
        let values: Vec<f64> = found.iter().map(|r| r.to_complex().re).collect();
        assert_eq!(values, (1..=40).map(f64::from).collect::<Vec<_>>());
    }
}
