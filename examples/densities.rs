//! Sums of continuous random variables, exactly: a box and a box are a triangle, a longer box makes it a trapezoid, many boxes come close to a
//! normal density, and a die with a box is a longer box. Beside them the numeric way, with its error.
//!
//! `cargo run --release --example densities` prints and draws it.

mod support;

use monic::density::Density;
use monic::distribution::{Distribution, decimal};
use monic::{RR, Result};
use num_bigint::BigInt;
use num_rational::BigRational;
use support::canvas::{self, BLUE, GREEN, GREY, ORANGE, RED};
use support::chart::{self, Axis};

fn fraction(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

fn main() -> support::Result {
    boxes()?;
    irwin_hall()?;
    box_and_die()?;
    questions()?;
    numeric();
    draw()
}

/// The convolution integral of two boxes, in closed form.
fn boxes() -> Result<()> {
    let unit = Density::uniform(0, 1);
    let triangle = &unit + &unit;
    println!("box * box\n  {triangle}");
    assert_eq!(triangle.to_string(), "[0, 1): x; [1, 2): -x + 2");

    // The box turned around slides over the other: at shift t the product of the two, and its area, which is the value at t.
    for t in (1..8).map(|k| fraction(k, 4)) {
        let turned = (-&unit).shifted(t.clone());
        let product = unit.piecewise().try_mul(turned.piecewise())?;
        let area = product.integral(0, 1);
        println!("  shift {:>3}: product {product}, area {area}", t.to_string());
        assert_eq!(area, triangle.eval(t));
    }

    let trapezoid = &unit + Density::uniform(0, 3);
    println!("box * box of width 3\n  {trapezoid}");
    assert_eq!(trapezoid.to_string(), "[0, 1): 1/3*x; [1, 3): 1/3; [3, 4): -1/3*x + 4/3");

    // Differences, too: X - Y is X + (-Y), and -Y has the density turned around.
    let difference = &unit - Density::uniform(0, 1);
    assert_eq!(difference, triangle - 1);
    Ok(())
}

/// n boxes: pieces of degree n - 1 that fit together ever more smoothly.
fn irwin_hall() -> Result<()> {
    println!("n boxes");
    for n in [2, 3, 4, 12, 50] {
        let sum = Density::irwin_hall(n);
        let middle = fraction(n as i64, 2);
        // A normal density of the same variance n/12 has this height.
        let normal = (6.0 / (std::f64::consts::PI * n as f64)).sqrt();
        println!(
            "  n = {n:2}  mean {}, variance {}, height {} (normal: {normal:.6}), {} derivatives at a knot are continuous",
            sum.mean(),
            sum.variance(),
            decimal(&sum.eval(&middle), 6),
            sum.smoothness(1).expect("1 is a knot") - 1,
        );
        assert_eq!((sum.mean(), sum.variance()), (middle.clone(), fraction(n as i64, 12)));
        assert_eq!(sum.median()?.exact(), Some(&middle));
    }
    println!("  three of them: {}", Density::irwin_hall(3));
    // The corner of the cube below x + y + z = 1 is a sixth of it, and the middle slab two thirds: Eulerian numbers 1, 4, 1 over 3!.
    let one = BigRational::from_integer(1.into());
    assert_eq!(Density::irwin_hall(3).probability_in(..one), fraction(1, 6));
    Ok(())
}

/// A discrete variable moves the density to each of its outcomes.
fn box_and_die() -> Result<()> {
    let unit = Density::uniform(0, 1);
    let long = &unit + Distribution::die(6);
    println!("box + die\n  {long}");
    assert_eq!(long, Density::uniform(1, 7));

    let coin = Distribution::from_weights([(0, 3), (4, 1)])?;
    let two_hills = Density::triangular(0, 1, 2) + coin;
    println!("triangle + 4*(a coin of 1/4)\n  {two_hills}");
    assert_eq!(two_hills.mean(), fraction(2, 1));
    Ok(())
}

/// What can be asked.
fn questions() -> Result<()> {
    let waiting = Density::triangular(0, 1, 5) + Density::uniform(0, 2);
    println!("a triangle from 0 to 5 with its peak at 1, and a box from 0 to 2\n  {waiting}");
    let ninety = waiting.quantile(&fraction(9, 10))?;
    println!("  mean {}, standard deviation {}", waiting.mean(), waiting.standard_deviation(10));
    println!("  P(X > 4) = {}", waiting.at_least(4));
    println!("  median {}, 90 % quantile {}", waiting.median()?.to_decimal(15), ninety.to_decimal(15));
    println!("  mode {}", waiting.modes()?[0].start());
    let c = waiting.compare(&Density::uniform(0, 7))?;
    println!("  larger than a number between 0 and 7: {}", c.greater);
    assert_eq!(c.greater, waiting.mean() / BigInt::from(7)); // P(U < x) = x/7
    println!("  given that it is below 2: {}", waiting.given_in(..fraction(2, 1))?);
    let larger = waiting.maximum(&waiting)?;
    println!("  the larger of two has the mean {}", larger.mean());
    assert!(larger.mean() > waiting.mean());
    Ok(())
}

/// `h * sum of f(i*h)*g(x - i*h)` in place of the integral: off by `O(h)` where the factors jump, by `O(h^2)` where they have corners, and by
/// less where they are smoother.
fn numeric() {
    println!("sampled with step h and convolved: the largest error, and how much smaller it is than with 2h");
    let cases = [
        ("boxes", Density::uniform(0, 1), 1),
        ("triangles", Density::triangular(0, 1, 2), 2),
        ("of degree 3", Density::irwin_hall(4), 4),
    ];
    for (name, density, order) in cases {
        let exact = density.times(2);
        let mut line = format!("  {name:12}");
        let mut last: Option<f64> = None;
        for steps in [4, 8, 16, 32] {
            let h = fraction(1, steps);
            let width = density.support().1.to_integer() * steps;
            let count = usize::try_from(&width).expect("a few samples");
            let place = |k: usize| &h * BigInt::from(k);
            let samples = RR.poly((0..count).map(|k| density.eval_f64(place(k))));
            let sums = samples.square();
            let error = (0..=2 * count)
                .map(|k| (sums.coefficient(k) / steps as f64 - exact.eval_f64(place(k))).abs())
                .fold(0.0, f64::max);
            line += &format!("  h = 1/{steps}: {error:.2e}");
            if let Some(last) = last {
                let factor = last / error;
                line += &format!(" (1/{factor:.1})");
                let expected = 2f64.powi(order);
                assert!((factor / expected - 1.0).abs() < 0.3, "O(h^{order}), but {factor}");
            }
            last = Some(error);
        }
        println!("{line}");
    }
}

/// The sums of one to five boxes, each around its mean; and sums of which one variable is not a box of width 1.
fn draw() -> support::Result {
    canvas::picture("densities.svg", (1180, 440), |canvas| {
        let halves = canvas.split_evenly((1, 2));
        let [left, right] = halves.as_slice() else { unreachable!("two halves") };

        let x = Axis::round("x", -2.6..2.6, 8);
        let mut chart =
            chart::axes(left, "sums of n boxes, around their means", &x, &Axis::round("", 0.0..1.1, 6))?;
        let colours = [GREY, BLUE, GREEN, ORANGE, RED];
        let mut names = Vec::new();
        for (n, colour) in (1..).zip(colours) {
            let sum = Density::irwin_hall(n).shifted(fraction(-(n as i64), 2));
            chart::line(&mut chart, sum.sample_points(200), colour, 2)?;
            names.push((format!("n = {n}"), colour));
        }
        let names: Vec<_> = names.iter().map(|(name, colour)| (name.as_str(), *colour)).collect();
        chart::legend(left, &names)?;

        let unit = Density::uniform(0, 1);
        let coin = Distribution::from_weights([(0, 3), (4, 1)])?;
        let sums = [
            ("box + box of width 3", &unit + Density::uniform(0, 3), BLUE),
            ("triangle + 4·(a coin of 1/4)", Density::triangular(0, 1, 2) + coin, RED),
            (
                "triangle from 0 to 5 + box of width 2",
                Density::triangular(0, 1, 5) + Density::uniform(0, 2),
                GREEN,
            ),
        ];
        let x = Axis::round("x", -0.3..7.3, 8);
        let mut chart = chart::axes(right, "sums of different variables", &x, &Axis::round("", 0.0..1.1, 6))?;
        for (_, sum, colour) in &sums {
            chart::line(&mut chart, sum.sample_points(200), *colour, 2)?;
        }
        let names = sums.each_ref().map(|(name, _, colour)| (*name, *colour));
        chart::legend(right, &names)
    })
}
