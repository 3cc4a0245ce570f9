//! `calculator`: what it reads, prints and refuses, line by line; its help by running it; its way with pipes.

use crate::program::{self, Output};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

fn calculator(arguments: &[&str], input: &[u8]) -> Output {
    program::run("calculator", arguments, input)
}

/// One answer for each line, over a ring.
fn answers(ring: &str, lines: &[impl AsRef<str>]) -> Vec<String> {
    let input: String = lines.iter().map(|line| format!("{}\n", line.as_ref())).collect();
    let output = calculator(&["--ring", ring], input.as_bytes());
    assert_eq!(output.stderr, "", "over {ring}");
    let answers: Vec<String> = output.stdout.lines().map(str::to_owned).collect();
    assert_eq!(answers.len(), lines.len(), "one line out for each line in over {ring}: {}", output.stdout);
    let failed = answers.iter().any(|answer| answer.starts_with("error: "));
    assert_eq!(output.status, i32::from(failed), "exit status over {ring}");
    assert!(!output.stdout.contains("internal mistake"), "{}", output.stdout);
    answers
}

/// Lines with what they print.
fn expect(ring: &str, table: &[(&str, &str)]) {
    let lines: Vec<_> = table.iter().map(|(line, _)| *line).collect();
    for ((line, expected), answer) in table.iter().zip(answers(ring, &lines)) {
        assert_eq!(answer, *expected, "{line} over {ring}");
    }
}

#[test]
fn arithmetic_and_precedence() {
    expect(
        "ZZ",
        &[
            ("(x+1)^3", "x^3 + 3*x^2 + 3*x + 1"),
            ("-x^2", "-x^2"),
            ("2^3^2", "512"),
            ("2**10", "1024"),
            ("4/2x", "2*x"),
            ("3(x+1)", "3*x + 3"),
            ("2x^2-x", "2*x^2 - x"),
            ("--2", "2"),
            ("0^0", "1"),
            ("(x - x)^0", "1"),
            ("x - x", "0"),
            ("t^2 - 1", "t^2 - 1"),
            ("alpha_1 - 3*alpha_1^2", "-3*alpha_1^2 + alpha_1"),
            ("(x^2 - 1)/(x + 1)", "x - 1"),
            ("6x/3", "2*x"),
            ("0/x", "0"),
            ("[x, [], [1, 2]]", "[x, [], [1, 2]]"),
            ("(-1)^(10^30 + 1)", "-1"),
            ("x^(2^3)", "x^8"),
            ("x^(10 - 2*3)", "x^4"),
        ],
    );
    expect(
        "QQ",
        &[
            ("1/2*x", "1/2*x"),
            ("1/2x", "1/2*x"),
            ("x/3 + 0.25", "1/3*x + 1/4"),
            ("1.5e-3", "3/2000"),
            ("(x + 1/2)^2", "x^2 + x + 1/4"),
            ("x^(4/2)", "x^2"),
        ],
    );
}

#[test]
fn factors_and_roots() {
    expect(
        "GF(2)",
        &[
            ("factor(0)", "0"),
            ("factor(1)", "1"),
            ("factor(x^8 + x)", "(x)*(x + 1)*(x^3 + x + 1)*(x^3 + x^2 + 1)"),
            ("squarefree(x^6 + x^4)", "(x)^4*(x + 1)^2"),
            ("irreducible(t^4 + t + 1)", "1"),
            ("roots(x^3 + x)", "[[0, 1], [1, 2]]"),
        ],
    );
    expect(
        "GF(101)",
        &[
            ("factor(-3*t^4 + 3*t^3)", "98*(t)^3*(t + 100)"),
            ("f = factor(5*(x^2 + 1)^2)", "5*(x + 10)^2*(x + 91)^2"),
            ("f - x^4", "4*x^4 + 10*x^2 + 5"),
            ("irreducible(7)", "0"),
            ("irreducible(x^2 + 2)", "1"),
            ("roots(x^2 + 2)", "[]"),
            ("roots(0)", "error: the roots of zero: every element is one, at position 1"),
            (
                "factor(x*y)",
                "error: polynomials in one variable are expected here, not in several, at position 1",
            ),
        ],
    );
    expect(
        "GF(2^89-1)",
        &[
            ("factor(x^2 - 3)", "(x^2 + 618970019642690137449562108)"),
            ("roots(x^2 - 9)", "[[3, 1], [618970019642690137449562108, 1]]"),
        ],
    );
    expect("ZZ", &[("roots((2*x - 1)*(x + 3)^2*x)", "[[-3, 2], [0, 1]]")]);
    expect("QQ", &[("roots((2*x - 1)*(x + 3)^2*x)", "[[-3, 2], [0, 1], [1/2, 1]]")]);
    expect(
        "ZZ/8",
        &[
            ("roots(x^2 - 1)", "[[1, 1], [3, 1], [5, 1], [7, 1]]"),
            ("roots(4*x)", "[[0, 1], [2, 1], [4, 1], [6, 1]]"),
        ],
    );
    expect("ZZ/6", &[("roots(x)", "error: roots modulo 6, which is no power of a prime, at position 1")]);
    expect("RR", &[("factor(x)", "error: factors over RR are not offered, at position 1")]);
}

#[test]
fn real_and_complex_roots() {
    let beyond = "error: a root is beyond the range of floats: ask for it with decimals, complexroots(f, d), at position 1";
    expect(
        "ZZ",
        &[
            ("realroots((x - 3)^2*x*(x^2 + 1))", "[[0, 0], [3, 3]]"),
            ("realroots(7)", "[]"),
            (
                "realroots(x^2 - 2, 30)",
                "[-1.414213562373095048801688724210, 1.414213562373095048801688724210]",
            ),
            ("realroots(2*y - 1, 0)", "[1]"),
            ("complexroots(x^2 + 1)", "[-i, i]"),
            ("complexroots((x - 1)^2*(x^2 - 2*x + 5))", "[1, 1, 1 - 2*i, 1 + 2*i]"),
            ("complexroots(x^4 - 2, 4)", "[-1.1892, 1.1892, 0.0000 - 1.1892*i, 0.0000 + 1.1892*i]"),
            ("complexroots(0)", "error: every number is a root of the zero polynomial, at position 1"),
            ("complexroots(x^2 - 10^10000)", beyond),
            ("complexroots(10^400*x - 1)", beyond),
            ("complexroots(10^400*x^2 - x)", beyond),
            ("complexroots(x^2)", "[0, 0]"),
        ],
    );
    expect(
        "QQ",
        &[
            ("realroots(x/3 - 1/7)", "[[3/7, 3/7]]"),
            ("realroots(x^3 - 3*x + 1, 8)", "[-1.87938524, 0.34729636, 1.53208889]"),
            ("complexroots(x^2 + x + 1)", "[-0.5 - 0.8660254037844386*i, -0.5 + 0.8660254037844386*i]"),
        ],
    );
    expect(
        "RR",
        &[
            ("realroots(0.5*x - 1.25)", "[[5/2, 5/2]]"),
            ("complexroots(x^2 - 4)", "[-2, 2]"),
            (
                "complexroots(x, 3)",
                "error: decimals over RR are those of floats: leave their number out, or compute over QQ, at position 1",
            ),
        ],
    );
    expect("CC", &[("complexroots(x - 1 - 2*i)", "[1 + 2*i]")]);
    let refused = "real roots of polynomials over ZZ/7 are not offered: there are those over ZZ, QQ and RR";
    expect("ZZ/7", &[("realroots(x)", &format!("error: {refused}, at position 1"))]);
    // More decimals than a format has room for.
    let long = answers("QQ", &["realroots(x - 1/3, 70000)", "complexroots(x^2 - 1/9, 65535)"]);
    let third = |n: usize| format!("0.{}", "3".repeat(n));
    assert_eq!(long, [format!("[{}]", third(70_000)), format!("[-{0}, {0}]", third(65_535))]);
    // An interval holds the root, and no other.
    assert_eq!(answers("ZZ", &["realroots(x^2 - 2)"])[0].matches('[').count(), 3);
}

#[test]
fn every_ring() {
    expect("ZZ/6", &[("(x+5)^2 + 9", "x^2 + 4*x + 4"), ("-1", "5"), ("x/5", "5*x"), ("3^(10^12)", "3")]);
    expect("ZZ/2^64", &[("(x - 1)^2", "x^2 + 18446744073709551614*x + 1")]);
    expect("ZZ/10^30", &[("-x", "999999999999999999999999999999*x"), ("10^15*x*10^15", "0")]);
    expect("GF(7)", &[("1/3", "5"), ("gcd(x^6 - 1, x^2 + x)", "x + 1"), ("(x + 1)^7", "x^7 + 1")]);
    expect(
        "GF(9)",
        &[
            ("(a + 1)^2", "2*a"),
            ("1/a", "2*a"),
            ("factor(x^2 + 1)", "(x + a)*(x + 2*a)"),
            ("(a+1)*x - a", "(a + 1)*x + 2*a"),
        ],
    );
    expect("GF(2^100)", &[("a^100", "a^6 + a^5 + a^2 + 1"), ("(x + a)^2", "x^2 + a^2")]);
    expect(
        "GF(7, a^2 + 1)",
        &[("a^2", "6"), ("roots(x^2 + 1)", "[[a, 1], [6*a, 1]]"), ("irreducible(x^2 + a)", "0")],
    );
    expect(
        "QQ(a, a^2 - 2)",
        &[
            ("1/(a + 1)", "a - 1"),
            ("factor(x^4 - 4)", "(x - a)*(x + a)*(x^2 + 2)"),
            ("gcd(x^2 - 2, x^2 + (1 - a)*x - a)", "x - a"),
            ("roots(2*x^2 - 1)", "[[-1/2*a, 1], [1/2*a, 1]]"),
            ("0.5*a*x", "1/2*a*x"),
            ("resultant(x^2 - 2, x - a - 1)", "2*a + 1"),
        ],
    );
    expect("QQ[i]", &[("factor(x^2 + 1)", "(x - i)*(x + i)")]);
    expect("GF(2^89-1)", &[("1/3", "412646679761793424966374741"), ("3*(1/3)", "1")]);
    expect(
        "ZZ[i]",
        &[
            ("(x + i)^2", "x^2 + 2*i*x - 1"),
            ("(1+2i)*x^2 - i", "(1 + 2*i)*x^2 - i"),
            ("x - (3 - i)", "x + (-3 + i)"),
            ("(1 + 3i)/(1 + i)", "2 + i"),
            ("gcd(x^2 + 1, x + i)", "x + i"),
        ],
    );
    expect("QQ[i]", &[("(2 + 3i)/(1 + i)", "5/2 + 1/2*i"), ("0.5*i*x", "1/2*i*x")]);
    expect(
        "RR",
        &[
            ("0.1 + 0.2", "0.30000000000000004"),
            ("x/2 - 1e20", "0.5*x - 1e20"),
            ("1e-7*x^2", "1e-7*x^2"),
            ("(x + 0.5)^2", "x^2 + x + 0.25"),
        ],
    );
    expect("CC", &[("(x + i)*(x - i)", "x^2 + 1"), ("1.5 + 2i", "1.5 + 2*i"), ("i/2*x", "0.5*i*x")]);
    expect(
        "i64",
        &[
            ("9223372036854775807 - x", "-x + 9223372036854775807"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("x - 9223372036854775807 - 1", "x + -9223372036854775808"),
        ],
    );
    expect("i128", &[("2^64", "18446744073709551616")]);
}

#[test]
fn names_of_rings() {
    let table = [
        ("ZZ", "ZZ"),
        ("ZZ / 6", "ZZ/6"),
        ("ZZ/2^64", "ZZ/18446744073709551616"),
        ("ZZ/(2^61-1)", "ZZ/2305843009213693951"),
        ("ZZ/10^30", "ZZ/1000000000000000000000000000000"),
        ("GF(7)", "GF(7)"),
        ("GF(2^89-1)", "GF(618970019642690137449562111)"),
        ("GF(9)", "GF(3, a^2 + 1)"),
        ("GF( 3 ^ 2 )", "GF(3, a^2 + 1)"),
        ("GF(2^8)", "GF(2, a^8 + a^4 + a^3 + a + 1)"),
        ("GF((2^89-1)^2)", "GF(618970019642690137449562111, a^2 + 1)"),
        ("QQ(r, r^2-2)", "QQ(r, r^2 - 2)"),
        ("GF(7, 2a^2+2)", "GF(7, a^2 + 1)"),
        ("ZZ[i]", "ZZ[i]"),
        ("QQ[i]", "QQ[i]"),
        ("RR", "RR"),
        ("CC", "CC"),
        ("i64", "i64"),
        ("i128", "i128"),
    ];
    let lines: Vec<String> = table.iter().map(|(name, _)| format!("ring {name}")).collect();
    assert_eq!(answers("QQ", &lines), table.map(|(_, title)| title));
}

#[test]
fn refused_rings_are_told_why() {
    let table = [
        ("ZZ/1", "ZZ/1: a modulus is at least 2"),
        ("ZZ/-5", "ZZ/-5: a modulus is at least 2"),
        ("ZZ/x", "x is no integer"),
        ("GF(7, a^2-1)", "a^2 + 6 is reducible over GF(7): a + 1 divides it"),
        ("GF(7, 3)", "the modulus 3 is a constant"),
        ("GF(7, b^2+1)", "the modulus b^2+1 is no polynomial in a alone"),
        ("GF(7, a^2+b)", "the modulus a^2+b is no polynomial in a alone"),
        ("GF(6, a^2+1)", "6 is not a prime: it is divisible by 2"),
        ("GF(0)", "0 is not a prime"),
        (
            "GF(2^3000)",
            "GF(2^3000): a modulus of degree 3000 is not looked for, 2000 is the most; GF(p, MODULUS) gives one",
        ),
        ("QQ(a)", "QQ(a): a number field is QQ(a, MODULUS)"),
        ("QQ(a, a^2-4)", "a^2 - 4 is reducible over QQ: a - 2 divides it"),
    ];
    let lines: Vec<String> = table.iter().map(|(name, _)| format!("ring {name}")).collect();
    assert_eq!(answers("ZZ", &lines), table.map(|(_, message)| format!("error: {message}")));
    let names = ["GF(6)", "GF(1)", "GF(0)", "GF(-7)", "GF(2^89+1)", "ZZ/", "GF()", "FF", "ZZ/2^(10^12)"];
    let answers = answers("ZZ", &names.map(|name| format!("ring {name}")));
    for (name, answer) in names.iter().zip(answers) {
        assert!(answer.starts_with("error: "), "{name}: {answer}");
    }
}

#[test]
fn several_variables() {
    expect(
        "ZZ",
        &[
            ("(x+y)^3", "x^3 + 3*x^2*y + 3*x*y^2 + y^3"),
            ("(b + a)*(a - b)", "a^2 - b^2"),
            ("(x+y+z)^2", "x^2 + 2*x*y + 2*x*z + y^2 + 2*y*z + z^2"),
            ("(x^3 - y^3)/(x - y)", "x^2 + x*y + y^2"),
            ("eval(x^2*y + y, 3)", "10*y"),
            ("derivative(x^3*y + y^2)", "3*x^2*y"),
            ("derivative(x^3*y, 2)", "6*x*y"),
            ("x + y - x", "y"),
            ("(x*y + 1)*(x*y - 1) - x^2*y^2", "-1"),
        ],
    );
    // Kronecker substitution and term by term are two ways: the power, and the product of powers of the sum.
    let line = "(x + 2*y + 3*z + 1)^12 - (x + 2*y + 3*z + 1)^5*((x + 2*y + 3*z + 1)^6*(x + 2*y + 3*z + 1))";
    expect("ZZ", &[(line, "0")]);
    for name in
        ["degree(x+y)", "gcd(x*y, x)", "coeffs(x+y)", "integral(x*y)", "plan(x, y)", "mulby(ntt, x, y)"]
    {
        assert!(answers("QQ", &[name])[0].contains("in one variable"), "{name}");
    }
}

#[test]
fn assignment() {
    expect(
        "ZZ",
        &[
            ("f = x^2 - 1", "x^2 - 1"),
            ("g=f/(x-1)", "x + 1"),
            ("f*g", "x^3 + x^2 - x - 1"),
            ("x = 3", "3"),
            ("f + x", "x^2 + 2"),
            ("y^x", "y^3"),
            ("n = degree(f)", "2"),
            ("y^n", "y^2"),
            ("f = f + 1", "x^2"),
        ],
    );
    expect("ZZ/7", &[("n = degree(x^10)", "10"), ("x^n", "x^10"), ("n + 1", "11"), ("10", "3")]);
}

/// What the help says of every function is what the program does.
#[test]
fn the_examples_of_the_help_hold() {
    let overview = answers("ZZ", &["help"]).remove(0);
    let (_, functions) = overview.split_once("functions: ").expect("a list of functions");
    let names: Vec<_> = functions.split_whitespace().collect();
    for name in "add sub mul pow mullow mulmid powlow degree coeff coeffs lc content primitive reverse height valuation \
                 quo rem divrem pseudorem exactquo divides gcd xgcd lcm invmod resultant discriminant ratrecon powmod \
                 multieval interpolate barycentric fromroots evalgeometric interpolategeometric shiftsamples remmany crt product \
                 eval compose composemod shift dilate inflate deflate decompose derivative integral \
                 tonewton fromnewton tofalling fromfalling tobernstein frombernstein tochebyshev fromchebyshev plan mulby"
        .split_whitespace()
    {
        assert!(names.contains(&name), "{name} is a function");
    }
    let requests: Vec<_> = names.iter().map(|name| format!("help {name}")).collect();
    for (name, text) in names.iter().zip(answers("ZZ", &requests)) {
        let (about, example) = text.split_once("; example").expect("an example");
        assert!(about.starts_with(&format!("{name}(")), "{text}");
        let (ring, example) = example.split_once(": ").expect("a line");
        let ring = ring.strip_prefix(" over ").unwrap_or("ZZ");
        let (line, answer) = example.split_once(" -> ").expect("an answer");
        assert_eq!(answers(ring, &[line]), [answer], "{name}");
    }
    for line in ["help sin", "help time", "help ring", "help quit", "help help"] {
        assert!(!answers("ZZ", &[line])[0].starts_with("error"), "{line}");
    }
    assert_eq!(answers("ZZ", &["help nothing"]), ["error: there is no function nothing"]);
}

#[test]
fn functions() {
    expect(
        "ZZ",
        &[
            ("degree(0)", "-oo"),
            ("valuation(0)", "oo"),
            ("lc(0)", "0"),
            ("coeffs(0)", "[]"),
            ("content(0)", "0"),
            ("primitive(0)", "0"),
            ("gcd(0, -2*x)", "2*x"),
            ("lcm(0, x)", "0"),
            ("reverse(x^3 + 2x)", "2*x^2 + 1"),
            ("coeff(x^2, 10^30)", "0"),
            ("divides(0, 0)", "1"),
            ("divides(0, x)", "0"),
            ("divides(2, x)", "0"),
            ("mullow((x+1)^5, (x+1)^5, 0)", "0"),
            ("mulmid((x+1)^5, (x+1)^5, 4, 6)", "252*x + 210"),
            ("powlow(x + 1, 10^30, 2)", "1000000000000000000000000000000*x + 1"),
            ("powlow(2x, 5, 10^40)", "32*x^5"),
            ("compose(x^3, y + 1)", "y^3 + 3*y^2 + 3*y + 1"),
            ("eval((x + 1)^10, 1)", "1024"),
            ("eval(x^100, y)", "y^100"),
            ("derivative(x^5, 6)", "0"),
            ("derivative(x^5, 10^40)", "0"),
            ("derivative(7)", "0"),
            ("integral(3*x^2 + 2*t*0)", "x^3"),
            ("resultant(x^2 - 1, x - 1)", "0"),
            ("height(-12*x^4 + 7)", "12"),
        ],
    );
    expect(
        "QQ",
        &[
            ("quo(x^3, 2*x + 1)", "1/2*x^2 - 1/4*x + 1/8"),
            ("rem(x^3, 2*x + 1)", "-1/8"),
            ("content(2/3*x + 4/5)", "2/15"),
            ("primitive(2/3*x + 4/5)", "5*x + 6"),
            ("integral(1)", "x"),
            ("invmod(x + 1, x^2 - 2)", "x - 1"),
        ],
    );
}

#[test]
fn mistakes_are_named_with_their_place() {
    expect(
        "ZZ",
        &[
            ("1/0", "error: division by zero, at position 2"),
            ("x/0", "error: division by zero, at position 2"),
            ("x/(x - x)", "error: division by zero, at position 2"),
            ("1 + 1/2", "error: 2 does not divide 1, at position 6"),
            ("(x^2 + 1)/(x + 1)", "error: the polynomials do not divide exactly, at position 10"),
            ("x^-1", "error: exponents are non-negative integers, not -1, at position 2"),
            ("x^y", "error: a plain integer is expected here, not a polynomial, at position 2"),
            ("x^(1/2)", "error: a plain integer is expected here, not a fraction, at position 2"),
            ("(x", "error: this parenthesis is not closed: ) is missing, at position 1"),
            ("x)", "error: unexpected ), at position 2"),
            ("x y", "error: an operator is missing before y; write * for a product, at position 3"),
            ("x(x+1)", "error: there is no function x; write x*(...) for a product, at position 1"),
            ("x & y", "error: unexpected character '&', at position 3"),
            ("2 * \u{e9}", "error: unexpected character '\u{e9}', at position 5"),
            ("1.5", "error: 1.5 is no element of ZZ, at position 1"),
            ("gcd(x)", "error: gcd takes 2 arguments, not 1, at position 1"),
            ("gcd = 2", "error: gcd is a function and cannot be assigned, at position 1"),
            ("realroots(0)", "error: every number is a root of the zero polynomial, at position 1"),
            ("realroots(x, -1)", "error: a number of decimals is expected here, not -1, at position 1"),
            ("realroots(x, 10^7)", "error: more than 1000000 decimals are not computed, at position 1"),
            ("GF(6)", "error: there is no function GF; write GF*(...) for a product, at position 1"),
            ("[1] + 1", "error: a polynomial is expected here, not a list, at position 5"),
            ("degree(0) + 1", "error: a polynomial is expected here, not an infinite degree, at position 11"),
            ("coeff(x, -1)", "error: a coefficient has a number from 0 up, not -1, at position 1"),
            (
                "mulby(fast, x, x)",
                "error: there is no algorithm fast, only schoolbook, karatsuba, kronecker, fft, ntt, at position 1",
            ),
            (
                "invmod(x, x)",
                "error: no inverse: the polynomial and the modulus have a factor in common, at position 1",
            ),
            (
                "ring FF",
                "error: there is no ring FF; there are ZZ, QQ, ZZ/n, GF(p), GF(p^k), GF(p, MODULUS), QQ(a, MODULUS), ZZ[i], QQ[i], RR, CC, i64, i128",
            ),
            ("1 + 1", "2"),
        ],
    );
    expect(
        "ZZ/7",
        &[
            ("n = 3", "3"),
            ("x^n", "error: a plain integer is expected here, not an element of ZZ/7, at position 2"),
        ],
    );
    expect(
        "RR",
        &[
            (
                "gcd(x, x)",
                "error: RR is not exact: common divisors are not defined up to rounding, at position 1",
            ),
            ("1e300*1e300", "error: the result leaves the range of the numbers of RR, at position 1"),
        ],
    );
    expect("ZZ[i]", &[("i = 2", "error: i has a fixed meaning here and cannot be assigned, at position 1")]);
    for line in [
        "9223372036854775807 + 1",
        "-9223372036854775807 - 2",
        "4294967296^2",
        "(x + 1)^100",
        "2^63*x",
        "2^62*x*2",
        "content(-9223372036854775807 - 1)",
        "eval(x^70, 2)",
        "integral(x)",
        "compose(2^62*x, 2*x)",
    ] {
        assert!(answers("i64", &[line])[0].starts_with("error: "), "{line}");
    }
}

#[test]
fn limits_are_named() {
    let lines = [
        "x^(10^12)",
        "2^(10^12)",
        "2^(10^(10^12))",
        "(x+1)^(10^9)",
        "((x^1000)^1000)^1000",
        "(x^1000 + x)^1000000",
        "x^(2^27)*x^(2^27)",
        "compose(x^100000, x^100000 + 1)",
        "compose(compose(x^1000 + 1, x^1000 + 2), x^1000 + 3)",
        "eval(x^(10^6), 10^(10^6))",
        "(x + y + z)^(10^6)",
        "(x + y)^(10^8)",
        "pow(x + 1, 10^10)",
        "powlow(2*x + 2, 10^12, 5)",
        "1 + 3^(2^40)",
    ];
    for (line, answer) in lines.iter().zip(answers("ZZ", &lines)) {
        assert!(answer.starts_with("error: ") && answer.contains(" limit of "), "{line}: {answer}");
    }
    // Lengths of series, which is all that is long in them.
    let dense: Vec<String> = (1..90).map(|k| format!("{}*x^{k}", k * k + 1)).collect();
    let dense = dense.join(" + ");
    for ring in ["ZZ", "QQ"] {
        let mut lines = Vec::new();
        for n in ["10^12", "10^18"] {
            for f in ["x", "x + x^2", &dense] {
                for name in ["exp", "sin", "tan", "sinh", "tanh", "asin", "atan", "reversion"] {
                    lines.push(format!("{name}({f}, {n})"));
                }
                lines.push(format!("composeseries({f}, x + {f}, {n})"));
                for name in ["log", "sqrt", "inverse"] {
                    lines.push(format!("{name}(1 + {f}, {n})"));
                }
                lines.push(format!("powseries(1 + {f}, 5, {n})"));
            }
        }
        for (line, answer) in lines.iter().zip(answers(ring, &lines)) {
            assert!(
                answer.starts_with("error: ") && answer.contains(" limit of "),
                "{ring}, {line}: {answer}"
            );
        }
    }
    assert!(
        answers("QQ", &["(1/2)^(10^12)", "1e10000000000"])
            .iter()
            .all(|a| a.contains("limit of 4294967296 bits"))
    );
    assert!(answers("ZZ[i]", &["(1 + i)^(10^12)"])[0].contains("limit of 4294967296 bits"));
    for text in
        ["(".repeat(100_000) + "x" + &")".repeat(100_000), "[".repeat(100_000), "2^".repeat(100_000) + "2"]
    {
        assert!(answers("ZZ", &[text])[0].contains("limit of 1000 levels"));
    }
    let fits = "(".repeat(1000) + "x" + &")".repeat(1000);
    assert_eq!(answers("ZZ", &[fits]), ["x"]);

    let small = |lines: &[&str]| {
        let output = calculator(&[&["--limit-bits", "100000"], lines].concat(), b"");
        assert!(!output.stdout.contains("internal"), "{}", output.stdout);
        output.stdout.lines().map(|line| line.contains("limit of 100000 bits")).collect::<Vec<_>>()
    };
    let fit = [
        "2^99999",
        "(x+1)^150",
        "x^9 + x^8 + 1",
        "2^50000 - 2^50000*x",
        "[2^40000, 2^40000]",
        "gcd(2^40000*x^2, 2^40000)",
    ];
    assert_eq!(small(&fit), [false; 6]);
    let over = [
        "2^100001",
        "(x+1)^1000",
        "2^99999 + 2^99999 + 2^99999 + 2^99999 + 2^99999",
        "2^50000*2^50200",
        "(2^50000*x)*2^50200",
        "(2^50000*x + 1)*(2^50100*x + 1)",
        "eval(x^2, 2^60000)",
        "compose(x^2, 2^60000*x + 1)",
        "derivative(2^99995*x^300)",
        "resultant(2^40000*x^3 + 1, 2^40000*x^3 + 3)",
        "[2^40000, 2^40000, 2^40000]",
    ];
    assert_eq!(small(&over), [true; 11]);
}

/// Polynomials and numbers known by name: where their coefficients are, where they are not, and sizes that are refused at once.
#[test]
fn sequences() {
    expect(
        "ZZ",
        &[
            ("cyclotomic(105) - cyclotomic(105)", "0"),
            ("chebyshevt(3) + x", "4*x^3 - 2*x"),
            ("gegenbauer(2, 1/2)", "error: the coefficient of x^0: 2 does not divide -1, at position 1"),
            ("jacobi(1, 1, 1)", "2*x"),
            ("laguerre(1, 3)", "-x + 4"),
            ("bernoulli(6)", "error: 42 does not divide 1, at position 1"),
            ("euler(4)", "5"),
            ("recurrence([2], [1], 100)", "1267650600228229401496703205376"),
            ("recurrence([], [7], 5)", "0"),
            (
                "recurrence([1, 1], [0], 5)",
                "error: a recurrence of order 2 begins with as many terms, not with 1, at position 1",
            ),
            ("berlekampmassey([1, 2, 4, 8])", "[2]"),
            ("berlekampmassey([4, 2, 1, 1/2])", "error: 2 does not divide 1, at position 28"),
            ("berlekampmassey([])", "[]"),
            ("frompowersums(powersums(x^3 - 2*x + 5, 3))", "x^3 - 2*x + 5"),
            ("fibonacci(-1)", "error: a non-negative integer is expected here, at position 1"),
        ],
    );
    expect(
        "QQ",
        &[("berlekampmassey([4, 2, 1, 1/2])", "[1/2]"), ("bernoulli(2)", "1/6"), ("eulerpoly(1)", "x - 1/2")],
    );
    expect(
        "GF(998244353)",
        &[
            ("fibonacci(10^18)", "23849548"),
            ("recurrence([1, 1], [0, 1], 10^18)", "23849548"),
            ("legendre(2)", "499122178*x^2 + 499122176"),
            ("partitions(5)", "5*x^4 + 3*x^3 + 2*x^2 + x + 1"),
        ],
    );
    let lines = [
        "cyclotomic(10^12)",
        "chebyshevt(10^9)",
        "hermite(10^18)",
        "swinnertondyer(60)",
        "bell(10^9)",
        "stirling1(10^7)",
        "stirling2(10^9)",
        "partitions(10^12)",
        "bernoulli(10^15)",
        "euler(10^15)",
        "fibonacci(10^18)",
        "fibonacci(10^30)",
        "recurrence([1, 1], [0, 1], 10^18)",
        "powersums(x - 2, 10^12)",
        "powersums(x - 2, 10^6)",
    ];
    for (line, answer) in lines.iter().zip(answers("ZZ", &lines)) {
        assert!(answer.starts_with("error: ") && answer.contains(" limit of "), "{line}: {answer}");
    }
}

#[test]
fn a_line_that_is_too_long_is_left_out() {
    let mut long = vec![b' '; 64 << 20];
    long.extend_from_slice(b"+1\n1+1\n");
    let output = calculator(&[], &long);
    let lines: Vec<_> = output.stdout.lines().collect();
    assert_eq!(lines, ["error: the line is over the limit of 67108864 bytes, at position 67108865", "2"]);
}

#[test]
fn huge_exponents_where_the_result_is_small() {
    expect(
        "ZZ",
        &[
            ("x^200000000 + 1", "x^200000000 + 1"),
            ("(x^100000000 + 1)^2", "x^200000000 + 2*x^100000000 + 1"),
            ("(x^1000000*y - 1)^3", "x^3000000*y^3 - 3*x^2000000*y^2 + 3*x^1000000*y - 1"),
            ("derivative(x^200000000)", "200000000*x^199999999"),
            ("eval(x^200000000 - 1, 1)", "0"),
            ("1^(10^100)", "1"),
        ],
    );
    expect("GF(7)", &[("3^(10^40)", "4"), ("powlow(x + 1, 10^30, 4)", "x + 1")]);
}

#[test]
fn lines_stay_in_step() {
    let output = calculator(&[], b"1+1\n\n  \t\n\xff\xfe\nx^2\n1/0\r\n2x\nquit\n3\n");
    assert_eq!(
        output.stdout,
        "2\nerror: the line is not UTF-8, at position 1\nx^2\nerror: division by zero, at position 2\n2*x\nbye\n"
    );
    assert_eq!(output.status, 1);
    let output = calculator(&[], b"1+1");
    assert_eq!((output.stdout.as_str(), output.status), ("2\n", 0));
    let output = calculator(&[], b"time 2*3\n");
    let (seconds, answer) = output.stdout.trim_end().split_once(" s: ").expect("seconds and an answer");
    assert!(seconds.parse::<f64>().is_ok_and(|seconds| seconds >= 0.0) && answer == "6");
    let output = calculator(&[], b"f = x/1 - 8\nring GF(7)\nf\n1/3\nring QQ\nf\nring\n");
    assert_eq!(output.stdout, "x - 8\nGF(7)\nx + 6\n5\nQQ\nx + 6\nQQ\n");
    let output = calculator(
        &["--ring", "QQ"],
        b"z = x/2\nx = 3\nn = degree(z^9)\ni = 1\nring ZZ[i]\nring GF(5)\nx\ny^n\n",
    );
    assert_eq!(output.stdout, "1/2*x\n3\n9\n1\nZZ[i] (no longer assigned: i, z)\nGF(5)\n3\ny^9\n");
    let output = calculator(&["--ring", "QQ"], b"z = x/2\nx = 3\nring GF(5)\nz\n");
    assert_eq!(output.stdout, "1/2*x\n3\nGF(5)\n3*x\n");
}

#[test]
fn command_line() {
    let output = calculator(&["x+1", "-x^2", "1/0", "f = 2", "f + 1"], b"");
    assert_eq!(output.stdout, "x + 1\n-x^2\nerror: division by zero, at position 2\n2\n3\n");
    assert_eq!(output.status, 1);
    assert_eq!(calculator(&["--ring=QQ", "x/2"], b"").stdout, "1/2*x\n");
    assert_eq!(calculator(&["--", "--2"], b"").stdout, "2\n");
    assert_eq!(calculator(&["--help"], b"").status, 0);
    for arguments in [
        &["--ring"][..],
        &["--ring", "GF(6)"],
        &["--rink", "ZZ"],
        &["--limit-bits", "x"],
        &["--ring", "GF(2, a^2+1)", "x"],
    ] {
        let output = calculator(arguments, b"1\n");
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            output.stderr.starts_with("error: ") && output.stderr.contains("usage: "),
            "{}",
            output.stderr
        );
    }
}

/// What is printed is read again and printed the same.
#[test]
fn output_is_input() {
    let lines = [
        ("ZZ", "(x - 3)^20*(2*x + 7)^5"),
        ("ZZ", "(x - 2*y + z^2)^5"),
        ("ZZ", "-x^3 - 1"),
        ("QQ", "(x/3 - 5/7)^9"),
        ("QQ", "(x/3 - y/2 - 1)^4"),
        ("ZZ/6", "(5x + 4)^9"),
        ("ZZ/2^64", "(x - 1)^9"),
        ("ZZ/10^30", "(x - 1)^9"),
        ("GF(7)", "(x + 3*y)^5"),
        ("ZZ[i]", "(x + 1 - 2i)^7"),
        ("QQ[i]", "(x/2 + 1 - i/3)^7"),
        ("RR", "(x/3 - 0.1)^9 + 1e30*x - 1e-30"),
        ("CC", "(x/3 - 0.1 + 0.7i)^9"),
        ("i64", "(x - 3)^9"),
        ("i64", "x^2 + (-9223372036854775807 - 1)*x - 9223372036854775807 - 1"),
        ("i128", "(x - 3)^30"),
    ];
    for (ring, line) in lines {
        let printed = answers(ring, &[line]).remove(0);
        assert!(!printed.starts_with("error"), "{line} over {ring}: {printed}");
        assert_eq!(answers(ring, &[&printed]), [printed.as_str()], "{line} over {ring}");
        // Python's operator for powers.
        assert_eq!(answers(ring, &[printed.replace('^', "**")]), [printed.as_str()], "{line} over {ring}");
    }
}

/// A fixed sequence of numbers that look random.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        // xorshift64*, Vigna 2016.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A polynomial as text, with signed coefficients of so many bits.
    fn polynomial(&mut self, len: usize, bits: usize) -> String {
        let mut terms = String::new();
        for k in 0..len {
            let mut hex = String::new();
            for _ in 0..bits.div_ceil(64) {
                hex.push_str(&format!("{:016x}", self.next()));
            }
            let n = num_bigint::BigInt::parse_bytes(hex.as_bytes(), 16).expect("digits")
                >> (bits.div_ceil(64) * 64 - bits);
            let sign = if self.next() & 1 == 0 { '+' } else { '-' };
            terms.push_str(&format!("{sign}{n}*x^{k}"));
        }
        terms
    }
}

/// Every algorithm that applies gives the same product; how many do is part of what is checked.
fn algorithms_agree(ring: &str, sizes: &[(usize, usize, usize)], applying: usize) {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for &(m, n, bits) in sizes {
        let mut lines = vec![
            format!("f = {}", numbers.polynomial(m, bits)),
            format!("g = {}", numbers.polynomial(n, bits)),
            "f*g".into(),
        ];
        for name in ["schoolbook", "karatsuba", "kronecker", "ntt", "fft"] {
            lines.push(format!("mulby({name}, f, g) - f*g"));
        }
        lines.push("plan(f, g)".into());
        let answers = answers(ring, &lines);
        let (differences, plan) = (&answers[3..8], &answers[8]);
        let agreeing = differences.iter().filter(|answer| *answer == "0").count();
        let refusing = differences.iter().filter(|answer| answer.contains(" does not apply")).count();
        assert_eq!(agreeing + refusing, 5, "{m} x {n}, {bits} bits over {ring}: {differences:?}");
        assert!(agreeing >= applying, "{m} x {n}, {bits} bits over {ring}: {differences:?}");
        assert!(plan.ends_with(')') && plan.contains('('), "{plan}");
    }
}

#[test]
fn algorithms_agree_over_the_integers() {
    algorithms_agree(
        "ZZ",
        &[(1, 1, 1), (1, 40, 64), (7, 5, 1), (33, 33, 63), (100, 3, 200), (64, 50, 1000), (9, 9, 20_000)],
        4,
    );
    algorithms_agree("QQ", &[(20, 20, 70)], 4);
    algorithms_agree("ZZ[i]", &[(20, 20, 70)], 4);
}

#[test]
fn algorithms_agree_over_residues() {
    for ring in [
        "ZZ/2",
        "ZZ/3",
        "ZZ/6",
        "ZZ/2^32",
        "ZZ/998244353",
        "ZZ/2^61-1",
        "ZZ/2^64-59",
        "ZZ/2^64",
        "GF(998244353)",
    ] {
        algorithms_agree(ring, &[(1, 1, 64), (40, 70, 64), (200, 3, 64)], 4);
    }
    algorithms_agree("ZZ/(2^200-237)", &[(1, 1, 200), (40, 70, 200)], 4);
}

#[test]
fn a_program_can_hold_a_conversation() {
    let mut child = Command::new(program::path("calculator"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut to = child.stdin.take().expect("it is piped");
    let mut from = BufReader::new(child.stdout.take().expect("it is piped"));
    for (line, answer) in [
        ("f = x + 1", "x + 1"),
        ("f^2", "x^2 + 2*x + 1"),
        ("1/0", "error: division by zero, at position 2"),
        ("f", "x + 1"),
    ] {
        writeln!(to, "{line}").and_then(|()| to.flush()).expect("it listens");
        let mut got = String::new();
        from.read_line(&mut got).expect("it answers before the next line");
        assert_eq!(got.trim_end(), answer);
    }
    drop(to);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn a_reader_that_leaves_is_no_mistake() {
    let mut child = Command::new(program::path("calculator"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut to = child.stdin.take().expect("it is piped");
    // It may be gone before all is written.
    let _ = to.write_all(&b"(x+1)^50\n".repeat(1000));
    drop(to);
    let mut stderr = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut stderr).expect("UTF-8");
    assert_eq!((stderr.as_str(), child.wait().expect("it ends").code()), ("", Some(0)));
}

/// A line of a hundred thousand digits, and a long polynomial, come back as they are.
#[test]
fn long_lines() {
    let digits: String = (0..100_000_u64).map(|k| char::from(b'1' + (k * k % 9) as u8)).collect();
    let long: Vec<String> = (1..=20_000).rev().map(|k| format!("{}*x^{k}", k + 1)).collect();
    let long = long.join(" + ").replace("*x^1 ", "*x ") + " + 1";
    let long = long.replace("2*x^1 +", "2*x +");
    let sum = vec!["1"; 100_000].join("+");
    let lines = [digits.as_str(), "1+1", long.as_str(), sum.as_str()];
    assert_eq!(answers("ZZ", &lines), [digits.as_str(), "2", long.as_str(), "100000"]);
}
