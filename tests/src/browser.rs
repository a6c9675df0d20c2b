//! A real Chromium for the browser tests: one driver process, one [`Page`] for each person who looks at a screen.
//!
//! Every method of a page either does what its name says or fails the test with a sentence that holds the page's
//! address and its console, so a test reads like the story it tells. Nothing here knows the product's screens, and
//! nothing here waits for a time: [`Page::until`] waits for a condition.

mod audit;
mod chromium;
mod console;
mod driver;
mod page;
mod view;

pub use audit::{SmallTarget, Violation};
pub use console::ConsoleLine;
pub use driver::Browser;
pub use page::Page;
pub use view::{Language, View};
