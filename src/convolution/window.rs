//! Which part of a product is wanted, and which parts of the operands reach it.
//!
//! A coefficient `c[k] = sum over i+j=k of a[i]*b[j]` with `k` in `lo..hi` needs `a[i]` only for
//! `lo - (n-1) <= i < hi`, and `b[j]` likewise. Cutting the operands first makes the low, middle and high
//! products one function: every algorithm sees the smallest full product that covers the window. It stands
//! apart because all of them use it. It multiplies nothing.
//!
//! What a window of n outputs costs, over the whole product of n by n (`cargo bench --bench shapes -- windows`, IFMA, 62 and 250
//! bits): low and high 0.5 to 0.7 by schoolbook, which computes nothing else, 0.8 to 0.95 by transforms, which save the
//! remaindering only; the middle n of 2n by n about 1 where 2n is a power of two, 1.2 to 1.3 else. T. Mulders' short product by
//! Karatsuba (AAECC 11, 2000) would serve lengths between the two, and there the plan takes Karatsuba for neither.

use std::ops::Range;

/// The parts of two operands that reach a window, and the window within the product of these parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trimmed {
    /// What is left of the first operand.
    pub(crate) a: Range<usize>,
    /// What is left of the second.
    pub(crate) b: Range<usize>,
    /// The window, counted from the first coefficient of the smaller product.
    pub(crate) window: Range<usize>,
}

/// Cuts operands of lengths `m` and `n` to what the (clipped) window needs.
///
/// An empty window leaves nothing of either operand.
pub(crate) fn trim(m: usize, n: usize, window: &Range<usize>) -> Trimmed {
    if window.is_empty() || m == 0 || n == 0 {
        return Trimmed { a: 0..0, b: 0..0, window: 0..0 };
    }
    let a = window.start.saturating_sub(n - 1)..window.end.min(m);
    let b = window.start.saturating_sub(m - 1)..window.end.min(n);
    let base = a.start + b.start;
    Trimmed { window: window.start - base..window.end - base, a, b }
}

/// How many pairs `(i, j)` with `i < m`, `j < n` have their sum in the window; the largest number of 64 bits where they are more.
pub(crate) fn pairs(m: usize, n: usize, window: &Range<usize>) -> u64 {
    if window.start == 0 && window.end.checked_add(1) == m.checked_add(n) {
        return (m as u64).saturating_mul(n as u64);
    }
    u64::try_from(below(m, n, window.end) - below(m, n, window.start)).unwrap_or(u64::MAX)
}

/// How many pairs have a sum below `end`.
fn below(m: usize, n: usize, end: usize) -> u128 {
    let (short, long) = (m.min(n) as u128, m.max(n) as u128);
    let triangle = |k: u128| k * (k + 1) / 2;
    if short == 0 {
        return 0;
    }
    let end = (end as u128).min(short + long - 1);
    if end <= short {
        triangle(end)
    } else if end <= long {
        triangle(short) + (end - short) * short
    } else {
        // The last `short - 1` outputs mirror the first.
        short * long - triangle(short + long - 1 - end)
    }
}

/// The largest number of products that one coefficient of the window sums.
pub(crate) fn terms(m: usize, n: usize, window: &Range<usize>) -> usize {
    if window.is_empty() {
        return 0;
    }
    m.min(n).min(window.end).min((m + n - 1).saturating_sub(window.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_trimming_agree_with_enumeration() {
        for m in 1..9 {
            for n in 1..9 {
                for lo in 0..m + n {
                    for hi in lo..m + n {
                        let all = || (0..m).flat_map(|i| (0..n).map(move |j| (i, j)));
                        let hit = || all().filter(|(i, j)| (lo..hi).contains(&(i + j)));
                        assert_eq!(pairs(m, n, &(lo..hi)), hit().count() as u64, "{m} {n} {lo}..{hi}");
                        let trimmed = trim(m, n, &(lo..hi));
                        assert!(hit().all(|(i, j)| trimmed.a.contains(&i) && trimmed.b.contains(&j)));
                        if hi > lo && hi < m + n {
                            assert_eq!(trimmed.window.len(), hi - lo);
                            assert_eq!(trimmed.window.start + trimmed.a.start + trimmed.b.start, lo);
                            assert!(trimmed.window.end < trimmed.a.len() + trimmed.b.len());
                            let most = (lo..hi).map(|k| all().filter(|(i, j)| i + j == k).count()).max();
                            assert!(Some(terms(m, n, &(lo..hi))) >= most);
                        }
                    }
                }
            }
        }
    }
}
