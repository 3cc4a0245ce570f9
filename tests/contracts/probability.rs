//! The pages about sums and densities: each runs, checks itself, prints what is written here, and draws it.

use crate::program;
use std::path::Path;

/// What an example of the gallery prints, and the words in its pictures.
fn drawn(example: &str, pictures: &[&str]) -> (String, Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(example);
    let output = program::run(example, &[folder.as_os_str()], b"");
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{example}");
    let names: Vec<_> = output.stdout.lines().filter_map(|line| line.strip_prefix("drew ")).collect();
    assert_eq!(names, pictures);
    let mut words = Vec::new();
    for name in names {
        let source = std::fs::read_to_string(folder.join(name)).expect("it was drawn");
        let document = roxmltree::Document::parse(&source).expect("well-formed");
        let texts = document.descendants().filter(|node| node.has_tag_name("text"));
        words.extend(texts.filter_map(|node| node.text()).map(|text| text.trim().to_owned()));
        assert!(source.len() < 100_000, "{name} is a picture for a page: {} bytes", source.len());
    }
    (output.stdout, words)
}

/// Whether all of these are there.
fn has(words: &[String], wanted: &[&str]) {
    for wanted in wanted {
        assert!(words.iter().any(|word| word == wanted), "{wanted:?} is not in {words:?}");
    }
}

#[test]
fn dropped_ball() {
    let (text, words) = drawn("dropped_ball", &["dropped_ball.svg"]);
    has(&words, &["g reversed, from the end 3: g(3 − a)", "19/80", "9/80", "8/19", "-3"]);
    // (f * g)[c] = 1 2 5 8 12 20 19 10 3 in eightieths, by hand.
    let table = "\
two drops end at
  -3  1/80
  -2  1/40
  -1  1/16
   0  1/10
   1  3/20
   2  1/4
   3  19/80
   4  1/8
   5  3/80
";
    assert!(text.starts_with(table), "{text}");
    assert!(text.contains("\nP(3) = f(2)g(1) + f(1)g(2) + f(0)g(3) = 19/80\n"), "{text}");
    assert!(
        text.contains("\nP(3) is the sum over all positions between:\n  f( 2) * g(1) = 3/10 * 3/8 = 9/80\n"),
        "{text}"
    );
    assert!(text.contains("it lay between the drops at\n   0  2/19\n   1  8/19\n   2  9/19\n"), "{text}");
    assert!(text.contains("given that it ends at 6: the sum 6 has probability 0"), "{text}");
}

#[test]
fn weighted_dice() {
    let (text, words) = drawn("weighted_dice", &["weighted_dice.svg"]);
    has(&words, &["the first die", "the second die", "their sum", "11/120"]);
    let rows: Vec<_> =
        text.lines().skip(1).take(11).map(|line| line.split_whitespace().collect::<Vec<_>>()).collect();
    let sums = ["1/30", "1/20", "11/120", "7/60", "1/6", "1/5", "7/60", "1/12", "1/15", "1/20", "1/40"];
    assert!(rows.iter().map(|row| row[1]).eq(sums), "{text}");
    assert!(text.contains("\nfair dice: 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1 ways of 36\n"), "{text}");
}

#[test]
fn two_dice() {
    let (text, words) = drawn("two_dice", &["two_dice.svg"]);
    assert!(text.contains("\n   4  3 of 36 = 1/12  1+3 2+2 3+1\n"), "{text}");
    assert!(text.contains("\nd6 - d6 goes from -5 to 5 and is 0 with 1/6\n"), "{text}");
    has(&words, &["2 to 12: 1 2 3 4 5 6 5 4 3 2 1 of 36", "7: 6", "12: 1"]);
    // The table with its headings, the first die, and eleven places of the second.
    let faces = words.iter().filter(|word| word.parse::<u32>().is_ok()).count();
    assert_eq!(faces, 36 + 12 + 6 + 11 * 6);
}

#[test]
fn binomial() {
    let (text, words) = drawn("binomial", &["binomial.svg"]);
    // C(5, 2) (2/5)^2 (3/5)^3 = 10*4*27/3125.
    assert!(text.contains("\n  2   2/5   216/625 = 0.3456\n"), "{text}");
    has(&words, &["share of successes, k/n", "n = 160"]);
}

#[test]
fn dropped_ball_in_two_dimensions() {
    let (text, words) = drawn("dropped_ball_2d", &["dropped_ball_2d.svg"]);
    assert!(text.contains("\n      1    5   15   23   12    2\n"), "{text}");
    assert!(text.contains("\nP(1, 1) = 7/48\n"), "{text}"); // 35/240
    assert!(text.contains("as a product of polynomials: (x^5 + 5*x^4 + 2*x^3 + 5*x^2 + x)*y^4 + "), "{text}");
    has(&words, &["both, f * g, in 240-ths", "35"]);
}

#[test]
fn moving_average() {
    let (text, words) = drawn("moving_average", &["moving_average_ends.svg", "moving_average.svg"]);
    let valid = "mean of 5, valid         8 values  18/5  22/5  22/5  27/5  7  33/5  32/5  6";
    assert!(text.lines().any(|line| line == valid), "{text}");
    has(&words, &["full: 16 values", "valid: 8", "centre-weighted, 11 days"]);
}

#[test]
fn boxes() {
    let (text, words) = drawn("box_triangle", &["box_triangle.svg"]);
    assert!(text.starts_with("box * box        [0, 1): x; [1, 2): -x + 2\n"), "{text}");
    assert!(text.contains("[0, 1): 1/2*x; [1, 2): 1/2; [2, 3): -1/2*x + 3/2\n"), "{text}");
    assert!(
        text.contains("\n   3/2                           1/2                           1/2\n"),
        "{text}"
    );
    // Two captions for each frame of the animation, from -1/6 to 19/6 by twelfths.
    has(&words, &["t = 5/12: area 5/12", "t = 5/12: area 5/24", "t = 31/12: area 5/24", "t = -1/6: area 0"]);
    assert_eq!(words.iter().filter(|word| word.starts_with("t = ")).count(), 2 * 41);
}

#[test]
fn convolutional_layer() {
    let (text, words) = drawn("convolutional_layer", &["convolutional_layer.svg"]);
    assert!(text.contains("\n    0  1 -2  1  0  0  0  0\n"), "{text}");
    assert!(text.contains("\n48 entries, 18 of them not zero, 3 different weights\n"), "{text}");
    assert!(text.contains("\nrelu(W x + 3) = 0 16 0 15 0 17\n"), "{text}");
    has(&words, &["a dense layer: 48 weights", "W x"]);
}

#[test]
fn polynomial_product() {
    let (text, words) = drawn("polynomial_product", &["polynomial_product.svg"]);
    assert!(text.contains("\nf * g = 20*x^5 - 13*x^4 + 21*x^3 + 3*x^2 - x + 2\n"), "{text}");
    assert!(text.contains("\nx^2: (2)*(5) + (3)*(-2) + (-1)*(1) = 3\n"), "{text}");
    assert!(text.starts_with(
        "1 2 3 and 4 5 6\n  added       5 7 9\n  multiplied  4 10 18\n  convolved   4 13 28 27 18\n"
    ));
    has(&words, &["-13 · x⁴", "15"]);
}

#[test]
fn heat_kernel() {
    let (text, words) = drawn("heat_kernel", &["heat_kernel.svg"]);
    // C(32, 16)/4^16.
    assert!(text.contains("\n   16  0.139949934  "), "{text}");
    has(&words, &["heat along a rod", "n = 256", "temperature"]);
}

#[test]
fn output_lengths() {
    let (text, words) = drawn("output_lengths", &["output_lengths.svg"]);
    for line in [
        "  full, m + n - 1                   9: 3 31 314 141 415 159 592 920 200",
        "  same, m                           7: 31 314 3141 1415 4159 1592 5920",
        "  valid, m - n + 1                  4: 3141 1415 4159 1592",
        "5 x 9 with 2 x 3: full [6, 11], same [5, 9], valid [4, 7]",
    ] {
        assert!(text.lines().any(|l| l == line), "{text}");
    }
    assert_eq!(words.iter().filter(|word| *word == "●").count(), (9 + 7 + 5) + (10 + 7 + 4));
}

/// What a plain transform gets right depends on the machine; what the accurate products do, does not.
#[test]
fn accurate_tails() {
    let output = program::run::<&str>("accurate_tails", &[], b"");
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let text = output.stdout;
    assert!(text.contains("\nright to 1e-12, of 3731 that a float can hold (of 5001 in all):\n"), "{text}");
    assert!(text.contains("\n  500 + 500 3731 (5001 in all), bound "), "{text}");
    assert!(text.contains("\n  power     3731 (5001 in all), bound "), "{text}");
    assert!(text.contains("\n  1500     -365.9    underflow "), "{text}");
}
