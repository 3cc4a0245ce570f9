//! What the exact rings share between `BigInt` coefficients and the flat engine: in, multiply, out.
//!
//! It stands apart because Z, Q, `Z[i]`, Q(i), the checked integers and Z/n for big `n` all take this way.
//!
//! # Method
//! A sequence becomes one limb matrix as wide as its largest coefficient. Where that would be many times larger
//! than the coefficients themselves (`x^1000000 + 2^1000000`), each operand is cut into classes of coefficients of like
//! size, and every pair of classes is multiplied on its own, either flat or, where few coefficients are left, pair
//! by pair.
//!
//! # Invariants
//! Sizes are checked against [`limit`] before anything of that size is made.

use super::{Ring, multidimensional, norm, numbers, short};
use crate::convolution::multidimensional::{Job, integers_rows as array_rows};
use crate::convolution::plan::{self, Facts, Plan, Shape};
use crate::convolution::{self, Algorithm, Array, Frame, Mode, Rows, Transformed, Want, scratch, window};
use crate::integer::bigints::{self, Extent};
use crate::integer::{BigModulus, IntegerVec};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Zero};
use std::ops::Range;

/// How many times larger than its coefficients a limb matrix may be; beyond that the operand is cut into classes. It
/// bounds memory and is not tuned for time.
const SKEW: usize = 4;

/// A limb matrix up to this size is never worth cutting up.
const SMALL_MATRIX: usize = 1 << 14;

/// What one product of a pair and its addition cost, in limbs written. An estimate, not measured.
const PAIR_LIMBS: usize = 8;

/// The sizes of the coefficients of a sequence.
fn extent(a: &[BigInt]) -> Extent {
    Extent::of(a.iter().map(bigints::parts))
}

/// Whether a matrix of rows of like width is not much larger than what stands in it.
pub(super) fn fits(extent: &Extent) -> bool {
    let matrix = extent.len.saturating_mul(extent.width());
    matrix <= SKEW.saturating_mul(extent.limbs + extent.len).max(SMALL_MATRIX)
}

/// The plan of the product of two integer sequences.
pub(super) fn plan_bigints(a: &[BigInt], b: &[BigInt], want: &Want) -> Result<Plan> {
    let cut = window::trim(a.len(), b.len(), &want.window(a.len(), b.len()));
    let square = std::ptr::eq(a, b) && cut.a == cut.b;
    let (a, b) = (&a[cut.a], &b[cut.b]);
    let (x, y) = (extent(a), extent(b));
    choose(&facts(&x, &y), &Shape { a: a.len(), b: b.len(), window: cut.window, square }, want)
}

/// The plan that is forced, or the best one.
pub(super) fn choose(facts: &Facts, shape: &Shape, want: &Want) -> Result<Plan> {
    match want.algorithm() {
        None => Ok(plan::plan(facts, shape)),
        Some(algorithm) => plan::plan_by(facts, shape, algorithm),
    }
}

/// The product of two integer sequences into `out`, whose memory is kept; without `a`, `out` itself is the first
/// operand.
///
/// # Errors
/// Those of [`convolution::integers`]; `out` is as it was then.
// Calls on the way to short products took 1.5 ns of the 27 of four by four words.
#[inline]
pub(super) fn bigints(a: Option<&[BigInt]>, b: &[BigInt], want: &Want, out: &mut Vec<BigInt>) -> Result<()> {
    if short::product(a, b, want, out)? { Ok(()) } else { long_bigints(a, b, want, out) }
}

/// The same for longer ones.
fn long_bigints(a: Option<&[BigInt]>, b: &[BigInt], want: &Want, out: &mut Vec<BigInt>) -> Result<()> {
    let first = a.unwrap_or(out);
    let cut = window::trim(first.len(), b.len(), &want.window(first.len(), b.len()));
    if cut.window.is_empty() {
        out.clear();
        return Ok(());
    }
    let square = std::ptr::eq(first, b) && cut.a == cut.b;
    let x = &first[cut.a];
    let y = if square { x } else { &b[cut.b] };
    let (first, x_rows) = read(x)?;
    let (second, y_rows) = if square { (first, None) } else { read(y)? };
    let sizes = (first, second);
    let mut range = Want::range(cut.window);
    if let Some(algorithm) = want.algorithm() {
        range = range.by(algorithm);
    }
    // What is forced is done as it is asked for.
    let forced = !matches!(want.algorithm(), None | Some(Algorithm::Schoolbook));
    let outputs = range.window(x.len(), y.len()).len();
    if forced || (fits(&sizes.0) && fits(&sizes.1) && !sparse(&sizes.0, &sizes.1, outputs)) {
        let rows = |values: &[BigInt], rows: Option<Rows>, extent: &Extent| match rows {
            Some(rows) => Ok(rows),
            None => self::rows(values.iter().map(bigints::parts), extent),
        };
        let x = rows(x, x_rows, &sizes.0)?;
        let other = if square { None } else { Some(rows(y, y_rows, &sizes.1)?) };
        let product = flat(&x, other.as_ref().unwrap_or(&x), &sizes, &range)?;
        bigints::try_write_values(product.as_slice(), out)?;
    } else {
        let product = classes(x, y, &range)?;
        *out = product;
    }
    Ok(())
}

/// The sum of products of pairs of integer sequences.
///
/// # Errors
/// Those of [`convolution::integers`].
pub(super) fn bigints_dot(pairs: &[(&[BigInt], &[BigInt])], want: &Want) -> Result<Vec<BigInt>> {
    if pairs.iter().any(|(a, b)| !fits(&extent(a)) || !fits(&extent(b))) {
        return super::generic::convolve_sum(&super::ZZ, pairs, want);
    }
    let flat = pairs
        .iter()
        .map(|(a, b)| {
            let second = if std::ptr::eq(*a, *b) { None } else { Some(IntegerVec::try_from_bigints(b)?) };
            Ok((IntegerVec::try_from_bigints(a)?, second))
        })
        .collect::<Result<Vec<_>>>()?;
    let slices: Vec<_> =
        flat.iter().map(|(a, b)| (a.as_slice(), b.as_ref().unwrap_or(a).as_slice())).collect();
    Ok(convolution::integers_dot(&slices, want)?.to_bigints())
}

/// The convolution of two arrays of integers.
///
/// # Errors
/// Those of [`multidimensional::convolve_by`].
pub(super) fn bigints_array(
    a: &Array<BigInt>,
    b: &Array<BigInt>,
    mode: &Mode<BigInt>,
    algorithm: Option<Algorithm>,
) -> Result<Array<BigInt>> {
    let job = Job::new(a, b, mode, &BigInt::ZERO)?;
    let [x, y] = job.operands();
    let sizes = [extent(x), extent(y)];
    let flat = fits(&sizes[0]) && fits(&sizes[1]) && !sparse(&sizes[0], &sizes[1], job.shapes.outputs());
    if multidimensional::is_direct(&job, algorithm) || !flat {
        return multidimensional::generic(&super::ZZ, a, b, mode, algorithm);
    }
    limit::check(job.shapes.outputs() as u64, 8 * size_of::<BigInt>() as u64)?;
    let read = |values: &[BigInt], extent| rows(values.iter().map(bigints::parts), extent);
    let first = read(x, &sizes[0])?;
    let other = if job.is_square() { None } else { Some(read(y, &sizes[1])?) };
    let operands = [first.as_slice(), other.as_ref().unwrap_or(&first).as_slice()];
    let facts = facts(&sizes[0], &sizes[1]);
    let product = array_rows(&job.shapes, operands, facts, (algorithm, None))?;
    let mut values = Vec::new();
    bigints::try_write_values(product.as_slice(), &mut values)?;
    Ok(job.array(values))
}

/// The values of a sequence for partners like one, where products with it go through whole transforms.
///
/// # Errors
/// Kind limit, when memory is refused.
pub(super) fn prepare_bigints(f: &[BigInt], like: &[BigInt], want: &Want) -> Result<Option<Transformed>> {
    let (x, y) = (extent(f), extent(like));
    match plan_bigints(f, like, want)? {
        Plan::Ntt(ntt) if ntt.block == 0 && ntt.is_whole() && fits(&x) => {
            let shape = Shape::new(f.len(), like.len(), want);
            let frame = Frame::integers(&shape, (x.bits, y.bits), 1)?;
            Ok(Some(frame.transform(&IntegerVec::try_from_bigints(f)?)?))
        }
        _ => Ok(None),
    }
}

/// The product of a prepared sequence with any other.
///
/// # Errors
/// Those of [`convolution::integers`].
pub(super) fn bigints_prepared(
    f: &[BigInt],
    transformed: &Transformed,
    g: &[BigInt],
    want: &Want,
) -> Result<Vec<BigInt>> {
    if fits(&extent(g)) {
        let flat = IntegerVec::try_from_bigints(g)?;
        if transformed.admits(&flat, want) {
            return Ok(transformed.mul_integers(flat.as_slice(), want)?.to_bigints());
        }
    }
    let mut out = Vec::new();
    bigints(Some(f), g, want, &mut out)?;
    Ok(out)
}

/// Whether the product pair by pair writes much less than the matrix of the result holds.
pub(super) fn sparse(x: &Extent, y: &Extent, outputs: usize) -> bool {
    let matrix = outputs.saturating_mul(x.width() + y.width());
    let pairs = x.terms.saturating_mul(y.terms).saturating_mul(PAIR_LIMBS);
    let written = x.terms.saturating_mul(y.limbs).saturating_add(y.terms.saturating_mul(x.limbs));
    matrix > SMALL_MATRIX && written.saturating_add(pairs).saturating_mul(SKEW) < matrix
}

/// The product on limb matrices.
fn flat(x: &Rows, y: &Rows, sizes: &(Extent, Extent), want: &Want) -> Result<Rows> {
    convolution::integers_rows(x.as_slice(), y.as_slice(), facts(&sizes.0, &sizes.1), want)
}

/// The sizes of the coefficients, and the coefficients where they are words.
fn read(values: &[BigInt]) -> Result<(Extent, Option<Rows>)> {
    let mut rows = Rows::take(values.len(), 1)?;
    Ok(match bigints::write_words(values.iter().map(bigints::parts), rows.limbs_mut()) {
        Some(extent) => (extent, Some(rows)),
        None => (extent(values), None),
    })
}

/// Integers of this extent in working memory.
pub(super) fn rows<'a>(values: impl Iterator<Item = (Sign, &'a BigUint)>, extent: &Extent) -> Result<Rows> {
    let mut rows = Rows::take(extent.len, extent.width())?;
    bigints::write_rows(values, rows.limbs_mut(), extent.width());
    Ok(rows)
}

/// What the planner has to know.
pub(super) fn facts(x: &Extent, y: &Extent) -> Facts {
    Facts::Integers {
        bits: (x.bits, y.bits),
        signed: x.negative || y.negative,
        limbs: Some((x.limbs as u64, y.limbs as u64)),
    }
}

/// The product by classes of coefficients of like size; `want` lies within the full product.
fn classes(a: &[BigInt], b: &[BigInt], want: &Want) -> Result<Vec<BigInt>> {
    let window = want.window(a.len(), b.len());
    let (x, y) = (extent(a), extent(b));
    if x.terms == 0 || y.terms == 0 {
        return Ok(vec![BigInt::ZERO; window.len()]);
    }
    if sparse(&x, &y, window.len()) {
        return pairwise(a, b, &x, &y, window);
    }
    let (fits_a, fits_b) = (fits(&x), fits(&y));
    if fits_a && fits_b {
        let first = rows(a.iter().map(bigints::parts), &x)?;
        let other = if std::ptr::eq(a, b) { None } else { Some(rows(b.iter().map(bigints::parts), &y)?) };
        let product = flat(&first, other.as_ref().unwrap_or(&first), &(x, y), want)?;
        return Ok(product.as_slice().to_bigints());
    }
    // The small coefficients of one operand first, then the large ones.
    let (skewed, extent) = if fits_a { (b, &y) } else { (a, &x) };
    let bound = extent.bits / 4;
    let part = |large: bool| -> Vec<BigInt> {
        skewed.iter().map(|c| if (c.bits() > bound) == large { c.clone() } else { BigInt::ZERO }).collect()
    };
    let (small, large) = (part(false), part(true));
    if small.iter().all(Zero::is_zero) {
        return pairwise(a, b, &x, &y, window);
    }
    let product = |part: &[BigInt]| if fits_a { classes(a, part, want) } else { classes(part, b, want) };
    let mut sum = product(&small)?;
    for (s, c) in sum.iter_mut().zip(product(&large)?) {
        *s += c;
    }
    Ok(sum)
}

/// Every pair of coefficients that are not zero.
fn pairwise(a: &[BigInt], b: &[BigInt], x: &Extent, y: &Extent, window: Range<usize>) -> Result<Vec<BigInt>> {
    let written = x.terms.saturating_mul(y.limbs).saturating_add(y.terms.saturating_mul(x.limbs));
    limit::check(written as u64, 64)?;
    let terms = |v: &[BigInt]| (0..v.len()).filter(|&k| !v[k].is_zero()).collect::<Vec<_>>();
    let (first, second) = (terms(a), terms(b));
    let mut product = vec![BigInt::ZERO; window.len()];
    for &i in &first {
        // Ascending, so the range that reaches the window is one stretch.
        let from = second.partition_point(|&j| i + j < window.start);
        let to = second.partition_point(|&j| i + j < window.end);
        for &j in &second[from..to] {
            product[i + j - window.start] += numbers::signed_product(&a[i], &b[j]);
        }
    }
    Ok(product)
}

/// The power of an integer sequence: a polynomial in `x^k` is one in `x` first.
///
/// # Errors
/// Those of [`convolution::integers_power`].
pub(super) fn power_bigints(f: &[BigInt], n: u64, want: &Want) -> Result<Vec<BigInt>> {
    let step = f.iter().enumerate().filter(|(_, c)| !c.is_zero()).fold(0, |step: usize, (k, _)| step.gcd(&k));
    if step > 1 && n > 1 {
        let full = super::generic::power_len(f.len(), n)?;
        let window = want.window(full, 1);
        let mut inner = Want::range(window.start.div_ceil(step)..window.end.div_ceil(step));
        if let Some(algorithm) = want.algorithm() {
            inner = inner.by(algorithm);
        }
        limit::check(window.len() as u64, 64)?;
        let deflated: Vec<BigInt> = f.iter().step_by(step).cloned().collect();
        let power = power_bigints(&deflated, n, &inner)?;
        let mut out = vec![BigInt::ZERO; window.len()];
        let first = window.start.next_multiple_of(step) - window.start;
        for (slot, c) in out.iter_mut().skip(first).step_by(step).zip(power) {
            *slot = c;
        }
        return Ok(out);
    }
    if !fits(&extent(f)) {
        return super::generic::power(&super::ZZ, f, n, want);
    }
    let flat = IntegerVec::try_from_bigints(f)?;
    convolution::bigints_power(flat.as_slice(), n, want)
}

/// The product in place of its first operand over a ring whose elements are words, from a copy of that in working memory.
///
/// # Errors
/// Those of the ring's products; `a` is as it was then.
pub(super) fn assign_words<R: Ring<Element = u64>>(
    ring: &R,
    a: &mut Vec<u64>,
    b: &[u64],
    want: &Want,
) -> Result<()> {
    let mut copy = scratch::take(a.len())?;
    copy.copy_from_slice(a);
    let result = ring.convolve_into(&copy, b, want, a);
    if result.is_err() {
        a.clear();
        a.extend_from_slice(&copy);
    }
    result
}

/// The product of two sequences of residues of any size, into `out`, whose memory is kept; without `a`, `out` itself is the first
/// operand.
///
/// # Errors
/// Those of [`convolution::integers_mod`]; `out` is as it was then.
pub(super) fn residues(
    n: &BigModulus,
    a: Option<&[BigUint]>,
    b: &[BigUint],
    want: &Want,
    out: &mut Vec<BigUint>,
) -> Result<()> {
    let rows =
        |v: &[BigUint]| rows(v.iter().map(bigints::natural), &Extent::of(v.iter().map(bigints::natural)));
    let a = a.unwrap_or(out);
    let x = rows(a)?;
    let other = if std::ptr::eq(a, b) { None } else { Some(rows(b)?) };
    let y = other.as_ref().unwrap_or(&x);
    let mut room = scratch::vector(want.window(a.len(), b.len()).len() * n.row_width())?;
    let mut product = IntegerVec::from_limbs(std::mem::take(&mut room), 1);
    convolution::integers_mod_into(n, x.as_slice(), y.as_slice(), want, &mut product)?;
    let written = bigints::try_write_values(product.as_slice(), out);
    *room = product.into_limbs();
    written
}

/// The power of a sequence of residues of any size.
pub(super) fn residues_power(n: &BigModulus, f: &[BigUint], e: u64, want: &Want) -> Result<Vec<BigUint>> {
    let flat = IntegerVec::try_from_biguints(f)?;
    let power = convolution::integers_mod_power(n, flat.as_slice(), e, want)?;
    Ok(bigints::from_rows(power.as_slice()))
}

/// Refuses the power of a sequence when the wanted coefficients together would be over the limit.
pub(super) fn check_power<R: Ring>(ring: &R, f: &[R::Element], n: u64, want: &Want) -> Result<()> {
    let window = want.window(super::generic::power_len(f.len(), n)?, 1);
    // A conversion out of range is the largest value, which is over every limit. A coefficient takes a word at least.
    let bits = norm::of_power(ring, f, n, window.end as u64).ceil() as u64;
    limit::check(window.len() as u64, bits.max(64))
}

/// Refuses a value of a polynomial of `len` coefficients at a point when it would be over the limit.
pub(super) fn check_value(coefficient_bits: u64, len: usize, point_bits: u64) -> Result<()> {
    match point_bits.checked_mul(len as u64).and_then(|bits| bits.checked_add(coefficient_bits)) {
        Some(bits) => limit::check(1, bits),
        None => Err(Error::limit(format!("a value of {point_bits}*{len} bits is over the limit"))),
    }
}

/// `a^n`.
pub(super) fn integer_power(a: &BigInt, n: u64) -> Result<BigInt> {
    // 0, 1 and -1 do not grow.
    if a.bits() > 1 {
        limit::check(n, a.bits())?;
    }
    Ok(super::generic::element_power(&super::ZZ, a, n))
}

/// Values below so many bits are computed by Horner's rule, whose products are all of a large and a small number;
/// beyond that by halves.
///
/// On 2 shared cores Horner took 4.1, 41, 204, 6418 us for values of 500, 4,000, 40,000, 64,000 bits, halves 3.0, 23, 103,
/// 2364: `cargo test --release --lib -- --ignored --nocapture crossover_of_values`.
pub(super) const HORNER_BITS: u64 = 1 << 9;

/// The value at an integer by halves: `f(x) = f0(x) + x^h f1(x)`, `h` a power of two times the length of a leaf.
pub(super) fn evaluate_by_halves(f: &[BigInt], x: &BigInt) -> BigInt {
    evaluate_homogeneous(f, x, &BigInt::one())
}

/// `sum f[k] p^k q^(d-k)` with `d = f.len() - 1`, by halves on a tree whose powers of `p` and `q` are shared by level.
pub(super) fn evaluate_homogeneous(f: &[BigInt], p: &BigInt, q: &BigInt) -> BigInt {
    // Level by level: neighbours (low, high) of length h each become low*q^len(high) + high*p^h. Only the last
    // may be shorter, so its length is carried along.
    let mut values = f.to_vec();
    let (mut h, mut last) = (1usize, 1usize);
    let (mut p_power, mut q_power) = (p.clone(), q.clone());
    while values.len() > 1 {
        let mut tail = None;
        let odd = values.len() % 2 == 1;
        let pairs = values.len() / 2;
        let mut next = Vec::with_capacity(pairs + usize::from(odd));
        for (k, pair) in values.chunks_exact(2).enumerate() {
            let short = !odd && k + 1 == pairs && last < h;
            let scale = if short { &*tail.insert(num_traits::pow(q.clone(), last)) } else { &q_power };
            let low = if scale.is_one() { pair[0].clone() } else { numbers::signed_product(&pair[0], scale) };
            next.push(low + numbers::signed_product(&pair[1], &p_power));
        }
        if odd {
            next.push(values[values.len() - 1].clone());
        } else {
            last += h;
        }
        values = next;
        h *= 2;
        if values.len() > 1 {
            p_power = numbers::signed_product(&p_power, &p_power);
            if !q_power.is_one() {
                q_power = numbers::signed_product(&q_power, &q_power);
            }
        }
    }
    values.pop().unwrap_or(BigInt::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, generic};

    /// Two coefficients of 200,000 bits at the ends of 20,000: as a matrix each operand would have 500 MB.
    #[test]
    fn coefficients_of_very_different_sizes() {
        let huge = BigInt::from(1) << 200_000u32;
        let mut f = vec![BigInt::ZERO; 20_000];
        (f[0], f[7], f[19_999]) = (huge.clone(), 3.into(), 1.into());
        let square = ZZ.convolve(&f, &f, &Want::full()).unwrap();
        let mut expected = vec![BigInt::ZERO; 39_999];
        (expected[0], expected[7], expected[14]) = (&huge * &huge, 6 * &huge, 9.into());
        (expected[19_999], expected[20_006], expected[39_998]) = (2 * &huge, 6.into(), 1.into());
        assert!(square == expected, "the square of a sparse sequence");
        let part = ZZ.convolve(&f, &f, &Want::range(5..20)).unwrap();
        assert!(part == expected[5..20], "a window of it");
    }

    /// A large coefficient among dense small ones: cut in two classes, equal to schoolbook.
    #[test]
    fn classes_add_up() {
        let mut f: Vec<BigInt> = (0..60).map(|k| BigInt::from(k * k - 700)).collect();
        let g: Vec<BigInt> = (0..50).map(|k| (BigInt::from(k) << (k * k)) - 5).collect();
        f[31] = -(BigInt::from(7) << 30_000u32);
        let expected = generic::convolve(&ZZ, &f, &g, &Want::full().by(Algorithm::Schoolbook)).unwrap();
        for window in [0..109, 0..40, 31..32, 60..109] {
            assert_eq!(classes(&f, &g, &Want::range(window.clone())).unwrap(), expected[window]);
        }
        assert!(!fits(&extent(&f)), "the operand is one that is cut");
    }

    #[test]
    fn powers_in_a_power_of_x() {
        let f = [2, 0, 0, -1, 0, 0, 5].map(BigInt::from);
        let expected = generic::power(&ZZ, &f, 4, &Want::full()).unwrap();
        for window in [0..25, 0..10, 4..11, 24..25, 7..8] {
            assert_eq!(power_bigints(&f, 4, &Want::range(window.clone())).unwrap(), expected[window]);
        }
        // As a matrix, 100,001 coefficients of 6,400 bits.
        let mut sparse = vec![BigInt::ZERO; 1001];
        (sparse[0], sparse[1000]) = (BigInt::from(1) << 64u8, 1.into());
        let power = power_bigints(&sparse, 100, &Want::full()).unwrap();
        assert!(power[0] == BigInt::from(1) << 6400u32 && power[100_000].is_one() && power[99_999].is_zero());
    }

    /// Every length up to 20, against the definition.
    #[test]
    fn values_by_halves() {
        let (p, q) = (BigInt::from(-7), BigInt::from(3));
        for len in 0..20u32 {
            let f: Vec<BigInt> = (0..len).map(|k| BigInt::from(k * k + 1)).collect();
            let term = |k: u32| &f[k as usize] * p.pow(k) * q.pow(len - 1 - k);
            assert_eq!(evaluate_homogeneous(&f, &p, &q), (0..len).map(term).sum::<BigInt>(), "{len}");
        }
        let f = vec![BigInt::from(1); 1000];
        let value = ZZ.evaluate(&f, &(BigInt::from(1) << 100u8)).unwrap();
        assert_eq!(value * ((BigInt::from(1) << 100u8) - 1), (BigInt::from(1) << 100_000u32) - 1);
    }

    #[test]
    fn sizes_are_refused_before_the_work() {
        let huge = BigInt::from(1) << 100_000u32;
        let kind = |r: Result<BigInt>| r.unwrap_err().kind();
        assert_eq!(kind(integer_power(&huge, 1 << 40)), crate::ErrorKind::Limit);
        assert_eq!(integer_power(&BigInt::one(), u64::MAX), Ok(BigInt::one()));
        let power = ZZ.power(&[huge.clone(), huge], 1 << 22, &Want::low(1));
        assert_eq!(power.unwrap_err().kind(), crate::ErrorKind::Limit);
    }

    /// The table behind [`HORNER_BITS`]: `cargo test --release --lib -- --ignored --nocapture crossover_of_values`.
    #[test]
    #[ignore = "a measurement: cargo test --release --lib -- --ignored --nocapture"]
    fn crossover_of_values() {
        println!("{:>10} {:>8} {:>12} {:>12}", "bits", "len", "horner us", "halves us");
        for (point, len) in [
            (10, 50),
            (10, 400),
            (10, 1600),
            (10, 6400),
            (60, 50),
            (60, 200),
            (60, 800),
            (1000, 10),
            (1000, 40),
            (1000, 160),
        ] {
            let x = (BigInt::from(1) << point) - 3;
            let f: Vec<BigInt> = (0..len).map(|k: i64| BigInt::from(k * 37 % 101)).collect();
            let time = |run: &dyn Fn() -> BigInt| {
                let start = std::time::Instant::now();
                let rounds = 20;
                (0..rounds).for_each(|_| drop(std::hint::black_box(run())));
                start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds)
            };
            let horner = time(&|| generic::horner(&ZZ, &f, &x).expect("it fits"));
            let halves = time(&|| evaluate_homogeneous(&f, &x, &BigInt::one()));
            println!("{:>10} {len:>8} {horner:>12.1} {halves:>12.1}", point * len);
        }
    }
}
