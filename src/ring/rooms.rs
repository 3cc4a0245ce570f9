//! Working memory of elements of any type, which a ring keeps from one product to the next, and how sequences go into it slot by slot and come back.
//!
//! It stands apart from the memory of words that a thread keeps because a thread keeps nothing of a type that it does not know.
//!
//! # Memory
//! At most [`KEPT`] vectors of at most [`LONGEST`] elements, with what these own, as long as the ring lives. A product that meets another one at the door takes memory of its own.

use crate::{Error, Result};
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, TryLockError};

/// Vectors that are kept: two operands and a product of two threads.
const KEPT: usize = 6;

/// Elements of the longest vector that is kept: 4 MiB of words, 12 of vectors.
const LONGEST: usize = 1 << 19;

/// Vectors of any length and contents.
pub(crate) struct Rooms<T>(Mutex<Vec<Vec<T>>>);

impl<T> Default for Rooms<T> {
    fn default() -> Self {
        Rooms(Mutex::new(Vec::new()))
    }
}

impl<T> Rooms<T> {
    /// The vector that came back last, or one without memory.
    pub(crate) fn take(&self) -> Room<'_, T> {
        Room { elements: self.with(Vec::pop).flatten().unwrap_or_default(), rooms: self }
    }

    /// Unless somebody else is here.
    fn with<R>(&self, f: impl FnOnce(&mut Vec<Vec<T>>) -> R) -> Option<R> {
        match self.0.try_lock() {
            Ok(mut kept) => Some(f(&mut kept)),
            Err(TryLockError::Poisoned(kept)) => Some(f(&mut kept.into_inner())),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

/// A vector that comes back when it is dropped.
pub(crate) struct Room<'a, T> {
    elements: Vec<T>,
    rooms: &'a Rooms<T>,
}

impl<T> Deref for Room<'_, T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.elements
    }
}

impl<T> DerefMut for Room<'_, T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.elements
    }
}

impl<T> Drop for Room<'_, T> {
    fn drop(&mut self) {
        let elements = std::mem::take(&mut self.elements);
        if (1..=LONGEST).contains(&elements.capacity()) {
            self.rooms.with(|kept| {
                if kept.len() < KEPT {
                    kept.push(elements);
                }
            });
        }
    }
}

/// Sequences one behind the other over the elements that are there, each from its slot of `stride` elements on, zeros between them; the last one ends where it
/// ends. `check` is told the number of elements before there is memory for them.
///
/// # Errors
/// Those of `check`; kind limit, where memory is refused.
pub(crate) fn pack<'a, T: Clone + 'a>(
    sequences: impl DoubleEndedIterator<Item = &'a [T]> + ExactSizeIterator + Clone,
    stride: usize,
    zero: &T,
    packed: &mut Vec<T>,
    check: impl FnOnce(u64) -> Result<()>,
) -> Result<()> {
    let last = sequences.clone().next_back().map_or(0, <[T]>::len);
    let before = (stride as u64).saturating_mul(sequences.len().saturating_sub(1) as u64);
    let len = before.saturating_add(last as u64);
    check(len)?;
    let len = len as usize;
    packed.truncate(len);
    packed
        .try_reserve_exact(len - packed.len())
        .map_err(|_| Error::limit(format!("no memory for {len} coefficients")))?;
    packed.resize(len, zero.clone());
    for (slot, sequence) in packed.chunks_mut(stride).zip(sequences) {
        let (low, high) = slot.split_at_mut(sequence.len());
        low.clone_from_slice(sequence);
        high.fill(zero.clone());
    }
    Ok(())
}

/// A slot, or what of it is wanted, into a vector, whose elements go to the slot.
pub(crate) fn swap_in<T: Clone>(element: &mut Vec<T>, slot: &mut [T], zero: T) {
    element.truncate(slot.len());
    element.reserve_exact(slot.len() - element.len());
    element.resize(slot.len(), zero);
    element.swap_with_slice(slot);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_go_into_slots_and_back() {
        let sequences = [vec![1, 2], vec![], vec![3], vec![4, 5, 6]];
        let slices = || sequences.iter().map(Vec::as_slice);
        let expect = |expected: u64| {
            move |len| {
                assert_eq!(len, expected);
                Ok(())
            }
        };
        for mut packed in [vec![], vec![9; 5], vec![9; 50]] {
            pack(slices(), 4, &0, &mut packed, expect(15)).unwrap();
            assert_eq!(packed, [1, 2, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4, 5, 6]);
            let mut element = vec![7; 3];
            swap_in(&mut element, &mut packed[..2], 0);
            assert!(element == [1, 2] && packed[..3] == [7, 7, 0]);
            pack([].into_iter(), 4, &0, &mut packed, expect(0)).unwrap();
            assert!(packed.is_empty());
        }
        let refused =
            pack(slices(), usize::MAX / 2, &0, &mut vec![], |len| Err(Error::limit(len.to_string())));
        assert!(refused.is_err());
    }

    #[test]
    fn vectors_come_back_but_not_all_of_them() {
        let rooms = Rooms::default();
        let mut room = rooms.take();
        room.extend([1, 2, 3]);
        let place = room.as_ptr();
        drop(room);
        let room = rooms.take();
        assert!(room.as_ptr() == place && *room.elements == [1, 2, 3]);
        drop(room);
        let many: Vec<_> = (0..2 * KEPT).map(|_| rooms.take()).collect();
        for mut room in many {
            room.push(4);
        }
        rooms.take().reserve(LONGEST + 1);
        let kept = rooms.0.lock().unwrap();
        assert!(kept.len() <= KEPT && kept.iter().all(|elements| elements.capacity() <= LONGEST));
    }
}
