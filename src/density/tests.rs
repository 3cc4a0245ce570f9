//! Densities against closed forms, and convolutions against the integral that defines them.

use super::*;
use crate::{QQ, distribution::Distribution};
use num_bigint::BigInt;
use num_traits::{One, Zero};

fn q(text: &str) -> BigRational {
    text.parse().unwrap()
}

/// `integral of f(t)*g(x - t) dt`, piece by piece.
fn convolution_at(f: &Density, g: &Density, x: &BigRational) -> BigRational {
    let mut sum = BigRational::zero();
    for (a, b, p) in f.pieces() {
        for (c, d, r) in g.pieces() {
            let (from, to) = (a.clone().max(x - d), b.clone().min(x - c));
            if from < to {
                let mirrored = r.compose(&Poly::from_vec(QQ, vec![x.clone(), -BigRational::one()]));
                let integral = (p * &mirrored).integral();
                sum += integral.eval(to) - integral.eval(from);
            }
        }
    }
    sum
}

fn samples() -> Vec<Density> {
    let gap = Density::mixture([
        (q("1/3"), &Density::uniform(-2, -1)),
        (q("2/3"), &Density::triangular(0, (1, 7), 2)),
    ]);
    let cubic = Density::proportional_to([-1, 0, 2], [QQ.poly([0, 0, 0, -1]), QQ.poly([1, -2, 1])]);
    vec![
        Density::uniform(0, 1),
        Density::uniform((-3, 2), (1, 3)),
        Density::triangular(1, 1, 4),
        Density::triangular(-1, 0, (1, 2)),
        gap.unwrap(),
        cubic.unwrap(),
        Density::irwin_hall(4),
    ]
}

/// Knots, the middle between neighbours, and what is outside.
fn places(d: &Density) -> Vec<BigRational> {
    let knots: Vec<_> = d.knots().cloned().collect();
    let middles = knots.windows(2).map(|pair| (&pair[0] + &pair[1] * q("2")) / q("3"));
    let (low, high) = d.support();
    knots.iter().cloned().chain(middles).chain([low - q("1/2"), high + q("3")]).collect()
}

#[test]
fn sums_are_the_convolution_integral() {
    for f in &samples() {
        for g in &samples() {
            let sum = f + g;
            assert_eq!(sum.raw_moment(0), BigRational::one());
            assert_eq!(sum, g + f);
            assert_eq!(sum.mean(), f.mean() + g.mean());
            assert_eq!(sum.variance(), f.variance() + g.variance());
            for x in places(&sum) {
                let expected = convolution_at(f, g, &x);
                // A convolution is continuous.
                assert_eq!(
                    [sum.eval(&x), sum.eval_left(&x), sum.piecewise().eval(&x)],
                    [expected.clone(), expected.clone(), expected],
                    "{f} and {g} at {x}"
                );
            }
        }
    }
    let all = samples().into_iter().reduce(|sum, d| sum + d);
    assert_eq!(Density::try_sum(samples()).ok(), all);
    assert_eq!(Density::try_sum(samples().into_iter().take(1)), Ok(samples().swap_remove(0)));
    assert!(Density::try_sum([]).is_err());
    let [f, g] = [1, 4].map(|k| samples().swap_remove(k));
    let mixed = [&f, &g, &f, &f, &g].map(Clone::clone);
    assert_eq!(Density::try_sum(mixed), Ok(f.times(3) + g.times(2)));
    let [a, b, c] = [0, 1, 4].map(|k| samples().swap_remove(k));
    assert_eq!(&(&a + &b) + &c, &a + (&b + &c));
}

#[test]
fn pieces_values_and_integrals_agree() {
    for d in &samples() {
        let (low, high) = d.support();
        assert_eq!(d.piecewise().integral(low, high), BigRational::one());
        for x in places(d) {
            assert_eq!(d.piecewise().eval(&x), d.eval(&x));
            assert_eq!(d.piecewise().eval_left(&x), d.eval_left(&x));
            let below = d.piecewise().integral(&(low - q("1")), &x);
            assert_eq!(
                [d.at_most(&x), d.cdf().eval(&x), d.cdf().eval_left(&x)],
                [below.clone(), below.clone(), below]
            );
            assert_eq!(d.at_least(&x) + d.at_most(&x), BigRational::one());
            if d.smoothness(&x) == Some(0) {
                assert_eq!(d.jump(&x).unwrap().1, d.eval(&x) - d.eval_left(&x));
            } else {
                assert_eq!(d.eval(&x), d.eval_left(&x));
            }
        }
        for k in 0..5 {
            let direct: BigRational = d
                .pieces()
                .map(|(a, b, p)| {
                    let integral = p.mul_x_pow(k).integral();
                    integral.eval(b) - integral.eval(a)
                })
                .sum();
            assert_eq!(d.raw_moment(k), direct);
        }
        assert_eq!(d.variance(), d.raw_moment(2) - d.mean().pow(2));
        let again = d.pieces().map(|(_, _, p)| p.clone()).collect::<Vec<_>>();
        assert_eq!(Density::new(d.knots(), again).as_ref(), Ok(d), "through its own pieces");
    }
}

#[test]
fn irwin_hall_in_closed_form() {
    for n in [1u64, 2, 3, 7, 20] {
        let d = Density::irwin_hall(n);
        assert_eq!(
            d.knots().cloned().collect::<Vec<_>>(),
            (0..=n).map(|k| BigRational::from_integer(k.into())).collect::<Vec<_>>()
        );
        let n = n as i64;
        for k in 0..n {
            // 1/(n-1)! * sum over j <= x of (-1)^j binomial(n, j) (x - j)^(n-1)
            let x = BigRational::new((3 * k + 1).into(), 3.into());
            let (mut binomial, mut sum) = (BigInt::one(), BigRational::zero());
            for j in 0..=k {
                let term = (&x - q(&j.to_string())).pow(n as i32 - 1) * &binomial;
                sum += if j % 2 == 0 { term } else { -term };
                binomial = binomial * (n - j) / (j + 1);
            }
            let factorial: BigInt = (1..n).map(BigInt::from).product();
            assert_eq!(d.eval(&x), sum / factorial);
            assert_eq!(d.smoothness(k), Some(n as usize - 1));
        }
        assert_eq!(
            (d.mean(), d.variance()),
            (BigRational::new(n.into(), 2.into()), BigRational::new(n.into(), 12.into()))
        );
        let one_by_one = (1..n).fold(Density::uniform(0, 1), |sum, _| sum + Density::uniform(0, 1));
        assert_eq!(d, one_by_one);
    }
    // Eulerian numbers over n!: the probability between k and k + 1.
    let eulerian = [1, 26, 66, 26, 1];
    for (k, count) in (0..).zip(eulerian) {
        let range = BigRational::from_integer(k.into())..BigRational::from_integer((k + 1).into());
        assert_eq!(Density::irwin_hall(5).probability_in(range), BigRational::new(count.into(), 120.into()));
    }
}

#[test]
fn multiples_of_far_knots_and_of_close_ones() {
    // Three knots, two of them close and one far: sums of choices, not of lattice points.
    let d = Density::mixture([
        (q("1/2"), &Density::uniform(0, (1, 1_000_003))),
        (q("1/2"), &Density::uniform((1, 1_000_003), 1)),
    ])
    .unwrap();
    assert_eq!(d.knots().len(), 3);
    let three = d.times(3);
    assert_eq!(three.knots().len(), 10);
    assert_eq!(three, &d + &(&d + &d));
    assert_eq!(three.variance(), d.variance() * q("3"));
    for d in samples() {
        assert_eq!(d.times(1), d);
        assert_eq!(d.times(5), &d + &(&d.times(2) + &d.times(2)));
    }
}

#[test]
fn moving_and_scaling() {
    for d in &samples() {
        for factor in ["2", "-1", "-3/5", "1/7"].map(q) {
            let scaled = d.scaled(&factor);
            for x in places(d) {
                let (at, size) = (&x * &factor, d.eval(&x) / num_traits::Signed::abs(&factor));
                let value = if num_traits::Signed::is_negative(&factor) {
                    scaled.eval_left(&at)
                } else {
                    scaled.eval(&at)
                };
                assert_eq!(value, size);
            }
            assert_eq!(scaled.scaled(factor.recip()), *d);
            assert_eq!(scaled.raw_moment(3), d.raw_moment(3) * factor.pow(3));
        }
        assert_eq!(d.shifted((1, 3)).mean(), d.mean() + q("1/3"));
        assert_eq!(-(d - 2), 2 * &(-d / 2) + 2);
        let difference = d - &d.clone();
        assert_eq!(difference.mean(), BigRational::zero(), "two independent variables");
        assert_eq!(difference, -&difference);
    }
}

#[test]
fn sums_with_discrete_variables_are_mixtures_of_shifts() {
    let faces = Distribution::from_weights([(-2, 1), (0, 3), (5, 2)]).unwrap();
    for d in &samples() {
        let shifted: Vec<_> = faces.probabilities().map(|(x, p)| (p, d.shifted(x))).collect();
        let expected = Density::mixture(shifted.iter().map(|(p, d)| (p.clone(), d))).unwrap();
        assert_eq!(d + &faces, expected);
        assert_eq!(&faces + d, expected);
        assert_eq!(d + Distribution::constant(3), d + 3);
    }
    // A die and a box of its step are a longer box.
    assert_eq!(Density::uniform(0, 1) + Distribution::die(6), Density::uniform(1, 7));
}

#[test]
fn larger_and_smaller() {
    for f in &samples() {
        for g in &samples() {
            let (larger, smaller) = (f.maximum(g).unwrap(), f.minimum(g).unwrap());
            assert_eq!(larger.mean() + smaller.mean(), f.mean() + g.mean());
            for x in places(f) {
                assert_eq!(larger.at_most(&x), f.at_most(&x) * g.at_most(&x));
                assert_eq!(smaller.at_least(&x), f.at_least(&x) * g.at_least(&x));
            }
        }
    }
}

#[test]
fn comparisons() {
    for f in &samples() {
        for g in &samples() {
            // P(Y < X) = integral of f(x)*G(x) dx
            let product = f.piecewise().try_mul(g.cdf()).unwrap();
            let c = f.compare(g).unwrap();
            assert_eq!(c.greater, product.integral(f.support().0, f.support().1));
            assert_eq!(c.greater + c.less + c.equal, BigRational::one());
        }
        let c = f.compare_discrete(&Distribution::constant(3));
        assert_eq!((c.less, c.greater), (f.at_most(3), f.at_least(3)));
        let c = f.compare_discrete(&Distribution::from_faces([0, 1, 1]).unwrap());
        assert_eq!(c.less, (f.at_most(0) + f.at_most(1) * q("2")) / q("3"));
    }
}

#[test]
fn conditions() {
    for d in &samples() {
        let mean = d.mean();
        let (below, above) = (d.given_in(..=mean.clone()).unwrap(), d.given_in(mean.clone()..).unwrap());
        let p = d.at_most(&mean);
        let parts = [(p.clone(), &below), (BigRational::one() - p, &above)];
        assert_eq!(Density::mixture(parts).unwrap(), *d);
        assert_eq!(d.given_in(..).unwrap(), *d);
        let (_, high) = d.support();
        assert!(d.given_in(high.clone()..).unwrap_err().message().contains("probability 0"));
    }
    let gap = samples().swap_remove(4);
    assert!(gap.given_in(q("-9/10")..q("-1/10")).is_err());
}

#[test]
fn quantiles_and_medians() {
    for d in &samples() {
        for p in ["0", "1/100", "1/3", "1/2", "2/3", "1"].map(q) {
            let mut x = d.quantile(&p).unwrap();
            x.refine(-40);
            let (low, high) = x.interval();
            assert!(d.at_most(&low) <= p && p <= d.at_most(&high), "{d}: {p}");
        }
        assert!(d.quantile(&q("-1/2")).is_err() && d.quantile(&q("3/2")).is_err());
    }
    let two =
        Density::mixture([(q("1/2"), &Density::uniform(0, 1)), (q("1/2"), &Density::uniform(3, 4))]).unwrap();
    assert_eq!(two.median().unwrap().exact(), Some(&q("2")));
    assert_eq!(two.quantile(&q("1/2")).unwrap().exact(), Some(&q("1")));
    assert_eq!(Density::irwin_hall(9).median().unwrap().exact(), Some(&q("9/2")));
}

#[test]
fn modes_by_exact_values() {
    let text = |d: &Density| -> Vec<String> {
        let modes = d.modes().unwrap();
        modes.iter().map(|m| format!("{} to {}", m.start().to_decimal(6), m.end().to_decimal(6))).collect()
    };
    assert_eq!(text(&samples()[1]), ["-1.500000 to 0.333333"]);
    assert_eq!(text(&samples()[2]), ["1.000000 to 1.000000"]); // at a jump
    assert_eq!(text(&samples()[4]), ["0.142857 to 0.142857"]);
    // The same hill twice: values at 1/sqrt(3) and at 5 - 1/sqrt(3) are equal, and of degree 2 over Q.
    let hill = Density::proportional_to([0, 1], [QQ.poly([0, 1, 0, -1])]).unwrap();
    let mirrored = -&hill + 5;
    let half = || q("1/2");
    let twice = Density::mixture([(half(), &hill), (half(), &mirrored)]).unwrap();
    assert_eq!(text(&twice), ["0.577350 to 0.577350", "4.422650 to 4.422650"]);
    // A little more of the second, less than floats can tell.
    let more = q("1/1000000000000000000000000");
    let uneven = Density::mixture([(half() - &more, &hill), (half() + &more, &mirrored)]).unwrap();
    assert_eq!(text(&uneven), ["4.422650 to 4.422650"]);
    let other = Density::mixture([(q("1/4"), &hill), (q("3/4"), &mirrored)]).unwrap();
    assert_eq!(text(&other), ["4.422650 to 4.422650"]);
    // Values beyond all floats.
    let narrow = BigRational::new(1.into(), BigInt::from(10).pow(400));
    let peaks = twice.scaled(&narrow).modes().unwrap();
    assert_eq!(peaks.len(), 2);
    assert!(peaks[0].start().exact().is_none());
    // Two boxes of one height.
    let boxes =
        Density::mixture([(half(), &Density::uniform(0, 1)), (half(), &Density::uniform(2, 3))]).unwrap();
    assert_eq!(text(&boxes), ["0.000000 to 1.000000", "2.000000 to 3.000000"]);
}

#[test]
fn what_is_no_density() {
    let message = |result: Result<Density>| result.unwrap_err().to_string();
    let f = |text: &str| QQ.parse(text).unwrap();
    assert_eq!(message(Density::new([0, 1], [f("2")])), "the integral of the density is 2, not 1");
    assert_eq!(message(Density::new([0, 1], [f("0")])), "the integral of the density is 0, not 1");
    assert_eq!(message(Density::proportional_to([0, 1], [f("0")])), "the integral of the density is 0");
    // Negative between two irrational roots; touching zero is allowed.
    assert!(message(Density::new([0, 3], [f("x^2 - 3*x + 2 + 1/100")])).starts_with("the density is -"));
    assert!(message(Density::new([0, 1], [f("x^2 - 1/2")])).starts_with("the density is -"));
    assert!(message(Density::new([0, 1], [f("1/2 - x^2")])).starts_with("the density is -"));
    assert!(Density::proportional_to([0, 3], [f("(x - 1)^2*(x^2 - 2)^2")]).is_ok());
    assert_eq!(message(Density::new([0, 0], [f("1")])), "the knots do not ascend: 0 stands before 0");
    assert_eq!(message(Density::new([0], [])), "1 knots have 0 pieces between them, not 0");
    assert_eq!(message(Density::new([0, 1], [f("1"), f("1")])), "2 knots have 1 pieces between them, not 2");
    assert_eq!(message(Density::try_uniform(1, 1)), "a box from 1 to 1 has no width");
    assert_eq!(message(Density::try_triangular(0, 3, 2)), "no triangle from 0 to 2 has its peak at 3");
    assert_eq!(
        message(Density::try_irwin_hall(0)),
        "a sum of no variables is the constant 0, which has no density"
    );
    assert!(Density::uniform(0, 1).try_scaled(0).is_err());
    assert!(Density::mixture([(q("1/2"), &Density::uniform(0, 1))]).is_err());
    assert!(
        Density::mixture([(q("2"), &Density::uniform(0, 1)), (q("-1"), &Density::uniform(0, 1))]).is_err()
    );
    // Knots without a change are dropped, zero pieces at the ends too.
    assert_eq!(Density::new([-5, 0, (1), 2, 9], ["0", "1/2", "1/2", "0"].map(f)), Ok(Density::uniform(0, 2)));
}

#[test]
fn what_is_too_large() {
    let kind = |result: Result<Density>| result.unwrap_err().kind();
    assert_eq!(kind(Density::try_irwin_hall(10_000_000)), crate::ErrorKind::Limit);
    assert_eq!(kind(Density::irwin_hall(2).try_times(u64::MAX)), crate::ErrorKind::Limit);
    let parabola = Density::proportional_to([-1, 1], [QQ.poly([1, 0, -1])]).unwrap();
    assert_eq!(kind(parabola.try_times(u64::MAX)), crate::ErrorKind::Limit);
    assert!(std::panic::catch_unwind(|| parabola.raw_moment(usize::MAX)).is_err());
    // Boxes of widths 1, 1/2, 1/4, ... have 2^n sums of knots; the widths here have no relation.
    let far = Density::mixture([
        (q("1/2"), &Density::uniform(0, (1, 1_000_003))),
        (q("1/2"), &Density::uniform(0, 7)),
    ])
    .unwrap();
    assert_eq!(kind(far.try_times(1_000_000)), crate::ErrorKind::Limit);
    let boxes = (0..200).map(|k| Density::uniform(0, (1i64, 1_000_003 + 2 * k)));
    assert_eq!(kind(Density::try_sum(boxes)), crate::ErrorKind::Limit);
    // The sum itself is small, its pieces would not be.
    let many = Density::irwin_hall(4_000);
    assert_eq!(many.knots().len(), 4_001);
    assert_eq!(many.try_piecewise().unwrap_err().kind(), crate::ErrorKind::Limit);
}

#[test]
fn text_and_points() {
    assert_eq!(samples()[1].to_string(), "[-3/2, 1/3): 6/11");
    assert_eq!(samples()[4].to_string(), "[-2, -1): 1/3; [0, 1/7): 14/3*x; [1/7, 2): -14/39*x + 28/39");
    assert_eq!(Piecewise::default().to_string(), "0");
    let points = samples()[4].sample_points(12);
    assert!(points.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    assert_eq!((points[0], points[points.len() - 1]), ((-2.0, 0.0), (2.0, 0.0)));
    assert!(points.contains(&(-1.0, 1.0 / 3.0)) && points.contains(&(-1.0, 0.0)), "both limits at a jump");
}
