//! A box convolved with a box is a triangle; with a longer box a trapezoid; with itself again and again a bell.
//!
//! The boxes are densities on a lattice of step `h`: `1/h` values of height 1 each, so that sums times `h` are areas.
//!
//! `cargo run --release --example box_triangle`

use monic::convolution::{Array, Mode};
use monic::ring::multidimensional::convolve;
use monic::{QQ, Ring};
use num_bigint::BigInt;
use num_rational::BigRational;

fn fraction(n: i64, d: i64) -> BigRational {
    BigRational::new(BigInt::from(n), BigInt::from(d))
}

/// `h * sum of f[i]*g[k-i]`: the convolution integral of two step functions, exact at the lattice points.
fn densities(f: &[BigRational], g: &[BigRational], h: &BigRational) -> monic::Result<Vec<BigRational>> {
    let array = |f: &[BigRational]| Array::new([f.len()], f.to_vec());
    let product = convolve(&QQ, &array(f), &array(g), &Mode::Full)?;
    Ok(product.data().iter().map(|c| c * h).collect())
}

fn area(f: &[BigRational], h: &BigRational) -> BigRational {
    f.iter().fold(QQ.zero(), |sum, c| sum + c * h)
}

fn show(f: &[BigRational]) -> String {
    f.iter().map(BigRational::to_string).collect::<Vec<_>>().join(" ")
}

fn main() -> monic::Result<()> {
    let steps = 5;
    let h = fraction(1, steps as i64);
    let unit = vec![QQ.one(); steps]; // uniform on 0..1

    // Slide the box, turned around, over the box: at shift t the overlap, its product (a box again) and its area.
    let triangle = densities(&unit, &unit, &h)?;
    println!("box * box, step {h}");
    for (k, value) in triangle.iter().enumerate() {
        let product: Vec<BigRational> = (0..steps)
            .map(|i| if k >= i && k - i < steps { &unit[i] * &unit[k - i] } else { QQ.zero() })
            .collect();
        let overlap = area(&product, &h);
        println!(
            "  t = {:4}  product {}  area {overlap}",
            (&h * fraction(k as i64 + 1, 1)).to_string(),
            show(&product)
        );
        // The area of the overlap is the value of the convolution: t up to 1, then 2 - t.
        let t = &h * fraction(k as i64 + 1, 1);
        assert_eq!(overlap, *value);
        assert_eq!(*value, if t <= QQ.one() { t } else { fraction(2, 1) - t });
    }
    assert_eq!(area(&triangle, &h), QQ.one());

    // A box of length 2 and half the height: the overlap stays whole for a while.
    let long = vec![fraction(1, 2); 2 * steps];
    let trapezoid = densities(&unit, &long, &h)?;
    println!("box * longer box: {}", show(&trapezoid));
    let expected: Vec<BigRational> =
        [1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 4, 3, 2, 1].iter().map(|&n| fraction(n, 10)).collect();
    assert_eq!(trapezoid, expected);
    assert_eq!(area(&trapezoid, &h), QQ.one());

    // n boxes: pieces of degree n - 1, ever closer to a normal density, always of area 1.
    let mut sum = unit.clone();
    for n in 2..=4 {
        sum = densities(&sum, &unit, &h)?;
        println!("{n} boxes: {}", show(&sum));
        assert_eq!((sum.len(), area(&sum, &h)), (n * (steps - 1) + 1, QQ.one()));
        assert!(sum.iter().eq(sum.iter().rev()), "the sum of symmetric densities is symmetric");
    }
    assert_eq!(sum[8], fraction(85, 125)); // 5^3 ways of 4 from 0..5 with sum 8: 85
    Ok(())
}
