//! Properties of linear recurrences and of sums of powers: the shortest recurrence is no longer than one that is known and has the same
//! terms, far terms satisfy it, and polynomials come back from the sums of powers of their roots.

use super::{Outcome, config};
use monic::{
    Poly, PrimeField, QQ, ZZ, Zmod,
    ring::Ring,
    sequences::{Recurrence, from_power_sums, power_sums},
};
use num_bigint::BigInt;
use proptest::prelude::*;

fn prime() -> impl Strategy<Value = PrimeField> {
    let primes = [2u64, 3, 101, 65_537, 998_244_353, (1 << 61) - 1];
    prop::sample::select(primes.to_vec()).prop_map(|p| Zmod::prime(p).expect("a prime"))
}

/// Coefficients and as many first terms or a few more.
fn parts(order: usize) -> impl Strategy<Value = (Vec<u64>, Vec<u64>)> {
    (prop::collection::vec(any::<u64>(), 0..order), 0usize..3).prop_flat_map(|(coefficients, more)| {
        let len = coefficients.len() + more;
        (Just(coefficients), prop::collection::vec(any::<u64>(), len..=len))
    })
}

/// Whether neighbours far away satisfy the recurrence, and single terms are those of the list.
fn far_terms<R: Ring>(of: &Recurrence<R>, start: u64) -> Outcome {
    let (ring, order) = (of.ring(), of.order());
    let terms = of.terms(start, order + 3)?;
    for k in order..order + 3 {
        let before = terms[..k].iter().rev();
        let next = of
            .coefficients()
            .iter()
            .zip(before)
            .fold(ring.zero(), |sum, (c, a)| ring.add(&sum, &ring.mul(c, a)));
        // First terms need not satisfy it.
        if start + k as u64 >= of.initial().len() as u64 {
            prop_assert_eq!(&next, &terms[k]);
        }
        prop_assert_eq!(&of.term(start + k as u64)?, &terms[k]);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn shortest_recurrences((coefficients, initial) in parts(40), field in prime(), more in 0usize..20) {
        let known = Recurrence::new(field, coefficients, initial)?;
        let bound = known.initial().len();
        let terms = known.terms(0, 2 * bound + more)?;
        let shortest = Recurrence::shortest(field, terms.clone())?;
        prop_assert!(shortest.order() <= bound);
        prop_assert_eq!(shortest.terms(0, 3 * bound + more)?, known.terms(0, 3 * bound + more)?);
    }

    #[test]
    fn terms_far_away((coefficients, initial) in parts(70), n in 1u64.., start in 0u64..u64::MAX - 100) {
        far_terms(&Recurrence::new(Zmod::new(n), coefficients.clone(), initial.clone())?, start)?;
        far_terms(&Recurrence::new(Zmod::new(n), coefficients, initial)?, start % 300)?;
    }

    #[test]
    fn integers_and_fractions(c in prop::collection::vec(-9i64..10, 0..6), a in prop::collection::vec(-99i64..100, 6), n in 0u64..400) {
        let order = c.len();
        let of = Recurrence::new(ZZ, c, a[..order].to_vec())?;
        far_terms(&of, n)?;
        let terms: Vec<BigInt> = of.terms(n, 2 * order)?;
        let fractions = terms.iter().map(|a| QQ.from_integer(a.clone()));
        let shortest = Recurrence::shortest(QQ, fractions)?;
        prop_assert!(shortest.order() <= order);
        let next = QQ.from_integer(of.term(n + 2 * order as u64)?);
        prop_assert_eq!(shortest.term(2 * order as u64)?, next);
    }

    #[test]
    fn sums_of_powers(roots in prop::collection::vec(any::<u64>(), 0..90), more in 0usize..5, integers in prop::collection::vec(-20i64..20, 0..12)) {
        let field = Zmod::prime(998_244_353)?;
        let f = Poly::from_roots(field, roots);
        let degree = f.len() - 1;
        let sums = power_sums(&f, degree + more)?;
        prop_assert_eq!(from_power_sums(field, &sums[..degree])?, f);
        let f = Poly::from_roots(ZZ, integers);
        prop_assert_eq!(from_power_sums(ZZ, &power_sums(&f, f.len() - 1)?)?, f);
    }
}
