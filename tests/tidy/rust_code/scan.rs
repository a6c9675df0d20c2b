//! Finds the forbidden words of one Rust file, with their lines, and whether they stand in test code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// Macros that stand for work not done or for looking over the program's shoulder.
const PLACEHOLDERS: &[&str] = &["todo", "unimplemented", "dbg"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Unwrap,
    Placeholder,
    Ignore,
    Allow,
}

#[derive(Debug)]
pub struct Finding {
    pub kind: Kind,
    pub line: usize,
    pub what: String,
    /// Inside `#[cfg(test)]`, a `#[test]`, or a file that holds only tests.
    pub in_test: bool,
}

/// Every finding of the file, in reading order.
pub fn scan(path: &str, text: &str) -> Vec<Finding> {
    let tree = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let only_tests = path.ends_with("/tests.rs") || path.split('/').any(|folder| folder == "tests");
    let mut scanner = Scanner { depth_in_test: usize::from(only_tests), found: Vec::new() };
    scanner.visit_file(&tree);
    scanner.found
}

struct Scanner {
    depth_in_test: usize,
    found: Vec<Finding>,
}

impl Scanner {
    fn note(&mut self, kind: Kind, span: proc_macro2::Span, what: &str) {
        let finding = Finding { kind, line: span.start().line, what: what.to_owned(), in_test: self.depth_in_test > 0 };
        self.found.push(finding);
    }

    /// Macro bodies are no syntax tree: look at their tokens for `.unwrap()` and for macros inside macros.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(name) if name == "unwrap" && is_bare_call(&tokens, at) => {
                    self.note(Kind::Unwrap, name.span(), "unwrap() inside a macro");
                }
                TokenTree::Ident(name) if is_placeholder(name) && is_macro_call(&tokens, at) => {
                    self.note(Kind::Placeholder, name.span(), &format!("{name}!"));
                }
                _ => {}
            }
        }
    }

    fn attribute(&mut self, attribute: &syn::Attribute) {
        if attribute.path().is_ident("allow") {
            self.note(Kind::Allow, attribute.pound_token.span, "allow(..)");
        }
        if attribute.path().is_ident("ignore") {
            self.note(Kind::Ignore, attribute.pound_token.span, "#[ignore]");
        }
    }

    fn inside(&mut self, attributes: &[syn::Attribute], visit: impl FnOnce(&mut Self)) {
        let depth = usize::from(attributes.iter().any(marks_test));
        self.depth_in_test += depth;
        visit(self);
        self.depth_in_test -= depth;
    }
}

impl<'ast> Visit<'ast> for Scanner {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        self.attribute(attribute);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.inside(&item.attrs, |scanner| visit::visit_item_mod(scanner, item));
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.inside(&item.attrs, |scanner| visit::visit_item_fn(scanner, item));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.inside(&item.attrs, |scanner| visit::visit_item_impl(scanner, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.inside(&item.attrs, |scanner| visit::visit_impl_item_fn(scanner, item));
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "unwrap" && call.args.is_empty() {
            self.note(Kind::Unwrap, call.method.span(), "unwrap()");
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if let Some(name) = call.path.segments.last().filter(|last| is_placeholder(&last.ident)) {
            self.note(Kind::Placeholder, name.ident.span(), &format!("{}!", name.ident));
        }
        self.tokens(call.tokens.clone());
    }
}

fn is_placeholder(name: &proc_macro2::Ident) -> bool {
    PLACEHOLDERS.iter().any(|word| name == word)
}

/// `.unwrap` followed by empty parentheses.
fn is_bare_call(tokens: &[TokenTree], at: usize) -> bool {
    let after_dot =
        matches!(at.checked_sub(1).map(|before| &tokens[before]), Some(TokenTree::Punct(dot)) if dot.as_char() == '.');
    let empty_call = matches!(tokens.get(at + 1), Some(TokenTree::Group(group))
        if group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty());
    after_dot && empty_call
}

fn is_macro_call(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at + 1), Some(TokenTree::Punct(bang)) if bang.as_char() == '!')
}

/// `#[cfg(test)]`, `#[test]` and `#[tokio::test]`.
fn marks_test(attribute: &syn::Attribute) -> bool {
    let path = attribute.path();
    let test = path.segments.last().is_some_and(|last| last.ident == "test");
    let cfg_test = path.is_ident("cfg")
        && attribute
            .meta
            .require_list()
            .is_ok_and(|list| list.tokens.to_string().split(|c: char| !c.is_alphanumeric()).any(|word| word == "test"));
    test || cfg_test
}
