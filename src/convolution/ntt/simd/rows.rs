//! What is done to every element alike: products of values, sums and differences of rows.

use super::{
    arithmetic::{Arithmetic, Chunk, Factor, V},
    lane::{Lane, Task},
};
use crate::convolution::ntt::prime::Prime;

/// What is done to a chunk. A trait, since a closure that is called twice may not be inlined, and then runs without the
/// instructions of the lane.
trait Operation<A: Arithmetic>: Copy {
    /// The work; inlined always.
    fn on(self, a: A, chunk: &mut Chunk<A>);
}

/// An operation on every chunk; the last one filled up with zeros.
#[inline(always)]
fn each<A: Arithmetic>(a: A, data: &mut [u64], operation: impl Operation<A>) {
    let (chunks, rest) = A::Lane::chunks_mut(data);
    for chunk in chunks {
        operation.on(a, chunk);
    }
    if !rest.is_empty() {
        let mut chunk = A::Lane::partial(rest);
        operation.on(a, &mut chunk);
        rest.copy_from_slice(&chunk.as_ref()[..rest.len()]);
    }
}

/// Words below 4p to values.
pub(super) struct Import<'a> {
    pub(super) prime: &'a Prime,
    pub(super) data: &'a mut [u64],
}

impl Task for Import<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        each(a, self.data, Loaded);
    }
}

#[derive(Clone, Copy)]
struct Loaded;

impl<A: Arithmetic> Operation<A> for Loaded {
    #[inline(always)]
    fn on(self, a: A, chunk: &mut Chunk<A>) {
        a.lane().store(chunk, a.load_words(chunk));
    }
}

/// Values to words below 2p.
pub(super) struct Export<'a> {
    pub(super) prime: &'a Prime,
    pub(super) data: &'a mut [u64],
}

impl Task for Export<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        each(a, self.data, Stored);
    }
}

#[derive(Clone, Copy)]
struct Stored;

impl<A: Arithmetic> Operation<A> for Stored {
    #[inline(always)]
    fn on(self, a: A, chunk: &mut Chunk<A>) {
        let v = a.reduce(a.lane().load(chunk));
        a.store_words(chunk, v);
    }
}

/// `a *= b`, values.
pub(super) struct Pointwise<'a> {
    pub(super) prime: &'a Prime,
    pub(super) a: &'a mut [u64],
    pub(super) b: &'a [u64],
}

impl Task for Pointwise<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        let (xs, x) = A::Lane::chunks_mut(self.a);
        let (ys, y) = A::Lane::chunks(self.b);
        for (x, y) in xs.iter_mut().zip(ys) {
            lane.store(x, a.product(lane.load(x), lane.load(y)));
        }
        if !x.is_empty() {
            let mut chunk = A::Lane::partial(x);
            let product = a.product(lane.load(&chunk), lane.load(&A::Lane::partial(y)));
            lane.store(&mut chunk, product);
            x.copy_from_slice(&chunk.as_ref()[..x.len()]);
        }
    }
}

/// `a *= a`, values.
pub(super) struct Square<'a> {
    pub(super) prime: &'a Prime,
    pub(super) a: &'a mut [u64],
}

impl Task for Square<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        each(a, self.a, Squared);
    }
}

#[derive(Clone, Copy)]
struct Squared;

impl<A: Arithmetic> Operation<A> for Squared {
    #[inline(always)]
    fn on(self, a: A, chunk: &mut Chunk<A>) {
        let v = a.lane().load(chunk);
        a.lane().store(chunk, a.product(v, v));
    }
}

/// `sum += v`, values.
#[inline(always)]
fn add_to<A: Arithmetic>(a: A, sum: &mut Chunk<A>, v: V<A>) {
    let lane = a.lane();
    lane.store(sum, a.reduce(a.add(a.reduce(lane.load(sum)), v)));
}

/// `sum += a * b`, values.
pub(super) struct Accumulate<'a> {
    pub(super) prime: &'a Prime,
    pub(super) sum: &'a mut [u64],
    pub(super) a: &'a [u64],
    pub(super) b: &'a [u64],
}

impl Task for Accumulate<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        let (sums, sum) = A::Lane::chunks_mut(self.sum);
        let ((xs, x), (ys, y)) = (A::Lane::chunks(self.a), A::Lane::chunks(self.b));
        for ((sum, x), y) in sums.iter_mut().zip(xs).zip(ys) {
            add_to(a, sum, a.product(lane.load(x), lane.load(y)));
        }
        if !sum.is_empty() {
            let mut chunk = A::Lane::partial(sum);
            let product = a.product(lane.load(&A::Lane::partial(x)), lane.load(&A::Lane::partial(y)));
            add_to(a, &mut chunk, product);
            sum.copy_from_slice(&chunk.as_ref()[..sum.len()]);
        }
    }
}

/// `sum += w * a`, values.
pub(super) struct AddScaled<'a> {
    pub(super) prime: &'a Prime,
    pub(super) sum: &'a mut [u64],
    pub(super) a: &'a [u64],
    pub(super) factor: [u64; 2],
}

impl Task for AddScaled<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        let w = a.splat(self.factor);
        let (sums, sum) = A::Lane::chunks_mut(self.sum);
        let (xs, x) = A::Lane::chunks(self.a);
        for (sum, x) in sums.iter_mut().zip(xs) {
            add_to(a, sum, a.mul(lane.load(x), w));
        }
        if !sum.is_empty() {
            let mut chunk = A::Lane::partial(sum);
            let scaled = a.mul(lane.load(&A::Lane::partial(x)), w);
            add_to(a, &mut chunk, scaled);
            sum.copy_from_slice(&chunk.as_ref()[..sum.len()]);
        }
    }
}

/// `a *= w`, values.
pub(super) struct Multiply<'a> {
    pub(super) prime: &'a Prime,
    pub(super) a: &'a mut [u64],
    pub(super) factor: [u64; 2],
}

impl Task for Multiply<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        let w = a.splat(self.factor);
        each(a, self.a, Multiplied(w));
    }
}

#[derive(Clone, Copy)]
struct Multiplied<V>(Factor<V>);

impl<A: Arithmetic> Operation<A> for Multiplied<V<A>> {
    #[inline(always)]
    fn on(self, a: A, chunk: &mut Chunk<A>) {
        let v = a.mul(a.lane().load(chunk), self.0);
        a.lane().store(chunk, v);
    }
}

/// Words below 4p times a factor, to words in `0..p`.
pub(super) struct Scale<'a> {
    pub(super) prime: &'a Prime,
    pub(super) data: &'a mut [u64],
    pub(super) factor: [u64; 2],
}

impl Task for Scale<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        each(a, self.data, Scaled(a.splat(self.factor)));
    }
}

#[derive(Clone, Copy)]
struct Scaled<V>(Factor<V>);

impl<A: Arithmetic> Operation<A> for Scaled<V<A>> {
    #[inline(always)]
    fn on(self, a: A, chunk: &mut Chunk<A>) {
        let v = a.mul(a.load_words(chunk), self.0);
        a.store_canonical(chunk, v);
    }
}

/// `(x, y) = (x + w*y, x - w*y)`.
pub(super) const SPLIT: u8 = 0;
/// `(x, y) = ((x + y) * w0, (y - x) * w1)`.
pub(super) const JOIN: u8 = 1;

/// Two rows of words below 2p (to split them: 4p), to words below 2p.
pub(super) struct Combination<'a, const WHAT: u8> {
    pub(super) prime: &'a Prime,
    pub(super) x: &'a mut [u64],
    pub(super) y: &'a mut [u64],
    pub(super) factors: [[u64; 2]; 2],
}

impl<const WHAT: u8> Task for Combination<'_, WHAT> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let a = A::new(lane, self.prime);
        let w = [a.splat(self.factors[0]), a.splat(self.factors[1])];
        let (xs, x) = A::Lane::chunks_mut(self.x);
        let (ys, y) = A::Lane::chunks_mut(self.y);
        for (x, y) in xs.iter_mut().zip(ys) {
            combine::<A, WHAT>(a, x, y, w);
        }
        if !x.is_empty() {
            let (mut u, mut v) = (A::Lane::partial(x), A::Lane::partial(y));
            combine::<A, WHAT>(a, &mut u, &mut v, w);
            x.copy_from_slice(&u.as_ref()[..x.len()]);
            y.copy_from_slice(&v.as_ref()[..y.len()]);
        }
    }
}

/// One chunk of a step. A function, since a closure of this size is not inlined, and then runs without the instructions.
#[inline(always)]
fn combine<A: Arithmetic, const WHAT: u8>(
    a: A,
    x: &mut Chunk<A>,
    y: &mut Chunk<A>,
    [w, v]: [Factor<V<A>>; 2],
) {
    let (left, right) = (a.load_words(x), a.load_words(y));
    match WHAT {
        SPLIT => {
            let t = a.mul(right, w);
            put(a, x, a.add(left, t));
            put(a, y, a.sub(left, t));
        }
        _ => {
            let (sum, difference) = (a.add(left, right), a.sub(right, left));
            put(a, x, a.mul(sum, w));
            put(a, y, a.mul(difference, v));
        }
    }
}

#[inline(always)]
fn put<A: Arithmetic>(a: A, chunk: &mut Chunk<A>, value: V<A>) {
    // With signs, words are reduced as they are stored.
    a.store_words(chunk, if A::SIGNED { value } else { a.reduce(value) });
}
