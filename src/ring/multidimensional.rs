//! Convolution and correlation of arrays over any ring: full, same, valid.
//!
//! It stands apart from the engine because it takes a ring; the index arithmetic is the engine's
//! ([`convolution::multidimensional`](crate::convolution::multidimensional), which also fixes the conventions).
//!
//! # Method
//! Direct summation for small kernels and results, one product of sequences by the ring's own
//! [`convolve`](Ring::convolve) beyond [`ARRAY_DIRECT`] or [`FLATTEN_GENERIC`] entries. Over words and integers, where it is cheaper,
//! transforms along each axis: [`plan`](fn@crate::convolution::multidimensional::plan) says which.

use super::Ring;
use crate::convolution::{
    Algorithm, Want,
    multidimensional::{Array, Job, Mode},
    tuning::ARRAY_DIRECT,
};
use crate::{Result, limit};

/// What [`ARRAY_DIRECT`] is over rings that have Karatsuba at best, for which the zeros between the rows cost more. Not measured: from
/// the counts of products, Karatsuba on the laid-out kernel falls below direct summation between 5 x 5 and 9 x 9.
pub const FLATTEN_GENERIC: usize = 64;

/// The convolution of two arrays, `c[k] = sum over i+j=k of a[i]*b[j]`.
///
/// The kernel `b` is turned around by this sum; [`correlate`] leaves it as it stands.
///
/// # Shape
/// As [`Mode`] says, with arrays of one and the same number of axes. An empty axis has empty sums: a full result is
/// empty, one of the same shape is zero.
///
/// # Errors
/// Kind undefined for different numbers of axes, and for a valid window with a kernel longer than the array in some
/// axis; kind limit, and those of the ring's own operations.
///
/// # Complexity
/// As many products as pairs in the window; or one product of sequences of the length of the full result, or transforms of as many
/// points along each axis.
///
/// # Examples
/// ```
/// use monic::{ZZ, convolution::{Array, Border, Mode}, ring::multidimensional::convolve};
/// let a = Array::new([2, 2], [1, 2, 3, 4].map(Into::into).to_vec());
/// let k = Array::new([1, 2], [1, -1].map(Into::into).to_vec());
/// assert_eq!(convolve(&ZZ, &a, &k, &Mode::Full)?.data(), [1, 1, -2, 3, 1, -4].map(Into::into));
/// assert_eq!(convolve(&ZZ, &a, &k, &Mode::Valid)?.data(), [1, 1].map(Into::into));
/// assert_eq!(convolve(&ZZ, &a, &k, &Mode::Same(Border::Wrap))?.data(), [-1, 1, -1, 1].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn convolve<R: Ring>(
    ring: &R,
    a: &Array<R::Element>,
    b: &Array<R::Element>,
    mode: &Mode<R::Element>,
) -> Result<Array<R::Element>> {
    ring.convolve_arrays(a, b, mode, None)
}

/// As [`convolve`], by one algorithm: schoolbook is direct summation, any other the product of sequences by it, and exact transforms
/// are those of sequences or along each axis.
///
/// # Errors
/// As for [`convolve`]; kind unsupported for an algorithm that the ring does not offer.
pub fn convolve_by<R: Ring>(
    ring: &R,
    a: &Array<R::Element>,
    b: &Array<R::Element>,
    mode: &Mode<R::Element>,
    algorithm: Algorithm,
) -> Result<Array<R::Element>> {
    ring.convolve_arrays(a, b, mode, Some(algorithm))
}

/// The correlation of an array with a kernel, `c[k] = sum over j of a[k+j]*b[j]`: what image filters and convolutional
/// layers call a convolution.
///
/// It is [`convolve`] with the kernel [reversed](Array::reversed), window and border included. Complex
/// numbers are not conjugated.
///
/// # Errors
/// As for [`convolve`].
///
/// # Examples
/// ```
/// use monic::{ZZ, convolution::{Array, Mode}, ring::multidimensional::correlate};
/// let a = Array::new([4], [1, 2, 4, 8].map(Into::into).to_vec());
/// let k = Array::new([2], [-1, 1].map(Into::into).to_vec());
/// assert_eq!(correlate(&ZZ, &a, &k, &Mode::Valid)?.data(), [1, 2, 4].map(Into::into)); // differences
/// # Ok::<(), monic::Error>(())
/// ```
pub fn correlate<R: Ring>(
    ring: &R,
    a: &Array<R::Element>,
    b: &Array<R::Element>,
    mode: &Mode<R::Element>,
) -> Result<Array<R::Element>> {
    ring.convolve_arrays(a, &b.reversed(), mode, None)
}

/// By the operations of a ring and its products of sequences: what a ring does that has no better way.
///
/// # Errors
/// As for [`convolve_by`].
pub fn generic<R: Ring>(
    ring: &R,
    a: &Array<R::Element>,
    b: &Array<R::Element>,
    mode: &Mode<R::Element>,
    algorithm: Option<Algorithm>,
) -> Result<Array<R::Element>> {
    let zero = ring.zero();
    let job = Job::new(a, b, mode, &zero)?;
    limit::check(job.shapes.outputs() as u64, 8 * size_of::<R::Element>() as u64)?;
    let direct = match algorithm {
        None => is_direct(&job, None) || job.shapes.kernel() < FLATTEN_GENERIC && !has_transform(ring),
        algorithm => is_direct(&job, algorithm),
    };
    if direct {
        return job.direct(&zero, |c, x, y| {
            *c = ring.try_add(c, &ring.try_mul(x, y)?)?;
            Ok(())
        });
    }
    job.flattened(&zero, |x, y, range| {
        let want = Want::range(range);
        ring.convolve(x, y, &algorithm.map_or(want.clone(), |algorithm| want.by(algorithm)))
    })
}

/// Whether a product is summed pair by pair, over rings that have transforms.
pub(super) fn is_direct<E: Clone>(job: &Job<'_, E>, algorithm: Option<Algorithm>) -> bool {
    match algorithm {
        None => job.shapes.kernel() < ARRAY_DIRECT,
        Some(algorithm) => algorithm == Algorithm::Schoolbook,
    }
}

/// Whether the ring multiplies sequences by a transform, found out by asking it to.
fn has_transform<R: Ring>(ring: &R) -> bool {
    let one = [ring.one()];
    [Algorithm::Ntt, Algorithm::Fft]
        .into_iter()
        .any(|algorithm| ring.convolve(&one, &one, &Want::full().by(algorithm)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::Border;
    use crate::{ErrorKind, QQ, ZZ};
    use num_bigint::BigInt;
    use num_rational::BigRational;

    fn random(seed: u64) -> impl FnMut() -> i64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 40) as i64 % 19 - 9
        }
    }

    fn array(shape: &[usize], next: &mut impl FnMut() -> i64) -> Array<BigInt> {
        Array::from_fn(shape, |_| BigInt::from(next()))
    }

    /// The definition: every output index, every kernel index, the value of `a` beyond its border by `outside`.
    fn naive(
        a: &Array<BigInt>,
        b: &Array<BigInt>,
        start: &[i64],
        shape: &[usize],
        outside: &dyn Fn(&[i64]) -> BigInt,
    ) -> Array<BigInt> {
        Array::from_fn(shape, |k| {
            let mut sum = BigInt::ZERO;
            let indices = Array::from_fn(b.shape(), |j| j.to_vec());
            for (j, y) in indices.data().iter().zip(b.data()) {
                let at: Vec<i64> =
                    (0..k.len()).map(|axis| k[axis] as i64 + start[axis] - j[axis] as i64).collect();
                let inside: Option<Vec<usize>> = at.iter().map(|&i| usize::try_from(i).ok()).collect();
                let x = inside.and_then(|index| a.get(&index).cloned()).unwrap_or_else(|| outside(&at));
                sum += x * y;
            }
            sum
        })
    }

    const SHAPES: [(&[usize], &[usize]); 9] = [
        (&[7], &[3]),
        (&[5], &[4]),
        (&[5, 6], &[3, 3]),
        (&[4, 9], &[2, 5]),
        (&[6, 5], &[1, 1]),
        (&[3, 4, 5], &[2, 3, 2]),
        (&[3, 2, 3, 4], &[2, 2, 1, 3]),
        (&[1, 8], &[1, 8]),
        (&[20, 20], &[9, 8]),
    ];

    #[test]
    fn all_windows_and_algorithms_agree_with_the_definition() {
        let mut next = random(1);
        let zero = |_: &[i64]| BigInt::ZERO;
        for (m, n) in SHAPES {
            let (a, b) = (array(m, &mut next), array(n, &mut next));
            let full: Vec<usize> = m.iter().zip(n).map(|(m, n)| m + n - 1).collect();
            let valid: Vec<usize> = m.iter().zip(n).map(|(m, n)| m - n + 1).collect();
            let ends: Vec<i64> = n.iter().map(|&n| n as i64 - 1).collect();
            let centre: Vec<i64> = n.iter().map(|&n| (n as i64 - 1) / 2).collect();
            let cases = [
                (Mode::Full, naive(&a, &b, &vec![0; m.len()], &full, &zero)),
                (Mode::Valid, naive(&a, &b, &ends, &valid, &zero)),
                (Mode::Same(Border::Zero), naive(&a, &b, &centre, m, &zero)),
                (Mode::Same(Border::Constant(BigInt::from(5))), naive(&a, &b, &centre, m, &|_| 5.into())),
                (
                    Mode::Same(Border::Replicate),
                    naive(&a, &b, &centre, m, &|at| {
                        let at: Vec<usize> =
                            at.iter().zip(m).map(|(&i, &m)| i.clamp(0, m as i64 - 1) as usize).collect();
                        a.get(&at).unwrap().clone()
                    }),
                ),
                (
                    Mode::Same(Border::Wrap),
                    naive(&a, &b, &centre, m, &|at| {
                        let at: Vec<usize> =
                            at.iter().zip(m).map(|(&i, &m)| i.rem_euclid(m as i64) as usize).collect();
                        a.get(&at).unwrap().clone()
                    }),
                ),
            ];
            for (mode, expected) in cases {
                assert_eq!(convolve(&ZZ, &a, &b, &mode).unwrap(), expected, "{m:?} {n:?} {mode:?}");
                for algorithm in [Algorithm::Schoolbook, Algorithm::Kronecker, Algorithm::Ntt] {
                    let got = generic(&ZZ, &a, &b, &mode, Some(algorithm)).unwrap_or_else(|error| {
                        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
                        expected.clone()
                    });
                    assert_eq!(got, expected, "{m:?} {n:?} {mode:?} {algorithm:?}");
                }
                let turned = correlate(&ZZ, &a, &b.reversed(), &mode).unwrap();
                assert_eq!(turned, expected, "correlation is convolution with the kernel turned around");
            }
            let square = generic(&ZZ, &a, &a, &Mode::Full, Some(Algorithm::Kronecker)).unwrap();
            assert_eq!(square, convolve_by(&ZZ, &a, &a.clone(), &Mode::Full, Algorithm::Schoolbook).unwrap());
            // Full convolution does not care which is the kernel.
            assert_eq!(
                convolve(&ZZ, &b, &a, &Mode::Full).unwrap(),
                convolve(&ZZ, &a, &b, &Mode::Full).unwrap()
            );
        }
    }

    #[test]
    fn both_layouts_over_a_ring_of_five_methods() {
        let mut next = random(5);
        let mut rational =
            |shape: &[usize]| array(shape, &mut next).map(|c| BigRational::new(c.clone(), 7.into()));
        for (m, n) in SHAPES {
            let (a, b) = (rational(m), rational(n));
            for mode in [Mode::Full, Mode::Valid, Mode::Same(Border::Zero), Mode::Same(Border::Reflect)] {
                let zero = BigRational::from_integer(0.into());
                let job = Job::new(&a, &b, &mode, &zero).unwrap();
                let flat =
                    job.flattened(&zero, |x, y, range| QQ.convolve(x, y, &Want::range(range))).unwrap();
                assert_eq!(convolve_by(&QQ, &a, &b, &mode, Algorithm::Schoolbook).unwrap(), flat);
            }
        }
    }

    #[test]
    fn rings_are_asked_for_a_transform() {
        #[derive(Clone, Debug, PartialEq)]
        struct Five;
        impl Ring for Five {
            type Element = u8;
            fn zero(&self) -> u8 {
                0
            }
            fn one(&self) -> u8 {
                1
            }
            fn add(&self, a: &u8, b: &u8) -> u8 {
                (a + b) % 5
            }
            fn neg(&self, a: &u8) -> u8 {
                (5 - a) % 5
            }
            fn mul(&self, a: &u8, b: &u8) -> u8 {
                a * b % 5
            }
        }
        assert!(has_transform(&ZZ) && !has_transform(&Five));
        let mut next = random(8);
        let mut digits = |side: usize| Array::from_fn([side, side], |_| next().rem_euclid(5) as u8);
        for (a, b) in [(digits(6), digits(3)), (digits(12), digits(9))] {
            let over_z = |a: &Array<u8>| a.map(|&c| BigInt::from(c));
            let expected = convolve(&ZZ, &over_z(&a), &over_z(&b), &Mode::Full).unwrap();
            let got = convolve(&Five, &a, &b, &Mode::Full).unwrap();
            assert_eq!(over_z(&got), expected.map(|c| c % 5));
        }
    }

    /// In one dimension the centre is that of `numpy.convolve(a, k, "same")`, values from numpy 2.
    #[test]
    fn centring_of_even_kernels() {
        let row = |c: &[i64]| Array::new([c.len()], c.iter().map(|&c| BigInt::from(c)).collect());
        let same = Mode::Same(Border::Zero);
        let a = row(&[1, 2, 3, 4]);
        assert_eq!(convolve(&ZZ, &a, &row(&[1, 10]), &same).unwrap(), row(&[1, 12, 23, 34]));
        assert_eq!(convolve(&ZZ, &a, &row(&[1, 10, 100, 1000]), &same).unwrap(), row(&[12, 123, 1234, 2340]));
        // The size of the first argument, also when the kernel is longer.
        assert_eq!(convolve(&ZZ, &row(&[1, 10]), &a, &same).unwrap(), row(&[12, 23]));
        assert_ne!(correlate(&ZZ, &a, &row(&[1, 10]), &same), convolve(&ZZ, &a, &row(&[1, 10]), &same));
        assert_eq!(correlate(&ZZ, &a, &row(&[1, 10]), &same).unwrap(), row(&[10, 21, 32, 43]));
    }

    #[test]
    fn separable_kernels_are_outer_products() {
        let mut next = random(2);
        let (column, line) = (array(&[3, 1], &mut next), array(&[1, 4], &mut next));
        let outer = Array::from_fn([3, 4], |k| &column[&[k[0], 0]] * &line[&[0, k[1]]]);
        assert_eq!(convolve(&ZZ, &column, &line, &Mode::Full).unwrap(), outer);
        let image = array(&[6, 7], &mut next);
        for mode in [Mode::Full, Mode::Same(Border::Zero), Mode::Same(Border::Symmetric)] {
            let twice = convolve(&ZZ, &convolve(&ZZ, &image, &column, &mode).unwrap(), &line, &mode);
            assert_eq!(convolve(&ZZ, &image, &outer, &mode), twice);
        }
    }

    #[test]
    fn empty_axes_and_misfits() {
        let mut next = random(3);
        let (a, none) = (array(&[3, 4], &mut next), array(&[0, 2], &mut next));
        assert_eq!(convolve(&ZZ, &a, &none, &Mode::Full).unwrap().shape(), [0, 5]);
        let same = convolve(&ZZ, &a, &none, &Mode::Same(Border::Wrap)).unwrap();
        assert_eq!(same, Array::filled([3, 4], BigInt::ZERO));
        for mode in [Mode::Full, Mode::Same(Border::Zero), Mode::Same(Border::Replicate)] {
            assert!(convolve(&ZZ, &none, &a, &mode).unwrap().is_empty());
        }
        let kind =
            |a: &Array<BigInt>, b: &Array<BigInt>, mode| convolve(&ZZ, a, b, &mode).unwrap_err().kind();
        assert_eq!(kind(&a, &none, Mode::Valid), ErrorKind::Undefined);
        assert_eq!(kind(&a, &array(&[2, 5], &mut next), Mode::Valid), ErrorKind::Undefined);
        assert_eq!(kind(&a, &array(&[3], &mut next), Mode::Full), ErrorKind::Undefined);
        let point = |c: i64| Array::new([], vec![BigInt::from(c)]);
        assert_eq!(convolve(&ZZ, &point(6), &point(7), &Mode::Full).unwrap(), point(42));
        let point_by = convolve_by(&ZZ, &point(6), &point(7), &Mode::Full, Algorithm::Ntt);
        assert!(point_by.is_err() || point_by == Ok(point(42)));
    }
}
