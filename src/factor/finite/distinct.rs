//! Distinct degrees: `f = g_1 * g_2 * ...` with `g_d` the product of the irreducible factors of degree `d`.
//!
//! # Method
//! Baby steps and giant steps (J. von zur Gathen, V. Shoup 1992; V. Shoup, "A new polynomial factorization algorithm and its
//! implementation", J. Symb. Comp. 20, 1995; E. Kaltofen, V. Shoup, "Subquadratic-time factoring of polynomials over finite fields", Math. Comp. 67,
//! 1998): `x^(q^(j*l)) - x^(q^i)` is divisible by just the irreducible polynomials whose degrees divide `j*l - i`. With the baby steps
//! `h_i = x^(q^i)`, `i < l`, and the giant steps `H_j = x^(q^(j*l))` the product of `H_j - h_i` over all `i` has the factors of degrees
//! `(j-1)*l + 1, ..., j*l` in its gcd with what is left of `f`; only where that is not one the degrees are told apart. Steps are
//! compositions that share the powers of their argument.
//!
//! # Invariants
//! Degrees ascend. What is left is irreducible as soon as its degree is below twice the next one.

use super::{
    frobenius::{self, Map},
    interval::Interval,
};
use crate::ring::FiniteField;
use crate::{Divisor, Poly, Result, progress};

/// So many intervals share one gcd, where they are not short: with groups of baby steps that took .80 of the time at degree 1000 modulo 998244353.
const TOGETHER: usize = 3;
/// Intervals of fewer degrees have a gcd each: most of them have a factor. At degree 30 gcds for three took 1.05 times as long.
const SHORT: usize = 6;

/// The products of the factors of each degree, and `x^q` modulo them all.
pub(crate) struct Distinct<F: FiniteField> {
    /// With the degrees, which ascend.
    pub(crate) parts: Vec<(Poly<F>, usize)>,
    /// `x^q` modulo the polynomial.
    pub(super) frobenius: Poly<F>,
}

/// How many irreducible factors of each degree a monic square-free polynomial has, ascending.
///
/// # Errors
/// Those of the ring's products; kind interrupted.
pub(crate) fn degrees<F: FiniteField>(f: &Poly<F>) -> Result<Vec<(usize, usize)>> {
    if f.len() < 2 {
        return Ok(Vec::new());
    }
    Ok(Distinct::of(f)?.degrees())
}

impl<F: FiniteField> Distinct<F> {
    /// Of a monic square-free polynomial that is not constant.
    ///
    /// # Errors
    /// Those of the ring's products; kind interrupted.
    pub(crate) fn of(f: &Poly<F>) -> Result<Self> {
        factors(f)
    }

    /// How many irreducible factors of each degree there are, ascending.
    pub(crate) fn degrees(&self) -> Vec<(usize, usize)> {
        self.parts.iter().map(|(part, degree)| (*degree, (part.len() - 1) / degree)).collect()
    }
}

fn factors<F: FiniteField>(f: &Poly<F>) -> Result<Distinct<F>> {
    let mut divisor = f.try_divisor()?;
    let n = f.len() - 1;
    let frobenius = frobenius::of_x(&divisor)?;
    let x = Poly::x(f.ring().clone());
    let mut search = Search { rest: f.clone(), parts: Vec::new() };
    let mut babies = vec![divisor.try_quo_rem(&x)?.1, frobenius.clone()];
    let l = (n / 2).isqrt().max(1);
    if l > 1 {
        let map = Map::first(&divisor, &frobenius, l - 1)?;
        while babies.len() <= l {
            progress::report("distinct degrees: baby steps", babies.len() as u64, l as u64)?;
            let next = map.apply(&babies[babies.len() - 1], &divisor)?;
            babies.push(next);
        }
    }
    let mut giant = babies.pop().unwrap_or(x);
    let mut interval = Interval::new(babies, &divisor)?;
    let steps = (n / 2).div_ceil(l);
    let mut map = None;
    let mut waiting = Vec::new();
    for j in 1.. {
        progress::report("distinct degrees", (j * l).min(n / 2) as u64, n as u64 / 2)?;
        let product = interval.product(&giant, &divisor)?;
        waiting.push(Meeting { giant: giant.clone(), product, top: j * l });
        // The first interval has the factors of small degrees, which most polynomials have.
        if j == 1 || l < SHORT || waiting.len() >= TOGETHER || 2 * (j * l + 1) > search.rest.len() - 1 {
            search.intervals(&divisor, std::mem::take(&mut waiting), &interval.babies)?;
            if search.rest.len() - 1 < 2 * (j * l + 1) {
                break;
            }
            if 4 * search.rest.len() < 3 * divisor.poly().len() {
                divisor = search.rest.try_divisor()?;
                giant = divisor.try_quo_rem(&giant)?.1;
                interval = interval.reduced(&divisor)?;
                map = map.map(|map: Map<F>| map.reduced(&divisor)).transpose()?;
            }
        }
        let map = match &mut map {
            Some(map) => map,
            None => map.insert(match l {
                1 => Map::first(&divisor, &giant, steps - j)?,
                _ => Map::of(&divisor, &giant, steps - j)?,
            }),
        };
        giant = map.apply(&giant, &divisor)?;
    }
    if search.rest.len() > 1 {
        let degree = search.rest.len() - 1;
        search.parts.push((search.rest, degree));
    }
    Ok(Distinct { parts: search.parts, frobenius })
}

/// A giant step, the product of its differences from all baby steps, and the highest degree of the factors in it.
struct Meeting<F: FiniteField> {
    giant: Poly<F>,
    product: Poly<F>,
    top: usize,
}

/// What is left of a polynomial, and what was found.
struct Search<F: FiniteField> {
    rest: Poly<F>,
    parts: Vec<(Poly<F>, usize)>,
}

impl<F: FiniteField> Search<F> {
    /// Takes the factors out that any of some intervals has, by one gcd where there are none.
    fn intervals(
        &mut self,
        divisor: &Divisor<F>,
        meetings: Vec<Meeting<F>>,
        babies: &[Poly<F>],
    ) -> Result<()> {
        let Some((first, others)) = meetings.split_first() else { return Ok(()) };
        let mut product = first.product.clone();
        for meeting in others {
            product = divisor.try_mul(&product, &meeting.product)?;
        }
        let mut common = self.rest.try_gcd(&product)?;
        if common.len() < 2 {
            return Ok(());
        }
        self.rest = self.rest.try_exact_quo(&common)?;
        for meeting in &meetings {
            let part = if others.is_empty() { common.clone() } else { common.try_gcd(&meeting.product)? };
            if part.len() > 1 {
                common = common.try_exact_quo(&part)?;
                self.interval(part, &meeting.giant, babies, meeting.top)?;
            }
        }
        Ok(())
    }

    /// Tells the factors of the degrees `top - l + 1, ..., top` apart, for `l` baby steps.
    fn interval(
        &mut self,
        mut common: Poly<F>,
        giant: &Poly<F>,
        babies: &[Poly<F>],
        top: usize,
    ) -> Result<()> {
        for (i, baby) in babies.iter().enumerate().rev() {
            let degree = top - i;
            let left = common.len() - 1;
            if left < 2 * degree {
                self.parts.extend((left > 0).then_some((common, left)));
                break;
            }
            let part = if i == 0 { common.clone() } else { common.try_gcd(&giant.try_sub(baby)?)? };
            if part.len() > 1 {
                common = common.try_exact_quo(&part)?;
                self.parts.push((part, degree));
            }
        }
        Ok(())
    }
}
