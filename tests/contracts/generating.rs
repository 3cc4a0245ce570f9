//! The pages about counting and about densities: each runs, checks itself, and prints what is written here.

use crate::program;

fn prints(example: &str, lines: &[&str]) {
    let output = program::run::<&str>(example, &[], b"");
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{example}");
    for line in lines {
        assert!(output.stdout.contains(line), "{line}\n{}", output.stdout);
    }
}

#[test]
fn coins() {
    prints(
        "coins",
        &[
            "quarters and halves: 292 ways",
            "two pounds in all coins: 73682 ways",
            "a million dollars: 66666793333412666685000001 ways",
        ],
    );
}

#[test]
fn partitions() {
    prints(
        "partitions",
        &[
            "1 + x + 2*x^2 + 3*x^3 + 5*x^4 + 7*x^5 + 11*x^6 + 15*x^7 + 22*x^8 + 30*x^9 + 42*x^10 + O(x^11)",
            "p(100) = 190569292",
            "its reciprocal: 1 - x - x^2 + x^5 + x^7 - x^12 - x^15 + x^22 + x^26 + O(x^27)",
            "444793 of 100",
        ],
    );
}

#[test]
fn combinatorics() {
    prints(
        "combinatorics",
        &[
            "set partitions, A000110: 1 1 2 5 15 52 203 877 4140 21147 115975 678570",
            "derangements, A000166: 1 0 1 2 9 44 265 1854 14833",
            "rooted trees with labels, A000169: 0 1 2 9 64 625 7776 117649",
            "binary trees, A000108: 1 1 2 5 14 42 132 429 1430",
            "\nrooted trees, A000081: 0 1 1 2 4 9 20 48 115 286 719",
            "necklaces in two colours, A000031: 2 3 4 6 8 14 20 36 60",
        ],
    );
}

#[test]
fn power_series() {
    prints(
        "power_series",
        &[
            "of 1000: 24061467864032622473692149727991",
            "Catalan: 1 1 2 5 14 42 132 429 1430 4862 16796 58786",
            "zigzags: 1 1 1 2 5 16 61 272 1385 7936 50521 353792",
            "F(10^18) modulo 998244353: 23849548",
        ],
    );
}

#[test]
fn factoring_and_roots() {
    prints(
        "factoring_and_roots",
        &[
            "6*x^7 - 6*x = 6*(x - 1)*(x)*(x + 1)*(x^2 - x + 1)*(x^2 + x + 1)",
            "modulo 7    x^4 - 10*x^2 + 1 = ",
            "x^4 - 10*x^2 + 1 = (x^2 - 2*a*x - 1)*(x^2 + 2*a*x - 1)",
            "powers of a 1, a, a^2, a + 1, a^2 + a, a^2 + a + 1, a^2 + 1",
            "   0.5000000000  multiplicity 3, in 1/2",
        ],
    );
}

#[test]
fn densities() {
    prints(
        "densities",
        &[
            "box * box\n  [0, 1): x; [1, 2): -x + 2\n",
            "three of them: [0, 1): 1/2*x^2; [1, 2): -x^2 + 3*x - 3/2; [2, 3): 1/2*x^2 - 3*x + 9/2\n",
            "box + die\n  [1, 7): 1/6\n",
            "90 % quantile 4.709005551264194\n",
        ],
    );
}
