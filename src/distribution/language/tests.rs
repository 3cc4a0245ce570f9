//! Expressions against distributions built by hand, errors with their positions, and any text at all.

use super::super::Pool;
use super::*;
use crate::ErrorKind;
use proptest::prelude::*;

fn roll(text: &str) -> Distribution {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn expressions_mean_what_they_say() {
    let die = Distribution::die;
    let d6 = die(6);
    for (text, expected) in [
        ("d6", d6.clone()),
        (" 2 D 6 ", d6.times(2)),
        ("3d6+2d4-1", d6.times(3) + die(4).times(2) - 1),
        ("1-2d6", 1 * -d6.times(2) + 1),
        ("-2d6", -d6.times(2)),
        ("--d6", d6.clone()),
        ("d6-d6", &d6 - &d6),
        ("d6 - -d6 - +1", d6.times(2) - 1),
        ("-(d6 - (2 - d4))", -(&d6 + die(4) - 2)),
        ("2 * d6", d6.clone() * 2),
        ("d6*-3", d6.clone() * -3),
        ("-2*-(d6+1)*3", (d6.clone() + 1) * 6),
        ("2*3+d6*2*2", d6.clone() * 4 + 6),
        ("0*d6", Distribution::constant(0)),
        ("0d6", Distribution::constant(0)),
        ("0d1000000000000", Distribution::constant(0)),
        ("d1*d6", d6.clone()),
        ("d%", die(100)),
        ("2dF", Distribution::uniform(-1..=1).times(2)),
        ("d{1,1,2,5}", Distribution::from_faces([1, 1, 2, 5]).unwrap()),
        ("3d{-1, 0 ,4}", Distribution::from_faces([-1, 0, 4]).unwrap().times(3)),
        ("d{1:1/2, 2:1/3, 3:1/6}", Distribution::from_weights([(1, 3), (2, 2), (3, 1)]).unwrap()),
        (
            "2d{0:0.75,1:.25}".replace(":.", ":0.").as_str(),
            Distribution::from_weights([(0, 3), (1, 1)]).unwrap().times(2),
        ),
        ("d{7:1}", Distribution::constant(7)),
        ("(1+1)d6", d6.times(2)),
        ("-(2)d6d{3:1}".replace("d{3:1}", "").as_str(), -d6.times(2)),
        ("2d1d6", d6.times(2)),
        ("((((d6))))", d6.clone()),
        ("4d6kh3", Pool::of(&d6, 4).keep_highest(3).unwrap()),
        ("4d6 K 3", Pool::of(&d6, 4).keep_highest(3).unwrap()),
        ("2d20kh", Pool::of(&die(20), 2).keep_highest(1).unwrap()),
        ("4d6kl2 - 1", Pool::of(&d6, 4).keep_lowest(2).unwrap() - 1),
        ("-4d6 DH 1", -Pool::of(&d6, 4).drop_highest(1).unwrap()),
        ("4d6dl", Pool::of(&d6, 4).drop_lowest(1).unwrap()),
        ("5d6dl1dh1", Pool::of(&d6, 5).sum_of(1..4).unwrap()),
        ("5d6kh4kl2", Pool::of(&d6, 5).sum_of(1..3).unwrap()),
        ("(5d6kh4)kl2", Pool::of(&d6, 5).sum_of(1..3).unwrap()),
        ("4d6kh0", Distribution::constant(0)),
        ("4dFkh1", Pool::of(&Distribution::uniform(-1..=1), 4).keep_highest(1).unwrap()),
        ("(2d6 + d8)kh2", Pool::new([die(6), die(6), die(8)]).keep_highest(2).unwrap()),
        ("(d4+d6+d8+d8)dl1dh1 * 2", Pool::new([4, 6, 8, 8].map(die)).sum_of(1..3).unwrap() * 2),
        ("(1+2)d6kh2", Pool::of(&d6, 3).keep_highest(2).unwrap()),
        ("3d6!", d6.explode(10, |x| x == 6).unwrap().distribution.times(3)),
        ("d6 ! 2", d6.explode(2, |x| x == 6).unwrap().distribution),
        ("d{1,1,4}!1", Distribution::from_faces([1, 1, 1, 1, 1, 1, 5, 5, 8]).unwrap()),
        ("4d6!1kh3", Pool::of(&d6.explode(1, |x| x == 6).unwrap().distribution, 4).keep_highest(3).unwrap()),
        ("2d6r1", d6.reroll(|x| x == 1).unwrap().times(2)),
        ("2d6r<=2", d6.reroll(|x| x <= 2).unwrap().times(2)),
        ("2d6 r<3 r = 6", d6.reroll(|x| x < 3 || x == 6).unwrap().times(2)),
        ("(d6r1)r2", d6.reroll(|x| x == 1).unwrap().reroll(|x| x == 2).unwrap()),
        ("d6r1r2r3r4r5r6", d6.clone()),
        ("0d6kh0", Distribution::constant(0)),
        (
            "d{-3,-1}!1!1",
            // -4 and -2 with 1/4, -3 with 1/2; then -2 is rolled again.
            Distribution::from_weights([(-6, 1), (-5, 2), (-4, 5), (-3, 8)]).unwrap(),
        ),
        ("d{4}!3", Distribution::constant(16)),
        ("abs(-2d6)", d6.times(2)),
        ("d20r5r>=19r1r2r4r<2r20", die(20).reroll(|x| [1, 2, 4, 5, 19, 20].contains(&x)).unwrap()),
        ("d6r>9223372036854775807", d6.clone()),
        ("dFr-1", Distribution::uniform(-1..=1).reroll(|x| x == -1).unwrap()),
        ("4d6r1kh3", Pool::of(&d6.reroll(|x| x == 1).unwrap(), 4).keep_highest(3).unwrap()),
        ("d6r1!1", d6.reroll(|x| x == 1).unwrap().explode(1, |x| x == 6).unwrap().distribution),
        ("5d10>=8", die(10).count_successes(5, |x| x >= 8).unwrap()),
        ("5d10>8 + 1", die(10).count_successes(5, |x| x > 8).unwrap() + 1),
        ("5d10 < 3", die(10).count_successes(5, |x| x < 3).unwrap()),
        ("5d10<=3", die(10).count_successes(5, |x| x <= 3).unwrap()),
        ("5d10=3", die(10).count_successes(5, |x| x == 3).unwrap()),
        ("5d10 == 3", die(10).count_successes(5, |x| x == 3).unwrap()),
        ("4dF>=-1", Distribution::constant(4)),
        (
            "(2d6+3d10)>=6",
            d6.count_successes(2, |x| x >= 6).unwrap() + die(10).count_successes(3, |x| x >= 6).unwrap(),
        ),
        ("max(d6, d8)", d6.maximum(&die(8)).unwrap()),
        ("MAX(d6)", d6.clone()),
        ("1 + min(d6, d8, 2d4) - 1", d6.minimum(&die(8)).unwrap().minimum(&die(4).times(2)).unwrap()),
        ("-max(1 - d6, -d8)", (d6.clone() - 1).minimum(&die(8)).unwrap()),
        ("abs(d6 - d6)", (&d6 - &d6).absolute().unwrap()),
        ("d6 * d6", &d6 * &d6),
        ("d6*d4*2", &d6 * die(4) * 2),
        ("d6 d4", d6.compound(&die(4)).unwrap()),
        ("2d6d4", d6.times(2).compound(&die(4)).unwrap()),
        ("(d6)d4", d6.compound(&die(4)).unwrap()),
        ("(d6 - 1)dF + 1", (d6.clone() - 1).compound(&Distribution::uniform(-1..=1)).unwrap() + 1),
        ("d2d2d2", die(2).compound(&die(2)).unwrap().compound(&die(2)).unwrap()),
        ("7", Distribution::constant(7)),
    ] {
        assert_eq!(roll(text), expected, "{text}");
    }
}

#[test]
fn wrong_expressions_are_refused_at_their_place() {
    use ErrorKind::{Limit, Overflow, Parse, Undefined, Unsupported};
    for (text, kind, position) in [
        ("", Parse, 0),
        ("   ", Parse, 0),
        ("3d6 +", Parse, 5),
        ("* 2", Parse, 0),
        ("(d6", Parse, 0),
        ("2*(3+(d6)", Parse, 2),
        ("d6)", Parse, 2),
        ("()", Parse, 1),
        ("d", Parse, 1),
        ("3d+1", Parse, 2),
        ("d-6", Parse, 1),
        ("2d6 3", Parse, 4),
        ("2.5", Parse, 1),
        ("3(d6+1)", Parse, 1),
        ("d6(2)", Parse, 2),
        ("d6 ^ 2", Parse, 3),
        ("d6/2", Parse, 2),
        ("x + 1", Parse, 0),
        ("d6 + é", Parse, 5),
        ("d0", Undefined, 1),
        ("d{}", Parse, 2),
        ("d{1,}", Parse, 4),
        ("d{1,2", Parse, 1),
        ("d{1;2}", Parse, 3),
        ("d{1, 2:1/2}", Parse, 5),
        ("d{1:1/2, 2:1/3}", Undefined, 1),
        ("d{1:1/0}", Undefined, 6),
        ("d{1:-1/2, 2:3/2}", Undefined, 4),
        ("d{1:x}", Parse, 4),
        ("(1-3)d6", Undefined, 5),
        ("d(6)", Unsupported, 1),
        ("4d6kh5", Undefined, 3),
        ("4d6kh3dl4", Undefined, 6),
        ("(4d6 + 1)kh3", Unsupported, 9),
        ("7kh1", Unsupported, 1),
        ("(d4)d6kl1", Unsupported, 6),
        ("(d6*d6)!", Unsupported, 7),
        ("4d6kh3!", Unsupported, 6),
        ("4d6dl1r1", Unsupported, 6),
        ("max(d6,d8)r1", Unsupported, 10),
        ("(d6 - 1)>=3", Unsupported, 8),
        ("4d6kh3=6", Unsupported, 6),
        ("d6 r", Parse, 4),
        ("d6r<", Parse, 4),
        ("d6 >= d6", Parse, 6),
        ("d6 >= -", Parse, 7),
        ("4d6kx", Parse, 4),
        ("4d6h1", Parse, 3),
        ("d6 !! 3.5", Parse, 7),
        ("max", Parse, 3),
        ("max d6", Parse, 4),
        ("max()", Parse, 4),
        ("max(d6,)", Parse, 7),
        ("max(,d6)", Parse, 4),
        ("2 + max(d6, d8", Parse, 4),
        ("abs(d6, d8)", Parse, 6),
        ("(d6, d8)", Parse, 3),
        ("d6, d8", Parse, 2),
        ("max(d6))", Parse, 7),
        ("(d6-3)d6", Undefined, 6),
        ("1 + d1000 * d6 * (d6-9000000000000000)", Overflow, 15),
        ("d100000000 * d100000000", Limit, 11),
        ("1000000d6!1000", Limit, 0),
        ("d6!100000000000", Limit, 2),
        ("1000000d1000000kh500000", Limit, 0),
        ("d1000000 d1000000", Limit, 9),
        ("1 + 1000000000d6", Limit, 4),
        ("d1000000000000", Limit, 0),
        ("0 * d1000000000000", Limit, 4),
        ("d99999999999999999999", Limit, 1),
        ("99999999999999999999", Limit, 0),
        ("d{1,2,9223372036854775807}", Limit, 1),
        ("d6 + 1000000000000*d6", Limit, 0),
        ("9223372036854775807 * d6", Overflow, 20),
        ("9223372036854775807d6", Overflow, 0),
        ("9223372036854775807 + 1", Overflow, 0),
        ("1-(0-9223372036854775807-1)", Overflow, 1),
        ("2 * - (0-9223372036854775807-1)", Overflow, 4),
        ("d{3}!9223372036854775807", Overflow, 4),
    ] {
        match text.parse::<Distribution>() {
            Ok(value) => panic!("{text} is read as {value:?}"),
            Err(error) => {
                assert_eq!((error.kind(), error.position()), (kind, Some(position)), "{text}: {error}")
            }
        }
    }
}

#[test]
fn work_is_counted_also_where_it_is_thrown_away() {
    let work = |text: &str| text.parse::<Expression>().unwrap().extent().unwrap().work();
    for text in [
        "0*d1000",
        "d1000>=3",
        "4d1000kh0",
        "4d1000kh2>=7",
        "abs(d1000-500)",
        "min(d1000, 1)",
        "d1000!0",
        "d1000r1",
        "(0*d1000)d6",
        "(0*d1000)*2",
        "3*(0*d1000)",
        "max(d1000)",
    ] {
        assert!(work(text) > 1000.0, "{text}: {}", work(text));
        assert!(work(&format!("{text} + {text}")) >= 2.0 * work(text), "{text}");
    }
    let again = |n: usize| work(&format!("d1000{}", "r1".repeat(n)));
    // Each condition takes a step at least: without them both are the same.
    assert!(again(10_000) > again(1) + 10_000.0);
    assert!(work("abs(abs(abs(d1000-1)-1)-1)") > 2.0 * work("abs(d1000-1)"));
}

#[test]
fn values_are_held_against_the_limit_together() {
    // One has 2.9 * 10^9 bits, dropped or not, of 2^37 that all may have.
    let dropped = |n: usize| vec!["d9999999kh0"; n].join("+").parse::<Expression>().unwrap().extent();
    assert_eq!(dropped(40).unwrap().max(), 0);
    let error = dropped(60).unwrap_err();
    assert_eq!((error.kind(), error.position().unwrap() % 12), (ErrorKind::Limit, 0));
    assert!(error.message().starts_with("the values in this text take "), "{error}");
    // Of arguments there are never more than two.
    let most = format!("max({}1)", "d9999999,".repeat(60)).parse::<Expression>().unwrap().extent();
    assert_eq!(most.unwrap().max(), 9_999_999);
}

#[test]
fn long_probabilities_are_read() {
    let nines = "9".repeat(30_000);
    let rare = roll(&format!("d{{1:1/{nines}, 2:{}8/{nines}}}", &nines[1..]));
    assert_eq!(rare.weight(1), 1.into());
    assert_eq!(rare.denominator(), &crate::parse_integer(&nines).unwrap());
    let error = format!("d{{1:1/2, 2:1/2, 3:1/{nines}}}").parse::<Distribution>().unwrap_err();
    assert_eq!(error.message(), "the probabilities sum to 1 + 1.00000e-30000, not to 1");
    let error = format!("d{{1:0.{nines}}}").parse::<Distribution>().unwrap_err();
    assert_eq!(error.message(), "the probabilities sum to 1 - 1e-30000, not to 1");
    let error = format!("d{{1:-1/{nines}}}").parse::<Distribution>().unwrap_err();
    assert_eq!(error.message(), format!("a probability is negative: -1/{}...", &nines[..37]));
    // Over thousands of different primes there is a common denominator, and no more of it than fits.
    let primes = (2..30_000u32).filter(|n| (2..).take_while(|d| d * d <= *n).all(|d| n % d != 0));
    let many: Vec<_> = primes.map(|p| format!("{p}:1/{p}")).collect();
    let error = format!("d{{{}}}", many.join(",")).parse::<Distribution>().unwrap_err();
    assert!(error.message().starts_with("the probabilities sum to 1 + 1."), "{error}");
}

#[test]
fn many_suffixes_are_read_in_time() {
    let error = format!("1d6{}", "k".repeat(2_000_000)).parse::<Expression>();
    assert!(error.is_ok());
}

#[test]
fn remainders_of_explosions_are_exact() {
    let remainders = |text: &str| -> Vec<String> {
        let evaluated = text.parse::<Expression>().unwrap().evaluate().unwrap();
        evaluated.remainders.iter().map(ToString::to_string).collect()
    };
    assert_eq!(remainders("3d6 + d4"), [""; 0]);
    assert_eq!(remainders("3d6!2"), ["1/216"]);
    assert_eq!(remainders("d6r6!0 + (d4 + 2d{1,2,2})!1 - d{3}!7"), ["1/36", "1/16", "4/9", "1"]);
}

/// Every roll of `n` dice with `faces` faces, sorted.
fn rolls(n: usize, faces: i64) -> Vec<Vec<i64>> {
    let mut rolls = vec![Vec::new()];
    for _ in 0..n {
        let more =
            |roll: &Vec<i64>| (1..=faces).map(|face| [&roll[..], &[face]].concat()).collect::<Vec<_>>();
        rolls = rolls.iter().flat_map(more).collect();
    }
    rolls.iter_mut().for_each(|roll| roll.sort_unstable());
    rolls
}

#[test]
fn successes_among_kept_dice_are_counted() {
    let count = |places: std::ops::Range<usize>, hit: &dyn Fn(i64) -> bool| {
        let counts = rolls(4, 5)
            .into_iter()
            .map(|roll| roll[places.clone()].iter().filter(|x| hit(**x)).count() as i64);
        Distribution::from_faces(counts).unwrap()
    };
    assert_eq!(roll("4d5kh2>=4"), count(2..4, &|x| x >= 4));
    assert_eq!(roll("4d5kl3>4"), count(0..3, &|x| x > 4));
    assert_eq!(roll("4d5dl1dh1<=2"), count(1..3, &|x| x <= 2));
    assert_eq!(roll("4d5kh3<3"), count(1..4, &|x| x < 3));
    assert_eq!(roll("4d5=3"), count(0..4, &|x| x == 3));
    let mixed = rolls(2, 3).into_iter().flat_map(|roll| {
        (1..=6).map(move |x| {
            let mut all = [roll[0], roll[1], x];
            all.sort_unstable();
            all[1..].iter().filter(|x| **x >= 3).count() as i64
        })
    });
    assert_eq!(roll("(2d3 + d6)kh2>=3"), Distribution::from_faces(mixed).unwrap());
}

#[test]
fn nesting_is_bounded_and_nothing_recurses() {
    let nested = |n: usize| format!("{}d6{}", "-(".repeat(n), ")".repeat(n));
    assert_eq!(roll(&nested(MAX_DEPTH)), Distribution::die(6));
    let error = nested(MAX_DEPTH + 1).parse::<Distribution>().unwrap_err();
    assert_eq!((error.kind(), error.position()), (ErrorKind::Limit, Some(2 * MAX_DEPTH + 1)));
    assert!("(".repeat(100_000).parse::<Distribution>().is_err());
    assert_eq!(roll(&format!("{}d6", "-".repeat(100_001))), -Distribution::die(6));
    let nested = |n: usize| format!("{}d6{}", "max(".repeat(n), ", 1)".repeat(n));
    assert_eq!(roll(&nested(MAX_DEPTH)), Distribution::die(6));
    assert_eq!(nested(MAX_DEPTH + 1).parse::<Distribution>().unwrap_err().kind(), ErrorKind::Limit);
    assert_eq!(roll(&format!("d6{}", "kh1".repeat(10_000))), Distribution::die(6));
    assert_eq!(roll(&format!("d100000{}", "r7".repeat(100_000))).min(), 1);
    assert_eq!(roll(&("d6 + ".repeat(40) + "0")), Distribution::die(6).times(40));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_answered(text in "([0-9dDkhlrF%{}(),:/!<>=*+ .é-]|max\\(|min\\(|abs\\(|d6|kh){0,24}", anything in "\\PC{0,12}") {
        // Sizes only: a random expression may be large and within the limits.
        for text in [text, anything] {
            if let Err(error) = text.parse::<Expression>().and_then(|e| e.extent()) {
                prop_assert!(error.position().is_some_and(|at| text.is_char_boundary(at)), "{}: {}", text, error);
            }
        }
    }

    #[test]
    fn sizes_are_those_of_the_distributions(a in 1u64..5, b in 1i64..9, c in 1u64..4, scale in -3i64..4) {
        let text = format!("{scale} * ({a}d{b} + 2*{c}dF) - {a}d{{0,{b},{}}}", 3 * b);
        let expression: Expression = text.parse().unwrap();
        let (extent, value) = (expression.extent().unwrap(), expression.distribution().unwrap());
        prop_assert_eq!((extent.min(), extent.max(), extent.step(), extent.len()), (value.min(), value.max(), value.step(), value.weights().len() as u64), "{}", text);
        prop_assert!(value.weights().iter().all(|w| w.bits() <= extent.weight_bits()));
    }

    #[test]
    fn sizes_are_bounds(n in 1u64..5, faces in 1i64..7, a in -2i64..7, pattern in 0usize..24) {
        let die = format!("{n}d{{{a},{faces},{}}}", 2 * faces);
        let text = [
            format!("{die}kh"), format!("{die}dl1"), format!("({die} + d4)kh{n}"), format!("(2d4 + {die})dl1dh1"),
            format!("{die}!2"), format!("{die}r{a}"), format!("{die}r<={faces}!1"), format!("{die}>={faces}"), format!("{die}kl>={a}"),
            format!("max({die}, {a}, d4)"), format!("min({die}, 2*d4)"), format!("abs({die})"), format!("abs(3*d6 - 2*{die})"),
            format!("{die} * d4"), format!("({die}) * ({die} - {faces})"), format!("abs({die})d4"), format!("d4 d{{{a},{faces}}}"),
            format!("(2*d3) d{{{a},{faces}}}"), format!("abs({die} * d2)"), format!("max(2*{die}, 3*d4)"), format!("-({die}kl1)"),
            format!("({die}<{a})d6kh1"), format!("{n}d{{-9,-{faces},{}}}!1!2", a - 3), format!("abs(max({die}))d2"),
        ];
        let expression: Expression = text[pattern].parse().unwrap();
        let (extent, value) = match (expression.extent(), expression.distribution()) {
            (Ok(extent), Ok(value)) => (extent, value),
            (Err(error), Err(_)) => {
                prop_assert_eq!(error.kind(), ErrorKind::Unsupported, "{}", text[pattern]);
                return Ok(());
            }
            (_, value) => panic!("{}: {value:?}", text[pattern]),
        };
        prop_assert!(extent.min() <= value.min() && value.max() <= extent.max(), "{}", text[pattern]);
        let on_lattice = |x: i64| (x - extent.min()) % extent.step() == 0;
        prop_assert!(value.outcomes().all(|(x, _)| on_lattice(x)), "{}", text[pattern]);
        prop_assert!(value.weights().iter().all(|w| w.bits() <= extent.weight_bits()));
    }
}
