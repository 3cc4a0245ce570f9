//! The parameters of a plan: where Karatsuba stops, how long a transform is and how it is cut, how wide a chunk.
//!
//! Apart from the choice between algorithms because each is the best of its own family, by its own work. Where
//! several are possible, the cheapest by [`cost`](super::cost).

use super::{
    Facts, Family, Ntt, Plan, Shape, ceil_log2,
    cost::{Tally, Time, truncation},
    result_bits,
};
use crate::{
    Error, Result,
    convolution::{
        Backend, backend,
        float_fft::{self, Layout},
        ntt::{self, chunks, wide},
        short::{self, Count, sums::Kind},
        tuning,
    },
};
use std::ops::Range;

/// How products are summed in vectors, where the back end has a way for such words.
pub(super) fn sums(facts: &Facts, shape: &Shape) -> Option<Kind> {
    if shape.a.max(shape.b) < tuning::SUMS_LENGTH || shape.short() < 2 {
        return None;
    }
    let unit = short::unit(backend().ok()?)?;
    match *facts {
        Facts::Integers { bits: (a, b), .. } => Kind::of_integers((a, b), result_bits(a, b, shape)),
        Facts::Word { modulus } => unit.kind_of_residues(modulus, shape.short()),
        _ => None,
    }
}

/// Digits of a row and what there is to do, where the back end multiplies single coefficients in lanes and most of their
/// digits are not zero.
pub(super) fn leaves(facts: &Facts, shape: &Shape) -> Option<(usize, Count)> {
    let Facts::Integers { bits: (a, b), limbs, .. } = *facts else { return None };
    let (least, most) = (a.min(b), a.max(b));
    if most < 64 || 2 * least < most || shape.short() < 2 || shape.short() > tuning::LEAVES_LENGTH {
        return None;
    }
    let present = |bits: u64, len: usize| bits.div_ceil(64) * len as u64;
    if limbs.is_some_and(|(x, y)| 2 * x < present(a, shape.a) || 2 * y < present(b, shape.b)) {
        return None;
    }
    short::unit(backend().ok()?)?.estimate(most, shape.a, shape.b)
}

pub(super) fn karatsuba_cutoff(facts: &Facts, shape: &Shape) -> usize {
    match *facts {
        Facts::Generic => tuning::KARATSUBA_GENERIC,
        Facts::Word { .. } => tuning::KARATSUBA_WORDS,
        Facts::Integers { bits: (a, b), .. } if result_bits(a, b, shape) < 64 => tuning::KARATSUBA_WORDS,
        Facts::Integers { bits: (a, b), .. } if a.max(b) < 64 => {
            // A level makes the sums a bit longer: no deeper than they stay words.
            let levels = (63 - a.max(b)).min(32);
            (2 * tuning::KARATSUBA_WORDS).max(shape.short().div_ceil(1 << levels))
        }
        Facts::Integers { bits: (a, b), .. } if a.max(b) <= 256 => tuning::KARATSUBA_SHORT_ROWS,
        Facts::Integers { bits: (a, b), .. } if a.min(b) >= karatsuba_bits() => 1,
        _ => tuning::KARATSUBA_ROWS,
    }
}

/// Bits from which rows of limbs are cut down to single ones.
fn karatsuba_bits() -> u64 {
    match backend() {
        Ok(Backend::Ifma) => 64 * tuning::KARATSUBA_WIDE_LIMBS,
        _ => tuning::KARATSUBA_BITS,
    }
}

/// The cheapest layout that the proof covers; the result has to fit a word.
pub(super) fn exact_fft(facts: &Facts, shape: &Shape) -> Result<Layout> {
    let refuse = |why: String| Err(Error::unsupported(format!("fft does not apply: {why}")));
    let (a, b) = match *facts {
        Facts::Word { modulus } => {
            let half = float_fft::largest_centred(modulus);
            (half, half)
        }
        Facts::Integers { bits: (a, b), .. } => {
            let sum = result_bits(a, b, shape);
            if sum > 63 {
                return refuse(format!("coefficients of the product may have {sum} bits, the most is 63"));
            }
            (u64::MAX >> (64 - a.max(1)), u64::MAX >> (64 - b.max(1)))
        }
        _ => return refuse("rounding is not proved to be harmless for these coefficients".into()),
    };
    let max = if shape.a < shape.b { [b, a] } else { [a, b] };
    let len = [shape.a.max(shape.b), shape.short()];
    match Layout::choose(max, len, &shape.window) {
        Some(layout) => Ok(layout),
        None => refuse(format!(
            "the rounding error is not proved below 1/4 for lengths {} and {} with coefficients up to {} and {}",
            shape.a, shape.b, a, b
        )),
    }
}

pub(super) fn transforms(facts: &Facts, bits: (u64, u64), shape: &Shape) -> Result<Plan> {
    let direct = match *facts {
        Facts::Word { modulus } => ntt::direct_length(modulus),
        _ => 0,
    };
    // Residues of a word are centred first, which saves a bit of each operand.
    let centred = |b: u64| if matches!(facts, Facts::Word { .. }) { b.saturating_sub(1) } else { b };
    let bits = (centred(bits.0), centred(bits.1));
    let primes = ntt::primes_for(result_bits(bits.0, bits.1, shape));
    // Transforms of a few points do not run on vector units, those of their chunks do.
    let few = shape.full() < tuning::NTT_FEW_POINTS && primes > tuning::NTT_FEW_PRIMES;
    if primes > tuning::NTT_MAX_PRIMES || few {
        return chunks_of(bits, shape, true).map(Plan::Ntt);
    }
    let (length, block) = ntt_layout(shape);
    let plan =
        Ntt { primes, length, block, direct: false, chunk: 0, slice: 0, family: Family::of_length(length) };
    if direct >= length.next_power_of_two() {
        return Ok(Plan::Ntt(Ntt { primes: 1, direct: true, ..plan }));
    }
    if length > ntt::MAX_LENGTH {
        return Err(Error::unsupported(format!(
            "ntt does not apply: length {length} is over the largest transform, {}",
            ntt::MAX_LENGTH
        )));
    }
    Ok(Plan::Ntt(plan))
}

/// The coefficients of one operand, which have far more bits than those of the other, cut into slices: the cheapest ones.
pub(super) fn slices(bits: (u64, u64), shape: &Shape) -> Option<(f64, Ntt)> {
    let (short, long) = (bits.0.min(bits.1), bits.0.max(bits.1));
    let length = whole_length(shape.full(), shape.a.max(shape.b), &shape.window);
    let few = shape.full() < tuning::NTT_FEW_POINTS;
    let alike = long < tuning::SLICED_BITS || long / tuning::SLICED < short;
    if shape.square || few || alike || length > ntt::MAX_LENGTH {
        return None;
    }
    let mut best: Option<(f64, Ntt)> = None;
    for limbs in tuning::SLICE_LIMBS {
        let slice = 64 * limbs;
        let primes = ntt::primes_for(result_bits(slice - 1, short, shape));
        if primes > tuning::NTT_MAX_PRIMES || slice > long {
            break;
        }
        let plan = Ntt {
            primes,
            length,
            block: 0,
            direct: false,
            chunk: 0,
            slice,
            family: Family::of_length(length),
        };
        let cost = Time::of(|time| time.slices(&plan, bits, shape));
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, plan));
        }
    }
    best
}

/// Coefficients cut into chunks: a product of two variables, laid out as one; `signed` or natural ones. The cheapest of chunks that are
/// shorter than a prime and such of whole limbs.
pub(crate) fn chunks_of(bits: (u64, u64), shape: &Shape, signed: bool) -> Result<Ntt> {
    let fits = |chunk: u64, most: u64| {
        let flat = flat(bits, shape, signed, chunk);
        let terms = (shape.short() as u64).saturating_mul(flat.1.0.min(flat.1.1));
        (flat.0.a.max(flat.0.b) <= BEYOND && ceil_log2(terms) <= most).then_some(flat.0)
    };
    let narrow = (chunks::NARROWEST..=chunks::WIDEST).rev().find_map(|chunk| {
        let most = (chunks::BITS - u64::from(signed)).saturating_sub(2 * chunk);
        fits(chunk, most).map(|flat| (2, chunk, flat))
    });
    let wide = |primes, chunk| fits(chunk, wide::terms(primes, chunk)).map(|flat| (primes, chunk, flat));
    let wide = wide::WIDTHS.map(|(primes, chunk)| wide(primes, chunk));
    let mut best: Option<(f64, Ntt)> = None;
    for (primes, chunk, flat) in [narrow].into_iter().chain(wide).flatten() {
        let (length, block) = ntt_layout(&flat);
        if length > ntt::MAX_LENGTH {
            continue;
        }
        let plan =
            Ntt { primes, length, block, direct: false, chunk, slice: 0, family: Family::of_length(length) };
        let cost = Time::of(|time| time.chunks(&plan, bits, shape, signed));
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, plan));
        }
    }
    match best {
        Some((_, plan)) => Ok(plan),
        None => Err(Error::unsupported("ntt does not apply: too many chunks for the largest transform")),
    }
}

/// Sequences that no memory holds, whose length is not counted exactly.
const BEYOND: usize = usize::MAX >> 4;

/// The shape of the sequences of chunks, for all outputs of the window, and how many chunks a coefficient of each operand has.
pub(crate) fn flat(bits: (u64, u64), shape: &Shape, signed: bool, chunk: u64) -> (Shape, (u64, u64)) {
    let count = |bits: u64| match signed {
        _ if wide::is_wide(chunk) => wide::count(bits, chunk),
        true => bits / chunk + 1,
        false => bits.div_ceil(chunk),
    };
    let (x, y) = (count(bits.0), count(bits.1));
    let stride = x + y - 1;
    let long = |n: usize, count: u64| match n {
        0 => 0,
        _ => (n as u64 - 1).saturating_mul(stride).saturating_add(count) as usize,
    };
    let (a, b) = (long(shape.a, x), long(shape.b, y));
    let at = |k: usize| (k as u64).saturating_mul(stride) as usize;
    let window = at(shape.window.start)..at(shape.window.end).min(a.saturating_add(b.saturating_sub(1)));
    (Shape { a, b, window, square: shape.square }, (x, y))
}

/// Length of transforms that hold a product of `full` coefficients as one, of which a window is wanted.
pub(crate) fn whole_length(full: usize, longest: usize, window: &Range<usize>) -> usize {
    // Wrapped around at `n`, the window stays clean when nothing outside `0..n` lands in it.
    let clean = window.end.max(full - window.start.min(full)).max(longest).max(1);
    clean.next_power_of_two().min(ntt::fast_length(full.max(longest).max(1)))
}

/// Length of the transforms and of the blocks of the longer operand (0: one block).
fn ntt_layout(shape: &Shape) -> (usize, usize) {
    let (short, long) = (shape.short(), shape.a.max(shape.b));
    let full = shape.full();
    if full == 0 {
        return (1, 0);
    }
    let whole = whole_length(full, long, &shape.window);
    let work =
        |n: usize| n as f64 * (f64::from(n.next_power_of_two().trailing_zeros()) * truncation(n) + 2.0);
    // Blocks hold what no transform does as a whole.
    let as_one = if whole <= ntt::MAX_LENGTH { 1.5 * work(whole) } else { f64::INFINITY };
    let mut best = (as_one, whole, 0);
    if long / short.max(1) >= 4 {
        for k in 1..6 {
            let length = short.next_power_of_two().max(16) << k;
            let block = length - short + 1;
            // Transforms of a few points do not run on vector units.
            if length >= whole || block < short || length < tuning::NTT_FEW_POINTS {
                continue;
            }
            let cost = work(length) * (0.5 + long.div_ceil(block) as f64);
            if cost < best.0 {
                best = (cost, length, block);
            }
        }
    }
    (best.1, best.2)
}
