//! Sums, products and powers, whole or in part.

use super::{Arguments, Row};
use crate::failure::Outcome;
use crate::parser::Parameter::{Integer, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "add",
            usage: "add(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the sum f + g",
            example: ("add(x^2, x + 1)", "x^2 + x + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let (f, g) = (a.polynomial()?, a.polynomial()?);
                Ok(Value::Polynomial(a.algebra().add(f, g)?))
            },
        },
        Row {
            name: "sub",
            usage: "sub(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the difference f - g",
            example: ("sub(x^2, x + 1)", "x^2 - x - 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let (f, g) = (a.polynomial()?, a.polynomial()?);
                Ok(Value::Polynomial(a.algebra().sub(f, g)?))
            },
        },
        Row {
            name: "mul",
            usage: "mul(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the product f*g",
            example: ("mul(x + 1, x - 1)", "x^2 - 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let (f, g) = (a.polynomial()?, a.polynomial()?);
                Ok(Value::Polynomial(a.algebra().mul(f, g)?))
            },
        },
        Row {
            name: "pow",
            usage: "pow(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the power f^n; f^0 is 1, also for 0",
            example: ("pow(x + 1, 3)", "x^3 + 3*x^2 + 3*x + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let (f, n) = (a.polynomial()?, a.exponent()?);
                Ok(Value::Polynomial(a.algebra().pow(f, &n)?))
            },
        },
        Row {
            name: "product",
            usage: "product([f, g, ...])",
            parameters: &[Poly],
            optional: 0,
            help: "the product of all polynomials of a list, 1 for an empty one",
            example: ("product([x + 1, x - 1, x^2 + 1])", "x^4 - 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let mut variable = None;
                let factors = a.polynomials(&mut variable)?;
                Ok(a.result(&variable, monic::Poly::try_product(a.ring().clone(), factors)?))
            },
        },
        Row {
            name: "mullow",
            usage: "mullow(f, g, n)",
            parameters: &[Poly, Poly, Integer],
            optional: 0,
            help: "the product f*g modulo x^n",
            example: ("mullow(x^2 + x + 1, x^2 - x + 1, 3)", "x^2 + 1"),
            example_ring: "ZZ",
            call: mullow,
        },
        Row {
            name: "mulmid",
            usage: "mulmid(f, g, lo, hi)",
            parameters: &[Poly, Poly, Integer, Integer],
            optional: 0,
            help: "the coefficients of x^lo to x^(hi-1) of f*g, as a polynomial that begins with the first of them",
            example: ("mulmid(x^2 + 2*x + 3, 4*x + 5, 1, 3)", "13*x + 22"),
            example_ring: "ZZ",
            call: mulmid,
        },
        Row {
            name: "powlow",
            usage: "powlow(f, n, m)",
            parameters: &[Poly, Integer, Integer],
            optional: 0,
            help: "the power f^n modulo x^m",
            example: ("powlow(x + 1, 100, 3)", "4950*x^2 + 100*x + 1"),
            example_ring: "ZZ",
            call: powlow,
        },
        Row {
            name: "powmod",
            usage: "powmod(f, n, g)",
            parameters: &[Poly, Integer, Poly],
            optional: 0,
            help: "the power f^n modulo g, whose leading coefficient is a unit",
            example: ("powmod(x, 100, x^2 - x - 1)", "354224848179261915075*x + 218922995834555169026"),
            example_ring: "ZZ",
            call: powmod,
        },
    ]
}

fn mullow<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let pair = a.pair()?;
    let n = a.count()?;
    let product = pair.f.try_mul_low(&pair.g, n)?;
    Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, product)))
}

fn mulmid<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let pair = a.pair()?;
    let (low, high) = (a.count()?, a.count()?);
    let product = pair.f.try_mul_mid(&pair.g, low.min(high)..high)?;
    Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, product)))
}

fn powlow<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?;
    let n = a.exponent()?;
    let m = a.count()?;
    let power = a.algebra().pow_low(&f.poly, &n, m)?;
    Ok(Value::Polynomial(a.algebra().from_poly(f.variable, power)))
}

fn powmod<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let (base, n, modulus) = (a.polynomial()?, a.exponent()?, a.polynomial()?);
    let pair = a.pair_of(base, modulus)?;
    let power = pair.f.try_pow_mod(&n, &pair.g)?;
    Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, power)))
}
