//! The pages about sums and generating functions: each runs, checks itself, and prints what is written here.

use crate::program;

fn printed(example: &str) -> String {
    let output = program::run::<&str>(example, &[], b"");
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{example}");
    output.stdout
}

#[test]
fn dropped_ball() {
    let text = printed("dropped_ball");
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
    let text = printed("weighted_dice");
    let rows: Vec<_> =
        text.lines().skip(1).take(11).map(|line| line.split_whitespace().collect::<Vec<_>>()).collect();
    let sums = ["1/30", "1/20", "11/120", "7/60", "1/6", "1/5", "7/60", "1/12", "1/15", "1/20", "1/40"];
    assert!(rows.iter().map(|row| row[1]).eq(sums), "{text}");
    assert!(text.contains("\nfair dice: 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1 ways of 36\n"), "{text}");
}
