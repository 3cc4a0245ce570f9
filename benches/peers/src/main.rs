//! This crate beside other libraries: `time(monic) / time(peer)` over grids of sizes, one table a ring.
//!
//! - [`options`]: the command line
//! - [`rings`]: what is compared, one file a ring
//! - [`flint`]: safe types around FLINT's; `unsafe` is there and in what else is called in C
//! - [`others`]: peers beside FLINT
//! - [`gmp`]: one function of GMP's
//! - [`inputs`]: random operands from a fixed seed
//! - [`child`]: what has to be measured in a process of its own
//! - [`timing`]: how time is taken
//! - [`table`]: what is printed and kept; [`goals`], what it is held against
//! - [`machine`]: what the figures belong to

mod child;
mod flint;
mod gmp;
mod goals;
mod inputs;
mod machine;
mod options;
mod others;
mod rings;
mod table;
mod timing;

use std::process::ExitCode;

/// The stack of a thread that computes: what FLINT's recursions have on a main thread, and more.
const STACK: usize = 64 << 20;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, rest @ ..] = arguments.as_slice()
        && first == "child"
    {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build()?;
        return pool.install(|| child::run(rest).map_err(|error| error.to_string())).map_err(Into::into);
    }
    let Some(options) = options::parse()? else { return Ok(()) };
    if let Some(name) = &options.simd {
        // SAFETY: the process has one thread yet.
        unsafe { std::env::set_var("MONIC_SIMD", name) };
    }
    // All work is done inside a pool of the wanted size, so that no product wakes threads of another one. One thread is this one: in a
    // process of several the allocator of the system takes a lock for an integer, which FLINT's pool of integers does not.
    let mut pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).stack_size(STACK);
    if options.threads == 1 {
        match machine::grow_stack(STACK) {
            Ok(()) => pool = pool.use_current_thread(),
            Err(error) => eprintln!("peers: a thread of its own, since the stack cannot grow: {error}"),
        }
    }
    let pool = pool.build()?;
    pool.install(|| -> Result<(), String> {
        flint::set_threads(options.threads);
        let machine = machine::Machine::new(options.threads).map_err(|error| error.to_string())?;
        machine.print(options.effort);
        let mut csv = match &options.csv {
            None => None,
            Some(path) => Some(
                table::Csv::create(path, &machine).map_err(|error| format!("{}: {error}", path.display()))?,
            ),
        };
        for ring in &options.rings {
            (ring.run)(&options, &mut csv);
        }
        Ok(())
    })?;
    Ok(())
}
