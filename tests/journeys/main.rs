//! The stories of the product, told over its real HTTP and its real feed: one story a file, each in a world of its own.

mod story;
