//! `Z[i]` and Q(i): the Gaussian integers and the Gaussian rationals, exact complex numbers.
//!
//! They stand apart from [`Complexes`](super::Complexes) because they are exact, and share a file because the second is the fraction
//! field of the first.
//!
//! # Method
//! Products of sequences: [`gaussian_product`]. Over Q(i) both operands first get one common denominator. `Z[i]` is Euclidean: the quotient is rounded to the nearest Gaussian integer, and the norm of the
//! remainder is at most half of the divisor's.
//!
//! # Invariants
//! The normal form among associates has `re > 0` and `im >= 0`: the first quadrant, with the positive real axis.

use super::remainders;
use super::{
    Domain, Field, GcdDomain, IntoElement, Literal, QQ, Ring, Style, ZZ, engine, fractions, gaussian_product,
    generic, norm, numbers, text,
};
use crate::convolution::{Want, plan::Plan};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, Sign};
use num_complex::Complex;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::fmt;

/// The Gaussian integers, `a + b*i` with integers `a` and `b`.
///
/// # Examples
/// ```
/// use monic::{Ring, ZZ_I, ring::GcdDomain};
/// use num_complex::Complex;
/// let z = |re: i32, im: i32| Complex::new(re.into(), im.into());
/// assert_eq!(ZZ_I.mul(&z(1, 2), &z(1, -2)), z(5, 0));
/// assert_eq!(ZZ_I.gcd(&z(5, 0), &z(3, 1)), z(1, 2)); // a unit times 2 - i
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct GaussianIntegers;

/// The field of Gaussian rationals, `a + b*i` with rational numbers `a` and `b`.
///
/// # Examples
/// ```
/// use monic::{QQ_I, Ring};
/// use num_complex::Complex;
/// let i = QQ_I.from_literal(&monic::ring::Literal::Name("i"))?;
/// assert_eq!(QQ_I.try_inverse(&i)?, -i);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct GaussianRationals;

/// The Gaussian integers.
pub const ZZ_I: GaussianIntegers = GaussianIntegers;

/// The Gaussian rationals.
pub const QQ_I: GaussianRationals = GaussianRationals;

/// As [`Display`](fmt::Display): errors name rings so.
impl fmt::Debug for GaussianIntegers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for GaussianIntegers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ZZ[i]")
    }
}

/// As [`Display`](fmt::Display): errors name rings so.
impl fmt::Debug for GaussianRationals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for GaussianRationals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QQ[i]")
    }
}

/// `re^2 + im^2`.
fn square_norm(a: &Complex<BigInt>) -> BigInt {
    &a.re * &a.re + &a.im * &a.im
}

/// `a` times the conjugate of `b`.
fn times_conjugate(a: &Complex<BigInt>, b: &Complex<BigInt>) -> Complex<BigInt> {
    Complex::new(&a.re * &b.re + &a.im * &b.im, &a.im * &b.re - &a.re * &b.im)
}

/// The integer nearest to `a/b` for `b > 0`, halves upwards.
fn nearest(a: &BigInt, b: &BigInt) -> BigInt {
    ((a << 1u8) + b).div_floor(&(b << 1u8))
}

/// The nearest Gaussian integer to `a/b` and what remains; `b` is not zero.
fn div_rem(a: &Complex<BigInt>, b: &Complex<BigInt>) -> (Complex<BigInt>, Complex<BigInt>) {
    let (scaled, n) = (times_conjugate(a, b), square_norm(b));
    let quo = Complex::new(nearest(&scaled.re, &n), nearest(&scaled.im, &n));
    let rem = ZZ_I.sub(a, &ZZ_I.mul(&quo, b));
    (quo, rem)
}

impl GaussianIntegers {
    /// `re^2 + im^2`, multiplicative.
    pub fn norm(&self, a: &Complex<BigInt>) -> BigInt {
        square_norm(a)
    }
}

impl Ring for GaussianIntegers {
    type Element = Complex<BigInt>;

    fn zero(&self) -> Complex<BigInt> {
        Complex::new(BigInt::ZERO, BigInt::ZERO)
    }
    fn one(&self) -> Complex<BigInt> {
        BigInt::one().into()
    }
    fn add(&self, a: &Complex<BigInt>, b: &Complex<BigInt>) -> Complex<BigInt> {
        Complex::new(&a.re + &b.re, &a.im + &b.im)
    }
    fn neg(&self, a: &Complex<BigInt>) -> Complex<BigInt> {
        Complex::new(-&a.re, -&a.im)
    }
    fn mul(&self, a: &Complex<BigInt>, b: &Complex<BigInt>) -> Complex<BigInt> {
        Complex::new(ZZ.mul(&a.re, &b.re) - ZZ.mul(&a.im, &b.im), ZZ.mul(&a.re, &b.im) + ZZ.mul(&a.im, &b.re))
    }
    fn sub(&self, a: &Complex<BigInt>, b: &Complex<BigInt>) -> Complex<BigInt> {
        Complex::new(&a.re - &b.re, &a.im - &b.im)
    }
    fn is_zero(&self, a: &Complex<BigInt>) -> bool {
        a.re.is_zero() && a.im.is_zero()
    }
    fn is_one(&self, a: &Complex<BigInt>) -> bool {
        a.re.is_one() && a.im.is_zero()
    }
    fn from_integer(&self, n: BigInt) -> Complex<BigInt> {
        n.into()
    }
    /// # Panics
    /// When the power is over the [limit](crate::limit).
    #[track_caller]
    fn pow(&self, a: &Complex<BigInt>, n: u64) -> Complex<BigInt> {
        let bits = a.re.bits().max(a.im.bits());
        let unit = self.is_zero(a) || square_norm(a).is_one();
        if let (false, Err(error)) = (unit, limit::check(n, bits + 1)) {
            panic!("{error}");
        }
        generic::element_power(self, a, n)
    }
    fn try_inverse(&self, a: &Complex<BigInt>) -> Result<Complex<BigInt>> {
        let n = square_norm(a);
        if n.is_one() {
            Ok(Complex::new(a.re.clone(), -&a.im))
        } else if n.is_zero() {
            Err(Error::undefined("division by zero"))
        } else {
            Err(Error::undefined("a Gaussian integer that is not 1, -1, i or -i has no inverse"))
        }
    }
    fn try_exact_quo(&self, a: &Complex<BigInt>, b: &Complex<BigInt>) -> Result<Complex<BigInt>> {
        if self.is_zero(b) {
            return Err(Error::undefined("division by zero"));
        }
        let (scaled, n) = (times_conjugate(a, b), square_norm(b));
        match (ZZ.try_exact_quo(&scaled.re, &n), ZZ.try_exact_quo(&scaled.im, &n)) {
            (Ok(re), Ok(im)) => Ok(Complex::new(re, im)),
            _ => Err(Error::not_exact("the Gaussian integers do not divide exactly")),
        }
    }
    fn fmt_element(&self, a: &Complex<BigInt>, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::fmt_complex(&ZZ, &a.re, &a.im, style, f)
    }
    /// `|a| + |b|` bounds `|a + b*i|`, and is submultiplicative as well.
    fn log2_norm(&self, f: &[Complex<BigInt>]) -> f64 {
        norm::of_integers(f.iter().flat_map(|z| [&z.re, &z.im]))
    }
    fn is_negative(&self, a: &Complex<BigInt>) -> bool {
        text::is_negative_complex(&ZZ, &a.re, &a.im)
    }
    fn is_sum(&self, a: &Complex<BigInt>) -> bool {
        !a.re.is_zero() && !a.im.is_zero()
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<Complex<BigInt>> {
        match literal {
            Literal::Name("i") => Ok(Complex::new(BigInt::ZERO, BigInt::one())),
            _ => text::default_literal(self, literal),
        }
    }

    /// That of the largest of the products over Z, `(re + im)*(re + im)`.
    fn plan(&self, a: &[Complex<BigInt>], b: &[Complex<BigInt>], want: &Want) -> Result<Plan> {
        let sums = |v: &[Complex<BigInt>]| v.iter().map(|z| &z.re + &z.im).collect::<Vec<_>>();
        ZZ.plan(&sums(a), &sums(b), want)
    }
    fn convolve(
        &self,
        a: &[Complex<BigInt>],
        b: &[Complex<BigInt>],
        want: &Want,
    ) -> Result<Vec<Complex<BigInt>>> {
        let mut product = Vec::new();
        gaussian_product::product(Some(a), b, want, &mut product)?;
        Ok(product)
    }
    fn convolve_into(
        &self,
        a: &[Complex<BigInt>],
        b: &[Complex<BigInt>],
        want: &Want,
        out: &mut Vec<Complex<BigInt>>,
    ) -> Result<()> {
        gaussian_product::product(Some(a), b, want, out)
    }
    fn convolve_assign(
        &self,
        a: &mut Vec<Complex<BigInt>>,
        b: &[Complex<BigInt>],
        want: &Want,
    ) -> Result<()> {
        gaussian_product::product(None, b, want, a)
    }
    fn power(&self, f: &[Complex<BigInt>], n: u64, want: &Want) -> Result<Vec<Complex<BigInt>>> {
        engine::check_power(self, f, n, want)?;
        generic::power(self, f, n, want)
    }
    fn evaluate(&self, f: &[Complex<BigInt>], x: &Complex<BigInt>) -> Result<Complex<BigInt>> {
        let bits = |z: &Complex<BigInt>| z.re.bits().max(z.im.bits()) + 1;
        engine::check_value(f.iter().map(bits).max().unwrap_or(0), f.len(), bits(x))?;
        generic::horner(self, f, x)
    }
    fn poly_gcd(&self, f: &[Complex<BigInt>], g: &[Complex<BigInt>]) -> Result<Vec<Complex<BigInt>>> {
        remainders::gcd(self, f, g)
    }
}

impl Domain for GaussianIntegers {}

impl GcdDomain for GaussianIntegers {
    fn gcd(&self, a: &Complex<BigInt>, b: &Complex<BigInt>) -> Complex<BigInt> {
        let (mut a, mut b) = (a.clone(), b.clone());
        while !self.is_zero(&b) {
            let (_, rem) = div_rem(&a, &b);
            a = std::mem::replace(&mut b, rem);
        }
        let unit = self.normalizing_unit(&a);
        self.mul(&a, &unit)
    }
    fn normalizing_unit(&self, a: &Complex<BigInt>) -> Complex<BigInt> {
        unit(a.re.sign(), a.im.sign())
    }
}

/// The power of `i` that turns a number with these signs into the first quadrant; one for zero.
fn unit(re: Sign, im: Sign) -> Complex<BigInt> {
    use Sign::{Minus, NoSign, Plus};
    let (re, im) = match (re, im) {
        (Plus, Plus | NoSign) | (NoSign, NoSign) => (1, 0),
        (Plus | NoSign, Minus) => (0, 1),
        (Minus, Minus | NoSign) => (-1, 0),
        (Minus | NoSign, Plus) => (0, -1),
    };
    Complex::new(re.into(), im.into())
}

/// The least common denominator of a sequence, and the numerators over it.
fn cleared(f: &[Complex<BigRational>]) -> Result<(Vec<Complex<BigInt>>, BigInt)> {
    let denominator =
        numbers::common_denominator(f.iter().flat_map(|z| [&z.re, &z.im]), f.len().saturating_mul(2))?;
    let over = |a: &BigRational| a.numer() * (&denominator / a.denom());
    Ok((f.iter().map(|z| Complex::new(over(&z.re), over(&z.im))).collect(), denominator))
}

/// Every part divided by the denominator and reduced.
fn divided(f: Vec<Complex<BigInt>>, denominator: &BigInt) -> Vec<Complex<BigRational>> {
    let over = |a: BigInt| numbers::fraction(a, denominator);
    f.into_iter().map(|z| Complex::new(over(z.re), over(z.im))).collect()
}

/// The product over common denominators of any length.
fn over_long_denominators(
    a: &[Complex<BigRational>],
    b: &[Complex<BigRational>],
    want: &Want,
) -> Result<Vec<Complex<BigRational>>> {
    let (first, m) = cleared(a)?;
    if std::ptr::eq(a, b) {
        return Ok(divided(ZZ_I.convolve(&first, &first, want)?, &(&m * &m)));
    }
    let (second, n) = cleared(b)?;
    Ok(divided(ZZ_I.convolve(&first, &second, want)?, &(m * n)))
}

impl Ring for GaussianRationals {
    type Element = Complex<BigRational>;

    fn zero(&self) -> Complex<BigRational> {
        Complex::new(BigRational::zero(), BigRational::zero())
    }
    fn one(&self) -> Complex<BigRational> {
        BigRational::one().into()
    }
    fn add(&self, a: &Complex<BigRational>, b: &Complex<BigRational>) -> Complex<BigRational> {
        Complex::new(QQ.add(&a.re, &b.re), QQ.add(&a.im, &b.im))
    }
    fn neg(&self, a: &Complex<BigRational>) -> Complex<BigRational> {
        Complex::new(-&a.re, -&a.im)
    }
    fn mul(&self, a: &Complex<BigRational>, b: &Complex<BigRational>) -> Complex<BigRational> {
        let product = |x, y| QQ.mul(x, y);
        Complex::new(
            QQ.sub(&product(&a.re, &b.re), &product(&a.im, &b.im)),
            QQ.add(&product(&a.re, &b.im), &product(&a.im, &b.re)),
        )
    }
    fn sub(&self, a: &Complex<BigRational>, b: &Complex<BigRational>) -> Complex<BigRational> {
        Complex::new(QQ.sub(&a.re, &b.re), QQ.sub(&a.im, &b.im))
    }
    fn is_zero(&self, a: &Complex<BigRational>) -> bool {
        a.re.is_zero() && a.im.is_zero()
    }
    fn from_integer(&self, n: BigInt) -> Complex<BigRational> {
        BigRational::from(n).into()
    }
    fn try_inverse(&self, a: &Complex<BigRational>) -> Result<Complex<BigRational>> {
        if self.is_zero(a) {
            return Err(Error::undefined("division by zero"));
        }
        let norm = &a.re * &a.re + &a.im * &a.im;
        Ok(Complex::new(&a.re / &norm, -&a.im / &norm))
    }
    fn fmt_element(&self, a: &Complex<BigRational>, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::fmt_complex(&QQ, &a.re, &a.im, style, f)
    }
    fn log2_norm(&self, f: &[Complex<BigRational>]) -> f64 {
        norm::of_rationals(f.iter().flat_map(|z| [&z.re, &z.im]))
    }
    fn is_negative(&self, a: &Complex<BigRational>) -> bool {
        text::is_negative_complex(&QQ, &a.re, &a.im)
    }
    fn is_sum(&self, a: &Complex<BigRational>) -> bool {
        !a.re.is_zero() && !a.im.is_zero()
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<Complex<BigRational>> {
        match literal {
            Literal::Name("i") => Ok(Complex::new(BigRational::zero(), BigRational::one())),
            Literal::Name(_) => text::default_literal(self, literal),
            _ => QQ.from_literal(literal).map(Complex::from),
        }
    }

    /// That of the product of the numerators.
    fn plan(&self, a: &[Complex<BigRational>], b: &[Complex<BigRational>], want: &Want) -> Result<Plan> {
        ZZ_I.plan(&cleared(a)?.0, &cleared(b)?.0, want)
    }
    fn convolve(
        &self,
        a: &[Complex<BigRational>],
        b: &[Complex<BigRational>],
        want: &Want,
    ) -> Result<Vec<Complex<BigRational>>> {
        let mut out = Vec::new();
        self.convolve_into(a, b, want, &mut out)?;
        Ok(out)
    }
    fn convolve_into(
        &self,
        a: &[Complex<BigRational>],
        b: &[Complex<BigRational>],
        want: &Want,
        out: &mut Vec<Complex<BigRational>>,
    ) -> Result<()> {
        if !fractions::gaussian::product(Some(a), b, want, out)? {
            *out = over_long_denominators(a, b, want)?;
        }
        Ok(())
    }
    fn convolve_assign(
        &self,
        a: &mut Vec<Complex<BigRational>>,
        b: &[Complex<BigRational>],
        want: &Want,
    ) -> Result<()> {
        if !fractions::gaussian::product(None, b, want, a)? {
            *a = over_long_denominators(a, b, want)?;
        }
        Ok(())
    }
    fn power(&self, f: &[Complex<BigRational>], n: u64, want: &Want) -> Result<Vec<Complex<BigRational>>> {
        let (numerators, denominator) = cleared(f)?;
        let power = ZZ_I.power(&numerators, n, want)?;
        Ok(divided(power, &engine::integer_power(&denominator, n)?))
    }
    fn evaluate(&self, f: &[Complex<BigRational>], x: &Complex<BigRational>) -> Result<Complex<BigRational>> {
        let bits = |a: &BigRational| a.numer().bits().max(a.denom().bits());
        let part = |z: &Complex<BigRational>| bits(&z.re).max(bits(&z.im));
        engine::check_value(f.iter().map(part).max().unwrap_or(0), f.len(), 2 * part(x))?;
        generic::horner(self, f, x)
    }
    fn poly_gcd(
        &self,
        f: &[Complex<BigRational>],
        g: &[Complex<BigRational>],
    ) -> Result<Vec<Complex<BigRational>>> {
        let gcd = ZZ_I.poly_gcd(&cleared(f)?.0, &cleared(g)?.0)?;
        let gcd = divided(gcd, &BigInt::one());
        let Some(leading) = gcd.last() else { return Ok(gcd) };
        let inverse = self.try_inverse(leading)?;
        Ok(gcd.iter().map(|c| self.mul(c, &inverse)).collect())
    }
}

impl Domain for GaussianRationals {}

/// As over Q: the gcd of the numerators over the lcm of the denominators, so that the primitive part of a
/// polynomial over Q(i) is the primitive polynomial over `Z[i]`.
impl GcdDomain for GaussianRationals {
    fn gcd(&self, a: &Complex<BigRational>, b: &Complex<BigRational>) -> Complex<BigRational> {
        let denominator =
            [a, b].into_iter().flat_map(|z| [&z.re, &z.im]).fold(BigInt::one(), |l, q| l.lcm(q.denom()));
        let over = |a: &BigRational| a.numer() * (&denominator / a.denom());
        let whole = |z: &Complex<BigRational>| Complex::new(over(&z.re), over(&z.im));
        let gcd = ZZ_I.gcd(&whole(a), &whole(b));
        Complex::new(numbers::fraction(gcd.re, &denominator), numbers::fraction(gcd.im, &denominator))
    }
    fn normalizing_unit(&self, a: &Complex<BigRational>) -> Complex<BigRational> {
        let unit = unit(a.re.numer().sign(), a.im.numer().sign());
        Complex::new(unit.re.into(), unit.im.into())
    }
}

impl Field for GaussianRationals {}

impl<T: Into<BigInt>> IntoElement<GaussianIntegers> for Complex<T> {
    fn into_element(self, _: &GaussianIntegers) -> Complex<BigInt> {
        Complex::new(self.re.into(), self.im.into())
    }
}

impl<T: IntoElement<super::Rationals>> IntoElement<GaussianRationals> for Complex<T> {
    fn into_element(self, _: &GaussianRationals) -> Complex<BigRational> {
        Complex::new(self.re.into_element(&QQ), self.im.into_element(&QQ))
    }
}

impl IntoElement<GaussianRationals> for BigRational {
    fn into_element(self, _: &GaussianRationals) -> Complex<BigRational> {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::Signed;

    fn z(re: i32, im: i32) -> Complex<BigInt> {
        Complex::new(re.into(), im.into())
    }

    #[test]
    fn text_of_gaussian_integers() {
        let show = |re, im| text::element_text(&ZZ_I, &z(re, im), Style::Plain);
        assert_eq!(
            [show(0, 0), show(1, 2), show(-1, -2), show(0, 1), show(0, -1), show(3, -1), show(0, -7)],
            ["0", "1 + 2*i", "-1 - 2*i", "i", "-i", "3 - i", "-7*i"]
        );
    }

    /// The remainder is smaller than the divisor, the gcd divides both and stands in the first quadrant.
    #[test]
    fn euclid_in_the_plane() {
        let range = -5..=5;
        for (ar, ai, br, bi) in range.clone().flat_map(|a| {
            let range = range.clone();
            range.clone().flat_map(move |b| {
                let range = range.clone();
                range.clone().flat_map(move |c| range.clone().map(move |d| (a, b, c, d)))
            })
        }) {
            let (a, b) = (z(ar, ai), z(br, bi));
            let g = ZZ_I.gcd(&a, &b);
            if ZZ_I.is_zero(&g) {
                assert!(ZZ_I.is_zero(&a) && ZZ_I.is_zero(&b));
                continue;
            }
            assert!(g.re.is_positive() && !g.im.is_negative());
            assert!(ZZ_I.try_exact_quo(&a, &g).is_ok() && ZZ_I.try_exact_quo(&b, &g).is_ok());
            if !ZZ_I.is_zero(&b) {
                let (quo, rem) = div_rem(&a, &b);
                assert_eq!(ZZ_I.add(&ZZ_I.mul(&quo, &b), &rem), a);
                assert!(2 * square_norm(&rem) <= square_norm(&b));
            }
        }
    }

    #[test]
    fn gcd_of_polynomials() {
        // (x - i)(2x + 1) and (x - i)(x + 1 + i), times 1 + i.
        let (a, b) = ([z(0, -1), z(1, -2), z(2, 0)], [z(1, -1), z(1, 0), z(1, 0)]);
        let twice: Vec<_> = a.iter().map(|c| ZZ_I.mul(c, &z(1, 1))).collect();
        let other: Vec<_> = b.iter().map(|c| ZZ_I.mul(c, &z(1, 1))).collect();
        assert_eq!(ZZ_I.poly_gcd(&twice, &other).unwrap(), [z(1, -1), z(1, 1)]);
        let rational = |f: &[Complex<BigInt>]| divided(f.to_vec(), &BigInt::from(6));
        let gcd = QQ_I.poly_gcd(&rational(&a), &rational(&b)).unwrap();
        assert_eq!(gcd, divided(vec![z(0, -1), z(1, 0)], &BigInt::one()));
    }
}
