//! Power series over Z and Q: quotients, functions, composition and reversion.
//!
//! Coefficients of operands are random of 30 bits, over Q divided by such, or those of `exp(x)`. Results grow with the square of the length, where nothing
//! cancels: those of random fractions take 20 MB with 1000 coefficients and would take 3 GB with 10,000; compositions end where FLINT would take minutes.

use super::{exact_algebra::over_z, lengths, operations::Operations, rationals};
use crate::{
    flint::{Integer, IntegerPoly, RationalPoly, same},
    inputs::{generator, rows},
    options::Options,
    table::Csv,
    timing::first,
};
use monic::{
    Integers, Poly, QQ, Rationals, Result, ZZ,
    integer::IntegerVec,
    ring::{Elementary, GcdDomain, generic::series},
};
use num_bigint::BigInt;
use num_rational::BigRational;

const LENGTHS: [usize; 3] = [100, 1000, 10000];
const BITS: usize = 30;
/// The longest composition and reversion of random coefficients over Z, of `exp(x)` and of random fractions over Q.
const COMPOSED: [usize; 3] = [1000, 1000, 100];
/// The longest quotient and function of the same, over Z and over Q.
const DIVIDED: [usize; 3] = [10000, 10000, 1000];

/// A function of two operands of each library, to so many coefficients.
type Theirs<P> = fn(&mut P, &[P; 2], usize);
type Ours<E> = fn(&[Vec<E>; 2], usize) -> Result<Vec<E>>;

/// The first operand has the constant coefficient 1, the second 0 and 1 at `x`.
const OVER_Z: [(&str, bool, Theirs<IntegerPoly>, Ours<BigInt>); 3] = [
    ("inverse", false, |out, [f, _], n| out.inverse_series(f, n), |[f, _], n| series::inverse(&ZZ, f, n)),
    (
        "compose",
        true,
        |out, [f, g], n| out.compose_series(f, g, n),
        |[f, g], n| series::compose(&ZZ, f, g, n),
    ),
    ("revert", true, |out, [_, g], n| out.revert_series(g, n), |[_, g], n| series::reverse(&ZZ, g, n)),
];

const OVER_Q: [(&str, bool, Theirs<RationalPoly>, Ours<BigRational>); 8] = [
    ("inverse", false, |out, [f, _], n| out.inverse_series(f, n), |[f, _], n| series::inverse(&QQ, f, n)),
    ("exp", false, |out, [_, g], n| out.exp_series(g, n), |[_, g], n| of(Elementary::Exp, g, n)),
    ("log", false, |out, [f, _], n| out.log_series(f, n), |[f, _], n| of(Elementary::Log, f, n)),
    ("sqrt", false, |out, [f, _], n| out.sqrt_series(f, n), |[f, _], n| series::root(&QQ, f, 2, n)),
    ("sin", false, |out, [_, g], n| out.sin_series(g, n), |[_, g], n| of(Elementary::Sin, g, n)),
    ("tan", false, |out, [_, g], n| out.tan_series(g, n), |[_, g], n| of(Elementary::Tan, g, n)),
    (
        "compose",
        true,
        |out, [f, g], n| out.compose_series(f, g, n),
        |[f, g], n| series::compose(&QQ, f, g, n),
    ),
    ("revert", true, |out, [_, g], n| out.revert_series(g, n), |[_, g], n| series::reverse(&QQ, g, n)),
];

fn of(function: Elementary, f: &[BigRational], n: usize) -> Result<Vec<BigRational>> {
    series::elementary(&QQ, function, f, n)
}

/// Whether a length is measured, for compositions or others of kind `i`.
fn fits(n: usize, i: usize, composed: bool) -> bool {
    n <= if composed { COMPOSED[i] } else { DIVIDED[i] }
}

pub fn over_integers(options: &Options, csv: &mut Option<Csv>) {
    let mut table =
        Operations::new("z-series", format!("power series over Z, {BITS} bits"), "random", options, csv);
    for n in lengths(options, &LENGTHS) {
        let mut random = generator(&[n as u64, 82]);
        let mut draw = |first: [u8; 2]| {
            let mut f = rows(&mut random, n, BITS, true).to_bigints();
            f[0] = first[0].into();
            f[1] = first[1].into();
            f
        };
        let ours = [draw([1, 7]), draw([0, 1])];
        let flint = ours.each_ref().map(|f| over_z(&Poly::<Integers>::from_vec(ZZ, f.clone())));
        let mut out = IntegerPoly::new();
        for (name, composed, theirs, own) in OVER_Z {
            if fits(n, 0, composed) {
                first("FLINT", name, n, || theirs(&mut out, &flint, n));
                let result = Poly::from_vec(ZZ, first("monic", name, n, || own(&ours, n)).expect("integers"));
                assert!(same(&out, result.coefficients()), "{name}: differs from FLINT's");
                table.row(name, n, 1, |_| theirs(&mut out, &flint, n), |_| own(&ours, n));
            }
        }
    }
    table.finish();
}

pub fn over_rationals(options: &Options, csv: &mut Option<Csv>) {
    let mut table = Operations::new("q-series", "power series over Q".into(), "", options, csv);
    for (kind, i) in [("exp(x)", 1), ("random", 2)] {
        for n in lengths(options, &LENGTHS) {
            let mut random = generator(&[n as u64, 83]);
            let mut draw = |constant: i32| {
                let mut f: Vec<BigRational> = if i == 1 {
                    (0..n)
                        .scan(BigRational::from_integer(1.into()), |c, k| {
                            // In lowest terms: a gcd for each would take longer than what is measured.
                            let next = BigRational::new_raw(1.into(), c.denom() * BigInt::from(k + 1));
                            Some(std::mem::replace(c, next))
                        })
                        .collect()
                } else {
                    let numerators = rows(&mut random, n, BITS, true).to_bigints();
                    let denominators = rows(&mut random, n, BITS, false).to_bigints();
                    numerators
                        .into_iter()
                        .zip(denominators)
                        .map(|(n, d)| BigRational::new(n, d + 1))
                        .collect()
                };
                f[0] = BigRational::from_integer(constant.into());
                f
            };
            let ours = [draw(1), draw(0)];
            let flint = ours.each_ref().map(|f| over_q(f));
            let mut out = RationalPoly::new();
            for (name, composed, theirs, own) in OVER_Q {
                if fits(n, i, composed) {
                    let name = format!("{name} {kind}");
                    first("FLINT", &name, n, || theirs(&mut out, &flint, n));
                    let result = first("monic", &name, n, || own(&ours, n)).expect("rationals");
                    let result = Poly::<Rationals>::from_vec(QQ, result);
                    assert!(rationals::same(&out, &result), "{name}: differs from FLINT's");
                    table.row(&name, n, 1, |_| theirs(&mut out, &flint, n), |_| own(&ours, n));
                }
            }
        }
    }
    table.finish();
}

/// The polynomial in FLINT's type.
fn over_q(f: &[BigRational]) -> RationalPoly {
    let denominator = f.iter().fold(BigInt::from(1), |lcm, c| &lcm / ZZ.gcd(&lcm, c.denom()) * c.denom());
    let numerators: Vec<BigInt> = f.iter().map(|c| c.numer() * (&denominator / c.denom())).collect();
    let rows = IntegerVec::from_bigints(&numerators);
    let limbs: Vec<u64> = denominator.magnitude().iter_u64_digits().collect();
    RationalPoly::from_quotient(&IntegerPoly::from_rows(rows.as_slice()), &Integer::from_limbs(&limbs))
}
