//! Lattice reduction (LLL), and the part of a lattice in which all its short vectors lie.
//!
//! It stands apart from recombination, which only says what short means. Basis vectors are exact integers throughout: every step adds a
//! multiple of one to another, so the lattice is the same whatever rounding did to the choice of the steps. What is decided for good, that
//! a vector can be left out, is certified.
//!
//! # Method
//! [`approximate`]: the algorithm L2 with coefficients of Gram-Schmidt in doubles, computed anew from exact scalar products each time that a
//! vector is visited, as far as vectors before it changed, size reduction repeated until nothing changes, and insertion at the place that Lovász' condition names (P. Nguyen,
//! D. Stehlé, "An LLL algorithm with quadratic complexity", SIAM J. Comput. 39, 2009). [`exact`]: the same with integers alone (B. de
//! Weger 1987; H. Cohen, A Course in Computational Algebraic Number Theory, algorithm 2.6.7), where doubles do not suffice, and as the
//! reference in tests.
//!
//! # Certificate
//! Let `B = L*Q` be the basis with `L` lower triangular, `Q` orthonormal, `V` any lower triangular matrix near `L^-1`, and `G =
//! (V*B)*(V*B)^T`. Then `V*L` is the Cholesky factor of `G`, and the square of its diagonal entry `v_ii * l_ii` is the least value of the
//! form `G` on vectors whose entry `i` is 1 and whose later entries are 0, so at least the smallest eigenvalue of `G`, hence at least
//! `1 - |G - I|` in the Frobenius norm. So `l_ii^2 >= (1 - e)/v_ii^2`, with `e` that norm and the rounding errors of computing it: `n*u` times the
//! sums of absolute values, `u = 2^-53` (G. Villard, "Certification of the QR factor R and of lattice basis reducedness", ISSAC 2007, has the
//! idea). A vector of the lattice that is no longer than `l_ii` of the last basis vector is a combination of the others.

use crate::convolution::{Vectorise, vectorised};
use crate::{Result, progress};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Lovász' constant.
const DELTA: f64 = 0.99;

/// Coefficients of Gram-Schmidt are made at most this.
const ETA: f64 = 0.51;

/// Rounds of size reduction of one vector after which doubles are taken to be of no help: each halves its length many times over.
const MOST_ROUNDS: usize = 200;

/// Visits of vectors, for each vector, after which rounding is taken to go round in circles; lattices of 150 vectors took 200.
const MOST_VISITS: usize = 20_000;

/// An observer is asked once in so many visits.
const VISITS_A_REPORT: usize = 64;

/// Entries are exact as doubles.
const MOST_ENTRY: i64 = 1 << 52;

/// A reduced basis of the sublattice that is spanned by its first vectors, without last ones that are, orthogonally to those before them,
/// longer than `bound`: every vector of the lattice that is no longer lies in it.
///
/// The rows are linearly independent.
///
/// # Errors
/// Kind interrupted.
pub(super) fn short_part(mut rows: Vec<Vec<i64>>, bound_squared: f64) -> Result<Vec<Vec<i64>>> {
    let squares = match vectorised(Attempt { rows: &mut rows })? {
        Some(squares) => squares,
        None => exact(&mut rows)?,
    };
    let longer = squares.iter().rev().take_while(|&&square| square > bound_squared).count();
    rows.truncate(squares.len() - longer);
    Ok(rows)
}

/// The reduction in doubles, as far as they suffice, and what it says of the vectors that are left.
struct Attempt<'a> {
    rows: &'a mut [Vec<i64>],
}

impl Vectorise for Attempt<'_> {
    type Output = Result<Option<Vec<f64>>>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        Ok(approximate(self.rows)?.and_then(|basis| certified_lengths(&basis)))
    }
}

/// A basis in doubles, which are exact, and the triangle of its orthogonalisation.
struct Basis {
    rows: Vec<Vec<f64>>,
    /// The squares of the lengths, rounded once.
    squares: Vec<f64>,
    /// `r[k][j] = <b_k, b_j*>`, and `mu[k][j] = r[k][j]/r[j][j]`.
    r: Vec<Vec<f64>>,
    mu: Vec<Vec<f64>>,
    /// So many first entries of a row of the triangle are those of the vectors as they are, and the row is reduced by them.
    known: Vec<usize>,
}

/// Reduces in place; `None` where doubles do not suffice, with a basis of the same lattice left.
#[inline(always)]
fn approximate(rows: &mut [Vec<i64>]) -> Result<Option<Basis>> {
    if rows.iter().flatten().any(|c| c.unsigned_abs() > MOST_ENTRY as u64) {
        return Ok(None);
    }
    let mut basis = Basis::of(rows);
    let reduced = basis.reduce()?;
    for (row, doubles) in rows.iter_mut().zip(&basis.rows) {
        row.iter_mut().zip(doubles).for_each(|(c, &double)| *c = double as i64);
    }
    Ok(reduced.then_some(basis))
}

impl Basis {
    fn of(rows: &[Vec<i64>]) -> Self {
        let n = rows.len();
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|&c| c as f64).collect()).collect();
        Basis {
            squares: rows.iter().map(|row| square(row)).collect(),
            rows,
            r: vec![vec![0.0; n]; n],
            mu: vec![vec![0.0; n]; n],
            known: vec![0; n],
        }
    }

    /// Whether doubles suffice to reduce it.
    #[inline(always)]
    fn reduce(&mut self) -> Result<bool> {
        let n = self.rows.len();
        let mut factors = vec![0.0; n];
        let (mut k, mut visits) = (0, 0);
        while k < n {
            visits += 1;
            if visits > MOST_VISITS * n {
                return Ok(false);
            }
            if visits % VISITS_A_REPORT == 0 {
                progress::report("reducing lattices", k as u64, n as u64)?;
            }
            // The square of the part of b_k that is orthogonal to all vectors before it, then to fewer and fewer.
            let Some(mut part) = self.reduce_row(k, &mut factors) else { return Ok(false) };
            let mut place = k;
            while place > 0 {
                let longer = part + self.mu[k][place - 1] * self.r[k][place - 1];
                if longer >= DELTA * self.r[place - 1][place - 1] {
                    break;
                }
                part = longer;
                place -= 1;
            }
            if part.is_nan() || part <= 0.0 {
                return Ok(false);
            }
            if place < k {
                self.insert(k, place);
            }
            self.r[place][place] = part;
            k = place + 1;
        }
        Ok(true)
    }

    /// Moves `b_k` up.
    #[inline(always)]
    fn insert(&mut self, k: usize, place: usize) {
        self.rows[place..=k].rotate_right(1);
        self.squares[place..=k].rotate_right(1);
        self.r[place..=k].rotate_right(1);
        self.mu[place..=k].rotate_right(1);
        self.known[place..=k].rotate_right(1);
        self.known[place..].iter_mut().for_each(|known| *known = (*known).min(place));
    }

    /// Makes row `k` of the triangle known, and its entries small; the square of the part that is orthogonal to all vectors before, where doubles suffice.
    #[inline(always)]
    fn reduce_row(&mut self, k: usize, factors: &mut [f64]) -> Option<f64> {
        for _ in 0..MOST_ROUNDS {
            let known = self.known[k];
            self.orthogonalise(k);
            // What is nearest to b_k among the combinations of the vectors before it, one by one from the last.
            let (earlier, own) = self.mu.split_at_mut(k);
            let own = &mut own[0];
            let mut changes = false;
            for j in (0..k).rev() {
                if j < known && !changes {
                    factors[..=j].fill(0.0);
                    break;
                }
                let factor = if own[j].abs() > ETA { own[j].round_ties_even() } else { 0.0 };
                factors[j] = factor;
                if factor != 0.0 {
                    changes = true;
                    own[j] -= factor;
                    own[..j].iter_mut().zip(&earlier[j][..j]).for_each(|(c, mu)| *c -= factor * mu);
                }
            }
            if !changes {
                return Some(self.orthogonal_square(k));
            }
            if !self.subtract(k, &factors[..k]) {
                return None;
            }
            self.known[k] = 0;
        }
        None
    }

    /// The square of the part of `b_k` that is orthogonal to the vectors before it.
    #[inline(always)]
    fn orthogonal_square(&self, k: usize) -> f64 {
        self.squares[k] - dot(&self.mu[k][..k], &self.r[k][..k])
    }

    /// Row `k` of the triangle but for its last entry.
    #[inline(always)]
    fn orthogonalise(&mut self, k: usize) {
        let (earlier, row) = self.r.split_at_mut(k);
        let row = &mut row[0];
        let (mu, own) = self.mu.split_at_mut(k);
        let own = &mut own[0];
        for j in self.known[k]..k {
            let product = scalar_product(&self.rows[k], &self.rows[j], self.squares[k] * self.squares[j]);
            row[j] = product - dot(&mu[j][..j], &row[..j]);
            own[j] = row[j] / earlier[j][j];
        }
        self.known[k] = k;
    }

    /// `b_k -= sum of factors[j]*b_j`; `false`, with `b_k` as it was, where that leaves the range of entries.
    #[inline(always)]
    fn subtract(&mut self, k: usize, factors: &[f64]) -> bool {
        let sum_of_lengths: f64 =
            factors.iter().zip(&self.squares).map(|(factor, square)| factor.abs() * square.sqrt()).sum();
        let (earlier, row) = self.rows.split_at_mut(k);
        let row = &mut row[0];
        let used = || earlier.iter().zip(factors).filter(|(_, factor)| **factor != 0.0);
        if sum_of_lengths + self.squares[k].sqrt() < MOST_ENTRY as f64 {
            // No entry on the way is larger, so doubles are exact.
            for (other, &factor) in used() {
                row.iter_mut().zip(other).for_each(|(c, b)| *c -= factor * b);
            }
        } else {
            let mut sums: Vec<i128> = row.iter().map(|&c| i128::from(c as i64)).collect();
            for (other, &factor) in used() {
                if factor.abs() > MOST_ENTRY as f64 {
                    return false;
                }
                let factor = i128::from(factor as i64);
                sums.iter_mut().zip(other).for_each(|(sum, &c)| *sum -= factor * i128::from(c as i64));
            }
            // At most 2^104 times the number of rows: nothing wrapped around before this check.
            if sums.iter().any(|sum| sum.unsigned_abs() > MOST_ENTRY as u128) {
                return false;
            }
            row.iter_mut().zip(sums).for_each(|(c, sum)| *c = sum as f64);
        }
        self.squares[k] = square(row);
        true
    }
}

#[inline(always)]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 16;
    let n = a.len().min(b.len()) / LANES * LANES;
    let mut sums = [0.0; LANES];
    for (a, b) in a[..n].chunks_exact(LANES).zip(b[..n].chunks_exact(LANES)) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    let mut half = LANES;
    while half > 1 {
        half /= 2;
        for i in 0..half {
            sums[i] += sums[i + half];
        }
    }
    sums[0] + a[n..].iter().zip(&b[n..]).map(|(a, b)| a * b).sum::<f64>()
}

#[inline(always)]
fn square(row: &[f64]) -> f64 {
    let square = dot(row, row);
    scalar_product(row, row, square * square)
}

/// `<a, b>`, rounded once where doubles would cancel, from the product of the squares of the lengths.
#[inline(always)]
fn scalar_product(a: &[f64], b: &[f64], squares: f64) -> f64 {
    // Below 2^53 sums of absolute values nothing is rounded.
    if squares < (1u128 << 104) as f64 {
        return dot(a, b);
    }
    a.iter().zip(b).map(|(&a, &b)| i128::from(a as i64) * i128::from(b as i64)).sum::<i128>() as f64
}

/// Lower bounds of the squares of the lengths of the orthogonalised vectors; `None` where doubles do not give any.
#[inline(always)]
fn certified_lengths(basis: &Basis) -> Option<Vec<f64>> {
    let n = basis.rows.len();
    let width = basis.rows.first().map_or(0, Vec::len);
    // V = L^-1 by rows, with l_kj = r_kj / sqrt(r_jj).
    let mut inverse: Vec<Vec<f64>> = Vec::with_capacity(n);
    for (k, r) in basis.r.iter().enumerate() {
        let diagonal = r[k].sqrt();
        let mut row = vec![0.0; k + 1];
        row[k] = 1.0 / diagonal;
        for (j, above) in inverse.iter().enumerate() {
            let l = r[j] / basis.r[j][j].sqrt() / diagonal;
            row.iter_mut().zip(above).for_each(|(c, v)| *c -= l * v);
        }
        inverse.push(row);
    }
    // W = V*B, and the same with absolute values.
    let mut orthonormal = vec![vec![0.0; width]; n];
    let mut absolute = 0.0;
    for (w, v) in orthonormal.iter_mut().zip(&inverse) {
        let mut magnitudes = vec![0.0; width];
        for (row, &c) in basis.rows.iter().zip(v) {
            for ((w, m), &b) in w.iter_mut().zip(&mut magnitudes).zip(row) {
                *w += c * b;
                *m += (c * b).abs();
            }
        }
        absolute += dot(&magnitudes, &magnitudes);
    }
    let (mut deviation, mut squares) = (0.0, 0.0);
    for (i, a) in orthonormal.iter().enumerate() {
        for (j, b) in orthonormal[..=i].iter().enumerate() {
            let entry = dot(a, b);
            if i == j {
                squares += entry;
                deviation += (entry - 1.0) * (entry - 1.0);
            } else {
                deviation += 2.0 * entry * entry;
            }
        }
    }
    // Each sum of m terms is within m*u times the sum of absolute values; a hundredth more covers the rounding of these bounds.
    let unit = 1.01 * (n.max(width) + 2) as f64 * f64::EPSILON;
    let rounding = unit * absolute.sqrt();
    let error = 1.01 * (deviation.sqrt() + (2.0 * squares.sqrt() + rounding) * rounding + unit * squares);
    if error.is_nan() || error >= 0.5 {
        return None;
    }
    Some(inverse.iter().enumerate().map(|(k, v)| (1.0 - error) / (v[k] * v[k]) * (1.0 - 1e-12)).collect())
}

/// Reduces in place with integers alone; the squares of the lengths of the orthogonalised vectors, rounded down by far more than they are
/// rounded.
fn exact(rows: &mut [Vec<i64>]) -> Result<Vec<f64>> {
    let mut basis: Vec<Vec<BigInt>> =
        rows.iter().map(|row| row.iter().map(|&c| c.into()).collect()).collect();
    let determinants = integral(&mut basis)?;
    for (row, exact) in rows.iter_mut().zip(&basis) {
        for (c, exact) in row.iter_mut().zip(exact) {
            // Reduced vectors are no longer than those of the basis they came from, up to a factor that the range of entries leaves room for.
            *c = exact.to_i64().expect("an entry of a reduced basis");
        }
    }
    let ratio = |pair: &[BigInt]| {
        // 64 bits of each suffice.
        let (shift, below) = (pair[1].bits().saturating_sub(64), pair[0].bits().saturating_sub(64));
        let (a, b) = (&pair[1] >> shift, &pair[0] >> below);
        let quotient = a.to_f64().unwrap_or(0.0) / b.to_f64().unwrap_or(1.0);
        quotient * 2f64.powi(shift as i32 - below as i32) * (1.0 - 1e-12)
    };
    Ok(determinants.windows(2).map(ratio).collect())
}

/// Reduces a basis in place; the determinants of the Gram matrices of its first vectors, 1 for none of them.
fn integral(b: &mut [Vec<BigInt>]) -> Result<Vec<BigInt>> {
    let n = b.len();
    let product = |a: &[BigInt], b: &[BigInt]| a.iter().zip(b).map(|(a, b)| a * b).sum::<BigInt>();
    // lambda[k][j] = d[j + 1] * mu[k][j], all integers.
    let mut d = vec![BigInt::one(); n + 1];
    let mut lambda: Vec<Vec<BigInt>> = (0..n).map(|k| vec![BigInt::zero(); k]).collect();
    for k in 0..n {
        for j in 0..=k {
            let mut u = product(&b[k], &b[j]);
            for i in 0..j {
                let other = if j == k { &lambda[k][i] } else { &lambda[j][i] };
                u = (&d[i + 1] * u - &lambda[k][i] * other) / &d[i];
            }
            if j < k { lambda[k][j] = u } else { d[k + 1] = u }
        }
    }
    let mut k = 1;
    while k < n {
        progress::report("reducing lattices", k as u64, n as u64)?;
        reduce_by(b, &mut lambda, &d, k, k - 1);
        let l = &lambda[k][k - 1];
        // delta = 99/100
        if (&d[k + 1] * &d[k - 1] + l * l) * 100 < &d[k] * &d[k] * 99 {
            b.swap(k - 1, k);
            let (earlier, later) = lambda.split_at_mut(k);
            earlier[k - 1][..k - 1].swap_with_slice(&mut later[0][..k - 1]);
            let l = lambda[k][k - 1].clone();
            let fresh = (&d[k - 1] * &d[k + 1] + &l * &l) / &d[k];
            for row in lambda.iter_mut().skip(k + 1) {
                let t = row[k].clone();
                row[k] = (&d[k + 1] * &row[k - 1] - &l * &t) / &d[k];
                row[k - 1] = (&fresh * &t + &l * &row[k]) / &d[k + 1];
            }
            d[k] = fresh;
            k = (k - 1).max(1);
        } else {
            for j in (0..k - 1).rev() {
                reduce_by(b, &mut lambda, &d, k, j);
            }
            k += 1;
        }
    }
    Ok(d)
}

/// Makes `|mu[k][j]| <= 1/2` by subtracting a multiple of `b_j`.
fn reduce_by(b: &mut [Vec<BigInt>], lambda: &mut [Vec<BigInt>], d: &[BigInt], k: usize, j: usize) {
    let doubled: BigInt = &lambda[k][j] * 2;
    if doubled.abs() <= d[j + 1] {
        return;
    }
    let factor = (doubled + &d[j + 1]).div_floor(&(&d[j + 1] * 2));
    let (earlier, later) = b.split_at_mut(k);
    later[0].iter_mut().zip(&earlier[j]).for_each(|(c, other)| *c -= &factor * other);
    let (earlier, later) = lambda.split_at_mut(k);
    later[0][j] -= &factor * &d[j + 1];
    later[0][..j].iter_mut().zip(&earlier[j]).for_each(|(c, other)| *c -= &factor * other);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(seed: &mut u64, bound: i64) -> i64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((*seed >> 33) as i64).rem_euclid(2 * bound + 1) - bound
    }

    /// The squares of the lengths after Gram-Schmidt, from determinants.
    fn lengths(rows: &[Vec<i64>]) -> Vec<f64> {
        let mut basis: Vec<Vec<BigInt>> =
            rows.iter().map(|row| row.iter().map(|&c| c.into()).collect()).collect();
        let before = basis.clone();
        let d = integral(&mut basis).unwrap();
        assert_eq!(basis, before, "not reduced");
        d.windows(2).map(|d| d[1].to_f64().unwrap() / d[0].to_f64().unwrap()).collect()
    }

    /// Knapsacks: `short` lies in the lattice, everything else is longer.
    fn knapsack(n: usize, bits: u32, seed: u64) -> (Vec<Vec<i64>>, Vec<i64>) {
        let mut seed = seed;
        let modulus = (1i64 << bits) - 3;
        let mut weights: Vec<i64> = (0..n).map(|_| random(&mut seed, modulus / 2)).collect();
        let short: Vec<i64> = (0..n).map(|i| i64::from(i % 3 != 1)).collect();
        let sum: i128 = weights.iter().zip(&short).map(|(&w, &s)| i128::from(w * s)).sum();
        weights[0] -= (sum % i128::from(modulus)) as i64;
        let mut rows: Vec<Vec<i64>> =
            (0..n).map(|i| (0..n).map(|j| i64::from(i == j)).chain([weights[i]]).collect()).collect();
        rows.insert(0, (0..n).map(|_| 0).chain([modulus]).collect());
        (rows, short.into_iter().chain([0]).collect())
    }

    #[test]
    fn short_vectors_are_found_and_all_others_left_out() {
        for (n, bits, seed) in [(4, 20, 1), (10, 45, 2), (11, 51, 3)] {
            let (rows, short) = knapsack(n, bits, seed);
            let reduced = short_part(rows.clone(), n as f64 + 1.0).unwrap();
            let up_to_sign = |row: &[i64]| row == short || row.iter().map(|c| -c).eq(short.iter().copied());
            assert!(reduced.len() == 1 && up_to_sign(&reduced[0]), "{n}: {reduced:?}");
        }
    }

    /// Doubles and integers reduce the same lattices; certified lengths are below the true ones, and close to them.
    #[test]
    fn certified_lengths_are_lower_bounds() {
        for (n, bound, seed) in [(1, 5, 1), (2, 100, 2), (8, 1 << 20, 3), (20, 1 << 30, 4), (24, 9, 5)] {
            let mut state = seed;
            let mut rows: Vec<Vec<i64>> =
                (0..n).map(|_| (0..n + 2).map(|_| random(&mut state, bound)).collect()).collect();
            let mut other = rows.clone();
            let basis = approximate(&mut rows).unwrap().expect("reduced");
            let certified = certified_lengths(&basis).expect("certified");
            // Once more with integers: reduced bases change little, and the determinant of the lattice not at all.
            let reduced = rows.clone();
            let squares = exact(&mut rows).unwrap();
            assert!(reduced.iter().zip(&rows).all(|(a, b)| a.len() == b.len()));
            let volume = |squares: &[f64]| squares.iter().map(|s| s.log2()).sum::<f64>();
            assert!((volume(&squares) - volume(&certified)).abs() < 1e-6);
            assert!((volume(&squares) - volume(&exact(&mut other).unwrap())).abs() < 1e-6);
            for (c, true_square) in certified.iter().zip(lengths(&rows)) {
                assert!(rows != reduced || (*c <= true_square && *c > 0.999 * true_square));
            }
        }
    }

    #[test]
    fn entries_too_large_for_doubles() {
        let rows = vec![vec![(1 << 60) + 1, 3], vec![1 << 60, 2]];
        assert!(approximate(&mut rows.clone()).unwrap().is_none());
        // The difference is (1, 1), and the other vector is far from it.
        assert_eq!(short_part(rows, 4.0).unwrap().iter().map(|r| r[0].abs()).collect::<Vec<_>>(), [1]);
    }
}
