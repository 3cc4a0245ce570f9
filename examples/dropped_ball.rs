//! A ball is dropped twice: where does it come to rest, and which way did it take?
//!
//! The ball rolls a whole number of steps from where it falls, `f(a)` likely by `a`, and backwards for negative `a`.
//! It is picked up there and dropped again, from another height, with probabilities `g`. It ends at `c` when it rolls
//! `a` first and `c - a` then, for any `a`: `P(c) = sum over a of f(a) * g(c - a)`, the convolution of `f` and `g`.
//!
//! `cargo run --release --example dropped_ball` prints all of this and draws it.

mod support;

use monic::distribution::{Distribution, decimal};
use num_rational::BigRational;
use support::canvas::{self, BLUE, GREEN, ORANGE, RED, SKY};
use support::{Result, chart};

fn main() -> Result {
    let f = Distribution::from_weights([(-1, 1), (0, 2), (1, 4), (2, 3)])?; // tenths
    let g = Distribution::from_weights([(-2, 1), (0, 1), (1, 3), (2, 2), (3, 1)])?; // eighths
    let both = &f + &g;

    println!("two drops end at");
    for (c, p) in both.probabilities() {
        println!("{c:>4}  {p}");
    }
    let total: BigRational = both.probabilities().map(|(_, p)| p).sum();
    assert_eq!(total.to_string(), "1");
    assert_eq!((both.min(), both.max()), (-3, 5));
    assert_eq!(both, &g + &f); // the order of the drops does not matter

    // Every way to 3, term by term: the ball rests at some a, with a chance to roll the other 3 - a.
    let c = 3;
    let mut terms = Vec::new();
    let mut sum = BigRational::from_integer(0.into());
    println!("\nP({c}) is the sum over all positions between:");
    for (a, p) in f.probabilities().collect::<Vec<_>>().into_iter().rev() {
        let q = g.probability(c - a);
        let term = &p * &q;
        println!("  f({a:>2}) * g({}) = {p:>4} * {q:>3} = {term}", c - a);
        if g.probability(c - a) != BigRational::from_integer(0.into()) {
            terms.push(format!("f({a})g({})", c - a));
        }
        sum += term;
    }
    println!("P({c}) = {} = {sum}", terms.join(" + "));
    assert_eq!(terms.join(" + "), "f(2)g(1) + f(1)g(2) + f(0)g(3)");
    assert_eq!(sum, both.probability(c)); // 3/10*3/8 + 4/10*2/8 + 2/10*1/8
    assert_eq!(sum.to_string(), "19/80");

    // The other way round: the ball lies at 3, so where did it lie in between?
    let between = f.posterior(&g, c)?;
    println!("\ngiven that it ends at {c}, it lay between the drops at");
    for (a, p) in between.probabilities() {
        println!("{a:>4}  {p}");
    }
    assert_eq!(between, Distribution::from_weights([(0, 2), (1, 8), (2, 9)])?);
    let never = f.posterior(&g, 6).unwrap_err();
    println!("given that it ends at 6: {never}");

    // Any number of drops from the first height is a power of the same polynomial.
    println!("\n   n drops from the first height   P(back at 0)");
    for n in [1, 2, 3, 10, 100] {
        let many = f.times(n);
        println!(
            "{n:>4} drops end in {:>4}..={:<4}  {}",
            many.min(),
            many.max(),
            decimal(&many.probability(0), 6)
        );
        assert_eq!(many.mean(), f.mean() * BigRational::from_integer(n.into()));
    }
    assert_eq!(f.times(3), &(&f + &f) + &f);
    draw(&f, &g, &both, &between, c)
}

/// The two drops; the second one seen from where the ball ends: reversed and moved there; the products; all ends; all ways to `c`.
fn draw(f: &Distribution, g: &Distribution, both: &Distribution, between: &Distribution, c: i64) -> Result {
    let at = |values: &dyn Fn(i64) -> BigRational| (-3..=5).map(|a| (a, values(a))).collect::<Vec<_>>();
    // The chance to roll from a to c is that of the reversed second drop, moved by c.
    let reversed = g.clone().reversed()?.shifted(c)?;
    assert!((-3..=5).all(|a| reversed.probability(a) == g.probability(c - a)));
    let products = at(&|a| f.probability(a) * reversed.probability(a));
    assert_eq!(products.iter().map(|(_, p)| p).sum::<BigRational>(), both.probability(c));
    canvas::picture("dropped_ball.svg", (1080, 640), |canvas| {
        let panels = canvas.split_evenly((2, 3));
        let all =
            |k: usize, title: &str, label: &str, top: f64, values: &dyn Fn(i64) -> BigRational, colour| {
                chart::fractions(&panels[k], title, label, -3..=5, top, &at(values), |_| colour)
            };
        all(0, "first drop, f", "rolls by a", 0.5, &|a| f.probability(a), BLUE)?;
        all(1, "second drop, g", "rolls by b", 0.5, &|b| g.probability(b), ORANGE)?;
        let title = format!("g reversed, from the end {c}: g({c} − a)");
        all(2, &title, "lies at a in between", 0.5, &|a| reversed.probability(a), ORANGE)?;
        let title = format!("products f(a)·g({c} − a), their sum is P({c})");
        all(3, &title, "lies at a in between", 0.25, &|a| f.probability(a) * reversed.probability(a), GREEN)?;
        let colour = |end| if end == c { GREEN } else { SKY };
        let ends = at(&|end| both.probability(end));
        chart::fractions(&panels[4], "both drops, f * g", "ends at c", -3..=5, 0.3, &ends, colour)?;
        let title = format!("where it lay, given that it ends at {c}");
        all(5, &title, "lay at a in between", 0.6, &|a| between.probability(a), RED)
    })
}
