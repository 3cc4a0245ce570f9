//! Z[x] and Q[x] beyond products: division, gcd, cofactors, resultant, shifts and compositions.
//!
//! Over Z a division of `2n` coefficients by `n` is by a monic polynomial, an exact one of a product of two polynomials of `n`; gcds are of two
//! products of `n` coefficients, with a common factor of half of them or of one; everything else is of `n` and `n`. Sizes are those of the
//! factors. A shift `into` a polynomial takes its memory again, as FLINT's always do.

use super::{bits, lengths, operations::Operations, sign};
use crate::{
    flint::{Integer, IntegerPoly, RationalPoly, same},
    inputs::{generator, rotation, rows},
    options::Options,
    table::Csv,
};
use monic::{Integers, Poly, QQ, Rationals, ZZ, convolution::RationalVec, integer::IntegerVec};
use num_bigint::BigInt;
use num_rational::BigRational;

const LENGTHS: [usize; 5] = [8, 32, 128, 512, 2048];
const BITS: [usize; 3] = [8, 60, 1000];

/// Products of length times bits beyond are left out: results grow with both.
const MOST: usize = 1 << 17;

pub(super) fn over_z(poly: &Poly<Integers>) -> IntegerPoly {
    IntegerPoly::from_rows(IntegerVec::from_bigints(poly.coefficients()).as_slice())
}

fn fits(len: usize, bits: usize) -> bool {
    len * bits <= MOST
}

pub fn over_integers(options: &Options, csv: &mut Option<Csv>) {
    let mut rows = Operations::new("z-algebra", "over Z".into(), sign(true), options, csv);
    for bits in bits(options, &BITS) {
        for len in lengths(options, &LENGTHS) {
            if fits(len, bits) {
                integers(&mut rows, len, bits);
            }
        }
    }
    rows.finish();
}

fn integers(table: &mut Operations<'_>, len: usize, bits: usize) {
    let inputs = rotation(16 * len * bits.div_ceil(64)).min(16);
    let mut random = generator(&[len as u64, bits as u64, 78]);
    let mut draw = |len: usize| Poly::from_vec(ZZ, rows(&mut random, len.max(1), bits, true).to_bigints());
    let cell = |name: &str| format!("{name} {bits}");
    let ours: Vec<[Poly<Integers>; 3]> = (0..inputs).map(|_| [draw(len), draw(len), draw(len / 2)]).collect();
    let theirs: Vec<[IntegerPoly; 3]> = ours.iter().map(|o| o.each_ref().map(over_z)).collect();
    let (mut q, mut r) = (IntegerPoly::new(), IntegerPoly::new());

    let monic: Vec<_> = ours.iter().map(|[f, g, h]| (f * g + h, ZZ.x().pow(len as u64) + g)).collect();
    let operands: Vec<_> = monic.iter().map(|(f, g)| (over_z(f), over_z(g))).collect();
    q.quo_rem(&mut r, &operands[0].0, &operands[0].1);
    let (quo, rem) = monic[0].0.try_quo_rem(&monic[0].1).expect("monic");
    assert!(same(&q, quo.coefficients()) && same(&r, rem.coefficients()), "division");
    table.row(
        &cell("division"),
        len,
        inputs,
        |k| q.quo_rem(&mut r, &operands[k].0, &operands[k].1),
        |k| monic[k].0.try_quo_rem(&monic[k].1),
    );

    let products: Vec<_> = ours.iter().map(|[f, g, _]| f * g).collect();
    let operands: Vec<_> = products.iter().map(over_z).collect();
    assert!(q.divide(&operands[0], &theirs[0][1]), "exact");
    assert!(same(&q, products[0].exact_quo(&ours[0][1]).coefficients()), "exact division");
    table.row(
        &cell("exact"),
        len,
        inputs,
        |k| q.divide(&operands[k], &theirs[k][1]),
        |k| products[k].exact_quo(&ours[k][1]),
    );

    if len * len * bits <= MOST * 16 {
        let d = q.pseudo_quo_rem(&mut r, &theirs[0][0], &theirs[0][2]);
        let (quo, rem) = ours[0][0].pseudo_quo_rem(&ours[0][2]);
        // FLINT's exponent may be less than the difference of the degrees and one.
        let missing = (ours[0][0].len() - ours[0][2].len() + 1) as u64 - d;
        let scale =
            Poly::constant(ZZ, ours[0][2].leading_coefficient().expect("not zero").pow(missing as u32));
        let scaled = |poly: &IntegerPoly, expected: &Poly<Integers>| {
            let mut product = IntegerPoly::new();
            product.mul(poly, &over_z(&scale));
            same(&product, expected.coefficients())
        };
        assert!(scaled(&q, &quo) && scaled(&r, &rem), "pseudo-division");
        table.row(
            &cell("pseudo"),
            len,
            inputs,
            |k| q.pseudo_quo_rem(&mut r, &theirs[k][0], &theirs[k][2]),
            |k| ours[k][0].pseudo_quo_rem(&ours[k][2]),
        );
    }

    let halves: Vec<[Poly<Integers>; 3]> =
        (0..inputs).map(|_| [draw(len / 2 + 1), draw(len / 2 + 1), draw(len / 2)]).collect();
    let common: Vec<_> = halves.iter().map(|[f, g, h]| (f * h, g * h)).collect();
    let operands: Vec<_> = common.iter().map(|(f, g)| (over_z(f), over_z(g))).collect();
    q.gcd(&operands[0].0, &operands[0].1);
    assert!(same(&q, common[0].0.gcd(&common[0].1).coefficients()), "gcd");
    table.row(
        &cell("gcd"),
        len,
        inputs,
        |k| q.gcd(&operands[k].0, &operands[k].1),
        |k| common[k].0.gcd(&common[k].1),
    );
    q.gcd(&theirs[0][0], &theirs[0][1]);
    assert!(same(&q, ours[0][0].gcd(&ours[0][1]).coefficients()), "gcd");
    table.row(
        &cell("coprime"),
        len,
        inputs,
        |k| q.gcd(&theirs[k][0], &theirs[k][1]),
        |k| ours[k][0].gcd(&ours[k][1]),
    );

    if len * len * bits <= MOST * 64 {
        let mut value = Integer::new();
        theirs[0][0].resultant(&theirs[0][1], &mut value);
        value.abs_assign();
        let expected = ours[0][0].resultant(&ours[0][1]);
        let limbs: Vec<u64> = expected.magnitude().iter_u64_digits().collect();
        assert!(value.limbs(value.bits().div_ceil(64)) == limbs, "resultant");
        table.row(
            &cell("resultant"),
            len,
            inputs,
            |k| theirs[k][0].resultant(&theirs[k][1], &mut value),
            |k| ours[k][0].resultant(&ours[k][1]),
        );
    }

    let (five, mut shifted) = (Integer::from_limbs(&[5]), Poly::zero(ZZ));
    for (name, shift, a) in [("shift by 1", Integer::from_limbs(&[1]), 1), ("shift by 5", five, 5)] {
        q.taylor_shift(&theirs[0][0], &shift);
        ours[0][0].taylor_shift_into(a, &mut shifted);
        assert!(shifted == ours[0][0].taylor_shift(a) && same(&q, shifted.coefficients()), "shift");
        table.row(
            &cell(name),
            len,
            inputs,
            |k| q.taylor_shift(&theirs[k][0], &shift),
            |k| ours[k][0].taylor_shift(a),
        );
        table.row(
            &cell(&format!("{name} into")),
            len,
            inputs,
            |k| q.taylor_shift(&theirs[k][0], &shift),
            |k| ours[k][0].taylor_shift_into(a, &mut shifted),
        );
    }

    let side = len.isqrt().max(2);
    let parts: Vec<_> = ours
        .iter()
        .map(|o| [0, 1].map(|i| Poly::from_vec(ZZ, o[i].coefficients()[..side].to_vec())))
        .collect();
    let operands: Vec<_> = parts.iter().map(|pair| pair.each_ref().map(over_z)).collect();
    q.compose(&operands[0][0], &operands[0][1]);
    assert!(same(&q, parts[0][0].compose(&parts[0][1]).coefficients()), "composition");
    table.row(
        &cell("composition"),
        len,
        inputs,
        |k| q.compose(&operands[k][0], &operands[k][1]),
        |k| parts[k][0].compose(&parts[k][1]),
    );
}

pub fn over_rationals(options: &Options, csv: &mut Option<Csv>) {
    let mut rows = {
        let title = "over Q, denominators up to 16".into();
        Operations::new("q-algebra", title, sign(true), options, csv)
    };
    for bits in bits(options, &BITS[..2]) {
        for len in lengths(options, &LENGTHS[..4]) {
            rationals(&mut rows, len, bits);
        }
    }
    rows.finish();
}

/// A multiple of the denominators of products: the least common multiple of 1, ..., 16, squared.
const DENOMINATOR: u64 = 720_720 * 720_720;

fn over_q(poly: &Poly<Rationals>) -> RationalPoly {
    let numerators: Vec<BigInt> =
        poly.iter().map(|c| c.numer() * (BigInt::from(DENOMINATOR) / c.denom())).collect();
    let rows = IntegerVec::from_bigints(&numerators);
    RationalPoly::from_quotient(
        &IntegerPoly::from_rows(rows.as_slice()),
        &Integer::from_limbs(&[DENOMINATOR]),
    )
}

fn rationals(table: &mut Operations<'_>, len: usize, bits: usize) {
    let inputs = rotation(64 * len * bits.div_ceil(64)).min(8);
    let mut random = generator(&[len as u64, bits as u64, 79]);
    let mut draw = |len: usize| -> Poly<Rationals> {
        let numerators = rows(&mut random, len, bits, true).to_bigints();
        let denominators = rows(&mut random, len, 4, false).to_bigints();
        let pairs = numerators.into_iter().zip(denominators);
        Poly::from_vec(QQ, pairs.map(|(n, d)| BigRational::new(n, d + 1)).collect())
    };
    let cell = |name: &str| format!("{name} {bits}");
    let ours: Vec<_> = (0..inputs).map(|_| [draw(len), draw(len), draw(len / 2)]).collect();
    let theirs: Vec<_> = ours.iter().map(|o| o.each_ref().map(over_q)).collect();
    let equal = |flint: &RationalPoly, poly: &Poly<Rationals>| super::rationals::same(flint, poly);
    let [mut q, mut s, mut t] = [(); 3].map(|()| RationalPoly::new());

    q.quo_rem(&mut s, &theirs[0][0], &theirs[0][2]);
    let (quo, rem) = ours[0][0].quo_rem(&ours[0][2]);
    assert!(equal(&q, &quo) && equal(&s, &rem), "division");
    table.row(
        &cell("division"),
        len,
        inputs,
        |k| q.quo_rem(&mut s, &theirs[k][0], &theirs[k][2]),
        |k| ours[k][0].quo_rem(&ours[k][2]),
    );

    let one = Integer::from_limbs(&[1]);
    q.taylor_shift(&theirs[0][0], &one);
    assert!(equal(&q, &ours[0][0].taylor_shift(1)), "shift");
    table.row(
        &cell("shift by 1"),
        len,
        inputs,
        |k| q.taylor_shift(&theirs[k][0], &one),
        |k| ours[k][0].taylor_shift(1),
    );
    // Over one denominator, as FLINT's are.
    let flat: Vec<_> =
        ours.iter().map(|o| RationalVec::from_rationals(o[0].coefficients()).expect("small")).collect();
    let (whole, mut shifted) = (BigRational::from_integer(1.into()), RationalVec::default());
    flat[0].try_taylor_shift_into(&whole, &mut shifted).expect("small");
    assert!(shifted.to_rationals() == ours[0][0].taylor_shift(1).coefficients(), "shift");
    table.row(
        &cell("flat shift by 1"),
        len,
        inputs,
        |k| q.taylor_shift(&theirs[k][0], &one),
        |k| flat[k].try_taylor_shift_into(&whole, &mut shifted),
    );
    let third = BigRational::new(1.into(), 3.into());
    let linear = over_q(&Poly::from_vec(QQ, vec![third.clone(), BigRational::from_integer(1.into())]));
    q.compose(&theirs[0][0], &linear);
    assert!(equal(&q, &ours[0][0].taylor_shift(third.clone())), "shift");
    table.row(
        &cell("shift by 1/3"),
        len,
        inputs,
        |k| q.compose(&theirs[k][0], &linear),
        |k| ours[k][0].taylor_shift(third.clone()),
    );
    flat[0].try_taylor_shift_into(&third, &mut shifted).expect("small");
    assert!(shifted.to_rationals() == ours[0][0].taylor_shift(third.clone()).coefficients(), "shift");
    table.row(
        &cell("flat shift by 1/3"),
        len,
        inputs,
        |k| q.compose(&theirs[k][0], &linear),
        |k| flat[k].try_taylor_shift_into(&third, &mut shifted),
    );

    if len <= 128 {
        let (mut numerator, mut denominator) = (Integer::new(), Integer::new());
        theirs[0][0].resultant(&theirs[0][1], &mut numerator, &mut denominator);
        numerator.abs_assign();
        let value = ours[0][0].resultant(&ours[0][1]);
        for (found, expected) in [(&numerator, value.numer()), (&denominator, value.denom())] {
            let limbs: Vec<u64> = expected.magnitude().iter_u64_digits().collect();
            assert!(found.limbs(found.bits().div_ceil(64)) == limbs, "resultant");
        }
        table.row(
            &cell("resultant"),
            len,
            inputs,
            |k| theirs[k][0].resultant(&theirs[k][1], &mut numerator, &mut denominator),
            |k| ours[k][0].resultant(&ours[k][1]),
        );
    }

    let common: Vec<_> = ours.iter().map(|[f, g, h]| (f * h, g * h)).collect();
    let operands: Vec<_> = common.iter().map(|(f, g)| (over_q(f), over_q(g))).collect();
    q.gcd(&operands[0].0, &operands[0].1);
    assert!(equal(&q, &common[0].0.gcd(&common[0].1)), "gcd");
    table.row(
        &cell("gcd"),
        len,
        inputs,
        |k| q.gcd(&operands[k].0, &operands[k].1),
        |k| common[k].0.gcd(&common[k].1),
    );

    if len <= 128 {
        q.xgcd(&mut s, &mut t, &theirs[0][0], &theirs[0][1]);
        let (g, x, y) = ours[0][0].xgcd(&ours[0][1]);
        assert!(equal(&q, &g) && equal(&s, &x) && equal(&t, &y), "cofactors");
        table.row(
            &cell("xgcd"),
            len,
            inputs,
            |k| q.xgcd(&mut s, &mut t, &theirs[k][0], &theirs[k][1]),
            |k| ours[k][0].xgcd(&ours[k][1]),
        );
    }
}
