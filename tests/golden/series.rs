//! Functions of power series.

use monic::{
    Poly, QQ, ZZ, Zmod,
    ring::{Elementary, Ring, generic::series},
};
use num_rational::BigRational;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    ring: String,
    operation: String,
    command: String,
    operands: Vec<String>,
    length: usize,
    result: String,
}

const FUNCTIONS: [(&str, Elementary); 12] = [
    ("exp", Elementary::Exp),
    ("log", Elementary::Log),
    ("sin", Elementary::Sin),
    ("cos", Elementary::Cos),
    ("tan", Elementary::Tan),
    ("asin", Elementary::Asin),
    ("atan", Elementary::Atan),
    ("sinh", Elementary::Sinh),
    ("cosh", Elementary::Cosh),
    ("tanh", Elementary::Tanh),
    ("asinh", Elementary::Asinh),
    ("atanh", Elementary::Atanh),
];

fn check<R: Ring>(ring: &R, case: &Case) {
    let parse = |text: &String| {
        Poly::parse(ring.clone(), text).unwrap_or_else(|e| panic!("{text}: {e}")).into_coefficients()
    };
    let (f, n) = (parse(&case.operands[0]), case.length);
    let g = || parse(&case.operands[1]);
    let result = match case.operation.as_str() {
        "inverse" => series::inverse(ring, &f, n),
        "quotient" => series::quotient(ring, &f, &g(), n),
        "sqrt" => series::root(ring, &f, 2, n),
        "power" => {
            let exponent: BigRational = case.operands[1].parse().expect("a fraction");
            series::power(ring, &f, &exponent, n)
        }
        "compose" => series::compose(ring, &f, &g(), n),
        "reverse" => series::reverse(ring, &f, n),
        name => {
            let function = FUNCTIONS.iter().find(|function| function.0 == name);
            let (_, function) =
                function.unwrap_or_else(|| panic!("an operation that this test does not know: {name}"));
            series::elementary(ring, *function, &f, n)
        }
    };
    let of = format!("{} over {} ({}) of {:?}", case.operation, case.ring, case.command, case.operands);
    let result = result.unwrap_or_else(|error| panic!("{of}: {error}"));
    assert_eq!(result.len(), n, "{of}");
    assert_eq!(Poly::from_vec(ring.clone(), result).to_string(), case.result, "{of}");
}

#[test]
fn series() {
    let cases = super::cases::<Case>(include_str!("series.toml"));
    assert!(cases.len() >= 160, "only {} cases", cases.len());
    for case in &cases {
        let number = |prefix: &str| case.ring.strip_prefix(prefix).map(|n| n.trim_end_matches(')').parse());
        match case.ring.as_str() {
            "ZZ" => check(&ZZ, case),
            "QQ" => check(&QQ, case),
            _ => match (number("ZZ/"), number("GF(")) {
                (Some(Ok(n)), _) => check(&Zmod::new(n), case),
                (_, Some(Ok(p))) => check(&Zmod::prime(p).expect("a prime"), case),
                _ => panic!("a ring that this test does not know: {}", case.ring),
            },
        }
    }
}
