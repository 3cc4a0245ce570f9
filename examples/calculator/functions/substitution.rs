//! Values, compositions, derivatives and integrals.

use super::{Arguments, Row};
use crate::failure::Outcome;
use crate::parser::Parameter::{Integer, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "eval",
            usage: "eval(f, a)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the value of f at a; of several variables the first one takes the value",
            example: ("eval(x^2 - 2, 3)", "7"),
            example_ring: "ZZ",
            call: substituted,
        },
        Row {
            name: "compose",
            usage: "compose(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "f(g(x))",
            example: ("compose(x^2 + 1, x - 1)", "x^2 - 2*x + 2"),
            example_ring: "ZZ",
            call: substituted,
        },
        Row {
            name: "derivative",
            usage: "derivative(f, k)",
            parameters: &[Poly, Integer],
            optional: 1,
            help: "the derivative, or the k-th one; of several variables by the first one",
            example: ("derivative(x^3, 2)", "6*x"),
            example_ring: "ZZ",
            call: derivative,
        },
        Row {
            name: "integral",
            usage: "integral(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the integral with constant term 0",
            example: ("integral(x^2 + 1)", "1/3*x^3 + x"),
            example_ring: "QQ",
            call: |mut a| {
                let f = a.polynomial()?;
                Ok(Value::Polynomial(a.algebra().integral(f)?))
            },
        },
    ]
}

fn substituted<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let (f, g) = (a.polynomial()?, a.polynomial()?);
    Ok(Value::Polynomial(a.algebra().substitute(f, g)?))
}

fn derivative<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.polynomial()?;
    let k = if a.len() > 0 { a.count()? } else { 1 };
    Ok(Value::Polynomial(a.algebra().derivative(f, k as u64)?))
}
