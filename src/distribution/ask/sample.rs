//! Random outcomes with exactly the probabilities of a distribution, by inversion of its cumulative probabilities.
//!
//! It stands apart because it needs a source of random words (feature `rand`). A uniform number `U` of 0 to 1 is drawn by
//! its binary digits, a word at a time, and only as many as it takes to see between which cumulative probabilities it lies: one
//! word but in about `n` of 2^64 draws, whatever the size of the denominator. So nothing is rounded, and no draw is thrown away.
//!
//! # Source
//! Inversion by digits on demand: D. Knuth and A. Yao, "The complexity of nonuniform random number generation", in Algorithms and
//! Complexity (1976).

use super::super::Distribution;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::Zero;
use rand::Rng;

/// Draws outcomes of a [`Distribution`]; prepared once for many draws.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// use rand::{SeedableRng, distr::Distribution as _, rngs::StdRng};
/// let dice = Distribution::die(6).times(3);
/// let mut rng = StdRng::seed_from_u64(1);
/// let rolls: Vec<i64> = dice.sampler().sample_iter(&mut rng).take(1000).collect();
/// assert!(rolls.iter().all(|roll| (3..=18).contains(roll)));
/// ```
#[derive(Clone, Debug)]
pub struct Sampler<'a> {
    distribution: &'a Distribution,
    /// The first words of the cumulative probabilities `c_k`, but for the last one, which is 1: `floor(2^64 c_k)`.
    first_words: Vec<u64>,
}

impl Distribution {
    /// Prepares draws of outcomes.
    ///
    /// # Complexity
    /// A few operations on words an outcome, and a word of memory; a draw takes a random word and a binary search.
    pub fn sampler(&self) -> Sampler<'_> {
        let quotients = self.quotients();
        let mut sum = BigUint::ZERO;
        let all_but_last = self.weights.range(0..self.weights.len() - 1);
        let first_word = |weight: &num_bigint::BigInt| {
            sum += weight.magnitude();
            let floor = quotients.of(&sum).floor(64).map(u64::try_from);
            // Below 1, because the last weight is positive.
            match floor {
                Some(Ok(word)) => word,
                _ => u64::try_from((&sum << 64u32) / quotients.denominator())
                    .expect("a cumulative probability below 1"),
            }
        };
        Sampler { distribution: self, first_words: all_but_last.map(first_word).collect() }
    }
}

impl Sampler<'_> {
    /// How many cumulative probabilities are at most the number whose words, the most significant first, come from `next`:
    /// the lattice point of an outcome.
    fn point(&self, mut next: impl FnMut() -> u64) -> usize {
        let word = next();
        let mut below = self.first_words.partition_point(|&first| first < word);
        let end = below + self.first_words[below..].partition_point(|&first| first == word);
        if below == end {
            return below;
        }
        // Those that begin with the same word, as what is left of them after it.
        let denominator = self.distribution.denominator.magnitude();
        let split = |part: &BigUint| (part << 64u32).div_rem(denominator);
        let weights = &self.distribution.weights;
        let mut sum: BigUint = weights.range(0..below).map(|w| w.magnitude()).sum();
        let mut open: Vec<BigUint> = Vec::with_capacity(end - below);
        for weight in weights.range(below..end) {
            sum += weight.magnitude();
            open.push(split(&sum).1);
        }
        loop {
            // What ends here is at most any number that begins with it.
            below += open.iter().take_while(|part| part.is_zero()).count();
            open.retain(|part| !part.is_zero());
            if open.is_empty() {
                return below;
            }
            let word = BigUint::from(next());
            let parts: Vec<_> = open.iter().map(split).collect();
            below += parts.iter().take_while(|(digit, _)| *digit < word).count();
            open = parts.into_iter().filter(|(digit, _)| *digit == word).map(|(_, rest)| rest).collect();
        }
    }
}

impl rand::distr::Distribution<i64> for Sampler<'_> {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> i64 {
        self.distribution.outcome(self.point(|| rng.next_u64()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use rand::{SeedableRng, distr::Distribution as _, rngs::StdRng};

    /// The point that belongs to the number with these words and zeros behind them, by comparing fractions.
    fn expected(distribution: &Distribution, words: &[u64]) -> usize {
        let number = words.iter().fold(BigInt::ZERO, |n, &word| (n << 64u32) + word);
        let mut sum = BigInt::ZERO;
        let weights = distribution.weights();
        let cumulative = weights.iter().take(weights.len() - 1).map(|w| {
            sum += w;
            sum.clone()
        });
        cumulative.filter(|c| c << (64 * words.len()) <= &number * distribution.denominator()).count()
    }

    fn found(distribution: &Distribution, words: &[u64]) -> usize {
        let mut words = words.iter().copied();
        distribution.sampler().point(|| words.next().unwrap_or(0))
    }

    /// Every boundary of every small distribution, to the third word: there numbers next to each other part.
    #[test]
    fn boundaries_are_exact() {
        let near = |n: BigUint| {
            let word = u64::try_from(n).unwrap();
            [word.saturating_sub(1), word, word.saturating_add(1)]
        };
        for denominator in 1..=12u32 {
            for low in 0..denominator {
                let weights = [low, (denominator - low) / 2, 0, denominator - low - (denominator - low) / 2];
                let distribution = Distribution::from_weights((0..).zip(weights)).unwrap();
                let denominator = distribution.denominator().magnitude();
                let mut sum = BigUint::ZERO;
                for weight in distribution.weights().iter().take(distribution.weights().len() - 1) {
                    sum += weight.magnitude();
                    let (first, rest) = (&sum << 64u32).div_rem(denominator);
                    let (second, rest) = (rest << 64u32).div_rem(denominator);
                    let third = (rest << 64u32) / denominator;
                    for a in near(first) {
                        for b in near(second.clone()) {
                            for c in near(third.clone()) {
                                let words = [a, b, c];
                                assert_eq!(
                                    found(&distribution, &words),
                                    expected(&distribution, &words),
                                    "{distribution:?} {words:?}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }

    /// Cumulative probabilities that agree in their first words, as tails of many dice do.
    #[test]
    fn many_in_one_word() {
        let dice = Distribution::die(6).times(100);
        for words in [
            vec![0],
            vec![0, 0],
            vec![0, 0, 0, 1],
            vec![0, 0, 7 << 32],
            vec![0, 1 << 40, 5],
            vec![u64::MAX; 2],
            vec![u64::MAX; 5],
        ] {
            assert_eq!(found(&dice, &words), expected(&dice, &words), "{words:?}");
        }
        let rare = Distribution::from_weights(
            (0..5).map(|k| (k, if k == 4 { BigInt::from(1) << 200 } else { 1.into() })),
        )
        .unwrap();
        for low in 0..6u64 {
            let words = [0, 0, 0, low << 56, 0];
            assert_eq!(found(&rare, &words), expected(&rare, &words), "{low}");
        }
    }

    /// Each residue of a denominator that is a power of two belongs to as many words as any other.
    #[test]
    fn residues_are_counted() {
        let coins = Distribution::uniform(0..=1).times(6);
        let sampler = coins.sampler();
        let mut counts = [0u64; 7];
        for residue in 0..64u64 {
            for rest in [0, 1, (1 << 58) - 1] {
                counts[sampler.point(|| residue << 58 | rest)] += 1;
            }
        }
        assert_eq!(counts, [1, 6, 15, 20, 15, 6, 1].map(|n| 3 * n));
    }

    #[test]
    fn draws_have_the_mean() {
        let dice = Distribution::from_weights([(-4, 1), (2, 3), (8, 1)]).unwrap();
        let n = 20_000;
        let sum: i64 = dice.sampler().sample_iter(StdRng::seed_from_u64(7)).take(n).sum();
        // Mean 2, variance 72/5: five standard deviations of the sum.
        assert!((sum as f64 / n as f64 - 2.0).abs() < 5.0 * (14.4 / n as f64).sqrt());
        let always = Distribution::constant(9);
        assert_eq!(always.sampler().sample(&mut StdRng::seed_from_u64(0)), 9);
    }
}
