//! Powers, with the size of the result estimated before anything is computed.
//!
//! In one variable the library raises the polynomial, after `x^v*h(x^d)` is taken apart (`(x^1000 + 1)^50` costs what
//! `(x + 1)^50` costs). In several it is a packed power where the box of the result is full enough, and binary powering
//! otherwise.

use super::{Algebra, MAX_COEFFICIENTS, Monomial, Name, Polynomial, Terms, exponent_too_large};
use crate::failure::{Failure, Outcome};
use monic::Poly;
use monic::ring::Ring;
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

/// The packed power is taken when the box has fewer places than this, or than eight times the terms expected.
const SMALL_BOX: u64 = 1 << 12;

impl<R: Ring> Algebra<R> {
    /// `f^n`; `f^0` is one, also for zero.
    pub fn pow(&self, f: Polynomial<R>, n: &BigUint) -> Outcome<Polynomial<R>> {
        if n.is_zero() {
            return Ok(Polynomial::Constant(self.ring.one()));
        }
        if n.is_one() {
            return Ok(f);
        }
        if let Polynomial::Constant(c) = f {
            return Ok(Polynomial::Constant(self.element_power(&c, n)?));
        }
        let n = match n.to_u64() {
            Some(n) if n < MAX_COEFFICIENTS => n,
            _ => return Err(exponent_too_large(n)),
        };
        match f {
            Polynomial::Sparse(terms) if terms.len() == 1 => {
                let mut power = Terms::<R>::new();
                for (monomial, c) in terms {
                    power.insert(monomial.raised(n)?, self.element_power(&c, &n.into())?);
                }
                Ok(self.from_terms(power))
            }
            f => match self.univariate(&f) {
                Some((Some(name), degree)) => self.univariate_power(f, name, degree, n),
                _ => self.packed_power(f, n),
            },
        }
    }

    /// `f^n` modulo `x^m`.
    pub fn pow_low(&self, f: &Poly<R>, n: &BigUint, m: usize) -> Outcome<Poly<R>> {
        if let Some(n) = n.to_u64()
            && let Ok(power) = f.try_pow_low(n, m)
        {
            return Ok(power);
        }
        // (c + g)^n has the terms binomial(n, j)*c^(n-j)*g^j, of which j < m matter.
        let n_float = n.to_f64().unwrap_or(f64::INFINITY);
        let constant = self.ring.log2_norm(&f.coefficients()[..1.min(f.len())]).max(0.0);
        let rest = if self.ring.log2_norm(f.coefficients()) > 0.0 {
            m as f64 * (n.bits() as f64 + self.ring.log2_norm(f.coefficients()))
        } else {
            0.0
        };
        let bits = if constant > 0.0 { constant * n_float + rest } else { rest };
        self.hold(m as u64, bits)?;
        let mut power = Poly::one(self.ring.clone()).truncate(m);
        for i in (0..n.bits()).rev() {
            power = power.try_mul_low(&power, m)?;
            if n.bit(i) {
                power = power.try_mul_low(f, m)?;
            }
        }
        Ok(power)
    }

    /// `c^n`, for exponents of any size where the power stays small.
    fn element_power(&self, c: &R::Element, n: &BigUint) -> Outcome<R::Element> {
        let ring = &self.ring;
        if ring.is_zero(c) || ring.is_one(c) {
            return Ok(c.clone());
        }
        let norm = ring.log2_norm(std::slice::from_ref(c));
        if norm > 0.0 {
            self.hold(1, norm * n.to_f64().unwrap_or(f64::INFINITY))?;
        }
        let mut power = c.clone();
        for i in (0..n.bits() - 1).rev() {
            power = ring.try_mul(&power, &power)?;
            if n.bit(i) {
                power = ring.try_mul(&power, c)?;
            }
        }
        Ok(power)
    }

    fn univariate_power(&self, f: Polynomial<R>, name: Name, degree: u32, n: u64) -> Outcome<Polynomial<R>> {
        let top = u64::from(degree) * n;
        if top >= MAX_COEFFICIENTS {
            return Err(exponent_too_large(top));
        }
        let norm = self.log2_norm(&f);
        let (low, step) = match &f {
            Polynomial::Sparse(terms) => {
                let exponents = || terms.keys().map(|m| m.exponent(&name));
                let low = exponents().min().unwrap_or(0);
                (low, exponents().fold(0, |step, k| step.gcd(&(k - low))).max(1))
            }
            _ => (0, 1),
        };
        if low == 0 && step == 1 {
            let expected = binomial(f.len() as u64 - 1 + n, n);
            if expected.saturating_mul(8) < top {
                return self.binary_power(f, n, norm);
            }
            self.hold(top + 1, norm * n as f64)?;
            return Ok(self.from_poly(name, self.to_poly(f)?.1.try_pow(n)?));
        }
        let narrow: Terms<R> = self
            .to_terms(f)?
            .into_iter()
            .map(|(m, c)| (Monomial::power(name.clone(), (m.exponent(&name) - low) / step), c))
            .collect();
        let power =
            self.univariate_power(self.from_nonzero(narrow), name.clone(), (degree - low) / step, n)?;
        let wide = |k: u32| Monomial::power(name.clone(), k * step + low * n as u32);
        let terms = self.to_terms(power)?.into_iter().map(|(m, c)| (wide(m.exponent(&name)), c)).collect();
        self.densify(self.from_nonzero(terms))
    }

    fn packed_power(&self, f: Polynomial<R>, n: u64) -> Outcome<Polynomial<R>> {
        let norm = self.log2_norm(&f);
        let frame = self.frame([(&f, n)]);
        let expected = binomial(f.len() as u64 - 1 + n, n).min(frame.len());
        if frame.len() > SMALL_BOX.max(expected.saturating_mul(8)) || self.hold(frame.len(), 0.0).is_err() {
            return self.binary_power(f, n, norm);
        }
        self.hold(expected, norm * n as f64)?;
        let packed: Poly<R> = self.pack(f, &frame)?;
        self.unpack(packed.try_pow(n)?, &frame)
    }

    /// Two terms by the binomial theorem, more by binary powering on sparse products.
    fn binary_power(&self, f: Polynomial<R>, n: u64, norm: f64) -> Outcome<Polynomial<R>> {
        let expected = binomial(f.len() as u64 - 1 + n, n).min(self.frame([(&f, n)]).len());
        self.hold_terms(expected)?;
        self.hold(expected, norm * n as f64)?;
        if f.len() == 2 {
            return self.binomial_power(f, n);
        }
        let mut power = f.clone();
        for i in (0..n.ilog2()).rev() {
            power = self.mul(power.clone(), power)?;
            if n >> i & 1 == 1 {
                power = self.mul(power, f.clone())?;
            }
        }
        Ok(power)
    }
}

impl<R: Ring> Algebra<R> {
    /// `(s + t)^n = sum of binomial(n, k) * s^(n-k) * t^k` for two terms.
    fn binomial_power(&self, f: Polynomial<R>, n: u64) -> Outcome<Polynomial<R>> {
        let mut terms = self.to_terms(f)?.into_iter();
        let (Some((l, c)), Some((m, d))) = (terms.next(), terms.next()) else {
            return Err(Failure::of("a power of a sum of two terms is expected"));
        };
        let ring = &self.ring;
        // c^0 to c^n; those of d are made on the way.
        let mut powers = vec![ring.one()];
        for k in 0..n as usize {
            powers.push(ring.try_mul(&powers[k], &c)?);
        }
        let (mut coefficient, mut other) = (BigInt::one(), ring.one());
        let mut sum = Terms::<R>::new();
        for k in 0..=n {
            let first = powers.pop().expect("there are n + 1 of them");
            let value =
                ring.try_mul(&ring.try_from_integer(coefficient.clone())?, &ring.try_mul(&first, &other)?)?;
            sum.insert(l.raised(n - k)?.times(&m.raised(k)?)?, value);
            other = ring.try_mul(&other, &d)?;
            coefficient = coefficient * (n - k) / (k + 1);
        }
        Ok(self.from_terms(sum))
    }
}

/// `n` over `k`, or the largest number.
fn binomial(n: u64, k: u64) -> u64 {
    let k = k.min(n - k);
    let mut value = 1u128;
    for i in 0..k {
        value = value * u128::from(n - i) / u128::from(i + 1);
        if value > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    value as u64
}
