//! Properties of power series: identities between their functions, over fields of many characteristics, over Q and over Z.
//!
//! What a ring does not define is an error, never another value: where a function fails over GF(p), `n` is over `p`, or the constant coefficient is one that
//! has no value.

use super::{Outcome, config, fraction, fractions};
use monic::{
    ErrorKind, Poly, PrimeField, QQ, Series, ZZ, Zmod,
    ring::{Elementary, Ring},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

fn field() -> impl Strategy<Value = PrimeField> {
    let primes = [2u64, 3, 5, 101, 65_537, 998_244_353, (1 << 61) - 1];
    prop::sample::select(primes.to_vec()).prop_map(|p| Zmod::prime(p).expect("a prime"))
}

/// Words, a few of them or many.
fn words() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![3 => prop::collection::vec(any::<u64>(), 1..12), 1 => prop::collection::vec(any::<u64>(), 60..300)]
}

/// A series of these coefficients with another constant one, known as far as there are coefficients.
fn series(field: PrimeField, words: &[u64], constant: u64) -> Series<PrimeField> {
    let mut coefficients: Vec<u64> = words.iter().map(|&c| field.word_modulus().reduce(c)).collect();
    coefficients[0] = constant;
    Series::from_vec(field, coefficients, words.len())
}

/// The value, or none where it is not defined.
fn defined<T>(value: monic::Result<T>) -> Result<Option<T>, TestCaseError> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(error) => {
            prop_assert!(matches!(error.kind(), ErrorKind::Undefined | ErrorKind::NotExact), "{error}");
            Ok(None)
        }
    }
}

/// `exp(log f) = f`, `(exp f)' = f'*exp f`, `sin^2 + cos^2 = 1`, `tan = sin/cos`, functions and their inverses.
fn exponentials<R: Ring>(f: &Series<R>, unit: &Series<R>) -> Outcome {
    let one = Series::constant(f.ring().clone(), f.ring().one(), f.precision());
    if let Some(e) = defined(f.exp())? {
        prop_assert_eq!(e.derivative()?, f.derivative()?.try_mul(&e.truncate(f.precision() - 1)?)?);
        if let Some(log) = defined(e.log())? {
            prop_assert_eq!(&log, f);
        }
        if let Some((sinh, cosh)) = defined(f.sinh())?.zip(defined(f.cosh())?) {
            prop_assert_eq!(&(&sinh + &cosh), &e);
            prop_assert_eq!(
                cosh.try_mul(&cosh)?.try_sub(&sinh.try_mul(&sinh)?)?.truncate(f.precision())?,
                one.clone()
            );
        }
    }
    if let Some(log) = defined(unit.log())?
        && let Some(e) = defined(log.exp())?
    {
        prop_assert_eq!(&e, unit);
    }
    if let Some((s, c)) = defined(f.sin_cos())? {
        prop_assert_eq!(s.try_mul(&s)?.truncate(f.precision())?.try_add(&c.try_mul(&c)?)?, one);
        prop_assert_eq!(&s.derivative()?, &f.derivative()?.try_mul(&c.truncate(f.precision() - 1)?)?);
        if let Some(t) = defined(f.tan())? {
            prop_assert_eq!(&t.try_mul(&c)?.truncate(s.precision())?, &s);
        }
    }
    for (function, inverse) in [
        (Elementary::Sin, Elementary::Asin),
        (Elementary::Tan, Elementary::Atan),
        (Elementary::Sinh, Elementary::Asinh),
        (Elementary::Tanh, Elementary::Atanh),
    ] {
        if let Some(value) = defined(f.elementary(function))?
            && let Some(back) = defined(value.elementary(inverse))?
        {
            prop_assert_eq!(&back, f);
        }
    }
    Ok(())
}

/// `(f^a)^b = f^(a*b)` and `f^a*f^b = f^(a+b)`, as far as all of them are defined.
fn powers<R: Ring>(f: &Series<R>, a: &BigRational, b: &BigRational) -> Outcome {
    let Some(first) = defined(f.power(a))? else { return Ok(()) };
    if let Some((both, whole)) = defined(first.power(b))?.zip(defined(f.power(&(a * b)))?) {
        let known = both.precision().min(whole.precision());
        prop_assert_eq!(both.truncate(known)?, whole.truncate(known)?);
    }
    if let Some((second, sum)) = defined(f.power(b))?.zip(defined(f.power(&(a + b)))?) {
        let product = first.try_mul(&second)?;
        let known = product.precision().min(sum.precision());
        prop_assert_eq!(product.truncate(known)?, sum.truncate(known)?);
    }
    Ok(())
}

/// `f(r) = x = r(f)` for the reverse `r`, and Lagrange's theorem `k*[x^k] r = [x^(k-1)] (x/f)^k`.
fn reversions<R: Ring>(f: &Series<R>) -> Outcome {
    let Some(r) = defined(f.reversion())? else { return Ok(()) };
    let x = Series::x(f.ring().clone(), f.precision());
    prop_assert_eq!(&f.compose(&r)?, &x);
    prop_assert_eq!(&r.compose(f)?, &x);
    let ring = f.ring();
    let quotient = x.quo(f)?;
    for k in [1, 2, 3, f.precision() - 1].into_iter().filter(|&k| 0 < k && k < f.precision()) {
        let power = quotient.power(&BigRational::from_integer(k.into()))?;
        let coefficient = r.coefficient(k).expect("it is known");
        prop_assert_eq!(
            power.coefficient(k - 1).expect("it is known"),
            ring.mul(&ring.from_integer(k.into()), &coefficient)
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn over_prime_fields(f in words(), g in words(), field in field(), shift in 0usize..4) {
        let mut spread = vec![0; shift + 1];
        spread.extend(&f[1..]);
        exponentials(&series(field, &spread, 0), &series(field, &g, 1))?;
        if f.len() > 1 {
            reversions(&series(field, &f, 0))?;
        }
    }

    #[test]
    fn powers_over_prime_fields(
        f in words(),
        field in field(),
        shift in 0usize..3,
        exponents in ((-7i64..8, 1i64..4), (-7i64..8, 1i64..4)),
        huge in any::<i64>(),
    ) {
        let mut coefficients = vec![0; shift];
        coefficients.extend(f.iter().map(|&c| field.word_modulus().reduce(c)));
        // Roots of other first coefficients are only the same up to a root of 1.
        if let Some(first) = coefficients.iter_mut().find(|c| **c != 0) {
            *first = 1;
        }
        let f = Series::from_vec(field, coefficients.clone(), coefficients.len());
        let [a, b] = [exponents.0, exponents.1].map(|(n, d)| BigRational::new(n.into(), d.into()));
        powers(&f, &a, &b)?;
        if f.valuation() == Some(0) {
            powers(&f, &BigRational::from_integer(huge.into()), &b)?;
        }
    }

    #[test]
    fn over_rationals(f in fractions(12), g in fractions(12), a in fraction(), k in 1u64..4) {
        let with = |mut f: Vec<BigRational>, constant: i64| {
            f.insert(0, BigRational::from_integer(constant.into()));
            let n = f.len();
            Series::from_vec(QQ, f, n)
        };
        let (f, unit) = (with(f, 0), with(g, 1));
        exponentials(&f, &unit)?;
        powers(&unit, &a, &BigRational::new(1.into(), k.into()))?;
        if f.precision() > 1 {
            reversions(&f)?;
        }
    }

    #[test]
    fn over_integers(f in prop::collection::vec(-9i64..10, 1..40), g in prop::collection::vec(-9i64..10, 1..40), unit in any::<bool>()) {
        let unit = if unit { 1 } else { -1 };
        let mut inner = vec![0, unit];
        inner.extend(&g);
        let n = inner.len();
        let inner = Series::new(ZZ, inner, n);
        reversions(&inner)?;
        // Over Q the composition is the same.
        let outer = Series::new(ZZ, f.clone(), n);
        let rational = |f: &Series<_>| {
            let coefficients: &[BigInt] = f.coefficients();
            Series::from_vec(QQ, coefficients.iter().cloned().map(Into::into).collect(), f.precision())
        };
        prop_assert_eq!(rational(&outer.compose(&inner)?), rational(&outer).compose(&rational(&inner))?);
        // Whatever is integral is found.
        let square = outer.try_mul(&outer)?;
        if let Some(v) = outer.valuation() {
            let root = square.sqrt()?;
            let known = root.precision();
            prop_assert!(root == outer.truncate(known)? || root == outer.truncate(known)?.try_neg()?, "{}", v);
        }
        let quotient = Poly::new(ZZ, f.clone()) * Poly::new(ZZ, g.clone());
        if !Poly::<monic::Integers>::new(ZZ, g.clone()).is_zero() {
            prop_assert_eq!(quotient.try_quo_series(&Poly::new(ZZ, g), f.len())?, Poly::new(ZZ, f));
        }
    }
}
