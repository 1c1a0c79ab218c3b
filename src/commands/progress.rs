//! A word now and then while exact reasoning takes long, for whoever sits before the terminal and waits.

use std::cell::Cell;
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use verdict::engine::Budget;

use super::say;

/// When the first word is said; each further one is said after twice the time.
const FIRST: Duration = Duration::from_secs(1);

/// The same budget, with words on standard error about how far the work has come. A log gets none: nobody waits there.
pub(super) fn told(budget: Budget) -> Budget {
    if !stderr().is_terminal() {
        return budget;
    }
    let (most, since, waiting) = (budget.most_steps(), Instant::now(), Cell::new(FIRST));
    budget.watched(move |spent| {
        if let Some(next) = due(since.elapsed(), waiting.get()) {
            waiting.set(next);
            say(&words(spent, most));
        }
    })
}

/// When the next word is said, where one is to be said now.
fn due(elapsed: Duration, at: Duration) -> Option<Duration> {
    (elapsed >= at).then(|| elapsed * 2)
}

fn words(spent: u64, most: u64) -> String {
    let millions = |steps: u64| format!("{}.{}", steps / 1_000_000, steps / 100_000 % 10);
    format!(
        "reasoning about every sheet: {} million steps so far, {} million at most",
        millions(spent),
        millions(most)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_said_after_a_second_and_then_ever_more_rarely() {
        let second = Duration::from_secs(1);
        assert_eq!(due(second / 2, FIRST), None);
        let next = due(second, FIRST).expect("now");
        assert_eq!(next, 2 * second);
        assert_eq!(due(next - Duration::from_millis(1), next), None);
        assert_eq!(due(3 * second, next), Some(6 * second));
    }

    #[test]
    fn the_word_says_how_far_it_can_still_be() {
        assert_eq!(
            words(1_234_567, 30_000_000),
            "reasoning about every sheet: 1.2 million steps so far, 30.0 million at most"
        );
    }
}
