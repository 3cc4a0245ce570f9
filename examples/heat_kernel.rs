//! A random walk becomes a Gaussian, and heat spreads by convolution.
//!
//! One step is -1, 0 or 1 with 1/4, 1/2 and 1/4; `n` steps are the `n`-th power, whose weights are binomial coefficients, `P(k) =
//! C(2n, n+k)/4^n`. With variance `n/2` it approaches the heat kernel `exp(-x^2/(2v))/sqrt(2 pi v)` with `v = n/2`.
//! The same weights carry the temperatures along a rod over `n` steps of time: where every point becomes `1/4` of each neighbour
//! and `1/2` of itself (the heat equation in differences), after `n` of them they are the convolution with the `n`-fold kernel,
//! Green's function of the equation.
//!
//! `cargo run --release --example heat_kernel` prints and draws it.

mod support;

use monic::distribution::{Distribution, decimal, to_f64};
use monic::{Poly, QQ, Rationals};
use num_bigint::BigInt;
use num_rational::BigRational;
use plotters::style::RGBColor;
use std::f64::consts::TAU;
use support::Result;
use support::canvas::{self, BLACK, BLUE, GREEN, ORANGE, RED, SKY};
use support::chart::{self, Axis};

/// The heat kernel of variance `v`.
fn gaussian(x: f64, v: f64) -> f64 {
    (-x * x / (2.0 * v)).exp() / (TAU * v).sqrt()
}

fn main() -> Result {
    let step = Distribution::from_weights([(-1, 1), (0, 2), (1, 1)])?;
    println!("    n  P(back at 0)   the Gaussian   largest difference, times n·sqrt(v)");
    for n in [1u64, 4, 16, 64, 256] {
        let walk = step.times(n);
        let v = n as f64 / 2.0;
        let error = |(k, p): (i64, BigRational)| (to_f64(&p) - gaussian(k as f64, v)).abs();
        let worst = walk.probabilities().map(error).fold(0.0, f64::max);
        let scaled = worst * n as f64 * v.sqrt();
        println!(
            "{n:>5}  {:<12}   {:<12.9}   {scaled:.6}",
            decimal(&walk.probability(0), 9),
            gaussian(0.0, v)
        );
        assert_eq!(walk.variance(), BigRational::new(n.into(), 2.into()));
        assert_eq!(walk.mean(), BigRational::from_integer(0.into()));
        // Central binomial coefficients, exactly.
        let central = (1..=n).fold(BigInt::from(1), |c, k| c * (2 * n + 1 - k) / k);
        assert_eq!(walk.probability(0), BigRational::new(central, BigInt::from(4).pow(n as u32)));
        // The next term of the expansion (Edgeworth's) is 1/(8n) of the peak, against which the walk has a little more beside it.
        assert!(scaled < 1.0 / (8.0 * TAU.sqrt()), "{scaled}");
    }

    // A rod that is hot in two places: step by step, and at once with the kernel of all steps.
    let rod = QQ.poly((0..60).map(|x| match x {
        10..25 => 60,
        40..44 => 100,
        _ => 0,
    }));
    let once = kernel(&step);
    let mut stepwise = rod.clone();
    for _ in 0..16 {
        stepwise = &stepwise * &once;
    }
    let green = kernel(&step.times(16));
    assert_eq!(stepwise, &rod * &green);
    // Heat is neither lost nor made.
    let one = BigRational::from_integer(1.into());
    assert_eq!(stepwise.eval(&one), rod.eval(&one));
    println!("16 steps of heat along a rod are one convolution with the kernel of 16 steps, exactly");
    println!("heat in all: {}, before and after", rod.eval(&one));
    draw(&step, &rod)
}

/// The weights of a walk as a polynomial, moved so that the lowest place is 0.
fn kernel(walk: &Distribution) -> Poly<Rationals> {
    QQ.poly((walk.min()..=walk.max()).map(|k| walk.probability(k)))
}

fn draw(step: &Distribution, rod: &Poly<Rationals>) -> Result {
    canvas::picture("heat_kernel.svg", (1080, 460), |canvas| {
        let panels = canvas.split_evenly((1, 2));
        let x = Axis::round("place", -16.0..16.0, 8);
        let y = Axis::round("probability", 0.0..0.3, 6);
        let title = "a random walk (dots) and the heat kernel (lines)";
        let mut chart = chart::axes(&panels[0], title, &x, &y)?;
        let walks: [(u64, RGBColor); 4] = [(4, RED), (16, ORANGE), (64, GREEN), (256, BLUE)];
        for (n, colour) in walks {
            let v = n as f64 / 2.0;
            let curve = (-160..=160).map(|x| f64::from(x) / 10.0).map(|x| (x, gaussian(x, v)));
            chart::line(&mut chart, curve.collect(), colour, 1)?;
            let walk = step.times(n);
            let dots =
                walk.probabilities().filter(|(k, _)| k.abs() <= 16).map(|(k, p)| (k as f64, to_f64(&p)));
            chart::points(&mut chart, &dots.collect::<Vec<_>>(), 3, colour)?;
        }
        let names = walks.map(|(n, colour)| (format!("n = {n}"), colour));
        chart::legend(&panels[0], &names.each_ref().map(|(name, colour)| (name.as_str(), *colour)))?;

        let x = Axis::round("place along the rod", -20.0..80.0, 10);
        let y = Axis::round("temperature", 0.0..110.0, 6);
        let mut chart = chart::axes(&panels[1], "heat along a rod", &x, &y)?;
        let times: [(u64, RGBColor); 4] = [(0, BLACK), (8, RED), (64, ORANGE), (256, SKY)];
        for (n, colour) in times {
            let walk = step.times(n);
            let after = rod * kernel(&walk);
            let temperature =
                |k: i64| usize::try_from(k - walk.min()).map_or(0.0, |k| to_f64(&after.coefficient(k)));
            let line = (-20..80).map(|k| (k as f64, temperature(k)));
            let line: Vec<_> = line.collect();
            let line = if n == 0 { chart::staircase(&line, 80.0) } else { line };
            chart::line(&mut chart, line, colour, 2)?;
        }
        let names = times.map(|(n, colour)| (format!("after {n} steps"), colour));
        chart::legend(&panels[1], &names.each_ref().map(|(name, colour)| (name.as_str(), *colour)))
    })
}
