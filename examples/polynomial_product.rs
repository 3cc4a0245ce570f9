//! Multiplying polynomials is a convolution: the products of all pairs of coefficients stand in a table, and those of equal
//! degree on a diagonal; the coefficients of the product are the sums along the diagonals.
//!
//! `cargo run --release --example polynomial_product` prints and draws it.

mod support;

use monic::convolution::Want;
use monic::{Integers, Poly, Ring, ZZ};
use num_bigint::BigInt;
use support::Result;
use support::canvas::{self, BLACK, BLUE, GREEN, ORANGE, PALE, RED, SKY, WHITE};
use support::cells::{Cells, between};

/// The sums of the products along the diagonals, `c[k] = sum of a[i]*b[j] over i + j = k`.
fn diagonals(a: &[BigInt], b: &[BigInt]) -> Vec<BigInt> {
    let mut sums = vec![BigInt::ZERO; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            sums[i + j] += x * y;
        }
    }
    sums
}

/// The first polynomial under the second one turned around, moved by `k`: one coefficient.
fn slide(a: &[BigInt], b: &[BigInt], k: usize) -> BigInt {
    let inside = (0..a.len()).filter_map(|i| Some((i, k.checked_sub(i)?)));
    inside.filter_map(|(i, j)| Some(&a[i] * b.get(j)?)).sum()
}

/// Two lists combined entry by entry; what one of them lacks is 0.
fn entries(a: &[BigInt], b: &[BigInt], combine: impl Fn(&BigInt, &BigInt) -> BigInt) -> Vec<BigInt> {
    let at = |list: &[BigInt], k: usize| list.get(k).cloned().unwrap_or_default();
    (0..a.len().max(b.len())).map(|k| combine(&at(a, k), &at(b, k))).collect()
}

/// Three ways to combine two lists. The third is the convolution: every entry of one with every entry of the other.
fn lists() -> monic::Result<()> {
    let text = |list: &[BigInt]| list.iter().map(BigInt::to_string).collect::<Vec<_>>().join(" ");
    let integers = |list: &[i64]| list.iter().map(|&n| BigInt::from(n)).collect::<Vec<_>>();
    let (a, b) = (integers(&[1, 2, 3]), integers(&[4, 5, 6]));
    let convolve = |a: &[BigInt], b: &[BigInt]| ZZ.convolve(a, b, &Want::full());
    println!("1 2 3 and 4 5 6");
    println!("  added       {}", text(&entries(&a, &b, |x, y| x + y)));
    println!("  multiplied  {}", text(&entries(&a, &b, |x, y| x * y)));
    println!("  convolved   {}", text(&convolve(&a, &b)?));
    assert_eq!(convolve(&a, &b)?, integers(&[4, 13, 28, 27, 18]));
    assert_eq!(convolve(&a, &b)?, diagonals(&a, &b));
    // Other lengths: m + n - 1 entries, none where a list is empty, a multiple for one entry. Nothing wraps around.
    assert_eq!(convolve(&a, &integers(&[10]))?, integers(&[10, 20, 30]));
    assert!(convolve(&a, &[])?.is_empty());
    let large = integers(&[i64::MAX, i64::MAX]);
    assert_eq!(convolve(&large, &large)?[1], BigInt::from(i64::MAX).pow(2) * 2);
    Ok(())
}

fn main() -> Result {
    lists()?;
    let a = ZZ.parse("2 + 3*x - x^2 + 4*x^3")?;
    let b = ZZ.parse("1 - 2*x + 5*x^2")?;
    let product = &a * &b;
    println!("f     = {a}\ng     = {b}\nf * g = {product}");
    let (f, g) = (a.coefficients(), b.coefficients());
    assert_eq!(product.coefficients(), diagonals(f, g));
    assert_eq!(product.len(), f.len() + g.len() - 1);
    for (k, c) in product.coefficients().iter().enumerate() {
        assert_eq!(*c, slide(f, g, k));
        let terms: Vec<String> =
            (0..=k).filter_map(|i| Some(format!("({})*({})", f.get(i)?, g.get(k - i)?))).collect();
        println!("x^{k}: {} = {c}", terms.join(" + "));
    }
    // What a carry would do: at x = 10^6 the same product is one of integers, and its digits are the coefficients.
    let million = BigInt::from(1_000_000);
    assert_eq!(a.eval(&million) * b.eval(&million), product.eval(&million));
    draw(&a, &b, &product)
}

fn draw(a: &Poly<Integers>, b: &Poly<Integers>, product: &Poly<Integers>) -> Result {
    let power = |k: i32| match k {
        0 => "1".to_owned(),
        1 => "x".to_owned(),
        _ => format!("x{}", ['²', '³', '⁴', '⁵'][k as usize - 2]),
    };
    let colours = [SKY, ORANGE, GREEN, RED, BLUE, SKY];
    canvas::picture("polynomial_product.svg", (760, 560), |canvas| {
        let title = "the products of all coefficients, and their sums along the diagonals";
        canvas::text(canvas, (380, 36), title, 20, BLACK, canvas::CENTRE)?;
        let cells = Cells { left: 90, top: 80, width: 90, height: 60 };
        for (j, y) in b.iter().enumerate() {
            let j = j as i32;
            cells.cell(canvas, (0, j + 1), &format!("{y} · {}", power(j)), 19, PALE)?;
            for (i, x) in a.iter().enumerate() {
                let i = i as i32;
                let colour = between(WHITE, colours[(i + j) as usize], 0.55);
                cells.cell(canvas, (i + 1, 0), &format!("{x} · {}", power(i)), 19, PALE)?;
                cells.cell(canvas, (i + 1, j + 1), &(x * y).to_string(), 22, colour)?;
            }
        }
        // The sums stand where their diagonals end, to the left and below.
        let sums = Cells { left: 90, top: 440, width: 96, height: 60 };
        for (k, sum) in product.iter().enumerate() {
            let colour = between(WHITE, colours[k], 0.55);
            sums.cell(canvas, (0, k as i32), &format!("{sum} · {}", power(k as i32)), 19, colour)?;
        }
        canvas::text(canvas, (380, 415), "the coefficients of the product", 18, BLACK, canvas::CENTRE)
    })
}
