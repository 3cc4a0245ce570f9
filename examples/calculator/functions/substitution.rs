//! Values, compositions, shifts, derivatives and integrals.

use super::{Arguments, Row};
use crate::algebra::Polynomial;
use crate::failure::{Failure, Outcome};
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
            name: "composemod",
            usage: "composemod(f, g, h)",
            parameters: &[Poly, Poly, Poly],
            optional: 0,
            help: "f(g(x)) modulo h, whose leading coefficient is a unit",
            example: ("composemod(x^2, x + 1, x^2 + 1)", "2*x"),
            example_ring: "ZZ",
            call: composemod,
        },
        Row {
            name: "shift",
            usage: "shift(f, a)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "f(x + a), the Taylor expansion at a",
            example: ("shift(x^2, 3)", "x^2 + 6*x + 9"),
            example_ring: "ZZ",
            call: shift,
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

fn composemod<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let (outer, inner, modulus) = (a.polynomial()?, a.polynomial()?, a.polynomial()?);
    let (_, f) = a.algebra().to_poly(outer)?;
    let pair = a.pair_of(inner, modulus)?;
    let value = f.try_compose_mod(&pair.f, &pair.g)?;
    Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, value)))
}

fn shift<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?;
    let Polynomial::Constant(by) = a.polynomial()? else {
        return Err(Failure::of(
            "an element of the ring is expected here; compose(f, x + g) takes polynomials",
        ));
    };
    Ok(Value::Polynomial(a.algebra().from_poly(f.variable, f.poly.try_taylor_shift(&by)?)))
}

fn derivative<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.polynomial()?;
    let k = if a.len() > 0 { a.count()? } else { 1 };
    Ok(Value::Polynomial(a.algebra().derivative(f, k as u64)?))
}
