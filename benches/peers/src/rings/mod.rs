//! What is compared, one file a ring.

mod algebra;
mod exact_algebra;
mod exact_series;
mod factoring;
mod floats;
mod gaussian;
mod integers;
mod memory;
mod numbers;
mod operations;
mod points;
mod powers;
mod probability;
mod rationals;
mod roots;
mod series;
mod threads;
mod transforms;
mod word_factors;
mod zn;
mod zx;

use crate::{options::Options, table::Csv};

/// A table that can be asked for.
pub struct Ring {
    pub name: &'static str,
    pub about: &'static str,
    /// Whether `--quick` takes it without being asked for it: in the others a call of a peer may take a minute, or another program runs.
    pub quick: bool,
    pub run: fn(&Options, &mut Option<Csv>),
}

pub static ALL: &[Ring] = &[
    Ring { name: "zx", about: "products over Z", quick: true, run: zx::products },
    Ring { name: "zx-square", about: "squares over Z", quick: true, run: zx::squares },
    Ring {
        name: "zx-unbalanced",
        about: "a long operand times a short one over Z",
        quick: true,
        run: zx::unbalanced,
    },
    Ring {
        name: "zx-window",
        about: "low, middle and high parts of products over Z",
        quick: true,
        run: zx::windows,
    },
    Ring { name: "zn", about: "products over Z/n, n of a word and larger", quick: true, run: zn::products },
    Ring { name: "q", about: "products over Q", quick: true, run: rationals::products },
    Ring { name: "gauss", about: "products over Z[i]", quick: true, run: gaussian::products },
    Ring { name: "f64", about: "products of doubles", quick: true, run: floats::reals },
    Ring { name: "complex", about: "products of complex doubles", quick: true, run: floats::complexes },
    Ring { name: "integers", about: "products of two integers", quick: true, run: integers::products },
    Ring {
        name: "integer-gcd",
        about: "greatest common divisors of two integers",
        quick: true,
        run: integers::gcds,
    },
    Ring { name: "transform", about: "bare transforms", quick: true, run: transforms::transforms },
    Ring {
        name: "zp-algebra",
        about: "division, gcd and more over Z/p",
        quick: true,
        run: algebra::over_words,
    },
    Ring {
        name: "z-algebra",
        about: "division, gcd and more over Z",
        quick: true,
        run: exact_algebra::over_integers,
    },
    Ring {
        name: "q-algebra",
        about: "division, gcd and cofactors over Q",
        quick: true,
        run: exact_algebra::over_rationals,
    },
    Ring {
        name: "zp-points",
        about: "products from roots, geometric progressions",
        quick: true,
        run: points::special,
    },
    Ring { name: "zp-series", about: "power series over Z/p", quick: true, run: series::over_words },
    Ring {
        name: "zp-factor",
        about: "factors and roots over Z/p",
        quick: false,
        run: word_factors::over_words,
    },
    Ring { name: "q-series", about: "power series over Q", quick: false, run: exact_series::over_rationals },
    Ring { name: "z-series", about: "power series over Z", quick: false, run: exact_series::over_integers },
    Ring { name: "z-factor", about: "factors over Z", quick: false, run: factoring::over_integers },
    Ring { name: "powers", about: "powers over Z, dice among them", quick: true, run: powers::powers },
    Ring {
        name: "probability",
        about: "sums of dice, pools, Poisson-binomial",
        quick: false,
        run: probability::jobs,
    },
    Ring {
        name: "accurate",
        about: "floats with a bound in the tails, too",
        quick: false,
        run: probability::accurate,
    },
    Ring { name: "numbers", about: "Bell, Bernoulli and other numbers", quick: false, run: numbers::numbers },
    Ring { name: "real-roots", about: "real roots isolated over Z", quick: false, run: roots::real },
    Ring {
        name: "complex-roots",
        about: "complex roots over Z, certified",
        quick: false,
        run: roots::complex,
    },
    Ring { name: "threads", about: "two threads beside two processes", quick: true, run: threads::two },
    Ring { name: "memory", about: "peaks of memory", quick: true, run: memory::peaks },
];

/// The lengths that are asked for, or `all`; with `--quick`, every other of those.
fn lengths(options: &Options, all: &[usize]) -> Vec<usize> {
    choose(options.lengths.as_deref(), options.quick, all)
}

/// The sizes of coefficients that are asked for, or `all`; with `--quick`, every other of those.
fn bits(options: &Options, all: &[usize]) -> Vec<usize> {
    choose(options.bits.as_deref(), options.quick, all)
}

fn choose(asked: Option<&[usize]>, quick: bool, all: &[usize]) -> Vec<usize> {
    match asked {
        Some(asked) => asked.to_vec(),
        None => all.iter().copied().step_by(if quick { 2 } else { 1 }).collect(),
    }
}

/// What a sign is called in tables.
fn sign(signed: bool) -> &'static str {
    if signed { "random" } else { "nonneg" }
}
