//! Tails of sums in floating point: the plain transform, the accurate product, and the exact distribution beside them.
//!
//! A thousand dice: the sum 1000 has the probability 7e-779, far below every float, and the plain transform, whose error
//! is one part in 10^16 of the largest probability, has no right digit from 1e-17 on. The accurate product has a bound
//! relative to every probability.
//!
//! `cargo run --release --example accurate_tails`

use monic::convolution::{Want, floats};
use monic::distribution::Distribution;
use monic::nonnegative::Nonnegative;

/// `|a/b - 1|` for numbers of any magnitude.
fn off(a: &Nonnegative, b: &Nonnegative, k: usize) -> f64 {
    let ((m, e), (n, f)) = (a.parts(k), b.parts(k));
    (m / n * 2f64.powi((e - f).clamp(-1000, 1000) as i32) - 1.0).abs()
}

/// How many of the values that a float can hold are right to a relative error.
fn right(values: &[f64], exact: &[f64], within: f64) -> usize {
    let normal = |x: &f64| *x >= f64::MIN_POSITIVE;
    values.iter().zip(exact).filter(|(x, y)| normal(y) && (*x / *y - 1.0).abs() <= within).count()
}

fn main() -> monic::Result<()> {
    let half = Distribution::die(6).times(500);
    let exact = Nonnegative::try_from(&Distribution::die(6).times(1000))?; // each probability rounded once
    let a = Nonnegative::try_from(&half)?;

    let x = a.to_f64();
    let plain = floats(&x, &x, &Want::full())?;
    let product = &a * &a;
    let power = Nonnegative::try_from(&Distribution::die(6))?.try_pow(1000)?;

    println!("P(1000d6 = n), relative error");
    println!("{:>6} {:>10} {:>12} {:>12} {:>12}", "n", "log10 P", "plain FFT", "500 + 500", "power 1000");
    for n in [3500, 3300, 3000, 2500, 2000, 1500, 1100, 1001, 1000] {
        let k = n - 1000;
        let float = exact.coefficient(k);
        let plain = match (plain[k] / float - 1.0).abs() {
            _ if float == 0.0 => "underflow".to_string(),
            error => format!("{error:.0e}"),
        };
        println!(
            "{n:6} {:10.1} {plain:>12} {:12.0e} {:12.0e}",
            exact.log10(k),
            off(&product, &exact, k),
            off(&power, &exact, k)
        );
    }

    let floats = exact.to_f64();
    let representable = right(&floats, &floats, 0.0);
    println!("right to 1e-12, of {representable} that a float can hold (of {} in all):", exact.len());
    let counts = [&plain, &product.to_f64(), &power.to_f64(), &floats].map(|v| right(v, &floats, 1e-12));
    let all = |v: &Nonnegative| (0..v.len()).filter(|&k| off(v, &exact, k) <= 1e-12).count();
    println!("  plain FFT {} ({} to 1e-6)", counts[0], right(&plain, &floats, 1e-6));
    println!("  500 + 500 {} ({} in all), bound {:.0e}", counts[1], all(&product), product.relative_error());
    println!("  power     {} ({} in all), bound {:.0e}", counts[2], all(&power), power.relative_error());
    assert!(counts[0] < 1000 && counts[1..] == [representable; 3]);
    assert_eq!((all(&product), all(&power)), (5001, 5001));
    assert!(product.relative_error() < 1e-12 && power.relative_error() < 1e-12);

    // Ten thousand different trials.
    let p: Vec<f64> = (0..10_000).map(|k| (f64::from(k) + 0.5) / 10_000.0).collect();
    let successes = Nonnegative::poisson_binomial(&p)?;
    println!(
        "successes of 10000 different trials, every probability within {:.0e}:",
        successes.relative_error()
    );
    for k in [0, 100, 1000, 3000, 5000, 10_000] {
        println!("{k:6} {:10.1}", successes.log10(k));
    }
    assert!(successes.relative_error() < 1e-12);
    // The trials are symmetric: p and 1 - p both occur.
    for k in [0, 1, 777, 4000] {
        assert!((successes.log10(k) - successes.log10(10_000 - k)).abs() < 1e-7);
    }
    Ok(())
}
