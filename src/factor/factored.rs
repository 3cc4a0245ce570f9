//! [`Factored`]: a constant and factors with exponents.

use super::Factor;
use crate::ring::{IntoElement, Ring, Style, text::element_text};
use crate::{Error, Poly, Result};
use std::cmp::Ordering;
use std::fmt;

/// A polynomial as a product `unit * f1^e1 * f2^e2 * ...`: from [`Poly::factor`] and [`Poly::squarefree`].
///
/// The factors are ordered and no two are equal; exponents are positive. The zero polynomial is the unit 0 without factors.
///
/// # Examples
/// ```
/// use monic::ZZ;
/// let factored = ZZ.parse("2*x^4 - 2*x^2")?.factor();
/// assert_eq!(factored.to_string(), "2*(x - 1)*(x)^2*(x + 1)");
/// assert_eq!(factored.unit(), &2.into());
/// for (factor, exponent) in &factored {
///     println!("{factor} to the power {exponent}");
/// }
/// assert_eq!(factored.eval(3), 144.into());
/// assert_eq!(factored.expand(), ZZ.parse("2*x^4 - 2*x^2")?);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Factored<R: Ring> {
    ring: R,
    unit: R::Element,
    factors: Vec<(Poly<R>, usize)>,
}

impl<R: Ring> Factored<R> {
    /// The constant.
    pub fn unit(&self) -> &R::Element {
        &self.unit
    }

    /// The factors with their exponents, in order.
    pub fn factors(&self) -> &[(Poly<R>, usize)] {
        &self.factors
    }

    /// The factors with their exponents, as the vector itself.
    pub fn into_factors(self) -> Vec<(Poly<R>, usize)> {
        self.factors
    }

    /// The factors with their exponents, one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, (Poly<R>, usize)> {
        self.factors.iter()
    }

    /// The ring of the coefficients.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// How many different factors there are.
    pub fn len(&self) -> usize {
        self.factors.len()
    }

    /// Whether there is no factor: the polynomial is constant.
    pub fn is_empty(&self) -> bool {
        self.factors.is_empty()
    }

    /// The product, as one polynomial.
    ///
    /// # Panics
    /// Where [`try_expand`](Self::try_expand) is an error.
    #[track_caller]
    pub fn expand(&self) -> Poly<R> {
        crate::poly::settle(self.try_expand())
    }

    /// The product, as one polynomial.
    ///
    /// # Errors
    /// Kind limit, where it is over the limit.
    pub fn try_expand(&self) -> Result<Poly<R>> {
        let powers: Vec<Poly<R>> =
            self.factors.iter().map(|(f, e)| f.try_pow(*e as u64)).collect::<Result<_>>()?;
        Poly::try_product(self.ring.clone(), powers)?.try_scale(&self.unit)
    }

    /// The value at a point: that of each factor once.
    ///
    /// # Panics
    /// Where the value is over the limit, or a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.parse("x^100*(x + 1)")?.factor().eval(-1), 0.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn eval(&self, x: impl IntoElement<R>) -> R::Element {
        crate::poly::settle(self.try_eval(&x.into_element(&self.ring)))
    }

    /// The value at an element: that of each factor once.
    ///
    /// # Errors
    /// Kind limit for a value over the limit; kind overflow in a partial ring.
    pub fn try_eval(&self, x: &R::Element) -> Result<R::Element> {
        let mut value = self.unit.clone();
        for (f, e) in &self.factors {
            let base = f.try_eval(x)?;
            let bits = self.ring.log2_norm(std::slice::from_ref(&base)).max(0.0) * *e as f64;
            crate::limit::check(1, bits.ceil() as u64)?;
            value = self.ring.try_mul(&value, &self.ring.pow(&base, *e as u64))?;
        }
        Ok(value)
    }

    /// The product in a style and a variable, as text.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, ring::Style};
    /// let factored = ZZ.parse("-t^4 + 2t^3 - t^2")?.factor();
    /// assert_eq!(factored.display(Style::Plain, "t"), "-(t - 1)^2*(t)^2");
    /// assert_eq!(factored.display(Style::Latex, "t"), r"-\left(t - 1\right)^{2}\left(t\right)^{2}");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn display(&self, style: Style, variable: &str) -> String {
        let mut text = String::new();
        let minus_one = self.ring.is_one(&self.ring.neg(&self.unit)) && self.ring.is_negative(&self.unit);
        if self.factors.is_empty() || !(minus_one || self.ring.is_one(&self.unit)) {
            let constant = element_text(&self.ring, &self.unit, style);
            let sum = self.ring.is_sum(&self.unit) && !self.factors.is_empty();
            text += &if sum { format!("({constant})") } else { constant };
            if style == Style::Plain && !self.factors.is_empty() {
                text.push('*');
            }
        } else if minus_one {
            text.push('-');
        }
        let (open, close) = if style == Style::Latex { ("\\left(", "\\right)") } else { ("(", ")") };
        for (i, (f, e)) in self.factors.iter().enumerate() {
            if i > 0 && style == Style::Plain {
                text.push('*');
            }
            text += &format!("{open}{}{close}{}", f.display(style, variable), style.exponent(*e));
        }
        text
    }

    /// The unit 0.
    pub(crate) fn zero(ring: R) -> Self {
        Factored { unit: ring.zero(), ring, factors: Vec::new() }
    }
}

impl<R: Factor> Factored<R> {
    /// A product, put in order; factors that are equal become one.
    pub(crate) fn new(ring: R, unit: R::Element, mut factors: Vec<(Poly<R>, usize)>) -> Self {
        crate::sorting::by(&mut factors, |(f, _), (g, _)| order(&ring, f, g));
        factors.dedup_by(|(f, e), (g, d)| {
            let equal = f == g;
            *d += if equal { *e } else { 0 };
            equal
        });
        Factored { ring, unit, factors }
    }

    /// The product with another one over the same ring, factors that are equal taken together; others are not looked at for common
    /// divisors.
    ///
    /// # Errors
    /// Kind ring mismatch.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let [f, g] = ["x^2 - 1", "3*x^2 + 6*x + 3"].map(|f| ZZ.parse(f).unwrap().factor());
    /// assert_eq!(f.try_mul(&g)?.to_string(), "3*(x - 1)*(x + 1)^3");
    /// assert_eq!((&f * &g).expand(), f.expand() * g.expand());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_mul(&self, other: &Self) -> Result<Self> {
        if self.ring != other.ring {
            return Err(Error::ring_mismatch(&self.ring, &other.ring));
        }
        let unit = self.ring.mul(&self.unit, &other.unit);
        if self.ring.is_zero(&unit) {
            return Ok(Self::zero(self.ring.clone()));
        }
        let factors = self.factors.iter().chain(&other.factors).cloned().collect();
        Ok(Self::new(self.ring.clone(), unit, factors))
    }
}

/// The product of two factored polynomials.
///
/// # Panics
/// On different rings.
impl<R: Factor> std::ops::Mul for &Factored<R> {
    type Output = Factored<R>;

    #[track_caller]
    fn mul(self, other: Self) -> Factored<R> {
        crate::poly::settle(self.try_mul(other))
    }
}

/// By degree, then by coefficients from the highest down.
fn order<R: Factor>(ring: &R, f: &Poly<R>, g: &Poly<R>) -> Ordering {
    f.len().cmp(&g.len()).then_with(|| {
        let pairs = f.iter().rev().zip(g.iter().rev());
        pairs.map(|(a, b)| ring.compare(a, b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    })
}

/// In the plain style, in `x`.
impl<R: Ring> fmt::Display for Factored<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display(Style::Plain, "x"))
    }
}

impl<R: Ring> IntoIterator for Factored<R> {
    type Item = (Poly<R>, usize);
    type IntoIter = std::vec::IntoIter<(Poly<R>, usize)>;

    fn into_iter(self) -> Self::IntoIter {
        self.factors.into_iter()
    }
}

impl<'a, R: Ring> IntoIterator for &'a Factored<R> {
    type Item = &'a (Poly<R>, usize);
    type IntoIter = std::slice::Iter<'a, (Poly<R>, usize)>;

    fn into_iter(self) -> Self::IntoIter {
        self.factors.iter()
    }
}
