use super::*;
use crate::convolution::{Want, floats};
use crate::distribution::Distribution;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;

/// The exact value of a coefficient.
fn exact((m, e): (f64, i64)) -> BigRational {
    let m = BigInt::from((m * 2f64.powi(52)) as u64);
    let two = |n: u64| BigInt::from(1) << n;
    let e = e - 52;
    if e < 0 {
        BigRational::new(m, two(e.unsigned_abs()))
    } else {
        BigRational::from_integer(m * two(e as u64))
    }
}

/// `p/q` as a float, for positive ratios.
fn quotient(p: &BigInt, q: &BigInt) -> f64 {
    crate::distribution::to_f64(&BigRational::new_raw(p.clone(), q.clone()))
}

/// `|p - q| / q`.
fn off(p: &BigInt, q: &BigInt) -> f64 {
    quotient(&if p > q { p - q } else { q - p }, q)
}

/// Every coefficient of the product within its bound of the sum one by one, and some of them, evenly spread, within the bound
/// of the exact sum; the largest error of these.
fn check(a: &Nonnegative, b: &Nonnegative) -> f64 {
    let c = a * b;
    let own = c.relative_error();
    let mut worst = 0.0f64;
    for k in 0..c.len() {
        let pairs = || {
            ((k + 1).saturating_sub(b.len())..(k + 1).min(a.len()))
                .map(|i| (a.parts(i), b.parts(k - i)))
                .filter(|(x, y)| x.0 * y.0 > 0.0)
        };
        let top = pairs().map(|(x, y)| x.1 + y.1).max();
        let (m, e) = c.parts(k);
        let Some(top) = top else {
            assert_eq!(m, 0.0, "coefficient {k} is zero");
            continue;
        };
        assert!((1.0..2.0).contains(&m), "coefficient {k} of {} is {m} * 2^{e}", c.len());
        let term =
            |(x, y): ((f64, i64), (f64, i64))| x.0 * y.0 * 2f64.powi((x.1 + y.1 - top).max(-1000) as i32);
        let sum: f64 = pairs().map(term).sum();
        let ratio = m / sum * 2f64.powi((e - top).clamp(-900, 900) as i32);
        assert!((ratio - 1.0).abs() <= own + 1e-13, "coefficient {k} is off by a factor of {ratio}");
        if k % (c.len() / 12 + 1) == 0 {
            let bottom = pairs().map(|(x, y)| x.1 + y.1).min().expect("there are pairs") - 104;
            let bottom = bottom.max(top - 4000);
            let digits = |m: f64| BigInt::from((m * 2f64.powi(52)) as u64);
            // What is below 2^-3800 of the sum does not show.
            let exact: BigInt = pairs()
                .filter(|(x, y)| x.1 + y.1 - 104 >= bottom)
                .map(|(x, y)| (digits(x.0) * digits(y.0)) << (x.1 + y.1 - 104 - bottom) as u64)
                .sum();
            let got = digits(m) << (e - 52 - bottom) as u64;
            let error = off(&got, &exact);
            assert!(error <= own, "coefficient {k} is off by {error:e}, over {own:e}");
            worst = worst.max(error);
        }
    }
    worst
}

fn rounded(distribution: &Distribution) -> Nonnegative {
    Nonnegative::try_from(distribution).unwrap()
}

fn random(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn logs(len: usize, f: impl FnMut(f64) -> f64) -> Nonnegative {
    let values: Vec<f64> = (0..len).map(|k| k as f64).map(f).collect();
    Nonnegative { error: 0.0, ..Nonnegative::from_logs(&values).unwrap() }
}

/// Sums of dice and binomials, down to 1e-778 and far below, against the exact distributions.
#[test]
fn sums_of_dice_against_exact_distributions() {
    let (d6, coin) = (Distribution::die(6), Distribution::from_weights([(0, 1), (1, 2)]).unwrap());
    for (die, x, y) in [(&d6, 3, 4), (&d6, 100, 80), (&d6, 512, 488), (&coin, 200, 300), (&coin, 1, 700)] {
        let c = rounded(&die.times(x)) * rounded(&die.times(y));
        let sum = die.times(x + y);
        for (k, weight) in sum.weights().iter().enumerate().step_by(1 + sum.weights().len() / 500) {
            let value = exact(c.parts(k));
            let (p, q) = (value.numer() * sum.denominator(), value.denom() * weight);
            let error = off(&p, &q);
            assert!(error <= c.relative_error(), "{x} {y} {k}: {error:e}");
        }
        assert!(c.relative_error() < 3e-13);
    }
}

/// What the issue asks of 1000d6: from exact weights every float is the nearest; by powers of floats all are within 1e-12.
#[test]
fn a_thousand_dice() {
    let sum = Distribution::die(6).times(1000);
    let once = rounded(&sum);
    let power = Nonnegative::from_f64(&[1.0 / 6.0; 6]).unwrap().try_pow(1000).unwrap();
    // 1/6 is rounded before anything else, and that error counts a thousand times.
    let base = 1000.0 * f64::EPSILON / 2.0;
    assert!(power.relative_error() + base < 1e-12, "{:e}", power.relative_error());
    let mut representable = 0;
    for (k, weight) in sum.weights().iter().enumerate() {
        let right = quotient(weight, sum.denominator());
        if right >= f64::MIN_POSITIVE {
            assert_eq!(once.coefficient(k), right);
            representable += 1;
        } else {
            // Rounded to 53 bits before it is rounded to those of a subnormal number.
            assert!((once.coefficient(k) - right).abs() <= 5e-324);
        }
        let ((m, e), (n, f)) = (power.parts(k), once.parts(k));
        assert!((m / n * 2f64.powi((e - f) as i32) - 1.0).abs() < 1e-12, "{k}");
    }
    assert_eq!((once.len(), representable), (5001, 3731));
    // The plain transform, for comparison.
    let half = rounded(&Distribution::die(6).times(500)).to_f64();
    let plain = floats(&half, &half, &Want::full()).unwrap();
    let right = (0..5001).filter(|&k| (plain[k] / once.coefficient(k) - 1.0).abs() < 1e-6).count();
    assert!(right < 1000, "{right}");
}

/// Each shape is multiplied with itself and with the others.
#[test]
fn shapes_from_friendly_to_hostile() {
    let mut next = random(7);
    let bell = |c: f64, w: f64| move |k: f64| -((k - c) / w).powi(2) / 2.0;
    let shapes = [
        logs(200, |k| -1.7 * k),
        logs(200, bell(80.0, 9.0)),
        logs(250, |k| -2.0 * (k + 1.0).ln()),
        logs(150, |k| -(k * k) / 3.0),
        logs(300, |k| bell(70.0, 9.0)(k).max(bell(220.0, 11.0)(k) - 400.0)),
        logs(150, |_| 2000.0 * (next() - 0.5)),
        logs(130, |_| 13_000.0 * (next() - 0.5)),
        logs(200, |_| next().ln()),
        logs(220, |k| if k % 97.0 == 5.0 { 300.0 } else { bell(110.0, 30.0)(k) }),
        logs(260, |k| if (80.0..170.0).contains(&k) { f64::NEG_INFINITY } else { -k / 3.0 }),
        logs(241, |k| if k % 6.0 == 0.0 { -k } else { f64::NEG_INFINITY }),
        logs(180, |_| if next() < 0.9 { f64::NEG_INFINITY } else { -500.0 * next() }),
        logs(200, |k| k.sqrt() * 20.0),
        // Plateaus, up and down again; a wide valley; parity patterns, deep and not so deep.
        logs(240, |k| if k < 120.0 { 300.0 } else { -500.0 } * (k / 40.0).floor()),
        logs(250, |k| if (70.0..190.0).contains(&k) { -420.0 - k / 5.0 } else { -k / 9.0 }),
        logs(210, |k| if k % 2.0 == 0.0 { bell(100.0, 30.0)(k) } else { -40.0 + bell(90.0, 50.0)(k) }),
        logs(230, |k| if k % 4.0 < 2.0 { -k / 2.0 } else { -600.0 }),
        Nonnegative::from_f64(&[1.0; 300]).unwrap(),
        Nonnegative::from_f64(&[5e-324, 0.0, 1e308, 3e-310]).unwrap(),
        Nonnegative::from_f64(&[0.75]).unwrap(),
    ];
    let mut worst = 0.0f64;
    for (i, a) in shapes.iter().enumerate() {
        for b in [&shapes[i], &shapes[(i + 1) % shapes.len()], &shapes[(i + 5) % shapes.len()]] {
            worst = worst.max(check(a, b));
            assert!((a * b).relative_error() < 3e-13);
        }
    }
    assert!(worst > 1e-17, "nothing rounds");
}

/// Products that are long enough for transforms, against sums one by one.
#[test]
fn long_bells_take_transforms_and_stay_within_the_bound() {
    let bell = |len: usize, c: f64, w: f64| logs(len, |k| -((k - c) / w).powi(2) / 2.0);
    let flat = Nonnegative::from_f64(&[0.5; 5000]).unwrap();
    let heavy = logs(5000, |k| -2.0 * (k + 1.0).ln());
    for (a, b) in
        [(bell(5000, 2000.0, 400.0), bell(4000, 3000.0, 300.0)), (flat.clone(), flat), (heavy.clone(), heavy)]
    {
        let c = &a * &b;
        assert!(c.relative_error() > 5e-14, "a transform was taken");
        for k in (0..c.len()).step_by(97) {
            let (mut sum, top) = (0.0, c.parts(k).1);
            let terms = (k + 1).saturating_sub(b.len())..(k + 1).min(a.len());
            // Of each term its product, and one addition after the other.
            let rounding = (terms.len() + 2) as f64 * f64::EPSILON / 2.0;
            for i in terms {
                let ((m, e), (n, f)) = (a.parts(i), b.parts(k - i));
                sum += m * n * 2f64.powi((e + f - top).max(-1000) as i32);
            }
            assert!((c.parts(k).0 / sum - 1.0).abs() <= c.relative_error() + rounding, "{k}");
        }
    }
}

/// Bernoulli factors of every kind, against the exact product.
#[test]
fn trials_with_different_probabilities() {
    let mut next = random(3);
    for n in [0usize, 1, 2, 7, 64, 65, 300, 1500] {
        let p: Vec<f64> = (0..n)
            .map(|k| match k % 50 {
                48 => [0.0, 1.0, 1e-200, 1.0 - f64::EPSILON][k / 50 % 4],
                _ => next(),
            })
            .collect();
        let c = Nonnegative::poisson_binomial(&p).unwrap();
        assert_eq!(c.len(), n + 1);
        // A float below 1 is a multiple of 2^-1074 here, and so is what is missing to 1.
        let factors: Vec<Nonnegative> =
            p.iter().map(|&p| Nonnegative::from_f64(&[1.0 - p, p]).unwrap()).collect();
        // 1 - p rounds, by half a unit for each.
        let rough = Nonnegative::try_product(&factors).unwrap();
        let allowed = c.relative_error() + rough.relative_error() + n as f64 * f64::EPSILON;
        for k in 0..=n {
            let ((m, e), (r, f)) = (c.parts(k), rough.parts(k));
            if m == 0.0 || r == 0.0 {
                assert_eq!(m, r, "{n} {k}");
                continue;
            }
            assert!((m / r * 2f64.powi((e - f) as i32) - 1.0).abs() <= allowed, "{n} {k}");
        }
        assert!(c.relative_error() < 1e-13);
    }
    // Probabilities below the normal floats are what they are.
    for p in [5e-324, 3e-310, f64::MIN_POSITIVE] {
        let c = Nonnegative::poisson_binomial(&[p]).unwrap();
        assert_eq!((c.coefficient(1), c.parts(1)), (p, Nonnegative::from_f64(&[p]).unwrap().parts(0)));
    }
    // Exactly: p = k/1024 has 1 - p exact as well.
    let p: Vec<f64> = (1..400).map(|k| f64::from(k) / 1024.0).collect();
    let c = Nonnegative::poisson_binomial(&p).unwrap();
    let mut weights = vec![BigInt::from(1)];
    for k in 1..400 {
        weights.push(BigInt::zero());
        for j in (0..weights.len()).rev() {
            let below = if j > 0 { &weights[j - 1] * k } else { BigInt::zero() };
            weights[j] = &weights[j] * (1024 - k) + below;
        }
    }
    for (j, weight) in weights.iter().enumerate() {
        let value = exact(c.parts(j));
        let (p, q) = (value.numer() << (10 * 399), value.denom() * weight);
        let error = off(&p, &q);
        assert!(error <= c.relative_error(), "{j}: {error:e}");
    }
}

#[test]
fn zeros_alone_stay_zero() {
    let zeros = Nonnegative::from_f64(&[0.0, 0.0]).unwrap();
    assert_eq!(zeros.try_pow(3).unwrap().to_f64(), [0.0; 4]);
    let coin = Nonnegative::from_f64(&[0.5, 0.5]).unwrap();
    assert_eq!(Nonnegative::try_product([&zeros, &coin]).unwrap().to_f64(), [0.0; 3]);
    // Beyond what is multiplied in pairs of floats.
    let (zeros, ones) =
        (Nonnegative::from_f64(&[0.0; 90]).unwrap(), Nonnegative::from_f64(&[1.0; 2000]).unwrap());
    for product in [zeros.try_pow(5).unwrap(), &zeros * &ones, &ones * &zeros] {
        assert!((0..product.len()).all(|k| product.parts(k) == (0.0, 0)));
        assert_eq!(product.relative_error(), 0.0);
    }
    // One entry alone, and zeros around it.
    let mut lone = [0.0; 90];
    lone[70] = 0.5;
    let power = Nonnegative::from_f64(&lone).unwrap().try_pow(40).unwrap();
    for k in 0..power.len() {
        assert_eq!(power.parts(k), if k == 2800 { (1.0, -40) } else { (0.0, 0) });
    }
}

/// Sums one by one run in blocks: of 200,000 terms each is within some hundred roundings.
#[test]
fn long_sums_one_by_one_have_few_roundings() {
    let mut next = random(11);
    let terms = 200_000;
    let v: Vec<f64> = (0..terms).map(|_| next() + 1e-9).collect();
    let w: Vec<f64> = (0..terms).map(|_| next() + 1e-9).collect();
    let (a, b) = (Nonnegative::from_f64(&v).unwrap(), Nonnegative::from_f64(&w).unwrap());
    let (m, e) = kernels::output(a.values.view(), b.values.view());
    let sum: BigInt =
        v.iter().zip(&w).map(|(&x, &y)| BigInt::from(exact_digits(x)) * BigInt::from(exact_digits(y))).sum();
    let got = exact((m, e.into()));
    let error = off(&(got.numer() << 232u32), &(got.denom() * sum));
    let bound = kernels::output_error(terms);
    assert!(error <= bound && bound < 4e-14, "{error:e} {bound:e}");
    assert!(kernels::output_error(1_000_000) < 1e-13);
    for terms in 1..3000 {
        // As the module says.
        let few = 2.0 * (terms as f64 / 8.0).sqrt() + 20.0;
        assert!(kernels::output_error(terms) <= 1.002 * few * f64::EPSILON / 2.0, "{terms}");
        let few = 2.0 * (terms as f64).sqrt() + 5.0;
        assert!(kernels::direct_error(terms) <= 1.002 * few * f64::EPSILON / 2.0, "{terms}");
    }
}

/// `x * 2^116`, an integer for floats between `2^-60` and 8.
fn exact_digits(x: f64) -> u128 {
    let (m, e) = convert::split(x);
    ((m * 2f64.powi(52)) as u128) << (e + 64)
}

/// Beyond all floats nothing is known of an error.
#[test]
fn bounds_do_not_become_nonsense() {
    assert_eq!(both(f64::INFINITY, 0.0), f64::INFINITY);
    assert_eq!(both(1e300, 1e300), f64::INFINITY);
    assert_eq!(both(0.0, 0.0), 0.0);
}

#[test]
fn a_long_product_can_be_stopped() {
    use crate::{ErrorKind::Interrupted, progress::watch};
    use std::{cell::RefCell, ops::ControlFlow, rc::Rc};
    let mut next = random(5);
    let wild = logs(4000, |_| 1400.0 * next());
    let stages = Rc::new(RefCell::new(vec![]));
    let log = Rc::clone(&stages);
    let observer = move |p: crate::progress::Progress| {
        assert!(p.done <= p.total);
        log.borrow_mut().push(p.stage);
        if log.borrow().len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    assert_eq!(watch(observer, || wild.try_mul(&wild)).unwrap_err().kind(), Interrupted);
    assert_eq!(stages.borrow().len(), 3);
    let trials = vec![0.5; 200_000];
    let stopped = watch(|_| ControlFlow::Break(()), || Nonnegative::poisson_binomial(&trials));
    assert_eq!(stopped.unwrap_err().kind(), Interrupted);
}

/// Wide gaps and wide valleys: every fourth output is nothing beside its neighbours.
#[test]
fn patterns_with_a_period_of_four() {
    for low in [0.0, 1e-300] {
        let v: Vec<f64> = (0..1500).map(|k| if k % 4 < 2 { 1.0 } else { low }).collect();
        let v = Nonnegative::from_f64(&v).unwrap();
        let c = &v * &v;
        assert_eq!(c.to_f64()[..3], [1.0, 2.0, 1.0 + 2.0 * low]);
        // 1 and low on both sides, low and 1 in between.
        assert_eq!(c.coefficient(3), 4.0 * low);
        assert!(c.relative_error() < 3e-13);
    }
}

#[test]
fn powers_and_products_of_many_keep_the_bound() {
    let base = Nonnegative::from_f64(&[0.25, 0.0, 0.5, 0.125]).unwrap();
    let exact = Distribution::from_weights([(0, 2), (2, 4), (3, 1)]).unwrap();
    for n in [0u64, 1, 2, 3, 17, 100, 300] {
        let power = base.try_pow(n).unwrap();
        let list = vec![base.clone(); n as usize];
        let product = Nonnegative::try_product(&list).unwrap();
        let weights = exact.times(n);
        for (k, weight) in weights.weights().iter().enumerate() {
            for got in [&power, &product] {
                // The base is that die times 7/8.
                let (m, e) = got.parts(k);
                if weight.is_zero() {
                    assert_eq!(m, 0.0);
                    continue;
                }
                let value = self::exact((m, e));
                let (p, q) = (value.numer() << (3 * n), value.denom() * weight);
                let error = off(&p, &q);
                assert!(error <= got.relative_error(), "{n} {k}: {error:e} {:e}", got.relative_error());
            }
        }
        assert!(power.relative_error() < 1e-12 && product.relative_error() < 1e-12);
    }
}

#[test]
fn floats_and_logarithms_in_and_out() {
    let values = [0.0, 5e-324, 2.5e-310, f64::MIN_POSITIVE, 0.1, 1.0, 3.0, f64::MAX];
    let v = Nonnegative::from_f64(&values).unwrap();
    assert_eq!(v.to_f64(), values);
    assert_eq!(v.parts(1), (1.0, -1074));
    // Half of the smallest number is a tie, rounded to even; three quarters are not.
    let tiny = Nonnegative::from_f64(&[5e-324]).unwrap();
    let by = |x: f64| (&tiny * &Nonnegative::from_f64(&[x]).unwrap()).coefficient(0);
    assert_eq!([by(0.5), by(0.75), by(1.5), by(1e-300)], [0.0, 5e-324, 1e-323, 0.0]);
    let huge = Nonnegative::from_f64(&[f64::MAX]).unwrap();
    assert_eq!((&huge * &huge).coefficient(0), f64::INFINITY);
    let given = [-0.5f64, 0.0, 1e-9, -745.2, 2e6, -1.8e8, f64::NEG_INFINITY, 0.7];
    let v = Nonnegative::from_logs(&given).unwrap();
    for (x, y) in v.to_logs().iter().zip(given) {
        assert!(x == &y || (x - y).abs() <= 4.0 * f64::EPSILON * y.abs().max(0.1), "{x} {y}");
    }
    for x in [0.3f64, -3.25, 20.0, -700.0] {
        let y = Nonnegative::from_logs(&[x]).unwrap();
        assert!((y.coefficient(0) / x.exp() - 1.0).abs() <= 9.0 * f64::EPSILON, "{x}");
        assert!(y.relative_error() < (x.abs() + 8.0) * f64::EPSILON);
    }
    let third = rounded(&Distribution::from_weights([(0, 1), (1, 2)]).unwrap());
    assert_eq!(third.to_f64(), [1.0 / 3.0, 2.0 / 3.0]);
    let lattice = rounded(&Distribution::die(4).scaled(3).unwrap());
    assert_eq!(lattice.to_f64(), [0.25; 4]);
}

#[test]
fn sums_from_the_side_where_they_are_small() {
    let sum = Distribution::die(6).times(600);
    let v = rounded(&sum);
    let (below, above) = (v.cumulative(), v.tails());
    let mut running = BigInt::zero();
    for (k, weight) in sum.weights().iter().enumerate() {
        running += weight;
        if k % 100 != 0 {
            continue;
        }
        // The die is symmetric.
        for part in [below.parts(k), above.parts(3000 - k), v.sum(..=k).parts(0)] {
            let value = exact(part);
            let error = off(&(value.numer() * sum.denominator()), &(value.denom() * &running));
            assert!(error <= below.relative_error(), "{k}: {error:e}");
        }
    }
    assert!(below.relative_error() < 3e-16);
    // Exponents up and down, zeros between; nothing at all.
    let v =
        logs(7, |k| [-900.0, f64::NEG_INFINITY, 5.0, -4000.0, 800.0, f64::NEG_INFINITY, -3.0][k as usize]);
    for (log, right) in v.cumulative().to_logs().iter().zip([-900.0, -900.0, 5.0, 5.0, 800.0, 800.0, 800.0]) {
        assert!((log / right - 1.0).abs() < 1e-14, "{log} {right}");
    }
    assert_eq!(v.sum(5..6).parts(0), (0.0, 0));
    assert_eq!(v.sum(9..).parts(0), (0.0, 0));
}

#[test]
fn what_is_not_defined_is_an_error() {
    use crate::ErrorKind::{Limit, Overflow, Undefined};
    let kind = |r: Result<Nonnegative>| r.unwrap_err().kind();
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(kind(Nonnegative::from_f64(&[1.0, bad])), Undefined);
        assert_eq!(kind(Nonnegative::poisson_binomial(&[0.5, bad])), Undefined);
    }
    assert_eq!(kind(Nonnegative::from_logs(&[f64::NAN])), Undefined);
    assert_eq!(kind(Nonnegative::from_logs(&[f64::INFINITY])), Undefined);
    assert_eq!(kind(Nonnegative::from_logs(&[-2e8])), Overflow);
    // Probabilities beyond denominators of 2^(2^28).
    assert_eq!(convert::exponent(3, 1 - (1 << 28)).unwrap(), 1 - (1 << 28));
    for e in [-1i64 << 28, -1 << 40] {
        assert_eq!(convert::exponent(3, e).unwrap_err().kind(), Overflow);
    }
    let rare =
        Distribution::from_weights([(0, BigInt::from(1)), (1, BigInt::from(3) << 100_000u32)]).unwrap();
    assert_eq!(rounded(&rare).parts(0).1, -100_002);
    assert_eq!(kind(Nonnegative::from_f64(&[])), Undefined);
    assert_eq!(kind(Nonnegative::from_logs(&[])), Undefined);
    let small = Nonnegative::from_f64(&[1e-300]).unwrap();
    assert_eq!(kind(small.try_pow(1 << 40)), Overflow);
    let pair = Nonnegative::from_f64(&[0.5, 0.5]).unwrap();
    assert_eq!(kind(pair.try_pow(1 << 40)), Limit);
    assert_eq!(kind(pair.try_pow(u64::MAX)), Limit);
}

/// Blocks of constant slope, spikes, gaps and noise, of any size.
fn hostile() -> impl Strategy<Value = Nonnegative> {
    let piece = (1usize..60, -40.0..40.0f64, -3000.0..3000.0f64, 0.0..8.0f64, any::<u64>());
    proptest::collection::vec((piece, 0u32..5), 1..5).prop_map(|pieces| {
        let mut values = Vec::new();
        for ((len, slope, start, noise, seed), kind) in pieces {
            let mut next = random(seed);
            values.extend((0..len).map(|k| match kind {
                0 => f64::NEG_INFINITY,
                1 => start + slope * k as f64 + noise * next(),
                2 => start - (k as f64 - len as f64 / 2.0).powi(2) / (noise + 0.3),
                3 => start + 600.0 * (next() - 0.5),
                _ => start / 100.0 + noise * next(),
            }));
        }
        Nonnegative { error: 0.0, ..Nonnegative::from_logs(&values).unwrap() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 30,
        rng_seed: proptest::test_runner::RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_product_is_within_its_bound(a in hostile(), b in hostile()) {
        check(&a, &b);
    }
}
