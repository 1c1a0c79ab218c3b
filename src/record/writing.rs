//! A decision as the text of a record: YAML for a block, JSON for a file of its own.

use crate::record::decision::{Decision, SCHEMA};
use verdict::rubric::Rubric;
use verdict::text::{Tree, block};

/// The notation of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Blocks for people to edit.
    Yaml,
    /// For programs.
    Json,
}

/// The whole record, its answers in the order of the rubric and every fact among them.
pub fn write(decision: &Decision, rubric: &Rubric, notation: Notation) -> String {
    let tree = record(decision, rubric);
    match notation {
        Notation::Yaml => block(&tree),
        Notation::Json => {
            #[expect(
                clippy::expect_used,
                reason = "a tree of text and numbers has a JSON form"
            )]
            let json = serde_json::to_string_pretty(&tree).expect("a tree");
            json + "\n"
        }
    }
}

/// A decision as the values of a record.
pub(super) fn record(decision: &Decision, rubric: &Rubric) -> Tree {
    let mut entries = vec![("schema".into(), Tree::Integer(SCHEMA))];
    for key in HEAD {
        entries.extend(head(decision, rubric, key).map(|value| (key.into(), value)));
    }
    entries.extend(
        decision
            .answers
            .as_ref()
            .map(|answers| ("answers".into(), answers.tree(rubric))),
    );
    entries.extend(exception(decision).map(|value| ("exception".into(), value)));
    if !decision.prerequisites.is_empty() {
        let met = decision
            .prerequisites
            .iter()
            .map(|(id, how)| (id.into(), Tree::Text(how.into())));
        entries.push(("prerequisites".into(), Tree::map(met)));
    }
    Tree::map(entries)
}

/// The keys before the answers, in order.
pub(super) const HEAD: [&str; 4] = ["rubric", "decision", "decided", "review_by"];

/// The value of one of [`HEAD`].
pub(super) fn head(decision: &Decision, rubric: &Rubric, key: &str) -> Option<Tree> {
    Some(Tree::Text(match key {
        "rubric" => format!("{}@{}", rubric.id, decision.version?).into(),
        "decision" => rubric.recommendations[decision.choice?].id.clone().into(),
        "decided" => decision.decided?.to_string().into(),
        _ => decision.review_by?.to_string().into(),
    }))
}

pub(super) fn exception(decision: &Decision) -> Option<Tree> {
    let exception = decision.exception.as_ref()?;
    let parts = [
        ("because", exception.because.clone()),
        ("by", exception.by.clone()),
        ("until", exception.until.map(|until| until.to_string())),
    ];
    let given = parts
        .into_iter()
        .filter_map(|(key, text)| Some((key.into(), Tree::Text(text?.into()))));
    Some(Tree::map(given))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::reading::DecisionReading;

    const RECORD: &str = r#"schema: 1
rubric: service-mesh@2.0.0
decision: mesh
decided: 2026-11-20
review_by: 2027-05-20
answers:
  services: {value: 14, source: "service catalogue", as_of: 2026-11-20}
  teams: 3
  languages: unknown
  shared_http_client: true
  mtls_mandate: none
  authorization: network
  platform_team: part-time
  canary: none
  installed: none
  gifts_used: []
  commitment: some
  sidecar_reasons: [spire-ca, envoy-filters]
  sidecar_scope: unknown
  pods_may_net_admin: unknown
  cni: other
  other_hopes: unknown
  pods: unknown
  nodes: unknown
  waypoints: unknown
  vcpu_month_cost: unknown
  gib_month_cost: unknown
exception:
  because: "the group runs it"
  by: "@platform"
  until: 2027-01-31
prerequisites:
  protected-time: "two days a week"
"#;

    #[test]
    fn a_record_is_written_as_it_was_read() {
        let rubric = crate::embedded::rubric().unwrap();
        let reading = DecisionReading::read(RECORD, &rubric);
        assert_eq!(reading.problems, []);
        assert_eq!(write(&reading.decision, &rubric, Notation::Yaml), RECORD);
        let json = write(&reading.decision, &rubric, Notation::Json);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        assert_eq!(
            DecisionReading::read(&json, &rubric).decision,
            reading.decision
        );
    }
}
