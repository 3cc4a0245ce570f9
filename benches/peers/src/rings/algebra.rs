//! Z/p[x] beyond products: division, gcd, cofactors, inverses, resultant, powers and compositions modulo a polynomial, values at points and back, shifts.
//!
//! Where a table of products has the size of the coefficients, this one has the operation. Division is of `2n` coefficients by `n`, everything
//! else of `n` and `n`, or at `n` points; powers have the characteristic as exponent.

use super::{lengths, operations::Operations};
use crate::{
    flint::WordPoly,
    inputs::{generator, rotation},
    options::Options,
    table::Csv,
};
use monic::{
    Poly, Zmod,
    ring::{PrimeField, generic::series},
};
use rand::RngExt;

const LENGTHS: [usize; 6] = [16, 64, 256, 1024, 16384, 65536];
/// Moduli, with the names that they have in the table.
const MODULI: [(&str, u64); 2] = [("998244353", 998_244_353), ("2^61-1", (1 << 61) - 1)];

/// Lengths up to which powers modulo a polynomial are computed: some 45 products modulo it each.
const MODULAR_POWERS: usize = 1 << 14;
/// Lengths up to which compositions modulo a polynomial are computed: the square of the length.
const MODULAR_COMPOSITIONS: usize = 1 << 12;

/// Polynomials of a cell: one of `2n` coefficients and two of `n`.
struct Operands {
    ours: [Poly<PrimeField>; 3],
    flint: [WordPoly; 3],
}

/// `--bits` chooses moduli by their size.
pub fn over_words(options: &Options, csv: &mut Option<Csv>) {
    for (name, p) in MODULI {
        let asked =
            options.bits.as_ref().is_none_or(|bits| bits.contains(&(64 - p.leading_zeros() as usize)));
        if !asked {
            continue;
        }
        let mut table = Operations::new("zp-algebra", format!("over Z/p, p = {name}"), "", options, csv);
        for len in lengths(options, &LENGTHS) {
            cells(p, len, &mut table);
        }
        table.finish();
    }
}

fn cells(p: u64, len: usize, table: &mut Operations<'_>) {
    let field = Zmod::prime(p).expect("a prime");
    let inputs = rotation(4 * len);
    let mut random = generator(&[p, len as u64, 77]);
    let mut draw = |len: usize| -> Vec<u64> { (0..len).map(|_| random.random_range(1..p)).collect() };
    let operands: Vec<Operands> = (0..inputs)
        .map(|_| {
            let words = [draw(2 * len), draw(len), draw(len)];
            Operands {
                flint: words.each_ref().map(|f| WordPoly::from_words(p, f)),
                ours: words.map(|f| Poly::from_vec(field, f)),
            }
        })
        .collect();
    let new = || WordPoly::new(p);
    let same = |ours: &Poly<PrimeField>, theirs: &WordPoly, what: &str| {
        assert!(ours.coefficients() == theirs.words(), "{what}: differs from FLINT's");
    };
    let first = &operands[0];
    let ([f, g, h], [a, b, c]) = (&first.ours, &first.flint);

    let (mut q, mut r) = (new(), new());
    q.quo_rem(&mut r, a, b);
    let (quo, rem) = f.quo_rem(g);
    same(&quo, &q, "quotient");
    same(&rem, &r, "remainder");
    table.row(
        "division",
        len,
        inputs,
        |k| {
            let [a, b, _] = &operands[k].flint;
            q.quo_rem(&mut r, a, b);
        },
        |k| operands[k].ours[0].quo_rem(&operands[k].ours[1]),
    );

    let mut inverse = new();
    inverse.inverse_series(b, len);
    let ours = series::inverse(&field, g.coefficients(), len).expect("a unit");
    same(&Poly::from_vec(field, ours), &inverse, "inverse of a power series");
    table.row(
        "inverse",
        len,
        inputs,
        |k| inverse.inverse_series(&operands[k].flint[1], len),
        |k| series::inverse(&field, operands[k].ours[1].coefficients(), len),
    );

    let (mut d, mut s, mut t) = (new(), new(), new());
    d.gcd(b, c);
    same(&g.gcd(h), &d, "gcd");
    table.row(
        "gcd",
        len,
        inputs,
        |k| {
            let [_, b, c] = &operands[k].flint;
            d.gcd(b, c);
        },
        |k| operands[k].ours[1].gcd(&operands[k].ours[2]),
    );

    d.xgcd(&mut s, &mut t, b, c);
    let (ours, x, y) = g.xgcd(h);
    same(&ours, &d, "gcd");
    same(&x, &s, "first cofactor");
    same(&y, &t, "second cofactor");
    table.row(
        "xgcd",
        len,
        inputs,
        |k| {
            let [_, b, c] = &operands[k].flint;
            d.xgcd(&mut s, &mut t, b, c);
        },
        |k| operands[k].ours[1].xgcd(&operands[k].ours[2]),
    );

    d.inverse_mod(b, c);
    same(&g.try_inverse_mod(h).expect("a unit"), &d, "inverse modulo a polynomial");
    table.row(
        "inversemod",
        len,
        inputs,
        |k| {
            let [_, b, c] = &operands[k].flint;
            d.inverse_mod(b, c);
        },
        |k| operands[k].ours[1].try_inverse_mod(&operands[k].ours[2]),
    );

    assert_eq!(g.resultant(h), b.resultant(c), "resultant: differs from FLINT's");
    table.row(
        "resultant",
        len,
        inputs,
        |k| operands[k].flint[1].resultant(&operands[k].flint[2]),
        |k| operands[k].ours[1].resultant(&operands[k].ours[2]),
    );

    if len <= MODULAR_POWERS {
        d.pow_mod(c, p, b);
        same(&h.pow_mod(p, g), &d, "power");
        table.row(
            "powmod",
            len,
            inputs,
            |k| {
                let [_, b, c] = &operands[k].flint;
                d.pow_mod(c, p, b);
            },
            |k| operands[k].ours[2].pow_mod(p, &operands[k].ours[1]),
        );
    }

    if len <= MODULAR_COMPOSITIONS {
        let compose = |k: usize| {
            let [_, g, h] = &operands[k].ours;
            // The first of them as the modulus, and both reduced by it.
            h.try_compose_mod(&h.reverse(), g).expect("a leading coefficient that is a unit")
        };
        let reversed: Vec<WordPoly> =
            operands.iter().map(|o| WordPoly::from_words(p, o.ours[2].reverse().coefficients())).collect();
        let mut inner = new();
        q.quo_rem(&mut inner, &reversed[0], b);
        d.compose_mod(c, &inner, b);
        same(&compose(0), &d, "modular composition");
        let lists: Vec<_> =
            operands.iter().zip(&reversed).map(|(o, r)| (&o.flint[1], &o.flint[2], r)).collect();
        table.row(
            "composemod",
            len,
            inputs,
            |k| {
                let (b, c, r) = lists[k];
                q.quo_rem(&mut inner, r, b);
                d.compose_mod(c, &inner, b);
            },
            compose,
        );
    }

    let points: Vec<u64> = (0..len as u64).map(|k| k * k + k + 5).collect();
    let mut values = vec![0; len];
    b.evaluate(&points, &mut values);
    assert!(g.eval_many(&points) == values, "values: differ from FLINT's");
    let mut theirs = vec![0; len];
    table.row(
        "evaluation",
        len,
        inputs,
        |k| operands[k].flint[1].evaluate(&points, &mut theirs),
        |k| operands[k].ours[1].eval_many(&points),
    );
    let interpolate = || Poly::try_interpolate(&field, &points, &values).expect("the points are apart");
    assert!(interpolate() == *g, "interpolation: not the polynomial that had the values");
    table.row("interpolation", len, inputs, |_| d.interpolate(&points, &values), |_| interpolate());

    d.taylor_shift(b, 12345);
    same(&g.taylor_shift(12345), &d, "Taylor shift");
    table.row(
        "shift",
        len,
        inputs,
        |k| d.taylor_shift(&operands[k].flint[1], 12345),
        |k| operands[k].ours[1].taylor_shift(12345),
    );

    // As many coefficients in the end as everywhere else.
    let side = len.isqrt();
    let parts: Vec<_> = operands
        .iter()
        .map(|o| [0, 1].map(|i| Poly::from_vec(field, o.ours[1 + i].coefficients()[..side].to_vec())))
        .collect();
    let theirs: Vec<_> =
        parts.iter().map(|pair| pair.each_ref().map(|f| WordPoly::from_words(p, f.coefficients()))).collect();
    d.compose(&theirs[0][0], &theirs[0][1]);
    same(&parts[0][0].compose(&parts[0][1]), &d, "composition");
    table.row(
        "composition",
        len,
        inputs,
        |k| d.compose(&theirs[k][0], &theirs[k][1]),
        |k| parts[k][0].compose(&parts[k][1]),
    );
}
