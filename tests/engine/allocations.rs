//! What a product allocates: the result, and nothing where that is there already.

use crate::sample::Words;
use allocation_counter::measure;
use monic::{
    Poly, ZZ,
    convolution::{Want, integers_into, words_mod_into},
    integer::{IntegerVec, WordModulus},
};

/// Lengths and bits of products that are schoolbook on every back end.
const SHORT: [(usize, usize); 4] = [(3, 30), (8, 62), (16, 8), (20, 30)];

/// Others, below what is shared among threads.
const LONG: [(usize, usize); 8] =
    [(12, 300), (4, 1000), (100, 62), (200, 120), (500, 30), (6, 3000), (1000, 60), (100, 1000)];

/// They have lists of a few words: of buffers and factors, one for each prime, and of digits, one for each group of coefficients.
const LISTS: u64 = 80;

fn shapes() -> impl Iterator<Item = ((usize, usize), u64)> {
    SHORT.into_iter().map(|shape| (shape, 0)).chain(LONG.into_iter().map(|shape| (shape, LISTS)))
}

fn operands(len: usize, bits: usize) -> [IntegerVec; 2] {
    let mut words = Words((len + bits) as u64);
    [(); 2].map(|()| {
        let width = bits / 64 + 1;
        let rows = (0..len).flat_map(|_| {
            let mut row: Vec<u64> = (0..width).map(|_| words.next()).collect();
            row[width - 1] &= (1 << (bits % 64)) - 1;
            row
        });
        IntegerVec::from_limbs(rows.collect(), width)
    })
}

/// Twice first: working memory stays with the thread, and the result finds its room.
fn allocations(mut product: impl FnMut()) -> u64 {
    product();
    product();
    measure(product).count_total
}

#[test]
fn nothing_into_memory_that_is_there() {
    for ((len, bits), most) in shapes() {
        let [a, b] = operands(len, bits);
        let mut out = IntegerVec::default();
        let flat = || integers_into(a.as_slice(), b.as_slice(), &Want::full(), &mut out).expect("small");
        let flat = allocations(flat);
        assert!(flat <= most, "flat, {len} of {bits} bits: {flat}");
        let [f, g] = [&a, &b].map(|v| Poly::from_vec(ZZ, v.as_slice().to_bigints()));
        let mut product = Poly::zero(ZZ);
        let integers = allocations(|| f.mul_into(&g, &mut product));
        assert!(integers <= most, "{len} of {bits} bits: {integers}");
        let p = WordModulus::new((1 << 61) - 1).expect("not 0");
        let (x, y, mut residues) = (a.as_slice().residues(&p), b.as_slice().residues(&p), Vec::new());
        let modular = || words_mod_into(&p, &x, &y, &Want::full(), &mut residues).expect("small");
        let modular = allocations(modular);
        assert!(modular <= most, "modulo a prime, {len}: {modular}");
    }
}

#[test]
fn nothing_but_the_result() {
    for ((len, bits), most) in shapes() {
        let [f, g] = operands(len, bits).map(|v| Poly::from_vec(ZZ, v.as_slice().to_bigints()));
        let result = &f * &g;
        // One for the sequence, one for each integer of more than a word.
        let own = 1 + result.coefficients().iter().filter(|c| c.bits() > 64).count() as u64;
        let all = allocations(|| drop(std::hint::black_box(&f * &g)));
        assert!(all <= own + most, "{len} of {bits} bits: {all} in place of {own}");
    }
}
