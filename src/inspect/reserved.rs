//! From what the proxies of a cluster ask for to what a rubric's tax reckons with.

use cluster::{Paid, PartRequests};
use jiff::civil::Date;
use verdict::answers::{Answers, Reserved};
use verdict::rubric::Rubric;
use verdict::tax::{PerResource, Range};

use super::{Paths, SEEN};

const MEBIBYTE: u64 = 1024 * 1024;

/// Adds what is seen reserved to the answers, in place of what was seen before. What a person wrote stays.
pub fn reserve(answers: &mut Answers, paid: &Paid, rubric: &Rubric, paths: &Paths, today: Date) {
    let is_seen = |reserved: &Reserved| {
        let source = reserved.source.as_ref();
        source.is_some_and(|source| source.starts_with(SEEN))
    };
    answers.forget_reserved(is_seen);
    let parts = rubric.tax.iter().flat_map(|tax| tax.parts());
    for part in parts {
        let seen = paid.parts.iter().find(|seen| part.id == seen.id);
        let is_given = answers.reserved().iter().any(|r| part.id == r.part);
        if let Some(seen) = seen.filter(|_| !is_given) {
            answers.reserve(Reserved {
                part: part.id.to_string(),
                amount: amount(seen, part.per.is_none()),
                source: Some(format!("{SEEN}{} in {}", seen.count, paths.said())),
                as_of: Some(today),
            });
        }
    }
}

/// All of it, where it is paid once; else one of it, between the whole numbers around the mean.
fn amount(seen: &PartRequests, is_paid_once: bool) -> PerResource<Range> {
    let among = if is_paid_once { 1 } else { seen.count.max(1) } as u64;
    let range = |sum: u64, unit: u64| {
        let one = among.saturating_mul(unit);
        Range {
            low: (sum / one).into(),
            high: sum.div_ceil(one).into(),
        }
    };
    PerResource {
        cpu: range(seen.cpu_millicores, 1),
        memory: range(seen.memory_bytes, MEBIBYTE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_lies_between_two_whole_numbers_and_a_sum_is_one() {
        let seen = PartRequests {
            id: "sidecar",
            count: 3,
            cpu_millicores: 301,
            memory_bytes: 3 * 128 * MEBIBYTE,
        };
        let range = |low, high| Range { low, high };
        assert_eq!(
            amount(&seen, false),
            PerResource {
                cpu: range(100, 101),
                memory: range(128, 128)
            }
        );
        assert_eq!(amount(&seen, true).cpu, range(301, 301));
        assert_eq!(amount(&seen, true).memory, range(384, 384));
    }
}
