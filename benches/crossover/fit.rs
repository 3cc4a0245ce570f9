//! The constants of `tuning.rs` from measurements: plans of every algorithm are timed on every back end, and the time
//! of each is `sum of count[kind] * nanoseconds[kind]`, so that the constants are the solution of a least-squares
//! problem, without negative values, in which every plan weighs as much as any other (residuals are relative).
//!
//! What is printed is the table that stands in `tuning.rs`, a line a kind, a column a back end; `-` says that no plan here does work of
//! that kind. Then, back end by back end, how far the estimates are off.

use super::products::{self, Product, mean};
use monic::convolution::{
    Backend,
    plan::{Plan, Work},
    tuning::{Costs, Unit},
    with_backend,
};

/// One plan, measured.
struct Sample<'a> {
    product: &'a Product,
    plan: &'a Plan,
    work: Work,
    nanoseconds: f64,
}

/// Passes over all constants; the residual no longer changes in its third digit long before.
const PASSES: usize = 20_000;

struct Samples<'a> {
    products: &'a [Product],
    samples: Vec<Sample<'a>>,
}

impl<'a> Samples<'a> {
    fn of(products: &'a [Product]) -> Self {
        let of_product = |product: &'a Product| {
            (product.forced.iter()).map(move |way| Sample {
                product,
                plan: &way.plan,
                work: way.plan.work(&product.facts, &product.shape),
                nanoseconds: way.nanoseconds,
            })
        };
        Samples { products, samples: products.iter().flat_map(of_product).collect() }
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
        println!("\n{backend}: {} plans of {} products", self.samples.len(), self.products.len());
        let mut worst: Vec<(f64, &Sample)> =
            self.samples.iter().map(|s| (estimate(s) / s.nanoseconds, s)).collect();
        worst.sort_by(|a, b| b.0.ln().abs().total_cmp(&a.0.ln().abs()));
        for (ratio, s) in worst.iter().take(12) {
            println!("  {ratio:>5.2} of {:>12.0} ns: {} {}", s.nanoseconds, s.product, s.plan);
        }
        let mut losses: Vec<(f64, &Sample)> = (self
            .samples
            .chunk_by(|a, b| std::ptr::eq(a.product, b.product)))
        .map(|own| {
            let best = own.iter().map(|s| s.nanoseconds).fold(f64::INFINITY, f64::min);
            let fitted = own.iter().min_by(|a, b| estimate(a).total_cmp(&estimate(b))).expect("one ran");
            (fitted.nanoseconds / best, fitted)
        })
        .collect();
        println!(
            "  the choice costs {:.3} of the best algorithm with these constants; {:.3} of the best, kept plans too, with those in force",
            mean(losses.iter().map(|l| l.0)),
            mean(self.products.iter().map(Product::loss))
        );
        losses.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (loss, s) in losses.iter().take(8).filter(|l| l.0 > 1.05) {
            println!("  {loss:>5.2} lost on {}: {}", s.product, s.plan);
        }
    }
}

/// Measures, solves and prints.
pub(crate) fn fit() {
    println!("\nConstants, nanoseconds");
    let backends = [Backend::Portable, Backend::Avx2, Backend::Avx512, Backend::Ifma];
    let columns = backends.map(|backend| {
        let run = || {
            let products = products::all();
            let samples = Samples::of(&products);
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
