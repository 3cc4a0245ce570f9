//! Every element of small fields against the definitions; values of PARI/GP; towers; number fields.

use super::*;
use crate::Poly;
use crate::ring::text::element_text;
use crate::ring::{FiniteField, PrimeField, QQ, Zmod, ZmodBig, laws::Laws};
use num_bigint::BigUint;

fn gf(p: u64, k: usize) -> ExtensionField<PrimeField> {
    ExtensionField::new(Zmod::prime(p).unwrap(), k).unwrap()
}

/// All elements.
fn elements<F: FiniteField>(field: &F) -> Vec<F::Element> {
    let order = u64::try_from(field.order()).unwrap();
    (0..order).map(|n| field.nth_element(&n.into())).collect()
}

#[test]
fn laws_of_small_and_large_fields() {
    for (p, k) in [
        (2, 1),
        (2, 2),
        (2, 3),
        (3, 2),
        (3, 3),
        (5, 3),
        (2, 31),
        (2, 70),
        (101, 4),
        ((1 << 61) - 1, 3),
        (18_446_744_073_709_551_557, 2),
    ] {
        let field = gf(p, k);
        let top = field.order() - 1u8;
        let numbers =
            [0u8.into(), 1u8.into(), BigUint::from(p - 1), BigUint::from(p), &top / 2u8, &top / 3u8 + p, top];
        let samples: Vec<_> = numbers.iter().map(|n| field.nth_element(n)).collect();
        assert_eq!(Laws::new(&field, &samples).field(), Ok(()), "GF({p}^{k})");
    }
    let big = ZmodBig::prime((BigUint::from(1u8) << 89) - 1u8).unwrap();
    let field = ExtensionField::new(big, 3).unwrap();
    let top = field.order() - 1u8;
    let samples = [0u8.into(), 1u8.into(), &top / 2u8, &top - 12_345u32, top].map(|n| field.nth_element(&n));
    assert_eq!(Laws::new(&field, &samples).field(), Ok(()));
}

#[test]
fn all_elements_of_small_fields() {
    for (p, k) in [(2u64, 1), (2, 2), (2, 3), (3, 2), (3, 3), (5, 3), (2, 6), (7, 2), (3, 5)] {
        let field = gf(p, k);
        let all = elements(&field);
        assert!(all.windows(2).all(|w| field.compare(&w[0], &w[1]) == std::cmp::Ordering::Less));
        let mut primitive = 0;
        for (i, a) in all.iter().enumerate() {
            let power = field.pow(a, p);
            assert_eq!(field.frobenius(a), power);
            assert_eq!(field.pth_root(&power), *a);
            // The conjugates, their sum and product, and the polynomial whose roots they are.
            let mut conjugates = vec![a.clone()];
            while conjugates.len() < k {
                conjugates.push(field.frobenius(&conjugates[conjugates.len() - 1]));
            }
            let sum = conjugates.iter().fold(field.zero(), |s, c| field.add(&s, c));
            let product = conjugates.iter().fold(field.one(), |s, c| field.mul(&s, c));
            assert_eq!((field.constant(field.trace(a)), field.constant(field.norm(a))), (sum, product));
            let mut distinct = conjugates.clone();
            distinct.dedup();
            let minimal = field.minimal_polynomial(a);
            assert_eq!(field.characteristic_polynomial(a).degree(), Some(k));
            let over = minimal.map(&field, |c| field.constant(*c));
            assert!(over.eval(a).is_empty(), "{minimal} at {a:?}");
            let count =
                (1..=k).find(|&i| conjugates[i % k] == *a && (i == k || conjugates[i] == *a)).unwrap();
            assert_eq!(minimal.degree(), Some(count));
            if i > 0 {
                let mut order = 1u64;
                let mut x = a.clone();
                while !field.is_one(&x) {
                    x = field.mul(&x, a);
                    order += 1;
                }
                assert_eq!(field.try_multiplicative_order(a).unwrap(), order.into());
                primitive += usize::from(order as usize == all.len() - 1);
                assert_eq!(field.mul(a, &field.inverse(a)), field.one());
            }
            for n in [1, 2, 3, 4, 6, 8, 9] {
                let expected = all.iter().find(|r| field.pow(r, n) == *a);
                assert_eq!(field.try_root(a, n).ok().as_ref(), expected, "{n}-th root in GF({p}^{k})");
            }
        }
        let order = all.len() - 1;
        assert_eq!(primitive, (1..=order).filter(|n| num_integer::gcd(*n, order) == 1).count());
        let g = field.try_primitive_element().unwrap();
        assert_eq!(field.try_multiplicative_order(&g).unwrap(), order.into());
    }
}

/// PARI/GP: `t = ffgen(M*Mod(1,p), 'a)`, `u` and `v` random; `u*v`, `1/u`, `trace(u)`, `norm(u)`, `fforder(u)`, `minpoly(u)`, `u^p`.
#[test]
#[rustfmt::skip]
fn values_of_pari() {
    type Row = (u64, &'static str, &'static str, &'static str, [&'static str; 7]);
    let rows: [Row; 8] = [
        (2, "a^2 + a + 1", "a + 1", "1", ["a + 1", "a", "1", "1", "3", "x^2 + x + 1", "a"]),
        (2, "a^8 + a^4 + a^3 + a + 1", "a^7 + a^3 + a^2", "a^6 + a^3 + a^2 + a + 1", ["a^7 + a^6 + a^5 + a^2 + 1", "a^7 + a^6 + a^5 + a^4 + a^2 + a + 1", "1", "1", "85", "x^8 + x^7 + x^6 + x^4 + x^3 + x^2 + 1", "a^7 + a^6 + a^3 + a"]),
        (3, "a^3 + 2*a + 1", "2*a + 1", "2*a + 1", ["a^2 + a + 1", "a^2 + a", "0", "1", "13", "x^3 + 2*x + 2", "2*a + 2"]),
        (5, "a^3 + a + 1", "a^2 + 3*a", "2*a^2 + 3*a + 4", ["a^2 + a + 1", "4*a + 3", "3", "1", "31", "x^3 + 2*x^2 + 4*x + 4", "a + 1"]),
        (2, "a^31 + a^3 + 1", "a^30 + a^28 + a^27 + a^26 + a^22 + a^21 + a^19 + a^18 + a^16 + a^15 + a^14 + a^12 + a^11 + a^10 + a^7 + a^2 + a", "a^30 + a^29 + a^27 + a^26 + a^23 + a^21 + a^20 + a^15 + a^14 + a^13 + a^12 + a^11 + a^8 + a^7 + a^6 + a^3 + a", ["a^29 + a^28 + a^26 + a^24 + a^23 + a^17 + a^16 + a^15 + a^14 + a^10 + a^9 + a^8 + a^7 + a^6 + a^5 + a^2", "a^26 + a^25 + a^20 + a^17 + a^16 + a^15 + a^14 + a^12 + a^11 + a^8 + a^7 + a^6 + a^5 + a^4 + a^3 + a + 1", "0", "1", "2147483647", "x^31 + x^27 + x^26 + x^24 + x^17 + x^15 + x^14 + x^12 + x^10 + x^9 + x^8 + x^7 + x^6 + x^4 + x^3 + x + 1", "a^30 + a^29 + a^26 + a^25 + a^23 + a^22 + a^21 + a^20 + a^16 + a^13 + a^11 + a^10 + a^8 + a^7 + a^5 + a^4 + a^2"]),
        (2, "a^64 + a^4 + a^3 + a + 1", "a^60 + a^59 + a^56 + a^53 + a^52 + a^46 + a^44 + a^43 + a^41 + a^38 + a^36 + a^35 + a^33 + a^31 + a^30 + a^29 + a^28 + a^26 + a^25 + a^22 + a^21 + a^20 + a^18 + a^17 + a^12 + a^10 + a^8 + a^7 + a^5 + a^4 + a^3 + 1", "a^63 + a^62 + a^60 + a^55 + a^54 + a^53 + a^52 + a^51 + a^50 + a^48 + a^45 + a^44 + a^43 + a^42 + a^39 + a^38 + a^37 + a^36 + a^35 + a^34 + a^31 + a^27 + a^26 + a^23 + a^22 + a^21 + a^14 + a^11 + a^9 + a^7 + a^2 + a", ["a^63 + a^61 + a^60 + a^54 + a^52 + a^49 + a^47 + a^46 + a^45 + a^44 + a^43 + a^40 + a^38 + a^35 + a^34 + a^33 + a^27 + a^26 + a^25 + a^23 + a^21 + a^19 + a^16 + a^15 + a^14 + a^13 + a^12 + a^11 + a^9 + a^4 + a^2", "a^61 + a^59 + a^58 + a^57 + a^56 + a^55 + a^54 + a^51 + a^49 + a^45 + a^44 + a^43 + a^42 + a^40 + a^38 + a^37 + a^30 + a^26 + a^25 + a^21 + a^18 + a^17 + a^13 + a^7 + a^6 + a^5 + a", "0", "1", "1229782938247303441", "x^64 + x^62 + x^60 + x^59 + x^58 + x^57 + x^55 + x^49 + x^47 + x^45 + x^44 + x^43 + x^42 + x^41 + x^40 + x^38 + x^35 + x^31 + x^30 + x^28 + x^27 + x^25 + x^24 + x^22 + x^21 + x^20 + x^19 + x^16 + x^13 + x^10 + x^9 + x^8 + x^6 + x^4 + x^2 + x + 1", "a^62 + a^59 + a^55 + a^54 + a^51 + a^50 + a^49 + a^48 + a^46 + a^45 + a^41 + a^36 + a^34 + a^32 + a^31 + a^29 + a^27 + a^26 + a^23 + a^21 + a^20 + a^19 + a^18 + a^15 + a^14 + a^13 + a^11 + a^7 + a^6 + a^5 + a^3 + a^2 + 1"]),
        (2305843009213693951, "a^3 + 5", "2179320570076131663*a^2 + 1132386639722344727*a + 176115747100280174", "192266568922836479*a^2 + 2095308026112532142*a + 227773050985631525", ["698708595952532018*a^2 + 2098377393234804455*a + 597556583508331857", "764086872475144170*a^2 + 2005835577375295282*a + 1375367792695142464", "528347241300840522", "1532245498214059357", "2451992865385422170183208053556696600204351456349152870", "x^3 + 1777495767912853429*x^2 + 775116768022488766*x + 773597510999634594", "50920820030096273*a^2 + 1078591071769428045*a + 176115747100280174"]),
        (101, "a^7 + a + 1", "62*a^6 + 2*a^5 + 100*a^4 + 67*a^3 + 42*a^2 + 27*a + 65", "86*a^6 + 40*a^5 + 97*a^4 + 46*a^3 + 57*a^2 + 22*a + 32", ["62*a^6 + 99*a^5 + 97*a^4 + 93*a^3 + 83*a^2 + 33*a + 45", "92*a^6 + 88*a^5 + 80*a^4 + 54*a^3 + 5*a^2 + 35*a + 44", "83", "62", "21442707042140", "x^7 + 18*x^6 + 17*x^5 + 40*x^4 + 96*x^3 + 2*x^2 + 22*x + 39", "50*a^6 + 76*a^5 + 83*a^4 + 73*a^3 + 49*a^2 + 19*a + 98"]),
    ];
    for (p, modulus, u, v, expected) in rows {
        let base = Zmod::prime(p).unwrap();
        let field = ExtensionField::with_modulus(&base.parse(modulus).unwrap()).unwrap();
        let read = |text: &str| base.parse(text).unwrap().into_coefficients();
        let shown = |a: &Vec<u64>| element_text(&field, a, Style::Plain);
        let (u, v) = (read(u), read(v));
        let found = [
            shown(&field.mul(&u, &v)),
            shown(&field.inverse(&u)),
            field.trace(&u).to_string(),
            field.norm(&u).to_string(),
            field.try_multiplicative_order(&u).unwrap().to_string(),
            field.minimal_polynomial(&u).to_string(),
            shown(&field.frobenius(&u)),
        ];
        assert_eq!(found, expected, "{field}");
        assert_eq!(field.pth_root(&field.frobenius(&u)), u);
    }
}

#[test]
fn towers() {
    let gf9 = gf(3, 2);
    let tower = ExtensionField::new(gf9.clone(), 3).unwrap();
    assert_eq!((tower.order(), tower.extension_degree()), (729u32.into(), 6));
    let all = elements(&tower);
    assert!(all.windows(2).all(|w| tower.compare(&w[0], &w[1]) == std::cmp::Ordering::Less));
    for a in all.iter().step_by(7) {
        assert_eq!(tower.frobenius(a), tower.pow(a, 3));
        assert_eq!(tower.pth_root(&tower.frobenius(a)), *a);
        // Over GF(9) the conjugates are the powers by 9.
        let powers = [a.clone(), tower.pow(a, 9), tower.pow(a, 81)];
        let sum = powers.iter().fold(tower.zero(), |s, c| tower.add(&s, c));
        assert_eq!(tower.constant(tower.trace(a)), sum);
    }
    let samples: Vec<_> = all.iter().step_by(101).cloned().collect();
    assert_eq!(Laws::new(&tower, &samples).field(), Ok(()));
    let g = tower.try_primitive_element().unwrap();
    assert_eq!(tower.try_multiplicative_order(&g).unwrap(), 728u32.into());
    assert_eq!(tower.kth_root(&tower.pow(&g, 14), 7).map(|r| tower.pow(&r, 7)), Ok(tower.pow(&g, 14)));
}

/// Long moduli, whose products are divided by power series; every window of a product, squares, sums.
#[test]
fn sequences() {
    for (p, k) in [(2u64, 3), (7, 5), (3, 150), ((1 << 61) - 1, 2)] {
        let field = gf(p, k);
        let value = |i: u64| {
            let c = (0..k as u64)
                .map(|j| (i * i + 31 * j * i + j * j * j + 5) % 1009)
                .take((i as usize * 7) % (k + 1));
            field.element(c)
        };
        let a: Vec<_> = (0..9).map(value).collect();
        let b: Vec<_> = (5..11).map(value).collect();
        for (a, b) in [(&a, &b), (&a, &a)] {
            let mut expected = vec![field.zero(); a.len() + b.len() - 1];
            for (i, x) in a.iter().enumerate() {
                for (j, y) in b.iter().enumerate() {
                    expected[i + j] = field.add(&expected[i + j], &field.mul(x, y));
                }
            }
            for start in 0..expected.len() {
                for end in start..=expected.len() {
                    let product = field.convolve(a, b, &Want::range(start..end)).unwrap();
                    assert_eq!(product, expected[start..end]);
                }
                assert_eq!(field.coefficient_of_product(a, b, start).unwrap(), expected[start]);
            }
            let sum = field.convolve_sum(&[(a, b), (b, a)], &Want::full()).unwrap();
            let twice: Vec<_> = expected.iter().map(|c| field.add(c, c)).collect();
            assert_eq!(sum, twice);
        }
        let (f, g) = (Poly::from_vec(field.clone(), a), Poly::from_vec(field.clone(), b));
        let (q, r) = f.quo_rem(&g);
        assert_eq!(&q * &g + &r, f);
        let h = field.x() - 1;
        assert_eq!((&f * &h).gcd(&(&g * &h)), f.gcd(&g) * &h);
    }
}

#[test]
fn number_fields() {
    let field = ExtensionField::assume_irreducible(QQ, QQ.poly([-2, 0, 0, 1]).coefficients(), "c").unwrap();
    assert_eq!(field.to_string(), "QQ(c, c^3 - 2)");
    let samples: Vec<_> = [vec![], vec![1], vec![-1], vec![0, 1], vec![3, -2, 5], vec![0, 0, 7]]
        .into_iter()
        .map(|c: Vec<i64>| field.element(c))
        .chain([field.element([(1, 2), (-2, 3), (5, 7)])])
        .collect();
    assert_eq!(Laws::new(&field, &samples).field(), Ok(()));
    let a = field.element([1, 1]);
    assert_eq!((field.norm(&a), field.trace(&a)), (QQ.from_integer(3.into()), QQ.from_integer(3.into())));
    assert_eq!(field.minimal_polynomial(&a), QQ.poly([-3, 3, -3, 1]));
    assert_eq!(
        field.characteristic_polynomial(&field.element([(1, 2)])),
        QQ.poly([(-1, 8), (3, 4), (-3, 2), (1, 1)])
    );
    assert_eq!(element_text(&field, &field.inverse(&a), Style::Plain), "1/3*c^2 - 1/3*c + 1/3");
    let f = field.parse("(c*x + 1/2)^2").unwrap();
    assert_eq!(f.to_string(), "c^2*x^2 + c*x + 1/4");
    let g = field.parse("c*x + 1/2").unwrap();
    assert_eq!(f.gcd(&(&g * 3)).to_string(), "x + 1/4*c^2");
    // With a reducible modulus an inverse that is not there is an error.
    let ring = ExtensionField::assume_irreducible(QQ, QQ.poly([-1, 0, 1]).coefficients(), "r").unwrap();
    let error = ring.try_inverse(&ring.element([1, 1])).unwrap_err();
    assert_eq!(error.to_string(), "r + 1 has no inverse: it shares the factor r + 1 with the modulus");
    assert!(ExtensionField::assume_irreducible(QQ, &[], "r").is_err());
}
