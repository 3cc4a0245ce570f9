//! Products of natural numbers of up to [`MOST_LIMBS`] limbs: `c[k] = sum over i+j=k of a[i]*b[j]` in digits of 52 bits, all
//! columns in registers.
//!
//! Apart from [`digits`](super::digits), which goes through memory and any length: here the number of digits is known to the compiler. The
//! longer operand stands in vectors, is moved up by one digit eight times, and every place of it meets each eighth digit of the shorter one. A place that
//! holds no digit costs nothing. Operands are padded to the next size of a few, so that a shorter one costs as much as the longer one does.
//!
//! # Bounds
//! A column has a low and a high half of `D` products each, `2D * 2^52` at most, below 2^59. After one round of carries a digit is below
//! `2^52 + 2^7`. Rarely one is `2^52 - 1` or more; only then are carries rippled.
//!
//! # Source
//! S. Gueron, V. Krasnov, "Accelerating big integer arithmetic using Intel IFMA extensions", ARITH 2016.

use super::{
    arithmetic::Arithmetic,
    digits::{GROUP, PAIR_LIMBS, pack, ripple, unpack},
    ifma::{Ifma, MASK},
    lane::{IntegerLane, Task},
};
use crate::convolution::tuning;

/// The most limbs of the longer operand.
const MOST_LIMBS: usize = 32;

/// `out = a * b` for two natural numbers, `out.len() = a.len() + b.len()`; false, and nothing done, when one is too long or too short.
#[inline(always)]
pub(super) fn product<L: IntegerLane, const FUSED: bool>(
    lane: L,
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
) -> bool {
    debug_assert!(out.len() == a.len() + b.len());
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if a.len() > MOST_LIMBS || b.len() < tuning::INTEGER_COLUMNS_LIMBS {
        return false;
    }
    macro_rules! by_size {
        ($($limbs:literal: $digits:literal in $vectors:literal, $columns:literal;)*) => {
            match a.len() {
                $(..=$limbs => lane.enter::<Ifma<L, FUSED>, _>(Columns::<L, $digits, $vectors, $columns> { lane, out, a, b }),)*
                _ => unreachable!("at most {MOST_LIMBS} limbs"),
            }
        };
    }
    by_size! {
        8: 10 in 2, 3;
        12: 15 in 2, 4;
        16: 20 in 3, 5;
        20: 25 in 4, 7;
        24: 30 in 4, 8;
        32: 40 in 5, 10;
    }
    true
}

/// A product of operands of up to `D` digits, which stand in `V` vectors, and its columns in `W`.
struct Columns<'a, L, const D: usize, const V: usize, const W: usize> {
    lane: L,
    out: &'a mut [u64],
    a: &'a [u64],
    b: &'a [u64],
}

/// Low and high halves of columns.
type Sums<T, const W: usize> = [[T; W]; 2];

impl<L: IntegerLane, const D: usize, const V: usize, const W: usize> Columns<'_, L, D, V, W> {
    /// The digits of `a`, `PLACE` up, by every digit `PLACE + 8q` of `b`; `FROM = 8 - PLACE`.
    #[inline(always)]
    fn step<const PLACE: usize, const FROM: i32>(
        lane: L,
        a: &[L::V; V],
        b: &[[u64; GROUP]; V],
        [low, high]: &mut Sums<L::V, W>,
    ) {
        let zero = lane.splat(0);
        for q in 0..V {
            if GROUP * q + PLACE >= D {
                break;
            }
            let y = lane.splat(b[q][PLACE]);
            for t in 0..(D + PLACE).div_ceil(GROUP) {
                let (below, own) = (if t == 0 { zero } else { a[t - 1] }, if t == V { zero } else { a[t] });
                let x = if PLACE == 0 { own } else { lane.window::<FROM>(below, own) };
                low[q + t] = lane.low(low[q + t], x, y);
                high[q + t] = lane.high(high[q + t], x, y);
            }
        }
    }

    /// Carries columns; the digits of the product.
    #[inline(always)]
    fn carried(lane: L, [low, high]: Sums<L::V, W>) -> [L::V; W] {
        let (zero, one) = (lane.splat(0), lane.splat(1));
        let (mask, base) = (lane.splat(MASK), lane.splat(1 << 52));
        let (mut before, mut carry, mut largest) = (zero, zero, zero);
        let mut digits = [zero; W];
        for k in 0..W {
            let column = lane.add(low[k], lane.shift_in(high[k], before));
            before = high[k];
            let up = lane.shift_right::<52>(column);
            digits[k] = lane.add(lane.and(column, mask), lane.shift_in(up, carry));
            carry = up;
            largest = lane.or(largest, lane.add(digits[k], one));
        }
        if lane.at_least(largest, base) != 0 {
            let mut carry = 0;
            for digits in &mut digits {
                let (make, pass) = (lane.at_least(*digits, base), lane.equal(*digits, mask));
                let up = ripple(u32::from(make), u32::from(pass), &mut carry);
                *digits = lane.and(lane.add_where(*digits, up, one), mask);
            }
        }
        digits
    }
}

impl<L: IntegerLane, const D: usize, const V: usize, const W: usize> Task for Columns<'_, L, D, V, W> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Columns { lane, out, a, b } = self;
        let zero = lane.splat(0);
        let (mut x, mut y) = ([zero; V], [[0; GROUP]; V]);
        for j in 0..V {
            x[j] = unpack(lane, a, j);
            lane.store(&mut y[j], unpack(lane, b, j));
        }
        // Where there are registers for it, two sums side by side hide the time of a product.
        let (mut even, mut odd) = ([[zero; W]; 2], [[zero; W]; 2]);
        macro_rules! steps {
            ($($place:literal $from:literal),*) => {
                $(
                    let sums = if V <= 2 && $place % 2 == 1 { &mut odd } else { &mut even };
                    Self::step::<$place, $from>(lane, &x, &y, sums);
                )*
            };
        }
        steps!(0 8, 1 7, 2 6, 3 5, 4 4, 5 3, 6 2, 7 1);
        if V <= 2 {
            for half in 0..2 {
                for k in 0..W {
                    even[half][k] = lane.add(even[half][k], odd[half][k]);
                }
            }
        }
        let digits = Self::carried(lane, even);
        let mut rest = out;
        for k in (0..W).step_by(2) {
            let (limbs, above) = rest.split_at_mut(rest.len().min(PAIR_LIMBS));
            pack(lane, digits[k], if k + 1 < W { digits[k + 1] } else { zero }, limbs);
            rest = above;
        }
    }
}
