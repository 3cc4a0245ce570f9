//! Quotients and functions of short power series modulo a word, coefficient by coefficient: `f/g`, `exp`, `log`, `sin` and `cos`, `tan`, square roots; compositions and
//! reversions.
//!
//! They stand apart from the recurrences over any ring because there a coefficient waits for operations of the ring and for memory: here it takes one
//! sum of products that is reduced once, and the next one waits for one product and that reduction.
//!
//! # Method
//! Coefficients in blocks of eight. What those of earlier blocks add to a block is a window of a product ([`rows`]), which nothing has to wait for; within the
//! block they follow from each other ([`recurrences`]), but for quotients and square roots after the first one: there a block is a product with the reciprocal of
//! the first. Truncated products, which compositions are made of ([`compositions`]), are such windows too.
//!
//! # Invariants
//! Operands are reduced. Sequences end with zeros up to a whole number of blocks.

mod compositions;
mod powers;
mod recurrences;
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
    integer::{WordModulus, zeros},
};
use compositions::MAX_TERMS;
use num_bigint::BigUint;
pub(crate) use powers::MAX_DEGREE;
use recurrences::{Numbers, exp, inverses, quotient, sine_cosine, square_root, tangent, times_numbers};
use rows::{InLanes, OneByOne, Rows};

/// The most coefficients.
pub(crate) const MAX_LEN: usize = 256;

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
    /// `f(g)`.
    Composition(&'a [u64], &'a [u64]),
    /// The `r` with `g(r) = x`, for a constant coefficient 0, with the inverse of the next one.
    Reversion(&'a [u64], u64),
    /// `b^e` modulo a monic polynomial, to as many coefficients as its degree.
    Power(&'a [u64], &'a BigUint, &'a [u64]),
    /// `f(g)` modulo such a polynomial.
    ModularComposition(&'a [u64], &'a [u64], &'a [u64]),
    /// Quotient and remainder of polynomials, with the inverse of the leading coefficient of `g`.
    Division(&'a [u64], &'a [u64], u64),
}

/// The first coefficients, up to [`MAX_LEN`]; nothing modulo 1, nor compositions of many terms, reversions of more than [`MAX_TERMS`] coefficients
/// and powers beyond [`MAX_DEGREE`].
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
    match function {
        Function::Composition(f, _) | Function::ModularComposition(f, ..)
            if !(1..=MAX_TERMS).contains(&f.len()) =>
        {
            return Ok(None);
        }
        Function::Power(..) | Function::ModularComposition(..) if len > MAX_DEGREE => return Ok(None),
        Function::Reversion(..) if !(2..=MAX_TERMS).contains(&len) => return Ok(None),
        _ => {}
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

/// `base^exponent` modulo a monic polynomial of degree 1 to [`MAX_DEGREE`], for a base with no more coefficients than the degree; nothing where sums do not stand in lanes, modulo even
/// numbers among others.
///
/// # Errors
/// As for [`series`].
pub(crate) fn power(
    n: &WordModulus,
    base: &[u64],
    exponent: &BigUint,
    divisor: &[u64],
) -> Result<Option<Vec<u64>>> {
    modulo(n, Function::Power(base, exponent, divisor), divisor.len() - 1)
}

/// `f(g)` modulo a monic polynomial as for [`power`], for an `f` of at most [`MAX_TERMS`] terms, and a `g` with no more coefficients than the degree.
///
/// # Errors
/// As for [`series`].
pub(crate) fn modular_composition(
    n: &WordModulus,
    f: &[u64],
    g: &[u64],
    divisor: &[u64],
) -> Result<Option<Vec<u64>>> {
    modulo(n, Function::ModularComposition(f, g, divisor), divisor.len() - 1)
}

/// A function modulo a polynomial of so high a degree, where sums stand in lanes.
fn modulo(n: &WordModulus, function: Function<'_>, degree: usize) -> Result<Option<Vec<u64>>> {
    let in_lanes = match backend()? {
        Backend::Portable => false,
        Backend::Ifma => Word::new(n).is_some(),
        _ => Half::new(n).is_some_and(Half::is_odd),
    };
    if in_lanes { series(n, function, degree) } else { Ok(None) }
}

/// One result, and maybe a second one behind it, of so many coefficients, each in whole blocks.
fn compute(
    n: &WordModulus,
    function: Function<'_>,
    (len, second): (usize, usize),
    out: &mut Vec<u64>,
) -> Result<()> {
    let (size, second) = (len.next_multiple_of(BLOCK), second.next_multiple_of(BLOCK));
    *out = zeros(size + second);
    let backend = backend()?;
    // Half words on four lanes: with eight, compilers find vectors for single residues too, of which the products are slow. A single block is nobody's window.
    let unit = match backend {
        Backend::Portable => None,
        // But compositions and reversions are products of many.
        _ if size + second == BLOCK
            && !matches!(function, Function::Composition(..) | Function::Reversion(..)) =>
        {
            None
        }
        _ if Half::new(n).is_some_and(Half::is_odd) => unit(Backend::Avx2),
        _ => unit(backend),
    };
    let room = match function {
        Function::Division(..) => 2 * size + second,
        Function::Composition(f, _) => compositions::room(f.len(), size),
        Function::Reversion(..) => 3 * size + compositions::room(len - 1, size),
        Function::Power(..) => powers::room(len, size),
        Function::ModularComposition(f, ..) => powers::room_to_compose(f.len(), len, size),
        Function::Quotient(..) => size,
        _ => PARTS * size,
    };
    in_room(room, |room| {
        let series = Series { n, function, len, out, room };
        match unit {
            Some(unit) => unit.series(series),
            None => series.alone(),
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

/// What runs with the sums that the modulus allows.
trait Computation: Sized {
    fn modulus(&self) -> &WordModulus;
    /// To be inlined always.
    fn by<A: Arithmetic>(self, a: A, rows: impl Rows<A>);

    #[inline(never)]
    fn one_by_one(self) {
        if let Some(a) = Half::new(self.modulus()) {
            self.by(a, OneByOne);
        } else if let Some(a) = Word::new(self.modulus()) {
            self.by(a, OneByOne);
        } else {
            let a = Wide(*self.modulus());
            self.by(a, OneByOne);
        }
    }
}

/// A computation in lanes.
#[inline(always)]
fn side_by_side<L: Lane>(computation: impl Computation, lane: L) {
    if L::N == HALVES
        && let Some(a) = Half::new(computation.modulus())
        && a.is_odd()
    {
        computation.by(a, InLanes(lane));
    } else if L::HALVES
        && let Some(a) = Word::new(computation.modulus())
    {
        computation.by(a, InLanes(lane));
    } else {
        computation.one_by_one();
    }
}

impl Task for Series<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        side_by_side(self, lane);
    }
}

impl Task for Modulo<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        side_by_side(self, lane);
    }
}

/// Lanes for half words.
const HALVES: usize = 4;

/// A function modulo a polynomial: a computation of its own, for all functions together would take too much of the stack where nothing is optimised.
struct Modulo<'a>(Series<'a>);

impl Computation for Modulo<'_> {
    fn modulus(&self) -> &WordModulus {
        self.0.n
    }

    #[inline(always)]
    fn by<A: Arithmetic>(self, a: A, rows: impl Rows<A>) {
        let Series { function, out, room, .. } = self.0;
        match function {
            Function::Power(base, exponent, divisor) => {
                powers::power(a, rows, (base, exponent, divisor), out, room);
            }
            Function::ModularComposition(f, g, divisor) => {
                powers::compose(a, rows, (f, g, divisor), out, room);
            }
            _ => unreachable!("a function of series"),
        }
    }
}

impl Series<'_> {
    fn is_modulo(&self) -> bool {
        matches!(self.function, Function::Power(..) | Function::ModularComposition(..))
    }

    /// In the lanes of a unit.
    #[inline(always)]
    pub(super) fn in_lanes(self, lane: impl Lane) {
        if self.is_modulo() {
            lane.enter(Modulo(self));
        } else {
            lane.enter(self);
        }
    }

    fn alone(self) {
        if self.is_modulo() {
            Modulo(self).one_by_one();
        } else {
            self.one_by_one();
        }
    }
}

impl Computation for Series<'_> {
    fn modulus(&self) -> &WordModulus {
        self.n
    }

    #[inline(always)]
    fn by<A: Arithmetic>(self, a: A, rows: impl Rows<A>) {
        let Series { function, len, out, room, .. } = self;
        let size = len.next_multiple_of(BLOCK);
        let mut room = Room { rest: room, size };
        let cut = |f| cut(f, len);
        match function {
            Function::Quotient(f, g, unit) => {
                let y = room.zeros();
                normalise(a, rows, (out, cut(f).iter()), (y, cut(g).iter()), unit);
                quotient(a, rows, out, y, len);
            }
            Function::Log(f) => {
                let (y, slope, numbers) = (room.zeros(), room.zeros(), room.zeros());
                times_numbers(a, cut(f), slope);
                // Entered coefficients, out of that form.
                out.iter_mut().zip(&*slope).for_each(|(q, &c)| *q = a.mul(1, c));
                enter_negatives(a, rows, (y, cut(f).iter()), 1);
                y[0] = 0;
                quotient(a, rows, out, y, len);
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
            Function::Composition(f, g) => compositions::compose(a, rows, (f, cut(g)), out, room.rest),
            Function::Reversion(g, unit) => {
                let (y, numbers, giant) = (room.zeros(), room.zeros(), room.zeros());
                normalise(a, rows, (out, [1].iter()), (y, cut(g)[1..].iter()), unit);
                quotient(a, rows, out, y, len - 1);
                let powers = room.rest;
                powers[..BLOCK].fill(0);
                powers[BLOCK..].iter_mut().zip(&*out).for_each(|(power, &c)| *power = a.enter(c));
                out.fill(0);
                compositions::reverse(a, rows, out, (powers, giant), (numbers, len));
            }
            Function::Power(..) | Function::ModularComposition(..) => unreachable!("modulo a polynomial"),
            Function::Division(f, g, unit) => {
                let (quo, rem) = out.split_at_mut(size);
                division(a, rows, (f, g, unit), (quo, rem), room.rest);
            }
        }
    }
}

/// The first coefficients.
fn cut(f: &[u64], len: usize) -> &[u64] {
    &f[..f.len().min(len)]
}

/// Working memory, and the size of a result.
struct Room<'a> {
    rest: &'a mut [u64],
    size: usize,
}

impl<'a> Room<'a> {
    /// A part of it.
    #[inline(always)]
    fn zeros(&mut self) -> &'a mut [u64] {
        let (part, rest) = std::mem::take(&mut self.rest).split_at_mut(self.size);
        self.rest = rest;
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

/// `q = f*unit`, and `y = 1 - g*unit`, entered, without the constant coefficient, in place of zeros.
#[inline(always)]
fn normalise<'a, A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (q, f): (&mut [u64], impl Iterator<Item = &'a u64>),
    (y, g): (&mut [u64], impl Iterator<Item = &'a u64>),
    unit: u64,
) {
    if unit == 1 {
        for (q, &c) in q.iter_mut().zip(f) {
            *q = c;
        }
    } else {
        times(a, rows, (q, f), a.enter(unit));
    }
    enter_negatives(a, rows, (y, g), unit);
    y[0] = 0;
}

/// `-g*unit`, entered, in place of zeros.
#[inline(always)]
fn enter_negatives<'a, A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (y, g): (&mut [u64], impl Iterator<Item = &'a u64>),
    unit: u64,
) {
    if a.entry() == 1 && unit == 1 {
        for (y, &c) in y.iter_mut().zip(g) {
            *y = a.neg(c);
        }
    } else {
        times(a, rows, (y, g), a.enter(a.enter(a.neg(unit))));
    }
}

/// Coefficients times an entered factor, which may be entered twice, in place of zeros.
#[inline(always)]
fn times<'a, A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (out, f): (&mut [u64], impl Iterator<Item = &'a u64>),
    factor: u64,
) {
    if a.entry() == 1 || out.len() <= 2 * BLOCK {
        for (to, &c) in out.iter_mut().zip(f) {
            *to = a.mul(c, factor);
        }
        return;
    }
    // Longer products stand side by side.
    for (to, &c) in out.iter_mut().zip(f) {
        *to = c;
    }
    for block in out.as_chunks_mut::<BLOCK>().0 {
        *block = rows.sum(a, &[factor], std::iter::once(&*block));
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
    normalise(a, rows, (quo, f[degree..].iter().rev()), (y, g.iter().rev()), unit);
    quotient(a, rows, quo, y, len);
    quo[..len].reverse();
    // The other coefficients behind zeros: there a window of the product may begin.
    enter_negatives(a, rows, (&mut padded[size..], g[..degree].iter()), 1);
    for start in (0..degree).step_by(BLOCK) {
        let quo = &quo[..len.min(start + BLOCK)];
        let from = size + start - quo.len();
        let product = rows.rows(a, quo, &padded[from..from + quo.len() + BLOCK]);
        for ((r, &c), product) in rem[start..].iter_mut().zip(&f[start..degree]).zip(product) {
            *r = a.add(c, product);
        }
    }
}
