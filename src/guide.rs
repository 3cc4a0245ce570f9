//! Convolution, from two dice to the composition of series: a page to read, with programs that run.
//!
//! # Two dice
//! One die shows 1 to 6, each in one way of six; two show a sum of 2 to 12. A table of all 36 pairs has the sum 7 on its longest diagonal, in
//! six ways; the sum `c` has as many as there are `a` with a first die of `a` and a second of `c - a`:
//!
//! `ways(c) = sum over a of f(a) * g(c - a)`.
//!
//! That is the *convolution* of `f` and `g`. Seen along the table it is the sum of a diagonal; seen as two rows of paper, the second turned
//! around and pushed along the first, it is the sum of products of what lies on top of each other. And it is what happens to coefficients when two
//! polynomials are multiplied, since `x^a * x^b = x^(a + b)`: write a die as `x + x^2 + ... + x^6`, and its square has the answer.
//!
//! ```
//! use monic::{ZZ, distribution::Distribution};
//! let die = ZZ.poly([0, 1, 1, 1, 1, 1, 1]);
//! assert_eq!((&die * &die).coefficients()[2..], [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1].map(Into::into));
//!
//! let d6 = Distribution::die(6);             // the same, with a denominator and with outcomes that may be negative
//! assert_eq!((&d6 + &d6).probability(7).to_string(), "1/6");
//! assert_eq!((&d6 - &d6).min(), -5);          // a difference is a sum with the reversed die, f(-x)
//! ```
//!
//! Nothing in this needs fair dice, or two equal ones, or that outcomes begin at 1: a ball that is dropped twice, and rolls `a` steps with
//! probability `f(a)` first and `b` with `g(b)` then, lies at `c` with probability `(f*g)(c)`. Nor does anything depend on the order, since
//! products of polynomials do not.
//!
//! # What is known of the parts
//! Once the sum is seen, the terms that made it say where it came from: `P(A = a | A + B = c) = f(a)*g(c - a)/(f*g)(c)`.
//!
//! ```
//! use monic::distribution::Distribution;
//! let d6 = Distribution::die(6);
//! let first = d6.posterior(&d6, 11)?;
//! assert_eq!(first, Distribution::uniform(5..=6));
//! assert!(d6.posterior(&d6, 13).is_err());    // not a division by zero
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # Many dice
//! The sum of `n` equal dice is the `n`-th power of one polynomial. With numerators over one denominator, here `6^100`, every probability is
//! exact, and none is ever reduced until it is asked for. A power of a short polynomial is no work for a product of long ones: `f^n` satisfies
//! `f*(f^n)' = n*f'*(f^n)`, which gives every coefficient from the few before it (L. Euler, J. C. P. Miller); for a die it is three terms a coefficient,
//! and half of them, since the result reads the same from both ends. Different dice are multiplied two by two, the smallest first.
//!
//! ```
//! use monic::distribution::Distribution;
//! let hundred = Distribution::die(6).times(100);
//! assert_eq!(hundred.denominator(), &num_bigint::BigInt::from(6).pow(100));
//! assert_eq!(hundred.mean().to_string(), "350");
//! let pool = [4, 6, 8, 10, 12, 20].map(Distribution::die);
//! assert_eq!(Distribution::try_sum(&pool)?.max(), 60);
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # How a product is computed
//! By the definition it takes `n^2` products of coefficients, *schoolbook*, and for short polynomials nothing is faster. A. Karatsuba (1962) found that
//! two polynomials in halves need three products of halves, not four, hence `n^1.58`. A polynomial of degree `d` is known by its values at `d + 1`
//! points, and values are multiplied one by one: with roots of unity for points, the *fast Fourier transform* gets there and back in `n log n`
//! steps. Over floats it rounds; over integers modulo a prime `p` with `p - 1` divisible by `2^28` it is exact (*number-theoretic transform*), and some primes
//! together, by the Chinese remainder theorem, give integers of any size. L. Kronecker (1882) went the other way: coefficients written one behind the
//! other are one large number, and a product of numbers is a product of polynomials. Which of them is fastest depends on the length and on the size
//! of the coefficients; it can be asked, and forced.
//!
//! ```
//! use monic::{ZZ, convolution::Algorithm};
//! let f = ZZ.poly((0..1000).map(|k| k * k));
//! let by_definition = f.mul_by(&f, Algorithm::Schoolbook)?;
//! for algorithm in [Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Ntt] {
//!     assert_eq!(f.mul_by(&f, algorithm)?, by_definition);
//! }
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # Windows, pictures, layers
//! A moving average is a convolution with weights that sum to 1. Of its output one takes all (*full*), as much as there was input (*same*), or
//! what no border has touched (*valid*): the last is a middle product of polynomials. A picture is blurred by the same sum in two directions. What is called a
//! convolutional layer lays its kernel on the input without turning it around, which is *correlation*, a convolution with the kernel reversed; written as a
//! matrix it has the same few weights in every row, each row one place further (a Toeplitz matrix).
//!
//! ```
//! use monic::{ZZ, convolution::{Array, Mode}, ring::multidimensional::{convolve, correlate}};
//! let picture = Array::from_fn([4, 4], |k| ((k[0] * k[1]) as i64).into());
//! let kernel = Array::new([2, 2], [0, 1, 2, 3].map(Into::into).to_vec());
//! let turned = Array::new([2, 2], [3, 2, 1, 0].map(Into::into).to_vec());
//! assert_eq!(
//!     correlate(&ZZ, &picture, &kernel, &Mode::Valid)?,
//!     convolve(&ZZ, &picture, &turned, &Mode::Valid)?,
//! );
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # Sorted dice
//! The best three of four dice are no sum of independent numbers, but nearly: ask what the lowest of the kept dice shows, `t`. Those above it are
//! independent, each with the polynomial of the faces above `t`; those that show `t` add `t` each; of the others only the number counts. So for each `t` there is a
//! polynomial in a polynomial, and no list of rolls.
//!
//! ```
//! use monic::distribution::{Distribution, Pool};
//! let ability = Pool::of(&Distribution::die(6), 4).keep_highest(3)?;
//! assert_eq!(ability.mean().to_string(), "15869/1296");
//! assert_eq!(ability, "4d6kh3".parse()?);     // as it is written at the table
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # Boxes
//! A number between 0 and 1, all equally likely, has a density, the *box*; the sum of two has the convolution of their densities, where the sum became an
//! integral: `(f*g)(x) = integral of f(t)*g(x - t) dt`, the area under one box as far as the other has been pushed over it. It rises and falls linearly. The sum of three is made of parabolas, and of twelve
//! nearly the normal density. All of them are piecewise polynomials with rational coefficients, and so exact.
//!
//! ```
//! use monic::density::Density;
//! let unit = Density::uniform(0, 1);
//! assert_eq!((&unit + &unit).to_string(), "[0, 1): x; [1, 2): -x + 2");
//! assert_eq!(unit.times(12).variance().to_string(), "1");
//! ```
//!
//! # Tails
//! In floats, a product by FFT has an error that is relative to the largest coefficients. Of the 5001 probabilities of a thousand dice, between 1e-2 and 1e-778, some seven hundred come out
//! right, others wrong by hundreds of orders of magnitude, or negative. It need not be so, since nothing is subtracted: multiply `a[k]` and `b[k]` by `r^k`, and the product by `r^k`
//! is the same one with another part of it lifted up to be the largest. A few such tilts, and a check of each output against the bound of the transform, give all of them.
//!
//! ```
//! use monic::nonnegative::Nonnegative;
//! let sum = Nonnegative::from_f64(&[1.0 / 6.0; 6])?.try_pow(1000)?;
//! assert!(sum.relative_error() < 1e-12);       // of every one
//! assert!((sum.log10(0) + 778.1512503836).abs() < 1e-9);
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # The polynomial as a function
//! So far `x` was only a place to hang exponents on. The *probability generating function* `G(x) = sum of P(X = k)*x^k` is a function too: `G(1) = 1`, `G'(1)` is the
//! mean, higher derivatives at 1 are the factorial moments. And a sum of a *random number* `N` of dice is `G_N(G_X(x))`: composition, where a fixed
//! number is a power.
//!
//! ```
//! use monic::{Field, QQ};
//! let die = QQ.poly([0, 1, 1, 1, 1, 1, 1]).quo(&QQ.parse("6")?);
//! let one = QQ.parse("1")?.coefficient(0);
//! assert_eq!(die.derivative().eval(&one).to_string(), "7/2");
//! let tower = die.compose(&die);              // as many dice as a die says
//! assert_eq!(tower.derivative().eval(&one).to_string(), "49/4");
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # Counting
//! Nor need coefficients be probabilities. Let that of `x^n` be the number of structures of size `n`: a choice between two kinds is a sum, a pair a product, a
//! sequence `1 + A + A^2 + ... = 1/(1 - A)`. Where the atoms have labels, and a pair shares them out in all ways, numbers are divided by `n!` first; then sets are `exp A`
//! and cycles `log 1/(1 - A)`. A tree is a root with a set of trees, `T = x*exp(T)`, an equation that has one solution.
//!
//! ```
//! use monic::generating::{Egf, Ogf};
//! let coins = Ogf::new([0, 1, 1, 0, 0, 1], 11);      // one of 1, one of 2, one of 5
//! assert_eq!(coins.multiset()?.count(10), 10.into()); // ways to pay 10
//! let nonempty = Egf::atom(6).set_of(1..)?;
//! assert_eq!(nonempty.set()?.counts()?, [1, 1, 2, 5, 15, 52].map(Into::into)); // partitions of a set
//! let trees = Egf::lagrange(&Egf::atom(5).set()?)?;
//! assert_eq!(trees.count(4), 64.into());              // 4^3 rooted trees with 4 labels
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # Series, and composition in near-linear time
//! A polynomial that does not end is a power series; modulo `x^n` it can be divided, exponentiated, composed, reversed. Newton's iteration doubles the number of
//! right coefficients at each step, so that all of these cost a few products, but for composition: Horner's rule multiplies `n` times, and for fifty years
//! the best general way took `n^1.5` and more (R. Brent, H. Kung, 1978). Y. Kinoshita and B. Li (2024) need `n log^2 n`:
//!
//! Let `f = sum f_i*t^i`. All powers of `g` at once are `1/(1 - y*g(x)) = sum of g^i*y^i`, a quotient in two variables, and `f(g)` picks out `f_i` times the coefficient
//! of `y^i`. Such a quotient `P/Q` can be halved in `x` (A. Bostan, R. Mori, 2021): multiply above and below by `Q(-x, y)`; the denominator has even
//! powers of `x` alone, is a polynomial `V(x^2, y)`, and half as long. Its degree in `y` has doubled: the size stays, `n` shrinks to 1 in `log n` steps, and each
//! costs a product of polynomials in two variables - which, by Kronecker's substitution, is a convolution of two sequences once more.
//!
//! ```
//! use monic::{QQ, Series};
//! let x = Series::x(QQ, 6);
//! let bell = x.exp()?.compose(&(x.exp()? - 1))?;   // sets of sets: exp(exp(x) - 1)
//! assert_eq!(bell.to_string(), "1 + x + x^2 + 5/6*x^3 + 5/8*x^4 + 13/30*x^5 + O(x^6)");
//! # Ok::<(), monic::Error>(())
//! ```
