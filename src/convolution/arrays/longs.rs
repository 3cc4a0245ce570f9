//! `c[i+j] += a[i]*b[j]` for a few integers of a few limbs in arrays.
//!
//! It stands apart because the number of limbs is known when it is compiled, too: operands stand where they are read, and nothing is
//! trimmed.
//!
//! # Method
//! Products of magnitudes are added where they belong, or taken away by a mask, never by a branch: signs are not predictable.
//! Where no integer is below zero, they are multiplied into the sum. Squares take every pair once and double.
//!
//! Four by four integers of many limbs take, where products are not so fast that it pays no more, ten products in place of sixteen,
//! `a[i]*b[j] + a[j]*b[i] = a[i]*b[i] + a[j]*b[j] - (a[i] - a[j])*(b[i] - b[j])`
//! (A. Karatsuba; for all pairs at once A. Weimerskirch, C. Paar, "Generalizations of the Karatsuba algorithm", 2006). There `x` is
//! `X - s 2^(64W)`, `0 <= X < 2^(64W)`, `s` 1 below zero: differences of the `X` are no longer than they are. From the sums of the
//! `X Y` follow those of `x y` when `s_x Y + s_y X` is taken away from the upper half, and where both are below zero the top limb gets
//! one more.
//!
//! # Invariants
//! The caller guarantees that every sum fits.

#[cfg(target_arch = "x86_64")]
use crate::convolution::integer_product::Adx;
use crate::{
    convolution::{Backend, backend, ntt::Kernel},
    integer::limbs::{add_carry, sub_borrow},
};

/// Limbs from which differences are taken: below, sums and differences cost more than the products that they save. Four by four of 6, 8 and 16 limbs of both
/// signs took 421, 526 and 1625 ns, all pairs of 6 and 8 438 and 659.
const DIFFERENCES: usize = 6;

/// The same for squares, in which all products are squares: of four of 10, 12 and 16 limbs 643, 783 and 1204 ns, all pairs 622, 837 and 1391.
const SQUARE_DIFFERENCES: usize = 12;

/// Limbs from which products are taken in digits of 52 bits, all sixteen, where a vector unit multiplies those: at 16 limbs 1.4 us in place of 2.0, at
/// 8 limbs .95 in place of .85.
const IN_DIGITS: usize = 12;

/// Limbs up to which the compiler's straight line, a product in registers and a chain onto the sum, takes less time than two chains of carries in a loop,
/// whose product is read from memory again where signs go in. Four by four of 2, 3, 4, 5, 6 and 8 limbs took 33, 61, 102, 157, 282 and 482 ns, in the loop 55, 82,
/// 108, 177, 251 and 374; of both signs 39, 69, 111, 166, 305 and 527, in the loop 56, 90, 134, 195, 292 and 386.
const IN_LINES: usize = 5;

/// Limbs up to which a product is compiled where it is called: each of these places reads and writes other integers. Above, one call is nothing
/// beside the product, and one copy serves all of them.
const INLINED: usize = 4;

/// A magnitude below `2^(64W)`, and all ones for a minus; zero has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Long<const W: usize> {
    limbs: [u64; W],
    mask: u64,
}

impl<const W: usize> Long<W> {
    /// Zero.
    pub(crate) const ZERO: Self = Long { limbs: [0; W], mask: 0 };

    /// From a magnitude, and all ones for a minus, which zero has not.
    #[inline(always)]
    pub(crate) fn new(magnitude: [u64; W], mask: u64) -> Self {
        debug_assert!(mask == 0 || magnitude != [0; W], "zero has no sign");
        Long { limbs: magnitude, mask }
    }

    /// Takes the limbs of a magnitude and its sign into what is zero.
    #[inline(always)]
    pub(crate) fn fill(&mut self, magnitude: impl Iterator<Item = u64>, negative: bool) {
        self.limbs.iter_mut().zip(magnitude).for_each(|(limb, x)| *limb = x);
        self.mask = u64::from(negative).wrapping_neg();
    }

    /// The negative.
    #[inline(always)]
    pub(crate) fn neg(self) -> Self {
        let all = self.limbs.iter().fold(0, |all, limb| all | limb);
        Long { limbs: self.limbs, mask: if all == 0 { 0 } else { !self.mask } }
    }

    /// Reads a row in two's complement, whose value is over `-2^(64W)` and below `2^(64W)`, into what is zero.
    #[inline(always)]
    pub(crate) fn read(&mut self, row: &[u64]) {
        self.mask = ((row[row.len() - 1] as i64) >> 63) as u64;
        let mut carry = self.mask & 1 == 1;
        for (limb, x) in self.limbs.iter_mut().zip(row) {
            (*limb, carry) = add_carry(x ^ self.mask, 0, carry);
        }
    }
}

/// `step(0, carry)`, `step(1, ..)` with the carry out of that, up to `K`: in blocks, between which alone the carry leaves its
/// flag.
#[inline(always)]
fn chain<const K: usize>(carry: bool, mut step: impl FnMut(usize, bool) -> bool) -> bool {
    const BLOCK: usize = 8;
    let mut carry = carry;
    for block in 0..K / BLOCK {
        for k in 0..BLOCK {
            carry = step(block * BLOCK + k, carry);
        }
    }
    for k in K / BLOCK * BLOCK..K {
        carry = step(k, carry);
    }
    carry
}

/// `x`, or where the mask is all ones `-x`, modulo `2^(64W)`.
#[inline(always)]
fn negate_where<const W: usize>(x: &mut [u64; W], mask: u64) {
    flip(x, mask);
    chain::<W>(mask & 1 == 1, |k, carry| {
        let over;
        (x[k], over) = add_carry(x[k], 0, carry);
        over
    });
}

/// `x`, or where the mask is all ones `-x - 1`: before a chain and not in it, where it would take the carry's flag.
#[inline(always)]
fn flip<const W: usize>(x: &mut [u64; W], mask: u64) {
    x.iter_mut().for_each(|limb| *limb ^= mask);
}

/// How natural numbers of a few limbs multiply.
trait Products: Copy {
    /// `sum += x * y` modulo the size of the sum, `S = 2 W + 1`.
    fn add<const W: usize, const S: usize>(self, sum: &mut [u64; S], x: &[u64; W], y: &[u64; W]);

    /// `out = x * y`.
    fn product<const W: usize, const S: usize>(self, out: &mut [u64; S], x: &[u64; W], y: &[u64; W]);

    /// `out = x^2`.
    #[inline(always)]
    fn square<const W: usize, const S: usize>(self, out: &mut [u64; S], x: &[u64; W]) {
        self.product(out, x, x);
    }
}

#[cfg(target_arch = "x86_64")]
impl Products for Adx {
    #[inline(always)]
    fn add<const W: usize, const S: usize>(self, sum: &mut [u64; S], x: &[u64; W], y: &[u64; W]) {
        self.add_product(sum, x, y);
    }

    #[inline(always)]
    fn product<const W: usize, const S: usize>(self, out: &mut [u64; S], x: &[u64; W], y: &[u64; W]) {
        Adx::product(self, &mut out[..2 * W], x, y);
        out[2 * W] = 0;
    }

    #[inline(always)]
    fn square<const W: usize, const S: usize>(self, out: &mut [u64; S], x: &[u64; W]) {
        Adx::square(self, &mut out[..2 * W], x);
        out[2 * W] = 0;
    }
}

/// Digits in vectors, where those pay.
#[derive(Clone, Copy)]
struct Digits(&'static dyn Kernel);

impl Digits {
    #[inline(always)]
    fn detect<const W: usize>() -> Option<Self> {
        (W >= IN_DIGITS && matches!(backend(), Ok(Backend::Ifma))).then(|| Digits(Backend::Ifma.kernel()))
    }
}

impl Products for Digits {
    #[inline(always)]
    fn add<const W: usize, const S: usize>(self, sum: &mut [u64; S], x: &[u64; W], y: &[u64; W]) {
        let mut product = [0; S];
        self.product(&mut product, x, y);
        add_masked(sum, &product, 0);
    }

    #[inline(always)]
    fn product<const W: usize, const S: usize>(self, out: &mut [u64; S], x: &[u64; W], y: &[u64; W]) {
        let done = self.0.integer_product(&mut out[..2 * W], x, y);
        assert!(done, "digits multiply operands of {W} limbs");
        out[2 * W] = 0;
    }
}

/// Limb by limb of one factor, on any machine.
#[derive(Clone, Copy)]
struct Lines;

impl Lines {
    /// `x * y`, with a limb above it.
    #[inline(always)]
    fn whole<const W: usize, const S: usize>(x: &[u64; W], y: &[u64; W]) -> [u64; S] {
        let mut product = [0; S];
        for (j, &y) in y.iter().enumerate() {
            let mut carry = 0;
            for (i, &x) in x.iter().enumerate() {
                // At most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1.
                let t = u128::from(x) * u128::from(y) + u128::from(product[i + j]) + u128::from(carry);
                product[i + j] = t as u64;
                carry = (t >> 64) as u64;
            }
            product[j + W] = carry;
        }
        product
    }
}

impl Products for Lines {
    #[inline(always)]
    fn add<const W: usize, const S: usize>(self, sum: &mut [u64; S], x: &[u64; W], y: &[u64; W]) {
        let product = Lines::whole::<W, S>(x, y);
        chain::<S>(false, |k, carry| {
            let over;
            (sum[k], over) = add_carry(sum[k], product[k], carry);
            over
        });
    }

    #[inline(always)]
    fn product<const W: usize, const S: usize>(self, out: &mut [u64; S], x: &[u64; W], y: &[u64; W]) {
        *out = Lines::whole(x, y);
    }
}

/// What the signs of `a` take away from the upper halves of sums to which the products with `y` were added, modulo the size of the sums.
#[inline(always)]
fn take_signs<const W: usize, const S: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>],
    y: &[[u64; W]; 4],
) {
    for (i, _) in a.iter().enumerate().filter(|(_, x)| x.mask != 0) {
        for (sum, y) in sums[i..].iter_mut().zip(y) {
            let borrow = chain::<W>(false, |k, borrow| {
                let over;
                (sum[W + k], over) = sub_borrow(sum[W + k], y[k], borrow);
                over
            });
            sum[2 * W] = sum[2 * W].wrapping_sub(u64::from(borrow));
        }
    }
}

/// The product of the first `m` by the first `n` integers into sums that are zero, in two's complement.
#[inline(always)]
pub(crate) fn longs<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: &[Long<W>; N],
    lens: (usize, usize),
) {
    if const { W > INLINED } {
        longs_apart(sums, a, b, lens);
    } else {
        add_longs(sums, a, b, lens);
    }
}

/// [`longs`] of many limbs.
#[inline(never)]
fn longs_apart<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: &[Long<W>; N],
    lens: (usize, usize),
) {
    // The constant keeps what is never taken from being compiled. Products in digits cost no more than the sums that would save them.
    if const { W >= DIFFERENCES && N >= 4 } && lens == (4, 4) && Digits::detect::<W>().is_none() {
        sums_by_differences(sums, a, Some(b));
    } else {
        add_longs(sums, a, b, lens);
    }
}

/// The square of the first `n` integers into sums that are zero, in two's complement.
#[inline(always)]
pub(crate) fn square_longs<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    n: usize,
) {
    if const { W > INLINED } {
        square_apart(sums, a, n);
    } else {
        squares(sums, a, n);
    }
}

/// [`square_longs`] of many limbs.
#[inline(never)]
fn square_apart<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    n: usize,
) {
    squares(sums, a, n);
}

#[inline]
fn squares<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    n: usize,
) {
    if let Some(digits) = Digits::detect::<W>() {
        return square_pairs(sums, a, n, digits);
    }
    if const { W >= SQUARE_DIFFERENCES && N >= 4 } && n == 4 {
        return sums_by_differences(sums, a, None);
    }
    #[cfg(target_arch = "x86_64")]
    if const { W > IN_LINES }
        && let Some(lane) = Adx::detect()
    {
        return square_pairs(sums, a, n, lane);
    }
    square_pairs(sums, a, n, Lines);
}

/// Adds the product that [`longs`] gives.
#[inline]
pub(crate) fn add_longs<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: &[Long<W>; N],
    lens: (usize, usize),
) {
    if let Some(digits) = Digits::detect::<W>() {
        return add_pairs(sums, a, b, lens, digits);
    }
    #[cfg(target_arch = "x86_64")]
    if const { W > IN_LINES }
        && let Some(lane) = Adx::detect()
    {
        return add_pairs(sums, a, b, lens, lane);
    }
    add_pairs(sums, a, b, lens, Lines);
}

/// Four by four integers, or the square of four, into sums that are zero.
#[inline]
fn sums_by_differences<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: Option<&[Long<W>; N]>,
) {
    #[cfg(target_arch = "x86_64")]
    if let Some(lane) = Adx::detect() {
        return differences(sums, a, b, lane);
    }
    differences(sums, a, b, Lines);
}

/// Not 0 where one is below zero.
#[inline(always)]
fn masks<const W: usize>(longs: &[Long<W>]) -> u64 {
    longs.iter().fold(0, |mask, x| mask | x.mask)
}

/// Every pair.
#[inline(always)]
fn add_pairs<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: &[Long<W>; N],
    (m, n): (usize, usize),
    products: impl Products,
) {
    const { assert!(S == 2 * W + 1 && M == 2 * N) };
    let signs = masks(&a[..m]) | masks(&b[..n]) != 0;
    let mut product = [0; S];
    for (x, i) in a.iter().zip(0..m) {
        for (sum, y) in sums[i..].iter_mut().zip(&b[..n]) {
            if signs {
                products.product(&mut product, &x.limbs, &y.limbs);
                add_masked(sum, &product, x.mask ^ y.mask);
            } else {
                products.add(sum, &x.limbs, &y.limbs);
            }
        }
    }
}

/// Every pair of two once, doubled, and the squares; the sums are zero.
#[inline(always)]
fn square_pairs<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    n: usize,
    products: impl Products,
) {
    const { assert!(S == 2 * W + 1 && M == 2 * N) };
    let a = &a[..n];
    let signs = masks(a) != 0;
    let mut product = [0; S];
    for (i, x) in a.iter().enumerate() {
        for (sum, y) in sums[2 * i + 1..].iter_mut().zip(&a[i + 1..]) {
            if signs {
                products.product(&mut product, &x.limbs, &y.limbs);
                add_masked(sum, &product, x.mask ^ y.mask);
            } else {
                products.add(sum, &x.limbs, &y.limbs);
            }
        }
    }
    for (k, sum) in sums.iter_mut().enumerate().take((2 * n).saturating_sub(1)) {
        double(sum);
        if k % 2 == 0 {
            let x = &a[k / 2].limbs;
            products.add(sum, x, x);
        }
    }
}

/// Four by four, or the square of four, by differences; what the first seven sums hold is overwritten.
#[inline(always)]
fn differences<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: Option<&[Long<W>; N]>,
    products: impl Products,
) {
    const { assert!(S == 2 * W + 1 && M == 2 * N && N >= 4) };
    let mut x = [[0; W]; 4];
    modulo_power(&mut x, a);
    let y = b.map(|b| {
        let mut y = [[0; W]; 4];
        modulo_power(&mut y, b);
        y
    });
    let product_of = |out: &mut [u64; S], i: usize| match &y {
        Some(y) => products.product(out, &x[i], &y[i]),
        None => products.square(out, &x[i]),
    };
    let (mut product, mut other) = ([0; S], [0; S]);
    let [c0, c1, c2, c3, c4, c5, c6] = sums.first_chunk_mut().expect("more than seven sums");
    product_of(c0, 0);
    product_of(&mut product, 1);
    product_of(&mut other, 2);
    product_of(c6, 3);
    sum(c1, c0, &product);
    sum(c5, &other, c6);
    sum(c2, c1, &other);
    sum(c3, c1, c5);
    sum(c4, c5, &product);
    let (mut u, mut v) = ([0; W], [0; W]);
    for (i, j) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
        let mut mask = difference(&mut u, &x[i], &x[j]);
        if let Some(y) = &y {
            mask ^= difference(&mut v, &y[i], &y[j]);
            products.product(&mut product, &u, &v);
        } else {
            mask = 0;
            products.square(&mut product, &u);
        }
        // Taken away where the differences have one sign.
        add_masked(&mut sums[i + j], &product, !mask);
    }
    let (a, b) = (&a[..4], &b.unwrap_or(a)[..4]);
    if masks(a) | masks(b) != 0 {
        take_signs(sums, a, y.as_ref().unwrap_or(&x));
        take_signs(sums, b, &x);
        for (i, x) in a.iter().enumerate() {
            for (sum, y) in sums[i..].iter_mut().zip(b) {
                sum[2 * W] = sum[2 * W].wrapping_add(x.mask & y.mask & 1);
            }
        }
    }
}

/// The first integers modulo `2^(64W)`.
#[inline(always)]
fn modulo_power<const W: usize>(out: &mut [[u64; W]; 4], a: &[Long<W>]) {
    for (x, a) in out.iter_mut().zip(a) {
        *x = a.limbs;
        negate_where(x, a.mask);
    }
}

/// `out = x + y`.
#[inline(always)]
fn sum<const S: usize>(out: &mut [u64; S], x: &[u64; S], y: &[u64; S]) {
    chain::<S>(false, |k, carry| {
        let over;
        (out[k], over) = add_carry(x[k], y[k], carry);
        over
    });
}

/// `x = 2x`.
#[inline(always)]
fn double<const S: usize>(x: &mut [u64; S]) {
    chain::<S>(false, |k, carry| {
        let over;
        (x[k], over) = add_carry(x[k], x[k], carry);
        over
    });
}

/// `out = |x - y|`; all ones where `x` is below `y`.
#[inline(always)]
fn difference<const W: usize>(out: &mut [u64; W], x: &[u64; W], y: &[u64; W]) -> u64 {
    let borrow = chain::<W>(false, |k, borrow| {
        let over;
        (out[k], over) = sub_borrow(x[k], y[k], borrow);
        over
    });
    let mask = u64::from(borrow).wrapping_neg();
    negate_where(out, mask);
    mask
}

/// `sum += x`, or `sum -= x` where the mask is all ones.
#[inline(always)]
fn add_masked<const S: usize>(sum: &mut [u64; S], x: &[u64; S], mask: u64) {
    let mut x = *x;
    flip(&mut x, mask);
    chain::<S>(mask & 1 == 1, |k, carry| {
        let over;
        (sum[k], over) = add_carry(sum[k], x[k], carry);
        over
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::schoolbook::naive;
    use num_bigint::BigInt;

    #[test]
    fn longs_of_every_width_and_extreme() {
        fn check<const W: usize, const S: usize>() {
            let power = BigInt::from(1) << (64 * W);
            let long = |value: &BigInt| {
                let mut digits = value.iter_u64_digits();
                let magnitude = std::array::from_fn(|_| digits.next().unwrap_or(0));
                Long::<W>::new(magnitude, if value.sign() == num_bigint::Sign::Minus { u64::MAX } else { 0 })
            };
            let mut mixed = BigInt::from(3);
            for _ in 0..W {
                mixed = (mixed << 64) + 0x9E37_79B9_7F4A_7C15_u64;
            }
            let values = [
                &power - 1,
                1 - &power,
                BigInt::ZERO,
                BigInt::from(-1),
                mixed % &power,
                BigInt::from(1) - (&power >> 1),
            ];
            for (m, n) in (1..=4).flat_map(|m| (1..=4).map(move |n| (m, n))) {
                for shift in 0..values.len() * values.len() {
                    let big = |len: usize, step: usize| -> Vec<BigInt> {
                        (0..len).map(|k| values[(k * (1 + step / 3) + step) % values.len()].clone()).collect()
                    };
                    let (x, y) = (big(m, shift % values.len()), big(n, shift / values.len()));
                    assert!(x.iter().all(|x| long(&-x) == long(x).neg()));
                    let mut a = [Long::ZERO; 4];
                    a.iter_mut().zip(&x).for_each(|(a, x)| *a = long(x));
                    let mut b = [Long::ZERO; 4];
                    b.iter_mut().zip(&y).for_each(|(b, y)| *b = long(y));
                    let expected = naive(&x, &y);
                    let mut plain = [[0; S]; 8];
                    add_pairs(&mut plain, &a, &b, (m, n), Lines);
                    let mut best = [[0; S]; 8];
                    longs(&mut best, &a, &b, (m, n));
                    assert_eq!(plain, best, "{W} limbs, {m} by {n}");
                    if n == 1 {
                        let (mut square, mut plain) = ([[0; S]; 8], [[0; S]; 8]);
                        square_longs(&mut square, &a, m);
                        add_pairs(&mut plain, &a, &a, (m, m), Lines);
                        assert_eq!(plain, square, "{W} limbs, the square of {m}");
                        let mut lines = [[0; S]; 8];
                        square_pairs(&mut lines, &a, m, Lines);
                        assert_eq!(plain, lines, "{W} limbs, the square of {m}, plain");
                        if m == 4 {
                            let mut short = [[7; S]; 8];
                            short[7] = [0; S];
                            differences(&mut short, &a, None, Lines);
                            assert_eq!(plain, short, "{W} limbs, the square of {m} by differences, plain");
                            sums_by_differences(&mut short, &a, None);
                            assert_eq!(plain, short, "{W} limbs, the square of {m} by differences");
                        }
                    }
                    if (m, n) == (4, 4) {
                        let mut short = [[7; S]; 8];
                        short[7] = [0; S];
                        differences(&mut short, &a, Some(&b), Lines);
                        assert_eq!(plain, short, "{W} limbs by differences, plain");
                        sums_by_differences(&mut short, &a, Some(&b));
                        assert_eq!(plain, short, "{W} limbs by differences");
                    }
                    let value = |c: &[u64; S]| crate::integer::bigints::from_row::<BigInt>(c);
                    assert!(
                        plain.iter().zip(&expected).all(|(c, e)| value(c) == *e),
                        "{W} limbs, {m} by {n}"
                    );
                }
            }
        }
        check::<1, 3>();
        check::<2, 5>();
        check::<3, 7>();
        check::<4, 9>();
        check::<5, 11>();
        check::<8, 17>();
        check::<10, 21>();
        check::<16, 33>();
    }
}
