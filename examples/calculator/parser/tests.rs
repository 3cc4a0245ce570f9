//! The parser by its postfix form: precedence, adjacency, arguments, mistakes, depth.

use super::*;

struct Known;
impl Names for Known {
    fn callable(&self, name: &str) -> Option<Callable> {
        use Parameter::{Algorithm, Integer, Value};
        match name {
            "f" => Some(Callable::Function { number: 7, parameters: &[Value, Integer], optional: 1 }),
            "by" => Some(Callable::Function { number: 8, parameters: &[Algorithm, Value], optional: 0 }),
            _ => None,
        }
    }
    fn is_fixed(&self, name: &str) -> bool {
        name == "i"
    }
}

/// The postfix form as text.
fn postfix(text: &str) -> String {
    let statement = match parse(text, false, &Known) {
        Ok(statement) => statement,
        Err(failure) => return failure.to_string(),
    };
    let words = statement.steps.iter().map(|placed| {
        let slice = |end: u32| &text[placed.at as usize..end as usize];
        match placed.step {
            Step::Number { end } | Step::Decimal { end } | Step::Name { end } => slice(end).to_string(),
            Step::Integer { end } => format!("#{}", slice(end)),
            Step::Word { end } => format!("'{}", slice(end)),
            Step::Negate => "~".into(),
            Step::Add => "+".into(),
            Step::Subtract => "-".into(),
            Step::Multiply => "*".into(),
            Step::Divide => "/".into(),
            Step::Power => "^".into(),
            Step::List { count } => format!("list{count}"),
            Step::Call { function, count } => format!("call{function}:{count}"),
        }
    });
    statement.target.iter().map(|name| format!("{name}=")).chain(words).collect::<Vec<_>>().join(" ")
}

#[test]
fn precedence_is_that_of_python() {
    assert_eq!(postfix("-x^2"), "x #2 ^ ~");
    assert_eq!(postfix("2^3^2"), "2 #3 #2 ^ ^");
    assert_eq!(postfix("1/2*x"), "1 2 / x *");
    assert_eq!(postfix("1 - 2 - 3*4"), "1 2 - 3 4 * -");
    assert_eq!(postfix("--x**2 + +1"), "x #2 ^ 1 +");
    assert_eq!(postfix("2*-x"), "2 x ~ *");
    assert_eq!(postfix("-x*y"), "x ~ y *");
    assert_eq!(postfix("2^-1"), "2 #1 ~ ^");
    assert_eq!(postfix("(1+2)^(3+4)"), "1 2 + #3 #4 + ^");
}

#[test]
fn a_number_multiplies_what_follows_it_at_once() {
    assert_eq!(postfix("1/2x"), "1 2 / x *");
    assert_eq!(postfix("2x^3"), "2 x #3 ^ *");
    assert_eq!(postfix("2^3x"), "2 #3 ^ x *");
    assert_eq!(postfix("-3(x+1)^2"), "3 ~ x 1 + #2 ^ *");
    assert_eq!(postfix("x^2(y)"), "x #2 ^ y *");
    assert_eq!(postfix("6/2(3)"), "6 2 / 3 *");
    assert_eq!(postfix("2f(x)"), "2 x call7:1 *");
}

#[test]
fn other_products_need_a_sign() {
    assert_eq!(postfix("x(x+1)"), "there is no function x; write x*(...) for a product, at position 1");
    for (text, at) in [("x y", 3), ("2 x", 3), ("(x)(y)", 4), ("(x)2", 4), ("2 3", 3)] {
        let message = postfix(text);
        assert!(message.starts_with("an operator is missing before "), "{text}: {message}");
        assert!(message.ends_with(&format!("at position {at}")), "{text}: {message}");
    }
}

#[test]
fn arguments_are_read_as_what_they_are() {
    assert_eq!(postfix("f(1, 2+3)"), "1 #2 #3 + call7:2");
    assert_eq!(postfix("by(ntt, x)"), "'ntt x call8:2");
    assert_eq!(postfix("[1, [], [x]]"), "1 list0 x list1 list3");
    assert_eq!(postfix("g = x"), "g= x");
    assert_eq!(postfix("f(1,2,3)"), "f takes 1 to 2 arguments, not 3, at position 1");
    assert_eq!(postfix("by()"), "by takes 2 arguments, not 0, at position 1");
}

#[test]
fn every_mistake_has_a_place() {
    for (text, message) in [
        ("(x", "this parenthesis is not closed: ) is missing, at position 1"),
        ("[x", "this list is not closed: ] is missing, at position 1"),
        ("x)", "unexpected ), at position 2"),
        ("(x]", "unexpected ], at position 3"),
        ("x+", "the line ends where a number, a name or a parenthesis is expected, at position 3"),
        ("x*/2", "a number, a name or a parenthesis is expected, not /, at position 3"),
        ("()", "a number, a name or a parenthesis is expected, not ), at position 2"),
        ("f", "f is a function: f( and its arguments are expected, at position 1"),
        ("f = 1", "f is a function and cannot be assigned, at position 1"),
        ("i = 1", "i has a fixed meaning here and cannot be assigned, at position 1"),
        ("2 = x", "only a name at the start of the line can be assigned, at position 3"),
        ("x = y = 2", "only a name at the start of the line can be assigned, at position 7"),
        ("x^1.5", "an integer is expected here, not a decimal, at position 3"),
    ] {
        assert_eq!(postfix(text), message, "{text}");
    }
}

#[test]
fn depth_is_limited_and_length_is_not() {
    let nested = |n: usize| "(".repeat(n) + "x" + &")".repeat(n);
    assert_eq!(postfix(&nested(MAX_DEPTH)), "x");
    for text in [nested(100_000), "-(".repeat(100_000), "x^".repeat(100_000), "[".repeat(100_000)] {
        assert!(postfix(&text).starts_with("nested deeper than the limit of 1000 levels"));
    }
    assert_eq!(postfix(&("-".repeat(100_001) + "x")), "x ~");
    let unfinished = postfix(&"1+".repeat(50_000));
    assert!(unfinished.ends_with("is expected, at position 100001"), "{unfinished}");
}
