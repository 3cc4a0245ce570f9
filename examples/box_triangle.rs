//! A box slides over a box: at each place the area of their product is a value of the convolution. Two equal boxes make a triangle, unequal
//! ones a trapezoid, many of them a bell.
//!
//! `(f * g)(t) = integral of f(x)*g(t-x) dx`: the second factor is reversed and moved by `t`, multiplied by the first, and the product
//! is integrated. Densities are piecewise polynomials over Q, so that every frame is exact.
//!
//! `cargo run --release --example box_triangle` prints places and areas, and draws them as an SVG that moves.

mod support;

use monic::density::{Density, Piecewise};
use monic::distribution::to_f64;
use num_bigint::BigInt;
use num_rational::BigRational;
use support::Result;
use support::canvas::{self, Canvas, GREEN, ORANGE, PALE, SKY};
use support::chart::{self, Axis};

fn fraction(n: i64, d: i64) -> BigRational {
    BigRational::new(BigInt::from(n), BigInt::from(d))
}

/// What is seen at one place: the second factor reversed and moved there, and the product of both.
struct Frame {
    moved: Density,
    product: Piecewise,
    area: BigRational,
}

fn frame(f: &Density, g: &Density, t: &BigRational) -> monic::Result<Frame> {
    let moved = g.scaled(-1).shifted(t);
    let product = f.piecewise().try_mul(moved.piecewise())?;
    let (from, to) = f.support();
    let area = product.integral(from, to);
    Ok(Frame { moved, product, area })
}

fn main() -> Result {
    let unit = Density::uniform(0, 1);
    let long = Density::uniform(0, 2);
    let triangle = &unit + &unit;
    let trapezoid = &unit + &long;
    println!("box * box        {triangle}");
    println!("box * longer box {trapezoid}");
    assert_eq!(triangle.to_string(), "[0, 1): x; [1, 2): -x + 2");
    assert_eq!(trapezoid.to_string(), "[0, 1): 1/2*x; [1, 2): 1/2; [2, 3): -1/2*x + 3/2");
    println!("     t  overlap of box and box: area   of box and longer box: area");
    for k in 0..=12 {
        let t = fraction(k, 4);
        let (equal, unequal) = (frame(&unit, &unit, &t)?, frame(&unit, &long, &t)?);
        println!("{:>6}  {:>28}   {:>27}", t.to_string(), equal.area.to_string(), unequal.area.to_string());
        assert_eq!((&equal.area, &unequal.area), (&triangle.eval(&t), &trapezoid.eval(&t)));
    }

    // Many boxes: pieces of one degree more with each, always of area 1.
    for n in 1..=4 {
        let sum = Density::irwin_hall(n);
        println!("{n} boxes: {sum}");
        assert_eq!(sum, unit.times(n));
        assert_eq!(sum.piecewise().integral(0, n), fraction(1, 1));
    }
    slide([("box * box", &unit, &unit, &triangle), ("box * longer box", &unit, &long, &trapezoid)])
}

/// Places from -1/6 to 19/6 by twelfths.
const FRAMES: u32 = 41;

fn place(k: u32) -> BigRational {
    fraction(i64::from(k) - 2, 12)
}

fn slide(cases: [(&str, &Density, &Density, &Density); 2]) -> Result {
    let x = |label| Axis::round(label, -2.2..3.4, 6);
    let (above, below) = (Axis::round("", 0.0..1.25, 5), Axis::round("", 0.0..1.25, 5));
    let ground = |canvas: &Canvas| {
        let panels = canvas.split_evenly((2, 2));
        for ((title, f, _, sum), k) in cases.into_iter().zip(0..) {
            let mut chart = chart::axes(&panels[k], title, &x("x"), &above)?;
            chart::polygon(&mut chart, f.sample_points(2), SKY)?;
            let mut chart = chart::axes(&panels[k + 2], "area of the product", &x("t"), &below)?;
            chart::polygon(&mut chart, sum.sample_points(2), PALE)?;
        }
        Ok(())
    };
    canvas::animation("box_triangle.svg", (960, 620), 8, ground, FRAMES, |k, canvas| {
        let panels = canvas.split_evenly((2, 2));
        let t = place(k);
        for ((_, f, g, _), k) in cases.into_iter().zip(0..) {
            let Frame { moved, product, area } = frame(f, g, &t)?;
            let mut chart = chart::overlay(&panels[k], " ", &x(""), &above)?;
            if let [first, .., last] = product.knots() {
                let height = to_f64(&product.eval(first));
                let (first, last) = (to_f64(first), to_f64(last));
                let corners = vec![(first, 0.0), (first, height), (last, height), (last, 0.0)];
                chart::polygon(&mut chart, corners, GREEN)?;
            }
            chart::line(&mut chart, moved.sample_points(2), ORANGE, 3)?;
            let mut chart = chart::overlay(&panels[k + 2], " ", &x(""), &below)?;
            let text = format!("t = {t}: area {area}");
            let (t, height) = (to_f64(&t), to_f64(&area));
            chart::line(&mut chart, vec![(t, 0.0), (t, height)], GREEN, 3)?;
            chart::points(&mut chart, &[(t, height)], 5, GREEN)?;
            chart::captions(&mut chart, vec![(-1.0, 1.0, text)], 17)?;
        }
        Ok(())
    })
}
