//! `dice`: its three formats against enumeration of all rolls, its answers, its refusals, its exit status.

use crate::program::{self, Output};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::BTreeMap;

fn dice(arguments: &[&str]) -> Output {
    program::run("dice", arguments, b"")
}

/// What it prints when all is well.
fn answer(arguments: &[&str]) -> String {
    let output = dice(arguments);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{arguments:?}: {}", output.stdout);
    output.stdout
}

/// The number of ways to each sum, by rolling everything.
fn enumerate(dice: &[&[i64]]) -> BTreeMap<i64, u64> {
    let mut rolls = vec![0];
    for faces in dice {
        rolls = rolls.iter().flat_map(|sum| faces.iter().map(move |face| sum + face)).collect();
    }
    let mut ways = BTreeMap::new();
    for sum in rolls {
        *ways.entry(sum).or_default() += 1;
    }
    ways
}

const D4: &[i64] = &[1, 2, 3, 4];
const D6: &[i64] = &[1, 2, 3, 4, 5, 6];
const MINUS_D6: &[i64] = &[-1, -2, -3, -4, -5, -6];
const FATE: &[i64] = &[-1, 0, 1];
const ODD: &[i64] = &[1, 1, 2, 5];

/// Expressions with the dice that they roll; the product of the numbers of faces is the denominator.
fn known() -> Vec<(&'static str, Vec<&'static [i64]>)> {
    vec![
        ("d6", vec![D6]),
        ("2d6", vec![D6, D6]),
        ("3d6", vec![D6, D6, D6]),
        ("4d6", vec![D6; 4]),
        (" 3 d6 + 2d4 - 1 ", vec![D6, D6, D6, D4, D4, &[-1]]),
        ("d6-d6", vec![D6, MINUS_D6]),
        ("-2d6", vec![MINUS_D6, MINUS_D6]),
        ("3 - (d6 - (d4 + 1))", vec![&[3], MINUS_D6, D4, &[1]]),
        ("2 * d6", vec![&[2, 4, 6, 8, 10, 12]]),
        ("d4 * -10 + d6", vec![&[-10, -20, -30, -40], D6]),
        ("-3*(d4 - 1)", vec![&[0, -3, -6, -9]]),
        ("4dF", vec![FATE; 4]),
        ("2d{1,1,2,5}", vec![ODD, ODD]),
        ("d{1:1/2, 2:1/3, 3:1/6}", vec![&[1, 1, 1, 2, 2, 3]]),
        ("2d{-1:0.5, 7:0.25, 0:0.25} + d4", vec![&[-1, -1, 0, 7], &[-1, -1, 0, 7], D4]),
        ("5", vec![&[5]]),
        ("0d6", vec![&[0]]),
    ]
}

/// Expressions that are more than sums, with what they are of all rolls of some dice.
type Roll<'a> = (&'a str, Vec<&'static [i64]>, fn(&[i64]) -> i64);

fn functions() -> Vec<Roll<'static>> {
    fn sorted(roll: &[i64]) -> Vec<i64> {
        let mut roll = roll.to_vec();
        roll.sort_unstable();
        roll
    }
    fn open(roll: &[i64], highest: i64) -> i64 {
        let rolls = roll.iter().take_while(|&&x| x == highest).count();
        roll[..(rolls + 1).min(roll.len())].iter().sum()
    }
    vec![
        ("4d6kh3", vec![D6; 4], |r| sorted(r)[1..].iter().sum()),
        ("4d6kl2 + 1", vec![D6; 4], |r| sorted(r)[..2].iter().sum::<i64>() + 1),
        ("4d6dh1", vec![D6; 4], |r| sorted(r)[..3].iter().sum()),
        ("5d4dl2", vec![D4; 5], |r| sorted(r)[2..].iter().sum()),
        ("2d6kh", vec![D6; 2], |r| r[0].max(r[1])),
        ("4d{1,1,2,5}dl1dh1", vec![ODD; 4], |r| sorted(r)[1..3].iter().sum()),
        ("(2d4 + d6 + dF)kh2", vec![D4, D4, D6, FATE], |r| sorted(r)[2..].iter().sum()),
        ("4d6>=5", vec![D6; 4], |r| r.iter().filter(|&&x| x >= 5).count() as i64),
        ("4d6kh2>4", vec![D6; 4], |r| sorted(r)[2..].iter().filter(|&&x| x > 4).count() as i64),
        ("3d6=6", vec![D6; 3], |r| r.iter().filter(|&&x| x == 6).count() as i64),
        ("d6!2", vec![D6; 3], |r| open(r, 6)),
        ("2d4!1", vec![D4; 4], |r| open(&r[..2], 4) + open(&r[2..], 4)),
        ("d6r1", vec![D6; 2], |r| if r[0] == 1 { r[1] } else { r[0] }),
        ("d6r<=2", vec![D6; 2], |r| if r[0] <= 2 { r[1] } else { r[0] }),
        ("2d4r1kh1", vec![D4; 4], |r| {
            let again = |a, b| if a == 1 { b } else { a };
            again(r[0], r[1]).max(again(r[2], r[3]))
        }),
        ("max(d6, 2d4)", vec![D6, D4, D4], |r| r[0].max(r[1] + r[2])),
        ("min(d6, d4, d{1,1,2,5})", vec![D6, D4, ODD], |r| r[0].min(r[1]).min(r[2])),
        ("abs(d6 - d4)", vec![D6, D4], |r| (r[0] - r[1]).abs()),
        ("d6 * d4", vec![D6, D4], |r| r[0] * r[1]),
        ("dF * (d4 - 2)", vec![FATE, D4], |r| r[0] * (r[1] - 2)),
        ("d4 d6", vec![D4, D6, D6, D6, D6], |r| r[1..=r[0] as usize].iter().sum()),
        ("(2d4-2)dF", vec![D4, D4, FATE, FATE, FATE, FATE, FATE, FATE], |r| {
            r[2..(r[0] + r[1]) as usize].iter().sum()
        }),
    ]
}

#[test]
fn every_construct_agrees_with_all_rolls() {
    for (text, dice, value) in functions() {
        let mut rolls = vec![Vec::new()];
        for faces in &dice {
            let more =
                |roll: &Vec<i64>| faces.iter().map(|face| [&roll[..], &[*face]].concat()).collect::<Vec<_>>();
            rolls = rolls.iter().flat_map(more).collect();
        }
        let mut ways = BTreeMap::<i64, u64>::new();
        for roll in &rolls {
            *ways.entry(value(roll)).or_default() += 1;
        }
        let (denominator, rows) = read_csv(&answer(&[text, "--format", "csv"]));
        let found: Vec<_> = rows
            .into_iter()
            .map(|(outcome, n, _)| (outcome, BigRational::new(n, denominator.clone())))
            .collect();
        let expected: Vec<_> = ways
            .into_iter()
            .map(|(outcome, n)| (outcome, BigRational::new(n.into(), rolls.len().into())))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// Lines of CSV: the denominator and the rows.
fn read_csv(text: &str) -> (BigInt, Vec<(i64, BigInt, String)>) {
    let mut lines = text.lines();
    let denominator = lines.next().and_then(|l| l.strip_prefix("# denominator: ")).expect("a comment line");
    assert_eq!(lines.next(), Some("outcome,numerator,probability"));
    let rows = lines.map(|line| {
        let [outcome, numerator, probability] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        (outcome.parse().unwrap(), numerator.parse().unwrap(), probability.to_owned())
    });
    (denominator.parse().unwrap(), rows.collect())
}

#[test]
fn every_format_agrees_with_enumeration() {
    for (text, dice) in known() {
        let ways = enumerate(&dice);
        let total: u64 = dice.iter().map(|faces| faces.len() as u64).product();
        let expected: Vec<_> = ways.iter().map(|(&outcome, &n)| (outcome, BigInt::from(n))).collect();
        let fractions =
            expected.iter().map(|(outcome, n)| (*outcome, BigRational::new(n.clone(), total.into())));
        let fractions: Vec<_> = fractions.collect();

        let (denominator, rows) = read_csv(&answer(&[text, "--format", "csv"]));
        // The library's denominator may be smaller than the number of rolls.
        let factor = BigInt::from(total) / &denominator;
        let scaled: Vec<_> = rows.iter().map(|(o, n, _)| (*o, n * &factor)).collect();
        assert_eq!(scaled, expected, "{text}");
        for ((_, _, decimal), (_, p)) in rows.iter().zip(&fractions) {
            let p =
                p.numer().to_string().parse::<f64>().unwrap() / p.denom().to_string().parse::<f64>().unwrap();
            assert!((decimal.parse::<f64>().unwrap() / p - 1.0).abs() < 5.1e-6, "{text}: {decimal}");
        }

        let json: serde_json::Value = serde_json::from_str(&answer(&[text, "--format", "json"])).unwrap();
        assert_eq!(json["expression"], text);
        assert_eq!(json["denominator"], denominator.to_string());
        let outcomes: Vec<(i64, String)> = serde_json::from_value(json["outcomes"].clone()).unwrap();
        assert!(
            outcomes
                .iter()
                .map(|(o, n)| (*o, n.parse().unwrap()))
                .eq(rows.iter().map(|(o, n, _)| (*o, n.clone())))
        );
        let moment =
            |k: u32| -> BigRational { fractions.iter().map(|(o, p)| p * BigInt::from(*o).pow(k)).sum() };
        let (mean, variance) = (moment(1), moment(2) - moment(1) * moment(1));
        assert_eq!(json["mean"], mean.to_string(), "{text}");
        assert_eq!(json["variance"], variance.to_string(), "{text}");

        let table = answer(&[text]);
        let rows: Vec<(i64, BigRational)> = table
            .lines()
            .skip(1)
            .take_while(|line| !line.is_empty())
            .map(|line| {
                let mut columns = line.split_whitespace();
                let mut column = || columns.next().expect("outcome, fraction, decimal, bar");
                (column().parse().unwrap(), column().parse().unwrap())
            })
            .collect();
        assert_eq!(rows, fractions, "{text}");
    }
}

#[test]
fn a_table_looks_like_this() {
    let table = "\
outcome  probability  decimal
      1          1/2  0.5          ########################################
      2          1/3  0.333333     ###########################
      3          1/6  0.166667     #############

mean                5/3 = 1.66667
variance            5/9 = 0.555556
standard deviation  0.745356
mode                1
median              3/2 = 1.5
";
    assert_eq!(answer(&["d{1:1/2, 2:1/3, 3:1/6}"]), table);
    assert!(answer(&["d%"]).contains("mode                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... (100 modes)\n"));
}

#[test]
fn a_hundred_dice_are_exact() {
    let (denominator, rows) = read_csv(&answer(&["100d6", "--format", "csv"]));
    assert_eq!(denominator, BigInt::from(6).pow(100));
    assert_eq!(rows.len(), 501);
    assert_eq!(rows.iter().map(|row| &row.1).sum::<BigInt>(), denominator);
    assert!(rows.iter().zip(rows.iter().rev()).all(|(a, b)| a.1 == b.1));
    // C(100 + k - 1, k) ways to k pips above the least, as long as no die can show more than 6.
    let mut ways = BigInt::from(1);
    for (k, row) in (0i64..6).zip(&rows) {
        assert_eq!((row.0, &row.1), (100 + k, &ways));
        ways = ways * (100 + k) / (k + 1);
    }
    assert_eq!(rows[0].2, "1.53065e-78");
    let table = answer(&["100d6"]);
    assert!(table.contains("\nmean                350\nvariance            875/3 = 291.667\n"));
    assert!(table.lines().nth(1).unwrap().contains(&format!(" 1/{denominator} ")));
}

#[test]
fn probabilities_below_every_float_are_printed() {
    // 6^-1000, from Python's decimal module.
    let line = answer(&["1000d6", "--exactly", "1000", "--digits", "30"]);
    assert!(line.trim_end().ends_with(" = 7.05910458616523208683634160109e-779"), "{line}");
    assert!(answer(&["1000d6", "--exactly", "1000"]).trim_end().ends_with(" = 7.05910e-779"));
}

#[test]
fn questions_are_answered() {
    assert_eq!(
        answer(&["3d6", "--at-least", "16", "--at-most", "4", "--exactly", "10"]),
        "P(X >= 16) = 5/108 = 0.0462963\nP(X <= 4) = 1/54 = 0.0185185\nP(X = 10) = 1/8 = 0.125\n"
    );
    assert_eq!(answer(&["--exactly", "-3", "-d6"]), "P(X = -3) = 1/6 = 0.166667\n");
    assert_eq!(answer(&["d6", "--exactly", "7"]), "P(X = 7) = 0\n");
    assert_eq!(answer(&["d6", "--at-least=-9223372036854775808"]), "P(X >= -9223372036854775808) = 1\n");
    assert_eq!(
        answer(&["d6", "--compare", "d4", "--digits", "3"]),
        "P(first > second) = 7/12 = 0.583\nP(first = second) = 1/6 = 0.167\nP(first < second) = 1/4 = 0.25\n"
    );
    assert_eq!(
        answer(&["2d6", "--at-least", "11", "--format", "csv"]),
        "event,fraction,probability\nX >= 11,1/12,0.0833333\n"
    );
    let json: serde_json::Value =
        serde_json::from_str(&answer(&["2d6", "--compare", "2d6", "--format", "json"])).unwrap();
    assert_eq!(json["probabilities"][1]["event"], "first = second");
    assert_eq!(json["probabilities"][1]["fraction"], "73/648");
}

/// Numbers of the upper half of a symmetric table are those that were written for the lower one.
#[test]
fn rows_of_all_formats_agree() {
    for expression in ["20d6", "2d4 - 2d7", "3d{1:1/2, 2:1/3, 9:1/6}", "700 * d2", "7", "1000d2"] {
        let csv = answer(&[expression, "--format", "csv"]);
        let rows: Vec<_> = csv.lines().skip(2).map(|line| line.split(',').collect::<Vec<_>>()).collect();
        let json: serde_json::Value =
            serde_json::from_str(&answer(&[expression, "--format", "json"])).unwrap();
        let outcomes = json["outcomes"].as_array().unwrap();
        assert_eq!(rows.len(), outcomes.len());
        let mut sum = BigInt::from(0);
        for (row, pair) in rows.iter().zip(outcomes) {
            assert_eq!((row[0], Some(row[1])), (pair[0].to_string().as_str(), pair[1].as_str()));
            sum += row[1].parse::<BigInt>().unwrap();
        }
        assert_eq!(Some(sum.to_string().as_str()), json["denominator"].as_str(), "{expression}");
    }
}

#[test]
fn comparisons_agree_with_all_pairs() {
    let (ours, theirs) = (enumerate(&[D6, D6, ODD]), enumerate(&[D4, D4, D4, FATE]));
    let total = BigInt::from(144 * 192);
    let count = |wanted: std::cmp::Ordering| -> BigRational {
        let pairs = ours.iter().flat_map(|a| theirs.iter().map(move |b| (a.0.cmp(b.0), a.1 * b.1)));
        let ways: u64 = pairs.filter(|pair| pair.0 == wanted).map(|pair| pair.1).sum();
        BigRational::new(ways.into(), total.clone())
    };
    use std::cmp::Ordering::{Equal, Greater, Less};
    let text = answer(&["2d6 + d{1,1,2,5}", "--compare", "3d4 + dF"]);
    for (line, wanted) in text.lines().zip([Greater, Equal, Less]) {
        assert_eq!(
            line.split(" = ").find_map(|part| part.parse::<BigRational>().ok()),
            Some(count(wanted)),
            "{line}"
        );
    }
}

#[test]
fn wrong_expressions_are_one_line_and_status_1() {
    let deep = "(".repeat(100_000);
    for (text, message) in [
        ("", "the expression is empty, at position 1"),
        ("3d6 +", "a number or a die is missing at the end, at position 6"),
        ("(d6", "the parenthesis is not closed, at position 1"),
        ("d6)", "unexpected ')', at position 3"),
        ("2d6 3", "unexpected '3', at position 5"),
        ("d6 & 2", "unexpected '&', at position 4"),
        ("x", "unknown name x, at position 1"),
        ("3d", "the number of faces is missing, at position 3"),
        ("d0", "a die without faces, at position 2"),
        ("3(d6+1)", "a number before a parenthesis: write 3 * (...) for 3 times one roll, at position 2"),
        ("d{1:1/2, 2:1/3}", "the probabilities sum to 5/6, not to 1, at position 2"),
        ("d{1:3/2, 2:-1/2}", "a probability is negative: -1/2, at position 12"),
        ("d{1:1/0}", "a probability with the denominator 0, at position 7"),
        ("d{}", "a face is missing before '}', at position 3"),
        ("d{1,2", "the brace is not closed, at position 2"),
        ("d{1, 2:1/2}", "either all faces have a probability or none, at position 6"),
        ("4d6kh5", "cannot keep 5 of 4 dice, at position 4"),
        ("4d6dl5", "cannot drop 5 of 4 dice, at position 4"),
        ("(d6+1)kh1", "only dice can be kept or dropped, not what was computed from them, at position 7"),
        ("4d6kh3!", "dice can explode only before some are dropped, at position 7"),
        ("(d6*2)r1", "only dice can be rolled again, not what was computed from them, at position 7"),
        ("(2d6+1)>=8", "successes are counted among dice, not of what was computed from them, at position 8"),
        ("2d6r", "the face to roll again is missing, at position 5"),
        ("d6 > d4", "a roll is compared with a number, and 'd' starts none, at position 6"),
        ("max d6", "'(' is missing after max, before 'd', at position 5"),
        ("max(d6,)", "a number or a die is missing before ')', at position 8"),
        ("min(d6", "the parenthesis is not closed, at position 1"),
        ("abs(d6, 2)", "unexpected ',', at position 7"),
        ("(d6-2)d4", "-1 dice: the number is negative, at position 7"),
        ("99999999999999999999d6", "a number of 20 digits is over the limit of 2^63 - 1, at position 1"),
        ("9223372036854775807 + 1", "an outcome would be over the limit of 2^63 - 1, at position 1"),
        ("d6 - (0-9223372036854775807-1)", "an outcome would be over the limit of 2^63 - 1, at position 4"),
        (&deep, "parentheses are nested over the limit of 1000, at position 1001"),
    ] {
        let Output { status, stdout, stderr } = dice(&[text]);
        let shown = &text[..text.len().min(40)];
        assert_eq!(
            (status, stdout.as_str(), stderr.as_str()),
            (1, format!("error: {message}\n").as_str(), ""),
            "{shown}"
        );
    }
}

#[test]
fn what_is_too_large_is_refused() {
    for text in [
        "1000000000d6",
        "d1000000000000",
        "d6 + 1000000000000 * d6",
        "d{0, 1, 9000000000000000000}",
        "100000d1000",
        "1000000d1000000kh500000",
        "d1000000 d1000000",
        "d100000000 * d100000000",
        "d6!100000000000",
    ] {
        let Output { status, stdout, .. } = dice(&[text]);
        assert!(status == 1 && stdout.starts_with("error: the distribution would have "), "{text}: {stdout}");
        assert!(
            stdout.contains(" over the limit of 4294967296 bits in all, at position "),
            "{text}: {stdout}"
        );
    }
    let small = dice(&["100d6", "--limit-bits", "1000"]);
    assert_eq!((small.status, small.stdout.contains("over the limit of 1000 bits")), (1, true));
}

#[test]
fn what_takes_too_long_is_refused() {
    for text in [
        format!("d9999999{}", "!0".repeat(1000)),
        format!("max(10000000{})", ",d9999999".repeat(12_000)),
        format!("{}0*d9999999", "0*d9999999+".repeat(11_000)),
        format!("0{}", "+(d9999999!0)kh0*1".repeat(1000)),
    ] {
        let Output { status, stdout, .. } = dice(&[&text]);
        let shown = &text[..text.len().min(40)];
        assert!(status == 1 && stdout.lines().count() == 1, "{shown}: {stdout}");
        assert!(stdout.starts_with("error: it would take about "), "{shown}: {stdout}");
        assert!(
            stdout.contains(" word operations, over the limit of 274877906944, at position "),
            "{shown}: {stdout}"
        );
        assert!(stdout.ends_with(" (--limit-work N allows more)\n"), "{shown}: {stdout}");
    }
    assert_eq!(dice(&["100d6", "--limit-work", "1000"]).status, 1);
    assert_eq!(dice(&["100d6", "--limit-work", "1000000"]).status, 0);
}

/// Short texts whose answers, or whose ways, would be long: an answer or one line that refuses it, and not after minutes.
#[test]
fn short_texts_that_ask_for_much_end_at_once() {
    for (text, expected) in [
        ("(9000000000000000000d1 + d2)kh1", "P(X >= 2) = 1/2 = 0.5\n"),
        ("(9000000000000000000d1 + d7)kh1", "P(X >= 2) = 6/7 = 0.857143\n"),
        ("(d{0} + d{1} + d{1000000000000})kh1", "P(X >= 2) = 1\n"),
        ("(d{-9000000000000000000, 0} + 3d{0})kl2", "P(X >= 2) = 0\n"),
        ("d{-3,-1}!1!1", "P(X >= 2) = 0\n"),
        ("(d6r1)r2", "P(X >= 2) = 1253/1296 = 0.966821\n"),
        ("9999999d{1,1,1}kh3", "P(X >= 2) = 1\n"),
        ("d2!3000", "P(X >= 2) = 1/2 = 0.5\n"),
        ("(d9999+d9998)kh1", "P(X >= 2) = 99970001/99970002 = 1.00000\n"),
        ("5d100000r1kh4", "error: it would take about "),
        ("(1000d999+d998)kh500", "error: the distribution would have "),
        (
            "(2d2+d9999999)dl1dh1",
            "error: the distribution would have 2 outcomes, and its dice would be sorted by ",
        ),
        ("(900000000d2 + d3)kh2", "error: the distribution would have "),
        ("(9223372036854775807d{-1,1} + d{5})dl1", "error: an outcome would be over the limit of 2^63 - 1"),
    ] {
        let start = std::time::Instant::now();
        let Output { status, stdout, .. } = dice(&[text, "--at-least", "2"]);
        let error = expected.starts_with("error");
        assert!(if error { stdout.starts_with(expected) } else { stdout == expected }, "{text}: {stdout}");
        assert_eq!((status, stdout.lines().count()), (i32::from(error), 1), "{text}");
        assert!(start.elapsed().as_secs() < 60, "{text}"); // a wrong way would take minutes to centuries
    }
    // A face with a long probability is read in quasi-linear time.
    let long = format!("d{{1:1/1{},2:1/2}}", "0".repeat(100_000));
    let Output { status, stdout, .. } = dice(&[&long]);
    assert!(status == 1 && stdout.starts_with("error: the probabilities sum to "), "{stdout:.80}");
}

#[test]
fn what_waits_is_held_against_the_limit_together() {
    let Output { status, stdout, .. } = dice(&[&vec!["d9999999kh0"; 50].join("+")]);
    assert!(status == 1 && stdout.starts_with("error: the values in this text take "), "{stdout}");
}

#[test]
fn long_texts_are_answered_at_once() {
    let kept = format!("1d6{}", "k".repeat(120_000));
    assert_eq!(answer(&[&kept, "--exactly", "3"]), "P(X = 3) = 1/6 = 0.166667\n");
    let again = format!("d1000{}", "r0".repeat(60_000));
    assert_eq!(answer(&[&again, "--exactly", "3"]), "P(X = 3) = 1/1000 = 0.001\n");
    let primes = (2..20_000u32).filter(|n| (2..).take_while(|d| d * d <= *n).all(|d| n % d != 0));
    let many: Vec<_> = primes.map(|p| format!("{p}:1/{p}")).collect();
    let Output { status, stdout, .. } = dice(&[&format!("d{{{}}}", many.join(","))]);
    assert!(status == 1 && stdout.starts_with("error: the probabilities sum to 1 + 1."), "{stdout}");
}

#[test]
fn edges_are_answered() {
    assert_eq!(answer(&["d6r1r2r3r4r5r6", "--format", "csv"]), answer(&["d6", "--format", "csv"]));
    assert_eq!(answer(&["0d6kh0", "--format", "csv"]), answer(&["0", "--format", "csv"]));
    assert_eq!(answer(&["d{6}!4000000", "--exactly", "24000006"]), "P(X = 24000006) = 1\n");
    assert_eq!(
        answer(&["d{-9000000000000000000,0,9000000000000000000}", "--format", "csv", "--digits", "3"]),
        "# denominator: 3\noutcome,numerator,probability\n-9000000000000000000,1,0.333\n0,1,0.333\n9000000000000000000,1,0.333\n"
    );
}

#[test]
fn what_explosions_are_cut_off_by_stands_below_the_table() {
    let table = answer(&["2d6!2 + 3d4!1 + d4!1"]);
    assert!(table.ends_with("\nexploding further   1/216 = 0.00462963, 1/16 = 0.0625\n"), "{table}");
    assert!(!answer(&["2d6"]).contains("exploding"));
    for format in ["csv", "json"] {
        assert!(!answer(&["2d6!2", "--format", format]).contains("further"));
    }
}

#[test]
fn errors_of_the_second_expression() {
    let output = dice(&["d6", "--compare", "d6 +"]);
    assert_eq!(
        (output.status, output.stdout.as_str()),
        (1, "error: --compare: a number or a die is missing at the end, at position 5\n")
    );
}

#[test]
fn wrong_usage_is_status_2_on_standard_error() {
    for arguments in [
        &[] as &[&str],
        &["d6", "d8"],
        &["d6", "--unknown"],
        &["d6", "--format", "xml"],
        &["d6", "--format"],
        &["d6", "--at-least", "many"],
        &["d6", "--at-least", "9223372036854775808"],
        &["d6", "--digits", "0"],
        &["d6", "--digits", "1000000000"],
        &["d6", "--digits=-1"],
        &["d6", "--limit-work", "many"],
    ] {
        let Output { status, stdout, stderr } = dice(arguments);
        assert_eq!((status, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.starts_with("error: ") && stderr.contains("\nusage: dice EXPRESSION"), "{stderr}");
    }
    assert!(answer(&["--help"]).starts_with("usage: dice EXPRESSION [options]\n"));
}

#[test]
#[cfg(unix)]
fn bytes_that_are_no_text_are_refused() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let bytes = OsStr::from_bytes(b"d6 + \xff");
    let output = program::run("dice", &[bytes], b"");
    assert_eq!(
        (output.status, output.stdout.as_str()),
        (1, "error: the expression is not valid UTF-8, at position 6\n")
    );
    let output = program::run("dice", &[OsStr::new("d6"), OsStr::new("--at-least"), bytes], b"");
    assert_eq!(output.status, 2);
    let output = program::run("dice", &[OsStr::new("d6"), OsStr::from_bytes(b"--\xfe=\xff")], b"");
    assert_eq!(output.status, 2);
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let mut child = Command::new(program::path("dice"))
        .args(["d1000000", "--format", "csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("a line");
    assert_eq!(line, "# denominator: 1000000\n");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
