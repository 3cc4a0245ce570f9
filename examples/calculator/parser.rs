//! Translates a line into postfix steps for a stack machine: `1/2x^3` becomes `1 2 / x 3 ^ *`.
//!
//! Postfix and not a tree: a sum of a million terms is a flat list of two million steps, nothing downstream
//! recurses, and a step is a few words. Precedence climbing; the recursion is that of brackets and towers of
//! powers, counted against [`MAX_DEPTH`].
//!
//! # Grammar, loosest first
//! `NAME = e`; `e + e`, `e - e`; `e * e`, `e / e`, and `2x`, `2(x+1)` for a number that a name or a parenthesis
//! follows at once; `-e`; `e ^ e` and `e ** e`, from the right; numbers, names, calls, parentheses, lists.
//!
//! An exponent, and an argument that counts something, is read as an integer even where the ring has other elements.

use crate::failure::{Failure, Outcome};
use crate::lexer::{Kind, Lexer, Token};
use std::ops::Range;

/// How deep parentheses, brackets, calls and powers of powers may be nested.
pub const MAX_DEPTH: usize = 1_000;

/// What an argument of a function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A value of the ring, a polynomial over it, or a list.
    Value,
    /// A plain integer: an exponent, an index, a number of terms.
    Integer,
    /// The name of an algorithm.
    Algorithm,
}

/// What a name before a parenthesis stands for.
#[derive(Clone, Copy, Debug)]
pub enum Callable {
    /// A function, with its number in the table.
    Function {
        number: usize,
        parameters: &'static [Parameter],
        /// How many of the parameters may be left out, at the end.
        optional: usize,
    },
    /// A function that the calculator will have, and has not.
    Later,
}

/// What the parser has to know of names.
pub trait Names {
    /// The function of that name.
    fn callable(&self, name: &str) -> Option<Callable>;
    /// Whether the name stands for something that is no variable and cannot be assigned: `i` in the complex rings.
    fn is_fixed(&self, name: &str) -> bool;
}

/// One step of the stack machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Pushes digits, as an element of the ring.
    Number {
        end: u32,
    },
    /// Pushes digits, as a plain integer.
    Integer {
        end: u32,
    },
    /// Pushes a decimal, as an element of the ring.
    Decimal {
        end: u32,
    },
    /// Pushes what the name stands for.
    Name {
        end: u32,
    },
    /// Pushes a name as text, for the function that takes it.
    Word {
        end: u32,
    },
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    /// Replaces so many values by a list of them.
    List {
        count: u32,
    },
    /// Replaces so many arguments by the value of the function.
    Call {
        function: u16,
        count: u16,
    },
}

/// A step and the byte of the line that it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    pub step: Step,
    pub at: u32,
}

/// A line: what is computed, and the name that it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub target: Option<String>,
    pub steps: Vec<Placed>,
}

/// Reads a line of at most 4 GiB.
///
/// # Errors
/// What is wrong with it, and where.
pub fn parse(text: &str, exponents: bool, names: &dyn Names) -> Outcome<Statement> {
    let mut parser = Parser {
        lexer: Lexer::new(text, exponents),
        token: Token { kind: Kind::End, span: 0..0 },
        previous: Token { kind: Kind::End, span: 0..0 },
        steps: Vec::new(),
        depth: 0,
        names,
    };
    parser.advance()?;
    let target = parser.target(text, exponents)?;
    parser.expression(SUM, false)?;
    match parser.token.kind {
        Kind::End => Ok(Statement { target, steps: parser.steps }),
        _ => Err(parser.not_the_end()),
    }
}

/// Binding powers; a higher one binds tighter.
const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const SIGN: u8 = 3;
const POWER: u8 = 4;

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token,
    previous: Token,
    steps: Vec<Placed>,
    depth: usize,
    names: &'a dyn Names,
}

impl Parser<'_> {
    fn advance(&mut self) -> Outcome<()> {
        let next = self.lexer.next()?;
        self.previous = std::mem::replace(&mut self.token, next);
        Ok(())
    }

    fn push(&mut self, step: Step, at: usize) {
        self.steps.push(Placed { step, at: at as u32 });
    }

    fn fail<T>(&self, message: impl Into<String>) -> Outcome<T> {
        Err(Failure::new(self.token.span.start, message))
    }

    /// Reads `NAME =` where the line begins so.
    fn target(&mut self, text: &str, exponents: bool) -> Outcome<Option<String>> {
        if self.token.kind != Kind::Name {
            return Ok(None);
        }
        let mut ahead = Lexer::new(text, exponents);
        ahead.next()?;
        if ahead.next().map(|token| token.kind) != Ok(Kind::Equals) {
            return Ok(None);
        }
        let name = self.lexer.text(&self.token);
        if self.names.callable(name).is_some() {
            return self.fail(format!("{name} is a function and cannot be assigned"));
        }
        if self.names.is_fixed(name) {
            return self.fail(format!("{name} has a fixed meaning here and cannot be assigned"));
        }
        self.advance()?;
        self.advance()?;
        Ok(Some(name.to_string()))
    }

    /// An expression of operators that bind at least as tightly as `min`; `plain` reads numbers as plain integers.
    fn expression(&mut self, min: u8, plain: bool) -> Outcome<()> {
        let sign = self.token.span.start;
        let mut signs = 0;
        let mut minus = false;
        while let Kind::Plus | Kind::Minus = self.token.kind {
            signs += 1;
            minus ^= self.token.kind == Kind::Minus;
            self.advance()?;
        }
        if signs > 0 {
            self.expression(POWER, plain)?;
            if minus {
                self.push(Step::Negate, sign);
            }
        } else {
            self.primary(plain)?;
        }
        loop {
            let at = self.token.span.start;
            let (step, binding) = match self.token.kind {
                Kind::Plus => (Step::Add, SUM),
                Kind::Minus => (Step::Subtract, SUM),
                Kind::Star => (Step::Multiply, PRODUCT),
                Kind::Slash => (Step::Divide, PRODUCT),
                Kind::Caret => (Step::Power, POWER),
                Kind::Name | Kind::Open if self.follows_a_number() => {
                    if PRODUCT < min {
                        return Ok(());
                    }
                    self.expression(SIGN, plain)?;
                    self.push(Step::Multiply, at);
                    continue;
                }
                _ => return Ok(()),
            };
            if binding < min {
                return Ok(());
            }
            self.advance()?;
            if step == Step::Power {
                // From the right: 2^3^2 is 2^9; the exponent may have a sign of its own.
                self.deeper(at)?;
                self.expression(POWER, true)?;
                self.depth -= 1;
            } else {
                self.expression(binding + 1, plain)?;
            }
            self.push(step, at);
        }
    }

    /// Whether the token stands directly after the digits of a number: `2x`, `2(`.
    fn follows_a_number(&self) -> bool {
        matches!(self.previous.kind, Kind::Integer | Kind::Decimal)
            && self.previous.span.end == self.token.span.start
    }

    fn deeper(&mut self, at: usize) -> Outcome<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Failure::new(at, format!("nested deeper than the limit of {MAX_DEPTH} levels")));
        }
        Ok(())
    }

    fn primary(&mut self, plain: bool) -> Outcome<()> {
        let Range { start, end } = self.token.span;
        let until = end as u32;
        match self.token.kind {
            Kind::Integer => {
                self.push(
                    if plain { Step::Integer { end: until } } else { Step::Number { end: until } },
                    start,
                );
                self.advance()
            }
            Kind::Decimal if plain => self.fail("an integer is expected here, not a decimal"),
            Kind::Decimal => {
                self.push(Step::Decimal { end: until }, start);
                self.advance()
            }
            Kind::Name => {
                let name = self.lexer.text(&self.token);
                let callable = self.names.callable(name);
                self.advance()?;
                match callable {
                    Some(Callable::Later) => {
                        Err(Failure::new(start, format!("the function {name} is not available yet")))
                    }
                    Some(_) if self.token.kind != Kind::Open => Err(Failure::new(
                        start,
                        format!("{name} is a function: {name}( and its arguments are expected"),
                    )),
                    Some(Callable::Function { number, parameters, optional }) => {
                        self.call(start, name, number, parameters, optional)
                    }
                    None if self.token.kind == Kind::Open => Err(Failure::new(
                        start,
                        format!("there is no function {name}; write {name}*(...) for a product"),
                    )),
                    None => {
                        self.push(Step::Name { end: until }, start);
                        Ok(())
                    }
                }
            }
            Kind::Open => {
                self.advance()?;
                self.deeper(start)?;
                self.expression(SUM, plain)?;
                self.depth -= 1;
                self.close(Kind::Close, start, "parenthesis", ")")
            }
            Kind::OpenList => {
                self.advance()?;
                self.deeper(start)?;
                let mut count = 0;
                if self.token.kind != Kind::CloseList {
                    loop {
                        self.expression(SUM, plain)?;
                        count += 1;
                        if self.token.kind != Kind::Comma {
                            break;
                        }
                        self.advance()?;
                    }
                }
                self.depth -= 1;
                self.close(Kind::CloseList, start, "list", "]")?;
                self.push(Step::List { count }, start);
                Ok(())
            }
            Kind::End => self.fail("the line ends where a number, a name or a parenthesis is expected"),
            _ => self.fail(format!(
                "a number, a name or a parenthesis is expected, not {}",
                self.lexer.text(&self.token)
            )),
        }
    }

    /// Takes the closing bracket of what was opened at `start`.
    fn close(&mut self, kind: Kind, start: usize, what: &str, bracket: &str) -> Outcome<()> {
        if self.token.kind == kind {
            return self.advance();
        }
        match self.token.kind {
            Kind::End => Err(Failure::new(start, format!("this {what} is not closed: {bracket} is missing"))),
            _ => Err(self.not_the_end()),
        }
    }

    /// What is wrong when an expression is complete and something follows.
    fn not_the_end(&self) -> Failure {
        let text = self.lexer.text(&self.token);
        let message = match self.token.kind {
            Kind::Close | Kind::CloseList => format!("unexpected {text}"),
            Kind::Comma => "unexpected comma".into(),
            Kind::Equals => "only a name at the start of the line can be assigned".into(),
            Kind::End => "the line ends too early".into(),
            _ => format!("an operator is missing before {text}; write * for a product"),
        };
        Failure::new(self.token.span.start, message)
    }

    /// The arguments of a function; the token is the opening parenthesis.
    fn call(
        &mut self,
        start: usize,
        name: &str,
        number: usize,
        parameters: &[Parameter],
        optional: usize,
    ) -> Outcome<()> {
        let open = self.token.span.start;
        self.advance()?;
        self.deeper(open)?;
        let mut count = 0;
        if self.token.kind != Kind::Close {
            loop {
                match parameters.get(count) {
                    Some(Parameter::Algorithm) => {
                        if self.token.kind != Kind::Name {
                            return self.fail(format!("{name} expects the name of an algorithm here"));
                        }
                        self.push(Step::Word { end: self.token.span.end as u32 }, self.token.span.start);
                        self.advance()?;
                    }
                    parameter => self.expression(SUM, parameter == Some(&Parameter::Integer))?,
                }
                count += 1;
                if self.token.kind != Kind::Comma {
                    break;
                }
                self.advance()?;
            }
        }
        self.depth -= 1;
        self.close(Kind::Close, open, "parenthesis", ")")?;
        let (least, most) = (parameters.len() - optional, parameters.len());
        if !(least..=most).contains(&count) {
            let expected = if optional == 0 { most.to_string() } else { format!("{least} to {most}") };
            let plural = if most == 1 { "" } else { "s" };
            return Err(Failure::new(
                start,
                format!("{name} takes {expected} argument{plural}, not {count}"),
            ));
        }
        self.push(Step::Call { function: number as u16, count: count as u16 }, start);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct None_;
    impl Names for None_ {
        fn callable(&self, name: &str) -> Option<Callable> {
            use Parameter::{Algorithm, Integer, Value};
            match name {
                "f" => Some(Callable::Function { number: 7, parameters: &[Value, Integer], optional: 1 }),
                "by" => Some(Callable::Function { number: 8, parameters: &[Algorithm, Value], optional: 0 }),
                "later" => Some(Callable::Later),
                _ => None,
            }
        }
        fn is_fixed(&self, name: &str) -> bool {
            name == "i"
        }
    }

    /// The postfix form as text.
    fn postfix(text: &str) -> String {
        let statement = match parse(text, false, &None_) {
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
        assert_eq!(postfix("1 + later(2)"), "the function later is not available yet, at position 5");
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
        assert_eq!(postfix(&"1+".repeat(50_000)).len(), 84); // only the end is wrong
    }
}
