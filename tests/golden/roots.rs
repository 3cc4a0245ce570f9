//! Real and complex roots.

use monic::QQ;
use num_rational::BigRational;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    polynomial: String,
    command: String,
    real: Vec<String>,
    complex: Vec<(String, String)>,
    between: usize,
}

#[test]
fn roots() {
    for case in super::cases::<Case>(include_str!("roots.toml")) {
        let Case { polynomial, command, real, mut complex, between } = case;
        let f = QQ.parse(&polynomial).expect("a polynomial");
        let of = format!("{polynomial}: {command}");
        let found: Vec<String> = f.real_roots().iter().map(|root| root.to_decimal(30)).collect();
        assert_eq!(found, real, "{of}");
        let mut found: Vec<(String, String)> =
            f.complex_roots(10).iter().map(|root| root.to_decimal(30)).collect();
        found.sort();
        complex.sort();
        assert_eq!(found, complex, "{of}");
        let [zero, two] = [0, 2].map(|n| BigRational::from_integer(n.into()));
        assert_eq!(f.count_real_roots(&zero..=&two).expect("not zero"), between, "{of}");
    }
}
