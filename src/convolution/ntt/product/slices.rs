//! Integers of few bits times integers of many: the long ones slice by slice, against one transform of the short ones.
//!
//! It stands apart from [`chunks`](super::super::chunks), where both operands are cut: a product of two variables, as many points as one operand has chunks times the other has coefficients, and transforms that grow
//! by a logarithm of that. Here the short coefficients stay whole, `a*b = sum of (a*b_t)*2^(64wt)` with slices `b_t` of `w` limbs: the transforms are as long as the product has coefficients, those of `a` are
//! made once, and a prime holds what remains of its bits beside those of `a` and of the sums, some 40 of 49 in place of 20.
//!
//! # Bounds
//! Slices are balanced as the [chunks of whole limbs](super::super::wide) are, so that each has a sign of its own and `w` limbs. A row of the result ends with what the slices so far have beyond their limbs: less than twice
//! a product of one slice, in two's complement, cut at the end of the row, modulo which everything is exact.

use super::{Residues, Source};
use crate::{
    Result,
    convolution::{
        crt::Basis,
        limbs::add_row,
        ntt::{backend, values::Transform, wide},
        plan::{Ntt, Shape, result_bits},
        scratch::{self, Scratch},
        threads,
    },
    integer::IntegerSlice,
};

/// Words of rows that are put together at a time.
const BLOCK: usize = 2048;

/// The window of a product of integers, into rows of `width` limbs: the operand of more bits in slices.
pub(in crate::convolution) fn slices_into(
    plan: &Ntt,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    shape: &Shape,
    out: &mut [u64],
    width: usize,
) -> Result<()> {
    super::check_size(plan)?;
    let (bits, kernel) = ((a.bits(), b.bits()), backend()?.kernel());
    let (short, long) = if bits.0 <= bits.1 { (a, b) } else { (b, a) };
    let limbs = plan.slice as usize / 64;
    let basis = Basis::of(plan.family, plan.primes);
    let transform = |i: usize| Transform { kernel, prime: &basis.primes()[i], length: plan.length };
    let many = threads::many(plan.length, plan.primes);
    let mut prepared = Residues::take(plan.primes, plan.length)?;
    let mut values = Residues::take(plan.primes, plan.length)?;
    let mut slices = Slices::new(long, limbs)?;
    let count = wide::count(bits.0.max(bits.1), plan.slice);
    let part_width = (result_bits(plan.slice, bits.0.min(bits.1), shape) / 64 + 1) as usize;
    threads::inside(many, || {
        let planes = kernel.planes(short);
        let source = Source::rows(short, &planes);
        threads::try_each(prepared.each(), many, |i, values| {
            transform(i).forward(source, values);
            Ok(())
        })?;
        let crt = basis.crt(|prime| Transform { kernel, prime, length: plan.length }.scale());
        for t in 0..count as usize {
            let slice = slices.next();
            let planes = kernel.planes(slice);
            let source = Source::rows(slice, &planes);
            threads::try_each(values.each(), many, |i, values| {
                let transform = transform(i);
                transform.forward(source, values);
                kernel.pointwise(transform.prime, values, prepared.of(i));
                transform.inverse(values);
                Ok(())
            })?;
            let is_last = t + 1 == count as usize;
            values.view(shape.window.clone(), |views| {
                let many = threads::many(shape.window.len(), plan.primes);
                threads::fill_outputs(out, width, many, |first, out| {
                    let mut parts = [0; BLOCK];
                    let block = BLOCK / part_width;
                    for (k, rows) in out.chunks_mut(block * width).enumerate() {
                        let parts = &mut parts[..rows.len() / width * part_width];
                        kernel.rows(&crt, views, first + k * block, part_width, parts);
                        for (row, part) in rows.chunks_exact_mut(width).zip(parts.chunks_exact(part_width)) {
                            add(&mut row[(t * limbs).min(width)..], part, limbs, t > 0, is_last);
                        }
                    }
                });
            });
        }
        Ok(())
    })
}

/// Writes a part of a row from its first limb on, with what the parts before have there, beyond their `limbs`, where there are such; and the sign behind the last one.
fn add(row: &mut [u64], part: &[u64], limbs: usize, has_more: bool, is_last: bool) {
    let extra = (part.len() - limbs).min(row.len());
    let sign = |limb: u64| ((limb as i64) >> 63) as u64;
    // What stands there goes on with its sign to the end of the part.
    let len = part.len().min(row.len());
    if has_more && extra > 0 {
        let carried = sign(row[extra - 1]);
        row[extra..len].fill(carried);
        add_row(&mut row[..len], &part[..len]);
    } else {
        row[..len].copy_from_slice(&part[..len]);
    }
    if is_last && len > 0 {
        let carried = sign(row[len - 1]);
        row[len..].fill(carried);
    }
}

/// The slices of all coefficients, from the lowest one on.
struct Slices<'a> {
    rows: IntegerSlice<'a>,
    limbs: usize,
    /// Limbs of the slices that have been.
    at: usize,
    /// The slice at hand, and for each coefficient what it leaves for the next one.
    digits: Scratch,
    carries: Scratch,
}

impl<'a> Slices<'a> {
    fn new(rows: IntegerSlice<'a>, limbs: usize) -> Result<Self> {
        let mut carries = scratch::take(rows.len())?;
        carries.fill(0);
        Ok(Slices { rows, limbs, at: 0, digits: scratch::take(rows.len() * limbs)?, carries })
    }

    fn next(&mut self) -> IntegerSlice<'_> {
        let (at, limbs) = (self.at, self.limbs);
        for (k, (digit, carry)) in
            self.digits.chunks_exact_mut(limbs).zip(self.carries.iter_mut()).enumerate()
        {
            let row = self.rows.row(k);
            let sign = ((row[row.len() - 1] as i64) >> 63) as u64;
            let known = &row[at.min(row.len())..(at + limbs).min(row.len())];
            digit[..known.len()].copy_from_slice(known);
            digit[known.len()..].fill(sign);
            *carry = u64::from(wide::balance(digit, *carry == 1));
        }
        self.at += limbs;
        IntegerSlice::new(&self.digits, limbs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        convolution::{
            Algorithm, Want, integers,
            ntt::{prime::Family, primes_for},
            plan::whole_length,
        },
        integer::IntegerVec,
    };
    use num_bigint::BigInt;

    /// Integers of at most so many bits: at their bounds with every pattern of signs, or any.
    fn draw(next: &mut impl FnMut() -> u64, len: usize, bits: u64, kind: usize) -> Vec<BigInt> {
        let most: BigInt = (BigInt::from(1) << bits) - 1;
        (0..len)
            .map(|k| match kind {
                0 => most.clone(),
                1 => -&most,
                2 if k % 2 == 0 => most.clone(),
                2 => -&most,
                // Slices that are half of their range, and carry.
                3 => (BigInt::from(1) << (bits - 1)) - next() % 2,
                _ => {
                    (0..=bits / 64).fold(BigInt::from(next() as i64), |c, _| (c << 64) + next()) % (&most + 1)
                }
            })
            .collect()
    }

    /// Against sums of all products: slices of every width, long coefficients that end at, before and after the end of a slice, windows, either operand the long one.
    #[test]
    fn against_sums() {
        let mut word = 7u64;
        let mut next = || {
            word = word.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_add(1);
            word
        };
        for (limbs, short_bits, (m, n)) in [
            (1, 1, (1, 40)),
            (1, 30, (40, 33)),
            (2, 63, (20, 70)),
            (3, 64, (64, 64)),
            (4, 100, (33, 5)),
            (6, 20, (17, 100)),
        ] {
            for long_bits in [64 * limbs + 1, 128 * limbs - 2, 128 * limbs - 1, 128 * limbs, 320 * limbs + 7]
            {
                for kind in 0..5 {
                    let f = IntegerVec::from_bigints(&draw(&mut next, m, short_bits, kind));
                    let g = IntegerVec::from_bigints(&draw(&mut next, n, long_bits, (kind + 1) % 5));
                    let full = m + n - 1;
                    for window in [0..full, full / 3..full / 2 + 1, m - 1..full, 0..n] {
                        let want = Want::range(window.clone());
                        let expected =
                            integers(f.as_slice(), g.as_slice(), &want.clone().by(Algorithm::Schoolbook));
                        let expected = expected.unwrap();
                        let shape = Shape { a: m, b: n, window, square: false };
                        let length = whole_length(full, m.max(n), &shape.window);
                        let slice = 64 * limbs;
                        let primes = primes_for(result_bits(slice - 1, short_bits, &shape));
                        let family = Family::of_length(length);
                        let plan = Ntt { primes, length, block: 0, direct: false, chunk: 0, slice, family };
                        for (a, b) in [(&f, &g), (&g, &f)] {
                            let mut out =
                                IntegerVec::from_limbs(vec![!0; expected.limbs().len()], expected.width());
                            let width = out.width();
                            slices_into(&plan, a.as_slice(), b.as_slice(), &shape, out.limbs_mut(), width)
                                .unwrap();
                            assert_eq!(
                                out.to_bigints(),
                                expected.to_bigints(),
                                "{plan:?} {shape:?} {long_bits} {kind}"
                            );
                        }
                    }
                }
            }
        }
    }
}
