//! A convolutional layer is a dense layer whose matrix is banded, with the same few weights in every row: a Toeplitz
//! matrix. Here both are built and compared, in one dimension and in two.
//!
//! What such layers call a convolution is a correlation: the kernel is not turned around.
//!
//! `cargo run --release --example convolutional_layer`

use monic::convolution::{Array, Mode, Want};
use monic::ring::multidimensional::correlate;
use monic::{Ring, ZZ};
use num_bigint::BigInt;

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

fn one_dimension() -> monic::Result<()> {
    let x = vector(&[2, 7, 1, 8, 2, 8, 1, 8]);
    let (w, bias) = (vector(&[1, -2, 1]), BigInt::from(3));
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
    let layer: Vec<BigInt> = by_matrix.into_iter().map(|y| relu(y + &bias)).collect();
    println!("relu(W x + 3) = {}", layer.iter().map(BigInt::to_string).collect::<Vec<_>>().join(" "));
    assert_eq!(layer, vector(&[0, 16, 0, 15, 0, 17]));

    // A dense layer in contrast: every weight its own, nothing shared, nothing zero.
    let dense = Array::from_fn([6, 8], |k| BigInt::from((3 * k[0] + 5 * k[1] + k[0] * k[1]) % 7) - 3);
    println!("a dense layer with as many inputs and outputs has {} weights", dense.len());
    let layer: Vec<BigInt> = apply(&dense, &x).into_iter().map(|y| relu(y + &bias)).collect();
    assert_eq!(layer.len(), 6);
    Ok(())
}

fn two_dimensions() -> monic::Result<()> {
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

fn main() -> monic::Result<()> {
    one_dimension()?;
    two_dimensions()
}
