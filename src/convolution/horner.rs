//! Products of `x - x_i` and Taylor shifts `f(x + a)`, modulo a word: Horner's rule with four linear factors at a time.
//!
//! They stand apart from the trees of products and the convolutions that long ones take, because what these begin with is longer than all of a short one. Here a coefficient
//! meets the four of a monic factor in one sum, which is reduced once.
//!
//! # Invariants
//! A polynomial moves down four places a step, to the place of what is added: so every sum takes coefficients that are not overwritten yet, and there is one buffer.

use super::{
    delayed::{self, Arithmetic, BLOCK},
    fours::{Four, Sums, TERMS, Task, compute},
};
use crate::integer::{WordModulus, zeros};

/// Coefficients of a factor, less the leading one.
const DEGREE: usize = TERMS;

/// From the `len` coefficients behind `place` on to as many as there are before them too, by the steps `f := f*(x^4 + low) + added`: each takes the place of
/// `added`, and `low`, entered, comes in descending order. Behind the coefficients are four zeros.
#[inline(always)]
fn horner(
    sums: impl Sums,
    buffer: &mut [u64],
    (mut place, mut len): (usize, usize),
    mut low: impl FnMut() -> Four,
) {
    while place > 0 {
        let low = low();
        place -= DEGREE;
        len += DEGREE;
        let buffer = &mut buffer[place..place + len + DEGREE];
        // Before the first coefficient there are zeros too.
        let added: Four = std::array::from_fn(|k| std::mem::take(&mut buffer[k]));
        let next = |buffer: &[u64], k: usize| [buffer[k + 1], buffer[k + 2], buffer[k + 3], buffer[k + 4]];
        for (k, &c) in added.iter().enumerate() {
            buffer[k] = sums.add(c, &low, &next(buffer, k));
        }
        for k in DEGREE..len {
            buffer[k] = sums.add(buffer[k], &low, &next(buffer, k));
        }
    }
}

/// The product of `x - x_i` over all roots, for a modulus that is not 1.
pub(crate) fn product_of_roots(n: &WordModulus, roots: &[u64]) -> Vec<u64> {
    struct Product<'a>(&'a [u64]);
    impl Task for Product<'_> {
        #[inline(always)]
        fn run(self, n: &WordModulus, sums: impl Sums) -> Vec<u64> {
            // The coefficients of the product over a part in descending order, entered.
            let entry = sums.entry();
            let factor = |roots: &Four| {
                let r = roots.map(|root| sums.mul(entry, root));
                let (s, t) = (n.add(r[0], r[1]), n.add(r[2], r[3]));
                let (p, q) = (sums.mul(r[0], r[1]), sums.mul(r[2], r[3]));
                let middle = n.add(n.add(p, q), sums.mul(s, t));
                let odd = n.add(sums.mul(s, q), sums.mul(t, p));
                [n.neg(n.add(s, t)), middle, n.neg(odd), sums.mul(p, q)]
            };
            // Roots that are added are 0, and leave zeros at the beginning.
            let (parts, rest) = self.0.as_chunks();
            let mut last = [0; DEGREE];
            last[..rest.len()].copy_from_slice(rest);
            let place = parts.len() * DEGREE;
            let mut product = zeros(place + 2 * DEGREE + 1);
            let mut start = factor(&last);
            start.reverse();
            let start = start.map(|c| sums.mul(c, 1));
            let behind = &start[DEGREE - rest.len()..];
            product[place..][..rest.len()].copy_from_slice(behind);
            product[place + rest.len()] = n.one();
            let mut parts = parts.iter();
            horner(sums, &mut product, (place, rest.len() + 1), || {
                factor(parts.next().expect("a part for each step"))
            });
            product.truncate(self.0.len() + 1);
            product
        }
    }
    compute(n, Product(roots))
}

/// `f(x + a)`.
pub(crate) fn taylor_shift(n: &WordModulus, f: &[u64], a: u64) -> Vec<u64> {
    struct Shift<'a>(&'a [u64], u64);
    impl Task for Shift<'_> {
        #[inline(always)]
        fn run(self, n: &WordModulus, sums: impl Sums) -> Vec<u64> {
            let (f, a) = (self.0, sums.mul(sums.entry(), self.1));
            let square = sums.mul(a, a);
            let cube = sums.mul(square, a);
            let times = |c: u64, x: u64| (1..c).fold(x, |sum, _| n.add(sum, x));
            let mut shifted = zeros(f.len() + DEGREE);
            shifted[..f.len()].copy_from_slice(f);
            // Each four of them, in (x + a)^4.
            for part in shifted.as_chunks_mut::<DEGREE>().0 {
                let [c, d, e, f] = *part;
                part[0] = sums.add(c, &[a, square, cube, 0], &[d, e, f, 0]);
                part[1] = sums.add(d, &[times(2, a), times(3, square), 0, 0], &[e, f, 0, 0]);
                part[2] = sums.add(e, &[times(3, a), 0, 0, 0], &[f, 0, 0, 0]);
            }
            let place = f.len().saturating_sub(1) / DEGREE * DEGREE;
            let power = [times(4, a), times(6, square), times(4, cube), sums.mul(square, square)];
            horner(sums, &mut shifted, (place, f.len() - place), || power);
            shifted.truncate(f.len());
            shifted
        }
    }
    compute(n, Shift(f, a))
}

/// `f(g)` for polynomials, of which the inner one has up to [`INNER`] coefficients, neither none, for a modulus that is not 1. There may be zeros at its end.
pub(crate) fn composition(n: &WordModulus, f: &[u64], g: &[u64]) -> Vec<u64> {
    struct Composition<'a>(&'a [u64], &'a [u64]);
    impl delayed::Task for Composition<'_> {
        type Output = Vec<u64>;
        fn run<A: Arithmetic>(self, a: A) -> Vec<u64> {
            composed(a, self.0, self.1)
        }
    }
    delayed::compute(n, Composition(f, g))
}

/// The most coefficients of the inner polynomial of a composition: so many products are one sum.
pub(crate) const INNER: usize = BLOCK;

fn composed<A: Arithmetic>(a: A, f: &[u64], g: &[u64]) -> Vec<u64> {
    match g.len() {
        0..=4 => steps::<A, 4>(a, f, g),
        5 => steps::<A, 5>(a, f, g),
        6 => steps::<A, 6>(a, f, g),
        _ => steps::<A, INNER>(a, f, g),
    }
}

/// `f(g)` by Horner's rule.
#[inline(always)]
fn steps<A: Arithmetic, const LEN: usize>(a: A, f: &[u64], g: &[u64]) -> Vec<u64> {
    // The last one first, as in a window of coefficients that it meets.
    let mut inner = [0; LEN];
    inner.iter_mut().rev().zip(g).for_each(|(to, &c)| *to = a.enter(c));
    // Zeros before the coefficients; a product takes the place of its factor, from the last coefficient down.
    let before = LEN - 1;
    let mut h = zeros(before + (f.len() - 1) * (g.len() - 1) + 1);
    let mut end = LEN;
    for (i, &c) in f.iter().rev().enumerate() {
        if i > 0 {
            end += g.len() - 1;
            for k in (before..end).rev() {
                let window: &[u64; LEN] = h[k - before..].first_chunk().expect("as many coefficients");
                let products = window.iter().zip(&inner);
                h[k] = a.reduce(products.fold(A::ZERO, |sum, (&x, &y)| a.add_product(sum, x, y)));
            }
        }
        h[before] = a.add(h[before], c);
    }
    h.drain(..before);
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_roots() {
        for modulus in [2u128, 7, 998_244_353, 4_294_967_291, (1 << 61) - 1, (1 << 63) + 29, 1 << 64] {
            let n = WordModulus::from_u128(modulus).unwrap();
            let top = (modulus - 1) as u64;
            for len in 0..20u64 {
                let roots: Vec<u64> = (0..len).map(|k| n.reduce(top.wrapping_sub(k * k * k))).collect();
                let mut expected = vec![1];
                for &root in &roots {
                    expected.insert(0, 0);
                    for k in 1..expected.len() {
                        expected[k - 1] = n.sub(expected[k - 1], n.mul(root, expected[k]));
                    }
                }
                assert_eq!(product_of_roots(&n, &roots), expected, "{len} modulo {modulus}");
            }
        }
    }

    #[test]
    fn shifts() {
        for modulus in
            [1u128, 2, 7, 6 << 40, 998_244_353, 4_294_967_291, (1 << 61) - 1, (1 << 63) + 29, 1 << 64]
        {
            let n = WordModulus::from_u128(modulus).unwrap();
            let top = (modulus - 1) as u64;
            for len in 0..20u64 {
                let f: Vec<u64> = (0..len).map(|k| n.reduce(top.wrapping_sub(k * k * k % 7))).collect();
                for a in [0, n.one(), n.reduce(12345), top] {
                    let mut expected = f.clone();
                    for i in (0..f.len().saturating_sub(1)).rev() {
                        for k in i..f.len() - 1 {
                            expected[k] = n.mul_add(a, expected[k + 1], expected[k]);
                        }
                    }
                    assert_eq!(taylor_shift(&n, &f, a), expected, "{len} by {a} modulo {modulus}");
                }
            }
        }
    }

    /// Against `f(g)` with one product after the other.
    #[test]
    fn compositions() {
        for modulus in [2u128, 7, (1 << 30) - 35, 4_294_967_291, (1 << 61) - 1, (1 << 63) + 29, 1 << 64] {
            let n = WordModulus::from_u128(modulus).unwrap();
            let top = (modulus - 1) as u64;
            let draw = |len: usize, step: u64| -> Vec<u64> {
                (0..len as u64).map(|k| n.reduce(top.wrapping_sub(k * k % 3 * step))).collect()
            };
            for outer in [1, 2, 3, 8, 20] {
                for inner in 1..=INNER {
                    let (f, g) = (draw(outer, 5), draw(inner, 7));
                    let mut expected = vec![0; (outer - 1) * (inner - 1) + 1];
                    for &c in f.iter().rev() {
                        let product: Vec<u64> = (0..expected.len())
                            .map(|k| {
                                (0..inner.min(k + 1)).fold(0, |sum, i| n.mul_add(g[i], expected[k - i], sum))
                            })
                            .collect();
                        expected = product;
                        expected[0] = n.add(expected[0], c);
                    }
                    assert_eq!(composition(&n, &f, &g), expected, "{outer}, {inner} modulo {modulus}");
                }
            }
        }
    }
}
