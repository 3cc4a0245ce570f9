//! Coefficients in other bases than the powers of the variable, both ways.

use super::Row;
use crate::parser::Parameter::{Integer, Value as List};
use crate::rings::Coefficients;
use crate::value::Value;
use monic::Poly;

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "tonewton",
            usage: "tonewton(f, [x0, x1, ...])",
            parameters: &[List, List],
            optional: 0,
            help: "[c0, c1, ...] with f = c0 + c1*(x - x0) + c2*(x - x0)*(x - x1) + ...",
            example: ("tonewton(x^2, [1, 2])", "[1, 3, 1]"),
            example_ring: "ZZ",
            call: |mut a| {
                let (f, nodes) = (a.univariate()?.poly, a.elements()?);
                Ok(Value::elements(f.try_to_newton(&nodes)?))
            },
        },
        Row {
            name: "fromnewton",
            usage: "fromnewton([c0, c1, ...], [x0, x1, ...])",
            parameters: &[List, List],
            optional: 0,
            help: "the polynomial c0 + c1*(x - x0) + c2*(x - x0)*(x - x1) + ...",
            example: ("fromnewton([1, 3, 1], [1, 2])", "x^2"),
            example_ring: "ZZ",
            call: |mut a| {
                let (c, nodes) = (a.elements()?, a.elements()?);
                Ok(a.result(&None, Poly::try_from_newton(a.ring(), &c, &nodes)?))
            },
        },
        Row {
            name: "tofalling",
            usage: "tofalling(f)",
            parameters: &[List],
            optional: 0,
            help: "[c0, c1, ...] with f = c0 + c1*x + c2*x*(x - 1) + c3*x*(x - 1)*(x - 2) + ..., in falling factorials",
            example: ("tofalling(x^3)", "[0, 1, 3, 1]"),
            example_ring: "ZZ",
            call: |mut a| Ok(Value::elements(a.univariate()?.poly.try_to_falling_factorials()?)),
        },
        Row {
            name: "fromfalling",
            usage: "fromfalling([c0, c1, ...])",
            parameters: &[List],
            optional: 0,
            help: "the polynomial c0 + c1*x + c2*x*(x - 1) + c3*x*(x - 1)*(x - 2) + ...",
            example: ("fromfalling([0, 0, 0, 1])", "x^3 - 3*x^2 + 2*x"),
            example_ring: "ZZ",
            call: |mut a| {
                let c = a.elements()?;
                Ok(a.result(&None, Poly::try_from_falling_factorials(a.ring(), &c)?))
            },
        },
        Row {
            name: "tobernstein",
            usage: "tobernstein(f, n)",
            parameters: &[List, Integer],
            optional: 0,
            help: "[b0, b1, ...] with f the sum of bk*binomial(n, k)*x^k*(1 - x)^(n-k), in the basis of Bernstein of degree n",
            example: ("tobernstein(x, 2)", "[0, 1/2, 1]"),
            example_ring: "QQ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::elements(f.try_to_bernstein(a.count()?)?))
            },
        },
        Row {
            name: "frombernstein",
            usage: "frombernstein([b0, b1, ...])",
            parameters: &[List],
            optional: 0,
            help: "the polynomial with these coefficients in the basis of Bernstein, of a degree one less than their number",
            example: ("frombernstein([0, 1, 0])", "-2*x^2 + 2*x"),
            example_ring: "ZZ",
            call: |mut a| {
                let b = a.elements()?;
                Ok(a.result(&None, Poly::try_from_bernstein(a.ring(), &b)?))
            },
        },
        Row {
            name: "tochebyshev",
            usage: "tochebyshev(f)",
            parameters: &[List],
            optional: 0,
            help: "[c0, c1, ...] with f = c0 + c1*T1 + c2*T2 + ..., in Chebyshev polynomials of the first kind",
            example: ("tochebyshev(x^2)", "[1/2, 0, 1/2]"),
            example_ring: "QQ",
            call: |mut a| Ok(Value::elements(a.univariate()?.poly.try_to_chebyshev()?)),
        },
        Row {
            name: "fromchebyshev",
            usage: "fromchebyshev([c0, c1, ...])",
            parameters: &[List],
            optional: 0,
            help: "the polynomial c0 + c1*T1 + c2*T2 + ..., with Chebyshev polynomials of the first kind",
            example: ("fromchebyshev([0, 0, 0, 1])", "4*x^3 - 3*x"),
            example_ring: "ZZ",
            call: |mut a| {
                let c = a.elements()?;
                Ok(a.result(&None, Poly::try_from_chebyshev(a.ring(), &c)?))
            },
        },
    ]
}
