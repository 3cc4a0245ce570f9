//! What a process of its own does: peaks of memory belong to a process, and "two independent processes" are two.
//!
//! The program starts itself with `child` as first argument, then the kind of work; what it finds is one line on its output.

use crate::{
    flint::IntegerPoly,
    inputs::{Operand, generator, rows},
    timing::{Clock, Contestant, Effort, Role, Time, measure},
};
use monic::{
    Poly, ZZ,
    convolution::{self, Want},
    integer::IntegerVec,
};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// One product in Z[x], non-negative coefficients of one size on both sides.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    pub m: usize,
    pub n: usize,
    pub bits: usize,
}

/// Whose product a process runs to find its peak of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Flint,
    Flat,
    Fresh,
}

/// Bytes of memory.
pub struct Memory {
    /// The most that the process held, operands and result included, over what it held before there were operands. Code that was
    /// read from the program's file meanwhile does not count: its pages are no one's.
    pub peak: u64,
    /// Operands and result in their own types.
    pub own: u64,
}

/// Runs one product in a process of its own.
pub fn memory(who: Who, product: Product) -> std::io::Result<Memory> {
    let mut child = start(&["memory", name(who)], product)?;
    let numbers = answer(&mut child)?;
    Ok(Memory { peak: numbers[0] as u64, own: numbers[1] as u64 })
}

/// The time of one flat product into memory that is there, in each of `processes` processes that run at the same time.
pub fn together(processes: usize, product: Product, time: Duration) -> std::io::Result<Vec<Time>> {
    let seconds = time.as_secs_f64().to_string();
    let mut children: Vec<Child> =
        (0..processes).map(|_| start(&["throughput", &seconds], product)).collect::<Result<_, _>>()?;
    // All have their operands before any starts.
    for child in &mut children {
        child.stdin.take().expect("piped").write_all(b"go\n")?;
    }
    let times = children.iter_mut().map(|child| answer(child).map(|n| Time { min: n[0], median: n[1] }));
    times.collect()
}

fn name(who: Who) -> &'static str {
    match who {
        Who::Flint => "flint",
        Who::Flat => "flat",
        Who::Fresh => "fresh",
    }
}

fn start(kind: &[&str], Product { m, n, bits }: Product) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .arg("child")
        .args(kind)
        .args([m, n, bits].map(|number| number.to_string()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
}

/// The two numbers that a child prints.
fn answer(child: &mut Child) -> std::io::Result<[f64; 2]> {
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line)?;
    child.wait()?;
    let mut numbers = line.split_whitespace().map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(first)), Some(Ok(second))) => Ok([first, second]),
        _ => Err(std::io::Error::other(format!("a child answered {line:?}"))),
    }
}

/// The work of a child: its arguments after `child`.
pub fn run(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let [kind, parameter, m, n, bits] = arguments else { return Err("a child has five arguments".into()) };
    let product = Product { m: m.parse()?, n: n.parse()?, bits: bits.parse()? };
    let numbers = match kind.as_str() {
        "memory" => peak(parameter, product)?,
        "throughput" => throughput(Duration::from_secs_f64(parameter.parse()?), product)?,
        _ => return Err(format!("no child does {kind:?}").into()),
    };
    println!("{} {}", numbers[0], numbers[1]);
    Ok(())
}

fn peak(who: &str, Product { m, n, bits }: Product) -> std::io::Result<[f64; 2]> {
    // Whatever is set up once is set up: backends, pools.
    let small = [(); 2].map(|()| Operand::random(&mut generator(&[0]), 4, 8, false));
    drop(&small[0].poly * &small[1].poly);
    IntegerPoly::new().mul(&small[0].flint, &small[1].flint);
    let (before, code) = (status("VmRSS")?, status("RssFile")?);
    let mut random = generator(&[m as u64, n as u64, bits as u64]);
    let [a, b] = [m, n].map(|len| rows(&mut random, len, bits, false));
    let own: u64 = match who {
        "flint" => {
            let [f, g] = [a, b].map(|rows| IntegerPoly::from_rows(rows.as_slice()));
            reset_peak()?;
            let mut product = IntegerPoly::new();
            product.mul(&f, &g);
            [&f, &g, &product].map(IntegerPoly::bytes).iter().sum()
        }
        "flat" => {
            reset_peak()?;
            let product =
                convolution::integers(a.as_slice(), b.as_slice(), &Want::full()).expect("under the limit");
            [&a, &b, &product].map(|rows| size_of_val(rows.limbs()) as u64).iter().sum()
        }
        _ => {
            let [f, g] = [a, b].map(|rows| Poly::from_vec(ZZ, rows.to_bigints()));
            reset_peak()?;
            let product = &f * &g;
            // One digit stands in the value itself.
            let bytes = |f: &Poly<monic::Integers>| {
                let digits = f.iter().map(|c| c.bits().div_ceil(64)).filter(|&digits| digits > 1);
                size_of_val(f.coefficients()) as u64 + 8 * digits.sum::<u64>()
            };
            [&f, &g, &product].map(bytes).iter().sum()
        }
    };
    let code = status("RssFile")?.saturating_sub(code);
    Ok([status("VmHWM")?.saturating_sub(before + code) as f64, own as f64])
}

/// Gives back what the making of operands left behind, and starts the peak anew.
fn reset_peak() -> std::io::Result<()> {
    // SAFETY: no other thread of this process uses the allocator.
    unsafe { libc::malloc_trim(0) };
    std::fs::write("/proc/self/clear_refs", "5")
}

/// A size in `/proc/self/status`, in bytes.
fn status(key: &str) -> std::io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    let kilobytes = line.and_then(|rest| rest.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes
        .map(|kb| 1024 * kb)
        .ok_or_else(|| std::io::Error::other(format!("no {key} in /proc/self/status")))
}

fn throughput(time: Duration, Product { m, n, bits }: Product) -> std::io::Result<[f64; 2]> {
    let mut random = generator(&[m as u64, n as u64, bits as u64]);
    let [a, b] = [m, n].map(|len| rows(&mut random, len, bits, false));
    let mut out = IntegerVec::default();
    let mut product = || {
        convolution::integers_into(a.as_slice(), b.as_slice(), &Want::full(), &mut out)
            .expect("under the limit");
    };
    product();
    std::io::stdin().read_line(&mut String::new())?;
    let mut contestants = [Contestant::new("flat into", Role::Monic, 1, |_| product())];
    let times = measure(&mut contestants, Effort { cell: time, drop_timed: true, clock: Clock::Wall });
    Ok([times[0].min, times[0].median])
}
