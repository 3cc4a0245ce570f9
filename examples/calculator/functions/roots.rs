//! Real and complex roots.

use super::{Arguments, Row};
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::{Integer, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;
use num_rational::BigRational;

/// More decimals than this are refused.
const MOST_DECIMALS: usize = 1_000_000;

/// Those of the group of factoring.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "realroots",
            usage: "realroots(f, d)",
            parameters: &[Poly, Integer],
            optional: 1,
            help: "each distinct real root once, ascending: as an interval [a, b] that has no other, with a = b for a root that is exactly a; or with d decimals",
            example: ("realroots((x^2 - 2)*(2*x - 1), 5)", "[-1.41421, 0.50000, 1.41421]"),
            example_ring: "ZZ",
            call: real,
        },
        Row {
            name: "complexroots",
            usage: "complexroots(f, d)",
            parameters: &[Poly, Integer],
            optional: 1,
            help: "the complex roots, as often as they are roots: real ones ascending, then the others by real and imaginary part; as floats, or with d decimals",
            example: ("complexroots(x^3 - 1, 3)", "[1.000, -0.500 - 0.866*i, -0.500 + 0.866*i]"),
            example_ring: "QQ",
            call: complex,
        },
    ]
}

/// The number of decimals, where one was given.
fn decimals<R: Coefficients>(a: &mut Arguments<'_, R>) -> Outcome<Option<u32>> {
    if a.len() == 0 {
        return Ok(None);
    }
    match a.number_of("decimals")? {
        d if d <= MOST_DECIMALS => Ok(Some(d as u32)),
        _ => Err(Failure::of(format!("more than {MOST_DECIMALS} decimals are not computed"))),
    }
}

/// A fraction, or the integer that it is.
fn number<R: Coefficients>(x: BigRational) -> Value<R> {
    if x.is_integer() { Value::Integer(x.to_integer()) } else { Value::Fraction(x) }
}

fn real<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?.poly;
    let digits = decimals(&mut a)?;
    let roots = a.ring().real_roots_of(&f)?;
    let value = |root: &monic::roots::RealRoot| match digits {
        Some(d) => Ok(Value::Text(root.try_to_decimal(d)?)),
        None => {
            let (low, high) = root.interval();
            Ok(Value::List(vec![number(low), number(high)]))
        }
    };
    Ok(Value::List(roots.iter().map(value).collect::<Outcome<_>>()?))
}

fn complex<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?.poly;
    let digits = decimals(&mut a)?;
    let roots = a.ring().complex_roots_of(&f, digits)?;
    Ok(Value::List(roots.into_iter().map(Value::Text).collect()))
}
