//! `(a0 + a1 y)(b0 + b1 y)` with three products: `a0 b0`, `a1 b1`, `(a0 + a1)(b0 + b1)`, for rows of limbs.
//!
//! Apart from schoolbook because it works on halves of polynomials. Sums grow a bit a level, so that
//! the operands are copied once into rows that hold all levels. Everything that leaves a row of the result
//! wraps around modulo `2^(64*width)`, where the result is exact. The longer operand is taken in blocks of the
//! shorter length. (Residues: [`words`](super::words); any ring: the ring layer.)
//!
//! Output convention: `=`. Scratch: four times the operands.
//!
//! # Source
//! A. Karatsuba, Yu. Ofman, Doklady 145 (1962); the subtraction-free order of the sums is folklore.

use super::{
    integer_product::mul_limbs,
    limbs,
    plan::ceil_log2,
    same, schoolbook,
    scratch::{self, Scratch},
    words,
};
use crate::{
    Result,
    integer::{
        IntegerSlice, WordModulus,
        limbs::{add_mul, sub_mul},
    },
};

/// Widths in limbs: of the operands and of the result.
#[derive(Clone, Copy)]
struct Widths {
    a: usize,
    b: usize,
    out: usize,
}

/// The whole product, into rows of `width` limbs.
pub(super) fn integers_into(
    out: &mut [u64],
    width: usize,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    cutoff: usize,
) -> Result<()> {
    if width == 1 && a.width() == 1 && b.width() == 1 {
        // The result fits a word, and a word wraps around.
        return words::karatsuba_into(&WordModulus::wrapping(), out, a.limbs(), b.limbs(), cutoff);
    }
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let m = short.len();
    let levels = ceil_log2(m.div_ceil(cutoff.max(1)) as u64);
    // The same rows twice are a square.
    let square = same(a.limbs(), b.limbs()) && a.width() == b.width();
    let fit = |v: IntegerSlice<'_>| ((v.bits() + levels + SPARE) / 64 + 1) as usize;
    let widths = Widths { a: fit(long), b: fit(short), out: width };
    let x = resized(long, widths.a)?;
    let other = if square { None } else { Some(resized(short, widths.b)?) };
    let y: &[u64] = other.as_deref().unwrap_or(&x);
    out.fill(0);
    let mut product = scratch::take((2 * m - 1) * width)?;
    let mut room = scratch::take(scratch_len(m, cutoff, widths))?;
    for (block, start) in x.chunks(m * widths.a).zip((0..).step_by(m)) {
        let rows = block.len() / widths.a;
        let used = (rows + m - 1) * width;
        if rows == m {
            balanced(&mut product, block, y, widths, cutoff, &mut room)?;
        } else if rows > cutoff {
            let (y, block) = (IntegerSlice::new(y, widths.b), IntegerSlice::new(block, widths.a));
            integers_into(&mut product[..used], width, y, block, cutoff)?;
        } else {
            base(&mut product[..used], block, y, widths)?;
        }
        add_rows(&mut out[start * width..start * width + used], &product[..used], width);
    }
    Ok(())
}

/// Rows of another width, the values unchanged.
fn resized(v: IntegerSlice<'_>, width: usize) -> Result<Scratch> {
    let mut out = scratch::take(v.len() * width)?;
    for (row, out) in v.limbs().chunks_exact(v.width()).zip(out.chunks_exact_mut(width)) {
        limbs::sign_extend(row, out);
    }
    Ok(out)
}

fn scratch_len(m: usize, cutoff: usize, widths: Widths) -> usize {
    let (mut n, mut total) = (m, 0);
    while n > cutoff.max(1) {
        n = n.div_ceil(2);
        total += n * (widths.a + widths.b) + (2 * n - 1) * widths.out;
    }
    total
}

fn base(out: &mut [u64], a: &[u64], b: &[u64], widths: Widths) -> Result<()> {
    let square = std::ptr::eq(a, b);
    let (a, b) = (IntegerSlice::new(a, widths.a), IntegerSlice::new(b, widths.b));
    schoolbook::integers_into(out, widths.out, a, b, 0..a.len() + b.len() - 1, square)
}

/// Bits of the top limb of a row that stay free, beside its sign.
const SPARE: u64 = 2;

/// `out = a * b` for single integers, modulo the size of `out`, without a look at their signs: with the top limbs `s` and `t`, which are below zero where an integer is, and
/// `X` and `Y` for what is below them, `a b = X Y + s Y y^k + t X y^l + s t y^(k+l)`. Mostly there is next to nothing in a top limb: sums are a bit longer a level.
fn one(out: &mut [u64], a: &[u64], b: &[u64]) {
    let ((&s, x), (&t, y)) =
        (a.split_last().expect("a row has limbs"), b.split_last().expect("a row has limbs"));
    let (s, t) = (s as i64, t as i64);
    let (low, high) = out.split_at_mut(x.len() + y.len());
    mul_limbs(low, x, y);
    let top = i128::from(s) * i128::from(t);
    let limbs = [top as u64, (top >> 64) as u64];
    limbs::sign_extend(&limbs, high);
    if std::ptr::eq(a, b) {
        add_multiple(&mut out[x.len()..], x, 2 * s);
    } else {
        add_multiple(&mut out[x.len()..], y, s);
        add_multiple(&mut out[y.len()..], x, t);
    }
}

/// `sum += x * factor` modulo the size of the sum, which is longer, for a natural number `x`.
fn add_multiple(sum: &mut [u64], x: &[u64], factor: i64) {
    let (low, high) = sum.split_at_mut(x.len());
    if factor > 0 {
        let carry = add_mul(low, x, factor as u64);
        limbs::add_limb(high, carry);
    } else if factor < 0 {
        let borrow = sub_mul(low, x, factor.unsigned_abs());
        limbs::sub_row(high, &[borrow]);
    }
}

/// `out = a * b` for equal lengths.
fn balanced(
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
    widths: Widths,
    cutoff: usize,
    scratch: &mut [u64],
) -> Result<()> {
    let len = a.len() / widths.a;
    if len == 1 {
        one(out, a, b);
        return Ok(());
    }
    if len <= cutoff.max(1) {
        return base(out, a, b, widths);
    }
    let half = len.div_ceil(2);
    let (a0, a1) = a.split_at(half * widths.a);
    let (b0, b1) = b.split_at(half * widths.b);
    let (sa, rest) = scratch.split_at_mut(half * widths.a);
    let (sb, rest) = rest.split_at_mut(half * widths.b);
    let (middle, rest) = rest.split_at_mut((2 * half - 1) * widths.out);
    sa.copy_from_slice(a0);
    add_rows(&mut sa[..a1.len()], a1, widths.a);
    if std::ptr::eq(a, b) {
        balanced(middle, sa, sa, widths, cutoff, rest)?;
    } else {
        sb.copy_from_slice(b0);
        add_rows(&mut sb[..b1.len()], b1, widths.b);
        balanced(middle, sa, sb, widths, cutoff, rest)?;
    }
    let (low, high) = out.split_at_mut(2 * half * widths.out);
    balanced(&mut low[..(2 * half - 1) * widths.out], a0, b0, widths, cutoff, rest)?;
    balanced(high, a1, b1, widths, cutoff, rest)?;
    interpolate(out, middle, half, widths.out);
    Ok(())
}

/// Adds `middle - low - high` to `low + high y^(2 half)` at `y^half`, where between `low` and `high` there is a row of anything. With `low = l0 + l1 y^half` and the others alike the rows are
/// `l0`, `l1 - h0 + m0 - l0`, `h0 - l1 + m1 - h1`, `h1`: in one pass over all of them.
fn interpolate(out: &mut [u64], middle: &[u64], half: usize, width: usize) {
    let part = half * width;
    let (l0, rest) = out.split_at_mut(part);
    let (l1, rest) = rest.split_at_mut(part);
    let (h0, h1) = rest.split_at_mut(part.min(rest.len()));
    let (m0, m1) = middle.split_at(part);
    // What is no row above is shorter, or not there.
    let (pairs, last) = (part - width, h0.len() == part);
    let full = h1.len().min(pairs);
    let (l1, gap) = l1.split_at_mut(pairs);
    let ends = (&m0[pairs..], &l0[pairs..]);
    for at in (0..pairs).step_by(width) {
        let row = at..at + width;
        let (l1, h0, m) = (&mut l1[row.clone()], &mut h0[row.clone()], (&m0[row.clone()], &m1[row.clone()]));
        let l0 = &l0[row.clone()];
        match at < full {
            true => cross::<true>((l1, h0), m, (l0, &h1[row])),
            false => cross::<false>((l1, h0), m, (l0, &[])),
        }
    }
    if last { less::<true>(gap, ends, &h0[pairs..]) } else { less::<false>(gap, ends, &[]) }
}

/// `x, y = x - y + m - low, y - x + n - high`, row by row.
#[inline(always)]
fn cross<const HIGH: bool>(
    (x, y): (&mut [u64], &mut [u64]),
    (m, n): (&[u64], &[u64]),
    (low, high): (&[u64], &[u64]),
) {
    let len = x.len();
    let (y, m, n, low, high) =
        (&mut y[..len], &m[..len], &n[..len], &low[..len], if HIGH { &high[..len] } else { high });
    let (mut first, mut second) = (0i128, 0i128);
    for k in 0..len {
        let difference = i128::from(x[k]) - i128::from(y[k]);
        first += difference + i128::from(m[k]) - i128::from(low[k]);
        second += i128::from(n[k]) - difference - if HIGH { i128::from(high[k]) } else { 0 };
        (x[k], y[k]) = (first as u64, second as u64);
        (first, second) = (first >> 64, second >> 64);
    }
}

/// `out = m - low - high`.
#[inline(always)]
fn less<const HIGH: bool>(out: &mut [u64], (m, low): (&[u64], &[u64]), high: &[u64]) {
    let len = out.len();
    let (m, low, high) = (&m[..len], &low[..len], if HIGH { &high[..len] } else { high });
    let mut sum = 0i128;
    for k in 0..len {
        sum += i128::from(m[k]) - i128::from(low[k]) - if HIGH { i128::from(high[k]) } else { 0 };
        out[k] = sum as u64;
        sum >>= 64;
    }
}

/// `x += y`, row by row.
fn add_rows(x: &mut [u64], y: &[u64], width: usize) {
    match width {
        1 => x.iter_mut().zip(y).for_each(|(x, &y)| *x = x.wrapping_add(y)),
        _ => x.chunks_exact_mut(width).zip(y.chunks_exact(width)).for_each(|(x, y)| limbs::add_row(x, y)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{convolution::schoolbook::naive, integer::IntegerVec};
    use num_bigint::BigInt;

    #[test]
    fn rows_down_to_single_ones() {
        for bits in [1, 60, 61, 62, 63, 64, 127, 128, 190, 320] {
            let most: BigInt = (BigInt::from(1) << bits) - 1;
            let mixed = BigInt::from(0x9E37_79B9_7F4A_7C15_u64).pow(9) % &most;
            let values =
                [most.clone(), -&most, BigInt::ZERO, -&mixed, mixed.clone(), &most >> 1, BigInt::from(-1)];
            for (m, n) in (1..=9).flat_map(|m| [1, 2, 3, 5, 7].map(|n| (m, n))) {
                for seed in 0..7 {
                    let pick = |k: usize| {
                        if seed < 2 {
                            values[seed].clone()
                        } else {
                            values[(k * seed + k / 3 + seed) % 7].clone()
                        }
                    };
                    let x: Vec<BigInt> = (0..m).map(pick).collect();
                    let y: Vec<BigInt> = (0..n).map(|k| pick(k + m)).collect();
                    let (a, b) = (IntegerVec::from_bigints(&x), IntegerVec::from_bigints(&y));
                    for (a, b, x, y) in [(&a, &b, &x, &y), (&a, &a, &x, &x)] {
                        let width = (2 * bits + ceil_log2(x.len().min(y.len()) as u64) + 1) as usize / 64 + 1;
                        let mut out = vec![7; (x.len() + y.len() - 1) * width];
                        integers_into(&mut out, width, a.as_slice(), b.as_slice(), 1).unwrap();
                        assert_eq!(
                            IntegerSlice::new(&out, width).to_bigints(),
                            naive(x, y),
                            "{bits} bits, {} by {}",
                            x.len(),
                            y.len()
                        );
                    }
                }
            }
        }
    }
}
