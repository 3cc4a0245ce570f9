//! A convolutional layer is a dense layer whose matrix is banded, with the same few weights in every row: a Toeplitz
//! matrix. Here both are built and compared, in one dimension and in two.
//!
//! What such layers call a convolution is a correlation: the kernel is not turned around.
//!
//! `cargo run --release --example convolutional_layer` prints and draws it.

mod support;

use monic::convolution::{Array, Border, Mode, Want};
use monic::ring::multidimensional::correlate;
use monic::{Ring, ZZ};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use plotters::element::Rectangle;
use plotters::style::{Color, RGBColor};
use support::Result;
use support::canvas::{self, BLACK, BLUE, Canvas, GREEN, GREY, ORANGE, PALE, RED, SKY, WHITE};
use support::cells::{Cells, between};

type Tensor = Array<BigInt>;

fn vector(c: &[i64]) -> Vec<BigInt> {
    c.iter().map(|&c| BigInt::from(c)).collect()
}

/// The activation: what is negative becomes zero.
fn relu(x: BigInt) -> BigInt {
    x.max(BigInt::ZERO)
}

/// `W x`.
fn apply(matrix: &Tensor, x: &[BigInt]) -> Vec<BigInt> {
    matrix.data().chunks(x.len()).map(|row| row.iter().zip(x).map(|(w, x)| w * x).sum()).collect()
}

/// Row `n` holds the kernel from column `n` on: `y[n] = sum of w[j]*x[n+j]`.
fn toeplitz(w: &[BigInt], len: usize) -> Tensor {
    Array::from_fn([len - w.len() + 1, len], |k| {
        k[1].checked_sub(k[0]).and_then(|j| w.get(j)).cloned().unwrap_or_default()
    })
}

/// The matrix of one channel to one channel in two dimensions: a Toeplitz matrix of Toeplitz blocks.
fn block_toeplitz(kernel: &Tensor, height: usize, width: usize) -> Tensor {
    let (rows, columns) = (height - kernel.shape()[0] + 1, width - kernel.shape()[1] + 1);
    Array::from_fn([rows * columns, height * width], |k| {
        let (y, x) = (k[0] / columns, k[0] % columns);
        let (v, u) = (k[1] / width, k[1] % width);
        let inside = v.checked_sub(y).zip(u.checked_sub(x));
        inside.and_then(|(j, i)| kernel.get(&[j, i])).cloned().unwrap_or_default()
    })
}

/// Every patch under the kernel as one column (im2col), so that the layer is one matrix product.
fn patches(x: &Tensor, size: [usize; 2]) -> Vec<Vec<BigInt>> {
    let (rows, columns) = (x.shape()[0] - size[0] + 1, x.shape()[1] - size[1] + 1);
    let patch = |y: usize, c: usize| Array::from_fn(size, |k| x[&[y + k[0], c + k[1]]].clone()).into_data();
    (0..rows * columns).map(|k| patch(k / columns, k % columns)).collect()
}

/// The layer itself: so many values in, two fewer out.
const X: [i64; 8] = [2, 7, 1, 8, 2, 8, 1, 8];
const W: [i64; 3] = [1, -2, 1];

/// Every weight its own, nothing shared, nothing zero.
fn dense() -> Tensor {
    Array::from_fn([6, 8], |k| BigInt::from((3 * k[0] + 5 * k[1] + k[0] * k[1]) % 7) - 3)
}

fn one_dimension() -> Result {
    let x = vector(&X);
    let (w, bias) = (vector(&W), BigInt::from(3));
    let matrix = toeplitz(&w, x.len());
    println!("W, from the weights 1 -2 1:");
    for row in matrix.data().chunks(x.len()) {
        println!("  {}", row.iter().map(|w| format!("{w:>3}")).collect::<String>());
    }
    let nonzero = matrix.data().iter().filter(|w| **w != BigInt::ZERO).count();
    println!("{} entries, {nonzero} of them not zero, 3 different weights", matrix.len());
    assert_eq!((matrix.len(), nonzero), (48, 18));

    let by_matrix = apply(&matrix, &x);
    assert_eq!(by_matrix, vector(&[-11, 13, -13, 12, -13, 14]));
    let line = |c: &[BigInt]| Array::new([c.len()], c.to_vec());
    assert_eq!(correlate(&ZZ, &line(&x), &line(&w), &Mode::Valid)?.data(), by_matrix);
    // The middle of a polynomial product with the weights in reverse.
    let reversed: Vec<BigInt> = w.iter().rev().cloned().collect();
    assert_eq!(ZZ.convolve(&x, &reversed, &Want::range(2..8))?, by_matrix);
    println!("W x is what correlation gives, and the middle of the product with the weights in reverse");
    let layer: Vec<BigInt> = by_matrix.into_iter().map(|y| relu(y + &bias)).collect();
    println!("relu(W x + 3) = {}", layer.iter().map(BigInt::to_string).collect::<Vec<_>>().join(" "));
    assert_eq!(layer, vector(&[0, 16, 0, 15, 0, 17]));

    // A dense layer in contrast.
    let dense = dense();
    println!("a dense layer with as many inputs and outputs has {} weights", dense.len());
    let layer: Vec<BigInt> = apply(&dense, &x).into_iter().map(|y| relu(y + &bias)).collect();
    assert_eq!(layer.len(), 6);
    Ok(())
}

fn two_dimensions() -> Result {
    // Two channels in, three out, images of 5 x 6, kernels of 3 x 2: weights[out][in].
    let image =
        |c: usize| Array::from_fn([5, 6], move |k| BigInt::from((7 * k[0] + 3 * k[1] * k[1] + 5 * c) % 10));
    let channels = [image(0), image(1)];
    let kernel = |o: usize, c: usize| {
        Array::from_fn([3, 2], move |k| BigInt::from((o + 2 * c + 3 * k[0] + 4 * k[1]) % 5) - 2)
    };
    for o in 0..3 {
        let bias = BigInt::from(o as i64 - 1);
        let mut by_convolution = vec![bias.clone(); 15];
        let mut by_matrix = by_convolution.clone();
        let mut by_patches = by_convolution.clone();
        let add = |sum: &mut [BigInt], part: &[BigInt]| sum.iter_mut().zip(part).for_each(|(s, p)| *s += p);
        for (c, x) in channels.iter().enumerate() {
            let w = kernel(o, c);
            add(&mut by_convolution, correlate(&ZZ, x, &w, &Mode::Valid)?.data());
            add(&mut by_matrix, &apply(&block_toeplitz(&w, 5, 6), x.data()));
            let columns: Vec<BigInt> = patches(x, [3, 2]).iter().flat_map(|patch| apply(&w, patch)).collect();
            add(&mut by_patches, &columns);
        }
        assert_eq!(by_matrix, by_convolution, "the block Toeplitz matrix is the convolution");
        assert_eq!(by_patches, by_convolution, "and so is the product with the patches");
        let layer = Array::new([3, 5], by_convolution.into_iter().map(relu).collect());
        // Stride 2: every second output of each axis.
        let strided = layer.strided(&[2, 2]);
        assert_eq!(strided, Array::from_fn([2, 3], |k| layer[&[2 * k[0], 2 * k[1]]].clone()));
        println!("channel {o}:");
        for row in layer.data().chunks(5) {
            println!("  {}", row.iter().map(|y| format!("{y:>4}")).collect::<String>());
        }
    }
    Ok(())
}

/// Padding keeps the size, a stride divides it: of an image of 8 x 8 with a frame of zeros, every second place of a kernel of 3 x 3.
fn padding_and_stride() -> Result {
    let image: Tensor = Array::from_fn([8, 8], |k| BigInt::from((k[0] * k[0] + 3 * k[1]) % 7));
    let kernel: Tensor =
        Array::from_fn([3, 3], |k| BigInt::from([[1, 0, -1], [2, 0, -2], [1, 0, -1]][k[0]][k[1]]));
    let padded = correlate(&ZZ, &image, &kernel, &Mode::Same(Border::Zero))?;
    assert_eq!(padded.shape(), image.shape());
    let layer = padded.strided(&[2, 2]);
    // The same by its definition, only for the places that are kept.
    let at = |y: usize, x: usize| {
        // The place before the first one lies in the frame.
        y.checked_sub(1)
            .zip(x.checked_sub(1))
            .and_then(|(y, x)| image.get(&[y, x]))
            .cloned()
            .unwrap_or_default()
    };
    let direct = Array::from_fn([4, 4], |k| -> BigInt {
        let terms = (0..9).map(|t| at(2 * k[0] + t / 3, 2 * k[1] + t % 3) * &kernel[&[t / 3, t % 3]]);
        terms.sum()
    });
    assert_eq!(layer, direct);
    println!("8 x 8, a frame of zeros, a kernel of 3 x 3, stride 2: {:?}", layer.shape());
    Ok(())
}

fn main() -> Result {
    one_dimension()?;
    two_dimensions()?;
    padding_and_stride()?;
    draw()
}

/// A dense layer, a convolutional one, and the matrix of one in two dimensions.
fn draw() -> Result {
    let (x, w) = (vector(&X), vector(&W));
    let weights = [ORANGE, BLUE, GREEN];
    let shared = |k: &[usize]| k[1].checked_sub(k[0]).and_then(|j| weights.get(j)).copied().unwrap_or(WHITE);
    let own = |k: &[usize]| between(WHITE, RED, (1 + (5 * k[0] + 3 * k[1]) % 7) as f64 / 10.0);
    canvas::picture("convolutional_layer.svg", (1120, 760), |canvas| {
        layer(canvas, (20, 70), "a dense layer: 48 weights", &dense(), &x, own)?;
        layer(
            canvas,
            (580, 70),
            "a convolutional layer: 3 weights, a Toeplitz matrix",
            &toeplitz(&w, X.len()),
            &x,
            shared,
        )?;
        let kernel = Array::from_fn([3, 2], |k| BigInt::from(1 + 2 * k[0] + k[1]));
        let matrix = block_toeplitz(&kernel, 5, 6);
        let title = "in two dimensions: Toeplitz blocks (an image of 5 × 6, a kernel of 3 × 2, 15 outputs)";
        canvas::text(canvas, (560, 400), title, 18, BLACK, canvas::CENTRE)?;
        let cells = Cells { left: 200, top: 425, width: 24, height: 20 };
        let colours = [ORANGE, between(WHITE, ORANGE, 0.5), BLUE, SKY, GREEN, between(WHITE, GREEN, 0.5)];
        let frame = [(cells.left, cells.top), (cells.left + 30 * cells.width, cells.top + 15 * cells.height)];
        canvas.draw(&Rectangle::new(frame, PALE.filled()))?;
        for (entry, k) in matrix.data().iter().zip(0..) {
            let entry = entry.to_usize().expect("small weights");
            if entry > 0 {
                cells.cell(canvas, (k / 30, k % 30), &entry.to_string(), 13, colours[entry - 1])?;
            }
        }
        Ok(())
    })
}

/// `W x = y`, with a colour for each weight.
fn layer(
    canvas: &Canvas,
    (left, top): (i32, i32),
    title: &str,
    matrix: &Tensor,
    x: &[BigInt],
    colour: impl Fn(&[usize]) -> RGBColor,
) -> Result {
    let [rows, columns] = [matrix.shape()[0] as i32, matrix.shape()[1] as i32];
    let cells = Cells { left, top, width: 36, height: 34 };
    canvas::text(canvas, (left + 260, top - 32), title, 18, BLACK, canvas::CENTRE)?;
    for row in 0..rows {
        for column in 0..columns {
            let index = [row as usize, column as usize];
            let entry = &matrix[&index];
            let colour = colour(&index);
            let text = if colour == WHITE { String::new() } else { entry.to_string() };
            cells.cell(canvas, (row, column), &text, 16, colour)?;
        }
    }
    for (value, row) in x.iter().zip(0..) {
        cells.cell(canvas, (row, columns + 1), &value.to_string(), 16, PALE)?;
    }
    for (value, row) in apply(matrix, x).iter().zip(0..) {
        cells.cell(canvas, (row, columns + 3), &value.to_string(), 16, SKY)?;
    }
    let signs = [("·", columns), ("=", columns + 2)];
    for (sign, column) in signs {
        cells.words(canvas, (rows / 2, column), sign, 20, BLACK)?;
    }
    canvas::text(canvas, cells.middle(columns, columns + 1), "x", 17, GREY, canvas::CENTRE)?;
    canvas::text(canvas, cells.middle(columns, columns + 3), "W x", 17, GREY, canvas::CENTRE)
}
