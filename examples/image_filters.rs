//! Blur, edges, sharpening and emboss by small kernels on a picture, grey and in colour.
//!
//! A pixel of the result is a sum over its neighbourhood. Convolution turns the kernel around (by 180 degrees),
//! correlation lays it on the picture as it is written; for symmetric kernels both are one. `Mode::Same` gives a
//! picture of the same size, for which pixels beyond the border have to be made up: here the outermost ones are
//! repeated, so that a flat picture stays flat. Sums are exact; only what is drawn at the end is rounded (to
//! the nearest, halves upwards) and cut to 0..=255.
//!
//! `cargo run --release --example image_filters`; `-- --draw FILE` draws the input alone.

#[path = "support/scene.rs"]
mod scene;
mod support;

use image::RgbImage;
use monic::ZZ;
use monic::convolution::{Array, Border, Mode};
use monic::ring::multidimensional::{convolve, correlate};
use num_bigint::BigInt;
use plotters::style::RGBColor;
use scene::{HEIGHT, WIDTH};
use support::canvas::{self, BLACK};
use support::{Result, cells};

type Plane = Array<BigInt>;

fn kernel<const N: usize>(rows: [[i64; N]; N]) -> Plane {
    Array::from_fn([N, N], |k| rows[k[0]][k[1]].into())
}

/// The products of a column and a row of binomial coefficients, which are close to a Gaussian; they sum to `4^n`.
fn gaussian(n: u64) -> Plane {
    let row = (ZZ.x() + 1).pow(n);
    Array::from_fn([row.len(), row.len()], |k| row.coefficient(k[0]) * row.coefficient(k[1]))
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
    let x = i64::try_from(x).expect("a few bytes times a small kernel fit");
    (2 * x + d).div_euclid(2 * d).clamp(0, 255) as u8
}

/// Zero is white, positive red, negative blue, full colour at `full`.
fn signed(x: &BigInt, full: i64) -> RGBColor {
    let x = i64::try_from(x).expect("a few bytes times a small kernel fit");
    let strong = RGBColor(if x > 0 { 220 } else { 0 }, 0, if x < 0 { 220 } else { 0 });
    cells::between(canvas::WHITE, strong, x.abs() as f64 / full as f64)
}

/// A picture of the gallery with its name.
struct Panel {
    name: &'static str,
    pixels: Vec<RGBColor>,
}

impl Panel {
    fn colour(name: &'static str, planes: &[Plane; 3], divisor: i64) -> Self {
        let pixel = |k: usize| [0, 1, 2].map(|c: usize| byte(&planes[c].data()[k], divisor));
        let pixels = (0..planes[0].len()).map(pixel).map(|[r, g, b]| RGBColor(r, g, b)).collect();
        Panel { name, pixels }
    }

    fn grey(name: &'static str, plane: &Plane, divisor: i64) -> Self {
        let pixels = plane.data().iter().map(|x| byte(x, divisor)).map(|x| RGBColor(x, x, x)).collect();
        Panel { name, pixels }
    }

    fn signed(name: &'static str, plane: &Plane, full: i64) -> Self {
        Panel { name, pixels: plane.data().iter().map(|x| signed(x, full)).collect() }
    }
}

/// How much neighbours differ, in all.
fn variation(plane: &Plane, divisor: i64) -> u64 {
    let bytes: Vec<u8> = plane.data().iter().map(|x| byte(x, divisor)).collect();
    bytes.windows(2).map(|w| u64::from(w[0].abs_diff(w[1]))).sum()
}

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, file] = &arguments[..]
        && flag == "--draw"
    {
        return Ok(scene::scene().save(file)?);
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/picture.png");
    let picture = image::open(path)?.to_rgb8();
    assert_eq!(picture, scene::scene(), "the file is what this program draws");
    let planes = [0, 1, 2].map(|channel| plane(&picture, channel));
    let grey = grey(&planes);
    let same = Mode::Same(Border::Replicate);
    let flat = Array::filled([5, 7], BigInt::from(200));
    let zero = Array::filled([5, 7], BigInt::ZERO);
    let each = |kernel: &Plane| -> monic::Result<[Plane; 3]> {
        let [r, g, b] = &planes;
        Ok([
            convolve(&ZZ, r, kernel, &same)?,
            convolve(&ZZ, g, kernel, &same)?,
            convolve(&ZZ, b, kernel, &same)?,
        ])
    };

    // The identity, and a kernel that moves the picture: convolution and correlation move it opposite ways.
    let identity = kernel([[0, 0, 0], [0, 1, 0], [0, 0, 0]]);
    assert_eq!(each(&identity)?, planes);
    let right = kernel([[0, 0, 0], [0, 0, 1], [0, 0, 0]]);
    let moved = convolve(&ZZ, &grey, &right, &same)?;
    assert_eq!(moved[&[10, 20]], grey[&[10, 19]]);
    assert_eq!(correlate(&ZZ, &grey, &right, &same)?[&[10, 20]], grey[&[10, 21]]);
    assert_eq!(convolve(&ZZ, &grey, &right.reversed(), &same)?, correlate(&ZZ, &grey, &right, &same)?);
    println!(
        "the kernel with a 1 right of its middle moves the picture: convolve to the right, correlate to the left"
    );

    // Blur: the mean of nine pixels, each channel by itself. A flat picture stays as it is, its border included,
    // unless what lies beyond counts as black.
    let blur = kernel([[1; 3]; 3]);
    assert_eq!(convolve(&ZZ, &flat, &blur, &same)?, flat.map(|x| x * 9));
    assert_eq!(convolve(&ZZ, &flat, &blur, &Mode::Valid)?, Array::filled([3, 5], BigInt::from(9 * 200)));
    let dark = convolve(&ZZ, &flat, &blur, &Mode::Same(Border::Zero))?;
    assert_eq!(dark[&[0, 0]], BigInt::from(4 * 200)); // 4 of 9
    println!(
        "a flat picture of 200, blurred by 1/9: its corner is {} with ends repeated, {}/9 with black beyond",
        200,
        dark[&[0, 0]]
    );
    let blurred = each(&blur)?;
    assert!(variation(&blurred[0], 9) < variation(&planes[0], 1), "a blur makes neighbours alike");
    // A Gaussian is a column times a row: two passes of n entries do the work of n^2.
    let (small, large) = (gaussian(4), gaussian(24));
    let column = Array::from_fn([5, 1], |k| small[&[k[0], 0]].clone());
    let row = Array::from_fn([1, 5], |k| small[&[0, k[1]]].clone());
    let gauss = convolve(&ZZ, &grey, &small, &same)?;
    assert_eq!(convolve(&ZZ, &convolve(&ZZ, &grey, &column, &same)?, &row, &same)?, gauss);
    let sum: BigInt = large.data().iter().sum();
    assert_eq!(sum, BigInt::from(1u64 << 48));
    let out_of_focus = each(&large)?.map(|plane| plane.map(|x| x >> 32)); // 16 bits less than all remain

    // Vertical edges: what is on the left minus what is on the right, signed. Flat patches give exactly zero.
    let vertical = kernel([[1, 0, -1]; 3]);
    let horizontal = kernel([[1; 3], [0; 3], [-1; 3]]);
    assert_eq!(correlate(&ZZ, &flat, &vertical, &same)?, zero);
    let edges = correlate(&ZZ, &grey, &vertical, &same)?;
    let turned = convolve(&ZZ, &grey, &vertical, &same)?;
    assert_eq!(turned, edges.map(|x| -x), "the kernel turned around changes every sign");
    let levels = correlate(&ZZ, &grey, &horizontal, &same)?;
    let negative = edges.data().iter().filter(|x| **x < BigInt::ZERO).count();
    let positive = edges.data().iter().filter(|x| **x > BigInt::ZERO).count();
    println!("vertical edges: {positive} positive, {negative} negative of {} pixels, none cut", edges.len());
    assert!(positive > 1000 && negative > 1000);

    // Sharpening: the picture minus its second differences. The weights sum to 1, those of Laplace's kernel to 0.
    let sharpen = kernel([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]);
    let laplace = kernel([[0, 1, 0], [1, -4, 1], [0, 1, 0]]);
    assert_eq!(convolve(&ZZ, &flat, &sharpen, &same)?, flat);
    assert_eq!(convolve(&ZZ, &flat, &laplace, &same)?, zero);
    let (sharp, second) = (convolve(&ZZ, &grey, &sharpen, &same)?, convolve(&ZZ, &grey, &laplace, &same)?);
    assert!(sharp.data().iter().zip(grey.data()).zip(second.data()).all(|((s, g), d)| *s == g - d));
    assert!(variation(&sharp, 1) > variation(&grey, 1), "sharpening makes neighbours differ");

    // Sobel: differences in one direction, means in the other.
    let sobel = kernel([[1, 0, -1], [2, 0, -2], [1, 0, -1]]);
    let transposed = Array::from_fn([3, 3], |k| sobel[&[k[1], k[0]]].clone());
    let (across, down) = (convolve(&ZZ, &grey, &sobel, &same)?, convolve(&ZZ, &grey, &transposed, &same)?);
    let sizes =
        across.data().iter().zip(down.data()).map(|(a, b)| BigInt::from(a.magnitude() + b.magnitude()));
    let strength = Array::new(across.shape(), sizes.collect());

    // Emboss: light from one corner. The kernel is not symmetric, so turned around it has the light from the other one.
    let emboss = kernel([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]);
    let (raised, sunken) = (correlate(&ZZ, &grey, &emboss, &same)?, convolve(&ZZ, &grey, &emboss, &same)?);
    assert_ne!(raised, sunken);
    assert_eq!(convolve(&ZZ, &grey, &emboss.reversed(), &same)?, raised);
    assert_eq!(convolve(&ZZ, &flat, &emboss, &same)?, flat, "its weights sum to 1");

    let smooth = [
        Panel::colour("the picture (and by the identity)", &planes, 1),
        Panel::colour("blur: mean of 3 × 3", &blurred, 9),
        Panel::colour("Gaussian, 25 × 25", &out_of_focus, 1 << 16),
        Panel::grey("Gaussian, 5 × 5", &gauss, 256),
        Panel::grey("sharpened, grey", &sharp, 1),
        Panel::colour("sharpened", &each(&sharpen)?, 1),
    ];
    draw("image_filters.png", &smooth)?;
    let edges = [
        Panel::signed("vertical edges: red +, blue −", &edges, 300),
        Panel::signed("horizontal edges: red +, blue −", &levels, 300),
        Panel::signed("Laplace: red +, blue −", &second, 200),
        Panel::grey("Sobel, both directions", &strength, 3),
        Panel::grey("emboss, by correlation", &raised, 1),
        Panel::grey("emboss, by convolution", &sunken, 1),
    ];
    draw("image_edges.png", &edges)
}

/// All in one file, three a row, a pixel as 2 x 2.
fn draw(name: &str, panels: &[Panel; 6]) -> Result {
    let (width, height, gap) = (2 * WIDTH as i32, 2 * HEIGHT as i32, 8);
    let size = (3 * (width + gap) + gap, 2 * (height + 30) + gap);
    canvas::picture(name, (size.0 as u32, size.1 as u32), |canvas| {
        for (panel, k) in panels.iter().zip(0..) {
            let (left, top) = (gap + k % 3 * (width + gap), k / 3 * (height + 30) + 28);
            canvas::text(canvas, (left + width / 2, top - 13), panel.name, 17, BLACK, canvas::CENTRE)?;
            let pixel = |k: i32| (left + 2 * (k % WIDTH as i32), top + 2 * (k / WIDTH as i32));
            cells::pixels(canvas, panel.pixels.iter().zip(0..).map(|(&colour, k)| (pixel(k), colour)), 2)?;
        }
        Ok(())
    })
}
