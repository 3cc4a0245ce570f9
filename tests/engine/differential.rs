//! Every ring of the engine on random shapes: the plan's choice against a forced algorithm and against a check that shares nothing
//! with the engine, on any back end and any number of threads.
//!
//! A short run is a part of the suite. The long one:
//!
//! ```text
//! cargo test --release --test engine -- --ignored --nocapture differential
//! ```
//!
//! runs for an hour, or for `MONIC_DIFFERENTIAL_SECONDS`, from a seed of the clock, or from `MONIC_DIFFERENTIAL_SEED`, which it
//! prints. Case `k` depends on `seed + k` alone: a failure names that number, and
//! `MONIC_DIFFERENTIAL_SECONDS=0 MONIC_DIFFERENTIAL_SEED=that` runs the one case again.
//!
//! Small products are checked by their definition. Large ones by values: `c(x) = a(x)*b(x)` modulo `2^61 - 1` at a random point,
//! which a wrong product passes with a probability below `length / 2^61`.

use crate::sample::Words;
use monic::{
    ErrorKind, Result, Ring, ZZ, ZZ_I,
    convolution::{
        Algorithm, Array, Backend, Frame, Mode, RationalVec, Want, floats, integers, integers_dot,
        integers_into, integers_mod, integers_power, plan::Shape, rationals, with_backend, words_mod,
        words_mod_dot, words_mod_into, words_mod_power,
    },
    integer::{BigModulus, IntegerSlice, IntegerVec, WordModulus},
    integer_product, integer_square,
};
use num_bigint::{BigInt, BigUint};
use num_complex::Complex;
use std::time::{Duration, Instant, SystemTime};

const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Fft, Algorithm::Ntt];

/// Limb products up to which the definition is computed.
const NAIVE: usize = 200_000;

/// Limb products up to which quadratic algorithms are forced.
const QUADRATIC: usize = 50_000_000;

/// Bits of an operand.
const OPERAND: usize = 4_000_000;

/// What the cases share: results are written over those of the case before.
#[derive(Default)]
struct Room {
    integers: IntegerVec,
    words: Vec<u64>,
}

struct Case<'a> {
    words: Words,
    room: &'a mut Room,
    seed: u64,
}

impl Case<'_> {
    /// Lengths of two operands of integers and the bits of their coefficients.
    fn shape(&mut self) -> [(usize, usize); 2] {
        let words = &mut self.words;
        let longest = if words.below(50) == 0 { 100_000 } else { 3000 };
        let bits = words.logarithmic(1, 5000);
        let len = words.logarithmic(1, longest.min(OPERAND / bits));
        match words.below(4) {
            // Like lengths and sizes, as most products have.
            0 | 1 => [(len, bits), ((len + words.below(3)).max(1), bits)],
            2 => [(len, bits), (words.logarithmic(1, longest.min(OPERAND / bits)), bits)],
            _ => {
                let other = words.logarithmic(1, 5000);
                [(len, bits), (words.logarithmic(1, longest.min(OPERAND / other)), other)]
            }
        }
    }

    /// An algorithm that is not out of the question for so many limb products.
    fn algorithm(&mut self, work: usize) -> Algorithm {
        match self.words.choose(&ALGORITHMS) {
            Algorithm::Schoolbook | Algorithm::Karatsuba if work > QUADRATIC => Algorithm::Ntt,
            algorithm => algorithm,
        }
    }

    fn integers(&mut self) {
        let seed = self.seed;
        let [(m, x), (n, y)] = self.shape();
        let a = self.words.integers(m, x);
        let square = self.words.below(5) == 0;
        let b = if square { a.clone() } else { self.words.integers(n, y) };
        let second = if square { &a } else { &b };
        let full = a.len() + b.len() - 1;
        let (want, window) = self.words.want(full);
        let work = a.limbs().len().saturating_mul(b.limbs().len());
        integers_into(a.as_slice(), second.as_slice(), &want, &mut self.room.integers)
            .expect("within the limit");
        let got = &self.room.integers;
        assert_eq!(got.len(), window.len(), "case {seed}");
        let whole = if work <= NAIVE {
            naive(a.as_slice(), b.as_slice())
        } else {
            let whole = integers(a.as_slice(), b.as_slice(), &Want::full()).expect("within the limit");
            check_value(&mut self.words, &[(&a, 1), (&b, 1)], &whole, seed);
            whole
        };
        assert!(got.as_slice() == whole.range(window.clone()), "case {seed}: {m} x {n}, {want:?}");
        let algorithm = self.algorithm(work);
        match integers(a.as_slice(), second.as_slice(), &want.clone().by(algorithm)) {
            Ok(got) => {
                assert!(got.as_slice() == whole.range(window), "case {seed}: {m} x {n}, {want:?} {algorithm}")
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::Unsupported, "case {seed}: {error}"),
        }
        // Prepared, where the primes suffice.
        if self.words.below(4) == 0 {
            let shape = Shape::new(a.len(), b.len(), &want);
            match Frame::integers(&shape, (a.bits(), b.bits()), 1) {
                Ok(frame) => {
                    let f = frame.transform(&a).expect("it fits");
                    let got = f.mul_integers(b.as_slice(), &want).expect("it fits");
                    let window = want.window(a.len(), b.len());
                    assert!(got.as_slice() == whole.range(window), "case {seed}: prepared");
                }
                Err(error) => assert_eq!(error.kind(), ErrorKind::Unsupported, "case {seed}: {error}"),
            }
        }
    }

    fn word_modulus(&mut self) -> WordModulus {
        let any = u128::from(self.words.next() >> self.words.below(64)).max(1);
        let fixed =
            [1, 2, 97, 12_289, 998_244_353, 1_000_000_007, (1 << 61) - 1, (1 << 64) - 59, 1 << 32, 1 << 64];
        let n = if self.words.below(3) == 0 { any } else { self.words.choose(&fixed) };
        WordModulus::from_u128(n).expect("in range")
    }

    fn words(&mut self) {
        let seed = self.seed;
        let n = self.word_modulus();
        let longest = if self.words.below(50) == 0 { 100_000 } else { 3000 };
        let m = self.words.logarithmic(1, longest);
        let l = if self.words.below(2) == 0 { m } else { self.words.logarithmic(1, longest) };
        let a = self.words.residues(n.modulus(), m);
        let square = self.words.below(5) == 0;
        let b = if square { a.clone() } else { self.words.residues(n.modulus(), l) };
        let second = if square { &a } else { &b };
        let full = a.len() + b.len() - 1;
        let (want, window) = self.words.want(full);
        // Over the integers, and reduced.
        let rows = |v: &[u64]| IntegerVec::from_limbs(v.iter().flat_map(|&x| [x, 0]).collect(), 2);
        let (x, y) = (rows(&a), rows(&b));
        let whole = if a.len() * b.len() <= NAIVE / 4 {
            naive(x.as_slice(), y.as_slice())
        } else {
            let whole = integers(x.as_slice(), y.as_slice(), &Want::full()).expect("within the limit");
            check_value(&mut self.words, &[(&x, 1), (&y, 1)], &whole, seed);
            whole
        };
        let expected = whole.range(window).residues(&n);
        words_mod_into(&n, &a, second, &want, &mut self.room.words).expect("within the limit");
        let name = format!("case {seed}: modulo {}, {m} x {l}, {want:?}", n.modulus());
        assert!(self.room.words == expected, "{name}");
        let algorithm = self.algorithm(a.len() * b.len());
        match words_mod(&n, &a, second, &want.clone().by(algorithm)) {
            Ok(got) => assert!(got == expected, "{name} {algorithm}"),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Unsupported, "{name}: {error}"),
        }
        if self.words.below(4) == 0 {
            let frame = Frame::words(&n, &Shape::new(a.len(), b.len(), &want), 1).expect("few primes");
            let got = frame.transform(&a).expect("it fits").mul_words(&b, &want).expect("it fits");
            assert!(got == expected, "{name}: prepared");
        }
    }

    fn big_residues(&mut self) {
        let bits = self.words.logarithmic(1, 3000);
        let n = BigUint::from_slice(
            &(0..bits.div_ceil(32)).map(|_| self.words.next() as u32).collect::<Vec<_>>(),
        );
        let n =
            BigModulus::new((n >> (bits.next_multiple_of(32) - bits)) | BigUint::from(1u8)).expect("not 0");
        let len = |words: &mut Words| words.logarithmic(1, 1500.min(OPERAND / 4 / bits));
        let (m, l) = (len(&mut self.words), len(&mut self.words));
        // Any integers are allowed.
        let excess = self.words.choose(&[0, 0, 0, 70]);
        let (a, b) = (self.words.integers(m, bits + excess), self.words.integers(l, bits));
        let (want, window) = self.words.want(m + l - 1);
        let got = integers_mod(&n, a.as_slice(), b.as_slice(), &want).expect("within the limit");
        let whole = integers(a.as_slice(), b.as_slice(), &Want::full()).expect("within the limit");
        check_value(&mut self.words, &[(&a, 1), (&b, 1)], &whole, self.seed);
        let modulus = BigInt::from(n.value().clone());
        let expected = whole.range(window).iter().map(|c| ((c % &modulus) + &modulus) % &modulus);
        assert!(got.iter().eq(expected), "case {}: modulo {bits} bits, {m} x {l}, {want:?}", self.seed);
    }

    fn powers(&mut self) {
        let seed = self.seed;
        let e = self.words.logarithmic(1, 200);
        let bits = self.words.logarithmic(1, (4000 / e).max(1));
        let m = self.words.logarithmic(1, (4000 / e).max(2));
        let f = self.words.integers(m, bits);
        let full = (m - 1) * e + 1;
        let (want, window) = self.words.want(full);
        let got = integers_power(f.as_slice(), e as u64, &want).expect("within the limit");
        let whole = integers_power(f.as_slice(), e as u64, &Want::full()).expect("within the limit");
        assert!(
            got.as_slice() == whole.range(window.clone()),
            "case {seed}: {m} coefficients to the {e}, {want:?}"
        );
        check_value(&mut self.words, &[(&f, e)], &whole, seed);
        let n = self.word_modulus();
        let reduced = f.as_slice().residues(&n);
        let expected = whole.range(window.clone()).residues(&n);
        let got = words_mod_power(&n, &reduced, e as u64, &want).expect("within the limit");
        assert!(
            got == expected,
            "case {seed}: modulo {}, {m} coefficients to the {e}, {want:?}",
            n.modulus()
        );
        let algorithm = self.words.choose(&ALGORITHMS);
        match integers_power(f.as_slice(), e as u64, &want.clone().by(algorithm)) {
            Ok(got) => {
                assert!(got.as_slice() == whole.range(window), "case {seed}: {m}^{e}, {want:?} {algorithm}")
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::Unsupported, "case {seed}: {error}"),
        }
    }

    fn large_integers(&mut self) {
        let large = |words: &mut Words| {
            let bits = words.logarithmic(1, 2_000_000);
            words.integers(1, bits).get(0)
        };
        let a = large(&mut self.words);
        let b = if self.words.below(3) == 0 {
            large(&mut self.words)
        } else {
            &a + (large(&mut self.words) >> 70u8)
        };
        for (a, b) in [(&a, &b), (&b, &a)] {
            let product = integer_product(a, b);
            if a.bits().min(b.bits()) < 20_000 {
                assert!(product == a * b, "case {}: {} x {} bits", self.seed, a.bits(), b.bits());
            }
            for p in [(1u64 << 61) - 1, (1 << 62) - 57, 4_294_967_291] {
                let (x, y, z) = (a % p, b % p, &product % p);
                assert!(x * y % p == z, "case {}: {} x {} bits modulo {p}", self.seed, a.bits(), b.bits());
            }
        }
        assert!(
            integer_square(&a) == integer_product(&a, &a.clone()),
            "case {}: {} bits",
            self.seed,
            a.bits()
        );
    }

    /// Real and imaginary parts from products of integers, which are checked by themselves.
    fn gaussian(&mut self) {
        let [(m, x), (n, y)] = self.shape().map(|(len, bits)| (len.min(1000), bits.min(1500)));
        let parts =
            [(m, x), (m, x / 2 + 1), (n, y), (n, y)].map(|(len, bits)| self.words.integers(len, bits));
        let [a, b, c, d] = [0, 1, 2, 3].map(|k: usize| parts[k].as_slice());
        let square = self.words.below(5) == 0;
        let (c, d) = if square { (a, b) } else { (c, d) };
        let (want, window) = self.words.want(a.len() + c.len() - 1);
        let sequence = |re: IntegerSlice<'_>, im: IntegerSlice<'_>| -> Vec<_> {
            re.iter().zip(im.iter()).map(|(re, im)| Complex::new(re, im)).collect()
        };
        let (f, g) = (sequence(a, b), sequence(c, d));
        let got = ZZ_I.convolve(&f, if square { &f } else { &g }, &want).expect("within the limit");
        let of = |x, y| integers(x, y, &Want::full()).expect("within the limit").to_bigints();
        let (ac, bd, ad, bc) = (of(a, c), of(b, d), of(a, d), of(b, c));
        let expected = window.map(|k| Complex::new(&ac[k] - &bd[k], &ad[k] + &bc[k]));
        assert!(got.into_iter().eq(expected), "case {}: Gaussian, {m} x {n}, {want:?}", self.seed);
    }

    /// `c/q` with `c * (p*p') = (a*b) * q` for operands over `p` and `p'`.
    fn rationals(&mut self) {
        let [(m, x), (n, y)] = self.shape().map(|(len, bits)| (len.min(1000), bits.min(1500)));
        let [a, b] = [(m, x), (n, y)].map(|(len, bits)| {
            let (numerators, size) = (self.words.integers(len, bits), self.words.logarithmic(1, 100));
            let denominator = self.words.integers(1, size).get(0).magnitude() + 1u8;
            RationalVec::new(numerators, denominator).expect("not 0")
        });
        let (want, _) = self.words.want(m + n - 1);
        let got = rationals(&a, &b, &want).expect("within the limit");
        let whole = integers(a.numerators(), b.numerators(), &want).expect("within the limit");
        let both = BigInt::from(a.denominator() * b.denominator());
        let own = BigInt::from(got.denominator().clone());
        let same = got.numerators().iter().map(|c| c * &both).eq(whole.iter().map(|c| c * &own));
        assert!(same, "case {}: rational, {m} x {n}, {want:?}", self.seed);
    }

    /// Arrays of two or three axes as sequences whose axes do not meet.
    fn arrays(&mut self) {
        let axes = 2 + self.words.below(2);
        let most = [300, 30][axes - 2];
        let bits = self.words.logarithmic(1, 100);
        let shapes = [(); 2].map(|()| (0..axes).map(|_| self.words.logarithmic(1, most)).collect::<Vec<_>>());
        let full: Vec<usize> = shapes[0].iter().zip(&shapes[1]).map(|(a, b)| a + b - 1).collect();
        let flat = shapes.each_ref().map(|shape| self.words.integers(shape.iter().product(), bits));
        let laid_out = |k: usize| {
            let array = Array::new(shapes[k].clone(), flat[k].to_bigints());
            let room = Array::from_fn(full.clone(), |index| array.get(index).cloned().unwrap_or_default());
            (array, IntegerVec::from_bigints(room.data()))
        };
        let [(a, x), (b, y)] = [laid_out(0), laid_out(1)];
        let got = ZZ.convolve_arrays(&a, &b, &Mode::Full, None).expect("within the limit");
        let low = Want::low(full.iter().product());
        let expected = integers(x.as_slice(), y.as_slice(), &low).expect("within the limit");
        assert!(
            got.shape() == full && got.data().iter().eq(expected.iter().collect::<Vec<_>>().iter()),
            "case {}: arrays {shapes:?} of {bits} bits",
            self.seed
        );
    }

    /// Sums of products, of integers and modulo a word.
    fn sums(&mut self) {
        let pairs: Vec<_> = (0..1 + self.words.below(5))
            .map(|_| self.shape().map(|(len, bits)| self.words.integers(len.min(600), bits.min(2000))))
            .collect();
        let full = pairs.iter().map(|[a, b]| a.len() + b.len() - 1).max().unwrap_or(0);
        let (want, window) = self.words.want(full);
        let mut sum = IntegerVec::zeros(full, 1);
        for [a, b] in &pairs {
            let product = integers(a.as_slice(), b.as_slice(), &Want::full()).expect("within the limit");
            sum.try_add_assign_at(0, product.as_slice()).expect("within the limit");
        }
        let slices: Vec<_> = pairs.iter().map(|[a, b]| (a.as_slice(), b.as_slice())).collect();
        let got = integers_dot(&slices, &want).expect("within the limit");
        let expected = sum.range(window);
        assert!(
            got.as_slice() == expected,
            "case {}: a sum of {} products, {want:?}",
            self.seed,
            pairs.len()
        );
        let n = self.word_modulus();
        let reduced: Vec<_> = slices.iter().map(|&(a, b)| (a.residues(&n), b.residues(&n))).collect();
        let slices: Vec<_> = reduced.iter().map(|(a, b)| (&a[..], &b[..])).collect();
        let got = words_mod_dot(&n, &slices, &want).expect("within the limit");
        assert!(got == expected.residues(&n), "case {}: a sum modulo {}, {want:?}", self.seed, n.modulus());
    }

    /// Doubles that are integers, within the bound that stands in the documentation of [`floats`].
    fn floats(&mut self) {
        let [m, n] = [(); 2].map(|()| self.words.logarithmic(1, 20_000));
        let [x, y] = [m, n].map(|len| {
            let bits = self.words.logarithmic(1, 50);
            self.words.integers(len, bits).to_i64s().expect("words")
        });
        let (want, window) = self.words.want(m + n - 1);
        let [a, b] = [&x, &y].map(|v| v.iter().map(|&x| x as f64).collect::<Vec<_>>());
        let got = floats(&a, &b, &want).expect("within the limit");
        let [x, y] = [&x, &y].map(|v| IntegerVec::from_i64s(v));
        let exact = integers(x.as_slice(), y.as_slice(), &want).expect("within the limit").to_i128s();
        let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
        let bound = 64.0 * (3.0 * (m + n) as f64).log2() / 2f64.powi(53) * norm(&a) * norm(&b);
        assert_eq!(got.len(), window.len());
        let worst =
            got.iter().zip(exact.expect("two words")).map(|(c, e)| (c - e as f64).abs()).fold(0.0, f64::max);
        assert!(worst <= bound, "case {}: {m} x {n} doubles, off by {worst:e} of {bound:e}", self.seed);
    }

    fn run(&mut self) {
        match self.words.below(24) {
            0..8 => self.integers(),
            8..14 => self.words(),
            14..16 => self.big_residues(),
            16..18 => self.powers(),
            18 => self.gaussian(),
            19 => self.rationals(),
            20 => self.arrays(),
            21 => self.sums(),
            22 => self.floats(),
            _ => self.large_integers(),
        }
    }
}

/// The product by definition.
fn naive(a: IntegerSlice<'_>, b: IntegerSlice<'_>) -> IntegerVec {
    let (x, y): (Vec<BigInt>, Vec<BigInt>) = (a.iter().collect(), b.iter().collect());
    let mut product = vec![BigInt::ZERO; x.len() + y.len() - 1];
    for (i, x) in x.iter().enumerate() {
        for (j, y) in y.iter().enumerate() {
            product[i + j] += x * y;
        }
    }
    IntegerVec::from_bigints(&product)
}

/// The product of powers of the factors has the value that the result has, at a random point modulo `2^61 - 1`.
pub(crate) fn check_value(
    words: &mut Words,
    factors: &[(&IntegerVec, usize)],
    result: &IntegerVec,
    seed: u64,
) {
    let p = WordModulus::new((1 << 61) - 1).expect("not 0");
    let x = p.reduce(words.next());
    let value = |f: &IntegerVec| f.as_slice().residues(&p).iter().rev().fold(0, |v, &c| p.mul_add(v, x, c));
    let expected = factors.iter().fold(1, |v, &(f, e)| p.mul(v, p.pow(value(f), e as u64)));
    assert_eq!(value(result), expected, "case {seed}: the value at a point");
}

/// Runs cases for a time, one at least, and returns how many.
fn run(seed: u64, time: Duration) -> u64 {
    let start = Instant::now();
    let mut room = Room::default();
    let backends = Backend::available();
    let mut count = 0;
    loop {
        let seed = seed.wrapping_add(count);
        let mut words = Words(seed);
        let (backend, threads) = (words.choose(&backends), words.below(4));
        let case = || -> Result<()> { with_backend(backend, || Case { words, room: &mut room, seed }.run()) };
        on_threads(threads, case).expect("it is available");
        count += 1;
        if start.elapsed() >= time {
            return count;
        }
    }
}

/// Runs `f` on a pool of so many threads, 0 for the one that there is.
#[cfg(feature = "parallel")]
pub(crate) fn on_threads<T: Send>(threads: usize, f: impl FnOnce() -> T + Send) -> T {
    use std::sync::OnceLock;
    static POOLS: [OnceLock<rayon::ThreadPool>; 4] = [const { OnceLock::new() }; 4];
    if threads == 0 {
        return f();
    }
    let pool = POOLS[threads].get_or_init(|| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started")
    });
    pool.install(f)
}

#[cfg(not(feature = "parallel"))]
pub(crate) fn on_threads<T>(_threads: usize, f: impl FnOnce() -> T) -> T {
    f()
}

fn setting(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

#[test]
fn a_short_run() {
    run(2024, Duration::from_millis(if cfg!(debug_assertions) { 0 } else { 400 }));
}

#[test]
#[ignore = "runs for an hour: cargo test --release --test engine -- --ignored --nocapture differential"]
fn differential() {
    let clock = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos() as u64);
    let seed = setting("MONIC_DIFFERENTIAL_SEED").unwrap_or(clock);
    let seconds = setting("MONIC_DIFFERENTIAL_SECONDS").unwrap_or(3600);
    println!("MONIC_DIFFERENTIAL_SEED={seed}");
    let count = run(seed, Duration::from_secs(seconds));
    println!("{count} cases passed");
}
