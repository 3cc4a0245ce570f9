//! Values at many points, and the polynomial through many values; remainders by many polynomials, and the polynomial that has them.

use super::{Arguments, Row};
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::{Integer, Value as List};
use crate::rings::Coefficients;
use crate::value::Value;
use monic::{Nodes, Poly};

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "multieval",
            usage: "multieval(f, [a, b, ...])",
            parameters: &[List, List],
            optional: 0,
            help: "the list of the values of f at many points",
            example: ("multieval(x^2, [1, 2, 3])", "[1, 4, 9]"),
            example_ring: "ZZ",
            call: multieval,
        },
        Row {
            name: "interpolate",
            usage: "interpolate([x0, x1, ...], [y0, y1, ...])",
            parameters: &[List, List],
            optional: 0,
            help: "the polynomial of smallest degree that has the values y at the points x",
            example: ("interpolate([0, 1, 2], [1, 2, 5])", "x^2 + 1"),
            example_ring: "QQ",
            call: interpolate,
        },
        Row {
            name: "barycentric",
            usage: "barycentric([x0, x1, ...], [y0, y1, ...], a)",
            parameters: &[List, List, List],
            optional: 0,
            help: "the value at a of the polynomial of smallest degree that has the values y at the points x",
            example: ("barycentric([0, 1, 2], [1, 2, 5], 3)", "10"),
            example_ring: "QQ",
            call: barycentric,
        },
        Row {
            name: "fromroots",
            usage: "fromroots([a, b, ...])",
            parameters: &[List],
            optional: 0,
            help: "the monic polynomial with these roots, (x - a)*(x - b)*...",
            example: ("fromroots([1, -2, 0])", "x^3 + x^2 - 2*x"),
            example_ring: "ZZ",
            call: |mut a| {
                let roots = a.elements()?;
                let leaves = roots.iter().map(|root| {
                    Ok(Poly::from_vec(a.ring().clone(), vec![a.ring().try_neg(root)?, a.ring().one()]))
                });
                let leaves = leaves.collect::<Outcome<Vec<_>>>()?;
                Ok(a.result(&None, Poly::try_product(a.ring().clone(), leaves)?))
            },
        },
        Row {
            name: "evalgeometric",
            usage: "evalgeometric(f, a, q, n)",
            parameters: &[List, List, List, Integer],
            optional: 0,
            help: "the list of the values of f at the n points a, a*q, a*q^2, ...",
            example: ("evalgeometric(x^2, 3, 2, 4)", "[9, 36, 144, 576]"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                let (start, ratio, n) = (a.element()?, a.element()?, a.count()?);
                Ok(Value::elements(f.try_eval_geometric(&start, &ratio, n)?))
            },
        },
        Row {
            name: "interpolategeometric",
            usage: "interpolategeometric(a, q, [y0, y1, ...])",
            parameters: &[List, List, List],
            optional: 0,
            help: "the polynomial of smallest degree that has the values y at a, a*q, a*q^2, ...",
            example: ("interpolategeometric(3, 2, [9, 36, 144, 576])", "x^2"),
            example_ring: "ZZ",
            call: |mut a| {
                let (start, ratio, values) = (a.element()?, a.element()?, a.elements()?);
                Ok(a.result(&None, Poly::try_interpolate_geometric(a.ring(), &start, &ratio, &values)?))
            },
        },
        Row {
            name: "shiftsamples",
            usage: "shiftsamples([y0, y1, ...], a, m)",
            parameters: &[List, List, Integer],
            optional: 0,
            help: "the list of the values at a, a+1, ..., a+m-1 of the polynomial of smallest degree that has the values y at 0, 1, 2, ...",
            example: ("shiftsamples([0, 1, 4], 10, 3)", "[100, 121, 144]"),
            example_ring: "ZZ",
            call: |mut a| {
                let (values, start, m) = (a.elements()?, a.element()?, a.count()?);
                Ok(Value::elements(Poly::try_shift_samples(a.ring(), &values, &start, m)?))
            },
        },
        Row {
            name: "remmany",
            usage: "remmany(f, [g, h, ...])",
            parameters: &[List, List],
            optional: 0,
            help: "the list of the remainders of f by many polynomials",
            example: ("remmany(x^3, [x - 1, x^2 + 1])", "[1, -x]"),
            example_ring: "ZZ",
            call: |mut a| {
                let mut variable = None;
                let f = a.polynomial_in(&mut variable)?;
                let remainders = f.try_rem_many(&a.polynomials(&mut variable)?)?;
                Ok(Value::List(remainders.into_iter().map(|r| a.result(&variable, r)).collect()))
            },
        },
        Row {
            name: "crt",
            usage: "crt([r, s, ...], [g, h, ...])",
            parameters: &[List, List],
            optional: 0,
            help: "the polynomial of smallest degree that is r modulo g, s modulo h, ...; any two of the moduli are coprime",
            example: ("crt([1, -x], [x - 1, x^2 + 1])", "x^2 - x + 1"),
            example_ring: "QQ",
            call: |mut a| {
                let mut variable = None;
                let (residues, moduli) = (a.polynomials(&mut variable)?, a.polynomials(&mut variable)?);
                Ok(a.result(&variable, Poly::try_crt(a.ring(), &residues, &moduli)?))
            },
        },
    ]
}

fn barycentric<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let (points, values, x) = (a.elements()?, a.elements()?, a.element()?);
    Ok(Value::element(Nodes::try_new(a.ring(), &points)?.try_eval(&values, &x)?))
}

fn multieval<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let (f, points) = (a.univariate()?.poly, a.elements()?);
    let point =
        points.iter().map(|x| a.ring().log2_norm(std::slice::from_ref(x)).max(0.0)).fold(0.0, f64::max);
    let bits = a.ring().log2_norm(f.coefficients()) + f.len() as f64 * point;
    a.algebra().hold(points.len() as u64, bits)?;
    Ok(Value::elements(f.try_eval_many(&points)?))
}

fn interpolate<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let (points, values) = (a.elements()?, a.elements()?);
    if points.len() != values.len() {
        return Err(Failure::of(format!(
            "{} points and {} values: as many are needed",
            points.len(),
            values.len()
        )));
    }
    let f = Poly::try_interpolate(a.ring(), &points, &values)?;
    Ok(Value::Polynomial(a.algebra().from_poly("x".into(), f)))
}
