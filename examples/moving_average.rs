//! Moving averages of a series: convolution with a window whose weights sum to 1, in exact fractions.
//!
//! `cargo run --release --example moving_average`

use monic::convolution::{Array, Border, Mode, Want, floats};
use monic::ring::multidimensional::convolve;
use monic::{QQ, Ring};
use num_bigint::BigInt;
use num_rational::BigRational;

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

fn main() -> monic::Result<()> {
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
    Ok(())
}
