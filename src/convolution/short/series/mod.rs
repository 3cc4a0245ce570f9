//! Quotients and functions of short power series modulo a word, coefficient by coefficient: `f/g`, `exp`, `log`, `sin` and `cos`, `tan`, square roots.
//!
//! They stand apart from the recurrences over any ring because there a coefficient waits for operations of the ring and for memory: here it takes one
//! sum of products that is reduced once, and the next one waits for one product and that reduction.
//!
//! # Method
//! Coefficients in blocks of eight. What those of earlier blocks add to a block is a window of a product, [`rows`](Arithmetic::rows), which nothing
//! has to wait for; within the block sums have at most seven terms. The recurrences are those of `q*g = f`, `e' = f'*e`, `s' = f'*c` with `c' = -f'*s`,
//! `t' = f'*(1 + t^2)` and `s^2 = f`. Where a sum is divided by the index, the newest coefficient is multiplied by a factor that has the quotient in it:
//! otherwise the next one would wait for two reductions.
//!
//! # Invariants
//! Operands are reduced. Sequences end with zeros up to a whole number of blocks.

mod rows;
#[cfg(test)]
mod tests;

use super::{
    blocks::in_room,
    lane::{Lane, Task},
    unit,
};
use crate::{
    Result,
    convolution::{
        Backend, backend,
        delayed::{Arithmetic, BLOCK, Half, Wide, Word},
    },
    integer::WordModulus,
};
use rows::{InLanes, OneByOne, Rows};

/// The most coefficients.
pub(crate) const MAX_LEN: usize = 128;

/// What is computed. Where it divides by numbers, all below the length are units of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Function<'a> {
    /// `f/g`, with the inverse of the constant coefficient of `g`.
    Quotient(&'a [u64], &'a [u64], u64),
    /// `exp f`, for a constant coefficient 0.
    Exp(&'a [u64]),
    /// `log f`, for a constant coefficient 1.
    Log(&'a [u64]),
    /// `sin f`, and behind it `cos f`, for a constant coefficient 0.
    SineCosine(&'a [u64]),
    /// `tan f`, for a constant coefficient 0.
    Tangent(&'a [u64]),
    /// The square root of `f`, for a constant coefficient 1, with the inverse of 2.
    SquareRoot(&'a [u64], u64),
    /// Quotient and remainder of polynomials, with the inverse of the leading coefficient of `g`.
    Division(&'a [u64], &'a [u64], u64),
}

/// The first coefficients, up to [`MAX_LEN`]; nothing modulo 1.
///
/// # Errors
/// Kind limit, where memory is refused; kind unsupported where `MONIC_SIMD` is wrong.
pub(crate) fn series(n: &WordModulus, function: Function<'_>, len: usize) -> Result<Option<Vec<u64>>> {
    if len > MAX_LEN || n.modulus() == 1 {
        return Ok(None);
    }
    if len == 0 {
        return Ok(Some(Vec::new()));
    }
    let second = if let Function::SineCosine(_) = function { len } else { 0 };
    let (mut out, size) = (Vec::new(), len.next_multiple_of(BLOCK));
    compute(n, function, (len, second), &mut out)?;
    out.copy_within(size..size + second, len);
    out.truncate(len + second);
    Ok(Some(out))
}

/// Quotient and remainder, with the inverse of the leading coefficient of `g`, for quotients and degrees up to [`MAX_LEN`]; the remainder is as long as
/// the degree of `g`. The dividend is not shorter; nothing modulo 1.
///
/// # Errors
/// As for [`series`].
pub(crate) fn quo_rem(
    n: &WordModulus,
    f: &[u64],
    g: &[u64],
    inverse: u64,
) -> Result<Option<(Vec<u64>, Vec<u64>)>> {
    let degree = g.len() - 1;
    let len = f.len() - degree;
    if len.max(degree) > MAX_LEN || n.modulus() == 1 {
        return Ok(None);
    }
    let mut quo = Vec::new();
    compute(n, Function::Division(f, g, inverse), (len, degree), &mut quo)?;
    let size = len.next_multiple_of(BLOCK);
    let rem = quo[size..size + degree].to_vec();
    quo.truncate(len);
    Ok(Some((quo, rem)))
}

/// One result, and maybe a second one behind it, of so many coefficients, each in whole blocks.
fn compute(
    n: &WordModulus,
    function: Function<'_>,
    (len, second): (usize, usize),
    out: &mut Vec<u64>,
) -> Result<()> {
    let (size, second) = (len.next_multiple_of(BLOCK), second.next_multiple_of(BLOCK));
    *out = vec![0; size + second];
    let backend = backend()?;
    // Half words on four lanes: with eight, compilers find vectors for single residues too, of which the products are slow. A single block is nobody's window.
    let unit = match backend {
        Backend::Portable => None,
        _ if size + second == BLOCK => None,
        _ if Half::new(n).is_some_and(Half::is_odd) => unit(Backend::Avx2),
        _ => unit(backend),
    };
    let room = if let Function::Division(..) = function { 2 * size + second } else { PARTS * size };
    in_room(room, |room| {
        let series = Series { n, function, len, out, room };
        match unit {
            Some(unit) => unit.series(series),
            None => series.one_by_one(),
        }
    })
}

/// Sequences that a function computes with.
const PARTS: usize = 5;

/// A function, and where it is computed.
pub(in crate::convolution) struct Series<'a> {
    n: &'a WordModulus,
    function: Function<'a>,
    len: usize,
    /// Whole blocks, of zeros.
    out: &'a mut [u64],
    /// Of any contents.
    room: &'a mut [u64],
}

impl Task for Series<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        if L::N == HALVES
            && let Some(a) = Half::new(self.n)
            && a.is_odd()
        {
            self.by(a, InLanes(lane));
        } else if L::HALVES
            && let Some(a) = Word::new(self.n)
        {
            self.by(a, InLanes(lane));
        } else {
            self.one_by_one();
        }
    }
}

/// Lanes for half words.
const HALVES: usize = 4;

impl<'a> Series<'a> {
    #[inline(never)]
    fn one_by_one(self) {
        if let Some(a) = Half::new(self.n) {
            self.by(a, OneByOne);
        } else if let Some(a) = Word::new(self.n) {
            self.by(a, OneByOne);
        } else {
            let a = Wide(*self.n);
            self.by(a, OneByOne);
        }
    }

    #[inline(always)]
    fn by<A: Arithmetic>(self, a: A, rows: impl Rows<A>) {
        let Series { function, len, out, room, .. } = self;
        let size = len.next_multiple_of(BLOCK);
        if let Function::Division(f, g, unit) = function {
            let (quo, rem) = out.split_at_mut(size);
            return division(a, rows, (f, g, unit), (quo, rem), room);
        }
        let mut room = Room(room.chunks_exact_mut(size));
        let cut = |f: &'a [u64]| &f[..f.len().min(len)];
        match function {
            Function::Quotient(f, g, unit) => {
                let y = room.zeros();
                normalise(a, (out, cut(f).iter()), (y, cut(g).iter()), unit);
                quotient(a, rows, out, y);
            }
            Function::Division(..) => unreachable!("computed above"),
            Function::Log(f) => {
                let (y, slope, numbers) = (room.zeros(), room.zeros(), room.zeros());
                times_numbers(a, cut(f), slope);
                // Entered coefficients, out of that form.
                out.iter_mut().zip(&*slope).for_each(|(q, &c)| *q = a.mul(1, c));
                y.iter_mut().zip(cut(f)).skip(1).for_each(|(y, &c)| *y = a.enter(a.neg(c)));
                quotient(a, rows, out, y);
                inverses(a, &mut numbers[..len]);
                out.iter_mut().zip(&*numbers).for_each(|(c, &inverse)| *c = a.mul(*c, inverse));
            }
            Function::Exp(f) => {
                let (slope, numbers) = room.divided(a, cut(f), len);
                exp(a, rows, out, slope, numbers);
            }
            Function::SineCosine(f) => {
                let (slope, numbers) = room.divided(a, cut(f), len);
                let (inverses, newest) = (room.zeros(), room.zeros());
                for (to, from) in [(&mut *inverses, numbers.inverses), (&mut *newest, numbers.newest)] {
                    to.iter_mut().zip(from).for_each(|(to, &c)| *to = a.neg(c));
                }
                let (sine, cosine) = out.split_at_mut(size);
                sine_cosine(a, rows, (sine, cosine), slope, numbers, Numbers { inverses, newest });
            }
            Function::Tangent(f) => {
                let (slope, numbers) = room.divided(a, cut(f), len);
                tangent(a, rows, out, slope, numbers, (room.zeros(), room.zeros()));
            }
            Function::SquareRoot(f, half) => {
                let (values, y) = (room.zeros(), room.zeros());
                let f = cut(f);
                values[..f.len()].copy_from_slice(f);
                square_root(a, rows, out, values, y, a.enter(half));
            }
        }
    }
}

/// Working memory, a part the size of a result.
struct Room<'a>(std::slice::ChunksExactMut<'a, u64>);

impl<'a> Room<'a> {
    #[inline(always)]
    fn zeros(&mut self) -> &'a mut [u64] {
        let part = self.0.next().expect("five parts");
        part.fill(0);
        part
    }

    /// `k*f[k]`, entered, and the numbers below `len` to divide by.
    #[inline(always)]
    fn divided<A: Arithmetic>(&mut self, a: A, f: &[u64], len: usize) -> (&'a [u64], Numbers<'a>) {
        let (slope, inverse, newest) = (self.zeros(), self.zeros(), self.zeros());
        times_numbers(a, f, slope);
        inverses(a, &mut inverse[..len]);
        newest.iter_mut().zip(&*inverse).for_each(|(w, &c)| *w = a.mul(c, slope[1]));
        (slope, Numbers { inverses: inverse, newest })
    }
}

/// `q = f*unit`, and `y = 1 - g*unit`, entered, without the constant coefficient.
#[inline(always)]
fn normalise<'a, A: Arithmetic>(
    a: A,
    (q, f): (&mut [u64], impl Iterator<Item = &'a u64>),
    (y, g): (&mut [u64], impl Iterator<Item = &'a u64>),
    unit: u64,
) {
    let rest = y.iter_mut().zip(g).skip(1);
    if unit == 1 {
        q.iter_mut().zip(f).for_each(|(q, &c)| *q = c);
        rest.for_each(|(y, &c)| *y = a.enter(a.neg(c)));
    } else {
        let factor = a.enter(unit);
        q.iter_mut().zip(f).for_each(|(q, &c)| *q = a.mul(c, factor));
        let factor = a.enter(a.neg(factor));
        rest.for_each(|(y, &c)| *y = a.mul(c, factor));
    }
}

/// Quotient and remainder: from the leading coefficients down a power series, and what its product leaves of the others.
#[inline(always)]
fn division<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (f, g, unit): (&[u64], &[u64], u64),
    (quo, rem): (&mut [u64], &mut [u64]),
    room: &mut [u64],
) {
    let degree = g.len() - 1;
    let (size, len) = (quo.len(), f.len() - degree);
    room.fill(0);
    let (y, padded) = room.split_at_mut(size);
    normalise(a, (quo, f[degree..].iter().rev()), (y, g.iter().rev()), unit);
    quotient(a, rows, quo, y);
    quo[..len].reverse();
    // The other coefficients behind zeros: there a window of the product may begin.
    padded[size..].iter_mut().zip(&g[..degree]).for_each(|(y, &c)| *y = a.enter(a.neg(c)));
    for start in (0..degree).step_by(BLOCK) {
        let quo = &quo[..len.min(start + BLOCK)];
        let from = size + start - quo.len();
        let product = rows.rows(a, quo, &padded[from..from + quo.len() + BLOCK]);
        for ((r, &c), product) in rem[start..].iter_mut().zip(&f[start..degree]).zip(product) {
            *r = a.add(c, product);
        }
    }
}

/// `k*f[k]`, entered.
#[inline(always)]
fn times_numbers<A: Arithmetic>(a: A, f: &[u64], out: &mut [u64]) {
    let mut number = 0;
    for (x, &c) in out.iter_mut().zip(f) {
        *x = a.mul(c, number);
        number = a.add(number, a.entry());
    }
}

/// `1/k`, entered, modulo a prime: from `p = floor(p/k)*k + (p mod k)`.
#[inline(always)]
fn inverses<A: Arithmetic>(a: A, out: &mut [u64]) {
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

#[inline(always)]
fn each_place(work: &mut impl Places) {
    work.place::<0>();
    work.place::<1>();
    work.place::<2>();
    work.place::<3>();
    work.place::<4>();
    work.place::<5>();
    work.place::<6>();
    work.place::<7>();
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

/// `q = f/(1 - y)`, for a `q` that holds `f`.
#[inline(always)]
fn quotient<A: Arithmetic>(a: A, rows: impl Rows<A>, q: &mut [u64], y: &[u64]) {
    for start in (0..q.len()).step_by(BLOCK) {
        let before = before(a, rows, q, y, start);
        let f = std::array::from_fn(|l| a.add(q[start + l], before[l]));
        let mut block = Quotient { a, f, y, q: Block::default() };
        each_place(&mut block);
        q[start..start + BLOCK].copy_from_slice(&block.q.known);
    }
}

/// What divides by the index: sums of products of which the newest is `x*y[1]`.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    /// `1/k`.
    inverses: &'a [u64],
    /// `y[1]/k`.
    newest: &'a [u64],
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
fn exp<A: Arithmetic>(a: A, rows: impl Rows<A>, e: &mut [u64], y: &[u64], numbers: Numbers<'_>) {
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
        each_place(&mut block);
        e[start..start + BLOCK].copy_from_slice(&block.e.known);
    }
}

/// `s` and `c` with `k*s[k] = sum of y[j]*c[k - j]` and `k*c[k] = sum of y[j]*s[k - j]` over the `opposite` numbers.
#[inline(always)]
fn sine_cosine<A: Arithmetic>(
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
        each_place(&mut block);
        s[start..start + BLOCK].copy_from_slice(&block.s.known);
        c[start..start + BLOCK].copy_from_slice(&block.c.known);
    }
}

/// `t` with `k*t[k] = sum of y[j]*u[k - j]` for `u = 1 + t^2`; `entered` becomes `t` as a factor.
#[inline(always)]
fn tangent<A: Arithmetic>(
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
        each_place(&mut block);
        t[start..end].copy_from_slice(&block.t.known);
        u[start..end].copy_from_slice(&block.u.known);
        entered[start..end].copy_from_slice(&block.entered[1]);
    }
}

/// `s` with `s^2 = f`, for an entered inverse of 2; `y` becomes `-s` as a factor.
#[inline(always)]
fn square_root<A: Arithmetic>(a: A, rows: impl Rows<A>, s: &mut [u64], f: &[u64], y: &mut [u64], half: u64) {
    /// Products of two coefficients are summed once, for twice their half.
    struct First<A> {
        a: A,
        /// `f/2`.
        f: [u64; BLOCK],
        half: u64,
        y: [u64; BLOCK],
        s: Block,
    }
    impl<A: Arithmetic> Places for First<A> {
        #[inline(always)]
        fn place<const L: usize>(&mut self) {
            if L == 0 {
                return;
            }
            let (a, s) = (self.a, &self.s.known);
            let mut sum =
                (L / 2 + 1..L.max(2) - 1).fold(A::ZERO, |sum, i| a.add_product(sum, s[i], self.y[L - i]));
            let mut known = self.f[L];
            if L > 2 {
                sum = a.add_product(sum, self.s.newest, self.y[1]);
            }
            if L % 2 == 0 {
                let middle = a.mul(s[L / 2], self.y[L / 2]);
                known = a.add(known, a.mul(middle, self.half));
            }
            let c = a.reduce_loosely(known, sum);
            self.s.push(a, L, c);
            self.y[L] = a.enter(a.neg(self.s.known[L]));
        }
    }
    // The constant coefficient is left out of all sums.
    let halved = std::array::from_fn(|l| a.mul(f[l], half));
    let mut block = First { a, f: halved, half, y: [0; BLOCK], s: Block::default() };
    each_place(&mut block);
    s[..BLOCK].copy_from_slice(&block.s.known);
    y[..BLOCK].copy_from_slice(&block.y);
    for start in (BLOCK..s.len()).step_by(BLOCK) {
        let before = before(a, rows, s, y, start);
        // Of the products with coefficients of this block half are left, and they are those of a quotient by the first block.
        let f = std::array::from_fn(|l| a.mul(a.add(f[start + l], before[l]), half));
        let mut block = Quotient { a, f, y, q: Block::default() };
        each_place(&mut block);
        let known = block.q.known;
        s[start..start + BLOCK].copy_from_slice(&known);
        y[start..start + BLOCK].iter_mut().zip(known).for_each(|(y, c)| *y = a.enter(a.neg(c)));
    }
    s[0] = 1;
}
