//! What any ring has for nothing: products by schoolbook and Karatsuba, powers, Horner; division, gcds and all that
//! follows from them, on the ring's own products.
//!
//! It stands apart from the engine because the engine works on words and limbs; here an element is only what
//! the ring says. Whatever is quasi-linear is so through the hooks of [`Ring`] on whole sequences, which the crate's rings override
//! with the engine.
//!
//! - here: products, powers, values
//! - [`series`]: functions of power series modulo `x^n` by Newton's iteration
//! - [`division`]: `f = q*g + r`, by halves or through power series
//! - [`divisor`]: a divisor with its inverse and its transforms
//! - [`products`]: products of many polynomials, remainders by many
//! - [`points`]: values at many points, interpolation; [`geometric`]: at those of a geometric progression; [`samples`]: from values at
//!   `0, 1, 2, ...` to values at `a, a + 1, ...`
//! - [`shift`]: `f(x + a)`; [`composition`]: `f(g)` modulo `h`; [`decomposition`]: `g` and `h` from `g(h)`
//! - [`basis`]: Newton's, Bernstein's and Chebyshev's coefficients
//! - [`factorials`]: `k!` and `1/k!`; [`chains`]: powers and running products, inverses of many units
//! - [`half_gcd`]: gcd, cofactors and resultant from a matrix of half the quotients; [`recurrence`]: the shortest linear recurrence of a sequence
//!
//! # Invariants
//! Sequences ascend. Products keep trailing zeros; [`trim`] removes them.

pub mod basis;
pub mod chains;
pub mod composition;
pub mod decomposition;
pub mod division;
pub mod divisor;
pub mod factorials;
pub mod geometric;
pub mod half_gcd;
pub mod points;
pub mod products;
pub mod recurrence;
pub mod samples;
pub mod series;
pub mod shift;

pub use division::{QuoRem, quo_rem};

use super::{Pair, Ring};
use crate::convolution::plan::{self, Facts, Plan, Shape};
use crate::convolution::{Algorithm, Want, matrix_shape, scratch, tuning, window};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, Sign};
use std::ops::Range;

/// Removes trailing zeros.
pub fn trim<R: Ring>(ring: &R, f: &mut Vec<R::Element>) {
    while f.last().is_some_and(|c| ring.is_zero(c)) {
        f.pop();
    }
}

/// The image of `n` in the ring by doubling and adding.
pub fn image_of_integer<R: Ring>(ring: &R, n: &BigInt) -> R::Element {
    let one = ring.one();
    let mut image = ring.zero();
    for i in (0..n.bits()).rev() {
        image = ring.add(&image, &image);
        if n.magnitude().bit(i) {
            image = ring.add(&image, &one);
        }
    }
    if n.sign() == Sign::Minus { ring.neg(&image) } else { image }
}

/// `a^n` by binary powering, `a^0 = 1`.
pub fn element_power<R: Ring>(ring: &R, a: &R::Element, n: u64) -> R::Element {
    let Some(top) = n.checked_ilog2() else { return ring.one() };
    let mut power = a.clone();
    for i in (0..top).rev() {
        power = ring.mul(&power, &power);
        if n >> i & 1 == 1 {
            power = ring.mul(&power, a);
        }
    }
    power
}

/// The shape of a product of two sequences: a square when they are one and the same slice.
pub fn shape<E>(a: &[E], b: &[E], want: &Want) -> Shape {
    Shape { square: std::ptr::eq(a, b), ..Shape::new(a.len(), b.len(), want) }
}

/// The plan of a product over a ring of which only the operations are known.
///
/// # Errors
/// Kind unsupported for an algorithm other than schoolbook and Karatsuba; Karatsuba too over a ring that is
/// not exact, whose accuracy its differences would lose.
pub fn plan<R: Ring>(ring: &R, shape: &Shape, want: &Want) -> Result<Plan> {
    match want.algorithm() {
        None if !ring.is_exact() => plan::plan_by(&Facts::Generic, shape, Algorithm::Schoolbook),
        None => Ok(plan::plan(&Facts::Generic, shape)),
        Some(Algorithm::Karatsuba) if !ring.is_exact() => Err(Error::unsupported(format!(
            "karatsuba does not apply over {ring:?}: its differences lose accuracy"
        ))),
        Some(algorithm @ (Algorithm::Schoolbook | Algorithm::Karatsuba)) => {
            plan::plan_by(&Facts::Generic, shape, algorithm)
        }
        Some(other) => Err(Error::unsupported(format!("{other} does not apply over {ring:?}"))),
    }
}

/// The sum of products of pairs of sequences, one by one.
///
/// # Errors
/// Those of the ring's [`convolve`](Ring::convolve) and `try_add`.
pub fn convolve_sum<R: Ring>(ring: &R, pairs: &[Pair<'_, R>], want: &Want) -> Result<Vec<R::Element>> {
    let full = |(a, b): &Pair<'_, R>| Want::full().window(a.len(), b.len()).end;
    let window = want.window(pairs.iter().map(full).max().unwrap_or(0), 1);
    limit::check(window.len() as u64, 8 * size_of::<R::Element>() as u64)?;
    let mut part = Want::range(window.clone());
    if let Some(algorithm) = want.algorithm() {
        part = part.by(algorithm);
    }
    let mut sum = vec![ring.zero(); window.len()];
    for (a, b) in pairs {
        for (slot, c) in sum.iter_mut().zip(ring.convolve(a, b, &part)?) {
            *slot = ring.try_add(slot, &c)?;
        }
    }
    Ok(sum)
}

/// Coefficient `k` of a product: `sum of a[i]*b[k-i]`.
///
/// # Errors
/// Those of the ring's own operations.
pub fn coefficient_of_product<R: Ring>(
    ring: &R,
    a: &[R::Element],
    b: &[R::Element],
    k: usize,
) -> Result<R::Element> {
    let mut sum = ring.zero();
    for i in (k + 1).saturating_sub(b.len())..a.len().min(k + 1) {
        sum = ring.try_add(&sum, &ring.try_mul(&a[i], &b[k - i])?)?;
    }
    Ok(sum)
}

/// `out -= a * b`, cut at the end of `out`: row by row for few coefficients, else by one product.
///
/// # Errors
/// Those of the ring's own operations and products.
pub fn sub_product<R: Ring>(
    ring: &R,
    out: &mut [R::Element],
    a: &[R::Element],
    b: &[R::Element],
) -> Result<()> {
    if a.len().min(b.len()) > tuning::DIVISION_HALVES {
        let product = ring.convolve(a, b, &Want::low(out.len()))?;
        for (o, c) in out.iter_mut().zip(&product) {
            *o = ring.try_sub(o, c)?;
        }
        return Ok(());
    }
    for (i, x) in a.iter().enumerate().take(out.len()) {
        if ring.is_zero(x) {
            continue;
        }
        for (o, y) in out[i..].iter_mut().zip(b) {
            *o = ring.try_sub(o, &ring.try_mul(x, y)?)?;
        }
    }
    Ok(())
}

/// `out = s*out - a*b`, the product cut at the end of `out`.
///
/// # Errors
/// Those of the ring's own operations and products.
pub fn scale_sub_product<R: Ring>(
    ring: &R,
    out: &mut [R::Element],
    s: &R::Element,
    a: &[R::Element],
    b: &[R::Element],
) -> Result<()> {
    for o in out.iter_mut() {
        *o = ring.try_mul(s, o)?;
    }
    ring.sub_product(out, a, b)
}

/// `s[t] = sum of weights[i]*points[i]^t` for `t < n`, quadratic.
///
/// # Errors
/// Those of the ring's own operations.
pub fn power_sums<R: Ring>(
    ring: &R,
    weights: &[R::Element],
    points: &[R::Element],
    n: usize,
) -> Result<Vec<R::Element>> {
    let mut weights = weights.to_vec();
    let mut sums = Vec::with_capacity(n);
    for _ in 0..n {
        let mut sum = ring.zero();
        for (w, x) in weights.iter_mut().zip(points) {
            sum = ring.try_add(&sum, w)?;
            *w = ring.try_mul(w, x)?;
        }
        sums.push(sum);
    }
    Ok(sums)
}

/// `sum of factors[i]*rows[i]`, to `n` coefficients; a row need not have as many.
///
/// # Errors
/// Those of the ring's own operations.
pub fn linear_combination<R: Ring>(
    ring: &R,
    factors: &[R::Element],
    rows: &[&[R::Element]],
    n: usize,
) -> Result<Vec<R::Element>> {
    let mut sum = vec![ring.zero(); n];
    for (factor, row) in factors.iter().zip(rows).filter(|(factor, _)| !ring.is_zero(factor)) {
        for (s, c) in sum.iter_mut().zip(*row) {
            *s = ring.try_add(s, &ring.try_mul(factor, c)?)?;
        }
    }
    Ok(sum)
}

/// The product modulo `x^n - 1`, from the whole product.
///
/// # Errors
/// Those of the ring's own operations and products.
///
/// # Panics
/// When `n` is 0.
pub fn convolve_cyclic<R: Ring>(
    ring: &R,
    a: &[R::Element],
    b: &[R::Element],
    n: usize,
) -> Result<Vec<R::Element>> {
    assert!(n > 0, "a cyclic convolution has a length of at least 1");
    let mut product = ring.convolve(a, b, &Want::full())?;
    let over = product.split_off(n.min(product.len()));
    product.resize(n, ring.zero());
    for block in over.chunks(n) {
        add_at(ring, &mut product, block)?;
    }
    Ok(product)
}

/// The product of two matrices, entry by entry as a sum of products.
///
/// # Errors
/// Those of the ring's products.
///
/// # Panics
/// When the number of entries of either is no multiple of `inner`.
pub fn convolve_matrix<R: Ring>(
    ring: &R,
    a: &[&[R::Element]],
    b: &[&[R::Element]],
    inner: usize,
) -> Result<Vec<Vec<R::Element>>> {
    let (rows, columns) = matrix_shape(a.len(), b.len(), inner);
    let mut product = Vec::with_capacity(rows * columns);
    for i in 0..rows {
        for j in 0..columns {
            let pairs: Vec<Pair<'_, R>> =
                (0..inner).map(|k| (a[i * inner + k], b[k * columns + j])).collect();
            product.push(ring.convolve_sum(&pairs, &Want::full())?);
        }
    }
    Ok(product)
}

/// The product of two sequences over any ring, commutative or not.
///
/// # Errors
/// As for [`plan`](fn@plan), kind limit, and those of the ring's own operations.
///
/// # Complexity
/// Schoolbook `m*n` products, Karatsuba `O(m/n * n^1.59)` for `m >= n`.
///
/// # Examples
/// ```
/// use monic::{ZZ, convolution::{Algorithm, Want}, ring::generic};
/// let (f, g) = ([1, 2, 3].map(Into::into), [4, 5].map(Into::into));
/// let product = generic::convolve(&ZZ, &f, &g, &Want::range(1..3).by(Algorithm::Karatsuba))?;
/// assert_eq!(product, [13, 22].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn convolve<R: Ring>(
    ring: &R,
    a: &[R::Element],
    b: &[R::Element],
    want: &Want,
) -> Result<Vec<R::Element>> {
    let mut out = Vec::new();
    convolve_into(ring, a, b, want, &mut out)?;
    Ok(out)
}

/// The same into `out`, which keeps its memory; what it held is gone.
///
/// Where elements own no memory and `out` has room, nothing is allocated: by Karatsuba's method for two to two and a half times the product.
///
/// # Errors
/// As for [`convolve`]; `out` holds any elements then.
///
/// # Examples
/// ```
/// use monic::{I64, convolution::Want, ring::generic};
/// let mut out = vec![7; 100];
/// generic::convolve_into(&I64, &[1, 2], &[3, 4], &Want::full(), &mut out)?;
/// assert_eq!(out, [3, 10, 8]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn convolve_into<R: Ring>(
    ring: &R,
    a: &[R::Element],
    b: &[R::Element],
    want: &Want,
    out: &mut Vec<R::Element>,
) -> Result<()> {
    product(ring, Some(a), b, want, out)
}

/// The product in place of its first operand, in its memory, which has room for that operand and what the method works in then.
///
/// # Errors
/// As for [`convolve`]; `a` is as it was then.
///
/// # Panics
/// Where an operation of the ring does; `a` holds any elements then.
pub fn convolve_assign<R: Ring>(
    ring: &R,
    a: &mut Vec<R::Element>,
    b: &[R::Element],
    want: &Want,
) -> Result<()> {
    product(ring, None, b, want, a)
}

/// The product into `out`; without `a`, `out` itself is the first operand.
///
/// What a product needs besides stands behind it in `out`, since a thread keeps no memory for elements of any type: the room of Karatsuba's
/// method, and the first operand where the product takes its place.
fn product<R: Ring>(
    ring: &R,
    a: Option<&[R::Element]>,
    b: &[R::Element],
    want: &Want,
    out: &mut Vec<R::Element>,
) -> Result<()> {
    let first = a.unwrap_or(out);
    let shape = shape(first, b, want);
    let plan = plan(ring, &shape, want)?;
    if shape.window.is_empty() {
        out.clear();
        return Ok(());
    }
    limit::check(shape.window.len() as u64, 8 * size_of::<R::Element>() as u64)?;
    let cutoff = match plan {
        // Products of a few terms, however far apart: fewer than there are coefficients.
        Plan::Karatsuba { .. } if want.algorithm().is_none() && is_sparse(ring, first, b) => None,
        Plan::Karatsuba { cutoff } => Some(cutoff.max(1)),
        _ => None,
    };
    let cut = window::trim(first.len(), b.len(), &shape.window);
    let (m, n) = (cut.a.len(), cut.b.len());
    let (len, room) = match cutoff {
        Some(cutoff) => (m + n - 1, room(m, n, cutoff)),
        None => (shape.window.len(), 0),
    };
    let (kept, is_fresh) = (if a.is_none() { out.len() } else { 0 }, out.capacity() == 0);
    out.reserve_exact((len + room + kept).saturating_sub(out.len()));
    out.resize(len + room + kept, ring.zero());
    // The operand goes to the end.
    out.rotate_right(len + room);
    let (product, rest) = out.split_at_mut(len);
    let (room, operand) = rest.split_at_mut(room);
    let first = a.unwrap_or(operand);
    let done = match cutoff {
        Some(cutoff) => karatsuba(ring, &first[cut.a], &b[cut.b], cutoff, product, room),
        None => schoolbook(ring, first, b, shape.window, product),
    };
    if done.is_err() {
        let before = out.len() - kept;
        out.rotate_left(before);
        out.truncate(kept);
        return done;
    }
    if cutoff.is_some() {
        out.truncate(cut.window.end);
        out.drain(..cut.window.start);
    } else {
        out.truncate(len);
    }
    if is_fresh {
        // What the product worked in goes.
        out.shrink_to_fit();
    }
    Ok(())
}

/// Whether the products of two terms that are not zero are no more than the coefficients.
fn is_sparse<R: Ring>(ring: &R, a: &[R::Element], b: &[R::Element]) -> bool {
    let terms = |v: &[R::Element]| v.iter().filter(|c| !ring.is_zero(c)).count() as u128;
    terms(a) * terms(b) <= (a.len() + b.len()) as u128
}

/// Every product of two terms that reaches the window, into places that are there, of any contents. Zeros cost nothing but the pass that finds them.
fn schoolbook<R: Ring>(
    ring: &R,
    a: &[R::Element],
    b: &[R::Element],
    window: Range<usize>,
    out: &mut [R::Element],
) -> Result<()> {
    let mut list = scratch::list(b.len());
    let mut count = 0;
    for (j, _) in b.iter().enumerate().filter(|(_, y)| !ring.is_zero(y)) {
        list[count] = j as u64;
        count += 1;
    }
    let terms = &list[..count];
    out.fill(ring.zero());
    for (i, x) in a.iter().enumerate().take(window.end) {
        if ring.is_zero(x) {
            continue;
        }
        let first = terms.partition_point(|&j| i + (j as usize) < window.start);
        for j in terms[first..].iter().map(|&j| j as usize).take_while(|j| i + j < window.end) {
            let sum = &mut out[i + j - window.start];
            *sum = ring.try_add(sum, &ring.try_mul(x, &b[j])?)?;
        }
    }
    Ok(())
}

/// Elements that [`karatsuba`] works in.
fn room(m: usize, n: usize, cutoff: usize) -> usize {
    let (mut short, mut long, mut total) = (m.min(n), m.max(n), 0);
    while short > cutoff {
        let half = long.div_ceil(2);
        if short <= half {
            // The product of a block; the last block is shorter.
            total += 2 * short - 1;
            long = short;
        } else {
            // The product in the middle.
            total += 2 * half - 1;
            (short, long) = (half, half);
        }
    }
    total
}

/// The full product of two sequences of at least one coefficient, three half-size products instead of four, into places that are there, of any contents; so is the [`room`].
///
/// With `a = a0 + a1*x^h` and `b = b0 + b1*x^h` the middle is `(a0 + a1)*(b0 + b1) - a0*b0 - a1*b1`; the order
/// of the factors is kept, so this holds without commutativity. The longer operand goes in blocks of the length of the shorter.
///
/// # Source
/// A. Karatsuba, Yu. Ofman, "Multiplication of many-digital numbers by automatic computers", 1962.
fn karatsuba<R: Ring>(
    ring: &R,
    a: &[R::Element],
    b: &[R::Element],
    cutoff: usize,
    out: &mut [R::Element],
    room: &mut [R::Element],
) -> Result<()> {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short <= cutoff {
        return schoolbook(ring, a, b, 0..a.len() + b.len() - 1, out);
    }
    let half = long.div_ceil(2);
    if short <= half {
        out.fill(ring.zero());
        let (part, room) = room.split_at_mut(2 * short - 1);
        for start in (0..long).step_by(short) {
            let block = start..long.min(start + short);
            let part = &mut part[..block.len() + short - 1];
            if a.len() < b.len() {
                karatsuba(ring, a, &b[block], cutoff, part, room)?;
            } else {
                karatsuba(ring, &a[block], b, cutoff, part, room)?;
            }
            add_at(ring, &mut out[start..], part)?;
        }
        return Ok(());
    }
    let ((a0, a1), (b0, b1)) = (a.split_at(half), b.split_at(half));
    let (middle, room) = room.split_at_mut(2 * half - 1);
    // The sums stand where the product will.
    let (x, rest) = out.split_at_mut(half);
    let y = &mut rest[..half];
    for (sum, low, high) in [(&mut *x, a0, a1), (&mut *y, b0, b1)] {
        sum.clone_from_slice(low);
        add_at(ring, sum, high)?;
    }
    karatsuba(ring, x, y, cutoff, middle, room)?;
    let (low, high) = out.split_at_mut(2 * half);
    let (low, between) = low.split_at_mut(2 * half - 1);
    between.fill(ring.zero());
    karatsuba(ring, a0, b0, cutoff, low, room)?;
    karatsuba(ring, a1, b1, cutoff, high, room)?;
    for part in [low, high] {
        for (m, c) in middle.iter_mut().zip(&*part) {
            *m = ring.try_sub(m, c)?;
        }
    }
    add_at(ring, &mut out[half..], middle)
}

/// Adds a sequence to the beginning of another one. What lies beyond its end is zero (a middle product has room
/// for coefficients that the product of shorter halves does not reach).
fn add_at<R: Ring>(ring: &R, out: &mut [R::Element], a: &[R::Element]) -> Result<()> {
    debug_assert!(a.iter().skip(out.len()).all(|c| ring.is_zero(c)), "only zeros stand beyond the product");
    ring.add_sequence(out, a)
}

/// The length of the `n`-th power of a sequence of length `len`.
///
/// # Errors
/// Kind limit when it is over 2^63 or, in bits of any size, over [the limit](crate::limit).
pub fn power_len(len: usize, n: u64) -> Result<usize> {
    if n == 0 {
        return Ok(1);
    }
    let Some(degree) = (len as u64).checked_sub(1) else { return Ok(0) };
    match degree.checked_mul(n).and_then(|d| d.checked_add(1)).and_then(|l| isize::try_from(l).ok()) {
        Some(length) => Ok(length as usize),
        None => Err(Error::limit(format!(
            "a power with {degree}*{n} + 1 coefficients is over the limit of {} bits",
            limit::result_bits()
        ))),
    }
}

/// The `n`-th power of a sequence by binary powering on the ring's own products, `f^0 = 1`.
///
/// Products are cut to the end of the window. A power of a monomial costs one power of its coefficient.
///
/// # Errors
/// Kind limit before any work when the wanted coefficients are over [the limit](crate::limit), and those of the
/// ring's products.
pub fn power<R: Ring>(ring: &R, f: &[R::Element], n: u64, want: &Want) -> Result<Vec<R::Element>> {
    let full = power_len(f.len(), n)?;
    let window = want.window(full, 1);
    limit::check(window.len() as u64, 8 * size_of::<R::Element>() as u64)?;
    if window.is_empty() {
        return Ok(Vec::new());
    }
    let mut low = Want::low(window.end);
    if let Some(algorithm) = want.algorithm() {
        low = low.by(algorithm);
    }
    let mut power = vec![ring.one()];
    if let Some(top) = n.checked_ilog2() {
        power = f[..f.len().min(window.end)].to_vec();
        for i in (0..top).rev() {
            power = ring.convolve(&power, &power, &low)?;
            if n >> i & 1 == 1 {
                power = ring.convolve(&power, f, &low)?;
            }
        }
    }
    power.truncate(window.end);
    power.drain(..window.start.min(power.len()));
    Ok(power)
}

/// The value at `x` by Horner's rule.
///
/// # Errors
/// Those of the ring's own operations.
pub fn horner<R: Ring>(ring: &R, f: &[R::Element], x: &R::Element) -> Result<R::Element> {
    let Some((last, rest)) = f.split_last() else { return Ok(ring.zero()) };
    rest.iter().rev().try_fold(last.clone(), |sum, c| ring.try_add(&ring.try_mul(&sum, x)?, c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::ZZ;

    /// Two-by-two integer matrices: a ring in which the order of the factors matters.
    #[derive(Clone, Debug, PartialEq)]
    struct Matrices;

    impl Ring for Matrices {
        type Element = [i64; 4];
        fn zero(&self) -> [i64; 4] {
            [0; 4]
        }
        fn one(&self) -> [i64; 4] {
            [1, 0, 0, 1]
        }
        fn add(&self, a: &[i64; 4], b: &[i64; 4]) -> [i64; 4] {
            std::array::from_fn(|i| a[i] + b[i])
        }
        fn neg(&self, a: &[i64; 4]) -> [i64; 4] {
            a.map(|x| -x)
        }
        fn mul(&self, a: &[i64; 4], b: &[i64; 4]) -> [i64; 4] {
            [
                a[0] * b[0] + a[1] * b[2],
                a[0] * b[1] + a[1] * b[3],
                a[2] * b[0] + a[3] * b[2],
                a[2] * b[1] + a[3] * b[3],
            ]
        }
        fn is_commutative(&self) -> bool {
            false
        }
    }

    /// Karatsuba down to single coefficients equals schoolbook, every shape, without commutativity.
    #[test]
    fn karatsuba_against_schoolbook() {
        let value = |k: usize| [k as i64 + 1, 3 - k as i64, (k * k % 7) as i64, -2];
        for m in 1..20 {
            for n in 1..20 {
                let a: Vec<_> = (0..m).map(value).collect();
                let b: Vec<_> = (5..5 + n).map(value).collect();
                let mut expected = vec![value(9); m + n - 1];
                schoolbook(&Matrices, &a, &b, 0..m + n - 1, &mut expected).unwrap();
                for cutoff in [1, 2, 5] {
                    let mut product = vec![value(3); m + n - 1];
                    let mut places = vec![value(4); room(m, n, cutoff)];
                    karatsuba(&Matrices, &a, &b, cutoff, &mut product, &mut places).unwrap();
                    assert_eq!(product, expected, "{m} x {n}");
                }
                let window = m / 2..m / 2 + n;
                let want = Want::range(window.clone()).by(Algorithm::Karatsuba);
                let part = convolve(&Matrices, &a, &b, &want).unwrap();
                assert_eq!(part, expected[want.window(m, n)]);
            }
        }
        assert_ne!(
            convolve(&Matrices, &[value(0)], &[value(3)], &Want::full()),
            convolve(&Matrices, &[value(3)], &[value(0)], &Want::full())
        );
    }

    /// Two terms far apart: the time is that of their length, not of its square.
    #[test]
    fn sparse_products() {
        let mut f = vec![[0; 4]; 1 << 20];
        (f[7], f[(1 << 20) - 1]) = ([1, 2, 3, 4], [0, 1, 1, 0]);
        let product = convolve(&Matrices, &f, &f, &Want::full()).unwrap();
        assert_eq!(product[14], [7, 10, 15, 22]);
        assert_eq!(product[(1 << 20) + 6], [5, 5, 5, 5]);
        assert_eq!(product.iter().filter(|c| !Matrices.is_zero(c)).count(), 3);
    }

    #[test]
    fn powers_and_their_windows() {
        let f = [1, 1].map(BigInt::from);
        assert_eq!(power(&ZZ, &f, 4, &Want::full()).unwrap(), [1, 4, 6, 4, 1].map(BigInt::from));
        assert_eq!(power(&ZZ, &f, 4, &Want::range(1..3)).unwrap(), [4, 6].map(BigInt::from));
        assert_eq!(power(&ZZ, &f, 1, &Want::low(1)).unwrap(), [1].map(BigInt::from));
        assert_eq!(power(&ZZ, &f, 0, &Want::full()).unwrap(), [BigInt::from(1)]);
        assert_eq!(power(&ZZ, &[], 3, &Want::full()).unwrap(), []);
        assert_eq!(power(&ZZ, &[], 0, &Want::full()).unwrap(), [BigInt::from(1)]);
        let error = power(&ZZ, &f, 1 << 62, &Want::full()).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Limit);
    }
}
