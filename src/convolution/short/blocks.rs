//! `c[k] = sum over i+j=k of a[i]*b[j]` for words of 15 and of 31 bits, a vector of outputs at a time, no product in vain.
//!
//! It stands apart from [`sums`](super::sums) because short operands are packed here: a vector holds `W = 2N` coefficients of the
//! longer one, not `N`, and is multiplied with the factors of several outputs once it is loaded.
//!
//! # Method
//! With `k = W r + l`, `i = W q + s`, `c[W r + l] = sum over q, s of a[W q + s] * b[W (r - q) + l - s]`: for each `s` a convolution of
//! vectors, `x[m] = b[W m - s ..]`, with scalars. The loop runs over `m`, inside of it over `s`; sums for the outputs
//! `m, m + 1, ..., m + Q - 1` stay in registers, one leaves when `m` moves on. A factor longer than `Q` vectors is cut into tiles.
//!
//! - [`pairs`]: both operands of at most 15 bits and a sign, sums of at most 31 bits. A 32-bit lane holds the pair `(b[j], b[j-1])`
//!   and takes the sum of two products, `a[2t] b[j] + a[2t+1] b[j-1]`, at a time.
//! - [`halves`]: 32 bits. A word holds `(b[2w], b[2w+1])`; its halves give an even and an odd output. After `fold` products a sum
//!   parts into its halves, which are summed for themselves: `c = 2^32 high + low`. `s` is odd as often as even, so
//!   there is a second copy of `b` that is moved by one place.
//!
//! Output convention: `=`. Scratch: the operands, packed, and the sums, a block of outputs at a time.

use super::lane::{Lane, Task};
use crate::{Result, convolution::scratch};
use std::ops::Range;

/// Outputs of a block: its operands and sums stay in the first level of the cache.
const BLOCK: usize = 1024;

/// Outputs a block holds at least for each coefficient of the shorter factor.
const REACH: usize = 8;

/// Calls a function for the blocks of a window: the part of the longer operand that reaches it, and the window in their product.
pub(super) fn each_block(
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
    mut each: impl FnMut(&[u64], &[u64], Range<usize>, Range<usize>) -> Result<()>,
) -> Result<()> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let block = BLOCK.max(REACH * short.len());
    let mut start = window.start;
    while start < window.end {
        let end = window.end.min(start + block);
        let first = (start + 1).saturating_sub(short.len()).min(long.len());
        let last = end.min(long.len());
        each(
            short,
            &long[first..last],
            start - first..end - first,
            start - window.start..end - window.start,
        )?;
        start = end;
    }
    Ok(())
}

/// Runs a task in so many words of any contents; few of them stand on the stack.
pub(super) fn in_room(words: usize, run: impl FnOnce(&mut [u64])) -> Result<()> {
    match words {
        0..=64 => run(&mut [0; 64][..words]),
        65..=128 => run(&mut [0; 128][..words]),
        129..=256 => run(&mut [0; 256][..words]),
        _ => run(&mut scratch::take(words)?),
    }
    Ok(())
}

/// The window of a product of `i64` of at most 15 bits, whose sums have at most 31.
pub(super) fn pairs<L: Lane>(
    lane: L,
    out: &mut [u64],
    operands: (&[u64], &[u64]),
    window: Range<usize>,
) -> Result<()> {
    each_block(operands, window, |short, long, window, place| {
        let shape = Blocks::new((2 * L::N, 2), short.len().div_ceil(2), long.len() + 1, &window);
        in_room((shape.room() + shape.vectors + 1 + shape.outputs()) * L::N, |room| {
            lane.enter(Pairs { short, long, window, shape, room, out: &mut out[place] });
        })
    })
}

/// How many vectors there are.
#[derive(Clone, Copy)]
pub(super) struct Blocks {
    /// Scalars of a vector's period.
    pub(super) steps: usize,
    /// Periods of the shorter operand.
    pub(super) periods: usize,
    /// Vectors of the longer one, moved by up to a period.
    pub(super) vectors: usize,
    /// The vectors of outputs.
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Blocks {
    /// For vectors of `wide` places, so many scalars, `per` places apart, and places of the longer operand.
    pub(super) fn new(
        (wide, per): (usize, usize),
        scalars: usize,
        places: usize,
        window: &Range<usize>,
    ) -> Self {
        let period = wide / per;
        let steps = period.min(scalars);
        Blocks {
            steps,
            periods: scalars.div_ceil(period),
            vectors: (places + (steps - 1) * per).div_ceil(wide),
            first: window.start / wide,
            last: window.end.div_ceil(wide),
        }
    }

    /// Vectors of outputs.
    pub(super) fn outputs(&self) -> usize {
        self.last - self.first
    }

    /// Periods of scalars with room for the last tile.
    pub(super) fn room(&self) -> usize {
        match self.periods {
            0..=2 => self.periods,
            3..=4 => 4,
            _ => self.periods.next_multiple_of(TILE),
        }
    }
}

/// The most periods of a tile.
pub(super) const TILE: usize = 8;

/// A convolution of vectors and scalars, tile by tile. Methods have to be inlined always, otherwise they are compiled without the
/// instructions of the lane; closures are not.
pub(super) trait Tile<L: Lane, const Q: usize, const S: usize> {
    /// Adds what vector `m` gives to the sums of `Q` outputs.
    fn step(&self, lane: L, m: usize, sums: &mut [[L::V; S]; Q]);
    /// Takes the sums of an output of the window.
    fn put(&mut self, lane: L, r: usize, sums: &[L::V; S]);

    /// The products with the `Q` periods from `tile` on.
    #[inline(always)]
    fn slide(&mut self, lane: L, shape: &Blocks, tile: usize) {
        let zero = lane.splat(0);
        let mut sums = [[zero; S]; Q];
        let end = shape.last.saturating_sub(tile).min(shape.vectors + Q - 1);
        for m in (shape.first + 1).saturating_sub(tile + Q)..end {
            if m < shape.vectors {
                self.step(lane, m, &mut sums);
            }
            if m + tile >= shape.first {
                self.put(lane, m + tile - shape.first, &sums[0]);
            }
            for q in 1..Q {
                sums[q - 1] = sums[q];
            }
            sums[Q - 1] = [zero; S];
        }
    }
}

/// Runs a tile, returns its periods.
#[inline(always)]
pub(super) fn slide<L: Lane, const Q: usize, const S: usize>(
    lane: L,
    part: &mut impl Tile<L, Q, S>,
    shape: &Blocks,
    tile: usize,
) -> usize {
    part.slide(lane, shape, tile);
    Q
}

struct Pairs<'a> {
    short: &'a [u64],
    long: &'a [u64],
    window: Range<usize>,
    shape: Blocks,
    room: &'a mut [u64],
    out: &'a mut [u64],
}

impl Task for Pairs<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let Pairs { short, long, window, shape, room, out } = self;
        let (scalars, rest) = room.split_at_mut(shape.room() * L::N);
        let (vectors, rest) = rest.split_at_mut((shape.vectors + 1) * L::N);
        let sums = &mut rest[..shape.outputs() * L::N];
        let half = |x: u64| x & 0xFFFF;
        // A pair of factors in both halves of a word.
        let (both, odd) = short.as_chunks::<2>();
        for (scalar, [x, y]) in scalars.iter_mut().zip(both) {
            *scalar = (half(*x) | half(*y) << 16) * 0x1_0000_0001;
        }
        if let [x] = odd {
            scalars[both.len()] = half(*x) * 0x1_0000_0001;
        }
        scalars[short.len().div_ceil(2)..].fill(0);
        // Two pairs a word, each coefficient with the one before it.
        vectors[..L::N].fill(0);
        let (both, odd) = long.as_chunks::<2>();
        let packed = &mut vectors[L::N..];
        let mut before = 0;
        for (word, [x, y]) in packed.iter_mut().zip(both) {
            *word = half(*x) | half(before) << 16 | half(*y) << 32 | half(*x) << 48;
            before = *y;
        }
        let last = match odd {
            [x] => half(*x) | half(before) << 16 | half(*x) << 48,
            _ => half(before) << 16,
        };
        packed[both.len()] = last;
        packed[both.len() + 1..].fill(0);
        sums.fill(0);
        let mut tile = 0;
        while tile < shape.periods {
            let rest = shape.periods - tile;
            let mut part =
                PairsTile { scalars: &scalars[tile * L::N..], vectors, steps: shape.steps, sums: &mut *sums };
            tile += match rest {
                1 => slide::<L, 1, 1>(lane, &mut part, &shape, tile),
                2 => slide::<L, 2, 1>(lane, &mut part, &shape, tile),
                3..=4 => slide::<L, 4, 1>(lane, &mut part, &shape, tile),
                _ => slide::<L, TILE, 1>(lane, &mut part, &shape, tile),
            };
        }
        let from = window.start - shape.first * 2 * L::N;
        // Two sums of 32 bits a word.
        let sum = |k: usize| (sums[(from + k) / 2] as i64) << (32 * (1 - (from + k) % 2)) >> 32;
        if from.is_multiple_of(2) {
            let (both, odd) = out.as_chunks_mut::<2>();
            for ([x, y], &sum) in both.iter_mut().zip(&sums[from / 2..]) {
                (*x, *y) = (sum as i32 as i64 as u64, (sum as i64 >> 32) as u64);
            }
            if let [x] = odd {
                *x = sum(2 * both.len()) as u64;
            }
        } else {
            out.iter_mut().enumerate().for_each(|(k, out)| *out = sum(k) as u64);
        }
    }
}

/// Some periods of scalars of [`Pairs`].
struct PairsTile<'a> {
    scalars: &'a [u64],
    vectors: &'a [u64],
    steps: usize,
    sums: &'a mut [u64],
}

impl<L: Lane, const Q: usize> Tile<L, Q, 1> for PairsTile<'_> {
    #[inline(always)]
    fn step(&self, lane: L, m: usize, sums: &mut [[L::V; 1]; Q]) {
        let scalars = &self.scalars[..Q * L::N];
        // Vector m moved by 2s lanes, s words.
        let moved = &self.vectors[m * L::N + L::N + 1 - self.steps..][..L::N + self.steps - 1];
        for (x, s) in moved.windows(L::N).rev().zip(0..self.steps) {
            let x = lane.load(x);
            for (q, sum) in sums.iter_mut().enumerate() {
                sum[0] = lane.add_pairs_i16(sum[0], x, lane.splat(scalars[q * L::N + s]));
            }
        }
    }

    #[inline(always)]
    fn put(&mut self, lane: L, r: usize, [sum]: &[L::V; 1]) {
        let place = &mut self.sums[r * L::N..][..L::N];
        lane.store(place, lane.add_i32(lane.load(place), *sum));
    }
}

/// The sums of a block, two planes of even and odd outputs, and two more for the upper halves where they are parted.
pub(super) struct Planes<'a> {
    words: &'a mut [u64],
    /// Words of a plane.
    plane: usize,
    folded: bool,
    /// The place of the first output.
    from: usize,
}

impl Planes<'_> {
    /// Sums, even ones first, and their upper halves where they are parted.
    pub(super) fn split(&mut self) -> (&mut [u64], Option<&mut [u64]>) {
        let (low, high) = self.words.split_at_mut(2 * self.plane);
        (low, self.folded.then_some(high))
    }

    /// Sums of one word in the order of outputs.
    #[inline(always)]
    pub(super) fn write(&self, out: &mut [u64]) {
        let (even, odd) = self.words.split_at(self.plane);
        if self.from.is_multiple_of(2) {
            let (both, last) = out.as_chunks_mut::<2>();
            let sums = even[self.from / 2..].iter().zip(&odd[self.from / 2..]);
            for ([x, y], (&even, &odd)) in both.iter_mut().zip(sums) {
                (*x, *y) = (even, odd);
            }
            if let [x] = last {
                *x = even[self.from / 2 + both.len()];
            }
        } else {
            out.iter_mut().enumerate().for_each(|(k, out)| *out = self.get(k)[0]);
        }
    }

    /// The sum of an output: its lower half, its upper half.
    #[inline(always)]
    pub(super) fn get(&self, k: usize) -> [u64; 2] {
        let at = (self.from + k) % 2 * self.plane + (self.from + k) / 2;
        [self.words[at], if self.folded { self.words[2 * self.plane + at] } else { 0 }]
    }
}

/// The sums of the products of words whose lower halves count, with signs or without, block by block; `fold` products of them and 2^32 fit 63
/// bits and a sign, or 64 bits.
pub(super) fn halves<L: Lane>(
    lane: L,
    (signed, fold): (bool, usize),
    operands: (&[u64], &[u64]),
    window: Range<usize>,
    mut each: impl FnMut(Range<usize>, Planes<'_>),
) -> Result<()> {
    each_block(operands, window, |short, long, window, place| {
        let shape = Blocks::new((2 * L::N, 1), short.len(), long.len() + 1, &window);
        let folded = fold < short.len();
        let plane = shape.outputs() * L::N;
        let planes = if folded { 4 } else { 2 } * plane;
        in_room(planes + (2 * shape.room() + 2 * (shape.vectors + 1)) * L::N, |room| {
            let (sums, room) = room.split_at_mut(planes);
            if signed {
                lane.enter(Halves::<true> { short, long, shape, fold, room, sums });
            } else {
                lane.enter(Halves::<false> { short, long, shape, fold, room, sums });
            }
            each(place, Planes { words: sums, plane, folded, from: window.start - shape.first * 2 * L::N });
        })
    })
}

struct Halves<'a, const SIGNED: bool> {
    short: &'a [u64],
    long: &'a [u64],
    shape: Blocks,
    fold: usize,
    room: &'a mut [u64],
    sums: &'a mut [u64],
}

impl<const SIGNED: bool> Task for Halves<'_, SIGNED> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let Halves { short, long, shape, fold, room, sums } = self;
        let (scalars, rest) = room.split_at_mut(shape.room() * 2 * L::N);
        let words = (shape.vectors + 1) * L::N;
        let (vectors, moved) = rest[..2 * words].split_at_mut(words);
        scalars[..short.len()].copy_from_slice(short);
        scalars[short.len()..].fill(0);
        vectors[..L::N].fill(0);
        moved[..L::N].fill(0);
        let low = |x: u64| x & u64::from(u32::MAX);
        let (both, odd) = long.as_chunks::<2>();
        let mut before = 0;
        let packed = vectors[L::N..].iter_mut().zip(&mut moved[L::N..]);
        for ((word, moved), [x, y]) in packed.zip(both) {
            *word = low(*x) | *y << 32;
            *moved = before | *x << 32;
            before = low(*y);
        }
        let last = odd.first().copied().unwrap_or(0);
        let end = L::N + both.len();
        vectors[end] = low(last);
        moved[end] = before | last << 32;
        vectors[end + 1..].fill(0);
        moved[end + 1..].fill(0);
        sums.fill(0);
        let plane = shape.outputs() * L::N;
        let folded = fold < short.len();
        let part = HalvesTile::<SIGNED> {
            scalars,
            vectors,
            moved,
            steps: shape.steps,
            plane,
            fold: if folded { fold } else { shape.steps },
            sums,
        };
        if folded {
            part.tiles::<L, 4>(lane, &shape, if L::N == 8 { 4 } else { 2 });
        } else {
            part.tiles::<L, 2>(lane, &shape, 4);
        }
    }
}

/// The periods of scalars of [`Halves`] from a tile on. Sums are even and odd ones, and their upper halves where they are parted.
struct HalvesTile<'a, const SIGNED: bool> {
    scalars: &'a [u64],
    vectors: &'a [u64],
    moved: &'a [u64],
    steps: usize,
    plane: usize,
    /// Steps between two partings of sums.
    fold: usize,
    sums: &'a mut [u64],
}

impl<const SIGNED: bool> HalvesTile<'_, SIGNED> {
    /// All tiles, of at most so many periods: sums and their upper halves stay in registers.
    #[inline(always)]
    fn tiles<L: Lane, const S: usize>(mut self, lane: L, shape: &Blocks, most: usize)
    where
        Self: Tile<L, 1, S> + Tile<L, 2, S> + Tile<L, 4, S>,
    {
        let mut tile = 0;
        while tile < shape.periods {
            let done = match (shape.periods - tile).min(most) {
                1 => slide::<L, 1, S>(lane, &mut self, shape, tile),
                2 | 3 => slide::<L, 2, S>(lane, &mut self, shape, tile),
                _ => slide::<L, 4, S>(lane, &mut self, shape, tile),
            };
            self.scalars = &self.scalars[done * 2 * L::N..];
            tile += done;
        }
    }

    /// The products of one vector, moved by `s` places.
    #[inline(always)]
    fn add_products<L: Lane, const Q: usize, const S: usize>(
        &self,
        lane: L,
        moved: &[u64],
        s: usize,
        sums: &mut [[L::V; S]; Q],
    ) {
        let even = lane.load(&moved[L::N - s / 2..]);
        let odd = lane.upper(even);
        let scalars = &self.scalars[..Q * 2 * L::N];
        for (q, sums) in sums.iter_mut().enumerate() {
            let y = lane.splat_half(scalars[q * 2 * L::N + s]);
            for (sum, x) in sums.iter_mut().zip([even, odd]) {
                *sum =
                    if SIGNED { lane.add_product_i32(*sum, x, y) } else { lane.add_product_u32(*sum, x, y) };
            }
        }
    }

    /// Moves the upper halves of sums to where they are summed for themselves.
    #[inline(always)]
    fn part<L: Lane, const S: usize>(lane: L, sums: &mut [L::V; S]) {
        let low_half = lane.splat(u64::from(u32::MAX));
        for k in 0..2 {
            let upper = if SIGNED { lane.half(sums[k]) } else { lane.shift_right(sums[k], 32) };
            sums[2 + k] = lane.add(sums[2 + k], upper);
            sums[k] = lane.and(sums[k], low_half);
        }
    }
}

impl<L: Lane, const Q: usize, const S: usize, const SIGNED: bool> Tile<L, Q, S> for HalvesTile<'_, SIGNED> {
    #[inline(always)]
    fn step(&self, lane: L, m: usize, sums: &mut [[L::V; S]; Q]) {
        // The vector moved by an even number of places, and by the odd one above it.
        let moved = [self.vectors, self.moved].map(|from| &from[m * L::N..][..2 * L::N]);
        let mut s = 0;
        while s < self.steps {
            let end = self.steps.min(s.saturating_add(self.fold));
            if s % 2 == 1 {
                self.add_products(lane, moved[1], s, sums);
                s += 1;
            }
            while s + 1 < end {
                self.add_products(lane, moved[0], s, sums);
                self.add_products(lane, moved[1], s + 1, sums);
                s += 2;
            }
            if s < end {
                self.add_products(lane, moved[0], s, sums);
                s += 1;
            }
            if S == 4 {
                sums.iter_mut().for_each(|sums| Self::part(lane, sums));
            }
        }
    }

    #[inline(always)]
    fn put(&mut self, lane: L, r: usize, sums: &[L::V; S]) {
        for (k, &sum) in sums.iter().enumerate() {
            add_at(lane, self.sums, k * self.plane + r * L::N, sum);
        }
    }
}

#[inline(always)]
pub(super) fn add_at<L: Lane>(lane: L, sums: &mut [u64], at: usize, sum: L::V) {
    let place = &mut sums[at..][..L::N];
    lane.store(place, lane.add(lane.load(place), sum));
}
