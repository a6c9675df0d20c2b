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
    // Above the hard limit only root may go; everybody else is told what is missing.
    let most = now.maximum.map_or(needed, |given| given.max(needed));
    let raised = Rlimit { current: Some(most), maximum: now.maximum.map(|_| most) };
    let given = now.maximum.or(now.current).unwrap_or(0);
    setrlimit(Resource::Nofile, raised).map_err(|_| Fault::OpenFiles { needed, given })?;
    say(&format!("open files raised to {most} for {boards} boards"));
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
