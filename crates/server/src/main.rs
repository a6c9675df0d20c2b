//! homeward
fn main() {}
