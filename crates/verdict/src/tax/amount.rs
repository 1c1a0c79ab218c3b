//! Ranges and ratios of whole numbers: the only arithmetic the tax needs.
//!
//! A published figure fits 32 bits and a sizing fact 64, so products stay below 2^96 and sums of them far below 2^128.
//! Operations saturate all the same, so that no input can make them overflow.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// What is paid with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// Processor time, in millicores.
    Cpu,
    /// Memory, in MiB.
    Memory,
}

impl Resource {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Cpu, Self::Memory];
}

/// One value for each resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerResource<T> {
    /// For [`Resource::Cpu`].
    pub cpu: T,
    /// For [`Resource::Memory`].
    pub memory: T,
}

impl<T> PerResource<T> {
    /// Works both out in the same way.
    pub fn each(mut work_out: impl FnMut(Resource) -> T) -> Self {
        Self {
            cpu: work_out(Resource::Cpu),
            memory: work_out(Resource::Memory),
        }
    }

    /// The value for one resource.
    pub fn of(&self, resource: Resource) -> &T {
        match resource {
            Resource::Cpu => &self.cpu,
            Resource::Memory => &self.memory,
        }
    }
}

/// An inclusive range; its unit is that of the field it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Range {
    /// The lowest figure.
    pub low: u128,
    /// The highest figure, never below `low`.
    pub high: u128,
}

impl Range {
    /// Nothing at all.
    pub const ZERO: Self = Self { low: 0, high: 0 };

    /// A figure without spread.
    pub fn exactly(value: u128) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// Whether low and high are the same figure.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// Both ends added up: everything at its lowest, everything at its highest.
    pub fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
        }
    }

    /// `count` times the figure.
    pub fn times(self, count: u64) -> Self {
        Self {
            low: self.low.saturating_mul(count.into()),
            high: self.high.saturating_mul(count.into()),
        }
    }

    /// The smallest range that holds both: how contradicting sources are put together.
    pub fn union(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    /// What can remain of this range after taking `other` away; never below nothing.
    pub(crate) fn minus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_sub(other.high),
            high: self.high.saturating_sub(other.low),
        }
    }

    /// The figure for one of `count`, rounded half up; `None` when there is none to divide among.
    pub(crate) fn shared_among(self, count: u64) -> Option<Self> {
        Some(Self {
            low: Ratio::new(self.low, count.into())?.rounded(),
            high: Ratio::new(self.high, count.into())?.rounded(),
        })
    }
}

/// An exact fraction with a denominator above zero.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    numerator: u128,
    denominator: u128,
}

impl Ratio {
    /// `numerator / denominator`, in lowest terms; `None` when the denominator is zero.
    pub fn new(numerator: u128, denominator: u128) -> Option<Self> {
        let divisor = greatest_common_divisor(numerator, denominator);
        (denominator != 0).then(|| Self {
            numerator: numerator / divisor,
            denominator: denominator / divisor,
        })
    }

    /// The part above the line, in lowest terms.
    pub fn numerator(self) -> u128 {
        self.numerator
    }

    /// The part below the line, in lowest terms; never zero.
    pub fn denominator(self) -> u128 {
        self.denominator
    }

    /// The nearest whole number, half up.
    pub fn rounded(self) -> u128 {
        let remainder = self.numerator % self.denominator;
        let up = remainder >= self.denominator - remainder;
        self.numerator / self.denominator + u128::from(up && remainder != 0)
    }

    /// The ratio as `rounded()` of its `scale`-fold: `in_units_of(100)` gives hundredths.
    pub fn in_units_of(self, scale: u128) -> u128 {
        Self {
            numerator: self.numerator.saturating_mul(scale),
            denominator: self.denominator,
        }
        .rounded()
    }

    /// The smallest whole number that is not below the ratio.
    pub(crate) fn rounded_up(self) -> u128 {
        self.numerator.div_ceil(self.denominator)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// By whole parts, then by the reciprocals of the rest: exact without a product that could overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let whole = (self.numerator / self.denominator).cmp(&(other.numerator / other.denominator));
        whole.then_with(|| {
            let rest = Self::new(self.denominator, self.numerator % self.denominator);
            let other_rest = Self::new(other.denominator, other.numerator % other.denominator);
            match (rest, other_rest) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Less,
                (Some(_), None) => Ordering::Greater,
                (Some(rest), Some(other_rest)) => other_rest.cmp(&rest),
            }
        })
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: u128, denominator: u128) -> Ratio {
        Ratio::new(numerator, denominator).unwrap()
    }

    #[test]
    fn a_ratio_rounds_half_up() {
        let rounded: Vec<_> = [
            (0, 4),
            (1, 4),
            (2, 4),
            (3, 4),
            (5, 4),
            (6, 4),
            (7, 2),
            (u128::MAX, 1),
            (u128::MAX, 2),
        ]
        .map(|(n, d)| ratio(n, d).rounded())
        .into();
        assert_eq!(rounded, [0, 0, 1, 1, 1, 2, 4, u128::MAX, u128::MAX / 2 + 1]);
    }

    #[test]
    fn ratios_are_ordered_exactly_even_where_a_product_would_overflow() {
        assert!(ratio(612, 128) > ratio(478, 100));
        assert_eq!(ratio(306, 64), ratio(612, 128));
        assert!(ratio(u128::MAX, 3) > ratio(u128::MAX - 1, 3));
        assert!(ratio(u128::MAX - 1, u128::MAX) < ratio(1, 1));
        assert!(ratio(0, 7) < ratio(1, u128::MAX));
    }

    #[test]
    fn nothing_divides_by_zero() {
        assert!(Ratio::new(1, 0).is_none());
        assert!(Ratio::new(0, 0).is_none());
        assert_eq!(Range::exactly(7).shared_among(0), None);
    }

    #[test]
    fn the_largest_counts_do_not_overflow() {
        let most = Range::exactly(u32::MAX.into()).times(u64::MAX);
        assert_eq!(most.low, u128::from(u32::MAX) * u128::from(u64::MAX));
        assert_eq!(
            Range::exactly(u128::MAX).times(2),
            Range::exactly(u128::MAX)
        );
    }
}
