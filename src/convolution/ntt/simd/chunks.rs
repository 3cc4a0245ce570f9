//! [`Cut`], [`Join`]: chunks of one large number to words, and residues of two primes back to its limbs, eight at a time.
//!
//! What is computed, and its bounds, are those of [`chunks`](crate::convolution::ntt::chunks). Here `x + offset = r + p*t` stands in two words of
//! 52 bits, is cut into three pieces of a chunk's bits, and each piece is moved to the chunk where it belongs, less that piece of the offset. So a
//! chunk of the result is a sum of three, between `-3 * 2^c` and `3 * 2^c`; one pass carries, as for [`digits`](super::digits),
//! and 64 chunks at a time are packed into limbs.
//!
//! [`JoinWords`] is for lanes without products of words: `r` and `t` come from vectors, and `r + p*t` less the offset, a number of 98 bits, is added up
//! chunk by chunk: what is above the lowest piece, 62 bits at most, is carried in one word.

use super::{
    arithmetic::{Arithmetic, Chunk, Factor, V},
    digits::ripple,
    ifma::MASK,
    lane::{IntegerLane, Lane, Task},
};
use crate::convolution::ntt::{chunks::Joint, prime::Twiddle};

/// Elements of a vector.
const GROUP: usize = 8;

/// Chunks that fill whole limbs together.
const BLOCK: usize = 64;

/// Narrower chunks would have limbs of more than three, and carries of more than a word.
pub(super) const NARROWEST: u64 = 36;

/// Chunks of `bits` bits of a natural number, from bit `first` on.
pub(super) struct Cut<'a, L> {
    pub(super) lane: L,
    pub(super) row: &'a [u64],
    pub(super) first: u64,
    pub(super) bits: u64,
    pub(super) out: &'a mut [u64],
}

impl<L: IntegerLane> Task for Cut<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Cut { lane, row, mut first, bits, out } = self;
        let mut steps = [0; GROUP];
        for (k, step) in steps.iter_mut().enumerate() {
            *step = bits * k as u64;
        }
        let (steps, mask, low_six) = (lane.load(&steps), lane.splat((1 << bits) - 1), lane.splat(63));
        let (one, word) = (lane.splat(1), lane.splat(64));
        for out in out.chunks_mut(GROUP) {
            // At most 63 + 8 * 48 bits: seven limbs.
            let limbs = &row[row.len().min((first / 64) as usize)..];
            let v = match limbs.first_chunk() {
                Some(chunk) => lane.load(chunk),
                None => lane.load_part(limbs),
            };
            let at = lane.add(steps, lane.splat(first % 64));
            let (index, shift) = (lane.shift_right::<6>(at), lane.and(at, low_six));
            let low = lane.shift_right_each(lane.pick(v, v, index), shift);
            let high = lane.shift_left_each(lane.pick(v, v, lane.add(index, one)), lane.sub(word, shift));
            let chunk = lane.and(lane.add(low, high), mask);
            match out.first_chunk_mut() {
                Some(out) => lane.store(out, chunk),
                None => lane.store_part(out, chunk),
            }
            first += GROUP as u64 * bits;
        }
    }
}

/// `y * w` modulo `p`, below `2p`.
#[inline(always)]
fn product<L: IntegerLane>(lane: L, y: L::V, w: Twiddle, p: u64) -> L::V {
    let zero = lane.splat(0);
    let q = lane.high(zero, y, lane.splat(w.quotient >> 12));
    let t = lane.low(lane.low(zero, y, lane.splat(w.value)), q, lane.splat((1 << 52) - p));
    lane.and(t, lane.splat(MASK))
}

#[inline(always)]
fn canonical<L: IntegerLane>(lane: L, x: L::V, p: u64) -> L::V {
    lane.min(x, lane.sub(x, lane.splat(p)))
}

/// `out = sum x[t] * 2^(bits*t)` modulo the size of `out`, from the residues of the `x[t]`.
pub(super) struct Join<'a, L> {
    pub(super) lane: L,
    pub(super) joint: &'a Joint,
    pub(super) residues: [&'a [u64]; 2],
    pub(super) out: &'a mut [u64],
}

/// Where the limbs of a vector stand in the chunks of a block.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The chunk that the first of sixteen is.
    from: usize,
    /// Of every limb the chunk of its lowest bit, among the sixteen.
    at: [u64; GROUP],
    /// How far that is shifted down.
    right: [u64; GROUP],
}

impl<L: IntegerLane> Task for Join<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Join { lane, joint, residues: [x, y], out } = self;
        let bits = joint.bits;
        let [p, q] = joint.primes;
        let mut places = [Place::default(); 6];
        for (v, place) in places.iter_mut().enumerate() {
            place.from = (512 * v as u64 / bits) as usize;
            for t in 0..GROUP {
                let bit = 512 * v as u64 + 64 * t as u64;
                place.at[t] = bit / bits - place.from as u64;
                place.right[t] = bit % bits;
            }
        }
        let mask = (1u64 << bits) - 1;
        let (one, zero, width, twice) =
            (lane.splat(1), lane.splat(0), lane.splat(bits), lane.splat(2 * bits));
        let piece = |k: u64| lane.splat((joint.offset >> (k * bits)) as u64 & mask);
        let pieces = [piece(0), piece(1), piece(2)];
        let (full, mask) = (lane.splat(1 << bits), lane.splat(mask));
        let shift = lane.splat(2 * q + joint.shift);
        // Added to every chunk, and as much taken away from the next one.
        let mut first = [(4 << bits) - 4; GROUP];
        first[0] = 4 << bits;
        let (mut bias, next_bias) = (lane.load(&first), lane.splat((4 << bits) - 4));
        let (mut before_top, mut before_middle, mut before_high, mut carry) = (zero, zero, zero, 0);
        let mut chunks = [0u64; BLOCK + 2 * GROUP];
        let (mut start, mut written) = (0, 0);
        while written < out.len() {
            let needed = ((out.len() - written) * 64).div_ceil(bits as usize).min(BLOCK);
            for chunk in chunks[..needed.next_multiple_of(GROUP)].as_chunks_mut::<GROUP>().0 {
                let (x, y) = (&x[start.min(x.len())..], &y[start.min(y.len())..]);
                let (x, y) = match (x.first_chunk(), y.first_chunk()) {
                    (Some(x), Some(y)) => (lane.load(x), lane.load(y)),
                    // Residues 0 add nothing.
                    _ => (lane.load_part(x), lane.load_part(y)),
                };
                start += GROUP;
                let r = canonical(lane, product(lane, x, joint.scales[0], p), p);
                let difference = lane.sub(lane.add(product(lane, y, joint.scales[1], q), shift), r);
                let t = canonical(lane, product(lane, difference, joint.inverse, q), q);
                let low = lane.low(r, t, lane.splat(p));
                let high = lane.high(zero, t, lane.splat(p));
                // Below 2^98 together: above a chunk there are 64 bits at most.
                let rest = lane.add(lane.shift_right_by(low, bits), lane.shift_left_by(high, 52 - bits));
                let bottom = lane.sub(lane.and(low, mask), pieces[0]);
                let middle = lane.sub(lane.and(rest, mask), pieces[1]);
                let top = lane.sub(lane.shift_right_by(rest, bits), pieces[2]);
                let middle = lane.add(middle, lane.shift_in(top, before_top));
                let sum = lane.add(lane.add(bottom, lane.shift_in(middle, before_middle)), bias);
                (before_top, before_middle, bias) = (top, middle, next_bias);
                let high = lane.shift_right_by(sum, bits);
                let sum = lane.add(lane.and(sum, mask), lane.shift_in(high, before_high));
                before_high = high;
                let up =
                    ripple(u32::from(lane.at_least(sum, full)), u32::from(lane.equal(sum, mask)), &mut carry);
                lane.store(chunk, lane.and(lane.add_where(sum, up, one), mask));
            }
            let out = &mut out[written..];
            let count = out.len().min(bits as usize);
            for (v, place) in places.iter().enumerate().take(count.div_ceil(GROUP)) {
                let sixteen = chunks[place.from..].as_chunks::<GROUP>().0;
                let (low, high) = (lane.load(&sixteen[0]), lane.load(&sixteen[1]));
                let (at, right) = (lane.load(&place.at), lane.load(&place.right));
                let next = lane.add(at, one);
                let first = lane.shift_right_each(lane.pick(low, high, at), right);
                let second = lane.shift_left_each(lane.pick(low, high, next), lane.sub(width, right));
                let third =
                    lane.shift_left_each(lane.pick(low, high, lane.add(next, one)), lane.sub(twice, right));
                let limbs = lane.add(first, lane.add(second, third));
                match out[GROUP * v..].first_chunk_mut() {
                    Some(out) => lane.store(out, limbs),
                    None => lane.store_part(&mut out[GROUP * v..], limbs),
                }
            }
            written += count;
        }
    }
}

/// The same as [`Join`] on the vectors of any arithmetic.
pub(super) struct JoinWords<'a> {
    pub(super) joint: &'a Joint,
    pub(super) residues: [&'a [u64]; 2],
    pub(super) out: &'a mut [u64],
}

/// The steps from residues to `r` and `t`.
struct Terms<A: Arithmetic> {
    p: A,
    q: A,
    scales: [Factor<V<A>>; 2],
    shift: V<A>,
    inverse: Factor<V<A>>,
}

impl<A: Arithmetic> Terms<A> {
    #[inline(always)]
    fn new(lane: A::Lane, joint: &Joint) -> Self {
        let [first, second] = joint.fields;
        let (p, q) = (A::new(lane, first), A::new(lane, second));
        let mut shift = Chunk::<A>::default();
        shift.as_mut().fill(joint.shift);
        let [x, y] = joint.scales;
        Terms {
            p,
            q,
            scales: [p.splat(A::factor(first, x.value)), q.splat(A::factor(second, y.value))],
            shift: q.load_words(&shift),
            inverse: q.splat(A::factor(second, joint.inverse.value)),
        }
    }

    /// Of a vector.
    #[inline(always)]
    fn put(&self, [x, y]: [&Chunk<A>; 2], r: &mut Chunk<A>, t: &mut Chunk<A>) {
        let Terms { p, q, scales, shift, inverse } = *self;
        p.store_canonical(r, p.mul(p.load_words(x), scales[0]));
        let y = q.add(q.mul(q.load_words(y), scales[1]), shift);
        q.store_canonical(t, q.mul(q.sub(y, q.load_words(r)), inverse));
    }
}

/// The limbs of a sum, from one chunk after the other.
struct Limbs<'a> {
    joint: &'a Joint,
    out: std::slice::IterMut<'a, u64>,
    /// What is carried to the next chunk.
    carry: i64,
    /// Bits that do not fill a limb, and how many.
    held: u64,
    count: u64,
}

impl Limbs<'_> {
    /// Chunks `r + p*t` less the offset.
    #[inline(always)]
    fn extend(&mut self, r: &[u64], t: &[u64]) {
        // Shifts by less than a word, which the compiler then does not check.
        let bits = self.joint.bits % 64;
        let mask = (1 << bits) - 1;
        for (&r, &t) in r.iter().zip(t) {
            let chunk = self.joint.chunk(r, t);
            let sum = (chunk as u64 & mask) as i64 + self.carry;
            self.carry = (chunk >> bits) as i64 + (sum >> bits);
            let low = sum as u64 & mask;
            self.held |= low << self.count;
            self.count += bits;
            if self.count >= 64 {
                self.count -= 64;
                if let Some(limb) = self.out.next() {
                    *limb = self.held;
                }
                // What has found no room.
                self.held = low >> (bits - self.count);
            }
        }
    }

    /// What is left above the last chunk.
    fn finish(self) {
        let mut rest = i128::from(self.carry) << self.count | i128::from(self.held);
        for limb in self.out {
            *limb = rest as u64;
            rest >>= 64;
        }
    }
}

impl Task for JoinWords<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let JoinWords { joint, residues: [x, y], out } = self;
        let terms = Terms::<A>::new(lane, joint);
        let (mut r, mut t) = ([0u64; BLOCK], [0u64; BLOCK]);
        let mut limbs = Limbs { joint, out: out.iter_mut(), carry: 0, held: 0, count: 0 };
        for (x, y) in x.chunks(BLOCK).zip(y.chunks(BLOCK)) {
            let ((xs, x_rest), (ys, y_rest)) = (A::Lane::chunks(x), A::Lane::chunks(y));
            let (rs, ts) = (A::Lane::chunks_mut(&mut r).0, A::Lane::chunks_mut(&mut t).0);
            for (((x, y), r), t) in xs.iter().zip(ys).zip(&mut *rs).zip(&mut *ts) {
                terms.put([x, y], r, t);
            }
            if !x_rest.is_empty() {
                let [x, y] = [A::Lane::partial(x_rest), A::Lane::partial(y_rest)];
                terms.put([&x, &y], &mut rs[xs.len()], &mut ts[xs.len()]);
            }
            limbs.extend(&r[..x.len()], &t);
        }
        limbs.finish();
    }
}
