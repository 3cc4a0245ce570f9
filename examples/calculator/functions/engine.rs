//! The engine from outside: which algorithm a product takes, and the product by one that is named.

use super::{Arguments, Row};
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::{Algorithm as Name, Value as Poly};
use crate::rings::Coefficients;
use crate::value::Value;
use monic::convolution::{Algorithm, Want};

/// The algorithms under the names that they are called by.
const ALGORITHMS: &[(&str, Algorithm)] = &[
    ("schoolbook", Algorithm::Schoolbook),
    ("karatsuba", Algorithm::Karatsuba),
    ("kronecker", Algorithm::Kronecker),
    ("fft", Algorithm::Fft),
    ("ntt", Algorithm::Ntt),
];

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "plan",
            usage: "plan(f, g)",
            parameters: &[Poly, Poly],
            optional: 0,
            help: "the algorithm that the product f*g takes, with its parameters",
            example: ("plan(x + 1, x - 1)", "schoolbook(pairs=4)"),
            example_ring: "RR",
            call: |mut a| {
                let pair = a.pair()?;
                // A square is planned as one where both operands are the same.
                let g = if pair.f == pair.g { &pair.f } else { &pair.g };
                let plan = a.ring().plan(pair.f.coefficients(), g.coefficients(), &Want::full())?;
                Ok(Value::Text(plan.to_string()))
            },
        },
        Row {
            name: "mulby",
            usage: "mulby(NAME, f, g)",
            parameters: &[Name, Poly, Poly],
            optional: 0,
            help: "the product f*g by schoolbook, karatsuba, kronecker, fft or ntt, an error where that does not apply",
            example: ("mulby(ntt, x + 1, x - 1)", "x^2 - 1"),
            example_ring: "ZZ",
            call: mulby,
        },
    ]
}

fn mulby<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let name = a.word()?;
    let Some((_, algorithm)) = ALGORITHMS.iter().find(|(known, _)| *known == name) else {
        let known: Vec<_> = ALGORITHMS.iter().map(|(known, _)| *known).collect();
        return Err(Failure::of(format!("there is no algorithm {name}, only {}", known.join(", "))));
    };
    let pair = a.pair()?;
    a.algebra().hold((pair.f.len() + pair.g.len()) as u64, 0.0)?;
    let product = pair.f.mul_by(&pair.g, *algorithm)?;
    Ok(Value::Polynomial(a.algebra().from_poly(pair.variable, product)))
}
