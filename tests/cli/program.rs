//! Running the program as a user would, in an environment that is the same everywhere.

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use tempfile::NamedTempFile;

/// Variables that change what the program prints.
const SCRUBBED: [&str; 9] = [
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "CI",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_WORKSPACE",
    "MESH_ADVISOR_RUBRIC",
];

/// The program, to be run in the repository's root with these arguments.
pub(crate) fn mesh_advisor(arguments: &[&str]) -> Command {
    let mut command = Command::from_std(called_by_name());
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments);
    for name in SCRUBBED {
        command.env_remove(name);
    }
    command
}

/// The program, called as somebody calls it who has installed it: what it tells to type begins with that.
fn called_by_name() -> std::process::Command {
    let mut command = std::process::Command::new(cargo_bin("mesh-advisor"));
    #[cfg(unix)]
    std::os::unix::process::CommandExt::arg0(&mut command, "mesh-advisor");
    command
}

/// How a run ended.
pub(crate) struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program to its end, with nothing on standard input.
pub(crate) fn run(arguments: &[&str]) -> Run {
    finish(&mut mesh_advisor(arguments))
}

/// Runs a prepared program to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("it starts");
    Run {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A temporary file that holds these bytes; it goes when the value goes.
pub(crate) fn file(bytes: impl AsRef<[u8]>) -> NamedTempFile {
    let file = NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("written");
    file
}

/// The path of a temporary file, as an argument.
pub(crate) fn path(file: &NamedTempFile) -> &str {
    file.path().to_str().expect("UTF-8")
}
