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
        limbs::{is_negative, negate},
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
    let fit = |v: IntegerSlice<'_>| ((v.bits() + levels) / 64 + 1) as usize;
    let widths = Widths { a: fit(long), b: fit(short), out: width };
    let x = resized(long, widths.a)?;
    // The same rows twice are a square.
    let other = if same(a.limbs(), b.limbs()) && a.width() == b.width() {
        None
    } else {
        Some(resized(short, widths.b)?)
    };
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

/// `out = a * b` for single integers, modulo the size of `out`.
fn one(out: &mut [u64], a: &[u64], b: &[u64]) -> Result<()> {
    let len = a.len() + b.len();
    let mut room = scratch::take(2 * len)?;
    let (operands, product) = room.split_at_mut(len);
    let (x, y) = operands.split_at_mut(a.len());
    let square = std::ptr::eq(a, b);
    for (magnitude, row) in [(&mut *x, a), (&mut *y, b)].into_iter().take(if square { 1 } else { 2 }) {
        magnitude.copy_from_slice(row);
        if is_negative(row) {
            negate(magnitude);
        }
    }
    let (x, y) = (&*x, if square { &*x } else { &*y });
    mul_limbs(product, x, y);
    let used = len.min(out.len());
    out[..used].copy_from_slice(&product[..used]);
    out[used..].fill(0);
    if is_negative(a) != is_negative(b) {
        negate(out);
    }
    Ok(())
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
        return one(out, a, b);
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
    let (low, gap) = low.split_at_mut((2 * half - 1) * widths.out);
    gap.fill(0);
    balanced(low, a0, b0, widths, cutoff, rest)?;
    balanced(high, a1, b1, widths, cutoff, rest)?;
    sub_rows(middle, low, widths.out);
    sub_rows(&mut middle[..high.len()], high, widths.out);
    let at = half * widths.out;
    add_rows(&mut out[at..at + middle.len()], middle, widths.out);
    Ok(())
}

/// `x += y`, row by row.
fn add_rows(x: &mut [u64], y: &[u64], width: usize) {
    match width {
        1 => x.iter_mut().zip(y).for_each(|(x, &y)| *x = x.wrapping_add(y)),
        _ => x.chunks_exact_mut(width).zip(y.chunks_exact(width)).for_each(|(x, y)| limbs::add_row(x, y)),
    }
}

/// `x -= y`, row by row.
fn sub_rows(x: &mut [u64], y: &[u64], width: usize) {
    match width {
        1 => x.iter_mut().zip(y).for_each(|(x, &y)| *x = x.wrapping_sub(y)),
        _ => x.chunks_exact_mut(width).zip(y.chunks_exact(width)).for_each(|(x, y)| limbs::sub_row(x, y)),
    }
}
