//! [`ExtensionField`] as a ring: the operations by name, and the hooks on sequences, which go to `sequences`.

use super::{ExtensionField, settle};
use crate::convolution::{Want, plan::Plan};
use crate::ring::text::{Terms, element_text};
use crate::ring::{Domain, Field, GcdDomain, Literal, Pair, Ring, Style, engine, generic, remainders};
use crate::{Error, Result};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::fmt;

impl<F: Field> Ring for ExtensionField<F> {
    type Element = Vec<F::Element>;

    fn zero(&self) -> Vec<F::Element> {
        Vec::new()
    }
    fn one(&self) -> Vec<F::Element> {
        vec![self.0.base.one()]
    }
    fn add(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Vec<F::Element> {
        settle(self.try_add(a, b))
    }
    fn neg(&self, a: &Vec<F::Element>) -> Vec<F::Element> {
        a.iter().map(|c| self.0.base.neg(c)).collect()
    }
    fn mul(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Vec<F::Element> {
        settle(self.element_product(a, b))
    }
    fn sub(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Vec<F::Element> {
        settle(self.try_sub(a, b))
    }
    fn is_zero(&self, a: &Vec<F::Element>) -> bool {
        a.is_empty()
    }
    fn is_one(&self, a: &Vec<F::Element>) -> bool {
        matches!(a.as_slice(), [c] if self.0.base.is_one(c))
    }
    fn pow(&self, a: &Vec<F::Element>, n: u64) -> Vec<F::Element> {
        if self.grows() {
            settle(engine::check_power(self, std::slice::from_ref(a), n, &Want::full()));
        }
        generic::element_power(self, a, n)
    }
    fn from_integer(&self, n: BigInt) -> Vec<F::Element> {
        self.constant(self.0.base.from_integer(n))
    }
    fn try_add(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Result<Vec<F::Element>> {
        self.combine(a, b, F::try_add, |_, y| Ok(y.clone()))
    }
    fn try_sub(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Result<Vec<F::Element>> {
        self.combine(a, b, F::try_sub, F::try_neg)
    }
    fn try_mul(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Result<Vec<F::Element>> {
        self.element_product(a, b)
    }
    fn try_inverse(&self, a: &Vec<F::Element>) -> Result<Vec<F::Element>> {
        let base = &self.0.base;
        match a.as_slice() {
            [] => Err(Error::undefined("division by zero")),
            [c] => Ok(vec![base.try_inverse(c)?]),
            _ => {
                let (common, inverse, _) = base.poly_xgcd(a, self.modulus_coefficients())?;
                if common.len() == 1 {
                    return Ok(inverse);
                }
                let variable = self.name();
                let common = Terms {
                    ring: base,
                    coefficients: &common,
                    style: Style::Plain,
                    variable,
                    ascending: false,
                };
                Err(Error::undefined(format!(
                    "{} has no inverse: it shares the factor {common} with the modulus",
                    element_text(self, a, Style::Plain)
                )))
            }
        }
    }
    fn try_from_rational(&self, a: BigRational) -> Result<Vec<F::Element>> {
        Ok(self.constant(self.0.base.try_from_rational(a)?))
    }
    fn try_root(&self, a: &Vec<F::Element>, k: u64) -> Result<Vec<F::Element>> {
        F::extension_root(self, a, k)
    }
    fn grows(&self) -> bool {
        self.0.base.grows()
    }
    fn fmt_element(&self, a: &Vec<F::Element>, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ring, variable) = (self.base(), self.name());
        let terms = Terms { ring, coefficients: a, style, variable, ascending: false };
        fmt::Display::fmt(&terms, f)
    }
    fn is_negative(&self, a: &Vec<F::Element>) -> bool {
        !self.is_sum(a) && a.last().is_some_and(|c| self.0.base.is_negative(c))
    }
    fn is_sum(&self, a: &Vec<F::Element>) -> bool {
        match a.as_slice() {
            [] => false,
            [c] => self.0.base.is_sum(c),
            [low @ .., _] => low.iter().any(|c| !self.0.base.is_zero(c)),
        }
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<Vec<F::Element>> {
        match literal {
            Literal::Name(name) if *name == self.name() => Ok(self.generator()),
            _ => Ok(self.constant(self.0.base.from_literal(literal)?)),
        }
    }
    /// That of the coordinates, and of what a reduction multiplies them by.
    fn log2_norm(&self, f: &[Vec<F::Element>]) -> f64 {
        let base = &self.0.base;
        if f.iter().all(Vec::is_empty) || !base.grows() {
            return 0.0;
        }
        let flat: Vec<F::Element> = f.iter().flatten().cloned().collect();
        let factors: Vec<F::Element> = match self.0.table.is_empty() {
            true => self.modulus_coefficients().to_vec(),
            false => self.0.table.iter().flatten().chain([&base.one()]).cloned().collect(),
        };
        base.log2_norm(&flat) + base.log2_norm(&factors)
    }

    fn plan(&self, a: &[Vec<F::Element>], b: &[Vec<F::Element>], want: &Want) -> Result<Plan> {
        self.plan_of_sequences(a, b, want)
    }
    fn convolve(
        &self,
        a: &[Vec<F::Element>],
        b: &[Vec<F::Element>],
        want: &Want,
    ) -> Result<Vec<Vec<F::Element>>> {
        let mut out = Vec::new();
        self.product_of_sequences(a, b, want, &mut out)?;
        Ok(out)
    }
    fn convolve_into(
        &self,
        a: &[Vec<F::Element>],
        b: &[Vec<F::Element>],
        want: &Want,
        out: &mut Vec<Vec<F::Element>>,
    ) -> Result<()> {
        self.product_of_sequences(a, b, want, out)
    }
    fn convolve_assign(
        &self,
        a: &mut Vec<Vec<F::Element>>,
        b: &[Vec<F::Element>],
        want: &Want,
    ) -> Result<()> {
        self.product_in_place(a, b, want)
    }
    fn convolve_sum(&self, pairs: &[Pair<'_, Self>], want: &Want) -> Result<Vec<Vec<F::Element>>> {
        self.sum_of_sequences(pairs, want)
    }
    fn coefficient_of_product(
        &self,
        a: &[Vec<F::Element>],
        b: &[Vec<F::Element>],
        k: usize,
    ) -> Result<Vec<F::Element>> {
        Ok(self.convolve(a, b, &Want::range(k..k + 1))?.pop().unwrap_or_default())
    }
    /// By one product: each coefficient is reduced once.
    fn sub_product(
        &self,
        out: &mut [Vec<F::Element>],
        a: &[Vec<F::Element>],
        b: &[Vec<F::Element>],
    ) -> Result<()> {
        let product = self.convolve(a, b, &Want::low(out.len()))?;
        for (o, c) in out.iter_mut().zip(product) {
            *o = self.try_sub(o, &c)?;
        }
        Ok(())
    }
    fn linear_combination(
        &self,
        factors: &[Vec<F::Element>],
        rows: &[&[Vec<F::Element>]],
        n: usize,
    ) -> Result<Vec<Vec<F::Element>>> {
        Ok(self.combinations(&[factors], rows, n)?.pop().unwrap_or_default())
    }
    fn linear_combinations(
        &self,
        factors: &[&[Vec<F::Element>]],
        rows: &[&[Vec<F::Element>]],
        n: usize,
    ) -> Result<Vec<Vec<Vec<F::Element>>>> {
        self.combinations(factors, rows, n)
    }
    fn extend_inverses(&self, table: &mut Vec<Vec<F::Element>>, n: usize) -> Result<()> {
        let mut constants: Vec<F::Element> = table.iter().flatten().cloned().collect();
        let known = constants.len();
        self.0.base.extend_inverses(&mut constants, n)?;
        table.extend(constants.drain(known..).map(|c| self.constant(c)));
        Ok(())
    }
    fn avoids_inverses(&self) -> bool {
        !self.grows()
    }
    fn poly_gcd(&self, f: &[Vec<F::Element>], g: &[Vec<F::Element>]) -> Result<Vec<Vec<F::Element>>> {
        F::extension_gcd(self, f, g)
    }
}

impl<F: Field> Domain for ExtensionField<F> {
    fn poly_resultant(&self, f: &[Vec<F::Element>], g: &[Vec<F::Element>]) -> Result<Vec<F::Element>> {
        if self.grows() {
            return remainders::resultant(self, f, g);
        }
        generic::half_gcd::resultant(self, f, g)
    }
}

impl<F: Field> GcdDomain for ExtensionField<F> {
    fn gcd(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Vec<F::Element> {
        if a.is_empty() && b.is_empty() { Vec::new() } else { self.one() }
    }
    fn normalizing_unit(&self, a: &Vec<F::Element>) -> Vec<F::Element> {
        if a.is_empty() { self.one() } else { self.inverse(a) }
    }
}

impl<F: Field> Field for ExtensionField<F> {}
