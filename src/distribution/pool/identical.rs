//! The sum of a slice of the sorted dice of a pool of equal ones: the threshold generating function.
//!
//! `n` dice are sorted, `a` are dropped below, `h` above, `k = n - a - h` are kept. A roll is put into the class of
//! the lowest kept value `s`; each class is a polynomial in the generating function of what lies above `s`. So no
//! multiset is ever enumerated: there are as many classes as faces.
//!
//! # Nothing is dropped above
//! Of `n` dice `j < k` are above `s`, and `n - j = a + p` are at or below it, with at most `a` below, `p = k - j`.
//! With `V(x) = sum over f > s of w_f x^(f-s)` and `A(p)` the ways of the latter,
//! ```text
//! sum over s of x^(k s) sum over j < k of C(n, j) A(k-j) V(x)^j .
//! ```
//! `A` has no sum in it: where `L` is the weight below `s` and `w` that of `s`, one die more makes
//! ```text
//! A(0) = (L+w)^a,    A(p+1) = (L+w) A(p) - C(a+p, a) L^(a+1) w^p ,
//! ```
//! since it goes wrong only where exactly `a` are below already and it is below too.
//!
//! # Something is dropped at both ends
//! The highest kept value `t` is a second threshold. Where `s = t`, `i <= a` dice are below and the other `n - i` have
//! at most `h` above: numbers `B` as `A`, from the other end. Where `s < t`, `p >= 1` kept dice show `s`, `q >= 1` show
//! `t`, and `m = k-p-q` lie between, `M(x) = sum over s < f < t of w_f x^(f-s)`:
//! ```text
//! x^(k s) sum over m of M(x)^m sum over q of C(n, a+p) A_s(p) C(m+h+q, m) B_t(q) x^(q (t-s)) .
//! ```
//! With `k = 1` this is the order statistic, from counts alone.
//!
//! # Complexity
//! One or `F/2` evaluations a face of a polynomial of degree `k` at one with up to `F` terms.

use super::count::{Count, binomials, diagonal};
use super::horner::{Factor, Sum, Term};
use crate::{Result, progress};

/// Adds the generating function of the kept sum to `sum`: `faces` with their weights ascend, `low` dice are dropped below,
/// `high` above, `kept >= 1` are kept. If only one of `low` and `high` is positive, it is `low`.
pub(super) fn slice<N: Count>(
    faces: &[(usize, N)],
    [low, kept, high]: [u64; 3],
    sum: &mut impl Sum<N>,
) -> Result<()> {
    let thresholds = Thresholds::new(faces, [low, kept, high]);
    match high {
        0 => thresholds.one(sum),
        _ => thresholds.two(sum),
    }
}

struct Thresholds<'a, N> {
    faces: &'a [(usize, N)],
    /// The weight below each face, and the whole.
    below: Vec<N>,
    low: u64,
    kept: usize,
    high: u64,
    /// `C(n, j)`.
    binomials: Vec<N>,
}

impl<'a, N: Count> Thresholds<'a, N> {
    fn new(faces: &'a [(usize, N)], [low, kept, high]: [u64; 3]) -> Self {
        let mut below = vec![N::small(0)];
        for (k, (_, weight)) in faces.iter().enumerate() {
            below.push(below[k].plus(weight));
        }
        let most = if high == 0 { kept } else { low + kept };
        let binomials = binomials(low + kept + high, most as usize + 1);
        Thresholds { faces, below, low, kept: kept as usize, high, binomials }
    }

    fn one(&self, sum: &mut impl Sum<N>) -> Result<()> {
        let diagonal = diagonal(self.low, self.kept);
        let mut terms = Vec::with_capacity(self.kept);
        for (s, (face, weight)) in self.faces.iter().enumerate() {
            progress::report("thresholds", s as u64, self.faces.len() as u64)?;
            let ways = at_most(&self.below[s], weight, self.low, &diagonal);
            let above = &self.faces[s + 1..];
            terms.clear();
            // Nothing is above the highest face.
            for j in (0..if above.is_empty() { 1 } else { self.kept }).rev() {
                let coefficient = self.binomials[j].times(&ways[self.kept - j]);
                terms.push(Term { power: j, exponent: 0, coefficient });
            }
            sum.add(self.kept * face, &mut terms, Factor { faces: above, origin: *face })?;
        }
        Ok(())
    }

    fn two(&self, sum: &mut impl Sum<N>) -> Result<()> {
        let total = &self.below[self.faces.len()];
        let from_below = diagonal(self.low, self.kept);
        let from_above = diagonal(self.high, self.kept + self.low as usize);
        // C(n, a+p) A_s(p) for every face s.
        let mut lowest = Vec::with_capacity(self.faces.len());
        for (s, (_, weight)) in self.faces.iter().enumerate() {
            let mut ways = at_most(&self.below[s], weight, self.low, &from_below);
            for (p, ways) in ways.iter_mut().enumerate() {
                *ways = ways.times(&self.binomials[self.low as usize + p]);
            }
            lowest.push(ways);
        }
        let arrangements = self.arrangements();
        let mut terms = Vec::new();
        for (t, (face, weight)) in self.faces.iter().enumerate() {
            progress::report("thresholds", t as u64, self.faces.len() as u64)?;
            let above = total.minus(&self.below[t + 1]);
            let ways = at_most(&above, weight, self.high, &from_above);

            let mut coefficient = N::small(0);
            let mut power = N::small(1);
            for i in 0..=self.low as usize {
                let rest = &ways[self.kept + self.low as usize - i];
                coefficient = coefficient.plus(&self.binomials[i].times(&power).times(rest));
                power = power.times(&self.below[t]);
            }
            let none = Factor { faces: &[], origin: *face };
            sum.add(self.kept * face, &mut [Term { power: 0, exponent: 0, coefficient }], none)?;
            if self.kept == 1 {
                continue;
            }

            // C(m+h+q, m) B_t(q), the same for every s.
            let highest: Vec<Vec<N>> = arrangements
                .iter()
                .map(|row| row.iter().zip(&ways[1..]).map(|(n, ways)| n.times(ways)).collect())
                .collect();
            for (s, lowest) in lowest[..t].iter().enumerate() {
                let origin = self.faces[s].0;
                let between = &self.faces[s + 1..t];
                terms.clear();
                for m in (0..if between.is_empty() { 1 } else { self.kept - 1 }).rev() {
                    for (q, ways) in (1..self.kept - m).zip(&highest[m]) {
                        let coefficient = lowest[self.kept - m - q].times(ways);
                        terms.push(Term { power: m, exponent: q * (face - origin), coefficient });
                    }
                }
                sum.add(self.kept * origin, &mut terms, Factor { faces: between, origin })?;
            }
        }
        Ok(())
    }

    /// `C(m+h+q, m)` for `q >= 1` and `m + q < k`: Pascal's triangle, turned.
    fn arrangements(&self) -> Vec<Vec<N>> {
        let mut rows = vec![vec![N::small(1); self.kept - 1]];
        let first = diagonal::<N>(self.high, self.kept);
        for m in 1..self.kept.saturating_sub(1) {
            let mut last = first[m].clone();
            let row = rows[m - 1][..self.kept - 1 - m].iter().map(|above| {
                last = last.plus(above);
                last.clone()
            });
            let row = row.collect();
            rows.push(row);
        }
        rows
    }
}

/// In how many ways `cap + p` dice show at most `at` with at most `cap` of them below it, `p` in `0..=len`: `below` and `at`
/// are weights, `diagonal` has `C(cap+p, cap)`.
fn at_most<N: Count>(below: &N, at: &N, cap: u64, diagonal: &[N]) -> Vec<N> {
    let both = below.plus(at);
    let mut wrong = below.power(cap + 1);
    let mut ways = Vec::with_capacity(diagonal.len() + 1);
    ways.push(both.power(cap));
    for (p, binomial) in diagonal.iter().enumerate() {
        ways.push(both.times(&ways[p]).minus(&binomial.times(&wrong)));
        wrong = wrong.times(at);
    }
    ways
}
