//! Large pages for long vectors.
//!
//! Memory fresh from the system comes page by page, each with an interruption that clears it: 64 MiB took 28 ms in pages of 4 KiB and 11 in
//! pages of 2 MiB, where a product of 10^6 small coefficients takes 25. Linux gives large pages to who asks for them, unless its administrator has
//! decided for all; elsewhere nothing is asked. It stands apart because the call is unsafe, and because the rest of the crate need not know of it.
//!
//! # Source
//! `madvise(2)`, `MADV_HUGEPAGE`; NumPy asks for the same from 4 MiB on.

#![allow(unsafe_code, reason = "advice about memory is a call into the system")]

/// Bytes from which on large pages are asked for.
const LEAST: usize = 1 << 21;
/// Bytes of a large page, on x86-64 and on AArch64 with pages of 4 KiB. Where a page is another size the range is still one of whole pages, and the advice may be
/// refused.
const PAGE: usize = 1 << 21;

/// Asks for large pages behind a long vector. To be called before there are values: pages that are there already stay as they are.
pub(crate) fn large<T>(vector: &mut Vec<T>) {
    let bytes = vector.capacity().saturating_mul(size_of::<T>());
    if bytes < LEAST {
        return;
    }
    let start = vector.as_mut_ptr().cast::<u8>();
    // The whole pages within, if there is one.
    let first = start.addr().wrapping_neg() % PAGE;
    let len = (bytes - first) / PAGE * PAGE;
    if len > 0 {
        advise(start.wrapping_add(first), len);
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
fn advise(start: *mut u8, len: usize) {
    // SAFETY: the range lies within the memory that a vector has, as `large` computes it, and the advice changes no contents. Where it is refused nothing has happened.
    unsafe { libc::madvise(start.cast(), len, libc::MADV_HUGEPAGE) };
}

#[cfg(not(all(target_os = "linux", not(miri))))]
fn advise(_: *mut u8, _: usize) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_stay() {
        for len in [0, 1, LEAST / 8 - 1, LEAST / 8, LEAST / 8 + 1, PAGE / 2, 5 * PAGE / 8 + 3] {
            let mut words: Vec<u64> = Vec::with_capacity(len);
            large(&mut words);
            words.extend(0..len as u64);
            large(&mut words);
            assert!(words.iter().copied().eq(0..len as u64), "{len} words");
        }
        // What has no size has no pages.
        large(&mut vec![(); usize::MAX]);
    }
}
