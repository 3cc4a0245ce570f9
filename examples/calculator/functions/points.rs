//! Values at many points, and the polynomial through many values.

use super::{Arguments, Row};
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::Value as List;
use crate::rings::Coefficients;
use crate::value::Value;
use monic::Poly;

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
    ]
}

fn multieval<R: Coefficients>(mut a: Arguments<'_, R>) -> Outcome<Value<R>> {
    let (f, points) = (a.univariate()?.poly, a.elements()?);
    let point =
        points.iter().map(|x| a.ring().log2_norm(std::slice::from_ref(x)).max(0.0)).fold(0.0, f64::max);
    let bits = a.ring().log2_norm(f.coefficients()) + f.len() as f64 * point;
    a.algebra().hold(points.len() as u64, bits)?;
    Ok(Value::List(f.try_eval_many(&points)?.into_iter().map(Value::element).collect()))
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
