//! Identities between operations, on polynomials from dense to very sparse in one to three variables.

use super::{Algebra, Monomial, Name, Polynomial, Terms};
use monic::{Integers, ZZ};
use num_bigint::BigInt;

/// A fixed sequence of numbers that look random: xorshift64*, Vigna 2016.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % n
    }

    /// Up to so many terms with exponents below `degree`.
    fn polynomial(
        &mut self,
        algebra: &Algebra<Integers>,
        names: &[&str],
        terms: usize,
        degree: u64,
    ) -> Polynomial<Integers> {
        let mut map = Terms::<Integers>::new();
        for _ in 0..terms {
            let factors = names.iter().map(|name| (Name::from(*name), self.below(degree) as u32));
            map.insert(Monomial::product(factors.collect::<Vec<_>>()), BigInt::from(self.below(19)) - 9);
        }
        algebra.from_terms(map)
    }
}

/// The sum of all products of terms, one by one.
fn naive_product(
    algebra: &Algebra<Integers>,
    f: &Polynomial<Integers>,
    g: &Polynomial<Integers>,
) -> Terms<Integers> {
    let (f, g) = (algebra.to_terms(f.clone()).unwrap(), algebra.to_terms(g.clone()).unwrap());
    let mut product = Terms::<Integers>::new();
    for (m, c) in &f {
        for (n, d) in &g {
            *product.entry(m.times(n).unwrap()).or_default() += c * d;
        }
    }
    product.retain(|_, c| *c != BigInt::ZERO);
    product
}

/// Names, terms and degrees from dense to sparse, in one to three variables.
const SHAPES: &[(&[&str], usize, u64)] = &[
    (&["x"], 1, 1),
    (&["x"], 1, 1000),
    (&["x"], 200, 100),
    (&["x"], 5, 30_000_000),
    (&["y"], 40, 300),
    (&["x", "y"], 60, 6),
    (&["x", "y"], 6, 10_000_000),
    (&["x", "y", "z"], 100, 4),
    (&["a", "z"], 20, 9),
];

fn pairs() -> impl Iterator<Item = (Algebra<Integers>, Polynomial<Integers>, Polynomial<Integers>)> {
    let algebra = Algebra::new(ZZ);
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let index = (0..SHAPES.len()).flat_map(|i| (0..SHAPES.len()).map(move |j| (i, j)));
    index.map(move |(i, j)| {
        let mut make = |(names, terms, degree): (&[&str], usize, u64)| {
            numbers.polynomial(&algebra, names, terms, degree)
        };
        let (f, g) = (make(SHAPES[i]), make(SHAPES[j]));
        (algebra.clone(), f, g)
    })
}

fn terms(algebra: &Algebra<Integers>, f: Polynomial<Integers>) -> Terms<Integers> {
    algebra.to_terms(f).unwrap()
}

#[test]
fn products_are_sums_of_products_of_terms() {
    for (algebra, f, g) in pairs() {
        let product = algebra.mul(f.clone(), g.clone()).unwrap();
        assert_eq!(terms(&algebra, product), naive_product(&algebra, &f, &g), "{f:?} {g:?}");
    }
}

#[test]
fn sums_and_differences() {
    for (algebra, f, g) in pairs() {
        let sum = algebra.add(f.clone(), g.clone()).unwrap();
        let swapped = algebra.add(g.clone(), f.clone()).unwrap();
        assert_eq!(terms(&algebra, sum.clone()), terms(&algebra, swapped));
        let back = algebra.sub(sum.clone(), g.clone()).unwrap();
        assert_eq!(terms(&algebra, back), terms(&algebra, f.clone()));
        let minus_f = algebra.sub(g.clone(), sum).unwrap();
        assert_eq!(terms(&algebra, algebra.neg(minus_f).unwrap()), terms(&algebra, f.clone()));
        let zero = algebra.sub(f.clone(), f).unwrap();
        assert!(algebra.is_zero(&zero));
    }
}

#[test]
fn quotients_undo_products() {
    for (algebra, f, g) in pairs() {
        if algebra.is_zero(&g) || f.len() * g.len() > 4000 {
            continue;
        }
        // A degree that the library's dense form would not hold is an error there and not a wrong answer.
        let product = algebra.mul(f.clone(), g.clone()).unwrap();
        if let Ok(quotient) = algebra.exact_quo(product.clone(), g.clone()) {
            assert_eq!(terms(&algebra, quotient), terms(&algebra, f));
        }
        let one = Polynomial::Constant(BigInt::from(1));
        if g.len() > 1 {
            assert!(algebra.exact_quo(algebra.add(product, one).unwrap(), g).is_err());
        }
    }
}

#[test]
fn powers_are_repeated_products() {
    let algebra = Algebra::new(ZZ);
    let mut numbers = Numbers(7);
    for (names, count, degree) in SHAPES {
        let f = numbers.polynomial(&algebra, names, (*count).min(30), *degree);
        let mut power = Polynomial::Constant(BigInt::from(1));
        for n in 0_u32..5 {
            let direct = algebra.pow(f.clone(), &n.into()).unwrap();
            assert_eq!(terms(&algebra, direct), terms(&algebra, power.clone()), "{f:?} ^ {n}");
            power = algebra.mul(power, f.clone()).unwrap();
        }
    }
}

#[test]
fn values_are_a_ring_map() {
    let point = || Polynomial::Constant(BigInt::from(-1));
    for (algebra, f, g) in pairs() {
        if algebra.main_variable(&f) != algebra.main_variable(&g) {
            continue;
        }
        let value = |f: &Polynomial<Integers>| algebra.substitute(f.clone(), point()).unwrap();
        let of_product = value(&algebra.mul(f.clone(), g.clone()).unwrap());
        let product = algebra.mul(value(&f), value(&g)).unwrap();
        assert_eq!(terms(&algebra, of_product), terms(&algebra, product), "{f:?} {g:?}");
    }
}

#[test]
fn derivatives_obey_the_product_rule() {
    for (algebra, f, g) in pairs() {
        if algebra.main_variable(&f) != algebra.main_variable(&g) {
            continue;
        }
        let d = |f: Polynomial<Integers>| algebra.derivative(f, 1).unwrap();
        let left = d(algebra.mul(f.clone(), g.clone()).unwrap());
        let (a, b) =
            (algebra.mul(d(f.clone()), g.clone()).unwrap(), algebra.mul(f.clone(), d(g.clone())).unwrap());
        assert_eq!(terms(&algebra, left), terms(&algebra, algebra.add(a, b).unwrap()));
        let twice = d(d(f.clone()));
        assert_eq!(terms(&algebra, algebra.derivative(f, 2).unwrap()), terms(&algebra, twice));
    }
}
