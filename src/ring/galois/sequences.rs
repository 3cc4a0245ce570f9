//! Products of sequences of elements in words: few pairs one by one, with one reduction an output; else coordinates in slots, and one product over GF(p).

use super::{GaloisField, Tables};
use crate::convolution::bits::{self, unit};
use crate::convolution::scratch::{self, Scratch};
use crate::convolution::{Algorithm, Want, plan::Plan, window};
use crate::ring::{Ring, generic};
use crate::{Result, limit};
use std::ops::Range;

/// Up to so many coefficients of the shorter operand, pairs are multiplied by logarithms: an estimate.
const PAIRS_BY_TABLE: usize = 8;
/// And one by one modulo 2, where a slot is longer than a word.
const PAIRS_OF_WORDS: usize = 32;

impl GaloisField {
    /// The coordinates of all, each in a slot.
    fn slots(&self, f: &[u64], stride: usize) -> Result<Scratch> {
        let mut slots = scratch::take(f.len() * stride)?;
        for (slot, &c) in slots.chunks_exact_mut(stride).zip(f) {
            self.0.shape.unpack_into(c, slot);
            slot[self.degree()..].fill(0);
        }
        Ok(slots)
    }

    /// What is wanted of the product over GF(p); `None` where the algorithm that is forced works on elements.
    fn inner(&self, window: &Range<usize>, want: &Want) -> Option<Want> {
        let stride = 2 * self.degree() - 1;
        let range = Want::range(window.start * stride..window.end * stride);
        match want.algorithm() {
            Some(Algorithm::Schoolbook | Algorithm::Karatsuba) => None,
            None | Some(Algorithm::Kronecker) => Some(range),
            Some(algorithm) => Some(range.by(algorithm)),
        }
    }

    /// The plan of the product over GF(p).
    pub(super) fn plan_of_sequences(&self, a: &[u64], b: &[u64], want: &Want) -> Result<Plan> {
        let stride = 2 * self.degree() - 1;
        let Some(inner) = self.inner(&want.window(a.len(), b.len()), want) else {
            return generic::plan(self, &generic::shape(a, b, want), want);
        };
        let first = self.slots(a, stride)?;
        if std::ptr::eq(a, b) {
            self.base().plan(&first, &first, &inner)
        } else {
            self.base().plan(&first, &self.slots(b, stride)?, &inner)
        }
    }

    /// The product of two sequences, the coefficients that `want` asks for, into the memory that `out` has.
    ///
    /// # Errors
    /// Those of products over GF(p); `out` holds any elements then.
    pub(super) fn product_of_sequences(
        &self,
        a: &[u64],
        b: &[u64],
        want: &Want,
        out: &mut Vec<u64>,
    ) -> Result<()> {
        let full = want.window(a.len(), b.len());
        let cut = window::trim(a.len(), b.len(), &full);
        let square = std::ptr::eq(a, b) && cut.a == cut.b;
        let (a, b, window) = (&a[cut.a], &b[cut.b], cut.window);
        let stride = 2 * self.degree() - 1;
        limit::check(full.len() as u64, 64 * stride as u64)?;
        let Some(inner) = self.inner(&window, want) else {
            let mut part = Want::range(window);
            if let Some(algorithm) = want.algorithm() {
                part = part.by(algorithm);
            }
            return generic::convolve_into(self, a, b, &part, out);
        };
        out.clear();
        out.reserve_exact(full.len());
        if want.algorithm().is_none() {
            let short = a.len().min(b.len());
            if let Some(tables) = self.tables().filter(|_| short <= PAIRS_BY_TABLE) {
                self.by_table(tables, a, b, window, out);
                return Ok(());
            }
            if self.0.shape.is_binary() {
                if square {
                    self.binary_square(a, window, out);
                    return Ok(());
                }
                if short <= PAIRS_OF_WORDS && (stride > 64 || short <= PAIRS_BY_TABLE) {
                    return self.by_words(a, b, window, out);
                }
                if short * stride <= bits::most() {
                    return self.by_bits(a, b, window, out);
                }
            }
        }
        let first = self.slots(a, stride)?;
        let mut product = scratch::vector(full.len() * stride)?;
        if square {
            self.base().convolve_into(&first, &first, &inner, &mut product)?;
        } else {
            self.base().convolve_into(&first, &self.slots(b, stride)?, &inner, &mut product)?;
        }
        product.resize(full.len() * stride, 0);
        self.reduce_slots(&product, stride, out)
    }

    /// Slots as elements, to those that `out` has.
    fn reduce_slots(&self, slots: &[u64], stride: usize, out: &mut Vec<u64>) -> Result<()> {
        let (shape, slots) = (&self.0.shape, slots.chunks_exact(stride));
        if !shape.is_binary() {
            out.extend(slots.map(|slot| shape.reduce(slot)));
            return Ok(());
        }
        let unit = unit()?;
        let bits = |slot: &[u64]| slot.iter().rev().fold(0u128, |word, &c| word << 1 | u128::from(c));
        out.extend(slots.map(|slot| shape.remainder(unit, bits(slot))));
        Ok(())
    }

    fn by_table(&self, tables: &Tables, a: &[u64], b: &[u64], window: Range<usize>, out: &mut Vec<u64>) {
        let pairs = |k: usize| (k + 1).saturating_sub(b.len())..a.len().min(k + 1);
        let product =
            |k: usize| pairs(k).fold(0, |sum, i| self.0.shape.sum(sum, tables.product(a[i], b[k - i])));
        out.extend(window.map(product));
    }

    fn by_words(&self, a: &[u64], b: &[u64], window: Range<usize>, out: &mut Vec<u64>) -> Result<()> {
        let unit = unit()?;
        let pairs = |k: usize| (k + 1).saturating_sub(b.len())..a.len().min(k + 1);
        let product = |k: usize| pairs(k).fold(0, |sum, i| sum ^ unit.word(a[i], b[k - i]));
        out.extend(window.map(|k| self.0.shape.remainder(unit, product(k))));
        Ok(())
    }

    /// Squares are additive modulo 2.
    fn binary_square(&self, a: &[u64], window: Range<usize>, out: &mut Vec<u64>) {
        out.extend(window.map(|k| if k % 2 == 0 { self.mul(&a[k / 2], &a[k / 2]) } else { 0 }));
    }

    fn by_bits(&self, a: &[u64], b: &[u64], window: Range<usize>, out: &mut Vec<u64>) -> Result<()> {
        let stride = 2 * self.degree() - 1;
        let unit = unit()?;
        let product = bits::product(&string(a, stride)?, &string(b, stride)?)?;
        out.extend(window.map(|k| self.0.shape.remainder(unit, slot(&product, k * stride, stride))));
        Ok(())
    }

    /// Sums of multiples of rows: pair by pair by logarithms or without carries, each entry reduced once; else coordinates go to the base field, where a
    /// factor is as many factors of rows that are shifted by as much.
    pub(super) fn combinations(
        &self,
        factors: &[&[u64]],
        rows: &[&[u64]],
        n: usize,
    ) -> Result<Vec<Vec<u64>>> {
        let (k, stride) = (self.degree(), 2 * self.degree() - 1);
        let at = |row: &[u64], j: usize| row.get(j).copied().unwrap_or(0);
        if let Some(tables) = self.tables() {
            let shape = &self.0.shape;
            let entry = |factors: &[u64], j: usize| {
                let terms = factors.iter().zip(rows);
                terms.fold(0, |sum, (&c, row)| shape.sum(sum, tables.product(c, at(row, j))))
            };
            return Ok(factors.iter().map(|f| (0..n).map(|j| entry(f, j)).collect()).collect());
        }
        if self.0.shape.is_binary() {
            let unit = unit()?;
            let entry = |factors: &[u64], j: usize| {
                let sum = factors.iter().zip(rows).fold(0, |sum, (&c, row)| sum ^ unit.word(c, at(row, j)));
                self.0.shape.remainder(unit, sum)
            };
            return Ok(factors.iter().map(|f| (0..n).map(|j| entry(f, j)).collect()).collect());
        }
        let packed = rows
            .iter()
            .map(|row| {
                let mut slots = vec![0; k - 1];
                slots.extend_from_slice(&self.slots(&row[..row.len().min(n)], stride)?);
                Ok(slots)
            })
            .collect::<Result<Vec<_>>>()?;
        let shifted: Vec<&[u64]> =
            packed.iter().flat_map(|row| (0..k).map(move |i| &row[k - 1 - i..])).collect();
        let flat = factors.iter().map(|factors| self.slots(factors, k)).collect::<Result<Vec<_>>>()?;
        let views: Vec<&[u64]> = flat.iter().map(|slots| &slots[..]).collect();
        let sums = self.base().linear_combinations(&views, &shifted, n * stride)?;
        let reduced = |sum: Vec<u64>| {
            let mut row = Vec::with_capacity(n);
            self.reduce_slots(&sum, stride, &mut row)?;
            Ok(row)
        };
        sums.into_iter().map(reduced).collect()
    }
}

/// Elements as one string of bits, `stride` each.
fn string(f: &[u64], stride: usize) -> Result<Scratch> {
    let mut words = scratch::take((f.len() * stride).div_ceil(64) + 1)?;
    words.fill(0);
    for (i, &c) in f.iter().enumerate() {
        let (word, shift) = (i * stride / 64, i * stride % 64);
        let wide = u128::from(c) << shift;
        words[word] |= wide as u64;
        words[word + 1] |= (wide >> 64) as u64;
    }
    Ok(words)
}

/// `len` bits of a string from a place on, less than 128.
fn slot(words: &[u64], from: usize, len: usize) -> u128 {
    let at = |i: usize| u128::from(words.get(i).copied().unwrap_or(0));
    let (word, shift) = (from / 64, from % 64);
    let low = (at(word) | at(word + 1) << 64) >> shift;
    let high = if shift == 0 { 0 } else { at(word + 2) << (128 - shift) };
    (low | high) & ((1 << len) - 1)
}
