//! Open files: every board is one.

use crate::Fault;
use crate::report::say;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What the program itself and its requests hold open besides.
const BESIDES: u64 = 256;
/// Ports that Linux gives to lines between two addresses.
const LINES_A_NODE_MAX: u64 = 28_000;

/// Makes room for so many boards, or says what is missing.
pub(crate) fn make_room(boards: u32, nodes: usize) -> Result<(), Fault> {
    let lines_max = LINES_A_NODE_MAX * u64::try_from(nodes).unwrap_or(1);
    if u64::from(boards) > lines_max {
        return Err(Fault::Option(format!(
            "{boards} boards are more than {lines_max}: one address gives {LINES_A_NODE_MAX} lines to each node"
        )));
    }
    let (needed, now) = (u64::from(boards) + BESIDES, getrlimit(Resource::Nofile));
    if now.current.is_none_or(|current| current >= needed) {
        return Ok(());
    }
    let short = |given: u64| Fault::OpenFiles { needed, given };
    if let Some(given) = now.maximum.filter(|maximum| *maximum < needed) {
        return Err(short(given));
    }
    let raised = Rlimit { current: now.maximum.or(Some(needed)), maximum: now.maximum };
    setrlimit(Resource::Nofile, raised).map_err(|_| short(now.current.unwrap_or(0)))?;
    say(&format!("open files raised to {} for {boards} boards", raised.current.unwrap_or(needed)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_boards_than_ports_are_refused() {
        assert!(matches!(make_room(28_001, 1), Err(Fault::Option(_))));
    }

    #[test]
    fn a_few_boards_need_nothing() {
        assert!(make_room(10, 1).is_ok());
    }
}
