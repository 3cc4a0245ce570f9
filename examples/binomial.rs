//! How many of `n` trials succeed, and what share of them: the distribution of a sum of `n` variables that are 0 or 1.
//!
//! With one trial as `(1 - p) + p*x`, `n` independent ones are the `n`-th power: `P(k) = C(n, k) p^k (1-p)^(n-k)`. The share is the
//! same distribution on the places `k/n`; the more trials, the closer it keeps to `p`.
//!
//! `cargo run --release --example binomial` prints and draws it.

mod support;

use monic::distribution::{Distribution, decimal, to_f64};
use monic::{QQ, Ring};
use num_bigint::BigInt;
use num_rational::BigRational;
use support::Result;
use support::canvas::{self, BLUE, GREEN, ORANGE};
use support::chart::{self, Axis};

fn main() -> Result {
    let p: BigRational = "2/5".parse()?;
    let q = BigRational::from_integer(1.into()) - &p;
    let trial = Distribution::bernoulli(&p)?;

    let five = trial.times(5);
    assert_eq!(five, Distribution::binomial(5, &p)?);
    println!("5 trials that succeed with {p}: successes, share, probability");
    for (k, (share, probability)) in (0..).zip(five.clone().proportion(5)?.probabilities()) {
        println!(
            "{k:>3}  {:>4}  {:>8} = {}",
            share.to_string(),
            probability.to_string(),
            decimal(&probability, 6)
        );
        // The closed form, with the binomial coefficient as the product of (n - i)/(i + 1).
        let choose = (0..k).fold(BigInt::from(1), |c, i| c * (5 - i) / (i + 1));
        assert_eq!(probability, BigRational::from(choose) * QQ.pow(&p, k) * QQ.pow(&q, 5 - k));
    }

    // The share of successes: its mean is p, its variance p(1-p)/n.
    println!("\n    n  P(share from 0.35 to 0.45)  standard deviation of the share");
    for n in [20, 100, 500, 2500] {
        let share = Distribution::binomial(n, &p)?.proportion(n)?;
        let near = share.at_most(&"9/20".parse()?) + share.at_least(&"7/20".parse()?)
            - BigRational::from_integer(1.into());
        assert_eq!((share.mean(), share.variance()), (p.clone(), &p * &q / BigInt::from(n)));
        println!("{n:>5}  {:<26}  {}", decimal(&near, 12), share.standard_deviation(6));
    }
    draw(&trial)
}

/// The share after 10, 40 and 160 trials, each as a staircase whose area is 1.
fn draw(trial: &Distribution) -> Result {
    canvas::picture("binomial.svg", (960, 480), |canvas| {
        let x = Axis::round("share of successes, k/n", 0.0..1.0, 10);
        let y = Axis::round("n · P(k)", 0.0..11.0, 8);
        let title = "the share of successes in n trials that succeed with 2/5";
        let mut chart = chart::axes(canvas, title, &x, &y)?;
        let counts = [(160, GREEN), (40, ORANGE), (10, BLUE)];
        for (n, colour) in counts {
            // Each place k/n in the middle of a step of width 1/n; those beyond 0 and 1 are half ones.
            let place = |k: i64| ((k as f64 - 0.5) / n as f64).max(0.0);
            let many = trial.times(n);
            let steps: Vec<_> =
                many.probabilities().map(|(k, p)| (place(k), n as f64 * to_f64(&p))).collect();
            chart::line(&mut chart, chart::staircase(&steps, 1.0), colour, 2)?;
        }
        let names = counts.map(|(n, colour)| (format!("n = {n}"), colour));
        chart::legend(canvas, &names.each_ref().map(|(name, colour)| (name.as_str(), *colour)))
    })
}
