//! Sizes: what does not fit into a head does not fit into a file.

use syn::visit::{self, Visit};

use crate::tree::{files, hold, rust_files};

/// Hard stops; the aim is 300 lines a file and 35 a function (median 100 and 10).
const FILE_LINES_MAX: usize = 600;
const FUNCTION_LINES_MAX: usize = 70;

#[test]
fn files_are_at_most_600_lines() {
    let code = files().into_iter().filter(|file| file.is("rs") || file.is("js"));
    let long = code.map(|file| (file.text.lines().count(), file.path)).filter(|(lines, _)| *lines > FILE_LINES_MAX);
    let broken: Vec<String> = long.map(|(lines, path)| format!("{path}: {lines} lines")).collect();
    hold("A file is over 600 lines.", "split it by idea: `foo.rs` and `foo/part.rs`.", &broken);
}

#[test]
fn functions_are_at_most_70_lines() {
    let mut broken = Vec::new();
    for file in rust_files() {
        let tree = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        let mut long = LongFunctions { path: &file.path, found: Vec::new() };
        long.visit_file(&tree);
        broken.append(&mut long.found);
    }
    hold("A function is over 70 lines.", "name its steps and make each a function.", &broken);
}

struct LongFunctions<'a> {
    path: &'a str,
    found: Vec<String>,
}

impl LongFunctions<'_> {
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.fn_token.span.start().line;
        let lines = block.brace_token.span.close().end().line - first + 1;
        if lines > FUNCTION_LINES_MAX {
            self.found.push(format!("{}:{first}: {} has {lines} lines", self.path, signature.ident));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.measure(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}
