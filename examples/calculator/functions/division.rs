//! Division with remainder, exact division, and greatest common divisors.

use super::{Arguments, Row};
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::{Integer, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;

/// The rows of the group division.
pub fn division<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "quo",
            usage: "quo(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the quotient of the division with remainder",
            example: ("quo(x^3 + 1, x - 1)", "x^2 + x + 1"),
            example_ring: "QQ",
            call: |a| Ok(divided(a)?.0),
        },
        Row {
            name: "rem",
            usage: "rem(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the remainder, of smaller degree than g",
            example: ("rem(x^3 + 1, x - 1)", "2"),
            example_ring: "QQ",
            call: |a| Ok(divided(a)?.1),
        },
        Row {
            name: "divrem",
            usage: "divrem(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "quotient and remainder: [q, r] with f = q*g + r",
            example: ("divrem(x^3 + 1, 2*x)", "[1/2*x^2, 1]"),
            example_ring: "QQ",
            call: |a| {
                let (quotient, remainder) = divided(a)?;
                Ok(Value::List(vec![quotient, remainder]))
            },
        },
        Row {
            name: "pseudorem",
            usage: "pseudorem(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the remainder of lc(g)^(degree(f) - degree(g) + 1) * f by g, which needs no fractions",
            example: ("pseudorem(x^2 + 1, 2*x + 1)", "5"),
            example_ring: "ZZ",
            call: |mut a| {
                let pair = a.pair()?;
                let (_, remainder) = pair.f.try_pseudo_quo_rem(&pair.g)?;
                Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, remainder)))
            },
        },
        Row {
            name: "exactquo",
            usage: "exactquo(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the quotient where g divides f, an error otherwise; the same as f/g",
            example: ("exactquo(x^2 - 1, x + 1)", "x - 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let (f, g) = (a.polynomial()?, a.polynomial()?);
                Ok(Value::Polynomial(a.algebra().exact_quo(f, g)?))
            },
        },
        Row {
            name: "divides",
            usage: "divides(g, f)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "1 where g divides f, otherwise 0",
            example: ("divides(x + 1, x^2 - 1)", "1"),
            example_ring: "ZZ",
            call: divides,
        },
    ]
}

/// The rows of the group gcd.
pub fn gcd<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "gcd",
            usage: "gcd(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the greatest common divisor: monic over a field, over ZZ with its content and a positive leading coefficient",
            example: ("gcd(x^2 - 1, x^2 + 2*x + 1)", "x + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let pair = a.exact_pair()?;
                Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, pair.f.try_gcd(&pair.g)?)))
            },
        },
        Row {
            name: "xgcd",
            usage: "xgcd(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "[g, s, t] with s*f + t*g the greatest common divisor, over a field",
            example: ("xgcd(x^2, x + 1)", "[1, 1, -x + 1]"),
            example_ring: "QQ",
            call: |mut a| {
                let pair = a.exact_pair()?;
                let (g, s, t) = pair.f.try_xgcd(&pair.g)?;
                let name = pair.variable;
                let value = |poly| Value::Polynomial(a.algebra().from_poly(name.clone(), poly));
                Ok(Value::List([g, s, t].map(value).into()))
            },
        },
        Row {
            name: "subresultants",
            usage: "subresultants(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "[S_0, S_1, ..], as many as the smaller degree: S_0 is the resultant, the first that is not zero a multiple of the gcd",
            example: ("subresultants(x^2 - 2, 3*x^2 + 2*x - 1)", "[17, 2*x + 5]"),
            example_ring: "ZZ",
            call: |mut a| {
                let pair = a.exact_pair()?;
                let chain = a.ring().subresultants_of(&pair.f, &pair.g)?;
                let name = pair.variable;
                let value = |poly| Value::Polynomial(a.algebra().from_poly(name.clone(), poly));
                Ok(Value::List(chain.into_iter().map(value).collect()))
            },
        },
        Row {
            name: "lcm",
            usage: "lcm(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the least common multiple, in the normal form of gcd",
            example: ("lcm(x^2 - 1, x^2 + 2*x + 1)", "x^3 + x^2 - x - 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let pair = a.exact_pair()?;
                let multiple = lcm(&pair.f, &pair.g)?;
                Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, multiple)))
            },
        },
        Row {
            name: "invmod",
            usage: "invmod(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the s of smaller degree than g with s*f = 1 modulo g, over a field",
            example: ("invmod(x, x^2 + 1)", "-x"),
            example_ring: "QQ",
            call: |mut a| {
                let pair = a.exact_pair()?;
                Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, pair.f.try_inverse_mod(&pair.g)?)))
            },
        },
        Row {
            name: "ratrecon",
            usage: "ratrecon(f, g, n, d)",
            parameters: &[Poly, Poly, Integer, Integer],
            optional: 0,
            help: "[r, t] with r/t = f modulo g, degree(r) <= n, degree(t) <= d, t monic, in lowest terms",
            example: ("ratrecon(5*x^4 + 3*x^3 + 2*x^2 + x + 1, x^5, 0, 2)", "[-1, x^2 + x - 1]"),
            example_ring: "QQ",
            call: |mut a| {
                let pair = a.exact_pair()?;
                let (n, d) = (a.count()?, a.count()?);
                let (r, t) = pair.f.try_rational_reconstruct(&pair.g, n, d)?;
                let name = pair.variable;
                let value = |poly| Value::Polynomial(a.algebra().from_poly(name.clone(), poly));
                Ok(Value::List([r, t].map(value).into()))
            },
        },
        Row {
            name: "resultant",
            usage: "resultant(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the resultant, 0 exactly when f and g have a common factor",
            example: ("resultant(x^2 - 2, x^2 - 3)", "1"),
            example_ring: "ZZ",
            call: |mut a| {
                let pair = a.exact_pair()?;
                Ok(Value::element(a.ring().resultant_of(&pair.f, &pair.g)?))
            },
        },
        Row {
            name: "discriminant",
            usage: "discriminant(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the discriminant, 0 for constants and when f has a factor twice",
            example: ("discriminant(x^2 + 3*x + 1)", "5"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::element(a.ring().discriminant_of(&f)?))
            },
        },
    ]
}

fn divided<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<(Value<R>, Value<R>)> {
    let pair = a.pair()?;
    if pair.g.is_zero() {
        return Err(Failure::of("division by zero"));
    }
    let (quotient, remainder) = pair.f.try_quo_rem(&pair.g)?;
    let value = |poly| Value::Polynomial(a.algebra().from_poly(pair.variable.clone(), poly));
    Ok((value(quotient), value(remainder)))
}

fn divides<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let pair = a.pair()?;
    Ok(Value::Integer(u8::from(pair.f.try_divides(&pair.g)?).into()))
}

/// In the normal form of a gcd, over rings that are no domain too.
fn lcm<R: Coefficients>(f: &monic::Poly<R>, g: &monic::Poly<R>) -> Outcome<monic::Poly<R>> {
    if f.is_zero() || g.is_zero() {
        return Ok(monic::Poly::zero(f.ring().clone()));
    }
    let multiple = f.try_exact_quo(&f.try_gcd(g)?)?.try_mul(g)?;
    Ok(multiple.try_gcd(&monic::Poly::zero(f.ring().clone()))?)
}
