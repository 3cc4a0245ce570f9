//! Products of sequences of residues, modulo a word and modulo anything larger.
//!
//! Apart from [`integers`](super::integers) because the modulus says how large coefficients are, and how they are reduced depends
//! on the algorithm: by transforms over few primes they are remaindered directly.

use super::backend;
use super::{
    Algorithm, Want, bits, choose, direct, float_fft,
    integer_product::mul_limbs,
    integers::{Rows, Task},
    kronecker, ntt,
    plan::{Facts, Plan, Shape},
    same, scratch,
    short::{self, sums::Kind},
    tuning, window, words,
};
use crate::{
    Result,
    integer::{BigModulus, IntegerSlice, IntegerVec, WordModulus, try_zeroed},
    limit,
};

/// The product of two sequences of residues modulo `n`: exactly the coefficients of the wanted window.
///
/// # Units
/// Residues in `0..n`, in and out. When both operands are the same slice, the square is computed.
///
/// # Errors
/// As for [`integers`](fn@super::integers).
///
/// # Panics
/// In debug builds, when an operand is not reduced.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, words_mod}, integer::WordModulus};
/// let seven = WordModulus::new(7)?;
/// assert_eq!(words_mod(&seven, &[6, 1], &[6, 1], &Want::full())?, [1, 5, 1]); // (x - 1)^2
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod(n: &WordModulus, a: &[u64], b: &[u64], want: &Want) -> Result<Vec<u64>> {
    let mut out = Vec::new();
    words_mod_into(n, a, b, want, &mut out)?;
    Ok(out)
}

/// The product of two sequences of residues modulo `n`, into the memory that `out` has.
///
/// Whatever `out` held, it becomes exactly the coefficients of the wanted window. Where it has room for them nothing is
/// allocated.
///
/// # Errors
/// As for [`integers_into`](super::integers_into).
///
/// # Panics
/// In debug builds, when an operand is not reduced.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, words_mod_into}, integer::WordModulus};
/// let (seven, mut out) = (WordModulus::new(7)?, Vec::new());
/// words_mod_into(&seven, &[6, 1], &[6, 1], &Want::full(), &mut out)?; // (x - 1)^2
/// assert_eq!(out, [1, 5, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod_into(n: &WordModulus, a: &[u64], b: &[u64], want: &Want, out: &mut Vec<u64>) -> Result<()> {
    debug_assert!(a.iter().chain(b).all(|&x| u128::from(x) < n.modulus()), "operands are reduced");
    let packed = n.modulus() == 2 && a.len().min(b.len()) >= tuning::BITS_FEWEST;
    if !packed
        && a.len().max(b.len()) <= direct::WORDS
        && a.len().min(b.len()) > 0
        && want.may_be(Algorithm::Schoolbook)
        && direct::residues_into(n, a, b, want.window(a.len(), b.len()), out)?
    {
        return Ok(());
    }
    let cut = window::trim(a.len(), b.len(), &want.window(a.len(), b.len()));
    let square = same(a, b) && cut.a == cut.b;
    let (a, b) = (&a[cut.a], &b[cut.b]);
    if cut.window.is_empty() {
        out.clear();
        return Ok(());
    }
    let shape = Shape { a: a.len(), b: b.len(), window: cut.window, square };
    let plan = choose(&Facts::Word { modulus: n.modulus() }, &shape, want)?;
    let count = shape.window.len();
    limit::check(count as u64, 64)?;
    if let Plan::Ntt(ntt) = &plan {
        ntt::product::check_size(ntt)?;
    }
    if count > out.capacity() {
        *out = try_zeroed(count)?;
    } else {
        out.resize(count, 0);
    }
    match plan {
        Plan::Karatsuba { cutoff } => {
            let full = a.len() + b.len() - 1;
            if count == full {
                return words::karatsuba_into(n, out, a, b, cutoff);
            }
            let mut product = scratch::take(full)?;
            words::karatsuba_into(n, &mut product, a, b, cutoff)?;
            out.copy_from_slice(&product[shape.window]);
            Ok(())
        }
        Plan::Ntt(ntt) => ntt::product::words_into(&ntt, n, a, b, &shape, out),
        // Modulo 2 a slot is a bit.
        Plan::Kronecker { slot: 1 } => bits::residues(a, b, square, shape.window, out),
        Plan::Kronecker { slot } => {
            // Closest to zero every residue is an `i64`; modulo 2^64, all words are.
            let half = ((n.modulus() - 1) / 2) as u64;
            let centred = |words: &[u64]| {
                let mut out = scratch::take(words.len())?;
                for (out, &x) in out.iter_mut().zip(words) {
                    *out = if x > half { x.wrapping_sub(n.modulus() as u64) } else { x };
                }
                Ok(out)
            };
            let (x, y) = (centred(a)?, centred(b)?);
            let (x, y) = (IntegerSlice::new(&x, 1), IntegerSlice::new(&y, 1));
            let width = slot.div_ceil(64) as usize;
            let mut whole = scratch::take(shape.window.len() * width)?;
            kronecker::packed_into(slot, x, y, &shape, &mut whole, width)?;
            for (out, row) in out.iter_mut().zip(whole.chunks_exact(width)) {
                *out = n.reduce_row(row);
            }
            Ok(())
        }
        Plan::Schoolbook { .. } => {
            words::schoolbook_into(n, out, a, b, shape.window);
            Ok(())
        }
        Plan::Sums { bits, fold, .. } => {
            let unit = short::unit(backend()?).expect("planned for this back end");
            let kind = match bits {
                32 => Kind::Halves { fold },
                _ if n.modulus().is_power_of_two() => Kind::Wrapping,
                _ => Kind::Digits,
            };
            unit.residues(kind, n, out, (a, b), shape.window)
        }
        Plan::ExactFft(layout) => float_fft::residues_by(&layout, n, (a, b), shape.window, out),
        Plan::Fft { .. } | Plan::Leaves { .. } => unreachable!("the plans of floats and of integers"),
    }
}

/// The product of two sequences of residues modulo `n`, of any size: exactly the rows of the wanted window.
///
/// # Units
/// Rows in `0..n`, in and out; the result in rows that hold `n` and a sign bit. Operands that are not reduced are allowed,
/// they only cost more. When both operands are the same slice, the square is computed.
///
/// # Errors
/// As for [`integers`](fn@super::integers).
///
/// # Complexity
/// That of the product over the integers, and one reduction an output. By transforms over few primes, results are
/// remaindered modulo `n` directly, with no integer of the product's size between.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_mod}, integer::{BigModulus, IntegerVec}};
/// let n = BigModulus::new((num_bigint::BigUint::from(1u8) << 200) + 9u8)?;
/// let f = IntegerVec::from_bigints(&[num_bigint::BigInt::from(1) << 199, 1.into()]);
/// let square = integers_mod(&n, f.as_slice(), f.as_slice(), &Want::full())?;
/// assert_eq!(square.to_bigints()[1], num_bigint::BigInt::from(1) << 200); // 2 * 2^199
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_mod(
    n: &BigModulus,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    want: &Want,
) -> Result<IntegerVec> {
    let mut out = IntegerVec::default();
    integers_mod_into(n, a, b, want, &mut out)?;
    Ok(out)
}

/// The product of two sequences of residues modulo `n`, of any size, into the memory that `out` has.
///
/// Whatever `out` held, it becomes exactly the rows that [`integers_mod`] returns.
///
/// # Errors
/// As for [`integers_into`](super::integers_into).
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_mod_into}, integer::{BigModulus, IntegerVec}};
/// let n = BigModulus::new((num_bigint::BigUint::from(1u8) << 200) + 9u8)?;
/// let (mut power, mut next) = (IntegerVec::from_i64s(&[1, 2]), IntegerVec::default());
/// for _ in 0..5 {
///     integers_mod_into(&n, power.as_slice(), power.as_slice(), &Want::low(3), &mut next)?;
///     std::mem::swap(&mut power, &mut next);
/// }
/// assert_eq!(power.to_bigints(), [1, 64, 1984].map(Into::into)); // (1 + 2x)^32
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_mod_into(
    n: &BigModulus,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    want: &Want,
    out: &mut IntegerVec,
) -> Result<()> {
    if want.may_be(Algorithm::Schoolbook) && a.len().min(b.len()) > 0 {
        let window = want.window(a.len(), b.len());
        if !window.is_empty() && direct::integers_into(a, b, window, out)? {
            return n.try_reduce_in_place(out, mul_limbs);
        }
    }
    let Some(task) = Task::new(a, b, None, want)? else { return out.reset(0, n.row_width()) };
    match &task.plan {
        Plan::Ntt(ntt) if ntt.is_whole() && n.bits() <= 64 * task.width as u64 => {
            out.reset(task.shape.window.len(), n.row_width())?;
            ntt::product::integers_mod_into(ntt, n, task.a, task.b, &task.shape, out.limbs_mut())
        }
        _ => {
            let mut product = Rows::take(task.shape.window.len(), task.width)?;
            task.execute(product.limbs_mut())?;
            n.try_reduce_rows_into(product.as_slice(), out, Some(mul_limbs))
        }
    }
}
