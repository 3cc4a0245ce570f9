//! [`Work`]: what a plan does, counted by kind; its time is `sum of count[kind] * nanoseconds[kind]`.
//!
//! Apart from the plan so that the same counts serve twice: here, with the constants of the back end at hand, to compare
//! plans; and in `cargo bench --bench crossover -- fit`, which measures plans and solves for the constants. Counts are
//! of coefficients, limbs and points, never of time. What is counted is said once, in [`Tally`]; a comparison keeps no counts, only their sum,
//! [`Time`]: a table of them took longer to fill and to read than some products take.

use super::{Facts, Ntt, Plan, Shape, integer_bits, parameters, result_bits};
use crate::convolution::{
    float_fft,
    ntt::{Backend, axes::Transforms, backend, wide},
    short::Count,
    tuning::{self, Costs, Unit},
    window,
};

/// How much of every kind of work a product takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work([f64; Unit::COUNT]);

impl Default for Work {
    /// None.
    fn default() -> Self {
        Work([0.0; Unit::COUNT])
    }
}

impl Work {
    /// How much of one kind.
    pub fn count(&self, unit: Unit) -> f64 {
        self.0[unit as usize]
    }

    /// In nanoseconds of one core, with these constants.
    pub fn time_by(&self, costs: &Costs) -> f64 {
        Unit::ALL.iter().map(|&unit| self.count(unit) * costs.nanoseconds(unit)).sum()
    }
}

impl Tally for Work {
    fn add(&mut self, unit: Unit, count: f64) {
        self.0[unit as usize] += count;
    }

    fn repeat(&mut self, times: f64, count: impl FnOnce(&mut Self)) {
        let mut one = Work::default();
        count(&mut one);
        self.0.iter_mut().zip(one.0).for_each(|(sum, count)| *sum += times * count);
    }
}

/// What Karatsuba's method makes of a product of equal lengths.
struct Splits {
    /// The length of most products that are not split.
    end: usize,
    /// Products that are not split, and the pairs in them.
    bases: f64,
    pairs: f64,
    /// Additions of coefficients.
    additions: f64,
}

impl Splits {
    /// Down to a length: each is split into two upper halves and a lower one, so that all lengths of a level are `n` or `n - 1`.
    fn of(mut n: usize, cutoff: usize) -> Splits {
        let (mut longer, mut shorter, mut additions) = (1.0, 0.0, 0.0);
        let (mut bases, mut pairs) = (0.0, 0.0);
        let square = |n: usize| (n as f64).powi(2);
        while n > cutoff.max(1) {
            if n - 1 <= cutoff.max(1) {
                bases += shorter;
                pairs += shorter * square(n - 1);
                shorter = 0.0;
            }
            let half = n.div_ceil(2);
            additions += (longer + shorter) * 8.0 * half as f64;
            (longer, shorter) = if n.is_multiple_of(2) {
                (3.0 * longer + 2.0 * shorter, shorter)
            } else {
                (2.0 * longer, longer + 3.0 * shorter)
            };
            n = half;
        }
        pairs += longer * square(n) + shorter * square(n.saturating_sub(1));
        Splits { end: n, bases: bases + longer + shorter, pairs, additions }
    }
}

/// The time of what is counted, on the back end at hand.
pub(super) struct Time {
    costs: &'static Costs,
    nanoseconds: f64,
}

impl Time {
    /// Of what a function counts, in nanoseconds of one core.
    pub(super) fn of(count: impl FnOnce(&mut Self)) -> f64 {
        let mut time = Time { costs: Costs::of(backend().unwrap_or(tuning::REFERENCE)), nanoseconds: 0.0 };
        count(&mut time);
        time.nanoseconds
    }
}

impl Tally for Time {
    fn add(&mut self, unit: Unit, count: f64) {
        self.nanoseconds += count * self.costs.nanoseconds(unit);
    }

    fn repeat(&mut self, times: f64, count: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.nanoseconds);
        count(self);
        self.nanoseconds = before + times * self.nanoseconds;
    }
}

/// What counts work.
pub(super) trait Tally: Sized {
    /// So much more of one kind.
    fn add(&mut self, unit: Unit, count: f64);

    /// So many times what a function counts.
    fn repeat(&mut self, times: f64, count: impl FnOnce(&mut Self));

    /// Of a product by transforms, `limbs` a coefficient of each operand.
    fn transforms(&mut self, ntt: &Ntt, limbs: (u64, u64), shape: &Shape) {
        let (primes, length) = (ntt.primes as f64, ntt.length as f64);
        let blocks = if ntt.block == 0 { 1.0 } else { shape.a.max(shape.b).div_ceil(ntt.block) as f64 };
        let count = match (shape.square, ntt.block) {
            (true, _) => 2.0,
            (false, 0) => 3.0,
            (false, _) => 1.0 + 2.0 * blocks,
        };
        self.add(Unit::NttStart, 1.0);
        self.layers(ntt, primes * count);
        self.add(Unit::NttPoint, primes * blocks * length);
        let outputs = shape.window.len() as f64;
        let operands: &[(usize, u64)] =
            if shape.square { &[(shape.a, limbs.0)] } else { &[(shape.a, limbs.0), (shape.b, limbs.1)] };
        for &(len, limbs) in operands {
            self.add(Unit::SplitRow, len as f64 * primes);
            self.add(Unit::SplitLimb, len as f64 * (limbs - 1) as f64 * primes);
        }
        if ntt.direct {
            self.add(Unit::DirectOut, outputs);
        } else {
            self.remainders(outputs, primes);
        }
        if ntt.chunk >= 64 {
            self.add(Unit::ChunkLimb, outputs * (ntt.chunk / 32 + 1) as f64);
        }
    }

    /// Of so many transforms modulo one prime.
    fn layers(&mut self, ntt: &Ntt, count: f64) {
        let length = ntt.length as f64;
        let layers = f64::from(ntt.length.next_power_of_two().trailing_zeros());
        self.add(Unit::NttTransform, count);
        self.add(Unit::NttLayer, count * length * layers * truncation(ntt.length));
        if ntt.length > tuning::FAR_POINTS {
            let beyond = length / tuning::DISTANT_POINTS as f64;
            let distant =
                if ntt.chunk > 0 && beyond > 1.0 { tuning::DISTANT_DOUBLING * beyond.log2() } else { 0.0 };
            self.add(Unit::NttFar, count * length * (1.0 + distant));
        }
    }

    /// Of so many outputs from their residues.
    fn remainders(&mut self, outputs: f64, primes: f64) {
        self.add(Unit::CrtOut, outputs);
        self.add(Unit::CrtPrime, outputs * primes);
        self.add(Unit::CrtPair, outputs * primes * primes);
    }

    /// Of one product of two natural numbers of so many limbs, `times` times.
    fn large(&mut self, short: f64, long: f64, square: bool, times: f64) {
        if short < 32.0 {
            return self.add(Unit::LimbPair, times * short * long * if square { 0.7 } else { 1.0 });
        }
        if short < tuning::INTEGER_PRODUCT_LIMBS as f64 {
            let digits = matches!(backend(), Ok(Backend::Ifma));
            let (unit, power) = match square {
                false => (Unit::DigitPair, tuning::DIGITS_POWER[usize::from(digits)]),
                true => (Unit::SquarePair, tuning::SQUARE_POWER[usize::from(digits)]),
            };
            return self.add(unit, times * 1024.0 * (short / 32.0).powf(power) * (long / short));
        }
        let (bits, shape) = (
            (64u64.saturating_mul(short as u64), 64u64.saturating_mul(long as u64)),
            Shape { a: 1, b: 1, window: 0..1, square },
        );
        if let Ok(plan) = parameters::chunks_of(bits, &shape, false) {
            self.repeat(times, |one| one.chunks(&plan, bits, &shape, false));
        }
    }

    /// Of a product of coefficients in chunks.
    fn chunks(&mut self, ntt: &Ntt, bits: (u64, u64), shape: &Shape, signed: bool) {
        let (flat, _) = parameters::flat(bits, shape, signed, ntt.chunk);
        let limbs = ntt.chunk.div_ceil(64);
        self.transforms(ntt, (limbs, limbs), &flat);
    }

    /// Of a product of which one operand is cut into slices.
    fn slices(&mut self, ntt: &Ntt, bits: (u64, u64), shape: &Shape) {
        let (short, long, short_len, long_len) = match bits.0 <= bits.1 {
            true => (bits.0, bits.1, shape.a, shape.b),
            false => (bits.1, bits.0, shape.b, shape.a),
        };
        let (primes, length) = (ntt.primes as f64, ntt.length as f64);
        let count = wide::count(long, ntt.slice) as f64;
        self.add(Unit::NttStart, 1.0 + count);
        self.layers(ntt, primes * (1.0 + 2.0 * count));
        self.add(Unit::NttPoint, primes * count * length);
        let limbs = (ntt.slice / 64) as f64;
        self.add(Unit::SplitRow, primes * (short_len as f64 + count * long_len as f64));
        let more = short_len as f64 * (short / 64) as f64 + count * long_len as f64 * (limbs - 1.0);
        self.add(Unit::SplitLimb, primes * more);
        let outputs = count * shape.window.len() as f64;
        self.remainders(outputs, primes);
        // Cut out and put together.
        self.add(Unit::ChunkLimb, outputs * (2.0 * limbs + 1.0));
    }

    /// Schoolbook on so many pairs of integers.
    fn integer_pairs(&mut self, facts: &Facts, bits: (u64, u64), shape: &Shape, pairs: f64) {
        let sum = result_bits(bits.0, bits.1, shape);
        if bits.0.max(bits.1) < 64 {
            let unit = match sum {
                0..64 => Unit::PairWord,
                64..128 => Unit::PairDouble,
                _ => Unit::PairTriple,
            };
            return self.add(unit, pairs);
        }
        let per_row = match *facts {
            // Only what is not zero is multiplied.
            Facts::Integers { limbs: Some((a, b)), .. } => {
                (a as f64 / shape.a.max(1) as f64, b as f64 / shape.b.max(1) as f64)
            }
            _ => ((bits.0 / 64 + 1) as f64, (bits.1 / 64 + 1) as f64),
        };
        let limbs = bits.0.div_ceil(64);
        if limbs == bits.1.div_ceil(64) && limbs <= 4 && per_row.0.min(per_row.1) * 4.0 >= limbs as f64 {
            return self.add(Unit::PairFixed, pairs * (limbs * limbs + 1) as f64);
        }
        let present = per_row.0.min(1.0) * per_row.1.min(1.0);
        self.add(Unit::PairRow, pairs * present);
        self.large(per_row.0.min(per_row.1), per_row.0.max(per_row.1), false, pairs);
    }

    /// Schoolbook on so many pairs of residues of a word; modulo 2^64 everything wraps in one word.
    fn word_pairs(&mut self, facts: &Facts, bits: u64, shape: &Shape, pairs: f64) {
        let wraps = matches!(facts, Facts::Word { modulus } if *modulus == 1 << 64);
        let unit = match result_bits(bits, bits, shape) {
            _ if wraps => Unit::PairWord,
            0..=64 => Unit::PairWord,
            65..=128 => Unit::PairResidue,
            _ => Unit::PairTriple,
        };
        self.add(unit, pairs);
    }

    fn schoolbook(&mut self, pairs: f64, facts: &Facts, bits: (u64, u64), shape: &Shape) {
        let outputs = shape.window.len() as f64;
        self.add(Unit::SchoolbookStart, 1.0);
        match facts {
            Facts::Word { .. } => {
                self.word_pairs(facts, bits.0, shape, pairs);
                self.add(Unit::ReduceWord, outputs);
            }
            _ => {
                self.integer_pairs(facts, bits, shape, pairs);
                self.add(Unit::RowOut, outputs);
            }
        }
    }

    /// Schoolbook on vectors of outputs.
    fn sums(&mut self, pairs: f64, (bits, fold): (u32, usize), facts: &Facts, shape: &Shape) {
        let outputs = shape.window.len() as f64;
        self.add(Unit::SumsStart, 1.0);
        self.add(Unit::SumsOut, outputs);
        let unit = match (bits, facts) {
            (16, _) => Unit::SumsPacked,
            (32, _) => Unit::SumsPair,
            (_, Facts::Word { modulus }) if !modulus.is_power_of_two() => {
                self.add(Unit::ReduceWord, outputs);
                Unit::SumsDigits
            }
            _ => Unit::SumsWrapping,
        };
        self.add(unit, pairs);
        if fold > 0 && fold < shape.short() {
            self.add(Unit::SumsFold, pairs / fold as f64);
        }
    }

    /// Rows of limbs in lanes.
    fn leaves(&mut self, count: Count) {
        self.add(Unit::LeavesStart, 1.0);
        for (unit, count) in count {
            self.add(unit, count);
        }
    }

    /// On blocks of the shorter length.
    fn karatsuba(&mut self, cutoff: usize, facts: &Facts, bits: (u64, u64), shape: &Shape) {
        let (short, long) = (shape.short(), shape.a.max(shape.b));
        let Splits { end: n, bases, pairs, additions } = Splits::of(short, cutoff);
        let blocks = long.div_ceil(short.max(1)) as f64;
        let additions = blocks * (additions + 4.0 * short as f64);
        let (bases, pairs, sums) = (blocks * bases, blocks * pairs, 2.0 * n as f64);
        self.add(Unit::KaratsubaStart, 1.0);
        match facts {
            Facts::Word { .. } => {
                self.word_pairs(facts, bits.0, shape, pairs);
                self.add(Unit::ReduceWord, bases * sums);
                self.add(Unit::KaratsubaLimb, additions);
            }
            Facts::Generic => {
                self.add(Unit::PairGeneric, pairs);
                self.add(Unit::RowOut, bases * sums);
                self.add(Unit::KaratsubaLimb, additions * tuning::GENERIC_ADD);
            }
            _ => {
                if cutoff == 1 {
                    let [a, b] = [bits.0, bits.1].map(|bits| (bits / 64 + 1) as f64);
                    self.large(a.min(b), a.max(b), shape.square, bases);
                } else {
                    self.integer_pairs(&facts.dense(), bits, shape, pairs);
                }
                self.add(Unit::RowOut, bases * sums);
                let width = result_bits(bits.0, bits.1, shape) / 64 + 1;
                self.add(Unit::KaratsubaRow, additions * width as f64);
            }
        }
    }

    fn kronecker(&mut self, slot: u64, shape: &Shape) {
        let words = |n: usize| (n as f64 * slot as f64 / 64.0).max(1.0);
        let (short, long) = (words(shape.short()), words(shape.a.max(shape.b)));
        self.large(short, long, shape.square, 1.0);
        self.slots(slot, shape);
    }

    /// Packing and unpacking for Kronecker substitution.
    fn slots(&mut self, slot: u64, shape: &Shape) {
        self.add(Unit::SlotLimb, (shape.full() as f64 * slot as f64 / 64.0).max(1.0));
        self.add(Unit::Slot, shape.full() as f64);
    }
}

/// How many times as long a layer of a transform takes because of its length.
pub(super) fn truncation(length: usize) -> f64 {
    let always = length > tuning::TRUNCATED[0].0 / 2;
    if length.is_power_of_two() || always { 1.0 } else { tuning::TRUNCATED_LAYER }
}

/// An estimate of the time of a product of arrays by transforms along each axis, in nanoseconds of one core.
pub(crate) fn axes_cost(facts: &Facts, transforms: &Transforms, square: bool) -> f64 {
    let Some((row, columns)) = transforms.axes.split_last() else { return f64::INFINITY };
    let primes = transforms.primes() as f64;
    let bits = integer_bits(facts).unwrap_or((64, 64));
    let layers = |length: usize| f64::from(length.next_power_of_two().trailing_zeros());
    // Entries of the axes from one on: of both operands and of the window.
    let mut entries = [row.operands[0], row.operands[1], row.window.len()].map(|n| n as f64);
    let mut columns_done = 0.0;
    let mut rows = columns.iter().map(|axis| axis.length as f64).product::<f64>();
    let points = rows * row.length as f64;
    let transforms_of_rows = if square { 2.0 } else { 3.0 };
    Time::of(|time| {
        time.add(Unit::NttStart, 1.0);
        time.add(Unit::NttTransform, primes * transforms_of_rows * rows);
        for axis in columns.iter().rev() {
            // Each of the transforms along this axis for every point of the axes before it.
            let [a, b, c] = entries;
            columns_done += rows * layers(axis.length) * (a + if square { 0.0 } else { b } + c);
            rows /= axis.length as f64;
            entries[0] *= axis.operands[0] as f64;
            entries[1] *= axis.operands[1] as f64;
            entries[2] *= axis.window.len() as f64;
        }
        let of_rows = transforms_of_rows * points * layers(row.length) * truncation(row.length);
        time.add(Unit::NttLayer, primes * (of_rows + tuning::ARRAY_LAYER * columns_done));
        time.add(Unit::NttPoint, primes * points);
        let (a, b) = if square { (entries[0], 0.0) } else { (entries[0], entries[1]) };
        time.add(Unit::SplitRow, primes * (a + b));
        time.add(Unit::SplitLimb, primes * (a * (bits.0 / 64) as f64 + b * (bits.1 / 64) as f64));
        if transforms.is_direct() {
            time.add(Unit::DirectOut, entries[2]);
        } else {
            time.remainders(entries[2], primes);
        }
    })
}

impl Plan {
    /// An estimate of the time, in nanoseconds of one core; for comparisons. Sequences that no memory holds count as the longest that it may.
    pub fn cost(&self, facts: &Facts, shape: &Shape) -> f64 {
        let trimmed = shape.possible().trimmed();
        let costs = float_fft::costs();
        match (self, facts.floating()) {
            (Plan::Schoolbook { .. }, Some(complex)) => float_fft::direct_cost(costs, complex, &trimmed),
            (Plan::Fft { .. }, complex) => {
                float_fft::transform_cost(costs, complex == Some(true), &trimmed).1
            }
            _ => Time::of(|time| self.count(facts, shape, time)),
        }
    }

    /// What the plan of an exact product does.
    pub fn work(&self, facts: &Facts, shape: &Shape) -> Work {
        let mut work = Work::default();
        self.count(facts, shape, &mut work);
        work
    }

    fn count(&self, facts: &Facts, shape: &Shape, work: &mut impl Tally) {
        let shape = &shape.possible().trimmed();
        if shape.window.is_empty() {
            return;
        }
        let bits = integer_bits(facts).unwrap_or((64, 64));
        match self {
            // A ring that may not commute has no cheaper squares.
            Plan::Schoolbook { .. } if matches!(facts, Facts::Generic) => {
                work.add(Unit::SchoolbookStart, 1.0);
                work.add(Unit::PairGeneric, window::pairs(shape.a, shape.b, &shape.window) as f64);
            }
            Plan::Schoolbook { pairs } => work.schoolbook(*pairs as f64, facts, bits, shape),
            Plan::Sums { pairs, bits, fold } => work.sums(*pairs as f64, (*bits, *fold), facts, shape),
            Plan::Leaves { .. } => {
                if let Some((_, count)) = parameters::leaves(facts, shape) {
                    work.leaves(count);
                }
            }
            Plan::Karatsuba { cutoff } => work.karatsuba(*cutoff, facts, bits, shape),
            Plan::Kronecker { slot } => work.kronecker(*slot, shape),
            Plan::Fft { .. } => {}
            Plan::ExactFft(layout) => {
                let pieces = (layout.pieces[0] + layout.pieces[1] - 1) as f64;
                work.add(Unit::FftStart, 1.0);
                work.add(Unit::FftPoint, layout.points(shape.square));
                let far = match layout.length() {
                    n if n > tuning::FAR_POINTS => tuning::FFT_DISTANT,
                    n if n > tuning::FFT_FAR_POINTS => 1.0,
                    _ => 0.0,
                };
                work.add(Unit::FftFar, far * layout.transforms(shape.square) * layout.length() as f64);
                let unit = if matches!(facts, Facts::Word { .. }) { Unit::FftResidue } else { Unit::FftOut };
                work.add(unit, shape.window.len() as f64 * pieces);
            }
            Plan::Ntt(ntt) if ntt.slice > 0 => work.slices(ntt, bits, shape),
            Plan::Ntt(ntt) if ntt.chunk > 0 => {
                work.chunks(ntt, bits, shape, true);
                // Cutting and joining: 4 by 4 of 1024 bits took 6 us more than their transforms, of 4096 bits 12.
                work.add(Unit::NttStart, 12.0);
            }
            Plan::Ntt(ntt) => work.transforms(ntt, (bits.0 / 64 + 1, bits.1 / 64 + 1), shape),
        }
    }

    /// Bytes of working memory beside the operands and the result.
    pub fn scratch(&self, facts: &Facts, shape: &Shape) -> u64 {
        let shape = shape.possible().trimmed();
        let bits = integer_bits(facts).unwrap_or((64, 64));
        let limbs = result_bits(bits.0, bits.1, &shape) / 64 + 1;
        match self {
            Plan::Schoolbook { .. } => 8 * limbs,
            Plan::Sums { .. } => 8 * (3 * shape.full() as u64 + 2 * shape.short() as u64),
            // Digits, columns, and those of the batch at hand.
            Plan::Leaves { digits } => 64 * *digits as u64 * (shape.full() as u64 + 128),
            Plan::Karatsuba { .. } => 8 * limbs * 4 * shape.a.max(shape.b) as u64,
            Plan::Kronecker { slot } => (shape.full() as u64).saturating_mul(*slot) / 2,
            Plan::Fft { length } => 32 * *length as u64,
            Plan::ExactFft(layout) => {
                8 * (layout.length() * (layout.pieces[0] + layout.pieces[1] + 1)) as u64
            }
            // Values of the short coefficients, and of a slice.
            Plan::Ntt(ntt) if ntt.slice > 0 => {
                8 * (2 * ntt.primes * ntt.length) as u64 + (ntt.slice + 64) / 8 * shape.a.max(shape.b) as u64
            }
            Plan::Ntt(ntt) => 8 * ntt.primes as u64 * (2 * ntt.length as u64 + shape.full() as u64),
        }
    }
}

impl Facts {
    /// The same without the knowledge of zero limbs, which only schoolbook makes use of.
    fn dense(&self) -> Facts {
        match *self {
            Facts::Integers { bits, signed, .. } => Facts::Integers { bits, signed, limbs: None },
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_are_counted() {
        fn naive(n: usize, cutoff: usize) -> (f64, f64) {
            if n <= cutoff.max(1) {
                return (1.0, (n * n) as f64);
            }
            let [upper, lower] = [n.div_ceil(2), n / 2].map(|n| naive(n, cutoff));
            (2.0 * upper.0 + lower.0, 2.0 * upper.1 + lower.1)
        }
        for cutoff in [0, 1, 2, 3, 8, 16, 17, 32] {
            for n in 0..400 {
                let splits = Splits::of(n, cutoff);
                assert_eq!((splits.bases, splits.pairs), naive(n, cutoff), "{n}, {cutoff}");
                assert!(splits.end <= cutoff.max(1));
            }
        }
    }
}
