//! Moving averages of a series: convolution with a window whose weights sum to 1, in exact fractions.
//!
//! A short series shows what happens at the ends; a long noisy one, drawn, what such averages are for.
//!
//! `cargo run --release --example moving_average`

mod support;

use monic::convolution::{Array, Border, Mode, Want, floats};
use monic::distribution::to_f64;
use monic::ring::multidimensional::convolve;
use monic::{QQ, Ring};
use num_bigint::BigInt;
use num_rational::BigRational;
use support::Result;
use support::canvas::{self, BLUE, GREEN, GREY, ORANGE, RED};
use support::chart::{self, Axis};

type Series = Array<BigRational>;

/// A series from integers over one denominator.
fn series(numerators: &[i64], denominator: i64) -> Series {
    let fraction = |&n: &i64| BigRational::new(BigInt::from(n), BigInt::from(denominator));
    Array::new([numerators.len()], numerators.iter().map(fraction).collect())
}

fn show(name: &str, series: &Series) {
    let values: Vec<String> = series.data().iter().map(BigRational::to_string).collect();
    println!("{name:22} {:3} values  {}", values.len(), values.join("  "));
}

fn main() -> Result {
    // Eggs laid on each of twelve days.
    let eggs = series(&[3, 5, 4, 0, 6, 7, 5, 9, 8, 4, 6, 3], 1);
    show("eggs", &eggs);

    let week = series(&[1; 5], 5);
    let heavy = series(&[1, 2, 3, 2, 1], 9); // the day itself counts most
    for window in [&week, &heavy, &series(&[1; 3], 3), &series(&[1, 1], 2)] {
        let total = window.data().iter().fold(QQ.zero(), |sum, weight| QQ.add(&sum, weight));
        assert_eq!(total, QQ.one(), "the weights of a window sum to 1");
    }

    // valid: only days whose whole window lies in the series, 12 - 5 + 1 of them. No border is made up.
    let valid = convolve(&QQ, &eggs, &week, &Mode::Valid)?;
    show("mean of 5, valid", &valid);
    assert_eq!(valid, series(&[18, 22, 22, 27, 35, 33, 32, 30], 5));

    // full: every day that a window reaches, 12 + 5 - 1; beyond the series there is nothing, so the ends fade out.
    let full = convolve(&QQ, &eggs, &week, &Mode::Full)?;
    show("mean of 5, full", &full);
    assert_eq!(full, series(&[3, 8, 12, 12, 18, 22, 22, 27, 35, 33, 32, 30, 21, 13, 9, 3], 5));
    assert_eq!(full.data()[4..12], *valid.data());

    // same: one value a day, the window centred on it. What lies beyond is a choice.
    let same = convolve(&QQ, &eggs, &week, &Mode::Same(Border::Zero))?;
    show("mean of 5, same", &same);
    assert_eq!(same.data(), &full.data()[2..14]);
    let replicate = convolve(&QQ, &eggs, &week, &Mode::Same(Border::Replicate))?;
    show("... ends repeated", &replicate);
    assert_eq!(replicate.data()[0], BigRational::new(18.into(), 5.into())); // 3 + 3 + 3 + 5 + 4

    // A constant series stays constant where the border does not dilute it.
    let flat = series(&[7; 12], 1);
    assert_eq!(convolve(&QQ, &flat, &heavy, &Mode::Valid)?, series(&[7; 8], 1));
    assert_eq!(convolve(&QQ, &flat, &heavy, &Mode::Same(Border::Reflect))?, flat);

    let weighted = convolve(&QQ, &eggs, &heavy, &Mode::Valid)?;
    show("weights 1 2 3 2 1 / 9", &weighted);
    assert_eq!(weighted, series(&[31, 32, 41, 52, 61, 64, 61, 52], 9));

    // An even window has no middle day: the value stands for the day and the one before it.
    let two = convolve(&QQ, &eggs, &series(&[1, 1], 2), &Mode::Same(Border::Zero))?;
    show("mean of 2, same", &two);
    assert_eq!(two, series(&[3, 8, 9, 4, 6, 13, 12, 14, 17, 12, 10, 9], 2));

    // The same in floats: right up to rounding, for series of any length.
    let floating = floats(&[3.0, 5.0, 4.0, 0.0, 6.0], &[0.2; 5], &Want::range(4..5))?;
    assert!((floating[0] - 3.6).abs() < 1e-15);
    let modes = [("full: 16 values", full), ("same, nothing beyond: 12", same), ("valid: 8", valid)];
    ends(&eggs, &modes)?;
    noisy()
}

/// A yearly wave with a step in it, and noise from a fixed seed, in whole numbers.
fn noisy_series() -> Vec<i64> {
    let mut state = 7u64;
    let mut noise = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        // The sum of four numbers from -9 to 9.
        (0..4).map(|k| ((state >> (32 + 8 * k)) & 255) as i64 * 19 / 256 - 9).sum::<i64>()
    };
    // A parabola up and a parabola down stand for the wave.
    let wave = |t: i64| {
        let u = t % 80;
        let v = (u % 40) * (40 - u % 40) / 16;
        if u < 40 { v } else { -v }
    };
    (0..160).map(|t| 60 + wave(t) + if t >= 120 { 30 } else { 0 } + noise()).collect()
}

/// The sum of the squares of the second differences: how rough a series is.
fn roughness(series: &Series) -> BigRational {
    series.data().windows(3).map(|w| &w[0] - &w[1] - &w[1] + &w[2]).map(|d| &d * &d).sum()
}

fn noisy() -> Result {
    let values = noisy_series();
    let noisy = series(&values, 1);
    let uniform = series(&[1; 11], 11);
    let heavy = series(&[1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1], 36);
    let ends = Mode::Same(Border::Replicate);
    let (plain, weighted) = (convolve(&QQ, &noisy, &uniform, &ends)?, convolve(&QQ, &noisy, &heavy, &ends)?);
    let rough = |name, series: &Series| println!("{name:40} {:>9.1}", to_f64(&roughness(series)));
    println!("\nsquares of second differences, in all");
    rough("a noisy series of 160", &noisy);
    rough("mean of 11", &plain);
    rough("centre-weighted, 1 2 3 4 5 6 5 4 3 2 1", &weighted);
    assert!(roughness(&plain) < roughness(&noisy) && roughness(&weighted) < roughness(&plain));
    // The centre-weighted window is the mean of 6 of the mean of 6.
    let six = series(&[1; 6], 6);
    assert_eq!(convolve(&QQ, &six, &six, &Mode::Full)?, heavy);

    canvas::picture("moving_average.svg", (960, 500), |canvas| {
        let x = Axis::round("day", 0.0..160.0, 8);
        let y = Axis::round("value", 0.0..150.0, 8);
        let mut chart = chart::axes(canvas, "a noisy series and its moving averages", &x, &y)?;
        let points = |series: &Series| -> Vec<(f64, f64)> {
            series.data().iter().zip(0..).map(|(value, k)| (f64::from(k), to_f64(value))).collect()
        };
        chart::points(&mut chart, &points(&noisy), 2, GREY)?;
        chart::line(&mut chart, points(&plain), ORANGE, 2)?;
        chart::line(&mut chart, points(&weighted), BLUE, 3)?;
        let names = [("the series", GREY), ("mean of 11 days", ORANGE), ("centre-weighted, 11 days", BLUE)];
        chart::legend_at(canvas, (340, 62), &names)
    })
}

/// The short series under each mode: where values are, and how the ends fade out.
fn ends(eggs: &Series, modes: &[(&str, Series); 3]) -> Result {
    canvas::picture("moving_average_ends.svg", (1080, 380), |canvas| {
        let panels = canvas.split_evenly((1, 3));
        for ((panel, (name, means)), colour) in panels.iter().zip(modes).zip([RED, ORANGE, GREEN]) {
            let x = Axis::slots("day", -2, 13, 2);
            let y = Axis::round("", 0.0..10.0, 5);
            let mut chart = chart::axes(panel, name, &x, &y)?;
            // Value k of the full result belongs to the window centred on day k - 2.
            let first = (12 - means.len() as i32) / 2;
            let at = |series: &Series, first: i32| -> Vec<(f64, f64)> {
                series
                    .data()
                    .iter()
                    .zip(first..)
                    .map(|(value, day)| (f64::from(day), to_f64(value)))
                    .collect()
            };
            chart::bars(&mut chart, &at(means, first), 0.8, colour)?;
            chart::points(&mut chart, &at(eggs, 0), 4, canvas::BLACK)?;
        }
        Ok(())
    })
}
