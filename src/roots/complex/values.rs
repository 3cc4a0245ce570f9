//! Values of an integer polynomial at complex points, in fixed point on limbs, with a bound of the error.
//!
//! It stands apart from [real points](crate::roots::evaluate) because of the method, and because what a step costs here is mostly not its products.
//!
//! # Method
//! Division by the quadratic polynomial with the roots `z` and its conjugate: with `p = 2*Re z` and `q = |z|^2` the numbers `b[j] = c[j] + p*b[j+1] -
//! q*b[j+2]` give `f(z) = c[0] - q*b[2] + z*b[1]`, two real products for a coefficient where Horner's rule has four (D. Knuth, The Art of Computer
//! Programming 2, 4.6.4, (3)).
//!
//! # Errors
//! What `b[j]` is wrong by counts as if it were in `c[j]`: `|z|^j` times. So `b[j]` is kept in units of `2^u[j]` with `u[j] = u[0] - floor(j*log2 |z|)`, and
//! an error of a unit counts less than two of `2^u[0]`. At every step less than one unit is cut from each product and from the coefficient; and because
//! `|b[j]|*|z|^j <= (n + 1)^2 * max |c[i]*z^i|`, a point that is cut to as many bits as `b[j]` has room for, eight more than that, adds less than another one.

use crate::convolution::integer_product::mul_limbs;
use crate::integer::{
    bigints::from_row,
    limbs::{add_assign, is_negative, negate, sub_assign},
};
use crate::ring::norm::log2_abs;
use crate::roots::{ball::ComplexBall, dyadic::Dyadic, taylor::write_shifted};
use num_bigint::{BigInt, Sign};
use num_complex::Complex;

/// Factors of so many limbs are multiplied in place, without a call.
const SHORT: usize = 4;

/// A point.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) re: Dyadic,
    pub(super) im: Dyadic,
}

impl Point {
    /// The smallest `k` with `|re|, |im| < 2^k`.
    pub(super) fn magnitude(&self) -> i64 {
        self.re.magnitude().max(self.im.magnitude()).unwrap_or(0)
    }

    /// `log2` of the absolute value.
    pub(super) fn log2(&self) -> f64 {
        let k = self.magnitude();
        let part = |x: &Dyadic| x.floor_bits(64).0.scaled(-k).to_f64();
        Complex::new(part(&self.re), part(&self.im)).norm().log2() + k as f64
    }
}

/// A polynomial of degree 1 or more, with the sizes of its coefficients.
pub(super) struct Values {
    coefficients: Vec<BigInt>,
    logs: Vec<f64>,
}

impl Values {
    pub(super) fn new(coefficients: Vec<BigInt>) -> Self {
        let logs = coefficients.iter().map(log2_abs).collect();
        Values { coefficients, logs }
    }

    pub(super) fn coefficients(&self) -> &[BigInt] {
        &self.coefficients
    }

    pub(super) fn degree(&self) -> usize {
        self.coefficients.len() - 1
    }

    pub(super) fn derivative(&self) -> Self {
        Values::new(self.coefficients.iter().enumerate().skip(1).map(|(j, c)| c * j).collect())
    }

    /// The polynomial over `k`, which divides all its coefficients.
    pub(super) fn divided_by(&self, k: usize) -> Self {
        Values::new(self.coefficients.iter().map(|c| c / k).collect())
    }

    /// `log2` of a bound of the second derivative where `log2 |z|` is at most this; minus infinity if there is none.
    pub(super) fn second_derivative(&self, log: f64) -> f64 {
        let n = self.degree() as f64;
        let terms = self.logs.iter().enumerate().skip(2).map(|(j, l)| l + (j - 2) as f64 * log);
        let largest = terms.fold(f64::NEG_INFINITY, f64::max);
        // At most n terms, with factors below n^2.
        largest + 3.0 * n.log2() + 1.0
    }

    /// `log2` of the largest term, rounded up, where `log2 |z|` is this.
    pub(super) fn magnitude(&self, log: f64) -> i64 {
        let terms = self.logs.iter().enumerate().map(|(j, l)| l + j as f64 * log);
        terms.fold(f64::NEG_INFINITY, f64::max).max(-1e18).ceil() as i64
    }

    /// The value at a point, with an error of about `2^-precision` times the largest term.
    pub(super) fn at(&self, z: &Point, precision: u64) -> ComplexBall {
        if z.re.is_zero() && z.im.is_zero() {
            return ComplexBall::new(self.coefficients[0].clone().into(), Dyadic::zero(), Dyadic::zero());
        }
        let n = self.coefficients.len();
        let log = z.log2();
        let unit = self.magnitude(log) - precision as i64;
        let spare = 2 * u64::from(usize::BITS - n.leading_zeros()) + 8;
        let width = (precision + spare).div_ceil(64) as usize;
        let (re, im) = Scheme::new(z, log, unit, width).value(&self.coefficients);
        let error = Dyadic::new(BigInt::from(8 * n + 16), unit);
        ComplexBall::new(Dyadic::new(re, unit), Dyadic::new(im, unit), error)
    }
}

/// A number as its absolute value in units of its own.
struct Fixed {
    negative: bool,
    limbs: Vec<u64>,
}

impl Fixed {
    fn zero(width: usize) -> Self {
        Fixed { negative: false, limbs: vec![0; width] }
    }

    /// `|x| < 2^k` in units that leave the highest bit free.
    fn of(x: &Dyadic, k: i64, width: usize) -> Self {
        let mut limbs: Vec<u64> =
            x.abs().floor_units(k + 1 - 64 * width as i64).magnitude().iter_u64_digits().collect();
        limbs.resize(width, 0);
        Fixed { negative: x.sign() == Sign::Minus, limbs }
    }
}

/// What all steps share.
struct Scheme {
    x: Fixed,
    y: Fixed,
    /// `|z|^2`.
    norm: Fixed,
    /// The parts of `z` are below `2^k`.
    k: i64,
    log: f64,
    unit: i64,
    width: usize,
}

impl Scheme {
    fn new(z: &Point, log: f64, unit: i64, width: usize) -> Self {
        let k = z.magnitude();
        let norm = &(&z.re * &z.re) + &(&z.im * &z.im);
        Scheme {
            x: Fixed::of(&z.re, k, width),
            y: Fixed::of(&z.im, k, width),
            norm: Fixed::of(&norm, 2 * k + 1, width),
            k,
            log,
            unit,
            width,
        }
    }

    /// Real and imaginary part of the value.
    fn value(&self, f: &[BigInt]) -> (BigInt, BigInt) {
        match self.width {
            1 => self.run(f, 1),
            2 => self.run(f, 2),
            3 => self.run(f, 3),
            SHORT => self.run(f, SHORT),
            _ => self.run(f, self.width),
        }
    }

    /// `floor(j * log2 |z|)`
    #[inline(always)]
    fn floor(&self, j: usize) -> i64 {
        (j as f64 * self.log).floor() as i64
    }

    #[inline(always)]
    fn run(&self, f: &[BigInt], width: usize) -> (BigInt, BigInt) {
        // b[j + 1], b[j + 2]
        let (mut first, mut second) = (Fixed::zero(width), Fixed::zero(width));
        let mut row = vec![0; width];
        let mut product = vec![0; 2 * width];
        let real = self.y.limbs.iter().all(|&limb| limb == 0);
        let mut floors = [self.floor(f.len()), self.floor(f.len() + 1)];
        for (j, c) in f.iter().enumerate().rev() {
            let floor = self.floor(j);
            row.fill(0);
            write_shifted(&mut row, c, floor - self.unit, c.sign() == Sign::Minus);
            // Twice the real part of z, but for f(0) and real points.
            let twice = i64::from(j > 0 && !real);
            let left = self.k + 1 + twice - (floors[0] - floor);
            add_product(&mut row, &first, &self.x, false, left, &mut product);
            if !real {
                let left = 2 * self.k + 2 - (floors[1] - floor);
                add_product(&mut row, &second, &self.norm, true, left, &mut product);
            }
            if j == 0 {
                break;
            }
            // The row becomes b[j + 1], which becomes b[j + 2].
            std::mem::swap(&mut first, &mut second);
            std::mem::swap(&mut first.limbs, &mut row);
            first.negative = is_negative(&first.limbs);
            if first.negative {
                negate(&mut first.limbs);
            }
            floors = [floor, floors[0]];
        }
        let re = from_row(&row);
        row.fill(0);
        add_product(&mut row, &first, &self.y, false, self.k + 1 - floors[0], &mut product);
        (re, from_row(&row))
    }
}

/// `row += a * b`, or less it, with the product in units of `2^(64*width - left)`.
#[inline(always)]
fn add_product(row: &mut [u64], a: &Fixed, b: &Fixed, less: bool, left: i64, product: &mut [u64]) {
    let width = row.len();
    if width <= SHORT {
        product[..width].fill(0);
        for (i, &x) in a.limbs[..width].iter().enumerate() {
            let mut carry = 0;
            for (j, &y) in b.limbs[..width].iter().enumerate() {
                let sum = u128::from(x) * u128::from(y) + u128::from(product[i + j]) + u128::from(carry);
                product[i + j] = sum as u64;
                carry = (sum >> 64) as u64;
            }
            product[i + width] = carry;
        }
    } else {
        mul_limbs(product, &a.limbs, &b.limbs);
    }
    debug_assert!((0..6).contains(&left));
    for i in (width..2 * width).rev() {
        product[i] = product[i] << left | product[i - 1] >> 1 >> (63 - left);
    }
    if a.negative ^ b.negative ^ less {
        sub_assign(row, &product[width..]);
    } else {
        add_assign(row, &product[width..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ZZ;
    use num_complex::Complex;
    use num_rational::BigRational;

    /// Against Horner's rule on fractions, at points of all sizes, on the axes and off them.
    #[test]
    fn values_are_within_their_errors() {
        let polynomials = [
            "x^9 - 3*x^2 + 1",
            "2^100*x^5 - 7",
            "x",
            "-5",
            "(x - 1)^12",
            "x^3 - 2^70",
            "x^60 + 7*x^59 - 3*x + 1",
        ];
        let points: [(i64, i64, i64); 9] = [
            (1, 0, 0),
            (0, -1, 0),
            (-3, 5, -1),
            (12345, 1, -40),
            (-7, -7, 30),
            (3, 2, -2),
            ((1 << 50) + 1, -(1 << 50), -50),
            ((1 << 50) - 1, (1 << 50) - 1, -50),
            (-1, 1 << 40, -20),
        ];
        for text in polynomials {
            let f = ZZ.parse(text).unwrap();
            let values = Values::new(f.coefficients().to_vec());
            for (re, im, e) in points {
                let z = Point { re: Dyadic::new(re, e), im: Dyadic::new(im, e) };
                let exact = Complex::new(z.re.to_rational(), z.im.to_rational());
                let zero =
                    || Complex::new(BigRational::from_integer(0.into()), BigRational::from_integer(0.into()));
                let truth = f.iter().rev().fold(zero(), |sum, c| sum * &exact + BigRational::from(c.clone()));
                for precision in [5, 64, 110, 150, 200, 300, 1000] {
                    let v = values.at(&z, precision);
                    let off = Complex::new(v.re().to_rational(), v.im().to_rational()) - &truth;
                    let radius = v.radius().to_rational();
                    assert!(off.norm_sqr() <= &radius * &radius, "{text} at {z:?}, {precision}");
                    // And the radius is about what was asked for.
                    let largest = values.magnitude(z.log2());
                    assert!(v.radius().magnitude() <= Some(largest - precision as i64 + 12));
                }
            }
        }
    }

    #[test]
    fn second_derivatives() {
        for text in ["x^9 - 3*x^2 + 1", "2^100*x^5 - 7", "x", "5", "(x - 1)^12"] {
            let f = ZZ.parse(text).unwrap();
            let bound = Values::new(f.coefficients().to_vec()).second_derivative(1.0);
            let sum: BigInt = f
                .derivative()
                .derivative()
                .iter()
                .enumerate()
                .map(|(j, c)| BigInt::from(c.magnitude().clone()) << j)
                .sum();
            assert!(log2_abs(&sum) <= bound);
        }
    }
}
