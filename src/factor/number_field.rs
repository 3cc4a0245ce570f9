//! Factoring over a number field Q(a): the factors of the norm, which is over Q, lead to those of the polynomial.
//!
//! # Method
//! B. M. Trager, "Algebraic factoring and rational function integration", SYMSAC '76. Square-free parts by D. Y. Y. Yun's algorithm. For a square-free `f` there is a
//! small integer `s` for which the norm of `f(x - s*a)`, of degree `[Q(a):Q]` times that of `f`, is square-free. Its irreducible factors are the norms of those
//! of `f(x - s*a)`, so that they are as many, and their degrees tell the degrees of the factors of `f`. Where `f` has rational coefficients it is factored over Q
//! first. The arithmetic is in [`images::trager`](crate::ring::trager).
//!
//! Over Q(i) it is the same, through the number field of `a^2 + 1`.

use super::roots::{Root, Roots};
use super::{Factor, Factored, squarefree};
use crate::ring::{ExtensionField, GaussianRationals, NumberField, QQ, Rationals, Ring, trager};
use crate::{Poly, Result, progress};
use num_complex::Complex;
use num_rational::BigRational;
use num_traits::Zero;
use std::cmp::Ordering;

impl Factor for ExtensionField<Rationals> {
    fn factor_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        let Some(unit) = f.leading_coefficient() else { return Ok(Factored::zero(self.clone())) };
        let mut factors = Vec::new();
        for (part, exponent) in squarefree::parts(&f.try_monic()?)? {
            factors.extend(squarefree_factors(self, &part)?.into_iter().map(|factor| (factor, exponent)));
        }
        Ok(Factored::new(self.clone(), unit.clone(), factors))
    }

    fn squarefree_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        let Some(unit) = f.leading_coefficient() else { return Ok(Factored::zero(self.clone())) };
        Ok(Factored::new(self.clone(), unit.clone(), squarefree::parts(&f.try_monic()?)?))
    }

    fn is_irreducible_poly(&self, f: &Poly<Self>) -> Result<bool> {
        if f.len() < 3 {
            return Ok(f.len() == 2);
        }
        if f.try_gcd(&f.try_derivative(1)?)?.len() > 1 {
            return Ok(false);
        }
        Ok(squarefree_factors(self, &f.try_monic()?)?.len() == 1)
    }

    /// By coordinates from the highest down.
    fn compare(&self, a: &Vec<BigRational>, b: &Vec<BigRational>) -> Ordering {
        let zero = BigRational::zero();
        let at = (0..a.len().max(b.len())).rev();
        let mut orders = at.map(|i| a.get(i).unwrap_or(&zero).cmp(b.get(i).unwrap_or(&zero)));
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl Roots for ExtensionField<Rationals> {
    fn poly_roots(&self, f: &Poly<Self>) -> Result<Vec<Root<Self>>> {
        roots(f)
    }
}

/// The roots from the linear factors.
fn roots<R: Factor>(f: &Poly<R>) -> Result<Vec<Root<R>>> {
    let ring = f.ring();
    let linear = f.try_factor()?.into_factors().into_iter().filter(|(factor, _)| factor.len() == 2);
    let mut roots: Vec<Root<R>> =
        linear.map(|(factor, exponent)| (ring.neg(&factor.coefficients()[0]), exponent)).collect();
    crate::sorting::by(&mut roots, |(a, _), (b, _)| ring.compare(a, b));
    Ok(roots)
}

/// The irreducible factors of a monic square-free polynomial.
fn squarefree_factors(field: &NumberField, f: &Poly<NumberField>) -> Result<Vec<Poly<NumberField>>> {
    if f.len() < 3 {
        return Ok(vec![f.clone()]);
    }
    if f.iter().any(|c| c.len() > 1) {
        return by_norm(field, f);
    }
    let rational = f.map(&QQ, |c| c.first().cloned().unwrap_or_else(BigRational::zero));
    let mut factors = Vec::new();
    for (factor, _) in rational.try_factor()?.into_factors() {
        let factor = factor.map(field, |c| field.constant(c.clone()));
        if factor.len() == 2 || field.degree() == 1 {
            factors.push(factor)
        } else {
            factors.extend(by_norm(field, &factor)?)
        }
    }
    Ok(factors)
}

/// The irreducible factors of a monic square-free polynomial, from those of a norm.
fn by_norm(field: &NumberField, f: &Poly<NumberField>) -> Result<Vec<Poly<NumberField>>> {
    let (integral, d) = trager::integral(field, f.coefficients())?;
    // 0, 1, -1, 2, -2, ...: only finitely many do not do.
    let (mut s, mut attempt) = (0, 0);
    while !trager::has_squarefree_norm(&integral, s, attempt)? {
        progress::report("shifting until norms are square-free", attempt as u64, attempt as u64 + 1)?;
        s = if s > 0 { -s } else { 1 - s };
        attempt += 1;
    }
    let norm = Poly::from_vec(crate::ZZ, trager::norm(&integral, s)?).to_ring(&QQ);
    let norms = norm.try_factor()?.into_factors();
    if norms.len() == 1 {
        return Ok(vec![f.clone()]);
    }
    let norms: Vec<_> =
        norms.iter().map(|(norm, _)| norm.numerator_denominator().0.into_coefficients()).collect();
    let factors = trager::factors(&integral, s, &norms)?;
    // Back from the integral generator d*a.
    let poly = |coordinates: Vec<BigRational>| {
        let coefficient = |c: &[BigRational]| {
            let mut power = BigRational::from_integer(1.into());
            let scaled: Vec<BigRational> = c
                .iter()
                .map(|c| {
                    let scaled = c * &power;
                    power *= &d;
                    scaled
                })
                .collect();
            field.element(scaled)
        };
        let coefficients = coordinates.chunks(field.degree()).map(coefficient).chain([field.one()]);
        Poly::from_vec(field.clone(), coefficients.collect())
    };
    Ok(factors.into_iter().map(poly).collect())
}

/// The number field of `a^2 + 1`.
fn gaussian_field() -> Result<NumberField> {
    NumberField::assume_irreducible(QQ, QQ.poly([1, 0, 1]).coefficients(), "i")
}

/// A polynomial over Q(i) as one over the number field.
fn to_field(field: &NumberField, f: &Poly<GaussianRationals>) -> Poly<NumberField> {
    f.map(field, |c| field.element([c.re.clone(), c.im.clone()]))
}

/// The way back.
fn from_field(f: &Poly<NumberField>) -> Poly<GaussianRationals> {
    let at = |c: &Vec<BigRational>, i: usize| c.get(i).cloned().unwrap_or_else(BigRational::zero);
    f.map(&GaussianRationals, |c| Complex::new(at(c, 0), at(c, 1)))
}

fn from_factored(unit: Complex<BigRational>, factored: Factored<NumberField>) -> Factored<GaussianRationals> {
    let factors = factored.into_factors().into_iter().map(|(f, e)| (from_field(&f), e)).collect();
    Factored::new(GaussianRationals, unit, factors)
}

impl Factor for GaussianRationals {
    fn factor_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        let Some(unit) = f.leading_coefficient() else { return Ok(Factored::zero(*self)) };
        Ok(from_factored(unit.clone(), to_field(&gaussian_field()?, f).try_factor()?))
    }

    fn squarefree_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        let Some(unit) = f.leading_coefficient() else { return Ok(Factored::zero(*self)) };
        Ok(from_factored(unit.clone(), to_field(&gaussian_field()?, f).try_squarefree()?))
    }

    fn is_irreducible_poly(&self, f: &Poly<Self>) -> Result<bool> {
        to_field(&gaussian_field()?, f).try_is_irreducible()
    }

    /// By the imaginary part, then by the real one, as elements of an extension.
    fn compare(&self, a: &Complex<BigRational>, b: &Complex<BigRational>) -> Ordering {
        a.im.cmp(&b.im).then_with(|| a.re.cmp(&b.re))
    }
}

impl Roots for GaussianRationals {
    fn poly_roots(&self, f: &Poly<Self>) -> Result<Vec<Root<Self>>> {
        roots(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::QQ_I;

    fn field(modulus: &str) -> NumberField {
        NumberField::with_modulus(&QQ.parse(modulus).unwrap()).unwrap()
    }

    fn text(field: &NumberField, f: &str) -> String {
        let f = field.parse(f).unwrap();
        let factored = f.factor();
        assert_eq!(factored.expand(), f);
        factored.to_string()
    }

    /// PARI/GP: `nffactor(nfinit(M), f)`.
    #[test]
    fn values_of_pari() {
        let sqrt2 = field("x^2 - 2");
        assert_eq!(text(&sqrt2, "x^2 - 2"), "(x - a)*(x + a)");
        assert_eq!(text(&sqrt2, "x^4 + 1"), "(x^2 - a*x + 1)*(x^2 + a*x + 1)");
        assert_eq!(text(&sqrt2, "3*(x - a)^3*(x + 1/2)*(x^2 + a)"), "3*(x - a)^3*(x + 1/2)*(x^2 + a)");
        assert_eq!(text(&sqrt2, "x^3 - 3"), "(x^3 - 3)");
        let cube = field("x^3 - 2");
        assert_eq!(text(&cube, "x^3 - 2"), "(x - a)*(x^2 + a*x + a^2)");
        assert_eq!(text(&cube, "x^6 - 4"), "(x - a)*(x + a)*(x^2 - a*x + a^2)*(x^2 + a*x + a^2)");
        // A generator that is not integral.
        let half = field("x^2 - 1/2");
        assert_eq!(text(&half, "x^2 - 2"), "(x - 2*a)*(x + 2*a)");
        let i = field("x^2 + 1");
        assert_eq!(text(&i, "x^4 + 4"), "(x + (-a - 1))*(x + (-a + 1))*(x + (a - 1))*(x + (a + 1))");
        assert_eq!(text(&i, "7/2"), "7/2");
        assert_eq!(text(&i, "0"), "0");
        assert!(i.parse("x^2 + a").unwrap().is_irreducible());
        assert!(!i.parse("(x^2 + a)^2").unwrap().is_irreducible());
        assert_eq!(i.parse("(x^2 + 1)^2*(x - 3)").unwrap().roots().len(), 3);
        // A splitting field: every root of x^5 - x^4 - 4*x^3 + 3*x^2 + 3*x - 1 is a polynomial in one.
        let eleven = field("x^5 + x^4 - 4*x^3 - 3*x^2 + 3*x + 1");
        let f = eleven.parse("x^5 + x^4 - 4*x^3 - 3*x^2 + 3*x + 1").unwrap();
        assert_eq!(f.factor().len(), 5);
    }

    /// The product of random polynomials has them, or what they are made of, as factors.
    #[test]
    fn products_come_apart() {
        for modulus in ["x^2 + x + 3", "x^3 - x + 1", "x^4 - 10*x^2 + 1"] {
            let k = field(modulus);
            let value = |i: i64| {
                k.element((0..k.degree() as i64).map(|j| ((i * i * 7 + j * 13 * i) % 9 - 4, 1 + (i + j) % 2)))
            };
            let part = |from: i64, len: i64| k.poly((from..from + len).map(value).chain([k.one()]));
            let (f, g, h) = (part(1, 2), part(11, 2), part(23, 1));
            let product = &f * &g * &g * &h * 6;
            let factored = product.factor();
            assert_eq!(factored.expand(), product);
            assert!(factored.iter().all(|(factor, _)| factor.is_irreducible()));
            assert!(factored.iter().map(|(_, e)| e).sum::<usize>() >= 4);
        }
    }

    #[test]
    fn gaussian_rationals() {
        let f = QQ_I.parse("2*(x^2 + 1)*(x - 1/2)^2").unwrap();
        assert_eq!(f.factor().to_string(), "2*(x - i)*(x - 1/2)^2*(x + i)");
        assert_eq!(f.roots().len(), 3);
        assert!(!QQ_I.parse("x^2 + 1").unwrap().is_irreducible());
        assert!(QQ_I.parse("x^2 - 2").unwrap().is_irreducible());
    }
}
