//! Languages of programs, as far as an environment variable or an annotation gives them away. Most workloads carry no
//! hint, so what is found is a lower bound.

use std::collections::BTreeSet;

/// A language whose runtime is set up by a well-known variable or annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Language {
    Dotnet,
    Go,
    Java,
    Node,
    Python,
    Ruby,
}

impl Language {
    /// The word for it in outputs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Dotnet => "dotnet",
            Self::Go => "go",
            Self::Java => "java",
            Self::Node => "node",
            Self::Python => "python",
            Self::Ruby => "ruby",
        }
    }

    /// The language whose runtime reads this variable.
    pub(crate) fn of_variable(name: &str) -> Option<Self> {
        Some(match name {
            "JAVA_TOOL_OPTIONS" | "JAVA_OPTS" | "JDK_JAVA_OPTIONS" => Self::Java,
            "NODE_OPTIONS" | "NODE_ENV" => Self::Node,
            "PYTHONUNBUFFERED" | "PYTHONPATH" | "GUNICORN_CMD_ARGS" => Self::Python,
            "GOMAXPROCS" | "GOMEMLIMIT" | "GOGC" => Self::Go,
            "RAILS_ENV" | "RACK_ENV" => Self::Ruby,
            "ASPNETCORE_URLS" | "ASPNETCORE_ENVIRONMENT" => Self::Dotnet,
            _ if name.starts_with("DOTNET_") => Self::Dotnet,
            _ => return None,
        })
    }

    /// The language that an agent is asked to instrument.
    pub(crate) fn of_annotation(key: &str) -> Option<Self> {
        let agent = key
            .strip_prefix("instrumentation.opentelemetry.io/inject-")
            .or_else(|| {
                key.strip_prefix("admission.datadoghq.com/")?
                    .strip_suffix("-lib.version")
            })?;
        Self::of_word(agent)
    }

    /// The language of a chart or of a key in its values (`java`, `nodejs`).
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "java" => Self::Java,
            "nodejs" | "js" => Self::Node,
            "python" => Self::Python,
            "dotnet" => Self::Dotnet,
            "go" => Self::Go,
            "ruby" => Self::Ruby,
            _ => return None,
        })
    }
}

/// The languages that the hints of a workload name.
pub(crate) type Languages = BTreeSet<Language>;
