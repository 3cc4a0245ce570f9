//! Properties that tie the quasi-linear operations to each other: `f = q*g + r`, `s*f + t*g = gcd`, `res(f, g) = prod g(x_i)`,
//! interpolation of values, a shift and back, from one basis into another and back, parts of a composition; at lengths around every threshold and beyond.

use super::{Outcome, config};
use monic::{
    Nodes, Poly, PrimeField, QQ, ZZ, Zmod, ZmodBig,
    ring::{Field, Ring},
};
use num_bigint::{BigInt, BigUint};
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
    fn division_of_all_sizes_over_integers(f in words(), g in words(), bits in 0u32..6, negative in any::<bool>()) {
        // Words, double words, rows of limbs; images where coefficients are small and there are many.
        let sized = |w: Vec<u64>, len: usize| {
            let size = [1u32, 8, 40, 61, 130, 900][bits as usize];
            let c = |c: u64| (BigInt::from(c as i64) * BigInt::from(c | 1).pow(16)) >> (17 * 64 - size.min(17 * 64));
            ZZ.poly(w.into_iter().take(len).map(c))
        };
        let len = if bits < 3 { 300 } else { 60 };
        let (f, g) = (sized(f, len), sized(g, len / 2));
        let top = ZZ.x().pow(len as u64 / 2);
        let monic = if negative { g.clone() - top } else { g.clone() + top };
        division(&f, &monic)?;
        let long = (&f * 5 + 1) * &monic;
        division(&long, &monic)?;
        if !g.is_zero() {
            let (q, r) = f.pseudo_quo_rem(&g);
            let d = (f.len() + 1).saturating_sub(g.len());
            let scale = ZZ.pow(g.leading_coefficient().expect("not zero"), d as u64);
            prop_assert!(r.len() < g.len() || g.len() == 1 && r.is_zero());
            prop_assert_eq!(q * &g + r, f.scale(&scale));
            prop_assert_eq!((&long * &g).exact_quo(&g), long.clone());
            let off = &long * &g + 1;
            prop_assert_eq!(g.divides(&off), g.is_constant() && off.content() % g.content() == BigInt::ZERO);
        }
    }

    #[test]
    fn gcds_over_integers(f in words(), g in words(), h in words(), bits in (1u32..63, 1u32..63, 40u32..63)) {
        // Of very different sizes too.
        let small = |w: Vec<u64>, bits: u32| ZZ.poly(w.into_iter().take(120).map(|c| (c as i64) >> bits));
        let (f, g, h) = (small(f, bits.0), small(g, bits.1), small(h, bits.2));
        let (a, b) = (&f * &h, &g * &h);
        let d = a.gcd(&b);
        if d.is_zero() {
            prop_assert!(a.is_zero() && b.is_zero());
        } else {
            prop_assert!(d.leading_coefficient() > Some(&BigInt::ZERO));
            let (x, y) = (a.exact_quo(&d), b.exact_quo(&d));
            prop_assert!(h.is_zero() || h.divides(&d));
            prop_assert!(x.gcd(&y).is_one());
        }
        prop_assert_eq!(Poly::try_gcd_many(ZZ, &[a.clone(), b.clone(), f.clone()])?, d.gcd(&f));
        let (f, g) = (f.truncate(12), g.truncate(9));
        if !f.is_zero() && !g.is_zero() && f.len().min(g.len()) > 1 {
            let chain = f.try_subresultants(&g)?;
            prop_assert_eq!(chain[0].coefficient(0), f.resultant(&g));
            let d = f.gcd(&g).len() - 1;
            prop_assert!(chain[..d.min(chain.len())].iter().all(Poly::is_zero));
        }
    }

    #[test]
    fn cofactors_over_fractions(f in words(), g in words(), h in words()) {
        let small = |w: Vec<u64>, len: usize| QQ.poly(w.into_iter().take(len).map(|c| ((c >> 52) as i64 - 2048, c % 11 + 1)));
        let (a, b, h) = (small(f, 30), small(g, 30), small(h, 5));
        let long = (&a * &h).pow(3) * &h;
        for (a, b) in [(&a, &b), (&(&a * &h), &(&b * &h)), (&(&a * &h), &h), (&h, &(&b * &h)), (&long, &h), (&h, &(&long + 1))] {
            let (d, s, t) = a.xgcd(b);
            prop_assert_eq!(&s * a + &t * b, d.clone());
            prop_assert_eq!(a.gcd(b), d.clone());
            if !d.is_zero() && d.len() < a.len() && d.len() < b.len() {
                prop_assert!(s.len() + d.len() <= b.len() && t.len() + d.len() <= a.len());
            }
            if !b.is_zero() {
                let (q, r) = a.quo_rem(b);
                prop_assert!(r.len() < b.len());
                prop_assert_eq!(&(q * b + r), a);
            }
        }
    }

    #[test]
    fn shifts_over_integers(f in words(), a in -1_000_000i64..1_000_000, bits in 0u32..64) {
        let f = ZZ.poly(f.into_iter().take(700).map(|c| BigInt::from(c as i64 >> bits).pow(1 + bits % 3)));
        let a = a >> (bits / 2);
        prop_assert_eq!(&f.taylor_shift(a).taylor_shift(-a), &f);
        prop_assert_eq!(f.truncate(20).taylor_shift(a), f.truncate(20).compose(&ZZ.poly([a, 1])));
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
        let product = roots.iter().map(|&r| g.eval(r)).product::<BigInt>();
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

    #[test]
    fn products_and_roots(lengths in prop::collection::vec(0usize..60, 0..12), f in words(), roots in words(), field in prime()) {
        let mut rest = f.iter().copied().cycle();
        let factors: Vec<_> = lengths.iter().map(|&n| field.poly(rest.by_ref().take(n).chain([1]))).collect();
        let expected = factors.iter().fold(Poly::one(field), |product, factor| product * factor);
        prop_assert_eq!(field.product(factors), expected);
        let roots: Vec<u64> = roots.into_iter().take(200).collect();
        let f = Poly::from_roots(field, roots.iter().copied());
        prop_assert!(f.is_monic() && f.len() == roots.len() + 1);
        prop_assert!(roots.iter().all(|&r| f.eval(r) == 0));
        let linear = roots.iter().map(|&r| field.x() - Poly::constant(field, field.word_modulus().reduce(r)));
        prop_assert_eq!(field.product(linear), f);
    }

    #[test]
    fn geometric_progressions(f in words(), count in 0usize..400, a in 1u64..1000, q in 2u64..1000) {
        for p in [998_244_353u64, (1 << 61) - 1] {
            let field = Zmod::prime(p).expect("a prime");
            let f = field.poly(f.clone());
            let points: Vec<u64> = (0..count as u64).map(|k| field.mul(&a, &field.pow(&q, k))).collect();
            let values = f.eval_geometric(&a, &q, count);
            prop_assert_eq!(&values, &f.eval_many(&points));
            match Poly::try_interpolate_geometric(&field, &a, &q, &values) {
                Ok(through) => {
                    prop_assert!(through.len() <= count);
                    prop_assert_eq!(&through.eval_many(&points), &values);
                    prop_assert!(f.len() > count || through == f);
                }
                // A ratio of small order.
                Err(_) => prop_assert!((1..count as u64).any(|k| field.pow(&q, k) == 1)),
            }
        }
    }

    #[test]
    fn nodes_and_sampling_points(f in words(), start in any::<u64>(), x in any::<u64>(), m in 0usize..300) {
        for p in [65_537u64, (1 << 61) - 1] {
            let field = Zmod::prime(p).expect("a prime");
            let f = field.poly(f.clone());
            let (x, start) = (x % p, start % p);
            let points: Vec<u64> = (0..f.len() as u64).map(|k| (start + k * k) % p).collect();
            if let Ok(nodes) = Nodes::try_new(&field, &points) {
                let values = nodes.try_eval_poly(&f)?;
                prop_assert_eq!(nodes.eval(&values, &x), f.try_eval(&x)?);
                prop_assert_eq!(&nodes.interpolate(&values), &f);
            }
            let sampled: Vec<u64> = (0..f.len() as u64).collect();
            let shifted: Vec<u64> = (0..m as u64).map(|k| field.add(&start, &(k % p))).collect();
            let expected = if f.is_zero() { vec![0; m] } else { f.eval_many(&shifted) };
            prop_assert_eq!(Poly::try_shift_samples(&field, &f.eval_many(&sampled), &start, m)?, expected);
        }
    }

    #[test]
    fn samples_over_integers(f in words(), a in -50i64..50, m in 0usize..20) {
        let f = ZZ.poly(f.into_iter().take(35).map(|c| (c >> 50) as i64 - (1 << 13)));
        let values = |from: i64, count: usize| -> Vec<BigInt> { (from..from + count as i64).map(|x| f.eval(x)).collect() };
        let shifted = Poly::try_shift_samples(&ZZ, &values(0, f.len()), &a.into(), m)?;
        prop_assert_eq!(shifted, values(a, m));
        let points: Vec<BigInt> = (a..a + f.len() as i64).map(BigInt::from).collect();
        prop_assert_eq!(&Poly::try_interpolate(&ZZ, &points, &values(a, f.len()))?, &f);
        let fractions = f.to_ring(&QQ) / 6;
        let nodes: Vec<_> = (0..f.len() as i64).map(|k| QQ.poly([(2 * k + 1, 3)]).coefficient(0)).collect();
        let prepared = Nodes::try_new(&QQ, &nodes)?;
        let values = prepared.try_eval_poly(&fractions)?;
        prop_assert_eq!(prepared.eval(&values, &QQ.from_integer(a.into())), fractions.eval(a));
        prop_assert_eq!(&prepared.interpolate(&values), &fractions);
        prop_assert_eq!(Poly::try_interpolate(&QQ, &nodes, &values)?, fractions);
    }

    #[test]
    fn remainders_by_many(f in words(), lengths in prop::collection::vec(1usize..90, 0..9), seed in words(), field in prime()) {
        let mut rest = seed.iter().copied().cycle();
        let moduli: Vec<_> = lengths.iter().map(|&n| field.poly(rest.by_ref().take(n).chain([1]))).collect();
        let f = field.poly(f);
        let remainders = f.rem_many(&moduli);
        for (r, m) in remainders.iter().zip(&moduli) {
            prop_assert_eq!(r, &f.rem(m));
        }
        let product = field.product(moduli.clone());
        match Poly::try_crt(&field, &remainders, &moduli) {
            Ok(g) => prop_assert_eq!(g, f.rem(&product)),
            Err(_) => {
                let apart = |i: usize| (0..i).all(|j| moduli[i].gcd(&moduli[j]).len() <= 1);
                prop_assert!(!(0..moduli.len()).all(apart));
            }
        }
    }

    #[test]
    fn bases(f in words(), nodes in words(), field in prime(), n in 2u64..) {
        let ring = Zmod::new(n);
        let f_of = |ring: Zmod| ring.poly(f.clone());
        let nodes: Vec<u64> = f.iter().zip(nodes.iter().chain(&[1]).cycle()).map(|(_, &x)| ring.word_modulus().reduce(x)).collect();
        let f_n = f_of(ring);
        prop_assert_eq!(&Poly::try_from_newton(&ring, &f_n.try_to_newton(&nodes)?, &nodes)?, &f_n);
        prop_assert_eq!(&Poly::try_from_falling_factorials(&ring, &f_n.try_to_falling_factorials()?)?, &f_n);
        if let Ok(c) = f_n.try_to_chebyshev() {
            prop_assert_eq!(&Poly::try_from_chebyshev(&ring, &c)?, &f_n);
        } else {
            prop_assert!(n % 2 == 0 && f_n.len() > 2);
        }
        let f = field.poly(f.clone());
        let degree = f.len() + 3;
        match f.try_to_bernstein(degree) {
            Ok(b) => {
                prop_assert_eq!(b.len(), degree + 1);
                prop_assert_eq!(&Poly::try_from_bernstein(&field, &b)?, &f);
                // The ends are the values at 0 and 1.
                prop_assert_eq!((b[0], b[degree]), (f.eval(0), f.eval(1)));
            }
            Err(_) => prop_assert!(field.characteristic() <= degree as u64),
        }
        if field.characteristic() > 2 {
            let c = f.try_to_chebyshev()?;
            prop_assert_eq!(c.iter().fold(0, |sum, c| field.add(&sum, c)), f.eval(1));
            prop_assert_eq!(&Poly::try_from_chebyshev(&field, &c)?, &f);
        }
    }

    #[test]
    fn bases_over_integers(f in words(), degree in 0usize..5) {
        let f = ZZ.poly(f.into_iter().take(40).map(|c| (c >> 50) as i64 - (1 << 13)));
        let falling = f.try_to_falling_factorials()?;
        prop_assert_eq!(&Poly::try_from_falling_factorials(&ZZ, &falling)?, &f);
        let f = f.to_ring(&QQ);
        let n = f.len() + degree;
        prop_assert_eq!(&Poly::try_from_bernstein(&QQ, &f.try_to_bernstein(n)?)?, &f);
        prop_assert_eq!(&Poly::try_from_chebyshev(&QQ, &f.try_to_chebyshev()?)?, &f);
    }

    #[test]
    fn decompositions(g in words(), h in words(), field in prime()) {
        let (g, h) = (field.poly(g).truncate(9), field.poly(h).truncate(12).mul_x_pow(1));
        prop_assume!(g.len() > 1 && h.len() > 1);
        let (r, s) = (g.len() - 1, h.len() - 1);
        let f = g.compose(&h);
        match f.try_decompose_at(s) {
            Ok(Some((outer, inner))) => {
                prop_assert!(inner.is_monic() && inner.coefficient(0) == 0);
                prop_assert_eq!(&inner * Poly::constant(field, *h.leading_coefficient().expect("not zero")), h);
                prop_assert_eq!(outer.compose(&inner), f.clone());
                if let Ok(parts) = f.try_decompose() {
                    prop_assert!(parts.iter().all(|part| part.degree() >= Some(1)));
                    let (last, outer) = parts.split_last().expect("a part");
                    prop_assert_eq!(outer.iter().rev().fold(last.clone(), |f, g| g.compose(&f)), f);
                }
            }
            Ok(None) => prop_assert!(false, "a composition that was not found"),
            Err(_) => prop_assert_eq!(r as u64 % field.characteristic(), 0),
        }
    }

    #[test]
    fn decompositions_over_integers(g in words(), h in words()) {
        let small = |w: Vec<u64>, n: usize| ZZ.poly(w.into_iter().take(n).map(|c| (c >> 58) as i64 - 32));
        let (g, h) = (small(g, 5), small(h, 5).mul_x_pow(1));
        prop_assume!(g.len() > 1 && h.len() > 1);
        let f = g.compose(&h);
        let (outer, inner) = f.try_decompose_at(h.len() - 1)?.expect("a composition");
        prop_assert_eq!(outer.compose(&inner), f);
        prop_assert_eq!(inner.content(), 1.into());
        let part = h.primitive_part();
        let positive = part.leading_coefficient() > Some(&BigInt::ZERO);
        prop_assert_eq!(inner, if positive { part } else { -part });
    }
}
