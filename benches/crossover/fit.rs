//! The constants of `tuning.rs` from measurements: plans of every algorithm are timed on every back end, and the time
//! of each is `sum of count[kind] * nanoseconds[kind]`, so that the constants are the solution of a least-squares
//! problem, without negative values, in which every plan weighs as much as any other (residuals are relative).
//!
//! What is printed is the table that stands in `tuning.rs`, a line a kind, a column a back end; `-` says that no plan here does work of
//! that kind. Then, back end by back end, how far the estimates are off.

use super::{Random, least, testing};
use monic::{
    convolution::{
        Algorithm, Backend, Want, integers,
        plan::{Facts, Plan, Shape, Work, plan, plan_by},
        tuning::{Costs, Unit},
        with_backend, words_mod,
    },
    integer::WordModulus,
};

/// One plan, measured.
struct Sample {
    label: String,
    /// Which product it is of.
    product: usize,
    plan: Plan,
    work: Work,
    nanoseconds: f64,
    /// Whether it is what the plan would take with the constants as they stand.
    chosen: bool,
}

const EXACT: [Algorithm; 5] =
    [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Fft, Algorithm::Ntt];

/// A plan that is estimated beyond this many times the best, or this many nanoseconds, is not measured.
const HOPELESS: (f64, f64) = (12.0, 2e8);

/// Passes over all constants; the residual no longer changes in its third digit long before.
const PASSES: usize = 20_000;

struct Samples {
    samples: Vec<Sample>,
    products: usize,
}

impl Samples {
    fn take(&mut self, label: String, facts: &Facts, shape: &Shape, run: impl Fn(&Want)) {
        let planned = plan(facts, shape);
        let best = planned.cost(facts, shape);
        for algorithm in EXACT {
            let Ok(candidate) = plan_by(facts, shape, algorithm) else { continue };
            let estimate = candidate.cost(facts, shape);
            if candidate != planned && (estimate > best * HOPELESS.0 || estimate > HOPELESS.1) {
                continue;
            }
            let want = Want::full().by(algorithm);
            let nanoseconds = 1e3 * least(|| run(&want));
            self.samples.push(Sample {
                label: label.clone(),
                product: self.products,
                work: candidate.work(facts, shape),
                chosen: candidate == planned,
                plan: candidate,
                nanoseconds,
            });
        }
        self.products += 1;
    }

    fn all() -> Samples {
        let mut samples = Samples { samples: Vec::new(), products: 0 };
        let mut random = Random(11);
        let most = if testing() { 1 << 12 } else { 1 << 23 };
        let lengths =
            [3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096, 16384, 65536];
        for bits in [8, 30, 62, 120, 250, 500, 1000, 2300, 3000, 8000, 30_000] {
            for len in lengths.into_iter().chain([1 << 18, 1 << 20]) {
                if len as u64 * bits > most || bits > 2000 && len > 4096 {
                    continue;
                }
                let (a, b) = (random.integers(len, bits), random.integers(len, bits));
                let product = |want: &Want| drop(integers(a.as_slice(), b.as_slice(), want).expect("small"));
                let facts = Facts::integers(bits, bits);
                let shape = Shape::new(len, len, &Want::full());
                samples.take(format!("{bits} bits x {len}"), &facts, &shape, product);
            }
        }
        for n in [257, 998_244_353, 1_000_000_007, (1 << 61) - 1, (1 << 64) - 59, 1 << 64] {
            let modulus = WordModulus::from_u128(n).expect("in range");
            for len in lengths {
                if len as u64 * 64 > most {
                    continue;
                }
                let (a, b) = (random.residues(len, n), random.residues(len, n));
                let product = |want: &Want| drop(words_mod(&modulus, &a, &b, want).expect("small"));
                let shape = Shape::new(len, len, &Want::full());
                samples.take(format!("{n} x {len}"), &Facts::Word { modulus: n }, &shape, product);
            }
        }
        for (long, short, bits) in [(1000, 10, 16), (5000, 30, 62), (3000, 300, 62), (100_000, 1000, 16)] {
            if long as u64 * bits > most {
                continue;
            }
            let (a, b) = (random.integers(long, bits), random.integers(short, bits));
            let product = |want: &Want| drop(integers(a.as_slice(), b.as_slice(), want).expect("small"));
            let facts = Facts::integers(bits, bits);
            let shape = Shape::new(long, short, &Want::full());
            samples.take(format!("{bits} bits, {long} x {short}"), &facts, &shape, product);
        }
        samples
    }

    /// The constants that fit best; none for the kinds that no sample has.
    fn solve(&self) -> Vec<Option<f64>> {
        let n = Unit::COUNT;
        let rows: Vec<Vec<f64>> = (self.samples.iter())
            .map(|s| Unit::ALL.iter().map(|&u| s.work.count(u) / s.nanoseconds).collect())
            .collect();
        let mut square = vec![vec![0.0; n]; n];
        let mut right = vec![0.0; n];
        for row in &rows {
            for i in 0..n {
                right[i] += row[i];
                for j in 0..n {
                    square[i][j] += row[i] * row[j];
                }
            }
        }
        let mut x = vec![0.0; n];
        for _ in 0..PASSES {
            for i in 0..n {
                if square[i][i] > 0.0 {
                    let others: f64 = (0..n).filter(|&j| j != i).map(|j| square[i][j] * x[j]).sum();
                    x[i] = f64::max(0.0, (right[i] - others) / square[i][i]);
                }
            }
        }
        (0..n).map(|i| (square[i][i] > 0.0).then_some(x[i])).collect()
    }

    /// How far estimates are off, and what the choice loses.
    fn report(&self, backend: Backend, constants: &[Option<f64>]) {
        let estimate = |s: &Sample| -> f64 {
            Unit::ALL.iter().map(|&u| s.work.count(u) * constants[u as usize].unwrap_or(0.0)).sum()
        };
        println!("\n{backend}: {} plans of {} products", self.samples.len(), self.products);
        let mut worst: Vec<(f64, &Sample)> =
            self.samples.iter().map(|s| (estimate(s) / s.nanoseconds, s)).collect();
        worst.sort_by(|a, b| b.0.ln().abs().total_cmp(&a.0.ln().abs()));
        for (ratio, s) in worst.iter().take(12) {
            println!("  {ratio:>5.2} of {:>12.0} ns: {} {}", s.nanoseconds, s.label, s.plan);
        }
        let (mut losses, mut old) = (Vec::new(), Vec::new());
        for product in 0..self.products {
            let own = || self.samples.iter().filter(|s| s.product == product);
            let best = own().map(|s| s.nanoseconds).fold(f64::INFINITY, f64::min);
            let fitted = own().min_by(|a, b| estimate(a).total_cmp(&estimate(b))).expect("one ran");
            losses.push((fitted.nanoseconds / best, fitted));
            old.extend(own().filter(|s| s.chosen).map(|s| s.nanoseconds / best));
        }
        let mean = |v: &[f64]| (v.iter().map(|x| x.ln()).sum::<f64>() / v.len() as f64).exp();
        let new: Vec<f64> = losses.iter().map(|l| l.0).collect();
        println!(
            "  the choice costs {:.3} of the best with these constants, {:.3} with those in force",
            mean(&new),
            mean(&old)
        );
        losses.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (loss, s) in losses.iter().take(8).filter(|l| l.0 > 1.05) {
            println!("  {loss:>5.2} lost on {}: {}", s.label, s.plan);
        }
    }
}

/// Measures, solves and prints.
pub(crate) fn fit() {
    println!("\nConstants, nanoseconds");
    let backends = [Backend::Portable, Backend::Avx2, Backend::Avx512, Backend::Ifma];
    let columns = backends.map(|backend| {
        let run = || {
            let samples = Samples::all();
            let constants = samples.solve();
            samples.report(backend, &constants);
            constants
        };
        with_backend(backend, run).ok()
    });
    println!();
    for &unit in Unit::ALL {
        // Where nothing was measured, what stands there stays.
        let cell = |(&backend, column): (&Backend, &Option<Vec<Option<f64>>>)| {
            let fitted = column.as_ref().and_then(|constants| constants[unit as usize]);
            format!("{:.3}", fitted.unwrap_or(Costs::of(backend).nanoseconds(unit)))
        };
        let cells: Vec<String> = backends.iter().zip(&columns).map(cell).collect();
        println!("    {unit:?}: [{}],", cells.join(", "));
    }
}
