//! The least that a program giving this advice could do: read the rubric and the answers, and end.
//!
//!     rustc -O benches/whole_process/read_two_files.rs -o target/read_two_files

fn main() -> std::io::Result<()> {
    let mut bytes = 0;
    for path in std::env::args().skip(1) {
        bytes += std::fs::read(path)?.len();
    }
    println!("{bytes}");
    Ok(())
}
