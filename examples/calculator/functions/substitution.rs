//! Values, compositions and decompositions, shifts, derivatives and integrals.

use super::{Arguments, Row};
use crate::algebra::Polynomial;
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::{Integer, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;
use num_traits::ToPrimitive;

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
            name: "dilate",
            usage: "dilate(f, a)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "f(a*x)",
            example: ("dilate(x^2 + x + 1, 3)", "9*x^2 + 3*x + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?;
                let by = a.element()?;
                Ok(Value::Polynomial(a.algebra().from_poly(f.variable, f.poly.try_dilate(&by)?)))
            },
        },
        Row {
            name: "inflate",
            usage: "inflate(f, k)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "f(x^k)",
            example: ("inflate(x^2 + 1, 3)", "x^6 + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?;
                let k = a.exponent()?.to_u64().unwrap_or(u64::MAX);
                Ok(Value::Polynomial(a.algebra().from_poly(f.variable, f.poly.try_inflate(k)?)))
            },
        },
        Row {
            name: "deflate",
            usage: "deflate(f, k)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the g with g(x^k) = f",
            example: ("deflate(x^6 + 1, 3)", "x^2 + 1"),
            example_ring: "ZZ",
            call: deflate,
        },
        Row {
            name: "decompose",
            usage: "decompose(f, s)",
            parameters: &[Poly, Integer],
            optional: 1,
            help: "[g, h, ...] with f = g(h(...)), none of them a composition itself; with s the list [g, h] with f = g(h) and h of degree s",
            example: ("decompose(x^4 + 2*x^3 + 5*x^2 + 4*x + 7)", "[x^2 + 4*x + 7, x^2 + x]"),
            example_ring: "ZZ",
            call: decompose,
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

fn deflate<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?;
    let g = match a.count()? {
        0 => None,
        k => f.poly.deflate(k),
    };
    match g {
        Some(g) => Ok(Value::Polynomial(a.algebra().from_poly(f.variable, g))),
        None => Err(Failure::of("the polynomial has other powers than those of x^k")),
    }
}

fn decompose<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?;
    let parts = if a.len() > 0 {
        let s = a.count()?;
        match f.poly.try_decompose_at(s)? {
            Some((g, h)) => vec![g, h],
            None => return Err(Failure::of(format!("no composition with a right part of degree {s}"))),
        }
    } else {
        f.poly.try_decompose()?
    };
    let value = |part| Value::Polynomial(a.algebra().from_poly(f.variable.clone(), part));
    Ok(Value::List(parts.into_iter().map(value).collect()))
}

fn derivative<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.polynomial()?;
    let k = if a.len() > 0 { a.count()? } else { 1 };
    Ok(Value::Polynomial(a.algebra().derivative(f, k as u64)?))
}
