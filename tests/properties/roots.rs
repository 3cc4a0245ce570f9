//! Properties of roots: those that a polynomial was made of come back, counts agree with Sturm's, intervals have signs at their ends, discs hold what they
//! say.

use super::{Outcome, config, fraction, integers};
use monic::roots::{RealRoot, sturm::SturmSequence};
use monic::{Integers, Poly, QQ, RR, ZZ, roots::ball::ComplexBall};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use proptest::prelude::*;
use std::cmp::Ordering;

fn small() -> impl Strategy<Value = BigRational> {
    prop_oneof![
        3 => (-20i64..=20, 1i64..=8).prop_map(|(p, q)| BigRational::new(p.into(), q.into())),
        1 => fraction(),
    ]
}

fn sign_at(f: &Poly<Integers>, x: &BigRational) -> Sign {
    f.to_ring(&QQ).eval(x.clone()).numer().sign()
}

/// What must hold of the real roots of any polynomial that is not zero.
fn isolated(f: &Poly<Integers>) -> Result<Vec<RealRoot>, TestCaseError> {
    let roots = f.real_roots();
    let sturm = SturmSequence::try_new(f).expect("not zero");
    prop_assert_eq!(roots.len(), sturm.count());
    for root in &roots {
        let (a, b) = root.interval();
        match root.exact() {
            Some(x) => {
                prop_assert!(*x == a && a == b);
                prop_assert_eq!(sign_at(f, x), Sign::NoSign);
            }
            None => {
                prop_assert!(a < b);
                prop_assert_eq!(sturm.count_between(&a, &b), 1);
                prop_assert!(sign_at(f, &a) != Sign::NoSign && sign_at(f, &b) != Sign::NoSign);
                // Even multiplicities keep the sign.
                prop_assert_eq!(sign_at(f, &a) == sign_at(f, &b), root.multiplicity() % 2 == 0);
                prop_assert_eq!(sign_at(root.polynomial(), &a), -sign_at(root.polynomial(), &b));
            }
        }
        prop_assert_eq!(root.sign_of(f), Sign::NoSign);
    }
    for pair in roots.windows(2) {
        prop_assert!(pair[0].interval().1 < pair[1].interval().0);
        prop_assert_eq!(pair[0].compare(&pair[1]), Ordering::Less);
    }
    Ok(roots)
}

/// Decimals and floats are the nearest ones: the true root is within half of the last place.
fn digits(root: &RealRoot, decimals: u32) -> Outcome {
    let text = root.to_decimal(decimals);
    let value: BigRational = BigRational::new(
        text.replace('.', "").parse::<BigInt>().expect("digits"),
        BigInt::from(10).pow(decimals),
    );
    let half = BigRational::new(1.into(), BigInt::from(2) * BigInt::from(10).pow(decimals));
    prop_assert!(root.compare_rational(&(&value - &half)) != Ordering::Less, "{}", text);
    prop_assert!(root.compare_rational(&(&value + &half)) != Ordering::Greater, "{}", text);
    let x = root.to_f64();
    for neighbour in [x.next_down(), x.next_up()] {
        let exact = |x: f64| BigRational::from_float(x).expect("finite");
        let between = (exact(x) + exact(neighbour)) / BigInt::from(2);
        let order = root.compare_rational(&between);
        prop_assert!(order == Ordering::Equal || (order == Ordering::Less) == (neighbour > x));
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rational_roots_come_back(
        mut known in prop::collection::vec((small(), 1usize..4), 0..6),
        rest in integers(5),
        scale in 1i64..100,
    ) {
        known.sort();
        known.dedup_by(|a, b| a.0 == b.0);
        let mut f = QQ.poly([scale]);
        for (root, times) in &known {
            f *= QQ.poly([-root, BigRational::from_integer(1.into())]).pow(*times as u64);
        }
        // Times something without real roots.
        let square = ZZ.poly(rest).to_ring(&QQ).square() + QQ.poly([1]);
        let found = (f * square).real_roots();
        let found: Vec<_> = found.iter().map(|r| (r.exact().expect("exact").clone(), r.multiplicity())).collect();
        prop_assert_eq!(found, known);
    }

    #[test]
    fn intervals_isolate(f in integers(10), g in integers(4), times in 1u64..4) {
        let f = ZZ.poly(f) * ZZ.poly(g).pow(times);
        if !f.is_zero() {
            for (k, mut root) in isolated(&f)?.into_iter().enumerate() {
                digits(&root, 3 * k as u32)?;
                root.refine(-200);
                let (a, b) = root.interval();
                prop_assert!(b - a <= BigRational::new(1.into(), BigInt::from(1) << 200u32));
            }
        }
    }

    /// Roots of products that are close to each other, to dyadic numbers and to 0.
    #[test]
    fn close_roots(a in -40i64..40, e in 0u32..80, c in -3i64..=3, n in 2usize..12) {
        let scale = BigInt::from(1) << e;
        // ((2^e*x - a)^2 - 2)*(x^n - c) + c
        let close = ZZ.poly([BigInt::from(-a), scale]).square() - ZZ.poly([2]);
        let power = ZZ.x().pow(n as u64) - ZZ.poly([c]);
        let f = &close * &power + ZZ.poly([c]);
        isolated(&f)?;
        isolated(&(close * power))?;
    }

    #[test]
    fn discs_hold_roots(f in integers(8), g in integers(3)) {
        let f = ZZ.poly(f) * ZZ.poly(g).square();
        if f.is_zero() {
            return Ok(());
        }
        let roots = f.complex_roots(40);
        let count: usize = roots.iter().map(|r| r.multiplicity()).sum();
        prop_assert_eq!(Some(count), f.degree());
        let real = f.real_roots();
        prop_assert_eq!(roots.iter().filter(|r| r.is_real()).count(), real.len());
        for (disc, root) in roots.iter().zip(&real) {
            let (disc, r) = (disc.disc(), root);
            let (low, high) = (disc.re() - disc.radius(), disc.re() + disc.radius());
            prop_assert!(r.compare_rational(&low.to_rational()) != Ordering::Less);
            prop_assert!(r.compare_rational(&high.to_rational()) != Ordering::Greater);
        }
        for (i, root) in roots.iter().enumerate() {
            let radius = root.disc().radius();
            prop_assert!(radius.is_zero() || *radius <= root.disc().abs_upper().scaled(-40));
            prop_assert!(roots[..i].iter().all(|other| other.disc().is_disjoint(root.disc())));
            let image: Vec<&ComplexBall> = roots.iter().map(|r| r.disc()).filter(|d| **d == root.disc().conj()).collect();
            prop_assert_eq!(image.len(), 1);
        }
    }

    /// Discs of doubles hold the certified roots of the same coefficients.
    #[test]
    fn floats_are_honest(c in prop::collection::vec(-50i64..50, 1..14)) {
        let f = ZZ.poly(c.iter().copied());
        if f.is_zero() {
            return Ok(());
        }
        let found = RR.poly(c.iter().map(|&c| c as f64)).try_complex_roots().expect("finite");
        prop_assert_eq!(Some(found.len()), f.degree());
        let truth = f.complex_roots(80);
        for root in &found {
            let near = truth.iter().map(|t| (t.to_complex() - root.value).norm()).fold(f64::INFINITY, f64::min);
            prop_assert!(near <= root.radius + 1e-15 * root.value.norm(), "{:?}: {}", root, near);
            prop_assert!(root.radius.is_finite());
        }
    }
}

#[test]
fn hostile() {
    assert!(ZZ.poly([0]).try_real_roots().is_err() && QQ.poly([0]).try_complex_roots(10).is_err());
    assert!(ZZ.poly([-7]).real_roots().is_empty() && ZZ.poly([7]).complex_roots(10).is_empty());
    let power = ZZ.x().pow(1000).real_roots();
    assert_eq!((power.len(), power[0].multiplicity(), power[0].to_decimal(1)), (1, 1000, "0.0".into()));
    // Huge coefficients; roots that are as far apart as they can be.
    let f = ZZ.parse("(2^2000*x - 1)*(x - 2^2000)*(x^2 - 2)*(2^1999*x^2 - 3)").unwrap();
    assert_eq!(f.real_roots().len(), 6);
    // A cluster at 2^-600.
    let f = ZZ.parse("x^30 - 2*(2^40*x - 1)^2").unwrap();
    let roots = f.real_roots();
    assert_eq!(roots.len(), 4);
    assert!(roots.iter().all(|r| r.multiplicity() == 1));
}
