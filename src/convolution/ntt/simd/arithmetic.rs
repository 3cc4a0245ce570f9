//! [`Arithmetic`]: residues in vectors, lazily reduced; what the transforms are written over.
//!
//! Every bound is stated in eighths of `p`. Values between passes are below [`LIMIT`](Arithmetic::LIMIT) (in absolute
//! value, where they have a sign), which is also what a multiplication takes; backward and without signs that is so less the [`Bias`] they come with.

use super::{
    convert::{Lay, Split, SplitWords},
    lane::Lane,
    modular::Modulo,
    reconstruct::Rows,
};
use crate::convolution::ntt::{chunks::Joint, prime::Prime};

/// The vector of an arithmetic.
pub(super) type V<A> = <<A as Arithmetic>::Lane as Lane>::V;
/// The chunk of words of an arithmetic.
pub(super) type Chunk<A> = <<A as Arithmetic>::Lane as Lane>::Chunk;

/// A factor with its quotient by `p`, in every element of a vector.
#[derive(Clone, Copy)]
pub(super) struct Factor<V> {
    pub(super) value: V,
    pub(super) quotient: V,
}

/// A multiple of `p` that a value without a sign comes with, so that nothing has to be added to what another one is taken from. Values with
/// signs have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bias {
    /// 0.
    None,
    /// `2p`.
    Up,
    /// `-2p`: modulo 2^52, until something brings it back.
    Down,
}

impl Bias {
    /// Units of `p`.
    #[inline(always)]
    pub(super) fn units(self) -> i32 {
        match self {
            Bias::None => 0,
            Bias::Up => 2,
            Bias::Down => -2,
        }
    }
}

/// What products and reductions start from, so that they come with a [`Bias`] at no cost.
#[derive(Clone, Copy)]
pub(super) struct Seed<V> {
    /// The bias.
    pub(super) value: V,
    /// What the quotient starts from: the bias divided by `-p`.
    pub(super) quotient: V,
}

/// Which of the tables of a prime an arithmetic reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Representation {
    /// Integers with quotients by 2^52.
    Words,
    /// Doubles with quotients.
    Doubles,
}

/// Arithmetic modulo one prime on the vectors of a lane.
pub(super) trait Arithmetic: Copy + 'static {
    /// The vectors.
    type Lane: Lane;
    /// The same with butterflies for units that start as many products as sums, in the same representation.
    type Fused: Arithmetic<Lane = Self::Lane>;
    /// Of factors in tables.
    const REPRESENTATION: Representation;
    /// Values stay below this.
    const LIMIT: u32;
    /// A butterfly adds this to the bound of its first operand.
    const GROWTH: u32;
    /// The bound of reduced values.
    const REDUCED: u32;
    /// Whether the inverse transform leaves sums of two products unreduced.
    const SIGNED: bool;

    /// The constants of a prime.
    fn new(lane: Self::Lane, prime: &Prime) -> Self;
    /// The lane.
    fn lane(self) -> Self::Lane;
    /// A residue in `0..p` as a factor, as words of a table.
    fn factor(prime: &Prime, value: u64) -> [u64; 2];
    /// `2^k`: what a pointwise product is divided by.
    fn unfactor(prime: &Prime) -> u64;

    /// Words below 4p to values below 4p.
    fn load_words(self, chunk: &Chunk<Self>) -> V<Self>;
    /// Values to words in `0..2p`; without signs, the values are below 2p.
    fn store_words(self, chunk: &mut Chunk<Self>, v: V<Self>);
    /// Values to words in `0..p`, under the same condition.
    fn store_canonical(self, chunk: &mut Chunk<Self>, v: V<Self>);

    /// The same residue, below [`REDUCED`](Self::REDUCED).
    fn reduce(self, x: V<Self>) -> V<Self>;
    /// `y * w`, below 2p or in `-3p/4 .. 3p/4`.
    fn mul(self, y: V<Self>, w: Factor<V<Self>>) -> V<Self>;
    /// The start of a bias.
    fn seed(self, bias: Bias) -> Seed<V<Self>>;
    /// The start of four biases in turn, element by element.
    fn seeds(self, biases: [Bias; 4]) -> Seed<V<Self>>;
    /// `x` with a bias.
    fn raise(self, x: V<Self>, bias: Bias) -> V<Self>;
    /// Products one beside the other, for as many as the vector unit has registers: a processor looks ahead over less
    /// than one of these chains. What each starts from is added.
    fn products_from<const K: usize>(
        self,
        seeds: [Seed<V<Self>>; K],
        y: [V<Self>; K],
        w: [Factor<V<Self>>; K],
    ) -> [V<Self>; K];
    /// Reductions one beside the other.
    fn reductions_from<const K: usize>(self, seed: Seed<V<Self>>, x: [V<Self>; K]) -> [V<Self>; K];
    /// Products without a bias.
    #[inline(always)]
    fn products<const K: usize>(self, y: [V<Self>; K], w: [Factor<V<Self>>; K]) -> [V<Self>; K] {
        self.products_from([self.seed(Bias::None); K], y, w)
    }
    /// Reductions without a bias.
    #[inline(always)]
    fn reductions<const K: usize>(self, x: [V<Self>; K]) -> [V<Self>; K] {
        self.reductions_from(self.seed(Bias::None), x)
    }
    /// `(x + y*w, x - y*w)` on groups of four: while the sums of one group wait for its products, those of the next start.
    fn butterflies<const K: usize>(
        self,
        x: [[V<Self>; 4]; K],
        y: [[V<Self>; 4]; K],
        w: [[Factor<V<Self>>; 4]; K],
    ) -> [[[V<Self>; 4]; 2]; K];
    /// `(x + y, (x - y) * w)`, four. Without signs, `x` and `y` come with the biases `from`, which `x + y` has the sum of,
    /// `y` less its own is below 4p where `wide`, else below 2p, and the products come with the biases `to`.
    fn inverse_butterflies(
        self,
        x: [V<Self>; 4],
        y: [V<Self>; 4],
        w: [Factor<V<Self>>; 4],
        from: [[Bias; 2]; 4],
        wide: [bool; 4],
        to: [Seed<V<Self>>; 4],
    ) -> [[V<Self>; 4]; 2];
    /// `x + y`.
    fn add(self, x: V<Self>, y: V<Self>) -> V<Self>;
    /// `x - y`; without signs, `y` is below 2p.
    fn sub(self, x: V<Self>, y: V<Self>) -> V<Self>;
    /// `a * b` divided by [`unfactor`](Self::unfactor), below 2p or in `-3p/4 .. 3p/4`.
    fn product(self, a: V<Self>, b: V<Self>) -> V<Self>;
    /// The factor `v * w` for the value `v` of a factor.
    fn compose(self, v: V<Self>, w: Factor<V<Self>>) -> Factor<V<Self>>;

    /// Residues below 4p of words.
    fn split_words(self, split: SplitWords<'_>);
    /// Lays out the digits of rows.
    fn lay(lane: Self::Lane, lay: Lay<'_>);
    /// Residues below 4p of coefficients whose digits are laid out.
    fn split(self, split: Split<'_>);
    /// Chinese remaindering to rows of limbs.
    fn rows(lane: Self::Lane, rows: Rows<'_>);
    /// Chinese remaindering modulo a modulus.
    fn modular(lane: Self::Lane, modulo: Modulo<'_>);

    /// `out = a * b` for two natural numbers, where there is a way that is faster than words; whether there was.
    fn integer_product(_lane: Self::Lane, _out: &mut [u64], _a: &[u64], _b: &[u64]) -> bool {
        false
    }

    /// Chunks of a natural number, where there is a way that is faster than words; whether there was.
    fn cut_chunks(_lane: Self::Lane, _row: &[u64], _first: u64, _bits: u64, _out: &mut [u64]) -> bool {
        false
    }

    /// The sum of chunks, where there is a way that is faster than words; whether there was.
    fn join_chunks(_lane: Self::Lane, _joint: &Joint, _residues: [&[u64]; 2], _out: &mut [u64]) -> bool {
        false
    }

    /// A factor from the words of a table, in all elements.
    #[inline(always)]
    fn splat(self, [value, quotient]: [u64; 2]) -> Factor<V<Self>> {
        Factor { value: self.lane().splat(value), quotient: self.lane().splat(quotient) }
    }
}
