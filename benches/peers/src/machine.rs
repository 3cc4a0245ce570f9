//! What a figure belongs to: the day, the processor, the versions.

use crate::{
    flint,
    timing::{Clock, Effort},
};

/// Lets the stack of the main thread, which grows as it is used, have so many bytes.
pub fn grow_stack(bytes: usize) -> std::io::Result<()> {
    let mut stack = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the place is valid for both calls.
    let failed = unsafe {
        let read = libc::getrlimit(libc::RLIMIT_STACK, &mut stack);
        stack.rlim_cur = stack.rlim_cur.max(bytes as libc::rlim_t);
        read != 0 || libc::setrlimit(libc::RLIMIT_STACK, &stack) != 0
    };
    if failed { Err(std::io::Error::last_os_error()) } else { Ok(()) }
}

pub struct Machine {
    pub date: String,
    pub cpu: String,
    pub simd: String,
    pub threads: usize,
}

impl Machine {
    pub fn new(threads: usize) -> monic::Result<Self> {
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let cpu = |key: &str| {
            let line = info.lines().find(|line| line.split(':').next().is_some_and(|k| k.trim() == key));
            line.and_then(|line| line.split_once(':')).map_or("?", |(_, value)| value.trim()).to_string()
        };
        let cpu = format!("{} (family {} model {})", cpu("model name"), cpu("cpu family"), cpu("model"));
        Ok(Machine { date: today(), cpu, simd: monic::convolution::backend()?.to_string(), threads })
    }

    /// All versions in one field.
    pub fn versions(&self) -> String {
        format!("FLINT {}; {}", flint::VERSION, env!("RUSTC_VERSION"))
    }

    /// The head of a run.
    pub fn print(&self, effort: Effort) {
        println!("date: {}", self.date);
        println!("machine: {}, {} logical processors", self.cpu, available());
        println!(
            "this crate: back end {}, {} thread(s), {}, target x86-64 baseline with detection at run time",
            self.simd,
            self.threads,
            env!("RUSTC_VERSION")
        );
        println!("FLINT {}: {}", flint::VERSION, env!("FLINT_BUILD"));
        let clock =
            if effort.clock == Clock::Cpu { "processor time of the thread" } else { "clock on the wall" };
        println!("time: {clock}, the least of all rounds");
        let drop = if effort.drop_timed { "inside" } else { "outside" };
        println!("allocator: the system's (glibc) for all; results are dropped {drop} the time");
    }
}

pub fn available() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

/// The date of today, UTC, as year-month-day (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn today() -> String {
    let seconds =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let days = (seconds / 86400) as i64 + 719_468;
    let era = days / 146_097;
    let day_of_era = days - era * 146_097;
    let year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year + carry)
}
