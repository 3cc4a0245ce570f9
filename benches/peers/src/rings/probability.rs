//! Exact distributions: sums of dice, Poisson-binomial, pools, successes. FLINT has no distributions: its time is that of the polynomials behind
//! them (powers, products by pairs, the threshold generating function by Horner's rule), without the numbers that go into them.

use super::sign;
use crate::{
    flint::{Integer, IntegerPoly},
    inputs::generator,
    options::Options,
    others,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::distribution::{Distribution, Pool};
use monic::nonnegative::Nonnegative;
use monic::{Poly, RR, ZZ};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use rand::RngExt;
use std::collections::VecDeque;

pub fn jobs(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "probability",
        title: "exact distributions; FLINT's time is that of the polynomials alone".into(),
        columns: vec!["FLINT", "exact"],
        ratios: vec![Ratio::new("ratio", "exact", "FLINT", None)],
    };
    let python = if options.flint_only { others::PythonTools::default() } else { others::PythonTools::run() };
    let mut bench = Bench { options, table: Table::new(layout, csv), python };
    let d6 = Distribution::die(6);
    for (job, xdy, n) in [
        ("100d6", Some("100D6"), 100),
        ("1000d6", Some("1000D6"), 1000),
        ("2000d6", None, 2000),
        ("10000d6", None, 10_000),
    ] {
        bench.power(job, xdy, &d6, n);
    }
    let mut random = generator(&[1000]);
    let pmf = (0..1000).map(|k| (k, random.random_range(1..1000u32)));
    bench.power("1000 points^100", None, &Distribution::from_weights(pmf).expect("positive weights"), 100);

    let dice: Vec<_> = (0..1000)
        .map(|_| Distribution::from_weights((1..=20).map(|face| (face, random.random_range(1..100u32)))))
        .map(|die| die.expect("positive weights"))
        .collect();
    bench.sum("1000 dice of 20", &dice, || Distribution::try_sum(&dice).expect("under the limit"));
    for (job, n) in [("poibin 1000", 1000), ("poibin 10000", 10_000)] {
        let p: Vec<_> =
            (0..n).map(|_| BigRational::new(random.random_range(1..1000).into(), 1000.into())).collect();
        let trials: Vec<_> = p.iter().map(|p| Distribution::bernoulli(p).expect("a probability")).collect();
        bench.sum(job, &trials, || Distribution::poisson_binomial(&p).expect("under the limit"));
    }
    for (job, xdy, n, faces, kept) in [
        ("4d6kh3", Some("4D6 drop lowest"), 4, 6, 3),
        ("20d6kh10", Some("20D6 drop lowest 10"), 20, 6, 10),
        ("10d100kh5", Some("10D100 drop lowest 5"), 10, 100, 5),
        ("100d20kh50", Some("100D20 drop lowest 50"), 100, 20, 50),
    ] {
        bench.highest(job, xdy, n, faces, kept);
    }
    bench.successes("50d10>=8", 50, 10, 8);
    bench.table.finish();
}

/// Floats of which every one is within a bound, beside the plain transform, which has no right digit in the tails.
pub fn accurate(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "accurate",
        title: "non-negative floats: `Nonnegative`, all within a proved bound, beside products of `f64` polynomials".into(),
        columns: vec!["plain", "accurate"],
        ratios: vec![Ratio::new("ratio", "accurate", "plain", None)],
    };
    let python = if options.flint_only { others::PythonTools::default() } else { others::PythonTools::run() };
    let mut bench = Bench { options, table: Table::new(layout, csv), python };
    let bell = |n: usize, p: f64| {
        // A binomial of n - 1 trials; its ends are below every float.
        let coin = Nonnegative::from_f64(&[1.0 - p, p]).expect("not negative");
        coin.try_pow(n as u64 - 1).expect("under the limit")
    };
    for (job, n) in [("10^4 by 10^4", 10_000), ("10^5 by 10^5", 100_000), ("10^6 by 10^6", 1_000_000)] {
        let (a, b) = (bell(n, 0.5), bell(n, 0.25));
        let given = a.relative_error() + b.relative_error();
        // Nothing is zero, so that the plain product is of the same lengths.
        let floats = |v: &Nonnegative| RR.poly(v.to_f64().into_iter().map(|x| x.max(f64::MIN_POSITIVE)));
        let (f, g) = (floats(&a), floats(&b));
        bench.floats(job, given, || &f * &g, || a.try_mul(&b).expect("in range"));
    }
    let die = [1.0 / 6.0; 6];
    let plain = RR.poly(die);
    bench.floats(
        "1000d6 f64",
        0.0,
        || plain.pow(1000),
        || Nonnegative::from_f64(&die).and_then(|die| die.try_pow(1000)).expect("in range"),
    );
    for (job, n) in [("poibin 1000 f64", 1000), ("poibin 10000 f64", 10_000), ("poibin 100000 f64", 100_000)]
    {
        let mut random = generator(&[n]);
        let p: Vec<f64> = (0..n).map(|_| f64::from(random.random_range(1..1000u32)) / 1000.0).collect();
        let trials: Vec<_> = p.iter().map(|p| RR.poly([1.0 - p, *p])).collect();
        bench.floats(
            job,
            0.0,
            || trials.iter().product::<Poly<monic::Reals>>(),
            || Nonnegative::poisson_binomial(&p).expect("probabilities"),
        );
    }
    bench.table.finish();
}

struct Bench<'a> {
    options: &'a Options,
    table: Table<'a>,
    python: others::PythonTools,
}

impl Bench<'_> {
    fn row(
        &mut self,
        job: &'static str,
        xdy: Option<&'static str>,
        flint: impl Fn() -> IntegerPoly,
        ours: impl Fn() -> Distribution,
    ) {
        let result = ours();
        assert!(proportional(&flint(), result.weights()), "{job} differs from FLINT");
        let mut contestants = vec![
            Contestant::new("FLINT", Role::Flint, 1, |_| flint()),
            Contestant::new("exact", Role::Monic, 1, |_| ours()),
        ];
        #[cfg(feature = "xdy")]
        if let Some(source) = xdy.filter(|_| !self.options.flint_only) {
            contestants.push(others::xdy(source, result.denominator()));
        }
        #[cfg(not(feature = "xdy"))]
        let _ = xdy;
        let mut times = measure(&mut contestants, self.options.effort);
        self.python.join(job, &mut contestants, &mut times);
        let size =
            Size { length: job.into(), bits: result.denominator().bits().to_string(), sign: sign(false) };
        self.table.row(size, &contestants, &times, &[None]);
    }

    fn floats(
        &mut self,
        job: &'static str,
        given: f64,
        plain: impl Fn() -> Poly<monic::Reals>,
        ours: impl Fn() -> Nonnegative,
    ) {
        let (usual, result) = (plain(), ours());
        // What the operands are known to beforehand is not for the product to mend.
        let bound = result.relative_error() - given;
        assert!(bound < 1e-11, "{job}: within {bound}");
        // Near the largest ones both are right.
        let close = |(k, &p): (usize, &f64)| p < 1e-6 || (result.coefficient(k) / p - 1.0).abs() < 1e-6;
        assert!(usual.iter().enumerate().all(close), "{job} differs from the plain product");
        let mut contestants = vec![
            Contestant::new("plain", Role::Flint, 1, |_| plain()),
            Contestant::new("accurate", Role::Monic, 1, |_| ours()),
        ];
        let mut times = measure(&mut contestants, self.options.effort);
        self.python.join(job, &mut contestants, &mut times);
        let size = Size { length: job.into(), bits: "53".into(), sign: sign(false) };
        self.table.row(size, &contestants, &times, &[None]);
    }

    fn power(&mut self, job: &'static str, xdy: Option<&'static str>, die: &Distribution, n: u64) {
        let base = flint(die.weights());
        let power = || {
            let mut power = IntegerPoly::new();
            power.pow(&base, n);
            power
        };
        self.row(job, xdy, power, || die.times(n));
    }

    /// FLINT multiplies pairs, then pairs of those.
    fn sum(&mut self, job: &'static str, dice: &[Distribution], ours: impl Fn() -> Distribution) {
        let factors: Vec<_> = dice.iter().map(|die| flint(die.weights())).collect();
        let product = || {
            let pair = |a: &IntegerPoly, b: &IntegerPoly| {
                let mut product = IntegerPoly::new();
                product.mul(a, b);
                product
            };
            // An even number of them.
            let mut queue: VecDeque<_> = factors.chunks_exact(2).map(|two| pair(&two[0], &two[1])).collect();
            while queue.len() > 1 {
                let two = queue.pop_front().zip(queue.pop_front()).expect("more than one is left");
                queue.push_back(pair(&two.0, &two.1));
            }
            queue.pop_front().expect("one is left")
        };
        self.row(job, None, product, ours);
    }

    /// The `kept` highest of `n` dice: with `t` the lowest that is kept, `j` dice are above it, the others at most at it,
    /// `kept - j` or more of them at `t`: `x^(t*kept) * sum_j binomial(n, j) * U_t^j * ways`, `U_t = x + ... + x^(faces - t)`.
    fn highest(&mut self, job: &'static str, xdy: Option<&'static str>, n: u64, faces: u64, kept: u64) {
        let ways = |t: u64, j: u64| -> BigInt {
            let rest = n - j;
            (kept - j..=rest).map(|at| binomial(rest, at) * BigInt::from(t - 1).pow((rest - at) as u32)).sum()
        };
        let coefficients: Vec<Vec<Integer>> = (1..=faces)
            .map(|t| (0..kept).map(|j| integer(&(binomial(n, j) * ways(t, j)))).collect())
            .collect();
        let above: Vec<_> =
            (1..=faces).map(|t| flint(&ZZ.poly((0..=faces - t).map(|k| i64::from(k > 0))))).collect();
        let sum = || {
            let mut sum = IntegerPoly::new();
            for t in (1..=faces).rev() {
                let k = t as usize - 1;
                let mut part = IntegerPoly::new();
                for c in coefficients[k].iter().rev() {
                    part.horner(&above[k], c);
                }
                // The smallest sum is `kept`.
                sum.add_shifted(part, k * kept as usize);
            }
            sum
        };
        let die = Distribution::die(faces);
        self.row(job, xdy, sum, || Pool::of(&die, n).keep_highest(kept).expect("so many dice are there"));
    }

    fn successes(&mut self, job: &'static str, n: u64, faces: u64, least: u64) {
        let base = flint(&ZZ.poly([least - 1, faces - least + 1]));
        let power = || {
            let mut power = IntegerPoly::new();
            power.pow(&base, n);
            power
        };
        let die = Distribution::die(faces);
        self.row(job, None, power, || {
            die.count_successes(n, |face| face >= least as i64).expect("under the limit")
        });
    }
}

fn flint(poly: &Poly<monic::Integers>) -> IntegerPoly {
    let rows = monic::integer::IntegerVec::from_bigints(poly.coefficients());
    IntegerPoly::from_rows(rows.as_slice())
}

fn integer(n: &BigInt) -> Integer {
    Integer::from_limbs(&n.magnitude().to_u64_digits())
}

fn binomial(n: u64, k: u64) -> BigInt {
    (0..k).fold(BigInt::from(1), |product, i| product * (n - i) / (i + 1))
}

/// Whether the weights are those of FLINT, but for a common factor.
fn proportional(flint: &IntegerPoly, weights: &Poly<monic::Integers>) -> bool {
    let width = flint.bits() / 64 + 1;
    let coefficients: Vec<BigInt> = flint
        .rows(0..flint.len(), width)
        .chunks_exact(width)
        .map(|row| {
            BigInt::from_bytes_le(Sign::Plus, &row.iter().flat_map(|l| l.to_le_bytes()).collect::<Vec<_>>())
        })
        .collect();
    let (theirs, ours) = (&coefficients[0], &weights.coefficients()[0]);
    coefficients.len() == weights.len()
        && coefficients
            .iter()
            .zip(weights)
            .all(|(a, b)| if theirs == ours { a == b } else { a * ours == b * theirs })
}
