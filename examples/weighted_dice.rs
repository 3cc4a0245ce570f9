//! Two different weighted dice, and three ways to see the distribution of their sum.
//!
//! A fair pair has 36 equally likely rolls, one to six of them on each diagonal of the table. With weights the rolls
//! are no longer equally likely, but the sum `c` still collects one diagonal, `sum over i of a[i] * b[c-i]`. So
//! - the table of products, summed along its diagonals,
//! - one die laid out backwards and slid along the other, and
//! - the product of the polynomials `sum of a[i] x^i` and `sum of b[j] x^j`
//!
//! give the same eleven numbers, exactly.
//!
//! `cargo run --release --example weighted_dice` prints and draws them.

mod support;

use monic::QQ;
use monic::distribution::{Distribution, decimal};
use num_rational::BigRational;
use num_traits::Zero;
use support::canvas::{self, BLUE, GREEN, ORANGE};
use support::{Result, chart};

fn main() -> Result {
    // The first die likes its six, the second its one.
    let a = ["1/12", "1/12", "1/6", "1/6", "1/4", "1/4"].map(ratio);
    let b = ["2/5", "1/5", "1/10", "1/10", "1/10", "1/10"].map(ratio);
    let die = |p: &[BigRational; 6]| Distribution::from_probabilities((1..).zip(p.iter().cloned()));
    let (first, second) = (die(&a)?, die(&b)?);
    let sum = &first + &second;

    // Diagonals: face i+1 of one and j+1 of the other make i+j+2.
    let mut diagonals = vec![BigRational::zero(); 11];
    for (i, p) in a.iter().enumerate() {
        for (j, q) in b.iter().enumerate() {
            diagonals[i + j] += p * q;
        }
    }

    // Sliding: the second die backwards, moved k places along the first.
    let backwards: Vec<_> = b.iter().rev().collect();
    let slide = |k: usize| -> BigRational {
        (0..6).filter_map(|i| Some(&a[i] * *backwards.get((5 + i).checked_sub(k)?)?)).sum()
    };
    let slides: Vec<_> = (0..11).map(slide).collect();

    // The product of polynomials.
    let product = QQ.poly(a.clone()) * QQ.poly(b.clone());

    println!(" sum  probability");
    for (outcome, p) in sum.probabilities() {
        let bar = "*".repeat((monic::distribution::to_f64(&p) * 200.0).round() as usize);
        println!("{outcome:>4}  {:>7}  {:<9}  {bar}", p.to_string(), decimal(&p, 6));
    }
    println!("mean {}, of the dice {} and {}", sum.mean(), first.mean(), second.mean());

    let eleven: Vec<_> = (2..=12).map(|outcome| sum.probability(outcome)).collect();
    assert_eq!(eleven, diagonals);
    assert_eq!(eleven, slides);
    assert_eq!(eleven, product.coefficients());
    assert_eq!(sum.outcomes().count(), 11);
    assert_eq!(sum.denominator(), &120.into()); // twelfths times tenths
    assert_eq!(eleven[5].to_string(), "1/5"); // a seven: (1*1 + 1*1 + 2*1 + 2*1 + 3*2 + 3*4)/120
    assert_eq!(eleven.iter().sum::<BigRational>(), ratio("1"));

    // Fair dice for comparison: 1, 2, ..., 6, ..., 1 ways of 36.
    let fair = Distribution::die(6).times(2);
    let ways: Vec<String> = fair.outcomes().map(|(_, ways)| ways.to_string()).collect();
    println!("fair dice: {} ways of {}", ways.join(", "), fair.denominator());
    assert_eq!(ways.join(" "), "1 2 3 4 5 6 5 4 3 2 1");

    let better = first.compare(&second);
    println!(
        "the first die is higher in {}, equal in {}, lower in {}",
        better.greater, better.equal, better.less
    );
    draw(&first, &second, &sum)
}

fn draw(first: &Distribution, second: &Distribution, sum: &Distribution) -> Result {
    canvas::picture("weighted_dice.svg", (1160, 420), |canvas| {
        let panels = canvas.split_by_breakpoints([330, 660], [0; 0]);
        let draw = |k: usize, title, label, of: &Distribution, colour| {
            let values: Vec<_> = of.probabilities().collect();
            chart::fractions(&panels[k], title, label, of.min()..=of.max(), 0.45, &values, |_| colour)
        };
        draw(0, "the first die", "face", first, BLUE)?;
        draw(1, "the second die", "face", second, ORANGE)?;
        draw(2, "their sum", "sum", sum, GREEN)
    })
}

fn ratio(text: &str) -> BigRational {
    text.parse().expect("a fraction")
}
