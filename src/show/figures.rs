//! Numbers for people: "20–60 cores", "31–78 GiB", with a decimal where it matters.

use verdict::tax::{Range, Ratio, Resource};

/// An amount of a resource in the unit that people think in; `none` for nothing.
pub fn amount(resource: Resource, range: Range) -> String {
    match resource {
        Resource::Cpu => cores(range),
        Resource::Memory => memory(range),
    }
}

/// Millicores as cores: two decimals below one core, one below 100 (below 10 for a range), none above.
pub fn cores(millicores: Range) -> String {
    if millicores == Range::ZERO {
        return "none".to_owned();
    }
    let digits = if millicores.high < 1_000 {
        2
    } else {
        digits_for(millicores, 1_000)
    };
    let unit = if millicores == Range::exactly(1_000) {
        "core"
    } else {
        "cores"
    };
    format!("{} {unit}", span(millicores, 1_000, digits))
}

/// MiB as such below one GiB, else as GiB with a decimal below 100 (below 10 for a range).
pub fn memory(mebibytes: Range) -> String {
    match mebibytes {
        Range::ZERO => "none".to_owned(),
        Range { high, .. } if high < 1_024 => format!("{} MiB", span(mebibytes, 1, 0)),
        _ => format!(
            "{} GiB",
            span(mebibytes, 1_024, digits_for(mebibytes, 1_024))
        ),
    }
}

/// Microseconds as milliseconds, without the unit: two decimals, one from 10 ms on; none for a range of whole ones.
pub fn milliseconds(microseconds: Range) -> String {
    let is_whole =
        microseconds.low.is_multiple_of(1_000) && microseconds.high.is_multiple_of(1_000);
    let digits = match microseconds {
        range if is_whole && !range.is_exact() => 0,
        range if range.high >= 10_000 => 1,
        _ => 2,
    };
    span(microseconds, 1_000, digits)
}

/// A range of whole numbers.
pub fn whole(range: Range) -> String {
    span(range, 1, 0)
}

/// A whole number with its thousands set apart: `1,000,000`.
pub fn count(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A ratio with as many decimals as it needs, up to two.
pub fn ratio(ratio: Ratio) -> String {
    let hundredths = ratio.in_units_of(100);
    let digits = [(100, 0), (10, 1)]
        .into_iter()
        .find(|(unit, _)| hundredths.is_multiple_of(*unit));
    decimal(ratio, digits.map_or(2, |(_, digits)| digits))
}

/// A share of a thousand as a percentage with one decimal.
pub fn per_mille(share: u128) -> String {
    Ratio::new(share, 10).map_or_else(String::new, |percent| format!("{} %", decimal(percent, 1)))
}

/// A number up to nine in words, as it is read in a sentence.
pub fn in_words(number: usize) -> String {
    let words = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    words
        .get(number)
        .map_or_else(|| count(number as u128), |word| (*word).to_owned())
}

fn digits_for(range: Range, unit: u128) -> u32 {
    let is_small = range.low < 10 * unit || (range.is_exact() && range.low < 100 * unit);
    u32::from(is_small)
}

/// `low–high`, or one number where both ends read the same.
fn span(range: Range, unit: u128, digits: u32) -> String {
    let end =
        |value| Ratio::new(value, unit).map_or_else(String::new, |ratio| decimal(ratio, digits));
    let (low, high) = (end(range.low), end(range.high));
    if low == high {
        low
    } else {
        format!("{low}–{high}")
    }
}

/// Rounded half up to so many decimals; what is not nothing is never written as 0.
fn decimal(ratio: Ratio, digits: u32) -> String {
    let scale = 10_u128.pow(digits);
    let scaled = ratio.in_units_of(scale);
    let is_too_small_to_show = scaled == 0 && ratio.numerator() > 0;
    let (mark, shown) = if is_too_small_to_show {
        ("<", 1)
    } else {
        ("", scaled)
    };
    let whole = count(shown / scale);
    match digits {
        0 => format!("{mark}{whole}"),
        _ => format!(
            "{mark}{whole}.{:0width$}",
            shown % scale,
            width = digits as usize
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: u128, high: u128) -> Range {
        Range { low, high }
    }

    #[test]
    fn the_articles_ranges_read_as_it_writes_them() {
        assert_eq!(cores(range(20_000, 60_000)), "20–60 cores");
        assert_eq!(memory(range(32_000, 80_000)), "31–78 GiB");
    }

    #[test]
    fn the_fact_sheets_table_reads_as_it_is_printed() {
        let cpu = [40_000, 6_000, 12_000, 100_000, 3_600, 2_000]
            .map(|value| cores(Range::exactly(value)));
        assert_eq!(
            cpu,
            [
                "40.0 cores",
                "6.0 cores",
                "12.0 cores",
                "100 cores",
                "3.6 cores",
                "2.0 cores"
            ]
        );
        let mib = [51_200, 12_240, 24_480, 128_000, 7_680, 7_344, 2_560, 612]
            .map(|value| memory(Range::exactly(value)));
        assert_eq!(
            mib,
            [
                "50.0 GiB", "12.0 GiB", "23.9 GiB", "125 GiB", "7.5 GiB", "7.2 GiB", "2.5 GiB",
                "612 MiB"
            ]
        );
    }

    #[test]
    fn small_and_large_amounts_stay_readable() {
        assert_eq!(cores(Range::ZERO), "none");
        assert_eq!(cores(Range::exactly(120)), "0.12 cores");
        assert_eq!(cores(Range::exactly(1_000)), "1.0 core");
        assert_eq!(cores(Range::exactly(4)), "<0.01 cores");
        assert_eq!(cores(range(2_000, 14_000)), "2.0–14.0 cores");
        assert_eq!(cores(Range::exactly(100_000_000)), "100,000 cores");
        assert_eq!(memory(range(220, 480)), "220–480 MiB");
        assert_eq!(
            cores(Range::exactly(u128::MAX)),
            "340,282,366,920,938,463,463,374,607,431,768,211 cores"
        );
    }

    #[test]
    fn times_and_ratios_have_the_decimals_they_need() {
        assert_eq!(milliseconds(range(1_000, 3_000)), "1–3");
        assert_eq!(milliseconds(range(228, 2_760)), "0.23–2.76");
        assert_eq!(milliseconds(Range::exactly(400)), "0.40");
        assert_eq!(milliseconds(range(1_490, 14_400)), "1.5–14.4");
        let ratios =
            [(3, 1), (612, 128), (306, 10), (1, 3)].map(|(n, d)| ratio(Ratio::new(n, d).unwrap()));
        assert_eq!(ratios, ["3", "4.78", "30.6", "0.33"]);
        assert_eq!(per_mille(49), "4.9 %");
        assert_eq!(
            (in_words(0), in_words(4), in_words(12)),
            ("none".into(), "four".into(), "12".into())
        );
    }
}
