//! Running the program as a user would, in an environment that is the same everywhere.

use assert_cmd::Command;

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
pub fn mesh_advisor(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("mesh-advisor").expect("it is built");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    for name in SCRUBBED {
        command.env_remove(name);
    }
    command
}

/// How a run ended.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program to its end, with nothing on standard input.
pub fn run(arguments: &[&str]) -> Run {
    finish(&mut mesh_advisor(arguments))
}

/// Runs a prepared program to its end.
pub fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("it starts");
    Run {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
