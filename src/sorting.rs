//! Stable sorting where comparing takes longer than a call: [`by`], [`by_key`].
//!
//! It stands apart because a sort with types of its own is compiled to some 3,000 lines, and the crate has dozens of kinds of roots, factors and
//! parts to put in order, mostly a few of each. Here their places are sorted, by an order that is handed over as an object, and what is sorted moves once.

use std::cmp::Ordering;

/// Sorts by an order; what is equal stays as it was.
pub(crate) fn by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let mut from = places(items.len(), &|i, j| order(&items[i], &items[j]));
    // Along every cycle; a place that holds what belongs there comes from itself.
    for start in 0..items.len() {
        let mut to = start;
        while from[to] != start {
            items.swap(to, from[to]);
            to = std::mem::replace(&mut from[to], to);
        }
        from[to] = to;
    }
}

/// Sorts by a key; what is equal stays as it was.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |x, y| key(x).cmp(&key(y)));
}

/// Of each place, where what belongs there stands.
fn places(len: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..len).collect();
    from.sort_by(|&i, &j| order(i, j));
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_sort_does() {
        let mut state = 1u64;
        for len in (0..20).chain([100, 1000]) {
            for values in [1, 2, len + 1, 10 * len + 1] {
                let mut items: Vec<(u64, usize)> = (0..len)
                    .map(|k| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        ((state >> 33) % values as u64, k)
                    })
                    .collect();
                let mut expected = items.clone();
                expected.sort_by_key(|&(value, _)| std::cmp::Reverse(value));
                by_key(&mut items, |&(value, _)| std::cmp::Reverse(value));
                assert_eq!(items, expected);
                by(&mut items, |x, y| x.1.cmp(&y.1));
                assert!(items.iter().enumerate().all(|(k, item)| item.1 == k));
            }
        }
    }
}
