//! The picture that the filters are shown on: a lake, mountains, a house, a fence, a tree. Drawn by this project.
//!
//! Only sums, products and comparisons of doubles, so that it is the same picture on every machine.

use image::{Rgb, RgbImage};

pub(crate) const WIDTH: u32 = 160;
pub(crate) const HEIGHT: u32 = 112;

type Colour = [f64; 3];

/// Each pixel is the mean of 4 x 4 points.
pub(crate) fn scene() -> RgbImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let mut sum = [0.0; 3];
        for point in 0..16 {
            let (dx, dy) = (f64::from(point % 4), f64::from(point / 4));
            let colour = colour(f64::from(x) + (dx + 0.5) / 4.0, f64::from(y) + (dy + 0.5) / 4.0);
            sum.iter_mut().zip(colour).for_each(|(sum, part)| *sum += part);
        }
        Rgb(sum.map(|part| (part / 16.0 + 0.5) as u8))
    })
}

fn mix(a: Colour, b: Colour, share: f64) -> Colour {
    let share = share.clamp(0.0, 1.0);
    [0, 1, 2].map(|k| a[k] + (b[k] - a[k]) * share)
}

/// Whether a point lies in a disc.
fn disc(x: f64, y: f64, centre: (f64, f64), radius: f64) -> bool {
    let (dx, dy) = (x - centre.0, y - centre.1);
    dx * dx + dy * dy < radius * radius
}

/// How far below the slopes of a mountain a point is; negative above them.
fn under(x: f64, y: f64, top: (f64, f64), slope: f64) -> f64 {
    y - top.1 - slope * (x - top.0).abs()
}

fn colour(x: f64, y: f64) -> Colour {
    foreground(x, y).unwrap_or_else(|| background(x, y))
}

/// House, fence and tree.
fn foreground(x: f64, y: f64) -> Option<Colour> {
    let wall = (92.0..128.0).contains(&x) && (66.0..94.0).contains(&y);
    if wall {
        let window = (97.0..106.0).contains(&x) && (72.0..82.0).contains(&y);
        let door = (112.0..121.0).contains(&x) && (76.0..94.0).contains(&y);
        let cross = (100.9..102.1).contains(&x) || (76.4..77.6).contains(&y);
        return Some(match (window, door) {
            (true, _) if cross => [245.0, 240.0, 225.0],
            (true, _) => [70.0, 90.0, 120.0],
            (_, true) => [110.0, 60.0, 35.0],
            // Bricks: rows of 4, every second one moved by half a brick.
            _ => {
                let row = ((y - 66.0) / 4.0) as i64;
                let along = (x - 92.0 + if row % 2 == 0 { 0.0 } else { 4.0 }) % 8.0;
                let joint = along < 0.8 || (y - 66.0) % 4.0 < 0.8;
                if joint { [215.0, 195.0, 175.0] } else { [178.0, 84.0, 62.0] }
            }
        });
    }
    let chimney = (116.0..122.0).contains(&x) && (50.0..62.0).contains(&y);
    if (52.0..66.0).contains(&y) && (x - 110.0).abs() < 6.0 + (y - 52.0) * 1.15 {
        return Some([92.0, 52.0, 48.0]);
    }
    if chimney {
        return Some([150.0, 70.0, 55.0]);
    }
    // Planks and gaps, with two rails.
    let fence = (128.0..160.0).contains(&x) && (78.0..96.0).contains(&y);
    let rail = (81.0..83.5).contains(&y) || (89.0..91.5).contains(&y);
    if fence && ((x - 128.0) % 5.0 < 2.6 || rail) {
        return Some([240.0, 236.0, 228.0]);
    }
    // A crown of discs, darker below.
    let crown = [(26.0, 56.0, 12.0), (16.0, 64.0, 10.0), (36.0, 64.0, 10.0), (26.0, 68.0, 12.0)];
    if crown.iter().any(|&(cx, cy, r)| disc(x, y, (cx, cy), r)) {
        return Some(mix([120.0, 180.0, 70.0], [24.0, 84.0, 40.0], (y - 46.0) / 32.0));
    }
    ((23.5..29.0).contains(&x) && (74.0..100.0).contains(&y)).then_some([88.0, 60.0, 36.0])
}

/// Sky, sun, mountains, lake and meadow.
fn background(x: f64, y: f64) -> Colour {
    if y >= 86.0 + (x - 80.0) * (x - 80.0) / 900.0 {
        let furrow = (x + 2.0 * y) % 12.0 < 6.0;
        let meadow = if furrow { [104.0, 160.0, 68.0] } else { [94.0, 148.0, 60.0] };
        return mix(meadow, [60.0, 110.0, 50.0], (y - 90.0) / 30.0);
    }
    if y >= 66.0 {
        let glitter = (x - 58.0).abs() < 3.0 + (y - 66.0) * 0.5 && y % 4.0 < 1.6;
        let water = mix([120.0, 170.0, 205.0], [40.0, 84.0, 140.0], (y - 66.0) / 26.0);
        return if glitter { [255.0, 236.0, 170.0] } else { water };
    }
    let (near, far) = (under(x, y, (76.0, 30.0), 0.9), under(x, y, (128.0, 22.0), 0.75));
    let snow = |depth: f64| depth + 3.0 * ((x / 3.0) % 2.0 - 1.0).abs() < 12.0;
    if near >= 0.0 {
        return if snow(near) {
            [246.0, 248.0, 252.0]
        } else {
            mix([112.0, 104.0, 112.0], [70.0, 84.0, 78.0], near / 40.0)
        };
    }
    if far >= 0.0 {
        return if snow(far) {
            [236.0, 240.0, 248.0]
        } else {
            mix([140.0, 138.0, 152.0], [108.0, 116.0, 128.0], far / 40.0)
        };
    }
    if disc(x, y, (46.0, 22.0), 9.0) {
        return [255.0, 226.0, 110.0];
    }
    mix([72.0, 130.0, 205.0], [232.0, 214.0, 190.0], y / 66.0)
}
