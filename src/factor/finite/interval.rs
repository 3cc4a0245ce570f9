//! The products of `H - h_i` over all baby steps `h_i`, for one giant step `H` after the other, modulo a polynomial: the values of `(Y - h_0)*(Y - h_1)*...` at `H`.
//!
//! It stands apart because many giant steps meet the same baby steps, and a product modulo the polynomial is a division beside.
//!
//! # Method
//! The baby steps go in groups of `s`; of each the coefficients of `(Y - h_i)*(Y - h_(i+1))*...` are computed once and kept with their transforms. A value is a sum of
//! products with the powers `H, ..., H^(s-1)`, reduced once (the baby steps and giant steps of M. Paterson, L. Stockmeyer, SIAM J. Comput. 2, 1973).

use crate::convolution::Want;
use crate::ring::{FiniteField, Prepared, generic::composition};
use crate::{Divisor, Poly, Result};

/// Fewer baby steps are multiplied one by one: an estimate.
const GROUPED: usize = 16;
/// So many words in all baby steps are kept with their transforms at most, which take some six times as much.
const SHARED: usize = 1 << 23;

/// Baby steps.
pub(super) struct Interval<F: FiniteField> {
    pub(super) babies: Vec<Poly<F>>,
    /// The coefficients, the constant ones first, of monic polynomials of degree `size`; the first of them take the first baby steps.
    groups: Vec<Vec<Prepared<F>>>,
    size: usize,
}

impl<F: FiniteField> Interval<F> {
    /// For baby steps modulo the divisor.
    pub(super) fn new(babies: Vec<Poly<F>>, divisor: &Divisor<F>) -> Result<Self> {
        let (l, n) = (babies.len(), divisor.poly().len() - 1);
        if l < GROUPED || l.saturating_mul(n) > SHARED {
            return Ok(Interval { babies, groups: Vec::new(), size: 1 });
        }
        let size = (2 * l).isqrt();
        let mut groups = Vec::new();
        for group in babies.chunks_exact(size) {
            let mut coefficients: Vec<Poly<F>> = Vec::new();
            for baby in group {
                // Times Y - h, from the highest coefficient down.
                let mut above = Poly::one(divisor.poly().ring().clone());
                for c in coefficients.iter_mut().rev() {
                    let next = c.try_sub(&divisor.try_mul(&above, baby)?)?;
                    above = std::mem::replace(c, next);
                }
                coefficients.insert(0, divisor.try_mul(&above, baby)?.try_neg()?);
            }
            groups.push(coefficients.into_iter().map(|c| prepared(c, divisor)).collect::<Result<_>>()?);
        }
        Ok(Interval { babies, groups, size })
    }

    /// The same modulo a divisor of the divisor.
    pub(super) fn reduced(self, divisor: &Divisor<F>) -> Result<Self> {
        let reduced = |f: &Poly<F>| Ok(divisor.try_quo_rem(f)?.1);
        let babies = self.babies.iter().map(reduced).collect::<Result<_>>()?;
        let group = |group: Vec<Prepared<F>>| {
            let one = |c: Prepared<F>| {
                let c = Poly::from_vec(divisor.poly().ring().clone(), c.into_coefficients());
                prepared(reduced(&c)?, divisor)
            };
            group.into_iter().map(one).collect::<Result<_>>()
        };
        let groups = self.groups.into_iter().map(group).collect::<Result<_>>()?;
        Ok(Interval { babies, groups, size: self.size })
    }

    /// The product of `giant - h` over all baby steps.
    pub(super) fn product(&self, giant: &Poly<F>, divisor: &Divisor<F>) -> Result<Poly<F>> {
        let field = divisor.poly().ring();
        let mut product: Option<Poly<F>> = None;
        let mut multiply = |factor: Poly<F>| -> Result<()> {
            product = Some(match product.take() {
                Some(product) => divisor.try_mul(&product, &factor)?,
                None => factor,
            });
            Ok(())
        };
        let mut powers = vec![giant.clone()];
        while powers.len() < self.size {
            powers.push(divisor.try_mul(&powers[powers.len() - 1], giant)?);
        }
        let top = powers.pop().unwrap_or_else(|| giant.clone());
        let powers: Vec<Prepared<F>> =
            powers.into_iter().map(|power| prepared(power, divisor)).collect::<Result<_>>()?;
        for group in &self.groups {
            let pairs: Vec<_> = group[1..].iter().zip(&powers).collect();
            let sum = Poly::from_vec(field.clone(), field.convolve_prepared_sum(&pairs, &Want::full())?);
            let constant = Poly::from_vec(field.clone(), group[0].coefficients().to_vec());
            multiply(divisor.try_quo_rem(&sum.try_add(&constant)?.try_add(&top)?)?.1)?;
        }
        for baby in &self.babies[self.groups.len() * self.size..] {
            multiply(giant.try_sub(baby)?)?;
        }
        Ok(product.unwrap_or_else(|| Poly::one(field.clone())))
    }
}

/// A residue for products with others.
fn prepared<F: FiniteField>(f: Poly<F>, divisor: &Divisor<F>) -> Result<Prepared<F>> {
    composition::prepared(f.into_coefficients(), divisor.inner())
}

#[cfg(test)]
mod tests {
    use super::{super::super::random::Random, *};
    use crate::ring::{ExtensionField, Zmod};

    fn check<F: FiniteField>(field: &F, n: usize, l: usize) {
        let mut random = Random::new(l as u64);
        let monic =
            |random: &mut Random, n| random.poly(field, n) + Poly::monomial(field.clone(), field.one(), n);
        let part = monic(&mut random, n / 2);
        let divisor = (&part * monic(&mut random, n - n / 2)).divisor();
        let babies: Vec<_> = (0..l).map(|_| random.poly(field, n)).collect();
        let giant = random.poly(field, n);
        let direct = |divisor: &Divisor<F>| {
            let one = divisor.rem(&Poly::one(field.clone()));
            babies.iter().fold(one, |product, baby| divisor.mul(&product, &(&giant - baby)))
        };
        let interval = Interval::new(babies.clone(), &divisor).unwrap();
        assert_eq!(interval.product(&giant, &divisor).unwrap(), direct(&divisor), "{l} modulo degree {n}");
        let smaller = part.divisor();
        let reduced = interval.reduced(&smaller).unwrap();
        assert_eq!(reduced.product(&smaller.rem(&giant), &smaller).unwrap(), direct(&smaller));
    }

    /// Against the products themselves, around the number from which they go in groups, with and without transforms.
    #[test]
    fn groups() {
        for (n, l) in [(9, 2), (9, 15), (20, 16), (21, 17), (20, 24), (200, 19)] {
            check(&Zmod::prime(998_244_353).unwrap(), n, l);
            check(&Zmod::prime((1 << 61) - 1).unwrap(), n, l);
        }
        check(&ExtensionField::new(Zmod::prime(2).unwrap(), 3).unwrap(), 12, 16);
    }
}
