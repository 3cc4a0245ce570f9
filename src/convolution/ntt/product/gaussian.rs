//! Products over `Z[i]` modulo a prime `p = 1 mod 4`: `u = a + iota*b` and `v = a - iota*b` multiply each on its own.
//!
//! It stands apart because a task has two operands and this has four sequences. With `iota^2 = -1` the two maps are homomorphisms
//! from `Z[i]`; six transforms in place of the twelve of four products. Back: `re = (u + v)/2`, `im = (u - v)/(2 iota)`, before
//! Chinese remaindering.

use super::{Residues, Source, Task};
use crate::{
    Result,
    convolution::{
        crt::Basis,
        ntt::{backend, prime::Prime},
        plan::{Ntt, Shape},
        scratch, threads,
    },
    integer::IntegerSlice,
};

/// The window of the product of two sequences, each a real and an imaginary one, into real and imaginary rows of `width` limbs.
/// The plan has one block and no chunks.
pub(in crate::convolution) fn gaussian_into(
    plan: &Ntt,
    a: [IntegerSlice<'_>; 2],
    b: [IntegerSlice<'_>; 2],
    shape: &Shape,
    out: [&mut [u64]; 2],
    width: usize,
) -> Result<()> {
    let kernel = backend()?.kernel();
    let planes = a.map(|part| kernel.planes(part));
    let others = b.map(|part| if shape.square { None } else { kernel.planes(part) });
    let a = [Source::rows(a[0], &planes[0]), Source::rows(a[1], &planes[1])];
    let b = [Source::rows(b[0], &others[0]), Source::rows(b[1], &others[1])];
    let task = Task { kernel, a: a[0], b: b[0], shape, plan };
    let basis = Basis::of(plan.family, plan.primes);
    let many = plan.primes > 1 && threads::many(plan.length, plan.primes);
    let room = || Residues::take(plan.primes, plan.length);
    let [mut re, mut im] = [room()?, room()?];
    threads::try_each(re.each().zip(im.each()), many, |i, (re, im)| {
        task.gaussian(&basis.primes()[i], a, b, [re, im])
    })?;
    let crt = basis.crt(|prime| task.scale(prime));
    let many = threads::many(shape.window.len(), plan.primes);
    for (out, residues) in out.into_iter().zip([re, im]) {
        residues.view(shape.window.clone(), |residues| {
            threads::fill_outputs(out, width, many, |first, out| {
                kernel.rows(&crt, residues, first, width, out);
            });
        });
    }
    Ok(())
}

impl Task<'_> {
    /// Residues of both parts in the window, times [`Task::scale`], in as many words as there are points.
    fn gaussian(
        &self,
        prime: &Prime,
        a: [Source<'_>; 2],
        b: [Source<'_>; 2],
        mut values: [&mut [u64]; 2],
    ) -> Result<()> {
        let iota = prime.root(&prime.table(2), 1);
        self.images(prime, a, iota.value, &mut values);
        if self.shape.square {
            for values in &mut values {
                self.kernel.square(prime, values);
            }
        } else {
            let (mut x, mut y) = (scratch::take(self.plan.length)?, scratch::take(self.plan.length)?);
            let mut others = [&mut x[..], &mut y[..]];
            self.images(prime, b, iota.value, &mut others);
            for (values, others) in values.iter_mut().zip(&others) {
                self.kernel.pointwise(prime, values, others);
            }
        }
        let [x, y] = values.map(|values| {
            self.transform(prime).inverse(values);
            let values = &mut values[self.shape.window.clone()];
            self.kernel.reduce(prime, values);
            values
        });
        // 1/(2 iota) = -iota/2, and what is joined is v - u.
        let half = prime.p().div_ceil(2);
        let inverse = prime.modulus().mul(half, iota.value);
        self.kernel.join(prime, x, y, prime.twiddle(half), prime.twiddle(inverse));
        Ok(())
    }

    /// The transforms of `re + iota*im` and `re - iota*im`.
    fn images(&self, prime: &Prime, parts: [Source<'_>; 2], iota: u64, images: &mut [&mut [u64]; 2]) {
        let len = parts[0].len();
        for (image, part) in images.iter_mut().zip(parts) {
            part.fill(self.kernel, prime, 0..len, image);
        }
        let [x, y] = images;
        self.kernel.split(prime, &mut x[..len], &mut y[..len], prime.twiddle(iota));
        for image in images {
            self.transform(prime).forward_residues(image, len);
        }
    }
}
