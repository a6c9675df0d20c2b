//! What a server process uses, read from `/proc`: resident memory and CPU time.

use crate::Fault;
use serde::Serialize;
use std::io::{Error, ErrorKind};

/// One look at the processes, summed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Usage {
    /// Resident memory, bytes.
    pub rss_bytes: u64,
    /// User and system time since they began, seconds.
    pub cpu_seconds: f64,
}

/// Looks at the processes; `None` when there are none to look at.
pub(crate) fn look(pids: &[u32]) -> Result<Option<Usage>, Fault> {
    if pids.is_empty() {
        return Ok(None);
    }
    let mut sum = Usage::default();
    for &pid in pids {
        let one = look_at(pid).map_err(|error| Fault::Process { pid, error })?;
        sum.rss_bytes += one.rss_bytes;
        sum.cpu_seconds += one.cpu_seconds;
    }
    Ok(Some(sum))
}

fn look_at(pid: u32) -> Result<Usage, Error> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let odd = || Error::new(ErrorKind::InvalidData, "not as proc(5) describes it");
    Ok(Usage {
        rss_bytes: resident_kilobytes(&status).ok_or_else(odd)? * 1024,
        cpu_seconds: crate::report::float(ticks(&stat).ok_or_else(odd)?)
            / crate::report::float(rustix::param::clock_ticks_per_second()),
    })
}

fn resident_kilobytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Fields 14 and 15 of proc(5); the name before them is in brackets and may hold blanks and brackets.
fn ticks(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_counted_behind_an_odd_name() {
        let stat = "42 (a) b) S 1 42 42 0 -1 4194560 100 0 0 0 7 5 0 0 20 0 1 0 100 1000 200";
        assert_eq!(ticks(stat), Some(12));
    }

    #[test]
    fn resident_memory_is_found_among_others() {
        assert_eq!(resident_kilobytes("VmPeak:\t  9 kB\nVmRSS:\t   1234 kB\nThreads: 1"), Some(1_234));
    }

    #[test]
    fn this_process_can_be_looked_at() {
        let usage = look(&[std::process::id()]).expect("it runs").expect("one was named");
        assert!(usage.rss_bytes > 0);
    }

    #[test]
    fn a_process_that_is_not_there_is_a_fault() {
        assert!(matches!(look(&[u32::MAX]), Err(Fault::Process { .. })));
    }
}
