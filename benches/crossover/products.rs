//! The products that costs are measured on, and the times of every algorithm that may do them.
//!
//! Apart from what is made of the times: [`fit`](super::fit) solves for the constants, [`regret`](super::regret) says what the plan loses.

use super::{EXACT, Random, testing};
use monic::{
    convolution::{
        Want, integers,
        plan::{Facts, Plan, Shape, plan, plan_by},
        words_mod,
    },
    integer::{IntegerSlice, WordModulus},
};
use std::{fmt, time::Instant};

/// One way to compute a product, and its time.
pub(crate) struct Timed {
    pub(crate) plan: Plan,
    pub(crate) nanoseconds: f64,
}

/// One product: its place in a table, what is known of it, and its times.
pub(crate) struct Product {
    pub(crate) table: &'static str,
    pub(crate) row: String,
    pub(crate) column: String,
    pub(crate) facts: Facts,
    pub(crate) shape: Shape,
    /// As it is planned, with all that a call does besides; the plan itself is kept from the first call on.
    pub(crate) planned: Timed,
    /// By every algorithm that is not hopeless, forced: its parameters are found in every call, 0.1 to 0.3 us.
    pub(crate) forced: Vec<Timed>,
}

impl Product {
    /// The fastest way.
    pub(crate) fn best(&self) -> &Timed {
        let least = |a: &&Timed, b: &&Timed| a.nanoseconds.total_cmp(&b.nanoseconds);
        self.forced.iter().chain([&self.planned]).min_by(least).expect("there is one")
    }

    /// The time as it is planned over the best: from 1 on.
    pub(crate) fn loss(&self) -> f64 {
        self.planned.nanoseconds / self.best().nanoseconds
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.table, self.row, self.column)
    }
}

/// The geometric mean of losses.
pub(crate) fn mean(losses: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = losses.fold((0, 0.0), |(count, sum), loss| (count + 1, sum + loss.ln()));
    (sum / f64::from(count)).exp()
}

/// A plan that is estimated beyond this many times the cheapest is not measured.
const HOPELESS: f64 = 8.0;
/// What takes this many times as long as the fastest is run [`ROUNDS`] times and no more.
const SLOW: f64 = 2.0;
/// Runs that each has at least.
const ROUNDS: usize = 3;
/// Nanoseconds that a run is repeated for, so that the clock does not count.
const SAMPLE: f64 = 2e4;
/// Nanoseconds for all runs of one product.
const EFFORT: u128 = 60_000_000;

/// Losses beyond this are measured again, so many times at most.
const DOUBTFUL: f64 = 1.1;
const AGAIN: usize = 3;

const LENGTHS: [usize; 18] =
    [3, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 4096, 16384, 65536, 1 << 18];
const BITS: [u64; 12] = [8, 16, 22, 30, 62, 128, 250, 500, 1024, 2300, 4096, 16384];
const MODULI: [(u128, &str); 6] = [
    (257, "257"),
    (998_244_353, "998244353"),
    (1_000_000_007, "10^9+7"),
    ((1 << 61) - 1, "2^61-1"),
    ((1 << 64) - 59, "2^64-59"),
    (1 << 64, "2^64"),
];
const UNBALANCED: [(usize, usize); 7] =
    [(100, 10), (1000, 10), (1000, 100), (10_000, 30), (10_000, 300), (100_000, 10), (100_000, 1000)];

/// Bits of an operand, at most.
fn most() -> u64 {
    if testing() { 1 << 12 } else { 1 << 23 }
}

/// The least time of each way, taken in turn.
fn alternately(ways: &[&dyn Fn()]) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; ways.len()];
    let mut calls = vec![1u32; ways.len()];
    let (start, mut round) = (Instant::now(), 0);
    while round <= ROUNDS || start.elapsed().as_nanos() < EFFORT {
        let best = least.iter().copied().fold(f64::INFINITY, f64::min);
        for (k, way) in ways.iter().enumerate() {
            if round > ROUNDS && least[k] > SLOW * best {
                continue;
            }
            let begin = Instant::now();
            (0..calls[k]).for_each(|_| way());
            let time = begin.elapsed().as_nanos() as f64 / f64::from(calls[k]);
            least[k] = least[k].min(time);
            if round == 0 {
                calls[k] = (SAMPLE / time.max(1.0)).ceil() as u32;
            }
        }
        round += 1;
        if testing() {
            break;
        }
    }
    least
}

/// Times of one product by every algorithm; `run` does it.
fn time(
    (table, row, column): (&'static str, String, String),
    facts: Facts,
    shape: Shape,
    run: impl Fn(&Want),
) -> Product {
    let plan = plan(&facts, &shape);
    let bound = HOPELESS * plan.cost(&facts, &shape);
    let plans: Vec<Plan> = (EXACT.into_iter())
        .filter_map(|algorithm| plan_by(&facts, &shape, algorithm).ok())
        .filter(|candidate| *candidate == plan || candidate.cost(&facts, &shape) < bound)
        .collect();
    let wants = plans.iter().map(|plan| Want::full().by(plan.algorithm()));
    let wants: Vec<Want> = [Want::full()].into_iter().chain(wants).collect();
    let ways: Vec<Box<dyn Fn() + '_>> =
        wants.iter().map(|want| Box::new(|| run(want)) as Box<dyn Fn() + '_>).collect();
    let ways: Vec<&dyn Fn()> = ways.iter().map(|way| &**way).collect();
    let mut times = alternately(&ways);
    // Where a way that is not planned seems to be faster, something else may have taken the processor meanwhile.
    for _ in 0..AGAIN {
        let best = times.iter().copied().fold(f64::INFINITY, f64::min);
        if testing() || times[0] < DOUBTFUL * best {
            break;
        }
        times.iter_mut().zip(alternately(&ways)).for_each(|(time, again)| *time = time.min(again));
    }
    let timed = |(plan, &nanoseconds)| Timed { plan, nanoseconds };
    let forced = plans.into_iter().zip(&times[1..]).map(timed).collect();
    Product { table, row, column, facts, shape, planned: Timed { plan, nanoseconds: times[0] }, forced }
}

fn of_integers(
    table: &'static str,
    row: String,
    (a, b): (IntegerSlice<'_>, IntegerSlice<'_>),
    (bits, square): (u64, bool),
) -> Product {
    let shape = if square { Shape::square(a.len()) } else { Shape::new(a.len(), b.len(), &Want::full()) };
    let place = (table, row, format!("{bits}"));
    time(place, Facts::integers(bits, bits), shape, |want| drop(integers(a, b, want).expect("small")))
}

fn of_words(table: &'static str, row: String, (a, b): (&[u64], &[u64]), (n, name): (u128, &str)) -> Product {
    let modulus = WordModulus::from_u128(n).expect("in range");
    let shape = match std::ptr::eq(a, b) {
        true => Shape::square(a.len()),
        false => Shape::new(a.len(), b.len(), &Want::full()),
    };
    let place = (table, row, name.to_string());
    let run = |want: &Want| drop(words_mod(&modulus, a, b, want).expect("small"));
    time(place, Facts::Word { modulus: n }, shape, run)
}

/// All of them, on the back end at hand.
pub(crate) fn all() -> Vec<Product> {
    let mut random = Random(11);
    let mut products = Vec::new();
    let fits = |len: usize, bits: u64| len as u64 * bits <= most();
    for len in LENGTHS {
        for bits in BITS.into_iter().filter(|&bits| fits(len, bits)) {
            let (a, b) = (random.integers(len, bits), random.integers(len, bits));
            let (a, b) = (a.as_slice(), b.as_slice());
            products.push(of_integers("Z", format!("{len}"), (a, b), (bits, false)));
            products.push(of_integers("Z, squares", format!("{len}"), (a, a), (bits, true)));
        }
        for (n, name) in MODULI.into_iter().filter(|_| fits(len, 64)) {
            let (a, b) = (random.residues(len, n), random.residues(len, n));
            products.push(of_words("Z/n", format!("{len}"), (&a, &b), (n, name)));
            products.push(of_words("Z/n, squares", format!("{len}"), (&a, &a), (n, name)));
        }
    }
    for (long, short) in UNBALANCED {
        let row = || format!("{long} x {short}");
        for bits in BITS.into_iter().filter(|&bits| fits(long, bits)) {
            let (a, b) = (random.integers(long, bits), random.integers(short, bits));
            products.push(of_integers("Z, unbalanced", row(), (a.as_slice(), b.as_slice()), (bits, false)));
        }
        for (n, name) in MODULI.into_iter().filter(|_| fits(long, 64)) {
            let (a, b) = (random.residues(long, n), random.residues(short, n));
            products.push(of_words("Z/n, unbalanced", row(), (&a, &b), (n, name)));
        }
    }
    products
}
