//! Counts and shares of sheets, which can be too many for any number type.

use num_bigint::BigUint;

use super::figures;

/// How many sheets: `62,208 sheets`.
pub(super) fn counted(sheets: &BigUint) -> String {
    let is_one = *sheets == BigUint::from(1_u8);
    format!(
        "{} sheet{}",
        figures::count(sheets),
        if is_one { "" } else { "s" }
    )
}

/// A share as a percentage; what is more than nothing and less than all never looks like it.
pub(super) fn share(part: &BigUint, whole: &BigUint) -> String {
    match per_mille(part, whole) {
        0 if *part != BigUint::ZERO => "under 0.1 %".into(),
        1000 if part != whole => "over 99.9 %".into(),
        per_mille => format!("{}.{} %", per_mille / 10, per_mille % 10),
    }
}

/// Shares of 1 in whole percent, by the same rule. They add up as the shares do: what is left over by rounding down goes to
/// the largest remainders.
pub(super) fn percents(shares: &[f64]) -> Vec<String> {
    let mut percents: Vec<f64> = shares.iter().map(|share| (share * 100.0).floor()).collect();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    let remainder = |at: &usize| shares.get(*at).map_or(0.0, |share| (share * 100.0).fract());
    by_remainder.sort_by(|one, other| remainder(other).total_cmp(&remainder(one)));
    let mut left = (shares.iter().sum::<f64>() * 100.0).round() - percents.iter().sum::<f64>();
    for at in by_remainder {
        if left >= 1.0
            && let Some(percent) = percents.get_mut(at)
        {
            *percent += 1.0;
            left -= 1.0;
        }
    }
    let in_words = |(share, percent): (&f64, f64)| match percent {
        0.0 if *share > 0.0 => "under 1 %".to_owned(),
        100.0 if *share < 1.0 => "over 99 %".to_owned(),
        percent => format!("{percent:.0} %"),
    };
    shares.iter().zip(percents).map(in_words).collect()
}

/// A share from 0 to 1, to nine decimals.
pub(super) fn fraction(part: &BigUint, whole: &BigUint) -> f64 {
    scaled(part, whole, 1_000_000_000) as f64 / 1e9
}

fn per_mille(part: &BigUint, whole: &BigUint) -> u64 {
    scaled(part, whole, 1_000)
}

/// `part` of `whole` in so many parts of one, rounded half up.
fn scaled(part: &BigUint, whole: &BigUint, unit: u32) -> u64 {
    if *whole == BigUint::ZERO {
        return 0;
    }
    let scaled: BigUint = (part * unit * 2_u8 + whole) / (whole * 2_u8);
    u64::try_from(scaled).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_but_never_to_nothing_or_all() {
        let shown = |part: u32, whole: u32| share(&BigUint::from(part), &BigUint::from(whole));
        assert_eq!(shown(1, 3), "33.3 %");
        assert_eq!(shown(2, 3), "66.7 %");
        assert_eq!(percents(&[0.0, 1.0]), ["0 %", "100 %"]);
        assert_eq!(percents(&[0.004, 0.996]), ["under 1 %", "over 99 %"]);
        assert_eq!(percents(&[0.554, 0.388, 0.058]), ["55 %", "39 %", "6 %"]);
        assert_eq!(shown(1, 1_000_000), "under 0.1 %");
        assert_eq!(shown(999_999, 1_000_000), "over 99.9 %");
        assert_eq!(
            (shown(0, 5), shown(5, 5), shown(0, 0)),
            ("0.0 %".into(), "100.0 %".into(), "0.0 %".into())
        );
    }
}
