//! Properties that tie the quasi-linear operations to each other: `f = q*g + r`, `s*f + t*g = gcd`, `res(f, g) = prod g(x_i)`,
//! interpolation of values, a shift and back; at lengths around every threshold and beyond.

use super::{Outcome, config};
use monic::{
    Poly, PrimeField, QQ, ZZ, Zmod, ZmodBig,
    ring::{Field, Ring},
};
use num_bigint::BigUint;
use proptest::prelude::*;

/// Lengths of all kinds, long ones seldom.
fn length() -> impl Strategy<Value = usize> {
    prop_oneof![3 => 0usize..10, 3 => 10usize..140, 2 => 140usize..700, 1 => 700usize..1500]
}

fn words() -> impl Strategy<Value = Vec<u64>> {
    (length(), any::<u64>(), 0u32..4).prop_map(|(len, seed, zeros)| {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            state ^ state >> 29
        };
        // Some have gaps, so that degrees of remainders jump.
        (0..len).map(|_| if next() % 8 < u64::from(2 * zeros) { 0 } else { next() }).collect()
    })
}

fn prime() -> impl Strategy<Value = PrimeField> {
    let primes = [
        2u64,
        3,
        101,
        65_537,
        998_244_353,
        2_147_483_659,
        4_294_967_291,
        (1 << 61) - 1,
        0u64.wrapping_sub(59),
    ];
    prop::sample::select(primes.to_vec()).prop_map(|p| Zmod::prime(p).expect("a prime"))
}

fn division<R: Ring>(f: &Poly<R>, g: &Poly<R>) -> Outcome {
    let (q, r) = f.try_quo_rem(g)?;
    prop_assert!(r.len() < g.len());
    prop_assert_eq!(&(&q * g + &r), f);
    let divisor = g.try_divisor()?;
    prop_assert_eq!(divisor.try_quo_rem(f)?, (q, r));
    prop_assert_eq!((f * g).try_exact_quo(g)?, f.clone());
    Ok(())
}

fn common_divisors<R: Field>(f: &Poly<R>, g: &Poly<R>, h: &Poly<R>) -> Outcome {
    let (a, b) = (f * h, g * h);
    let (d, s, t) = a.xgcd(&b);
    prop_assert_eq!(&(&s * &a + &t * &b), &d);
    prop_assert_eq!(&a.gcd(&b), &d);
    if !d.is_zero() {
        prop_assert!(d.is_monic() && d.divides(&a) && d.divides(&b));
        prop_assert!(h.is_zero() || h.divides(&d));
    }
    prop_assert_eq!(a.resultant(&b) == a.ring().zero(), d.len() != 1 || a.is_zero() || b.is_zero());
    // res(f*h, g) = res(f, g)*res(h, g)
    let ring = f.ring();
    prop_assert_eq!((f * h).resultant(g), ring.mul(&f.resultant(g), &h.resultant(g)));
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn division_over_words(f in words(), g in words(), field in prime(), n in 2u64..) {
        let g_of = |ring: Zmod| ring.poly(g.iter().copied().chain([1]));
        division(&Zmod::new(n).poly(f.clone()), &g_of(Zmod::new(n)))?;
        division(&field.poly(f), &field.poly(g.into_iter().chain([1])))?;
    }

    #[test]
    fn division_over_large_moduli(f in words(), g in words()) {
        let ring = ZmodBig::new((BigUint::from(1u8) << 127) - 1u8);
        let cube = |w: Vec<u64>| ring.poly(w.into_iter().map(|c| BigUint::from(c).pow(3)));
        division(&cube(f), &(cube(g) + ring.x().pow(1600)))?;
    }

    #[test]
    fn division_over_integers(f in words(), g in words()) {
        let small = |w: Vec<u64>| ZZ.poly(w.into_iter().take(200).map(|c| (c >> 60) as i64 - 8));
        let (f, g) = (small(f), small(g) + ZZ.x().pow(90));
        prop_assume!(g.is_monic());
        division(&f, &g)?;
        let twice = &g * 6 + 1;
        prop_assert_eq!((&f * &twice).exact_quo(&twice), f);
    }

    #[test]
    fn gcds_over_words(f in words(), g in words(), h in words(), field in prime()) {
        common_divisors(&field.poly(f), &field.poly(g), &field.poly(h))?;
    }

    #[test]
    fn gcds_over_fractions(f in words(), g in words(), h in words()) {
        let small = |w: Vec<u64>| QQ.poly(w.into_iter().take(6).map(|c| ((c >> 58) as i64 - 32, c % 7 + 1)));
        common_divisors(&small(f), &small(g), &small(h))?;
    }

    #[test]
    fn resultants_are_products_of_values(roots in prop::collection::vec(-20i64..20, 0..12), g in words()) {
        let f = ZZ.product(roots.iter().map(|&r| ZZ.poly([-r, 1])));
        let g = ZZ.poly(g.into_iter().take(12).map(|c| (c >> 50) as i64 - (1 << 13)));
        let product = roots.iter().map(|&r| g.eval(r)).product::<num_bigint::BigInt>();
        prop_assert_eq!(f.resultant(&g), if g.is_zero() { 0.into() } else { product });
    }

    #[test]
    fn inverses_and_powers(f in words(), g in words(), field in prime(), n in 0u64..1 << 40) {
        let (f, g) = (field.poly(f), field.poly(g));
        prop_assume!(g.len() > 1);
        match f.try_inverse_mod(&g) {
            Ok(inverse) => prop_assert!((inverse * &f).rem(&g).is_one()),
            Err(_) => prop_assert!(f.gcd(&g).len() != 1),
        }
        let divisor = g.divisor();
        let (power, next) = (divisor.pow(&f, n), divisor.pow(&f, n + 1));
        prop_assert_eq!(divisor.mul(&power, &f), next);
    }

    #[test]
    fn values_and_interpolation(f in words(), count in 0usize..300, start in any::<u64>()) {
        for p in [65_537u64, 998_244_353, (1 << 61) - 1] {
            let field = Zmod::prime(p).expect("a prime");
            let f = field.poly(f.clone());
            let points: Vec<u64> = (0..count as u64).map(|k| (start % p + k) % p).collect();
            let values = f.eval_many(&points);
            let expected: Vec<u64> = points.iter().map(|x| f.try_eval(x)).collect::<Result<_, _>>()?;
            prop_assert_eq!(&values, &expected);
            let through = Poly::try_interpolate(&field, &points, &values)?;
            prop_assert!(through.len() <= count);
            if f.len() <= count {
                prop_assert_eq!(through, f);
            } else {
                prop_assert_eq!(through.eval_many(&points), values);
            }
        }
    }

    #[test]
    fn shifts_and_compositions(f in words(), a in any::<u64>(), field in prime()) {
        let f = field.poly(f);
        let a = field.word_modulus().reduce(a);
        let shifted = f.try_taylor_shift(&a)?;
        prop_assert_eq!(&shifted.try_taylor_shift(&field.neg(&a))?, &f);
        let small = f.truncate(60);
        prop_assert_eq!(small.try_taylor_shift(&a)?, small.compose(&(field.x() + Poly::constant(field, a))));
        let g = field.poly([3, 1, 4, 1]);
        let h = field.x().pow(7) + field.poly([2, 7, 1]);
        prop_assert_eq!(small.try_compose_mod(&g, &h)?, small.compose(&g).rem(&h));
    }

    #[test]
    fn fractions_from_images(r in words(), t in words(), field in prime()) {
        let (r, t) = (field.poly(r), field.poly(t));
        prop_assume!(!t.is_zero());
        let d = r.gcd(&t);
        let (r, t) = (r.quo(&d), t.quo(&d).monic());
        prop_assume!(t.coefficient(0) != 0);
        let (n, m) = (r.len().saturating_sub(1), t.len() - 1);
        let modulus = field.x().pow((n + m + 1) as u64);
        let image = (&r * t.try_inverse_mod(&modulus)?).rem(&modulus);
        let (x, y) = image.try_rational_reconstruct(&modulus, n, m)?;
        // Equal as fractions: the monic denominator is that of lowest terms.
        prop_assert_eq!(&x * &t, &y * &r);
    }
}
