//! Isolation of the real roots of an integer polynomial without rational roots and without multiple ones: disjoint dyadic intervals with one root
//! each.
//!
//! # Method
//! Roots are where the Newton polygon of the coefficients lets them be: in the annuli `2^(k-1) <= |x| <= 2^k` near one of its slopes (A. M.
//! Ostrowski, "Recherches sur la méthode de Graeffe", Acta Math. 72, 1940). Both sides of an annulus are bisected on truncated
//! Taylor [expansions](super::taylor). The precision is what the value at one point asks for; intervals in which nothing but errors is
//! left are done again with more. A side on which the coefficients have no variation of sign has no root (Descartes).
//!
//! Considered: bisection with Descartes' test on exact coefficients (Vincent, Collins, Akritas), where every level adds a bit to every
//! coefficient and each interval takes two Taylor shifts of full length: for Chebyshev polynomials of degree 1000 that is a thousand times
//! the work.
//!
//! # Invariants
//! No end of an interval is a root, and none is the end of another interval. Ascending.

use super::dyadic::Dyadic;
use super::taylor::{Expansion, Half, Verdict};
use crate::ring::{Ring, ZZ, norm::log2_abs};
use crate::{Result, progress};
use num_bigint::{BigInt, Sign};

/// An interval with one root inside.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Isolated {
    pub(super) low: Dyadic,
    pub(super) high: Dyadic,
    /// Whether the polynomial is negative at the lower end and positive at the upper one, and not the other way round.
    pub(super) rising: bool,
}

/// The interval `index * 2^exponent <= x <= (index + 1) * 2^exponent`, of the polynomial in `x` or in `-x`.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    index: BigInt,
    exponent: i64,
}

impl Place {
    fn half(&self, half: Half) -> Self {
        let index = &self.index << 1u32;
        Place { index: if half == Half::Upper { index + 1 } else { index }, exponent: self.exponent - 1 }
    }

    /// The half of this interval that a smaller one lies in.
    fn half_with(&self, inner: &Place) -> Half {
        let bit = (self.exponent - inner.exponent - 1).unsigned_abs();
        if inner.index.bit(bit) { Half::Upper } else { Half::Lower }
    }

    fn ends(&self) -> (Dyadic, Dyadic) {
        let end = |index: BigInt| Dyadic::new(index, self.exponent);
        (end(self.index.clone()), end(&self.index + 1))
    }
}

/// The roots of a polynomial that has neither multiple nor rational ones; of an even polynomial (`positive`) only those above 0.
pub(super) fn isolate(f: &[BigInt], positive: bool) -> Result<Vec<Isolated>> {
    let annuli = annuli(f);
    let mut out = Vec::new();
    if !positive && variations(f, true) > 0 {
        let mirrored = half_line(f, &annuli, true)?;
        out.extend(mirrored.into_iter().rev().map(|i| Isolated {
            low: -&i.high,
            high: -&i.low,
            rising: !i.rising,
        }));
    }
    if variations(f, false) > 0 {
        out.extend(half_line(f, &annuli, false)?);
    }
    Ok(out)
}

/// The positive roots of `f(x)`, or of `f(-x)`, ascending.
fn half_line(f: &[BigInt], annuli: &[i64], mirrored: bool) -> Result<Vec<Isolated>> {
    let reversed: Vec<BigInt> = f.iter().rev().cloned().collect();
    let mut out = Vec::new();
    // A root near the upper end of the annulus before.
    let mut open: Option<(i64, Leaning)> = None;
    for (done, &k) in annuli.iter().enumerate() {
        progress::report("isolating real roots", done as u64, annuli.len() as u64)?;
        let (mut lower, mut upper) = (None, None);
        if 5 * largest_term(f, k) >= 4 * f.len() && f.len() > 2 {
            // The roots of f(1/x)*x^n, between the inverses of the ends.
            let (found, _) = annulus(&reversed, 1 - k, mirrored, Vec::new(), false)?;
            // f(-x) = (-x)^n * g(-1/x), and 1/x falls where x rises.
            let turned = mirrored && f.len().is_multiple_of(2);
            out.extend(found.iter().map(|i| inverse(i, turned)));
        } else {
            let (found, edges) = annulus(f, k, mirrored, Vec::new(), true)?;
            out.extend(found);
            for edge in edges {
                match edge.near {
                    Half::Lower => lower = Some(edge),
                    Half::Upper => upper = Some(edge),
                }
            }
        }
        let neighbours = lower.is_some() && open.as_ref().is_some_and(|(last, _)| *last == k - 1);
        match if neighbours { open.take().zip(lower.take()) } else { None } {
            Some(((last, mut below), mut above)) => match joined(&mut below, &mut above) {
                Some(isolated) => out.push(isolated),
                None => {
                    out.extend(annulus(f, last, mirrored, vec![below.place], false)?.0);
                    out.extend(annulus(f, k, mirrored, vec![above.place], false)?.0);
                }
            },
            None => {
                // One of them, if any: the other side of the end knows better.
                if let Some((last, edge)) = open.take() {
                    out.extend(annulus(f, last, mirrored, vec![edge.place], false)?.0);
                }
                if let Some(edge) = lower {
                    out.extend(annulus(f, k, mirrored, vec![edge.place], false)?.0);
                }
            }
        }
        open = upper.map(|edge| (k, edge));
    }
    if let Some((last, edge)) = open {
        out.extend(annulus(f, last, mirrored, vec![edge.place], false)?.0);
    }
    crate::sorting::by(&mut out, |a, b| a.low.cmp(&b.low));
    Ok(out)
}

/// The index of the largest term in the middle of an annulus.
fn largest_term(f: &[BigInt], k: i64) -> usize {
    let size = |j: usize| 2 * f[j].bits() as i64 + (2 * k - 1) * j as i64;
    (0..f.len()).filter(|&j| f[j].sign() != Sign::NoSign).max_by_key(|&j| size(j)).unwrap_or(0)
}

/// The interval of the inverse of a root. There is room for at least half of its width on either side, and the ends are moved by a
/// fortieth at most.
fn inverse(found: &Isolated, turned: bool) -> Isolated {
    let units = |x: &Dyadic, exponent: i64| {
        // floor(2^-exponent / x)
        let shift = -exponent - x.exponent();
        if shift >= 0 { (BigInt::from(1) << shift as u64) / x.mantissa() } else { BigInt::ZERO }
    };
    let mut exponent = -found.high.magnitude().unwrap_or(0) - 8;
    loop {
        let (floor, ceil) = (units(&found.high, exponent), units(&found.low, exponent) + 1);
        if &ceil - &floor > 42.into() {
            let (low, high) = (Dyadic::new(floor, exponent), Dyadic::new(ceil, exponent));
            return Isolated { low, high, rising: found.rising == turned };
        }
        exponent -= 8;
    }
}

/// The number of changes of sign in the coefficients of `f(x)`, or of `f(-x)`.
pub(super) fn variations(f: &[BigInt], mirrored: bool) -> usize {
    let mut last = Sign::NoSign;
    let mut count = 0;
    for (j, c) in f.iter().enumerate() {
        let sign = if mirrored && j % 2 == 1 { -c.sign() } else { c.sign() };
        if sign != Sign::NoSign {
            count += usize::from(last != Sign::NoSign && sign != last);
            last = sign;
        }
    }
    count
}

/// The vertices of the upper convex hull of the points `(j, log2 |c[j]|)`, as indices.
pub(crate) fn newton_polygon(logs: &[f64]) -> Vec<usize> {
    let mut hull: Vec<usize> = Vec::new();
    for (j, &log) in logs.iter().enumerate() {
        if log == f64::NEG_INFINITY {
            continue;
        }
        while let [.., i, m] = hull[..] {
            // The middle one is on or under the line between its neighbours.
            let through = (logs[m] - logs[i]) * (j - i) as f64;
            if through > (log - logs[i]) * (m - i) as f64 {
                break;
            }
            hull.pop();
        }
        hull.push(j);
    }
    hull
}

/// The `k`, ascending, for which there may be a root with `2^(k-1) <= |x| <= 2^k`.
fn annuli(f: &[BigInt]) -> Vec<i64> {
    let logs: Vec<f64> = f.iter().map(log2_abs).collect();
    let mut all = Vec::new();
    for pair in newton_polygon(&logs).windows(2) {
        let radius = (logs[pair[0]] - logs[pair[1]]) / (pair[1] - pair[0]) as f64;
        // Absolute values of roots are within a factor of 3 of one of these: elsewhere one term is larger than all others together.
        const FACTOR: f64 = 1.6;
        let range = (radius - FACTOR).ceil() as i64..=(radius + FACTOR + 1.0).floor() as i64;
        all.extend(range.filter(|&k| !one_term_dominates(&logs, k)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether one term is larger than all others together wherever `2^(k-1) <= |x| <= 2^k`.
fn one_term_dominates(logs: &[f64], k: i64) -> bool {
    let k = k as f64;
    let at = |j: usize| logs[j] + j as f64 * (k - 0.5);
    let Some(main) = (0..logs.len()).max_by(|&i, &j| at(i).total_cmp(&at(j))) else { return false };
    let sum: f64 = logs
        .iter()
        .enumerate()
        .filter(|&(j, _)| j != main)
        .map(|(j, log)| {
            // Lower terms count most at the inner radius, higher ones at the outer.
            let radius = if j < main { k - 1.0 } else { k };
            (log - logs[main] + (j as f64 - main as f64) * radius).exp2()
        })
        .sum();
    // The logarithms are right to far more than this leaves.
    sum < 0.99
}

/// The roots of `f(x)`, or `f(-x)`, between `2^(k-1)` and `2^k`, ascending, or those in some parts of it; and, if they are wanted, parts with a root
/// that is too close to an end to tell whether it is inside.
fn annulus(
    f: &[BigInt],
    k: i64,
    mirrored: bool,
    mut targets: Vec<Place>,
    edges: bool,
) -> Result<(Vec<Isolated>, Vec<Leaning>)> {
    let mut width = first_width(f, k, mirrored);
    let whole = Place { index: 1.into(), exponent: k - 1 };
    let (mut found, mut at_ends) = (Vec::new(), Vec::new());
    let mut again = !targets.is_empty();
    loop {
        if again {
            width += width.div_ceil(2);
        }
        let expansion = Expansion::new(f, k, mirrored, width).half(Half::Upper).half(Half::Upper);
        let (mut blurred, leaning) = bisect(Task { place: whole.clone(), expansion, targets }, &mut found);
        let (lowest, highest) = whole.ends();
        for one in leaning {
            let end = one.end();
            let below = one.near == Half::Upper;
            if edges && end == *if below { &highest } else { &lowest } {
                at_ends.push(one);
            } else if again && is_short(&end) {
                // Closer to the end than a little more precision tells.
                found.extend(beside(f, &end, below, &one.place, mirrored)?);
            } else {
                blurred.push(one.place);
            }
        }
        if again {
            // Clusters on both sides of an end look like this.
            blurred.sort_by_cached_key(|place| place.ends().0);
            let ends: Vec<_> = blurred.iter().map(Place::ends).collect();
            let mut others = Vec::new();
            for (i, place) in blurred.into_iter().enumerate() {
                let (low, high) = &ends[i];
                let above = i.checked_sub(1).map_or(&lowest, |before| &ends[before].1);
                let below = ends.get(i + 1).map_or(&highest, |next| &next.0);
                if is_short(high) && high == below {
                    found.extend(beside(f, high, true, &place, mirrored)?);
                } else if is_short(low) && low == above {
                    found.extend(beside(f, low, false, &place, mirrored)?);
                } else {
                    others.push(place);
                }
            }
            blurred = others;
        }
        if blurred.is_empty() {
            return Ok((found, at_ends));
        }
        targets = blurred;
        again = true;
    }
}

/// Whether the polynomial in the distance from a number is not much longer than the one in the number.
fn is_short(end: &Dyadic) -> bool {
    const MOST_BITS: u64 = 16;
    end.mantissa().bits() <= MOST_BITS
}

/// The roots of `f(x)`, or `f(-x)`, in an interval below one of its ends, or above it: by the polynomial in the distance from the end, exactly. Two roots on either
/// side of a dyadic number are told apart by nothing else but as many bits as their distance has.
fn beside(f: &[BigInt], end: &Dyadic, below: bool, place: &Place, mirrored: bool) -> Result<Vec<Isolated>> {
    let (m, e) = (end.mantissa(), end.exponent());
    // f(2^e * x), scaled to integers, at x = m + t or m - t.
    let n = f.len() as i64 - 1;
    let dilated = f.iter().enumerate().map(|(j, c)| {
        let c = if mirrored && j % 2 == 1 { -c } else { c.clone() };
        c << (if e < 0 { -e * (n - j as i64) } else { e * j as i64 })
    });
    let mut shifted = ZZ.taylor_shift(&dilated.collect::<Vec<_>>(), m)?;
    if below {
        shifted.iter_mut().skip(1).step_by(2).for_each(|c| *c = -std::mem::take(c));
    }
    let annuli: Vec<i64> = annuli(&shifted).into_iter().filter(|&k| k <= place.exponent - e).collect();
    let found = half_line(&shifted, &annuli, false)?.into_iter().map(|i| {
        let at = |t: &Dyadic| if below { end - &t.scaled(e) } else { end + &t.scaled(e) };
        let (near, far) = (at(&i.low), at(&i.high));
        if below {
            Isolated { low: far, high: near, rising: !i.rising }
        } else {
            Isolated { low: near, high: far, rising: i.rising }
        }
    });
    Ok(found.collect())
}

/// The limbs that leave enough of the value at a point of the interval.
fn first_width(f: &[BigInt], k: i64, mirrored: bool) -> usize {
    /// Bits beside the rounding errors of all levels.
    const WANTED: u64 = 44;
    // A value that is that small is one near a root.
    let most = 1 + f.len() / 16;
    let mut width = 1;
    loop {
        let bits = Expansion::new(f, k, mirrored, width).bits_at_three_quarters();
        if bits >= WANTED {
            let spare = (bits - WANTED) as usize / 64;
            return (width - spare.min(width - 1)).max(1);
        }
        if width >= most {
            return width;
        }
        width = (2 * width).min(most);
    }
}

/// An interval to look into: all of it, or only what leads to the targets.
struct Task {
    place: Place,
    expansion: Expansion,
    targets: Vec<Place>,
}

/// An interval with one root at most, near an end: the lower one or the upper one, or beyond it.
struct Leaning {
    place: Place,
    expansion: Expansion,
    near: Half,
    rising: bool,
}

impl Leaning {
    /// The end that the root is near.
    fn end(&self) -> Dyadic {
        let (low, high) = self.place.ends();
        if self.near == Half::Upper { high } else { low }
    }

    fn middle(&self) -> Dyadic {
        let (low, high) = self.place.ends();
        low.midpoint(&high)
    }

    /// The half with the end.
    fn shrink(&mut self) {
        self.place = self.place.half(self.near);
        self.expansion = self.expansion.half(self.near);
    }

    /// Whether the root, if there is one, is between the middle and the end, or beyond it.
    fn is_certain(&self) -> bool {
        self.expansion.middle_is_negative() == Some((self.near == Half::Upper) == self.rising)
    }
}

/// Two neighbours that have one root near the end that they share, in one of them: what is between their middles. Roots close to dyadic numbers are
/// common, and would take far more precision to tell on which side they are.
fn joined(lower: &mut Leaning, upper: &mut Leaning) -> Option<Isolated> {
    let neighbours = lower.near == Half::Upper && upper.near == Half::Lower && lower.end() == upper.end();
    if !neighbours || lower.rising != upper.rising {
        return None;
    }
    // As much room on one side as on the other.
    while lower.place.exponent > upper.place.exponent {
        lower.shrink();
    }
    while upper.place.exponent > lower.place.exponent {
        upper.shrink();
    }
    let certain = lower.is_certain() && upper.is_certain();
    certain.then(|| Isolated { low: lower.middle(), high: upper.middle(), rising: lower.rising })
}

/// Finds the roots in an interval; returns the parts for which the precision was too low, and those with a root near an end that is not in the
/// neighbour.
fn bisect(task: Task, found: &mut Vec<Isolated>) -> (Vec<Place>, Vec<Leaning>) {
    let mut stack = vec![task];
    let mut blurred = Vec::new();
    // Intervals come in ascending order.
    let mut leaning: Vec<Leaning> = Vec::new();
    while let Some(Task { place, expansion, mut targets }) = stack.pop() {
        if targets.first() == Some(&place) {
            targets.clear();
        }
        if !targets.is_empty() {
            for half in [Half::Upper, Half::Lower] {
                let inside: Vec<Place> =
                    targets.iter().filter(|target| place.half_with(target) == half).cloned().collect();
                if !inside.is_empty() {
                    stack.push(Task {
                        place: place.half(half),
                        expansion: expansion.half(half),
                        targets: inside,
                    });
                }
            }
            continue;
        }
        match expansion.verdict() {
            Verdict::None => {}
            Verdict::Blurred => blurred.push(place),
            Verdict::One { rising } => match inner(&place, &expansion, rising) {
                Some(isolated) => found.push(isolated),
                None => push_halves(&mut stack, &place, &expansion),
            },
            Verdict::AtMostOne { near, rising } => {
                let mut this = Leaning { place, expansion, near, rising };
                match leaning.last_mut().and_then(|last| joined(last, &mut this)) {
                    Some(isolated) => {
                        leaning.pop();
                        found.push(isolated);
                    }
                    None => leaning.push(this),
                }
            }
            Verdict::Unknown => push_halves(&mut stack, &place, &expansion),
        }
    }
    (blurred, leaning)
}

/// Both halves of an interval, the lower one on top.
fn push_halves(stack: &mut Vec<Task>, place: &Place, expansion: &Expansion) {
    for half in [Half::Upper, Half::Lower] {
        stack.push(Task { place: place.half(half), expansion: expansion.half(half), targets: Vec::new() });
    }
}

/// A part of an interval with one root that has the root inside and touches neither end; `None` where the root is too close to the middle
/// of an interval to tell on which side it is.
fn inner(place: &Place, expansion: &Expansion, rising: bool) -> Option<Isolated> {
    let (mut place, mut expansion) = (place.clone(), expansion.clone());
    let (mut lower, mut upper) = (false, false);
    while !(lower && upper) {
        let half = match expansion.middle_is_negative()? == rising {
            true => Half::Upper,
            false => Half::Lower,
        };
        lower |= half == Half::Upper;
        upper |= half == Half::Lower;
        place = place.half(half);
        expansion = expansion.half(half);
    }
    let (low, high) = place.ends();
    Some(Isolated { low, high, rising })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::QQ;

    fn check(f: &[BigInt], expected: usize) {
        let found = isolate(f, false).unwrap();
        assert_eq!(found.len(), expected, "{f:?}");
        let g = QQ.poly(f.iter().cloned());
        for i in &found {
            let signs = [&i.low, &i.high].map(|x| g.eval(x.to_rational()).numer().sign());
            assert_eq!(signs[1], if i.rising { Sign::Plus } else { Sign::Minus });
            assert_eq!(signs[0], -signs[1]);
        }
        assert!(found.windows(2).all(|pair| pair[0].high < pair[1].low));
    }

    #[test]
    fn small_ones() {
        let f = |text: &str| ZZ.parse(text).unwrap().into_coefficients();
        check(&f("x^2 - 2"), 2);
        check(&f("x^2 + 2"), 0);
        check(&f("x^3 - 1000000*x + 1"), 3);
        check(&f("x^4 - 10*x^2 + 1"), 4);
        check(&f("x^5 - x - 1"), 1);
        check(&f("2^200*x^2 - 3"), 2);
        check(&f("x^2 - 3*2^201"), 2);
        check(&f("1000000*x^2 - 2000002*x + 1000003"), 0);
        // Close ones.
        check(&f("x^20 - 2*(100*x - 1)^2"), 4);
        check(&f("x^51 - 2*(1000*x - 1)^2"), 3);
        check(&f("(x^2 - 2)*((10^30*x)^2 - 2*10^60 - 1)"), 4);
        // Close to ends.
        check(&f("1000000000000000000000000000000*(x - 1)*(x - 2)*(x - 3)*(x - 4)*(x - 5) + 1"), 5);
        check(&f("10^40*(4*x - 5)*(x^2 + 1) - 1"), 1);
        // Pairs on either side of a power of two, of another dyadic number, and of their negatives; one that is on neither side.
        check(&f("x^60 - 2*(2^14*x - 1)^2"), 4);
        check(&f("x^60 - 2*(2^14*x + 1)^2"), 4);
        check(&f("x^41 - 2*(2^14*x - 5)^2"), 3);
        check(&f("2^900*(16*x - 11)^2*(x^2 - 3) + 1"), 4);
        check(&f("2^900*(16*x - 11)^2*(x^2 - 3) - 1"), 2);
        check(&f("2^900*(16*x + 11)^2*(x^2 - 3) + x^2"), 4);
        check(&f("2^900*(x - 1)*(x - 2)*(x - 4)*(x^2 + 3) + 1"), 3);
        // Where the highest terms are the largest: by the inverses.
        check(&f("(x^3 - 3)*(x^3 + 50)*(x^2 - 1000003)*(x^2 - 3)"), 6);
        check(&f("(x^2 - 1000001)*(x^2 - 1000002)*(x^3 - 1000000001) + 1"), 5);
    }

    #[test]
    fn polygons() {
        let logs = |f: &[i64]| f.iter().map(|&c| log2_abs(&c.into())).collect::<Vec<_>>();
        assert_eq!(newton_polygon(&logs(&[1, 1, 1])), [0, 2]);
        assert_eq!(newton_polygon(&logs(&[1, 5, 0, 1])), [0, 1, 3]);
        assert_eq!(newton_polygon(&logs(&[0, 5, 0])), [1]);
        assert!(annuli(&[3.into()]).is_empty());
    }
}
