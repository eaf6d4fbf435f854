//! Black-box tests of the running product; every file is one subject.

mod tidy;
