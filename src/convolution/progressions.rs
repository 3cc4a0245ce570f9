//! The points `a, a*q, a*q^2, ...` modulo a word, and the polynomial that has given values at them.
//!
//! They stand apart from the same over any ring ([`geometric`](crate::ring::generic::geometric), where the formulas are) because all but two products are chains and products of pairs,
//! some fifteen a point: here they stay in the form in which a product takes two more multiplications for its reduction, and a few points need nothing else.
//!
//! # Invariants
//! What is entered stays so; a sum over products with residues, one factor entered, is a residue.

use super::{
    Want,
    delayed::{Arithmetic, BLOCK, Task, compute},
    residues::words_mod,
    tuning,
};
use crate::{
    Result,
    integer::{WordModulus, zeros},
};

/// Parts of a chain that go side by side.
const LANES: usize = 8;
/// Shorter chains are not split: several of them go side by side.
const MIN_LEN: usize = 8 * LANES;

/// `first*q^k`, for an entered `q`; entered, if `first` is.
fn powers<A: Arithmetic>(a: A, out: &mut [u64], first: u64, q: u64) {
    let mut next = first;
    for x in out.iter_mut().take(LANES) {
        *x = next;
        next = a.mul(next, q);
    }
    if out.len() > LANES {
        let step = pow(a, q, LANES);
        for k in LANES..out.len() {
            out[k] = a.mul(out[k - LANES], step);
        }
    }
}

/// `q^C(k, 2)`, all of them entered.
fn triangular<A: Arithmetic>(a: A, out: &mut [u64], q: u64) {
    let (mut power, mut next) = (a.enter(1), a.enter(1));
    for x in out.iter_mut().take(LANES) {
        *x = next;
        next = a.mul(next, power);
        power = a.mul(power, q);
    }
    if out.len() > LANES {
        // C(k + l, 2) = C(k, 2) + k*l + C(l, 2)
        powers(a, &mut out[LANES..], next, pow(a, q, LANES));
        for k in LANES..out.len() {
            out[k] = a.mul(out[k], out[k - LANES]);
        }
    }
}

/// `q^e`, both entered.
fn pow<A: Arithmetic>(a: A, q: u64, e: usize) -> u64 {
    (0..usize::BITS - e.leading_zeros()).rev().fold(a.enter(1), |power, bit| {
        let square = a.mul(power, power);
        if e >> bit & 1 == 1 { a.mul(square, q) } else { square }
    })
}

/// `f_0*f_1*...*f_k` in place of `f_k`, all of them entered.
fn products<A: Arithmetic>(a: A, f: &mut [u64]) {
    let block = f.len().div_ceil(LANES).max(1);
    for i in 1..block {
        for k in (i..f.len()).step_by(block) {
            f[k] = a.mul(f[k - 1], f[k]);
        }
    }
    for start in (block..f.len()).step_by(block) {
        let (before, f) = f.split_at_mut(start);
        let before = before[start - 1];
        f.iter_mut().take(block).for_each(|f| *f = a.mul(before, *f));
    }
}

/// Products of a sum that is reduced once: two blocks, none of the factors loosely reduced.
const TERMS: usize = 2 * BLOCK;

/// `sum of x[i]*y[i]`.
fn dot<A: Arithmetic>(a: A, x: &[u64], y: &[u64]) -> u64 {
    x.chunks(TERMS).zip(y.chunks(TERMS)).fold(0, |total, (x, y)| {
        let products = x.iter().zip(y);
        a.add(total, a.reduce(products.fold(A::ZERO, |sum, (&x, &y)| a.add_product(sum, x, y))))
    })
}

/// `first*q^k` for `k < len`.
pub(crate) fn progression(n: &WordModulus, first: u64, q: u64, len: usize) -> Vec<u64> {
    struct Progression(u64, u64, usize);
    impl Task for Progression {
        type Output = Vec<u64>;
        fn run<A: Arithmetic>(self, a: A) -> Vec<u64> {
            let mut points = zeros(self.2);
            powers(a, &mut points, self.0, a.enter(self.1));
            points
        }
    }
    if n.modulus() == 1 { zeros(len) } else { compute(n, Progression(first, q, len)) }
}

/// The polynomial with these values at `first*q^k`, as many coefficients; nothing for no value, modulo 1 and where a number to divide by is no unit.
///
/// # Errors
/// Those of a product of sequences.
pub(crate) fn interpolate(n: &WordModulus, first: u64, q: u64, values: &[u64]) -> Result<Option<Vec<u64>>> {
    struct Interpolation<'a>(&'a WordModulus, u64, u64, &'a [u64]);
    impl Task for Interpolation<'_> {
        type Output = Result<Option<Vec<u64>>>;
        fn run<A: Arithmetic>(self, a: A) -> Result<Option<Vec<u64>>> {
            let Interpolation(n, first, q, values) = self;
            through(a, n, (first, q), values)
        }
    }
    if values.is_empty() || n.modulus() == 1 {
        return Ok(None);
    }
    compute(n, Interpolation(n, first, q, values))
}

/// The products `(q - 1)*...*(q^k - 1)`, their factors behind a first place, the last one first, and `q^C(k, 2)` in twice as many places: all entered; `q^n - 1` for `n`
/// places. Chains that are short go side by side.
fn differences<A: Arithmetic>(a: A, (u, factors, up): (&mut [u64], &mut [u64], &mut [u64]), q: u64) -> u64 {
    let (len, one) = (u.len(), a.enter(1));
    if len < MIN_LEN {
        let (mut power, mut next) = (one, one);
        for k in 0..len {
            up[k] = next;
            if k > 0 {
                factors[len - k] = a.sub(power, one);
            }
            u[k] = if k > 0 { a.mul(u[k - 1], factors[len - k]) } else { one };
            (power, next) = (a.mul(power, q), a.mul(next, power));
        }
        let last = a.sub(power, one);
        for x in &mut up[len..] {
            *x = next;
            (power, next) = (a.mul(power, q), a.mul(next, power));
        }
        return last;
    }
    powers(a, u, one, q);
    let last = a.sub(a.mul(u[len - 1], q), one);
    for k in 1..len {
        u[k] = a.sub(u[k], one);
        factors[len - k] = u[k];
    }
    products(a, u);
    triangular(a, up, q);
    last
}

fn through<A: Arithmetic>(
    a: A,
    n: &WordModulus,
    (first, ratio): (u64, u64),
    values: &[u64],
) -> Result<Option<Vec<u64>>> {
    let (len, one, q) = (values.len(), a.enter(1), a.enter(ratio));
    let mut room = zeros(8 * len);
    let (u, rest) = room.split_at_mut(len);
    let (over, rest) = rest.split_at_mut(len);
    let (up, rest) = rest.split_at_mut(2 * len);
    let (down, rest) = rest.split_at_mut(len);
    let (weights, rest) = rest.split_at_mut(len);
    let (sums, all) = rest.split_at_mut(len);

    // u[k] = (q - 1)*...*(q^k - 1), and their inverses, the last one first.
    let last = differences(a, (u, over, up), q);
    let product = a.mul(first, a.mul(u[len - 1], q));
    let Some(inverse) = (if product == 0 { None } else { n.inverse(product).ok() }) else { return Ok(None) };
    let inverse = a.enter(inverse);
    let without_first = a.mul(inverse, a.enter(first));
    let over_q = a.mul(without_first, u[len - 1]);
    over[0] = a.mul(without_first, q);
    // Values over the products of differences, times q^-C(i, 2): the powers of q are q^(-i*(n-2)) together.
    let step = a.mul(pow(a, over_q, len), a.mul(q, q));
    if len < MIN_LEN {
        let (mut power, mut next) = (one, one);
        weights[0] = one;
        down[0] = one;
        for k in 1..len {
            (power, next) = (a.mul(power, over_q), a.mul(next, power));
            down[k] = next;
            weights[k] = a.mul(weights[k - 1], step);
            over[k] = a.mul(over[k - 1], over[k]);
        }
    } else {
        products(a, over);
        triangular(a, down, over_q);
        powers(a, weights, one, step);
    }
    let over = |k: usize| over[len - 1 - k];
    for (i, (weight, &value)) in weights.iter_mut().zip(values).enumerate() {
        let value = if (len - 1 - i) % 2 == 1 { a.neg(value) } else { value };
        *weight = a.mul(a.mul(value, *weight), a.mul(over(i), over(len - 1 - i)));
    }
    // Longer sums are products of sequences, where with an entered factor they are entered.
    let few = len <= tuning::PROGRESSION_SUMS;
    if few {
        for (j, sum) in sums.iter_mut().enumerate() {
            *sum = dot(a, weights, &up[j..j + len]);
        }
    } else {
        weights.reverse();
        sums.copy_from_slice(&words_mod(n, weights, &up[..2 * len - 1], &Want::range(len - 1..2 * len - 1))?);
    }
    sums.iter_mut().zip(&*down).for_each(|(sum, &power)| *sum = a.mul(*sum, power));

    // The product of all x - q^i but its constant coefficient.
    let whole = a.mul(u[len - 1], last);
    let whole = if few { whole } else { a.mul(1, whole) };
    for k in 1..len {
        let c = a.mul(a.mul(over(k), over(len - k)), a.mul(whole, up[len - k]));
        all[k - 1] = if (len - k) % 2 == 1 { a.neg(c) } else { c };
    }
    all[len - 1] = if few { one } else { 1 };
    let mut f = if few {
        let mut f = zeros(len);
        for (k, c) in f.iter_mut().enumerate() {
            *c = dot(a, sums, &all[k..]);
        }
        f
    } else {
        sums.reverse();
        words_mod(n, all, sums, &Want::range(len - 1..2 * len - 1))?
    };
    if first != 1 {
        let over_first = a.mul(inverse, a.mul(u[len - 1], q));
        powers(a, weights, if few { one } else { 1 }, over_first);
        f.iter_mut().zip(&*weights).for_each(|(c, &power)| *c = a.mul(*c, power));
    } else if !few {
        f.iter_mut().for_each(|c| *c = a.mul(1, *c));
    }
    Ok(Some(f))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Through values of polynomials, by Horner's rule.
    #[test]
    fn through_values() {
        for modulus in [257u128, 998_244_353, (1 << 30) - 35, (1 << 61) - 1, (1 << 64) - 59, 1019 * 1187] {
            let n = WordModulus::from_u128(modulus).unwrap();
            let few = tuning::PROGRESSION_SUMS;
            for len in (1..20).chain([MIN_LEN - 1, MIN_LEN, few, few + 1, 2 * MIN_LEN + 3]) {
                for (first, q) in [(1, 3), (n.neg(1), 3), (12, n.inverse(5).unwrap())] {
                    let top = n.neg(1);
                    let f: Vec<u64> =
                        (0..len as u64)
                            .map(|k| {
                                if k % 3 == 0 { top } else { n.reduce(k.wrapping_mul(0x9E37_79B9_7F4A_7C15)) }
                            })
                            .collect();
                    let points = progression(&n, first, q, len);
                    let expected: Vec<u64> = (0..len as u64).map(|k| n.mul(first, n.pow(q, k))).collect();
                    assert_eq!(points, expected);
                    let values: Vec<u64> =
                        points.iter().map(|&x| f.iter().rev().fold(0, |y, &c| n.mul_add(y, x, c))).collect();
                    assert_eq!(interpolate(&n, first, q, &values), Ok(Some(f)), "{len} modulo {modulus}");
                }
            }
        }
    }

    #[test]
    fn left_to_others() {
        let n = WordModulus::new(29 * 1009).unwrap();
        assert_eq!(interpolate(&n, 1, 2, &[1; 200]), Ok(None));
        assert_eq!(interpolate(&n, 29, 2, &[1, 2]), Ok(None));
        assert_eq!(interpolate(&n, 1, 0, &[1, 2]), Ok(None));
        assert_eq!(interpolate(&n, 1, 2, &[]), Ok(None));
        assert_eq!(interpolate(&WordModulus::new(1).unwrap(), 0, 0, &[0]), Ok(None));
    }
}
