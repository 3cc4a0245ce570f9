//! Polynomials and numbers that are known by name, linear recurrences, sums of powers of roots.

use super::{Arguments, Row};
use crate::failure::{Failure, Outcome};
use crate::parser::Parameter::{Integer, Rational, Value as Any};
use crate::rings::Coefficients;
use crate::value::Value;
use monic::{
    Poly,
    sequences::{self, Recurrence},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// The rows of the group.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    let mut rows = polynomials();
    rows.extend(numbers());
    rows.extend(recurrences());
    rows
}

fn polynomials<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "cyclotomic",
            usage: "cyclotomic(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th cyclotomic polynomial, whose roots are the primitive n-th roots of unity",
            example: ("cyclotomic(12)", "x^4 - x^2 + 1"),
            example_ring: "ZZ",
            call: |a| of_order(a, sequences::cyclotomic),
        },
        Row {
            name: "chebyshevt",
            usage: "chebyshevt(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Chebyshev polynomial of the first kind, T(cos t) = cos(n*t)",
            example: ("chebyshevt(5)", "16*x^5 - 20*x^3 + 5*x"),
            example_ring: "ZZ",
            call: |a| of_order(a, sequences::chebyshev_t),
        },
        Row {
            name: "chebyshevu",
            usage: "chebyshevu(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Chebyshev polynomial of the second kind, U(cos t) = sin((n + 1)*t)/sin t",
            example: ("chebyshevu(4)", "16*x^4 - 12*x^2 + 1"),
            example_ring: "ZZ",
            call: |a| of_order(a, sequences::chebyshev_u),
        },
        Row {
            name: "legendre",
            usage: "legendre(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Legendre polynomial, which is 1 at 1",
            example: ("legendre(3)", "5/2*x^3 - 3/2*x"),
            example_ring: "QQ",
            call: |a| of_order(a, sequences::legendre),
        },
        Row {
            name: "hermite",
            usage: "hermite(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Hermite polynomial of the physicists, with leading coefficient 2^n",
            example: ("hermite(4)", "16*x^4 - 48*x^2 + 12"),
            example_ring: "ZZ",
            call: |a| of_order(a, sequences::hermite),
        },
        Row {
            name: "laguerre",
            usage: "laguerre(n, a)",
            parameters: &[Integer, Rational],
            optional: 1,
            help: "the n-th Laguerre polynomial, which is 1 at 0; with a rational a the generalised one",
            example: ("laguerre(2)", "1/2*x^2 - 2*x + 1"),
            example_ring: "QQ",
            call: |mut a| {
                let n = order(&mut a)?;
                let parameter = if a.len() > 0 { a.rational()? } else { BigRational::zero() };
                Ok(a.result(&None, sequences::laguerre(a.ring().clone(), n, parameter)?))
            },
        },
        Row {
            name: "gegenbauer",
            usage: "gegenbauer(n, a)",
            parameters: &[Integer, Rational],
            optional: 0,
            help: "the n-th Gegenbauer polynomial with a rational parameter a; a = 1/2 is Legendre's, a = 1 Chebyshev's of the second kind",
            example: ("gegenbauer(3, 2)", "32*x^3 - 12*x"),
            example_ring: "ZZ",
            call: |mut a| {
                let n = order(&mut a)?;
                let parameter = a.rational()?;
                Ok(a.result(&None, sequences::gegenbauer(a.ring().clone(), n, parameter)?))
            },
        },
        Row {
            name: "jacobi",
            usage: "jacobi(n, a, b)",
            parameters: &[Integer, Rational, Rational],
            optional: 0,
            help: "the n-th Jacobi polynomial with rational parameters a and b",
            example: ("jacobi(2, 1, 0)", "5/2*x^2 + x - 1/2"),
            example_ring: "QQ",
            call: |mut a| {
                let n = order(&mut a)?;
                let (first, second) = (a.rational()?, a.rational()?);
                Ok(a.result(&None, sequences::jacobi(a.ring().clone(), n, first, second)?))
            },
        },
        Row {
            name: "bernoullipoly",
            usage: "bernoullipoly(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Bernoulli polynomial B, with B(x + 1) - B(x) = n*x^(n-1)",
            example: ("bernoullipoly(3)", "x^3 - 3/2*x^2 + 1/2*x"),
            example_ring: "QQ",
            call: |a| of_order(a, sequences::bernoulli_polynomial),
        },
        Row {
            name: "eulerpoly",
            usage: "eulerpoly(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Euler polynomial E, with E(x + 1) + E(x) = 2*x^n",
            example: ("eulerpoly(3)", "x^3 - 3/2*x^2 + 1/4"),
            example_ring: "QQ",
            call: |a| of_order(a, sequences::euler_polynomial),
        },
        Row {
            name: "swinnertondyer",
            usage: "swinnertondyer(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the minimal polynomial of the sum of the square roots of the first n primes",
            example: ("swinnertondyer(2)", "x^4 - 10*x^2 + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let n = u32::try_from(order(&mut a)?).unwrap_or(u32::MAX);
                Ok(a.result(&None, sequences::swinnerton_dyer(a.ring().clone(), n)?))
            },
        },
    ]
}

fn numbers<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "bernoulli",
            usage: "bernoulli(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Bernoulli number, -1/2 for n = 1",
            example: ("bernoulli(12)", "-691/2730"),
            example_ring: "QQ",
            call: |mut a| {
                let number = sequences::bernoulli_number(order(&mut a)?)?;
                Ok(Value::element(a.ring().try_from_rational(number)?))
            },
        },
        Row {
            name: "euler",
            usage: "euler(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Euler number, of the series of 1/cosh x: -1 for n = 2",
            example: ("euler(6)", "-61"),
            example_ring: "ZZ",
            call: |mut a| number(&a.ring().clone(), sequences::euler_number(order(&mut a)?)?),
        },
        Row {
            name: "bell",
            usage: "bell(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Bell number: in how many ways n things fall into parts",
            example: ("bell(10)", "115975"),
            example_ring: "ZZ",
            call: |mut a| number(&a.ring().clone(), sequences::bell_number(order(&mut a)?)?),
        },
        Row {
            name: "stirling1",
            usage: "stirling1(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the Stirling numbers of the first kind s(n, 0), ..., s(n, n), with their signs: the coefficients of x*(x - 1)*...*(x - n + 1)",
            example: ("stirling1(4)", "[0, -6, 11, -6, 1]"),
            example_ring: "ZZ",
            call: |mut a| list(&a.ring().clone(), sequences::stirling_first(order(&mut a)?)?),
        },
        Row {
            name: "stirling2",
            usage: "stirling2(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the Stirling numbers of the second kind S(n, 0), ..., S(n, n): in how many ways n things fall into so many parts",
            example: ("stirling2(4)", "[0, 1, 7, 6, 1]"),
            example_ring: "ZZ",
            call: |mut a| list(&a.ring().clone(), sequences::stirling_second(order(&mut a)?)?),
        },
        Row {
            name: "partitions",
            usage: "partitions(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the generating function of the numbers of partitions modulo x^n",
            example: ("partitions(6)", "7*x^5 + 5*x^4 + 3*x^3 + 2*x^2 + x + 1"),
            example_ring: "ZZ",
            call: |mut a| {
                let n = usize::try_from(order(&mut a)?).unwrap_or(usize::MAX);
                let numbers = sequences::partitions(a.ring(), n)?;
                Ok(a.result(&None, Poly::from_vec(a.ring().clone(), numbers)))
            },
        },
        Row {
            name: "fibonacci",
            usage: "fibonacci(n)",
            parameters: &[Integer],
            optional: 0,
            help: "the n-th Fibonacci number, 0 for n = 0",
            example: ("fibonacci(100)", "354224848179261915075"),
            example_ring: "ZZ",
            call: |mut a| {
                let n = order(&mut a)?;
                Ok(Value::element(sequences::fibonacci(a.ring(), n)?))
            },
        },
    ]
}

fn recurrences<R: Coefficients>() -> Vec<Row<R>> {
    vec![
        Row {
            name: "recurrence",
            usage: "recurrence([c1, c2, ...], [a0, a1, ...], n)",
            parameters: &[Any, Any, Integer],
            optional: 0,
            help: "the term a(n) of a(k) = c1*a(k-1) + c2*a(k-2) + ..., with the first terms a(0), a(1), ...",
            example: ("recurrence([1, 1], [0, 1], 10)", "55"),
            example_ring: "ZZ",
            call: |mut a| {
                let (coefficients, initial) = (a.elements()?, a.elements()?);
                let recurrence = Recurrence::from_vecs(a.ring().clone(), coefficients, initial)?;
                Ok(Value::element(recurrence.term(order(&mut a)?)?))
            },
        },
        Row {
            name: "berlekampmassey",
            usage: "berlekampmassey([a0, a1, ...])",
            parameters: &[Any],
            optional: 0,
            help: "the shortest [c1, c2, ...] with a(k) = c1*a(k-1) + c2*a(k-2) + ... for all terms that have so many before them",
            example: ("berlekampmassey([0, 1, 4, 9, 16, 25])", "[3, -3, 1]"),
            example_ring: "ZZ",
            call: |mut a| {
                let terms = a.elements()?;
                Ok(Value::elements(a.ring().shortest_recurrence(&terms)?))
            },
        },
        Row {
            name: "powersums",
            usage: "powersums(f, n)",
            parameters: &[Any, Integer],
            optional: 0,
            help: "[s1, ..., sn] with sk the sum of the k-th powers of the roots of f, as often as they occur",
            example: ("powersums(x^2 - 5*x + 6, 4)", "[5, 13, 35, 97]"),
            example_ring: "ZZ",
            call: |mut a| {
                let f = a.univariate()?.poly;
                Ok(Value::elements(sequences::power_sums(&f, a.count()?)?))
            },
        },
        Row {
            name: "frompowersums",
            usage: "frompowersums([s1, ..., sn])",
            parameters: &[Any],
            optional: 0,
            help: "the monic polynomial of degree n whose roots have these sums of powers",
            example: ("frompowersums([5, 13])", "x^2 - 5*x + 6"),
            example_ring: "ZZ",
            call: |mut a| {
                let sums = a.elements()?;
                Ok(a.result(&None, sequences::from_power_sums(a.ring().clone(), &sums)?))
            },
        },
    ]
}

/// The polynomial of an order.
fn of_order<R: Coefficients>(
    mut a: Arguments<'_, R>,
    polynomial: fn(R, u64) -> monic::Result<Poly<R>>,
) -> Outcome<Value<R>> {
    let n = order(&mut a)?;
    Ok(a.result(&None, polynomial(a.ring().clone(), n)?))
}

/// The number of a term or a polynomial.
fn order<R: Coefficients>(a: &mut Arguments<'_, R>) -> Outcome<u64> {
    let n = a.integer()?;
    n.to_u64().ok_or_else(|| {
        Failure::of(if n.is_negative() {
            "a non-negative integer is expected here".into()
        } else {
            format!("numbers of terms and orders are below the limit of 2^64, not of {} bits", n.bits())
        })
    })
}

fn number<R: Coefficients>(ring: &R, n: BigInt) -> Outcome<Value<R>> {
    Ok(Value::element(ring.try_from_integer(n)?))
}

fn list<R: Coefficients>(ring: &R, numbers: Vec<BigInt>) -> Outcome<Value<R>> {
    let elements = numbers.into_iter().map(|n| ring.try_from_integer(n)).collect::<monic::Result<_>>()?;
    Ok(Value::elements(elements))
}
