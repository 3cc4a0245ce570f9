//! Numbers and polynomials known by name.

use monic::{
    Poly, QQ, ZZ, Zmod,
    ring::Ring,
    sequences::{self as s, Recurrence},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use serde::Deserialize;
use std::fmt::Display;

#[derive(Deserialize)]
struct Case {
    ring: String,
    function: String,
    arguments: Vec<String>,
    command: String,
    result: String,
}

fn integers(list: &str) -> Vec<BigInt> {
    list.trim_matches(['[', ']']).split(", ").map(|n| n.parse().expect("an integer")).collect()
}

fn list(numbers: &[BigInt]) -> String {
    format!("[{}]", numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

/// What can be mapped into any ring.
fn in_ring<R: Ring>(ring: R, case: &Case) -> Option<String>
where
    Poly<R>: Display,
    R::Element: Display,
{
    let n: u64 = case.arguments[0].parse().unwrap_or(0);
    let parameter = |i: usize| -> BigRational { case.arguments[i].parse().expect("a fraction") };
    let polynomial = match case.function.as_str() {
        "cyclotomic" => s::cyclotomic(ring, n),
        "chebyshev_t" => s::chebyshev_t(ring, n),
        "chebyshev_u" => s::chebyshev_u(ring, n),
        "hermite" => s::hermite(ring, n),
        "legendre" => s::legendre(ring, n),
        "laguerre" => s::laguerre(ring, n, parameter(1)),
        "gegenbauer" => s::gegenbauer(ring, n, parameter(1)),
        "jacobi" => s::jacobi(ring, n, parameter(1), parameter(2)),
        "bernoulli_polynomial" => s::bernoulli_polynomial(ring, n),
        "euler_polynomial" => s::euler_polynomial(ring, n),
        "swinnerton_dyer" => s::swinnerton_dyer(ring, n as u32),
        "fibonacci" => return Some(s::fibonacci(&ring, n).expect("small").to_string()),
        "recurrence" => {
            let of = |i: usize| {
                integers(&case.arguments[i]).into_iter().map(|c| ring.from_integer(c)).collect::<Vec<_>>()
            };
            let recurrence = Recurrence::from_vecs(ring.clone(), of(0), of(1)).expect("as many");
            let n: u64 = case.arguments[2].parse().expect("a number");
            assert_eq!(recurrence.terms(n, 3).expect("small")[0], recurrence.term(n).expect("small"));
            return Some(recurrence.term(n).expect("small").to_string());
        }
        _ => return None,
    };
    Some(polynomial.expect("defined").to_string())
}

fn number(case: &Case) -> String {
    let n: u64 = case.arguments[0].parse().expect("a number");
    let at = n as usize;
    match case.function.as_str() {
        "bernoulli_number" => {
            let all = s::bernoulli_numbers(at + 1).expect("small");
            assert_eq!(s::bernoulli_number(n).expect("small"), all[at]);
            all[at].to_string()
        }
        "euler_number" => {
            let all = s::euler_numbers(at + 1).expect("small");
            assert_eq!(s::euler_number(n).expect("small"), all[at]);
            all[at].to_string()
        }
        "bell_number" => {
            let all = s::bell_numbers(at + 1).expect("small");
            assert_eq!(s::bell_number(n).expect("small"), all[at]);
            all[at].to_string()
        }
        "partition_number" => s::partition_number(n).expect("small").to_string(),
        "stirling_first" => list(&s::stirling_first(n).expect("small")),
        "stirling_second" => list(&s::stirling_second(n).expect("small")),
        other => panic!("a function that this test does not know: {other}"),
    }
}

#[test]
fn sequences() {
    let cases = super::cases::<Case>(include_str!("sequences.toml"));
    assert!(cases.len() >= 100, "only {} cases", cases.len());
    for case in &cases {
        let result = match case.ring.strip_prefix("GF(").and_then(|rest| rest.strip_suffix(')')) {
            Some(p) => in_ring(Zmod::prime(p.parse().expect("a word")).expect("a prime"), case),
            None if case.ring == "QQ" => in_ring(QQ, case),
            None => in_ring(ZZ, case),
        };
        let result = result.unwrap_or_else(|| number(case));
        assert_eq!(result, case.result, "{}({:?}), {}", case.function, case.arguments, case.command);
    }
}
