//! Products of `f64` and `Complex<f64>`: realfft and rustfft called directly, with plans and buffers kept, and plain loops for short
//! operands, against `convolution::floats` and `convolution::complexes`. FLINT has nothing here.

use super::lengths;
use crate::{
    goals,
    inputs::{generator, rotation},
    options::Options,
    table::{Csv, Layout, RUST, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::convolution::{self, Want};
use num_complex::Complex;
use rand::RngExt;
use realfft::RealFftPlanner;
use rustfft::FftPlanner;
use std::ops::{AddAssign, Mul};

const LENGTHS: [usize; 10] = [4, 16, 64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576];
/// Loops take too long from here on.
const MAX_LOOPS: usize = 1024;

pub fn reals(options: &Options, csv: &mut Option<Csv>) {
    let mut table = Table::new(layout("f64", "products of doubles; realfft called directly"), csv);
    for len in lengths(options, &LENGTHS) {
        let inputs = rotation(2 * len);
        let mut random = generator(&[len as u64, 0xf]);
        let pairs: Vec<[Vec<f64>; 2]> = (0..inputs)
            .map(|_| [(); 2].map(|()| (0..len).map(|_| random.random_range(-1.0..1.0)).collect()))
            .collect();
        let mut direct = real_fft(len);
        check(
            &convolution::floats(&pairs[0][0], &pairs[0][1], &Want::full()).expect("finite"),
            &direct(&pairs[0]),
            |x| x.abs(),
        );
        let ours = |k: usize| {
            let [a, b]: &[Vec<f64>; 2] = &pairs[k];
            convolution::floats(a, b, &Want::full()).expect("finite")
        };
        let mut contestants = vec![
            Contestant::new("FFT", Role::Rust, inputs, |k| direct(&pairs[k])),
            Contestant::new("fresh", Role::Monic, inputs, ours),
        ];
        if len <= MAX_LOOPS {
            contestants.push(Contestant::new("loops", Role::Rust, inputs, |k| loops(&pairs[k])));
        }
        let times = measure(&mut contestants, options.effort);
        let size = Size { length: len.to_string(), bits: "64".into(), sign: "random" };
        table.row(size, &contestants, &times, &[goals::rust()]);
    }
    table.finish();
}

pub fn complexes(options: &Options, csv: &mut Option<Csv>) {
    let mut table =
        Table::new(layout("complex", "products of complex doubles; rustfft called directly"), csv);
    for len in lengths(options, &LENGTHS) {
        let inputs = rotation(4 * len);
        let mut random = generator(&[len as u64, 0xc]);
        let mut part = || random.random_range(-1.0..1.0);
        let pairs: Vec<[Vec<Complex<f64>>; 2]> = (0..inputs)
            .map(|_| [(); 2].map(|()| (0..len).map(|_| Complex::new(part(), part())).collect()))
            .collect();
        let mut direct = complex_fft(len);
        check(
            &convolution::complexes(&pairs[0][0], &pairs[0][1], &Want::full()).expect("finite"),
            &direct(&pairs[0]),
            |x| x.norm(),
        );
        let ours = |k: usize| {
            let [a, b]: &[Vec<Complex<f64>>; 2] = &pairs[k];
            convolution::complexes(a, b, &Want::full()).expect("finite")
        };
        let mut contestants = vec![
            Contestant::new("FFT", Role::Rust, inputs, |k| direct(&pairs[k])),
            Contestant::new("fresh", Role::Monic, inputs, ours),
        ];
        if len <= MAX_LOOPS {
            contestants.push(Contestant::new("loops", Role::Rust, inputs, |k| loops(&pairs[k])));
        }
        let times = measure(&mut contestants, options.effort);
        let size = Size { length: len.to_string(), bits: "2*64".into(), sign: "random" };
        table.row(size, &contestants, &times, &[goals::rust()]);
    }
    table.finish();
}

fn layout(ring: &'static str, title: &str) -> Layout {
    Layout {
        ring,
        title: title.into(),
        columns: vec!["FFT", "loops", "fresh"],
        ratios: vec![Ratio::new("Rust ratio", "fresh", RUST, None)],
    }
}

/// The shortest of `2^k` and `3*2^k` that holds a product of two operands of `len`.
fn transform_length(len: usize) -> usize {
    let power = (2 * len - 1).next_power_of_two();
    if power >= 4 && power / 4 * 3 >= 2 * len - 1 { power / 4 * 3 } else { power }
}

/// The product of two real sequences through a plan and buffers that are kept.
fn real_fft(len: usize) -> impl FnMut(&[Vec<f64>; 2]) -> Vec<f64> {
    let n = transform_length(len).max(2);
    let mut planner = RealFftPlanner::new();
    let (forward, inverse) = (planner.plan_fft_forward(n), planner.plan_fft_inverse(n));
    let (mut x, mut y) = (forward.make_output_vec(), forward.make_output_vec());
    let mut input = forward.make_input_vec();
    let mut scratch = forward.make_scratch_vec();
    let mut back = inverse.make_scratch_vec();
    move |[a, b]| {
        for (f, spectrum) in [(a, &mut x), (b, &mut y)] {
            input[..len].copy_from_slice(f);
            input[len..].fill(0.0);
            forward.process_with_scratch(&mut input, spectrum, &mut scratch).expect("lengths fit");
        }
        let factor = 1.0 / n as f64;
        x.iter_mut().zip(&y).for_each(|(x, y)| *x *= y * factor);
        let mut product = vec![0.0; n];
        inverse.process_with_scratch(&mut x, &mut product, &mut back).expect("lengths fit");
        product.truncate(2 * len - 1);
        product
    }
}

/// The product of two complex sequences through a plan and buffers that are kept.
fn complex_fft(len: usize) -> impl FnMut(&[Vec<Complex<f64>>; 2]) -> Vec<Complex<f64>> {
    let n = transform_length(len);
    let mut planner = FftPlanner::new();
    let (forward, inverse) = (planner.plan_fft_forward(n), planner.plan_fft_inverse(n));
    let mut other = vec![Complex::default(); n];
    let mut scratch =
        vec![Complex::default(); forward.get_inplace_scratch_len().max(inverse.get_inplace_scratch_len())];
    move |[a, b]| {
        let mut product = vec![Complex::default(); n];
        for (f, spectrum) in [(a, &mut product), (b, &mut other)] {
            spectrum[..len].copy_from_slice(f);
            spectrum[len..].fill(Complex::default());
            forward.process_with_scratch(spectrum, &mut scratch);
        }
        let factor = 1.0 / n as f64;
        product.iter_mut().zip(&other).for_each(|(x, y)| *x *= y * factor);
        inverse.process_with_scratch(&mut product, &mut scratch);
        product.truncate(2 * len - 1);
        product
    }
}

/// The product by its definition.
fn loops<T: Copy + Default + AddAssign + Mul<Output = T>>([a, b]: &[Vec<T>; 2]) -> Vec<T> {
    let mut product = vec![T::default(); a.len() + b.len() - 1];
    for (i, &x) in a.iter().enumerate() {
        product[i..].iter_mut().zip(b).for_each(|(c, &y)| *c += x * y);
    }
    product
}

/// Both products are of numbers up to 1, so their errors are of the order of the length times a unit of rounding.
fn check<T: Copy + std::ops::Sub<Output = T>>(ours: &[T], theirs: &[T], norm: impl Fn(T) -> f64) {
    assert_eq!(ours.len(), theirs.len(), "products of one length");
    let largest = ours.iter().zip(theirs).map(|(&x, &y)| norm(x - y)).fold(0.0, f64::max);
    assert!(largest <= 64.0 * ours.len() as f64 * f64::EPSILON, "products differ by {largest:e}");
}
