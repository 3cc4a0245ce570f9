//! The sum of a slice of the sorted dice of a pool of different ones, by thresholds between the faces.
//!
//! `n` dice are sorted, `a` are dropped below, `h` above, `k = n - a - h` are kept. It stands apart from equal dice
//! because a class of rolls is no power here but a product over the dice, in which variables count the dice that are below and
//! above a threshold; that "at least" so many show the threshold itself is a difference of two thresholds.
//!
//! # Derivation
//! The lowest kept value is `s` exactly where at most `a` dice are below `s`, but not at most `a` at or below it. Let `i` be the number of
//! dice below a border, which is put before `s` or behind it. The kept sum, if nothing is dropped above, is
//! ```text
//! (sum of the dice above the border) - (a - i) s ,
//! ```
//! the same for both borders, since a die that shows `s` counts `s` in either. So each border between two neighbouring faces
//! `r < s` has one product over the dice, truncated at `y^a`,
//! ```text
//! Q(x, y) = product of (L y + M(x)),    L = weight below,  M = sum of w_f x^f above,
//! ```
//! that enters with `+x^(-(a-i) s)` and with `-x^(-(a-i) r)`. With another variable `z` and a second border for the highest kept value `t`, pairs of
//! borders enter four times. Where `s = t` only counts matter: at most `a` below, at most `h` above.
//!
//! If few are kept and none is dropped above, dice above the border are counted instead, `j < k` of them:
//! `product of (L + M(x) z)` enters with `+x^((k-j) r)` and with `-x^((k-j) s)`.
//!
//! Of the highest die alone, that product is the one of all distribution functions.
//!
//! The product in two or three variables is one in `x`: Kronecker's substitution `y = x^stride`.

use crate::convolution::integer_product;
use crate::poly::Poly;
use crate::ring::{Integers, Ring, ZZ};
use crate::{Result, progress};
use num_bigint::BigInt;
use num_traits::{One, Zero};

/// Equal dice: faces, ascending, with their weights, and the number of dice.
pub(super) struct Group {
    faces: Vec<(usize, BigInt)>,
    /// The weight of all faces before one in the list; the last is that of all.
    before: Vec<BigInt>,
    count: u64,
}

impl Group {
    pub(super) fn new(faces: Vec<(usize, BigInt)>, count: u64) -> Self {
        debug_assert!(faces.is_sorted_by_key(|face| face.0));
        let mut before = Vec::with_capacity(faces.len() + 1);
        before.push(BigInt::ZERO);
        for (k, (_, weight)) in faces.iter().enumerate() {
            before.push(&before[k] + weight);
        }
        Group { faces, before, count }
    }

    /// How many faces are below one.
    fn place(&self, face: usize) -> usize {
        self.faces.partition_point(|other| other.0 < face)
    }

    /// The weight of the faces below one.
    fn below(&self, face: usize) -> &BigInt {
        &self.before[self.place(face)]
    }

    /// The generating function of the faces in `from..to`, divided by `x^from`, and the weights of those below and above.
    fn split(&self, from: usize, to: usize) -> (Poly<Integers>, BigInt, BigInt) {
        let above = &self.before[self.faces.len()] - self.below(to);
        (self.between(from, to, from), self.below(from).clone(), above)
    }

    /// The generating function of the faces in `from..to`, divided by `x^origin`.
    fn between(&self, from: usize, to: usize, origin: usize) -> Poly<Integers> {
        let faces = &self.faces[self.place(from)..self.place(to)];
        let mut weights = vec![BigInt::ZERO; faces.last().map_or(0, |(face, _)| face - origin + 1)];
        for (face, weight) in faces {
            weights[face - origin].clone_from(weight);
        }
        Poly::from_vec(ZZ, weights)
    }
}

fn binomial(n: u64, k: u64) -> BigInt {
    (0..k).fold(BigInt::one(), |binomial, i| binomial * (n - i) / (i + 1))
}

/// The generating function of the kept sum, to `x^(kept*span)`, where all faces are in `0..=span`. If only one of `low` and
/// `high` is positive, it is `low`.
pub(super) fn slice(groups: &[Group], span: usize, [low, kept, high]: [u64; 3]) -> Result<Vec<BigInt>> {
    let mut faces: Vec<_> = groups.iter().flat_map(|group| group.faces.iter().map(|face| face.0)).collect();
    faces.sort_unstable();
    faces.dedup();
    let [low, kept, high] = [low, kept, high].map(|n| n as usize);
    let pool = Borders { groups, faces, span, low, kept, high };
    // Where dropped dice are counted, terms that cancel reach below and above the sums that are possible.
    let counts_kept = high == 0 && kept <= low;
    let reach = if counts_kept { kept } else { low + kept + 2 * high };
    let mut out = vec![BigInt::ZERO; reach * span + 1];
    match high {
        0 if kept == 1 => pool.highest(&mut out)?,
        0 if counts_kept => pool.count_kept(&mut out)?,
        0 => pool.count_dropped(&mut out)?,
        _ => pool.count_both(&mut out)?,
    }
    let mut sums = out.split_off(high * span);
    debug_assert!(out.iter().chain(&sums[kept * span + 1..]).all(Zero::is_zero));
    sums.truncate(kept * span + 1);
    Ok(sums)
}

struct Borders<'a> {
    groups: &'a [Group],
    faces: Vec<usize>,
    span: usize,
    low: usize,
    kept: usize,
    high: usize,
}

/// Each way adds to coefficients from `x^(-high*span)` on.
impl Borders<'_> {
    /// The highest die: differences of the product of all distribution functions.
    fn highest(&self, out: &mut [BigInt]) -> Result<()> {
        let mut below = BigInt::ZERO;
        let mut places = vec![0; self.groups.len()];
        for (k, &face) in self.faces.iter().enumerate() {
            progress::report("faces", k as u64, self.faces.len() as u64)?;
            let mut ways = BigInt::one();
            for (group, place) in self.groups.iter().zip(&mut places) {
                *place += usize::from(group.faces.get(*place).is_some_and(|other| other.0 == face));
                let at_most = &group.before[*place];
                match group.count {
                    1 => ways *= at_most,
                    n => ways = integer_product(&ways, &ZZ.pow(at_most, n)),
                }
            }
            out[face] = &ways - &below;
            below = ways;
        }
        Ok(())
    }

    fn count_kept(&self, out: &mut [BigInt]) -> Result<()> {
        // No die is above the last face.
        for border in 1..=self.faces.len() {
            progress::report("borders", border as u64 - 1, self.faces.len() as u64)?;
            let below = self.faces[border - 1];
            let above = self.faces.get(border).copied();
            let stride = (self.kept - 1) * (self.span - below) + 1;
            let mut product = Poly::one(ZZ);
            for (k, group) in self.groups.iter().enumerate() {
                let rest = group.below(below + 1);
                let base = group.between(below + 1, self.span + 1, below);
                let power = powers_above(&base, rest, group.count, self.kept, stride)?;
                product = if k == 0 { power } else { product.try_mul_low(&power, self.kept * stride)? };
            }
            for (k, coefficient) in product.into_iter().enumerate().filter(|(_, c)| !c.is_zero()) {
                let (missing, sum) = (self.kept - k / stride, k % stride + self.kept * below);
                if let Some(above) = above {
                    out[sum + missing * (above - below)] -= &coefficient;
                }
                out[sum] += coefficient;
            }
        }
        Ok(())
    }

    fn count_dropped(&self, out: &mut [BigInt]) -> Result<()> {
        for border in 0..self.faces.len() {
            progress::report("borders", border as u64, self.faces.len() as u64)?;
            let above = self.faces[border];
            let below = border.checked_sub(1).map(|k| self.faces[k]);
            self.terms(above, self.span + 1, |[i, _], exponent, coefficient| {
                let sum = exponent + self.kept * above;
                if let Some(below) = below {
                    out[sum + (self.low - i) * (above - below)] -= &coefficient;
                }
                out[sum] += coefficient;
            })?;
        }
        Ok(())
    }

    fn count_both(&self, out: &mut [BigInt]) -> Result<()> {
        let dice = self.low + self.kept + self.high;
        let faces = &self.faces;
        let offset = self.high * self.span;
        for (k, &face) in faces.iter().enumerate() {
            progress::report("faces", k as u64, faces.len() as u64)?;
            // All kept dice show the same face.
            self.terms(face, face + 1, |_, _, ways| out[offset + self.kept * face] += ways)?;
        }
        if self.kept == 1 {
            return Ok(());
        }
        // Borders before the faces `first` and `last`.
        for (first, &from) in faces.iter().enumerate() {
            progress::report("borders", first as u64, faces.len() as u64)?;
            for last in first + 1..=faces.len() {
                let to = faces.get(last).map_or(self.span + 1, |&face| face);
                self.terms(from, to, |[i, j], exponent, coefficient| {
                    let sum = offset + exponent + (dice - i - j) * from;
                    for (s, below) in [(Some(first), true), (first.checked_sub(1), false)] {
                        for (t, above) in [(last - 1, true), (last, false)] {
                            let Some(s) = s.filter(|&s| s < t && t < faces.len()) else { continue };
                            let sum = sum - (self.low - i) * faces[s] - (self.high - j) * faces[t];
                            if below == above {
                                out[sum] += &coefficient;
                            } else {
                                out[sum] -= &coefficient;
                            }
                        }
                    }
                })?;
            }
        }
        Ok(())
    }

    /// The terms `c x^e y^i z^j` of the product over all dice of `M + L y + H z`, with `i` up to `low` and `j` up to `high`, for the weights
    /// of faces in `from..to`, below and above.
    fn terms(&self, from: usize, to: usize, mut visit: impl FnMut([usize; 2], usize, BigInt)) -> Result<()> {
        if let [group] = self.groups {
            return self.terms_of_equal(group, from, to, visit);
        }
        let columns = 2 * self.high + 1;
        let (stride, product) = self.product(from, to)?;
        for (k, coefficient) in product.into_iter().enumerate().filter(|(_, c)| !c.is_zero()) {
            visit([k / stride / columns, k / stride % columns], k % stride, coefficient);
        }
        Ok(())
    }

    /// The same for dice that are all equal: one power after the other, and no table of them.
    fn terms_of_equal(
        &self,
        group: &Group,
        from: usize,
        to: usize,
        mut visit: impl FnMut([usize; 2], usize, BigInt),
    ) -> Result<()> {
        let (base, below, above) = group.split(from, to);
        let most = self.low + self.high;
        let mut power = base.try_pow(group.count - most as u64)?;
        // C(n, d) of d dropped dice, and C(d, i) of the least i of them that can be below.
        let mut choices = binomial(group.count, most as u64);
        let mut least = binomial(most as u64, self.high as u64);
        for dropped in (0..=most).rev() {
            let mut ways = &choices * &least;
            for i in dropped.saturating_sub(self.high)..=self.low.min(dropped) {
                let j = dropped - i;
                let factor = &ways * ZZ.pow(&below, i as u64) * ZZ.pow(&above, j as u64);
                ways = ways * j / (i + 1);
                if !factor.is_zero() {
                    let coefficients = power.iter().enumerate().filter(|(_, c)| !c.is_zero());
                    coefficients.for_each(|(exponent, c)| visit([i, j], exponent, c * &factor));
                }
            }
            if dropped > 0 {
                power = power.try_mul(&base)?;
                choices = choices * dropped / (group.count - dropped as u64 + 1);
                if dropped > self.high {
                    least = least * (dropped - self.high) / dropped;
                }
            }
        }
        Ok(())
    }

    /// The stride, and the product over all dice of `M + L y + H z`, truncated at `y^low` and `z^high`, for the weights of faces in
    /// `from..to`, below and above; `y^i z^j` is `x^((i*(2*high+1) + j)*stride)`.
    fn product(&self, from: usize, to: usize) -> Result<(usize, Poly<Integers>)> {
        let columns = 2 * self.high + 1;
        let stride = (self.low + self.kept + self.high) * (to - 1 - from) + 1;
        let len = (self.low + 1) * columns * stride;
        let mut product = Poly::one(ZZ);
        for (k, group) in self.groups.iter().enumerate() {
            let (base, below, above) = group.split(from, to);
            let power = self.powers_between(&base, [&below, &above], group.count, stride)?;
            if k == 0 {
                product = power;
                continue;
            }
            let all = product.try_mul_low(&power, len)?;
            let mut coefficients = all.into_coefficients();
            for row in coefficients.chunks_mut(columns * stride) {
                row.iter_mut().skip((self.high + 1) * stride).for_each(|c| c.set_zero());
            }
            product = Poly::from_vec(ZZ, coefficients);
        }
        Ok((stride, product))
    }

    /// `(M + L y + H z)^n`, truncated and encoded in that way.
    fn powers_between(
        &self,
        base: &Poly<Integers>,
        [below, above]: [&BigInt; 2],
        n: u64,
        stride: usize,
    ) -> Result<Poly<Integers>> {
        let columns = 2 * self.high + 1;
        let at_most = |cap: usize, n: u64| (cap as u64).min(n);
        let least = n - at_most(self.low + self.high, n);
        // M^least, M^(least+1), ...
        let mut powers = vec![base.try_pow(least)?];
        for k in 0..(n - least) as usize {
            powers.push(powers[k].try_mul(base)?);
        }
        let mut out = vec![BigInt::ZERO; (self.low + 1) * columns * stride];
        let mut down = BigInt::one(); // C(n, i) L^i
        for i in 0..=at_most(self.low, n) {
            let mut both = down.clone(); // times C(n-i, j) H^j
            for j in 0..=at_most(self.high, n - i) {
                if !both.is_zero() {
                    let start = (i as usize * columns + j as usize) * stride;
                    let power = &powers[(n - i - j - least) as usize];
                    for (out, coefficient) in out[start..].iter_mut().zip(power) {
                        *out = coefficient * &both;
                    }
                }
                both = both * above * (n - i - j) / (j + 1);
            }
            down = down * below * (n - i) / (i + 1);
        }
        Ok(Poly::from_vec(ZZ, out))
    }
}

/// `(rest + M z)^n` to below `z^len`, `z = x^stride`.
fn powers_above(
    base: &Poly<Integers>,
    rest: &BigInt,
    n: u64,
    len: usize,
    stride: usize,
) -> Result<Poly<Integers>> {
    let len = len.min(usize::try_from(n).unwrap_or(len).saturating_add(1));
    let mut out = vec![BigInt::ZERO; len * stride];
    let mut binomial = BigInt::one();
    let mut power = Poly::one(ZZ);
    for j in 0..len {
        let factor = &binomial * ZZ.pow(rest, n - j as u64);
        if !factor.is_zero() {
            for (out, coefficient) in out[j * stride..].iter_mut().zip(&power) {
                *out = coefficient * &factor;
            }
        }
        binomial = binomial * (n - j as u64) / (j + 1);
        if j + 1 < len {
            power = power.try_mul(base)?;
        }
    }
    Ok(Poly::from_vec(ZZ, out))
}
