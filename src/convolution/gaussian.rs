//! Products over `Z[i]`, `(a + b i)(c + d i) = (ac - bd) + (ad + bc) i`, for pairs of limb matrices.
//!
//! It stands apart because a transform sees more than four products of integers: modulo a prime `p = 1 mod 4` there is
//! `iota` with `iota^2 = -1`, and `a + b iota`, `a - b iota` are two independent images of `Z[i]`. Two products modulo each prime,
//! six transforms in all, give both parts. Where products do not go through transforms, three products of integers do (Karatsuba's
//! identity at `i` in place of `x`), and two for a square.
//!
//! # Invariants
//! All primes of the transforms are 1 modulo 2^28. Real and imaginary rows have the same number, each its width.

use super::{
    Rows, Task, Want,
    limbs::{sign_extend, sub_row},
    ntt, same, scratch, window,
};
use crate::convolution::plan::{self, Facts, Plan, Shape};
use crate::integer::{IntegerSlice, limbs::add_carry};
use crate::{Result, limit};

/// The real and the imaginary parts of a sequence, equally many.
pub(crate) type Parts<'a> = [IntegerSlice<'a>; 2];

/// The product of two sequences of Gaussian integers, of whose parts the facts are known: real and imaginary rows, of one width.
///
/// # Errors
/// Those of [`convolution::integers`](super::integers).
pub(crate) fn gaussian_rows(a: Parts<'_>, b: Parts<'_>, facts: Facts, want: &Want) -> Result<[Rows; 2]> {
    let (m, n) = (a[0].len(), b[0].len());
    let cut = window::trim(m, n, &want.window(m, n));
    if cut.window.is_empty() {
        return Ok([Rows::take(0, 1)?, Rows::take(0, 1)?]);
    }
    let square = same(a[0].limbs(), b[0].limbs()) && same(a[1].limbs(), b[1].limbs()) && cut.a == cut.b;
    let (a, b) = (a.map(|part| part.range(cut.a.clone())), b.map(|part| part.range(cut.b.clone())));
    let shape = Shape { a: a[0].len(), b: b[0].len(), window: cut.window, square };
    // A part of the result is the sum of two products.
    let Facts::Integers { bits, limbs, .. } = facts else { unreachable!("a product of integers") };
    let facts = Facts::Integers { bits: (bits.0 + 1, bits.1), signed: true, limbs };
    let plan = super::choose(&facts, &shape, want)?;
    let bits = plan::result_bits(bits.0 + 1, bits.1, &shape) + 1;
    limit::check(shape.window.len() as u64, 2 * bits)?;
    let width = bits.div_ceil(64) as usize;
    if let Plan::Ntt(ntt) = &plan
        && ntt.block == 0
        && ntt.is_whole()
    {
        ntt::product::check_size(ntt)?;
        let mut rows = [(); 2].map(|()| Rows::take(shape.window.len(), width));
        let [Ok(re), Ok(im)] = &mut rows else {
            let [re, im] = rows;
            return Ok([re?, im?]);
        };
        ntt::product::gaussian_into(ntt, a, b, &shape, [re.limbs_mut(), im.limbs_mut()], width)?;
        let [re, im] = rows;
        return Ok([re?, im?]);
    }
    let mut part = Want::range(shape.window.clone());
    if let Some(algorithm) = want.algorithm() {
        part = part.by(algorithm);
    }
    by_products(a, b, square, &part, bits)
}

/// Three products of integers, two for a square.
fn by_products(a: Parts<'_>, b: Parts<'_>, square: bool, want: &Want, bits: u64) -> Result<[Rows; 2]> {
    // One bit more for the sums that are taken apart again.
    let width = (bits + 1).div_ceil(64) as usize;
    let product = |x: IntegerSlice<'_>, y: IntegerSlice<'_>| -> Result<Rows> {
        let Some(task) = Task::new(x, y, None, want)? else { return Rows::take(0, width) };
        let count = task.shape.window.len();
        let mut rows = Rows { limbs: scratch::take(count * width)?, width };
        if task.width == width {
            task.execute(&mut rows.limbs)?;
            return Ok(rows);
        }
        // Where one part is much smaller than the other, its products have shorter rows, and plans for those.
        let mut short = scratch::take(count * task.width)?;
        task.execute(&mut short)?;
        for (row, short) in rows.limbs.chunks_exact_mut(width).zip(short.chunks_exact(task.width)) {
            sign_extend(short, row);
        }
        Ok(rows)
    };
    let sum = combined(a, false)?;
    if square {
        let re = product(sum.as_slice(), combined(a, true)?.as_slice())?;
        let mut im = product(a[0], a[1])?;
        for row in im.limbs.chunks_exact_mut(width) {
            let mut carry = 0;
            for limb in row {
                (*limb, carry) = (*limb << 1 | carry, *limb >> 63);
            }
        }
        return Ok([re, im]);
    }
    let mut re = product(a[0], b[0])?;
    let other = product(a[1], b[1])?;
    let mut im = product(sum.as_slice(), combined(b, false)?.as_slice())?;
    for ((re, other), im) in re
        .limbs
        .chunks_exact_mut(width)
        .zip(other.limbs.chunks_exact(width))
        .zip(im.limbs.chunks_exact_mut(width))
    {
        sub_row(im, re);
        sub_row(im, other);
        sub_row(re, other);
    }
    Ok([re, im])
}

/// `re + im`, or `re - im`.
fn combined(parts: Parts<'_>, difference: bool) -> Result<Rows> {
    let width = (parts[0].bits().max(parts[1].bits()) / 64 + 1) as usize;
    // A sum has one bit more.
    let width =
        if parts.iter().map(IntegerSlice::bits).max().unwrap_or(0) % 64 == 63 { width + 1 } else { width };
    let mut rows = Rows::take(parts[0].len(), width)?;
    let mut other = scratch::take(width)?;
    let flip = if difference { u64::MAX } else { 0 };
    for ((row, re), im) in rows.limbs.chunks_exact_mut(width).zip(parts[0].rows()).zip(parts[1].rows()) {
        sign_extend(re, row);
        sign_extend(im, &mut other);
        let mut carry = difference;
        for (x, &y) in row.iter_mut().zip(other.iter()) {
            (*x, carry) = add_carry(*x, y ^ flip, carry);
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::{Algorithm, Backend, schoolbook::naive, with_backend};
    use crate::integer::IntegerVec;
    use num_bigint::BigInt;

    fn sequence(len: usize, bits: u32, seed: u64) -> Vec<BigInt> {
        let mut state = seed | 1;
        (0..len)
            .map(|k| {
                state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
                let most: BigInt = (BigInt::from(1) << bits) - 1;
                match k % 5 {
                    0 => most,
                    1 => -most,
                    _ => (BigInt::from(state as i64) * most) >> 63,
                }
            })
            .collect()
    }

    #[test]
    fn parts_by_every_way() {
        // Imaginary parts of zero, too: rows much shorter than those of the real parts.
        for (bits, imaginary) in
            [(1u32, 1), (20, 20), (60, 0), (62, 62), (63, 63), (64, 64), (70, 0), (130, 130), (700, 2)]
        {
            for (m, n) in [(1, 1), (2, 5), (20, 20), (33, 33), (100, 33), (70, 200)] {
                let [a, b, c, d] = [(m, 1), (m, 2), (n, 3), (n, 4)].map(|(len, seed)| {
                    sequence(len, if seed % 2 == 0 { imaginary } else { bits }, 77 * seed)
                });
                let rows = [&a, &b, &c, &d].map(|v| IntegerVec::from_bigints(v));
                let [x, y, z, w] = [&rows[0], &rows[1], &rows[2], &rows[3]].map(IntegerVec::as_slice);
                for square in [false, true] {
                    let (c, d, z, w) = if square { (&a, &b, x, y) } else { (&c, &d, z, w) };
                    let subtract =
                        |x: Vec<BigInt>, y: Vec<BigInt>| x.iter().zip(&y).map(|(x, y)| x - y).collect();
                    let add = |x: Vec<BigInt>, y: Vec<BigInt>| x.iter().zip(&y).map(|(x, y)| x + y).collect();
                    let expected: [Vec<BigInt>; 2] =
                        [subtract(naive(&a, c), naive(&b, d)), add(naive(&a, d), naive(&b, c))];
                    let facts = Facts::integers(bits.into(), bits.into());
                    for want in
                        [Want::full(), Want::full().by(Algorithm::Ntt), Want::range(1..7).by(Algorithm::Ntt)]
                    {
                        for backend in Backend::available() {
                            let product =
                                with_backend(backend, || gaussian_rows([x, y], [z, w], facts, &want));
                            let product = product.expect("available").expect("small");
                            let window = want.window(a.len(), c.len());
                            for (part, expected) in product.iter().zip(&expected) {
                                assert!(
                                    part.as_slice().to_bigints() == expected[window.clone()],
                                    "{bits} bits, {m} by {n}, {want:?} by {backend}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}
