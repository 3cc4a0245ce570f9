//! The recurrences, block by block: of `q*g = f`, `e' = f'*e`, `s' = f'*c` with `c' = -f'*s`, `t' = f'*(1 + t^2)` and `s^2 = f`.
//!
//! They stand apart from what asks for them because here everything is in order: units are units, and constant coefficients are left out.
//!
//! # Method
//! Within a block sums have at most seven terms. The newest coefficient enters them last and not quite reduced, so that the next one waits for a product and half
//! a reduction. Where a sum is divided by the index, it is multiplied by a factor that has the quotient in it: otherwise the next one would
//! wait for two reductions.

use super::rows::Rows;
use crate::convolution::delayed::{Arithmetic, BLOCK};

/// `k*f[k]`, entered.
#[inline(always)]
pub(super) fn times_numbers<A: Arithmetic>(a: A, f: &[u64], out: &mut [u64]) {
    let mut number = 0;
    for (x, &c) in out.iter_mut().zip(f) {
        *x = a.mul(c, number);
        number = a.add(number, a.entry());
    }
}

/// `1/k`, entered, modulo a prime: from `p = floor(p/k)*k + (p mod k)`.
#[inline(always)]
pub(super) fn inverses<A: Arithmetic>(a: A, out: &mut [u64]) {
    let p = a.modulus();
    for k in 1..out.len() {
        out[k] = match k as u64 {
            1 => a.enter(1),
            k => a.neg(a.mul(a.enter(p / k), out[(p % k) as usize])),
        };
    }
}

/// What is done for each coefficient of a block, unrolled: sums stay in registers.
trait Places {
    /// Coefficient `L` of the block.
    fn place<const L: usize>(&mut self);
}

/// The first `count` of a block: what is beyond the last that is wanted is left out.
#[inline(always)]
fn each_place(work: &mut impl Places, count: usize) {
    work.place::<0>();
    if count > 1 {
        work.place::<1>();
    }
    if count > 2 {
        work.place::<2>();
    }
    if count > 3 {
        work.place::<3>();
    }
    if count > 4 {
        work.place::<4>();
    }
    if count > 5 {
        work.place::<5>();
    }
    if count > 6 {
        work.place::<6>();
    }
    if count > 7 {
        work.place::<7>();
    }
}

/// The coefficients of a block that are known, and the newest of them, not quite reduced.
#[derive(Clone, Copy, Default)]
struct Block {
    known: [u64; BLOCK],
    newest: u64,
}

impl Block {
    #[inline(always)]
    fn push<A: Arithmetic>(&mut self, a: A, l: usize, c: u64) {
        self.newest = c;
        self.known[l] = a.correct(c);
    }

    /// `sum of x[i]*y[L - i]` for the coefficients before the newest.
    #[inline(always)]
    fn older<A: Arithmetic, const L: usize>(&self, a: A, y: &[u64]) -> A::Sum {
        let y = &y[..BLOCK];
        (0..L.saturating_sub(1)).fold(A::ZERO, |sum, i| a.add_product(sum, self.known[i], y[L - i]))
    }

    /// `known + sum of x[i]*y[L - i]`, not quite reduced.
    #[inline(always)]
    fn sum<A: Arithmetic, const L: usize>(&self, a: A, known: u64, y: &[u64]) -> u64 {
        let older = self.older::<A, L>(a, y);
        a.reduce_loosely(known, if L == 0 { older } else { a.add_product(older, self.newest, y[1]) })
    }
}

/// [`Rows`] of the blocks before `start`.
#[inline(always)]
fn before<A: Arithmetic>(a: A, rows: impl Rows<A>, x: &[u64], y: &[u64], start: usize) -> [u64; BLOCK] {
    if start == 0 { [0; BLOCK] } else { rows.rows(a, &x[..start], &y[..start + BLOCK]) }
}

/// `q = f + q*y`, for the first block of `y`.
struct Quotient<'a, A> {
    a: A,
    f: [u64; BLOCK],
    y: &'a [u64],
    q: Block,
}

impl<A: Arithmetic> Places for Quotient<'_, A> {
    #[inline(always)]
    fn place<const L: usize>(&mut self) {
        let q = self.q.sum::<A, L>(self.a, self.f[L], self.y);
        self.q.push(self.a, L, q);
    }
}

/// The quotient of a block and the reciprocal, entered, side by side: neither waits for the other.
struct WithReciprocal<'a, A>(Quotient<'a, A>, Quotient<'a, A>);

impl<A: Arithmetic> Places for WithReciprocal<'_, A> {
    #[inline(always)]
    fn place<const L: usize>(&mut self) {
        self.0.place::<L>();
        self.1.place::<L>();
    }
}

/// A first block where a window for one block may begin.
#[inline(always)]
fn behind_zeros(block: &[u64; BLOCK]) -> [u64; 2 * BLOCK] {
    let mut padded = [0; 2 * BLOCK];
    padded[BLOCK..].copy_from_slice(block);
    padded
}

/// So few coefficients of a last block follow from each other sooner than from a product.
const FEW: usize = 2;

/// `q = f/(1 - y)` to `len` coefficients, for a `q` that holds `f`; they end in the last block.
#[inline(always)]
pub(super) fn quotient<A: Arithmetic>(a: A, rows: impl Rows<A>, q: &mut [u64], y: &[u64], len: usize) {
    let block = |f: [u64; BLOCK]| Quotient { a, f, y, q: Block::default() };
    let first = block(std::array::from_fn(|l| q[l]));
    let mut both = WithReciprocal(first, block([a.enter(1), 0, 0, 0, 0, 0, 0, 0]));
    if len > BLOCK + FEW {
        each_place(&mut both, BLOCK);
    } else {
        each_place(&mut both.0, len);
    }
    q[..BLOCK].copy_from_slice(&both.0.q.known);
    let reciprocal = behind_zeros(&both.1.q.known);
    for start in (BLOCK..q.len()).step_by(BLOCK) {
        let before = before(a, rows, q, y, start);
        let f = std::array::from_fn(|l| a.add(q[start + l], before[l]));
        let known = if len - start > FEW {
            rows.rows(a, &f, &reciprocal)
        } else {
            let mut last = block(f);
            each_place(&mut last, len - start);
            last.q.known
        };
        q[start..start + BLOCK].copy_from_slice(&known);
    }
}

/// What divides by the index: sums of products of which the newest is `x*y[1]`.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    /// `1/k`.
    pub(super) inverses: &'a [u64],
    /// `y[1]/k`.
    pub(super) newest: &'a [u64],
}

impl<'a> Numbers<'a> {
    /// Those from `k` on.
    #[inline(always)]
    fn from(self, k: usize) -> Self {
        Numbers { inverses: &self.inverses[k..k + BLOCK], newest: &self.newest[k..k + BLOCK] }
    }

    /// `(known + sum of x[i]*y[L - i])/k`, not quite reduced.
    #[inline(always)]
    fn divided<A: Arithmetic, const L: usize>(self, a: A, x: &Block, known: u64, y: &[u64]) -> u64 {
        let older = a.add(known, a.reduce(x.older::<A, L>(a, y)));
        let sum = a.add_product(A::ZERO, older, self.inverses[L]);
        a.reduce_loosely(0, if L == 0 { sum } else { a.add_product(sum, x.newest, self.newest[L]) })
    }
}

/// `e` with `k*e[k] = sum of y[j]*e[k - j]`.
#[inline(always)]
pub(super) fn exp<A: Arithmetic>(a: A, rows: impl Rows<A>, e: &mut [u64], y: &[u64], numbers: Numbers<'_>) {
    struct Exp<'a, A> {
        a: A,
        before: [u64; BLOCK],
        y: &'a [u64],
        numbers: Numbers<'a>,
        first: bool,
        e: Block,
    }
    impl<A: Arithmetic> Places for Exp<'_, A> {
        #[inline(always)]
        fn place<const L: usize>(&mut self) {
            let mut e = self.numbers.divided::<A, L>(self.a, &self.e, self.before[L], self.y);
            if L == 0 && self.first {
                e = 1;
            }
            self.e.push(self.a, L, e);
        }
    }
    for start in (0..e.len()).step_by(BLOCK) {
        let before = before(a, rows, e, y, start);
        let numbers = numbers.from(start);
        let mut block = Exp { a, before, y, numbers, first: start == 0, e: Block::default() };
        each_place(&mut block, BLOCK);
        e[start..start + BLOCK].copy_from_slice(&block.e.known);
    }
}

/// `s` and `c` with `k*s[k] = sum of y[j]*c[k - j]` and `k*c[k] = sum of y[j]*s[k - j]` over the `opposite` numbers.
#[inline(always)]
pub(super) fn sine_cosine<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (s, c): (&mut [u64], &mut [u64]),
    y: &[u64],
    numbers: Numbers<'_>,
    opposite: Numbers<'_>,
) {
    struct SineCosine<'a, A> {
        a: A,
        before: [[u64; BLOCK]; 2],
        y: &'a [u64],
        numbers: [Numbers<'a>; 2],
        first: bool,
        s: Block,
        c: Block,
    }
    impl<A: Arithmetic> Places for SineCosine<'_, A> {
        #[inline(always)]
        fn place<const L: usize>(&mut self) {
            let s = self.numbers[0].divided::<A, L>(self.a, &self.c, self.before[0][L], self.y);
            let mut c = self.numbers[1].divided::<A, L>(self.a, &self.s, self.before[1][L], self.y);
            if L == 0 && self.first {
                c = 1;
            }
            self.s.push(self.a, L, s);
            self.c.push(self.a, L, c);
        }
    }
    for start in (0..s.len()).step_by(BLOCK) {
        let before = [before(a, rows, c, y, start), before(a, rows, s, y, start)];
        let numbers = [numbers.from(start), opposite.from(start)];
        let (s_block, c_block) = (Block::default(), Block::default());
        let mut block = SineCosine { a, before, y, numbers, first: start == 0, s: s_block, c: c_block };
        each_place(&mut block, BLOCK);
        s[start..start + BLOCK].copy_from_slice(&block.s.known);
        c[start..start + BLOCK].copy_from_slice(&block.c.known);
    }
}

/// `t` with `k*t[k] = sum of y[j]*u[k - j]` for `u = 1 + t^2`; `entered` becomes `t` as a factor.
#[inline(always)]
pub(super) fn tangent<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    t: &mut [u64],
    y: &[u64],
    numbers: Numbers<'_>,
    (entered, u): (&mut [u64], &mut [u64]),
) {
    struct Tangent<'a, A> {
        a: A,
        before: [u64; BLOCK],
        /// Of the square, the products of which no factor is in this block.
        square: [u64; BLOCK],
        y: &'a [u64],
        numbers: Numbers<'a>,
        first: bool,
        /// The first block and this one, the same at first.
        entered: [[u64; BLOCK]; 2],
        t: Block,
        u: Block,
    }
    impl<A: Arithmetic> Places for Tangent<'_, A> {
        #[inline(always)]
        fn place<const L: usize>(&mut self) {
            let a = self.a;
            let t = self.numbers.divided::<A, L>(a, &self.u, self.before[L], self.y);
            // The constant coefficient is 0: nothing waits for this one.
            let part = a.reduce(if L == 0 { A::ZERO } else { self.square_sum::<L>() });
            self.t.push(a, L, t);
            let entered = a.enter(self.t.known[L]);
            self.entered[1][L] = entered;
            let u = if self.first {
                self.entered[0][L] = entered;
                if L == 0 { 1 } else { part }
            } else {
                a.add(self.square[L], a.add(part, part))
            };
            self.u.push(a, L, u);
        }
    }
    impl<A: Arithmetic> Tangent<'_, A> {
        /// `sum of t[i]*t[L - i]` with the first block, without the constant coefficient.
        #[inline(always)]
        fn square_sum<const L: usize>(&self) -> A::Sum {
            let (a, first) = (self.a, &self.entered[0]);
            (0..L).fold(A::ZERO, |sum, i| a.add_product(sum, self.t.known[i], first[L - i]))
        }
    }
    for start in (0..t.len()).step_by(BLOCK) {
        let (first, end) = (start == 0, start + BLOCK);
        let (before, square) = (before(a, rows, u, y, start), before(a, rows, t, entered, start));
        let entered_first = std::array::from_fn(|l| entered[l]);
        let mut block = Tangent {
            a,
            before,
            square,
            y,
            numbers: numbers.from(start),
            first,
            entered: [entered_first; 2],
            t: Block::default(),
            u: Block::default(),
        };
        each_place(&mut block, BLOCK);
        t[start..end].copy_from_slice(&block.t.known);
        u[start..end].copy_from_slice(&block.u.known);
        entered[start..end].copy_from_slice(&block.entered[1]);
    }
}

/// What `-sum of s[i]*s[k - i]` is for a block, from the blocks before it and without the constant coefficient: the sum of the first block and twice the second.
#[inline(always)]
fn square<A: Arithmetic>(a: A, rows: impl Rows<A>, s: &[u64], y: &[u64], start: usize) -> [[u64; BLOCK]; 2] {
    let middle = start / 2;
    if middle < 2 * BLOCK {
        return [before(a, rows, s, y, start), [0; BLOCK]];
    }
    // Products of two coefficients are summed once, but for those next to the middle; what is not known yet is 0.
    let near = behind_zeros(y[middle..].first_chunk().expect("a block"));
    [rows.rows(a, &s[middle..][..BLOCK], &near), rows.rows(a, &s[..middle], &y[middle..start + BLOCK])]
}

/// `s` with `s^2 = f`, for an entered inverse of 2; `y` becomes `-s` as a factor.
#[inline(always)]
pub(super) fn square_root<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    s: &mut [u64],
    f: &[u64],
    y: &mut [u64],
    half: u64,
) {
    /// Products of two coefficients are summed once, for twice their half.
    struct First<A> {
        a: A,
        /// `f/2`.
        f: [u64; BLOCK],
        half: u64,
        y: [u64; BLOCK],
        s: Block,
        /// `1/s`, entered.
        reciprocal: Block,
    }
    impl<A: Arithmetic> Places for First<A> {
        #[inline(always)]
        fn place<const L: usize>(&mut self) {
            if L == 0 {
                return self.reciprocal.push(self.a, 0, self.a.enter(1));
            }
            let (a, s) = (self.a, &self.s.known);
            let mut sum =
                (L / 2 + 1..L.max(2) - 1).fold(A::ZERO, |sum, i| a.add_product(sum, s[i], self.y[L - i]));
            let mut known = self.f[L];
            if L > 2 {
                sum = a.add_product(sum, self.s.newest, self.y[1]);
            }
            if L.is_multiple_of(2) {
                let middle = a.mul(s[L / 2], self.y[L / 2]);
                known = a.add(known, a.mul(middle, self.half));
            }
            let c = a.reduce_loosely(known, sum);
            self.s.push(a, L, c);
            self.y[L] = a.enter(a.neg(self.s.known[L]));
            let c = self.reciprocal.sum::<A, L>(a, 0, &self.y);
            self.reciprocal.push(a, L, c);
        }
    }
    // The constant coefficient is left out of all sums.
    let halved = std::array::from_fn(|l| a.mul(f[l], half));
    let mut block =
        First { a, f: halved, half, y: [0; BLOCK], s: Block::default(), reciprocal: Block::default() };
    each_place(&mut block, BLOCK);
    s[..BLOCK].copy_from_slice(&block.s.known);
    y[..BLOCK].copy_from_slice(&block.y);
    let reciprocal = behind_zeros(&block.reciprocal.known);
    for start in (BLOCK..s.len()).step_by(BLOCK) {
        let [once, twice] = square(a, rows, s, y, start);
        // Of the products with coefficients of this block half are left, and they are those of a quotient by the first block.
        let f: [u64; BLOCK] =
            std::array::from_fn(|l| a.add(a.mul(a.add(f[start + l], once[l]), half), twice[l]));
        let known = rows.rows(a, &f, &reciprocal);
        s[start..start + BLOCK].copy_from_slice(&known);
        if start + BLOCK < s.len() {
            y[start..start + BLOCK].iter_mut().zip(known).for_each(|(y, c)| *y = a.enter(a.neg(c)));
        }
    }
    s[0] = 1;
}
