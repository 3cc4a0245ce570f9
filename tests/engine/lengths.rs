//! Every length, on every back end: the products of the best algorithm are those of the portable one bit for bit, and have the value of the product of the
//! values at a point.
//!
//! They stand apart from the random shapes of [`differential`](crate::differential), which leave most lengths out in a short run.

use crate::{differential::check_value, sample::Words};
use monic::{
    convolution::{Backend, Want, integers_into, with_backend, words_mod_into},
    integer::{IntegerVec, WordModulus},
};

/// Coefficients that are all the largest, all the smallest, alternate, or are random, of `bits` bits.
fn operand(words: &mut Words, kind: usize, len: usize, bits: usize) -> IntegerVec {
    let most = (1i128 << bits) - 1;
    let value = |words: &mut Words, k: usize| match kind {
        0 => most,
        1 => -most,
        2 => most * (1 - 2 * (k as i128 & 1)),
        _ => {
            let both = u128::from(words.next()) << 64 | u128::from(words.next());
            (both >> (128 - bits)) as i128 * (1 - 2 * (words.next() as i128 & 1))
        }
    };
    IntegerVec::from_i128s(&(0..len).map(|k| value(words, k)).collect::<Vec<_>>())
}

/// One shape over Z and over one modulus.
fn check(words: &mut Words, (m, n): (usize, usize), bits: usize, kind: usize, room: &mut [IntegerVec; 2]) {
    let (a, b) = (operand(words, kind, m, bits), operand(words, 3 - kind % 2, n, bits));
    let modulus = [998_244_353, (1 << 61) - 1, u64::MAX - 58][(m + bits) % 3];
    let modulus = WordModulus::new(modulus).expect("not 0");
    let (x, y) = (a.as_slice().residues(&modulus), b.as_slice().residues(&modulus));
    let [expected, found] = room;
    let (mut first, mut residues) = (None, Vec::new());
    for backend in Backend::available() {
        let name = format!("{m} by {n} of {bits} bits, kind {kind}, {backend:?}");
        with_backend(backend, || {
            integers_into(a.as_slice(), b.as_slice(), &Want::full(), found)?;
            words_mod_into(&modulus, &x, &y, &Want::full(), &mut residues)
        })
        .and_then(|done| done)
        .expect("within the limit");
        match &first {
            None => {
                check_value(words, &[(&a, 1), (&b, 1)], found, m as u64);
                assert!(found.as_slice().residues(&modulus) == residues, "{name}");
                std::mem::swap(expected, found);
                first = Some(std::mem::take(&mut residues));
            }
            Some(first) => {
                assert!(found.as_slice() == expected.as_slice(), "{name}");
                assert!(*first == residues, "{name}");
            }
        }
    }
}

#[test]
fn every_length_and_powers_of_two() {
    let (mut words, mut room) = (Words(7), [(); 2].map(|()| IntegerVec::default()));
    // Unoptimised, a length of each dozen.
    let step = if cfg!(debug_assertions) { 12 } else { 1 };
    for len in (1..=300).step_by(step) {
        for (at, bits) in [8, 30, 62, 64, 120].into_iter().enumerate() {
            check(&mut words, (len, len), bits, (len + at) % 4, &mut room);
            let other = 1 + words.below(len);
            check(&mut words, (len, other), bits, (len + at + 1) % 4, &mut room);
        }
    }
    let most = if cfg!(debug_assertions) { 10 } else { 14 };
    for k in 9..=most {
        for len in [(1 << k) - 1, 1 << k, (1 << k) + 1] {
            check(&mut words, (len, len), 8, k % 4, &mut room);
            check(&mut words, (len, len / 2 + 1), 62, (k + 1) % 4, &mut room);
            check(&mut words, (len, len), 120, (k + 2) % 4, &mut room);
        }
    }
}
