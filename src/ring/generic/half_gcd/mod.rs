//! Greatest common divisors, cofactors and resultants over fields in quasi-linear time: `(c, d) = M*(a, b)` in the middle of the
//! remainder sequence of `a` and `b`, from a matrix `M` of products of quotients.
//!
//! It stands apart from Euclid's algorithm on whole operands because a quotient depends on the leading coefficients only: the first half of
//! the quotients is found from the upper halves of the operands, by recursion.
//!
//! # Method
//! R. Moenck, "Fast computation of GCDs", STOC 1973, in the form of K. Thull and C. Yap, "A unified approach to HGCD algorithms for
//! polynomials and integers", 1990: a half gcd of the upper half, one division, a half gcd of the upper half of what is left. A
//! recursion returns the reduced upper parts too, so that its matrix is applied to the lower parts only. A matrix times a matrix or a pair is one
//! call of [`Ring::convolve_matrix`], which transforms every entry once. Below a measured degree: Euclid's algorithm, in place.
//!
//! The resultant follows from the degrees and leading coefficients of the remainders, which the recursion sees as they are: those of
//! the upper parts are the same.
//!
//! # Invariants
//! Sequences without trailing zeros; in pairs the first has the higher degree. `(c, d) = M*(a, b)` with
//! `deg c >= ceil(deg a / 2) > deg d`.

use super::trim;
use crate::{Error, Result, ring::Ring};

/// `(g, s, t)` with `g = s*f + t*h`.
pub type Xgcd<E> = (Vec<E>, Vec<E>, Vec<E>);

/// Two polynomials.
type Both<E> = (Vec<E>, Vec<E>);

/// Two neighbours of a remainder sequence with the matrix that leads to them.
type Reduced<E> = (Matrix<E>, Vec<E>, Vec<E>);

/// The same, with the matrix where it is asked for.
type Halved<E> = (Option<Matrix<E>>, Vec<E>, Vec<E>);

/// What one division of a remainder sequence leaves for the resultant.
struct Step<E> {
    /// Degree of the quotient.
    degree: usize,
    /// Leading coefficient of the divisor.
    leading: E,
    /// By which the dividend was multiplied.
    scale: Option<E>,
}

/// `r = scale*a - q*b`, without a scale `a - q*b`.
struct Division<E> {
    q: Vec<E>,
    scale: Option<E>,
}

/// A matrix `[m00, m01, m10, m11]` of polynomials.
type Matrix<E> = [Vec<E>; 4];

/// Work on the remainder sequence of one pair.
struct Sequence<'a, R: Ring> {
    ring: &'a R,
    /// The divisions so far, where they are asked for.
    steps: Option<Vec<Step<R::Element>>>,
}

fn check_exact<R: Ring>(ring: &R) -> Result<()> {
    if ring.is_exact() {
        return Ok(());
    }
    Err(Error::unsupported(format!("{ring:?} is not exact: a gcd is not defined up to rounding")))
}

/// The monic greatest common divisor; nothing of two zeros.
///
/// # Errors
/// Kind unsupported over floats; kind undefined, with the factor where there is one, when a leading coefficient
/// has no inverse.
///
/// # Complexity
/// `O(M(n) log n)` for degrees up to `n`, quadratic below a measured degree.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::half_gcd};
/// let (f, g) = (Zmod::new(7).poly([6, 0, 1]), Zmod::new(7).poly([2, 2])); // (x - 1)*(x + 1), 2*(x + 1)
/// assert_eq!(half_gcd::gcd(&Zmod::new(7), f.coefficients(), g.coefficients())?, [1, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn gcd<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<Vec<R::Element>> {
    check_exact(ring)?;
    let mut sequence = Sequence { ring, steps: None };
    let (a, b) = sequence.start(f, g)?;
    let (mut a, _) = sequence.down(a, b, 0)?;
    monic(ring, &mut a)?;
    Ok(a)
}

/// The monic greatest common divisor with cofactors, `g = s*f + t*h`, of the degrees that Euclid's algorithm gives: `deg s < deg h`
/// and `deg t < deg f` where neither divides the other.
///
/// # Errors
/// As for [`gcd`].
///
/// # Complexity
/// As for [`gcd`].
pub fn xgcd<R: Ring>(ring: &R, f: &[R::Element], h: &[R::Element]) -> Result<Xgcd<R::Element>> {
    check_exact(ring)?;
    with_cofactors(&mut Sequence { ring, steps: None }, f, h)
}

/// [`xgcd`] and [`resultant`] from one remainder sequence, for two polynomials that are not zero.
///
/// # Errors
/// As for [`gcd`].
///
/// # Complexity
/// As for [`gcd`].
pub(crate) fn xgcd_with_resultant<R: Ring>(
    ring: &R,
    f: &[R::Element],
    h: &[R::Element],
) -> Result<(Xgcd<R::Element>, R::Element)> {
    check_exact(ring)?;
    let mut sequence = Sequence { ring, steps: Some(Vec::new()) };
    let xgcd = with_cofactors(&mut sequence, f, h)?;
    let mut steps = sequence.steps.unwrap_or_default();
    // The last divisor, which leaves nothing, is the gcd up to a unit.
    let value = match steps.pop() {
        Some(last) if xgcd.0.len() == 1 => from_steps(ring, (f.len(), h.len()), &steps, &last.leading)?,
        _ => ring.zero(),
    };
    Ok((xgcd, value))
}

fn with_cofactors<R: Ring>(
    sequence: &mut Sequence<'_, R>,
    f: &[R::Element],
    h: &[R::Element],
) -> Result<Xgcd<R::Element>> {
    let ring = sequence.ring;
    let swapped = f.len() < h.len();
    let (mut a, mut b) = if swapped { (h.to_vec(), f.to_vec()) } else { (f.to_vec(), h.to_vec()) };
    let mut factors = Vec::new();
    let [_, short] = ring.euclid_lengths();
    while !b.is_empty() {
        if b.len() < a.len() && b.len() > short {
            let (matrix, c, d) = sequence.half(a, b, true)?;
            factors.extend(matrix.map(Factor::Matrix));
            (a, b) = (c, d);
        }
        if a.len() == b.len() + 1 && b.len() <= short && ring.reduces_pairs() {
            let (matrix, c, d) = sequence.euclid(a, b, 0, true)?;
            factors.extend(matrix.map(Factor::Matrix));
            (a, b) = (c, d);
        }
        if !b.is_empty() {
            factors.extend(sequence.divide(&mut a, &b, true)?.map(Factor::Division));
            std::mem::swap(&mut a, &mut b);
        }
    }
    // The first row of the product of all factors, from the last one on: short times long in the end only.
    let mut row = match factors.pop() {
        Some(Factor::Matrix([s, t, ..])) => [s, t],
        Some(Factor::Division(_)) => [Vec::new(), vec![ring.one()]],
        None => [vec![ring.one()], Vec::new()],
    };
    for factor in factors.iter().rev() {
        row = factor.after(ring, row)?;
    }
    let [mut s, mut t] = row;
    if let Some(leading) = a.last() {
        let unit = ring.try_inverse(leading)?;
        for v in [&mut a, &mut s, &mut t] {
            scale_by(ring, v, &unit)?;
        }
    }
    Ok(if swapped { (a, t, s) } else { (a, s, t) })
}

/// The resultant over a field.
///
/// # Errors
/// As for [`gcd`].
///
/// # Complexity
/// As for [`gcd`].
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::half_gcd};
/// let field = Zmod::prime(7)?;
/// // (x - 1)*(x - 2) and x - 4: the product of the values -3 and -2
/// assert_eq!(half_gcd::resultant(&field, &[2, 4, 1], &[3, 1])?, 6);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn resultant<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<R::Element> {
    check_exact(ring)?;
    if f.is_empty() || g.is_empty() {
        return Ok(ring.zero());
    }
    let mut sequence = Sequence { ring, steps: Some(Vec::new()) };
    let swapped = f.len() < g.len();
    let (a, b) = if swapped { (g.to_vec(), f.to_vec()) } else { (f.to_vec(), g.to_vec()) };
    let (_, b) = sequence.down(a, b, 1)?;
    let Some(constant) = b.first() else { return Ok(ring.zero()) };
    from_steps(ring, (f.len(), g.len()), &sequence.steps.unwrap_or_default(), constant)
}

/// The resultant of two polynomials of these lengths from the divisions down to a constant.
fn from_steps<R: Ring>(
    ring: &R,
    (m, n): (usize, usize),
    steps: &[Step<R::Element>],
    constant: &R::Element,
) -> Result<R::Element> {
    let (mut upper, mut lower) = (m.max(n) - 1, m.min(n) - 1);
    // res(g, f) = (-1)^(deg f * deg g) * res(f, g).
    let mut negative = m < n && upper % 2 == 1 && lower % 2 == 1;
    // res(a, b) = (-1)^(deg a * deg b) * lc(b)^(deg a - deg r) * res(b, r), degree after degree; with s*a in place of a over s^deg b. The powers of all scales are those of
    // their partial products.
    let (mut value, mut scales, mut denominator) = (ring.one(), ring.one(), ring.one());
    for (i, step) in steps.iter().enumerate() {
        debug_assert_eq!(upper - lower, step.degree);
        let next = match steps.get(i + 1) {
            Some(next) => lower - next.degree,
            None => 0,
        };
        negative ^= upper % 2 == 1 && lower % 2 == 1;
        value = times_power(ring, value, &step.leading, upper - next);
        if let Some(scale) = &step.scale {
            scales = ring.mul(&scales, scale);
        }
        if !ring.is_one(&scales) {
            denominator = times_power(ring, denominator, &scales, lower - next);
        }
        (upper, lower) = (lower, next);
    }
    value = times_power(ring, value, constant, upper);
    if !ring.is_one(&denominator) {
        value = ring.try_mul(&value, &ring.try_inverse(&denominator)?)?;
    }
    Ok(if negative { ring.neg(&value) } else { value })
}

/// `value * x^n`, mostly for an `n` of 1 or 2.
fn times_power<R: Ring>(ring: &R, value: R::Element, x: &R::Element, n: usize) -> R::Element {
    match n {
        0 => value,
        1 | 2 => (0..n).fold(value, |value, _| ring.mul(&value, x)),
        _ => ring.mul(&value, &ring.pow(x, n as u64)),
    }
}

/// `(r, t)` with `r = f*t` modulo `g`, `deg r <= n`, and `t` monic of the smallest degree: the numerator and the denominator of the rational
/// function that `f` is modulo `g`; `None` where they have a factor in common, so that there is none.
///
/// # Errors
/// As for [`gcd`]; kind undefined when `g` is empty.
///
/// # Complexity
/// As for [`gcd`].
pub fn rational<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    n: usize,
) -> Result<Option<Both<R::Element>>> {
    let (r, t) = congruence(ring, f, g, n)?;
    Ok(if gcd(ring, &r, &t)?.len() > 1 { None } else { Some((r, t)) })
}

/// `(r, t)` with `r = f*t` modulo `g`, `deg r <= n`, and `t` monic of the smallest degree, whether they have a factor in common or not.
///
/// # Errors
/// As for [`gcd`]; kind undefined when `g` is empty.
///
/// # Complexity
/// As for [`gcd`].
pub fn congruence<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    n: usize,
) -> Result<Both<R::Element>> {
    check_exact(ring)?;
    let mut sequence = Sequence { ring, steps: None };
    let (mut a, mut b) = (g.to_vec(), ring.quo_rem(f, g)?.1);
    let mut factors = Vec::new();
    // Nothing is longer than the modulus.
    let k = n.min(g.len()) + 1;
    let [_, short] = ring.euclid_lengths();
    while b.len() > k {
        let m = a.len() - 1;
        if m.div_ceil(2) >= k && b.len() > short.max(m.div_ceil(2)) {
            let (matrix, c, d) = sequence.half(a, b, true)?;
            factors.extend(matrix.map(Factor::Matrix));
            (a, b) = (c, d);
        } else if m.div_ceil(2) < k && m - k > short {
            // Twice what is left to go down, of which half is done: to degrees around k.
            let (matrix, c, d) = sequence.upper(a, b, 2 * k - m)?;
            factors.push(Factor::Matrix(matrix));
            (a, b) = (c, d);
        } else if a.len() == b.len() + 1 && b.len() > 1 && ring.reduces_pairs() {
            let (matrix, c, d) = sequence.euclid(a, b, k, true)?;
            factors.extend(matrix.map(Factor::Matrix));
            (a, b) = (c, d);
        } else {
            factors.extend(sequence.divide(&mut a, &b, true)?.map(Factor::Division));
            std::mem::swap(&mut a, &mut b);
        }
    }
    let mut row = [Vec::new(), vec![ring.one()]];
    for factor in factors.iter().rev() {
        row = factor.after(ring, row)?;
    }
    let [_, mut t] = row;
    if let Some(leading) = t.last() {
        let unit = ring.try_inverse(leading)?;
        scale_by(ring, &mut t, &unit)?;
        scale_by(ring, &mut b, &unit)?;
    }
    Ok((b, t))
}

/// A factor of the product of matrices along a remainder sequence.
enum Factor<E> {
    Matrix(Matrix<E>),
    /// `[0, 1; scale, -q]`.
    Division(Division<E>),
}

impl<E> Factor<E> {
    /// `row * self`.
    fn after<R: Ring<Element = E>>(&self, ring: &R, row: [Vec<E>; 2]) -> Result<[Vec<E>; 2]> {
        match self {
            Factor::Matrix(m) => {
                let [mut x, mut y] = pair(ring.convolve_matrix(&[&row[0], &row[1]], &views(m), 2)?);
                trim(ring, &mut x);
                trim(ring, &mut y);
                Ok([x, y])
            }
            Factor::Division(Division { q, scale }) => {
                let [mut x, mut y] = row;
                let z = minus_product(ring, x, None, q, &y)?;
                if let Some(unit) = scale {
                    scale_by(ring, &mut y, unit)?;
                }
                x = y;
                Ok([x, z])
            }
        }
    }
}

/// The entries as they are multiplied.
fn views<E>(m: &Matrix<E>) -> [&[E]; 4] {
    m.each_ref().map(Vec::as_slice)
}

/// The two entries of a row or a column.
fn pair<E>(entries: Vec<Vec<E>>) -> [Vec<E>; 2] {
    entries.try_into().unwrap_or_else(|_| unreachable!("two rows or columns have two entries"))
}

/// `scale*x - q*y`, without trailing zeros.
fn minus_product<R: Ring>(
    ring: &R,
    mut x: Vec<R::Element>,
    scale: Option<&R::Element>,
    q: &[R::Element],
    y: &[R::Element],
) -> Result<Vec<R::Element>> {
    let len = if q.is_empty() || y.is_empty() { 0 } else { q.len() + y.len() - 1 };
    if x.len() < len {
        x.resize(len, ring.zero());
    }
    match scale {
        Some(scale) => ring.scale_sub_product(&mut x, scale, q, y)?,
        None => ring.sub_product(&mut x, q, y)?,
    }
    trim(ring, &mut x);
    Ok(x)
}

fn scale_by<R: Ring>(ring: &R, v: &mut [R::Element], unit: &R::Element) -> Result<()> {
    for c in v {
        *c = ring.try_mul(c, unit)?;
    }
    Ok(())
}

fn monic<R: Ring>(ring: &R, v: &mut [R::Element]) -> Result<()> {
    match v {
        [constant] if ring.avoids_inverses() => {
            *constant = ring.one();
            Ok(())
        }
        [.., leading] => {
            let unit = ring.try_inverse(leading)?;
            scale_by(ring, v, &unit)
        }
        [] => Ok(()),
    }
}

impl<R: Ring> Sequence<'_, R> {
    /// The pair with the higher degree first, apart by one division where the degrees are the same.
    fn start(&mut self, f: &[R::Element], g: &[R::Element]) -> Result<Both<R::Element>> {
        let (mut a, b) = if f.len() < g.len() { (g.to_vec(), f.to_vec()) } else { (f.to_vec(), g.to_vec()) };
        if !b.is_empty() && (a.len() == b.len() || a.len() > 2 * b.len()) {
            self.divide(&mut a, &b, false)?;
            return Ok((b, a));
        }
        Ok((a, b))
    }

    /// Leaves the remainder of `a` by `b` in `a`, up to a unit; how it was found is returned where that is asked for.
    fn divide(
        &mut self,
        a: &mut Vec<R::Element>,
        b: &[R::Element],
        keep: bool,
    ) -> Result<Option<Division<R::Element>>> {
        let ring = self.ring;
        let (n, d) = (b.len() - 1, (a.len() + 1).saturating_sub(b.len()));
        let mut record = |scale: &Option<R::Element>| {
            if let Some(steps) = &mut self.steps {
                let (leading, scale) = (b[n].clone(), scale.clone());
                steps.push(Step { degree: d.saturating_sub(1), leading, scale });
            }
        };
        // Where every element but zero is a unit, quotients of one and two coefficients from those of each that lead, and nothing is left by a constant.
        let (q, scale) = match (n, d) {
            (0, 1..) if ring.avoids_inverses() => (std::mem::take(a), Some(b[0].clone())),
            (1.., 1) if ring.avoids_inverses() => (vec![a[n].clone()], Some(b[n].clone())),
            (1.., 2) if ring.avoids_inverses() => {
                let (leading, next) = (&b[n], &b[n - 1]);
                // leading^2 * a = (q[1]*x + q[0])*b + r
                let low = ring.try_sub(&ring.try_mul(leading, &a[n])?, &ring.try_mul(&a[n + 1], next)?)?;
                (vec![low, ring.try_mul(leading, &a[n + 1])?], Some(ring.try_mul(leading, leading)?))
            }
            (1.., 2) => {
                let (leading, next) = (&b[n], &b[n - 1]);
                let inverse = ring.try_inverse(leading)?;
                let high = ring.try_mul(&a[n + 1], &inverse)?;
                let low = ring.try_mul(&ring.try_sub(&a[n], &ring.try_mul(&high, next)?)?, &inverse)?;
                (vec![low, high], None)
            }
            _ => {
                record(&None);
                let (q, r) = ring.quo_rem(a, b)?;
                *a = r;
                return Ok(keep.then_some(Division { q, scale: None }));
            }
        };
        record(&scale);
        a.truncate(n);
        if n > 0 {
            match &scale {
                Some(scale) => ring.scale_sub_product(a, scale, &q, &b[..n])?,
                None => ring.sub_product(a, &q, &b[..n])?,
            }
            trim(ring, a);
        }
        Ok(keep.then_some(Division { q, scale }))
    }

    /// From `a` and `b` to where the second has no more than `k` coefficients.
    fn down(&mut self, mut a: Vec<R::Element>, mut b: Vec<R::Element>, k: usize) -> Result<Both<R::Element>> {
        let [short, _] = self.ring.euclid_lengths();
        while b.len() > short.max(k) {
            if b.len() < a.len() {
                (_, a, b) = self.half(a, b, false)?;
            }
            if b.len() > k {
                self.divide(&mut a, &b, false)?;
                std::mem::swap(&mut a, &mut b);
            }
        }
        let (_, a, b) = self.euclid(a, b, k, false)?;
        Ok((a, b))
    }

    /// From `a` and `b` to the two remainders in the middle of their sequence, with the matrix where it is asked for.
    fn half(
        &mut self,
        a: Vec<R::Element>,
        b: Vec<R::Element>,
        with_matrix: bool,
    ) -> Result<Halved<R::Element>> {
        let ring = self.ring;
        let m = a.len() - 1;
        let k = m.div_ceil(2);
        if b.len() <= k {
            return Ok((with_matrix.then(|| identity(ring)), a, b));
        }
        if m <= ring.euclid_lengths()[1] {
            return self.euclid(a, b, k, with_matrix);
        }
        let (first, c, d) = self.upper(a, b, k)?;
        if d.len() <= k {
            return Ok((with_matrix.then_some(first), c, d));
        }
        let (mut e, d) = (c, d);
        let division = self.divide(&mut e, &d, with_matrix)?;
        // The product of both so far.
        let first = division.map(|division| after_division(ring, first, &division)).transpose()?;
        if e.len() <= k {
            return Ok((first, d, e));
        }
        let cut = 2 * k - (d.len() - 1);
        let (second, d, e) = self.upper(d, e, cut)?;
        let matrix = match &first {
            Some(first) => Some(product(ring, &second, first)?),
            None => None,
        };
        Ok((matrix, d, e))
    }

    /// The half gcd of what stands from coefficient `k` on, applied to the whole.
    fn upper(
        &mut self,
        mut a: Vec<R::Element>,
        mut b: Vec<R::Element>,
        k: usize,
    ) -> Result<Reduced<R::Element>> {
        let ring = self.ring;
        let (matrix, c, d) = self.half(a.split_off(k), b.split_off(k), true)?;
        let Some(matrix) = matrix else { unreachable!("it was asked for") };
        trim(ring, &mut a);
        trim(ring, &mut b);
        let low = pair(ring.convolve_matrix(&views(&matrix), &[&a, &b], 2)?);
        let mut whole = low.into_iter().zip([c, d]).map(|(mut low, high)| {
            if low.len() < k + high.len() {
                low.resize(k + high.len(), ring.zero());
            }
            ring.add_sequence(&mut low[k..], &high)?;
            trim(ring, &mut low);
            Ok(low)
        });
        let mut next = || whole.next().unwrap_or_else(|| unreachable!("there are two"));
        let (c, d) = (next()?, next()?);
        Ok((matrix, c, d))
    }

    /// Step by step, until the second is shorter than `k + 1`.
    fn euclid(
        &mut self,
        mut a: Vec<R::Element>,
        mut b: Vec<R::Element>,
        k: usize,
        with_matrix: bool,
    ) -> Result<Halved<R::Element>> {
        let ring = self.ring;
        let mut matrix = with_matrix.then(|| identity(ring));
        while b.len() > k {
            if b.len() > 1 && a.len() == b.len() + 1 {
                let mut leading = self.steps.as_ref().map(|_| Vec::new());
                let scale = ring.reduce_pair([&mut a, &mut b], k, matrix.as_mut(), leading.as_mut())?;
                if let (Some(scale), Some(steps), Some(leading)) = (scale, &mut self.steps, leading) {
                    steps.extend(leading.into_iter().map(|leading| {
                        let scale = Some(ring.mul(&scale, &ring.mul(&leading, &leading)));
                        Step { degree: 1, leading, scale }
                    }));
                }
                if b.len() <= k {
                    break;
                }
            }
            let division = self.divide(&mut a, &b, with_matrix)?;
            std::mem::swap(&mut a, &mut b);
            if let (Some(m), Some(division)) = (matrix.take(), division) {
                matrix = Some(after_division(ring, m, &division)?);
            }
        }
        Ok((matrix, a, b))
    }
}

fn identity<R: Ring>(ring: &R) -> Matrix<R::Element> {
    [vec![ring.one()], Vec::new(), Vec::new(), vec![ring.one()]]
}

/// `[0, 1; scale, -q] * m`.
fn after_division<R: Ring>(
    ring: &R,
    m: Matrix<R::Element>,
    division: &Division<R::Element>,
) -> Result<Matrix<R::Element>> {
    let Division { q, scale } = division;
    let [a, b, c, d] = m;
    let e = minus_product(ring, a, scale.as_ref(), q, &c)?;
    let f = minus_product(ring, b, scale.as_ref(), q, &d)?;
    Ok([c, d, e, f])
}

/// `a * b`.
fn product<R: Ring>(ring: &R, a: &Matrix<R::Element>, b: &Matrix<R::Element>) -> Result<Matrix<R::Element>> {
    let mut entries = ring.convolve_matrix(&views(a), &views(b), 2)?;
    entries.iter_mut().for_each(|entry| trim(ring, entry));
    entries.try_into().map_err(|_| unreachable!("two rows and two columns"))
}

#[cfg(test)]
mod tests;
