//! [`Integers`], [`Floats`]: the lanes in plain code, bit for bit, with every bound of the arithmetic checked.
//!
//! No operation is inlined: kernels of loops in place of instructions were a third of the code of all tests, and took as much of the time to build them.

use super::{
    arithmetic::Arithmetic,
    ifma::MASK,
    lane::{FloatLane, IntegerLane, Lane, Task},
};

/// Eight integers with products of 52 bits.
#[derive(Clone, Copy)]
pub(super) struct Integers;

/// Doubles, four or eight.
#[derive(Clone, Copy)]
pub(super) struct Floats<const N: usize>;

/// Word c of group r of eight words, wherever the vectors put it.
fn transpose<const N: usize>(v: [[u64; N]; 8]) -> [[u64; N]; 8] {
    let words = v.as_flattened();
    std::array::from_fn(|c| std::array::from_fn(|r| words[8 * r + c]))
}

fn untranspose<const N: usize>(v: [[u64; N]; 8]) -> [[u64; N]; 8] {
    std::array::from_fn(|k| std::array::from_fn(|i| v[(N * k + i) % 8][(N * k + i) / 8]))
}

macro_rules! memory {
    ($n:expr) => {
        type V = [u64; $n];
        type Chunk = [u64; $n];
        const N: usize = $n;
        const SIDE_BY_SIDE: bool = $n == 8;
        const CHECKED: bool = true;

        fn enter<A: Arithmetic<Lane = Self>, T: Task>(self, task: T) -> T::Output {
            task.run::<A>(self)
        }
        fn chunks(words: &[u64]) -> (&[[u64; $n]], &[u64]) {
            words.as_chunks()
        }
        fn chunks_mut(words: &mut [u64]) -> (&mut [[u64; $n]], &mut [u64]) {
            words.as_chunks_mut()
        }
        fn load(self, chunk: &[u64; $n]) -> [u64; $n] {
            *chunk
        }
        fn store(self, chunk: &mut [u64; $n], v: [u64; $n]) {
            *chunk = v;
        }
        #[inline(never)]
        fn load_part(self, words: &[u64]) -> [u64; $n] {
            std::array::from_fn(|i| words.get(i).copied().unwrap_or(0))
        }
        #[inline(never)]
        fn store_part(self, words: &mut [u64], v: [u64; $n]) {
            words.iter_mut().zip(v).for_each(|(word, v)| *word = v);
        }
        fn splat(self, word: u64) -> [u64; $n] {
            [word; $n]
        }
        #[inline(never)]
        fn splat_half(self, word: u64) -> [u64; $n] {
            [(word & u64::from(u32::MAX)) * 0x1_0000_0001; $n]
        }
        #[inline(never)]
        fn and(self, a: [u64; $n], b: [u64; $n]) -> [u64; $n] {
            map2(a, b, |a, b| a & b)
        }
        #[inline(never)]
        fn or(self, a: [u64; $n], b: [u64; $n]) -> [u64; $n] {
            map2(a, b, |a, b| a | b)
        }
        #[inline(never)]
        fn xor(self, a: [u64; $n], b: [u64; $n]) -> [u64; $n] {
            map2(a, b, |a, b| a ^ b)
        }
        #[inline(never)]
        fn word_add(self, a: [u64; $n], b: [u64; $n]) -> [u64; $n] {
            map2(a, b, u64::wrapping_add)
        }
        #[inline(never)]
        fn word_sub(self, a: [u64; $n], b: [u64; $n]) -> [u64; $n] {
            map2(a, b, u64::wrapping_sub)
        }
        #[inline(never)]
        fn shift_right<const BITS: u32>(self, a: [u64; $n]) -> [u64; $n] {
            a.map(|a| a >> BITS)
        }
        #[inline(never)]
        fn shift_right_by(self, a: [u64; $n], count: u64) -> [u64; $n] {
            a.map(|a| a.checked_shr(count as u32).unwrap_or(0))
        }
        #[inline(never)]
        fn shift_left_by(self, a: [u64; $n], count: u64) -> [u64; $n] {
            a.map(|a| a.checked_shl(count as u32).unwrap_or(0))
        }
        #[inline(never)]
        fn mul_halves(self, a: [u64; $n], b: [u64; $n]) -> [u64; $n] {
            map2(a, b, |a, b| u64::from(a as u32) * u64::from(b as u32))
        }
        #[inline(never)]
        fn sub_where_above(self, a: [u64; $n], bound: [u64; $n], b: [u64; $n]) -> [u64; $n] {
            map3(a, bound, b, |a, bound, b| if a > bound { a.wrapping_sub(b) } else { a })
        }
        #[inline(never)]
        fn transpose(self, v: [[u64; $n]; 8]) -> [[u64; $n]; 8] {
            transpose(v)
        }
        #[inline(never)]
        fn untranspose(self, v: [[u64; $n]; 8]) -> [[u64; $n]; 8] {
            untranspose(v)
        }
    };
}

impl Lane for Integers {
    memory!(8);
}

fn map2<const N: usize>(a: [u64; N], b: [u64; N], f: impl Fn(u64, u64) -> u64) -> [u64; N] {
    std::array::from_fn(|i| f(a[i], b[i]))
}

fn map3<const N: usize>(a: [u64; N], b: [u64; N], c: [u64; N], f: impl Fn(u64, u64, u64) -> u64) -> [u64; N] {
    std::array::from_fn(|i| f(a[i], b[i], c[i]))
}

fn product(a: u64, b: u64) -> u128 {
    u128::from(a & MASK) * u128::from(b & MASK)
}

impl IntegerLane for Integers {
    type D = [f64; 8];

    fn doubles(self, x: f64) -> [f64; 8] {
        [x; 8]
    }
    #[inline(never)]
    fn accumulate(self, sum: [f64; 8], a: [u64; 8], x: f64) -> [f64; 8] {
        std::array::from_fn(|i| (a[i] as f64).mul_add(x, sum[i]))
    }
    #[inline(never)]
    fn floor(self, a: [f64; 8]) -> [u64; 8] {
        a.map(|a| a as u64)
    }
    #[inline(never)]
    fn low(self, c: [u64; 8], a: [u64; 8], b: [u64; 8]) -> [u64; 8] {
        map3(a, b, c, |a, b, c| c.wrapping_add(product(a, b) as u64 & MASK))
    }
    #[inline(never)]
    fn high(self, c: [u64; 8], a: [u64; 8], b: [u64; 8]) -> [u64; 8] {
        map3(a, b, c, |a, b, c| c.wrapping_add((product(a, b) >> 52) as u64))
    }
    #[inline(never)]
    fn shift_right_signed<const BITS: u32>(self, a: [u64; 8]) -> [u64; 8] {
        a.map(|a| (a as i64 >> BITS) as u64)
    }
    #[inline(never)]
    fn load_rows<const W: usize>(self, rows: &[[u64; 8]; W]) -> [[u64; 8]; W] {
        let words = rows.as_flattened();
        std::array::from_fn(|c| std::array::from_fn(|r| words[W * r + c]))
    }
    #[inline(never)]
    fn store_rows<const W: usize>(self, rows: &mut [[u64; 8]; W], v: [[u64; 8]; W]) {
        for (i, word) in rows.as_flattened_mut().iter_mut().enumerate() {
            *word = v[i % W][i / W];
        }
    }
    #[inline(never)]
    fn min(self, a: [u64; 8], b: [u64; 8]) -> [u64; 8] {
        map2(a, b, u64::min)
    }
    #[inline(never)]
    fn shift_right_each(self, a: [u64; 8], counts: [u64; 8]) -> [u64; 8] {
        map2(a, counts, |a, count| if count < 64 { a >> count } else { 0 })
    }
    #[inline(never)]
    fn shift_left_each(self, a: [u64; 8], counts: [u64; 8]) -> [u64; 8] {
        map2(a, counts, |a, count| if count < 64 { a << count } else { 0 })
    }
    #[inline(never)]
    fn pick(self, low: [u64; 8], high: [u64; 8], index: [u64; 8]) -> [u64; 8] {
        index.map(|i| [low, high].as_flattened()[i as usize % 16])
    }
    #[inline(never)]
    fn window<const FROM: i32>(self, low: [u64; 8], high: [u64; 8]) -> [u64; 8] {
        let from = FROM as usize;
        std::array::from_fn(|i| if from + i < 8 { low[from + i] } else { high[from + i - 8] })
    }
    #[inline(never)]
    fn at_least(self, a: [u64; 8], b: [u64; 8]) -> u8 {
        (0..8).map(|i| u8::from(a[i] >= b[i]) << i).sum()
    }
    #[inline(never)]
    fn equal(self, a: [u64; 8], b: [u64; 8]) -> u8 {
        (0..8).map(|i| u8::from(a[i] == b[i]) << i).sum()
    }
    #[inline(never)]
    fn add_where(self, a: [u64; 8], bits: u8, b: [u64; 8]) -> [u64; 8] {
        std::array::from_fn(|i| if bits >> i & 1 == 1 { a[i].wrapping_add(b[i]) } else { a[i] })
    }
}

impl Lane for Floats<4> {
    memory!(4);
}

impl Lane for Floats<8> {
    memory!(8);
}

/// `f` of doubles on their bits.
fn float(f: impl Fn(f64, f64) -> f64) -> impl Fn(u64, u64) -> u64 {
    move |a, b| f(f64::from_bits(a), f64::from_bits(b)).to_bits()
}

fn fused(f: impl Fn(f64, f64, f64) -> f64) -> impl Fn(u64, u64, u64) -> u64 {
    move |a, b, c| f(f64::from_bits(a), f64::from_bits(b), f64::from_bits(c)).to_bits()
}

impl<const N: usize> FloatLane for Floats<N>
where
    Floats<N>: Lane<V = [u64; N], Chunk = [u64; N]>,
{
    #[inline(never)]
    fn add(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        map2(a, b, float(|a, b| a + b))
    }
    #[inline(never)]
    fn sub(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        map2(a, b, float(|a, b| a - b))
    }
    #[inline(never)]
    fn mul(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        map2(a, b, float(|a, b| a * b))
    }
    #[inline(never)]
    fn div(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        map2(a, b, float(|a, b| a / b))
    }
    #[inline(never)]
    fn mul_add(self, a: [u64; N], b: [u64; N], c: [u64; N]) -> [u64; N] {
        map3(a, b, c, fused(|a, b, c| a.mul_add(b, c)))
    }
    #[inline(never)]
    fn mul_sub(self, a: [u64; N], b: [u64; N], c: [u64; N]) -> [u64; N] {
        map3(a, b, c, fused(|a, b, c| a.mul_add(b, -c)))
    }
    #[inline(never)]
    fn neg_mul_add(self, a: [u64; N], b: [u64; N], c: [u64; N]) -> [u64; N] {
        map3(a, b, c, fused(|a, b, c| (-a).mul_add(b, c)))
    }
    #[inline(never)]
    fn add_where_negative(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        map2(a, b, float(|a, b| if a < 0.0 { a + b } else { a }))
    }
    #[inline(never)]
    fn from_words(self, chunk: &[u64; N]) -> [u64; N] {
        chunk.map(|x| {
            assert!(x >> 52 == 0, "{x} is over 52 bits");
            (x as f64).to_bits()
        })
    }
    #[inline(never)]
    fn to_words(self, chunk: &mut [u64; N], v: [u64; N]) {
        *chunk = v.map(|x| {
            let x = f64::from_bits(x);
            assert!(x.fract() == 0.0 && (0.0..2f64.powi(52)).contains(&x), "{x} is no word");
            x as u64
        });
    }
}
