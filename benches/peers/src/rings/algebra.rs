//! Z/p[x] beyond products: division, gcd, cofactors, resultant, powers and compositions modulo a polynomial, values at points and back, shifts.
//!
//! Where a table of products has the size of the coefficients, this one has the operation. Division is of `2n` coefficients by `n`, everything
//! else of `n` and `n`, or at `n` points; powers have the characteristic as exponent.

use super::lengths;
use crate::{
    flint::WordPoly,
    goals,
    inputs::{generator, rotation},
    options::Options,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
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
        let layout = Layout {
            ring: "zp-algebra",
            title: format!("over Z/p, p = {name}"),
            columns: vec!["FLINT", "Poly"],
            ratios: vec![Ratio::new("ratio", "Poly", "FLINT", goals::mean(1.0))],
        };
        let mut table = Table::new(layout, csv);
        for len in lengths(options, &LENGTHS) {
            cells(options, p, len, &mut table);
        }
        table.finish();
    }
}

fn cells(options: &Options, p: u64, len: usize, table: &mut Table<'_>) {
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
    let mut row = |name: &'static str, theirs: Contestant<'_>, ours: Contestant<'_>| {
        let mut contestants = vec![theirs, ours];
        let times = measure(&mut contestants, options.effort);
        let size = Size { length: len.to_string(), bits: name.into(), sign: "" };
        table.row(size, &contestants, &times, &[goals::reused()]);
    };
    let first = &operands[0];
    let ([f, g, h], [a, b, c]) = (&first.ours, &first.flint);

    let (mut q, mut r) = (new(), new());
    q.quo_rem(&mut r, a, b);
    let (quo, rem) = f.quo_rem(g);
    same(&quo, &q, "quotient");
    same(&rem, &r, "remainder");
    row(
        "division",
        Contestant::new("FLINT", Role::Flint, inputs, |k| {
            let [a, b, _] = &operands[k].flint;
            q.quo_rem(&mut r, a, b);
        }),
        Contestant::new("Poly", Role::Monic, inputs, |k| operands[k].ours[0].quo_rem(&operands[k].ours[1])),
    );

    let mut inverse = new();
    inverse.inverse_series(b, len);
    let ours = series::inverse(&field, g.coefficients(), len).expect("a unit");
    same(&Poly::from_vec(field, ours), &inverse, "inverse of a power series");
    row(
        "inverse",
        Contestant::new("FLINT", Role::Flint, inputs, |k| inverse.inverse_series(&operands[k].flint[1], len)),
        Contestant::new("Poly", Role::Monic, inputs, |k| {
            series::inverse(&field, operands[k].ours[1].coefficients(), len)
        }),
    );

    let (mut d, mut s, mut t) = (new(), new(), new());
    d.gcd(b, c);
    same(&g.gcd(h), &d, "gcd");
    row(
        "gcd",
        Contestant::new("FLINT", Role::Flint, inputs, |k| {
            let [_, b, c] = &operands[k].flint;
            d.gcd(b, c);
        }),
        Contestant::new("Poly", Role::Monic, inputs, |k| operands[k].ours[1].gcd(&operands[k].ours[2])),
    );

    d.xgcd(&mut s, &mut t, b, c);
    let (ours, x, y) = g.xgcd(h);
    same(&ours, &d, "gcd");
    same(&x, &s, "first cofactor");
    same(&y, &t, "second cofactor");
    row(
        "xgcd",
        Contestant::new("FLINT", Role::Flint, inputs, |k| {
            let [_, b, c] = &operands[k].flint;
            d.xgcd(&mut s, &mut t, b, c);
        }),
        Contestant::new("Poly", Role::Monic, inputs, |k| operands[k].ours[1].xgcd(&operands[k].ours[2])),
    );

    assert_eq!(g.resultant(h), b.resultant(c), "resultant: differs from FLINT's");
    row(
        "resultant",
        Contestant::new("FLINT", Role::Flint, inputs, |k| {
            operands[k].flint[1].resultant(&operands[k].flint[2])
        }),
        Contestant::new("Poly", Role::Monic, inputs, |k| operands[k].ours[1].resultant(&operands[k].ours[2])),
    );

    if len <= MODULAR_POWERS {
        d.pow_mod(c, p, b);
        same(&h.pow_mod(p, g), &d, "power");
        row(
            "powmod",
            Contestant::new("FLINT", Role::Flint, inputs, |k| {
                let [_, b, c] = &operands[k].flint;
                d.pow_mod(c, p, b);
            }),
            Contestant::new("Poly", Role::Monic, inputs, |k| {
                operands[k].ours[2].pow_mod(p, &operands[k].ours[1])
            }),
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
        row(
            "composemod",
            Contestant::new("FLINT", Role::Flint, inputs, |k| {
                let (b, c, r) = lists[k];
                q.quo_rem(&mut inner, r, b);
                d.compose_mod(c, &inner, b);
            }),
            Contestant::new("Poly", Role::Monic, inputs, compose),
        );
    }

    let points: Vec<u64> = (0..len as u64).map(|k| k * k + k + 5).collect();
    let mut values = vec![0; len];
    b.evaluate(&points, &mut values);
    assert!(g.eval_many(&points) == values, "values: differ from FLINT's");
    let mut theirs = vec![0; len];
    row(
        "evaluation",
        Contestant::new("FLINT", Role::Flint, inputs, |k| {
            operands[k].flint[1].evaluate(&points, &mut theirs)
        }),
        Contestant::new("Poly", Role::Monic, inputs, |k| operands[k].ours[1].eval_many(&points)),
    );
    let interpolate = || Poly::try_interpolate(&field, &points, &values).expect("the points are apart");
    assert!(interpolate() == *g, "interpolation: not the polynomial that had the values");
    row(
        "interpolation",
        Contestant::new("FLINT", Role::Flint, inputs, |_| d.interpolate(&points, &values)),
        Contestant::new("Poly", Role::Monic, inputs, |_| interpolate()),
    );

    d.taylor_shift(b, 12345);
    same(&g.taylor_shift(12345), &d, "Taylor shift");
    row(
        "shift",
        Contestant::new("FLINT", Role::Flint, inputs, |k| d.taylor_shift(&operands[k].flint[1], 12345)),
        Contestant::new("Poly", Role::Monic, inputs, |k| operands[k].ours[1].taylor_shift(12345)),
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
    row(
        "composition",
        Contestant::new("FLINT", Role::Flint, inputs, |k| d.compose(&theirs[k][0], &theirs[k][1])),
        Contestant::new("Poly", Role::Monic, inputs, |k| parts[k][0].compose(&parts[k][1])),
    );
}
