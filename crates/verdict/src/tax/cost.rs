//! What a reservation costs in a year, in whatever currency the prices are given.

use super::amount::{PerResource, Range, Ratio};

/// Months in a year; prices are per month.
const MONTHS: u128 = 12;

/// A yearly cost in whole units of the user's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Rounded half up.
    pub per_year: Range,
    /// What it is the cost of.
    pub priced: Priced,
}

/// Which prices were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priced {
    /// Both.
    CpuAndMemory,
    /// Memory costs extra, or is part of the price of a vCPU.
    CpuOnly,
    /// CPU costs extra.
    MemoryOnly,
}

/// Prices a reservation (millicores and MiB) at monthly prices of a vCPU and of a GiB; `None` without any price.
///
/// Exact up to the last step: over the common denominator 128,000 of 1/1000 (millicores to vCPU) and 1/1024 (MiB to
/// GiB), a millicore counts 128 and a MiB 125.
pub(super) fn yearly(
    reserved: PerResource<Range>,
    vcpu_month: Option<u64>,
    gib_month: Option<u64>,
) -> Option<Cost> {
    let priced = match (vcpu_month, gib_month) {
        (None, None) => return None,
        (Some(_), None) => Priced::CpuOnly,
        (None, Some(_)) => Priced::MemoryOnly,
        (Some(_), Some(_)) => Priced::CpuAndMemory,
    };
    let in_year = |millicores: u128, mebibytes: u128| {
        let cpu = millicores
            .saturating_mul(vcpu_month.unwrap_or(0).into())
            .saturating_mul(128);
        let memory = mebibytes
            .saturating_mul(gib_month.unwrap_or(0).into())
            .saturating_mul(125);
        Ratio::new(cpu.saturating_add(memory).saturating_mul(MONTHS), 128_000).map(Ratio::rounded)
    };
    Some(Cost {
        per_year: Range {
            low: in_year(reserved.cpu.low, reserved.memory.low)?,
            high: in_year(reserved.cpu.high, reserved.memory.high)?,
        },
        priced,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(
        millicores: u128,
        mebibytes: u128,
        vcpu: Option<u64>,
        gib: Option<u64>,
    ) -> Option<u128> {
        let reserved = PerResource {
            cpu: Range::exactly(millicores),
            memory: Range::exactly(mebibytes),
        };
        yearly(reserved, vcpu, gib).map(|cost| cost.per_year.low)
    }

    #[test]
    fn a_year_is_twelve_months_of_both() {
        // 40 vCPU x 25 = 1000, 50 GiB x 3 = 150, x 12 = 13,800
        assert_eq!(cost(40_000, 51_200, Some(25), Some(3)), Some(13_800));
        // 23.90625 GiB x 3 x 12 = 860.625 -> 861; 12 vCPU x 25 x 12 = 3600
        assert_eq!(cost(12_000, 24_480, Some(25), Some(3)), Some(4_461));
    }

    #[test]
    fn half_a_unit_is_rounded_up_once_at_the_end() {
        // 125 MiB at 1 = 0.1220703125 x 12 = 1.46484375; 1/24 vCPU is 41.67m, so 0.042 x 12 = 0.504
        assert_eq!(cost(0, 125, None, Some(1)), Some(1));
        assert_eq!(cost(42, 0, Some(1), None), Some(1));
        // together 1.96884375: not 1 + 1 after rounding down, nor 3 after rounding each up
        assert_eq!(cost(42, 125, Some(1), Some(1)), Some(2));
    }

    #[test]
    fn no_price_gives_no_cost_and_a_price_of_zero_costs_nothing() {
        assert_eq!(cost(40_000, 51_200, None, None), None);
        assert_eq!(cost(40_000, 51_200, Some(0), Some(0)), Some(0));
    }

    #[test]
    fn the_highest_price_of_the_largest_fleet_does_not_overflow() {
        assert!(cost(u128::MAX, u128::MAX, Some(u64::MAX), Some(u64::MAX)).is_some());
    }
}
