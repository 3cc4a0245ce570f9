//! How long the result of a convolution is, and which part of it one takes: full, low, same, valid.
//!
//! A window of `n` values slides over `m` values. Wherever it touches them there is a result, `m + n - 1` in all (*full*). The first
//! few of them are a truncated product. Where it is centred on a value there is one for each, `m` in all (*same*); an even window has no
//! centre, and stands for the right one of its two middle values here. Where it lies inside there are `m - n + 1` (*valid*).
//!
//! `cargo run --release --example output_lengths` prints and draws it.

mod support;

use monic::convolution::Want;
use monic::convolution::{Array, Border, Mode};
use monic::ring::multidimensional::convolve;
use monic::{Ring, ZZ};
use num_bigint::BigInt;
use support::Result;
use support::canvas::{self, BLACK, BLUE, Canvas, GREEN, GREY, ORANGE, PALE, SKY};
use support::cells::Cells;

fn integers(c: &[i64]) -> Vec<BigInt> {
    c.iter().map(|&c| BigInt::from(c)).collect()
}

fn line(c: &[i64]) -> Array<BigInt> {
    Array::new([c.len()], integers(c))
}

fn show(name: &str, values: &[BigInt]) {
    let text: Vec<String> = values.iter().map(BigInt::to_string).collect();
    println!("{name:34} {:>2}: {}", values.len(), text.join(" "));
}

const A: [i64; 7] = [3, 1, 4, 1, 5, 9, 2];
const ODD: [i64; 3] = [1, 10, 100];
const EVEN: [i64; 4] = [1, 10, 100, 1000];

fn main() -> Result {
    for window in [&ODD[..], &EVEN] {
        let (m, n) = (A.len(), window.len());
        println!("{m} values {A:?}, a window {window:?}");
        let take = |mode| convolve(&ZZ, &line(&A), &line(window), &mode).map(Array::into_data);
        let full = take(Mode::Full)?;
        let same = take(Mode::Same(Border::Zero))?;
        let valid = take(Mode::Valid)?;
        let low = ZZ.convolve(&integers(&A), &integers(window), &Want::low(m))?;
        show("  full, m + n - 1", &full);
        show("  low, the first m", &low);
        show("  same, m", &same);
        show("  valid, m - n + 1", &valid);
        assert_eq!((full.len(), same.len(), valid.len()), (m + n - 1, m, m - n + 1));
        assert_eq!(low, full[..m]);
        // What is before the centre: (n - 1)/2, rounded down, as NumPy and SciPy have it.
        let before = (n - 1) / 2;
        assert_eq!(same, full[before..before + m]);
        assert_eq!(valid, full[n - 1..m]);
        assert_eq!(ZZ.poly(A).mul_mid(&ZZ.poly(window.to_vec()), n - 1..m).coefficients(), valid);
    }
    // The size of the result is that of the first operand, also where the second one is longer; full is symmetric.
    let take = |a: &[i64], b: &[i64], mode| convolve(&ZZ, &line(a), &line(b), &mode);
    assert_eq!(take(&ODD, &A, Mode::Same(Border::Zero))?.len(), 3);
    assert_eq!(take(&ODD, &A, Mode::Full)?, take(&A, &ODD, Mode::Full)?);
    println!("with the operands exchanged, same has {} values", 3);
    println!("valid with a window that is longer: {}", take(&ODD, &A, Mode::Valid).unwrap_err());
    // Lengths 1 and 0; and each axis of an array by itself.
    assert_eq!(take(&[5], &[7], Mode::Full)?.data(), integers(&[35]));
    assert!(take(&[], &[1, 2], Mode::Full)?.is_empty());
    let ones = |shape: [usize; 2]| Array::filled(shape, BigInt::from(1));
    let shape = |mode| convolve(&ZZ, &ones([5, 9]), &ones([2, 3]), &mode).map(|array| array.shape().to_vec());
    let (full, same, valid) = (shape(Mode::Full)?, shape(Mode::Same(Border::Zero))?, shape(Mode::Valid)?);
    println!("5 x 9 with 2 x 3: full {full:?}, same {same:?}, valid {valid:?}");
    assert_eq!((full, same, valid), (vec![6, 11], vec![5, 9], vec![4, 7]));
    canvas::picture("output_lengths.svg", (1200, 470), |canvas| {
        placements(canvas, 30, "an odd window: its middle is the centre", &ODD)?;
        placements(canvas, 600, "an even window: its right middle is the centre", &EVEN)
    })
}

/// The window at each of its places, turned around, and to which results each place belongs.
fn placements(canvas: &Canvas, left: i32, title: &str, window: &[i64]) -> Result {
    let (m, n) = (A.len() as i32, window.len() as i32);
    let cells = Cells { left, top: 70, width: 32, height: 32 };
    canvas::text(canvas, (left + 230, 24), title, 18, BLACK, canvas::CENTRE)?;
    let column = |place: i32| place + n - 1;
    for (value, place) in A.iter().zip(0..) {
        cells.cell(canvas, (0, column(place)), &value.to_string(), 16, ORANGE)?;
    }
    let before = (n - 1) / 2;
    let marks = column(m + n - 1);
    for (name, k) in ["full", "same", "valid"].into_iter().zip(0..) {
        let at = cells.middle(0, marks + 2 * k);
        canvas::text(canvas, (at.0 + 8, at.1), name, 15, GREY, canvas::CENTRE)?;
    }
    for k in 0..m + n - 1 {
        for j in 0..n {
            // The window turned around: its entry j stands below value k - j.
            let place = k - j;
            let (inside, centre) = ((0..m).contains(&place), j == before);
            let colour = if !inside {
                PALE
            } else if centre {
                GREEN
            } else {
                SKY
            };
            cells.cell(canvas, (k + 1, column(place)), &window[j as usize].to_string(), 13, colour)?;
        }
        let belongs = [true, (before..before + m).contains(&k), (n - 1..m).contains(&k)];
        for (belongs, column) in belongs.into_iter().zip(0..) {
            if belongs {
                let at = cells.middle(k + 1, marks + 2 * column);
                canvas::text(canvas, (at.0 + 8, at.1), "●", 16, BLUE, canvas::CENTRE)?;
            }
        }
    }
    Ok(())
}
