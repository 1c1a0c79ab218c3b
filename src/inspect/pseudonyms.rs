//! Names of a cluster, replaced so that an inspection can be sent to somebody else.
//!
//! Every name gets a number within its sort (`namespace-3`, `name-17`, `file-1`), in the order of the names: the same
//! input gives the same pseudonyms, and none can be found by trying names out, as a hash could.

use std::collections::BTreeMap;

use cluster::read::Coverage;
use cluster::{Conclusion, ObjectName, Witness};

use super::Paths;

/// The rules whose detail is a word of a product and no name of the cluster.
const PUBLIC_DETAILS: [&str; 9] = [
    "mesh-unused",
    "duplicate-duty",
    "obsolete-api",
    "cilium-prerequisite",
    "accrual-on-route",
    "paid-but-excluded",
    "not-restarted",
    "not-captured",
    "authz-unsupported",
];

/// The facts whose counted words are no names of the cluster.
const PUBLIC_COUNTS: [&str; 1] = ["languages"];

/// Replaces every name in what is seen and in what was read, and the names of the files.
pub fn hide_names(conclusion: &mut Conclusion, coverage: &mut Coverage, paths: &mut Paths) {
    let mut pseudonyms = Pseudonyms::default();
    each_name(conclusion, coverage, &mut |sort, name| {
        pseudonyms.0.insert((sort, name.to_owned()), String::new());
        None
    });
    pseudonyms.number();
    each_name(conclusion, coverage, &mut |sort, name| {
        pseudonyms.0.get(&(sort, name.to_owned())).cloned()
    });
    let mut file = 0;
    *paths = paths.renamed(|_| {
        file += 1;
        format!("file-{file}")
    });
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Namespace,
    Name,
}

#[derive(Default)]
struct Pseudonyms(BTreeMap<(Sort, String), String>);

impl Pseudonyms {
    fn number(&mut self) {
        let (mut namespaces, mut names) = (0, 0);
        for ((sort, _), pseudonym) in &mut self.0 {
            let (word, count) = match sort {
                Sort::Namespace => ("namespace", &mut namespaces),
                Sort::Name => ("name", &mut names),
            };
            *count += 1;
            *pseudonym = format!("{word}-{count}");
        }
    }
}

/// Looks at a name, and says what it is to be instead.
type Rename<'a> = &'a mut dyn FnMut(Sort, &str) -> Option<String>;

fn each_name(conclusion: &mut Conclusion, coverage: &mut Coverage, rename: Rename<'_>) {
    for (object, _) in &mut coverage.differing.examples {
        in_object(object, rename);
    }
    let witnesses = conclusion
        .meshes
        .iter_mut()
        .flat_map(|mesh| &mut mesh.witnesses)
        .chain(
            conclusion
                .gifts
                .iter_mut()
                .flat_map(|gift| &mut gift.witnesses),
        )
        .chain(
            conclusion
                .authorizations
                .iter_mut()
                .map(|one| &mut one.witness),
        )
        .chain(&mut conclusion.l7_without_mesh)
        .chain(&mut conclusion.edge_routes)
        .chain(conclusion.waypoints.iter_mut().map(|(witness, _)| witness))
        .chain(
            conclusion
                .sidecar_reasons
                .iter_mut()
                .flat_map(|reason| &mut reason.witnesses),
        )
        .chain(&mut conclusion.not_a_mesh);
    for Witness { object, .. } in witnesses {
        in_object(object, rename);
    }
    for fact in &mut conclusion.facts {
        fact.witnesses
            .iter_mut()
            .for_each(|witness| in_object(&mut witness.object, rename));
        if !PUBLIC_COUNTS.contains(&fact.id) {
            fact.counted
                .iter_mut()
                .for_each(|words| in_words(words, rename));
        }
        let left_out = fact.left_out.iter_mut().flat_map(|left| &mut left.names);
        left_out.for_each(|words| in_words(words, rename));
    }
    for anomaly in &mut conclusion.anomalies {
        in_object(&mut anomaly.witness.object, rename);
        anomaly
            .related
            .iter_mut()
            .for_each(|witness| in_object(&mut witness.object, rename));
        if !PUBLIC_DETAILS.contains(&anomaly.id) {
            let mut words = anomaly.detail.to_string();
            in_words(&mut words, rename);
            anomaly.detail = words.into();
        }
    }
}

fn in_object(object: &mut ObjectName, rename: Rename<'_>) {
    let sort = if object.kind == "Namespace" {
        Sort::Namespace
    } else {
        Sort::Name
    };
    if let Some(name) = rename(sort, &object.name) {
        object.name = name.into();
    }
    if object.namespace.is_empty() {
        return;
    }
    if let Some(namespace) = rename(Sort::Namespace, &object.namespace) {
        object.namespace = namespace.into();
    }
}

/// Words that are a name, or a name behind its namespace or kind.
fn in_words(words: &mut String, rename: Rename<'_>) {
    let (before, name) = match words.split_once('/') {
        Some((before, name)) => (Some(before), name),
        None => (None, words.as_str()),
    };
    // A kind begins with a capital, a namespace cannot.
    let is_namespace = |word: &str| !word.starts_with(|first: char| first.is_ascii_uppercase());
    let before = before.map(|word| {
        let new = is_namespace(word)
            .then(|| rename(Sort::Namespace, word))
            .flatten();
        new.unwrap_or_else(|| word.to_owned())
    });
    let name = rename(Sort::Name, name).unwrap_or_else(|| name.to_owned());
    *words = match before {
        Some(before) => format!("{before}/{name}"),
        None => name,
    };
}
