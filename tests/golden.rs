//! Values from other systems: every case of `tests/golden/*.toml`, by every algorithm that applies.
//!
//! The files hold operands and results as text, beside the command that gave them. A product is computed by each
//! algorithm that can be forced, the rest by the one way there is.

#[path = "golden/factor_extension.rs"]
mod factor_extension;
#[path = "golden/factor_finite.rs"]
mod factor_finite;
#[path = "golden/factor_integers.rs"]
mod factor_integers;
#[path = "golden/roots.rs"]
mod roots;
#[path = "golden/sequences.rs"]
mod sequences;
#[path = "golden/series.rs"]
mod series;

use monic::convolution::Algorithm;
use monic::poly::Poly;
use monic::ring::{GcdDomain, Ring, Style};
use monic::{ErrorKind, PrimeField, PrimeFieldBig, QQ, ZZ, Zmod, ZmodBig};
use num_bigint::BigUint;
use serde::{Deserialize, de::DeserializeOwned};
use std::fmt;

/// The cases of a file.
fn cases<C: DeserializeOwned>(text: &str) -> Vec<C> {
    #[derive(Deserialize)]
    struct File<C> {
        case: Vec<C>,
    }
    toml::from_str::<File<C>>(text).expect("well-formed").case
}

#[derive(Deserialize)]
struct Case {
    ring: String,
    operation: String,
    command: String,
    operands: Vec<String>,
    result: String,
}

const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Fft, Algorithm::Ntt];

/// What holds over any ring; `None` for an operation that needs more.
fn run<R: Ring>(ring: &R, case: &Case) -> Option<Vec<String>> {
    let parse = |text: &String| Poly::parse(ring.clone(), text).unwrap_or_else(|e| panic!("{text}: {e}"));
    // Lists stay text.
    let lists = case.operation == "interpolate";
    let f = if lists { Poly::zero(ring.clone()) } else { parse(&case.operands[0]) };
    let g = case.operands.get(1).filter(|_| !lists).map(parse);
    let g = || g.as_ref().expect("a second operand");
    let text = |p: Poly<R>| p.to_string();
    let constant = |p: &Poly<R>| p.coefficient(0);
    Some(match case.operation.as_str() {
        "mul" => {
            let mut results = vec![text(&f * g())];
            let mut applied = 0;
            for algorithm in ALGORITHMS {
                match f.mul_by(g(), algorithm) {
                    Ok(product) => {
                        applied += 1;
                        results.push(text(product));
                    }
                    Err(error) => assert_eq!(error.kind(), ErrorKind::Unsupported, "{algorithm:?}: {error}"),
                }
            }
            assert!(applied >= 4, "{}: only {applied} algorithms apply", case.ring);
            results
        }
        "square" => vec![text(f.square()), text(&f * &f)],
        "pow" => vec![text(f.try_pow(case.operands[1].parse().expect("an exponent")).expect("small"))],
        "gcd" => vec![text(f.try_gcd(g()).expect("defined"))],
        "exact_quo" => vec![text(f.try_exact_quo(g()).expect("divisible"))],
        "quo" => vec![text(f.try_quo_rem(g()).expect("defined").0)],
        "rem" => vec![text(f.try_quo_rem(g()).expect("defined").1)],
        "compose" => vec![text(f.try_compose(g()).expect("small"))],
        "derivative" => vec![text(f.derivative())],
        "integral" => vec![text(f.try_integral().expect("over a field"))],
        "eval" => {
            let value = f.try_eval(&constant(g())).expect("small");
            vec![text(Poly::constant(ring.clone(), value))]
        }
        "shift" => vec![
            text(f.try_taylor_shift(&constant(g())).expect("defined")),
            text(f.try_compose(&(Poly::x(ring.clone()) + g())).expect("small")),
        ],
        "pseudo_rem" => vec![text(f.try_pseudo_quo_rem(g()).expect("defined").1)],
        "powmod" => {
            let n: BigUint = case.operands[2].parse().expect("an exponent");
            vec![text(f.try_pow_mod(&n, g()).expect("defined"))]
        }
        "invmod" => vec![text(f.try_inverse_mod(g()).expect("an inverse"))],
        "xgcd" => {
            let (d, s, t) = f.try_xgcd(g()).expect("defined");
            vec![[d, s, t].map(text).join("; ")]
        }
        "interpolate" => {
            let list = |text: &str| -> Vec<R::Element> {
                text.split(", ").map(|v| constant(&parse(&v.into()))).collect()
            };
            let [points, values] = [0, 1].map(|i| list(&case.operands[i]));
            vec![text(Poly::try_interpolate(ring, &points, &values).expect("points apart"))]
        }
        _ => return None,
    })
}

fn run_gcd_domain<R: GcdDomain>(ring: &R, case: &Case) -> Vec<String> {
    run(ring, case).unwrap_or_else(|| {
        let parse = |text: &String| Poly::parse(ring.clone(), text).expect("an operand");
        let f = parse(&case.operands[0]);
        let g = || parse(&case.operands[1]);
        let value = match case.operation.as_str() {
            "content" => f.content(),
            "resultant" => f.resultant(&g()),
            "discriminant" => f.discriminant(),
            "lcm" => return vec![f.lcm(&g()).to_string()],
            other => panic!("an operation that this test does not know: {other}"),
        };
        vec![Element(ring, value).to_string()]
    })
}

struct Element<'a, R: Ring>(&'a R, R::Element);

impl<R: Ring> fmt::Display for Element<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_element(&self.1, Style::Plain, f)
    }
}

fn results(case: &Case) -> Vec<String> {
    let known = || panic!("an operation that this test does not know: {}", case.operation);
    if let Some(n) = case.ring.strip_prefix("ZZ/") {
        let n: BigUint = n.parse().expect("a modulus");
        return match u64::try_from(&n) {
            Ok(word) => run(&Zmod::new(word), case).unwrap_or_else(known),
            Err(_) if n == BigUint::from(1u128 << 64) => run(&Zmod::wrapping(), case).unwrap_or_else(known),
            Err(_) => run(&ZmodBig::new(n), case).unwrap_or_else(known),
        };
    }
    if let Some(p) = case.ring.strip_prefix("GF(").and_then(|rest| rest.strip_suffix(')')) {
        let p: BigUint = p.parse().expect("a prime");
        return match u64::try_from(&p) {
            Ok(word) => {
                let field: PrimeField = Zmod::prime(word).expect("a prime");
                run_gcd_domain(&field, case)
            }
            Err(_) => {
                let field: PrimeFieldBig = ZmodBig::prime(p).expect("a prime");
                run_gcd_domain(&field, case)
            }
        };
    }
    match case.ring.as_str() {
        "ZZ" => run_gcd_domain(&ZZ, case),
        "QQ" => run_gcd_domain(&QQ, case),
        other => panic!("a ring that this test does not know: {other}"),
    }
}

fn hold(file: &str, least: usize) {
    let cases = cases::<Case>(file);
    assert!(cases.len() >= least, "only {} cases", cases.len());
    for case in &cases {
        for result in results(case) {
            assert_eq!(
                result, case.result,
                "{} over {} ({}) of {:?}",
                case.operation, case.ring, case.command, case.operands
            );
        }
    }
}

#[test]
fn integers() {
    hold(include_str!("golden/integers.toml"), 40);
}

#[test]
fn rationals() {
    hold(include_str!("golden/rationals.toml"), 21);
}

#[test]
fn residues() {
    hold(include_str!("golden/residues.toml"), 48);
}

#[test]
fn algebra() {
    hold(include_str!("golden/algebra.toml"), 200);
}
