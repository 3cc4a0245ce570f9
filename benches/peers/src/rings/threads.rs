//! One product on two threads, beside two independent processes that each run the product on one thread.
//!
//! Two processors may share a core or its caches, so twice the speed is not what two threads can give; what two processes give
//! together is. `share` = throughput of two threads / throughput of two processes; the limit is 0.85 from below. All results go into memory
//! that is there: what the allocator does with a fresh one depends on the thread that asks, since glibc gives memory back from all arenas but a process's first.

use super::{bits, lengths};
use crate::{
    child::{Product, together},
    flint::{self, IntegerPoly},
    inputs::{generator, rows},
    options::Options,
    table::{Csv, Size, duration},
    timing::{Clock, Contestant, Effort, Role, measure},
};
use monic::{
    convolution::{self, Want},
    integer::IntegerVec,
};

pub fn two(options: &Options, csv: &mut Option<Csv>) {
    println!("\n## threads: one product in Z[x] on two threads, flat into\n");
    println!(
        "| {:>8} | {:>6} | {:>9} | {:>9} | {:>9} | {:>9} | {:>13} | {:>6} | {:>11} |",
        "length", "bits", "FLINT 1", "FLINT 2", "flat 1", "flat 2", "two processes", "share", "flat/FLINT 2"
    );
    println!("|{}", "---:|".repeat(9));
    for bits in bits(options, &[8, 62, 256]) {
        for n in lengths(options, &[131_072, 262_144, 1_048_576]) {
            if 2 * n * bits <= 400_000_000 {
                row(options, Product { m: n, n, bits }, csv);
            }
        }
    }
    flint::set_threads(options.threads);
}

fn row(options: &Options, product: Product, csv: &mut Option<Csv>) {
    let Product { m, n, bits } = product;
    let mut random = generator(&[m as u64, n as u64, bits as u64]);
    let [a, b] = [m, n].map(|len| rows(&mut random, len, bits, false));
    let [f, g] = [&a, &b].map(|rows| IntegerPoly::from_rows(rows.as_slice()));
    let into = |out: &mut IntegerVec| {
        convolution::integers_into(a.as_slice(), b.as_slice(), &Want::full(), out).expect("under the limit");
    };
    let effort = Effort { clock: Clock::Wall, ..options.effort };
    let mut times = Vec::new();
    let mut results = [IntegerVec::default(), IntegerVec::default()];
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        flint::set_threads(threads);
        let result = &mut results[threads - 1];
        pool.install(|| into(result));
        let mut destination = IntegerPoly::new();
        let mut flint = [Contestant::new(["FLINT", "FLINT 2 threads"][threads - 1], Role::Flint, 1, |_| {
            destination.mul(&f, &g)
        })];
        times.push((flint[0].name, measure(&mut flint, effort)[0]));
        // From inside of the pool: a call into it wakes a thread each time, which may take as long as a third of the shortest product.
        times.push(pool.install(|| {
            let name = ["flat into", "flat into 2 threads"][threads - 1];
            let mut monic = [Contestant::new(name, Role::Monic, 1, |_| into(result))];
            (name, measure(&mut monic, effort)[0])
        }));
    }
    assert!(results[0] == results[1], "the product depends on the number of threads");
    let processes = match together(2, product, options.effort.cell) {
        Ok(of) => of.iter().map(|time| time.min).sum::<f64>() / of.len() as f64,
        Err(error) => {
            println!("{product:?}: {error}");
            return;
        }
    };
    if let Some(csv) = csv {
        let size = Size { length: n.to_string(), bits: bits.to_string(), sign: "nonneg" };
        times.iter().for_each(|(name, time)| csv.row("threads", &size, name, *time));
    }
    let [flint_1, flat_1, flint_2, flat_2] = [0, 1, 2, 3].map(|i: usize| times[i].1.min);
    let share = processes / (2.0 * flat_2);
    println!(
        "| {n:>8} | {bits:>6} | {:>9} | {:>9} | {:>9} | {:>9} | {:>13} | {:>6} | {:>11.2} |",
        duration(flint_1),
        duration(flint_2),
        duration(flat_1),
        duration(flat_2),
        duration(processes),
        format!("{}{share:.2}", if share < 0.85 / 1.03 { "*" } else { "" }),
        flat_2 / flint_2
    );
}
