//! Latency that a shape adds: for one hop as published, for a call chain as far as percentiles allow.
//!
//! Percentiles do not add up. What is given for a chain is `hops` times the figure of one hop, a rough ceiling (slow hops
//! seldom coincide), and beside it the exact share of calls that meet at least one hop slower than its percentile, were
//! the hops independent: 1 − (p/100)^hops.

use super::amount::{Range, Ratio};
use super::model::{LatencyFigure, Tax};

/// The lengths of call chain that are shown, in service-to-service hops.
pub const CHAINS: [u32; 3] = [1, 3, 5];

/// What a shape adds at one percentile, over all measurements.
#[derive(Debug, Clone)]
pub struct AddedLatency<'tax> {
    /// 1 to 99.
    pub percentile: u8,
    /// In microseconds, for one hop.
    pub per_hop: Range,
    /// The measurements behind it.
    pub figures: Vec<&'tax LatencyFigure>,
    /// The same for [`CHAINS`].
    pub chains: Vec<Chain>,
}

/// A call chain of some length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// How many service-to-service hops.
    pub hops: u32,
    /// In microseconds, were every hop at its percentile at once.
    pub added_at_most: Range,
    /// How many calls in a thousand meet at least one hop slower than its percentile, if hops are independent.
    pub calls_with_a_slow_hop_per_mille: u128,
}

impl LatencyFigure {
    /// In microseconds for one hop, rounded outward so that the range still holds the measurement.
    pub fn per_hop(&self) -> Range {
        let hops = u128::from(self.hops.max(1));
        Range {
            low: self.added.low / hops,
            high: self.added.high.div_ceil(hops),
        }
    }
}

/// What a shape adds, by percentile in ascending order.
pub(super) fn added_by<'tax>(tax: &'tax Tax, shape: &str) -> Vec<AddedLatency<'tax>> {
    let figures: Vec<_> = tax
        .latency
        .iter()
        .filter(|figure| figure.shape == shape)
        .collect();
    let percentiles: std::collections::BTreeSet<_> =
        figures.iter().map(|figure| figure.percentile).collect();
    percentiles
        .into_iter()
        .filter_map(|percentile| {
            let figures: Vec<_> = figures
                .iter()
                .copied()
                .filter(|figure| figure.percentile == percentile)
                .collect();
            let per_hop = figures
                .iter()
                .map(|figure| figure.per_hop())
                .reduce(Range::union)?;
            let chains = CHAINS
                .iter()
                .filter_map(|&hops| chain(percentile, per_hop, hops))
                .collect();
            Some(AddedLatency {
                percentile,
                per_hop,
                figures,
                chains,
            })
        })
        .collect()
}

fn chain(percentile: u8, per_hop: Range, hops: u32) -> Option<Chain> {
    let all = 100_u128.checked_pow(hops)?;
    let fast = u128::from(percentile).checked_pow(hops)?;
    let slow = Ratio::new(all.saturating_sub(fast), all)?;
    Some(Chain {
        hops,
        added_at_most: per_hop.times(hops.into()),
        calls_with_a_slow_hop_per_mille: slow.in_units_of(1000),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_a_multiple_and_a_share_of_calls() {
        // 1 - 0.99^5 = 0.0490099501 -> 49 per mille; 5 x 0.88 ms = 4.4 ms
        let five = chain(99, Range::exactly(880), 5).unwrap();
        assert_eq!(
            (five.added_at_most, five.calls_with_a_slow_hop_per_mille),
            (Range::exactly(4400), 49)
        );
        // 1 - 0.9^3 = 0.271; 1 - 0.5^5 = 0.96875 -> 969 per mille
        assert_eq!(
            chain(90, Range::ZERO, 3)
                .unwrap()
                .calls_with_a_slow_hop_per_mille,
            271
        );
        assert_eq!(
            chain(50, Range::ZERO, 5)
                .unwrap()
                .calls_with_a_slow_hop_per_mille,
            969
        );
        assert_eq!(
            chain(99, Range::ZERO, 1)
                .unwrap()
                .calls_with_a_slow_hop_per_mille,
            10
        );
    }
}
