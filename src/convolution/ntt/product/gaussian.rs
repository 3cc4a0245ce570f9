//! Products over `Z[i]` modulo a prime `p = 1 mod 4`: `u = a + iota*b` and `v = a - iota*b` multiply each on its own.
//!
//! It stands apart because a task has two operands and this has four sequences. With `iota^2 = -1` the two maps are homomorphisms
//! from `Z[i]`; six transforms in place of the twelve of four products. Back: `re = (u + v)/2`, `im = (u - v)/(2 iota)`, before
//! Chinese remaindering.

use super::{Source, Task, each, fill_outputs, views};
use crate::{
    Result,
    convolution::{
        crt::Basis,
        ntt::{backend, prime::Prime},
        plan::{Ntt, Shape},
        scratch::{self, Scratch},
        tuning,
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
    let many = plan.primes > 1 && plan.primes * plan.length >= tuning::PARALLEL_POINTS;
    let residues = each(plan.primes, many, |i| task.gaussian(&basis.primes()[i], a, b))?;
    let (re, im): (Vec<_>, Vec<_>) = residues.into_iter().map(|[re, im]| (re, im)).unzip();
    let crt = basis.crt(|prime| task.scale(prime));
    let many = shape.window.len() * plan.primes >= tuning::PARALLEL_POINTS;
    for (out, residues) in out.into_iter().zip([re, im]) {
        let residues = views(&residues);
        fill_outputs(out, width, many, |first, out| kernel.rows(&crt, &residues, first, width, out));
    }
    Ok(())
}

impl Task<'_> {
    /// Residues of the window of both parts, times [`Task::scale`].
    fn gaussian(&self, prime: &Prime, a: [Source<'_>; 2], b: [Source<'_>; 2]) -> Result<[Scratch; 2]> {
        let iota = prime.root(&prime.table(2), 1);
        let mut values = self.images(prime, a, iota.value)?;
        if self.shape.square {
            for values in &mut values {
                self.kernel.square(prime, values);
            }
        } else {
            for (values, others) in values.iter_mut().zip(&self.images(prime, b, iota.value)?) {
                self.kernel.pointwise(prime, values, others);
            }
        }
        let mut values = values.map(|mut values| {
            self.transform(prime).inverse(&mut values);
            let mut values = values.cut(self.shape.window.clone());
            self.kernel.reduce(prime, &mut values);
            values
        });
        // 1/(2 iota) = -iota/2, and what is joined is v - u.
        let half = prime.p().div_ceil(2);
        let inverse = prime.modulus().mul(half, iota.value);
        let [x, y] = &mut values;
        self.kernel.join(prime, x, y, prime.twiddle(half), prime.twiddle(inverse));
        Ok(values)
    }

    /// The transforms of `re + iota*im` and `re - iota*im`.
    fn images(&self, prime: &Prime, parts: [Source<'_>; 2], iota: u64) -> Result<[Scratch; 2]> {
        let len = parts[0].len();
        let mut images = [scratch::take(self.plan.length)?, scratch::take(self.plan.length)?];
        for (image, part) in images.iter_mut().zip(parts) {
            part.fill(self.kernel, prime, 0..len, image);
        }
        let [x, y] = &mut images;
        self.kernel.split(prime, &mut x[..len], &mut y[..len], prime.twiddle(iota));
        for image in &mut images {
            self.transform(prime).forward_residues(image, len);
        }
        Ok(images)
    }
}
