//! From values to coefficients: one transform back for each prime, then remaindering.

use super::{Frame, bound::Bound, frame::Coefficients};
use crate::{
    Error, Result,
    convolution::{
        crt::{Basis, Modular, Modulus},
        ntt::{
            prime::Prime,
            product::{Residues, buffer},
            values::Transform,
        },
        threads,
    },
    integer::IntegerVec,
};
use std::ops::Range;

/// So many words of any value.
fn resize(out: &mut Vec<u64>, len: usize) -> Result<()> {
    if out.capacity() < len {
        *out = buffer(len)?;
    } else {
        out.resize(len, 0);
    }
    Ok(())
}

impl Frame {
    /// The residues of a product, from what `write` puts into a buffer: its values.
    fn residues(&self, write: impl Fn(usize, &mut [u64]) -> Result<()> + Send + Sync) -> Result<Residues> {
        let mut residues = Residues::take(self.primes().len(), self.length())?;
        threads::try_each(residues.each(), self.many(), |i, values| {
            write(i, values)?;
            self.at(i).inverse(values);
            Ok(())
        })?;
        Ok(residues)
    }

    pub(super) fn integers_of(
        &self,
        window: Range<usize>,
        bound: Bound,
        write: impl Fn(usize, &mut [u64]) -> Result<()> + Send + Sync,
    ) -> Result<IntegerVec> {
        if self.coefficients() != Coefficients::Integers {
            return Err(Error::unsupported("integers from a frame of residues"));
        }
        let width = (bound.bits() / 64 + 1) as usize;
        self.check_rows(window.len(), 64 * width as u64)?;
        if window.is_empty() {
            return IntegerVec::try_zeros(0, width);
        }
        let residues = self.residues(write)?;
        let crt = Basis::of(self.family(), self.primes().len()).crt(|prime| self.scale(prime));
        let (kernel, many) = (self.kernel(), self.many_outputs(&window));
        let mut out = buffer(window.len() * width)?;
        residues.view(window, |residues| {
            threads::fill_outputs(&mut out, width, many, |first, out| {
                kernel.rows(&crt, residues, first, width, out);
            });
        });
        Ok(IntegerVec::from_limbs(out, width))
    }

    pub(super) fn words_of(
        &self,
        window: Range<usize>,
        write: impl Fn(usize, &mut [u64]) -> Result<()> + Send + Sync,
    ) -> Result<Vec<u64>> {
        let mut out = Vec::new();
        self.words_into(window, write, &mut out)?;
        Ok(out)
    }

    /// The same into a vector, which keeps its memory.
    pub(super) fn words_into(
        &self,
        window: Range<usize>,
        write: impl Fn(usize, &mut [u64]) -> Result<()> + Send + Sync,
        out: &mut Vec<u64>,
    ) -> Result<()> {
        self.check_rows(window.len(), 64)?;
        resize(out, window.len())?;
        let n = match self.coefficients() {
            Coefficients::Integers => return Err(Error::unsupported("residues from a frame of integers")),
            _ if window.is_empty() => return Ok(()),
            Coefficients::Direct(_) => {
                let (residues, transform) = (self.residues(write)?, self.at(0));
                out.copy_from_slice(&residues.of(0)[window]);
                transform.kernel.scale(transform.prime, out, transform.prime.twiddle(transform.scale()));
                return Ok(());
            }
            Coefficients::Residues(n) => n,
        };
        let residues = self.residues(write)?;
        let basis = Basis::of(self.family(), self.primes().len());
        let modular = Modular::of(basis, Modulus::Word(n));
        let crt = basis.crt(|prime| self.scale(prime));
        let (kernel, many) = (self.kernel(), self.many_outputs(&window));
        residues.view(window, |residues| {
            threads::fill_outputs(out, 1, many, |first, out| {
                kernel.modular(&crt, &modular, residues, first, out);
            });
        });
        Ok(())
    }

    /// By what the residues of one product have to be multiplied.
    fn scale(&self, prime: &Prime) -> u64 {
        Transform { kernel: self.kernel(), prime, length: self.length() }.scale()
    }

    fn many_outputs(&self, window: &Range<usize>) -> bool {
        threads::many(window.len(), self.primes().len())
    }
}
