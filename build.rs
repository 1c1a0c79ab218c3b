//! Turns the default rubric into JSON, so that the program need not parse YAML to start, and notes its digest.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use sha2::{Digest, Sha256};

const RUBRIC: &str = "rubric/service-mesh.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={RUBRIC}");
    let text = fs::read_to_string(RUBRIC)?;
    let values: serde_yaml::Value = serde_yaml::from_str(&text)?;
    let json = Path::new(&env::var("OUT_DIR")?).join("service-mesh.json");
    fs::write(json, serde_json::to_string(&values)?)?;
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=RUBRIC_DIGEST=sha256:{digest}");
    Ok(())
}
