//! Against trial division, and products of factors that pass Rabin's test in its plainest form.

use super::super::random::Random;
use crate::ring::{ExtensionField, FiniteField, Ring, Zmod, ZmodBig};
use crate::{Factored, Poly};
use num_bigint::BigUint;

/// All monic polynomials of a degree over a field of few elements.
fn monic<F: FiniteField>(field: &F, degree: u32) -> impl Iterator<Item = Poly<F>> {
    let q = u64::try_from(field.order()).unwrap();
    (0..q.pow(degree)).map(move |mut n| {
        let mut coefficients = Vec::new();
        for _ in 0..degree {
            coefficients.push(field.nth_element(&(n % q).into()));
            n /= q;
        }
        coefficients.push(field.one());
        Poly::from_vec(field.clone(), coefficients)
    })
}

/// The number of times that one polynomial divides another.
fn multiplicity<F: FiniteField>(f: &mut Poly<F>, factor: &Poly<F>) -> usize {
    let mut times = 0;
    while let Ok(quotient) = f.try_exact_quo(factor) {
        *f = quotient;
        times += 1;
    }
    times
}

/// The factors by the way that there is for all fields, also where the field has one of its own.
fn by_distinct_degrees<F: FiniteField>(f: &Poly<F>) -> Factored<F> {
    let mut factors = Vec::new();
    for (part, exponent) in super::squarefree::parts(f).unwrap() {
        let irreducible = super::squarefree_factors(&part).unwrap();
        factors.extend(irreducible.into_iter().map(|factor| (factor, exponent)));
    }
    Factored::new(f.ring().clone(), f.leading_coefficient().unwrap().clone(), factors)
}

/// Where small prime fields have a way of their own, it gives the same; also the roots.
#[test]
fn two_ways_agree() {
    for (p, degree) in [(2, 90), (3, 60), (7, 40), (61, 30), (251, 20)] {
        let field = Zmod::prime(p).unwrap();
        let mut random = Random::new(p);
        for round in 0..6 {
            let mut f = random.poly(&field, degree);
            if round % 2 == 1 {
                let part = random.poly(&field, 3);
                f = f * &part * &part;
            }
            if f.is_zero() {
                continue;
            }
            let factored = f.factor();
            assert_eq!(factored, by_distinct_degrees(&f), "{f}");
            let linear = factored.iter().filter(|(factor, _)| factor.len() == 2);
            let mut expected: Vec<_> = linear.map(|(f, e)| (field.neg(&f.coefficients()[0]), *e)).collect();
            expected.sort_unstable();
            assert_eq!(f.roots(), expected);
        }
    }
}

/// All polynomials of small degrees over a field, against trial division.
fn exhaustive<F: FiniteField>(field: &F, degree: u32) {
    let mut irreducible: Vec<Poly<F>> = Vec::new();
    for d in 1..=degree {
        let mut found = Vec::new();
        for f in monic(field, d) {
            let mut rest = f.clone();
            let mut expected = Vec::new();
            for factor in irreducible.iter().take_while(|g| 2 * (g.len() - 1) <= d as usize) {
                let times = multiplicity(&mut rest, factor);
                expected.extend((times > 0).then(|| (factor.clone(), times)));
            }
            if rest.len() > 1 {
                let times = irreducible.iter().find(|g| **g == rest).map_or(0, |_| 1);
                if times == 0 {
                    found.push(rest.clone());
                }
                expected.push((rest, 1));
            }
            let factored = f.factor();
            assert_eq!(by_distinct_degrees(&f), factored, "{f}");
            assert_eq!(factored, Factored::new(field.clone(), field.one(), expected.clone()), "{f}");
            assert_eq!(f.is_irreducible(), expected.len() == 1 && expected[0].1 == 1, "{f}");
            let squarefree = f.squarefree();
            assert_eq!(squarefree.expand(), f);
            let mut exponents: Vec<usize> = expected.iter().map(|(_, e)| *e).collect();
            exponents.sort_unstable();
            exponents.dedup();
            let mut listed: Vec<usize> = squarefree.iter().map(|(_, e)| *e).collect();
            listed.sort_unstable();
            assert_eq!(listed, exponents, "{f}");
            if exponents == [1] {
                let count = |(d, n): (usize, usize)| {
                    n == expected.iter().filter(|(factor, _)| factor.len() - 1 == d).count()
                };
                assert!(f.try_factor_degrees().unwrap().into_iter().all(count));
            } else {
                assert!(f.try_factor_degrees().is_err());
            }
        }
        irreducible.extend(found);
    }
}

#[test]
fn all_of_small_degrees() {
    exhaustive(&Zmod::prime(2).unwrap(), 7);
    exhaustive(&Zmod::prime(3).unwrap(), 4);
    exhaustive(&Zmod::prime(5).unwrap(), 3);
}

/// Rabin's test by powers alone.
fn is_irreducible<F: FiniteField>(f: &Poly<F>) -> bool {
    let n = f.len() - 1;
    let divisor = f.divisor();
    let x = divisor.rem(&Poly::x(f.ring().clone()));
    let mut power = x.clone();
    for d in 1..=n {
        power = divisor.pow(&power, f.ring().order());
        let fixed = &power - &x;
        if d < n && n.is_multiple_of(d) && !f.gcd(&fixed).is_one() {
            return false;
        }
    }
    power == x
}

fn check<F: FiniteField>(f: &Poly<F>) -> Factored<F> {
    let factored = f.factor();
    assert_eq!(factored.expand(), *f);
    for (factor, _) in &factored {
        assert!(factor.is_monic() && is_irreducible(factor), "{factor} of {f}");
        assert!(factor.is_irreducible());
    }
    let squarefree = f.squarefree();
    assert_eq!(squarefree.expand(), *f);
    assert_eq!(f.is_irreducible(), factored.len() == 1 && factored.factors()[0].1 == 1);
    factored
}

/// Random polynomials, products of powers, many factors of one degree.
fn products<F: FiniteField>(field: &F, len: usize) {
    let mut random = Random::new(7);
    let mut draw = |n: usize| &random.poly(field, n) + &Poly::monomial(field.clone(), field.one(), n);
    check(&draw(len));
    check(&(draw(len / 2) * draw(len / 3)));
    let (f, g, h) = (draw(2), draw(3), draw(4));
    let product = f.pow(5) * g.pow(2) * &h;
    let factored = check(&product);
    assert_eq!(factored, f.pow(5).factor().try_mul(&(g.pow(2) * &h).factor()).unwrap());
    let linear: Vec<_> = (0..len / 2).map(|_| draw(1)).collect();
    let product = Poly::try_product(field.clone(), linear).unwrap();
    assert!(check(&product).iter().all(|(factor, _)| factor.len() == 2));
    for d in [2, 3] {
        let parts: Vec<_> = (0..40).map(|_| draw(d)).filter(is_irreducible).take(len / 6).collect();
        let count = parts.len();
        let factored = check(&Poly::try_product(field.clone(), parts).unwrap());
        assert_eq!(factored.iter().map(|(_, e)| e).sum::<usize>(), count);
    }
    // x^n - 1 and p-th powers.
    let x = Poly::x(field.clone());
    check(&(x.pow(24) - Poly::one(field.clone())));
    check(&(x.pow(9) * draw(2).scale(&field.nth_element(&BigUint::from(5u8)))));
    if let Ok(p) = u64::try_from(field.characteristic())
        && p < 6
    {
        check(&(draw(3).pow(p * p) * draw(2).pow(p) * draw(1)));
    }
}

#[test]
fn products_modulo_words() {
    for p in [2, 3, 5, 101, 65_537, 998_244_353, (1 << 31) - 1, (1 << 61) - 1, 18_446_744_073_709_551_557] {
        products(&Zmod::prime(p).unwrap(), 30);
    }
}

#[test]
fn products_modulo_big_primes() {
    for e in [89u32, 127] {
        products(&ZmodBig::prime((BigUint::from(1u8) << e) - 1u8).unwrap(), 12);
    }
}

#[test]
fn over_extensions() {
    let field = |p: u64, k: usize| ExtensionField::new(Zmod::prime(p).unwrap(), k).unwrap();
    exhaustive(&field(2, 2), 2);
    exhaustive(&field(3, 2), 2);
    for (p, k) in [(2, 5), (2, 21), (3, 4), (101, 3), ((1 << 61) - 1, 2)] {
        products(&field(p, k), 6);
    }
}

#[test]
fn degenerate() {
    let field = Zmod::prime(7).unwrap();
    assert_eq!(field.poly::<i64>([]).factor().to_string(), "0");
    assert_eq!(field.poly([3]).factor().to_string(), "3");
    assert_eq!(field.poly([3]).squarefree().to_string(), "3");
    assert_eq!(field.poly([0, 0, 0, 2]).factor().to_string(), "2*(x)^3");
    assert_eq!(field.poly([3, 2]).factor().to_string(), "2*(x + 5)");
    assert!(!field.poly::<i64>([]).is_irreducible() && !field.poly([3]).is_irreducible());
    assert!(field.poly([0, 1]).is_irreducible() && !field.poly([0, 0, 1]).is_irreducible());
    assert!(field.poly::<i64>([]).try_factor_degrees().is_err());
    assert_eq!(field.poly([3]).try_factor_degrees().unwrap(), []);
    let high = field.poly([1, 1]).pow(1000) * field.poly([2, 1]).pow(7) * field.poly([1, 0, 1]).pow(49);
    assert_eq!(high.factor().to_string(), "(x + 1)^1000*(x + 2)^7*(x^2 + 1)^49");
}

/// Degrees over all lengths of baby steps.
#[test]
fn irreducible_of_any_degree() {
    for (p, top) in [(2u64, 40), (998_244_353, 14)] {
        let field = Zmod::prime(p).unwrap();
        let mut random = Random::new(3);
        for n in 2..top {
            let f = (0..)
                .map(|_| random.poly(&field, n) + field.x().pow(n as u64))
                .find(|f| f.is_irreducible())
                .unwrap();
            assert!(is_irreducible(&f));
            assert_eq!(check(&(&f * field.poly([1, 1]))).factors().last(), Some(&(f, 1)));
        }
    }
}

/// Where the word of the caller is wrong.
#[test]
fn a_modulus_that_is_no_prime_ends() {
    // Fermat's number F7: powers of (n - 1)/2 are never 1.
    let field = ZmodBig::assume_prime((BigUint::from(1u8) << 128u8) + 1u8);
    for text in ["x^2 - 1", "x^4 - 1"] {
        let f = field.parse(text).unwrap();
        assert!(f.try_roots().unwrap_err().message().ends_with("its characteristic is not prime"));
        assert!(f.try_factor().unwrap_err().message().ends_with("its characteristic is not prime"));
    }
    // Powers of 3 are not all of the 2^128 units, and -1 is none of them.
    let error = field.try_root(&4u8.into(), 2).unwrap_err();
    assert!(error.message().ends_with("whose characteristic is not prime"));
    #[cfg(feature = "rand")]
    {
        use rand::{SeedableRng, rngs::StdRng};
        let field = ZmodBig::assume_prime(((1u128 << 61) - 1) * ((1 << 61) - 31));
        let error = Poly::try_random_irreducible(field, 10, &mut StdRng::seed_from_u64(1)).unwrap_err();
        assert!(error.message().ends_with("its characteristic is not prime"));
    }
}
