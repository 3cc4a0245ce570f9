//! [`Adx`]: `sum += a * b` for limbs with the two carry chains of x86-64, `mulx`, `adcx`, `adox`.
//!
//! It stands apart because no compiler writes two chains of carries: four limbs of one factor pass over the other, the lower
//! halves of the products go into one chain, the upper ones into the other, and nothing waits for a carry. A pair of limbs
//! takes 1.2 to 1.6 cycles, and 2.5 to 3 in plain code. A lane is made by [`Adx::detect`] alone, when the processor has the instructions: that is
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

impl Adx {
    /// The lane, where the machine has it.
    #[inline]
    pub(in crate::convolution) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("bmi2") && is_x86_feature_detected!("adx")).then_some(Adx(()))
    }

    // At most (2^(64k) - 1) + (2^64 - 1) + (2^64 - 1)(2^(64k) - 1) = 2^(64(k + 1)) - 1 in a step: no carry is lost.
    strips!("", start_one, start_two, start_three, start_four);
    strips!("adcx {c0}, [{sum} + 8*{i}]", add_one, add_two, add_three, add_four);

    /// `out = a * b`, `out.len() = a.len() + b.len()`, neither empty.
    #[inline(always)]
    pub(in crate::convolution) fn product(self, out: &mut [u64], a: &[u64], b: &[u64]) {
        assert!(out.len() == a.len() + b.len(), "a product has the limbs of both factors");
        let odd = (b.len() - 1) % 4 + 1;
        let (first, rest) = b.split_at(odd);
        let (low, high) = out.split_at_mut(a.len());
        match *first {
            [x] => high[..1].copy_from_slice(&self.start_one(low, a, &[x], [0; 1])),
            [x, y] => high[..2].copy_from_slice(&self.start_two(low, a, &[x, y], [0; 2])),
            [x, y, z] => high[..3].copy_from_slice(&self.start_three(low, a, &[x, y, z], [0; 3])),
            [x, y, z, w] => high[..4].copy_from_slice(&self.start_four(low, a, &[x, y, z, w], [0; 4])),
            _ => unreachable!("one to four"),
        }
        for (b, at) in rest.as_chunks::<4>().0.iter().zip((odd..).step_by(4)) {
            let (low, high) = out[at..].split_at_mut(a.len());
            high[..4].copy_from_slice(&self.add_four(low, a, b, [0; 4]));
        }
    }

    /// `sum += a * b` modulo the size of the sum, `sum.len() >= a.len() + b.len()`, `a` not empty.
    #[inline(always)]
    pub(in crate::convolution) fn add_product(self, sum: &mut [u64], a: &[u64], b: &[u64]) {
        let (fours, rest) = b.as_chunks::<4>();
        for (b, at) in fours.iter().zip((0..).step_by(4)) {
            let (low, high) = sum[at..].split_at_mut(a.len());
            super::schoolbook::add(high, &self.add_four(low, a, b, [0; 4]));
        }
        let (low, high) = sum[4 * fours.len()..].split_at_mut(a.len());
        match *rest {
            [x] => super::schoolbook::add(high, &self.add_one(low, a, &[x], [0; 1])),
            [x, y] => super::schoolbook::add(high, &self.add_two(low, a, &[x, y], [0; 2])),
            [x, y, z] => super::schoolbook::add(high, &self.add_three(low, a, &[x, y, z], [0; 3])),
            _ => {}
        }
    }
}
