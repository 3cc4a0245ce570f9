//! [`Adx`]: `sum += a * b` for limbs with the two carry chains of x86-64, `mulx`, `adcx`, `adox`.
//!
//! It stands apart because no compiler writes two chains of carries: eight limbs of one factor pass over the other, the lower
//! halves of the products go into one chain, the upper ones into the other, and nothing waits for a carry. A pair of limbs
//! takes 1.4 cycles, by four limbs at a time 1.5, and 2.5 to 3 in plain code; both ports that add with a carry are busy then. Products of four, six and eight limbs
//! by as many are one straight line in registers. A lane is made by [`Adx::detect`] alone, when the processor has the instructions: that is
//! what every block here relies on.
#![allow(unsafe_code, reason = "instructions that might not exist, and two chains of carries at a time")]

use std::arch::asm;

/// The instructions of BMI2 and ADX.
#[derive(Clone, Copy)]
pub(in crate::convolution) struct Adx(());

/// `sum = a * b` or `sum += a * b` for one to four limbs of `b`; the limbs that leave `sum` are returned.
macro_rules! strip {
    ($name:ident, $k:literal, $add:literal, [$($carry:ident $at:tt)*], [$($step:literal,)*]) => {
        #[inline(always)]
        pub(super) fn $name(self, sum: &mut [u64], a: &[u64], b: &[u64; $k], mut carries: [u64; $k]) -> [u64; $k] {
            assert!(sum.len() == a.len() && !a.is_empty(), "a sum of the length of the factor");
            let end = a.len();
            // SAFETY: the lane exists, so the processor has the instructions. The index runs from -end to -1 beside the
            // ends of two slices of `end` limbs, neither empty, and `b` has as many limbs as are read.
            unsafe {
                asm!(
                    "2:",
                    // Both carries are 0.
                    "xor {zero:e}, {zero:e}",
                    "mov rdx, [{a} + 8*{i}]",
                    $add,
                    $($step,)*
                    "inc {i}",
                    "jnz 2b",
                    sum = in(reg) sum.as_mut_ptr().add(end),
                    a = in(reg) a.as_ptr().add(end),
                    i = inout(reg) (end as isize).wrapping_neg() => _,
                    b = in(reg) b.as_ptr(),
                    $($carry = inout(reg) carries[$at],)*
                    zero = out(reg) _,
                    low = out(reg) _,
                    high = out(reg) _,
                    out("rdx") _,
                    options(nostack),
                );
            }
            carries
        }
    };
}

/// The four strips, `sum = ` or `sum += `.
macro_rules! strips {
    ($add:literal, $one:ident, $two:ident, $three:ident, $four:ident) => {
        strip!($one, 1, $add, [c0 0], [
            "mulx {high}, {low}, [{b}]",
            "adox {c0}, {low}",
            "mov [{sum} + 8*{i}], {c0}",
            "adcx {high}, {zero}",
            "adox {high}, {zero}",
            "mov {c0}, {high}",
        ]);
        strip!($two, 2, $add, [c0 0 c1 1], [
            "mulx {high}, {low}, [{b}]",
            "adox {c0}, {low}",
            "mov [{sum} + 8*{i}], {c0}",
            "adcx {c1}, {high}",
            "mulx {high}, {low}, [{b} + 8]",
            "adox {c1}, {low}",
            "mov {c0}, {c1}",
            "adcx {high}, {zero}",
            "adox {high}, {zero}",
            "mov {c1}, {high}",
        ]);
        strip!($three, 3, $add, [c0 0 c1 1 c2 2], [
            "mulx {high}, {low}, [{b}]",
            "adox {c0}, {low}",
            "mov [{sum} + 8*{i}], {c0}",
            "adcx {c1}, {high}",
            "mulx {high}, {low}, [{b} + 8]",
            "adox {c1}, {low}",
            "mov {c0}, {c1}",
            "adcx {c2}, {high}",
            "mulx {high}, {low}, [{b} + 16]",
            "adox {c2}, {low}",
            "mov {c1}, {c2}",
            "adcx {high}, {zero}",
            "adox {high}, {zero}",
            "mov {c2}, {high}",
        ]);
        strip!($four, 4, $add, [c0 0 c1 1 c2 2 c3 3], [
            "mulx {high}, {low}, [{b}]",
            "adox {c0}, {low}",
            "mov [{sum} + 8*{i}], {c0}",
            "adcx {c1}, {high}",
            "mulx {high}, {low}, [{b} + 8]",
            "adox {c1}, {low}",
            "mov {c0}, {c1}",
            "adcx {c2}, {high}",
            "mulx {high}, {low}, [{b} + 16]",
            "adox {c2}, {low}",
            "mov {c1}, {c2}",
            "adcx {c3}, {high}",
            "mulx {high}, {low}, [{b} + 24]",
            "adox {c3}, {low}",
            "mov {c2}, {c3}",
            "adcx {high}, {zero}",
            "adox {high}, {zero}",
            "mov {c3}, {high}",
        ]);
    };
}

/// The same for eight limbs of `b`: with fourteen registers, two fewer than addresses and carries would take, so that the end of `a` and the way from
/// there to `sum` stand behind the limbs.
macro_rules! strip_of_eight {
    ($name:ident, [$($add:literal)?]) => {
        #[inline(always)]
        pub(super) fn $name(self, sum: &mut [u64], a: &[u64], b: &[u64; 8]) -> [u64; 8] {
            assert!(sum.len() == a.len() && !a.is_empty(), "a sum of the length of the factor");
            let (a, mut carries) = (a.as_ptr_range(), [0; 8]);
            let distance = (sum.as_mut_ptr() as u64).wrapping_sub(a.start as u64);
            let factors = [b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], a.end as u64, distance];
            // SAFETY: the lane exists, so the processor has the instructions. The pointer runs from the start of `a`, which is not empty, to
            // its end, and with the distance through `sum`, which is as long; of the factors all ten are read.
            unsafe {
                asm!(
                    "2:",
                    // Both carries are 0.
                    "xor {zero:e}, {zero:e}",
                    "mov rdx, [{a}]",
                    "mov {high}, [{b} + 72]",
                    $($add,)?
                    "mulx {low}, {zero}, [{b}]",
                    "adox {c0}, {zero}",
                    "mov [{a} + {high}], {c0}",
                    "adcx {c1}, {low}",
                    "mulx {high}, {low}, [{b} + 8]",
                    "adox {c1}, {low}",
                    "mov {c0}, {c1}",
                    "adcx {c2}, {high}",
                    "mulx {high}, {low}, [{b} + 16]",
                    "adox {c2}, {low}",
                    "mov {c1}, {c2}",
                    "adcx {c3}, {high}",
                    "mulx {high}, {low}, [{b} + 24]",
                    "adox {c3}, {low}",
                    "mov {c2}, {c3}",
                    "adcx {c4}, {high}",
                    "mulx {high}, {low}, [{b} + 32]",
                    "adox {c4}, {low}",
                    "mov {c3}, {c4}",
                    "adcx {c5}, {high}",
                    "mulx {high}, {low}, [{b} + 40]",
                    "adox {c5}, {low}",
                    "mov {c4}, {c5}",
                    "adcx {c6}, {high}",
                    "mulx {high}, {low}, [{b} + 48]",
                    "adox {c6}, {low}",
                    "mov {c5}, {c6}",
                    "adcx {c7}, {high}",
                    "mulx {high}, {low}, [{b} + 56]",
                    "adox {c7}, {low}",
                    "mov {c6}, {c7}",
                    // Which leaves the carries as they are.
                    "mov {zero:e}, 0",
                    "adcx {high}, {zero}",
                    "adox {high}, {zero}",
                    "mov {c7}, {high}",
                    "add {a}, 8",
                    "cmp {a}, [{b} + 64]",
                    "jne 2b",
                    a = inout(reg) a.start => _,
                    b = in(reg) factors.as_ptr(),
                    c0 = inout(reg) carries[0],
                    c1 = inout(reg) carries[1],
                    c2 = inout(reg) carries[2],
                    c3 = inout(reg) carries[3],
                    c4 = inout(reg) carries[4],
                    c5 = inout(reg) carries[5],
                    c6 = inout(reg) carries[6],
                    c7 = inout(reg) carries[7],
                    zero = out(reg) _,
                    low = out(reg) _,
                    high = out(reg) _,
                    out("rdx") _,
                    options(nostack),
                );
            }
            carries
        }
    };
}

/// A factor in `rdx` times limbs in memory, onto registers.
macro_rules! row {
    ([$low:ident $next:ident $($above:ident)*] [$at:literal $($ats:literal)*]) => {
        concat!(
            "mulx {high}, {low}, [{place} + ", $at, "]\n",
            "adcx {", stringify!($low), "}, {low}\n",
            "adox {", stringify!($next), "}, {high}\n",
            row!([$next $($above)*] [$($ats)*]),
        )
    };
    ([$top:ident] []) => { concat!("mov {low:e}, 0\n", "adcx {", stringify!($top), "}, {low}\n") };
}

/// The same into registers that hold nothing but the lowest of them.
macro_rules! first_row {
    ([$low:ident $next:ident $($above:ident)*] [$at:literal $($ats:literal)*]) => {
        concat!(
            "mulx {", stringify!($next), "}, {low}, [{place} + ", $at, "]\n",
            "adcx {", stringify!($low), "}, {low}\n",
            first_row!([$next $($above)*] [$($ats)*]),
        )
    };
    ([$top:ident] []) => { row!([$top] []) };
}

/// Rows one after the other: the lowest register goes to memory and is the highest of the next one. At last all go.
macro_rules! rows {
    ([$low:ident $($above:ident)*] $ats:tt [$factor:literal $($factors:literal)*] [$to:literal $($tos:literal)*]) => {
        concat!(
            "mov rdx, [{place} + ", $factor, "]\n",
            rows!(@clear $($above)*),
            row!([$low $($above)*] $ats),
            "mov [{place} + ", $to, "], {", stringify!($low), "}\n",
            rows!([$($above)* $low] $ats [$($factors)*] [$($tos)*]),
        )
    };
    (@clear $top:ident) => { concat!("xor {", stringify!($top), ":e}, {", stringify!($top), ":e}\n") };
    (@clear $c:ident $($above:ident)+) => { rows!(@clear $($above)+) };
    ([$low:ident $($above:ident)*] $ats:tt [] [$to:literal $($tos:literal)*]) => {
        concat!(
            "mov [{place} + ", $to, "], {", stringify!($low), "}\n",
            rows!([$($above)*] $ats [] [$($tos)*]),
        )
    };
    ([$free:ident] $ats:tt [] []) => { "" };
}

/// A product in a straight line: the registers of a row, where in a place the limbs of the factors and of the product stand, and the place: there is
/// no register for a second address. The lowest limbs come apart, because the first row adds to nothing.
macro_rules! unrolled {
    (
        $low:ident $next:ident $($above:ident)*, [$x:literal $($xs:literal)*], [$y:literal $($ys:literal)*], [$to:literal $($tos:literal)*],
        $place:ident
    ) => {
        asm!(
            concat!(
                "xor {low:e}, {low:e}\n",
                "mov rdx, [{place} + ", $y, "]\n",
                "mulx {", stringify!($next), "}, {", stringify!($low), "}, [{place} + ", $x, "]\n",
                first_row!([$next $($above)*] [$($xs)*]),
                "mov [{place} + ", $to, "], {", stringify!($low), "}\n",
                rows!([$next $($above)* $low] [$x $($xs)*] [$($ys)*] [$($tos)*]),
            ),
            place = in(reg) $place.as_mut_ptr(),
            $low = out(reg) _,
            $next = out(reg) _,
            $($above = out(reg) _,)*
            low = out(reg) _,
            high = out(reg) _,
            out("rdx") _,
            options(nostack),
        )
    };
}

impl Adx {
    /// The lane, where the machine has it.
    #[inline]
    pub(in crate::convolution) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("bmi2") && is_x86_feature_detected!("adx")).then_some(Adx(()))
    }

    // At most (2^(64k) - 1) + (2^64 - 1) + (2^64 - 1)(2^(64k) - 1) = 2^(64(k + 1)) - 1 in a step: no carry is lost.
    strips!("", start_one, start_two, start_three, start_four);
    strips!("adcx {c0}, [{sum} + 8*{i}]", add_one, add_two, add_three, add_four);

    strip_of_eight!(start_eight, []);
    strip_of_eight!(add_eight, ["adcx {c0}, [{a} + {high}]"]);

    /// The upper eight limbs of a place are the product of the lowest four by the next four.
    #[inline(always)]
    pub(super) fn four(self, place: &mut [u64; 16]) {
        // SAFETY: the lane exists, so the processor has the instructions. All offsets are below the size of the place.
        unsafe {
            unrolled!(
                c0 c1 c2 c3 c4, [0 8 16 24], [32 40 48 56], [64 72 80 88 96 104 112 120], place
            );
        }
    }

    /// The upper limbs of a place are the product of the lowest six by six from the ninth on; the last four stay.
    #[inline(always)]
    pub(super) fn six(self, place: &mut [u64; 32]) {
        // SAFETY: the lane exists, so the processor has the instructions. All offsets are below the size of the place.
        unsafe {
            unrolled!(
                c0 c1 c2 c3 c4 c5 c6, [0 8 16 24 32 40], [64 72 80 88 96 104],
                [128 136 144 152 160 168 176 184 192 200 208 216], place
            );
        }
    }

    /// The upper sixteen limbs of a place are the product of the lowest eight by the next eight.
    #[inline(always)]
    pub(super) fn eight(self, place: &mut [u64; 32]) {
        // SAFETY: the lane exists, so the processor has the instructions. All offsets are below the size of the place.
        unsafe {
            unrolled!(
                c0 c1 c2 c3 c4 c5 c6 c7 c8, [0 8 16 24 32 40 48 56], [64 72 80 88 96 104 112 120],
                [128 136 144 152 160 168 176 184 192 200 208 216 224 232 240 248], place
            );
        }
    }

    /// `out = a * b`, `out.len() = a.len() + b.len()`, neither empty.
    #[inline(always)]
    pub(in crate::convolution) fn product(self, out: &mut [u64], a: &[u64], b: &[u64]) {
        assert!(out.len() == a.len() + b.len(), "a product has the limbs of both factors");
        // One to eight limbs first, then eight at a time.
        let (first, rest) = b.split_at((b.len() - 1) % 8 + 1);
        let (low, high) = out.split_at_mut(a.len());
        if let [eight] = first.as_chunks().0 {
            high[..8].copy_from_slice(&self.start_eight(low, a, eight));
        } else {
            let (odd, four) = first.split_at((first.len() - 1) % 4 + 1);
            match *odd {
                [x] => high[..1].copy_from_slice(&self.start_one(low, a, &[x], [0; 1])),
                [x, y] => high[..2].copy_from_slice(&self.start_two(low, a, &[x, y], [0; 2])),
                [x, y, z] => high[..3].copy_from_slice(&self.start_three(low, a, &[x, y, z], [0; 3])),
                [x, y, z, w] => high[..4].copy_from_slice(&self.start_four(low, a, &[x, y, z, w], [0; 4])),
                _ => unreachable!("one to four"),
            }
            if let [four] = four.as_chunks().0 {
                let (low, high) = out[odd.len()..].split_at_mut(a.len());
                high[..4].copy_from_slice(&self.add_four(low, a, four, [0; 4]));
            }
        }
        for (b, at) in rest.as_chunks().0.iter().zip((first.len()..).step_by(8)) {
            let (low, high) = out[at..].split_at_mut(a.len());
            high[..8].copy_from_slice(&self.add_eight(low, a, b));
        }
    }

    /// `sum += a * b` modulo the size of the sum, `sum.len() >= a.len() + b.len()`, `a` not empty.
    #[inline(always)]
    pub(in crate::convolution) fn add_product(self, sum: &mut [u64], a: &[u64], b: &[u64]) {
        let (eights, rest) = b.as_chunks();
        for (b, at) in eights.iter().zip((0..).step_by(8)) {
            let (low, high) = sum[at..].split_at_mut(a.len());
            super::schoolbook::add(high, &self.add_eight(low, a, b));
        }
        let (mut at, (four, rest)) = (8 * eights.len(), rest.as_chunks());
        if let [b] = four {
            let (low, high) = sum[at..].split_at_mut(a.len());
            super::schoolbook::add(high, &self.add_four(low, a, b, [0; 4]));
            at += 4;
        }
        let (low, high) = sum[at..].split_at_mut(a.len());
        match *rest {
            [x] => super::schoolbook::add(high, &self.add_one(low, a, &[x], [0; 1])),
            [x, y] => super::schoolbook::add(high, &self.add_two(low, a, &[x, y], [0; 2])),
            [x, y, z] => super::schoolbook::add(high, &self.add_three(low, a, &[x, y, z], [0; 3])),
            _ => {}
        }
    }
}
