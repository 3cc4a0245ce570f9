//! Products of arrays on every kernel against the definition.

use super::*;
use crate::convolution::ntt::{
    MAX_LENGTH,
    prime::primes,
    tests::{kernels, random},
};

/// The window of the sums, in two or three axes.
fn naive(prime: &Prime, axes: &[Axis], [a, b]: [&[u64]; 2]) -> Vec<u64> {
    let m = prime.modulus();
    let Some((axis, inner)) = axes.split_first() else { return vec![m.mul(a[0], b[0])] };
    let [x, y, z] = words_of(inner);
    let mut out = Vec::new();
    for k in axis.window.clone() {
        let mut sum = vec![0; z];
        for i in k.saturating_sub(axis.operands[1] - 1)..(k + 1).min(axis.operands[0]) {
            let j = k - i;
            let part = naive(prime, inner, [&a[i * x..(i + 1) * x], &b[j * y..(j + 1) * y]]);
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum = m.add(*sum, part));
        }
        out.extend(sum);
    }
    out
}

#[test]
fn levels_have_all_layers_and_fit_tiles() {
    for log in 0..=MAX_LENGTH.ilog2() {
        let layers: Vec<u32> = layers_of(1 << log).collect();
        assert_eq!(layers.iter().sum::<u32>(), log);
        assert!(layers.iter().all(|&layers| layers <= MOST_LAYERS), "{log}");
    }
    for n in 1..300 {
        let length = column_length(n);
        let size = n.next_power_of_two();
        assert!(n <= length && length <= size && length - n < (size / 8).max(1), "{n}");
    }
}

#[test]
fn products_are_sums_on_every_kernel_bit_for_bit() {
    let prime = primes(Family::Common, 1)[0].clone();
    let m = prime.modulus();
    // One level and two, with and without rows that are left out; the last two are too long for an emulation.
    let shapes: [&[[usize; 2]]; 7] = [
        &[[1, 2], [20, 30]],
        &[[9, 8], [33, 1]],
        &[[20, 20], [20, 20]],
        &[[3, 2], [2, 4], [12, 30]],
        &[[1, 2], [18, 17], [16, 25]],
        &[[70, 2], [20, 20]],
        &[[520, 5], [3, 40]],
    ];
    for shape in shapes {
        let full = |[m, n]: [usize; 2]| 0..m + n - 1;
        let inner = |[m, n]: [usize; 2]| m.min(n) - 1..m.max(n);
        let windows: [fn([usize; 2]) -> Range<usize>; 2] = [full, inner];
        for window in windows {
            let last = shape.len() - 1;
            let axes: Vec<Axis> =
                shape.iter().enumerate().map(|(k, &n)| Axis::new(n, window(n), k == last)).collect();
            let [x, y, z] = words_of(&axes);
            for largest in [false, true] {
                let draw = |n: usize, seed| match largest {
                    true => vec![m.neg(1); n],
                    false => random(prime.p(), n, seed),
                };
                let (a, b) = (draw(x, 1), draw(y, 2));
                let expected = naive(&prime, &axes, [&a, &b]);
                for (name, kernel) in kernels() {
                    if name.starts_with("emulated") && axes[0].length > 64 {
                        continue;
                    }
                    let scale = prime.twiddle(scale(&axes, kernel, &prime));
                    let grid = Grid::new(kernel, &prime, &axes, false);
                    // Alone and on several threads.
                    let mut found = grid.product(Source::Direct(&a), Source::Direct(&b), largest).unwrap();
                    kernel.scale(&prime, &mut found, scale);
                    assert!(found.len() == z && found[..] == expected, "{name}: {axes:?}");
                    if a == b {
                        let grid = Grid::new(kernel, &prime, &axes, true);
                        let mut found = grid.product(Source::Direct(&a), Source::Direct(&a), false).unwrap();
                        kernel.scale(&prime, &mut found, scale);
                        assert!(found[..] == expected, "{name}: {axes:?} squared");
                    }
                }
            }
        }
    }
}
