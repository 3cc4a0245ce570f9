//! Blur, edges and sharpening by 3 x 3 kernels on a PNG, grey and in colour.
//!
//! A pixel of the result is a sum over its neighbourhood. Convolution turns the kernel around (by 180 degrees),
//! correlation lays it on the picture as it is written; for symmetric kernels both are one. `Mode::Same` gives a
//! picture of the same size, for which pixels beyond the border have to be made up: here the outermost ones are
//! repeated, so that a flat picture stays flat. Sums are exact; only the picture written at the end is rounded (to
//! the nearest, halves upwards) and cut to 0..=255.
//!
//! `cargo run --release --example image_filters` writes to the target directory; `-- --draw FILE` draws the input.

use image::{GrayImage, Rgb, RgbImage};
use monic::ZZ;
use monic::convolution::{Array, Border, Mode};
use monic::ring::multidimensional::{convolve, correlate};
use num_bigint::BigInt;
use std::{error::Error, path::PathBuf};

type Plane = Array<BigInt>;

fn kernel(rows: [[i64; 3]; 3]) -> Plane {
    Array::from_fn([3, 3], |k| rows[k[0]][k[1]].into())
}

/// One channel, red, green or blue.
fn plane(image: &RgbImage, channel: usize) -> Plane {
    let (width, height) = (image.width() as usize, image.height() as usize);
    Array::from_fn([height, width], |k| image.get_pixel(k[1] as u32, k[0] as u32)[channel].into())
}

/// Luma after BT.601, in whole thousandths rounded to the nearest.
fn grey(planes: &[Plane; 3]) -> Plane {
    Array::from_fn(planes[0].shape(), |k| {
        let [r, g, b] = [0, 1, 2].map(|c| planes[c].get(k).expect("channels have one shape"));
        (r * 299 + g * 587 + b * 114 + 500u32) / 1000u32
    })
}

/// `x / d` as a byte: to the nearest, halves upwards, then cut to 0..=255.
fn byte(x: &BigInt, d: i64) -> u8 {
    let x = i64::try_from(x).expect("nine bytes times a small kernel fit");
    (2 * x + d).div_euclid(2 * d).clamp(0, 255) as u8
}

fn bytes(plane: &Plane, divisor: i64) -> Vec<u8> {
    plane.data().iter().map(|x| byte(x, divisor)).collect()
}

fn write_grey(name: &str, plane: &Plane, divisor: i64) -> Result<Vec<u8>, Box<dyn Error>> {
    let bytes = bytes(plane, divisor);
    let (height, width) = (plane.shape()[0] as u32, plane.shape()[1] as u32);
    let image = GrayImage::from_raw(width, height, bytes.clone()).expect("a byte for each pixel");
    image.save(output(name)?)?;
    println!("wrote {name}");
    Ok(bytes)
}

fn write_rgb(name: &str, planes: &[Vec<u8>; 3], width: u32, height: u32) -> Result<(), Box<dyn Error>> {
    let pixel = |x: u32, y: u32| Rgb([0, 1, 2].map(|c| planes[c][(y * width + x) as usize]));
    RgbImage::from_fn(width, height, pixel).save(output(name)?)?;
    println!("wrote {name}");
    Ok(())
}

/// A file in the target directory, beside the program itself.
fn output(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let mut folder = std::env::current_exe()?;
    folder.pop();
    folder.push("filtered");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

/// The input picture: a gradient, a disc, bars, and noise from a fixed seed in one corner.
fn draw() -> RgbImage {
    let mut state = 1u32;
    RgbImage::from_fn(96, 64, |x, y| {
        state = state.wrapping_mul(1664525).wrapping_add(1013904223);
        let (dx, dy) = (x as i32 - 30, y as i32 - 30);
        match (x, y) {
            _ if dx * dx + dy * dy < 18 * 18 => Rgb([230, 60, 40]),
            (56..=90, 8..=28) => {
                if x / 5 % 2 == 0 {
                    Rgb([20, 30, 90])
                } else {
                    Rgb([240, 230, 150])
                }
            }
            (60.., 40..) => Rgb([(state >> 24) as u8; 3]),
            _ => Rgb([40, 80 + y as u8, 120 + x as u8]),
        }
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, file] = &arguments[..]
        && flag == "--draw"
    {
        draw().save(file)?;
        return Ok(());
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/picture.png");
    let picture = image::open(path)?.to_rgb8();
    assert_eq!(picture, draw(), "the file is what this program draws");
    let planes = [0, 1, 2].map(|channel| plane(&picture, channel));
    let grey = grey(&planes);
    let same = Mode::Same(Border::Replicate);

    // The identity, and a kernel that moves the picture: convolution and correlation move it opposite ways.
    let identity = kernel([[0, 0, 0], [0, 1, 0], [0, 0, 0]]);
    assert_eq!(convolve(&ZZ, &grey, &identity, &same)?, grey);
    let right = kernel([[0, 0, 0], [0, 0, 1], [0, 0, 0]]);
    let moved = convolve(&ZZ, &grey, &right, &same)?;
    assert_eq!(moved[&[10, 20]], grey[&[10, 19]]);
    assert_eq!(correlate(&ZZ, &grey, &right, &same)?[&[10, 20]], grey[&[10, 21]]);
    assert_eq!(convolve(&ZZ, &grey, &right.reversed(), &same)?, correlate(&ZZ, &grey, &right, &same)?);

    // Blur: the mean of nine pixels, each channel by itself. A flat picture stays as it is, its border included.
    let blur = kernel([[1; 3]; 3]);
    let flat = Array::filled([5, 7], BigInt::from(200));
    assert_eq!(bytes(&convolve(&ZZ, &flat, &blur, &same)?, 9), [200; 35]);
    assert_eq!(bytes(&convolve(&ZZ, &flat, &blur, &Mode::Valid)?, 9), [200; 15]);
    assert_eq!(bytes(&convolve(&ZZ, &flat, &blur, &Mode::Same(Border::Zero))?, 9)[0], 89); // 4 of 9: darker edges
    let mut blurred = [const { Vec::new() }; 3];
    for (out, plane) in blurred.iter_mut().zip(&planes) {
        *out = bytes(&convolve(&ZZ, plane, &blur, &same)?, 9);
    }
    write_rgb("blur.png", &blurred, picture.width(), picture.height())?;
    let spread = |bytes: &[u8]| bytes.windows(2).map(|w| u64::from(w[0].abs_diff(w[1]))).sum::<u64>();
    assert!(spread(&blurred[0]) < spread(&bytes(&planes[0], 1)), "a blur makes neighbours alike");

    // Vertical edges: what is on the left minus what is on the right, signed. Flat patches give exactly zero.
    let edge = kernel([[1, 0, -1]; 3]);
    assert_eq!(correlate(&ZZ, &flat, &edge, &same)?, Array::filled([5, 7], BigInt::ZERO));
    let edges = correlate(&ZZ, &grey, &edge, &same)?;
    assert_eq!(edges[&[30, 30]], BigInt::ZERO, "inside of the disc");
    let turned = convolve(&ZZ, &grey, &edge, &same)?;
    assert_eq!(turned, edges.map(|x| -x), "the kernel turned around changes every sign");
    let negative = edges.data().iter().filter(|x| **x < BigInt::ZERO).count();
    let positive = edges.data().iter().filter(|x| **x > BigInt::ZERO).count();
    println!("vertical edges: {positive} positive, {negative} negative of {}", edges.len());
    assert!(positive > 500 && negative > 500);
    // A signed map: red where it gets darker to the right, blue where brighter. No sign is lost by cutting.
    let red = bytes(&edges, 3);
    let blue = bytes(&turned, 3);
    let none = vec![0; edges.len()];
    write_rgb("edges.png", &[red, none, blue], picture.width(), picture.height())?;

    // Sharpening: the picture plus its difference from its neighbours. The weights sum to 1.
    let sharpen = kernel([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]);
    let laplace = kernel([[0, 1, 0], [1, -4, 1], [0, 1, 0]]);
    assert_eq!(convolve(&ZZ, &flat, &sharpen, &same)?, flat);
    assert_eq!(convolve(&ZZ, &flat, &laplace, &same)?, Array::filled([5, 7], BigInt::ZERO));
    let sharp = convolve(&ZZ, &grey, &sharpen, &same)?;
    let difference = convolve(&ZZ, &grey, &laplace, &same)?;
    assert!(sharp.data().iter().zip(grey.data()).zip(difference.data()).all(|((s, g), d)| *s == g - d));
    let sharp = write_grey("sharp.png", &sharp, 1)?;
    assert!(spread(&sharp) > spread(&bytes(&grey, 1)), "sharpening makes neighbours differ");

    // Sobel: a kernel that is a column times a row, so two passes of three entries do the work of nine.
    let sobel = kernel([[1, 0, -1], [2, 0, -2], [1, 0, -1]]);
    let column = Array::new([3, 1], [1, 2, 1].map(BigInt::from).to_vec());
    let row = Array::new([1, 3], [1, 0, -1].map(BigInt::from).to_vec());
    let once = convolve(&ZZ, &grey, &sobel, &same)?;
    assert_eq!(convolve(&ZZ, &convolve(&ZZ, &grey, &column, &same)?, &row, &same)?, once);
    write_grey("sobel.png", &once.map(|x| x + 510), 4)?; // middle grey is zero
    Ok(())
}
