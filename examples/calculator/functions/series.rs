//! Power series modulo `x^n`: polynomials in, and the first `n` coefficients of a function of them out.

use super::{Arguments, Row};
use crate::failure::Outcome;
use crate::parser::Parameter::{Integer, Rational, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;
use monic::Poly as Polynomial;
use monic::ring::Elementary;
use num_rational::BigRational;

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "inverse",
            usage: "inverse(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "1/f modulo x^n, for an f whose constant coefficient is a unit",
            example: ("inverse(1 - x - x^2, 8)", "21*x^7 + 13*x^6 + 8*x^5 + 5*x^4 + 3*x^3 + 2*x^2 + x + 1"),
            example_ring: "ZZ",
            call: |a| function(a, |f, n| f.try_inverse_series(n)),
        },
        Row {
            name: "divseries",
            usage: "divseries(f, g, n)",
            parameters: &[Poly, Poly, Integer],
            optional: 0,
            help: "f/g modulo x^n; powers of x that both have are taken out",
            example: ("divseries(x, x - x^2, 4)", "x^3 + x^2 + x + 1"),
            example_ring: "ZZ",
            call: |a| of_two(a, |f, g, n| f.try_quo_series(g, n)),
        },
        Row {
            name: "exp",
            usage: "exp(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the exponential modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("exp(x, 4)", "1/6*x^3 + 1/2*x^2 + x + 1"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Exp, n)),
        },
        Row {
            name: "log",
            usage: "log(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the natural logarithm modulo x^n, for an f with constant coefficient 1 (floats: any)",
            example: ("log(1 + x, 4)", "1/3*x^3 - 1/2*x^2 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Log, n)),
        },
        Row {
            name: "sin",
            usage: "sin(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the sine modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("sin(x, 6)", "1/120*x^5 - 1/6*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Sin, n)),
        },
        Row {
            name: "cos",
            usage: "cos(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the cosine modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("cos(x, 5)", "1/24*x^4 - 1/2*x^2 + 1"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Cos, n)),
        },
        Row {
            name: "tan",
            usage: "tan(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the tangent modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("tan(x, 6)", "2/15*x^5 + 1/3*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Tan, n)),
        },
        Row {
            name: "asin",
            usage: "asin(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the inverse of the sine modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("asin(x, 6)", "3/40*x^5 + 1/6*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Asin, n)),
        },
        Row {
            name: "acos",
            usage: "acos(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the inverse of the cosine modulo x^n, for an f with constant coefficient 1 (floats: any)",
            example: ("acos(1 - x^2/2, 4)", "1/24*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Acos, n)),
        },
        Row {
            name: "atan",
            usage: "atan(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the inverse of the tangent modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("atan(x, 6)", "1/5*x^5 - 1/3*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Atan, n)),
        },
        Row {
            name: "sinh",
            usage: "sinh(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the hyperbolic sine modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("sinh(x, 6)", "1/120*x^5 + 1/6*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Sinh, n)),
        },
        Row {
            name: "cosh",
            usage: "cosh(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the hyperbolic cosine modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("cosh(x, 5)", "1/24*x^4 + 1/2*x^2 + 1"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Cosh, n)),
        },
        Row {
            name: "tanh",
            usage: "tanh(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the hyperbolic tangent modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("tanh(x, 6)", "2/15*x^5 - 1/3*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Tanh, n)),
        },
        Row {
            name: "asinh",
            usage: "asinh(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the inverse of the hyperbolic sine modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("asinh(x, 6)", "3/40*x^5 - 1/6*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Asinh, n)),
        },
        Row {
            name: "acosh",
            usage: "acosh(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the inverse of the hyperbolic cosine modulo x^n, for an f with constant coefficient 1 (floats: any)",
            example: ("acosh(1 + x^2/2, 4)", "-1/24*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Acosh, n)),
        },
        Row {
            name: "atanh",
            usage: "atanh(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the inverse of the hyperbolic tangent modulo x^n, for an f with constant coefficient 0 (floats: any)",
            example: ("atanh(x, 6)", "1/5*x^5 + 1/3*x^3 + x"),
            example_ring: "QQ",
            call: |a| function(a, |f, n| f.try_elementary_series(Elementary::Atanh, n)),
        },
        Row {
            name: "sqrt",
            usage: "sqrt(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the square root modulo x^n: positive at first, or the smaller residue, or the principal value",
            example: ("sqrt(1 - 4*x, 5)", "-10*x^4 - 4*x^3 - 2*x^2 - 2*x + 1"),
            example_ring: "ZZ",
            call: |a| function(a, |f, n| f.try_power_series(&BigRational::new(1.into(), 2.into()), n)),
        },
        Row {
            name: "powseries",
            usage: "powseries(f, e, n)",
            parameters: &[Poly, Rational, Integer],
            optional: 0,
            help: "f^e modulo x^n for a rational e",
            example: ("powseries(1 + x, -1/2, 4)", "-5/16*x^3 + 3/8*x^2 - 1/2*x + 1"),
            example_ring: "QQ",
            call: power,
        },
        Row {
            name: "composeseries",
            usage: "composeseries(f, g, n)",
            parameters: &[Poly, Poly, Integer],
            optional: 0,
            help: "f(g(x)) modulo x^n",
            example: ("composeseries(1 + x + x^2, x + x^2, 4)", "2*x^3 + 2*x^2 + x + 1"),
            example_ring: "ZZ",
            call: |a| of_two(a, |f, g, n| f.try_compose_series(g, n)),
        },
        Row {
            name: "reversion",
            usage: "reversion(f, n)",
            parameters: &[Poly, Integer],
            optional: 0,
            help: "the g with f(g) = x modulo x^n, for an f = c*x + ... with a unit c",
            example: ("reversion(x - x^2, 6)", "14*x^5 + 5*x^4 + 2*x^3 + x^2 + x"),
            example_ring: "ZZ",
            call: |a| function(a, |f, n| f.try_reversion(n)),
        },
    ]
}

/// A function of one polynomial and the number of coefficients.
fn function<R: Coefficients>(
    mut a: Arguments<'_, R>,
    of: impl Fn(&Polynomial<R>, usize) -> monic::Result<Polynomial<R>>,
) -> Outcome<Value<R>> {
    let f = a.univariate()?;
    let n = a.length()?;
    Ok(Value::Polynomial(a.algebra().from_poly(f.variable, of(&f.poly, n)?)))
}

/// A function of two polynomials and the number of coefficients.
fn of_two<R: Coefficients>(
    mut a: Arguments<'_, R>,
    of: impl Fn(&Polynomial<R>, &Polynomial<R>, usize) -> monic::Result<Polynomial<R>>,
) -> Outcome<Value<R>> {
    let pair = a.pair()?;
    let n = a.length()?;
    Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, of(&pair.f, &pair.g, n)?)))
}

fn power<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?;
    let (e, n) = (a.rational()?, a.length()?);
    Ok(Value::Polynomial(a.algebra().from_poly(f.variable, f.poly.try_power_series(&e, n)?)))
}
