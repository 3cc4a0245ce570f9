//! Two dice: 36 equally likely pairs, and three ways to see how many of them make each sum.
//!
//! - As a table: pairs with the same sum stand on a diagonal.
//! - As rows: one die is laid out backwards below the other and slid along; at each place the pairs that stand above each
//!   other are those of one sum, `i + j = c` read as `j = c - i`.
//! - As polynomials: the coefficients of `(x + x^2 + ... + x^6)^2`.
//!
//! `cargo run --release --example two_dice` prints and draws them.

mod support;

use monic::distribution::Distribution;
use monic::{Poly, ZZ};
use support::Result;
use support::canvas::{self, BLACK, BLUE, Canvas, GREY, ORANGE, PALE, SKY, WHITE};
use support::cells::{Cells, between};

const FACES: i32 = 6;

/// The pairs with sum `c`, read off the table.
fn diagonal(c: i32) -> Vec<(i32, i32)> {
    let pairs = (1..=FACES).flat_map(|i| (1..=FACES).map(move |j| (i, j)));
    pairs.filter(|(i, j)| i + j == c).collect()
}

/// The pairs that stand above each other when the second die is laid out backwards, its face `j` at place `c - j`.
fn overlap(c: i32) -> Vec<(i32, i32)> {
    let backwards: Vec<(i32, i32)> = (1..=FACES).rev().map(|j| (c - j, j)).collect();
    backwards.into_iter().filter(|(place, _)| (1..=FACES).contains(place)).collect()
}

fn main() -> Result {
    let die = ZZ.poly([0, 1, 1, 1, 1, 1, 1]);
    let product: Poly<_> = &die * &die;
    let sum = Distribution::die(6).times(2);

    println!(" sum  pairs");
    for c in 2..=2 * FACES {
        let pairs = diagonal(c);
        let text: Vec<String> = pairs.iter().map(|(i, j)| format!("{i}+{j}")).collect();
        println!("{c:>4}  {} of 36 = {:<5} {}", pairs.len(), sum.probability(c.into()), text.join(" "));
        assert_eq!(pairs, overlap(c), "the diagonal is the overlap of the rows");
        assert_eq!(product.coefficient(c as usize), pairs.len().into(), "and a coefficient of the product");
        assert_eq!(sum.weight(c.into()), pairs.len().into());
    }
    println!("(x + x^2 + x^3 + x^4 + x^5 + x^6)^2 = {product}");
    assert_eq!((2..=12).map(|c| diagonal(c).len()).sum::<usize>(), 36);
    assert_eq!(sum.denominator(), &36.into());

    // The difference of two dice is a sum with one of them reversed.
    let difference = Distribution::die(6) - Distribution::die(6);
    println!(
        "d6 - d6 goes from {} to {} and is 0 with {}",
        difference.min(),
        difference.max(),
        difference.probability(0)
    );
    assert_eq!((difference.min(), difference.max()), (-5, 5));
    assert_eq!(difference.probability(0), sum.probability(7));

    canvas::picture("two_dice.svg", (1180, 640), |canvas| {
        table(canvas)?;
        rows(canvas)
    })
}

/// The table of sums; a diagonal has one colour.
fn table(canvas: &Canvas) -> Result {
    canvas::text(canvas, (230, 40), "the sums of 36 pairs: a diagonal each", 20, BLACK, canvas::CENTRE)?;
    let cells = Cells { left: 30, top: 80, width: 58, height: 58 };
    for i in 1..=FACES {
        cells.cell(canvas, (0, i), &i.to_string(), 22, PALE)?;
        cells.cell(canvas, (i, 0), &i.to_string(), 22, PALE)?;
        for j in 1..=FACES {
            // The more pairs, the darker.
            let share = diagonal(i + j).len() as f64 / f64::from(FACES);
            cells.cell(canvas, (i, j), &(i + j).to_string(), 22, between(WHITE, BLUE, 0.9 * share))?;
        }
    }
    let counts: Vec<String> = (2..=12).map(|c| diagonal(c).len().to_string()).collect();
    let line = format!("2 to 12: {} of 36", counts.join(" "));
    canvas::text(canvas, (230, 530), &line, 20, BLACK, canvas::CENTRE)
}

/// The second die backwards under the first, at each of its places.
fn rows(canvas: &Canvas) -> Result {
    canvas::text(
        canvas,
        (760, 40),
        "the second die, backwards, slides along the first",
        20,
        BLACK,
        canvas::CENTRE,
    )?;
    // Column 5 has place 1; the backward die goes from place -4 to 11.
    let cells = Cells { left: 500, top: 80, width: 36, height: 36 };
    let column = |place: i32| place + 4;
    for i in 1..=FACES {
        cells.cell(canvas, (0, column(i)), &i.to_string(), 18, ORANGE)?;
    }
    for c in 2..=12 {
        for j in 1..=FACES {
            let place = c - j;
            let inside = (1..=FACES).contains(&place);
            cells.cell(canvas, (c, column(place)), &j.to_string(), 18, if inside { SKY } else { PALE })?;
        }
        let y = cells.middle(c, 0).1;
        let text = format!("{c}: {}", overlap(c).len());
        canvas::text(canvas, (cells.middle(0, 16).0 + 4, y), &text, 18, BLACK, canvas::LEFT)?;
    }
    canvas::text(
        canvas,
        (cells.middle(1, 16).0 + 4, cells.middle(1, 0).1),
        "sum: pairs",
        16,
        GREY,
        canvas::LEFT,
    )
}
