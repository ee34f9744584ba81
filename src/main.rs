//! Arguments to command to exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    diemtin::cli::main(std::env::args_os())
}
