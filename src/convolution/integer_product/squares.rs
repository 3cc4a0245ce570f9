//! `a^2` for limbs with the two carry chains of x86-64.
//!
//! Apart from [`adx`](super::adx) because no product takes these ways: each product of two limbs is taken once, those within eight limbs in a straight
//! line, the others eight limbs at a time, and in a last pass twice all of them and the squares of limbs, on both chains. 8, 16 and 32 limbs
//! take .85, .73 and .67 of the time of a product.
#![allow(unsafe_code, reason = "instructions that might not exist, and two chains of carries at a time")]

use super::adx::Adx;
use std::arch::asm;

/// A factor in `rdx` times limbs of `a`, onto registers; the last product makes the highest one.
macro_rules! triangle_row {
    ([$c:ident $next:ident $($above:ident)*] $top:ident [$at:literal $($ats:literal)*]) => {
        concat!(
            "mulx {high}, {low}, [{a} + ", $at, "]\n",
            "adcx {", stringify!($c), "}, {low}\n",
            "adox {", stringify!($next), "}, {high}\n",
            triangle_row!([$next $($above)*] $top [$($ats)*]),
        )
    };
    ([$c:ident] $top:ident [$at:literal]) => {
        concat!(
            "mulx {", stringify!($top), "}, {low}, [{a} + ", $at, "]\n",
            "adcx {", stringify!($c), "}, {low}\n",
            "mov {low:e}, 0\n",
            "adcx {", stringify!($top), "}, {low}\n",
            "adox {", stringify!($top), "}, {low}\n",
        )
    };
}

/// Rows of a triangle: each takes one limb less, two places up. What no other row reaches goes to memory.
macro_rules! triangle {
    ([$c:ident $next:ident $($above:ident)*] $top:ident [$at:literal $($ats:literal)*] [$to:literal $and:literal $($tos:literal)*]) => {
        concat!(
            "mov rdx, [{a} + ", $at, "]\n",
            triangle_row!([$c $next $($above)*] $top [$($ats)*]),
            "mov [{out} + ", $to, "], {", stringify!($c), "}\n",
            "mov [{out} + ", $and, "], {", stringify!($next), "}\n",
            triangle!([$($above)* $top] $c [$($ats)*] [$($tos)*]),
        )
    };
    ([$c:ident] $top:ident [$at:literal $($ats:literal)*] [$to:literal $and:literal]) => {
        concat!(
            "mov rdx, [{a} + ", $at, "]\n",
            triangle_row!([$c] $top [$($ats)*]),
            "mov [{out} + ", $to, "], {", stringify!($c), "}\n",
            "mov [{out} + ", $and, "], {", stringify!($top), "}\n",
        )
    };
}

/// A limb of twice a sum and the square of a limb: two limbs.
macro_rules! square_row {
    ($label:literal $at:literal $to:literal $and:literal) => {
        concat!(
            $label,
            ":\n",
            "mov rdx, [{a} + ",
            $at,
            "]\n",
            "mulx {high}, {low}, rdx\n",
            "mov {sum}, [{sums} + ",
            $to,
            "]\n",
            "adcx {sum}, {sum}\n",
            "adox {sum}, {low}\n",
            "mov [{out} + ",
            $to,
            "], {sum}\n",
            "mov {sum}, [{sums} + ",
            $and,
            "]\n",
            "adcx {sum}, {sum}\n",
            "adox {sum}, {high}\n",
            "mov [{out} + ",
            $and,
            "], {sum}\n",
        )
    };
}

impl Adx {
    /// `out = sum over i < j of a[i]*a[j] 2^(64(i+j))` of eight limbs.
    #[inline(never)]
    fn triangle_of_eight(self, out: &mut [u64; 16], a: &[u64; 8]) {
        // SAFETY: the lane exists, so the processor has the instructions. All offsets are below the sizes of the arrays.
        unsafe {
            asm!(
                "mov rdx, [{a}]",
                "xor {low:e}, {low:e}",
                "mov [{out}], {low}",
                "mov [{out} + 120], {low}",
                "mulx {c1}, {c0}, [{a} + 8]",
                "mulx {c2}, {low}, [{a} + 16]",
                "adcx {c1}, {low}",
                "mulx {c3}, {low}, [{a} + 24]",
                "adcx {c2}, {low}",
                "mulx {c4}, {low}, [{a} + 32]",
                "adcx {c3}, {low}",
                "mulx {c5}, {low}, [{a} + 40]",
                "adcx {c4}, {low}",
                "mulx {c6}, {low}, [{a} + 48]",
                "adcx {c5}, {low}",
                "mulx {c7}, {low}, [{a} + 56]",
                "adcx {c6}, {low}",
                "mov {low:e}, 0",
                "adcx {c7}, {low}",
                "mov [{out} + 8], {c0}",
                "mov [{out} + 16], {c1}",
                triangle!([c2 c3 c4 c5 c6 c7] c0 ["8" "16" "24" "32" "40" "48" "56"] ["24" "32" "40" "48" "56" "64" "72" "80" "88" "96" "104" "112"]),
                a = in(reg) a.as_ptr(),
                out = in(reg) out.as_mut_ptr(),
                c0 = out(reg) _,
                c1 = out(reg) _,
                c2 = out(reg) _,
                c3 = out(reg) _,
                c4 = out(reg) _,
                c5 = out(reg) _,
                c6 = out(reg) _,
                c7 = out(reg) _,
                low = out(reg) _,
                high = out(reg) _,
                out("rdx") _,
                options(nostack),
            );
        }
    }

    /// The same of four limbs.
    #[inline(always)]
    fn triangle_of_four(self, out: &mut [u64; 8], a: &[u64; 4]) {
        // SAFETY: the lane exists, so the processor has the instructions. All offsets are below the sizes of the arrays.
        unsafe {
            asm!(
                "mov rdx, [{a}]",
                "xor {low:e}, {low:e}",
                "mov [{out}], {low}",
                "mov [{out} + 56], {low}",
                "mulx {c1}, {c0}, [{a} + 8]",
                "mulx {c2}, {low}, [{a} + 16]",
                "adcx {c1}, {low}",
                "mulx {c3}, {low}, [{a} + 24]",
                "adcx {c2}, {low}",
                "mov {low:e}, 0",
                "adcx {c3}, {low}",
                "mov [{out} + 8], {c0}",
                "mov [{out} + 16], {c1}",
                triangle!([c2 c3] c0 ["8" "16" "24"] ["24" "32" "40" "48"]),
                a = in(reg) a.as_ptr(),
                out = in(reg) out.as_mut_ptr(),
                c0 = out(reg) _,
                c1 = out(reg) _,
                c2 = out(reg) _,
                c3 = out(reg) _,
                low = out(reg) _,
                high = out(reg) _,
                out("rdx") _,
                options(nostack),
            );
        }
    }

    /// `out = 2 sums + sum of a[i]^2 2^(128 i)`, the pointers to `2 a.len()` limbs each, which may be the same ones.
    ///
    /// # Safety
    /// The limbs are there, `out` to write; `a` is not empty.
    #[inline(always)]
    unsafe fn double_and_square(self, out: *mut u64, sums: *const u64, a: &[u64]) {
        let skip = a.len().wrapping_neg() % 4;
        // SAFETY: the lane exists, so the processor has the instructions. The pointers run by fours to the ends of what there is, from where the row that is
        // entered takes its limbs.
        unsafe {
            asm!(
                "lea {low}, [rip + 40f]",
                "movsxd {high}, dword ptr [{low} + 4*{sum}]",
                "add {low}, {high}",
                "xor {sum:e}, {sum:e}",
                "jmp {low}",
                ".p2align 2",
                "40: .long 20f - 40b, 21f - 40b, 22f - 40b, 23f - 40b",
                square_row!("20" "0" "0" "8"),
                square_row!("21" "8" "16" "24"),
                square_row!("22" "16" "32" "40"),
                square_row!("23" "24" "48" "56"),
                // Both carries stay as they are.
                "lea {a}, [{a} + 32]",
                "lea {out}, [{out} + 64]",
                "lea {sums}, [{sums} + 64]",
                "lea rcx, [rcx - 1]",
                "jrcxz 41f",
                "jmp 20b",
                "41:",
                a = inout(reg) a.as_ptr().wrapping_sub(skip) => _,
                out = inout(reg) out.wrapping_sub(2 * skip) => _,
                sums = inout(reg) sums.wrapping_sub(2 * skip) => _,
                inout("rcx") a.len().div_ceil(4) => _,
                sum = inout(reg) skip => _,
                low = out(reg) _,
                high = out(reg) _,
                out("rdx") _,
                options(nostack),
            );
        }
    }

    /// `out = a^2`, `out.len() = 2 a.len()`, at least one limb: the products of different limbs, those of one eight in a straight line, twice,
    /// and the squares.
    #[inline]
    pub(in crate::convolution) fn square(self, out: &mut [u64], a: &[u64]) {
        assert!(out.len() == 2 * a.len() && !a.is_empty(), "a square has twice the limbs");
        if a.len() < 8 {
            let (mut eight, mut sums) = ([0; 8], [0; 16]);
            eight[..a.len()].copy_from_slice(a);
            if let Some((four, [0, 0, 0, 0])) = eight.split_first_chunk() {
                let sums = sums.first_chunk_mut().expect("it is longer");
                self.triangle_of_four(sums, four);
            } else {
                self.triangle_of_eight(&mut sums, &eight);
            }
            // SAFETY: the sums and the result have twice the limbs of the factor.
            return unsafe { self.double_and_square(out.as_mut_ptr(), sums.as_ptr(), a) };
        }
        // From the top, because what fills the last eight or four with zeros reaches into the sums of those before.
        let (eights, rest) = a.as_chunks::<8>();
        match rest.len() {
            0 => {}
            1 => out.last_chunk_mut::<2>().expect("two limbs for one").fill(0),
            2..=4 => {
                let top = a.last_chunk::<4>().expect("eight limbs and more");
                let four = std::array::from_fn(|k| if k + rest.len() < 4 { 0 } else { top[k] });
                self.triangle_of_four(out.last_chunk_mut().expect("two limbs for one"), &four);
            }
            _ => {
                let top = a.last_chunk::<8>().expect("eight limbs and more");
                let eight = std::array::from_fn(|k| if k + rest.len() < 8 { 0 } else { top[k] });
                self.triangle_of_eight(out.last_chunk_mut().expect("two limbs for one"), &eight);
            }
        }
        for (sums, eight) in out.as_chunks_mut::<16>().0.iter_mut().zip(eights).rev() {
            self.triangle_of_eight(sums, eight);
        }
        for (eight, at) in eights.iter().zip((0..).step_by(8)) {
            let above = &a[at + 8..];
            let sums = &mut out[2 * at + 8..];
            if above.len() <= 4 {
                self.add_product(sums, eight, above);
            } else {
                let (low, high) = sums.split_at_mut(above.len());
                super::schoolbook::add(high, &self.add_eight(low, above, eight));
            }
        }
        let sums = out.as_mut_ptr();
        // SAFETY: the result has twice the limbs of the factor.
        unsafe { self.double_and_square(sums, sums, a) };
    }
}
