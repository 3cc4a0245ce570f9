//! Values and compositions: a number or a polynomial in the place of the first variable.

use super::{
    Algebra, MAX_COEFFICIENTS, Monomial, Name, Polynomial, Terms, exponent_too_large, several_variables,
};
use crate::failure::{Failure, Outcome};
use monic::ring::Ring;
use num_bigint::BigInt;
use num_traits::One;
use std::collections::BTreeMap;

impl<R: Ring> Algebra<R> {
    /// The first variable of a polynomial; none for a constant.
    pub fn main_variable(&self, f: &Polynomial<R>) -> Option<Name> {
        match f {
            Polynomial::Constant(_) => None,
            Polynomial::Dense(name, _) => Some(name.clone()),
            Polynomial::Sparse(_) => f.variables().into_iter().next(),
        }
    }

    /// `f` with `g` in the place of its first variable.
    pub fn substitute(&self, f: Polynomial<R>, g: Polynomial<R>) -> Outcome<Polynomial<R>> {
        let Some(name) = self.main_variable(&f) else { return Ok(f) };
        let f_is_univariate = self.univariate(&f).is_some();
        let degree = match &f {
            Polynomial::Dense(_, poly) => poly.len() as u64 - 1,
            Polynomial::Sparse(terms) => {
                terms.keys().map(|m| u64::from(m.exponent(&name))).max().unwrap_or(0)
            }
            Polynomial::Constant(_) => 0,
        };
        let bits = self.log2_norm(&f) + degree as f64 * self.log2_norm(&g);
        match (&g, self.univariate(&g)) {
            (Polynomial::Constant(point), _) if f_is_univariate => {
                self.hold(1, bits)?;
                if let Polynomial::Dense(_, poly) = &f {
                    return Ok(Polynomial::Constant(poly.try_eval(point)?));
                }
            }
            (_, Some((Some(variable), inner))) if f_is_univariate => {
                let top = degree.saturating_mul(u64::from(inner));
                if top >= MAX_COEFFICIENTS {
                    return Err(exponent_too_large(top));
                }
                if let Polynomial::Dense(_, poly) = &f {
                    self.hold(top + 1, bits)?;
                    let (_, inner) = self.to_poly(g)?;
                    return Ok(self.from_poly(variable, poly.try_compose(&inner)?));
                }
            }
            _ => {}
        }
        // Horner over the powers of the variable that occur.
        let mut parts = BTreeMap::<u32, Terms<R>>::new();
        for (monomial, c) in self.to_terms(f)? {
            let (k, rest) = monomial.split(&name);
            parts.entry(k).or_default().insert(rest, c);
        }
        let mut sum: Option<(u32, Polynomial<R>)> = None;
        for (k, terms) in parts.into_iter().rev() {
            let part = self.from_nonzero(terms);
            let value = match sum {
                None => part,
                Some((above, value)) => {
                    let power = self.pow(g.clone(), &(above - k).into())?;
                    self.add(self.mul(value, power)?, part)?
                }
            };
            sum = Some((k, value));
        }
        match sum {
            Some((k, value)) => self.mul(value, self.pow(g, &k.into())?),
            None => Ok(Polynomial::Constant(self.ring.zero())),
        }
    }

    /// The `k`-th derivative by the first variable.
    pub fn derivative(&self, f: Polynomial<R>, k: u64) -> Outcome<Polynomial<R>> {
        let Some(name) = self.main_variable(&f) else {
            let f = if k == 0 { f } else { Polynomial::Constant(self.ring.zero()) };
            return Ok(f);
        };
        if let Polynomial::Dense(_, poly) = &f {
            let k = usize::try_from(k).unwrap_or(usize::MAX).min(poly.len());
            return Ok(self.from_poly(name, poly.try_derivative(k)?));
        }
        let mut derivative = Terms::<R>::new();
        for (monomial, c) in self.to_terms(f)? {
            let (exponent, rest) = monomial.split(&name);
            if k <= u64::from(exponent) {
                let k = k as u32;
                self.hold(1, f64::from(k) * f64::from(exponent).log2())?;
                let factor = falling_factorial(exponent, k);
                let c = self.ring.try_mul(&c, &self.ring.try_from_integer(factor)?)?;
                derivative.insert(rest.times(&Monomial::power(name.clone(), exponent - k))?, c);
            }
        }
        Ok(self.from_terms(derivative))
    }

    /// The integral with constant term 0, of a polynomial in at most one variable.
    pub fn integral(&self, f: Polynomial<R>) -> Outcome<Polynomial<R>> {
        let Some((name, degree)) = self.univariate(&f) else { return Err(several_variables()) };
        let name = name.unwrap_or_else(|| "x".into());
        if u64::from(degree) + 1 >= MAX_COEFFICIENTS {
            return Err(exponent_too_large(degree + 1));
        }
        if let Polynomial::Dense(_, poly) = f {
            self.hold(poly.len() as u64 + 1, 0.0)?;
            return Ok(self.from_poly(name, poly.try_integral()?));
        }
        let mut integral = Terms::<R>::new();
        for (monomial, c) in self.to_terms(f)? {
            let k = monomial.exponent(&name) + 1;
            let number = self.ring.try_from_integer(k.into())?;
            let c = self.ring.try_exact_quo(&c, &number).map_err(|_| {
                Failure::of(format!(
                    "the coefficient of {name}^{k} would have to be divided by {k}, which is not possible in {:?}",
                    self.ring
                ))
            })?;
            integral.insert(Monomial::power(name.clone(), k), c);
        }
        Ok(self.from_terms(integral))
    }
}

/// `n*(n-1)*...*(n-k+1)` as a balanced product.
fn falling_factorial(n: u32, k: u32) -> BigInt {
    fn product(low: u64, high: u64) -> BigInt {
        match high - low {
            0 => BigInt::one(),
            1 => low.into(),
            _ => {
                let middle = low + (high - low) / 2;
                product(low, middle) * product(middle, high)
            }
        }
    }
    let n = u64::from(n);
    product(n - u64::from(k) + 1, n + 1)
}
