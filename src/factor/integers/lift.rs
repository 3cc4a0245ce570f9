//! Hensel lifting: from `f = l*f1*...*fr` modulo `p` to the same modulo `p^k`, the factors monic, `l` the leading coefficient of `f`.
//!
//! # Method
//! A binary tree of products, the longest factors nearest to the root. Where `f = g*h` modulo `m = p^j` and `s*g + t*h = 1`, the step to
//! `m*m1` with `m1 | m` computes `e = (f - g*h)/m`, and adds `m*(t*e mod g)` to `g`, `m*(s*e mod h)` to `h`: everything but one product is of
//! the size of `m1`. The cofactors `s, t` follow when a later step needs more of them: with `b = (s*g + t*h - 1)/m` subtract
//! `m*(s*b mod h)` and `m*(t*b mod g)`. Steps double the exponent and end at `k` itself (H. Zassenhaus 1969; J. von zur Gathen,
//! J. Gerhard, Modern Computer Algebra, algorithms 15.10, 15.17, in the form with remainders on both sides).
//!
//! # Invariants
//! Residues are naturals below the modulus; factors have leading coefficient 1; sequences have no trailing zeros. Words are used while the
//! modulus is one; then, for polynomials that are not long, [`digits`](super::digits) that are words.

use super::digits::{self, Base, Digits, Planes};
use crate::convolution::Want;
use crate::integer::BigModulus;
use crate::ring::generic::{divisor::Divisor, trim};
use crate::ring::{IntegerImage, PrimeField, Ring, Zmod, ZmodBig};
use crate::{Error, Poly, Result, progress};
use num_bigint::{BigInt, BigUint};
use num_traits::{One, ToPrimitive, Zero};

/// The factors of a polynomial modulo a power of a prime.
pub(super) struct Lifting {
    prime: u64,
    /// `f`, primitive.
    f: Vec<BigInt>,
    exponent: usize,
    /// The precision of cofactors.
    cofactors: usize,
    root: Node,
    /// How many factors there are.
    count: usize,
    /// The base, while factors are lifted by digits.
    base: Option<Base>,
}

struct Node {
    /// Monic, modulo `p^exponent`.
    poly: Vec<BigUint>,
    split: Option<Box<Split>>,
    /// Which factor this is, of a leaf.
    index: usize,
}

struct Split {
    g: Node,
    h: Node,
    s: Vec<BigUint>,
    t: Vec<BigUint>,
    /// The digits of `g` and `h`, which are ahead of their polynomials while factors are lifted by digits.
    digits: Option<Digits>,
}

impl Lifting {
    /// From the monic factors modulo `p`, coprime in pairs; `p` does not divide the leading coefficient of `f`.
    pub(super) fn new(f: &[BigInt], factors: &[Poly<PrimeField>]) -> Result<Self> {
        let field = *factors[0].ring();
        let mut nodes: Vec<(Poly<PrimeField>, Node)> = factors
            .iter()
            .enumerate()
            .map(|(index, f)| (f.clone(), Node { poly: naturals(f.coefficients()), split: None, index }))
            .collect();
        // The two shortest become one, again and again.
        while nodes.len() > 1 {
            crate::sorting::by_key(&mut nodes, |(f, node)| (std::cmp::Reverse(f.len()), node.index));
            let [(b, h), (a, g)] = [nodes.pop(), nodes.pop()].map(|node| node.expect("two nodes"));
            let (_, s, t) = field.poly_xgcd(a.coefficients(), b.coefficients())?;
            let index = g.index;
            let split = Split { g, h, s: naturals(&s), t: naturals(&t), digits: None };
            let product = a.try_mul(&b)?;
            let poly = naturals(product.coefficients());
            nodes.push((product, Node { poly, split: Some(Box::new(split)), index }));
        }
        let (_, root) = nodes.pop().expect("one node");
        Ok(Lifting {
            prime: field.characteristic(),
            f: f.to_vec(),
            exponent: 1,
            cofactors: 1,
            root,
            count: factors.len(),
            base: None,
        })
    }

    /// The prime.
    pub(super) fn prime(&self) -> u64 {
        self.prime
    }

    /// The modulus that the factors are known to.
    pub(super) fn modulus(&self) -> BigUint {
        self.power(self.exponent)
    }

    fn power(&self, exponent: usize) -> BigUint {
        num_traits::pow(BigUint::from(self.prime), exponent)
    }

    /// Lifts to `p^exponent` at least, unless there already.
    pub(super) fn lift(&mut self, exponent: usize) -> Result<()> {
        if exponent <= self.exponent {
            return Ok(());
        }
        // Digits of so many of the prime.
        let digit = (digits::BASE_BITS / (self.prime as f64).log2()) as usize;
        let count = exponent.div_ceil(digit);
        let is_short = (self.f.len() - 1) * count <= digits::MOST_PRODUCTS;
        if count > 1 && is_short && (self.exponent <= digit || self.base.is_some()) {
            return self.lift_by_digits(digit, count);
        }
        self.lift_by_doubling(exponent)
    }

    /// Lifts to so many digits, each of so many of the prime.
    fn lift_by_digits(&mut self, digit: usize, count: usize) -> Result<()> {
        let base = match self.base.take() {
            Some(base) => base,
            None => {
                self.lift_by_doubling(digit)?;
                self.lift_cofactors(digit)?;
                let base = Base::new(self.prime.pow(digit as u32))?;
                self.root.start_digits(&base)?;
                base
            }
        };
        progress::report("lifting factors", 0, 1)?;
        self.exponent = digit * count;
        self.root.poly = monic(&self.f, &Residues::new(self.modulus())?)?;
        self.root.lift_by_digits(&base, &base.planes(&self.root.poly, count))?;
        self.base = Some(base);
        Ok(())
    }

    /// Lifts the cofactors to `p^exponent`, unless there already.
    fn lift_cofactors(&mut self, exponent: usize) -> Result<()> {
        while self.cofactors < exponent {
            let wanted = (2 * self.cofactors).min(exponent);
            let (m, m1) = (self.power(self.cofactors), self.power(wanted - self.cofactors));
            self.root.lift_cofactors(&Step::new(m, m1)?)?;
            self.cofactors = wanted;
        }
        Ok(())
    }

    fn lift_by_doubling(&mut self, exponent: usize) -> Result<()> {
        if let Some(base) = self.base.take() {
            self.root.put_together(&base);
        }
        let mut steps = vec![exponent];
        while let Some(&last) = steps.last().filter(|&&last| last > self.exponent) {
            steps.push(last.div_ceil(2));
        }
        let total = steps.len() as u64;
        for (done, &next) in steps.iter().rev().enumerate() {
            let from = self.exponent;
            if next <= from {
                continue;
            }
            progress::report("lifting factors", done as u64, total)?;
            self.lift_cofactors(next - from)?;
            let step = Step::new(self.power(from), self.power(next - from))?;
            self.root.poly = monic(&self.f, &step.whole)?;
            self.root.lift(&step)?;
            self.exponent = next;
        }
        Ok(())
    }

    /// The factors, in the order that they came in.
    pub(super) fn factors(&self) -> Vec<&[BigUint]> {
        let mut factors = vec![&[][..]; self.count];
        self.root.collect(&mut factors);
        factors
    }
}

/// From a modulus `m` to `m*m1`.
struct Step {
    m: BigUint,
    part: Residues,
    whole: Residues,
}

impl Step {
    fn new(m: BigUint, m1: BigUint) -> Result<Self> {
        let whole = Residues::new(&m * &m1)?;
        Ok(Step { part: Residues::new(m1)?, whole, m })
    }

    /// `(a - b)/m` for residues of the whole modulus that agree modulo `m`.
    fn difference(&self, a: &[BigUint], b: &[BigUint]) -> Vec<BigUint> {
        let zero = BigUint::ZERO;
        let entry = |v: &[BigUint], i: usize| v.get(i).cloned().unwrap_or_else(|| zero.clone());
        let mut difference: Vec<BigUint> = (0..a.len().max(b.len()))
            .map(|i| {
                let (a, b) = (entry(a, i), entry(b, i));
                (if a >= b { a - b } else { a + self.whole.modulus() - b }) / &self.m
            })
            .collect();
        shorten(&mut difference);
        difference
    }

    /// `a + m*b`, in the place of `a`.
    fn add(&self, a: &mut Vec<BigUint>, b: &[BigUint]) {
        if a.len() < b.len() {
            a.resize(b.len(), BigUint::ZERO);
        }
        a.iter_mut().zip(b).for_each(|(a, b)| *a += &self.m * b);
    }

    /// `a - m*b`, in the place of `a`.
    fn sub(&self, a: &mut Vec<BigUint>, b: &[BigUint]) {
        let negatives: Vec<BigUint> =
            b.iter().map(|b| if b.is_zero() { b.clone() } else { self.part.modulus() - b }).collect();
        self.add(a, &negatives);
    }
}

impl Node {
    /// Lifts what is below this node, which is lifted already.
    fn lift(&mut self, step: &Step) -> Result<()> {
        let Some(split) = &mut self.split else { return Ok(()) };
        let Split { g, h, s, t, .. } = &mut **split;
        let product = step.whole.convolve(&g.poly, &h.poly)?;
        let error = step.difference(&self.poly, &product);
        if !error.is_empty() {
            let over_g = step.part.divisor(&g.poly)?.mul(&step.part.reduced(t), &error)?;
            let over_h = step.part.divisor(&h.poly)?.mul(&step.part.reduced(s), &error)?;
            step.add(&mut g.poly, &over_g);
            step.add(&mut h.poly, &over_h);
        }
        g.lift(step)?;
        h.lift(step)
    }

    /// Lifts the cofactors of this node and of those below.
    fn lift_cofactors(&mut self, step: &Step) -> Result<()> {
        let Some(split) = &mut self.split else { return Ok(()) };
        let Split { g, h, s, t, .. } = &mut **split;
        let sum = step
            .whole
            .sum_of_products((s, &step.whole.reduced(&g.poly)), (t, &step.whole.reduced(&h.poly)))?;
        let error = step.difference(&sum, &[BigUint::one()]);
        if !error.is_empty() {
            let over_h = step.part.divisor(&h.poly)?.mul(&step.part.reduced(s), &error)?;
            let over_g = step.part.divisor(&g.poly)?.mul(&step.part.reduced(t), &error)?;
            step.sub(s, &over_h);
            step.sub(t, &over_g);
        }
        g.lift_cofactors(step)?;
        h.lift_cofactors(step)
    }

    /// What is below this node by digits from now on.
    fn start_digits(&mut self, base: &Base) -> Result<()> {
        let Some(split) = &mut self.split else { return Ok(()) };
        let Split { g, h, s, t, digits } = &mut **split;
        let factors = [words(&g.poly), words(&h.poly)];
        *digits = Some(Digits::new(base, &words(&self.poly), factors, [words(s), words(t)])?);
        g.start_digits(base)?;
        h.start_digits(base)
    }

    /// Lifts what is below this node to these digits of its own; only leaves are put together.
    fn lift_by_digits(&mut self, base: &Base, planes: &Planes) -> Result<()> {
        let Some(split) = &mut self.split else {
            self.poly = base.naturals(planes);
            return Ok(());
        };
        let Split { g, h, digits, .. } = &mut **split;
        let Some(digits) = digits else { return Ok(()) };
        digits.lift(base, planes)?;
        g.lift_by_digits(base, &digits.g)?;
        h.lift_by_digits(base, &digits.h)
    }

    /// Polynomials for the digits of what is below this node.
    fn put_together(&mut self, base: &Base) {
        let Some(split) = &mut self.split else { return };
        if let Some(digits) = split.digits.take() {
            split.g.poly = base.naturals(&digits.g);
            split.h.poly = base.naturals(&digits.h);
        }
        split.g.put_together(base);
        split.h.put_together(base);
    }

    fn collect<'a>(&'a self, factors: &mut [&'a [BigUint]]) {
        match &self.split {
            Some(split) => {
                split.g.collect(factors);
                split.h.collect(factors);
            }
            None => factors[self.index] = &self.poly,
        }
    }
}

/// `f` divided by its leading coefficient.
fn monic(f: &[BigInt], residues: &Residues) -> Result<Vec<BigUint>> {
    let modulus = BigModulus::new(residues.modulus().clone())?;
    let Some(leading) = f.last() else { return Err(Error::undefined("zero has no leading coefficient")) };
    let inverse = modulus.inverse(&modulus.reduce(leading))?;
    Ok(f.iter().map(|c| modulus.mul(&modulus.reduce(c), &inverse)).collect())
}

fn naturals(residues: &[u64]) -> Vec<BigUint> {
    residues.iter().map(|&c| c.into()).collect()
}

fn words(residues: &[BigUint]) -> Vec<u64> {
    // Residues of a word modulus.
    residues.iter().map(|c| c.to_u64().unwrap_or_default()).collect()
}

fn shorten(v: &mut Vec<BigUint>) {
    v.truncate(v.iter().rposition(|c| !c.is_zero()).map_or(0, |last| last + 1));
}

/// Z/m on naturals, by words where `m` is one.
pub(super) enum Residues {
    Word(Zmod, BigUint),
    Long(ZmodBig),
}

/// A monic polynomial that others are reduced by.
enum Reducer {
    Word(Divisor<Zmod>),
    Long(Divisor<ZmodBig>),
}

impl Residues {
    pub(super) fn new(modulus: BigUint) -> Result<Self> {
        Ok(match modulus.to_u64() {
            Some(word) => Residues::Word(Zmod::try_new(word)?, modulus),
            None => Residues::Long(ZmodBig::try_new(modulus)?),
        })
    }

    pub(super) fn modulus(&self) -> &BigUint {
        match self {
            Residues::Word(_, modulus) => modulus,
            Residues::Long(ring) => ring.modulus(),
        }
    }

    /// Residues of a multiple of the modulus as residues of the modulus.
    pub(super) fn reduced(&self, f: &[BigUint]) -> Vec<BigUint> {
        let mut reduced: Vec<BigUint> = match self {
            Residues::Word(ring, _) => {
                f.iter().map(|c| ring.word_modulus().reduce_biguint(c).into()).collect()
            }
            Residues::Long(ring) => f.iter().map(|c| ring.big_modulus().reduce_natural(c)).collect(),
        };
        shorten(&mut reduced);
        reduced
    }

    /// The product of two sequences, without trailing zeros.
    pub(super) fn convolve(&self, f: &[BigUint], g: &[BigUint]) -> Result<Vec<BigUint>> {
        let mut product = match self {
            Residues::Word(ring, _) => naturals(&ring.convolve(&words(f), &words(g), &Want::full())?),
            Residues::Long(ring) => ring.convolve(f, g, &Want::full())?,
        };
        shorten(&mut product);
        Ok(product)
    }

    fn sum_of_products(
        &self,
        (a, b): (&[BigUint], &[BigUint]),
        (c, d): (&[BigUint], &[BigUint]),
    ) -> Result<Vec<BigUint>> {
        let mut sum = match self {
            Residues::Word(ring, _) => {
                let [a, b, c, d] = [a, b, c, d].map(words);
                naturals(&ring.convolve_sum(&[(&a, &b), (&c, &d)], &Want::full())?)
            }
            Residues::Long(ring) => ring.convolve_sum(&[(a, b), (c, d)], &Want::full())?,
        };
        shorten(&mut sum);
        Ok(sum)
    }

    fn divisor(&self, g: &[BigUint]) -> Result<Reducer> {
        let g = self.reduced(g);
        Ok(match self {
            Residues::Word(ring, _) => Reducer::Word(Divisor::new(ring, &words(&g))?),
            Residues::Long(ring) => Reducer::Long(Divisor::new(ring, &g)?),
        })
    }

    /// The quotient of a polynomial by a monic one that divides it.
    pub(super) fn exact_quo(&self, f: &[BigUint], g: &[BigUint]) -> Result<Vec<BigUint>> {
        Ok(match self {
            Residues::Word(ring, _) => naturals(&ring.quo_rem(&words(f), &words(g))?.0),
            Residues::Long(ring) => ring.quo_rem(f, g)?.0,
        })
    }

    /// The residues of integers.
    pub(super) fn image(&self, f: &[BigInt]) -> Vec<BigUint> {
        match self {
            Residues::Word(ring, _) => f.iter().map(|c| ring.from_integer(c.clone()).into()).collect(),
            Residues::Long(ring) => f.iter().map(|c| ring.from_integer(c.clone())).collect(),
        }
    }

    /// The integers closest to zero in the classes of residues times `factor`.
    pub(super) fn centred(&self, f: &[BigUint], factor: &BigInt) -> Vec<BigInt> {
        match self {
            Residues::Word(ring, _) => {
                let factor = ring.from_integer(factor.clone());
                words(f).iter().map(|c| ring.lift_centred(&ring.mul(c, &factor))).collect()
            }
            Residues::Long(ring) => {
                let factor = ring.from_integer(factor.clone());
                f.iter().map(|c| ring.lift_centred(&ring.mul(c, &factor))).collect()
            }
        }
    }
}

impl Reducer {
    /// `a*b` modulo the polynomial.
    fn mul(&self, a: &[BigUint], b: &[BigUint]) -> Result<Vec<BigUint>> {
        Ok(match self {
            Reducer::Word(divisor) => {
                let (mut a, mut b) = (words(a), words(b));
                trim(divisor.ring(), &mut a);
                trim(divisor.ring(), &mut b);
                naturals(&divisor.mul(&a, &b)?)
            }
            Reducer::Long(divisor) => divisor.mul(a, b)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ZZ;

    /// To any exponent, at once and in steps, by words and beyond: factors are those below, and their product is `f`.
    #[test]
    fn products_and_residues() {
        // Two linear factors, a quadratic and a cubic modulo 7, leading coefficient 3.
        let field = Zmod::prime(7).unwrap();
        let factors: Vec<Poly<PrimeField>> =
            ["x + 1", "x + 2", "x^2 + 1", "x^3 + 2"].map(|f| field.parse(f).unwrap()).into();
        let mut f = ZZ.poly([3]);
        for factor in &factors {
            f = &f * &factor.lift();
        }
        let f = (f + ZZ.parse("7*x^6 - 70*x^5 + 49*x^2 - 777").unwrap()).into_coefficients();
        for steps in [
            vec![1],
            vec![2],
            vec![3, 7],
            vec![22],
            vec![23],
            vec![5, 60, 101, 230],
            vec![100],
            vec![64, 129],
        ] {
            let mut lifting = Lifting::new(&f, &factors).unwrap();
            for (i, exponent) in steps.into_iter().enumerate() {
                // By words, then by digits that are put together for the last step of several.
                if i < 2 { lifting.lift(exponent) } else { lifting.lift_by_doubling(exponent) }.unwrap();
                assert!(lifting.exponent >= exponent);
                assert_eq!(lifting.modulus(), BigUint::from(7u8).pow(lifting.exponent as u32));
                let residues = Residues::new(lifting.modulus()).unwrap();
                let lifted = lifting.factors();
                let mut product = vec![BigUint::one()];
                for (lifted, factor) in lifted.iter().zip(&factors) {
                    assert_eq!(
                        Residues::new(7u8.into()).unwrap().reduced(lifted),
                        naturals(factor.coefficients())
                    );
                    assert!(lifted.last().unwrap().is_one());
                    product = residues.convolve(&product, lifted).unwrap();
                }
                let leading = residues.image(&[3.into()]).remove(0);
                let scaled = residues.convolve(&product, &[leading]).unwrap();
                assert_eq!(scaled, residues.image(&f), "7^{exponent}");
            }
        }
    }
}
