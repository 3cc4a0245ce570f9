//! Factors and roots.

use super::{Arguments, Row};
use crate::algebra::Name;
use crate::failure::Outcome;
use crate::parser::Parameter::Value as Poly;
use crate::rings::Coefficients;
use crate::value::Value;
use monic::Factored;

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "squarefree",
            usage: "squarefree(f)",
            parameters: &[Poly],
            optional: 0,
            help: "f as a product of powers of square-free factors without common divisors, one for each exponent",
            example: ("squarefree(x^5 + x^4 + x^3 + x^2)", "(x)^2*(x^3 + x^2 + x + 1)"),
            example_ring: "GF(7)",
            call: |mut a| {
                let f = a.univariate()?;
                product(f.variable, a.ring().squarefree_of(&f.poly)?)
            },
        },
        Row {
            name: "factor",
            usage: "factor(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the irreducible factors of f, after a constant, by degree and then by coefficients",
            example: ("factor(2*x^4 + 2)", "2*(x^2 + 2)*(x^2 + 3)"),
            example_ring: "GF(5)",
            call: |mut a| {
                let f = a.univariate()?;
                product(f.variable, a.ring().factor_of(&f.poly)?)
            },
        },
        Row {
            name: "irreducible",
            usage: "irreducible(f)",
            parameters: &[Poly],
            optional: 0,
            help: "1 where f is irreducible, 0 where it is not, or constant",
            example: ("irreducible(x^2 + 1)", "1"),
            example_ring: "GF(7)",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::Integer(u8::from(a.ring().is_irreducible_of(&f)?).into()))
            },
        },
        Row {
            name: "roots",
            usage: "roots(f)",
            parameters: &[Poly],
            optional: 0,
            help: "the roots of f in the ring, ascending, each with its multiplicity: the largest e for which (x - r)^e divides f",
            example: ("roots(x^2*(2*x - 1)*(x^2 - 2))", "[[0, 2], [1/2, 1]]"),
            example_ring: "QQ",
            call: roots,
        },
    ]
}

fn product<R: Coefficients>(variable: Name, factored: Factored<R>) -> Outcome<Value<R>> {
    Ok(Value::Product(variable, factored))
}

fn roots<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let f = a.univariate()?.poly;
    let roots = a.ring().roots_of(&f)?.into_iter();
    let pair = |(root, times): (R::Element, usize)| {
        Value::List(vec![Value::element(root), Value::Integer(times.into())])
    };
    Ok(Value::List(roots.map(pair).collect()))
}
