//! What the page said to its console, errors of the network and of the content security policy included.

use crate::browser::Page;

/// One line of the console.
#[derive(Clone, Debug)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// Source, place and text.
    pub text: String,
}

impl Page {
    /// The lines since the last call; reading takes them out.
    pub async fn console(&self) -> Vec<ConsoleLine> {
        let entries = self.web.browser_log().await.expect("the driver keeps the console");
        entries.into_iter().map(|entry| ConsoleLine { level: entry.level, text: entry.message }).collect()
    }

    /// Fails if an error was written since the last look, unless it contains one of the `expected` parts (an answer
    /// 401 that the test provoked, say).
    pub async fn assert_no_console_errors_but(&self, expected: &[&str]) {
        let lines = self.console().await;
        let errors = lines.iter().filter(|line| line.level == "SEVERE");
        let unexpected: Vec<&str> = errors
            .map(|line| line.text.as_str())
            .filter(|text| !expected.iter().any(|part| text.contains(part)))
            .collect();
        assert!(
            unexpected.is_empty(),
            "{}: errors in the console:\n  {}",
            self.address().await,
            unexpected.join("\n  ")
        );
    }

    /// Fails if any error was written since the last look.
    pub async fn assert_no_console_errors(&self) {
        self.assert_no_console_errors_but(&[]).await;
    }
}
