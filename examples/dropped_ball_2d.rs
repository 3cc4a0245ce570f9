//! A ball is dropped on a plane, twice. Where it comes to rest has a distribution in two dimensions, and the distribution of both
//! drops together is a convolution in two dimensions, `h[x, y] = sum over (a, b) of f[a, b]*g[x-a, y-b]`.
//!
//! It is also a product of polynomials in two variables, `x` to the right and `y` upwards; and where a distribution is that of two
//! independent coordinates (a column times a row), so is the result.
//!
//! `cargo run --release --example dropped_ball_2d` prints and draws it.

mod support;

use monic::convolution::{Array, Mode};
use monic::ring::multidimensional::convolve;
use monic::{Poly, PolyRing, ZZ};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use plotters::style::RGBColor;
use support::Result;
use support::canvas::{self, BLACK, BLUE, Canvas, GREEN, ORANGE, WHITE};
use support::cells::{Cells, between};

/// Weights over a common denominator; entry `[row, column]` is for the place `corner + (column, row)`.
struct Plane {
    corner: (i32, i32),
    weights: Array<BigInt>,
    denominator: BigInt,
}

impl Plane {
    fn new<const W: usize, const H: usize>(corner: (i32, i32), rows: [[i64; W]; H]) -> Self {
        let weights = Array::from_fn([H, W], |k| BigInt::from(rows[k[0]][k[1]]));
        let denominator = weights.data().iter().sum();
        Plane { corner, weights, denominator }
    }

    /// The distribution of two independent coordinates.
    fn separable(corner: (i32, i32), across: &[i64], up: &[i64]) -> Self {
        let weights = Array::from_fn([up.len(), across.len()], |k| BigInt::from(up[k[0]] * across[k[1]]));
        let denominator = weights.data().iter().sum();
        Plane { corner, weights, denominator }
    }

    /// The sum of two independent drops.
    fn plus(&self, other: &Plane) -> monic::Result<Plane> {
        Ok(Plane {
            corner: (self.corner.0 + other.corner.0, self.corner.1 + other.corner.1),
            weights: convolve(&ZZ, &self.weights, &other.weights, &Mode::Full)?,
            denominator: &self.denominator * &other.denominator,
        })
    }

    fn probability(&self, x: i32, y: i32) -> BigRational {
        let index = |place: i32, first: i32| usize::try_from(place - first).ok();
        let weight = index(y, self.corner.1)
            .zip(index(x, self.corner.0))
            .and_then(|(row, column)| self.weights.get(&[row, column]));
        BigRational::new(weight.cloned().unwrap_or_default(), self.denominator.clone())
    }

    fn print(&self, name: &str) {
        let [height, width] = [self.weights.shape()[0] as i32, self.weights.shape()[1] as i32];
        println!(
            "{name}, in {}-ths, x from {} and y from {}:",
            self.denominator, self.corner.0, self.corner.1
        );
        for row in (0..height).rev() {
            let weight = |column| self.weights[&[row as usize, column as usize]].to_string();
            println!("  {}", (0..width).map(|column| format!("{:>5}", weight(column))).collect::<String>());
        }
    }
}

fn main() -> Result {
    // It rolls mostly to the right the first time, and not in a straight line; upwards or back the second time.
    let f = Plane::new((-1, -1), [[0, 1, 2, 0], [1, 3, 4, 2], [0, 1, 5, 1]]);
    let g = Plane::new((-1, 0), [[1, 2, 1], [0, 4, 2], [1, 0, 1]]);
    let both = f.plus(&g)?;
    f.print("f");
    g.print("g");
    both.print("f * g");
    assert_eq!(both.weights.shape(), [5, 6]); // 3 + 3 - 1 rows, 4 + 3 - 1 columns
    assert_eq!(both.weights.data().iter().sum::<BigInt>(), both.denominator);
    assert_eq!(g.plus(&f)?.weights, both.weights);

    // The definition, for one place: all ways there.
    let (x, y) = (1, 1);
    let ways = (-1..=2).flat_map(|a| (-1..=1).map(move |b| (a, b)));
    let sum: BigRational = ways.map(|(a, b)| f.probability(a, b) * g.probability(x - a, y - b)).sum();
    println!("P({x}, {y}) = {sum}");
    assert_eq!(sum, both.probability(x, y));

    // The product of polynomials in y whose coefficients are polynomials in x, without the corners' negative powers.
    let plane = PolyRing::new(ZZ, "x");
    let polynomial = |p: &Plane| {
        let rows = p.weights.data().chunks(p.weights.shape()[1]);
        Poly::from_vec(plane.clone(), rows.map(|row| ZZ.poly(row.to_vec())).collect())
    };
    let product = polynomial(&f) * polynomial(&g);
    assert_eq!(product, polynomial(&both));
    println!("as a product of polynomials: {}", product.display(Default::default(), "y"));

    // Independent coordinates: the outer product of two distributions, before and after.
    let (across, up) = ([1, 2, 3, 1], [2, 1, 1]);
    let one = Plane::separable((0, 0), &across, &up);
    let two = one.plus(&one)?;
    let line = |c: &[i64]| ZZ.poly(c.to_vec());
    let (across, up) = (line(&across).square(), line(&up).square());
    let outer = Array::from_fn([up.len(), across.len()], |k| up.coefficient(k[0]) * across.coefficient(k[1]));
    assert_eq!(
        two.weights, outer,
        "a convolution of outer products is the outer product of the convolutions"
    );
    println!("of independent coordinates: one convolution in two dimensions is two in one dimension");
    draw(&f, &g, &both)
}

fn draw(f: &Plane, g: &Plane, both: &Plane) -> Result {
    canvas::picture("dropped_ball_2d.svg", (1000, 450), |canvas| {
        map(canvas, (30, 80), 60, f, "first drop, f", BLUE)?;
        map(canvas, (330, 80), 60, g, "second drop, g", ORANGE)?;
        map(canvas, (590, 80), 60, both, "both, f * g", GREEN)
    })
}

/// A map with `y` upwards: the likelier, the darker.
fn map(canvas: &Canvas, at: (i32, i32), size: i32, plane: &Plane, title: &str, colour: RGBColor) -> Result {
    let (height, width) = (plane.weights.shape()[0] as i32, plane.weights.shape()[1] as i32);
    let cells = Cells { left: at.0 + 30, top: at.1, width: size, height: size };
    let most = plane.weights.data().iter().max().and_then(BigInt::to_f64).expect("small weights");
    let title = format!("{title}, in {}-ths", plane.denominator);
    canvas::text(canvas, (cells.left + width * size / 2, at.1 - 30), &title, 18, BLACK, canvas::CENTRE)?;
    for row in 0..height {
        let y = height - 1 - row;
        cells.words(canvas, (row, -1), &(plane.corner.1 + y).to_string(), 16, BLACK)?;
        for column in 0..width {
            let weight = &plane.weights[&[y as usize, column as usize]];
            let shade = between(WHITE, colour, weight.to_f64().expect("small weights") / most);
            cells.cell(canvas, (row, column), &weight.to_string(), 19, shade)?;
        }
    }
    for column in 0..width {
        cells.words(canvas, (height, column), &(plane.corner.0 + column).to_string(), 16, BLACK)?;
    }
    Ok(())
}
