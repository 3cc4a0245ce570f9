//! Translates a line into postfix steps for a stack machine: `1/2x^3` becomes `1 2 / x 3 ^ *`.
//!
//! Postfix and not a tree: a sum of a million terms is a flat list of two million steps, and a step is a few words.
//! Nothing recurses, here or downstream: what waits for its right operand stands on a stack of its own (Dijkstra's
//! shunting yard, 1961). Brackets and towers of powers are counted against [`MAX_DEPTH`].
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
    /// A quotient of plain integers: an exponent of a power series.
    Rational,
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
        open: Vec::new(),
        depth: 0,
        plain: false,
        names,
    };
    parser.advance()?;
    let target = parser.target(text, exponents)?;
    parser.expression()?;
    Ok(Statement { target, steps: parser.steps })
}

/// How tightly an operator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Sign,
    Power,
}

/// What waits for its right operand, or for its closing bracket.
enum Open {
    Operator {
        step: Step,
        binding: Binding,
        at: usize,
        /// Whether numbers were read as plain integers before it.
        plain: bool,
    },
    Bracket {
        bracket: Bracket,
        at: usize,
        /// Whether numbers were read as plain integers before it.
        plain: bool,
        /// How many expressions were completed inside.
        count: usize,
    },
}

/// What a bracket means.
#[derive(Clone, Copy)]
enum Bracket {
    Group,
    List,
    Call { start: usize, number: usize, parameters: &'static [Parameter], optional: usize },
}

impl Bracket {
    fn closing(self) -> (Kind, &'static str, &'static str) {
        match self {
            Bracket::List => (Kind::CloseList, "list", "]"),
            _ => (Kind::Close, "parenthesis", ")"),
        }
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token,
    previous: Token,
    steps: Vec<Placed>,
    open: Vec<Open>,
    depth: usize,
    /// Whether numbers are read as plain integers.
    plain: bool,
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

    /// The rest of the line: an operand, then operators with operands, until the end.
    fn expression(&mut self) -> Outcome<()> {
        self.operand()?;
        loop {
            let at = self.token.span.start;
            let (step, binding) = match self.token.kind {
                Kind::Plus => (Step::Add, Binding::Sum),
                Kind::Minus => (Step::Subtract, Binding::Sum),
                Kind::Star => (Step::Multiply, Binding::Product),
                Kind::Slash => (Step::Divide, Binding::Product),
                Kind::Caret => (Step::Power, Binding::Power),
                Kind::Name | Kind::Open if self.follows_a_number() => {
                    self.complete(Binding::Product);
                    let plain = self.plain;
                    self.open.push(Open::Operator {
                        step: Step::Multiply,
                        binding: Binding::Product,
                        at,
                        plain,
                    });
                    self.operand()?;
                    continue;
                }
                _ => {
                    self.complete(Binding::Sum);
                    if self.token.kind == Kind::End && self.open.is_empty() {
                        return Ok(());
                    }
                    if self.close()? {
                        self.operand()?;
                    }
                    continue;
                }
            };
            if step == Step::Power {
                // From the right: nothing that waits is complete; 2^3^2 is 2^9.
                self.deeper(at)?;
            } else {
                self.complete(binding);
            }
            let plain = self.plain;
            self.open.push(Open::Operator { step, binding, at, plain });
            self.plain |= step == Step::Power;
            self.advance()?;
            self.operand()?;
        }
    }

    /// Signs, then a number, a name, or opening brackets with the first operand inside.
    fn operand(&mut self) -> Outcome<()> {
        loop {
            let Range { start, end } = self.token.span;
            match self.token.kind {
                Kind::Plus => self.advance()?,
                Kind::Minus => {
                    // An even number of signs in a row is none.
                    let again = matches!(self.open.last(), Some(Open::Operator { step: Step::Negate, .. }));
                    if again {
                        self.open.pop();
                    } else {
                        let plain = self.plain;
                        self.open.push(Open::Operator {
                            step: Step::Negate,
                            binding: Binding::Sign,
                            at: start,
                            plain,
                        });
                    }
                    self.advance()?;
                }
                Kind::Integer => {
                    let end = end as u32;
                    self.push(if self.plain { Step::Integer { end } } else { Step::Number { end } }, start);
                    return self.advance();
                }
                Kind::Decimal if self.plain => {
                    return self.fail("an integer is expected here, not a decimal");
                }
                Kind::Decimal => {
                    self.push(Step::Decimal { end: end as u32 }, start);
                    return self.advance();
                }
                Kind::Name => match self.function()? {
                    None => {
                        self.push(Step::Name { end: end as u32 }, start);
                        return Ok(());
                    }
                    Some(bracket) => {
                        if self.enter(bracket)? {
                            return Ok(());
                        }
                    }
                },
                Kind::Open => {
                    self.enter(Bracket::Group)?;
                }
                Kind::OpenList => {
                    if self.enter(Bracket::List)? {
                        return Ok(());
                    }
                }
                Kind::End => {
                    return self.fail("the line ends where a number, a name or a parenthesis is expected");
                }
                _ => {
                    return self.fail(format!(
                        "a number, a name or a parenthesis is expected, not {}",
                        self.lexer.text(&self.token)
                    ));
                }
            }
        }
    }

    /// Takes a name, and says what it calls; none for a variable.
    fn function(&mut self) -> Outcome<Option<Bracket>> {
        let start = self.token.span.start;
        let name = self.lexer.text(&self.token);
        let callable = self.names.callable(name);
        self.advance()?;
        let message = match (callable, self.token.kind) {
            (Some(Callable::Function { number, parameters, optional }), Kind::Open) => {
                return Ok(Some(Bracket::Call { start, number, parameters, optional }));
            }
            (Some(_), _) => format!("{name} is a function: {name}( and its arguments are expected"),
            (None, Kind::Open) => format!("there is no function {name}; write {name}*(...) for a product"),
            (None, _) => return Ok(None),
        };
        Err(Failure::new(start, message))
    }

    /// Takes an opening bracket. True when an operand is complete: the bracket is closed at once, or the first
    /// argument is a word.
    fn enter(&mut self, bracket: Bracket) -> Outcome<bool> {
        let at = self.token.span.start;
        self.deeper(at)?;
        self.advance()?;
        let plain = self.plain;
        self.open.push(Open::Bracket { bracket, at, plain, count: 0 });
        let closes_at_once = match bracket {
            Bracket::Group => false,
            Bracket::List => self.token.kind == Kind::CloseList,
            Bracket::Call { .. } => self.token.kind == Kind::Close,
        };
        if closes_at_once {
            self.leave(bracket, at, plain, 0)?;
            return Ok(true);
        }
        self.argument(bracket, 0)
    }

    /// Prepares for the argument of that number. True when it is a word, which is then read.
    fn argument(&mut self, bracket: Bracket, count: usize) -> Outcome<bool> {
        let Bracket::Call { parameters, .. } = bracket else { return Ok(false) };
        match parameters.get(count) {
            Some(Parameter::Algorithm) if self.token.kind == Kind::Name => {
                let Range { start, end } = self.token.span;
                self.push(Step::Word { end: end as u32 }, start);
                self.advance()?;
                Ok(true)
            }
            Some(Parameter::Algorithm) => self.fail("the name of an algorithm is expected here"),
            parameter => {
                self.plain = matches!(parameter, Some(Parameter::Integer | Parameter::Rational));
                Ok(false)
            }
        }
    }

    /// Takes a comma or a closing bracket, or says what is wrong with what stands here. True when another operand
    /// has to follow.
    fn close(&mut self) -> Outcome<bool> {
        let Some(Open::Bracket { bracket, at, plain, count }) = self.open.last_mut() else {
            return Err(self.not_the_end());
        };
        *count += 1;
        let (bracket, at, plain, count) = (*bracket, *at, *plain, *count);
        let (closing, what, sign) = bracket.closing();
        match self.token.kind {
            Kind::Comma if !matches!(bracket, Bracket::Group) => {
                self.advance()?;
                self.argument(bracket, count).map(|word| !word)
            }
            kind if kind == closing => {
                self.leave(bracket, at, plain, count)?;
                Ok(false)
            }
            Kind::End => Err(Failure::new(at, format!("this {what} is not closed: {sign} is missing"))),
            _ => Err(self.not_the_end()),
        }
    }

    /// Takes the closing bracket of what is on top.
    fn leave(&mut self, bracket: Bracket, at: usize, plain: bool, count: usize) -> Outcome<()> {
        self.open.pop();
        self.depth -= 1;
        self.plain = plain;
        self.advance()?;
        match bracket {
            Bracket::Group => {}
            Bracket::List => self.push(Step::List { count: count as u32 }, at),
            Bracket::Call { start, number, parameters, optional } => {
                let (least, most) = (parameters.len() - optional, parameters.len());
                if !(least..=most).contains(&count) {
                    let name = &self.lexer.line()[start..at].trim_end();
                    let expected =
                        if optional == 0 { most.to_string() } else { format!("{least} to {most}") };
                    let plural = if most == 1 { "" } else { "s" };
                    let message = format!("{name} takes {expected} argument{plural}, not {count}");
                    return Err(Failure::new(start, message));
                }
                self.push(Step::Call { function: number as u16, count: count as u16 }, start);
            }
        }
        Ok(())
    }

    /// Emits the operators that have both operands once one that binds as `binding` follows.
    fn complete(&mut self, binding: Binding) {
        while let Some(Open::Operator { binding: own, .. }) = self.open.last()
            && *own >= binding
            && let Some(Open::Operator { step, at, plain, .. }) = self.open.pop()
        {
            if step == Step::Power {
                self.depth -= 1;
            }
            self.plain = plain;
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

    /// What is wrong when an expression is complete and something follows.
    fn not_the_end(&self) -> Failure {
        let text = self.lexer.text(&self.token);
        let message = match self.token.kind {
            Kind::Close | Kind::CloseList => format!("unexpected {text}"),
            Kind::Comma => "unexpected comma".into(),
            Kind::Equals => "only a name at the start of the line can be assigned".into(),
            _ => format!("an operator is missing before {text}; write * for a product"),
        };
        Failure::new(self.token.span.start, message)
    }
}

#[cfg(test)]
mod tests;
