//! Values of one polynomial at several points modulo a word, and the transpose of that, `s[t] = sum of w[i]*x[i]^t`.
//!
//! They stand apart from trees of products, whose leaves they are: quadratic, but with nothing in a step but one product by a prepared
//! residue. Several points go side by side, because one alone would wait for each product before it starts the next.

use crate::integer::WordModulus;

/// Points that go side by side.
const LANES: usize = 8;

/// The values at all points by Horner's rule.
pub(crate) fn values(n: &WordModulus, f: &[u64], points: &[u64]) -> Vec<u64> {
    let mut values = vec![0; points.len()];
    for (values, points) in values.chunks_mut(LANES).zip(points.chunks(LANES)) {
        let mut x = [n.prepare(0); LANES];
        x.iter_mut().zip(points).for_each(|(x, &point)| *x = n.prepare(point));
        let mut y = [0; LANES];
        for &c in f.iter().rev() {
            for (y, x) in y.iter_mut().zip(&x) {
                *y = n.add(n.mul_prepared(*x, *y), c);
            }
        }
        values.copy_from_slice(&y[..values.len()]);
    }
    values
}

/// `s[t] = sum of weights[i]*points[i]^t` for `t < len`.
pub(crate) fn power_sums(n: &WordModulus, weights: &[u64], points: &[u64], len: usize) -> Vec<u64> {
    let mut sums = vec![0; len];
    for (weights, points) in weights.chunks(LANES).zip(points.chunks(LANES)) {
        let mut x = [n.prepare(0); LANES];
        x.iter_mut().zip(points).for_each(|(x, &point)| *x = n.prepare(point));
        let mut w = [0; LANES];
        w[..weights.len()].copy_from_slice(weights);
        for sum in &mut sums {
            let part = w.iter().fold(0, |part, &w| part + u128::from(w));
            *sum = n.add(*sum, n.reduce_u128(part));
            for (w, x) in w.iter_mut().zip(&x) {
                *w = n.mul_prepared(*x, *w);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn against_powers() {
        for modulus in [1u128, 2, 7, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, 1 << 64] {
            let n = WordModulus::from_u128(modulus).unwrap();
            let top = (modulus - 1) as u64;
            let draw =
                |len: u64| -> Vec<u64> { (0..len).map(|k| n.reduce(top.wrapping_sub(k * k))).collect() };
            for (len, count) in [(0, 3), (1, 1), (5, 0), (5, 7), (9, 8), (20, 17)] {
                let (f, points) = (draw(len), draw(count));
                let expected: Vec<u64> =
                    points.iter().map(|&x| f.iter().rev().fold(0, |y, &c| n.mul_add(y, x, c))).collect();
                assert_eq!(values(&n, &f, &points), expected, "{len} at {count} modulo {modulus}");
                let sums: Vec<u64> = (0..len)
                    .map(|t| points.iter().fold(0, |sum, &x| n.mul_add(x, n.pow(x, t), sum)))
                    .collect();
                assert_eq!(power_sums(&n, &points, &points, len as usize), sums);
            }
        }
    }
}
