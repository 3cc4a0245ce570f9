//! [`Frame`]: the length, the primes and the back end on which transformed operands meet.
//!
//! It is what a plan is to a single product: decided once from lengths, sizes and the wanted window, by the same rules, and shared by
//! every operand that is prepared for it. Operands of two frames do not mix, because the order of transformed values and
//! the primes are those of a frame.

use super::{Operand, Transformed, bound::Bound};
use crate::{
    Error, Result,
    convolution::{
        Backend, backend,
        crt::Basis,
        ntt,
        ntt::{Kernel, prime, prime::Prime, values::Transform},
        plan::{self, Family, Ntt, Shape},
        threads, tuning,
    },
    integer::WordModulus,
    limit,
};
use std::{fmt, ops::Range, sync::Arc};

/// What the coefficients are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coefficients {
    /// Integers.
    Integers,
    /// Residues modulo a word, transformed as the integers closest to zero.
    Residues(WordModulus),
    /// Residues modulo the prime of the transforms.
    Direct(WordModulus),
}

/// The length, the primes and the back end on which [`Transformed`] operands meet.
///
/// A frame holds products up to a length and up to a number of bits; which, is decided when it is made. A power of two is a
/// cyclic length, on which coefficients beyond it come in again at the start: a window may then be read where nothing
/// else comes in, which makes a middle product as cheap as one of half its length.
///
/// # Examples
/// Three operands of up to 100 coefficients below `2^30`, to be multiplied with each other and summed three at a time:
/// ```
/// use monic::convolution::{Frame, Want, plan::Shape};
/// let frame = Frame::integers(&Shape::new(100, 100, &Want::full()), (30, 30), 3)?;
/// assert!(frame.length() >= 199 && frame.capacity_bits().is_some_and(|bits| bits >= 30 + 30 + 7 + 2));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone)]
pub struct Frame(Arc<Inner>);

struct Inner {
    plan: Ntt,
    coefficients: Coefficients,
    backend: Backend,
    primes: Vec<Arc<Prime>>,
    /// Results have to stay below; none modulo the prime itself.
    capacity: Option<Bound>,
}

impl Frame {
    /// For products of integers of these lengths and bits, `sums` of them added up at most, of which `shape.window` is read.
    ///
    /// # Errors
    /// Kind unsupported for results of more bits than transforms of whole coefficients are offered for (about 2,300), and for
    /// lengths over the largest transform; kind limit for buffers over [the limit](crate::limit).
    pub fn integers(shape: &Shape, bits: (u64, u64), sums: usize) -> Result<Frame> {
        check_lengths(shape)?;
        let (a, b) = (Bound::of_bits(bits.0), Bound::of_bits(bits.1));
        // Partners that are zero make nothing of a product, and an operand alone fits all the same.
        let bound = (a * b * terms(shape, sums)).max(a).max(b);
        Self::holding(length_of(shape), bound, Coefficients::Integers)
    }

    /// For products of residues modulo `n` of these lengths, `sums` of them added up at most, of which `shape.window` is read.
    ///
    /// Modulo a prime that has transforms of this length itself, any number of products can be added up and multiplied on.
    ///
    /// # Errors
    /// As for [`integers`](Self::integers).
    pub fn words(n: &WordModulus, shape: &Shape, sums: usize) -> Result<Frame> {
        check_lengths(shape)?;
        Self::of_residues(n, length_of(shape), terms(shape, sums))
    }

    /// Of a length, for sums of so many products of residues.
    pub(super) fn of_residues(n: &WordModulus, length: usize, terms: Bound) -> Result<Frame> {
        if ntt::direct_length(n.modulus()) >= length.next_power_of_two() {
            return Self::holding(length, Bound::ZERO, Coefficients::Direct(*n));
        }
        let half = Bound::new(centred_bound(n));
        Self::holding(length, half * half * terms, Coefficients::Residues(*n))
    }

    /// Of a length, for results below a bound.
    pub(super) fn holding(length: usize, bound: Bound, coefficients: Coefficients) -> Result<Frame> {
        let direct = matches!(coefficients, Coefficients::Direct(_));
        let primes = if direct { 1 } else { ntt::primes_for(bound.bits()) };
        if primes > tuning::NTT_MAX_PRIMES {
            return Err(Error::unsupported(format!(
                "transformed operands with results of {} bits would need {primes} primes, the most is {}",
                bound.bits(),
                tuning::NTT_MAX_PRIMES
            )));
        }
        check_length(length)?;
        let family = Family::of_length(length);
        let plan = Ntt { primes, length, block: 0, direct, chunk: 0, slice: 0, family };
        ntt::product::check_size(&plan)?;
        let (primes, capacity) = match coefficients {
            Coefficients::Direct(n) => {
                (vec![prime::user_prime(n.modulus() as u64).expect("it has a length")], None)
            }
            _ => {
                let basis = Basis::of(family, primes);
                // Remaindering is exact below a quarter of the product of the primes.
                (basis.primes().to_vec(), Some(Bound::below(basis.product()).shifted(-2)))
            }
        };
        Ok(Frame(Arc::new(Inner { plan, coefficients, backend: backend()?, primes, capacity })))
    }

    /// The number of values modulo each prime. Operands are at most this long.
    pub fn length(&self) -> usize {
        self.0.plan.length
    }

    /// Whether products longer than [`length`](Self::length) wrap around.
    pub fn is_cyclic(&self) -> bool {
        self.length().is_power_of_two()
    }

    /// Bits that coefficients of a result may have, all sums and products included; `None` where there is no bound, modulo
    /// the prime of the transforms.
    pub fn capacity_bits(&self) -> Option<u64> {
        self.0.capacity.map(|capacity| capacity.bits() - 1)
    }

    /// The plan that the products follow.
    pub fn plan(&self) -> plan::Plan {
        plan::Plan::Ntt(self.0.plan)
    }

    /// The back end that was in force when the frame was made, and is for all of its operands.
    pub fn backend(&self) -> Backend {
        self.0.backend
    }

    /// An operand, transformed: an [`IntegerSlice`](crate::integer::IntegerSlice), or residues as `&[u64]`.
    ///
    /// # Errors
    /// Kind unsupported for an operand longer than the frame, and for integers in a frame of residues or the other way round; kind
    /// limit for coefficients that a frame of integers cannot hold, or when memory is refused.
    ///
    /// # Panics
    /// In debug builds, for residues that are not reduced.
    ///
    /// # Examples
    /// ```
    /// use monic::{convolution::{Frame, Want, plan::Shape}, integer::WordModulus};
    /// let n = WordModulus::new(1_000_003)?;
    /// let frame = Frame::words(&n, &Shape::new(2, 3, &Want::full()), 1)?;
    /// let (f, g) = (frame.transform(&[1u64, 2][..])?, frame.transform(&[3u64, 0, 1_000_002][..])?);
    /// assert_eq!(f.mul(&g)?.to_words(&Want::full())?, [3, 6, 1_000_002, 1_000_001]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn transform<'a>(&self, operand: impl Into<Operand<'a>>) -> Result<Transformed> {
        Transformed::new(self, operand.into())
    }

    /// The zero of the frame, to which products are added.
    ///
    /// # Errors
    /// Kind limit, when memory is refused.
    pub fn zero(&self) -> Result<Transformed> {
        Transformed::zero(self)
    }

    pub(super) fn family(&self) -> Family {
        self.0.plan.family
    }

    pub(super) fn primes(&self) -> &[Arc<Prime>] {
        &self.0.primes
    }

    pub(super) fn kernel(&self) -> &'static dyn Kernel {
        self.0.backend.kernel()
    }

    pub(super) fn coefficients(&self) -> Coefficients {
        self.0.coefficients
    }

    /// The transform modulo prime `i`.
    pub(super) fn at(&self, i: usize) -> Transform<'_> {
        Transform { kernel: self.kernel(), prime: &self.0.primes[i], length: self.length() }
    }

    /// Whether work on all values is worth several threads.
    pub(super) fn many(&self) -> bool {
        self.0.primes.len() > 1 && threads::many(self.length(), self.0.primes.len())
    }

    /// The coefficients that can be read of a sequence of `len`: those that nothing wraps around onto.
    pub(super) fn clean(&self, len: usize) -> Range<usize> {
        let end = len.min(self.length());
        len.saturating_sub(self.length()).min(end)..end
    }

    /// # Errors
    /// Kind ring mismatch, for another frame.
    pub(super) fn check(&self, other: &Frame) -> Result<()> {
        if self == other { Ok(()) } else { Err(Error::ring_mismatch(self, other)) }
    }

    /// # Errors
    /// Kind limit, saying by how much, when coefficients below the bound do not come back out of the frame.
    pub(super) fn check_bound(&self, bound: Bound) -> Result<()> {
        match self.0.capacity {
            Some(capacity) if bound > capacity => Err(Error::limit(format!(
                "coefficients of up to {} bits are {} more than the frame holds",
                bound.bits(),
                (bound.bits() + 1).saturating_sub(capacity.bits()).max(1)
            ))),
            _ => Ok(()),
        }
    }

    /// # Errors
    /// Kind limit for an array of such rows over [the limit](crate::limit).
    pub(super) fn check_rows(&self, count: usize, bits: u64) -> Result<()> {
        limit::check(count as u64, bits)
    }
}

/// Operands no longer than the largest transform.
fn check_lengths(shape: &Shape) -> Result<()> {
    check_length(shape.a.max(shape.b))
}

fn check_length(length: usize) -> Result<()> {
    if length > ntt::MAX_LENGTH {
        let most = ntt::MAX_LENGTH;
        return Err(Error::unsupported(format!("length {length} is over the largest transform, {most}")));
    }
    Ok(())
}

/// The points of a frame for such products.
fn length_of(shape: &Shape) -> usize {
    let full = if shape.a == 0 || shape.b == 0 { 0 } else { shape.a + shape.b - 1 };
    plan::whole_length(full, shape.a.max(shape.b), &shape.window)
}

/// How many products of coefficients a result sums.
fn terms(shape: &Shape, sums: usize) -> Bound {
    Bound::new(shape.a.min(shape.b).max(1) as u64) * Bound::new(sums.max(1) as u64)
}

/// What the centred residues modulo `n` are below.
pub(super) fn centred_bound(n: &WordModulus) -> u64 {
    (n.modulus() / 2) as u64 + 1
}

impl PartialEq for Frame {
    /// The same transforms of the same coefficients, by the same back end.
    fn eq(&self, other: &Frame) -> bool {
        let (a, b) = (&*self.0, &*other.0);
        Arc::ptr_eq(&self.0, &other.0)
            || (a.plan == b.plan && a.coefficients == b.coefficients && a.backend == b.backend)
    }
}

impl Eq for Frame {}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Frame({}, {}, {})",
            self.plan(),
            self.0.backend,
            match self.0.coefficients {
                Coefficients::Integers => "integers".to_string(),
                Coefficients::Residues(n) | Coefficients::Direct(n) => format!("modulo {}", n.modulus()),
            }
        )
    }
}
