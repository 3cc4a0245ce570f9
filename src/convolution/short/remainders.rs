//! Steps of Euclid's algorithm modulo a word, `r = s*a - (q0 + q1*x)*b` without a division, for a pair and a matrix beside it.
//!
//! It stands apart from products because a step has three factors only, and one reduction for three products: it is one pass over the rows, in place, and all
//! that counts is how many coefficients an instruction changes. Passes go from the leading coefficients down: the next quotient waits for two of them.
//!
//! # Method
//! With `a = a1*x^(k+1) + a0*x^k + ..`, `b = l*x^k + c*x^(k-1) + ..`: `l^2*a - (l*a1*x + l*a0 - a1*c)*b` has a degree below `k`. All three factors have a
//! power of the radix too many, as what reductions divide by need not be made up for: it scales a remainder by a unit.
//!
//! - [`Halves`]: sums of 64 bits, divided by 2^32;
//! - [`Loose`]: the same divided by 2^52, which leaves so little over the modulus that nobody has to correct it;
//! - [`Digits`]: words in two digits of 52 bits as in [`digits`](super::digits), divided by 2^104, digit by digit;
//! - [`Words`]: anything, one coefficient after the other.
//!
//! # Invariants
//! A row holds a coefficient sequence of the pair, and behind it the entries of a row of the matrix. Before each of them stand [`GAP`] zeros, behind it zeros up to a whole number of
//! vectors.
//!
//! # Source
//! P. Montgomery, "Modular multiplication without trial division", Math. Comp. 44 (1985).

use super::lane::{Lane, Task};
use crate::{
    convolution::coefficient::scale_sub_product,
    integer::{WordModulus, limbs::inverse_mod_word},
};

/// Words before a sequence, and what sequences are rounded up to: the longest vector.
const GAP: usize = 8;

/// Two neighbours of a remainder sequence, the first one degree higher, and the steps to take.
pub(in crate::convolution) struct Remainders<'a> {
    pub n: &'a WordModulus,
    /// The row of the first one, and that of the second.
    pub rows: [&'a mut [u64]; 2],
    pub shape: Shape,
    /// Coefficients of the second one.
    pub len: usize,
    /// Steps end where it has no more than so many, one at least.
    pub least: usize,
    /// Coefficients of the longest entry of the matrix.
    pub width: usize,
    /// The leading coefficients that were divided by, where they are asked for.
    pub leading: Option<&'a mut Vec<u64>>,
}

/// What was done.
#[derive(Clone, Copy, Debug)]
pub(in crate::convolution) struct Taken {
    /// How many steps. After an odd number of them the rows have changed places; the second one may end with zeros then.
    pub steps: usize,
    /// The scale of a step is this times the square of the leading coefficient.
    pub unit: u64,
}

/// Where what is in a row stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::convolution) struct Shape {
    /// Words for one of the pair, whole vectors.
    pair: usize,
    /// Words for an entry of the matrix.
    entry: usize,
    columns: usize,
}

impl Shape {
    /// For a pair of which the longer one has so many coefficients, and columns of entries that get so long.
    pub(in crate::convolution) fn new(pair: usize, columns: usize, entry: usize) -> Self {
        Shape { pair: pair.next_multiple_of(GAP), entry: entry.next_multiple_of(GAP), columns }
    }

    /// Words of a row.
    pub(in crate::convolution) fn room(self) -> usize {
        self.start(self.columns)
    }

    /// Where one of the pair starts, and behind it the entries of the matrix.
    pub(in crate::convolution) fn places(self) -> [usize; 3] {
        [GAP, self.start(0) + GAP, self.start(1) + GAP]
    }

    /// Where the zeros before an entry start.
    fn start(self, column: usize) -> usize {
        GAP + self.pair + column * (GAP + self.entry)
    }
}

/// Arithmetic on rows.
trait Rows: Copy {
    /// The residue of what stands in a row.
    fn residue(self, x: u64) -> u64;

    /// `x*y` over a power of the radix.
    fn mul(self, x: u64, y: u64) -> u64;

    /// `s*row - (q[0] + q[1]*x)*other` over a power of the radix, for the first so many coefficients; both start with the last zero before them.
    fn step(self, row: &mut [u64], other: &[u64], len: usize, s: u64, q: [u64; 2]);
}

impl Remainders<'_> {
    /// Takes the steps, as long as each degree is one less than the one before.
    pub(in crate::convolution) fn one_by_one(self) -> Taken {
        let n = *self.n;
        self.by(Words(n))
    }

    /// To be inlined always.
    #[inline(always)]
    fn by(mut self, arithmetic: impl Rows) -> Taken {
        let n = self.n;
        let [mut a, mut b] = self.rows;
        let mut steps = 0;
        while self.len > self.least {
            let k = GAP + self.len;
            let residue = |x| arithmetic.residue(x);
            let (a1, a0, l, c) = (residue(a[k]), residue(a[k - 1]), residue(b[k - 1]), residue(b[k - 2]));
            if l == 0 {
                break;
            }
            let s = arithmetic.mul(l, l);
            let q = [n.sub(arithmetic.mul(l, a0), arithmetic.mul(a1, c)), arithmetic.mul(l, a1)];
            let end = GAP + self.shape.pair;
            arithmetic.step(&mut a[GAP - 1..end], &b[GAP - 1..end], self.len - 1, s, q);
            (a[k - 1], a[k]) = (0, 0);
            self.width += 1;
            for column in 0..self.shape.columns {
                let (start, end) = (self.shape.start(column) + GAP - 1, self.shape.start(column + 1));
                arithmetic.step(&mut a[start..end], &b[start..end], self.width, s, q);
            }
            if let Some(leading) = &mut self.leading {
                leading.push(l);
            }
            (a, b) = (b, a);
            self.len -= 1;
            steps += 1;
        }
        for row in [a, b] {
            row.iter_mut().for_each(|x| *x = arithmetic.residue(*x));
        }
        let mut one = [0, 1, 0, 0, 0, 0, 0, 0, 0];
        arithmetic.step(&mut one, &[0; 1 + GAP], 1, arithmetic.mul(1, 1), [0; 2]);
        Taken { steps, unit: arithmetic.residue(one[1]) }
    }
}

/// Modulo an odd number of which three products of residues are below its product with 2^32.
#[derive(Clone, Copy)]
struct Halves<L> {
    lane: L,
    n: u64,
    /// `-1/n` modulo 2^32.
    inverse: u64,
}

impl<L: Lane> Halves<L> {
    fn new(lane: L, n: &WordModulus) -> Option<Self> {
        let n = odd_below(n, u64::from(u32::MAX) / 3 + 1)?;
        Some(Halves { lane, n, inverse: u64::from((inverse_mod_word(n) as u32).wrapping_neg()) })
    }
}

impl<L: Lane> Rows for Halves<L> {
    #[inline(always)]
    fn residue(self, x: u64) -> u64 {
        x
    }

    #[inline(always)]
    fn mul(self, x: u64, y: u64) -> u64 {
        let product = x * y;
        let m = u64::from((product as u32).wrapping_mul(self.inverse as u32));
        let z = (product + m * self.n) >> 32;
        z.min(z.wrapping_sub(self.n))
    }

    #[inline(always)]
    fn step(self, row: &mut [u64], other: &[u64], len: usize, s: u64, q: [u64; 2]) {
        let lane = self.lane;
        let zero = lane.splat(0);
        let (n, half, inverse) = (lane.splat(self.n), lane.splat_half(self.n), lane.splat_half(self.inverse));
        let [q0, q1] = [self.n - q[0], self.n - q[1]];
        let (s, q0, q1) = (lane.splat_half(s), lane.splat_half(q0), lane.splat_half(q1));
        let mut at = len.next_multiple_of(L::N);
        while at > 0 {
            at -= L::N;
            let (x, y) = (&mut row[at + 1..][..L::N], &other[at..][..L::N + 1]);
            let sum = lane.add_product_u32(zero, lane.load(x), s);
            let sum = lane.add_product_u32(sum, lane.load(&y[1..]), q0);
            let sum = lane.add_product_u32(sum, lane.load(y), q1);
            let m = lane.add_product_u32(zero, sum, inverse);
            let reduced = lane.shift_right(lane.add_product_u32(sum, m, half), 32);
            lane.store(x, lane.correct(reduced, n));
        }
    }
}

/// Modulo an odd number of which three products of residues are below 2^63, where a product of two digits comes in halves.
///
/// A sum of three products has two digits. A multiple of `n` makes the lower one 0, and leaves a number below `n + 2^12`.
#[derive(Clone, Copy)]
struct Loose<L> {
    lane: L,
    n: u64,
    /// `-1/n` modulo 2^64.
    inverse: u64,
}

impl<L: Lane> Loose<L> {
    fn new(lane: L, n: &WordModulus) -> Option<Self> {
        Self::below(lane, n, 3 << 29)
    }

    /// For moduli below a bound.
    fn below(lane: L, n: &WordModulus, bound: u64) -> Option<Self> {
        let n = odd_below(n, bound).filter(|_| L::HALVES)?;
        Some(Loose { lane, n, inverse: inverse_mod_word(n).wrapping_neg() })
    }
}

/// A modulus that is odd, not 1, and below a bound.
fn odd_below(n: &WordModulus, bound: u64) -> Option<u64> {
    u64::try_from(n.modulus()).ok().filter(|n| n % 2 == 1 && (2..bound).contains(n))
}

impl<L: Lane> Rows for Loose<L> {
    #[inline(always)]
    fn residue(self, x: u64) -> u64 {
        x.min(x.wrapping_sub(self.n))
    }

    #[inline(always)]
    fn mul(self, x: u64, y: u64) -> u64 {
        divided(u128::from(x * y), self.n, self.inverse)
    }

    #[inline(always)]
    fn step(self, row: &mut [u64], other: &[u64], len: usize, s: u64, q: [u64; 2]) {
        let lane = self.lane;
        let zero = lane.splat(0);
        let (n, inverse) = (lane.splat(self.n), lane.splat(self.inverse));
        let [q0, q1] = [self.n - q[0], self.n - q[1]];
        let (s, q0, q1) = (lane.splat_half(s), lane.splat_half(q0), lane.splat_half(q1));
        let mut at = len.next_multiple_of(L::N);
        while at > 0 {
            at -= L::N;
            let (x, y) = (&mut row[at + 1..][..L::N], &other[at..][..L::N + 1]);
            let sum = lane.add_product_u32(zero, lane.load(x), s);
            let sum = lane.add_product_u32(sum, lane.load(&y[1..]), q0);
            let sum = lane.add_product_u32(sum, lane.load(y), q1);
            let m = lane.add_low(zero, sum, inverse);
            let upper = lane.shift_right(lane.add_low(sum, m, n), L::BITS);
            lane.store(x, lane.add_high(upper, m, n));
        }
    }
}

/// `product / 2^64` modulo an odd `n` with the inverse of `-n`, for a product below `n * 2^64`.
#[inline(always)]
fn divided(product: u128, n: u64, inverse: u64) -> u64 {
    let m = (product as u64).wrapping_mul(inverse);
    let z = ((product + u128::from(m) * u128::from(n)) >> 64) as u64;
    z.min(z.wrapping_sub(n))
}

/// Modulo an odd number below 2^62, where a product of two digits comes in halves.
///
/// Two multiples of `n` make the two lower digits 0, and leave a number below `n + 2^22`.
#[derive(Clone, Copy)]
struct Digits<L>(Loose<L>);

impl<L: Lane> Digits<L> {
    fn new(lane: L, n: &WordModulus) -> Option<Self> {
        Loose::below(lane, n, 1 << 62).map(Digits)
    }
}

impl<L: Lane> Rows for Digits<L> {
    #[inline(always)]
    fn residue(self, x: u64) -> u64 {
        self.0.residue(x)
    }

    #[inline(always)]
    fn mul(self, x: u64, y: u64) -> u64 {
        divided(u128::from(x) * u128::from(y), self.0.n, self.0.inverse)
    }

    #[inline(always)]
    fn step(self, row: &mut [u64], other: &[u64], len: usize, s: u64, q: [u64; 2]) {
        let lane = self.0.lane;
        let zero = lane.splat(0);
        let (n, inverse) = (digits(lane, lane.splat(self.0.n)), lane.splat(self.0.inverse));
        let s = digits(lane, lane.splat(s));
        let (q0, q1) = (digits(lane, lane.splat(self.0.n - q[0])), digits(lane, lane.splat(self.0.n - q[1])));
        let mut at = len.next_multiple_of(L::N);
        while at > 0 {
            at -= L::N;
            let (x, y) = (&mut row[at + 1..][..L::N], &other[at..][..L::N + 1]);
            let factors = [
                (digits(lane, lane.load(x)), s),
                (digits(lane, lane.load(&y[1..])), q0),
                (digits(lane, lane.load(y)), q1),
            ];
            let (mut c0, mut c1, mut c2) = (zero, [zero; 2], [zero; 2]);
            for ([x0, x1], [y0, y1]) in factors {
                c0 = lane.add_low(c0, x0, y0);
                c1[0] = lane.add_high(c1[0], x0, y0);
                c1[1] = lane.add_low(c1[1], x0, y1);
                c1[0] = lane.add_low(c1[0], x1, y0);
                c2[0] = lane.add_high(c2[0], x0, y1);
                c2[1] = lane.add_high(c2[1], x1, y0);
                c2[0] = lane.add_low(c2[0], x1, y1);
            }
            // A multiple of n makes 52 bits 0, another one the next 52.
            let m = lane.add_low(zero, c0, inverse);
            let below = lane.shift_right(lane.add_low(c0, m, n[0]), L::BITS);
            c1[0] = lane.add_high(c1[0], m, n[0]);
            c1[1] = lane.add_low(lane.add(c1[1], below), m, n[1]);
            c2[0] = lane.add_high(c2[0], m, n[1]);
            let c1 = lane.add(c1[0], c1[1]);
            let m = lane.add_low(zero, c1, inverse);
            let below = lane.shift_right(lane.add_low(c1, m, n[0]), L::BITS);
            c2[0] = lane.add_high(c2[0], m, n[0]);
            c2[1] = lane.add_low(c2[1], m, n[1]);
            let c3 = lane.shift_left(lane.add_high(zero, m, n[1]), L::BITS);
            lane.store(x, lane.add(lane.add(c2[0], c2[1]), lane.add(below, c3)));
        }
    }
}

/// Both digits of words; a product reads no more of the lower one than it has.
#[inline(always)]
fn digits<L: Lane>(lane: L, x: L::V) -> [L::V; 2] {
    [x, lane.shift_right(x, L::BITS)]
}

/// Modulo anything.
#[derive(Clone, Copy)]
struct Words(WordModulus);

impl Rows for Words {
    #[inline(always)]
    fn residue(self, x: u64) -> u64 {
        x
    }

    #[inline(always)]
    fn mul(self, x: u64, y: u64) -> u64 {
        self.0.mul(x, y)
    }

    #[inline(always)]
    fn step(self, row: &mut [u64], other: &[u64], len: usize, s: u64, q: [u64; 2]) {
        scale_sub_product(&self.0, &mut row[1..=len], s, &q, &other[1..=len]);
    }
}

impl Task for Remainders<'_> {
    type Output = Taken;

    #[inline(always)]
    fn run<L: Lane>(self, lane: L) -> Taken {
        if let Some(loose) = Loose::new(lane, self.n) {
            self.by(loose)
        } else if let Some(halves) = Halves::new(lane, self.n) {
            self.by(halves)
        } else if let Some(digits) = Digits::new(lane, self.n) {
            self.by(digits)
        } else {
            self.one_by_one()
        }
    }
}
