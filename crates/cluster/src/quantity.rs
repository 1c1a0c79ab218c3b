//! Kubernetes quantities (`100m`, `128Mi`, `1.5`, `1e3`), read exactly.

/// Thousandths of the unit in a quantity, rounded up as Kubernetes does; `None` for what is none or is beyond measure.
pub(crate) fn thousandths(text: &str) -> Option<u64> {
    let (number, suffix) = text.split_at(
        text.find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len()),
    );
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') || fraction.len() > 18 {
        return None;
    }
    let digits: u128 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let scale = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
    let fraction: u128 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let scaled = digits.checked_mul(scale)?.checked_add(fraction)?;
    let (times, over) = factor(suffix)?;
    let thousandths = scaled
        .checked_mul(times)?
        .div_ceil(scale.checked_mul(over)?);
    u64::try_from(thousandths).ok()
}

/// What a suffix multiplies by, in thousandths of the unit, as a fraction.
fn factor(suffix: &str) -> Option<(u128, u128)> {
    if let Some(exponent) = suffix
        .strip_prefix(['e', 'E'])
        .filter(|rest| !rest.is_empty())
    {
        let exponent: i32 = exponent.parse().ok()?;
        let power = 10_u128.checked_pow(exponent.unsigned_abs())?;
        return Some(if exponent < 0 {
            (1000, power)
        } else {
            (power.checked_mul(1000)?, 1)
        });
    }
    let decimal = |power| Some((10_u128.pow(power), 1));
    let binary = |power| Some((1000 * 1024_u128.pow(power), 1));
    match suffix {
        "n" => Some((1, 1_000_000)),
        "u" => Some((1, 1000)),
        "m" => Some((1, 1)),
        "" => decimal(3),
        "k" => decimal(6),
        "M" => decimal(9),
        "G" => decimal(12),
        "T" => decimal(15),
        "P" => decimal(18),
        "E" => decimal(21),
        "Ki" => binary(1),
        "Mi" => binary(2),
        "Gi" => binary(3),
        "Ti" => binary(4),
        "Pi" => binary(5),
        "Ei" => binary(6),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_exactly() {
        let cases = [
            ("100m", Some(100)),
            ("2", Some(2000)),
            ("0.1", Some(100)),
            (".5", Some(500)),
            ("1e3", Some(1_000_000)),
            ("5e-1", Some(500)),
            ("1n", Some(1)),
            ("128Mi", Some(128 * 1024 * 1024 * 1000)),
            ("1G", Some(1_000_000_000_000)),
            ("1.5Gi", Some(1024 * 1024 * 1536 * 1000)),
            ("", None),
            (".", None),
            ("-1", None),
            ("${cpu}", None),
            ("1.2.3", None),
            ("99999999999999999999E", None),
            ("1e99999999999", None),
        ];
        for (text, expected) in cases {
            assert_eq!(thousandths(text), expected, "{text}");
        }
    }
}
