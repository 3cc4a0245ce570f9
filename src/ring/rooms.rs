//! Working memory of elements of any type, which a ring keeps from one product to the next.
//!
//! It stands apart from the memory of words that a thread keeps because a thread keeps nothing of a type that it does not know.
//!
//! # Memory
//! At most [`KEPT`] vectors of at most [`LONGEST`] elements, with what these own, as long as the ring lives. A product that meets another one at the door takes memory of its own.

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

#[cfg(test)]
mod tests {
    use super::*;

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
