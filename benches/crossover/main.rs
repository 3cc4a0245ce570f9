//! Where one algorithm overtakes another, and how well the plan knows it: the tables behind `convolution::tuning`.
//!
//! `cargo bench --bench crossover` prints all; a name after `--` one: `integers`, `words`, `unbalanced`, `lanes`, `sliced`, `grid`,
//! `powers`, `rings`, `lengths` (of transforms), and two that are not among all and take a minute or two a back end: `regret`, what the plan loses on each of some 700 products against the best of
//! all algorithms, and `fit`, which prints the table of costs itself. For these two: `RAYON_NUM_THREADS=1`, and nothing else on the machine.
//! Every cell is the minimum of several runs on the same inputs, in microseconds, one thread unless
//! `RAYON_NUM_THREADS` says otherwise; the results of all algorithms are compared before anything is printed (`lengths`, `regret` and `fit` compare nothing; their times are ratios
//! or nanoseconds). `plan` is the
//! algorithm that the plan takes, `loss` its time over the best. `grid` is the table of products of equal lengths
//! by bits that other libraries are compared on.

mod fit;
mod products;
mod regret;
#[path = "../support/mod.rs"]
mod support;

use monic::{
    convolution::{
        Algorithm, Frame, Want, integers, integers_power,
        plan::{Facts, Shape, plan, plan_by},
        words_mod,
    },
    integer::{IntegerVec, WordModulus},
    ring::{Native, Ring, ZZ, generic},
};
use std::{hint::black_box, num::Wrapping, time::Instant};
use support::testing;

const EXACT: [Algorithm; 5] =
    [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Fft, Algorithm::Ntt];

/// A slower algorithm is not timed beyond this many times the best estimate.
const HOPELESS: f64 = 30.0;

/// SplitMix64 (Steele, Lea, Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Integers of up to `bits` bits, of both signs.
    pub(crate) fn integers(&mut self, len: usize, bits: u64) -> IntegerVec {
        let width = (bits / 64 + 1) as usize;
        let mut limbs = Vec::with_capacity(len * width);
        for _ in 0..len {
            let start = limbs.len();
            limbs.extend((0..width).map(|_| self.next()));
            // An arithmetic shift keeps `bits` bits and the sign.
            let (words, shift) = ((width as u64 * 64 - 1 - bits) / 64, (width as u64 * 64 - 1 - bits) % 64);
            assert_eq!(words, 0);
            let top = &mut limbs[start + width - 1];
            *top = ((*top as i64) >> shift) as u64;
        }
        IntegerVec::from_limbs(limbs, width)
    }

    pub(crate) fn residues(&mut self, len: usize, n: u128) -> Vec<u64> {
        (0..len).map(|_| (u128::from(self.next()) % n) as u64).collect()
    }
}

/// The least time of several runs, in microseconds.
pub(crate) fn least<T>(mut run: impl FnMut() -> T) -> f64 {
    let mut best = f64::INFINITY;
    let (mut runs, start) = (0, Instant::now());
    while runs < 3 || runs < 300 && start.elapsed().as_millis() < 60 {
        let begin = Instant::now();
        black_box(run());
        best = best.min(begin.elapsed().as_secs_f64() * 1e6);
        runs += 1;
        if testing() {
            break;
        }
    }
    best
}

/// One line of a table: every algorithm that may win, checked against each other.
fn line<T: PartialEq>(label: &str, facts: &Facts, shape: &Shape, product: impl Fn(&Want) -> T) {
    if testing() && shape.a * shape.b > 1 << 17 {
        return;
    }
    let planned = plan(facts, shape);
    let bound = planned.cost(facts, shape) * HOPELESS;
    let mut cells = String::new();
    let mut times = Vec::new();
    let expected = product(&Want::full());
    for algorithm in EXACT {
        let want = Want::full().by(algorithm);
        let estimate = plan_by(facts, shape, algorithm).map(|p| p.cost(facts, shape));
        match estimate {
            Ok(estimate) if estimate < bound => {
                assert!(product(&want) == expected, "{label}: {algorithm} differs");
                let time = least(|| product(&want));
                cells += &format!(" {time:>10.2} ({:>4.2})", estimate / 1e3 / time);
                times.push((time, algorithm));
            }
            _ => cells += &format!(" {:>10} {:6}", "-", ""),
        }
    }
    let best = times.iter().copied().min_by(|a, b| a.0.total_cmp(&b.0)).expect("one ran");
    let own = times.iter().find(|t| t.1 == planned.algorithm()).expect("the plan ran").0;
    println!("{label:>22}{cells}   {:<40} {:.2}", planned.to_string(), own / best.0);
}

fn heading(title: &str) {
    println!("\n{title}: microseconds (estimate / measured)");
    println!(
        "{:>22} {:>17} {:>17} {:>17} {:>17} {:>17}   {:<40} loss",
        "", "schoolbook", "karatsuba", "kronecker", "fft", "ntt", "plan"
    );
}

fn integer_table() {
    heading("Z, both signs");
    let mut random = Random(1);
    for bits in [8, 30, 62, 128, 1024, 8192] {
        for len in [2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024, 4096] {
            if len as u64 * bits > 1 << 21 {
                continue;
            }
            let (a, b) = (random.integers(len, bits), random.integers(len, bits));
            let facts = Facts::integers(bits, bits);
            let shape = Shape::new(len, len, &Want::full());
            line(&format!("{bits} bits x {len}"), &facts, &shape, |want| {
                integers(a.as_slice(), b.as_slice(), want).expect("within the limit").into_limbs()
            });
        }
    }
}

fn word_table() {
    heading("Z/n, n a word");
    let mut random = Random(2);
    for n in [6, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, 1 << 64] {
        let modulus = WordModulus::from_u128(n).expect("in range");
        for len in [4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024, 4096] {
            let (a, b) = (random.residues(len, n), random.residues(len, n));
            let facts = Facts::Word { modulus: n };
            let shape = Shape::new(len, len, &Want::full());
            line(&format!("{n} x {len}"), &facts, &shape, |want| {
                words_mod(&modulus, &a, &b, want).expect("within the limit")
            });
        }
    }
}

fn unbalanced_table() {
    heading("Z, unbalanced");
    let mut random = Random(3);
    for (long, short, bits) in [
        (1_000_000, 100, 16),
        (1_000_000, 10, 16),
        (100_000, 1000, 16),
        (100_000, 10, 128),
        (10_000, 300, 62),
        (2000, 30, 62),
    ] {
        let (a, b) = (random.integers(long, bits), random.integers(short, bits));
        let facts = Facts::integers(bits, bits);
        let shape = Shape::new(long, short, &Want::full());
        line(&format!("{bits} bits, {long} x {short}"), &facts, &shape, |want| {
            integers(a.as_slice(), b.as_slice(), want).expect("within the limit").into_limbs()
        });
    }
}

/// A few long coefficients, around where lanes are taken without a comparison: `tuning::LEAVES_SHORT`.
fn lane_table() {
    heading("Z, a few long coefficients, whose limbs times their number are 64, 100, 128, 160");
    let mut random = Random(5);
    for len in [3, 4, 6, 8, 12, 16, 24, 32] {
        for limbs in [64, 100, 128, 160usize].map(|pairs| pairs.div_ceil(len)) {
            if !(5..=31).contains(&limbs) {
                continue;
            }
            let bits = 64 * limbs as u64 - 1;
            let (a, b) = (random.integers(len, bits), random.integers(len, bits));
            let shape = Shape::new(len, len, &Want::full());
            line(&format!("{limbs} limbs x {len}"), &Facts::integers(bits, bits), &shape, |want| {
                integers(a.as_slice(), b.as_slice(), want).expect("within the limit").into_limbs()
            });
        }
    }
}

/// Integers of few bits times integers of many, by transforms: as planned, in slices where those are taken, over prepared operands, whose coefficients stay whole.
fn sliced_table() {
    println!("\nZ, sizes that differ, by transforms: microseconds as planned, whole, planned over whole");
    let mut random = Random(6);
    for (short, long) in [(30, 250), (30, 500), (30, 1000), (30, 2000), (62, 500), (62, 2000), (250, 2000)] {
        for len in [64, 100, 300, 1000, 10_000] {
            if testing() && len > 100 {
                continue;
            }
            let (a, b) = (random.integers(len, short), random.integers(len, long));
            let (shape, want) = (Shape::new(len, len, &Want::full()), Want::full().by(Algorithm::Ntt));
            let frame = Frame::integers(&shape, (short, long), 1).expect("few primes");
            let planned = || integers(a.as_slice(), b.as_slice(), &want).expect("within the limit");
            let prepared = || {
                let f = frame.transform(&a).expect("it fits");
                f.mul_integers(b.as_slice(), &Want::full()).expect("it fits")
            };
            assert!(planned() == prepared(), "{short} by {long} bits, {len}");
            let plan = plan_by(&Facts::integers(short, long), &shape, Algorithm::Ntt).expect("applies");
            let (planned, whole) = (least(planned), least(prepared));
            let ratio = planned / whole;
            println!(
                "{short:>4} by {long:>4} bits x {len:<6} {planned:>10.2} {whole:>10.2} {ratio:>6.2}   {plan}"
            );
        }
    }
}

fn grid() {
    println!("\nZ, both signs, flat results: microseconds of the planned product");
    let all_bits = [8, 30, 62, 128, 256, 1024, 4096, 16384];
    println!("{:>8} {}", "length", all_bits.map(|b| format!("{b:>10}")).join(" "));
    let mut random = Random(4);
    for len in [4, 16, 64, 256, 1024, 4096, 16384, 65536] {
        let cells = all_bits.map(|bits| {
            if len as u64 * bits > if testing() { 1 << 16 } else { 1 << 27 } {
                return format!("{:>10}", "-");
            }
            let (a, b) = (random.integers(len, bits), random.integers(len, bits));
            let product = || integers(a.as_slice(), b.as_slice(), &Want::full()).expect("within the limit");
            check_by_value(&a, &b, &product());
            format!("{:>10.2}", least(product))
        });
        println!("{len:>8} {}", cells.join(" "));
    }
}

/// `a(x) b(x) = c(x)` at a random point modulo a prime of 61 bits.
fn check_by_value(a: &IntegerVec, b: &IntegerVec, c: &IntegerVec) {
    let m = WordModulus::new((1 << 61) - 1).expect("not 0");
    let x = 0x0123_4567_89AB_CDEF;
    let value = |v: &IntegerVec| (0..v.len()).rev().fold(0, |y, k| m.mul_add(y, x, m.reduce_row(v.row(k))));
    assert_eq!(m.mul(value(a), value(b)), value(c), "the product is wrong");
}

fn powers() {
    println!("\nPowers over Z: milliseconds");
    let die = |faces| IntegerVec::from_i64s(&vec![1; faces]);
    let mut random = Random(5);
    let cases = [
        ("100d6", die(6), 100),
        ("1000d6", die(6), 1000),
        ("10000d6", die(6), 10_000),
        ("1000d20", die(20), 1000),
        ("100d100", die(100), 100),
        ("loaded 1000d6", IntegerVec::from_i64s(&[1, 2, 1, 3, 1, 5]), 1000),
        ("(length 100, 8 bits)^50", random.integers(100, 8), 50),
        ("(length 50, 1 bit)^200", random.integers(50, 1), 200),
        ("(length 1000, 8 bits)^10", random.integers(1000, 8), 10),
        ("(length 200, 8 bits)^100", random.integers(200, 8), 100),
    ];
    println!("{:>26} {:>12} {:>12} {:>12} {:>12}", "", "planned", "recurrence", "values", "squares");
    for (name, f, n) in cases {
        if testing() && f.len() as u64 * n > 1000 {
            continue;
        }
        let power = |want: &Want| integers_power(f.as_slice(), n, want).expect("within the limit");
        let expected = power(&Want::full());
        let m = WordModulus::new((1 << 61) - 1).expect("not 0");
        let value =
            |v: &IntegerVec| (0..v.len()).rev().fold(0, |y, k| m.mul_add(y, 12345, m.reduce_row(v.row(k))));
        assert_eq!(m.pow(value(&f), n), value(&expected), "{name} is wrong");
        let cells = [
            Want::full(),
            Want::full().by(Algorithm::Schoolbook),
            Want::full().by(Algorithm::Ntt),
            Want::full().by(Algorithm::Kronecker),
        ]
        .map(|want| {
            if n > 1000 && want != Want::full() && want.algorithm() != Some(Algorithm::Schoolbook) {
                return format!("{:>12}", "-");
            }
            assert_eq!(value(&power(&want)), value(&expected), "{name}: {want:?} differs");
            format!("{:>12.3}", least(|| power(&want)) / 1e3)
        });
        println!("{name:>26} {}", cells.join(" "));
    }
}

/// Products by transforms of `k/16 * 2^n` points over those of `2^n`: what [`TRUNCATED`](monic::convolution::tuning::TRUNCATED) is chosen by. Where it takes whole
/// transforms a cell shows those; with 16 sixteenths for every size all are truncated.
fn length_table() {
    println!("\nTransforms of 9/16 to 16/16 of so many points, over those of all, modulo 998244353");
    let n = 998_244_353;
    let modulus = WordModulus::from_u128(n).expect("in range");
    let mut random = Random(7);
    let want = Want::full().by(Algorithm::Ntt);
    for layers in 8..if testing() { 10 } else { 20 } {
        let times: Vec<f64> = (9..17)
            .map(|k| {
                let len = k << (layers - 5);
                let (a, b) = (random.residues(len, n), random.residues(len, n));
                least(|| words_mod(&modulus, &a, &b, &want).expect("within the limit"))
            })
            .collect();
        let cells: String = times.iter().map(|time| format!(" {:>5.2}", time / times[7])).collect();
        println!("{:>10}{cells}", 1u32 << layers);
    }
}

/// Rings known only by their operations: one with cheap products, one with costly ones.
fn ring_table() {
    println!("\nAny ring: microseconds");
    println!("{:>26} {:>12} {:>12}", "", "schoolbook", "karatsuba");
    let mut random = Random(6);
    let lengths = [4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256];
    for len in lengths {
        let mut words = || (0..len).map(|_| Wrapping(random.next())).collect::<Vec<_>>();
        ring_line("words", &Native::new(), &words(), &words());
    }
    for len in lengths {
        let mut draw = || random.integers(len, 300).to_bigints();
        ring_line("integers of 300 bits", &ZZ, &draw(), &draw());
    }
}

fn ring_line<R: Ring>(label: &str, ring: &R, a: &[R::Element], b: &[R::Element]) {
    let by = |algorithm| generic::convolve(ring, a, b, &Want::full().by(algorithm)).expect("small");
    assert!(by(Algorithm::Schoolbook) == by(Algorithm::Karatsuba), "{label} differs");
    let [schoolbook, karatsuba] =
        [Algorithm::Schoolbook, Algorithm::Karatsuba].map(|algorithm| least(|| by(algorithm)));
    println!("{:>26} {schoolbook:>12.2} {karatsuba:>12.2}", format!("{label} x {}", a.len()));
}

fn main() {
    // Cargo passes --bench.
    let names: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let wanted = |name: &str| match name {
        "fit" | "regret" => testing() || names.iter().any(|n| n == name),
        _ => names.is_empty() || names.iter().any(|n| n == name),
    };
    let tables: [(&str, fn()); 11] = [
        ("integers", integer_table),
        ("words", word_table),
        ("unbalanced", unbalanced_table),
        ("lanes", lane_table),
        ("sliced", sliced_table),
        ("grid", grid),
        ("powers", powers),
        ("rings", ring_table),
        ("lengths", length_table),
        ("fit", fit::fit),
        ("regret", regret::regret),
    ];
    for (name, table) in tables {
        if wanted(name) {
            table();
        }
    }
}
