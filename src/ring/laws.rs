//! The axioms as a test: [`check`] holds a ring against the laws on given samples.
//!
//! It stands apart from the tests because a ring of a user's own needs it as much as the crate's. It reports the
//! first violated law with the elements that violate it.
//!
//! # Method
//! Every law is tried on all pairs and triples of the samples (so ten samples are a thousand triples), and beside the
//! axioms whatever must agree with them: subtraction, powers, the image of Z, plain against `try_` forms, inverses,
//! quotients, and the hooks on whole sequences against sums over the ring's own operations, with every algorithm and
//! in every window.
//!
//! Rings that are partial hold the laws wherever every value fits: an error of kind overflow on either side of
//! an equation skips it. Rings that are not exact hold them within a bound that the caller states:
//! [`Laws::within`].
//!
//! What it does not do: prove anything, or find samples. Good samples contain 0, 1, -1, a non-unit, and large elements.

use super::{Domain, Field, GcdDomain, Literal, Ring, Style, text::element_text};
use crate::convolution::{Algorithm, Want};
use crate::{Error, ErrorKind, Result as MonicResult};
use num_bigint::BigInt;
use std::fmt;

/// The first law that does not hold, and on which elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    law: &'static str,
    elements: String,
    found: String,
}

impl Violation {
    /// The law, as a formula.
    pub fn law(&self) -> &'static str {
        self.law
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not hold for {}: {}", self.law, self.elements, self.found)
    }
}

impl std::error::Error for Violation {}

/// What a check returns.
pub type Outcome = Result<(), Violation>;

/// Holds an exact ring against the laws of [`Ring`].
///
/// # Errors
/// The first violated law.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::laws};
/// assert_eq!(laws::check(&Zmod::new(6), &[0, 1, 2, 3, 5]), Ok(()));
/// ```
pub fn check<R: Ring>(ring: &R, samples: &[R::Element]) -> Outcome {
    Laws::new(ring, samples).ring()
}

type Closeness<'a, E> = Box<dyn Fn(&E, &E) -> bool + 'a>;

/// A ring, samples of its elements, and what counts as equal.
pub struct Laws<'a, R: Ring> {
    ring: &'a R,
    samples: &'a [R::Element],
    close: Closeness<'a, R::Element>,
}

/// A side of an equation.
type Side<R> = MonicResult<<R as Ring>::Element>;

impl<'a, R: Ring> Laws<'a, R> {
    /// Laws that hold exactly.
    pub fn new(ring: &'a R, samples: &'a [R::Element]) -> Self {
        Laws { ring, samples, close: Box::new(|a, b| a == b) }
    }

    /// Laws that hold up to what `close` accepts, for rings that are not exact.
    pub fn within(mut self, close: impl Fn(&R::Element, &R::Element) -> bool + 'a) -> Self {
        self.close = Box::new(close);
        self
    }

    fn violation(&self, law: &'static str, elements: &[&R::Element], found: String) -> Outcome {
        let elements = elements.iter().map(|e| format!("{e:?}")).collect::<Vec<_>>().join(", ");
        Err(Violation { law, elements, found: format!("{found} in {:?}", self.ring) })
    }

    fn equal(&self, law: &'static str, elements: &[&R::Element], left: Side<R>, right: Side<R>) -> Outcome {
        match (left, right) {
            (Ok(l), Ok(r)) if (self.close)(&l, &r) => Ok(()),
            (Ok(l), Ok(r)) => self.violation(law, elements, format!("{l:?} is not {r:?}")),
            (Err(e), _) | (_, Err(e)) => self.skip(law, elements, &e),
        }
    }

    /// Partial rings are not asked where a value does not fit.
    fn skip(&self, law: &'static str, elements: &[&R::Element], error: &Error) -> Outcome {
        if error.kind() == ErrorKind::Overflow {
            Ok(())
        } else {
            self.violation(law, elements, error.to_string())
        }
    }

    fn truth(&self, law: &'static str, elements: &[&R::Element], holds: bool) -> Outcome {
        if holds { Ok(()) } else { self.violation(law, elements, "it is false".into()) }
    }

    /// The laws of [`Ring`], and its hooks against its own operations.
    ///
    /// # Errors
    /// The first violated law.
    pub fn ring(&self) -> Outcome {
        let ring = self.ring;
        self.truth("is_zero(0)", &[], ring.is_zero(&ring.zero()))?;
        self.truth("is_one(1)", &[], ring.is_one(&ring.one()))?;
        for a in self.samples {
            self.one_element(a)?;
            for b in self.samples {
                self.two_elements(a, b)?;
                for c in self.samples {
                    self.three_elements(a, b, c)?;
                }
            }
        }
        self.integers()?;
        self.sequences()
    }

    fn one_element(&self, a: &R::Element) -> Outcome {
        let ring = self.ring;
        let (zero, one) = (ring.zero(), ring.one());
        self.truth("is_zero(a) = (a == 0)", &[a], ring.is_zero(a) == (*a == zero))?;
        self.truth("is_one(a) = (a == 1)", &[a], ring.is_one(a) == (*a == one))?;
        self.equal("0 + a = a", &[a], ring.try_add(&zero, a), Ok(a.clone()))?;
        self.equal("a + 0 = a", &[a], ring.try_add(a, &zero), Ok(a.clone()))?;
        self.equal("1 * a = a", &[a], ring.try_mul(&one, a), Ok(a.clone()))?;
        self.equal("a * 1 = a", &[a], ring.try_mul(a, &one), Ok(a.clone()))?;
        self.equal("0 * a = 0", &[a], ring.try_mul(&zero, a), Ok(zero.clone()))?;
        self.equal("a * 0 = 0", &[a], ring.try_mul(a, &zero), Ok(zero.clone()))?;
        let negative = ring.try_neg(a);
        self.equal("a + -a = 0", &[a], negative.clone().and_then(|n| ring.try_add(a, &n)), Ok(zero.clone()))?;
        self.equal("-(-a) = a", &[a], negative.clone().and_then(|n| ring.try_neg(&n)), Ok(a.clone()))?;
        if let Ok(n) = &negative {
            self.equal("neg(a) = try_neg(a)", &[a], Ok(ring.neg(a)), Ok(n.clone()))?;
        }
        let sign = element_text(ring, a, Style::Plain).starts_with('-');
        self.truth("what is negative is written with a minus", &[a], sign || !ring.is_negative(a))?;
        self.truth("what is negative is no sum", &[a], !(ring.is_sum(a) && ring.is_negative(a)))?;
        let mut power = Ok(one.clone());
        for n in 0..6 {
            if let Ok(power) = &power {
                self.equal("pow(a, n) = a * ... * a", &[a], Ok(ring.pow(a, n)), Ok(power.clone()))?;
            }
            power = power.and_then(|p| ring.try_mul(&p, a));
        }
        match ring.try_inverse(a) {
            Ok(inverse) => {
                self.equal("a * a^-1 = 1", &[a], ring.try_mul(a, &inverse), Ok(one.clone()))?;
                self.equal("a^-1 * a = 1", &[a], ring.try_mul(&inverse, a), Ok(one))
            }
            Err(error) => self.truth(
                "no inverse: kind undefined, not exact or unsupported",
                &[a],
                matches!(
                    error.kind(),
                    ErrorKind::Undefined | ErrorKind::NotExact | ErrorKind::Unsupported | ErrorKind::Overflow
                ),
            ),
        }
    }

    fn two_elements(&self, a: &R::Element, b: &R::Element) -> Outcome {
        let ring = self.ring;
        let (sum, product) = (ring.try_add(a, b), ring.try_mul(a, b));
        self.equal("a + b = b + a", &[a, b], sum.clone(), ring.try_add(b, a))?;
        self.equal(
            "a - b = a + -b",
            &[a, b],
            ring.try_sub(a, b),
            ring.try_neg(b).and_then(|n| ring.try_add(a, &n)),
        )?;
        if ring.is_commutative() {
            self.equal("a * b = b * a", &[a, b], product.clone(), ring.try_mul(b, a))?;
        }
        if let Ok(sum) = sum {
            self.equal("add(a, b) = try_add(a, b)", &[a, b], Ok(ring.add(a, b)), Ok(sum))?;
        }
        if let Ok(difference) = ring.try_sub(a, b) {
            self.equal("sub(a, b) = try_sub(a, b)", &[a, b], Ok(ring.sub(a, b)), Ok(difference))?;
        }
        if let Ok(product) = product {
            self.equal("mul(a, b) = try_mul(a, b)", &[a, b], Ok(ring.mul(a, b)), Ok(product.clone()))?;
            if let Ok(q) = ring.try_exact_quo(&product, b) {
                self.equal("((a * b) / b) * b = a * b", &[a, b], ring.try_mul(&q, b), Ok(product))?;
            }
        }
        if let Ok(q) = ring.try_exact_quo(a, b) {
            self.equal("(a / b) * b = a", &[a, b], ring.try_mul(&q, b), Ok(a.clone()))?;
        }
        Ok(())
    }

    fn three_elements(&self, a: &R::Element, b: &R::Element, c: &R::Element) -> Outcome {
        let ring = self.ring;
        let add = |x: Side<R>, y: Side<R>| ring.try_add(&x?, &y?);
        let mul = |x: Side<R>, y: Side<R>| ring.try_mul(&x?, &y?);
        let (a1, b1, c1) = (|| Ok(a.clone()), || Ok(b.clone()), || Ok(c.clone()));
        let all = [a, b, c];
        self.equal(
            "(a + b) + c = a + (b + c)",
            &all,
            add(add(a1(), b1()), c1()),
            add(a1(), add(b1(), c1())),
        )?;
        self.equal(
            "(a * b) * c = a * (b * c)",
            &all,
            mul(mul(a1(), b1()), c1()),
            mul(a1(), mul(b1(), c1())),
        )?;
        let (left, right) = (mul(a1(), add(b1(), c1())), add(mul(a1(), b1()), mul(a1(), c1())));
        self.equal("a * (b + c) = a * b + a * c", &all, left, right)?;
        let (left, right) = (mul(add(a1(), b1()), c1()), add(mul(a1(), c1()), mul(b1(), c1())));
        self.equal("(a + b) * c = a * c + b * c", &all, left, right)
    }

    /// The map from Z is a homomorphism, and literals follow it.
    fn integers(&self) -> Outcome {
        let ring = self.ring;
        let image = |n: &BigInt| ring.try_from_integer(n.clone());
        let numbers = [-7, -2, -1, 0, 1, 2, 3, 1000].map(BigInt::from);
        self.equal("from_integer(1) = 1", &[], image(&1.into()), Ok(ring.one()))?;
        for m in &numbers {
            if let Ok(value) = image(m) {
                self.equal(
                    "from_integer(n) = try_from_integer(n)",
                    &[],
                    Ok(ring.from_integer(m.clone())),
                    Ok(value),
                )?;
            }
            let literal = ring.from_literal(&Literal::Integer(m.clone()));
            self.equal("from_literal(n) = from_integer(n)", &[], literal, image(m))?;
            for n in &numbers {
                let sum = image(m).and_then(|x| ring.try_add(&x, &image(n)?));
                self.equal(
                    "from_integer(m + n) = from_integer(m) + from_integer(n)",
                    &[],
                    image(&(m + n)),
                    sum,
                )?;
                let product = image(m).and_then(|x| ring.try_mul(&x, &image(n)?));
                self.equal(
                    "from_integer(m * n) = from_integer(m) * from_integer(n)",
                    &[],
                    image(&(m * n)),
                    product,
                )?;
            }
        }
        Ok(())
    }

    /// The hooks on sequences, with every algorithm and in every window, against the ring's own operations.
    fn sequences(&self) -> Outcome {
        let ring = self.ring;
        let backwards: Vec<_> = self.samples.iter().rev().cloned().collect();
        let pairs = [
            (self.samples, &backwards[..]),
            (self.samples, self.samples),
            (&backwards[..backwards.len().min(1)], self.samples),
            (self.samples, &backwards[..backwards.len() / 2]),
            (&[], self.samples),
        ];
        for (a, b) in pairs {
            let Some(expected) = self.naive_product(a, b)? else { continue };
            for algorithm in [
                None,
                Some(Algorithm::Schoolbook),
                Some(Algorithm::Karatsuba),
                Some(Algorithm::Kronecker),
                Some(Algorithm::Fft),
                Some(Algorithm::Ntt),
            ] {
                for start in 0..=expected.len() {
                    for end in start..=expected.len() {
                        let mut want = Want::range(start..end);
                        if let Some(algorithm) = algorithm {
                            want = want.by(algorithm);
                        }
                        match ring.convolve(a, b, &want) {
                            Ok(product) => self.same(
                                "convolve(a, b) = sum of a[i]*b[k-i]",
                                &product,
                                &expected[start..end],
                            )?,
                            Err(e) if algorithm.is_some() && e.kind() == ErrorKind::Unsupported => {}
                            Err(e) => self.skip("convolve(a, b) = sum of a[i]*b[k-i]", &[], &e)?,
                        }
                        if algorithm.is_none() {
                            self.in_place(a, b, &want, &expected[start..end])?;
                        }
                    }
                }
            }
        }
        let short = &self.samples[..self.samples.len().min(3)];
        let Some(square) = self.naive_product(short, short)? else { return Ok(()) };
        let Some(cube) = self.naive_product(&square, short)? else { return Ok(()) };
        let law = "power(f, 3) = f * f * f";
        match ring.power(short, 3, &Want::full()) {
            Ok(power) => self.same(law, &power, &cube)?,
            Err(e) => self.skip(law, &[], &e)?,
        }
        for x in self.samples {
            let mut value = Ok(ring.zero());
            let mut power = Ok(ring.one());
            for c in short {
                value = value.and_then(|v: R::Element| {
                    ring.try_add(&v, &ring.try_mul(c, power.as_ref().map_err(Clone::clone)?)?)
                });
                power = power.and_then(|p: R::Element| ring.try_mul(&p, x));
            }
            self.equal("evaluate(f, x) = sum of f[k]*x^k", &[x], ring.evaluate(short, x), value)?;
        }
        Ok(())
    }

    /// The products that write into memory that is there, dirty and of any length.
    fn in_place(&self, a: &[R::Element], b: &[R::Element], want: &Want, expected: &[R::Element]) -> Outcome {
        let dirty: Vec<_> = self.samples.iter().rev().cycle().take(3 * expected.len() / 2).cloned().collect();
        for mut out in [Vec::new(), self.samples.to_vec(), dirty] {
            let law = "convolve_into(a, b) = convolve(a, b)";
            match self.ring.convolve_into(a, b, want, &mut out) {
                Ok(()) => self.same(law, &out, expected)?,
                Err(e) => self.skip(law, &[], &e)?,
            }
        }
        let mut product = a.to_vec();
        let law = "convolve_assign(a, b) = convolve(a, b)";
        match self.ring.convolve_assign(&mut product, b, want) {
            Ok(()) => self.same(law, &product, expected),
            Err(e) => {
                self.skip(law, &[], &e)?;
                self.same("a product that does not fit leaves its operand", &product, a)
            }
        }
    }

    fn same(&self, law: &'static str, left: &[R::Element], right: &[R::Element]) -> Outcome {
        if left.len() != right.len() {
            return self.violation(law, &[], format!("{} coefficients are not {}", left.len(), right.len()));
        }
        for (l, r) in left.iter().zip(right) {
            self.equal(law, &[], Ok(l.clone()), Ok(r.clone()))?;
        }
        Ok(())
    }

    /// The product by definition; `None` where a value on the way does not fit.
    fn naive_product(
        &self,
        a: &[R::Element],
        b: &[R::Element],
    ) -> Result<Option<Vec<R::Element>>, Violation> {
        let ring = self.ring;
        let full = if a.is_empty() || b.is_empty() { 0 } else { a.len() + b.len() - 1 };
        let mut product = vec![ring.zero(); full];
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                match ring.try_mul(x, y).and_then(|p| ring.try_add(&product[i + j], &p)) {
                    Ok(sum) => product[i + j] = sum,
                    Err(e) => return self.skip("a * b + c is defined", &[x, y], &e).map(|()| None),
                }
            }
        }
        Ok(Some(product))
    }
}

impl<R: Domain> Laws<'_, R> {
    /// Those of the ring, `1 != 0`, commutativity, and no zero divisors.
    ///
    /// # Errors
    /// The first violated law.
    pub fn domain(&self) -> Outcome {
        self.ring()?;
        let ring = self.ring;
        self.truth("1 != 0", &[], !ring.is_zero(&ring.one()))?;
        self.truth("a domain is commutative", &[], ring.is_commutative())?;
        for a in self.samples {
            for b in self.samples {
                if let Ok(product) = ring.try_mul(a, b) {
                    let zero = ring.is_zero(a) || ring.is_zero(b);
                    self.truth("a * b = 0 only for a = 0 or b = 0", &[a, b], ring.is_zero(&product) == zero)?;
                }
            }
        }
        Ok(())
    }
}

impl<R: GcdDomain> Laws<'_, R> {
    /// Those of the domain, and of greatest common divisors and normal forms.
    ///
    /// # Errors
    /// The first violated law.
    ///
    /// # Panics
    /// When a gcd of samples does not fit a partial ring.
    pub fn gcd_domain(&self) -> Outcome {
        self.domain()?;
        let ring = self.ring;
        let normal = |a: &R::Element| ring.try_mul(&ring.normalizing_unit(a), a);
        self.truth("gcd(0, 0) = 0", &[], ring.is_zero(&ring.gcd(&ring.zero(), &ring.zero())))?;
        for a in self.samples {
            let unit = ring.normalizing_unit(a);
            self.truth("normalizing_unit(a) is a unit", &[a], ring.try_inverse(&unit).is_ok())?;
            let twice = normal(a).and_then(|n| normal(&n));
            self.equal("normal(normal(a)) = normal(a)", &[a], twice, normal(a))?;
            for b in self.samples {
                let gcd = ring.gcd(a, b);
                self.equal("gcd(a, b) = gcd(b, a)", &[a, b], Ok(gcd.clone()), Ok(ring.gcd(b, a)))?;
                self.equal("gcd(a, b) is in normal form", &[a, b], normal(&gcd), Ok(gcd.clone()))?;
                if ring.is_zero(&gcd) {
                    self.truth(
                        "gcd(a, b) = 0 only for a = b = 0",
                        &[a, b],
                        ring.is_zero(a) && ring.is_zero(b),
                    )?;
                    continue;
                }
                let (p, q) = (ring.try_exact_quo(a, &gcd), ring.try_exact_quo(b, &gcd));
                if let (Ok(p), Ok(q)) = (&p, &q) {
                    let rest = ring.gcd(p, q);
                    self.truth("gcd(a/g, b/g) is a unit", &[a, b], ring.try_inverse(&rest).is_ok())?;
                }
                let times = |q: Side<R>| ring.try_mul(&q?, &gcd);
                self.equal("gcd(a, b) divides a", &[a, b], times(p), Ok(a.clone()))?;
                self.equal("gcd(a, b) divides b", &[a, b], times(q), Ok(b.clone()))?;
            }
        }
        Ok(())
    }
}

impl<R: Field> Laws<'_, R> {
    /// Those of the gcd domain, and an inverse for everything but zero.
    ///
    /// # Errors
    /// The first violated law.
    pub fn field(&self) -> Outcome {
        self.gcd_domain()?;
        let ring = self.ring;
        let refusal = ring.try_inverse(&ring.zero());
        let undefined = refusal.is_err_and(|e| e.kind() == ErrorKind::Undefined);
        self.truth("zero has no inverse, kind undefined", &[], undefined)?;
        for a in self.samples.iter().filter(|a| !ring.is_zero(a)) {
            self.equal("inverse(a) = try_inverse(a)", &[a], Ok(ring.inverse(a)), ring.try_inverse(a))?;
            for b in self.samples {
                let back = ring.try_exact_quo(b, a).and_then(|q| ring.try_mul(&q, a));
                self.equal("(b / a) * a = b", &[b, a], back, Ok(b.clone()))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring whose product forgets a carry.
    #[derive(Clone, Debug, PartialEq)]
    struct Broken;

    impl Ring for Broken {
        type Element = i64;
        fn zero(&self) -> i64 {
            0
        }
        fn one(&self) -> i64 {
            1
        }
        fn add(&self, a: &i64, b: &i64) -> i64 {
            a + b
        }
        fn neg(&self, a: &i64) -> i64 {
            -a
        }
        fn mul(&self, a: &i64, b: &i64) -> i64 {
            if *a == 5 && *b == 5 { 26 } else { a * b }
        }
    }

    #[test]
    fn a_wrong_product_is_found() {
        assert_eq!(check(&Broken, &[0, 1, -1, 2]), Ok(()));
        let violation = check(&Broken, &[0, 1, 2, 5]).unwrap_err();
        assert_eq!(violation.law(), "(a + b) * c = a * c + b * c");
        assert!(violation.to_string().ends_with("in Broken"), "{violation}");
    }
}
