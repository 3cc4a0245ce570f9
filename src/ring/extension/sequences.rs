//! Products of sequences over an extension: every coefficient gets a slot of the length that coefficients of the product need before they are
//! reduced, the field below multiplies once, and each slot is reduced once (Kronecker 1882).

use super::ExtensionField;
use crate::convolution::{Algorithm, Want, plan::Plan, window};
use crate::ring::{Field, Pair, generic, rooms};
use crate::{Result, limit};

/// How a product becomes one over the field below.
struct Slots {
    stride: usize,
    want: Want,
}

impl Slots {
    /// For operands whose longest coefficients have these lengths; `None` where the algorithm that is forced works on the coefficients as
    /// they are.
    fn new(
        longest: (usize, usize),
        window: &std::ops::Range<usize>,
        algorithm: Option<Algorithm>,
    ) -> Option<Self> {
        let stride = longest.0 + longest.1 - 1;
        let range = Want::range(window.start * stride..window.end * stride);
        let want = match algorithm {
            Some(Algorithm::Schoolbook | Algorithm::Karatsuba) => return None,
            // The substitution was asked for; what multiplies in the field below is its own choice.
            None | Some(Algorithm::Kronecker) => range,
            Some(algorithm) => range.by(algorithm),
        };
        Some(Slots { stride, want })
    }
}

fn longest<E>(f: &[Vec<E>]) -> usize {
    f.iter().map(Vec::len).max().unwrap_or(0)
}

impl<F: Field> ExtensionField<F> {
    /// The coefficients one after the other, each in a slot.
    pub(super) fn pack(&self, f: &[impl AsRef<[F::Element]>], stride: usize) -> Result<Vec<F::Element>> {
        let mut packed = Vec::new();
        self.pack_into(f, stride, &mut packed)?;
        Ok(packed)
    }

    /// The same into elements that are there.
    fn pack_into(
        &self,
        f: &[impl AsRef<[F::Element]>],
        stride: usize,
        packed: &mut Vec<F::Element>,
    ) -> Result<()> {
        let check = |len| limit::check(len, 8 * size_of::<F::Element>() as u64);
        rooms::pack(f.iter().map(AsRef::as_ref), stride, &self.base().zero(), packed, check)
    }

    /// The slots as elements, reduced.
    pub(crate) fn unpack(&self, mut packed: Vec<F::Element>, stride: usize) -> Result<Vec<Vec<F::Element>>> {
        let mut out = Vec::new();
        self.unpack_into(&mut packed, stride, &mut out)?;
        Ok(out)
    }

    /// The same into elements that are there; what they had goes to the slots.
    fn unpack_into(
        &self,
        packed: &mut [F::Element],
        stride: usize,
        out: &mut Vec<Vec<F::Element>>,
    ) -> Result<()> {
        let slots = packed.chunks_mut(stride);
        out.truncate(slots.len());
        out.reserve_exact(slots.len() - out.len());
        out.resize_with(slots.len(), Vec::new);
        for (element, slot) in out.iter_mut().zip(slots) {
            let len = self.reduce_slot(slot)?;
            rooms::swap_in(element, &mut slot[..len], self.base().zero());
        }
        Ok(())
    }

    /// [`Field::extension_product`] by one product over the field below.
    pub(in crate::ring) fn product_in_slots<A: AsRef<[F::Element]>>(
        &self,
        a: &[A],
        b: Option<&[A]>,
        want: &Want,
        stride: usize,
        out: &mut Vec<Vec<F::Element>>,
    ) -> Result<()> {
        if let ([x], [y]) = (a, b.unwrap_or(a)) {
            // The element is its slot.
            out.resize_with(1, Vec::new);
            let slot = &mut out[0];
            self.base().convolve_into(x.as_ref(), y.as_ref(), want, slot)?;
            let len = self.reduce_slot(slot)?;
            slot.truncate(len);
            return Ok(());
        }
        let rooms = &self.0.coordinates;
        let (mut first, mut product) = (rooms.take(), rooms.take());
        self.pack_into(a, stride, &mut first)?;
        match b {
            None => self.base().convolve_into(&first, &first, want, &mut product)?,
            Some(b) => {
                let mut second = rooms.take();
                self.pack_into(b, stride, &mut second)?;
                self.base().convolve_into(&first, &second, want, &mut product)?;
            }
        }
        self.unpack_into(&mut product, stride, out)
    }

    /// The plan of the product over the field below.
    pub(super) fn plan_of_sequences(
        &self,
        a: &[Vec<F::Element>],
        b: &[Vec<F::Element>],
        want: &Want,
    ) -> Result<Plan> {
        let window = want.window(a.len(), b.len());
        let lengths = (longest(a).max(1), longest(b).max(1));
        let Some(Slots { stride, want: inner }) = Slots::new(lengths, &window, want.algorithm()) else {
            return generic::plan(self, &generic::shape(a, b, want), want);
        };
        let first = self.pack(a, stride)?;
        if std::ptr::eq(a, b) {
            self.base().plan(&first, &first, &inner)
        } else {
            self.base().plan(&first, &self.pack(b, stride)?, &inner)
        }
    }

    /// The product of two sequences, the coefficients that `want` asks for, into `out`, whose memory is kept, and that of its elements.
    ///
    /// # Errors
    /// Those of products over the field below; `out` holds any elements then.
    pub(super) fn product_of_sequences(
        &self,
        a: &[Vec<F::Element>],
        b: &[Vec<F::Element>],
        want: &Want,
        out: &mut Vec<Vec<F::Element>>,
    ) -> Result<()> {
        let full = want.window(a.len(), b.len());
        let cut = window::trim(a.len(), b.len(), &full);
        let square = std::ptr::eq(a, b) && cut.a == cut.b;
        let (a, b) = (&a[cut.a], &b[cut.b]);
        let lengths = (longest(a), longest(b));
        limit::check(full.len() as u64, 8 * size_of::<Vec<F::Element>>() as u64)?;
        if lengths.0 == 0 || lengths.1 == 0 {
            // No product, but an algorithm that does not apply is still refused.
            if want.algorithm().is_some_and(|forced| forced != Algorithm::Kronecker) {
                self.plan_of_sequences(a, b, want)?;
            }
            out.iter_mut().for_each(Vec::clear);
            out.resize_with(full.len(), Vec::new);
            return Ok(());
        }
        let Some(Slots { stride, want: inner }) = Slots::new(lengths, &cut.window, want.algorithm()) else {
            let mut part = Want::range(cut.window);
            if let Some(algorithm) = want.algorithm() {
                part = part.by(algorithm);
            }
            return generic::convolve_into(self, a, b, &part, out);
        };
        // One and the same sequence: the field below squares.
        let other = if square { None } else { Some(b) };
        F::extension_product(self, a, other, &inner, stride, out)?;
        // Below the last slot there may be nothing but zeros.
        out.resize_with(full.len(), Vec::new);
        Ok(())
    }

    /// The product in place of its first operand.
    ///
    /// # Errors
    /// Those of products over the field below; `a` is as it was then.
    pub(super) fn product_in_place(
        &self,
        a: &mut Vec<Vec<F::Element>>,
        b: &[Vec<F::Element>],
        want: &Want,
    ) -> Result<()> {
        // The product is written over the operand of the product before, whose place the operand takes.
        let mut operand = self.0.operands.take();
        std::mem::swap(a, &mut operand);
        let result = self.product_of_sequences(&operand, b, want, a);
        if result.is_err() {
            std::mem::swap(a, &mut operand);
        } else if a.capacity() / 4 > a.len() {
            // The operand before may have been far longer.
            a.shrink_to(2 * a.len());
        }
        result
    }

    /// Sums of multiples of rows, each coefficient reduced once: a factor has as many coordinates, which are factors of rows that are shifted by as much.
    pub(super) fn combinations(
        &self,
        factors: &[&[Vec<F::Element>]],
        rows: &[&[Vec<F::Element>]],
        n: usize,
    ) -> Result<Vec<Vec<Vec<F::Element>>>> {
        let (zero, count) =
            (self.base().zero(), factors.iter().map(|f| longest(f)).max().unwrap_or(0).max(1));
        let stride = count + rows.iter().map(|row| longest(row)).max().unwrap_or(0).max(1) - 1;
        let packed: Vec<Vec<F::Element>> = rows
            .iter()
            .map(|row| {
                let mut slots = vec![zero.clone(); count - 1];
                for c in row.iter().take(n) {
                    slots.extend_from_slice(c);
                    slots.resize(slots.len() + stride - c.len(), zero.clone());
                }
                slots
            })
            .collect();
        let shifted: Vec<&[F::Element]> =
            packed.iter().flat_map(|row| (0..count).map(move |i| &row[count - 1 - i..])).collect();
        let flat: Vec<Vec<F::Element>> = factors
            .iter()
            .map(|factors| {
                let padded = |c: &Vec<F::Element>| {
                    let mut c = c.clone();
                    c.resize(count, zero.clone());
                    c
                };
                factors.iter().flat_map(padded).collect()
            })
            .collect();
        let views: Vec<&[F::Element]> = flat.iter().map(Vec::as_slice).collect();
        let sums = self.base().linear_combinations(&views, &shifted, n * stride)?;
        sums.into_iter().map(|sum| self.unpack(sum, stride)).collect()
    }

    /// The sum of products, each coefficient reduced once.
    pub(super) fn sum_of_sequences(
        &self,
        pairs: &[Pair<'_, Self>],
        want: &Want,
    ) -> Result<Vec<Vec<F::Element>>> {
        let lengths = pairs.iter().map(|(a, b)| (longest(a).max(1), longest(b).max(1)));
        let stride = lengths.map(|(m, n)| m + n - 1).max().unwrap_or(1);
        let full = pairs.iter().map(|(a, b)| Want::full().window(a.len(), b.len()).end).max().unwrap_or(0);
        let window = want.window(full, 1);
        let Some(Slots { want: inner, .. }) = Slots::new((stride, 1), &window, want.algorithm()) else {
            return generic::convolve_sum(self, pairs, want);
        };
        limit::check(window.len() as u64, 8 * size_of::<Vec<F::Element>>() as u64)?;
        let pack = |(a, b): &Pair<'_, Self>| {
            let first = self.pack(a, stride)?;
            Ok((first, self.pack(b, stride)?))
        };
        let packed = pairs.iter().map(pack).collect::<Result<Vec<_>>>()?;
        let views: Vec<Pair<'_, F>> = packed.iter().map(|(a, b)| (&a[..], &b[..])).collect();
        let mut sum = self.unpack(self.base().convolve_sum(&views, &inner)?, stride)?;
        sum.resize(window.len(), Vec::new());
        Ok(sum)
    }
}
