//! What to record: the decision that answers give, or the one that was made in spite of them, with its reason.

use jiff::ToSpan;
use jiff::civil::Date;
use thiserror::Error;

use crate::record::decision::{Decision, Exception};
use verdict::answers::Answers;
use verdict::engine::evaluate;
use verdict::ids::RecommendationId;
use verdict::rubric::Rubric;

/// After how many months a new decision is looked at again. Half a year: fleets double in a year or two.
pub const REVIEW_AFTER_MONTHS: i8 = 6;

/// What somebody asks to have recorded.
#[derive(Clone, Debug)]
pub struct Request {
    /// New answers; without them the record keeps the ones it has.
    pub answers: Option<Answers>,
    /// What is decided, by position; without it what the answers give.
    pub choice: Option<RecommendationId>,
    /// Why that departs from what the answers give.
    pub because: Option<String>,
    /// The last day on which that holds.
    pub until: Option<Date>,
    /// The day of the decision.
    pub today: Date,
}

/// Why a decision cannot be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordingError {
    /// The rubric has nothing to say of these answers.
    #[error("no rule of the rubric holds")]
    NoRule,
    /// The decision departs from what the answers give, and nobody says why.
    #[error(
        "the answers give {given}, so that the decision {choice} needs a reason: --because TEXT"
    )]
    Unexplained {
        /// What the answers give.
        given: String,
        /// What is decided.
        choice: String,
    },
    /// A reason or a last day was given for what needs none.
    #[error(
        "the answers give {given}, which is the decision, so that there is no exception for --because or --until"
    )]
    NothingToExcuse {
        /// What the answers give, and what is decided.
        given: String,
    },
    /// The exception on record has ended, and nobody grants it anew.
    #[error(
        "the exception for {choice} expired on {until}: grant it anew with --until DATE, or decide what the \
         answers give: --decision {given}"
    )]
    Expired {
        /// What the answers give.
        given: String,
        /// What is decided.
        choice: String,
        /// The last day on which the exception held.
        until: Date,
    },
    /// An exception is to hold until a day that has passed.
    #[error("--until {until}: that day has passed")]
    Past {
        /// The day that was asked for.
        until: Date,
    },
}

/// The decision to record. What a record already holds is kept unless the request says otherwise.
///
/// # Errors
/// A departure without a reason or a reason without a departure, or one that has ended.
pub fn decide(
    request: &Request,
    existing: Option<&Decision>,
    rubric: &Rubric,
) -> Result<Decision, RecordingError> {
    let kept = existing.and_then(|decision| decision.answers.clone());
    let answers = request
        .answers
        .clone()
        .or(kept)
        .unwrap_or_else(|| Answers::none(rubric));
    let given = evaluate(rubric, &answers.sheet().assuming(rubric)).recommendation;
    let given = given.ok_or(RecordingError::NoRule)?;
    let excused = existing
        .filter(|decision| decision.exception.is_some())
        .and_then(|decision| decision.choice);
    let choice = request.choice.or(excused).unwrap_or(given);
    Ok(Decision {
        version: Some(rubric.version),
        choice: Some(choice),
        decided: Some(request.today),
        review_by: Some(request.today.saturating_add(REVIEW_AFTER_MONTHS.months())),
        exception: exception(request, existing, given, choice, rubric)?,
        prerequisites: existing
            .map(|decision| decision.prerequisites.clone())
            .unwrap_or_default(),
        answers: Some(answers),
    })
}

/// A new reason makes a new exception; without one, the exception that is there stays for the decision it was made for.
fn exception(
    request: &Request,
    existing: Option<&Decision>,
    given: RecommendationId,
    choice: RecommendationId,
    rubric: &Rubric,
) -> Result<Option<Exception>, RecordingError> {
    if let Some(until) = request.until.filter(|until| *until < request.today) {
        return Err(RecordingError::Past { until });
    }
    let name = |own: RecommendationId| rubric.recommendations[own].id.to_string();
    if choice == given {
        let is_excused = request.because.is_some() || request.until.is_some();
        return if is_excused {
            Err(RecordingError::NothingToExcuse { given: name(given) })
        } else {
            Ok(None)
        };
    }
    let because = request
        .because
        .clone()
        .filter(|because| !because.trim().is_empty());
    if because.is_some() {
        return Ok(Some(Exception {
            because,
            by: None,
            until: request.until,
        }));
    }
    let kept = existing.filter(|decision| decision.choice == Some(choice));
    let kept = kept
        .and_then(|decision| decision.exception.clone())
        .filter(Exception::is_explained);
    let Some(kept) = kept else {
        return Err(RecordingError::Unexplained {
            given: name(given),
            choice: name(choice),
        });
    };
    let until = request.until.or(kept.until);
    match until.filter(|until| *until < request.today) {
        Some(until) => Err(RecordingError::Expired {
            given: name(given),
            choice: name(choice),
            until,
        }),
        None => Ok(Some(Exception { until, ..kept })),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const NO_MESH: RecommendationId = RecommendationId::new(0);
    const MESH: RecommendationId = RecommendationId::new(2);

    fn request() -> Request {
        Request {
            answers: None,
            choice: None,
            because: None,
            until: None,
            today: date(2026, 8, 31),
        }
    }

    fn decided(request: Request, existing: Option<&Decision>) -> Result<Decision, RecordingError> {
        decide(&request, existing, &crate::embedded::rubric().unwrap())
    }

    #[test]
    fn what_the_answers_give_is_recorded_with_a_review_in_half_a_year() {
        let decision = decided(request(), None).unwrap();
        assert_eq!((decision.choice, decision.exception), (Some(NO_MESH), None));
        assert_eq!(
            (decision.decided, decision.review_by),
            (Some(date(2026, 8, 31)), Some(date(2027, 2, 28)))
        );
    }

    #[test]
    fn a_departure_needs_a_reason_and_a_reason_a_departure() {
        let departs = |because: Option<&str>| Request {
            choice: Some(MESH),
            because: because.map(str::to_owned),
            until: Some(date(2027, 1, 1)),
            ..request()
        };
        assert!(matches!(
            decided(departs(None), None),
            Err(RecordingError::Unexplained { .. })
        ));
        assert!(matches!(
            decided(departs(Some(" ")), None),
            Err(RecordingError::Unexplained { .. })
        ));
        let exception = decided(departs(Some("the group runs it")), None)
            .unwrap()
            .exception
            .unwrap();
        assert_eq!(
            (exception.because.as_deref(), exception.until),
            (Some("the group runs it"), Some(date(2027, 1, 1)))
        );
        let excuse = Request {
            because: Some("x".into()),
            ..request()
        };
        assert!(matches!(
            decided(excuse, None),
            Err(RecordingError::NothingToExcuse { .. })
        ));
    }

    #[test]
    fn an_exception_stays_with_its_decision_until_the_decision_needs_none() {
        let because = Some("the group runs it".to_owned());
        let first = decided(
            Request {
                choice: Some(MESH),
                because,
                ..request()
            },
            None,
        )
        .unwrap();
        let again = decided(request(), Some(&first)).unwrap();
        assert_eq!(
            (again.choice, &again.exception),
            (Some(MESH), &first.exception)
        );
        let longer = decided(
            Request {
                until: Some(date(2028, 1, 1)),
                ..request()
            },
            Some(&first),
        )
        .unwrap();
        assert_eq!(longer.exception.unwrap().until, Some(date(2028, 1, 1)));
        let back = decided(
            Request {
                choice: Some(NO_MESH),
                ..request()
            },
            Some(&first),
        )
        .unwrap();
        assert_eq!(back.exception, None);
        let other = decided(
            Request {
                choice: Some(RecommendationId::new(1)),
                ..request()
            },
            Some(&first),
        );
        assert!(matches!(other, Err(RecordingError::Unexplained { .. })));
    }

    #[test]
    fn an_exception_that_has_expired_is_not_recorded_again_in_silence() {
        let departs = Request {
            choice: Some(MESH),
            because: Some("the group runs it".into()),
            until: Some(date(2026, 8, 31)),
            ..request()
        };
        let first = decided(departs, None).unwrap();
        let later = |until: Option<Date>| Request {
            today: date(2026, 9, 1),
            until,
            ..request()
        };
        assert!(matches!(
            decided(later(None), Some(&first)),
            Err(RecordingError::Expired { until, .. }) if until == date(2026, 8, 31)
        ));
        let renewed = decided(later(Some(date(2026, 12, 1))), Some(&first)).unwrap();
        assert_eq!(renewed.exception.unwrap().until, Some(date(2026, 12, 1)));
        assert!(matches!(
            decided(later(Some(date(2026, 8, 1))), Some(&first)),
            Err(RecordingError::Past { .. })
        ));
    }
}
