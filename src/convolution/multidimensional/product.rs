//! Products of arrays over words and integers, by the engine: transforms along each axis, or one product of sequences.

use super::{Array, Job, Mode, Plan, Shapes, Way, job::Layout};
use crate::{
    Result,
    convolution::{
        self, Algorithm, Rows, Want,
        ntt::axes,
        plan::Facts,
        scratch::{self, Scratch},
    },
    integer::{IntegerSlice, IntegerVec, WordModulus, try_zeroed},
    limit,
};

/// The convolution of two arrays of residues modulo `n`, by the cheapest way or the one that is given.
///
/// # Units
/// Residues in `0..n`, in and out. When both operands are the same array, the square is computed.
///
/// # Errors
/// Kind undefined for different numbers of axes, and for a valid window with a kernel longer than the array in some axis;
/// kind unsupported for a way that does not apply; kind limit.
///
/// # Examples
/// ```
/// use monic::{convolution::{Array, Mode, multidimensional::words_mod}, integer::WordModulus};
/// let seven = WordModulus::new(7)?;
/// let a = Array::new([2, 2], vec![1, 2, 3, 4]);
/// let square = words_mod(&seven, &a, &a, &Mode::Full, None)?;
/// assert_eq!(square.data(), [1, 4, 4, 6, 6, 2, 2, 3, 2]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod(
    n: &WordModulus,
    a: &Array<u64>,
    b: &Array<u64>,
    mode: &Mode<u64>,
    way: Option<Way>,
) -> Result<Array<u64>> {
    words_by(n, &Job::new(a, b, mode, &0)?, (None, way))
}

/// The same by an algorithm.
pub(crate) fn words_mod_by(
    n: &WordModulus,
    a: &Array<u64>,
    b: &Array<u64>,
    mode: &Mode<u64>,
    algorithm: Option<Algorithm>,
) -> Result<Array<u64>> {
    words_by(n, &Job::new(a, b, mode, &0)?, (algorithm, None))
}

fn words_by(
    n: &WordModulus,
    job: &Job<'_, u64>,
    (algorithm, way): (Option<Algorithm>, Option<Way>),
) -> Result<Array<u64>> {
    let facts = Facts::Word { modulus: n.modulus() };
    let plan = job.shapes.plan_with(&facts, job.is_square(), (algorithm, way))?;
    let outputs = job.shapes.outputs();
    limit::check(outputs as u64, 64)?;
    match &plan {
        Plan::Direct { .. } => job.direct(&0, |c, &x, &y| {
            *c = n.add(*c, n.mul(x, y));
            Ok(())
        }),
        Plan::Sequence(_) if job.shapes.is_empty() => Ok(job.array(vec![0; outputs])),
        Plan::Sequence(_) => {
            let ([a, b], layout) = (job.operands(), job.shapes.layout()?);
            let want = match algorithm {
                Some(algorithm) => Want::range(layout.range()).by(algorithm),
                None => Want::range(layout.range()),
            };
            let x = flat(&layout, 0, a, 1)?;
            let y = if job.is_square() { None } else { Some(flat(&layout, 1, b, 1)?) };
            let product = convolution::words_mod(n, &x, y.as_ref().unwrap_or(&x), &want)?;
            let mut out = Vec::with_capacity(outputs);
            layout.rows(|from| out.extend_from_slice(&product[from..from + layout.width()]));
            Ok(job.array(out))
        }
        Plan::Axes(transforms) => {
            let mut out = try_zeroed(outputs)?;
            axes::words_into(n, transforms, job.operands(), job.is_square(), &mut out)?;
            Ok(job.array(out))
        }
    }
}

/// An operand as a sequence, `width` words an entry, in working memory.
fn flat(layout: &Layout<'_>, which: usize, words: &[u64], width: usize) -> Result<Scratch> {
    let len = layout.len(which);
    limit::check(len as u64, 64 * width as u64)?;
    let mut flat = scratch::take(len * width)?;
    flat.fill(0);
    layout.lay(which, words, width, &mut flat);
    Ok(flat)
}

/// The convolution of two arrays of integers in rows of limbs, by the cheapest way, by an algorithm, or by a way.
///
/// # Errors
/// Kind limit, and those of products of sequences.
pub(crate) fn integers_rows(
    shapes: &Shapes,
    [a, b]: [IntegerSlice<'_>; 2],
    facts: Facts,
    (algorithm, way): (Option<Algorithm>, Option<Way>),
) -> Result<Rows> {
    let outputs = shapes.outputs();
    let square = a.width() == b.width() && std::ptr::eq(a.limbs(), b.limbs());
    let plan = shapes.plan_with(&facts, square, (algorithm, way))?;
    if let Plan::Axes(transforms) = &plan {
        let width = (transforms.bits + 1).div_ceil(64) as usize;
        let mut rows = Rows::take(outputs, width)?;
        axes::integers_into(transforms, [a, b], square, rows.limbs_mut(), width)?;
        return Ok(rows);
    }
    if shapes.is_empty() {
        let mut rows = Rows::take(outputs, 1)?;
        rows.limbs_mut().fill(0);
        return Ok(rows);
    }
    let layout = shapes.layout()?;
    let x = flat(&layout, 0, a.limbs(), a.width())?;
    let y = if square { None } else { Some(flat(&layout, 1, b.limbs(), b.width())?) };
    let x = IntegerSlice::new(&x, a.width());
    let y = y.as_ref().map_or(x, |y| IntegerSlice::new(y, b.width()));
    let mut want = Want::range(layout.range());
    if let Some(algorithm) = algorithm {
        want = want.by(algorithm);
    }
    let product = convolution::integers_rows(x, y, facts, &want)?;
    let (product, count) = (product.as_slice(), layout.width());
    let mut rows = Rows::take(outputs, product.width())?;
    let mut places = rows.limbs_mut().chunks_exact_mut(count * product.width());
    layout.rows(|from| {
        let place = places.next().expect("a place for each row");
        place.copy_from_slice(product.range(from..from + count).limbs());
    });
    Ok(rows)
}

/// The full product of integers by a way, for the benchmark.
///
/// # Errors
/// Those of [`words_mod`].
#[doc(hidden)]
pub fn integers_full(a: &Array<i64>, b: &Array<i64>, way: Option<Way>) -> Result<IntegerVec> {
    let shapes = Shapes::new(a.shape(), b.shape(), &Mode::<i64>::Full)?;
    let (x, y) = (IntegerVec::from_i64s(a.data()), IntegerVec::from_i64s(b.data()));
    let facts = convolution::integer_facts(x.as_slice(), y.as_slice(), false);
    let rows = integers_rows(&shapes, [x.as_slice(), y.as_slice()], facts, (None, way))?;
    Ok(IntegerVec::from_limbs(rows.as_slice().limbs().to_vec(), rows.as_slice().width()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::{Backend, Border, with_backend};
    use num_bigint::BigInt;

    fn random(seed: u64) -> impl FnMut() -> u64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state ^ state >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        }
    }

    /// Shapes with rows that are long enough, columns of one level and of several, truncated and whole, in two and more axes.
    const SHAPES: [(&[usize], &[usize]); 10] = [
        (&[2, 20], &[3, 21]),
        (&[5, 30], &[1, 9]),
        (&[30, 33], &[20, 5]),
        (&[100, 9], &[4, 57]),
        (&[3, 1, 40], &[2, 1, 30]),
        (&[520, 20], &[3, 14]),
        (&[2, 40, 20], &[3, 9, 15]),
        (&[20, 3, 33], &[14, 2, 3]),
        (&[3, 2, 5, 30], &[2, 2, 4, 30]),
        (&[3, 600], &[2, 50]),
    ];

    fn modes<E: Clone>(value: E, (m, n): (&[usize], &[usize])) -> Vec<Mode<E>> {
        let mut modes = vec![
            Mode::Full,
            Mode::Same(Border::Zero),
            Mode::Same(Border::Wrap),
            Mode::Same(Border::Constant(value)),
        ];
        if m.iter().zip(n).all(|(m, n)| n <= m) {
            modes.push(Mode::Valid);
        }
        modes
    }

    #[test]
    fn every_way_gives_the_sums_modulo_words() {
        let mut next = random(1);
        let moduli = [998_244_353, 12_289, (1 << 61) - 1, u64::MAX - 58];
        for ((m, n), p) in SHAPES.into_iter().zip(moduli.into_iter().cycle()) {
            let modulus = WordModulus::new(p).unwrap();
            for largest in [false, true] {
                let mut draw = |shape: &[usize]| {
                    Array::from_fn(shape, |_| if largest { p - 1 } else { modulus.reduce(next()) })
                };
                let (a, b) = (draw(m), draw(n));
                for mode in modes(p - 1, (m, n)) {
                    let by = |way| words_mod(&modulus, &a, &b, &mode, Some(way)).unwrap();
                    let expected = by(Way::Direct);
                    assert!(by(Way::Axes) == expected, "{p}: {m:?} {n:?} {mode:?}");
                    assert!(by(Way::Sequence) == expected, "{p}: {m:?} {n:?} {mode:?}");
                }
                // Squares of short rows have no transforms.
                if m[m.len() - 1] > 16 {
                    let square = words_mod(&modulus, &a, &a, &Mode::Full, Some(Way::Axes)).unwrap();
                    let copy = a.clone();
                    let product = words_mod(&modulus, &a, &copy, &Mode::Full, Some(Way::Sequence)).unwrap();
                    assert!(square == product, "{p}: {m:?} squared");
                }
            }
        }
    }

    #[test]
    fn every_way_gives_the_sums_of_integers_on_each_back_end() {
        let mut next = random(2);
        for (bits, (m, n)) in [1usize, 30, 63, 64, 200].into_iter().zip(SHAPES) {
            let width = bits / 64 + 1;
            let mut draw = |shape: &[usize]| {
                let mut limbs = vec![0u64; shape.iter().product::<usize>() * width];
                for row in limbs.chunks_exact_mut(width) {
                    row.iter_mut().for_each(|limb| *limb = next());
                    row[width - 1] = ((next() as i64) >> (63 - bits % 64)) as u64;
                }
                IntegerVec::from_limbs(limbs, width)
            };
            let (a, b) = (draw(m), draw(n));
            let facts = convolution::integer_facts(a.as_slice(), b.as_slice(), false);
            let big = |shape: &[usize], rows: &IntegerVec| Array::new(shape, rows.to_bigints());
            let (x, y) = (big(m, &a), big(n, &b));
            for mode in [Mode::Full, Mode::Same(Border::Zero)] {
                let job = Job::new(&x, &y, &mode, &BigInt::ZERO).unwrap();
                let expected = job.direct(&BigInt::ZERO, |c, x, y| {
                    *c += x * y;
                    Ok(())
                });
                let expected = expected.unwrap();
                for backend in Backend::available() {
                    for way in [Way::Axes, Way::Sequence] {
                        let operands = [a.as_slice(), b.as_slice()];
                        let found = with_backend(backend, || {
                            integers_rows(&job.shapes, operands, facts, (None, Some(way))).unwrap()
                        });
                        let found = found.unwrap().as_slice().to_bigints();
                        assert!(found == expected.data(), "{backend}: {bits} {m:?} {n:?} {mode:?} {way:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn ways_that_do_not_apply_are_refused() {
        let modulus = WordModulus::new(17).unwrap();
        let by = |m: &[usize], n: &[usize]| {
            let (a, b) = (Array::filled(m, 1), Array::filled(n, 1));
            words_mod(&modulus, &a, &b, &Mode::Full, Some(Way::Axes)).map_err(|error| error.kind())
        };
        for (m, n) in [
            (&[100][..], &[100][..]),
            (&[1, 100], &[1, 100]),
            (&[100, 10], &[100, 10]),
            (&[0, 100], &[3, 100]),
        ] {
            assert_eq!(by(m, n), Err(crate::ErrorKind::Unsupported));
        }
        assert!(by(&[2, 33], &[1, 1]).is_ok());
    }
}
