//! Products of sequences of Gaussian integers, `re = a*c - b*d` and `im = a*d + b*c`, from `BigInt` to `BigInt`.
//!
//! They stand apart from [`gaussian`](super::gaussian) as the way in and out of the engine: a few words on the stack, limb
//! matrices for the real and the imaginary parts ([`gaussian_rows`](convolution::gaussian_rows)), and, where the coefficients
//! differ much in size, products over Z part by part.

use super::short::{Row, read_longs, read_words};
use super::{Ring, ZZ, engine};
use crate::convolution::{
    self, Want,
    arrays::{self, Long, Sum, Triple},
    plan::{Facts, ceil_log2},
};
use crate::integer::IntegerSlice;
use crate::integer::bigints::{self, Extent};
use crate::{Result, limit};
use num_bigint::BigInt;
use num_complex::Complex;
use std::ops::Range;

type Element = Complex<BigInt>;

/// Operands of up to four limbs and up to this length are multiplied on the stack.
const SHORT: usize = 16;

/// The product into `out`, whose memory is kept; without `a`, `out` itself is the first operand.
///
/// # Errors
/// Those of [`convolution::integers`]; `out` is as it was then.
pub(super) fn product(
    a: Option<&[Element]>,
    b: &[Element],
    want: &Want,
    out: &mut Vec<Element>,
) -> Result<()> {
    let first = a.unwrap_or(out);
    let len = first.len().max(b.len());
    if first.is_empty() || b.is_empty() {
        out.clear();
        return Ok(());
    }
    if want.algorithm().is_none() && len <= SHORT {
        // A wrong setting is reported by every product.
        convolution::backend()?;
        let done = match len {
            0..=4 => words::<4, 8>(a, b, want, out)? || longs::<4, 8>(a, b, want, out)?,
            5..=8 => words::<8, 16>(a, b, want, out)? || longs::<8, 16>(a, b, want, out)?,
            _ => {
                words::<SHORT, { 2 * SHORT }>(a, b, want, out)?
                    || longs::<SHORT, { 2 * SHORT }>(a, b, want, out)?
            }
        };
        if done {
            return Ok(());
        }
    }
    let a = a.unwrap_or(out);
    let square = std::ptr::eq(a, b);
    let x = extent(a);
    let y = if square { x } else { extent(b) };
    let outputs = want.window(a.len(), b.len()).len();
    if !engine::fits(&x) || !engine::fits(&y) || engine::sparse(&x, &y, 2 * outputs) {
        *out = by_parts(a, b, want)?;
        return Ok(());
    }
    let parts = |v: &[Element], extent: &Extent| -> Result<_> {
        let extent = Extent { len: v.len(), ..*extent };
        Ok([
            engine::rows(v.iter().map(|z| bigints::parts(&z.re)), &extent)?,
            engine::rows(v.iter().map(|z| bigints::parts(&z.im)), &extent)?,
        ])
    };
    let first = parts(a, &x)?;
    let other = if square { None } else { Some(parts(b, &y)?) };
    let second = other.as_ref().unwrap_or(&first);
    let facts = Facts::Integers {
        bits: (x.bits, y.bits),
        signed: true,
        limbs: Some((x.limbs as u64 / 2, y.limbs as u64 / 2)),
    };
    let product = convolution::gaussian_rows(slices(&first), slices(second), facts, want)?;
    write(slices(&product), out);
    Ok(())
}

fn slices([re, im]: &[convolution::Rows; 2]) -> [IntegerSlice<'_>; 2] {
    [re.as_slice(), im.as_slice()]
}

/// The sizes of both parts together.
fn extent(v: &[Element]) -> Extent {
    Extent::of(v.iter().flat_map(|z| [bigints::parts(&z.re), bigints::parts(&z.im)]))
}

/// Real and imaginary rows into `out`.
fn write([re, im]: [IntegerSlice<'_>; 2], out: &mut Vec<Element>) {
    out.truncate(re.len());
    let (kept, len) = (out.len(), re.len());
    bigints::assign_each(out.iter_mut().map(|z| &mut z.re), re.range(0..kept));
    bigints::assign_each(out.iter_mut().map(|z| &mut z.im), im.range(0..kept));
    let (re, im) = (bigints::from_rows(re.range(kept..len)), bigints::from_rows(im.range(kept..len)));
    out.extend(re.into_iter().zip(im).map(|(re, im)| Complex::new(re, im)));
}

/// A product of words on the stack; false when the coefficients are longer.
fn words<const N: usize, const M: usize>(
    a: Option<&[Element]>,
    b: &[Element],
    want: &Want,
    out: &mut Vec<Element>,
) -> Result<bool> {
    let a = a.unwrap_or(out);
    let read = |v: &[Element]| -> Option<([[i64; N]; 2], u64)> {
        let (re, bits) = read_words::<N>(v.iter().map(|z| &z.re))?;
        let (im, others) = read_words::<N>(v.iter().map(|z| &z.im))?;
        Some(([re, im], bits.max(others)))
    };
    let (Some((x, x_bits)), Some((y, y_bits))) = (read(a), read(b)) else { return Ok(false) };
    let lens = (a.len(), b.len());
    // A part of the result is the sum of two products.
    let bits = x_bits + y_bits + ceil_log2(lens.0.min(lens.1) as u64) + 1;
    let window = want.window(lens.0, lens.1);
    limit::check(window.len() as u64, 2 * (bits + 1))?;
    match bits {
        0..64 => write_sums::<1, i64>(&sums_of_words::<i64, N, M>(&x, &y, lens), window, out),
        64..128 => write_sums::<2, i128>(&sums_of_words::<i128, N, M>(&x, &y, lens), window, out),
        _ => write_sums::<3, Triple>(&sums_of_words::<Triple, N, M>(&x, &y, lens), window, out),
    }
    Ok(true)
}

/// Both parts of the product of words.
fn sums_of_words<T: Sum<i64>, const N: usize, const M: usize>(
    x: &[[i64; N]; 2],
    y: &[[i64; N]; 2],
    lens: (usize, usize),
) -> [[T; M]; 2] {
    let mut re = arrays::words(&x[0], &y[0], lens);
    arrays::add_words(&mut re, &x[1], &y[1].map(|word| -word), lens);
    let mut im = arrays::words(&x[0], &y[1], lens);
    arrays::add_words(&mut im, &x[1], &y[0], lens);
    [re, im]
}

/// A product of integers of up to four limbs on the stack; false when they are longer.
fn longs<const N: usize, const M: usize>(
    a: Option<&[Element]>,
    b: &[Element],
    want: &Want,
    out: &mut Vec<Element>,
) -> Result<bool> {
    let first = a;
    let a = first.unwrap_or(out);
    let bits = |v: &[Element]| v.iter().map(|z| z.re.bits().max(z.im.bits())).max().unwrap_or(0);
    let (x, y) = (bits(a), bits(b));
    let window = want.window(a.len(), b.len());
    let bits = x + y + ceil_log2(a.len().min(b.len()) as u64) + 1;
    limit::check(window.len() as u64, 2 * (bits + 1))?;
    match x.max(y).div_ceil(64) {
        0..=2 => fixed::<2, 5, N, M>(first, b, window, out),
        3 => fixed::<3, 7, N, M>(first, b, window, out),
        4 => fixed::<4, 9, N, M>(first, b, window, out),
        _ => return Ok(false),
    }
    Ok(true)
}

/// The product of integers of up to `W` limbs.
fn fixed<const W: usize, const S: usize, const N: usize, const M: usize>(
    a: Option<&[Element]>,
    b: &[Element],
    window: Range<usize>,
    out: &mut Vec<Element>,
) {
    let a = a.unwrap_or(out);
    let (mut x, mut y) = ([[Long::<W>::ZERO; N]; 2], [[Long::<W>::ZERO; N]; 2]);
    for ([re, im], values) in [(&mut x, a), (&mut y, b)] {
        read_longs(re, values.iter().map(|z| &z.re));
        read_longs(im, values.iter().map(|z| &z.im));
    }
    let (mut re, mut im, lens) = ([[0; S]; M], [[0; S]; M], (a.len(), b.len()));
    arrays::add_longs(&mut re, &x[0], &y[0], lens);
    arrays::add_longs(&mut re, &x[1], &y[1].map(Long::neg), lens);
    arrays::add_longs(&mut im, &x[0], &y[1], lens);
    arrays::add_longs(&mut im, &x[1], &y[0], lens);
    write_sums::<S, [u64; S]>(&[re, im], window, out);
}

fn write_sums<const W: usize, T: Row<W>>(
    [re, im]: &[impl AsRef<[T]>; 2],
    window: Range<usize>,
    out: &mut Vec<Element>,
) {
    let mut pairs = re.as_ref()[window.clone()].iter().zip(&im.as_ref()[window]);
    out.truncate(pairs.len());
    for (value, (re, im)) in out.iter_mut().zip(pairs.by_ref()) {
        bigints::reuse(&mut value.re, &re.row());
        bigints::reuse(&mut value.im, &im.row());
    }
    let value = |sum: &T| bigints::fresh::<W, BigInt>(&sum.row());
    out.reserve_exact(pairs.len());
    out.extend(pairs.map(|(re, im)| Complex::new(value(re), value(im))));
}

/// Products over Z of the parts: three, or two for a square.
fn by_parts(a: &[Element], b: &[Element], want: &Want) -> Result<Vec<Element>> {
    let part = |v: &[Element], f: fn(&Element) -> BigInt| v.iter().map(f).collect::<Vec<_>>();
    let (re, im) = (part(a, |z| z.re.clone()), part(a, |z| z.im.clone()));
    if std::ptr::eq(a, b) {
        let sum = part(a, |z| &z.re + &z.im);
        let difference = part(a, |z| &z.re - &z.im);
        let real = ZZ.convolve(&sum, &difference, want)?;
        let imaginary = ZZ.convolve(&re, &im, want)?;
        return Ok(real.into_iter().zip(imaginary).map(|(r, i)| Complex::new(r, i << 1u8)).collect());
    }
    let p = ZZ.convolve(&re, &part(b, |z| z.re.clone()), want)?;
    let q = ZZ.convolve(&im, &part(b, |z| z.im.clone()), want)?;
    let s = ZZ.convolve(&part(a, |z| &z.re + &z.im), &part(b, |z| &z.re + &z.im), want)?;
    Ok(p.into_iter().zip(q).zip(s).map(|((p, q), s)| Complex::new(&p - &q, s - p - q)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ZZ_I;
    use crate::ring::generic;

    #[test]
    fn every_size_and_destination() {
        for bits in [1u32, 30, 61, 62, 63, 64, 65, 127, 128, 192, 255, 256, 257] {
            let most: BigInt = (BigInt::from(1) << bits) - 1;
            let value = |k: usize| match k % 4 {
                0 => Complex::new(most.clone(), -&most),
                1 => Complex::new(BigInt::ZERO, most.clone()),
                2 => Complex::new(-&most, BigInt::from(k)),
                _ => Complex::new(-&most, -&most),
            };
            for (m, n) in [(1, 1), (4, 2), (5, 8), (16, 16), (17, 9), (60, 40)] {
                let a: Vec<_> = (0..m).map(value).collect();
                let b: Vec<_> = (3..n + 3).map(value).collect();
                for b in [&a, &b] {
                    for want in [Want::full(), Want::range(2..9)] {
                        let expected = generic::convolve(&ZZ_I, &a, b, &want).expect("small");
                        for dirty in [0, 3, 200] {
                            let mut out: Vec<_> = (0..dirty).map(|k| value(k + 1)).collect();
                            ZZ_I.convolve_into(&a, b, &want, &mut out).expect("small");
                            assert_eq!(out, expected, "{bits} bits, {m} by {n}, {want:?}");
                        }
                        let mut out = a.clone();
                        ZZ_I.convolve_assign(&mut out, b, &want).expect("small");
                        assert_eq!(out, expected, "{bits} bits, {m} by {n}, {want:?}, in place");
                    }
                }
            }
        }
        // Of very different sizes.
        let mut f: Vec<_> = (0..3000).map(|k| Complex::new(BigInt::from(k % 7), BigInt::ZERO)).collect();
        f[5].im = BigInt::from(1) << 90_000u32;
        let square = ZZ_I.convolve(&f, &f, &Want::range(0..20)).expect("small");
        let expected = generic::convolve(&ZZ_I, &f[..20], &f[..20], &Want::low(20)).expect("small");
        assert!(square == expected);
    }
}
