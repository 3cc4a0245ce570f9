//! What a polynomial is made of: degree, coefficients, content, height.

use super::{Arguments, Row};
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::{Integer, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "degree",
            usage: "degree(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the degree; -oo for 0",
            example: ("degree(x^5 - x)", "5"),
            example_ring: "ZZ",
            call: |mut a| {
                let degree = a.univariate()?.poly.degree();
                Ok(degree.map_or(Value::Infinity { negative: true }, |k| Value::Integer(k.into())))
            },
        },
        Row {
            name: "coeff",
            usage: "coeff(f, k)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the coefficient of x^k",
            example: ("coeff((x + 1)^10, 4)", "210"),
            example_ring: "ZZ",
            call: coeff,
        },
        Row {
            name: "coeffs",
            usage: "coeffs(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the list of all coefficients, the constant one first; [] for 0",
            example: ("coeffs(x^2 - 3)", "[-3, 0, 1]"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::List(f.into_coefficients().into_iter().map(Value::element).collect()))
            },
        },
        Row {
            name: "lc",
            usage: "lc(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the leading coefficient; 0 for 0",
            example: ("lc(3*x^2 + x)", "3"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::element(f.leading_coefficient().cloned().unwrap_or_else(|| a.ring().zero())))
            },
        },
        Row {
            name: "content",
            usage: "content(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the greatest common divisor of the coefficients",
            example: ("content(6*x^2 + 4*x)", "2"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::element(a.ring().content_of(&f)?))
            },
        },
        Row {
            name: "primitive",
            usage: "primitive(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the polynomial divided by its content",
            example: ("primitive(6*x^2 + 4*x)", "3*x^2 + 2*x"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?;
                let primitive = a.ring().primitive_part_of(&f.poly)?;
                Ok(Value::Polynomial(a.algebra().from_poly(f.variable, primitive)))
            },
        },
        Row {
            name: "reverse",
            usage: "reverse(f)",
            parameters: &[Poly],
            optional: 0,
            help: "x^degree(f) * f(1/x), the coefficients in the opposite order",
            example: ("reverse(x^2 + 2*x + 3)", "3*x^2 + 2*x + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?;
                Ok(Value::Polynomial(a.algebra().from_poly(f.variable, f.poly.reverse())))
            },
        },
        Row {
            name: "height",
            usage: "height(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the largest absolute value of a coefficient",
            example: ("height(x^2 - 7*x + 3)", "7"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::element(a.ring().height_of(&f)?))
            },
        },
        Row {
            name: "valuation",
            usage: "valuation(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the largest k for which x^k divides f; oo for 0",
            example: ("valuation(x^5 - x^2)", "2"),
            example_ring: "ZZ",
            call: |mut a| {
                let valuation = a.univariate()?.poly.valuation();
                Ok(valuation.map_or(Value::Infinity { negative: false }, |k| Value::Integer(k.into())))
            },
        },
    ]
}

fn coeff<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?.poly;
    let k: BigInt = a.integer()?;
    if k < BigInt::ZERO {
        return Err(Failure::of(format!("a coefficient has a number from 0 up, not {k}")));
    }
    Ok(Value::element(k.to_usize().map_or_else(|| a.ring().zero(), |k| f.coefficient(k))))
}
