//! Properties of polynomials over many rings: `(f*g)(a) = f(a)*g(a)`, `f = q*g + r`, `parse(display(f)) = f` and so on.
//!
//! One function a property, over any ring; one test a ring, which draws polynomials of every shape: zero, constants,
//! gaps, negative and large coefficients. Cases that ever failed stand in `main.regressions`; what is quasi-linear, in `algebra`; factors, in `factor`; recurrences, in `sequences`; power series, in `series`;
//! counting, in `generating`; `distributions`; densities.

mod algebra;
mod densities;
mod distributions;
mod factor;
mod generating;
mod roots;
mod sequences;
mod series;

use monic::convolution::{Algorithm, Want};
use monic::ring::{Domain, Field, GcdDomain, Ring, Style};
use monic::{ErrorKind, I64, Poly, PolyRing, QQ, QQ_I, ZZ, ZZ_I, Zmod, ZmodBig};
use num_bigint::{BigInt, BigUint};
use num_complex::Complex;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

type Outcome = Result<(), TestCaseError>;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 40,
        rng_seed: RngSeed::Fixed(2024),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

/// Integers of every size, zero and small ones often.
fn integer() -> impl Strategy<Value = BigInt> {
    prop_oneof![
        3 => (-3i64..=3).prop_map(BigInt::from),
        1 => any::<i64>().prop_map(BigInt::from),
        1 => (any::<i128>(), any::<i128>()).prop_map(|(a, b)| BigInt::from(a) * b),
    ]
}

fn integers(len: usize) -> impl Strategy<Value = Vec<BigInt>> {
    prop::collection::vec(integer(), 0..=len)
}

fn fraction() -> impl Strategy<Value = BigRational> {
    (integer(), prop_oneof![Just(1u64), 1u64..20, 1..=u64::MAX])
        .prop_map(|(p, q)| BigRational::new(p, q.into()))
}

fn fractions(len: usize) -> impl Strategy<Value = Vec<BigRational>> {
    prop::collection::vec(fraction(), 0..=len)
}

// ---- over any commutative exact ring

fn arithmetic<R: Ring>(f: &Poly<R>, g: &Poly<R>, h: &Poly<R>) -> Outcome {
    prop_assert_eq!((f + g) * h, f * h + g * h);
    prop_assert_eq!((f - g) * h, f * h - g * h);
    prop_assert_eq!(f * g, g * f);
    prop_assert_eq!((f * g) * h, f * (g * h));
    prop_assert_eq!(f.square(), f * f);
    prop_assert!((f - f.clone()).is_zero());
    prop_assert_eq!(f + 3 - 3, f.clone());
    prop_assert_eq!(2 * f, f + f);
    prop_assert_eq!(-f + f, Poly::zero(f.ring().clone()));
    let mut sum = f.clone();
    sum += g;
    sum -= f;
    prop_assert_eq!(&sum, g);
    let product = Poly::try_product(f.ring().clone(), [f.clone(), g.clone(), h.clone()]);
    prop_assert_eq!(product, Ok(f * g * h));
    let last = f.leading_coefficient().is_none_or(|c| !f.ring().is_zero(c));
    prop_assert!(last);
    Ok(())
}

fn windows<R: Ring>(f: &Poly<R>, g: &Poly<R>, low: usize, high: usize) -> Outcome {
    let product = f * g;
    let (low, high) = (low.min(high), low.max(high));
    prop_assert_eq!(f.mul_low(g, high), product.truncate(high));
    prop_assert_eq!(f.mul_high(g, low), product.quo_x_pow(low));
    prop_assert_eq!(f.mul_mid(g, low..high), product.truncate(high).quo_x_pow(low));
    for algorithm in
        [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Fft, Algorithm::Ntt]
    {
        match f.mul_by(g, algorithm) {
            Ok(other) => prop_assert_eq!(&other, &product, "{:?}", algorithm),
            Err(error) => prop_assert_eq!(error.kind(), ErrorKind::Unsupported, "{:?}", algorithm),
        }
        if let Ok(window) = f.convolve(g, &Want::range(low..high).by(algorithm)) {
            prop_assert_eq!(window, product.truncate(high).quo_x_pow(low), "{:?}", algorithm);
        }
    }
    Ok(())
}

fn powers<R: Ring>(f: &Poly<R>, low: usize) -> Outcome {
    let mut expected = Poly::one(f.ring().clone());
    for n in 0..5 {
        prop_assert_eq!(&f.pow(n), &expected);
        prop_assert_eq!(f.pow_low(n, low), expected.truncate(low));
        expected *= f;
    }
    prop_assert_eq!(f.mul_x_pow(low).quo_x_pow(low), f.clone());
    Ok(())
}

fn values<R: Ring>(f: &Poly<R>, g: &Poly<R>, a: &R::Element) -> Outcome {
    let ring = f.ring();
    let at = |f: &Poly<R>| f.try_eval(a).expect("no limit is near");
    prop_assert_eq!(at(&(f * g)), ring.mul(&at(f), &at(g)));
    prop_assert_eq!(at(&(f + g)), ring.add(&at(f), &at(g)));
    prop_assert_eq!(at(&f.compose(g)), f.try_eval(&at(g)).expect("no limit is near"));
    prop_assert_eq!(at(&f.inflate(3)), f.try_eval(&ring.pow(a, 3)).expect("no limit is near"));
    if ring.is_zero(&ring.one()) {
        return Ok(()); // no polynomial over the zero ring can be divided by
    }
    let root = Poly::from_vec(ring.clone(), vec![ring.neg(a), ring.one()]);
    let (_, rem) = f.try_quo_rem(&root).expect("monic");
    prop_assert_eq!(rem, Poly::constant(ring.clone(), at(f)));
    Ok(())
}

fn derivatives<R: Ring>(f: &Poly<R>, g: &Poly<R>) -> Outcome {
    prop_assert_eq!((f * g).derivative(), f.derivative() * g + f * g.derivative());
    prop_assert_eq!(f.compose(g).derivative(), f.derivative().compose(g) * g.derivative());
    prop_assert_eq!(f.derivative_n(2), f.derivative().derivative());
    Ok(())
}

fn text<R: Ring>(f: &Poly<R>) -> Outcome {
    for variable in ["t", "long_name2"] {
        let text = f.display(Style::Plain, variable).to_string();
        let read = Poly::parse_in(f.ring().clone(), variable, &text);
        prop_assert_eq!(read.as_ref(), Ok(f), "{}", text);
        if !f.is_constant() {
            prop_assert_eq!(Poly::parse(f.ring().clone(), &text), Ok(f.clone()), "{}", text);
        }
        prop_assert_eq!(Poly::parse_in(f.ring().clone(), variable, &format!("-({text})")), Ok(-f));
    }
    Ok(())
}

fn shapes<R: Ring>(f: &Poly<R>, k: usize) -> Outcome {
    prop_assert_eq!(f.reverse_len(f.len()), f.reverse());
    prop_assert_eq!(f.reverse_len(f.len() + k).reverse_len(f.len() + k), f.clone());
    prop_assert_eq!(f.reverse().reverse_len(f.len()), f.clone());
    prop_assert_eq!(f.inflate(k + 1).deflate(k + 1), Some(f.clone()));
    prop_assert_eq!(f.degree().map_or(0, |d| d + 1), f.len());
    Ok(())
}

/// Division by a polynomial that is made monic, and pseudo-division by any.
fn division<R: Ring>(f: &Poly<R>, g: &Poly<R>) -> Outcome {
    let ring = f.ring();
    if ring.is_zero(&ring.one()) {
        prop_assert_eq!(f.try_quo_rem(g).unwrap_err().kind(), ErrorKind::Undefined);
        return Ok(());
    }
    let monic = Poly::x(ring.clone()).mul_x_pow(g.len()) + g;
    let (q, r) = f.try_quo_rem(&monic).expect("monic");
    prop_assert!(r.len() < monic.len());
    prop_assert_eq!(&(q * &monic + r), f);
    prop_assert_eq!((f * &monic).try_exact_quo(&monic), Ok(f.clone()));
    match g.leading_coefficient() {
        None => prop_assert_eq!(f.try_pseudo_quo_rem(g).unwrap_err().kind(), ErrorKind::Undefined),
        Some(leading) => {
            let (q, r) = f.pseudo_quo_rem(g);
            let d = (f.len() + 1).saturating_sub(g.len());
            prop_assert!(r.len() < g.len());
            prop_assert_eq!(f.scale(&ring.pow(leading, d as u64)), q * g + r);
        }
    }
    Ok(())
}

// ---- over domains and fields

fn exact_division<R: Domain>(f: &Poly<R>, g: &Poly<R>) -> Outcome {
    if g.is_zero() {
        prop_assert_eq!(f.try_exact_quo(g).unwrap_err().kind(), ErrorKind::Undefined);
        return Ok(());
    }
    let product = f * g;
    prop_assert_eq!(&product.exact_quo(g), f);
    prop_assert!(g.divides(&product));
    if g.len() > 1 {
        prop_assert_eq!((product + 1).try_exact_quo(g).unwrap_err().kind(), ErrorKind::NotExact);
        prop_assert_eq!((f * g).degree(), f.degree().map(|d| d + g.len() - 1));
    }
    Ok(())
}

fn divisors<R: GcdDomain>(f: &Poly<R>, g: &Poly<R>, h: &Poly<R>) -> Outcome {
    let gcd = (f * h).gcd(&(g * h));
    prop_assert_eq!(&gcd, &(g * h).gcd(&(f * h)));
    if !f.is_zero() || !g.is_zero() {
        prop_assert!(h.divides(&gcd));
        prop_assert!(h.is_zero() || gcd.divides(&(f * h)) && gcd.divides(&(g * h)));
    }
    // Coprime cofactors have a constant gcd, and normal forms are stable.
    prop_assert_eq!(&gcd.gcd(&Poly::zero(gcd.ring().clone())), &gcd);
    if !gcd.is_zero() {
        let cofactors = (f * h).exact_quo(&gcd).gcd(&(g * h).exact_quo(&gcd));
        prop_assert!(cofactors.is_one());
    }
    let (content, primitive) = (f.content(), f.primitive_part());
    prop_assert_eq!(&primitive.scale(&content), f);
    let lcm = f.lcm(g);
    prop_assert!(f.divides(&lcm) && g.divides(&lcm));
    prop_assert_eq!(lcm.len(), if lcm.is_zero() { 0 } else { f.len() + g.len() - f.gcd(g).len() });
    Ok(())
}

fn resultants<R: GcdDomain>(f: &Poly<R>, g: &Poly<R>, h: &Poly<R>) -> Outcome {
    let ring = f.ring();
    let value = f.resultant(g);
    if !f.is_zero() && !g.is_zero() {
        prop_assert_eq!(ring.is_zero(&value), f.gcd(g).len() > 1);
        prop_assert_eq!(f.resultant(&(g * h)), ring.mul(&value, &f.resultant(h)));
        let odd = (f.len() - 1) * (g.len() - 1) % 2 == 1;
        prop_assert_eq!(g.resultant(f), if odd { ring.neg(&value) } else { value });
    }
    Ok(())
}

fn euclid<R: Field>(f: &Poly<R>, g: &Poly<R>) -> Outcome {
    if g.is_zero() {
        prop_assert_eq!(f.try_quo_rem(g).unwrap_err().kind(), ErrorKind::Undefined);
        return Ok(());
    }
    let (q, r) = f.quo_rem(g);
    prop_assert!(r.len() < g.len());
    prop_assert_eq!(&(&q * g + &r), f);
    prop_assert_eq!((f.quo(g), f.rem(g)), (q, r));
    let (gcd, s, t) = f.xgcd(g);
    prop_assert_eq!(&gcd, &f.gcd(g));
    prop_assert_eq!(&(&s * f + &t * g), &gcd);
    prop_assert!(gcd.is_monic());
    match f.try_inverse_mod(g) {
        Ok(inverse) => prop_assert_eq!((inverse * f).rem(g), Poly::one(f.ring().clone()).rem(g)),
        Err(error) => {
            prop_assert_eq!(error.kind(), ErrorKind::Undefined);
            prop_assert!(gcd.len() > 1);
        }
    }
    prop_assert_eq!(g.monic().scale(g.leading_coefficient().expect("not zero")), g.clone());
    Ok(())
}

/// What holds over every commutative exact ring.
fn commutative<R: Ring>(f: &Poly<R>, g: &Poly<R>, h: &Poly<R>, a: &R::Element) -> Outcome {
    arithmetic(f, g, h)?;
    windows(f, g, 1, 6)?;
    values(&f.truncate(4), h, a)?;
    derivatives(&f.truncate(4), h)?;
    powers(h, 3)?;
    text(f)?;
    shapes(f, 2)?;
    division(f, h)
}

fn prime_field<R: Field>(f: &Poly<R>, g: &Poly<R>, h: &Poly<R>, a: &R::Element) -> Outcome {
    commutative(f, g, h, a)?;
    exact_division(f, g)?;
    divisors(f, g, h)?;
    resultants(f, g, h)?;
    euclid(f, g)
}

fn fraction_of(p: i64, q: i64) -> BigRational {
    BigRational::new(p.into(), q.into())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn over_the_integers(f in integers(12), g in integers(12), h in integers(6), k in 0usize..30) {
        let (f, g, h) = (ZZ.poly(f), ZZ.poly(g), ZZ.poly(h));
        arithmetic(&f, &g, &h)?;
        windows(&f, &g, k, 7)?;
        text(&f)?;
        shapes(&f, k)?;
        division(&f, &h)?;
        exact_division(&f, &g)?;
        divisors(&f.truncate(6), &g.truncate(6), &h)?;
        resultants(&f.truncate(6), &g.truncate(5), &h)?;
        prop_assert_eq!(Poly::from(f.to_integer_vec()), f);
    }

    #[test]
    fn substitution_over_the_integers(f in integers(5), g in integers(4), a in integer(), k in 0usize..12) {
        let (f, g) = (ZZ.poly(f), ZZ.poly(g));
        values(&f, &g, &a)?;
        derivatives(&f, &g)?;
        powers(&f, k)?;
    }

    #[test]
    fn over_the_rationals(f in fractions(5), g in fractions(4), h in fractions(3), a in fraction()) {
        let (f, g, h) = (QQ.poly(f), QQ.poly(g), QQ.poly(h));
        arithmetic(&f, &g, &h)?;
        windows(&f, &g, 2, 5)?;
        values(&f.truncate(3), &h, &a)?;
        derivatives(&f.truncate(3), &h)?;
        powers(&h, 3)?;
        text(&f)?;
        division(&f, &h)?;
        exact_division(&f, &g)?;
        divisors(&f.truncate(3), &g.truncate(3), &h.truncate(2))?;
        resultants(&f.truncate(3), &g.truncate(3), &h.truncate(2))?;
        euclid(&f.truncate(4), &g)?;
        prop_assert_eq!(f.integral().derivative(), f.clone());
        let (numerator, denominator) = f.numerator_denominator();
        prop_assert_eq!(Poly::from_numerator_denominator(&numerator, &denominator), Ok(f.clone()));
        prop_assert_eq!(numerator.to_ring(&QQ), f.scale(&denominator.into()));
    }

    #[test]
    fn in_two_variables(
        f in prop::collection::vec(integers(4), 0..5),
        g in prop::collection::vec(integers(3), 0..4),
        h in prop::collection::vec(integers(2), 0..3),
        a in integers(3),
    ) {
        let zx = PolyRing::new(ZZ, "x");
        let lift = |f: Vec<Vec<BigInt>>| zx.poly(f.into_iter().map(|c| ZZ.poly(c)));
        let (f, g, h, a) = (lift(f), lift(g), lift(h), ZZ.poly(a));
        arithmetic(&f, &g, &h)?;
        windows(&f, &g, 1, 4)?;
        values(&f.truncate(3), &h, &a)?;
        derivatives(&f, &h)?;
        powers(&g, 3)?;
        text(&f)?;
        division(&f, &h)?;
        exact_division(&f, &g)?;
        divisors(&f.truncate(3), &g.truncate(3), &h)?;
        resultants(&f.truncate(3), &g.truncate(3), &h)?;
        // Evaluation in the inner variable is a ring map.
        let at = |f: &Poly<PolyRing<_>>| f.map(&ZZ, |c| c.eval(2));
        prop_assert_eq!(at(&(&f * &g)), at(&f) * at(&g));
    }

    #[test]
    fn over_prime_fields(f in integers(10), g in integers(8), h in integers(4), a in integer(), which in 0usize..4) {
        let word = [2, 3, 998_244_353, u64::MAX - 58][which];
        let field = Zmod::prime(word).expect("prime");
        let big = ZmodBig::prime((BigUint::one() << 127) - 1u8).expect("prime");
        let (f7, g7, h7) = (field.poly(&f), field.poly(&g), field.poly(&h));
        prime_field(&f7, &g7, &h7, &field.from_integer(a.clone()))?;
        prop_assert_eq!(ZZ.poly(&f).to_ring(&field), f7.clone());
        prop_assert_eq!(f7.lift_centred().to_ring(&field), f7);
        prime_field(&big.poly(f), &big.poly(g), &big.poly(h), &big.from_integer(a))?;
    }

    #[test]
    fn over_residue_rings(f in integers(12), g in integers(8), h in integers(4), a in integer(), which in 0usize..6) {
        let ring = match which {
            0 => Zmod::wrapping(),
            k => Zmod::new([1, 4, 6, 1 << 32, u64::MAX][k - 1]),
        };
        let big = ZmodBig::new((BigUint::one() << 200) - 6u8);
        commutative(&ring.poly(&f), &ring.poly(&g), &ring.poly(&h), &ring.from_integer(a.clone()))?;
        commutative(&big.poly(&f), &big.poly(&g), &big.poly(&h), &big.from_integer(a))?;
        // An inverse that does not exist names a factor of the modulus.
        let (f, g) = (ring.poly(f), ring.poly(g));
        if let Err(error) = f.try_gcd(&g) {
            let factor = error.factor().expect("the factor");
            prop_assert!(BigInt::from(ring.modulus()).is_multiple_of(factor) && !factor.is_one());
        }
    }

    #[test]
    fn over_the_gaussian_rationals(
        f in prop::collection::vec((integer(), integer()), 0..5),
        g in prop::collection::vec((integer(), integer()), 0..4),
        h in prop::collection::vec((-3i64..4, -3i64..4), 0..3),
        (a, b) in (-9i64..9, -9i64..9),
    ) {
        let complex = |f: Vec<(BigInt, BigInt)>| f.into_iter().map(|(re, im)| Complex::new(re, im)).collect::<Vec<_>>();
        let small = |f: &[(i64, i64)]| f.iter().map(|&(re, im)| Complex::new(re, im)).collect::<Vec<_>>();
        let (f, g) = (complex(f), complex(g));
        let (fz, gz, hz) = (ZZ_I.poly(&f), ZZ_I.poly(&g), ZZ_I.poly(small(&h)));
        commutative(&fz, &gz, &hz, &Complex::new(a.into(), b.into()))?;
        exact_division(&fz, &gz)?;
        divisors(&fz.truncate(3), &gz.truncate(3), &hz)?;
        let (fq, gq, hq) = (QQ_I.poly(f) / 6, QQ_I.poly(g), QQ_I.poly(small(&h)));
        commutative(&fq.truncate(3), &gq.truncate(3), &hq, &Complex::new(fraction_of(a, 7), fraction_of(b, 3)))?;
        exact_division(&fq, &gq)?;
        euclid(&fq.truncate(3), &gq.truncate(3))?;
    }

    #[test]
    fn over_checked_integers(f in prop::collection::vec(-99i64..100, 0..8), g in prop::collection::vec(any::<i64>(), 0..4)) {
        // Every result is that of Z, or an error of kind overflow where that does not fit.
        let (fc, gc) = (I64.poly(f.iter().copied()), I64.poly(g.iter().copied()));
        let (fz, gz) = (ZZ.poly(f), ZZ.poly(g));
        for (checked, exact) in [
            (fc.try_add(&gc), fz.clone() + &gz),
            (fc.try_sub(&gc), &fz - &gz),
            (fc.try_mul(&gc), &fz * &gz),
            (fc.try_pow(3), fz.pow(3)),
            (gc.try_derivative(1), gz.derivative()),
            (fc.try_compose(&fc), fz.compose(&fz)),
        ] {
            match checked {
                Ok(checked) => prop_assert_eq!(checked.lift(), exact),
                Err(error) => {
                    prop_assert_eq!(error.kind(), ErrorKind::Overflow);
                    // Composition runs through values that may be larger than the result.
                    prop_assert!(exact.try_to_ring(&I64).is_err() || exact.len() > 8, "{exact}");
                }
            }
        }
    }

    #[test]
    fn any_text_is_answered(words in prop::collection::vec(
        prop_oneof![
            Just("x"), Just("y"), Just("("), Just(")"), Just("+"), Just("-"), Just("*"), Just("/"), Just("^"),
            Just("**"), Just("2"), Just("17"), Just("0"), Just("1.5"), Just("2e3"), Just(" "), Just("é"), Just("."),
            Just("["), Just(","), Just("="), Just("i"), Just("∞"),
        ], 0..25)) {
        let text = words.concat();
        for outcome in [ZZ.parse(&text).map(|f| f.to_string()), QQ.parse(&text).map(|f| f.to_string())] {
            if let Err(error) = outcome {
                let position = error.position().expect("every error of the parser has a place");
                prop_assert!(text.is_char_boundary(position), "{text}: {error}");
            }
        }
    }
}

/// Longer operands, where the engine's other algorithms run, once each.
#[test]
fn long_operands() {
    let sample = |len: usize, seed: u64| {
        let mut state = BigInt::from(seed);
        Poly::from_fn(ZZ, len, |_| {
            state = (&state * 6364136223846793005u64 + 1442695040888963407u64) % (BigInt::one() << 90);
            state.clone() - (BigInt::one() << 89)
        })
    };
    for (m, n) in [(300, 300), (1000, 7), (64, 65)] {
        let (f, g, h) = (sample(m, 1), sample(n, 2), sample(n, 3));
        arithmetic(&f, &g, &h).expect("holds");
        exact_division(&g, &f.truncate(40)).expect("holds");
    }
}
