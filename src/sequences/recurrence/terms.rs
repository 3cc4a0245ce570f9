//! `[x^n] P/Q`, one term of a recurrence however far away, and consecutive ones.
//!
//! # Method
//! A. Bostan, R. Mori, "A simple and fast algorithm for computing the N-th term of a linearly recurrent sequence", SOSA 2021: with
//! `V(x^2) = Q(x)*Q(-x)` and `U(x) = P(x)*Q(-x)`, the coefficient `n` of `P/Q` is coefficient `floor(n/2)` of `U_even/V` or `U_odd/V`. Half of
//! the products is all that is read: with `Q = E(x^2) + x*O(x^2)` they are `V = E^2 - y*O^2` and, for even `n`, `U = P_even*E - y*P_odd*O`: a product
//! of matrices, in which each half is transformed once. Consecutive terms: coefficients of `1/Q` from those of `1/V` (their algorithm
//! 2), half as far, down to where they are a power series; then `a` follows as one.
//!
//! # Growth
//! Mahler's measure of `Q` squares in each step, so where elements grow it is known early how large numbers are going to be.
//! The constant coefficient of `Q` stays 1: nothing is ever divided, whatever the ring.

use super::Recurrence;
use crate::{
    Error, Result,
    convolution::Want,
    limit,
    ring::{Ring, generic::series},
};

/// Polynomials up to this length are multiplied by hand: the least that has two coefficients in a half.
const SHORT: usize = 8;

impl<R: Ring> Recurrence<R> {
    /// The term `a(n)`.
    ///
    /// # Errors
    /// Kind limit where elements grow and `n` is too large, before the work; kind overflow in partial rings.
    ///
    /// # Complexity
    /// `O(M(d) log n)` for order `d`; over Z the last steps count, in which numbers are as long as the result.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, sequences::Recurrence};
    /// let perrin = Recurrence::new(ZZ, [0, 1, 1], [3, 0, 2])?;
    /// assert_eq!(perrin.term(20)?, 277.into());
    /// assert_eq!(perrin.term(u64::MAX).unwrap_err().kind(), monic::ErrorKind::Limit);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn term(&self, n: u64) -> Result<R::Element> {
        if let Some(a) = usize::try_from(n).ok().and_then(|n| self.initial.get(n)) {
            return Ok(a.clone());
        }
        let (mut p, mut q, mut n) = self.from_the_last(n)?;
        while n > 0 {
            if n < q.len() as u64 {
                q.truncate(n as usize + 1);
                p.truncate(n as usize + 1);
            } else {
                check_growth(&self.ring, &q, n)?;
            }
            (p, q) = halve(&self.ring, &p, &q, n & 1)?;
            n >>= 1;
        }
        Ok(p.into_iter().next().unwrap_or_else(|| self.ring.zero()))
    }

    /// The terms `a(start), a(start + 1), ...`, `count` of them.
    ///
    /// # Errors
    /// As for [`term`](Self::term); kind limit also for the terms together.
    ///
    /// # Complexity
    /// `O(M(d) log(start) + M(count))`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Zmod, sequences::Recurrence};
    /// let powers = Recurrence::new(Zmod::new(1000), [2], [1])?;
    /// assert_eq!(powers.terms(1_000_000_000_000, 3)?, [376, 752, 504]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn terms(&self, start: u64, count: usize) -> Result<Vec<R::Element>> {
        limit::check(count as u64, 8 * size_of::<R::Element>() as u64)?;
        if start.checked_add((count as u64).saturating_sub(1)).is_none() {
            return Err(Error::limit(format!(
                "of {count} terms from {start} on the last ones have no number below 2^64"
            )));
        }
        let ring = &self.ring;
        let m = self.initial.len() as u64;
        if start < m {
            let mut terms: Vec<R::Element> =
                self.initial[start as usize..].iter().take(count).cloned().collect();
            terms.extend(self.terms(m, count - terms.len())?);
            return Ok(terms);
        }
        if count == 0 {
            return Ok(Vec::new());
        }
        let d = self.order();
        if d == 0 {
            return Ok(vec![ring.zero(); count]);
        }
        if ring.grows() && count > 4 * d + 64 {
            // As large as the last ones: half of that is what all of them take, and a little less where they grow faster.
            let last = self.terms(start + (count - d) as u64, d)?;
            let bits = ring.log2_norm(&last) - (d as f64).log2();
            limit::check(count as u64, (bits / 2.0) as u64)?;
        }
        let (p, q, start) = self.from_the_last(start)?;
        if start < 2 * d as u64 {
            let mut terms = series::quotient(ring, &p, &q, start as usize + count)?;
            terms.drain(..start as usize);
            return Ok(terms);
        }
        // The first terms, d of them, and all the others from these.
        let known = d.min(count);
        let window = inverse_window(ring, &q, start + 1 - d as u64, d - 1 + known)?;
        let mut first = ring.convolve(&window, &p, &Want::range(d - 1..d - 1 + known))?;
        first.resize(known, ring.zero());
        if count <= d {
            return Ok(first);
        }
        let p = ring.convolve(&first, &q, &Want::low(d))?;
        series::quotient(ring, &p, &q, count)
    }

    /// The generating function of the sequence that begins with the last first terms that are needed, and where in it term `n` stands.
    fn from_the_last(&self, n: u64) -> Result<Place<R::Element>> {
        let skipped = self.initial.len() - self.order();
        let q = self.denominator()?;
        let p = self.ring.convolve(&self.initial[skipped..], &q, &Want::low(self.order()))?;
        Ok((p, q, n - skipped as u64))
    }
}

/// Coefficients `start..start + count` of `1/Q`, where `Q` has the constant coefficient 1.
fn inverse_window<R: Ring>(ring: &R, q: &[R::Element], start: u64, count: usize) -> Result<Vec<R::Element>> {
    let d = q.len() - 1;
    if start <= (2 * d + count) as u64 {
        let mut window = series::inverse(ring, q, start as usize + count)?;
        window.drain(..start as usize);
        return Ok(window);
    }
    check_growth(ring, q, start)?;
    // Coefficient t is the sum of Q(-x)[i] * (1/V)[(t - i)/2].
    let below = (start - d as u64) / 2;
    let last = start + (count as u64 - 1);
    let above = last / 2;
    let next = halve(ring, &[], q, 0)?.1;
    let inner = inverse_window(ring, &next, below, (above - below + 1) as usize)?;
    let [even, odd] = halves(q);
    let odd = odd.iter().map(|c| ring.try_neg(c)).collect::<Result<Vec<_>>>()?;
    // The terms of one parity: sums of half[j] * inner[u - below - j] for t = 2u or t = 2u + 1.
    let part = |half: &[R::Element], parity: u64| -> Result<Vec<R::Element>> {
        let first = start + (start ^ parity & 1) % 2;
        if first > last {
            return Ok(Vec::new());
        }
        let (low, high) = ((first - parity) / 2 - below, (last - parity) / 2 - below);
        let mut values = ring.convolve(&inner, half, &Want::range(low as usize..high as usize + 1))?;
        values.resize((high - low + 1) as usize, ring.zero());
        Ok(values)
    };
    let (even, odd) = (part(&even, 0)?, part(&odd, 1)?);
    let (mut even, mut odd) = (even.into_iter(), odd.into_iter());
    let mut next = |t: u64| if t & 1 == 0 { even.next() } else { odd.next() };
    let value = |t: u64| next(t).unwrap_or_else(|| unreachable!("as many as there are of its parity"));
    Ok((start..=last).map(value).collect())
}

/// The coefficients of even index and those of odd index.
fn halves<E: Clone>(f: &[E]) -> [Vec<E>; 2] {
    [f.iter().step_by(2).cloned().collect(), f.iter().skip(1).step_by(2).cloned().collect()]
}

/// Numerator and denominator of a generating function, and the number of a term.
type Place<E> = (Vec<E>, Vec<E>, u64);

/// The coefficients of that parity of `P(x)*Q(-x)`, and the even ones of `Q(x)*Q(-x)`.
type Step<E> = (Vec<E>, Vec<E>);

fn halve<R: Ring>(ring: &R, p: &[R::Element], q: &[R::Element], parity: u64) -> Result<Step<R::Element>> {
    if q.len() <= SHORT {
        let q_minus: Vec<R::Element> = q
            .iter()
            .enumerate()
            .map(|(i, c)| if i % 2 == 1 { ring.try_neg(c) } else { Ok(c.clone()) })
            .collect::<Result<_>>()?;
        return Ok((every_other(ring, p, &q_minus, parity as usize)?, every_other(ring, q, &q_minus, 0)?));
    }
    let ([p_even, p_odd], [even, odd]) = (halves(p), halves(q));
    let minus = |f: &[R::Element]| f.iter().map(|c| ring.try_neg(c)).collect::<Result<Vec<_>>>();
    // -y*O
    let mut shifted = minus(&odd)?;
    shifted.insert(0, ring.zero());
    let (mut u, mut v);
    if p.is_empty() {
        u = Vec::new();
        v = ring.convolve_sum(&[(&even, &even), (&shifted, &odd)], &Want::full())?;
    } else {
        let (first, second) = if parity == 0 {
            let mut shifted = minus(&p_odd)?;
            shifted.insert(0, ring.zero());
            (p_even, shifted)
        } else {
            (p_odd, minus(&p_even)?)
        };
        let mut entries =
            ring.convolve_matrix(&[&first, &second, &even, &shifted], &[&even, &odd], 2)?.into_iter();
        let mut next = || entries.next().unwrap_or_else(|| unreachable!("two rows and one column"));
        (u, v) = (next(), next());
    }
    v.truncate(q.len());
    u.truncate((p.len() + q.len() - parity as usize) / 2);
    Ok((u, v))
}

/// The coefficients of one parity of a product.
fn every_other<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    parity: usize,
) -> Result<Vec<R::Element>> {
    let len = if f.is_empty() { 0 } else { f.len() + g.len() - 1 };
    (parity..len)
        .step_by(2)
        .map(|k| {
            let from = (k + 1).saturating_sub(g.len());
            (from..f.len().min(k + 1))
                .try_fold(ring.zero(), |sum, i| ring.try_add(&sum, &ring.try_mul(&f[i], &g[k - i])?))
        })
        .collect()
}

/// Refuses to go on where numbers are going to be over the limit on the way to term `n`.
fn check_growth<R: Ring>(ring: &R, q: &[R::Element], n: u64) -> Result<()> {
    if !ring.grows() {
        return Ok(());
    }
    // Mahler's measure of Q is at most its 1-norm, at least that over 2^d, and squares in every step.
    let degree = (q.len() - 1) as f64;
    let measure = ring.log2_norm(q) - degree - (degree + 1.0).log2();
    let steps = (0..u64::BITS).find(|&i| n >> i < q.len() as u64).unwrap_or(0);
    let last = measure * 2f64.powi(steps as i32) - degree;
    if last > 64.0 { limit::check(1, last as u64) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{CC, I64, QQ, RR, ZZ, Zmod, ZmodBig};
    use num_bigint::{BigInt, BigUint};

    fn by_hand<R: Ring>(of: &Recurrence<R>, len: usize) -> Vec<R::Element> {
        let ring = of.ring();
        let mut terms = of.initial().to_vec();
        while terms.len() < len {
            let next = of
                .coefficients()
                .iter()
                .zip(terms.iter().rev())
                .fold(ring.zero(), |sum, (c, a)| ring.add(&sum, &ring.mul(c, a)));
            terms.push(next);
        }
        terms
    }

    fn against_hand<R: Ring>(of: &Recurrence<R>, len: usize) {
        let expected = by_hand(of, len);
        for (n, a) in expected.iter().enumerate() {
            assert_eq!(of.term(n as u64).unwrap(), *a, "{of:?} at {n}");
        }
        for start in [0, 1, 2, 5, 17, len / 2, len - 3] {
            for count in [0, 1, 2, 7, 40, len] {
                if start + count <= len {
                    let terms = of.terms(start as u64, count).unwrap();
                    assert_eq!(terms, expected[start..start + count], "{of:?} {start}+{count}");
                }
            }
        }
    }

    /// Orders 0 to beyond the short ones, more first terms than the order, zeros and zero divisors everywhere.
    #[test]
    fn small_orders_against_hand() {
        let ring = Zmod::new(12);
        let c = [5u64, 0, 8, 3, 0, 0, 1, 11, 4, 6, 2, 7];
        let a = [1u64, 4, 0, 9, 2, 2, 3, 0, 11, 5, 5, 8, 1, 7];
        for order in 0..c.len() {
            for more in [0, 1, 2] {
                let of = Recurrence::new(ring, c[..order].to_vec(), a[..order + more].to_vec()).unwrap();
                against_hand(&of, 90);
            }
        }
        against_hand(&Recurrence::new(ring, [0u64, 0, 0], [1u64, 2, 3]).unwrap(), 60);
        let big = ZmodBig::new((BigUint::from(1u8) << 100) + 7u8);
        against_hand(&Recurrence::new(big, [3, -1, 4], [1, -5, 9]).unwrap(), 60);
        against_hand(&Recurrence::new(ZZ, [2, -3, 0, 5], [1, 0, 0, -1]).unwrap(), 120);
        against_hand(&Recurrence::new(ZZ, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1; 10]).unwrap(), 120);
        against_hand(&Recurrence::new(QQ, [(1, 2), (-2, 3)], [(1, 1), (1, 5)]).unwrap(), 60);
        assert_eq!(Recurrence::new(RR, [0.5], [1.0]).unwrap().term(10).unwrap(), 1.0 / 1024.0);
        assert!(Recurrence::new(CC, [1.0, 1.0], [1.0]).is_err());
    }

    /// Orders in which products go through transforms.
    #[test]
    fn long_orders_against_hand() {
        let word = |k: u64| k.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(k + 1);
        for n in [998_244_353u64, (1 << 61) - 1, u64::MAX] {
            for order in [33usize, 150, 400] {
                let draw = |seed: u64| (0..order as u64).map(move |k| word(k + seed) % n);
                let of = Recurrence::new(Zmod::new(n), draw(5), draw(99)).unwrap();
                let expected = by_hand(&of, 5 * order + 50);
                for at in [order, 2 * order - 1, 3 * order + 7, 5 * order + 49] {
                    assert_eq!(of.term(at as u64).unwrap(), expected[at], "{n} {order} {at}");
                }
                for (start, count) in
                    [(order + 3, 2), (4 * order, order / 2), (4 * order + 9, order), (2, 5 * order)]
                {
                    let terms = of.terms(start as u64, count).unwrap();
                    assert_eq!(terms, expected[start..start + count], "{n} {order} {start}+{count}");
                }
            }
        }
    }

    /// Far away: a sequence of period 2^64 - 1 or so has it, and neighbours satisfy the recurrence.
    #[test]
    fn far_terms() {
        let p = 998_244_353u64;
        let of = Recurrence::new(Zmod::new(p), [3u64, 1, 4, 1, 5, 9, 2, 6, 5, 3], 1u64..=10).unwrap();
        let start = u64::MAX - 60;
        let terms = of.terms(start, 60).unwrap();
        for (k, a) in terms.iter().enumerate().step_by(13) {
            assert_eq!(of.term(start + k as u64).unwrap(), *a);
        }
        assert_eq!(of.terms(u64::MAX - 1, 2).unwrap()[1], of.term(u64::MAX).unwrap());
        assert_eq!(of.terms(u64::MAX, 2).unwrap_err().kind(), crate::ErrorKind::Limit);
        let powers = Recurrence::new(Zmod::new(p), [3u64], [1u64]).unwrap();
        assert_eq!(powers.term(u64::MAX).unwrap(), Zmod::new(p).pow(&3, u64::MAX));
    }

    #[test]
    fn sizes_are_known_before() {
        let fibonacci = Recurrence::new(ZZ, [1, 1], [0, 1]).unwrap();
        for n in [1 << 50, u64::MAX] {
            assert_eq!(fibonacci.term(n).unwrap_err().kind(), crate::ErrorKind::Limit);
            assert_eq!(fibonacci.terms(n - 10, 3).unwrap_err().kind(), crate::ErrorKind::Limit);
        }
        assert_eq!(fibonacci.terms(3, 700_000).unwrap_err().kind(), crate::ErrorKind::Limit);
        assert_eq!(fibonacci.term(20_000).unwrap(), super::super::fibonacci(&ZZ, 20_000).unwrap());
        // What stays small is computed however far it is.
        let period = Recurrence::new(ZZ, [1, -1], [0, 1]).unwrap();
        assert_eq!(period.term(u64::MAX).unwrap(), BigInt::from(0));
        assert_eq!(period.terms(1 << 60, 3000).unwrap()[..4], [-1, -1, 0, 1].map(BigInt::from));
        let linear = Recurrence::new(ZZ, [2, -1], [0, 1]).unwrap();
        assert_eq!(linear.term(u64::MAX).unwrap(), BigInt::from(u64::MAX));
        assert!(Recurrence::new(I64, [3], [1]).unwrap().term(100).is_err());
    }
}
