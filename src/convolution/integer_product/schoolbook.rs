//! `c[k] = sum over i+j=k of a[i]*b[j]` for limbs, every pair, carried as it goes.
//!
//! Apart from the ladder because all of it ends here, and operands of a few limbs are most of what a program multiplies. A few limbs are
//! one straight line; above, four or eight limbs of the shorter operand pass over the longer one at
//! once, so that a limb of the result is loaded and stored once for as many products. Squares take the products of different limbs, or fours, once.
//!
//! Output convention: `=`, or `+=` modulo the size of the sum. No scratch.
//!
//! # Source
//! D. Knuth, TAOCP 2, section 4.3.1, algorithm M.

#[cfg(target_arch = "x86_64")]
use super::adx::Adx;
use crate::integer::limbs::add_carry;

/// `out = a * b`, `out.len() = a.len() + b.len()`, neither empty, `a` at least as long as `b`; the same slice twice is a square.
pub(super) fn product(out: &mut [u64], a: &[u64], b: &[u64]) {
    debug_assert!(a.len() >= b.len() && !b.is_empty() && out.len() == a.len() + b.len());
    #[cfg(target_arch = "x86_64")]
    if b.len() > 2
        && let Some(lane) = Adx::detect()
    {
        return if is_square(a, b, SQUARE_LANE) { lane.square(out, a) } else { lane.product(out, a, b) };
    }
    plain(out, a, b);
}

/// Limbs from which a square takes every pair of fours once: 12, 16, 24, 31 limbs took .91, .79, .67 and .62 of the time of a product.
const SQUARE: usize = 12;

/// Limbs from which a square on two chains of carries takes every pair once: 5, 6, 8, 16, 32 limbs took 1.1, .88, .85, .73 and .67 of the time of a product.
#[cfg(target_arch = "x86_64")]
const SQUARE_LANE: usize = 6;

/// Whether the factors are one slice of at least so many limbs.
#[inline(always)]
fn is_square(a: &[u64], b: &[u64], least: usize) -> bool {
    a.len() >= least && std::ptr::eq(a, b)
}

/// `out = a^2`: the products of limbs of different fours, twice, and the squares of all fours.
fn square(out: &mut [u64], a: &[u64]) {
    out[..4].fill(0);
    let mut end = a.len();
    for (&four, at) in a.as_chunks::<4>().0.iter().zip((0..).step_by(4)) {
        let above = &a[at + 4..];
        if above.is_empty() {
            break;
        }
        let (low, high) = out[2 * at + 4..].split_at_mut(above.len());
        high[..4].copy_from_slice(&match at {
            0 => strip::<4, true>(low, above, four),
            _ => strip::<4, false>(low, above, four),
        });
        end += 4;
    }
    out[end..].fill(0);
    let (mut bit, mut carry) = (0, false);
    let mut add = |out: &mut [u64], square: &[u64]| {
        for (out, &square) in out.iter_mut().zip(square) {
            let twice = *out << 1 | bit;
            bit = *out >> 63;
            (*out, carry) = add_carry(twice, square, carry);
        }
    };
    let ((fours, rest), (eights, last)) = (a.as_chunks::<4>(), out.as_chunks_mut::<8>());
    for (out, four) in eights.iter_mut().zip(fours) {
        let mut square = [0; 8];
        columns::<4, 4>(&mut square, four, four);
        add(out, &square);
    }
    if !rest.is_empty() {
        let mut square = [0; 6];
        let square = &mut square[..last.len()];
        plain(square, rest, rest);
        add(last, square);
    }
}

/// The same without instructions that might not exist.
fn plain(out: &mut [u64], a: &[u64], b: &[u64]) {
    if is_square(a, b, SQUARE) {
        return square(out, a);
    }
    match (a.len(), b.len()) {
        (1, 1) => columns::<1, 1>(out, a, b),
        (2, 1) => columns::<2, 1>(out, a, b),
        (2, 2) => columns::<2, 2>(out, a, b),
        (3, 2) => columns::<3, 2>(out, a, b),
        (3, 3) => columns::<3, 3>(out, a, b),
        (4, 4) => columns::<4, 4>(out, a, b),
        _ => strips(out, a, b),
    }
}

/// Column by column, three words of sum.
#[inline(always)]
fn columns<const M: usize, const N: usize>(out: &mut [u64], a: &[u64], b: &[u64]) {
    let (a, b): (&[u64; M], &[u64; N]) =
        (a.try_into().expect("its length"), b.try_into().expect("its length"));
    let out = &mut out[..M + N];
    let mut sum = 0u128;
    for k in 0..M + N - 1 {
        let mut top = 0;
        for i in (k + 1).saturating_sub(N)..(k + 1).min(M) {
            let (next, over) = sum.overflowing_add(u128::from(a[i]) * u128::from(b[k - i]));
            sum = next;
            top += u128::from(over);
        }
        out[k] = sum as u64;
        sum = sum >> 64 | top << 64;
    }
    out[M + N - 1] = sum as u64;
}

/// Four limbs of `b` at a time, the odd ones first.
fn strips(out: &mut [u64], a: &[u64], b: &[u64]) {
    let odd = (b.len() - 1) % 4 + 1;
    let (first, rest) = b.split_at(odd);
    match *first {
        [x] => start(out, a, [x]),
        [x, y] => start(out, a, [x, y]),
        [x, y, z] => start(out, a, [x, y, z]),
        [x, y, z, w] => start(out, a, [x, y, z, w]),
        _ => unreachable!("one to four"),
    }
    for (&b, at) in rest.as_chunks::<4>().0.iter().zip((odd..).step_by(4)) {
        let (low, high) = out[at..].split_at_mut(a.len());
        high[..4].copy_from_slice(&strip::<4, false>(low, a, b));
    }
}

/// `out[..a.len() + K] = a * b`.
#[inline(always)]
fn start<const K: usize>(out: &mut [u64], a: &[u64], b: [u64; K]) {
    let (low, high) = out.split_at_mut(a.len());
    high[..K].copy_from_slice(&strip::<K, true>(low, a, b));
}

/// `sum = a * b`, or `sum += a * b` unless `FIRST`; returns the limbs that leave `sum`, which is as long as `a`.
#[inline(always)]
fn strip<const K: usize, const FIRST: bool>(sum: &mut [u64], a: &[u64], b: [u64; K]) -> [u64; K] {
    let mut carries = [0u64; K];
    for (sum, &x) in sum.iter_mut().zip(a) {
        let mut carry = if FIRST { 0 } else { *sum };
        for k in 0..K {
            // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1.
            let t = u128::from(x) * u128::from(b[k]) + u128::from(carries[k]) + u128::from(carry);
            if k == 0 {
                *sum = t as u64;
            } else {
                carries[k - 1] = t as u64;
            }
            carry = (t >> 64) as u64;
        }
        carries[K - 1] = carry;
    }
    carries
}

/// `sum += a * b` modulo the size of the sum.
pub(in crate::convolution) fn add_product(sum: &mut [u64], a: &[u64], b: &[u64]) {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    #[cfg(target_arch = "x86_64")]
    if !a.is_empty()
        && a.len() + b.len() <= sum.len()
        && let Some(lane) = Adx::detect()
    {
        return lane.add_product(sum, a, b);
    }
    add_plain(sum, a, b);
}

fn add_plain(sum: &mut [u64], a: &[u64], b: &[u64]) {
    let mut at = 0;
    for &b in b.as_chunks::<4>().0 {
        if at + a.len() + 4 > sum.len() {
            break;
        }
        let (low, high) = sum[at..].split_at_mut(a.len());
        add(high, &strip::<4, false>(low, a, b));
        at += 4;
    }
    for (&b, at) in b[at..].iter().zip(at..sum.len()) {
        let end = (at + a.len()).min(sum.len());
        let (low, high) = sum[at..].split_at_mut(end - at);
        let carry = strip::<1, false>(low, a, [b]);
        add(high, &carry);
    }
}

/// `sum += x` modulo the size of the sum.
#[inline(always)]
pub(super) fn add(sum: &mut [u64], x: &[u64]) {
    let mut carry = false;
    let mut limbs = sum.iter_mut();
    // The shorter one first, so that no limb is taken in vain.
    for (&x, sum) in x.iter().zip(limbs.by_ref()) {
        (*sum, carry) = add_carry(*sum, x, carry);
    }
    for sum in limbs {
        if !carry {
            return;
        }
        (*sum, carry) = sum.overflowing_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::from_limbs;

    #[test]
    fn plain_code_and_two_chains_agree_with_num_bigint() {
        let numbers = |len: usize| -> [Vec<u64>; 3] {
            let mixed = |k: u64| 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(k + len as u64).rotate_left(11);
            let edge = |k: usize| if k + 1 == len { 1 << 63 } else { 0 };
            [vec![u64::MAX; len], (0..len as u64).map(mixed).collect(), (0..len).map(edge).collect()]
        };
        for (m, n) in (1..=20).flat_map(|m| (1..=m).map(move |n| (m, n))) {
            for (a, b) in numbers(m).iter().flat_map(|a| numbers(n).map(|b| (a.clone(), b))) {
                let expected = from_limbs(&a) * from_limbs(&b);
                for product in [product, plain] {
                    let mut out = vec![7; m + n];
                    product(&mut out, &a, &b);
                    assert_eq!(from_limbs(&out), expected, "{m} by {n} limbs");
                }
                for add in [add_product, add_plain] {
                    // All ones below: a carry runs to the top.
                    let mut sum = vec![u64::MAX; m + n + 1];
                    sum[m + n] = 0;
                    let before = from_limbs(&sum);
                    add(&mut sum, &a, &b);
                    assert_eq!(from_limbs(&sum), before + &expected, "{m} by {n} limbs added");
                }
            }
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn straight_lines_agree_with_num_bigint() {
        fn check<const N: usize, const M: usize>(product: impl Fn(&mut [u64; M], &[u64; N], &[u64; N])) {
            let factor = |k: u64| -> [u64; N] {
                std::array::from_fn(|i| match k {
                    0 => u64::MAX,
                    1 => u64::from(i + 1 == N) << 63,
                    2 => u64::from(i == 0),
                    _ => 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(k * M as u64 + i as u64).rotate_left(11),
                })
            };
            for (x, y) in (0..40).map(|k| (factor(k % 5), factor(k / 5))) {
                let mut out = [7; M];
                product(&mut out, &x, &y);
                assert_eq!(from_limbs(&out), from_limbs(&x) * from_limbs(&y), "{N} limbs");
            }
        }
        let Some(lane) = Adx::detect() else { return };
        let in_place = |out: &mut [u64], x: &[u64], y: &[u64], product: fn(Adx, &mut [u64; 32])| {
            let mut place = [7; 32];
            place[..x.len()].copy_from_slice(x);
            place[8..8 + y.len()].copy_from_slice(y);
            product(lane, &mut place);
            out.copy_from_slice(&place[16..16 + out.len()]);
            assert!(place[16 + out.len()..].iter().all(|&limb| limb == 7));
        };
        check::<4, 8>(|out, x, y| {
            let mut place = [7; 16];
            place[..4].copy_from_slice(x);
            place[4..8].copy_from_slice(y);
            lane.four(&mut place);
            out.copy_from_slice(&place[8..]);
        });
        check::<6, 12>(|out, x, y| in_place(out, x, y, |lane, place| lane.six(place)));
        check::<8, 16>(|out, x, y| in_place(out, x, y, |lane, place| lane.eight(place)));
    }

    #[test]
    fn squares_are_products_of_equals() {
        for n in 1..=45 {
            let mixed = (0..n as u64).map(|k| 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(k + n as u64 + 1));
            let mut top = vec![0; n];
            top[n - 1] = 1 << 63;
            for a in [vec![u64::MAX; n], mixed.collect(), top] {
                let expected = from_limbs(&a) * from_limbs(&a);
                for product in [product, plain] {
                    let mut out = vec![7; 2 * n];
                    product(&mut out, &a, &a);
                    assert_eq!(from_limbs(&out), expected, "{n} limbs");
                }
            }
        }
    }
}
