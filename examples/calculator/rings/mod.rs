//! The rings of `--ring` by their names, and the little that a calculator asks of a ring beyond [`Ring`].

mod coefficients;

use crate::algebra::{Algebra, Polynomial};
use crate::failure::{Failure, Outcome};
use crate::session::{Conversation, Session};
use monic::ring::{Literal, Ring, Style};
use monic::roots::RealRoot;
use monic::{
    CC, ExtensionField, Factored, GaloisField, I64, I128, NumberField, Poly, PrimeField, QQ, QQ_I, RR, ZZ,
    ZZ_I, Zmod, ZmodBig,
};
use num_bigint::{BigInt, BigUint};
use num_traits::{One, ToPrimitive, Zero};
use std::fmt::{self, Display};

/// What the calculator asks of a ring. Its text is its name, as `--ring` takes it.
pub trait Coefficients: Ring + Display + 'static {
    /// Whether decimals are read, so that `1e5` is a number.
    const DECIMALS: bool = false;

    /// The integer that an element is, for exponents and indices; residues are none.
    fn to_integer(&self, c: &Self::Element) -> Option<BigInt> {
        let _ = c;
        None
    }

    /// Whether the element is a number and not the mark of one that left its range.
    fn is_number(&self, c: &Self::Element) -> bool {
        let _ = c;
        true
    }

    /// The largest absolute value of a coefficient.
    fn height_of(&self, f: &Poly<Self>) -> Outcome<Self::Element> {
        let _ = f;
        Err(Failure::of(format!("elements of {self} have no absolute value")))
    }

    /// The greatest common divisor of the coefficients.
    fn content_of(&self, f: &Poly<Self>) -> Outcome<Self::Element> {
        let _ = f;
        Err(Failure::of(format!("{self} is no domain: content is not defined")))
    }

    /// The polynomial divided by its content.
    fn primitive_part_of(&self, f: &Poly<Self>) -> Outcome<Poly<Self>> {
        if f.is_zero() {
            return Ok(f.clone());
        }
        let content = Poly::constant(self.clone(), self.content_of(f)?);
        Ok(f.try_exact_quo(&content)?)
    }

    /// The resultant.
    fn resultant_of(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Self::Element> {
        let _ = (f, g);
        Err(Failure::of(format!("{self} is no domain: resultants are not offered")))
    }

    /// The discriminant.
    fn discriminant_of(&self, f: &Poly<Self>) -> Outcome<Self::Element> {
        let _ = f;
        Err(Failure::of(format!("{self} is no domain: discriminants are not offered")))
    }

    /// The subresultants, the resultant first.
    fn subresultants_of(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Vec<Poly<Self>>> {
        let _ = (f, g);
        Err(Failure::of(format!("{self} is no domain: subresultants are not offered")))
    }

    /// The irreducible factors.
    fn factor_of(&self, f: &Poly<Self>) -> Outcome<Factored<Self>> {
        let _ = f;
        Err(Failure::of(format!("factors over {self} are not offered")))
    }

    /// Square-free factors.
    fn squarefree_of(&self, f: &Poly<Self>) -> Outcome<Factored<Self>> {
        let _ = f;
        Err(Failure::of(format!("square-free factors over {self} are not offered")))
    }

    /// Whether a polynomial is irreducible.
    fn is_irreducible_of(&self, f: &Poly<Self>) -> Outcome<bool> {
        let _ = f;
        Err(Failure::of(format!("irreducible polynomials over {self} are not told from others")))
    }

    /// The roots in the ring, with their multiplicities.
    fn roots_of(&self, f: &Poly<Self>) -> Outcome<Vec<(Self::Element, usize)>> {
        let _ = f;
        Err(Failure::of(format!("roots in {self} are not offered")))
    }

    /// The real roots.
    fn real_roots_of(&self, f: &Poly<Self>) -> Outcome<Vec<RealRoot>> {
        let _ = f;
        Err(Failure::of(format!(
            "real roots of polynomials over {self} are not offered: there are those over ZZ, QQ and RR"
        )))
    }

    /// The complex roots as text, with so many decimals or as floats.
    fn complex_roots_of(&self, f: &Poly<Self>, decimals: Option<u32>) -> Outcome<Vec<String>> {
        let _ = (f, decimals);
        Err(Failure::of(format!(
            "complex roots of polynomials over {self} are not offered: there are those over ZZ, QQ, RR and CC"
        )))
    }

    /// The names that stand for elements: `i`, the generator of an extension.
    fn constants(&self) -> Vec<(String, Self::Element)> {
        self.from_literal(&Literal::Name("i")).map(|unit| vec![("i".into(), unit)]).unwrap_or_default()
    }

    /// Writes an element without parentheses around it.
    fn write_element(&self, c: &Self::Element, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_element(c, Style::Plain, f)
    }
}

/// A conversation over the ring of that name.
///
/// # Errors
/// What is wrong with the name.
pub fn open(name: &str) -> Outcome<Box<dyn Conversation>> {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    match name.as_str() {
        "ZZ" => return Ok(Box::new(Session::new(ZZ))),
        "QQ" => return Ok(Box::new(Session::new(QQ))),
        "ZZ[i]" => return Ok(Box::new(Session::new(ZZ_I))),
        "QQ[i]" => return Ok(Box::new(Session::new(QQ_I))),
        "RR" => return Ok(Box::new(Session::new(RR))),
        "CC" => return Ok(Box::new(Session::new(CC))),
        "i64" => return Ok(Box::new(Session::new(I64))),
        "i128" => return Ok(Box::new(Session::new(I128))),
        _ => {}
    }
    if let Some(modulus) = name.strip_prefix("ZZ/") {
        return integers_modulo(&name, number(modulus)?);
    }
    if let Some(inside) = name.strip_prefix("GF(").and_then(|rest| rest.strip_suffix(')')) {
        return match inside.split_once(',') {
            None => finite_field(&name, number(inside)?),
            Some((prime, modulus)) => extension_field(&name, number(prime)?, modulus),
        };
    }
    if let Some(inside) = name.strip_prefix("QQ(").and_then(|rest| rest.strip_suffix(')')) {
        let Some((generator, modulus)) = inside.split_once(',') else {
            return Err(Failure::of(format!("{name}: a number field is QQ(a, MODULUS)")));
        };
        let modulus = polynomial(QQ, modulus, generator)?;
        return Ok(Box::new(Session::new(NumberField::with_generator(&modulus, generator)?)));
    }
    Err(Failure::of(format!(
        "there is no ring {name}; there are ZZ, QQ, ZZ/n, GF(p), GF(p^k), GF(p, MODULUS), QQ(a, MODULUS), ZZ[i], QQ[i], RR, CC, i64, i128"
    )))
}

/// A polynomial in the name of a generator.
fn polynomial<R: Coefficients>(ring: R, text: &str, generator: &str) -> Outcome<Poly<R>> {
    let value = Session::new(ring.clone())
        .value(text)
        .map_err(|failure| Failure::of(format!("{text}: {failure}")))?;
    let algebra = Algebra::new(ring);
    match algebra.polynomial(value).and_then(|f| algebra.to_poly(f)) {
        Ok((None, _)) => Err(Failure::of(format!("the modulus {text} is a constant"))),
        Ok((Some(name), poly)) if *name == *generator => Ok(poly),
        _ => Err(Failure::of(format!("the modulus {text} is no polynomial in {generator} alone"))),
    }
}

/// The generator of a finite field.
const GENERATOR: &str = "a";

/// Beyond, a modulus has to be given.
const LARGEST_DEGREE: u64 = 2000;

/// The value of an expression such as `2^61-1`.
fn number(text: &str) -> Outcome<BigInt> {
    let value = Session::new(ZZ).value(text).map_err(|failure| Failure::of(format!("{text}: {failure}")))?;
    match Algebra::new(ZZ).polynomial(value)? {
        Polynomial::Constant(n) => Ok(n),
        _ => Err(Failure::of(format!("{text} is no integer"))),
    }
}

fn integers_modulo(name: &str, n: BigInt) -> Outcome<Box<dyn Conversation>> {
    let n: BigUint = match n.to_biguint() {
        Some(n) if n >= 2u8.into() => n,
        _ => return Err(Failure::of(format!("{name}: a modulus is at least 2"))),
    };
    match n.to_u64() {
        Some(n) => Ok(Box::new(Session::new(Zmod::try_new(n)?))),
        None if n == BigUint::from(1u8) << 64u8 => Ok(Box::new(Session::new(Zmod::wrapping()))),
        None => Ok(Box::new(Session::new(ZmodBig::try_new(n)?))),
    }
}

fn finite_field(name: &str, p: BigInt) -> Outcome<Box<dyn Conversation>> {
    let p = natural(name, &p)?;
    if let Some((prime, k)) = prime_power(&p) {
        if k > LARGEST_DEGREE {
            return Err(Failure::of(format!(
                "{name}: a modulus of degree {k} is not looked for, {LARGEST_DEGREE} is the most; GF(p, MODULUS) gives one"
            )));
        }
        return match prime.to_u64() {
            Some(p) => Ok(of_words(ExtensionField::new(Zmod::prime(p)?, k as usize)?)),
            None => Ok(Box::new(Session::new(ExtensionField::new(ZmodBig::prime(prime)?, k as usize)?))),
        };
    }
    match p.to_u64() {
        Some(p) => Ok(Box::new(Session::new(Zmod::prime(p)?))),
        None => Ok(Box::new(Session::new(ZmodBig::prime(p)?))),
    }
}

fn natural(name: &str, p: &BigInt) -> Outcome<BigUint> {
    p.to_biguint().ok_or_else(|| Failure::of(format!("{name}: a prime is at least 2")))
}

fn extension_field(name: &str, p: BigInt, modulus: &str) -> Outcome<Box<dyn Conversation>> {
    let p = natural(name, &p)?;
    match p.to_u64() {
        Some(p) => {
            let modulus = polynomial(Zmod::prime(p)?, modulus, GENERATOR)?;
            Ok(of_words(ExtensionField::with_modulus(&modulus)?))
        }
        None => {
            let modulus = polynomial(ZmodBig::prime(p)?, modulus, GENERATOR)?;
            Ok(Box::new(Session::new(ExtensionField::with_modulus(&modulus)?)))
        }
    }
}

/// With elements in words where they fit.
fn of_words(field: ExtensionField<PrimeField>) -> Box<dyn Conversation> {
    match GaloisField::try_from(field.clone()) {
        Ok(field) => Box::new(Session::new(field)),
        Err(_) => Box::new(Session::new(field)),
    }
}

/// The prime and the exponent, at least 2, of a prime power.
fn prime_power(q: &BigUint) -> Option<(BigUint, u64)> {
    /// Primes below are divided by.
    const SMALL: u32 = 1 << 10;
    if *q < BigUint::from(2u8) {
        return None;
    }
    if let Some(p) = (2..SMALL).find(|&p| (q % p).is_zero()) {
        let (mut rest, mut k) = (q.clone(), 0);
        while (&rest % p).is_zero() {
            rest /= p;
            k += 1;
        }
        return (rest.is_one() && k > 1).then(|| (p.into(), k));
    }
    // A larger prime has more than ten bits.
    (2..=q.bits() / 10).find_map(|k| {
        let root = q.nth_root(u32::try_from(k).ok()?);
        (root.pow(k as u32) == *q && monic::integer::prime::is_probable_prime(&root)).then_some((root, k))
    })
}
